"""The small toolbar above the text, and the commands behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from newsroom.words import _
from ui import theme
from ui.editor.blocks import Kind, Style, style_of
from ui.editor.body_editor import BodyEditor
from ui.icons import icon


class EditorToolbar(QWidget):
    """Buttons for what the text can hold; ``commands`` are their actions.

    Signals:
        photo_wanted(): a photo is to be chosen and put into the text.
    """

    photo_wanted = Signal()

    def __init__(self, body: BodyEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        #: What the buttons show: kind of the block, bold, italic, link.
        self._shown: tuple[Style, bool, bool, bool] | None = None
        self._body = body
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._kinds: dict[tuple[Kind, int], QAction] = {}
        for level, name, keys in ((2, "text-h-two", "Ctrl+Shift+2"), (3, "text-h-three", "Ctrl+Shift+3")):
            words = _("Подзаголовок") if level == 2 else _("Малый подзаголовок")
            self._kinds[Kind.HEADING, level] = self._add(words, name, keys, lambda at=level: body.toggle_heading(at))
        self._line()
        self._bold = self._add(_("Полужирный"), "text-bolder", QKeySequence.StandardKey.Bold, body.toggle_bold)
        self._italic = self._add(_("Курсив"), "text-italic", QKeySequence.StandardKey.Italic, body.toggle_italic)
        self._link = self._add(_("Ссылка…"), "link-simple", "Ctrl+K", body.edit_link)
        self._line()
        self._kinds[Kind.BULLET, 0] = self._add(
            _("Список"), "list-bullets", "Ctrl+Shift+8", lambda: body.toggle_list(ordered=False)
        )
        self._kinds[Kind.NUMBER, 0] = self._add(
            _("Нумерованный список"), "list-numbers", "Ctrl+Shift+7", lambda: body.toggle_list(ordered=True)
        )
        self._kinds[Kind.QUOTE, 0] = self._add(_("Цитата"), "quotes", "Ctrl+Shift+9", body.toggle_quote)
        self._kinds[Kind.SPEAKER, 0] = self._add(
            _("Чьи слова: строка под цитатой"), "user", "Ctrl+Shift+0", body.toggle_speaker
        )
        self._line()
        self._add(_("Черта"), "minus", "", body.insert_rule)
        self._add(_("Фото в текст…"), "image", "Ctrl+Shift+P", self.photo_wanted.emit)
        self._line()
        #: For the menu bar, which has undo and redo already.
        self.commands = list(self._body.actions())
        undo = self._add(_("Отменить"), "arrow-u-up-left", "", body.undo)
        redo = self._add(_("Вернуть"), "arrow-u-up-right", "", body.redo)
        undo.setEnabled(False)
        redo.setEnabled(False)
        body.undoAvailable.connect(undo.setEnabled)
        body.redoAvailable.connect(redo.setEnabled)
        self._row.addStretch(1)
        for action in (*self._kinds.values(), self._bold, self._italic, self._link):
            action.setCheckable(True)
        body.cursorPositionChanged.connect(self._follow_cursor)
        body.currentCharFormatChanged.connect(lambda _format: self._follow_cursor())
        self._follow_cursor()

    def add_right(self, widget: QWidget) -> None:
        """Put *widget* at the right end."""
        self._row.addWidget(widget)

    def _add(self, words: str, name: str, keys: str | QKeySequence.StandardKey, run: Callable[[], object]) -> QAction:
        action = QAction(icon(name, "text", 18), words, self._body)
        action.triggered.connect(lambda _checked=False: self._carry_out(run))
        shortcut = QKeySequence(keys)
        if not shortcut.isEmpty():
            action.setShortcut(shortcut)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            words = f"{words} ({shortcut.toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(words)
        self._body.addAction(action)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        self._row.addWidget(button)
        return action

    def _carry_out(self, run: Callable[[], object]) -> None:
        run()
        # Qt has turned the button over, whatever came of it.
        self._shown = None
        self._follow_cursor()

    def _line(self) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setFixedSize(1, 18)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        self._row.addSpacing(theme.SPACE_XS)
        self._row.addWidget(line)
        self._row.addSpacing(theme.SPACE_XS)

    def _follow_cursor(self) -> None:
        style, letters = style_of(self._body.textCursor().block()), self._body.currentCharFormat()
        shown = (style, letters.fontWeight() >= QFont.Weight.Bold, letters.fontItalic(), letters.isAnchor())
        if shown == self._shown:
            return
        self._shown = shown
        for (kind, level), action in self._kinds.items():
            action.setChecked(style.kind is kind and (kind is not Kind.HEADING or style.level == level))
        for action, on in zip((self._bold, self._italic, self._link), shown[1:], strict=True):
            action.setChecked(on)
