"""What was corrected between two contents of an article: words replaced in its texts, and nothing else."""

import re
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final

from newsroom.domain.article import Content
from newsroom.domain.comments import Place
from newsroom.domain.corrections import Correction
from newsroom.domain.errors import InvalidInput
from newsroom.text.anchors import anchor_of
from newsroom.text.page_text import texts_of, with_words

#: More places than that, or longer ones (in characters), are another text and not a correction.
_MOST: Final = 20
_LONGEST: Final = 100

_WORD: Final = re.compile(r"\S+\s*|\s+")


def corrections_between(old: Content, new: Content) -> tuple[Correction, ...] | None:
    """The corrections that make *new* of *old*, with places in *old*; None where more than a few words differ."""
    before, after = texts_of(old), texts_of(new)
    if any(before[field] and not after[field] for field in before):
        return None
    found: list[Correction] = []
    made = old
    try:
        for field, text in before.items():
            # From the end: what is in front stays where it is.
            for begin, end, words in reversed(_replaced(text, after[field])):
                if not text[begin:end].strip() or max(end - begin, len(words)) > _LONGEST or len(found) == _MOST:
                    return None
                found.append(Correction(Place(field, anchor_of(text, begin, end)), words))
                made = with_words(made, field, begin, end, words)
    except InvalidInput:
        return None
    return tuple(found) if made == new else None


def _replaced(old: str, new: str) -> list[tuple[int, int, str]]:
    """Spans of *old*, in order and each with the words that *new* has there."""
    if old == new or not old:
        return []
    a, b = _WORD.findall(old), _WORD.findall(new)
    head = sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    tail = sum(
        1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(a[head:][::-1], b[head:][::-1], strict=False))
    )
    middle = SequenceMatcher(None, a[head : len(a) - tail], b[head : len(b) - tail], autojunk=False)
    starts = [0]
    for word in a:
        starts.append(starts[-1] + len(word))
    spans = []
    for _tag, i1, i2, j1, j2 in (code for code in middle.get_opcodes() if code[0] != "equal"):
        first, last, words = i1 + head, i2 + head, b[j1 + head : j2 + head]
        if first == last:
            # Something was put in: a neighbour is told with it, so that there is a place to find.
            if first:
                first, words = first - 1, [a[first - 1], *words]
            else:
                last, words = 1, [*words, a[0]]
        was, now = old[starts[first] : starts[last]], "".join(words)
        spans.append(_bare(starts[first], was, now))
    return spans


def _bare(begin: int, old: str, new: str) -> tuple[int, int, str]:
    """The span of *old*, which begins at *begin*, and *new*, without the blanks and signs around both."""
    while old and new and old[-1] == new[-1] and not old[-1].isalnum():
        old, new = old[:-1], new[:-1]
    while old and new and old[0] == new[0] and not old[0].isalnum():
        old, new, begin = old[1:], new[1:], begin + 1
    return begin, begin + len(old), new
