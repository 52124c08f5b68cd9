"""The slim bar above the page that finds and replaces; what it does to the texts is `ui.editor.finder`'s."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QWidget

from newsroom.text.finding import Search
from newsroom.words import _, n_
from ui import theme
from ui.editor.finder import Finder
from ui.icons import icon
from ui.widgets import PlainLabel, line, quiet_button, set_property, tool_button

_PARAGRAPH_ENDS = "\u2029\u2028"


class FindBar(QWidget):
    """Opened and closed as often as wanted; what was looked for last stays in it."""

    def __init__(self, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder = finder
        self.text = _field(_("Найти в тексте"))
        self.replacement = _field(_("Заменить на"))
        self.case = _option(_("Аа"), _("С учётом регистра"))
        self.whole_word = _option(_("|а|"), _("Слово целиком"))
        self.pattern = _option(".*", _("Регулярное выражение; в замене $1 — первая группа"))
        self.in_selection = _option("", _("Только в выделенном"))
        self.in_selection.setIcon(icon("selection", "text", 16))
        self.answer = PlainLabel("", "small", elide=True)
        self.back = tool_button("caret-up", _("Предыдущее (Shift+F3)"), size=16)
        self.forth = tool_button("caret-down", _("Следующее (F3)"), size=16)
        self.more = tool_button("swap", _("Заменить… (Ctrl+H)"), size=16)
        self.more.setCheckable(True)
        self.shut = tool_button("x", _("Закрыть поиск (Esc)"), size=16)
        self.one, self.all = quiet_button(_("Заменить")), quiet_button(_("Заменить все"))
        self._replacing = QFrame()
        #: What the next answer says instead of the number of places.
        self._told = ""
        self._build()
        self._connect()
        self._show_replacing(False)
        self.hide()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(2)
        first.addWidget(self.text, 3)
        for option in (self.case, self.whole_word, self.pattern, self.in_selection):
            first.addWidget(option)
        first.addSpacing(theme.SPACE_XS)
        first.addWidget(self.answer, 2)
        for button in (self.back, self.forth, self.more, self.shut):
            first.addWidget(button)
        second = QHBoxLayout(self._replacing)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(theme.SPACE_XS)
        second.addWidget(self.replacement, 1)
        second.addWidget(self.one)
        second.addWidget(self.all)
        grid = QGridLayout()
        grid.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        grid.setVerticalSpacing(theme.SPACE_XS)
        grid.addLayout(first, 0, 0)
        grid.addWidget(self._replacing, 1, 0)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(grid, 0, 0)
        whole.addWidget(line(), 1, 0)
        for before, after in pairwise((self.text, self.replacement, self.one, self.all, self.case)):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda _text: self._seek())
        for option in (self.case, self.whole_word, self.pattern):
            option.toggled.connect(lambda _on: self._seek())
        self.in_selection.toggled.connect(self._limit)
        self.back.clicked.connect(lambda: self.finder.go(-1))
        self.forth.clicked.connect(lambda: self.finder.go(1))
        self.more.toggled.connect(self._show_replacing)
        self.shut.clicked.connect(self.close_bar)
        self.one.clicked.connect(self._replace)
        self.all.clicked.connect(self._replace_all)
        self.finder.changed.connect(self._say)
        self.text.installEventFilter(self)
        self.replacement.installEventFilter(self)

    # -- opening and closing

    def open_bar(self, *, replacing: bool = False, writable: bool = True) -> None:
        """Show the bar with what is selected in the text: words to look for, or paragraphs to look in."""
        was_open = self.isVisible()
        field = self.finder.begin()
        selected = field.textCursor().selectedText()
        several = any(end in selected for end in _PARAGRAPH_ENDS)
        self.more.setEnabled(writable)
        self.more.setChecked(writable and (replacing or (was_open and self.more.isChecked())))
        self.show()
        if several and not self.in_selection.isChecked():
            self.in_selection.setChecked(True)
        elif selected and not several and "\N{OBJECT REPLACEMENT CHARACTER}" not in selected:
            self._take(selected)
        elif not was_open:
            self._seek()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def close_bar(self) -> None:
        """Hide the bar and go back to the text, where the last place stands selected."""
        if self.isVisible():
            self.in_selection.setChecked(False)
            # First: a bar that hides with the keyboard in it hands it to whatever comes next.
            self.finder.end().setFocus()
            self.hide()

    def step(self, by: int) -> None:
        """F3 and Shift+F3: the next or the previous place, also while the bar is closed."""
        if self.isVisible() and self.text.text():
            self.finder.go(by)
        else:
            self.open_bar()

    def _take(self, selected: str) -> None:
        blocked = self.text.blockSignals(True)
        self.text.setText(selected)
        self.text.blockSignals(blocked)
        self._seek()

    # -- asking

    def _seek(self) -> None:
        self.finder.seek(
            Search(self.text.text(), self.case.isChecked(), self.whole_word.isChecked(), self.pattern.isChecked())
        )

    def _limit(self, on: bool) -> None:
        if not self.finder.limit(on):
            self._told = _("Сначала выделите, где искать.")
            self.in_selection.setChecked(False)

    def _replace(self) -> None:
        self.finder.replace(self.replacement.text())

    def _replace_all(self) -> None:
        def done(count: int) -> None:
            self._told = n_("Заменено {n} место", "Заменено {n} мест", count)

        self.finder.replace_all(self.replacement.text(), done)

    # -- showing

    def _show_replacing(self, on: bool) -> None:
        self._replacing.setVisible(on)
        if on and self.isVisible():
            self.replacement.setFocus()

    def _say(self) -> None:
        finder = self.finder
        told, self._told = self._told, ""
        if finder.fresh and not finder.limited:
            blocked = self.in_selection.blockSignals(True)
            self.in_selection.setChecked(False)
            self.in_selection.blockSignals(blocked)
        if finder.problem:
            words = finder.problem
        elif told:
            words = told
        elif not self.text.text():
            words = ""
        elif not finder.count:
            words = _("Ничего нет")
        elif finder.number:
            words = _("{number} из {count}").format(number=finder.number, count=finder.count)
        else:
            words = n_("{n} место", "{n} мест", finder.count)
        wrong = bool(finder.problem)
        self.answer.setText(words)
        self.answer.set_role("danger" if wrong else "small")
        set_property(self.text, "wrong", wrong)
        self.text.setToolTip(words if wrong else "")
        for button in (self.back, self.forth, self.one, self.all):
            button.setEnabled(finder.count > 0)

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            run = self._key(watched, event)
            if run is not None:
                run()
                return True
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return None
        if watched is self.replacement:
            return self._replace
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return lambda: self.finder.go(-1 if shift else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setMinimumWidth(90)
    return field


def _option(text: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedWidth(30)
    return button
