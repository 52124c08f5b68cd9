"""What typography leaves alone: addresses, code, scores, telephone numbers, numbers of documents."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newsroom.text.typography.needs import DIGITS, Needs

#: Stands for a protected character; no rule knows it.
MASK: Final = "\ue000"

_DIGITS: Final = Needs(frozenset(DIGITS))
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
#: What is protected, the first that fits, each with what it needs.
KINDS: Final = (
    # Addresses.
    (Needs(_LATIN), r"""(?:[a-z][a-z0-9+.-]*://|www\.|mailto:|photo:)\S*[^\s.,;:!?)»"”]"""),
    # E-mails, handles and tags.
    (Needs(frozenset("@")), r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (Needs(frozenset("@#")), r"(?<![\w@])[@#]\w[\w.-]*"),
    (
        Needs(_LATIN | frozenset(DIGITS) | frozenset("-")),
        r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:ru|com|org|net|рф|info|su|io|me|tv|py|md|txt|pdf|docx?)\b(?:/\S*)?",
    ),
    # Code, tags, fields.
    (Needs(frozenset("`<{")), r"`[^`\n]+`|<[a-z/][^<>\n]*>|\{[^{}\n]*\}"),
    # Telephone numbers; 22-2-22, 25-02-2022.
    (_DIGITS, r"(?<!\d)(?:\+7|8)[ \u00a0(-]*\d{3,5}[ \u00a0)-]*\d[\d -]{3,9}\d"),
    (_DIGITS, r"(?<![\d-])\d{1,4}(?:-\d{2,4}){2,}(?![\d-])"),
    # Scores: 3:2 (1:0, 2:2).
    (_DIGITS, r"(?<![\w:])\d{1,3}:\d(?!\d)(?:[ ]?\([^()\n]{1,40}\))?"),
    (_DIGITS, r"\b(?:счёт(?:ом|е|а)?|счет(?:ом|е|а)?)[ \u00a0]\d+[:-]\d+"),
    # Numbers of documents.
    (
        Needs(words=("инн", "кпп", "огрн", "бик", "снилс", "erid", "индекс", "р/с", "код")),
        r"\b(?:ИНН|КПП|ОГРН|ОГРНИП|БИК|СНИЛС|ERID|индекс|р/с|код)[ \u00a0:№]*[\w-]+",
    ),
    (_DIGITS, r"\b(?:тел(?:\.|ефон\w*)|факс)[ \u00a0:]*[\d()+ -]+\d"),
    # A postal index.
    (_DIGITS, r"\b\d{6}(?=,[ \u00a0](?:г\.|[А-ЯЁ]))"),
)


def masked(text: str) -> str:
    """*text* with every protected character as `MASK`."""
    characters, lower = frozenset(text), text.lower()
    pattern = _pattern(tuple(needs.are_met(characters, lower) for needs, _kind in KINDS))
    return text if pattern is None else pattern.sub(lambda place: MASK * len(place[0]), text)


@cache
def _pattern(wanted: tuple[bool, ...]) -> re.Pattern[str] | None:
    kinds = [kind for (_needs, kind), is_wanted in zip(KINDS, wanted, strict=True) if is_wanted]
    return re.compile("|".join(kinds), re.IGNORECASE) if kinds else None
