"""The publish queue: when, now, not yet, again, away. Items under way have to finish first (`NotNow`)."""

from datetime import datetime

from newsroom.desk.session import Desk
from newsroom.domain.changes import Done
from newsroom.domain.ids import ArticleId, SiteName


def schedule(desk: Desk, article: ArticleId, due: datetime, *, site: SiteName | None = None) -> Done[None]:
    """Let the approved revision go out at *due* (aware), on all sites or one; also moves an earlier time.

    An approved article whose items are gone (delivered, withdrawn, cancelled) is queued anew.
    """
    raise NotImplementedError


def publish_now(desk: Desk, article: ArticleId, *, site: SiteName | None = None) -> Done[None]:
    """Let the approved revision go out at once. Restores a withdrawn article too."""
    raise NotImplementedError


def hold(desk: Desk, article: ArticleId, reason: str = "", *, site: SiteName | None = None) -> Done[None]:
    """Keep waiting items back until somebody schedules or publishes them."""
    raise NotImplementedError


def retry(desk: Desk, article: ArticleId, *, site: SiteName | None = None) -> Done[None]:
    """Try again now what failed or waits for its next attempt."""
    raise NotImplementedError


def withdraw(desk: Desk, article: ArticleId, reason: str) -> Done[None]:
    """Take the article off every site it is live on, silently; it can return. Waiting items are cancelled."""
    raise NotImplementedError


def kill(desk: Desk, article: ArticleId, reason: str) -> Done[None]:
    """Take the article away for good: schedule cleared, sites get a tombstone, no approval any more. Needs a reason."""
    raise NotImplementedError
