"""What changed between two texts of an article: every field that differs, with added and removed words marked.

Added words are underlined, removed ones struck out; the coloured ground only repeats what the line already says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from newsroom.words import _, n_
from ui import theme
from ui.widgets import EmptyPlace, PlainLabel, line

if TYPE_CHECKING:
    from newsroom.desk.reading import Settings
    from newsroom.domain.article import Content
    from newsroom.text.diff import FieldChange, ParagraphChange
    from ui.context import Context


_DECORATIONS = {"added": "underline", "removed": "line-through"}


@dataclass(frozen=True, slots=True)
class Base:
    """Another text to compare with."""

    #: What it is, in the instrumental case: «тем, что сейчас на сайте».
    title: str
    content: Content
    #: What kind of base it is: of other texts the person will want to see the same.
    key: str = ""
    #: Whether it was written after the text, so that the text is the older of the two.
    newer: bool = False


class ChangesView(QWidget):
    """Attributes: ``base`` chooses what to compare with, ``text`` shows the differences.

    ``added`` and ``removed`` count the words and show by themselves how the text shows them.
    """

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._content: Content | None = None
        self._bases: tuple[Base, ...] = ()
        self._settings: Settings | None = None
        self._changes: Sequence[FieldChange] = ()
        self._asked = 0
        self.base = QComboBox()
        self.base.setAccessibleName(_("С чем сравнить"))
        # Long titles give way in narrow places.
        self.base.setMinimumWidth(120)
        self.base.currentIndexChanged.connect(self._compare)
        self.text = _Differences()
        equal = EmptyPlace("equals", _("Тексты одинаковы"), _("Ни одно поле не отличается."))
        self._stack = QStackedWidget()
        self._stack.addWidget(equal)
        self._stack.addWidget(self.text)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_S)
        head.addWidget(PlainLabel(_("Сравнить с"), "muted"))
        head.addWidget(self.base)
        head.addStretch(1)
        self.added, self.removed = PlainLabel("", "small"), PlainLabel("", "small")
        self.added.setToolTip(_("Столько слов добавлено; они подчёркнуты."))
        self.removed.setToolTip(_("Столько слов убрано; они зачёркнуты."))
        for legend in (self.added, self.removed):
            head.addWidget(legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._stack, 1)
        theme.watcher().changed.connect(self._show)

    def show_changes(self, content: Content, bases: Sequence[Base], settings: Settings) -> None:
        """Offer *bases* to compare *content* with, and compare it with the first, or with the one chosen before."""
        if (content, tuple(bases)) == (self._content, self._bases):
            return
        chosen = self.base.currentData()
        self._content, self._bases, self._settings = content, tuple(bases), settings
        self.base.blockSignals(True)
        self.base.clear()
        for base in bases:
            self.base.addItem(base.title, base.key or base.title)
        self.base.setCurrentIndex(max(0, self.base.findData(chosen)) if bases else -1)
        self.base.blockSignals(False)
        self._compare()

    def clear(self) -> None:
        """Show nothing, and wait for no answer."""
        self._asked += 1
        self._content, self._bases, self._changes = None, (), ()

    def _compare(self) -> None:
        self._asked += 1
        asked, new, number = self._asked, self._content, self.base.currentIndex()
        if new is None or not 0 <= number < len(self._bases):
            return
        old = self._bases[number].content
        if self._bases[number].newer:
            old, new = new, old
        assert self._settings is not None
        zone = self._settings.house.tz

        def compared(changes: Sequence[FieldChange]) -> None:
            if asked == self._asked:
                self._changes = changes
                self._show()
                self.text.verticalScrollBar().setValue(0)

        self._ctx.tasks.background(lambda: _compared(old, new, zone), compared)

    def _show(self) -> None:
        self._stack.setCurrentIndex(1 if self._changes else 0)
        if self._settings is not None:
            self.text.show_differences(self._changes, self._settings)
        added, removed = _count(self._changes, "added"), _count(self._changes, "removed")
        self._count_words(self.added, "added", _("добавлено: {n}").format(n=added))
        self._count_words(self.removed, "removed", _("убрано: {n}").format(n=removed))
        self.text.setAccessibleDescription(f"{self.added.text()}, {self.removed.text()}")

    def _count_words(self, legend: PlainLabel, kind: str, words: str) -> None:
        legend.setText(words)
        legend.setVisible(bool(self._changes))
        letters, ground = theme.color("text").name(), theme.color(kind).name()
        legend.setStyleSheet(
            f"text-decoration: {_DECORATIONS[kind]}; color: {letters}; background: {ground};"
            f" padding: 1px {theme.SPACE_XS}px"
        )


class _Differences(QTextEdit):
    """The differing fields one below another, in a column as wide as an article's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setProperty("kind", "bare")
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        # Not by keyboard: there the arrows would move a caret that nobody needs instead of scrolling.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Изменения"))

    def show_differences(self, changes: Sequence[FieldChange], settings: Settings) -> None:
        """Show *changes*; rubrics by their titles, photos as replaced, long unchanged stretches by their length."""
        place = self.verticalScrollBar().value()
        self.clear()
        cursor = QTextCursor(self.document())
        rubrics = {str(rubric.slug): rubric.title for rubric in settings.rubrics}
        for number, change in enumerate(changes):
            self._start(cursor, fresh=number == 0, above=theme.SPACE_L if number else 0, below=theme.SPACE_XS)
            title = _letters(theme.tokens().small, "muted")
            title.setFontWeight(QFont.Weight.DemiBold)
            cursor.insertText(change.title, title)
            if change.field in ("rubric", "photo"):
                self._start(cursor)
                if change.field == "photo" and change.old and change.new:
                    self._replaced(cursor, "", _("фото заменено"))
                else:
                    name = rubrics.get if change.field == "rubric" else _photo_words
                    self._replaced(cursor, name(change.old, change.old), name(change.new, change.new))
            else:
                self._paragraphs(cursor, change.changes, _size_of(change.field))
        self._set_margins()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def _paragraphs(self, cursor: QTextCursor, changes: Sequence[ParagraphChange], size: int) -> None:
        for paragraph in _shortened(changes):
            self._start(cursor)
            if isinstance(paragraph, int):
                words = n_("⋯ без изменений: {n} абзац", "⋯ без изменений: {n} абзацев", paragraph)
                cursor.insertText(words, _letters(theme.tokens().small, "muted"))
                continue
            for piece in paragraph.pieces:
                cursor.insertText(piece.text.replace("\n", "\u2028"), _marked(piece.kind, size))

    def _replaced(self, cursor: QTextCursor, old: str, new: str) -> None:
        size = theme.tokens().article
        if old:
            cursor.insertText(old, _marked("removed", size))
        if old and new:
            cursor.insertText(" → ", _letters(size, "muted"))
        if new:
            cursor.insertText(new, _marked("added", size))

    @staticmethod
    def _start(cursor: QTextCursor, *, fresh: bool = False, above: int = 0, below: int = theme.SPACE_M) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setBottomMargin(below)
        block.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if fresh:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)

    def _set_margins(self) -> None:
        side = max(theme.SPACE_XL, (self.viewport().width() - theme.ARTICLE_WIDTH) // 2)
        frame = self.document().rootFrame().frameFormat()
        frame.setMargin(theme.SPACE_XL)
        frame.setLeftMargin(side)
        frame.setRightMargin(side)
        self.document().rootFrame().setFrameFormat(frame)


def _compared(old: Content, new: Content, zone: tzinfo) -> Sequence[FieldChange]:
    from newsroom.text.diff import compare_contents

    return compare_contents(old, new, zone)


def _count(changes: Sequence[FieldChange], kind: str) -> int:
    """How many words of *kind* the *changes* hold; the name of a photo is none."""
    fields = (field for field in changes if field.field != "photo")
    pieces = (piece for field in fields for paragraph in field.changes for piece in paragraph.pieces)
    return sum(len(re.findall(r"\w+", piece.text)) for piece in pieces if piece.kind == kind)


def _shortened(changes: Sequence[ParagraphChange]) -> list[ParagraphChange | int]:
    """*changes* with stretches of unchanged paragraphs, away from any change, as their number."""
    near = {place + step for place, change in enumerate(changes) if change.kind != "same" for step in (-1, 0, 1)}
    shown: list[ParagraphChange | int] = []
    for place, change in enumerate(changes):
        if place in near:
            shown.append(change)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return shown


def _size_of(field: str) -> int:
    look = theme.tokens()
    return {"headline": look.article_lead + 2, "lead": look.article_lead}.get(field, look.article)


def _photo_words(photo: str, _default: str) -> str:
    return _("фото") if photo else ""


def _marked(kind: str, size: int) -> QTextCharFormat:
    letters = _letters(size, "text")
    if kind == "added":
        letters.setBackground(theme.color("added"))
        letters.setFontUnderline(True)
    elif kind == "removed":
        letters.setBackground(theme.color("removed"))
        letters.setFontStrikeOut(True)
    return letters


def _letters(size: int, role: str) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFont(theme.ui_font(size))
    letters.setForeground(theme.color(role))
    return letters
