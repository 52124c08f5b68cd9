"""The photo page before a real newsroom: adding, refusing, dropping, showing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from newsroom.desk import reading
from tests.photos.pictures import encoded, picture
from tests.ui.house import Window, open_window
from ui.photos.page import PhotosPage
from ui.photos.pictures import Pictures


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "editor") as window:
        yield window


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> PhotosPage:
    page = PhotosPage(window.ctx)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    window.settle()
    return page


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two photos and two files that are none."""
    made = [tmp_path / name for name in ("каток.jpg", "река.png", "заметка.jpg", "нет.jpg")]
    made[0].write_bytes(encoded(picture(640, 400)))
    made[1].write_bytes(encoded(picture(200, 300), "PNG"))
    made[2].write_text("это не фото", "utf-8")
    return made


def test_without_photos_the_page_says_how_to_add_them(page: PhotosPage) -> None:
    assert not page.list.isVisible()
    assert page.add_button.isEnabled()


def test_photos_are_added_and_each_refused_file_is_named_with_its_reason(
    window: Window, page: PhotosPage, files: list[Path]
) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.adding.add(files)
    window.settle()
    names = {photo.name for photo in reading.read_photos(window.newsroom.sign_in("chief"))}
    assert names == {"каток.jpg", "река.png"}
    assert page.model.rowCount() == 2
    assert page.refusals.isVisible()
    assert "заметка.jpg" in page.refusal_words.text()
    assert "нет.jpg" in page.refusal_words.text()
    assert window.messages[-1][0] == "Добавлено 2 фото."
    tester.deleteLater()


def test_files_can_be_dropped(window: Window, page: PhotosPage, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files[0])), QUrl("http://example.org/x.jpg")])
    left, no_keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, no_keys)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, no_keys))
    window.settle()
    assert page.model.rowCount() == 1
    assert not page.refusals.isVisible()


def test_adding_can_be_stopped_between_two_files(window: Window, page: PhotosPage, files: list[Path]) -> None:
    """What is under way is finished; the rest is left out and nothing is refused."""
    page.adding.add(files[:2])
    page.adding.stop()
    window.settle()
    assert page.model.rowCount() == 1
    assert not page.adding.running


def test_a_picture_is_decoded_beside_the_window_and_scaled_down(
    window: Window, page: PhotosPage, files: list[Path], qtbot: QtBot
) -> None:
    page.adding.add(files[:1])
    window.settle()
    (photo,) = reading.read_photos(window.newsroom.sign_in("chief"))
    pictures = Pictures(window.ctx)
    with qtbot.waitSignal(pictures.ready):
        assert pictures.get(photo.id, 160) is None
    image = pictures.get(photo.id, 160)
    assert image is not None
    assert (image.width(), image.height()) == (160, 100)


def test_a_photo_whose_file_is_gone_is_known_as_unreadable(
    window: Window, page: PhotosPage, files: list[Path], qtbot: QtBot
) -> None:
    page.adding.add(files[:1])
    window.settle()
    (photo,) = reading.read_photos(window.newsroom.sign_in("chief"))
    window.newsroom.photos.path(photo.id).unlink()
    pictures = Pictures(window.ctx)
    with qtbot.waitSignal(pictures.ready):
        pictures.get(photo.id, 100)
    image = pictures.get(photo.id, 100)
    assert image is not None
    assert image.isNull()
