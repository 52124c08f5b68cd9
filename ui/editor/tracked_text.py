"""What the text says, block by block: a block is read and counted again only after it has changed.

So saving, counting and checking a long article cost what was typed since the last time, not what was ever written.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QTextBlock, QTextDocument

from newsroom.text import counts
from newsroom.text.counts import Counts
from ui.editor.blocks import HARD_BREAK, OBJECT
from ui.editor.document_io import Part, lines_in_block, settled


@dataclass(frozen=True, slots=True)
class _Read:
    """What one QTextBlock said when it was last read."""

    parts: tuple[Part, ...]
    counts: Counts


class TrackedText:
    """Follows *qdoc* from now on."""

    def __init__(self, qdoc: QTextDocument) -> None:
        self._qdoc = qdoc
        #: One for each block of the document; None where it has changed since.
        self._read: list[_Read | None] = [None] * qdoc.blockCount()
        qdoc.documentLayout()  # a document that nothing lays out does not tell of its changes
        qdoc.contentsChange.connect(self._changed)

    def parts(self) -> tuple[Part, ...]:
        """Everything the document says, for `newsroom.text` on any thread (`ui.editor.document_io.blocks_of`)."""
        self.catch_up()
        return tuple(part for read in self._read if read is not None for part in read.parts)

    def counts(self) -> Counts:
        """The counts of the document; objects, and so the words of photos, are left out."""
        self.catch_up()
        known = [read.counts for read in self._read if read is not None]
        return Counts(
            sum(one.characters for one in known), sum(one.letters for one in known), sum(one.words for one in known)
        )

    def catch_up(self, milliseconds: int | None = None) -> bool:
        """Read what has changed, for about so long at most; False where something may be left to be read."""
        timer = QElapsedTimer()
        timer.start()
        for number, read in enumerate(self._read):
            if read is None:
                self._read[number] = _read(self._qdoc.findBlockByNumber(number))
                if milliseconds is not None and timer.elapsed() >= milliseconds:
                    return False
        return True

    def _changed(self, position: int, _removed: int, added: int) -> None:
        """Forget the blocks that were touched; how many there were before follows from those that were not."""
        first = self._qdoc.findBlock(position).blockNumber()
        last = self._qdoc.findBlock(position + added).blockNumber()
        count = self._qdoc.blockCount()
        if first < 0:
            first = count - 1
        if last < 0:
            last = count - 1
        below = count - 1 - last
        self._read[first : len(self._read) - below] = [None] * (last + 1 - first)


def _read(block: QTextBlock) -> _Read:
    return _Read(tuple(map(settled, lines_in_block(block))), count_shown(block.text()))


def count_shown(text: str) -> Counts:
    """The counts of *text* as Qt gives it, with its signs for objects and hard breaks."""
    return counts.count(text.replace(OBJECT, "").replace(HARD_BREAK, "\n"))
