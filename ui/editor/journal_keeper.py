"""Keeps the local journal while somebody types: within a second of a keystroke the text is safe on this disk.

The file goes when the newsroom has the text. See `newsroom.journal` for the files and `ui.editor.recovery` for what
becomes of those that a killed program left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, QTimer

from ui.context import Context
from ui.editor.saving import Draft, Saver, SaveState

if TYPE_CHECKING:
    from newsroom.journal import Journal

#: Milliseconds from a keystroke to the start of writing: with the writing itself less than a second.
DELAY: Final = 600
LOCK: Final = "lock"


class JournalKeeper(QObject):
    """Follows *saver* and writes what *take_draft* gives, one write at a time, the newest text last."""

    def __init__(self, ctx: Context, saver: Saver, take_draft: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._saver = saver
        self._take_draft = take_draft
        #: This program's own folder, and the lock by which others see that it lives; made with the first write.
        self._open: tuple[Journal, QLockFile] | None = None
        self._key = ""
        self._writing = False
        self._told = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._write)
        saver.typed.connect(self._typed)
        saver.state_changed.connect(self._state_changed)

    @property
    def busy(self) -> bool:
        """Whether a write is under way or will begin by itself."""
        return self._writing or self._timer.isActive()

    def close(self) -> None:
        """Leave nothing behind where everything is saved."""
        self._timer.stop()
        if self._open is not None:
            journal, lock = self._open
            lock.unlock()
            journal.remove_if_empty()

    def _typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _state_changed(self, state: SaveState) -> None:
        if state in (SaveState.SAVED, SaveState.EMPTY) and not self._saver.dirty:
            self._timer.stop()
            self._forget()

    def _forget(self) -> None:
        if self._open is not None and self._key and not self._writing:
            journal, key = self._open[0], self._key
            self._key = ""
            self._ctx.tasks.background(lambda: journal.forget(key))

    def _write(self) -> None:
        desk, newsroom, saver = self._ctx.desk, self._ctx.newsroom, self._saver
        if desk is None or newsroom is None or not saver.dirty:
            return
        if self._writing:
            self._timer.start()
            return
        draft = self._take_draft()
        if saver.article is None and draft.is_empty():
            return
        home, login = newsroom.home, desk.person.login
        article, revision, base_hash = saver.article, saver.base_revision, saver.base_hash
        known, known_key = self._open, self._key

        def work() -> tuple[Journal, QLockFile, str]:
            from newsroom.journal import Entry, new_key

            journal, lock = known or _begin_journal(home)
            key = known_key or new_key()
            journal.write(Entry(key, article, revision, base_hash, draft.whole(), login, datetime.now(UTC)))
            return journal, lock, key

        sitting = saver.sitting
        self._writing = True
        self._ctx.tasks.background(work, lambda written: self._written(written, sitting), self._failed)

    def _written(self, written: tuple[Journal, QLockFile, str], sitting: int) -> None:
        self._writing = self._told = False
        journal, lock, self._key = written
        self._open = journal, lock
        if not self._saver.dirty or sitting != self._saver.sitting:
            self._forget()

    def _failed(self, error: Exception) -> None:
        self._writing = False
        self._timer.start(5 * DELAY)
        if not self._told:
            self._told = True
            self._ctx.message.emit(str(error), None)


def _begin_journal(home: Path) -> tuple[Journal, QLockFile]:
    from newsroom.journal import Journal, new_key

    journal = Journal(home / "journal" / new_key())
    journal.make_folder()
    lock = QLockFile(str(journal.folder / LOCK))
    lock.setStaleLockTime(0)
    lock.tryLock(0)
    return journal, lock
