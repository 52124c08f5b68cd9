"""What a feed is made of."""

from dataclasses import dataclass
from datetime import datetime

from newsroom.domain.queue import Payload


@dataclass(frozen=True, slots=True)
class LiveArticle:
    """An article that readers of one site see, as it was delivered."""

    payload: Payload
    url: str
    first_published_at: datetime
