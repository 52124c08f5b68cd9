"""A described site beside another one: what stops it stops nothing else, and it goes on when it is mended."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.app import create_newsroom
from newsroom.desk.health import read_health
from newsroom.desk.scheduling import publish_now, retry
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId
from newsroom.publishing.publisher import Outcome
from tests.newsrooms import GOOD, Desks

_MAPPING = """
[article]
table = "news"
[article.columns]
title = "headline"
body = "body"
url = "slug"
[article.published]
live = true
[article.withdrawn]
live = false
[article.killed]
live = false
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    file = tmp_path / "strange.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE news (id INTEGER PRIMARY KEY, title VARCHAR(50) NOT NULL, body TEXT NOT NULL, "
            "url VARCHAR(80) NOT NULL, live BOOLEAN NOT NULL)"
        )
    connection.close()
    return file


@pytest.fixture
def desks(base: Path, tmp_path: Path) -> Iterator[Desks]:
    (tmp_path / "strange.toml").write_text(_MAPPING, encoding="utf-8")
    newsroom = create_newsroom(
        tmp_path / "home",
        sites={"main": "standard:sqlite:///site.db", "strange": f"mapped:sqlite:///{base}"},
        options={"strange": {"mapping": str(tmp_path / "strange.toml")}},
        house=House("Проба", "Asia/Vladivostok"),
    )
    yield Desks(newsroom)
    newsroom.close()


def _pass(desks: Desks) -> dict[tuple[str, str], Outcome]:
    """One pass of a fresh publisher: by site and headline."""
    publisher = desks.newsroom.publisher("проба")
    try:
        return {(outcome.site, outcome.headline): outcome for outcome in publisher.run_once()}
    finally:
        publisher.close()


def _change(base: Path, statement: str) -> None:
    connection = sqlite3.connect(base)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_column_that_is_gone_holds_that_site_until_it_is_back(desks: Desks, base: Path) -> None:
    publish_now(desks.chief, desks.approved())
    _change(base, "ALTER TABLE news RENAME COLUMN body TO text")
    outcomes = _pass(desks)
    assert outcomes["main", GOOD.headline].state == "verified"
    stopped = outcomes["strange", GOOD.headline]
    assert stopped.state == "retrying"
    assert "нет столбца «body»" in stopped.problem
    _change(base, "ALTER TABLE news RENAME COLUMN text TO body")
    # The publisher asks again by itself after a pause; the person need not wait for it.
    retry(desks.chief, ArticleId(1))
    assert _pass(desks)["strange", GOOD.headline].state == "verified"


def test_text_that_does_not_fit_holds_that_article_only(desks: Desks) -> None:
    long = replace(GOOD, headline="Очень длинный заголовок про мост через протоку и не только", slug="long")
    for content in (long, GOOD):
        publish_now(desks.chief, desks.approved(content))
    outcomes = _pass(desks)
    assert outcomes["strange", long.headline].state == "needs_person"
    assert "заголовок" in outcomes["strange", long.headline].problem
    assert [outcomes[key].state for key in outcomes if key != ("strange", long.headline)] == ["verified"] * 3


def test_a_site_without_receipts_is_known_to_get_changes_at_least_once(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "strange.toml"
    _change(base, "ALTER TABLE news ADD COLUMN uid CHAR(36)")
    mapping = _MAPPING.replace('table = "news"', 'table = "news"\nuid = "uid"')
    file.write_text(f'at_least_once = true\n{mapping}\n[receipt]\nplace = "none"\n', encoding="utf-8")
    newsroom = create_newsroom(
        tmp_path / "home",
        sites={"main": "standard:sqlite:///site.db", "strange": f"mapped:sqlite:///{base}"},
        options={"strange": {"mapping": str(file)}},
    )
    desks = Desks(newsroom)
    publisher = newsroom.publisher("проба")
    publisher.run_once()
    publisher.run_once()
    told = {site.site: (site.at_least_once, site.served) for site in read_health(desks.chief).sites}
    publisher.close()
    newsroom.close()
    assert told == {"main": (False, True), "strange": (True, True)}
