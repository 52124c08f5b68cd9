"""The day as a strip: what has gone out, what is due, and where two things fall into the same minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from newsroom.words import _
from ui.queue.entries import Entry, Group
from ui.theme import SPACE_L, SPACE_S, SPACE_XS, color, tokens, ui_font
from ui.times import clock
from ui.widgets import plain_tooltip

#: Hours shown when nothing falls outside of them.
_FIRST_HOUR, _LAST_HOUR = 7, 23
_RADIUS = 4.0


class Timeline(QWidget):
    """Shows the publications of one day. The list beside it says the same in words and by keyboard.

    Signals:
        picked(Entry): somebody clicked its mark.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._now: datetime | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_day(self, entries: Sequence[Entry], now: datetime) -> None:
        """Show *entries* of the calendar day of *now*, which is aware and in the newsroom's zone."""
        self._entries, self._now = list(entries), now
        out = sum(entry.group is Group.OUT for entry in entries)
        clashes = sum(bool(entry.collisions) for entry in entries)
        self.setAccessibleName(
            _("День: вышло {out}, впереди {ahead}, в одну минуту {clashes}").format(
                out=out, ahead=len(entries) - out, clashes=clashes
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, QFontMetrics(ui_font(tokens().small)).height() + 2 * SPACE_S + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._now is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis = self._axis()
        painter.setPen(QPen(color("border"), 1))
        painter.drawLine(QPointF(SPACE_L, axis), QPointF(self.width() - SPACE_L, axis))
        self._hours(painter, axis)
        now = self._place(self._now)
        painter.setPen(QPen(color("accent_text"), 1))
        painter.drawLine(QPointF(now, axis - 9), QPointF(now, axis + 9))
        for entry in self._entries:
            self._mark(painter, entry, axis)

    def _hours(self, painter: QPainter, axis: float) -> None:
        first, last = self._span()
        font = ui_font(tokens().small, tabular=True)
        painter.setFont(font)
        wide = QFontMetrics(font).horizontalAdvance("00") + SPACE_L
        room = (self.width() - 2 * SPACE_L) / max(1, last - first)
        step = next((hours for hours in (1, 2, 3, 4, 6) if room * hours >= wide), 12)
        assert self._now is not None
        for hour in range(first, last + 1):
            x = self._place(self._now.replace(hour=0, minute=0) + timedelta(hours=hour))
            painter.setPen(QPen(color("border"), 1))
            painter.drawLine(QPointF(x, axis - 2), QPointF(x, axis + 2))
            if (hour - first) % step == 0:
                painter.setPen(color("muted"))
                box = QRectF(x - 20, axis + 8, 40, self.height() - axis - 8)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, f"{hour % 24:02}")

    def _mark(self, painter: QPainter, entry: Entry, axis: float) -> None:
        assert entry.when is not None
        fill = _color_of(entry)
        center = QPointF(self._place(entry.when), axis)
        painter.setPen(QPen(fill, 1.5))
        painter.setBrush(fill if entry.group is Group.OUT else color("surface"))
        painter.drawEllipse(center, _RADIUS, _RADIUS)
        if entry.collisions:
            # Told by shape too: a second ring above the first.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, _RADIUS + 3, _RADIUS + 3)

    def _axis(self) -> float:
        return SPACE_S + 9.0

    def _span(self) -> tuple[int, int]:
        """First and last hour of the strip."""
        assert self._now is not None
        zone = self._now.tzinfo
        hours = [entry.when.astimezone(zone).hour for entry in self._entries if entry.when] + [self._now.hour]
        return min(_FIRST_HOUR, *hours), max(_LAST_HOUR, max(hours) + 1)

    def _place(self, instant: datetime) -> float:
        assert self._now is not None
        first, last = self._span()
        midnight = self._now.replace(hour=0, minute=0, second=0, microsecond=0)
        hours = (instant - midnight).total_seconds() / 3600
        return SPACE_L + (hours - first) / (last - first) * (self.width() - 2 * SPACE_L)

    def _near(self, x: float) -> list[Entry]:
        near = [
            entry for entry in self._entries if entry.when and abs(self._place(entry.when) - x) <= _RADIUS + SPACE_XS
        ]
        return sorted(near, key=lambda entry: abs(self._place(entry.when) - x) if entry.when else 0.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = bool(self._near(event.position().x()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position().x())
        if near and event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(near[0])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._now is not None:
            zone = self._now.tzinfo
            lines = [
                f"{clock(entry.when, zone)}  {entry.headline}"
                for entry in self._near(event.pos().x())
                if entry.when is not None and zone is not None
            ]
            QToolTip.showText(event.globalPos(), plain_tooltip("\n".join(lines)), self)
            return True
        return super().event(event)


def _color_of(entry: Entry) -> QColor:
    if entry.group is Group.ATTENTION:
        return color("danger")
    if entry.collisions:
        return color("warning")
    return color("success" if entry.group is Group.OUT else "accent_text")
