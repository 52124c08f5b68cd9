"""Rows of sites that the newsroom has read: whole pages of an archive at once, and single ones that were merged."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update

from newsroom.domain.adoption import Adopted, Loss, LossKind
from newsroom.domain.article import Content, canonical_json, content_hash, content_to_dict
from newsroom.domain.ids import ArticleId, ArticleUid, PersonId, SiteName
from newsroom.domain.states import Label, LiveState, ReviewState
from newsroom.storage.articles import list_columns
from newsroom.storage.tables import adoptions, approvals, articles, live, revisions, sites


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An article of an archive as it enters the newsroom: live, approved, and never delivered."""

    uid: ArticleUid
    slug: str
    content: Content
    adopted: Adopted
    losses: tuple[Loss, ...]
    published_at: datetime
    #: Where readers find it; empty where the site's public address is unknown.
    url: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What could not be brought in as it was of one article."""

    article: ArticleId
    site_pk: str
    headline: str
    losses: tuple[Loss, ...]


class Adoptions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Bringing an archive in

    def cursor(self, site: SiteName) -> str:
        """The key of the newest article brought in by an import that has not finished; empty where none is."""
        query = select(sites.c.archive_cursor).where(sites.c.name == site)
        cursor: str = self._connection.execute(query).scalar_one()
        return cursor

    def move_cursor(self, site: SiteName, before: str, after: str) -> bool:
        """From *before* to *after*; False where another import has moved it meanwhile."""
        moved = self._connection.execute(
            update(sites).where(sites.c.name == site, sites.c.archive_cursor == before).values(archive_cursor=after)
        )
        return moved.rowcount == 1

    def known_keys(self, site: SiteName, keys: Collection[str]) -> set[str]:
        """Those of the site's *keys* that the newsroom has adopted."""
        query = select(adoptions.c.site_pk).where(adoptions.c.site == site, adoptions.c.site_pk.in_(keys))
        return set(self._connection.scalars(query))

    def known_uids(self, uids: Collection[ArticleUid]) -> set[ArticleUid]:
        """Those of *uids* that are articles of the newsroom."""
        return {
            ArticleUid(uid) for uid in self._connection.scalars(select(articles.c.uid).where(articles.c.uid.in_(uids)))
        }

    def taken_slugs(self, slugs: Collection[str]) -> set[str]:
        return set(self._connection.scalars(select(articles.c.slug).where(articles.c.slug.in_(slugs))))

    def add(
        self, site: SiteName, newcomers: Sequence[Newcomer], by: PersonId, at: datetime, reason: str
    ) -> list[ArticleId]:
        """Make articles of *newcomers*, in a few statements however many they are; their numbers, in order."""
        if not newcomers:
            return []
        found = self._connection.execute(
            insert(articles).returning(articles.c.id, sort_by_parameter_order=True),
            [
                {
                    "uid": one.uid,
                    "slug": one.slug,
                    "revision": 1,
                    "review": ReviewState.APPROVED.value,
                    "killed": False,
                    "sequence": one.adopted.sequence,
                    "created_at": at,
                    "created_by": by,
                    "label": Label.LIVE.value,
                    "when_at": one.published_at,
                    "sort_at": one.published_at,
                    **list_columns(one.content, by, at),
                }
                for one in newcomers
            ],
        )
        numbers = [ArticleId(number) for number in found.scalars()]
        pairs = list(zip(numbers, newcomers, strict=True))
        hashes = [content_hash(one.content) for one in newcomers]
        self._connection.execute(
            insert(revisions),
            [
                {
                    "article": number,
                    "number": 1,
                    "content": canonical_json(content_to_dict(one.content)),
                    "hash": hash_,
                    "author": by,
                    "saved_at": at,
                    "reason": reason,
                }
                for (number, one), hash_ in zip(pairs, hashes, strict=True)
            ],
        )
        self._connection.execute(
            insert(approvals),
            [
                {"article": number, "revision": 1, "hash": hash_, "approved_by": by, "approved_at": at}
                for number, hash_ in zip(numbers, hashes, strict=True)
            ],
        )
        self._connection.execute(
            insert(live),
            [
                {
                    "article": number,
                    "site": site,
                    "state": LiveState.LIVE.value,
                    "revision": 1,
                    "sequence": one.adopted.sequence,
                    "since": one.published_at,
                    "first_published_at": one.published_at,
                    "url": one.url,
                }
                for number, one in pairs
            ],
        )
        self._connection.execute(
            insert(adoptions),
            [
                _row(site, number, one.adopted, at) | {"imported": True, "losses": _text(one.losses)}
                for number, one in pairs
            ],
        )
        return numbers

    # One article

    def of(self, article: ArticleId, site: SiteName) -> Adopted | None:
        row = self._connection.execute(
            select(adoptions).where(adoptions.c.article == article, adoptions.c.site == site)
        ).one_or_none()
        return None if row is None else Adopted(row.site_pk, row.state, row.sequence, row.slug)

    def take_over(self, article: ArticleId, site: SiteName, adopted: Adopted, at: datetime) -> None:
        """Note that the newsroom has read this state of the row, so that the next delivery may write over it."""
        values = _row(site, article, adopted, at)
        place = and_(adoptions.c.article == article, adoptions.c.site == site)
        if self._connection.execute(update(adoptions).where(place).values(values)).rowcount == 0:
            self._connection.execute(insert(adoptions).values(imported=False, losses="[]", **values))

    def origins(self, article: ArticleId) -> set[SiteName]:
        """Sites from whose archives the article came."""
        query = select(adoptions.c.site).where(adoptions.c.article == article, adoptions.c.imported)
        return {SiteName(site) for site in self._connection.scalars(query)}

    # The report

    def report(self, site: SiteName) -> Iterator[ReportLine]:
        """Articles of the site's archive that could not be brought in whole, in the order in which they came."""
        query = (
            select(adoptions.c.article, adoptions.c.site_pk, adoptions.c.losses, articles.c.headline)
            .join(articles, articles.c.id == adoptions.c.article)
            .where(adoptions.c.site == site, adoptions.c.imported, adoptions.c.losses != "[]")
            .order_by(adoptions.c.article)
        )
        for row in self._connection.execution_options(yield_per=500).execute(query):
            losses = tuple(Loss(LossKind(kind), detail) for kind, detail in json.loads(row.losses))
            yield ReportLine(ArticleId(row.article), row.site_pk, row.headline, losses)


def _row(site: SiteName, article: ArticleId, adopted: Adopted, at: datetime) -> dict[str, object]:
    return {
        "site": site,
        "site_pk": adopted.site_pk,
        "article": article,
        "state": adopted.state,
        "sequence": adopted.sequence,
        "slug": adopted.slug,
        "adopted_at": at,
    }


def _text(losses: Sequence[Loss]) -> str:
    return json.dumps([(loss.kind.value, loss.detail) for loss in losses], ensure_ascii=False)
