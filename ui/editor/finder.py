"""Finding and replacing in the fields of a page: searches beside the GUI thread, goes from place to place, replaces.

A search runs over a snapshot of the texts; its answer is dropped where something else was asked for meanwhile, and
asked for anew where a text has changed. Typing therefore pays nothing but a timer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from newsroom.domain.errors import InvalidInput
from newsroom.text.document import HardBreak, Run
from newsroom.text.finding import Match, Search, expand, find
from ui.editor.blocks import HARD_BREAK, Kind, style_of
from ui.editor.body_editor import BodyEditor
from ui.editor.commands import one_step
from ui.editor.document_io import run_of, write_inlines
from ui.editor.match_marks import MatchMarks
from ui.editor.page_view import PageView
from ui.tasks import TaskRunner

_TYPING_PAUSE = 250


class Finder(QObject):
    """Searches *fields* of *page*, which stand in the order of reading.

    Signals:
        changed(): ``count``, ``number`` or ``problem`` may be different now.
    """

    changed = Signal()

    def __init__(self, fields: Sequence[QTextEdit], page: PageView, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._page, self._tasks = tuple(fields), page, tasks
        self._search = Search("")
        self._matches: list[list[Match]] = [[] for _field in self._fields]
        self._field = self._fields[-1]
        self._scope: tuple[QTextEdit, QTextCursor] | None = None
        #: Why the last search or replacement could not be done, a sentence; empty where it could.
        self.problem = ""
        self._active = self._fresh = False
        self._asked = 0
        self._when_found: Callable[[], None] | None = None
        self._marks = MatchMarks(self._fields, page, self)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._pause.timeout.connect(self._ask)
        for field in self._fields:
            field.document().contentsChange.connect(self._text_changed)

    # -- what was found

    @property
    def count(self) -> int:
        """How many places there are."""
        return sum(map(len, self._matches))

    @property
    def number(self) -> int:
        """Which of them is selected, from 1; 0 where none is."""
        before = 0
        for field, matches in zip(self._fields, self._matches, strict=True):
            if field is self._field:
                at = self._selected(field, matches)
                return 0 if at is None else before + at + 1
            before += len(matches)
        return 0

    @property
    def fresh(self) -> bool:
        """Whether what was found is what stands in the texts now."""
        return self._fresh

    @property
    def limited(self) -> bool:
        """Whether it is looked only in a part of one field."""
        return self._scope is not None

    @staticmethod
    def _selected(field: QTextEdit, matches: list[Match]) -> int | None:
        cursor = field.textCursor()
        at = bisect_left(matches, (cursor.selectionStart(), 0))
        found = at < len(matches) and matches[at][:2] == (cursor.selectionStart(), cursor.selectionEnd())
        return at if found else None

    # -- searching

    def begin(self) -> QTextEdit:
        """Look and mark from now on; returns the field that the person was in."""
        self._active = True
        self._note_focus()
        return self._field

    def end(self) -> QTextEdit:
        """Mark nothing any more; returns the field in which the last place stands."""
        self._note_focus()
        self._active = self._fresh = False
        self._asked += 1
        self._pause.stop()
        self._when_found = None
        self._scope = None
        self._matches = [[] for _field in self._fields]
        self._marks.clear()
        return self._field

    def seek(self, search: Search) -> None:
        """Look for *search*, and select the first place at or after the cursor."""
        self._search = search
        self._ask(self._to_nearest)

    def limit(self, on: bool) -> bool:
        """Look only in what is selected now, or everywhere again; False where nothing is selected."""
        self._note_focus()
        cursor = self._field.textCursor()
        if on and not cursor.hasSelection():
            return False
        self._scope = (self._field, QTextCursor(cursor)) if on else None
        if on:
            cursor.setPosition(cursor.selectionStart())
            self._field.setTextCursor(cursor)
        self._ask(self._to_nearest)
        return True

    def _note_focus(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QTextEdit) and focused in self._fields:
            self._field = focused

    def _text_changed(self, _position: int, _removed: int, _added: int) -> None:
        if self._active:
            self._fresh = False
            self._asked += 1
            self._marks.hold()
            self._pause.start()

    def _ask(self, then: Callable[[], None] | None = None) -> None:
        self._pause.stop()
        self._fresh = False
        self._asked += 1
        if then is not None:
            self._when_found = then
        asked, search = self._asked, self._search
        texts = [field.document().toRawText() for field in self._fields]

        def found(matches: list[list[Match]]) -> None:
            if asked == self._asked:
                self._show(matches, "")

        def failed(error: Exception) -> None:
            if not isinstance(error, InvalidInput):
                self._tasks.failed.emit(error)
            elif asked == self._asked:
                self._show([[] for _field in self._fields], str(error))

        self._tasks.background(lambda: find(texts, search), found, failed)

    def _show(self, matches: list[list[Match]], problem: str) -> None:
        self._fresh = True
        self.problem = problem
        if self._scope is not None and not self._scope[1].hasSelection():
            # What it held is deleted, or another article stands on the page.
            self._scope = None
        if self._scope is not None:
            field, scope = self._scope
            begin, end = scope.selectionStart(), scope.selectionEnd()
            matches = [
                [one for one in found if begin <= one.begin and one.end <= end] if other is field else []
                for other, found in zip(self._fields, matches, strict=True)
            ]
        self._matches = matches
        then, self._when_found = self._when_found, None
        if then is not None:
            then()
        self._marks.show(self._matches, self._scope)
        self.changed.emit()

    def _once_found(self, then: Callable[[], None]) -> None:
        if not self._fresh:
            self._ask(then)
            return
        then()
        if self._fresh:
            self.changed.emit()

    # -- going

    def go(self, step: int) -> None:
        """Select the next place (1) or the one before (-1), going round at the ends."""
        self._note_focus()
        self._once_found(lambda: self._step(step))

    def _to_nearest(self) -> None:
        cursor = self._field.textCursor()
        self._select(self._first_from(cursor.selectionStart()))

    def _step(self, step: int) -> None:
        cursor = self._field.textCursor()
        if step > 0:
            self._select(self._first_from(cursor.selectionEnd()))
            return
        here = self._fields.index(self._field)
        at = bisect_right(self._matches[here], cursor.selectionStart(), key=lambda one: one.end)
        order = [(here, at), *self._others(here, -1), (here, None)]
        self._select(next(((i, self._matches[i][:k][-1]) for i, k in order if self._matches[i][:k]), None))

    def _first_from(self, position: int) -> tuple[int, Match] | None:
        here = self._fields.index(self._field)
        at = bisect_left(self._matches[here], (position, 0))
        order = [(here, at), *self._others(here, 1), (here, 0)]
        return next(((i, self._matches[i][k or 0]) for i, k in order if len(self._matches[i]) > (k or 0)), None)

    def _others(self, here: int, step: int) -> list[tuple[int, None]]:
        number = len(self._fields)
        return [((here + step * away) % number, None) for away in range(1, number)]

    def _select(self, place: tuple[int, Match] | None) -> None:
        if place is None:
            return
        index, match = place
        if self._field is not self._fields[index]:
            left = self._field.textCursor()
            left.clearSelection()
            self._field.setTextCursor(left)
        self._field = self._fields[index]
        self._field.setTextCursor(_cursor_over(self._field, match))
        self._page.show_cursor_of(self._field)

    # -- replacing

    def replace(self, template: str) -> None:
        """Replace the selected place and go to the next; where none is selected, only go."""
        self._note_focus()

        def at_rest() -> None:
            at = self._selected(self._field, self._matches[self._fields.index(self._field)])
            if at is None:
                self._step(1)
                return
            match = self._matches[self._fields.index(self._field)][at]
            self.problem = ""
            try:
                text = expand(template, match.groups)
            except InvalidInput as error:
                self.problem = str(error)
                return
            cursor = _cursor_over(self._field, match)
            with one_step(cursor):
                put(self._field, cursor, text)
            self._field.setTextCursor(cursor)
            self._ask(lambda: self._step(1))

        if not self._field.isReadOnly():
            self._once_found(at_rest)

    def replace_all(self, template: str, on_done: Callable[[int], None]) -> None:
        """Replace every place, as one undo step of each field; tell *on_done* how many there were.

        Thousands of them in a long text take several turns of the event loop, in which nobody can type in it.
        """

        def at_rest() -> None:
            if not self.count:
                return
            self.problem = ""
            work = list(zip(self._fields, self._matches, strict=True))
            try:
                texts = [[expand(template, match.groups) for match in matches] for _field, matches in work]
            except InvalidInput as error:
                self.problem = str(error)
                return
            count = self.count

            def through() -> None:
                self._ask()
                on_done(count)

            for (field, matches), new in zip(work, texts, strict=True):
                if not isinstance(field, BodyEditor):
                    cursor = QTextCursor(field.document())
                    with one_step(cursor):
                        for _place in _putting(field, cursor, matches, new):
                            pass
            for (field, matches), new in zip(work, texts, strict=True):
                if isinstance(field, BodyEditor):
                    cursor = QTextCursor(field.document())
                    field.turns.begin(cursor, _putting(field, cursor, matches, new), through)

        if not self._field.isReadOnly():
            self._once_found(at_rest)


def _cursor_over(field: QTextEdit, match: Match) -> QTextCursor:
    cursor = QTextCursor(field.document())
    _select_match(cursor, match)
    return cursor


def _select_match(cursor: QTextCursor, match: Match) -> None:
    cursor.setPosition(match.begin)
    cursor.setPosition(match.end, QTextCursor.MoveMode.KeepAnchor)


def _putting(field: QTextEdit, cursor: QTextCursor, matches: list[Match], texts: list[str]) -> Iterator[None]:
    """Replace *matches* by *texts*, one after another; the undo step is the caller's."""
    # From the end: what was found before a place stays where it is.
    for match, text in zip(reversed(matches), reversed(texts), strict=True):
        _select_match(cursor, match)
        put(field, cursor, text)
        yield


def put(field: QTextEdit, cursor: QTextCursor, text: str) -> None:
    """Put *text* in place of the selection, in the letters with which the selection begins."""
    if not isinstance(field, BodyEditor):
        cursor.insertText(text.replace("\n", " ").replace(HARD_BREAK, " "))
        return
    first = QTextCursor(cursor)
    first.setPosition(cursor.selectionStart() + 1)
    letters = run_of("", first.charFormat())
    one_line = style_of(cursor.document().findBlock(cursor.selectionStart())).kind in (Kind.HEADING, Kind.SPEAKER)
    lines = [text.replace("\n", " ")] if one_line else text.split("\n")
    cursor.removeSelectedText()
    for number, line in enumerate(lines):
        if number:
            write_inlines(cursor, (HardBreak(),))
        if line:
            write_inlines(cursor, (Run(line, letters.bold, letters.italic, letters.link),))
