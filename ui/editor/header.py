"""The line above the text: state, what became of what was typed, and the one action of the moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from newsroom.domain.article import Article
from newsroom.domain.people import Role
from newsroom.words import _
from ui import theme
from ui.editor.moves import Move, moves_for
from ui.icons import icon
from ui.widgets import (
    IconLabel,
    PlainLabel,
    StateChip,
    allow,
    plain_tooltip,
    primary_button,
    quiet_button,
    tool_button,
)


class Header(QWidget):
    """Signals:

    move_chosen(Action): the person wants this done.
    """

    move_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = StateChip()
        self.saved = PlainLabel("", "muted", elide=True)
        self.preview = quiet_button(_("Как на сайте"), "eye")
        self.preview.setCheckable(True)
        self.preview.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.primary: QPushButton = primary_button("")
        self.primary.clicked.connect(self._primary_clicked)
        self._primary_move: Move | None = None
        #: What is offered now: making a menu takes time that a typist would wait for.
        self._shown: tuple[Move | None, list[Move]] | None = None
        self._wrong = False
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.more = tool_button("dots-three-vertical", _("Другие действия со статьёй"))
        self.more.setMenu(self.menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_S, theme.SPACE_S)
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self.chip)
        row.addWidget(self.saved, 1)
        # Takes the room while the words about saving have none.
        row.addStretch(0)
        row.addWidget(self.preview)
        row.addWidget(self.primary)
        row.addWidget(self.more)

    def show_moves(self, article: Article | None, role: Role) -> None:
        """Offer what *role* may do with *article*, and say why not where it may not."""
        primary, moves = moves_for(article, role)
        self.chip.set_state(article.label if article is not None else None)
        if (primary, moves) == self._shown:
            return
        self._shown = (primary, moves)
        self._primary_move = primary
        self.primary.setVisible(primary is not None)
        if primary is not None:
            self.primary.setText(primary.words)
            self.primary.setAccessibleName(primary.words)
            allow(self.primary, primary.refusal)
        self._fit()
        self.menu.clear()
        for move in moves:
            if move.grave and not any(action.isSeparator() for action in self.menu.actions()):
                self.menu.addSeparator()
            action = self.menu.addAction(icon(move.icon, "danger" if move.grave else "text", 16), move.words)
            action.setEnabled(not move.refusal)
            action.setToolTip(plain_tooltip(move.refusal))
            action.setData(move.action)
            action.triggered.connect(lambda _checked=False, wanted=move.action: self.move_chosen.emit(wanted))

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say what became of what was typed."""
        self.saved.set_role("danger" if wrong else "muted")
        self.saved.setText(words)
        self._wrong = wrong
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Half a word about saving helps nobody: the status bar says it whole. Only trouble is told even cut short."""
        others = (self.chip, self.preview, self.primary, self.more)
        taken = sum(other.sizeHint().width() + theme.SPACE_S for other in others if not other.isHidden())
        room = self.contentsRect().width() - taken - theme.SPACE_L - 2 * theme.SPACE_S
        self.saved.setVisible(self._wrong or self.saved.sizeHint().width() <= room)

    def _primary_clicked(self) -> None:
        if self._primary_move is not None:
            self.move_chosen.emit(self._primary_move.action)


class Notice(QFrame):
    """A sentence above the text that does not interrupt, with a button where something can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._icon = IconLabel("info", "accent_text", 18)
        self._words = PlainLabel("", wrap=True)
        self._button = quiet_button("")
        # A click leaves the cursor in the text: the button may vanish under it.
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._run: object = None
        self._button.clicked.connect(self._clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_XS, theme.SPACE_XS)
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    def text(self) -> str:
        return self._words.text()

    def say(self, words: str, button: str = "", run: object = None, *, warns: bool = False) -> None:
        """Show *words*; nothing hides the notice. *run* is called by *button*."""
        self._icon.set_icon("warning" if warns else "info", "warning" if warns else "accent_text")
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._run = run
        self.setVisible(bool(words))

    def _clicked(self) -> None:
        if callable(self._run):
            self._run()


class NoticeBox(QWidget):
    """Keeps notices in the column of the text."""

    def __init__(self, *notices: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, theme.SPACE_S)
        column.setSpacing(theme.SPACE_XS)
        self._notices = notices
        for notice in notices:
            column.addWidget(notice)
            notice.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(any(not notice.isHidden() for notice in self._notices))
        return super().eventFilter(watched, event)
