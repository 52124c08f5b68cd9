"""The newsroom behind the window: opened, signed into, watched for changes, and closed, all in the store lane."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from newsroom.domain.errors import EnvironmentFault
from ui.context import Context

if TYPE_CHECKING:
    from newsroom.app import Newsroom
    from newsroom.desk.reading import Counters, Settings
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Changes
    from newsroom.domain.people import Person

#: Milliseconds between two looks at what other desks did.
POLL: Final = 1500
#: Counters are read with every so many looks.
COUNT_EVERY: Final = 2
#: Folder of the sample newsroom inside the home.
SAMPLE: Final = "sample"


class Session(QObject):
    """Signals:

    missing(): the home holds no newsroom yet.
    opened(list): the newsroom is open; the active `Person`s who may sign in.
    failed(Exception): it could not be opened or made.
    counted(Counters): numbers for rail and status line.
    connected(bool): whether the last look at the database succeeded.
    """

    missing = Signal()
    opened = Signal(list)
    failed = Signal(object)
    counted = Signal(object)
    connected = Signal(bool)

    def __init__(self, ctx: Context, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.home = home
        #: Set and used in the store lane alone, so that what is being opened while the window closes is closed too.
        self._open_newsroom: Newsroom | None = None
        self.closed = False
        self._newest = 0
        self._looks = 0
        self._looking = False
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._look)
        ctx.changed.connect(self._changed)

    def open(self) -> None:
        """Open the newsroom of the home; answers by a signal."""
        home = self.home

        def work() -> tuple[Newsroom, list[Person]] | None:
            from newsroom.app import open_newsroom
            from newsroom.settings import FILE

            if not (home / FILE).exists():
                return None
            newsroom = open_newsroom(home)
            return newsroom, newsroom.people()

        self._begin(work)

    def create(self) -> None:
        """Make an empty newsroom in the home and open it."""
        home = self.home

        def work() -> tuple[Newsroom, list[Person]]:
            from newsroom.app import create_newsroom

            newsroom = create_newsroom(home)
            return newsroom, newsroom.people()

        self._begin(work)

    def open_sample(self) -> None:
        """Open the sample newsroom beside the home's own, made the first time it is asked for."""
        home = self.home / SAMPLE

        def work() -> tuple[Newsroom, list[Person]]:
            from newsroom.app import open_newsroom
            from newsroom.demo import build_sample
            from newsroom.settings import FILE

            if not (home / FILE).exists():
                build_sample(home)
            newsroom = open_newsroom(home)
            return newsroom, newsroom.people()

        self._begin(work)

    def sign_in(self, login: str, on_done: Callable[[], None] | None = None) -> None:
        """Let *login* sit at this desk; the publisher of a newsroom on this machine alone starts with the first."""
        newsroom = self._ctx.newsroom
        assert newsroom is not None

        def work() -> tuple[Desk, Settings, int]:
            from newsroom.desk import reading

            desk = newsroom.sign_in(login)
            if newsroom.embedded:
                newsroom.start_publisher()
            return desk, reading.read_settings(desk), reading.newest_activity(desk)

        def done(answer: tuple[Desk, Settings, int]) -> None:
            if self.closed:
                return
            self._ctx.desk, self._ctx.settings, self._newest = answer
            self._ctx.settings_changed.emit()
            self._ctx.signed_in.emit()
            self._looks = 0
            self._look()
            self._timer.start()
            if on_done is not None:
                on_done()

        self._ctx.tasks.store(work, done)

    def read_people(self, on_done: Callable[[list[Person]], None]) -> None:
        """The people who may sign in now."""
        newsroom = self._ctx.newsroom
        if newsroom is not None:
            self._ctx.tasks.store(newsroom.people, on_done)

    def close(self) -> None:
        """Stop watching and publishing, close the database, and wait for what is under way."""

        def work() -> None:
            if self._open_newsroom is not None:
                self._open_newsroom.close()

        if not self.closed:
            self.closed = True
            self._timer.stop()
            self._ctx.newsroom, self._ctx.desk = None, None
            self._ctx.tasks.store(work)
            self._ctx.tasks.wait()

    def _begin(self, work: Callable[[], tuple[Newsroom, list[Person]] | None]) -> None:
        def remembered() -> tuple[Newsroom, list[Person]] | None:
            answer = work()
            if answer is not None:
                self._open_newsroom = answer[0]
            return answer

        def done(answer: tuple[Newsroom, list[Person]] | None) -> None:
            if self.closed:
                return
            if answer is None:
                self.missing.emit()
                return
            self._ctx.newsroom, people = answer
            self.opened.emit(people)

        self._ctx.tasks.store(remembered, done, self.failed.emit)

    def _look(self) -> None:
        if self._looking or self._ctx.desk is None:
            return
        self._looking = True
        newest, count = self._newest, self._looks % COUNT_EVERY == 0
        self._looks += 1

        def query(desk: Desk) -> tuple[int, Changes, Counters | None]:
            from newsroom.desk import reading

            last, changes = reading.changes_since(desk, newest)
            return last, changes, reading.read_counters(desk) if count or changes else None

        def done(answer: tuple[int, Changes, Counters | None]) -> None:
            self._looking = False
            self._newest, changes, counters = answer
            self.connected.emit(True)
            if counters is not None:
                self.counted.emit(counters)
            if changes:
                self._ctx.changed.emit(changes, None)

        def failed(error: Exception) -> None:
            self._looking = False
            if isinstance(error, EnvironmentFault):
                self.connected.emit(False)
            else:
                self._timer.stop()
                self._ctx.tasks.failed.emit(error)

        self._ctx.read(query, done, failed)

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.settings and self._ctx.desk is not None:
            self._read_settings()

    def _read_settings(self) -> None:
        def query(desk: Desk) -> Settings:
            from newsroom.desk import reading

            return reading.read_settings(desk)

        def done(settings: Settings) -> None:
            self._ctx.settings = settings
            self._ctx.settings_changed.emit()

        self._ctx.read(query, done)
