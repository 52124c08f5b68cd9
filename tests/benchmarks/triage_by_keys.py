"""Two hundred reports decided about by keyboard in the real window; how long it ever stood still.

``python -m tests.benchmarks.triage_by_keys FOLDER``: a newsroom is made in FOLDER, a publisher runs beside.
Every mistake is corrected, edited by hand, called a repetition or no mistake; now and then a decision is taken back.
A timer asks to beat every two milliseconds; by how much a beat is late is how long the window answered nobody.
"""

import argparse
import os
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from newsroom.app import create_newsroom
from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now
from newsroom.domain.ids import SiteName
from newsroom.domain.reports import IncomingReport
from tests.benchmarks.bench_list import Heart
from tests.newsrooms import GOOD, Desks
from ui.app import Program
from ui.dialogs.reason import ReasonDialog

ARTICLES: Final = 20
MISTAKES: Final = 10
#: Paragraphs of an article; each has some 550 characters.
PARAGRAPHS: Final = 12
#: Seconds between two decisions: quicker than anybody reads a sentence.
PACE: Final = 0.15
GOAL: Final = 50
#: What is pressed for each decision of twenty; for the others Enter.
_KEYS: Final = {
    3: (Qt.Key.Key_D,),
    7: (Qt.Key.Key_Delete,),
    11: (Qt.Key.Key_E, Qt.Key.Key_Return),
    15: (Qt.Key.Key_N, Qt.Key.Key_Return),
    19: (Qt.Key.Key_Return, Qt.Key.Key_U),
}
_LETTERS: Final = "абвгдежзик"
_WORDS: Final = ("мост", "город", "река", "утро", "школа", "автобус", "причал", "ремонт", "снег", "вечер", "каток")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    make_newsroom(options.folder / "home")
    app = QApplication([])
    program = Program(app, options.folder / "home", login="proofreader", theme="light")
    window = program.window
    window.resize(1440, 900)
    program.show()
    heart = BusyHeart()
    heart.rest("the window", 3.0)
    window.show_page("reports")
    page = window.pages.currentWidget()
    heart.listen("200 reports shown", lambda: page.model.rowCount() == ARTICLES * MISTAKES)
    heart.rest("a second of rest", 1.0)
    window.activateWindow()
    page.list.setFocus()
    heart.listen("the keyboard is in the list", page.list.hasFocus)
    proofreader = Proofreader(program)
    heart.busy.clear()
    heart.listen("200 reports decided about by key", proofreader.step, timeout=300)
    longest, busy = max(heart.pauses), max(heart.busy)
    heart.rest("corrections go out", 2.0)
    missed = " !" if longest > GOAL else ""
    print(
        f"{proofreader.decided} decisions, longest pause {longest:.0f} ms{missed}, {busy:.0f} ms of it at work at most"
    )
    window.closed.connect(app.quit)
    window.close()
    app.exec()
    return 0


def make_newsroom(home: Path) -> None:
    """Articles that readers see, and what they report of them."""
    chance = random.Random(1)
    newsroom = create_newsroom(home)
    desks = Desks(newsroom)
    articles = []
    for number in range(ARTICLES):
        wrong = [f"слво{_LETTERS[place]}ка" for place in range(MISTAKES)]
        paragraphs = [" ".join(chance.choice(_WORDS) for _word in range(80)) + "." for _each in range(PARAGRAPHS)]
        for place, word in enumerate(wrong):
            paragraphs[place] = f"Сначала тут {word} стояла. {paragraphs[place]}"
        article = desks.approved(GOOD.with_(headline=f"Статья {number}", body="\n\n".join(paragraphs)))
        publish_now(desks.chief, article)
        articles.append((article, wrong))
    while desks.publish():
        pass
    now = datetime.now(UTC)
    incoming = []
    for article, wrong in articles:
        uid = reading.read_article(desks.chief, article).uid
        for word in wrong:
            at = now - timedelta(minutes=len(incoming))
            right = word.replace("слво", "слово")
            incoming.append(
                IncomingReport(str(len(incoming) + 1), uid, "http://x/", "Сначала тут ", word, " стояла.", right, at)
            )
    with newsroom.database.write() as work:
        work.reports.add(SiteName("main"), incoming)
    newsroom.close()


class BusyHeart(Heart):
    """Also takes the processor time of the window's own thread between beats, in milliseconds: ``busy``.

    On a machine that others use as well it tells what the program does from what it has to wait for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.busy: list[float] = []
        self._used = time.thread_time()

    def _beat(self) -> None:
        used = time.thread_time()
        self.busy.append((used - self._used) * 1000)
        self._used = used
        super()._beat()


class Proofreader:
    """Decides about one mistake after another, each ``PACE`` after the one before; asked at every beat."""

    def __init__(self, program: Program) -> None:
        self._page = program.window.pages.currentWidget()
        self._model = self._page.model
        self.decided = 0
        #: What is still to be pressed for this decision, and for what it has to wait.
        self._keys: list[Qt.Key] = []
        self._due = 0.0
        self._pressing = False

    def step(self) -> bool:
        """Press what is due; True when nothing is left."""
        if self._pressing:
            self._answer()
            return False
        if time.perf_counter() < self._due:
            return False
        if not self._page.isActiveWindow():
            # Without a window manager nobody gives the keyboard back when a dialog closes.
            self._page.activateWindow()
            self._page.list.setFocus()
            return False
        if not self._keys:
            if not self._model.rowCount():
                return True
            self._keys = list(_KEYS.get(self.decided % 20, (Qt.Key.Key_Return,)))
            self.decided += 1
        key = self._keys[0]
        if key is Qt.Key.Key_U and not self._page.undone.isEnabled():
            return False
        self._keys.pop(0)
        self._pressing = True
        # Not from within the beat, which would stand still while a dialog runs a loop of its own.
        QTimer.singleShot(0, lambda: self._press(key))
        return False

    def _press(self, key: Qt.Key) -> None:
        edit = self._page.card.edit
        QTest.keyClick(edit if edit.hasFocus() else self._page.list, key)
        self._pressing = False
        self._due = time.perf_counter() + PACE

    def _answer(self) -> None:
        """The dialog that asks for a reason runs a loop of its own."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ReasonDialog):
            dialog.field.setPlainText("слово верное")
            dialog.accept()


if __name__ == "__main__":
    sys.exit(main())
