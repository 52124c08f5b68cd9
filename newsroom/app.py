"""The one composition root: a home directory becomes a newsroom with its stores, sites and publisher."""

from pathlib import Path

from newsroom.desk.session import Desk
from newsroom.domain.house import House
from newsroom.domain.ids import SiteName
from newsroom.domain.people import Person
from newsroom.photos.store import PhotoStore
from newsroom.site.port import Site
from newsroom.storage.database import Database


class Newsroom:
    """An open newsroom. ``home``, ``database``, ``photos``, ``settings`` (`newsroom.settings.Settings`)."""

    home: Path
    database: Database
    photos: PhotoStore

    def people(self) -> list[Person]:
        """Active people, for the sign-in dialog."""
        raise NotImplementedError

    def sign_in(self, login: str) -> Desk:
        """Raises `NotFound` for an unknown or switched-off login."""
        raise NotImplementedError

    def connect_site(self, name: SiteName) -> Site:
        """Raises `InvalidInput` where this machine does not know how to reach the site."""
        raise NotImplementedError

    def publisher(self, name: str = "") -> "object":
        """A `newsroom.publishing.publisher.Publisher` over all sites that this machine can reach."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def open_newsroom(home: Path) -> Newsroom:
    """Open the newsroom kept in *home*, bringing its schema up to date.

    Raises `NotFound` where there is none, `SchemaNewer`, `DatabaseUnavailable`.
    """
    raise NotImplementedError


def create_newsroom(
    home: Path, *, database_url: str | None = None, sites: dict[str, str] | None = None, house: House | None = None
) -> Newsroom:
    """Make a newsroom with one person of each role (``editor``, ``proofreader``, ``chief``).

    *sites* maps names to ``KIND:URL``, for example ``{"main": "standard:postgresql://…"}``; without any, a site
    ``main`` on an SQLite file in *home*. Tables of a standard site are created where the right to do so exists.
    Raises `InvalidInput` where *home* holds a newsroom already.
    """
    raise NotImplementedError
