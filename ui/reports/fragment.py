"""A reported fragment in its sentence, and what the reader said of it; strangers' text, shown as plain text only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from newsroom.domain.reports import Report
from newsroom.words import _
from ui import theme
from ui.reports.plain import visible


class FragmentView(QTextEdit):
    """As high as its text needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self.setReadOnly(True)
        self.setProperty("kind", "bare")
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(_("Что отметил читатель"))
        self.document().setDocumentMargin(0)
        theme.watcher().changed.connect(self._set)

    def show_report(self, report: Report) -> None:
        """Show the fragment of *report* between its surroundings, and the comment under it."""
        self._report = report
        self._set()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _set(self) -> None:
        report = self._report
        if report is None:
            return
        self.clear()
        cursor = QTextCursor(self.document())
        plain, marked, muted = self._letters("text"), self._letters("on_selection"), self._letters("muted")
        marked.setBackground(theme.color("selection"))
        marked.setFontWeight(QFont.Weight.DemiBold)
        marked.setFontUnderline(True)
        cursor.insertText("…" + visible(report.before), plain)
        cursor.insertText(visible(report.selected), marked)
        cursor.insertText(visible(report.after) + "…", plain)
        cursor.insertBlock()
        comment = visible(report.comment.strip())
        cursor.insertText(
            _("Читатель: «{comment}»").format(comment=comment) if comment else _("Читатель ничего не добавил."), muted
        )
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 2)

    @staticmethod
    def _letters(role: str) -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setFont(theme.ui_font(theme.tokens().normal + 1))
        letters.setForeground(theme.color(role))
        return letters
