"""What the window shows where there is no newsroom yet, or where it could not be opened."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from newsroom.words import _
from ui.dialogs.messages import words_of
from ui.theme import SPACE_L, SPACE_M, SPACE_S
from ui.widgets import IconLabel, Pane, PlainLabel, plain_button, primary_button


class StartPage(Pane):
    """Signals:

    create_wanted(), sample_wanted(), retry_wanted(): a button was pressed.
    """

    create_wanted = Signal()
    sample_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, home: Path, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._home = home
        self._icon = IconLabel("newspaper-clipping", "accent_text", 48)
        self._title = PlainLabel("", "title", wrap=True)
        self._text = PlainLabel("", wrap=True)
        self._where = PlainLabel("", "small", wrap=True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.create_button = primary_button(_("Создать редакцию"), "plus")
        self.sample_button = plain_button(_("Открыть пример"), "book-open")
        self.retry_button = primary_button(_("Повторить"), "arrow-clockwise")
        self.create_button.clicked.connect(self.create_wanted)
        self.sample_button.clicked.connect(self.sample_wanted)
        self.retry_button.clicked.connect(self.retry_wanted)
        box = QWidget()
        box.setFixedWidth(520)
        inner = QVBoxLayout(box)
        inner.setSpacing(SPACE_M)
        inner.addWidget(self._icon)
        inner.addWidget(self._title)
        inner.addWidget(self._text)
        inner.addWidget(self._where)
        inner.addSpacing(SPACE_S)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        for button in (self.create_button, self.sample_button, self.retry_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inner.addLayout(buttons)
        self.column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        self.column.addStretch(2)
        # Side by side with stretches, not aligned: only so do wrapped labels get the height that they ask for.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(box)
        middle.addStretch(1)
        self.column.addLayout(middle)
        self.column.addStretch(3)
        self.show_missing()

    def show_missing(self) -> None:
        """There is no newsroom in the home: offer to make one, or to look at the sample."""
        self._icon.set_icon("newspaper-clipping", "accent_text")
        self._title.setText(_("Здесь ещё нет редакции"))
        self._text.setText(
            _(
                "Создайте свою: в ней будут редактор, корректор и главный редактор, которых потом можно переименовать. "
                "Или откройте пример с готовыми статьями и очередью: он лежит отдельно, его можно портить."
            )
        )
        self._where.setText(_("Папка: {home}").format(home=self._home))
        self._offer(missing=True)

    def show_working(self, text: str) -> None:
        """Something is being made; nothing can be pressed meanwhile."""
        self._text.setText(text)
        for button in (self.create_button, self.sample_button, self.retry_button):
            button.setEnabled(False)

    def show_error(self, error: Exception) -> None:
        """The newsroom could not be opened or made."""
        title, text = words_of(error)
        self._icon.set_icon("warning", "danger")
        self._title.setText(title)
        self._text.setText(text)
        self._where.setText(_("Папка: {home}").format(home=self._home))
        self._offer(missing=False)

    def _offer(self, *, missing: bool) -> None:
        self.create_button.setVisible(missing)
        self.sample_button.setVisible(missing)
        self.retry_button.setVisible(not missing)
        for button in (self.create_button, self.sample_button, self.retry_button):
            button.setEnabled(True)
        (self.create_button if missing else self.retry_button).setFocus()
