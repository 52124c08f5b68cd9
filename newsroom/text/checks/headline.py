"""Headline and lead: beside their lengths, which block or are remarked on with the other fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from newsroom.domain.findings import Field, Finding, Severity
from newsroom.text.checks.material import Around, Material, Piece
from newsroom.text.folding import Folded
from newsroom.words import _

_FULL_STOP: Final = re.compile(r"(?<=[^\W_])[»”\")]?\.\s*$")
#: Shortened words keep theirs.
_SHORTENED: Final = re.compile(
    r"(?:\b(?:г|гг|в|вв|т\.\s?д|т\.\s?п|др|руб|коп|тыс|ул|обл|им|д|кв|м|см|км|сек|мин|л|чел)|[А-ЯЁA-Z])\.\s*$"
)
_NO_WORD: Final = re.compile(r"[^\w%+-]+")
#: Shares of equal words, of a hundred, from which two headlines tell the same.
_SAME: Final = 92


def full_stop(piece: Piece) -> Iterator[Finding]:
    """«Мост открыт.»: a headline ends without one; an ellipsis, «?» and «!» stay."""
    if piece.field is not Field.HEADLINE:
        return
    place = _FULL_STOP.search(piece.text)
    if place and not _SHORTENED.search(piece.text):
        at = piece.text.rindex(".")
        yield piece.finding(
            "headline-stop",
            Severity.WARNING,
            at,
            at + 1,
            _("Заголовок кончается точкой."),
            source=_("Мильчин, «Справочник издателя и автора»: после заголовка точку не ставят"),
            fix="",
        )


def duplicate(material: Material, around: Around) -> Iterator[Finding]:
    """The same words as a headline of these days: readers take it for old news."""
    own = _folded(material.content.headline)
    if not own:
        return
    others = [recent for recent in around.recent if recent.article != material.article]
    found = process.extractOne(
        own, [_folded(recent.headline) for recent in others], scorer=fuzz.token_sort_ratio, score_cutoff=_SAME
    )
    if found is not None:
        other = others[found[2]]
        yield Finding(
            Field.HEADLINE,
            Severity.WARNING,
            "headline-duplicate",
            _("Почти такой же заголовок у статьи {article}: «{headline}».").format(
                article=other.article, headline=other.headline
            ),
            reason=_("Читатель решит, что это уже читал, а поисковик склеит страницы."),
        )


def lead_repeats_headline(material: Material, _around: Around) -> Iterator[Finding]:
    content = material.content
    if content.lead.strip() and _folded(content.lead) == _folded(content.headline):
        yield Finding(
            Field.LEAD,
            Severity.WARNING,
            "lead-is-headline",
            _("Подводка слово в слово повторяет заголовок."),
            reason=_("Подводка говорит то, чего в заголовке нет."),
        )


@lru_cache(maxsize=4_000)
def _folded(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", Folded(text).text).split())
