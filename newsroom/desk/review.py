"""Review: submitting, returning, approving; what blocks publication."""

from datetime import datetime

from newsroom.desk.session import Desk
from newsroom.domain.article import Content
from newsroom.domain.blockers import Blocker
from newsroom.domain.changes import Done
from newsroom.domain.ids import ArticleId


def blockers_of(desk: Desk, content: Content) -> list[Blocker]:
    """What keeps *content* from publication; remarks included."""
    raise NotImplementedError


def submit(desk: Desk, article: ArticleId) -> Done[None]:
    """Send to the chief editor. Raises `Blocked` with all blockers at once."""
    raise NotImplementedError


def return_article(desk: Desk, article: ArticleId, reason: str) -> Done[None]:
    """Send back to the author; *reason* must not be empty. An approval that stood is voided and its queue cancelled."""
    raise NotImplementedError


def approve(desk: Desk, article: ArticleId, *, due: datetime | None = None, revision: int | None = None) -> Done[int]:
    """Approve the newest revision, and return its number.

    Writes approval, immutable payload and one queue item a site in one transaction. The items are scheduled for *due*,
    else for the planned time of the article; with neither they are held until somebody names a time. *revision* is
    the one that the chief has read: `StaleEdit` where it is no longer the newest. Raises `Blocked`.
    """
    raise NotImplementedError
