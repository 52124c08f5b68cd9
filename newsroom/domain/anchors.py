"""What ties a remark to a fragment of a text: the fragment's words, the words around it, and where it stood."""

from dataclasses import dataclass
from typing import Final

#: Characters kept on each side of a fragment.
CONTEXT: Final = 60
#: Longest fragment that is kept; what is longer is known by its beginning.
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """A fragment of a text, to be found again by `newsroom.text.anchors.locate`. All texts are plain."""

    #: Up to `CONTEXT` characters before the fragment.
    before: str
    #: The fragment, up to `LONGEST` characters; never empty.
    selected: str
    #: Up to `CONTEXT` characters after it.
    after: str
    #: Where it began in its text, in characters from 0; below 0 where nobody knows, as of readers' reports.
    position: int
