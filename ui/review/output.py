"""«Печать…» and «Файл PDF…»: asks where to, and hands the open article on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from newsroom.domain.errors import EnvironmentFault
from newsroom.words import _, n_
from ui.context import Context
from ui.dialogs.messages import show_error
from ui.review.printing import Printable, print_page, read_printable, write_pdf
from ui.review.reading import dateline_of, first_appearance

if TYPE_CHECKING:
    from newsroom.domain.article import Article, Content

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def ask_for_printer(ctx: Context, parent: QWidget, content: Content, article: Article | None) -> None:
    """Print *content*, the text of *article* as it stands, where the person wants it."""

    def ready(printable: Printable) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(content.headline)
        dialog = QPrintDialog(printer, parent)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            try:
                _tell(ctx, print_page(printable, printer), _("Отправлено на печать"))
            except EnvironmentFault as fault:
                show_error(parent, fault)

    _read(ctx, content, article, ready)


def ask_for_pdf(ctx: Context, parent: QWidget, content: Content, article: Article | None) -> None:
    """Write *content*, the text of *article* as it stands, into a PDF file that the person names."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, _("Сохранить PDF"), str(folder / file_name(content.headline)), "PDF (*.pdf)"
    )
    if not chosen:
        return
    file = Path(chosen) if Path(chosen).suffix.lower() == ".pdf" else Path(f"{chosen}.pdf")

    def ready(printable: Printable) -> None:
        ctx.tasks.background(
            lambda: write_pdf(printable, file),
            lambda count: _tell(ctx, count, _("Сохранено в файл {name}").format(name=file.name)),
        )

    _read(ctx, content, article, ready)


def file_name(headline: str) -> str:
    """A name for a file that every system takes."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", headline).split())[:80].strip(" .")
    return (name or _("Статья")) + ".pdf"


def _read(ctx: Context, content: Content, article: Article | None, ready: Callable[[Printable], None]) -> None:
    desk, settings = ctx.desk, ctx.settings
    if desk is not None and settings is not None:
        dateline = dateline_of(content, settings, first_appearance(article) if article is not None else None)
        ctx.tasks.background(lambda: read_printable(desk, content, dateline), ready)


def _tell(ctx: Context, sheets: int, words: str) -> None:
    counted = n_("{n} страница", "{n} страниц", sheets)
    ctx.message.emit(f"{words} · {counted}", None)
