"""Grammar that one glance settles: a preposition, and right behind it a word in a case that it never takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.material import Piece
from newsroom.text.morphology import parses
from newsroom.words import _

_GENITIVE: Final = frozenset(("gent", "gen1", "gen2"))
_DATIVE: Final = frozenset(("datv",))
_ACCUSATIVE: Final = frozenset(("accs", "acc2"))
_INSTRUMENTAL: Final = frozenset(("ablt",))
_PREPOSITIONAL: Final = frozenset(("loct", "loc1", "loc2"))
#: What each preposition takes. Left out are those that are other words too («после», «около», «надо», «что за»).
_TAKES: Final[dict[str, frozenset[str]]] = (
    dict.fromkeys(("для", "из", "от", "до", "без", "у", "из-за", "из-под", "среди", "кроме"), _GENITIVE)
    | dict.fromkeys(("к", "ко"), _DATIVE)
    | dict.fromkeys(("над", "перед"), _INSTRUMENTAL)
    | dict.fromkeys(("через", "про", "сквозь"), _ACCUSATIVE)
    | dict.fromkeys(("при",), _PREPOSITIONAL)
    | dict.fromkeys(("в", "во", "на", "о", "об"), _ACCUSATIVE | _PREPOSITIONAL)
    | dict.fromkeys(("под",), _ACCUSATIVE | _INSTRUMENTAL)
    | dict.fromkeys(("по",), _DATIVE | _ACCUSATIVE | _PREPOSITIONAL)
    | dict.fromkeys(("с", "со"), _GENITIVE | _INSTRUMENTAL | _ACCUSATIVE)
)
#: Only these parts of speech are looked at; of pronouns, verbs and adverbs nothing is said.
_DECLINED: Final = frozenset(("NOUN", "ADJF", "PRTF", "NUMR"))
#: «Избрали в депутаты», «вышла в люди».
_INTO_A_CIRCLE: Final = frozenset(("nomn", "plur", "anim"))
_ANY: Final = "|".join(sorted(_TAKES, key=len, reverse=True))
_PLACE: Final = re.compile(
    rf"(?<![\w-])(?P<preposition>(?i:{_ANY}))[ \u00a0](?P<word>[а-яё]{{3,}})(?![\w-])",
)


def governed(piece: Piece) -> Iterator[Finding]:
    """«Для учителям», «через неделя». Silent on names, on words that the dictionary lacks or that do not decline."""
    for place in _PLACE.finditer(piece.text):
        preposition, word = place["preposition"], place["word"]
        if not _may_follow(preposition.lower(), word):
            yield piece.finding(
                "case-wrong",
                Severity.WARNING,
                *place.span("word"),
                _("После «{preposition}» слово «{word}» не в том падеже.").format(preposition=preposition, word=word),
                reason=_("Так остаётся от правки или от описки в окончании."),
            )


@lru_cache(maxsize=50_000)
def _may_follow(preposition: str, word: str) -> bool:
    takes = _TAKES[preposition]
    for reading in parses(word):
        grammemes = reading.tag.grammemes
        if not reading.is_known or _DECLINED.isdisjoint(grammemes) or "Fixd" in grammemes or "voct" in grammemes:
            return True
        if takes & grammemes or (takes & _ACCUSATIVE and grammemes >= _INTO_A_CIRCLE):
            return True
    return False
