"""Lines under doubtful words: painted over the text, only where it is on the screen, never part of the document.

What a paragraph has is found once for each wording of it, in short turns after a pause in typing. While a paragraph is
typed in, its marks move along with their words; the word under the hand has none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTextBlock, QTextCursor, QTextLayout
from PySide6.QtWidgets import QTextEdit

from newsroom.text.spelling.judging import QUIET, Kind
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.tokens import as_written
from ui import theme
from ui.fields.text_fields import MarkedField, Shown

_PAUSE: Final = 350
#: Seconds of looking at paragraphs in one turn.
_TURN: Final = 0.004
#: Paragraphs whose marks are remembered.
_REMEMBERED: Final = 4000
#: Longer paragraphs, in UTF-16 units, are no prose and are left alone.
_LONGEST: Final = 20_000


class Mark(NamedTuple):
    """A doubtful word; begin and end in UTF-16 units of its paragraph, as Qt counts."""

    begin: int
    end: int
    word: str
    kind: Kind


@dataclass(slots=True)
class _Hand:
    """Where a field is written in: the paragraph as it was at the last change or move."""

    number: int = -1
    text: str = ""
    blocks: int = 0
    #: Where the cursor stood then: where it stands elsewhere, it was moved.
    position: int = -1
    #: Whether the last thing that happened to the cursor was typing.
    typing: bool = False


class SpellingMarks(QObject):
    """Marks the texts of *fields* while it has a speller; ``speller`` None marks nothing."""

    def __init__(self, fields: Sequence[MarkedField], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._speller: Speller | None = None
        self._passed: set[str] = set()
        self._known: dict[str, tuple[Mark, ...]] = {}
        #: Wordings whose marks were only moved along, to be looked at anew.
        self._moved: set[str] = set()
        self._hands = {field: _Hand() for field in self._fields}
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look)
        for field in self._fields:
            field.paint_over = self._painter_of(field)
            field.document().contentsChange.connect(
                lambda position, removed, added, of=field: self._changed(of, position, removed, added)
            )
            field.cursorPositionChanged.connect(lambda of=field: self._cursor_moved(of))

    @property
    def speller(self) -> Speller | None:
        return self._speller

    def use(self, speller: Speller | None) -> None:
        """Mark with *speller* from now on, or nothing."""
        self._speller = speller
        self._start_anew()

    def begin(self) -> None:
        """Another article is on the page: nothing of it is passed over yet."""
        self._passed.clear()
        for hand in self._hands.values():
            hand.typing = False
        self._start_anew()

    @property
    def passed(self) -> frozenset[str]:
        """What is passed over."""
        return frozenset(self._passed)

    def pass_over(self, word: str) -> None:
        """Mark *word* no more, until `begin`."""
        self.pass_over_all(self._passed | {_key(word)})

    def pass_over_all(self, words: Collection[str]) -> None:
        """Pass over *words*, in small letters, and no others."""
        if self._passed != set(words):
            self._passed = set(words)
            self._start_anew()

    def mark_again(self, word: str) -> None:
        """Pass *word* over no more."""
        self.pass_over_all(self._passed - {_key(word)})

    def is_passed_over(self, word: str) -> bool:
        return _key(word) in self._passed

    def marks_of(self, text: str) -> tuple[Mark, ...]:
        """The marks of a paragraph that reads *text*; looked for where they are not known."""
        if text in self._known and text not in self._moved:
            return self._known[text]
        if self._speller is None or len(text) > _LONGEST:
            return ()
        found = tuple(_marks(self._speller, text, self._passed))
        self._remember(text, found)
        return found

    def mark_at(self, field: QTextEdit, at: QPoint) -> tuple[QTextBlock, Mark] | None:
        """The mark at the place *at* of the viewport of *field*, with its paragraph."""
        cursor = field.cursorForPosition(at)
        block, place = cursor.block(), cursor.positionInBlock()
        marks = self._known.get(block.text(), ())
        return next(((block, mark) for mark in marks if mark.begin <= place <= mark.end), None)

    # -- following the text

    def _start_anew(self) -> None:
        self._known.clear()
        self._moved.clear()
        self._soon.start(0)
        for field in self._fields:
            field.viewport().update()

    def _remember(self, text: str, marks: tuple[Mark, ...]) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
            self._moved.clear()
        self._known[text] = marks
        self._moved.discard(text)

    def _changed(self, field: QTextEdit, position: int, removed: int, added: int) -> None:
        if self._speller is None:
            return
        hand, document = self._hands[field], field.document()
        before, blocks, number = hand.text, hand.blocks, hand.number
        hand.typing = field.hasFocus()
        block = document.findBlock(position)
        self._note(field)
        if block.blockNumber() == number and before in self._known:
            text = block.text()
            place = position - block.position()
            if document.blockCount() == blocks and text not in self._known:
                self._move_along(text, self._known[before], place, removed, added)
            elif document.blockCount() == blocks + 1:
                # Parted by Enter.
                rest = block.next()
                self._move_along(text, self._known[before], place, len(before), 0)
                self._move_along(rest.text(), self._known[before], 0, place, 0)
        # What was pasted, joined or taken back is looked at without waiting.
        self._soon.start(_PAUSE if document.blockCount() == blocks else 0)

    def _move_along(self, text: str, marks: tuple[Mark, ...], place: int, removed: int, added: int) -> None:
        """What the marks of a paragraph are after a change at *place*, until they are looked for anew."""
        after = [
            mark
            if mark.end <= place
            else mark._replace(begin=mark.begin + added - removed, end=mark.end + added - removed)
            for mark in marks
            if mark.end <= place or mark.begin >= place + removed
        ]
        if text not in self._known:
            self._remember(text, tuple(after))
            self._moved.add(text)

    def _cursor_moved(self, field: QTextEdit) -> None:
        if self._speller is None:
            return
        hand = self._hands[field]
        if field.textCursor().position() == hand.position:
            return
        if hand.typing:
            # The word that was typed is left.
            hand.typing = False
            field.viewport().update()
        self._note(field)

    def _note(self, field: QTextEdit) -> None:
        hand, cursor = self._hands[field], field.textCursor()
        hand.number, hand.blocks = cursor.blockNumber(), field.document().blockCount()
        hand.text, hand.position = cursor.block().text(), cursor.position()

    def _look(self) -> None:
        """Look at the paragraphs on the screen, for one turn; the rest in the next."""
        if self._speller is None:
            return
        deadline = perf_counter() + _TURN
        for field in self._fields:
            news = False
            for block in _seen(field):
                text = block.text()
                if text and (text not in self._known or text in self._moved):
                    old = self._known.get(text)
                    news = self.marks_of(text) != (old or ()) or news
                    if perf_counter() > deadline:
                        self._soon.start(0)
                        break
            if news:
                field.viewport().update()

    # -- painting

    def _painter_of(self, field: QTextEdit) -> Callable[[QPainter, Sequence[Shown]], None]:
        return lambda painter, shown: self._paint(field, painter, shown)

    def _paint(self, field: QTextEdit, painter: QPainter, shown: Sequence[Shown]) -> None:
        if self._speller is None:
            return
        hand, ratio = self._hands[field], field.devicePixelRatioF()
        typed_at = field.textCursor().position() if hand.typing and field.hasFocus() else -1
        for block, rect in shown:
            text = block.text()
            marks = self._known.get(text)
            if marks is None and text and not self._soon.isActive():
                self._soon.start(0)
            for mark in marks or ():
                if not mark.begin + block.position() <= typed_at <= mark.end + block.position():
                    _underline(painter, block.layout(), rect.topLeft(), mark, ratio)


def _marks(speller: Speller, text: str, passed: set[str]) -> Iterator[Mark]:
    # Qt gives objects and hard breaks as characters of their own, one for one.
    plain = text.replace("\ufffc", " ").replace("\u2028", "\n")
    wide = [place for place, letter in enumerate(plain) if letter > "\uffff"] if not plain.isascii() else []
    for found in speller.check(plain):
        if _key(found.word) not in passed:
            begin = found.begin + sum(place < found.begin for place in wide)
            yield Mark(begin, begin + found.end - found.begin, found.word, found.kind)


def _key(word: str) -> str:
    return as_written(word).lower()


def _seen(field: QTextEdit) -> Iterator[QTextBlock]:
    """The paragraphs of *field* on the screen."""
    area = field.viewport().visibleRegion().boundingRect()
    if area.isEmpty():
        return
    block = field.cursorForPosition(area.topLeft()).block()
    last = field.cursorForPosition(area.bottomRight()).block().blockNumber()
    while block.isValid() and block.blockNumber() <= last:
        yield block
        block = block.next()


def _underline(painter: QPainter, layout: QTextLayout, corner: QPointF, mark: Mark, ratio: float) -> None:
    """*ratio*: how many pixels of the screen one of the window has."""
    quiet = mark.kind in QUIET
    look = theme.tokens()
    color = look.colors.muted if quiet else look.colors.danger
    line = layout.lineForTextPosition(mark.begin)
    while line.isValid() and (start := line.textStart()) < mark.end:
        after = start + line.textLength()
        left, right = (_x(line.cursorToX(place)) for place in (max(mark.begin, start), min(mark.end, after)))
        y = line.y() + line.ascent() + min(3.0 * look.zoom, max(line.descent() - 1.0, 1.5))
        below = _line_below(round(right - left), look.zoom, color, ratio, dotted=quiet)
        painter.drawPixmap(corner + QPointF(left, y - _above(look.zoom)), below)
        if after >= mark.end:
            break
        line = layout.lineForTextPosition(after)


def _x(answer: object) -> float:
    """PySide gives the place beside the number."""
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]


def _above(scale: float) -> float:
    """How far a picture of `_line_below` reaches above the line."""
    return 3.0 * scale


@lru_cache(maxsize=512)
def _line_below(width: int, scale: float, color: str, ratio: float, *, dotted: bool) -> QPixmap:
    """A wave, or dots. A picture, because to draw the wave itself with each letter costs as much as the letter."""
    step, top = 2.0 * scale, _above(scale)
    picture = QPixmap(math.ceil(width * ratio), math.ceil(2 * top * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    pen = QPen(QColor(color), (1.6 if dotted else 1.2) * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    path = QPainterPath(QPointF(0, top))
    if dotted:
        pen.setDashPattern([0.01, 2.2])
        path.lineTo(width, top)
    x, up = 0.0, True
    while x < width and not dotted:
        x = min(x + step, width)
        path.lineTo(x, top - (step * 0.9 if up else 0))
        up = not up
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, pen)
    painter.end()
    return picture


def cursor_over(block: QTextBlock, mark: Mark) -> QTextCursor | None:
    """A selection of the word of *mark*; None where other letters stand there now."""
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + mark.begin)
    cursor.setPosition(
        min(block.position() + mark.end, block.position() + block.length() - 1), QTextCursor.MoveMode.KeepAnchor
    )
    return cursor if cursor.selectedText() == mark.word else None
