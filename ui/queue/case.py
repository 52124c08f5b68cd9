"""Everything the queue page shows of one line, read in one go in the store lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.words import _
from ui.queue.steps import Facts
from ui.review.changes import Base

if TYPE_CHECKING:
    from datetime import datetime

    from newsroom.desk.session import Desk
    from newsroom.domain.article import Article, Content
    from newsroom.domain.changes import Activity
    from newsroom.domain.findings import Finding
    from newsroom.domain.health import SiteHealth
    from ui.queue.entries import Entry


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the queue with its article."""

    entry: Entry
    article: Article
    #: The exact text that is being approved or delivered, and its revision number.
    content: Content
    revision: int
    author: str
    saved_at: datetime
    blockers: tuple[Finding, ...]
    #: What it can be compared with, the most useful first.
    bases: tuple[Base, ...]
    history: tuple[Activity, ...]
    #: How the item's site is doing; None for an article that waits for approval.
    site: SiteHealth | None

    @property
    def facts(self) -> Facts:
        """What decides which buttons can be pressed."""
        return Facts(self.article, self.entry.item, self.blockers)


def read_case(desk: Desk, entry: Entry) -> Case:
    """Read *entry* anew; belongs in the store lane. Raises `NotFound` where the article is gone."""
    from newsroom.desk import reading, review

    article = reading.read_article(desk, entry.article)
    number = entry.item.revision if entry.item is not None else article.revision
    content, author, saved_at = article.content, article.updated_by, article.updated_at
    if number != article.revision:
        revision = reading.read_revision(desk, entry.article, number)
        content, author, saved_at = revision.content, revision.author_name, revision.saved_at
    waiting = entry.item is None
    return Case(
        entry=entry,
        article=article,
        content=content,
        revision=number,
        author=author,
        saved_at=saved_at,
        blockers=tuple(review.blockers_of(desk, content)) if waiting else (),
        bases=tuple(_bases(desk, article, number)),
        history=tuple(reading.read_activity(desk, entry.article)),
        site=_site(desk, entry),
    )


def _site(desk: Desk, entry: Entry) -> SiteHealth | None:
    from newsroom.desk import health

    if entry.item is None:
        return None
    return next((site for site in health.read_health(desk).sites if site.site == entry.item.site), None)


def _bases(desk: Desk, article: Article, number: int) -> list[Base]:
    """What readers see, what the chief approved last, also where an edit voided that, and the revision before."""
    from newsroom.desk import reading

    history = reading.read_history(desk, article.id)
    live, approved, before = history.live, history.approved_before(number), number - 1
    bases = []

    def offer(key: str, title: str, base: int) -> None:
        content = reading.read_revision(desk, article.id, base).content
        bases.append(Base(title.format(number=base), content, key))

    if live is not None and live != number:
        offer("live", _("тем, что сейчас на сайте: версия {number}"), live)
    if approved is not None:
        offer("approved", _("последней одобренной версией {number}"), approved)
    if before and before not in (live, approved):
        offer("previous", _("предыдущей версией {number}"), before)
    return bases
