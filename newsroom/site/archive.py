"""The port through which what a site holds is read: its archive page by page, one article, one photo.

Nothing here writes. Texts are the site's own, as hostile as any other; photos are read from where the site keeps them
and never fetched over the network.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newsroom.domain.ids import ArticleUid
from newsroom.site.port import Delivery


@dataclass(frozen=True, slots=True)
class FoundRubric:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """The lead photo of an article. None stands for what the site has no place for."""

    #: As `Archive.photo` takes it.
    address: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article as it stands on a site. None stands for what the site has no place for."""

    site_pk: str
    #: As of `newsroom.domain.adoption.Adopted`, as is ``sequence``.
    state: str
    sequence: int
    #: The newsroom's own identifier, where the site has one for it.
    uid: ArticleUid | None
    slug: str
    #: Path and query under the site's public address, beginning with a slash.
    path: str
    headline: str
    #: As HTML, with whatever the site's editors have put into it.
    body_html: str
    #: Aware UTC; None where the row says none that can be read.
    published_at: datetime | None
    lead: str | None = None
    #: Empty where the article has none; None where the site has no place for rubrics.
    rubrics: tuple[FoundRubric, ...] | None = None
    tags: tuple[str, ...] | None = None
    byline: str | None = None
    age: str | None = None
    note: str | None = None
    #: Whether the site has a place for a lead photo at all.
    knows_photos: bool = True
    photo: FoundPhoto | None = None


class Archive(Protocol):
    """A site that is read. Raises `SiteUnavailable` and `SiteSchemaMismatch` as `newsroom.site.port.Site` does."""

    def count(self, after: str) -> int:
        """How many published articles there are after the key *after*; empty for all."""
        ...

    def page(self, after: str, limit: int) -> list[FoundArticle]:
        """At most *limit* published articles in the order of their keys, after the key *after* (empty for the first).

        Those that the newsroom itself has delivered are among them; their ``uid`` tells.
        """
        ...

    def found(self, delivery: Delivery, site_pk: str) -> FoundArticle | None:
        """The article of *delivery*, the newest that the site has seen of it, as it stands now; None where it is gone.

        What the site's template has put around the text of *delivery* is not part of what is found. *site_pk* is where
        an article stands that was never delivered.
        """
        ...

    def photo(self, address: str) -> bytes | None:
        """The file at *address*, as it stands in an article; None where the site's own photos have none such."""
        ...

    def close(self) -> None: ...
