"""People: whoever is met first is told with a first name or initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.language import base_forms, is_first_name, is_surname
from newsroom.text.checks.material import REMEMBERED, Around, Material
from newsroom.words import _

_CAPITALISED: Final = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
#: What stands before the first word of a sentence.
_OPENS: Final = re.compile(r"(?:^|[.!?…:])[\s«„“\"(—–-]*$")
_INITIALS: Final = re.compile(r"[А-ЯЁ]\.")
#: A surname behind these names a street, a school, a prize or a family and not a person.
_NOT_A_PERSON: Final = re.compile(
    r"(?:улиц\w*|ул\.|проспект\w*|пр\.|площад\w*|пл\.|переул\w*|пер\.|бульвар\w*|набережн\w*|сквер\w*|парк\w*|"
    r"имени|им\.|памяти|памятник\w*|семь[а-яё]+|супруг\w*|брат\w*|сёст\w*|сестр\w*|династи\w*|фамили\w*|"
    r"роман\w*|повест\w*|пьес\w*|стих\w*|сказк\w*|музе\w*|театр\w*|школ\w*|деревн\w*|сел[аоеу]\w*|пос[её]л\w*|"
    r"станци\w*|мыс\w*|остров\w*|пик\w*|закон\w*|кубк?\w*|приз\w*)[\s\u00a0«\"]*$",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A surname; begin and end in characters of its paragraph."""

    begin: int
    end: int
    surname: str
    #: Whether a first name or initials stand beside it.
    named: bool


@lru_cache(maxsize=REMEMBERED)
def mentions(text: str) -> tuple[Mention, ...]:
    words = list(_CAPITALISED.finditer(text))
    found = []
    for number, word in enumerate(words):
        opens = _OPENS.search(text[: word.start()]) is not None
        if not is_surname(word[0], opens=opens) or _NOT_A_PERSON.search(text[max(0, word.start() - 24) : word.start()]):
            continue
        before = words[number - 1] if number else None
        after = words[number + 1] if number + 1 < len(words) else None
        named = (
            (before is not None and text[before.end() : word.start()].isspace() and is_first_name(before[0]))
            or (after is not None and text[word.end() : after.start()].isspace() and is_first_name(after[0]))
            or bool(_INITIALS.search(text[max(0, word.start() - 4) : word.start()]))
            or bool(_INITIALS.match(text[word.end() :].lstrip("\u00a0 ")))
        )
        found.append(Mention(*word.span(), word[0], named))
    return tuple(found)


def first_names(material: Material, _around: Around) -> Iterator[Finding]:
    """A surname whose first mention in lead and text stands alone. Headlines do without first names."""
    known: set[str] = set()
    for piece in material.told():
        if piece.field.value == "headline":
            continue
        for mention in mentions(piece.text):
            forms = base_forms(mention.surname)
            if not mention.named and not known & forms:
                yield piece.finding(
                    "first-name-missing",
                    Severity.NOTE,
                    mention.begin,
                    mention.end,
                    _("{surname} упоминается впервые — и без имени.").format(surname=mention.surname),
                    reason=_("При первом упоминании человека называют по имени и фамилии."),
                )
            known |= forms
