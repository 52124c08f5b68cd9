"""Types in an editor and takes the time, in a process that is told line by line what to do (`serve`).

While it is told nothing, it stands still: so editors can be measured in turns without being in each other's way.
Works with either Qt binding, because novelWriter brings its own.
"""

import faulthandler
import gc
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from PySide6 import QtCore, QtGui, QtWidgets
else:
    _BINDING = "PySide6" if find_spec("PySide6") else "PyQt6"
    QtCore, QtGui, QtWidgets = (import_module(f"{_BINDING}.{name}") for name in ("QtCore", "QtGui", "QtWidgets"))

#: Seconds between two keys, quicker than anybody types, and as a quick typist does.
QUICK: Final = 0.02
STEADY: Final = 0.1
#: Seconds after which everything that follows upon typing has been done.
REST: Final = 3.0
_LETTERS: Final = "привет как дела "
_WORD: Final = " слово"
#: Milliseconds from which on a pause is looked into.
_LONG: Final = 20


class Editor(Protocol):
    """What is measured."""

    @property
    def widget(self) -> QtWidgets.QTextEdit:
        """Where keys are typed."""

    def open(self, size: int) -> None:
        """Begin to open the text of *size* characters; 0 is one line."""

    def dress(self) -> None:
        """Make the opened text look as it is to look while somebody types."""

    def close(self) -> None:
        """Nothing is typed any more."""


class Painted(QtCore.QObject):
    """``seen`` when the viewport of *widget* was painted with a text of at least ``least`` characters."""

    def __init__(self, widget: QtWidgets.QTextEdit) -> None:
        super().__init__()
        self._widget = widget
        self.seen = False
        self.least = 0
        widget.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QtCore.QObject, event: QtCore.QEvent) -> bool:
        if event.type() == QtCore.QEvent.Type.Paint and self._widget.document().characterCount() >= self.least:
            self.seen = True
        return False


