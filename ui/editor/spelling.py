"""Spelling on the page: the lists are read behind the window, doubtful words are marked, mended and gone through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from threading import Event
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QFont, QTextBlock
from PySide6.QtWidgets import QMenu, QTextEdit

from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.tokens import has_yo
from newsroom.words import _
from ui.editor.commands import one_step
from ui.editor.page_view import PageView
from ui.editor.spelling_marks import Mark, SpellingMarks, cursor_over
from ui.fields.text_fields import MarkedField
from ui.tasks import TaskRunner

#: Suggestions in the menu.
_OFFERED: Final = 5
#: Seconds of going through the text in one turn.
_TURN: Final = 0.008


class Spelling(QObject):
    """Watches over *fields* of *page*, in the order of reading, while it is switched on.

    Signals:
        none_left(): no doubtful word was found where one was looked for.
    """

    none_left = Signal()

    def __init__(self, fields: Sequence[MarkedField], page: PageView, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._page, self._tasks = tuple(fields), page, tasks
        self.marks = SpellingMarks(fields, self)
        self._on = self._loading = False
        self._speller: Speller | None = None
        self._stop = Event()
        self._going: Iterator[tuple[QTextEdit, QTextBlock, Mark] | None] | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        for field in self._fields:
            field.menu_made.connect(partial(self._fill_menu, field))

    def set_on(self, on: bool) -> None:
        """Check the spelling, or not; the word lists are read when they are first wanted."""
        self._on = on
        if on and self._speller is None:
            self._load()
        self.marks.use(self._speller if on else None)

    def begin(self) -> None:
        """Another article is on the page."""
        self._turn.stop()
        self.marks.begin()

    def end(self) -> None:
        """The window closes: lists that are still being built are given up."""
        self._stop.set()
        self._turn.stop()

    def _load(self) -> None:
        if self._loading:
            return
        self._loading = True
        stop = self._stop

        def work() -> Speller:
            from newsroom.settings import default_cache
            from newsroom.text.spelling.storing import open_lexicons

            return Speller(open_lexicons(default_cache() / "dictionaries", apart=True, stop=stop))

        def done(speller: Speller) -> None:
            self._loading = False
            self._speller = speller
            self.set_on(self._on)

        def failed(error: Exception) -> None:
            self._loading = False
            if not stop.is_set():
                self._tasks.failed.emit(error)

        self._tasks.background(work, done, failed)

    # -- the menu

    def _fill_menu(self, field: QTextEdit, menu: QMenu, at: QPoint) -> None:
        """Put on top of *menu* what can be done with the doubtful word at *at*."""
        found = self.marks.mark_at(field, at)
        speller = self.marks.speller
        if found is None or speller is None or field.isReadOnly():
            return
        block, mark = found
        first = menu.actions()[0] if menu.actions() else None
        offered = speller.suggest(mark.word, yo=has_yo(field.toPlainText()))[:_OFFERED]
        for other in offered:
            action = menu.addAction(other.replace("&", "&&"), partial(self._put, field, block, mark, other))
            font = QFont(menu.font())
            font.setBold(True)
            action.setFont(font)
            menu.insertAction(first, action)
        if not offered:
            nothing = menu.addAction(_("Похожих слов нет"))
            nothing.setEnabled(False)
            menu.insertAction(first, nothing)
        passed = menu.addAction(_("Пропускать здесь"), lambda: self.marks.pass_over(mark.word))
        menu.insertAction(first, passed)
        menu.insertSeparator(first)

    @staticmethod
    def _put(field: QTextEdit, block: QTextBlock, mark: Mark, other: str) -> None:
        cursor = cursor_over(block, mark)
        if cursor is None:
            return
        with one_step(cursor):
            cursor.insertText(other)
        field.setTextCursor(cursor)
        field.setFocus()

    # -- going from word to word

    def step(self, by: int) -> None:
        """Select the next doubtful word (1) or the one before (-1); from the end it goes on at the beginning."""
        if self.marks.speller is None:
            self.none_left.emit()
            return
        self._going = self._words_from_here(by)
        self._turn.start()
        self._go_on()

    def _go_on(self) -> None:
        deadline = perf_counter() + _TURN
        while self._going is not None and perf_counter() < deadline:
            found = next(self._going, False)
            if found is None:
                continue
            self._turn.stop()
            self._going = None
            if found is False:
                self.none_left.emit()
            elif isinstance(found, tuple):
                self._select(*found)

    def _select(self, field: QTextEdit, block: QTextBlock, mark: Mark) -> None:
        cursor = cursor_over(block, mark)
        if cursor is not None:
            field.setFocus()
            field.setTextCursor(cursor)
            self._page.show_cursor_of(field)

    def _words_from_here(self, by: int) -> Iterator[tuple[QTextEdit, QTextBlock, Mark] | None]:
        """Doubtful words in the order of reading from the cursor on, round to it; None for each paragraph looked at."""
        fields = self._fields
        here = next((place for place, field in enumerate(fields) if field.hasFocus()), len(fields) - 1)
        cursor = fields[here].textCursor()
        position = cursor.selectionEnd() if by > 0 else cursor.selectionStart()
        start = fields[here].document().findBlock(position)
        place = position - start.position()
        first = True
        for field in [*_turned(fields, here, by), fields[here]]:
            block = start if first else _edge(field, by)
            while block.isValid():
                marks = self.marks.marks_of(block.text())
                for mark in marks if by > 0 else reversed(marks):
                    is_ahead = mark.begin >= place if by > 0 else mark.end <= place
                    if is_ahead or not first:
                        yield field, block, mark
                yield None
                first = False
                block = block.next() if by > 0 else block.previous()


def _turned(fields: Sequence[QTextEdit], here: int, by: int) -> list[QTextEdit]:
    """*fields* in the order in which they are gone through from the one *here*."""
    return [fields[(here + by * step) % len(fields)] for step in range(len(fields))]


def _edge(field: QTextEdit, by: int) -> QTextBlock:
    return field.document().begin() if by > 0 else field.document().lastBlock()
