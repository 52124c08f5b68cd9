"""From key press to painted, and opening, in the article editor against a bare QTextEdit with the same text.

``python -m tests.benchmarks.bench_typing [--keys N]``. Everything that runs while somebody types is on: autosave, the
local journal, counters, the list of findings. Letters are typed in the middle of the text.
"""

import argparse
import os
import random
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from newsroom.app import create_newsroom
from newsroom.desk.writing import create_article
from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId
from ui.app import Program

SIZES = (3_000, 30_000, 300_000)
_WORDS = ("мост", "город", "река", "утро", "школа", "автобус", "причал", "ремонт", "снег", "вечер", "каток", "берег")


class Painted(QObject):
    """Notes that a widget was painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def text_of(size: int) -> str:
    """Paragraphs of some 500 characters, *size* in all."""
    chance = random.Random(size)
    paragraphs, length = [], 0
    while length < size:
        paragraphs.append(" ".join(chance.choice(_WORDS) for _ in range(70)).capitalize() + ".")
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)


def type_keys(app: QApplication, editor: QTextEdit, keys: int) -> list[float]:
    """Milliseconds from each key press until the letter is on the screen."""
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().characterCount() // 2)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    editor.window().activateWindow()
    _settle(app, 0.2)
    editor.setFocus()
    cursor.movePosition(QTextCursor.MoveOperation.Left)
    editor.setTextCursor(cursor)  # with the focus, so that the page follows
    assert editor.hasFocus()
    _settle(app, 0.3)
    painted = Painted(editor.viewport())
    taken = []
    for number in range(keys):
        letter = "привет как дела "[number % 16]
        painted.seen = False
        started = time.perf_counter()
        QApplication.sendEvent(
            editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
        )
        while not painted.seen:
            app.processEvents()
            if time.perf_counter() - started > 5:
                raise SystemExit(f"the letter «{letter}» was never painted")
        taken.append((time.perf_counter() - started) * 1000)
        # A fast typist's rhythm, in which timers of autosave and journal run too.
        _settle(app, 0.02)
    return sorted(taken)


def _settle(app: QApplication, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.001)


def bare(app: QApplication, text: str, keys: int) -> tuple[float, list[float]]:
    editor = QTextEdit()
    editor.resize(900, 800)
    editor.show()
    _settle(app, 0.3)
    painted = Painted(editor.viewport())
    started = time.perf_counter()
    editor.setPlainText(text)
    while not painted.seen:
        app.processEvents()
    opened = (time.perf_counter() - started) * 1000
    taken = type_keys(app, editor, keys)
    editor.close()
    editor.deleteLater()
    return opened, taken


def ours(app: QApplication, program: Program, article: ArticleId, keys: int) -> tuple[float, list[float]]:
    pane = program.window.articles.pane
    assert pane is not None
    opened_ids: list[int] = []
    pane.article_opened.connect(opened_ids.append)
    painted = Painted(pane.body.viewport())
    started = time.perf_counter()
    pane.open(article)
    while article not in opened_ids or not painted.seen:
        app.processEvents()
    opened = (time.perf_counter() - started) * 1000
    return opened, type_keys(app, pane.body, keys)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        newsroom = create_newsroom(Path(folder) / "home")
        desk = newsroom.sign_in("editor")
        articles = {
            size: create_article(desk, Content(headline=f"Текст в {size} знаков", body=text_of(size))).value
            for size in SIZES
        }
        create_article(desk, Content(headline="Коротко", body="Одна строка."))
        newsroom.close()
        app = QApplication([])
        program = Program(app, Path(folder) / "home", login="editor")
        program.window.resize(1440, 900)
        program.show()
        while program.window.articles.pane is None or program.window.articles.pane.article is None:
            _settle(app, 0.1)
        print(f"{'characters':>10}  {'':9} {'p50':>6} {'p99':>6} {'open':>7}  (milliseconds)")
        for size in SIZES:
            rows = {
                "bare": bare(app, text_of(size), options.keys),
                "newsroom": ours(app, program, articles[size], options.keys),
            }
            for name, (opened, taken) in rows.items():
                print(f"{size:>10}  {name:9} {_at(taken, 0.5):6.2f} {_at(taken, 0.99):6.2f} {opened:7.0f}", flush=True)
            (bare_open, bare_keys), (our_open, our_keys) = rows["bare"], rows["newsroom"]
            ratios = [_at(our_keys, at) / _at(bare_keys, at) for at in (0.5, 0.99)]
            print(f"{'':>10}  ratio     {ratios[0]:6.2f} {ratios[1]:6.2f} {our_open / bare_open:7.1f}", flush=True)
        program.window.close()
        _settle(app, 1)
        program.tasks.wait()


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


if __name__ == "__main__":
    main()
