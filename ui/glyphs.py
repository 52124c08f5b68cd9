"""Glyphs of the Phosphor font that QtAwesome ships, painted as outlines in whatever colour is asked for.

The font's file is read from the installed package without importing it: that import takes longer than showing the
window. `ui.icons` makes icons of them that follow the theme.
"""

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

#: Outlines are kept at this size and scaled when painted.
_EM = 256


def check_name(name: str) -> None:
    """Raises `KeyError` for a name that the font does not have."""
    _outline(name)


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, fill: QColor) -> None:
    """Paint the glyph *name* into *rect* in colour *fill*; for delegates."""
    side = min(rect.width(), rect.height())
    center = QRectF(rect).center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(center - QPointF(side / 2, side / 2))
    painter.scale(side / _EM, side / _EM)
    painter.fillPath(_outline(name), fill)
    painter.restore()


def icon_pixmap(name: str, fill: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The glyph *name* as a picture *size* device-independent pixels wide, for a screen of *ratio*."""
    return _pixmap(name, fill.name(QColor.NameFormat.HexArgb), size, ratio)


@lru_cache(maxsize=512)
def _pixmap(name: str, fill: str, size: int, ratio: float) -> QPixmap:
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, QRect(0, 0, pixels, pixels), name, QColor(fill))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("QtAwesome is not installed: its package holds the icon font")
    return Path(spec.origin).parent / "fonts"


@cache
def _charmap() -> dict[str, str]:
    file = next(_font_folder().glob("phosphor-charmap-*.json"))
    names: dict[str, str] = json.loads(file.read_text("utf-8"))
    return names


@cache
def _raw_font() -> QRawFont:
    file = next(_font_folder().glob("phosphor-[0-9]*.ttf"))
    return QRawFont(str(file), _EM, QFont.HintingPreference.PreferNoHinting)


@cache
def _outline(name: str) -> QPainterPath:
    """The glyph as an outline in a square of `_EM`, its middle in the middle of the square."""
    font = _raw_font()
    glyph = font.glyphIndexesForString(chr(int(_charmap()[name], 16)))[0]
    path = font.pathForGlyph(glyph)
    # Every glyph of the font sits in the same em square, between ascent and descent.
    return QTransform.fromTranslate(0, font.ascent()).map(path)


@cache
def _glyph_folder() -> QTemporaryDir:
    return QTemporaryDir()


@cache
def glyph_file(name: str, fill: str, size: int) -> str:
    """Path of a PNG of the glyph, with a double-size twin beside it: style sheets take pictures from files only."""
    folder = _glyph_folder().path()
    base = f"{folder}/{name}-{fill.removeprefix('#')}-{size}"
    _pixmap(name, fill, size, 1.0).save(f"{base}.png")
    twin = _pixmap(name, fill, size * 2, 1.0)
    twin.save(f"{base}@2x.png")
    return f"{base}.png"
