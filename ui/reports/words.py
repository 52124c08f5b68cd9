"""The speller that proposes what a reader meant: its lists are read behind the window, with the words of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from newsroom.domain.changes import Changes
    from newsroom.text.spelling.house import HouseWords
    from newsroom.text.spelling.judging import Lexicons
    from newsroom.text.spelling.speller import Speller
    from ui.context import Context


class ProposingWords(QObject):
    """``speller`` is None until the lists are there; `changed` tells of it, and of other words of the house."""

    changed = Signal()

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._lexicons: Lexicons | None = None
        self._loading = False
        self.speller: Speller | None = None
        ctx.changed.connect(self._on_changed)

    def load(self) -> None:
        """Read the lists if this machine has them; the editor has them built, and they are looked for again later."""
        if self._lexicons is not None or self._loading:
            return
        self._loading = True
        self._ctx.tasks.background(_present_lexicons, self._take_lexicons, lambda _error: self._take_lexicons(None))

    def _take_lexicons(self, lexicons: Lexicons | None) -> None:
        self._loading = False
        self._lexicons = lexicons
        if lexicons is not None:
            self._read_house()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.words and self._lexicons is not None:
            self._read_house()

    def _read_house(self) -> None:
        from newsroom.desk import vocabulary

        self._ctx.read(vocabulary.read_house_words, self._take_house)

    def _take_house(self, house: HouseWords) -> None:
        from newsroom.text.spelling.speller import Speller

        if self._lexicons is not None:
            self.speller = Speller(self._lexicons, house)
            self.changed.emit()


def _present_lexicons() -> Lexicons | None:
    from newsroom.settings import default_cache
    from newsroom.text.spelling.storing import are_present, open_lexicons

    folder = default_cache() / "dictionaries"
    return open_lexicons(folder) if are_present(folder) else None
