"""Writing: new articles, saved revisions, the planned time."""

from datetime import datetime

from newsroom.desk.session import Desk
from newsroom.domain.article import Content
from newsroom.domain.changes import Done
from newsroom.domain.ids import ArticleId


def create_article(desk: Desk, content: Content, *, reason: str = "") -> Done[ArticleId]:
    """A new draft with *content* as its first revision. Raises `InvalidInput` for a slug that is taken or malformed."""
    raise NotImplementedError


def save_article(
    desk: Desk, article: ArticleId, content: Content, *, base_revision: int, reason: str = ""
) -> Done[int]:
    """Save *content* as the next revision, and return its number.

    Equal content makes no revision and returns *base_revision*. An approved article falls back to draft, and what was
    waiting in the queue on that approval is cancelled. Raises `StaleEdit` where somebody saved a revision after
    *base_revision*, `InvalidInput` for a bad slug or one changed after the article was live.
    """
    raise NotImplementedError


def plan_article(desk: Desk, article: ArticleId, when: datetime | None) -> Done[None]:
    """Note when the article should go out once it is approved (aware). It does not touch the text or its approval."""
    raise NotImplementedError
