"""Run under strace by `test_hostile`: hostile reports in the real window, shown one by one, accepted and rejected.

``python -m tests.ui.reports.hostile_window FOLDER``: FOLDER holds the files that the texts name. What happens between
the files ``begin`` and ``end``, which are looked for and never there, is what the reports have brought about.
"""

import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from newsroom.desk import reading
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from tests.ui.house import READY, Window, open_window
from ui import theme
from ui.dialogs.reason import ReasonDialog
from ui.reports.page import ReportsPage

#: Every name that a text asks for has this word in it.
CANARY = "canary"


def texts(folder: Path) -> list[str]:
    """What a stranger may write in a report."""
    file, host = folder / f"{CANARY}.png", f"http://127.0.0.1:9/{CANARY}"
    return [
        f'<img src="{host}.png"> <img src="file://{file}"> <img src="{file}">',
        f'<a href="file://{file}">ссылка</a> {host} file://{file}',
        f'<link rel="stylesheet" href="file://{file}"><style>@import url("{host}")</style>',
        f"\\\\{CANARY}-host\\share\\{CANARY}.png //{CANARY}-host/share/{CANARY}.png",
        f"![картинка](file://{file}) [ссылка]({host})",
        f"photo:{quote(str(file))} qrc:/{CANARY} data:text/html,<img src={host}>",
        "огромное " * 20_000 + f"file://{file}",
        f"\u202e\u2066gnp.{CANARY}\u2069 \x00\x07\x1b]8;;file://{file}\x1b\\ \ud800 file://{file}",
        f"<object data='{file}'></object><iframe src='{host}'></iframe><script src='{host}'></script>",
    ]


def main(folder: Path) -> None:
    app = QApplication([])
    theme.apply_theme(app, "light")
    with open_window(folder / "home", "proofreader") as window:
        article = window.submitted(READY.with_(body="Каток заработает в субботу. Он рабтает до девяти вечера."))
        page = ReportsPage(window.ctx)
        page.resize(1280, 800)
        page.show()
        page.activateWindow()
        window.settle()
        report(window, article, ["слово работает"])
        look_at_everything(window, page)
        (folder / "begin").exists()
        report(window, article, texts(folder))
        look_at_everything(window, page)
        states = {found.state for found in reading.read_reports(window.ctx.desk, open_only=False)}
        assert states == {ReportState.FIXED, ReportState.REJECTED}, states
        (folder / "end").exists()
        page.hide()
        window.settle()
        page.deleteLater()
    # What strace sees of a connection and of a file, for the test to know that it looks.
    (folder / f"{CANARY}.png").exists()
    with socket.socket() as connection:
        connection.connect_ex(("127.0.0.1", 9))


_numbers = iter(range(1, 10_000))


def report(window: Window, article: ArticleId, hostile: list[str]) -> None:
    """Reports whose texts are *hostile*: of a mistake, of words that are nowhere, of a page that nobody knows."""
    uid = reading.read_article(window.ctx.desk, article).uid
    now = datetime.now(UTC)
    incoming = []
    for text in hostile:
        for owner, before, selected, after in (
            (uid, "субботу. Он ", "рабтает", " до девяти"),
            (uid, text, text, text),
            ("unknown", text, text, text),
        ):
            number = next(_numbers)
            at = now + timedelta(seconds=number)
            comment = f"работает {text}"
            incoming.append(IncomingReport(str(number), owner, text, before, selected, after, comment, at))
    with window.newsroom.database.write() as work:
        work.reports.add(SiteName("main"), incoming)


def look_at_everything(window: Window, page: ReportsPage) -> None:
    """Show every line with its article and details, then accept what can be accepted and reject the rest."""
    for which in (0, 1):
        page.which.choose(which)
        page.refresh()
        window.settle(20_000)
        for row in range(page.model.rowCount()):
            page.list.setCurrentIndex(page.model.index(row))
            rest(window, 70)
            page.grab()
        while page.model.rowCount():
            left = page.model.rowCount()
            # Without a window manager nobody gives the keyboard back when a dialog closes.
            page.activateWindow()
            QTest.qWaitForWindowActive(page)
            page.list.setFocus()
            if page.accepted.isEnabled() and page.card.new:
                QTest.keyClick(page.list, Qt.Key.Key_Return)
            else:
                QTimer.singleShot(0, give_reason)
                QTest.keyClick(page.list, Qt.Key.Key_Delete)
            rest(window, 20)
            assert page.model.rowCount() < left
    page.which.choose(2)
    window.settle(20_000)
    for row in range(page.model.rowCount()):
        page.list.setCurrentIndex(page.model.index(row))
        rest(window, 70)


def give_reason() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, ReasonDialog):
        dialog.field.setPlainText(f"не ошибка, file:///{CANARY}")
        dialog.accept()
    else:
        QTimer.singleShot(5, give_reason)


def rest(window: Window, milliseconds: int) -> None:
    """Let timers run, then wait for both lanes."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < milliseconds:
        QApplication.processEvents()
        QTest.qWait(5)
    window.settle(20_000)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
