"""Headline, lead and text scroll as one page, and the cursor never leaves the sight."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication

from newsroom.text.document import Document, Paragraph, Run
from tests.ui.editor.conftest import NONE, press, type_text
from ui import theme
from ui.editor.body_editor import BodyEditor
from ui.editor.page_view import PageView
from ui.fields.page_head import PageHead

LONG = Document(tuple(Paragraph((Run(f"Абзац {number}. " + "Слово за слово. " * 20),)) for number in range(200)))


@pytest.fixture
def page(qtbot):
    view = PageView(PageHead(), BodyEditor(lambda _photo: QImage()))
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.head.set_texts("Дорога открыта", "Её ждали восемь лет. " * 6)
    view.show()
    qtbot.waitExposed(view)
    view.body.set_document(LONG)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 10_000)
    return view


def cursor_place(page: PageView) -> int:
    """How far below the upper edge of the page the text cursor stands."""
    return page.body.viewport().mapTo(page.viewport(), page.body.cursorRect().center()).y()


def in_sight(page: PageView) -> bool:
    return 0 <= cursor_place(page) <= page.viewport().height()


def test_the_head_scrolls_away_before_the_text_moves_within_itself(page):
    top = page.body.y()
    page.verticalScrollBar().setValue(30)
    assert page.body.verticalScrollBar().value() == 0
    assert page.head.y() < 0
    assert page.body.y() == top - 30
    page.verticalScrollBar().setValue(1000)
    assert page.body.y() == 0
    assert page.body.height() == page.viewport().height()
    assert 0 < page.body.verticalScrollBar().value() < 1000
    page.verticalScrollBar().setValue(0)
    assert page.body.verticalScrollBar().value() == 0
    assert page.head.y() > 0


def test_the_end_of_the_page_is_the_end_of_the_text(page, qtbot):
    page.body.setFocus()
    page.body.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.waitUntil(lambda: in_sight(page))
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert in_sight(page)
    assert cursor_place(page) > page.viewport().height() // 2


def test_a_wheel_over_the_text_turns_the_page(page):
    turn = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.body.viewport(), turn)
    assert page.verticalScrollBar().value() > 0
    assert page.body.verticalScrollBar().value() == 0


def test_typing_and_moving_keep_the_cursor_in_sight(page, qtbot):
    page.activateWindow()
    page.body.setFocus()
    qtbot.waitUntil(page.body.hasFocus)
    page.body.moveCursor(QTextCursor.MoveOperation.Start)
    for _line in range(60):
        press(page.body, Qt.Key.Key_Down)
        assert in_sight(page)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    assert not in_sight(page)
    type_text(page.body, "и")
    assert in_sight(page)
    press(page.body, Qt.Key.Key_PageDown)
    assert in_sight(page)


def test_up_on_the_first_line_goes_to_the_lead_and_shows_it(page, qtbot):
    page.activateWindow()
    page.body.setFocus()
    qtbot.waitUntil(page.body.hasFocus)
    page.body.moveCursor(QTextCursor.MoveOperation.Start)
    page.verticalScrollBar().setValue(page.head.height())
    press(page.body, Qt.Key.Key_Up)
    assert page.head.lead.hasFocus()
    assert page.verticalScrollBar().value() < page.head.height()


def test_a_head_that_grows_pushes_the_text_down(page, qtbot):
    before = page.body.y()
    page.head.set_texts("Дорога открыта", "Её ждали восемь лет. " * 20)
    qtbot.waitUntil(lambda: page.body.y() > before)


def test_a_short_text_has_nothing_to_scroll(page, qtbot):
    page.verticalScrollBar().setValue(5000)
    page.body.set_document(Document((Paragraph((Run("Коротко."),)),)))
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)
    assert page.head.y() > 0


class Paintings(QObject):
    """Which widgets are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(watched)
        return False


@pytest.fixture(params=["light", "dark"])
def look(request, qapp):
    theme.apply_theme(qapp, request.param)
    yield
    theme.apply_theme(qapp, "light")


def test_a_letter_paints_the_text_and_nothing_below_it(look, page, qtbot, qapp):
    page.body.setFocus()
    page.body.moveCursor(QTextCursor.MoveOperation.Start)
    type_text(page.body, "ещё")
    qapp.processEvents()
    paintings = Paintings()
    for widget in (page.viewport(), page.body, page.body.viewport()):
        widget.installEventFilter(paintings)
    type_text(page.body, "я")
    qtbot.waitUntil(lambda: bool(paintings.seen))
    assert set(paintings.seen) == {page.body.viewport()}
