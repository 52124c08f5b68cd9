"""Processes that are killed: between any two steps of a delivery, around commits, with a photo half written."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from newsroom.app import create_newsroom
from newsroom.desk import reading
from newsroom.desk.house import save_rubric
from newsroom.desk.pictures import add_photo
from newsroom.desk.scheduling import publish_now
from newsroom.domain.article import LeadPhoto, Rubric
from newsroom.domain.house import House
from newsroom.domain.ids import RubricSlug
from newsroom.domain.states import Label, QueueState
from newsroom.publishing.publisher import Step
from tests.faults.conftest import after_the_lease, kill_one
from tests.newsrooms import GOOD, Desks
from tests.photos.pictures import encoded, picture
from tests.publishing.conftest import Published
from tests.site.schemas import SUBJECTS, Made, made

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")

_COMMITTED = (Step.AFTER_SITE_COMMIT, Step.READ_BACK, Step.SETTLED)


def test_killed_before_the_newsroom_commits_nothing_is_queued(any_newsroom: Published) -> None:
    desks = any_newsroom.desks
    article = desks.approved()
    kill_one("approve", any_newsroom.home, article, "before")
    assert [item.state for item in reading.read_queue(desks.chief)] == [QueueState.HELD]
    assert reading.read_article(desks.chief, article).label is Label.APPROVED
    assert desks.publish() == []


def test_killed_after_the_newsroom_commits_it_is_delivered_all_the_same(any_newsroom: Published) -> None:
    desks = any_newsroom.desks
    kill_one("approve", any_newsroom.home, desks.approved(), "after")
    assert desks.publish() == ["verified"]
    assert any_newsroom.trail() == ["insert published 1"]


@pytest.mark.parametrize("step", list(Step))
def test_a_publisher_killed_at_any_step_has_one_effect_in_the_end(published: Published, step: Step) -> None:
    _killed_and_repeated(published, step)


@pytest.mark.parametrize("step", list(Step))
def test_a_publisher_killed_at_any_step_leaves_any_newsroom_sound(any_newsroom: Published, step: Step) -> None:
    _killed_and_repeated(any_newsroom, step)


def _killed_and_repeated(place: Published, step: Step) -> None:
    desks = place.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    kill_one("publish", place.home, step)
    assert place.trail() == (["insert published 1"] if step in _COMMITTED else [])
    if step in (Step.CLAIMED, Step.RENDERED):
        assert desks.publish() == []  # nobody takes it over while the dead one's lease runs
    after_the_lease(desks.newsroom)
    desks.publish()
    assert desks.publish() == []
    assert place.trail() == ["insert published 1"]
    [item] = reading.read_queue(desks.chief)
    assert item.state is QueueState.VERIFIED
    assert reading.read_article(desks.chief, article).label is Label.LIVE


@pytest.fixture
def wagtail(mariadb_url: str, tmp_path: Path) -> Iterator[Made]:
    """A described site whose photos are files in a folder."""
    with made(SUBJECTS["wagtail"], mariadb_url, tmp_path) as place:
        yield place


@pytest.mark.parametrize("number", [1, 2])
def test_killed_while_photos_are_uploaded_no_link_is_broken(wagtail: Made, tmp_path: Path, number: int) -> None:
    """What is half written lies under no name that a page shows; the next publisher brings everything."""
    newsroom = create_newsroom(
        tmp_path / "home",
        sites={"main": f"mapped:{wagtail.work_url}"},
        options={"main": dict(wagtail.options)},
        house=House("Проба", "Asia/Vladivostok"),
    )
    desks = Desks(newsroom)
    first, second = (
        add_photo(desks.editor, encoded(picture(600 + width)), f"{width}.jpg").value.id for width in (1, 2)
    )
    save_rubric(desks.chief, Rubric(RubricSlug("society"), "Новости общества", 9))
    content = GOOD.with_(
        rubric=RubricSlug("society"),
        photo=LeadPhoto(first, "Мост", "Анна Ким", "Мост утром"),
        body=f'До.\n\n![Мост](photo:{second} "Мост вечером Фото: Анна Ким")\n\nПосле.',
    )
    publish_now(desks.chief, desks.approved(content))
    kill_one("photo", tmp_path / "home", number)
    assert wagtail.shown() == []
    whole = [file for file in (tmp_path / "media").iterdir() if file.suffix == ".jpg"]
    assert len(whole) == number - 1
    after_the_lease(newsroom)
    assert desks.publish() == ["verified"]
    assert wagtail.shown() == [GOOD.headline]
    assert len([file for file in (tmp_path / "media").iterdir() if file.suffix == ".jpg"]) == 2
    newsroom.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_reports_come_in_each_comes_in_once(published: Published, when: str) -> None:
    _reports_killed(published, when)


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_reports_come_in_any_newsroom_has_each_once(any_newsroom: Published, when: str) -> None:
    _reports_killed(any_newsroom, when)


def _reports_killed(place: Published, when: str) -> None:
    with place.site.begin() as connection:
        for number in range(3):
            connection.execute(
                text(
                    "INSERT INTO typo_reports (article_uid, page_url, before_text, selected_text, after_text, comment, "
                    "reporter_hash, state, created_at) VALUES ('x', '/x', '', :word, '', '', '', 'new', :at)"
                ),
                {"word": f"слово {number}", "at": f"2026-11-22 02:00:0{number}"},
            )
    kill_one("reports", place.home, when)
    seen = len(reading.read_reports(place.desks.proofreader))
    assert seen == (0 if when == "before" else 3)
    for _pass in range(2):
        place.desks.publish()
    assert sorted(report.selected for report in reading.read_reports(place.desks.proofreader)) == [
        f"слово {number}" for number in range(3)
    ]
