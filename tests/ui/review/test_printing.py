"""The page of an article on paper."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from newsroom.desk import pictures
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.errors import EnvironmentFault
from tests.photos.pictures import encoded, picture
from tests.ui.house import READY, Window, open_window
from ui.review.output import ask_for_pdf, file_name
from ui.review.printing import Printable, print_page, read_printable, write_pdf
from ui.theme import apply_theme

LONG = READY.with_(body="\n\n".join(f"Абзац {number}. " + "Слово за словом. " * 30 for number in range(40)))


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        yield window


def printable(window: Window, content: Content) -> Printable:
    assert window.ctx.desk is not None
    return read_printable(window.ctx.desk, content, "25 февраля 2022 · Общество · 6+")


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def streams(pdf: bytes) -> bytes:
    """What the streams of a PDF hold, unpacked where they are packed."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"".join(found)


def test_a_short_article_is_one_sheet_whose_letters_can_be_copied(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "каток.pdf"
    assert write_pdf(printable(window, READY), file) == 1
    written = file.read_bytes()
    assert written.startswith(b"%PDF")
    assert pages(written) == 1
    # The map from glyphs to letters names К, а, т, о.
    inside = streams(written).lower()
    assert b"begincmap" in inside
    assert all(f"<{ord(letter):04x}>".encode() in inside for letter in "Като")


def test_a_long_article_takes_several_sheets(window: Window, tmp_path: Path) -> None:
    count = write_pdf(printable(window, LONG), tmp_path / "long.pdf")
    assert count > 3
    assert pages((tmp_path / "long.pdf").read_bytes()) == count


def test_the_photo_is_printed(window: Window, tmp_path: Path) -> None:
    assert window.ctx.desk is not None
    photo = pictures.add_photo(window.ctx.desk, encoded(picture(1200, 800)), "каток.jpg").value
    made = printable(window, READY.with_(photo=LeadPhoto(photo.id, "Каток", "А. Котов", "Каток")))
    assert [image.isNull() for image in made.pictures.values()] == [False]
    write_pdf(made, tmp_path / "photo.pdf")
    assert b"/Subtype /Image" in (tmp_path / "photo.pdf").read_bytes()


def test_a_photo_that_is_gone_does_not_keep_the_rest_from_being_printed(window: Window, tmp_path: Path) -> None:
    made = printable(window, READY.with_(body="Текст.\n\n![](photo:нет)\n"))
    assert write_pdf(made, tmp_path / "gone.pdf") == 1


def test_sheets_are_white_in_the_dark_theme_too(window: Window, tmp_path: Path, qapp: QApplication) -> None:
    made = printable(window, READY)
    write_pdf(made, tmp_path / "light.pdf")
    apply_theme(qapp, "dark", zoom=1.5)
    try:
        write_pdf(made, tmp_path / "dark.pdf")
    finally:
        apply_theme(qapp, "light", zoom=1.0)
    light, dark = (streams((tmp_path / name).read_bytes()) for name in ("light.pdf", "dark.pdf"))
    assert len(light) == len(dark)


def test_a_printer_gets_the_same_sheets(window: Window, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printer.pdf"))
    assert print_page(printable(window, LONG), printer) == pages((tmp_path / "printer.pdf").read_bytes())


def test_a_file_that_cannot_be_written_is_told(window: Window, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="не записан"):
        write_pdf(printable(window, READY), tmp_path / "missing" / "a.pdf")


def test_the_file_is_written_where_the_person_says(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "каток"), ""))
    ask_for_pdf(window.ctx, None, READY, None)
    window.settle()
    assert window.messages == [("Сохранено в файл каток.pdf · 1 страница", None)]
    assert pages((tmp_path / "каток.pdf").read_bytes()) == 1


@pytest.mark.parametrize(
    ("headline", "name"),
    [("Мост: «за» и/или против?", "Мост «за» и или против.pdf"), ("", "Статья.pdf"), ("а" * 200, "а" * 80 + ".pdf")],
)
def test_a_headline_becomes_a_name_that_every_system_takes(headline: str, name: str) -> None:
    assert file_name(headline) == name
