"""A text as one reads it aloud, for looking up words: no case, accents, kinds of blanks, quotes and dashes,
and no Latin letters that look like Cyrillic ones.

What is found in a folded text is told in places of the text itself.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import Final


def _table() -> dict[int, str]:
    """For each letter with an accent or a capital the plain small one; for each sign the plain one of its kind."""
    kinds = {
        " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufffc",
        '"': "«»„“”‟″″",
        "'": "‘’‚‛′`´ʼ",
        "-": "‐‑‒–—―−",
        ".": "…",
    }
    table = {ord(sign): plain for plain, signs in kinds.items() for sign in signs}
    table |= dict.fromkeys(range(0x2000, 0x200B), " ")
    for code in (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        if code not in table and chr(code).isalpha():
            table[code] = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
    # Latin letters that look like Cyrillic ones: mistakes of the keyboard that readers and desks mend.
    twins = dict(zip("aceopxy", "асеорху", strict=True))
    table |= {code: twins[plain] for code, plain in table.items() if plain in twins}
    return table


_TABLE: Final = _table()
#: What is left out: signs that nobody sees, accents apart from their letter, and the second of two alike.
_DROPPED = re.compile(r"[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff]+|(?<= ) +|(?<=\.)\.+|(?<=-)-+")


class Folded:
    """A folded text, and how its places and those of the text itself belong together.

    Attributes:
        text: the folded text, never longer than the one it was made of.
    """

    def __init__(self, text: str) -> None:
        same_length = text.translate(_TABLE)
        parts: list[str] = []
        #: Where each part begins in the folded text, and in the text itself.
        self._folded, self._plain = [0], [0]
        at = length = 0
        for dropped in _DROPPED.finditer(same_length):
            parts.append(same_length[at : dropped.start()])
            length += dropped.start() - at
            at = dropped.end()
            self._folded.append(length)
            self._plain.append(at)
        parts.append(same_length[at:])
        self.text = "".join(parts)

    def plain_begin(self, folded: int) -> int:
        """The place in the text itself of the letter at *folded*."""
        part = bisect_right(self._folded, folded) - 1
        return self._plain[part] + folded - self._folded[part]

    def plain_end(self, folded: int) -> int:
        """The place behind the letter that ends at *folded*."""
        return self.plain_begin(folded - 1) + 1 if folded else 0

    def folded(self, plain: int) -> int:
        """The place in the folded text of *plain*, a place in the text itself."""
        part = bisect_right(self._plain, plain) - 1
        at = self._folded[part] + plain - self._plain[part]
        return min(at, self._folded[part + 1]) if part + 1 < len(self._folded) else min(at, len(self.text))
