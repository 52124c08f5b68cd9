"""Keeps the text of the open article in the local journal while somebody types: safe on this disk within a second.

The file goes when the newsroom has the text; `ui.editor.recovery` offers those that a killed program left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.context import Context
from ui.editor.journal_writer import JournalWriter
from ui.editor.saving import Draft, Saver, SaveState

if TYPE_CHECKING:
    from newsroom.journal import Entry


class JournalKeeper(QObject):
    """Follows *saver* and keeps what *take_draft* gives while it is not saved."""

    def __init__(self, ctx: Context, saver: Saver, take_draft: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._saver = saver
        self._take_draft = take_draft
        self._writer = JournalWriter(ctx, self._take, self)
        saver.typed.connect(self._writer.soon)
        saver.state_changed.connect(self._state_changed)

    @property
    def busy(self) -> bool:
        """Whether a write is under way or will begin by itself."""
        return self._writer.busy

    @property
    def safe(self) -> bool:
        """Whether what is not saved is on this disk."""
        return self._writer.safe

    def close(self) -> None:
        """Leave nothing behind where everything is saved."""
        self._writer.close()

    def _state_changed(self, state: SaveState) -> None:
        if state in (SaveState.SAVED, SaveState.EMPTY) and not self._saver.dirty:
            self._writer.settle()

    def _take(self) -> Callable[[str], Entry] | None:
        desk, saver = self._ctx.desk, self._saver
        if desk is None or not saver.dirty:
            return None
        draft = self._take_draft()
        if saver.article is None and draft.is_empty():
            return None
        article, revision, base_hash, login = saver.article, saver.base_revision, saver.base_hash, desk.person.login

        def make(key: str) -> Entry:
            from newsroom.journal import Entry

            return Entry(key, article, revision, base_hash, draft.whole(), login, datetime.now(UTC))

        return make
