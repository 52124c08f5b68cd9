"""The card that tells how long a text is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from newsroom.text.counts import READING_SPEED, Counts
from newsroom.words import _, current_language, n_
from ui import theme
from ui.widgets import PlainLabel


class StatisticsCard(QFrame):
    """Lengths of some texts, each under its title; closed by a click elsewhere or Esc."""

    def __init__(self, columns: Sequence[tuple[str, Counts]], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Статистика текста"))
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_M)
        grid.setHorizontalSpacing(theme.SPACE_XL)
        grid.setVerticalSpacing(theme.SPACE_S)
        names = (_("Знаков с пробелами"), _("Знаков без пробелов"), _("Слов"), _("Время чтения"))
        for row, name in enumerate(names, start=1):
            grid.addWidget(PlainLabel(name, "muted"), row, 0)
        for column, (title, counts) in enumerate(columns, start=1):
            grid.addWidget(PlainLabel(title, "section"), 0, column, Qt.AlignmentFlag.AlignRight)
            for row, words in enumerate(rows_of(counts), start=1):
                label = PlainLabel(words)
                label.setFont(theme.ui_font(tabular=True))
                label.setAccessibleName(f"{title}: {names[row - 1]} {words}")
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignRight)
        note = _("Чтение — {speed} слов в минуту. Подписи к фото в тексте не считаются.").format(speed=READING_SPEED)
        grid.addWidget(PlainLabel(note, "small"), len(names) + 1, 0, 1, len(columns) + 1)

    def show_above(self, widget: QWidget) -> None:
        """Open above *widget*, inside the screen."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(0, -self.height() - theme.SPACE_XS))
        screen = widget.screen().availableGeometry()
        left = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        self.move(left, max(screen.top(), corner.y()))
        self.show()


def rows_of(counts: Counts) -> tuple[str, str, str, str]:
    """Characters with and without blanks, words, reading time: as a person reads them."""
    return grouped(counts.characters), grouped(counts.letters), grouped(counts.words), _time(counts.reading_seconds)


def grouped(number: int) -> str:
    """*number* with its thousands apart, as the language has it."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if current_language() == "ru" else ",")


def _time(seconds: int) -> str:
    if seconds < 60:
        return n_("{n} секунда", "{n} секунд", seconds)
    return n_("{n} минута", "{n} минут", round(seconds / 60))
