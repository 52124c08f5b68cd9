"""A newsroom over each kind of site on each kind of database, and backups of either side."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, LargeBinary, MetaData, Table, text
from sqlalchemy.types import NullType

from newsroom.app import create_newsroom
from newsroom.domain.article import Rubric
from newsroom.domain.house import House
from newsroom.domain.ids import RubricSlug
from tests.newsrooms import GOOD, Desks
from tests.site.schemas import SUBJECTS, Made, made

#: Kind of site and of database, for ``pytest.mark.parametrize`` or a fixture.
PLACES = [
    pytest.param(
        (name, database), id=f"{name}-{database}", marks=[] if database == "sqlite" else getattr(pytest.mark, database)
    )
    for name, subject in SUBJECTS.items()
    for database in subject.databases
]
#: An article that every one of the sites takes.
ARTICLE = replace(GOOD, rubric=RubricSlug("society"))

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def newsroom_over(place: Made, home: Path, database_url: str | None = None) -> Iterator[Desks]:
    """The desks of a fresh newsroom whose site ``main`` is *place*."""
    newsroom = create_newsroom(
        home,
        database_url=database_url,
        sites={"main": f"{place.subject.kind}:{place.work_url}"},
        options={"main": place.options},
        house=House("Проба", "Asia/Vladivostok"),
    )
    with newsroom.database.write() as work:
        work.records.save_rubric(Rubric(RubricSlug("society"), "Новости общества", 9))
    try:
        yield Desks(newsroom)
    finally:
        newsroom.close()


@contextmanager
def place_of(case: tuple[str, str], request: pytest.FixtureRequest, folder: Path) -> Iterator[Made]:
    name, database = case
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), folder) as place:
        yield place


def contents(engine: Engine, *, without: tuple[str, ...] = ("trail",)) -> Rows:
    """Every row of every table, as a backup keeps them."""
    with engine.connect().execution_options(newsroom_read=True) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in _tables(engine)
            if table.name not in without
        }


def put_back(engine: Engine, kept: Rows) -> None:
    """Restore a backup: the same tables with the rows that they had."""
    tables = [table for table in _tables(engine) if table.name in kept]
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        elif engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("SET SESSION foreign_key_checks = 0"))
        for table in tables:
            connection.execute(table.delete())
        for table in tables:
            if kept[table.name]:
                connection.execute(table.insert(), kept[table.name])


def _tables(engine: Engine) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(engine)
    tables = [table for table in metadata.sorted_tables if table.name != "sqlite_sequence"]
    if engine.dialect.name == "sqlite":
        for table in tables:
            for column in table.columns:
                if not isinstance(column.type, LargeBinary):
                    column.type = NullType()  # as it lies in the file
    return tables
