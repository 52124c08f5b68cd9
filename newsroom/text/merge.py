"""Three versions of an article as one: what was delivered to a site, what the newsroom has made of it since, and what
somebody has made of it on the site.

Fields and paragraphs that only one side has changed take its version. What both have changed otherwise is a conflict,
and a person chooses. Nothing is lost on the way: every paragraph of each side is in one of the parts.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from newsroom.domain.article import Content
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.domain.merging import BODY, Fate, Part, Side
from newsroom.text.diff import alike, opcodes
from newsroom.text.document import Document
from newsroom.text.markdown import parse
from newsroom.text.render import render_html
from newsroom.text.site_html import document_from_site
from newsroom.text.writer import write
from newsroom.words import _

#: Fields of `Content` that are merged whole, in the order in which an article is read; the address is never merged.
FIELDS = ("headline", "lead", "photo", "rubric", "tags", "byline", "age", "date", "note")

Paragraphs = tuple[str, ...]


def merge_paragraphs(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[Part, ...]:
    """The three texts side by side, in reading order: the parts of each side, joined, are that side."""
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    parts: list[Part] = []
    b = o = t = 0
    for place in range(len(base) + 1):
        at_ours = in_ours.get(place) if place < len(base) else len(ours)
        at_theirs = in_theirs.get(place) if place < len(base) else len(theirs)
        if at_ours is None or at_theirs is None:
            continue
        changed = Part(BODY, tuple(base[b:place]), tuple(ours[o:at_ours]), tuple(theirs[t:at_theirs]))
        if changed.base or changed.ours or changed.theirs:
            parts += _one_by_one(changed)
        if place < len(base):
            kept = (base[place],)
            if parts and parts[-1].fate is Fate.SAME:
                kept = (*parts.pop().base, *kept)
            parts.append(Part(BODY, kept, kept, kept))
        b, o, t = place + 1, at_ours + 1, at_theirs + 1
    return tuple(parts)


def _one_by_one(part: Part) -> list[Part]:
    """Neighbouring paragraphs that were only reworded, each by itself: so each is chosen for by itself."""
    if not len(part.base) == len(part.ours) == len(part.theirs):
        return [part]
    rows = list(zip(part.base, part.ours, part.theirs, strict=True))
    if not all(alike(before, ours) and alike(before, theirs) for before, ours, theirs in rows):
        return [part]
    return [Part(BODY, (before,), (ours,), (theirs,)) for before, ours, theirs in rows]


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Paragraphs of *base* that *other* has too, by their places in both; neither order is ever crossed."""
    return {
        i1 + step: j1 + step
        for tag, i1, i2, j1, _j2 in opcodes(base, other)
        if tag == "equal"
        for step in range(i2 - i1)
    }


def merge_contents(base: Content, ours: Content, theirs: Content, told: Collection[str]) -> tuple[Part, ...]:
    """The fields of *told*, which are those that the site has a place for, then the body."""
    parts = [
        Part(field, getattr(base, field), getattr(ours, field), getattr(theirs, field))
        for field in FIELDS
        if field in told
    ]
    bodies = (paragraphs_of(content.body) for content in (base, ours, theirs))
    return (*parts, *merge_paragraphs(*bodies))


def merged(ours: Content, parts: Sequence[Part], choices: Mapping[int, Side]) -> Content:
    """*ours* with every part as chosen, by its number, or else as proposed.

    Raises `InvalidInput` where a conflict has no choice, or a choice is not among its part's sides.
    """
    paragraphs: list[str] = []
    changes: dict[str, Any] = {}
    for number, part in enumerate(parts):
        side = choices.get(number, part.proposed)
        if side is None:
            raise InvalidInput(_("Выберите для каждого расхождения, чей вариант оставить."))
        if number in choices and side not in part.sides:
            raise InvalidInput(_("Вариант «{side}» для части {number} не подходит.").format(side=side, number=number))
        if part.field == BODY:
            paragraphs += part.taken(side)
        else:
            changes[part.field] = part.taken(side)
    return replace(ours, **changes, body=write(parse("\n\n".join(paragraphs))))


def as_returned(
    body: str, shown_as: Callable[[PhotoId], str], photo_at: Callable[[str], PhotoId | None]
) -> dict[str, str]:
    """The paragraphs of *body* by how they read once they have been on a site and back.

    Markup that a site cannot keep apart comes back in one form; so what nobody has touched is told from an edit.
    """
    found: dict[str, str] = {}
    for block in parse(body).blocks:
        returned = document_from_site(render_html(Document((block,)), shown_as), photo_at).document
        found[write(returned)] = write(Document((block,)))
    return found


def paragraphs_of(body: str) -> Paragraphs:
    """The blocks of *body*, each as Markdown of its own."""
    return tuple(write(Document((block,))) for block in parse(body).blocks)
