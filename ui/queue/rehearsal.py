"""What publishing would change on every site, column by column, before anybody approves it.

Each site is asked in the background; one that cannot be reached says so and keeps nobody waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from newsroom.words import _
from ui.dialogs.frame import Frame
from ui.icons import icon
from ui.widgets import PlainLabel, primary_button

if TYPE_CHECKING:
    from newsroom.domain.ids import ArticleId, SiteName
    from newsroom.domain.rehearsal import Rehearsal
    from ui.context import Context

_SIZE: Final = (880, 560)
_WHERE, _BEFORE, _AFTER = range(3)


class RehearsalDialog(Frame):
    """Attributes: ``tree``: sites, below each the columns that would change."""

    def __init__(self, ctx: Context, article: ArticleId, parent: QWidget) -> None:
        super().__init__(parent, _("Что изменится на сайтах"), width=_SIZE[0])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.column.addWidget(
            PlainLabel(_("Новейший текст записан на каждый сайт и отменён: ничего не осталось."), "muted", wrap=True)
        )
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Изменения по сайтам"))
        self.tree.setHeaderLabels([_("Таблица и столбец"), _("Сейчас на сайте"), _("Станет")])
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(False)
        header = self.tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self.column.addWidget(self.tree, 1)
        close = primary_button(_("Закрыть"))
        close.clicked.connect(self.accept)
        self.add_buttons(close, default=close)
        self._closed = False
        self.finished.connect(self._close)
        newsroom, settings = ctx.newsroom, ctx.settings
        assert newsroom is not None
        assert settings is not None
        for site in settings.sites:
            self._ask(ctx, site.name, article)

    def _ask(self, ctx: Context, site: SiteName, article: ArticleId) -> None:
        newsroom = ctx.newsroom
        assert newsroom is not None
        line = QTreeWidgetItem(self.tree, [str(site), _("проверяется…")])
        line.setExpanded(True)
        bold = line.font(_WHERE)
        bold.setBold(True)
        line.setFont(_WHERE, bold)

        def show(found: Rehearsal) -> None:
            if not self._closed:
                _fill(line, found)

        def failed(error: Exception) -> None:
            if not self._closed:
                line.setText(_BEFORE, "")
                for problem in str(error).splitlines() or [repr(error)]:
                    _say(line, problem, "warning", "danger")

        ctx.tasks.background(lambda: newsroom.rehearse(site, article), show, failed)

    def _close(self) -> None:
        self._closed = True


def _fill(line: QTreeWidgetItem, found: Rehearsal) -> None:
    line.setText(_BEFORE, "")
    if not found.transactional:
        _say(line, _("У этого сайта нет транзакции: изменение дойдёт как минимум один раз."), "warning", "warning")
    if found.nothing or not (found.changes or found.files):
        _say(line, found.nothing or _("Ничего не изменится."), "check-circle", "success")
    for change in found.changes:
        where = f"{change.table}.{change.column}"
        if change.by_site:
            where = _("{column} (делает сам сайт)").format(column=where)
        row = QTreeWidgetItem(line, [where, change.before, change.after])
        row.setToolTip(_WHERE, change.row)
        for column in (_BEFORE, _AFTER):
            row.setToolTip(column, row.text(column))
    for file in found.files:
        QTreeWidgetItem(line, [_("файл"), "—", file])


def _say(line: QTreeWidgetItem, text: str, name: str, role: str) -> None:
    row = QTreeWidgetItem(line, [text])
    row.setFirstColumnSpanned(True)
    row.setIcon(_WHERE, icon(name, role))
    row.setToolTip(_WHERE, text)
