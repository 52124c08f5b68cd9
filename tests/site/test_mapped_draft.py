"""The draft of a description: a person fills in what only a person can know, and the site takes an article."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.domain.errors import InvalidInput, SiteUnavailable
from newsroom.site.kinds import create_site, open_site
from newsroom.site.mapped_draft import draft_mapping
from newsroom.site.mapping_file import read_mapping
from newsroom.site.port import Effect
from newsroom.sql.engine import open_engine, parse_url
from tests.site.material import publication, unwatched
from tests.site.schemas import SUBJECTS, Made, made

#: What the person writes in place of each line that has a «?», by the beginning of the line.
_ANSWERS = {
    "zone": 'zone = "Asia/Vladivostok"',
    "page": 'page = "/{slug}"',
    "folder": 'folder = "MEDIA"',
    "address": 'address = "/media/"',
    "has_unpublished_changes": "has_unpublished_changes = { constant = false }",
    "search_description": 'search_description = "lead"',
    "link": 'link.table = "taggit_taggeditem"\nlink.article = "object_id"\nlink.other = "tag_id"\n'
    "link.where.content_type_id = 7",
    "obshchestvo": 'society = "Общество"',
    "sequence": 'sequence = "content_seq"',
    "kind": 'kind = { constant = "news", when = "new" }',
    "place": 'place = "key-value"\ntable = "settings"\nname = "name"\nvalue = "value"\ncolumns = { autoload = false }',
}
_STATES = ["1", "0", "0"]


@pytest.fixture(
    params=["wagtail-sqlite", "wagtail-postgresql", "wagtail-mariadb", "cyrillic-mariadb", "rights-postgresql"]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    name, database = request.param.split("-")
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), tmp_path) as place:
        yield place


def _filled(draft: str, folder: Path) -> str:
    states = iter(_STATES)
    lines = []
    for line in draft.splitlines():
        name = line.split(" =")[0]
        if not line.startswith("#") and '"?"' in line:
            line = f"state = {next(states)}" if name == "state" else _ANSWERS[name]
        lines.append(line.replace("MEDIA", str(folder)))
    return "\n".join(lines)


def test_draft_that_a_person_has_filled_in_publishes(place: Made, tmp_path: Path) -> None:
    draft = draft_mapping(parse_url(place.work_url))
    file = tmp_path / "draft.toml"
    file.write_text(_filled(draft, tmp_path / "media"), encoding="utf-8")
    if read_mapping(file).receipts.place == "table":
        create_site("mapped", place.url, {"mapping": str(file)})
    site = open_site("mapped", place.work_url, {"mapping": str(file)})
    assert site.deliver(publication(), unwatched).effect is Effect.APPLIED
    assert site.read_back(publication()) == []
    assert place.shown() == ["Набережную откроют к субботе"]
    site.close()


def test_draft_as_it_is_is_refused_line_by_line(place: Made, tmp_path: Path) -> None:
    file = tmp_path / "draft.toml"
    file.write_text(draft_mapping(parse_url(place.work_url)), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_mapping(file)
    told = [reason for reason in caught.value.reasons if "не заполнено" in reason]
    assert told
    assert all(re.match(r"строка \d+, ", reason) for reason in told)


def test_drafting_writes_nothing_and_tells_what_it_saw(place: Made) -> None:
    draft = draft_mapping(parse_url(place.work_url))
    assert place.trail() == (0, 0, 0)
    words = {
        "wagtail": ["блоки Wagtail", "news_articlepage_rubrics", "триггеры"],
        "cyrillic": ["трёхбайтовой", '"состояние" = "снято"', 'place = "column"'],
        "rights": ["changed = now — нет", 'site_fills = ["search"]', 'key_made = "sequence"', 'position = "place"'],
    }
    for word in words[place.subject.name]:
        # MariaDB keeps JSON as any other text.
        assert word in draft or (word == "блоки Wagtail" and place.engine.dialect.name == "mariadb")


def test_names_that_a_hostile_database_invents_stay_names(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(parse_url(sqlite_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            'CREATE TABLE "news""; --\n[receipt]\nplace = ""none""" '
            '(id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, "a\nb" TEXT NOT NULL, live BOOLEAN)'
        )
    engine.dispose()
    draft = draft_mapping(parse_url(sqlite_url))
    file = tmp_path / "draft.toml"
    file.write_text(
        _filled(draft.replace('"a\\nb" = { constant = "?"', '"a\\nb" = { constant = "да"'), tmp_path), encoding="utf-8"
    )
    mapping = read_mapping(file)
    assert mapping.articles.table == 'news"; --\n[receipt]\nplace = "none"'
    assert mapping.receipts.place == "table"
    create_site("mapped", sqlite_url, {"mapping": str(file)})
    site = open_site("mapped", sqlite_url, {"mapping": str(file)})
    delivery = publication(photos=(), lead_photo=None)
    assert site.deliver(delivery, unwatched).effect is Effect.APPLIED
    assert site.read_back(delivery) == []
    site.close()


def test_database_without_articles_and_one_that_is_absent_are_told(sqlite_url: str) -> None:
    with pytest.raises(SiteUnavailable):
        draft_mapping(parse_url(sqlite_url))
    engine = open_engine(parse_url(sqlite_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)")
    engine.dispose()
    with pytest.raises(InvalidInput, match=r"Ни одна таблица не похожа на статьи.*users"):
        draft_mapping(parse_url(sqlite_url))
