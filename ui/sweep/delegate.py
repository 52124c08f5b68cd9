"""Painting places of the archive: the article above, and below it the sentence with what changes in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from newsroom.words import _
from ui.glyphs import paint_icon
from ui.queue.delegate import paint_ground
from ui.reports.plain import visible
from ui.sweep.model import ROW_ROLE, Fate, Row
from ui.theme import SPACE_L, SPACE_S, SPACE_XS, color, tokens, ui_font

_Index = QModelIndex | QPersistentModelIndex

#: Fate → (icon, colour role).
FATE_LOOKS = {
    Fate.OPEN: ("circle", "muted"),
    Fate.ACCEPTED: ("check-circle", "success"),
    Fate.SKIPPED: ("x", "muted"),
    Fate.SENT: ("paper-plane-tilt", "accent_text"),
    Fate.REFUSED: ("warning", "danger"),
}
_LINES = 2
#: Letters of the sentence that are kept before the change, so that it is in sight.
_BEFORE = 70


class PlacesDelegate(QStyledItemDelegate):
    """With *decides* each line shows what was decided about it."""

    def __init__(self, parent: QWidget, *, decides: bool = True) -> None:
        super().__init__(parent)
        self._decides = decides

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        small, normal = QFontMetrics(ui_font(tokens().small)), QFontMetrics(ui_font())
        return QSize(200, small.height() + SPACE_XS + _LINES * normal.height() + 2 * SPACE_S + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        paint_ground(painter, option)
        inner = option.rect.adjusted(SPACE_L, SPACE_S, -SPACE_L, -SPACE_S)
        name, role = FATE_LOOKS[row.fate]
        if self._decides:
            side = round(tokens().small * 1.4)
            paint_icon(painter, QRect(inner.left(), inner.top(), side, side), name, color(role))
            inner.setLeft(inner.left() + side + SPACE_S)
        _head(painter, inner, row, role)
        upper = QFontMetrics(ui_font(tokens().small)).height() + SPACE_XS
        _sentence(painter, inner.adjusted(0, upper, 0, 0), row)
        painter.restore()


def _head(painter: QPainter, area: QRect, row: Row, role: str) -> None:
    font = ui_font(tokens().small)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    told = "" if row.fate is Fate.OPEN else " ".join(visible(row.told).split())
    told = metrics.elidedText(told, Qt.TextElideMode.ElideRight, area.width() * 2 // 3)
    line = QRect(area.left(), area.top(), area.width(), metrics.height())
    if told:
        painter.setPen(color(role))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
        line.setWidth(line.width() - metrics.horizontalAdvance(told) - SPACE_S)
    label = row.place.label.words
    named = visible(row.place.headline) or _("Без заголовка")
    headline = f"{label} · {named}"
    painter.setPen(color("muted"))
    shown = metrics.elidedText(headline, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _sentence(painter: QPainter, area: QRect, row: Row) -> None:
    place, decided = row.place, row.fate in (Fate.SKIPPED, Fate.SENT)
    before, words, after = map(visible, (place.before, place.words, place.after))
    if len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:]
    parts = [(before, _letters("muted" if decided else "text"))]
    old = _letters("muted" if decided else "on_selection")
    if not decided:
        old.setBackground(color("selection"))
    if place.fix is not None:
        old.setFontStrikeOut(True)
        new = _letters("muted" if decided else "success")
        new.setFontWeight(QFont.Weight.DemiBold)
        became = visible(place.fix) or _("(убрать)")
        parts += [(words, old), (" → ", _letters("muted")), (became, new)]
    else:
        parts.append((words, old))
    parts.append((after, _letters("muted" if decided else "text")))
    layout = QTextLayout("".join(text for text, _format in parts), ui_font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.setCacheEnabled(False)
    formats, begin = [], 0
    for text, letters in parts:
        length = len(text.encode("utf-16-le")) // 2
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = begin, length, letters
        formats.append(one)
        begin += length
    layout.setFormats(formats)
    layout.beginLayout()
    top = 0.0
    for _number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    layout.draw(painter, QPointF(area.left(), area.top()))


def _letters(role: str) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setForeground(color(role))
    return letters
