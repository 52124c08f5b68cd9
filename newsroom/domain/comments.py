"""Comments of the desk: remarks of colleagues tied to a fragment of an article's text. Readers never see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from newsroom.domain.anchors import Anchor
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId, PersonId

#: The fields whose text can be commented on, in reading order.
COMMENTED: Final = (Field.HEADLINE, Field.LEAD, Field.BODY)
#: Longest comment, in characters.
LONGEST_COMMENT: Final = 2_000
#: Characters of a fragment or comment that are shown where there is one line for it.
BRIEF: Final = 80


@dataclass(frozen=True, slots=True)
class Place:
    """The fragment that a comment or a correction is tied to."""

    #: Of a comment one of `COMMENTED`.
    field: Field
    #: In the text of the field as readers see it (`newsroom.text.counts.plain_text`).
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Comment:
    id: CommentId
    article: ArticleId
    #: As it was when somebody last wrote with the comment in view.
    place: Place
    #: The fragment as it was when the comment was made.
    first: Anchor
    text: str
    author: PersonId
    author_name: str
    made_at: datetime
    #: When the author last changed the text.
    reworded_at: datetime | None = None
    #: Name of whoever said that it is settled; empty while it is not.
    resolved_by: str = ""
    resolved_at: datetime | None = None

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None

    @property
    def words(self) -> str:
        """The words that the comment was made about, in one line, shortened."""
        return brief(self.first.selected)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a comment's fragment is in one revision: characters of the field's text as readers see it."""

    field: Field
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedComment:
    comment: Comment
    #: None where the fragment is gone, or cannot be found for sure.
    span: Span | None


def brief(text: str) -> str:
    """*text* in one line of at most `BRIEF` characters."""
    line = " ".join(text.split())
    return line if len(line) <= BRIEF else f"{line[: BRIEF - 1].rstrip()}…"
