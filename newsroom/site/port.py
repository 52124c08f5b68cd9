"""The port through which the publisher reaches any site: what is delivered, what comes back, what may fail.

An adapter makes one change in one transaction of the site's own database, together with a receipt that makes repeating
it harmless. It judges nothing else: whether something is due, approved or allowed was decided before.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from newsroom.domain.adoption import Adopted
from newsroom.domain.ids import ArticleUid, PhotoId
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.domain.states import Operation
from newsroom.site.orphans import Orphan


@dataclass(frozen=True, slots=True)
class SitePhoto:
    """One photo of an article, ready for the site."""

    id: PhotoId
    mime: str
    #: Pixels.
    width: int
    height: int
    #: File name on the site, made from the content hash.
    file_name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SiteArticle:
    """An article as readers get it. Times are aware UTC."""

    headline: str
    lead: str
    #: Sanitised HTML; photos in it are ``<img src="/photos/FILE_NAME">``, which the site's adapter or template serves.
    body_html: str
    rubric_slug: str
    rubric_title: str
    tags: tuple[str, ...]
    byline: str
    slug: str
    #: ``0+`` … ``18+``.
    age: str
    lead_photo: PhotoId | None
    photo_caption: str
    photo_credit: str
    photo_alt: str
    note: str
    published_at: datetime
    pinned_until: datetime | None
    #: Lead photo first, then those of the body; each once.
    photos: tuple[SitePhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One change for one article on one site."""

    article_uid: ArticleUid
    operation: Operation
    #: A site never goes to a lower one.
    sequence: int
    #: Revision number of the content.
    revision: int
    #: Hash of the approved payload: same sequence with another hash is an alarm.
    hash: str
    epoch: int
    #: None for a withdrawal or kill.
    article: SiteArticle | None
    #: A row of other hands that this delivery may write over.
    adopted: Adopted | None = None

    def adopted_after(self, sequence: int) -> Adopted | None:
        """The adopted row, where it is what stood on the site after the change *sequence*; 0 for before any."""
        return self.adopted if self.adopted and self.adopted.sequence == sequence else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The site's own record of the newest change of one article, written in the same transaction as the change."""

    article_uid: ArticleUid
    #: Primary key of the article's row on the site, as text.
    site_pk: str
    operation: Operation
    sequence: int
    revision: int
    hash: str
    epoch: int


class Effect(StrEnum):
    """What a delivery did to the site."""

    #: The change was made now.
    APPLIED = "applied"
    #: The same change had been made before; nothing was written.
    ALREADY_DONE = "already-done"
    #: The site is already further; nothing was written.
    SUPERSEDED = "superseded"


class SiteStep(StrEnum):
    """Named points of a delivery, told to a watcher; fault tests kill the process at each."""

    BEFORE_TRANSACTION = "before-site-transaction"
    #: Everything is written, nothing committed.
    INSIDE_TRANSACTION = "inside-site-transaction"
    AFTER_COMMIT = "after-site-commit"


Watcher = Callable[[SiteStep], None]


@dataclass(frozen=True, slots=True)
class Delivered:
    effect: Effect
    receipt: Receipt


class Site(Protocol):
    """A connected site. Adapters may be used by one thread at a time.

    Every method raises `SiteUnavailable` where the site cannot be reached or asks to try again, and
    `SiteSchemaMismatch` where its tables are not what is expected (nothing was written then).
    """

    #: Whether one change and its receipt are one transaction; otherwise the window says "at least once".
    transactional: bool
    #: Whether its receipts can be listed, so that a restored backup is found out.
    keeps_receipts: bool

    def deliver(self, delivery: Delivery, watch: Watcher) -> Delivered:
        """Make the change once, whatever happened to earlier tries of the same delivery.

        Under the lock of the article's receipt: its own receipt means already done; a receipt of a kill, or of a
        higher sequence, nothing to do; the same sequence with another hash raises `SiteDiverged`. A kill goes over any
        sequence but that of a kill, and never lowers it. Else the article, its photos and the receipt are written and
        committed together. Raises `SiteRefused` where the data does not fit the site or its address is taken by a row
        that is not ours.
        """
        ...

    def read_back(self, delivery: Delivery) -> list[str]:
        """Differences between *delivery* and what the site holds now, in words; empty where they are equal.

        A site that has moved on to a higher sequence is no difference.
        """
        ...

    def article_path(self, delivery: Delivery, site_pk: str) -> str:
        """Path and query of the article under the site's public address, beginning with a slash."""
        ...

    def photo_address(self, photo: SitePhoto, site_pk: str) -> str:
        """Where readers get *photo* of the article: a whole address, or a path that begins with a slash; empty where
        that cannot be told."""
        ...

    def receipts_after(self, cursor: str, limit: int) -> list[Receipt]:
        """Receipts of articles by uid, after the uid *cursor* (empty for the first), at most *limit*.

        One that cannot be read is left out; delivering its article tells of it.
        """
        ...

    def receipts_of(self, uids: Collection[str]) -> list[Receipt]:
        """The receipts of these articles, in any order; what has none is left out."""
        ...

    def reports_after(self, cursor: str, limit: int) -> list[IncomingReport]:
        """Reports in the order the site numbered them, after *cursor* (empty for the first), at most *limit*."""
        ...

    def close_report(self, site_report_id: str, state: ReportState) -> None:
        """Write the newsroom's decision into the site's table."""
        ...

    def orphans(self, age: timedelta) -> list[Orphan]:
        """Photos that deliveries put here at least *age* ago and nothing on the site uses, by file name.

        Raises `InvalidInput`, in words, where this kind of site cannot tell.
        """
        ...

    def remove_orphan(self, orphan: Orphan, age: timedelta) -> bool:
        """Remove one of `orphans` in a transaction of its own, rows before files; whether it is gone.

        What has come to be used meanwhile stays.
        """
        ...

    def close(self) -> None:
        """Let go of all connections."""
        ...


def iterate_reports(site: Site, cursor: str, page: int = 500) -> Iterator[IncomingReport]:
    """All reports after *cursor*, fetched *page* at a time."""
    while reports := site.reports_after(cursor, page):
        yield from reports
        cursor = reports[-1].site_report_id
