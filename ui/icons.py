"""Icons: glyphs of the Phosphor font that QtAwesome ships, painted as outlines.

The font's file is read from the installed package without importing it: that import takes longer than showing the
window. Colours are asked for at paint time, so an icon follows the theme without being made anew.
"""

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from ui.theme import color

#: Outlines are kept at this size and scaled when painted.
_EM = 256


def icon(name: str, color_role: str = "text", size: int = 18) -> QIcon:
    """The Phosphor glyph *name* (``note-pencil``, ``warning-fill`` …) in the theme's colour *color_role*.

    *size* is only the size that `QIcon.availableSizes` names; the icon is sharp in every other one too.
    Raises `KeyError` for a name that the font does not have.
    """
    _outline(name)
    return QIcon(_GlyphEngine(name, color_role, size))


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


class _GlyphEngine(QIconEngine):
    def __init__(self, name: str, color_role: str, size: int) -> None:
        super().__init__()
        self._name, self._role, self._size = name, color_role, size

    def _fill(self, mode: QIcon.Mode) -> QColor:
        return color("disabled" if mode == QIcon.Mode.Disabled else self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, self._fill(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        return icon_pixmap(self._name, self._fill(mode), min(size.width(), size.height()), scale)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def availableSizes(
        self, _mode: QIcon.Mode = QIcon.Mode.Normal, _state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(self._size, self._size)]

    def isNull(self) -> bool:
        return False

    def clone(self) -> QIconEngine:
        twin = _GlyphEngine(self._name, self._role, self._size)
        # The binding does not hand the twin over to Qt: without a reference here it would be gone at once.
        _twins.append(twin)
        return twin


_twins: list[_GlyphEngine] = []


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
