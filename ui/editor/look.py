"""How blocks look beyond their margins: letters by a highlighter, quote bars and list marks by painting.

None of it is in the document, so a change of theme costs no undo step and nothing of it can be saved by mistake.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)

from newsroom.words import _
from ui import theme
from ui.editor.blocks import Kind, Style, style_of

_BULLETS = ("•", "◦", "▪")
_MARK_GAP = 7


class LettersOfBlocks(QSyntaxHighlighter):
    """Sizes of headings, the weight of a speaker's name, colours of links; one block at a time."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        #: Numbers of the only blocks that are looked at; None where all are.
        self._only: Container[int] | None = None
        self.follow_theme()

    @contextmanager
    def looking_at(self, blocks: Container[int]) -> Iterator[None]:
        """Inside, no others than *blocks*, numbers, are looked at: for a text that comes whole, and is known."""
        self._only = blocks
        try:
            yield
        finally:
            self._only = None

    def follow_theme(self) -> None:
        """Take sizes and colours from the theme as it is now."""
        look = theme.tokens()
        self._formats: dict[tuple[Kind, int], QTextCharFormat] = {}
        for level, size in ((2, round(look.article * 1.35)), (3, round(look.article * 1.12))):
            heading = QTextCharFormat()
            font = theme.ui_font(size)
            heading.setFontFamilies(font.families())
            heading.setProperty(QTextCharFormat.Property.FontPixelSize, size)
            heading.setFontWeight(QFont.Weight.Bold)
            self._formats[Kind.HEADING, level] = heading
        speaker = QTextCharFormat()
        speaker.setForeground(theme.color("muted"))
        self._formats[Kind.SPEAKER, 0] = speaker
        self._link = QTextCharFormat()
        self._link.setForeground(theme.color("accent_text"))
        self._link.setFontUnderline(True)
        self.rehighlight()

    def highlightBlock(self, _text: str) -> None:
        block = self.currentBlock()
        if self._only is not None and block.blockNumber() not in self._only:
            return
        style = style_of(block)
        whole = self._formats.get((style.kind, style.level))
        if whole is not None:
            self.setFormat(0, block.length(), whole)
        for part in block.textFormats():
            if part.format.isAnchor():
                link = QTextCharFormat(whole) if whole is not None else QTextCharFormat()
                link.merge(self._link)
                self.setFormat(part.start, part.length, link)


def paint_marks(painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
    """Paint what belongs to the left of *block*: its number or bullet, or the bar of a quote.

    *rect* is the block's rectangle in the coordinates of *painter*, which are those of the document.
    """
    layout = block.layout()
    line = layout.lineAt(0).position() if layout.lineCount() else QPointF()
    top_left = rect.topLeft() + line
    style = style_of(block)
    if style.kind.in_quote:
        below = block.next()
        joined = style.kind is Kind.QUOTE and style_of(below).kind.in_quote and style_of(below).group == style.group
        bottom = block.document().documentLayout().blockBoundingRect(below).top() if joined else rect.bottom()
        painter.fillRect(QRectF(0, rect.top(), 3, bottom - rect.top()), theme.color("outline"))
        if style.kind is Kind.SPEAKER and block.length() > 1:
            _mark(painter, block, top_left, "—", theme.color("muted"))
    elif style.kind is Kind.HEADING and block.length() == 1:
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.ui_font(round(theme.tokens().article * 1.2)))
        painter.drawText(top_left + QPointF(0, painter.fontMetrics().ascent()), _("Подзаголовок"))
    elif style.kind is Kind.BULLET:
        _mark(painter, block, top_left, _BULLETS[style.level % len(_BULLETS)], theme.color("muted"))
    elif style.kind is Kind.NUMBER:
        _mark(painter, block, top_left, f"{number_of(block, style)}.", theme.color("muted"))


def _mark(painter: QPainter, block: QTextBlock, top_left: QPointF, text: str, pen: QColor) -> None:
    font = theme.ui_font(theme.tokens().article, tabular=True)
    metrics = QFontMetricsF(font)
    if (width := metrics.horizontalAdvance(text)) > (most := block.blockFormat().leftMargin() - _MARK_GAP):
        font.setPixelSize(int(font.pixelSize() * most / width))
    layout = block.layout()
    ascent = layout.lineAt(0).ascent() if layout.lineCount() else metrics.ascent()
    painter.setFont(font)
    painter.setPen(pen)
    room = QRectF(top_left.x() - 60, top_left.y() + ascent - metrics.ascent(), 60 - _MARK_GAP, metrics.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignTop.value, text)


def number_of(block: QTextBlock, style: Style) -> int:
    """The number that *block*, an item of a numbered list, carries."""
    count = 0
    start = style.start
    other = block.previous()
    while other.isValid():
        before = style_of(other)
        if not before.kind.in_list or before.level < style.level:
            break
        if before.level == style.level:
            if before.kind is not style.kind:
                break
            count += 1
            start = before.start
        other = other.previous()
    return start + count
