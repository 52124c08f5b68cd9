"""A machine without any data of time zones: the program says so at its start, and changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom.app import create_newsroom

_WORDS = "не нашла данных о часовых поясах"
#: Neither the system's files nor the package can be reached.
_WITHOUT = "import sys; sys.modules['tzdata'] = None; "
_COMMAND = "from newsroom.cli import main; sys.exit(main())"
_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pathlib import Path
from ui.app import Program
from ui.widgets import PlainLabel
app = QApplication([])
program = Program(app, Path(sys.argv[1]), login="chief")
def look():
    text = " ".join(label.text() for label in program.window.start.findChildren(PlainLabel) if label.isVisible())
    if "часовых" in text:
        print(text)
        program.window.close()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
program.show()
app.exec()
"""


def run(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT + code, *map(str, arguments)],
        env=os.environ | {"PYTHONTZPATH": "", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize("words", ["queue", "publisher run", "publisher status", "list"])
def test_a_command_ends_with_what_is_missing(tmp_path: Path, words: str) -> None:
    create_newsroom(tmp_path / "home").close()
    done = run(_COMMAND, *words.split(), "--home", tmp_path / "home")
    assert done.returncode == 1
    assert _WORDS in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_no_newsroom_is_made_there(tmp_path: Path) -> None:
    done = run(_COMMAND, "init", "--home", tmp_path / "home")
    assert done.returncode == 1
    assert _WORDS in done.stderr
    assert not (tmp_path / "home").exists()


def test_the_window_says_it_instead_of_opening(tmp_path: Path) -> None:
    create_newsroom(tmp_path / "home").close()
    done = run(_WINDOW, tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert _WORDS in done.stdout
