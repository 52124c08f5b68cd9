"""Ten thousand articles: how long the GUI thread pauses while the list opens, filters and scrolls.

``python -m tests.benchmarks.bench_list [--articles N] [--home DIR]``: a DIR keeps the newsroom for the next time, which
saves making it. Each start is a process of its own, so that it imports what a start imports. A timer asks to beat every
`BEAT` milliseconds; by how much a beat is late is how long the GUI thread did not answer.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView

from newsroom.domain.states import Label
from tests.benchmarks.big_newsroom import as_installed, make_big_newsroom
from ui.app import Program

BEAT: Final = 2
STARTS: Final = ("first start", "second start")


class Heart:
    """Beats in the GUI thread; ``pauses`` says by how many milliseconds each beat came late."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._last = time.perf_counter()
        self._until: Callable[[], bool] = lambda: True
        self._loop = QEventLoop()
        self._timer = QTimer(interval=BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def listen(self, name: str, until: Callable[[], bool], timeout: float = 60.0) -> None:
        """Run the event loop until *until*, asked at every beat, is true; then print the longest pause."""
        self.pauses.clear()
        self._until = until
        started = self._last = time.perf_counter()
        over = QTimer(singleShot=True, interval=int(timeout * 1000))
        over.timeout.connect(lambda: sys.exit(f"{name}: not done after {timeout:.0f} s"))
        over.start()
        self._loop.exec()
        took = (time.perf_counter() - started) * 1000
        ordered = sorted(self.pauses)
        middle, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.99))
        figures = f"longest pause {ordered[-1]:5.1f} ms, p99 {p99:5.1f}, p50 {middle:4.1f}"
        print(f"  {name:34} {took:6.0f} ms, {figures}, {len(ordered)} beats", flush=True)

    def rest(self, name: str, seconds: float) -> None:
        """Listen for so many *seconds*."""
        end = time.perf_counter() + seconds
        self.listen(name, lambda: time.perf_counter() > end)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.pauses.append(max(0.0, (now - self._last) * 1000 - BEAT))
        self._last = now
        if self._until():
            self._loop.quit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--home", type=Path, help="keep the newsroom here")
    parser.add_argument("--start", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.start:
        _measure(options.start, options.articles)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder) / "home"
        if not (home / "newsroom.toml").exists():
            started = time.perf_counter()
            make_big_newsroom(home, options.articles)
            print(f"{options.articles} articles made in {time.perf_counter() - started:.1f} s", flush=True)
        (home / "cache" / "articles.json").unlink(missing_ok=True)
        mine = [sys.executable, "-m", "tests.benchmarks.bench_list", "--articles", str(options.articles), "--start"]
        for name in STARTS:
            print(name, flush=True)
            subprocess.run([*mine, str(home)], check=True, timeout=300, env=as_installed(Path(folder)))


def _measure(home: Path, articles: int) -> None:
    app = QApplication([])
    program = Program(app, home, login="editor")
    page = program.window.articles
    view, model, filters = page.view, page.model, page.filters
    bar = view.verticalScrollBar()
    shown: list[bool] = []
    program.window.painted.connect(lambda: shown.append(True))
    program.show()
    heart = Heart()
    heart.listen("show and paint the window", lambda: bool(shown))
    heart.listen("open the newsroom, all lines", lambda: model.rowCount() == articles)
    heart.listen("first article in its pane", lambda: page.pane is not None and page.pane.article is not None)
    heart.rest("three seconds of rest", 3.0)

    heart.listen("scroll, 400 steps of half a line", _steps(bar.setValue, range(0, 400 * 36, 36)))
    heart.listen("drag the bar, 400 places", _steps(bar.setValue, range(0, bar.maximum(), bar.maximum() // 400)))
    for number, share in enumerate((1.0, 0.0, 0.5, 0.33, 1.0), 1):
        bar.setValue(int(bar.maximum() * share))
        heart.listen(f"jump {number}, rows shown", lambda: _settled(view))
    for text in ("хоккеисты причал", "зареч", ""):
        before = model.rowCount()
        filters.search.setText(text)
        heart.listen(f"search «{text}»", lambda before=before: model.rowCount() != before and _settled(view))
    filters.show_only(Label.LIVE)
    heart.listen("filter: only what is live", lambda: model.rowCount() == 0)
    filters.reset()
    heart.listen("no filter", lambda: model.rowCount() == articles and _settled(view))
    for row in range(20, 25):
        view.setCurrentIndex(model.index(row))
        wanted = model.ids[row]
        heart.listen(
            f"open article {row}",
            lambda wanted=wanted: page.pane.article is not None and page.pane.article.id == wanted,
        )
    heart.rest("two seconds of rest", 2.0)
    program.window.closed.connect(heart._loop.quit)
    program.window.close()
    app.exec()


def _steps(do: Callable[[int], object], places: range) -> Callable[[], bool]:
    left: Iterator[int] = iter(places)

    def step() -> bool:
        place = next(left, None)
        if place is not None:
            do(place)
        return place is None

    return step


def _settled(view: QListView) -> bool:
    """Whether every line on the screen has its text."""
    first = view.indexAt(view.viewport().rect().topLeft())
    last = view.indexAt(view.viewport().rect().bottomLeft())
    if not first.isValid():
        return False
    end = last.row() if last.isValid() else view.model().rowCount() - 1
    return all(view.model().index(row, 0).data() != "…" for row in range(first.row(), end + 1))


if __name__ == "__main__":
    sys.exit(main())
