"""What a feed is made of."""

from dataclasses import dataclass
from datetime import datetime

from newsroom.domain.queue import Payload


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A feed that a publisher keeps as a file."""

    #: Absolute, on the publisher's host.
    path: str
    #: At most so many articles.
    limit: int = 50
    #: First published within so many days; None for all.
    days: int | None = None


@dataclass(frozen=True, slots=True)
class LiveArticle:
    """An article that readers of one site see, as it was delivered."""

    payload: Payload
    url: str
    first_published_at: datetime
