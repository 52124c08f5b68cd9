"""The navigation rail: the pages with their counters, and who sits at this desk."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QWidget

from newsroom.domain.people import Person
from newsroom.words import _, n_
from ui.glyphs import paint_icon
from ui.theme import SPACE_M, SPACE_S, color, tokens, ui_font, watcher
from ui.widgets import Pane

if TYPE_CHECKING:
    from newsroom.desk.reading import Counters

#: Name of a page → its icon. The order is that of the rail and of Ctrl+1 … Ctrl+4.
PAGES = {"articles": "article", "queue": "paper-plane-tilt", "reports": "chat-centered-text", "photos": "image"}


def page_title(name: str) -> str:
    """What people call the page *name*."""
    return {
        "articles": _("Статьи"),
        "queue": _("Очередь"),
        "reports": _("Опечатки"),
        "photos": _("Фото"),
    }[name]


class RailButton(QAbstractButton):
    """An entry of the rail: icon, words, and a number at the right where there is something to count."""

    def __init__(self, icon_name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self._number = 0
        self._narrow = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        watcher().changed.connect(self.updateGeometry)

    def set_number(self, number: int, meaning: str) -> None:
        """Show *number*, which *meaning* explains in the tooltip; nothing for zero."""
        if (number, meaning) == (self._number, self.toolTip()):
            return
        self._number = number
        self.setToolTip(meaning)
        self.setAccessibleName(f"{self.text()}, {meaning}" if number else self.text())
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show only the icon."""
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, max(34, QFontMetrics(ui_font()).height() + 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(SPACE_S, 1, -SPACE_S, -1)
        chosen = self.isChecked()
        if chosen or self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("selected" if chosen or self.isDown() else "hover"))
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(color("accent_text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 6, 6)
        ink = color("accent_text" if chosen else "text")
        left = area.center().x() - 9 if self._narrow else area.left() + SPACE_S
        paint_icon(painter, QRect(left, area.center().y() - 9, 19, 19), self._icon, ink)
        if self._narrow:
            if self._number:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("accent"))
                painter.drawEllipse(left + 15, area.top() + 4, 7, 7)
            return
        right = self._paint_number(painter, area)
        text = QRect(left + 19 + SPACE_S, area.top(), right - left - 19 - 2 * SPACE_S, area.height())
        painter.setFont(ui_font(bold=chosen))
        painter.setPen(ink)
        shown = QFontMetrics(painter.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_number(self, painter: QPainter, area: QRect) -> int:
        if not self._number:
            return area.right()
        font = ui_font(tokens().small, bold=True, tabular=True)
        text = str(self._number) if self._number < 1000 else "999+"
        width = max(20, QFontMetrics(font).horizontalAdvance(text) + 12)
        pill = QRect(area.right() - SPACE_S - width, area.center().y() - 9, width, 19)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent"))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setFont(font)
        painter.setPen(color("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left()


class Rail(Pane):
    """Signals:

    wanted(str): a page was chosen by its name.
    """

    wanted = Signal(str)

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        self._menu = menu
        self.column.setContentsMargins(0, SPACE_M, 0, SPACE_S)
        self.column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        for place, (name, icon_name) in enumerate(PAGES.items()):
            button = RailButton(icon_name, page_title(name))
            button.setCheckable(True)
            keys = QKeySequence(f"Ctrl+{place + 1}").toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{page_title(name)} ({keys})")
            button.clicked.connect(lambda _on, name=name: self.wanted.emit(name))
            self._group.addButton(button)
            self.column.addWidget(button)
            self.buttons[name] = button
        self.column.addStretch(1)
        self.person = RailButton("user-circle", _("Никто не вошёл"))
        self.person.clicked.connect(self._open_menu)
        self.column.addWidget(self.person)
        self.set_narrow(False)

    def show_page(self, name: str) -> None:
        """Mark the page *name* as the one that is shown."""
        self.buttons[name].setChecked(True)

    def show_person(self, person: Person) -> None:
        """Name whoever is signed in; the role is in the tooltip where the name does not say it."""
        self.person.setText(person.name)
        self.person.setAccessibleName(_("За столом: {name}").format(name=person.name))
        self.person.setToolTip(f"{person.role.words} ({person.login})")
        self.person.update()

    def show_counters(self, counters: "Counters") -> None:
        """Say beside the pages how much waits there."""
        queue = counters.waiting + counters.attention
        parts = [n_("{n} ждёт одобрения", "{n} ждут одобрения", counters.waiting)] if counters.waiting else []
        if counters.attention:
            parts.append(n_("{n} требует внимания", "{n} требуют внимания", counters.attention))
        self.buttons["queue"].set_number(queue, ", ".join(parts) or _("Очередь"))
        reports = counters.open_reports
        words = n_("{n} новое сообщение об опечатке", "{n} новых сообщений об опечатках", reports)
        self.buttons["reports"].set_number(reports, words if reports else _("Опечатки"))

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, for narrow windows."""
        self.setFixedWidth(56 if narrow else round(184 * max(1.0, tokens().zoom)))
        for button in (*self.buttons.values(), self.person):
            button.set_narrow(narrow)

    def _open_menu(self) -> None:
        above = self.person.mapToGlobal(self.person.rect().topLeft())
        above.setX(above.x() + SPACE_S)
        above.setY(above.y() - self._menu.sizeHint().height())
        self._menu.popup(above)
