"""Painting the lines of the queue: time, headline, state in icon and word, and what went wrong."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from newsroom.domain.states import Label, Operation
from newsroom.words import _, n_
from ui.glyphs import paint_icon
from ui.queue.entries import Entry, Group
from ui.queue.model import ENTRY_ROLE, HEADING_ROLE
from ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, color, tokens, ui_font
from ui.times import clock, exact_time
from ui.widgets import STATE_LOOKS, plain_tooltip

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SEPARATOR = " · "


class QueueDelegate(QStyledItemDelegate):
    """Attributes: ``several_sites`` makes each line name its site; ``zone`` is the newsroom's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.several_sites = False
        self.zone: tzinfo = UTC

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        letters = QFontMetrics(ui_font()).height() + QFontMetrics(ui_font(tokens().small)).height()
        if index.data(ENTRY_ROLE) is None:
            return QSize(100, QFontMetrics(ui_font(tokens().small)).height() + SPACE_M + SPACE_S)
        return QSize(100, letters + SPACE_XS + 2 * SPACE_S + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        entry = index.data(ENTRY_ROLE)
        if entry is None:
            self._heading(painter, option.rect, index)
        else:
            self._line(painter, option, entry)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        heading = index.data(HEADING_ROLE)
        area = rect.adjusted(SPACE_L, SPACE_S, -SPACE_L, 0)
        painter.setFont(ui_font(tokens().small, bold=True))
        painter.setPen(color("danger" if heading.group is Group.ATTENTION else "muted"))
        painter.drawText(area, _LEFT, heading.group.words)
        painter.setFont(ui_font(tokens().small, tabular=True))
        painter.setPen(color("muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(heading.count))

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        rect = option.rect
        paint_ground(painter, option)
        times = ui_font(tabular=True)
        column = QFontMetrics(times).horizontalAdvance("00:00") + SPACE_M
        inner = rect.adjusted(SPACE_L, SPACE_S, -SPACE_L, -SPACE_S)
        upper_height = QFontMetrics(ui_font()).height()
        upper = QRect(inner.left(), inner.top(), inner.width(), upper_height)
        lower = QRect(inner.left() + column, upper.bottom() + 1 + SPACE_XS, inner.width() - column, inner.height())
        lower.setBottom(inner.bottom())

        when = entry.when
        painter.setFont(times)
        painter.setPen(color("text" if when else "muted"))
        painter.drawText(upper, _LEFT, clock(when, self.zone) if when else "—")
        if when is not None:
            self._other_day(painter, QRect(inner.left(), lower.top(), column - SPACE_XS, lower.height()), when)

        head = upper.adjusted(column, 0, 0, 0)
        for glyph, wanted in (("warning", entry.page_is_wrong), ("intersect", bool(entry.collisions))):
            if wanted:
                mark = QRect(head.right() - 15, head.center().y() - 7, 16, 16)
                paint_icon(painter, mark, glyph, color("warning"))
                head.setRight(mark.left() - SPACE_S)
        font = ui_font()
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(color("muted" if entry.group is Group.DROPPED else "text"))
        headline = entry.headline or _("Без заголовка")
        painter.drawText(head, _LEFT, _cut(font, headline, head.width()))
        self._second(painter, lower, entry)

    def _other_day(self, painter: QPainter, area: QRect, when: datetime) -> None:
        """Under a time of another day stands its date."""
        there = when.astimezone(self.zone)
        if there.date() != datetime.now(self.zone).date():
            font = ui_font(tokens().small, tabular=True)
            painter.setFont(font)
            painter.setPen(color("muted"))
            painter.drawText(area, _LEFT, f"{there:%d.%m}")

    def _second(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        state = entry.item.state if entry.item is not None else Label.SUBMITTED
        glyph, role = STATE_LOOKS[state]
        font = ui_font(tokens().small)
        painter.setFont(font)
        side = round(tokens().small * 1.2)
        paint_icon(painter, QRect(area.left(), area.center().y() - side // 2, side, side), glyph, color(role))
        area = area.adjusted(side + SPACE_XS, 0, 0, 0)
        for text, text_role in second_line(entry, self.several_sites):
            # A separator with next to nothing behind it says nothing.
            if area.width() < (3 if text == _SEPARATOR else 1) * SPACE_XL:
                return
            shown = _cut(font, text, area.width())
            painter.setPen(color(text_role))
            painter.drawText(area, _LEFT, shown)
            area.setLeft(area.left() + QFontMetrics(font).horizontalAdvance(shown))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        entry = index.data(ENTRY_ROLE)
        if entry is None or event.type() != QHelpEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tooltip("\n".join(tooltip_lines(entry, self.zone))), view)
        return True


def second_line(entry: Entry, several_sites: bool) -> list[tuple[str, str]]:
    """The second line in pieces, each with the role of its colour; separators included."""
    item = entry.item
    if item is None:
        assert entry.row is not None
        pieces = [(entry.row.rubric or _("без рубрики"), "muted"), (entry.row.author, "muted")]
    else:
        state = item.state.words
        if item.due_at is None and entry.group is Group.SCHEDULED:
            state = _("придержано, без времени")
        pieces = [(state, STATE_LOOKS[item.state][1])]
        if item.operation is not Operation.PUBLISH:
            pieces.append((item.operation.words, "warning"))
        if several_sites:
            pieces.append((str(item.site), "muted"))
        if item.attempts and entry.group in (Group.UNDER_WAY, Group.ATTENTION):
            pieces.append((n_("{n} попытка", "{n} попыток", item.attempts), "muted"))
        if item.problem and entry.group in (Group.UNDER_WAY, Group.ATTENTION):
            pieces.append((item.problem, "danger" if entry.group is Group.ATTENTION else "text"))
        elif item.rubric and entry.group is not Group.DROPPED:
            pieces.append((item.rubric, "muted"))
    joined: list[tuple[str, str]] = []
    for text, role in pieces:
        if joined:
            joined.append((_SEPARATOR, "muted"))
        joined.append((" ".join(text.split()), role))
    return joined


def tooltip_lines(entry: Entry, zone: tzinfo) -> list[str]:
    """What the tooltip of a line says: the whole headline, the exact time, the collision, the whole problem."""
    lines = [entry.headline or _("Без заголовка")]
    if entry.when is not None:
        lines.append(exact_time(entry.when, zone))
    if entry.collisions:
        lines.append(
            n_(
                "В ту же минуту выходит ещё {n} статья.",
                "В ту же минуту выходят ещё {n} статей.",
                entry.collisions,
            )
        )
    if entry.item is not None and entry.item.problem:
        lines.append(entry.item.problem)
    if entry.item is not None and entry.item.page is not None and entry.item.page.problem:
        lines.append(entry.item.page.problem)
    return lines


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a line in a list: hover, selection, and a bar where the keyboard is."""
    rect = option.rect
    active = bool(option.state & QStyle.StateFlag.State_Active) and has_focus(option)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, color("selected" if active else "selected_idle"))
        if active:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), color("accent"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, color("hover"))


def has_focus(option: QStyleOptionViewItem) -> bool:
    widget = option.widget
    return widget is not None and widget.hasFocus()


def _cut(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
