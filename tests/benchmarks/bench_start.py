"""How soon the window with its first 50 rows is painted, against a bare PySide6 window and against novelWriter.

``python -m tests.benchmarks.bench_start [--runs N] [--novelwriter PYTHON]``: PYTHON belongs to an environment
in which novelWriter is installed. Each run is a process of its own, timed from its start to the first paint, with its
modules compiled beforehand, as after an installation.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.big_newsroom import as_installed, make_big_newsroom

#: Milliseconds since the parent started this process, printed after the first paint of the widget ``window``.
_PAINTED = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return False
def tell():
    print((time.monotonic() - float(sys.argv[1])) * 1000, flush=True)
    os._exit(0)
"""
_BARE = (
    _PAINTED
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""
)
_OURS = """
import os, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QListView
from ui.app import Program
app = QApplication([])
program = Program(app, Path(sys.argv[2]), login="editor")
def tell():
    rows = program.window.findChild(QListView).model().rowCount()
    assert rows >= 50, rows
    print((time.monotonic() - float(sys.argv[1])) * 1000, flush=True)
    os._exit(0)
program.window.painted.connect(tell)
program.show()
app.exec()
"""
#: novelWriter's own start, told after its main window was painted first. Where the library of its spell checker is
#: missing it would look for that with a compiler; it is spared the search.
_NOVELWRITER = """
import ctypes.util, os, sys, time
from PyQt6.QtCore import QEvent, QObject, QTimer
from PyQt6.QtWidgets import QApplication
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == "GuiMain":
            QTimer.singleShot(0, tell)
        return False
def tell():
    print((time.monotonic() - started) * 1000, flush=True)
    os._exit(0)
started = float(sys.argv[1])
watch = Watch()
original = QApplication.__init__
def patched(self, *arguments):
    original(self, *arguments)
    self.installEventFilter(watch)
QApplication.__init__ = patched
ctypes.util.find_library = lambda name: None
os.makedirs(sys.argv[2], exist_ok=True)
sys.argv = ["novelwriter", "--config", sys.argv[2], "--data", sys.argv[2]]
import novelwriter
novelwriter.main(sys.argv[1:])
"""


def _time(python: str, script: str, argument: Path, folder: Path) -> float:
    done = subprocess.run(
        [python, "-c", script, str(time.monotonic()), str(argument)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=as_installed(folder),
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--novelwriter", metavar="PYTHON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_big_newsroom(home, 200)
        _leave_snapshot(home, Path(folder))
        contenders = {
            "bare PySide6 window": (sys.executable, _BARE, home),
            "newsroom, 50 rows": (sys.executable, _OURS, home),
        }
        if options.novelwriter:
            contenders["novelWriter"] = (options.novelwriter, _NOVELWRITER, Path(folder) / "novelwriter")
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for run in range(options.runs + 1):
            for name, contender in contenders.items():
                milliseconds = _time(*contender, Path(folder))
                if run:  # the first round only fills the disk cache
                    times[name].append(milliseconds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ours = medians["newsroom, 50 rows"]
    for name, median in medians.items():
        fastest, slowest = min(times[name]), max(times[name])
        print(f"{name:22} {median:6.0f} ms ({fastest:.0f} to {slowest:.0f}); newsroom is {ours / median:.2f} x this")


def _leave_snapshot(home: Path, folder: Path) -> None:
    """What a first session of the program leaves behind for the next start."""
    script = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import Program
from ui.articles.snapshot import snapshot_file
app = QApplication([])
home = Path(sys.argv[1])
program = Program(app, home, login="editor")
program.show()
timer = QTimer(interval=50)
timer.timeout.connect(lambda: snapshot_file(home).exists() and program.window.close())
timer.start()
app.exec()
"""
    subprocess.run(
        [sys.executable, "-c", script, str(home)],
        check=True,
        timeout=120,
        env=as_installed(folder),
    )


if __name__ == "__main__":
    main()
