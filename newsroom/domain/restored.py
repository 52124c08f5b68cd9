"""What a comparison of a site with the newsroom's records has found, after one of them was restored from a backup."""

from dataclasses import dataclass

from newsroom.domain.ids import ArticleId, ArticleUid, SiteName
from newsroom.domain.states import Operation


@dataclass(frozen=True, slots=True)
class Known:
    """What the newsroom knows of one article on one site."""

    article: ArticleId
    headline: str
    #: Newest sequence that is recorded as delivered; None where nothing is.
    delivered: int | None
    #: Newest sequence that was ever queued for the site.
    queued: int
    killed: bool
    #: Whether what is recorded as delivered, or newer, is due and on its way to the site again.
    on_its_way: bool

    def explains(self, kill: bool, sequence: int) -> bool:
        """Whether this newsroom itself has asked for a change of that *sequence*, or for the *kill*."""
        return self.killed if kill else max(self.queued, self.delivered or 0) >= sequence


@dataclass(frozen=True, slots=True)
class Ahead:
    """A change on the site that this newsroom never asked for."""

    uid: ArticleUid
    operation: Operation
    sequence: int
    #: None for an article that the newsroom does not have.
    article: ArticleId | None
    headline: str


@dataclass(frozen=True, slots=True)
class Comparison:
    site: SiteName
    #: Articles of which the site holds less than was delivered to it.
    behind: tuple[ArticleId, ...] = ()
    #: The first of their headlines.
    behind_headlines: tuple[str, ...] = ()
    ahead: tuple[Ahead, ...] = ()
