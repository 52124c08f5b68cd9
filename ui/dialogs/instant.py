"""Choosing an instant: day and time in the newsroom's zone, with what is chosen most often one press away."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime
from PySide6.QtWidgets import QDateTimeEdit, QDialog, QHBoxLayout, QWidget

from newsroom.domain.errors import InvalidInput
from newsroom.domain.house import House, parse_instant
from newsroom.words import _, current_language
from ui.dialogs.frame import Frame
from ui.theme import SPACE_S
from ui.times import exact_time
from ui.widgets import PlainLabel, allow, plain_button, primary_button

#: The field's own format, which `parse_instant` understands.
_FORMAT = "dd.MM.yyyy HH:mm"


class InstantDialog(Frame):
    """``instant`` is aware UTC, or None while the time does not exist in the zone."""

    def __init__(self, parent: QWidget | None, house: House, before: datetime | None, *, title: str = "") -> None:
        super().__init__(parent, title or _("Когда опубликовать"))
        self._house = house
        self.instant: datetime | None = None
        self.field = QDateTimeEdit()
        self.field.setCalendarPopup(True)
        self.field.setDisplayFormat(_FORMAT)
        self.field.setLocale(QLocale("en" if current_language() == "en" else "ru"))
        self.field.setAccessibleName(_("День и время"))
        self.column.addWidget(self.field)
        self._says = PlainLabel("", "small", wrap=True)
        self.column.addWidget(self._says)
        quick = QHBoxLayout()
        quick.setSpacing(SPACE_S)
        for words, instant in self._quick_choices():
            button = plain_button(words)
            button.clicked.connect(lambda _checked=False, instant=instant: self.show_instant(instant))
            quick.addWidget(button)
        quick.addStretch(1)
        self.column.addLayout(quick)
        self.yes = primary_button(_("Назначить"))
        no = plain_button(_("Не надо"))
        self.yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.add_buttons(no, self.yes, default=self.yes)
        self.field.dateTimeChanged.connect(self._check)
        self.show_instant(before or datetime.now(UTC) + timedelta(minutes=30))
        self._check()
        self.field.setFocus()

    def show_instant(self, instant: datetime) -> None:
        """Put *instant* (aware) into the field."""
        there = instant.astimezone(self._house.tz)
        # Date and time as they are on the newsroom's clock: the field itself must not shift them.
        date, time = QDate(there.year, there.month, there.day), QTime(there.hour, there.minute)
        self.field.setDateTime(QDateTime(date, time))

    def _quick_choices(self) -> list[tuple[str, datetime]]:
        now = datetime.now(UTC)
        there = now.astimezone(self._house.tz)
        evening = there.replace(hour=18, minute=0, second=0, microsecond=0)
        tomorrow = (there + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
        choices = [(_("Через 15 минут"), now + timedelta(minutes=15)), (_("Через час"), now + timedelta(hours=1))]
        if evening > there:
            choices.append((_("Сегодня в 18:00"), evening))
        return [*choices, (_("Завтра в 08:00"), tomorrow)]

    def _check(self) -> None:
        try:
            self.instant = parse_instant(self.field.text(), self._house)
        except InvalidInput as error:
            self.instant = None
            self._says.set_role("danger")
            self._says.setText(str(error))
            allow(self.yes, str(error))
            return
        past = self.instant <= datetime.now(UTC)
        exact = exact_time(self.instant, self._house.tz)
        self._says.set_role("warning" if past else "small")
        self._says.setText(_("{time}: это уже прошло, выйдет сразу.").format(time=exact) if past else exact)
        allow(self.yes, "")


def ask_instant(parent: QWidget, house: House, before: datetime | None, *, title: str = "") -> datetime | None:
    """The instant (aware UTC) that the person names, beginning with *before*; None where they thought better of it."""
    dialog = InstantDialog(parent, house, before, title=title)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    instant = dialog.instant
    dialog.deleteLater()
    return instant if accepted else None
