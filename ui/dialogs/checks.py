"""Help: what each check looks for, how grave it is, and by whose word."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QTextBrowser, QWidget

from newsroom.domain.findings import Severity
from newsroom.text.checks.catalogue import Explained, subjects
from newsroom.text.checks.rules import PREFIX
from newsroom.words import _
from ui import theme
from ui.dialogs.frame import Frame
from ui.widgets import primary_button

_WIDTH, _HEIGHT = 680, 640
_COLORS = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "muted", None: "muted"}


class ChecksDialog(Frame):
    """All checks by their subjects; one called *code* is brought into sight."""

    def __init__(self, parent: QWidget | None, code: str = "") -> None:
        super().__init__(parent, _("Что ищут проверки"), width=_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Поиск: название, слово, источник"))
        self.search.setAccessibleName(_("Поиск по проверкам"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Проверки"))
        self.column.addWidget(self.search)
        self.column.addWidget(self.text, 1)
        close = primary_button(_("Понятно"))
        close.clicked.connect(self.accept)
        self.add_buttons(close, default=close)
        self._fill()
        if code:
            anchor = PREFIX if code.startswith(PREFIX) else code
            # The text is laid out when it is shown; before that there is nothing to scroll.
            QTimer.singleShot(0, self, lambda: self.text.scrollToAnchor(anchor))
        self.search.setFocus()

    def _fill(self) -> None:
        self.text.setHtml("".join(self._lines(self.search.text().casefold().split())))

    def _lines(self, sought: list[str]) -> Iterator[str]:
        muted = theme.color("muted").name()
        found = False
        for title, checks in subjects():
            shown = [check for check in checks if _has(check, title, sought)]
            if shown:
                yield f"<h3>{escape(title)}</h3>"
            for check in shown:
                found = True
                severity = check.severity.words if check.severity else _("как решит список")
                color = theme.color(_COLORS[check.severity]).name()
                yield (
                    f'<p><a name="{escape(check.code)}"></a><b>{escape(check.title)}</b> '
                    f'<span style="color: {color}">· {escape(severity)}</span><br>{escape(check.about)}<br>'
                    f'<span style="color: {muted}">{escape(check.source)}</span></p>'
                )
        if not found:
            nothing = escape(_("Такой проверки нет."))
            yield f'<p style="color: {muted}">{nothing}</p>'


def _has(check: Explained, title: str, sought: list[str]) -> bool:
    text = f"{title} {check.code} {check.title} {check.about} {check.source}".casefold()
    return all(word in text for word in sought)
