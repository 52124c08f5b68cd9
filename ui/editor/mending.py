"""What can be done about a finding on the page: gone to, mended at one key, passed over with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from newsroom.domain.findings import Field, Finding
from newsroom.text.document import Run
from newsroom.words import _
from ui.context import Context
from ui.dialogs.reason import ask_reason
from ui.editor.body_editor import BodyEditor
from ui.editor.commands import one_step
from ui.editor.document_io import run_of, write_inlines
from ui.editor.finder import put
from ui.editor.saving import Saver
from ui.editor.sheet import cursor_over

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done

#: Findings that one key mends all at once.
MARKS = frozenset(("mark-missing", "mark-other", "mark-glued", "mark-note-missing"))


class Mending(QObject):
    """Works on *fields*; what they do not hold is mended by hand.

    Signals:
        told(str): a sentence for the status line.
        changed(): what was found no longer holds.
    """

    told = Signal(str)
    changed = Signal()

    def __init__(self, ctx: Context, saver: Saver, fields: Mapping[Field, QTextEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._saver, self._fields = ctx, saver, fields

    def select(self, finding: Finding) -> QTextEdit | None:
        """Select the place of *finding*; the field that holds it, None where only the field as a whole is meant."""
        cursor = cursor_over(finding, self._fields)
        if cursor is None:
            return None
        edit = self._fields[finding.field]
        edit.setTextCursor(cursor)
        return edit

    def mend(self, finding: Finding) -> bool:
        """Put what *finding* proposes into its place, as one undo step; False where that cannot be."""
        cursor = cursor_over(finding, self._fields) if finding.can_be_fixed else None
        edit = self._fields.get(finding.field)
        if cursor is None or edit is None or edit.isReadOnly():
            self.told.emit(_("Здесь исправить может только человек."))
            return False
        with one_step(cursor):
            _mend(edit, cursor, finding)
        edit.setTextCursor(cursor)
        self._count(finding)
        self.changed.emit()
        return True

    def mend_all(self, findings: Iterable[Finding]) -> int:
        """Mend *findings*, each field as one undo step; how many were mended."""
        mended = 0
        for field, edit in self._fields.items():
            own = [one for one in findings if one.field is field and one.can_be_fixed]
            if not own or edit.isReadOnly():
                continue
            step = QTextCursor(edit.document())
            with one_step(step):
                # From the end: what is in front stays where it was found.
                for finding in sorted(own, key=lambda one: (one.begin or 0, one.end or 0), reverse=True):
                    cursor = cursor_over(finding, self._fields)
                    if cursor is not None:
                        _mend(edit, cursor, finding)
                        mended += 1
        if mended:
            self.changed.emit()
        return mended

    def pass_over(self, finding: Finding, parent: QWidget) -> None:
        """Ask why, and show *finding* no more in this article."""
        article = self._saver.article
        if not finding.ignorable:
            self.told.emit(_("Без этого статью не выпустить: исправьте, а не пропускайте."))
            return
        if article is None:
            self.told.emit(_("Сначала напишите статью."))
            return
        reason = ask_reason(
            parent, _("Пропустить замечание"), " ".join((finding.message, _("Почему?"))), _("Пропустить")
        )
        if not reason:
            return

        def work(desk: Desk) -> Done[None]:
            from newsroom.desk.house_lists import ignore_finding

            return ignore_finding(desk, article, finding, reason)

        self._ctx.act(work, self, lambda _nothing: self.changed.emit())

    def _count(self, finding: Finding) -> None:
        if not finding.code.startswith("rule:"):
            return

        def work(desk: Desk) -> Done[None]:
            from newsroom.desk.house_lists import count_accepted

            return count_accepted(desk, finding)

        self._ctx.act(work, self)


def _mend(edit: QTextEdit, cursor: QTextCursor, finding: Finding) -> None:
    if finding.link_fix and isinstance(edit, BodyEditor):
        text = cursor.selectedText()
        first = QTextCursor(cursor)
        first.setPosition(cursor.selectionStart() + 1)
        letters = run_of(text, first.charFormat())
        cursor.removeSelectedText()
        write_inlines(cursor, (Run(text, letters.bold, letters.italic, finding.link_fix),))
    elif cursor.hasSelection():
        put(edit, cursor, finding.fix or "")
    else:
        cursor.insertText(finding.fix or "")
