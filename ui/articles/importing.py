"""Files brought in as new articles, one by one in the store lane; what was refused or left out is told at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from newsroom.domain.errors import NewsroomError
from newsroom.words import _, n_

if TYPE_CHECKING:
    from newsroom.desk.exchange import Imported
    from ui.context import Context

SUFFIXES = (".docx", ".odt", ".html", ".htm", ".md", ".txt")
_SHOWN = 12


def ask_for_texts(parent: QWidget) -> list[Path]:
    """Let the person choose files to import."""
    patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    names, _kind = QFileDialog.getOpenFileNames(
        parent, _("Импорт статей"), "", _("Тексты ({patterns});;Все файлы (*)").format(patterns=patterns)
    )
    return [Path(name) for name in names]


def texts_in(mime: QMimeData) -> list[Path]:
    """Local files that *mime* names and that may be articles."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


class Importing(QObject):
    """Takes files; the next one only when the one before is through, so that other work of the lane gets its turn."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._parent = ctx, parent
        self._files: list[Path] = []
        self._through = 0
        self._added: list[int] = []
        #: (file name, what was refused or left out).
        self._told: list[tuple[str, str]] = []

    def add(self, files: Sequence[Path]) -> None:
        """Take *files* too; those already under way go first."""
        running = bool(self._files)
        self._files += files
        if self._files and not running:
            self._through, self._added, self._told = 0, [], []
            self._next()

    def _next(self) -> None:
        if self._through == len(self._files):
            self._files = []
            self._finish()
            return
        file = self._files[self._through]
        self._ctx.message.emit(_("Импорт: {done} из {all}").format(done=self._through + 1, all=len(self._files)), None)

        def use(desk: Any) -> Any:
            from newsroom.desk.exchange import import_article

            return import_article(desk, file)

        # Nobody's own edit: the list has to learn of it as of another desk's.
        self._ctx.act(use, None, lambda done: self._came(file, done), lambda error: self._failed(file, error))

    def _came(self, file: Path, imported: Imported) -> None:
        self._added.append(imported.article)
        self._told += [(file.name, note) for note in imported.notes]
        self._through += 1
        self._next()

    def _failed(self, file: Path, error: Exception) -> None:
        if not isinstance(error, NewsroomError):
            self._ctx.tasks.failed.emit(error)
        else:
            self._told.append((file.name, str(error)))
        self._through += 1
        self._next()

    def _finish(self) -> None:
        count = n_("Взята {n} статья", "Взято {n} статей", len(self._added))
        self._ctx.message.emit(count, None)
        if len(self._added) == 1:
            self._ctx.open_article.emit(self._added[0])
        if not self._told:
            return
        from ui.dialogs.messages import tell

        lines = [f"{name}: {words}" for name, words in self._told[:_SHOWN]]
        if len(self._told) > _SHOWN:
            lines.append(n_("… и ещё {n} замечание", "… и ещё {n} замечаний", len(self._told) - _SHOWN))
        tell(self._parent, _("Не всё удалось взять"), "\n\n".join([count + ".", *lines]))
