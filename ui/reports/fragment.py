"""A reported fragment in its sentence, and what the reader said of it; strangers' text, shown as plain text only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from newsroom.domain.reports import Report
from newsroom.domain.triage import Spot
from newsroom.words import _
from ui import theme
from ui.reports.plain import quotable, visible


class FragmentView(QTextEdit):
    """As high as its text needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = ("", "", "")
        self._new = self._comment = ""
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
        self._parts = (f"…{report.before}", report.selected, f"{report.after}…")
        self._new, self._comment = "", report.comment
        self._set()

    def show_spot(self, spot: Spot, new: str, comment: str) -> None:
        """Show the sentence of *spot* as it stands, the wrong words beside *new*, and the comment under it."""
        self._parts = (spot.before, spot.words, spot.after)
        self._new, self._comment = new, comment
        self._set()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _set(self) -> None:
        before, words, after = map(visible, self._parts)
        comment = quotable(self._comment)
        self.clear()
        cursor = QTextCursor(self.document())
        plain, marked, muted = self._letters("text"), self._letters("on_selection"), self._letters("muted")
        marked.setBackground(theme.color("selection"))
        marked.setFontWeight(QFont.Weight.DemiBold)
        marked.setFontUnderline(True)
        cursor.insertText(before, plain)
        if self._new:
            marked.setFontUnderline(False)
            marked.setFontStrikeOut(True)
            right = self._letters("success")
            right.setFontWeight(QFont.Weight.DemiBold)
            cursor.insertText(words, marked)
            cursor.insertText(" → ", muted)
            cursor.insertText(visible(self._new), right)
        else:
            cursor.insertText(words, marked)
        cursor.insertText(after, plain)
        cursor.insertBlock()
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