class Heart:
    """Runs the event loop turn by turn; ``longest`` is the longest turn in milliseconds, and what Python did in it.

    A turn handles every event that is due, so the window stood still for so long at most.
    """

    def __init__(self, app: QtCore.QCoreApplication, *, blame: bool) -> None:
        self._app = app
        self._began = 0.0
        #: The turn that was looked into last, and the stack then.
        self._seen = (0.0, "")
        self.longest = (0.0, "")
        self._gui = threading.get_ident()
        if blame:
            threading.Thread(target=self._look, daemon=True).start()

    def turn(self, do: Callable[[], object] | None = None) -> None:
        """Carry out *do*, and then every event that is due."""
        self._began = began = time.perf_counter()
        if do is not None:
            do()
        self._app.processEvents()
        took = (time.perf_counter() - began) * 1000
        self._began = 0.0
        if took > self.longest[0]:
            self.longest = (took, self._seen[1] if self._seen[0] == began else "")

    def rest(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.turn()
            time.sleep(0.001)

    def until(self, done: Callable[[], object], what: str, seconds: float = 60.0) -> None:
        end = time.perf_counter() + seconds
        self.turn()
        while not done():
            time.sleep(0.0002)  # what runs beside the window needs Python too
            self.turn()
            if time.perf_counter() > end:
                raise SystemExit(f"never seen: {what}")

    def take_longest(self) -> tuple[float, str]:
        """The longest turn since it was taken before."""
        longest, self.longest = self.longest, (0.0, "")
        return longest

    def _look(self) -> None:
        while True:
            time.sleep(0.005)
            began = self._began
            if began and (time.perf_counter() - began) * 1000 > _LONG:
                self._seen = (began, _stack_of(self._gui))


def _stack_of(thread: int) -> str:
    """The calls that *thread* is in, below `Heart.turn`, outermost first.

    Written by faulthandler: frames taken from another thread keep cursors and painters alive, which then die in the
    wrong thread and take the process with them.
    """
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        told = file.read().decode()
    own = re.search(rf"hread 0x{thread:016x}.*\n((?:  .*\n?)*)", told)
    calls = re.findall(r'File "(.+)", line (\d+) in (.+)', own[1] if own else "")
    inner = [f"{Path(file).name}:{line} {name}" for file, line, name in calls]
    mine = next((at for at, call in enumerate(inner) if call.endswith(" turn")), len(inner))
    return " > ".join(reversed(inner[:mine])) or "Qt itself"


class Typist:
    """The tasks of `serve`, each giving its figures: milliseconds, unless said otherwise."""

    def __init__(self, app: QtCore.QCoreApplication, editor: Editor, *, blame: bool) -> None:
        self._editor = editor
        self._widget = editor.widget
        self._document = self._widget.document()
        self._painted = Painted(self._widget)
        self._heart = Heart(app, blame=blame)
        self._cycles = 0

    def open(self, size: int) -> dict[str, Any]:
        """From one line to a text of *size* characters: until it is painted, until a first letter in it is."""
        self._painted.least = 0
        self._editor.open(0)
        self._heart.until(lambda: self._document.characterCount() < 1_000, "the short text")
        self._heart.rest(0.5)
        self._heart.take_longest()
        self._painted.least = size * 9 // 10
        self._painted.seen = False
        started = time.perf_counter()
        self._heart.turn(lambda: self._editor.open(size))
        self._heart.until(lambda: self._painted.seen and not self._widget.isReadOnly(), "the opened text")
        opened = (time.perf_counter() - started) * 1000
        self._key(_LETTERS[0])
        first_key = (time.perf_counter() - started) * 1000
        self._heart.rest(1.0)
        return {"opened": opened, "first key": first_key, "opening": self._heart.take_longest()}

    def dress(self) -> dict[str, Any]:
        """Not measured."""
        self._editor.dress()
        self._heart.rest(1.0)
        return {}

    def type(self, share: float, keys: int) -> dict[str, Any]:
        """So many *keys* after *share* of the text, each until its letter is painted; then a rest."""
        self._go_to(round(self._document.characterCount() * share))
        self._heart.rest(0.3)
        self._heart.take_longest()
        taken = []
        for number in range(keys):
            taken.append(self._key(_LETTERS[number % len(_LETTERS)]))
            self._heart.rest(QUICK)
        return {"keys": taken, "typing": self._heart.take_longest(), "resting": self._rested()}

    def type_on(self, seconds: float) -> dict[str, Any]:
        """Type where the cursor is, for so many *seconds*, then rest."""
        until, number = time.perf_counter() + seconds, 0
        self._heart.take_longest()
        while time.perf_counter() < until:
            self._key(_LETTERS[number % len(_LETTERS)])
            self._heart.rest(STEADY)
            number += 1
        return {"typing": self._heart.take_longest(), "resting": self._rested()}

    def edit(self, cycles: int) -> dict[str, Any]:
        """Type a word, undo, redo and erase it, all over the text; then the bytes of memory in use."""
        before = self._document.characterCount()
        for _ in range(cycles):
            self._cycles += 1
            block = self._document.findBlockByNumber(self._cycles * 7 % self._document.blockCount())
            self._go_to(block.position() + block.length() - 1)
            for letter in _WORD:
                self._send(QtCore.Qt.Key.Key_A, letter)
            self._heart.turn(self._widget.undo)
            self._heart.turn(self._widget.redo)
            for _letter in _WORD:
                self._send(QtCore.Qt.Key.Key_Backspace)
        if self._document.characterCount() != before:
            raise SystemExit(f"{before} characters have become {self._document.characterCount()}")
        self._heart.rest(REST)
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return {"memory": pages * os.sysconf("SC_PAGE_SIZE")}

    def end(self) -> dict[str, Any]:
        self._editor.close()
        return {}

    def _rested(self) -> tuple[float, str]:
        self._heart.rest(REST)
        return self._heart.take_longest()

    def _go_to(self, position: int) -> None:
        cursor = self._widget.textCursor()
        cursor.setPosition(min(position, self._document.characterCount() - 1))
        cursor.movePosition(QtGui.QTextCursor.MoveOperation.EndOfBlock)
        if not self._widget.hasFocus():
            # Pages follow the cursor of what has the keyboard.
            self._widget.window().activateWindow()
            self._widget.setFocus()
            self._heart.until(self._widget.hasFocus, "the keyboard in the editor")
        self._widget.setTextCursor(cursor)

    def _key(self, letter: str) -> float:
        self._painted.seen = False
        started = time.perf_counter()
        self._send(QtCore.Qt.Key.Key_A, letter)
        if not self._painted.seen:
            self._heart.until(lambda: self._painted.seen, f"the letter «{letter}»", 5.0)
        return (time.perf_counter() - started) * 1000

    def _send(self, key: QtCore.Qt.Key, letter: str = "") -> None:
        pressed = QtGui.QKeyEvent(QtCore.QEvent.Type.KeyPress, key, QtCore.Qt.KeyboardModifier.NoModifier, letter)
        self._heart.turn(lambda: QtWidgets.QApplication.sendEvent(self._widget, pressed))


def serve(app: QtCore.QCoreApplication, editor: Editor, about: dict[str, Any], *, blame: bool) -> None:
    """Say what there is to know *about* the editor; then read tasks, a JSON list a line, and answer each in a line."""
    typist = Typist(app, editor, blame=blame)
    tasks: dict[str, Callable[..., dict[str, Any]]] = {
        "open": typist.open,
        "dress": typist.dress,
        "type": typist.type,
        "type on": typist.type_on,
        "edit": typist.edit,
        "end": typist.end,
    }
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        task, *arguments = json.loads(line)
        print(json.dumps(tasks[task](*arguments)), flush=True)
