"""The reading view: the page as readers see it, and nothing loaded from outside."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from newsroom.desk import pictures
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.ids import PhotoId
from tests.photos.pictures import encoded, picture
from tests.ui.house import READY, Window, open_window
from ui.review.reading import ReadingView

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        yield window


def show(window: Window, qtbot: QtBot, content: Content, out_at: datetime | None = None) -> ReadingView:
    view = ReadingView(window.ctx)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    assert window.ctx.settings is not None
    view.show_content(content, window.ctx.settings, out_at=out_at)
    window.settle()
    return view


def test_the_page_shows_what_the_site_will_show_in_its_order(window: Window, qtbot: QtBot) -> None:
    content = READY.with_(note="Источник: пресс-служба", byline="Ирина Ветрова")
    view = show(window, qtbot, content, datetime(2022, 2, 25, 7, 35, tzinfo=UTC))
    assert view.toPlainText().splitlines() == [
        "На набережной открыли каток",
        "Прокат, раздевалки и музыка до девяти вечера",
        "25 февраля 2022, 17:35 · Общество · 6+",
        "Каток заработал в субботу. Вход стоит 250 рублей.",
        "Ждали три года.",
        "— Ольга Пирогова, жительница",
        "Ирина Ветрова",
        "⁂",
        "Источник: пресс-служба",
    ]


def test_the_column_is_never_wider_than_on_the_site(window: Window, qtbot: QtBot) -> None:
    view = show(window, qtbot, READY)
    view.resize(1600, 700)
    window.settle()
    frame = view.document().rootFrame().frameFormat()
    assert view.viewport().width() - frame.leftMargin() - frame.rightMargin() <= 721


def test_a_photo_stands_with_its_caption_and_credit(window: Window, qtbot: QtBot) -> None:
    data = encoded(picture(600, 400))
    photo = pictures.add_photo(window.newsroom.sign_in("editor"), data, "каток.jpg").value
    view = show(window, qtbot, READY.with_(photo=LeadPhoto(photo.id, "Каток", "Анна Лебедева", "Лёд")))
    assert "Фото: Анна Лебедева" in view.toPlainText()
    shown = view.loadResource(IMAGE, QUrl(f"photo:{photo.id}"))
    assert (shown.width(), shown.height()) == (600, 400)


def test_a_photo_that_is_gone_is_said_to_be_gone(window: Window, qtbot: QtBot) -> None:
    view = show(window, qtbot, READY.with_(photo=LeadPhoto(PhotoId("0" * 64), "Каток", "Анна")))
    assert "Фото не читается" in view.toPlainText()


@pytest.mark.parametrize(
    "name", ["http://example.org/x.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "x.png"]
)
def test_nothing_is_loaded_from_outside(window: Window, qtbot: QtBot, name: str) -> None:
    view = show(window, qtbot, READY)
    assert view.loadResource(IMAGE, QUrl(name)).isNull()


def test_markup_in_the_text_is_text(window: Window, qtbot: QtBot) -> None:
    content = READY.with_(
        headline="<img src='file:///etc/passwd'> заголовок", body="<script>alert(1)</script>\n\nТекст"
    )
    view = show(window, qtbot, content)
    assert "<img src='file:///etc/passwd'> заголовок" in view.toPlainText()
    assert "Текст" in view.toPlainText()


def test_the_newest_request_wins(window: Window, qtbot: QtBot) -> None:
    view = show(window, qtbot, READY)
    assert window.ctx.settings is not None
    for number in range(5):
        view.show_content(READY.with_(headline=f"Вариант {number}"), window.ctx.settings)
    window.settle()
    assert view.toPlainText().startswith("Вариант 4")
