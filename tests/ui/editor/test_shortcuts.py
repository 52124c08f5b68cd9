"""Keys that do something to the text, as they reach it through the window."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from newsroom.text.document import Document, Heading, Item, List, Paragraph, Quote, Run
from tests.ui.editor.conftest import CTRL, SHIFT, cursor_at
from ui.editor.body_editor import BodyEditor
from ui.editor.dialogs import LinkDialog
from ui.editor.toolbar import EditorToolbar

WORDS = (Run("Дорога"),)


@pytest.fixture
def desk(qtbot) -> Iterator[BodyEditor]:
    """The text with its toolbar in a window that has the keyboard; one word, selected."""
    window, body = QWidget(), BodyEditor(lambda _photo: QImage())
    layout = QVBoxLayout(window)
    layout.addWidget(EditorToolbar(body))
    layout.addWidget(body)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    body.setFocus()
    qtbot.waitUntil(body.hasFocus)
    body.set_document(Document((Paragraph(WORDS),)))
    cursor_at(body, 0, 6)
    yield body  # noqa: PT022 -- keeps the window alive for as long as the test runs


@pytest.mark.parametrize(
    ("key", "held", "made"),
    [
        (Qt.Key.Key_B, CTRL, Paragraph((Run("Дорога", bold=True),))),
        (Qt.Key.Key_I, CTRL, Paragraph((Run("Дорога", italic=True),))),
        (Qt.Key.Key_2, CTRL | SHIFT, Heading(2, WORDS)),
        (Qt.Key.Key_3, CTRL | SHIFT, Heading(3, WORDS)),
        (Qt.Key.Key_8, CTRL | SHIFT, List((Item(WORDS),))),
        (Qt.Key.Key_7, CTRL | SHIFT, List((Item(WORDS),), ordered=True)),
        (Qt.Key.Key_9, CTRL | SHIFT, Quote((WORDS,))),
    ],
)
def test_a_key_makes_it_and_the_same_key_takes_it_back(desk, qtbot, key, held, made):
    qtbot.keyClick(desk, key, held)
    assert desk.read_document() == Document((made,))
    qtbot.keyClick(desk, key, held)
    assert desk.read_document() == Document((Paragraph(WORDS),))


def test_ctrl_k_asks_for_an_address(desk, qtbot, monkeypatch):
    def answer(dialog: LinkDialog) -> int:
        dialog._address.setText("example.org/doroga")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(LinkDialog, "exec", answer)
    qtbot.keyClick(desk, Qt.Key.Key_K, CTRL)
    assert desk.read_document() == Document((Paragraph((Run("Дорога", link="https://example.org/doroga"),)),))


@pytest.mark.parametrize(
    ("entered", "address"),
    [
        ("site.ru/a?utm_source=tg&id=5", "https://site.ru/a?id=5"),
        (" https://site.ru/?fbclid=1 ", "https://site.ru/"),
        ("мвд.рф", "https://мвд.рф"),
        ("site.ru:8080/x", "https://site.ru:8080/x"),
        ("desk@site.ru", "mailto:desk@site.ru"),
        ("javascript:alert(1)", ""),
        ("ftp://site.ru", ""),
        ("@kanal", ""),
        ("слово", ""),
        ("два слова.рф", ""),
        ("", ""),
    ],
)
def test_what_is_entered_is_an_address_or_is_refused(desk, entered, address):
    dialog = LinkDialog("", desk)
    dialog._address.setText(entered)
    assert dialog.address == address
    dialog.accept()
    assert bool(dialog.result()) == bool(address)


def test_a_link_is_opened_by_ctrl_and_click_and_from_the_menu(desk, qtbot):
    class Browser(QObject):
        shown: ClassVar[list[str]] = []

        @Slot(QUrl)
        def show(self, url: QUrl) -> None:
            self.shown.append(url.toString())

    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "show")
    desk.set_document(Document((Paragraph((Run("Дорога", link="https://site.ru/a"), Run(" есть"))),)))
    cursor_at(desk, 0)
    inside, beside = (desk.cursorRect(QTextCursor(desk.document())).center() + QPoint(x, 0) for x in (12, 300))
    qtbot.mouseClick(desk.viewport(), Qt.MouseButton.LeftButton, CTRL, beside)
    qtbot.mouseClick(desk.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert browser.shown == []
    qtbot.mouseClick(desk.viewport(), Qt.MouseButton.LeftButton, CTRL, inside)
    [action] = [one for one in desk.make_menu(inside).actions() if one.text() == "Открыть ссылку"]
    action.trigger()
    assert browser.shown == ["https://site.ru/a"] * 2
    assert "Открыть ссылку" not in [one.text() for one in desk.make_menu(beside).actions()]
    QDesktopServices.unsetUrlHandler("https")


def test_the_menu_speaks_our_language(desk):
    menu = desk.make_menu(desk.viewport().rect().center())
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words[:2] == ["Отменить", "Вернуть"]
    assert not any(word.isascii() for word in words)
