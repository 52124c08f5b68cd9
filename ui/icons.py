"""Icons: glyphs (`ui.glyphs`) in the colours of the theme.

Colours are asked for at paint time, so an icon follows the theme without being made anew.
"""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from ui.glyphs import check_name, icon_pixmap, paint_icon
from ui.theme import color


def icon(name: str, color_role: str = "text", size: int = 18) -> QIcon:
    """The Phosphor glyph *name* (``note-pencil``, ``warning-fill`` …) in the theme's colour *color_role*.

    *size* is only the size that `QIcon.availableSizes` names; the icon is sharp in every other one too.
    Raises `KeyError` for a name that the font does not have.
    """
    check_name(name)
    return QIcon(_GlyphEngine(name, color_role, size))


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
