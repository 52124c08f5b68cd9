"""How long a text is, counted block by block: a block is counted again only after it has changed."""

from __future__ import annotations

from PySide6.QtGui import QTextBlockUserData, QTextDocument

from newsroom.text import counts
from newsroom.text.counts import Counts
from ui.editor.blocks import HARD_BREAK, OBJECT


class _Counted(QTextBlockUserData):
    """What one block came to when its text last changed."""

    def __init__(self, revision: int, length: int, came_to: Counts) -> None:
        super().__init__()
        self.revision, self.length, self.came_to = revision, length, came_to


def count(qdoc: QTextDocument) -> Counts:
    """The counts of *qdoc*; objects, and so the words of photos, are left out."""
    words = characters = letters = 0
    block = qdoc.begin()
    while block.isValid():
        known = block.userData()
        if not isinstance(known, _Counted) or known.revision != block.revision() or known.length != block.length():
            known = _Counted(block.revision(), block.length(), count_shown(block.text()))
            block.setUserData(known)
        words += known.came_to.words
        characters += known.came_to.characters
        letters += known.came_to.letters
        block = block.next()
    return Counts(characters, letters, words)


def count_shown(text: str) -> Counts:
    """The counts of *text* as Qt gives it, with its signs for objects and hard breaks."""
    return counts.count(text.replace(OBJECT, "").replace(HARD_BREAK, "\n"))
