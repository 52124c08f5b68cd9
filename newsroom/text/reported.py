"""What a reader's report is about: the word in the text as it is now, and what may have been meant.

Pure functions; the comment is a stranger's and only ever read for words near to the wrong one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from newsroom.text.spelling.speller import Speller

#: Confidence from which a place is taken for the reported one. Higher than for a comment: nobody knows where it stood.
SURE: Final = 0.8
#: Most letters in which a word of the comment may differ from the wrong one, and the share of the longer one.
_FAR: Final = 4
_FAR_SHARE: Final = 0.4

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»\"”)]*\s+|\n+")


class Source(StrEnum):
    """Where a proposal comes from."""

    COMMENT = "comment"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``text[begin:end]`` is to become ``new``; ``new`` is empty where nothing can be proposed."""

    begin: int
    end: int
    new: str
    source: Source | None


def widened(text: str, begin: int, end: int) -> tuple[int, int]:
    """The whole words of *text* that the span touches."""
    spans = [word.span() for word in _WORD.finditer(text, max(0, text.rfind("\n", 0, begin) + 1))]
    touched = [span for span in spans if span[0] < end and begin < span[1]]
    return (min(begin, touched[0][0]), max(end, touched[-1][1])) if touched else (begin, end)


def propose(text: str, begin: int, end: int, comment: str, speller: Speller | None) -> Proposal:
    """What the reader means by ``text[begin:end]``: by the comment first, then by the house's words and the speller."""
    begin, end = widened(text, begin, end)
    words = [word.span() for word in _WORD.finditer(text, begin, end)]
    for first, last in words:
        if new := _from_comment(text[first:last], comment):
            return Proposal(first, last, new, Source.COMMENT)
    if speller is not None:
        fragment = text[begin:end]
        for found in speller.check(fragment):
            if offered := speller.suggest(found.word):
                return Proposal(begin + found.begin, begin + found.end, offered[0], Source.SPELLING)
    return Proposal(begin, end, "", None)


def _from_comment(word: str, comment: str) -> str:
    """The word of *comment* that is nearest to *word* and another one; empty where none is near."""
    from rapidfuzz.distance import OSA

    most = min(_FAR, int(_FAR_SHARE * len(word)))
    near = [
        (distance, other)
        for other in _WORD.findall(comment)
        if 0 < (distance := OSA.distance(word.lower(), other.lower())) <= most
    ]
    if not near:
        return ""
    new: str = min(near, key=lambda pair: pair[0])[1]
    return new[0].upper() + new[1:] if word[0].isupper() and not new[0].isupper() else new


def sentence_around(text: str, begin: int, end: int) -> tuple[int, int]:
    """The sentence of *text*, or the sentences, that hold the span."""
    first, last = 0, len(text)
    for gap in _SENTENCE_END.finditer(text):
        if gap.end() <= begin:
            first = gap.end()
        elif gap.start() >= end:
            last = gap.start()
            break
    return first, last
