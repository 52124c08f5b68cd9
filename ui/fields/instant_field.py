"""A date and time in the newsroom's zone, which may also be left empty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QTime, QTimeZone, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QVBoxLayout, QWidget

from newsroom.domain.errors import InvalidInput
from newsroom.domain.house import House, parse_instant
from newsroom.words import _
from ui import theme
from ui.widgets import PlainLabel, quiet_button, tool_button


class InstantField(QWidget):
    """Signals:

    chosen(object): the person chose this aware instant, or None.
    """

    chosen = Signal(object)

    def __init__(self, name: str, offer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = House()
        self._value: datetime | None = None
        self._showing = False
        # The editor holds bare clock readings: in UTC none is skipped and none comes twice.
        self._edit = QDateTimeEdit()
        self._edit.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        self._edit.setDisplayFormat("dd.MM.yyyy HH:mm")
        self._edit.setCalendarPopup(True)
        self._edit.setAccessibleName(name)
        self._edit.dateTimeChanged.connect(self._edited)
        self._offset = PlainLabel("", "small")
        self._clear = tool_button("x", _("Убрать: {name}").format(name=name), size=14)
        self._clear.clicked.connect(lambda: self._choose(None))
        self._offer = quiet_button(offer, "plus")
        self._offer.clicked.connect(self.propose)
        self._problem = PlainLabel("", "danger", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_XS)
        row.addWidget(self._edit, 1)
        row.addWidget(self._offset)
        row.addWidget(self._clear)
        row.addWidget(self._offer)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addLayout(row)
        column.addWidget(self._problem)
        self.setFocusProxy(self._edit)
        self._show()

    def set_house(self, house: House) -> None:
        """Show times in the zone of *house*."""
        self._house = house
        self._show()

    def value(self) -> datetime | None:
        """The aware UTC instant; None while there is none."""
        return self._value

    def set_value(self, value: datetime | None) -> None:
        """Show *value*; ``chosen`` is not sent."""
        self._value = value
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        for part in (self._edit, self._clear, self._offer):
            part.setEnabled(not read_only)

    def setFocus(self) -> None:
        (self._edit if self._value else self._offer).setFocus()

    def propose(self) -> None:
        """Begin with the next half hour: most planned slots are there."""
        now = datetime.now(UTC) + timedelta(minutes=5)
        half = timedelta(minutes=30)
        self._choose(now + (datetime.min.replace(tzinfo=UTC) - now) % half)
        self._edit.setFocus()

    def _choose(self, value: datetime | None) -> None:
        self.set_value(value)
        self.chosen.emit(value)

    def _edited(self, shown: QDateTime) -> None:
        if self._showing:
            return
        try:
            self._value = parse_instant(shown.toString("yyyy-MM-dd HH:mm"), self._house)
        except InvalidInput as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self._problem.hide()
        self._show_offset()
        self.chosen.emit(self._value)

    def _show(self) -> None:
        there = self._value is not None
        self._problem.hide()
        self._edit.setVisible(there)
        self._offset.setVisible(there)
        self._clear.setVisible(there)
        self._offer.setVisible(not there)
        if self._value is not None:
            local = self._value.astimezone(self._house.tz)
            self._showing = True
            self._edit.setDateTime(
                QDateTime(
                    QDate(local.year, local.month, local.day),
                    QTime(local.hour, local.minute),
                    QTimeZone(QTimeZone.Initialization.UTC),
                )
            )
            self._showing = False
            self._show_offset()

    def _show_offset(self) -> None:
        if self._value is not None:
            offset = self._value.astimezone(self._house.tz).strftime("%z")
            minutes = "" if offset.endswith("00") else f":{offset[3:]}"
            self._offset.setText(f"UTC{offset[0]}{int(offset[1:3])}{minutes}")
