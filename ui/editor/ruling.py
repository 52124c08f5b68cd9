"""A mistake met while writing, on its way to the house: made a rule, or looked for in everything that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from newsroom.domain.findings import Field, Finding
from newsroom.domain.rules import LONGEST_PATTERN
from newsroom.text.reported import sentence_around
from newsroom.words import _
from ui.context import Context
from ui.editor.sheet import cursor_over
from ui.sweep.met import Met

#: Objects in the text, ends of paragraphs and of lines: no rule is about them.
_NO_WORDS = frozenset("\N{OBJECT REPLACEMENT CHARACTER}\N{PARAGRAPH SEPARATOR}\N{LINE SEPARATOR}\n")


class Ruling(QObject):
    """Offers both in the context menus of *fields* that readers read."""

    def __init__(self, ctx: Context, fields: Mapping[Field, QTextEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._fields = ctx, fields
        for name in (Field.HEADLINE, Field.LEAD, Field.BODY):
            field = fields[name]
            field.menu_made.connect(partial(self._fill_menu, field))

    def selected(self) -> Met | None:
        """The words that are selected, with their sentence; None where none are, or where they are no words."""
        fields = sorted(self._fields.values(), key=lambda field: not field.hasFocus())
        return next((met for field in fields if (met := _met(field.textCursor())) is not None), None)

    def make_rule(self, met: Met) -> None:
        """Open the form of a rule with what was *met*."""
        from ui.dialogs.rule_made import make_rule

        make_rule(self._window(), self._ctx, met)

    def make_rule_of(self, finding: Finding) -> None:
        """The same with what *finding* is about."""
        cursor = cursor_over(finding, self._fields)
        met = (_met(cursor) if cursor is not None else None) or Met(finding.words)
        self.make_rule(replace(met, right=finding.fix or "", message=finding.message if not finding.fix else ""))

    def sweep(self, words: str = "") -> None:
        """Look for *words* in everything that readers see."""
        from ui.sweep.dialog import show_sweep

        show_sweep(self._window(), self._ctx, words)

    def _window(self) -> QWidget:
        return self._fields[Field.BODY].window()

    def _fill_menu(self, field: QTextEdit, menu: QMenu, _at: QPoint) -> None:
        met = _met(field.textCursor())
        if met is not None:
            menu.addSeparator()
            menu.addAction(_("Сделать правилом…"), partial(self.make_rule, met))
            menu.addAction(_("Править в архиве…"), partial(self.sweep, met.words))


def _met(cursor: QTextCursor) -> Met | None:
    text = cursor.selectedText()
    words = text.strip()
    if not words or len(words) > LONGEST_PATTERN or _NO_WORDS & set(text):
        return None
    block = cursor.document().findBlock(cursor.selectionStart())
    whole = block.text()
    begin = whole.find(words, len(_before(whole, cursor.selectionStart() - block.position())))
    if begin < 0:
        return Met(words)
    first, last = sentence_around(whole, begin, begin + len(words))
    return Met(words, sentence=whole[first:last])


def _before(text: str, units: int) -> str:
    """What *text* has before the place *units*, which is in UTF-16 units as Qt counts."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace")
