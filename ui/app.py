"""The program with a window: shown first, with what the last session left; the newsroom is opened behind it."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from newsroom.words import LANGUAGES, _, use_language
from ui.context import Context
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import TaskRunner
from ui.theme import THEMES, choose_look, put_on_style_sheet

#: Seconds after which a busy lane gives way to the window. Painting a line lets go of Python many times, and each time
#: waits so long to have it back while a lane computes: Python's own 5 ms would be felt.
GIVE_WAY: Final = 0.0005
#: Milliseconds after the start at which what has been loaded by then counts as lasting: the window, the newsroom and,
#: on a slow machine too, the dictionaries.
LASTING_AFTER: Final = (3_000, 15_000, 60_000)

#: Milliseconds between two looks at whether a window that was replaced has all its answers.
_ANSWER_PAUSE: Final = 100


class Program(QObject):
    """Holds what outlives a window: the lanes, the open newsroom, the preferences. ``window`` is the present one."""

    def __init__(self, app: QApplication, home: Path, *, login: str = "", language: str = "", theme: str = "") -> None:
        super().__init__()
        self._app = app
        sys.setswitchinterval(GIVE_WAY)
        # The program ends when the newsroom is closed, which is later than its window.
        app.setQuitOnLastWindowClosed(False)
        self.preferences = Preferences(home)
        self._translator = QTranslator(self)
        self._speak(language or self.preferences.language)
        choose_look(app, theme or self.preferences.theme, zoom=self.preferences.zoom)
        self.tasks = TaskRunner(self)
        self.ctx = Context(self.tasks, self)
        self.session = Session(self.ctx, home, self)
        self._login = login
        self.window = self._make_window()
        put_on_style_sheet(app)
        self.window.articles.prepared.connect(self.window.open)
        for milliseconds in LASTING_AFTER:
            # The window stands still while the collector goes through everything: with modules and dictionaries for a
            # tenth of a second, without them for a few milliseconds.
            QTimer.singleShot(milliseconds, self, gc.freeze)

    def show(self) -> None:
        """Show the window; the newsroom is opened after its first paint, when the pane for writing stands."""
        self.window.show()

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.ctx, self.session, self.preferences, self._login)
        window.language_wanted.connect(self._change_language)
        # Queued: the window is off the screen before the last work is waited for.
        window.closed.connect(self._end, Qt.ConnectionType.QueuedConnection)
        return window

    def _change_language(self, language: str) -> None:
        old = self.window
        old.remember()
        article = old.articles.open_article
        self._speak(language)
        self.window = self._make_window()
        if self.ctx.desk is not None:
            self.window.resume()
            if article is not None:
                self.window.articles.show_article(article)
        self.window.show()
        old.articles.end()
        old.hide()
        self._delete_when_answered(old)

    def _delete_when_answered(self, old: MainWindow) -> None:
        """Answers that *old* still waits for must find it there."""
        if self.tasks.idle:
            old.deleteLater()
        else:
            QTimer.singleShot(_ANSWER_PAUSE, self, lambda: self._delete_when_answered(old))

    def _speak(self, language: str) -> None:
        use_language(language)
        QLocale.setDefault(QLocale(language))
        self._app.removeTranslator(self._translator)
        if self._translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(self._translator)

    def _end(self) -> None:
        self.session.close()
        if self.window.articles.pane is not None:
            from ui.editor.clipboard import leave_clipboard

            leave_clipboard()
        self._app.quit()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program until its window is closed; returns the exit code. *argv* is without the program's name."""
    wanted = _parse(sys.argv[1:] if argv is None else argv)
    app = QApplication.instance() or QApplication(["newsroom-desktop"])
    assert isinstance(app, QApplication)
    app.setApplicationName("newsroom")
    app.setDesktopFileName("newsroom")
    home = wanted.home or _default_home()
    program = Program(app, home.expanduser(), login=wanted.login, language=wanted.language, theme=wanted.theme)
    program.show()
    # Taken at the next look at the database, when Python has its turn; what is open is saved first.
    signal.signal(signal.SIGINT, lambda _signal, _frame: program.window.close())
    return app.exec()


def _default_home() -> Path:
    chosen = os.environ.get("NEWSROOM_HOME")
    if chosen:
        return Path(chosen)
    from newsroom.settings import default_home

    return default_home()


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    use_language("ru")
    parser = argparse.ArgumentParser(prog="newsroom-desktop", description=_("Окно редакции."))
    parser.add_argument("--home", type=Path, metavar="DIR", help=_("папка редакции; иначе NEWSROOM_HOME или обычная"))
    parser.add_argument("--as", dest="login", default="", metavar="LOGIN", help=_("кто садится за стол"))
    parser.add_argument("--language", choices=LANGUAGES, default="", help=_("язык окна"))
    parser.add_argument("--theme", choices=THEMES, default="", help=_("оформление"))
    return parser.parse_args(list(argv))
