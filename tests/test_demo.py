"""The sample newsroom: what its texts must be, what is built from them, and the journey without a window."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from newsroom.app import Newsroom, create_newsroom, open_newsroom
from newsroom.demo.journey import main, publish_due
from newsroom.demo.sample import (
    SITE,
    build_sample,
    is_sample,
    is_whole_sample,
    last_time,
    next_half_hour,
    next_time,
    remove_sample,
    sample_folder,
)
from newsroom.desk.reading import (
    article_ids,
    article_rows,
    read_article,
    read_photos,
    read_queue,
    read_reports,
    read_settings,
)
from newsroom.desk.review import blockers_of
from newsroom.desk.session import Desk
from newsroom.domain.article import ArticleFilter
from newsroom.domain.errors import InvalidInput
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId
from newsroom.domain.people import Role
from newsroom.domain.states import Label, LiveState, QueueState
from newsroom.reference_site.serve import BackgroundServer
from newsroom.text.front_matter import read_front_matter

VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")
ARTICLES = sorted(sample_folder().glob("*.md"))


# The texts


@pytest.mark.parametrize("file", ARTICLES, ids=lambda file: file.stem)
def test_every_text_is_of_the_length_of_news(file: Path) -> None:
    matter = read_front_matter(file.read_bytes())
    assert 47 <= len(matter.fields["headline"]) <= 90
    assert 20 <= len(matter.fields["lead"]) <= 350


def test_every_text_is_in_the_plan_and_every_entry_has_its_text() -> None:
    plan = tomllib.loads((sample_folder() / "sample.toml").read_text(encoding="utf-8"))
    assert Counter(entry["file"] for entry in plan["articles"]) == Counter(file.name for file in ARTICLES)


def test_the_long_article_has_everything_that_an_editor_must_handle() -> None:
    text = (sample_folder() / "most-cherez-kedru.md").read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2]
    assert len(body) >= 3000
    for wanted in ("\n## ", "\n> — ", "\n- ", "](photos/", "](https://", '"ВКонтакте" (12+)', "Telegram(12+)"):
        assert wanted in body


@pytest.mark.parametrize("file", sorted((sample_folder() / "photos").iterdir()), ids=lambda file: file.stem)
def test_pictures_are_small_files_of_one_size(file: Path) -> None:
    assert file.stat().st_size <= 150_000
    with Image.open(file) as picture:
        assert picture.size == (1600, 1000)


# Times


@pytest.mark.parametrize(
    ("now", "at", "expected"),
    [
        ("22:30", "15:41", "today 15:41"),
        ("16:00", "15:41", "today 15:41"),
        ("15:20", "15:10", "yesterday 15:10"),
        ("15:20", "15:41", "yesterday 15:41"),
        ("08:00", "08:00", "today 08:00"),
        ("00:05", "15:10", "yesterday 15:10"),
    ],
)
def test_the_feed_of_the_sample_is_the_last_round_of_the_clock(now: str, at: str, expected: str) -> None:
    today = datetime(2026, 11, 22, tzinfo=VLADIVOSTOK)
    hours, minutes = map(int, now.split(":"))
    found = last_time(at, today + timedelta(hours=hours, minutes=minutes), VLADIVOSTOK).astimezone(VLADIVOSTOK)
    day = {22: "today", 21: "yesterday"}[found.day]
    assert f"{day} {found:%H:%M}" == expected


def test_what_is_to_come_lies_in_the_future() -> None:
    now = datetime(2026, 11, 22, 12, 41, tzinfo=UTC)
    assert next_half_hour(1, now) == datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    assert next_half_hour(3, now) == datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
    assert next_time("22:41", now, VLADIVOSTOK) == now + timedelta(days=1)
    assert next_time("22:42", now, VLADIVOSTOK) == now + timedelta(minutes=1)


# The newsroom that is built


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    newsroom = build_sample(tmp_path_factory.mktemp("sample") / "home", public_url="http://site.example")
    yield newsroom
    newsroom.close()


@pytest.fixture
def home(sample: Newsroom, tmp_path: Path) -> Path:
    """A copy of the sample's home for one test: building one takes seconds."""
    return shutil.copytree(sample.home, tmp_path / "home")


@pytest.fixture(scope="module")
def desk(sample: Newsroom) -> Desk:
    return sample.sign_in("chief")


def found(desk: Desk, label: Label) -> list[ArticleId]:
    return article_ids(desk, ArticleFilter(labels=frozenset({label})))


def test_three_people_of_three_roles_and_six_rubrics(desk: Desk) -> None:
    settings = read_settings(desk)
    assert {person.login: person.role for person in settings.people} == {role.value: role for role in Role}
    assert all(re.fullmatch(r"[А-Я][а-я]+ [А-Я][а-я]+", person.name) for person in settings.people)
    assert len(settings.rubrics) == 6
    used = {row.rubric for row in article_rows(desk, article_ids(desk, ArticleFilter()))}
    assert used == {rubric.title for rubric in settings.rubrics}


