"""The status line: what is saved, how long the text is, what just happened, database, publisher."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStatusBar, QToolButton, QWidget

from newsroom.words import _
from ui.theme import SPACE_M, SPACE_S, SPACE_XS
from ui.widgets import IconLabel, PlainLabel, quiet_button

if TYPE_CHECKING:
    from newsroom.desk.reading import Counters

#: How long a message stays, in milliseconds; longer where it can be undone.
STAYS: Final = 5000
STAYS_WITH_UNDO: Final = 10000
#: After this silence of all publishers nothing goes out any more.
SILENCE: Final = timedelta(seconds=20)


class StatusBar(QStatusBar):
    """Shows what it is told; asks nothing itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.saved = PlainLabel()
        self.counts = QToolButton()
        self.counts.setProperty("kind", "status")
        self.counts.setToolTip(_("Статистика текста"))
        self.counts.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.message = PlainLabel(elide=True)
        self.undo = quiet_button(_("Отменить"), "arrow-u-up-left")
        self.undo.setFixedHeight(22)
        self.undo.hide()
        self.undo.clicked.connect(self._take_back)
        self._undo: Callable[[], None] | None = None
        self._gone = QTimer(self, singleShot=True)
        self._gone.timeout.connect(self._forget)
        self.database, self._database_icon = PlainLabel(), IconLabel("database", size=14)
        self.publisher, self._publisher_icon = PlainLabel(), IconLabel("broadcast", size=14)
        self.addWidget(_group(self.saved))
        self.addWidget(_group(self.counts))
        self.addWidget(_group(self.message, self.undo, stretch=True), 1)
        self.addPermanentWidget(_group(self._database_icon, self.database))
        self.addPermanentWidget(_group(self._publisher_icon, self.publisher))
        self._database_icon.hide()
        self._publisher_icon.hide()

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show *text* for a while, with «Отменить» where *undo* is given."""
        self.message.setText(text)
        self._undo = undo
        self.undo.setVisible(undo is not None)
        self._gone.start(STAYS if undo is None else STAYS_WITH_UNDO)

    def show_database(self, kind: str, *, connected: bool) -> None:
        """Name the database, and say where it cannot be reached."""
        text = kind if connected else _("{kind}: нет связи").format(kind=kind)
        self._say(self.database, self._database_icon, text, "database", "muted" if connected else "danger")

    def show_publisher(self, counters: "Counters") -> None:
        """Say whether any publisher has shown life lately, by the database's clock."""
        alive = [one for one in counters.publishers if counters.now - one.seen_at <= SILENCE]
        text = _("Публикатор работает") if alive else _("Публикатора нет")
        self._say(self.publisher, self._publisher_icon, text, "broadcast", "success" if alive else "warning")
        names = ", ".join(one.name for one in alive)
        hint = _("Одобренное ждёт, пока не запустится публикатор.")
        self.publisher.setToolTip(names if alive else hint)

    @staticmethod
    def _say(label: PlainLabel, mark: IconLabel, text: str, icon_name: str, role: str) -> None:
        label.setText(text)
        mark.set_icon(icon_name, role)
        mark.show()

    def _take_back(self) -> None:
        undo = self._undo
        self._forget()
        if undo is not None:
            undo()

    def _forget(self) -> None:
        self._undo = None
        self.message.setText("")
        self.undo.hide()


def _group(*widgets: QWidget, stretch: bool = False) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(SPACE_M, 2, SPACE_S, 2)
    row.setSpacing(SPACE_XS)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if stretch and place == 0 else 0)
    return box
