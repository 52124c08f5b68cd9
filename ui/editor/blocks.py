"""How the blocks of a `newsroom.text.document.Document` stand in a QTextDocument.

A text block (paragraph, heading, list item, quote, speaker) keeps its kind in user properties of its block format:
those survive undo. Photo, rule and raw Markdown are one object character each, whose char format holds everything about
it, so that nothing can be typed inside and deleting it is deleting one character. How blocks look beyond margins is not
in the document at all: `ui.editor.look` paints it.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import asdict, dataclass
from enum import IntEnum
from functools import lru_cache

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextFormat

from newsroom.domain.ids import PhotoId
from newsroom.text.document import PhotoBlock, Raw, Rule

#: The character that stands for an object; typed or pasted ones are dropped.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
HARD_BREAK = "\N{LINE SEPARATOR}"
DEEPEST_LEVEL = 5

_KIND = int(QTextFormat.Property.UserProperty) + 1
_LEVEL = _KIND + 1
_START = _KIND + 2
_GROUP = _KIND + 3
_ATOM = _KIND + 4

#: `QTextFormat.objectType` of photo, rule and raw block, drawn by `ui.editor.objects`.
ATOM_OBJECT = int(QTextFormat.ObjectTypes.UserObject) + 1

_HALF = re.compile("[\ud800-\udfff]")
#: Room for a number of two digits.
_LEVEL_INDENT = 32.0
_QUOTE_INDENT = 20.0
_SPEAKER_INDENT = 46.0
_LEADING = 135.0
_TIGHT_LEADING = 115.0

Atom = PhotoBlock | Raw | Rule

_groups = itertools.count(1)


def new_group() -> int:
    """A quote group that no other quote of this process has."""
    return next(_groups)


class Kind(IntEnum):
    """What a text block is. The values are kept in documents of running programs only."""

    PARAGRAPH = 0
    HEADING = 1
    BULLET = 2
    NUMBER = 3
    QUOTE = 4
    SPEAKER = 5

    @property
    def in_list(self) -> bool:
        return self in (Kind.BULLET, Kind.NUMBER)

    @property
    def in_quote(self) -> bool:
        return self in (Kind.QUOTE, Kind.SPEAKER)


@dataclass(frozen=True, slots=True)
class Style:
    """Everything about a text block but its text."""

    kind: Kind = Kind.PARAGRAPH
    #: 2 or 3 for a heading; depth from 0 for a list item.
    level: int = 0
    #: First number of the numbered list that begins here.
    start: int = 1
    #: Neighbouring quote blocks of one group are one quote.
    group: int = 0


def style_of(block: QTextBlock) -> Style:
    """The style of *block*; a plain paragraph where it carries none."""
    return style_of_format(block.blockFormat())


def style_of_format(block_format: QTextBlockFormat) -> Style:
    if not block_format.hasProperty(_KIND):
        return Style()
    return Style(
        Kind(block_format.intProperty(_KIND)),
        block_format.intProperty(_LEVEL),
        max(block_format.intProperty(_START), 0),
        block_format.intProperty(_GROUP),
    )


def block_format(style: Style) -> QTextBlockFormat:
    """The block format of *style*: its properties, margins and leading."""
    made = QTextBlockFormat()
    if style.kind is not Kind.PARAGRAPH:
        made.setProperty(_KIND, int(style.kind))
        made.setProperty(_LEVEL, style.level)
        made.setProperty(_START, style.start)
        made.setProperty(_GROUP, style.group)
    made.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    # Of two neighbouring margins the larger one counts.
    top, bottom, left = 12.0, 12.0, 0.0
    match style.kind:
        case Kind.HEADING:
            top, bottom = (24.0, 6.0) if style.level == 2 else (18.0, 4.0)
            made.setLineHeight(_TIGHT_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        case Kind.BULLET | Kind.NUMBER:
            top = bottom = 4.0
            left = _LEVEL_INDENT * (style.level + 1)
        case Kind.QUOTE:
            bottom, left = 4.0, _QUOTE_INDENT
        case Kind.SPEAKER:
            top, left = 4.0, _SPEAKER_INDENT
    made.setTopMargin(top)
    made.setBottomMargin(bottom)
    made.setLeftMargin(left)
    return made


def atom_block_format() -> QTextBlockFormat:
    """The block format of an object: no leading, which would be a share of the object's height."""
    made = QTextBlockFormat()
    made.setTopMargin(12.0)
    made.setBottomMargin(12.0)
    return made


def atom_format(atom: Atom) -> QTextCharFormat:
    """The format of the object character that stands for *atom*."""
    match atom:
        case PhotoBlock():
            plain = {"photo": asdict(atom)}
        case Raw(source):
            plain = {"raw": source}
        case Rule():
            plain = {"rule": True}
    made = QTextCharFormat()
    made.setObjectType(ATOM_OBJECT)
    packed = json.dumps(plain, ensure_ascii=False)
    # Qt would drop halves of surrogate pairs; escapes keep them, at six times the length.
    made.setProperty(_ATOM, json.dumps(plain) if _HALF.search(packed) else packed)
    return made


def atom_of(char_format: QTextFormat) -> Atom | None:
    """What an object character of this format stands for; None for ordinary text."""
    if char_format.objectType() != ATOM_OBJECT:
        return None
    return _unpacked(char_format.stringProperty(_ATOM))


@lru_cache(maxsize=64)
def _unpacked(packed: str) -> Atom:
    """Raw blocks may be long, and Qt asks for each again whenever it measures or paints."""
    plain = json.loads(packed)
    if "photo" in plain:
        fields = plain["photo"]
        return PhotoBlock(PhotoId(fields["photo"]), fields["caption"], fields["credit"], fields["alt"])
    if "raw" in plain:
        return Raw(plain["raw"])
    return Rule()


def atom_at(block: QTextBlock) -> Atom | None:
    """What *block* holds where it holds one object and nothing else."""
    if block.length() != 2 or block.text() != OBJECT:
        return None
    return atom_of(block.begin().fragment().charFormat())
