"""Ten thousand articles: how long the GUI thread pauses while the list opens, filters and scrolls.

``python -m tests.benchmarks.bench_list [--articles N]``. A timer beats as often as the event loop lets it; the longest
silence between two beats is the longest pause a person could feel.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from tests.benchmarks.big_newsroom import make_big_newsroom
from ui.app import Program


class Heart:
    """Beats in the GUI thread; ``silences`` are the pauses between beats, in milliseconds."""

    def __init__(self) -> None:
        self.silences: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.silences.append((now - self._last) * 1000)
        self._last = now

    def listen(self, name: str, until: Callable[[], bool], timeout: float = 60.0) -> None:
        """Run the event loop until *until*, then print the longest silence."""
        self.silences.clear()
        started = self._last = time.perf_counter()
        while not until():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            if time.perf_counter() - started > timeout:
                raise SystemExit(f"{name}: not done after {timeout:.0f} s")
        took = (time.perf_counter() - started) * 1000
        self._beat()  # a wait that was over at once counts as one silence
        ordered = sorted(self.silences)
        p99 = ordered[int(len(ordered) * 0.99)]
        print(f"{name:34} {took:7.0f} ms, longest pause {ordered[-1]:5.1f} ms, p99 {p99:4.1f} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        started = time.perf_counter()
        make_big_newsroom(home, options.articles)
        print(f"{options.articles} articles made in {time.perf_counter() - started:.1f} s", flush=True)
        app = QApplication([])
        for name in ("first start", "second start, from the snapshot"):
            _measure(app, home, options.articles, name)


def _measure(app: QApplication, home: Path, articles: int, name: str) -> None:
    program = Program(app, home, login="editor")
    heart = Heart()
    program.show()
    view = program.window.findChild(QListView)
    model = view.model()
    heart.listen(f"{name}: open", lambda: model.rowCount() == articles)
    heart.listen(f"{name}: rows fetched", _settled(view))

    bar = view.verticalScrollBar()
    places = iter(range(0, bar.maximum(), max(1, bar.maximum() // 400)))

    def scroll() -> bool:
        place = next(places, None)
        if place is not None:
            bar.setValue(place)
        return place is None

    heart.listen(f"{name}: scroll 400 steps", scroll)
    jumps = iter([bar.maximum(), 0, bar.maximum() // 2, bar.maximum() // 3, bar.maximum()])
    for number, place in enumerate(jumps, 1):
        bar.setValue(place)
        heart.listen(f"{name}: jump {number}, rows shown", _settled(view))

    search = next(field for field in program.window.findChildren(QLineEdit) if field.isVisible())
    for text in ("хоккеисты причал", "зареч", ""):
        search.setText(text)
        before = model.rowCount()
        heart.listen(f"{name}: search «{text}»", lambda before=before: model.rowCount() != before)
        heart.listen(f"{name}: rows of «{text}»", _settled(view))
    program.window.close()
    program.tasks.wait()
    heart._timer.stop()
    app.processEvents()


def _settled(view: QListView) -> Callable[[], bool]:
    """Whether every line on the screen has its text."""

    def settled() -> bool:
        first = view.indexAt(view.viewport().rect().topLeft())
        last = view.indexAt(view.viewport().rect().bottomLeft())
        if not first.isValid():
            return False
        end = last.row() if last.isValid() else view.model().rowCount() - 1
        return all(view.model().index(row, 0).data() != "…" for row in range(first.row(), end + 1))

    return settled


if __name__ == "__main__":
    sys.exit(main())
