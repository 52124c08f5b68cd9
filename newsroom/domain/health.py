"""How publishing is doing: who carries, which sites do not answer, what waits and what is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.domain.ids import SiteName

#: After this silence a publisher counts as gone, unless it holds an item under a lease.
GONE_AFTER = timedelta(seconds=20)
#: What is due for longer than this and not delivered is late.
LATE_AFTER = timedelta(minutes=1)


class Verdict(StrEnum):
    """What a monitor makes of it, the worst last."""

    GOOD = "good"
    #: Something is late, a site does not answer, or an item waits for a person.
    ATTENTION = "attention"
    #: No publisher is alive: nothing goes out.
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class PublisherHealth:
    name: str
    seen_at: datetime
    #: When it said goodbye; None for one at work, and for one that died.
    stopped_at: datetime | None
    #: Sites that it knows how to reach.
    sites: tuple[SiteName, ...]
    #: Those of them that give no transaction or keep no receipts, as far as it has met them.
    at_least_once: tuple[SiteName, ...]
    #: Items that it holds under a lease at this moment.
    under_way: int
    alive: bool


@dataclass(frozen=True, slots=True)
class SiteTrouble:
    """Why one publisher leaves one site alone for now."""

    site: SiteName
    publisher: str
    #: A sentence for a person.
    problem: str
    since: datetime
    next_attempt_at: datetime


@dataclass(frozen=True, slots=True)
class SiteHealth:
    site: SiteName
    kind: str
    #: Publications, withdrawals and kills whose time has not come or is not named.
    waiting: int
    due: int
    #: Of those due: for longer than `LATE_AFTER`.
    late: int
    oldest_due_at: datetime | None
    needs_person: int
    #: Delivered, not read back yet.
    unverified: int
    #: Among the newest thousand items of all sites.
    last_delivered_at: datetime | None
    #: The newest trouble of any publisher that is alive; None where all is well.
    trouble: SiteTrouble | None
    #: Whether a publisher that is alive knows how to reach the site.
    served: bool
    #: Whether a change may arrive more than once, because the site gives no transaction or keeps no receipts.
    at_least_once: bool

    @property
    def good(self) -> bool:
        return not (self.late or self.needs_person or self.trouble) and self.served


@dataclass(frozen=True, slots=True)
class Health:
    #: The newsroom database's clock when this was read.
    now: datetime
    publishers: tuple[PublisherHealth, ...]
    sites: tuple[SiteHealth, ...]

    @property
    def verdict(self) -> Verdict:
        if not any(one.alive for one in self.publishers):
            return Verdict.NOBODY
        return Verdict.GOOD if all(site.good for site in self.sites) else Verdict.ATTENTION
