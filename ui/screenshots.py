"""Pictures of every main view: ``python -m ui.screenshots DIR [--quick] [--home HOME]``.

Without a home the sample newsroom is built in a temporary folder. Both themes, both languages, 100 % and 150 %;
``--quick`` takes the Russian light ones at 100 % only. No screen is needed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newsroom.words import LANGUAGES, _, n_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.app import Program

#: Device-independent pixels of the pictured window.
SIZE: Final = (1440, 900)
SCALES: Final = (100, 150)
THEMES: Final = ("light", "dark")
#: Seconds within which a view must have come to rest.
PATIENCE: Final = 30.0


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m ui.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--home", type=Path)
    # Qt reads the scale once, when the program starts: each scale is a process of its own.
    parser.add_argument("--scale", type=int, choices=SCALES, help=argparse.SUPPRESS)
    wanted = parser.parse_args(argv)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    if wanted.scale is not None:
        return _take_all(wanted.folder, wanted.home, wanted.scale, quick=wanted.quick)
    with tempfile.TemporaryDirectory(prefix="newsroom-pictures-", ignore_cleanup_errors=True) as temporary:
        home = wanted.home or _sample(Path(temporary) / "home")
        for scale in SCALES[:1] if wanted.quick else SCALES:
            command = [sys.executable, "-m", "ui.screenshots", str(wanted.folder), "--home", str(home)]
            command += ["--scale", str(scale), *(["--quick"] if wanted.quick else [])]
            variables = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale / 100)}
            done = subprocess.run(command, env=os.environ | variables, check=False)  # noqa: S603 -- our own module
            if done.returncode:
                return done.returncode
    return 0


def _sample(home: Path) -> Path:
    from newsroom.demo import build_sample

    build_sample(home).close()
    return home


def _take_all(folder: Path, home: Path, scale: int, *, quick: bool) -> int:
    from PySide6.QtWidgets import QApplication

    from ui.app import Program

    app = QApplication(["newsroom-pictures"])
    languages, themes = (LANGUAGES[:1], THEMES[:1]) if quick else (LANGUAGES, THEMES)
    program = Program(app, home, login="chief", language=languages[0], theme=themes[0])
    program.tasks.failed.connect(lambda error: print(f"{type(error).__name__}: {error}", file=sys.stderr))
    program.show()
    program.window.preferences.language = languages[0]  # the scale before may have left another
    camera = Camera(program, folder, scale)
    count = 0
    for language in languages:
        if language != languages[0]:
            program.window.set_language(language)
        for theme in themes:
            program.window.set_theme(theme)
            count += camera.take_views(f"{theme}-{language}-{scale}")
    program.window.close_now()
    print(n_("{n} снимок", "{n} снимков", count), _("в {folder}").format(folder=folder))
    return 0


class Camera:
    """Walks through the views of *program* and pictures each when it has come to rest."""

    def __init__(self, program: Program, folder: Path, scale: int) -> None:
        self._program, self._folder, self._scale = program, folder, scale

    def take_views(self, suffix: str) -> int:
        """Picture every view; returns how many there are."""
        window = self._program.window
        window.resize(*SIZE)
        self._settle(lambda: self._program.ctx.desk is not None and window.articles.model.rowCount() > 0)
        views: list[tuple[str, Callable[[], QWidget]]] = [
            ("articles", self._articles),
            ("articles-narrow", self._narrow),
            ("queue", lambda: self._page("queue")),
            ("reports", lambda: self._page("reports")),
            ("photos", lambda: self._page("photos")),
            ("history", self._history),
            ("keys", self._keys),
            ("first-run", self._first_run),
        ]
        for name, show in views:
            pictured = show()
            self._settle()
            pictured.grab().save(str(self._folder / f"{name}-{suffix}.png"))
            self._back(pictured)
        return len(views)

    def _articles(self) -> QWidget:
        window = self._program.window
        window.show_page("articles")
        return window

    def _narrow(self) -> QWidget:
        self._program.window.resize(900, SIZE[1])
        return self._program.window

    def _page(self, name: str) -> QWidget:
        self._program.window.show_page(name)
        return self._program.window

    def _history(self) -> QWidget:
        from ui.review.history import HistoryDialog

        self._program.window.show_page("articles")
        self._program.window.show_history()
        self._settle(lambda: bool(self._program.window.findChildren(HistoryDialog)))
        return self._program.window.findChildren(HistoryDialog)[-1]

    def _keys(self) -> QWidget:
        from ui.dialogs.help import KeysDialog

        self._program.window.show_keys()
        return self._program.window.findChildren(KeysDialog)[-1]

    def _first_run(self) -> QWidget:
        from ui.start_page import StartPage

        page = StartPage(Path("~/newsroom"))
        page.resize(900, 600)
        page.show()
        return page

    def _back(self, pictured: QWidget) -> None:
        if pictured is self._program.window:
            pictured.resize(*SIZE)
        else:
            pictured.close()

    def _settle(self, ready: Callable[[], bool] = lambda: True) -> None:
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        deadline, quiet_since = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() < deadline:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if not (ready() and self._program.tasks.idle):
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since > 0.4:
                return
            time.sleep(0.005)
        raise TimeoutError("the window did not come to rest")


if __name__ == "__main__":
    sys.exit(main())
