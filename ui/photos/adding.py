"""Bringing photo files into the newsroom one after another, with progress, and a list of those that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from newsroom.domain.errors import NewsroomError

if TYPE_CHECKING:
    from newsroom.domain.photos import Photo
    from ui.context import Context


class Adding(QObject):
    """Takes files, the next one only when the one before is through, so that it can be stopped between two.

    Signals:
        progressed(int, int): so many files are through, of so many.
        finished(list, list): photos that were added; (file name, why not) of those that were refused.
    """

    progressed = Signal(int, int)
    finished = Signal(list, list)

    def __init__(self, ctx: Context, initiator: QObject) -> None:
        super().__init__(initiator)
        self._ctx, self._initiator = ctx, initiator
        self._files: list[Path] = []
        self._through = 0
        self._added: list[Photo] = []
        self._refused: list[tuple[str, str]] = []

    @property
    def running(self) -> bool:
        return bool(self._files)

    def add(self, files: Sequence[Path]) -> None:
        """Take *files* too; those already under way go first."""
        started = self.running
        self._files += files
        if self._files and not started:
            self._through, self._added, self._refused = 0, [], []
            self._next()

    def stop(self) -> None:
        """Leave out the files that are not through yet; what was added stays."""
        del self._files[self._through + 1 :]

    def _next(self) -> None:
        self.progressed.emit(self._through, len(self._files))
        if self._through == len(self._files):
            self._files = []
            self.finished.emit(self._added, self._refused)
            return
        file = self._files[self._through]

        def use(desk: Any) -> Any:
            from newsroom.desk import pictures

            return pictures.add_photo(desk, file)

        self._ctx.act(use, self._initiator, self._came, lambda error: self._failed(file, error))

    def _came(self, photo: Photo) -> None:
        self._added.append(photo)
        self._through += 1
        self._next()

    def _failed(self, file: Path, error: Exception) -> None:
        if not isinstance(error, NewsroomError):
            self._ctx.tasks.failed.emit(error)
        self._refused.append((file.name, str(error)))
        self._through += 1
        self._next()
