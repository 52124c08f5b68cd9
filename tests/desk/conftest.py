"""A newsroom on each kind of database that it may live in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsrooms import Desks, newsroom_in


@pytest.fixture
def desks(tmp_path: Path, newsroom_database_url: str) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home", newsroom_database_url) as newsroom:
        yield Desks(newsroom)
