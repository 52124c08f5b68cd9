"""Help: the list of shortcuts, and what this program is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from newsroom import __version__
from newsroom.words import _
from ui.dialogs.frame import Frame
from ui.theme import SPACE_S, SPACE_XL
from ui.widgets import PlainLabel, primary_button


class KeysDialog(Frame):
    """Commands and their keys, in two columns; *keys* are pairs of both."""

    def __init__(self, parent: QWidget | None, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent, _("Клавиши"), width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_XL)
        grid.setVerticalSpacing(SPACE_S)
        half = (len(keys) + 1) // 2
        for place, (command, shortcut) in enumerate(keys):
            row, column = place % half, 2 * (place // half)
            grid.addWidget(PlainLabel(command), row, column)
            grid.addWidget(PlainLabel(shortcut, "muted"), row, column + 1)
        self.column.addLayout(grid)
        self.add_text(
            _(
                "Если раскладка на машине только русская и сочетания с буквами не срабатывают, "
                "все команды есть в меню: Alt и подчёркнутая буква."
            ),
            "small",
        )
        close = primary_button(_("Понятно"))
        close.clicked.connect(self.accept)
        self.add_buttons(close, default=close)


class AboutDialog(Frame):
    """Name, version, purpose."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, _("Редакция"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_text(_("Версия {version}").format(version=__version__), "muted")
        self.add_text(
            _(
                "Здесь пишут, проверяют, назначают и публикуют статьи новостного сайта. "
                "Одобренное выходит один раз и вовремя, что бы ни сломалось по пути."
            )
        )
        close = primary_button(_("Понятно"))
        close.clicked.connect(self.accept)
        self.add_buttons(close, default=close)
