"""Words and characters of a text, counted block by block: a block is counted again only after it has changed."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlockUserData, QTextDocument

from ui.editor.blocks import HARD_BREAK, OBJECT

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class _Counted(QTextBlockUserData):
    """What one block came to when its text last changed."""

    def __init__(self, revision: int, length: int, words: int, characters: int) -> None:
        super().__init__()
        self.revision, self.length, self.words, self.characters = revision, length, words, characters


def count(qdoc: QTextDocument) -> tuple[int, int]:
    """Words, and characters with spaces, of *qdoc*; ends of paragraphs are no characters."""
    words = characters = 0
    block = qdoc.begin()
    while block.isValid():
        known = block.userData()
        if not isinstance(known, _Counted) or known.revision != block.revision() or known.length != block.length():
            text = block.text().replace(OBJECT, "").replace(HARD_BREAK, " ")
            known = _Counted(block.revision(), block.length(), len(_WORD.findall(text)), len(text))
            block.setUserData(known)
        words += known.words
        characters += known.characters
        block = block.next()
    return words, characters
