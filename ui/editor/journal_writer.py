"""Writes what is being typed to this disk, one small file kept up to date, and reads what dead programs left.

What is typed, and when it is safe elsewhere, is for `ui.editor.journal_keeper` and `ui.editor.composing` to say; the
files are those of `newsroom.journal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, QTimer

from ui.context import Context

if TYPE_CHECKING:
    from newsroom.journal import CommentEntry, Entry, Journal

#: Milliseconds from a keystroke to the start of writing: with the writing itself less than a second.
DELAY: Final = 600
LOCK: Final = "lock"


class JournalWriter(QObject):
    """Writes what *take* gives, one write at a time, the newest last.

    *take* is called on the GUI thread and returns what makes the entry of a key, for another thread; None where there
    is nothing to keep any more.
    """

    def __init__(
        self, ctx: Context, take: Callable[[], Callable[[str], Entry | CommentEntry] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._take = take
        #: This writer's own folder, and the lock by which others see that it lives; made with the first write.
        self._open: tuple[Journal, QLockFile] | None = None
        #: Under which the text is kept; empty where it is not.
        self._key = ""
        #: Key of the write under way, and whether its file is to go as soon as it is there.
        self._writing, self._unwanted = "", False
        self._told = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._write)

    @property
    def busy(self) -> bool:
        """Whether a write is under way or will begin by itself."""
        return bool(self._writing) or self._timer.isActive()

    @property
    def safe(self) -> bool:
        """Whether what is to be kept is on this disk, or will be before the program ends."""
        return not self._told

    def soon(self) -> None:
        """There is something new to keep."""
        if not self._timer.isActive():
            self._timer.start()

    def settle(self) -> None:
        """What was kept is in the newsroom, or nobody wants it."""
        self._timer.stop()
        self.hand_over()()

    def hand_over(self) -> Callable[[], None]:
        """What is kept stays as it is, and is gone when the returned function is called; what follows is kept apart."""
        if self._timer.isActive() and not self._writing:
            self._write()
        self._timer.stop()
        key, self._key = self._key, ""
        return lambda: self._forget(key)

    def close(self) -> None:
        """Nothing is typed any more; what was not settled is offered at the next start.

        The last write may still be under way: whoever ends the program waits for the lanes.
        """
        if self._timer.isActive() and not self._writing:
            self._write()
        self._timer.stop()
        if self._open is not None:
            journal, lock = self._open
            lock.unlock()
            journal.remove_if_empty()

    def _forget(self, key: str) -> None:
        if key and key == self._writing:
            self._unwanted = True
        elif key and self._open is not None:
            journal = self._open[0]
            self._ctx.tasks.background(lambda: journal.forget(key))

    def _write(self) -> None:
        if self._writing:
            self._timer.start()
            return
        newsroom = self._ctx.newsroom
        make = self._take() if newsroom is not None else None
        if newsroom is None or make is None:
            self._forget(self._key)
            self._key = ""
            return
        from newsroom.journal import new_key

        home, known = newsroom.home, self._open
        key = self._key = self._writing = self._key or new_key()

        def work() -> tuple[Journal, QLockFile]:
            journal, lock = known or _begin_journal(home)
            journal.write(make(key))
            return journal, lock

        self._ctx.tasks.background(work, self._written, self._failed)

    def _written(self, opened: tuple[Journal, QLockFile]) -> None:
        self._open = opened
        self._told = False
        self._end_write()

    def _failed(self, error: Exception) -> None:
        wanted = not self._unwanted
        self._end_write()
        if wanted:
            self._timer.start(5 * DELAY)
            if not self._told:
                self._told = True
                self._ctx.message.emit(str(error), None)

    def _end_write(self) -> None:
        key, self._writing = self._writing, ""
        unwanted, self._unwanted = self._unwanted, False
        if unwanted:
            self._forget(key)


def dead_journals(home: Path) -> Iterator[Journal]:
    """The journals of programs that no longer run, each locked while it is looked at; those left empty are removed."""
    from newsroom.journal import Journal

    for folder in sorted((home / "journal").glob("*/")):
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue  # another window of the same home is typing there
        journal = Journal(folder)
        yield journal
        lock.unlock()
        journal.remove_if_empty()


def _begin_journal(home: Path) -> tuple[Journal, QLockFile]:
    from newsroom.journal import Journal, new_key

    journal = Journal(home / "journal" / new_key())
    journal.make_folder()
    lock = QLockFile(str(journal.folder / LOCK))
    lock.setStaleLockTime(0)
    lock.tryLock(0)
    return journal, lock
