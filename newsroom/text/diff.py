"""What changed between two texts or two revisions: paragraphs are matched first, then the words inside them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from difflib import SequenceMatcher
from enum import StrEnum

from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.ids import PhotoId
from newsroom.text.dates import with_offset
from newsroom.text.markdown import parse
from newsroom.text.readable import readable
from newsroom.words import _, later

#: Pairs of equal words that one look may compare; beyond it the whole passage counts as replaced.
_PATIENCE = 4_000_000
#: Beyond so many pairs words that are everywhere do not begin a match.
_IMPATIENCE = 400_000
#: How many paragraphs further on the changed form of a paragraph is looked for.
_REACH = 12
#: Share of common words from which two paragraphs are one, changed.
_ALIKE = 0.4

_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\n)+")
#: A word or mark with the blanks before it, so that blanks alone match nothing.
_WORD = re.compile(r"\s*(?:[^\W_]+|\S)|\s+")


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    #: Only of paragraphs: some pieces are the same.
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row of one fate: same, added or removed."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    kind: Kind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; ``changes`` compares its two texts."""

    #: Name of the field of `Content`; the parts of the photo are ``photo``, ``caption``, ``credit`` and ``alt``.
    field: str
    #: The field's name for people, in the language of the program.
    title: str
    old: str
    new: str
    changes: tuple[ParagraphChange, ...]


def compare(old: str, new: str) -> tuple[ParagraphChange, ...]:
    """The paragraphs of both texts in reading order, removed ones before what stands in their place.

    Paragraphs end at blank lines. Joining the same and added pieces of each change gives the new paragraphs; the same
    and removed ones give the old.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    changes: list[ParagraphChange] = []
    for tag, i1, i2, j1, j2 in opcodes(before, after):
        if tag == "equal":
            changes += (_whole(Kind.SAME, text) for text in before[i1:i2])
        else:
            changes += _rewritten(before[i1:i2], after[j1:j2])
    return tuple(changes)


def compare_contents(old: Content, new: Content, tz: tzinfo = UTC) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order in which an article is read; instants are written in *tz*.

    Bodies are compared as people read them, and by their Markdown only where nothing else tells them apart.
    """
    before, after = _texts(old, tz), _texts(new, tz)
    if old.body != new.body:
        bodies = [readable(parse(content.body)) for content in (old, new)]
        if bodies[0] != bodies[1]:
            before["body"], after["body"] = bodies
    return tuple(
        FieldChange(field, _(title), before[field], after[field], compare(before[field], after[field]))
        for field, title in _TITLES.items()
        if before[field] != after[field]
    )


def title_of(field: str) -> str:
    """What people call a field of `Content`, in the language of the program."""
    return _(_TITLES[field])


# --- Fields ----------------------------------------------------------------------------------------------------------

_TITLES = {
    "headline": later("Заголовок"),
    "lead": later("Подводка"),
    "photo": later("Фото"),
    "caption": later("Подпись к фото"),
    "credit": later("Автор фото"),
    "alt": later("Описание фото"),
    "body": later("Текст"),
    "note": later("Примечание"),
    "rubric": later("Рубрика"),
    "tags": later("Метки"),
    "byline": later("Автор"),
    "age": later("Возрастной знак"),
    "date": later("Дата"),
    "pinned_until": later("Закреплено до"),
    "slug": later("Адрес"),
}


def _texts(content: Content, tz: tzinfo) -> dict[str, str]:
    photo = content.photo or LeadPhoto(PhotoId(""))
    return {
        "headline": content.headline,
        "lead": content.lead,
        "photo": photo.photo,
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt,
        "body": content.body,
        "note": content.note,
        "rubric": content.rubric or "",
        "tags": ", ".join(content.tags),
        "byline": content.byline,
        "age": content.age or "",
        "date": _instant(content.date, tz),
        "pinned_until": _instant(content.pinned_until, tz),
        "slug": content.slug,
    }


def _instant(instant: datetime | None, tz: tzinfo) -> str:
    return with_offset(instant, tz) if instant else ""


# --- Paragraphs ------------------------------------------------------------------------------------------------------


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in _PARAGRAPH_END.split(text.replace("\r\n", "\n").strip("\n")) if paragraph]


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[ParagraphChange]:
    """Paragraphs that took each other's place: likely pairs word by word, the others whole."""
    words = [_significant(text) for text in new]
    place = 0
    for text in old:
        own = _significant(text)
        reach = range(place, min(place + _REACH, len(new)))
        partner = next((j for j in reach if _likeness(own, words[j]) >= _ALIKE), None)
        if partner is None:
            yield _whole(Kind.REMOVED, text)
            continue
        yield from (_whole(Kind.ADDED, other) for other in new[place:partner])
        yield ParagraphChange(Kind.CHANGED, tuple(_pieces(text, new[partner])))
        place = partner + 1
    yield from (_whole(Kind.ADDED, other) for other in new[place:])


def _whole(kind: Kind, text: str) -> ParagraphChange:
    return ParagraphChange(kind, (Piece(kind, text),))


def _significant(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold())) or Counter([text])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that both have, from 0 to 1."""
    return 2 * (one & other).total() / (one.total() + other.total())


def alike(one: str, other: str) -> bool:
    """Whether two paragraphs are one, reworded."""
    return _likeness(_significant(one), _significant(other)) >= _ALIKE


# --- Words -----------------------------------------------------------------------------------------------------------


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    for tag, i1, i2, j1, j2 in opcodes(before, after):
        if tag == "equal":
            yield Piece(Kind.SAME, "".join(before[i1:i2]))
            continue
        if i1 < i2:
            yield Piece(Kind.REMOVED, "".join(before[i1:i2]))
        if j1 < j2:
            yield Piece(Kind.ADDED, "".join(after[j1:j2]))


def opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """`SequenceMatcher`'s opcodes, in bounded time: common ends are set aside, and then patience is limited."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start:
        yield "equal", 0, start, 0, start
    old_end, new_end = len(old) - end, len(new) - end
    middle_old, middle_new = old[start:old_end], new[start:new_end]
    if middle_old or middle_new:
        seen = Counter(middle_new)
        pairs = sum(seen[word] for word in middle_old)
        if pairs <= _PATIENCE:
            matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=pairs > _IMPATIENCE)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                yield tag, start + i1, start + i2, start + j1, start + j2
        else:
            yield "replace", start, old_end, start, new_end
    if end:
        yield "equal", old_end, len(old), new_end, len(new)