def test_articles_stand_in_every_state(desk: Desk) -> None:
    rows = article_rows(desk, article_ids(desk, ArticleFilter()))
    assert Counter(row.label for row in rows) == {
        Label.LIVE: 17,
        Label.LIVE_EDITED: 1,
        Label.WITHDRAWN: 1,
        Label.NEEDS_PERSON: 1,
        Label.SCHEDULED: 5,
        Label.APPROVED: 1,
        Label.SUBMITTED: 1,
        Label.RETURNED: 1,
        Label.DRAFT: 2,
    }


def test_the_failed_delivery_failed_because_the_address_is_taken_on_the_site(desk: Desk) -> None:
    (article,) = found(desk, Label.NEEDS_PERSON)
    (item,) = [item for item in read_queue(desk) if item.article == article]
    assert item.state is QueueState.NEEDS_PERSON
    assert "raspisanie-avtobusov" in item.problem


def test_one_draft_lacks_what_only_a_person_can_give(desk: Desk) -> None:
    drafts = [read_article(desk, article).content for article in found(desk, Label.DRAFT)]
    (incomplete,) = [draft for draft in drafts if draft.age is None]
    blocking = {blocker.field for blocker in blockers_of(desk, incomplete) if blocker.blocks}
    assert blocking == {Field.AGE, Field.CREDIT}


def test_what_the_photos_say_of_themselves_is_known(desk: Desk) -> None:
    photos = {photo.name: photo for photo in read_photos(desk)}
    assert photos["most.jpg"].credit == "Марина Сухова/«Вести Кедры»"
    assert photos["katok.jpg"].credit == "пресс-служба ХК «Плёс»"
    assert photos["ostanovka.jpg"].credit == ""


def test_the_withdrawn_article_is_off_the_site(desk: Desk) -> None:
    (article,) = found(desk, Label.WITHDRAWN)
    assert [place.state for place in read_article(desk, article).live] == [LiveState.WITHDRAWN]


def test_readers_reports_are_tied_to_live_articles(desk: Desk) -> None:
    reports = read_reports(desk)
    assert len(reports) == 4
    for report in reports:
        assert report.article is not None
        assert report.before + report.selected + report.after in read_article(desk, report.article).content.body
        assert report.page_url.startswith("http://site.example/")


def test_the_site_shows_the_pinned_item_and_the_day_in_its_rhythm(sample: Newsroom) -> None:
    with BackgroundServer(sample.site_address(SITE), name="Вести Кедры", zone="Asia/Vladivostok") as server:
        with urllib.request.urlopen(f"{server.address}/") as answer:
            page = unescape(answer.read().decode())
        headlines = [
            read_front_matter((sample_folder() / f"{name}.md").read_bytes()).fields["headline"]
            for name in ("glavnoe-za-den", "avtobus-u-mosta-prodolzhenie", "avtobus-u-mosta", "perevela-moshennikam")
        ]
    places = [page.index(headline) for headline in headlines]
    assert places[0] == min(places)
    assert page.count("12:00") >= 2


def test_a_sample_is_built_once(sample: Newsroom) -> None:
    assert is_whole_sample(sample.home)
    with pytest.raises(InvalidInput):
        build_sample(sample.home)


def test_an_interrupted_sample_is_built_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    create_newsroom(home).close()
    (home / "sample.mark").touch()
    assert is_sample(home)
    assert not is_whole_sample(home)
    build_sample(home).close()
    assert is_whole_sample(home)


def test_a_real_newsroom_is_never_removed_or_shown_as_the_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "real"
    create_newsroom(home).close()
    remove_sample(home)
    assert main(["--headless", "--fresh", "--home", str(home)]) == 1
    assert "настоящая редакция" in capsys.readouterr().err
    open_newsroom(home).close()


# The journey


def test_what_is_due_goes_out_and_is_proved_on_the_site(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = publish_due(home)
    told = capsys.readouterr().out
    assert [outcome.state for outcome in outcomes] == [QueueState.VERIFIED] * 3
    for outcome in outcomes:
        assert outcome.headline in told
        assert outcome.url in told
    assert "На ней заголовок" in told
    assert publish_due(home) == []
    assert "всё уже на сайте" in capsys.readouterr().out
    assert len(publish_due(home, fresh=True)) == 3


def test_a_sample_of_an_earlier_day_says_so_and_is_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish_due(home)
    assert "--fresh" not in capsys.readouterr().out
    os.utime(home / "sample.mark", (datetime(2026, 1, 2, 12, tzinfo=UTC).timestamp(),) * 2)
    publish_due(home)
    assert "Он собран 02.01.2026" in capsys.readouterr().out
    assert is_whole_sample(home)


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_home_that_cannot_be_made_is_told_in_words(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert main(["--headless", "--home", str(tmp_path / place)]) == 1
    told = capsys.readouterr()
    assert str(tmp_path / "file") in told.err
    assert "Traceback" not in told.err


def test_the_whole_journey_without_a_display_ends_with_pictures(tmp_path: Path) -> None:
    """As somebody would run it, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "newsroom.demo", "--headless"],
        cwd=Path(__file__).parents[1],
        env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path)) | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    (folder,) = tmp_path.glob("newsroom-screenshots-*")
    assert str(folder) in done.stdout
    assert list(folder.rglob("*.png"))
    assert not list(tmp_path.glob("newsroom-sample-*"))
