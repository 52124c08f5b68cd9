"""An empty standard site on every kind of database, with a trail of what really changes on it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from newsroom.site.kinds import create_site
from newsroom.site.standard import StandardSite
from newsroom.sql.engine import open_engine, parse_url
from tests.site.material import keep_trail


@pytest.fixture(
    params=[
        pytest.param("postgresql_url", id="postgresql", marks=pytest.mark.postgresql),
        pytest.param("mariadb_url", id="mariadb", marks=pytest.mark.mariadb),
    ]
)
def any_server_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind that has a server; a class of tests takes it for its ``any_database_url``."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
def site_url(any_database_url: str) -> str:
    """The address of an empty site."""
    create_site("standard", any_database_url)
    return any_database_url


@pytest.fixture
def database(site_url: str) -> Iterator[Engine]:
    """The site's database by a way of its own, keeping a trail."""
    engine = open_engine(parse_url(site_url))
    keep_trail(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def site(site_url: str, database: Engine) -> Iterator[StandardSite]:
    site = StandardSite(parse_url(site_url))
    yield site
    site.close()
