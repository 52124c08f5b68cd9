"""A newsroom whose site is on each kind of database, with a trail of what really changes on the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.sql.engine import open_engine, parse_url
from tests.newsrooms import Desks, newsroom_in
from tests.site.material import keep_trail, trail


@dataclass
class Published:
    """The desks of a newsroom, its home, and its site seen from outside."""

    desks: Desks
    home: Path
    site: Engine

    def trail(self) -> list[str]:
        """Every change that the site's articles have seen, oldest first."""
        return trail(self.site)

    def column(self, name: str) -> list[object]:
        """One column of the site's articles."""
        with self.site.connect() as connection:
            return list(connection.scalars(text(f"SELECT {name} FROM articles ORDER BY id")))


@pytest.fixture
def published(tmp_path: Path, any_database_url: str) -> Iterator[Published]:
    home = tmp_path / "home"
    with newsroom_in(home, main=f"standard:{any_database_url}") as newsroom:
        engine = open_engine(parse_url(any_database_url))
        keep_trail(engine)
        yield Published(Desks(newsroom), home, engine)
        engine.dispose()
