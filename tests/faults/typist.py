"""The real program with somebody typing: ``python -m tests.faults.typist HOME``; killed from outside.

Every letter is sent as a key press; after each the number of letters typed so far is printed, with the time.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.app import Program

#: Milliseconds between two letters.
RHYTHM = 40


def main() -> None:
    app = QApplication([])
    program = Program(app, Path(sys.argv[1]), login="editor")
    program.show()
    typed = 0

    def start() -> None:
        if program.ctx.desk is not None and program.window.articles.pane is not None:
            waiting.stop()
            program.window.articles.new_article()
            program.window.articles.pane.body.setFocus()
            typing.start()

    def type_letter() -> None:
        nonlocal typed
        letter = "абвгд "[typed % 6]
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(program.window.articles.pane.body, event)
        typed += 1
        print(typed, time.time(), flush=True)

    waiting, typing = QTimer(interval=20), QTimer(interval=RHYTHM)
    waiting.timeout.connect(start)
    typing.timeout.connect(type_letter)
    waiting.start()
    app.exec()


if __name__ == "__main__":
    main()
