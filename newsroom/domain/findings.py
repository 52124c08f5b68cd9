"""What a check of an article finds: one list for everything that people, laws and the house want to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from newsroom.words import _, later


class Field(StrEnum):
    """The field of an article that a finding or an error speaks of."""

    HEADLINE = "headline"
    LEAD = "lead"
    BODY = "body"
    RUBRIC = "rubric"
    TAGS = "tags"
    BYLINE = "byline"
    SLUG = "slug"
    AGE = "age"
    PHOTO = "photo"
    CAPTION = "caption"
    CREDIT = "credit"
    ALT = "alt"
    DATE = "date"
    PINNED_UNTIL = "pinned_until"
    NOTE = "note"

    @property
    def words(self) -> str:
        return _(_FIELD_TITLES[self])


_FIELD_TITLES = {
    Field.HEADLINE: later("заголовок"),
    Field.LEAD: later("подводка"),
    Field.BODY: later("текст"),
    Field.RUBRIC: later("рубрика"),
    Field.TAGS: later("метки"),
    Field.BYLINE: later("подпись"),
    Field.SLUG: later("адрес"),
    Field.AGE: later("возраст"),
    Field.PHOTO: later("фото"),
    Field.CAPTION: later("подпись к фото"),
    Field.CREDIT: later("автор фото"),
    Field.ALT: later("описание фото"),
    Field.DATE: later("дата"),
    Field.PINNED_UNTIL: later("закрепление"),
    Field.NOTE: later("примечание"),
}


class Severity(StrEnum):
    """Errors keep an article from going out, warnings ask, notes inform. The gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def words(self) -> str:
        return _(_SEVERITY_TITLES[self])


_SEVERITY_TITLES = {
    Severity.ERROR: later("мешает публикации"),
    Severity.WARNING: later("проверьте"),
    Severity.NOTE: later("на заметку"),
}

_ORDER = {severity: place for place, severity in enumerate(Severity)}
_FIELD_ORDER = {field: place for place, field in enumerate(Field)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody ought to look at."""

    field: Field
    severity: Severity
    #: Which check speaks: a short English key that never changes, ``headline-long``.
    code: str
    #: What is the matter, a sentence.
    message: str
    #: Where in the text of the field as readers see it (`newsroom.text.counts.plain_text`), in characters; None for the
    #: field as a whole. Begin and end are equal where something is missing.
    begin: int | None = None
    end: int | None = None
    #: What stands there.
    words: str = ""
    #: Why it matters, a sentence.
    reason: str = ""
    #: Where the rule comes from: a law, a standard, a handbook, a list of the house.
    source: str = ""
    #: What the place becomes at one key; None where only a person can say.
    fix: str | None = None
    #: The address that the link at the place gets at one key; empty where nothing is wrong with it.
    link_fix: str = ""
    #: Whether somebody may say, with a reason, that it is to be passed over in this article.
    ignorable: bool = True

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def key(self) -> str:
        """What an article is told by that passed over this finding: it holds wherever the same words stand."""
        return f"{self.code}|{self.field}|{' '.join(self.words.split()).casefold()}"

    @property
    def can_be_fixed(self) -> bool:
        return self.begin is not None and (self.fix is not None or bool(self.link_fix))

    def moved(self, by: int) -> Finding:
        """The same *by* characters further on in its field."""
        if not by or self.begin is None or self.end is None:
            return self
        return replace(self, begin=self.begin + by, end=self.end + by)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """*findings* by severity, then as they are met in reading."""
    return sorted(findings, key=lambda one: (_ORDER[one.severity], _FIELD_ORDER[one.field], one.begin or 0, one.code))
