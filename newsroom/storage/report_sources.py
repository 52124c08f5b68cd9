"""Reports as they come in: kept once each, and tied to the article that readers had before them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert, select

from newsroom.domain.ids import ArticleId, ReportId, SiteName
from newsroom.domain.reports import IncomingReport, ReportState
from newsroom.storage.search import fold
from newsroom.storage.tables import articles, live, reports

#: Reports of one page that are looked up by their words alone; each look reads every article.
_BY_WORDS: Final = 20
#: Fewer whole words than that say nothing of whose they are.
_TELLING_WORDS: Final = 6
#: What `IncomingReport` allows of each text, whatever a site lets through: longer ones would hold up the window.
_ADDRESS, _AROUND, _SELECTED, _COMMENT = 1000, 60, 256, 250


@dataclass(frozen=True, slots=True)
class Arrived:
    id: ReportId
    #: None for a page that the newsroom does not know.
    article: ArticleId | None


def add_reports(connection: Connection, site: SiteName, incoming: Sequence[IncomingReport]) -> list[Arrived]:
    """Keep those of *incoming* that are not here yet, each tied to its article by uid, address or text."""
    numbers = [report.site_report_id for report in incoming]
    known = set(
        connection.scalars(
            select(reports.c.site_report_id).where(reports.c.site == site, reports.c.site_report_id.in_(numbers))
        )
    )
    fresh = {report.site_report_id: report for report in incoming if report.site_report_id not in known}
    if not fresh:
        return []
    owners = _owners(connection, site, list(fresh.values()))
    shown = _revisions(connection, site, {owner for owner in owners if owner is not None})
    rows = [
        {
            "site": site,
            "site_report_id": report.site_report_id,
            "article": owner,
            "revision": shown.get(owner) if owner is not None else None,
            "page_url": _storable(report.page_url)[:_ADDRESS],
            "before": _storable(report.before)[-_AROUND:],
            "selected": _storable(report.selected)[:_SELECTED],
            "after": _storable(report.after)[:_AROUND],
            "comment": _storable(report.comment)[:_COMMENT],
            "mistake": report.mistake,
            "state": ReportState.NEW.value,
            "reported_at": report.reported_at,
            "told_site": True,
        }
        for report, owner in zip(fresh.values(), owners, strict=True)
    ]
    added = connection.scalars(insert(reports).returning(reports.c.id, sort_by_parameter_order=True), rows).all()
    return [Arrived(ReportId(number), owner) for number, owner in zip(added, owners, strict=True)]


def _owners(connection: Connection, site: SiteName, incoming: Sequence[IncomingReport]) -> list[ArticleId | None]:
    """Whose each report is: by the uid that the page told, else by its address, else by the words around it."""
    uids = {_storable(report.article_uid) for report in incoming} - {""}
    by_uid = dict(connection.execute(select(articles.c.uid, articles.c.id).where(articles.c.uid.in_(uids))).all())
    owners = [by_uid.get(_storable(report.article_uid)) for report in incoming]
    strangers = [number for number, owner in enumerate(owners) if owner is None]
    addresses = {number: _addresses(_storable(incoming[number].page_url)) for number in strangers}
    wanted = {address for own in addresses.values() for address in own}
    by_address = dict(
        connection.execute(
            select(live.c.url, live.c.article).where(live.c.site == site, live.c.url.in_(wanted), live.c.url != "")
        ).all()
    )
    slugs = {number: _slug(_storable(incoming[number].page_url)) for number in strangers}
    by_slug = dict(
        connection.execute(
            select(articles.c.slug, articles.c.id).where(articles.c.slug.in_(set(slugs.values()) - {""}))
        ).all()
    )
    looks = _BY_WORDS
    for number in strangers:
        found = next((by_address[address] for address in addresses[number] if address in by_address), None)
        owner = found or by_slug.get(slugs[number])
        if owner is None and looks:
            looks -= 1
            owner = _by_words(connection, incoming[number])
        owners[number] = owner
    return [ArticleId(owner) if owner is not None else None for owner in owners]


def _addresses(url: str) -> tuple[str, ...]:
    """*url* as sites write it: whole, without what follows a question mark, with and without a slash at the end."""
    whole = url.partition("#")[0]
    bare = whole.partition("?")[0].rstrip("/")
    return (whole, whole.rstrip("/"), bare, f"{bare}/") if bare else ()


def _slug(url: str) -> str:
    """The last part of the path, without its ending."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return path.rstrip("/").rpartition("/")[2].removesuffix(".html")[:200]


def _by_words(connection: Connection, report: IncomingReport) -> ArticleId | None:
    """The only live article that has every whole word around the selection; words at the ends may be cut off."""
    words = list(dict.fromkeys(fold(_storable(report.before))[1:] + fold(_storable(report.after))[:-1]))
    if len(words) < _TELLING_WORDS:
        return None
    has_all = [articles.c.words.contains(f" {word}", autoescape=True) for word in words]
    found = connection.scalars(
        select(articles.c.id).where(articles.c.id.in_(select(live.c.article)), *has_all).limit(2)
    ).all()
    return ArticleId(found[0]) if len(found) == 1 else None


def _revisions(connection: Connection, site: SiteName, owners: Iterable[ArticleId]) -> dict[ArticleId, int]:
    """What readers of *site* see now of each article."""
    query = select(live.c.article, live.c.revision).where(live.c.site == site, live.c.article.in_(list(owners)))
    return {ArticleId(row.article): row.revision for row in connection.execute(query)}


def _storable(text: str) -> str:
    """*text* without what a database does not keep and a site may: one such report must not stop all the others."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
