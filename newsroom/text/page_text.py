"""The texts of an article as readers meet them on its page: each by its field, and all of them in one piece.

A reader reports words of the page, wherever on it they stand; what surrounds them may belong to the next field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from newsroom.domain.article import Content
from newsroom.domain.findings import Field
from newsroom.text.counts import plain_text
from newsroom.text.markdown import parse
from newsroom.text.normal_form import CREDIT_WORD
from newsroom.text.patching import patched
from newsroom.text.writer import write

_APART: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class PageText:
    """``text`` is what readers see from the headline to the note; ``spans`` says where each field is in it."""

    text: str
    spans: dict[Field, tuple[int, int]]

    def within(self, begin: int, end: int) -> tuple[Field, int, int] | None:
        """The field that holds most of the span, and the part of the span in it, in characters of that field.

        None where the span lies between fields.
        """
        parts = [(min(end, last) - max(begin, first), field) for field, (first, last) in self.spans.items()]
        most, field = max(parts, key=lambda part: part[0], default=(0, Field.BODY))
        if most <= 0:
            return None
        first, last = self.spans[field]
        return field, max(begin, first) - first, min(end, last) - first


def texts_of(content: Content) -> dict[Field, str]:
    """The texts that readers see, in the order of the page; the body as `plain_text` gives it."""
    photo = content.photo
    return {
        Field.HEADLINE: content.headline,
        Field.LEAD: content.lead,
        Field.CAPTION: photo.caption if photo else "",
        Field.CREDIT: photo.credit if photo else "",
        Field.BODY: plain_text(parse(content.body)),
        Field.BYLINE: content.byline,
        Field.NOTE: content.note,
    }


def page_text(texts: Mapping[Field, str]) -> PageText:
    """*texts*, as `texts_of` gives them, in one piece."""
    whole, spans = "", {}
    for field, text in texts.items():
        if not text:
            continue
        if field is Field.CREDIT:
            # A site writes the credit behind the caption.
            whole += f"{' ' if texts.get(Field.CAPTION) else _APART}{CREDIT_WORD} "
        elif whole:
            whole += _APART
        spans[field] = (len(whole), len(whole) + len(text))
        whole += text
    return PageText(whole, spans)


def with_words(content: Content, field: Field, begin: int, end: int, new: str) -> Content:
    """*content* with *new* instead of the characters from *begin* to *end* of its text of *field*.

    Raises `InvalidInput` where words of the body cannot be replaced without changing more than them.
    """
    if field is Field.BODY:
        return content.with_(body=write(patched(parse(content.body), begin, end, new)))
    text = texts_of(content)[field]
    whole = text[:begin] + new + text[end:]
    match field:
        case Field.CAPTION | Field.CREDIT if content.photo is not None:
            photo = content.photo
            photo = replace(photo, caption=whole) if field is Field.CAPTION else replace(photo, credit=whole)
            return content.with_(photo=photo)
        case Field.HEADLINE | Field.LEAD | Field.BYLINE | Field.NOTE:
            return content.with_(**{field.value: whole})
        case _:
            raise ValueError(f"no text of {field}")
