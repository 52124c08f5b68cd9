"""The list of an article's revisions: sittings, each with its single saves below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeWidget,
    QTreeWidgetItem,
)

from newsroom.domain.history import History, Milestone, MilestoneKind, RevisionLine, Sitting, sittings
from newsroom.text.dates import relative_time
from newsroom.words import _, n_
from ui import theme
from ui.glyphs import paint_icon
from ui.times import clock, exact_time
from ui.widgets import plain_tooltip

_Index = QModelIndex | QPersistentModelIndex
#: Numbers of the newest and the oldest revision that a line stands for.
_SPAN = Qt.ItemDataRole.UserRole
#: What is painted: a list of `_Row`.
_ROWS = Qt.ItemDataRole.UserRole + 1
#: The single saves of a sitting that has several; their lines are made when it is unfolded.
_SAVES = Qt.ItemDataRole.UserRole + 2
_ICON = 16

_LOOKS = {
    MilestoneKind.SUBMITTED: ("paper-plane-tilt", "accent_text"),
    MilestoneKind.RETURNED: ("arrow-u-up-left", "warning"),
    MilestoneKind.APPROVED: ("check", "success"),
    MilestoneKind.WAS_LIVE: ("globe-simple", "muted"),
    MilestoneKind.LIVE: ("globe-simple", "success"),
}

#: Text, role of its colour, text at the right, name of an icon.
_Row = tuple[str, str, str, str]


class HistoryList(QTreeWidget):
    """Signals:

    chosen(): other lines are selected; see `numbers` and `oldest_of_chosen`.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setAccessibleName(_("Версии статьи"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(20)
        self.setItemDelegate(_Delegate(self))
        self._zone: tzinfo = UTC
        self.itemSelectionChanged.connect(self.chosen)
        self.itemExpanded.connect(self._unfold)
        theme.watcher().changed.connect(self.doItemsLayout)

    def show_history(self, history: History, zone: tzinfo) -> None:
        """List *history*; what was selected and unfolded stays so, otherwise the newest is selected."""
        selected = {item.data(0, _SPAN) for item in self.selectedItems()}
        unfolded = {item.data(0, _SPAN)[1] for item in self._sittings() if item.isExpanded()}
        now = datetime.now(UTC)
        self._zone = zone
        self.blockSignals(True)
        self.clear()
        for sitting in sittings(history.revisions, history.milestones):
            item = _line(sitting, zone, now)
            self.addTopLevelItem(item)
            if sitting.oldest.number in unfolded:
                self._unfold(item)
                item.setExpanded(True)
            for one in (item, *(item.child(place) for place in range(item.childCount()))):
                if one.data(0, _SPAN) in selected:
                    one.setSelected(True)
                    self.setCurrentItem(one, 0, self.selectionModel().SelectionFlag.NoUpdate)
        if not self.selectedItems():
            self.setCurrentItem(self.topLevelItem(0))
        self.blockSignals(False)
        self.chosen.emit()

    def numbers(self) -> tuple[int, ...]:
        """The revisions selected, oldest first: none, one, or the ends of all that is selected."""
        found = sorted({item.data(0, _SPAN)[0] for item in self.selectedItems()})
        return (found[0], found[-1]) if len(found) > 1 else tuple(found)

    def oldest_of_chosen(self) -> int:
        """The first revision of the one selected sitting; of a single save its own number."""
        return min((item.data(0, _SPAN)[1] for item in self.selectedItems()), default=0)

    def choose(self, *numbers: int) -> None:
        """Select the lines that stand for these revisions."""
        self.clearSelection()
        for item in self._sittings():
            for one in (item, *(item.child(place) for place in range(item.childCount()))):
                if one.data(0, _SPAN)[0] in numbers and not (one.parent() and one.parent().isSelected()):
                    one.setSelected(True)

    def _unfold(self, item: QTreeWidgetItem) -> None:
        if not item.childCount():
            number = _("версия {number}")
            item.addChildren([_save(revision, number, self._zone) for revision in item.data(0, _SAVES) or ()])

    def exact_time_of(self, index: _Index) -> str:
        """When a single save was made, for its tooltip; empty for a sitting, which has one of its own."""
        saves = index.parent().data(_SAVES)
        return exact_time(saves[index.row()].saved_at, self._zone) if saves else ""

    def _sittings(self) -> list[QTreeWidgetItem]:
        return [self.topLevelItem(place) for place in range(self.topLevelItemCount())]


def _line(sitting: Sitting, zone: tzinfo, now: datetime) -> QTreeWidgetItem:
    newest, oldest, count = sitting.newest, sitting.oldest, len(sitting.revisions)
    number = str(newest.number) if count == 1 else f"{oldest.number}–{newest.number}"
    when = relative_time(newest.saved_at, now, zone)
    who = newest.author_name
    if count > 1:
        saves = n_("{n} сохранение", "{n} сохранений", count)
        who = _("{name} · {saves} с {time}").format(name=who, saves=saves, time=clock(oldest.saved_at, zone))
    rows: list[_Row] = [(when, "text", _("версия {number}").format(number=number), ""), (who, "muted", "", "")]
    tip = [exact_time(newest.saved_at, zone)]
    if count > 1:
        tip = [_("{begin} — {end}").format(begin=exact_time(oldest.saved_at, zone), end=tip[0])]
    if newest.reason:
        rows.append((newest.reason, "text", "", "chat-text"))
        tip.append(newest.reason)
    for stone in sitting.milestones:
        glyph, role = _LOOKS[stone.kind]
        rows.append((_said(stone), role, "", glyph))
        if stone.detail:
            rows.append((stone.detail, "muted", "", ""))
        tip.append(f"{_said(stone)}, {exact_time(stone.at, zone)}" + (f": {stone.detail}" if stone.detail else ""))
    item = _item(newest, oldest, rows, tip)
    if count > 1:
        item.setData(0, _SAVES, sitting.revisions)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
    return item


def _save(revision: RevisionLine, number: str, zone: tzinfo) -> QTreeWidgetItem:
    """The line of one of perhaps hundreds of saves: its tooltip is made when it is asked for."""
    rows: list[_Row] = [(clock(revision.saved_at, zone), "text", number.format(number=revision.number), "")]
    return _item(revision, revision, rows)


def _said(stone: Milestone) -> str:
    words = stone.kind.words
    if stone.site:
        return _("{what}: {site}").format(what=words, site=stone.site)
    return f"{words} · {stone.who}" if stone.who else words


def _item(newest: RevisionLine, oldest: RevisionLine, rows: Sequence[_Row], tip: Sequence[str] = ()) -> QTreeWidgetItem:
    item = QTreeWidgetItem()
    item.setData(0, _SPAN, (newest.number, oldest.number))
    item.setData(0, _ROWS, list(rows))
    words = [part for text, _role, right, _icon in rows for part in (text, right) if part]
    item.setText(0, words[0])
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(words))
    if tip:
        item.setToolTip(0, plain_tooltip("\n".join(tip)))
    return item


class _Delegate(QStyledItemDelegate):
    """Paints the rows of a line: the first bolder than the others, milestones with their icons."""

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        tip = view.exact_time_of(index) if isinstance(view, HistoryList) else ""
        if event.type() != QEvent.Type.ToolTip or not tip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tooltip(tip), view)
        return True

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        small = QFontMetrics(theme.ui_font(theme.tokens().small)).height() + 2
        first = QFontMetrics(theme.ui_font()).height() + 2
        return QSize(120, first + small * (len(index.data(_ROWS)) - 1) + 2 * theme.SPACE_S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent_text"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        area = option.rect.adjusted(theme.SPACE_XS, theme.SPACE_S, -theme.SPACE_M, 0)
        top = area.top()
        for number, (text, role, right, glyph) in enumerate(index.data(_ROWS)):
            font = theme.ui_font(theme.tokens().normal if number == 0 else theme.tokens().small)
            if number == 0 and not index.parent().isValid():
                font.setWeight(QFont.Weight.Medium)
            line = QRect(area.left(), top, area.width(), QFontMetrics(font).height() + 2)
            top = line.bottom() + 1
            if right:
                small = theme.ui_font(theme.tokens().small)
                self._write(painter, line, right, small, "muted", Qt.AlignmentFlag.AlignRight)
                line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(right) - theme.SPACE_S)
            if glyph:
                mark = QRect(line.left(), line.center().y() - _ICON // 2 + 1, _ICON, _ICON)
                paint_icon(painter, mark, glyph, theme.color(role if role != "text" else "muted"))
                line.setLeft(line.left() + _ICON + theme.SPACE_XS)
            self._write(painter, line, text, font, role, Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, area: QRect, text: str, font: QFont, role: str, side: Qt.AlignmentFlag) -> None:
        painter.setFont(font)
        painter.setPen(theme.color(role))
        one_line = " ".join(text.split())
        shown = QFontMetrics(font).elidedText(one_line, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
