"""Icons follow theme, state and screen."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from ui.glyphs import glyph_file
from ui.icons import icon
from ui.theme import apply_theme, color
from ui.widgets import STATE_LOOKS


def strongest(image: QImage) -> QColor:
    """The colour of the most opaque pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_one_icon_follows_the_theme(qapp: QApplication, theme: str) -> None:
    made_before = icon("stop-fill", "danger")
    apply_theme(qapp, theme)
    assert strongest(made_before.pixmap(32, 32).toImage()).rgb() == color("danger").rgb()
    off = made_before.pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert strongest(off.toImage()).rgb() == color("disabled").rgb()
    apply_theme(qapp, "light")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_are_sharp_on_dense_screens(qapp: QApplication, ratio: float) -> None:
    pixmap = icon("plus").pixmap(QSize(18, 18), ratio)
    assert pixmap.width() == 18 * ratio
    assert pixmap.devicePixelRatio() == ratio


def test_copies_of_an_icon_paint_alike(qapp: QApplication) -> None:
    first = icon("plus")
    second = QIcon(first)
    second.addPixmap(first.pixmap(10, 10))
    assert not second.pixmap(18, 18).toImage().isNull()


def test_an_unknown_name_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("no-such-glyph")


def test_every_state_has_an_icon(qapp: QApplication) -> None:
    assert all(not icon(glyph, role).pixmap(16, 16).isNull() for glyph, role in STATE_LOOKS.values())


def test_pictures_for_style_sheets_are_written_in_two_sizes(qapp: QApplication) -> None:
    name = glyph_file("caret-down", "#112233", 12)
    assert QImage(name).width() == 12
    assert QImage(name.replace(".png", "@2x.png")).width() == 24


def test_the_icon_package_is_not_imported() -> None:
    """Importing it takes longer than showing the window."""
    code = "import sys, ui.icons, ui.widgets; sys.exit('qtawesome' in sys.modules or 'sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
