"""Several people and publishers at work on one article at the same moment, on the database that they share."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest

from newsroom.desk import house_lists, reading
from newsroom.desk.case import use_case
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import hold, publish_now
from newsroom.desk.vocabulary import choose_yo
from newsroom.desk.writing import create_article, save_article, void_approval
from newsroom.domain.article import ArticleFilter, Content
from newsroom.domain.errors import NewsroomError, NotNow, StaleEdit
from newsroom.domain.ids import PhotoId
from newsroom.domain.marks import Mark
from newsroom.domain.people import Action
from newsroom.domain.photos import Photo
from newsroom.domain.queue import Claim
from newsroom.domain.rules import HouseRule
from newsroom.domain.states import Label, QueueState, ReviewStep
from newsroom.domain.style import HouseStyle, Quotes
from newsroom.domain.vocabulary import Yo
from newsroom.publishing.publisher import Step
from newsroom.storage.database import Database
from tests.newsrooms import GOOD, Desks, approve_seen, newsroom_in
from tests.patience import PATIENCE

pytestmark = pytest.mark.postgresql


@pytest.fixture
def desks(tmp_path: Path, postgresql_url: str) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home", postgresql_url) as newsroom:
        yield Desks(newsroom)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each of *jobs*, begun at the same moment, returned or raised to a person; anything else is raised."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait(10)
        try:
            return job()
        except NewsroomError as error:
            return type(error)

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def claimed(database: Database) -> Claim:
    with database.write() as work:
        claim = work.queue.claim("публикатор", work.now, timedelta(minutes=1), ["main"])
        assert claim is not None
        work.articles.refresh_label(claim.article)
    return claim


def test_of_two_chiefs_one_approves_and_one_payload_is_written(desks: Desks) -> None:
    for _round in range(5):
        article = desks.submitted()
        answers = at_once(*[partial(approve_seen, desks.chief, article)] * 2)
        assert {getattr(answer, "value", answer) for answer in answers} == {1, NotNow}
        assert [item.sequence for item in reading.read_queue(desks.chief) if item.article == article] == [1]


def test_of_two_editors_one_saves_and_the_other_is_told(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD).value
    for revision in range(1, 6):
        answers = at_once(
            *[
                partial(save_article, desks.editor, article, GOOD.with_(lead=name), base_revision=revision)
                for name in (f"Первый {revision}", f"Второй {revision}")
            ]
        )
        assert {getattr(answer, "value", answer) for answer in answers} == {revision + 1, StaleEdit}


def test_articles_begun_at_once_without_a_headline_all_get_an_address(desks: Desks) -> None:
    at_once(*[lambda: create_article(desks.editor, Content())] * 4)
    ids = reading.article_ids(desks.editor, ArticleFilter())
    assert len({reading.read_article(desks.editor, article).slug for article in ids}) == 4


def test_marks_and_rules_that_two_desks_bring_in_at_once_are_there_once(desks: Desks, postgresql_url: str) -> None:
    mark, rule = Mark("Причал", "(12+)"), HouseRule("мост", "мостик", "мост", finds=("мостик → мост",))
    with ThreadPoolExecutor(2) as pool:
        with use_case(desks.chief, Action.DECIDE_WORDS) as case:
            case.work.vocabulary.lock()
            case.work.lists.save_rule(rule, case.person.id, case.now, rule.name)
            case.work.lists.save_mark(mark, house_lists.mark_forms(mark), case.person.id, case.now, mark.name)
            rules = pool.submit(house_lists.save_rules, desks.proofreader, [rule])
            wait_for_a_waiter(postgresql_url)
            marks = pool.submit(house_lists.save_marks, desks.proofreader, [mark])
        assert rules.result(PATIENCE).value == marks.result(PATIENCE).value == house_lists.Taken((), (), 1)


def test_switches_that_two_people_change_at_once_are_both_changed(desks: Desks, postgresql_url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        with use_case(desks.chief, Action.DECIDE_WORDS) as case:
            house = case.work.records.house(lock=True)
            style = pool.submit(house_lists.change_style, desks.proofreader, HouseStyle(quotes=Quotes.STRAIGHT))
            wait_for_a_waiter(postgresql_url)
            yo = pool.submit(choose_yo, desks.proofreader, Yo.ALWAYS)
            case.work.records.save_house(replace(house, minor_corrections=False))
        style.result(PATIENCE), yo.result(PATIENCE)
    changed = reading.read_settings(desks.chief).house
    assert (changed.style.quotes, changed.yo, changed.minor_corrections) == (Quotes.STRAIGHT, Yo.ALWAYS, False)


def test_a_photo_that_two_desks_add_at_once_is_there_once(desks: Desks, postgresql_url: str) -> None:
    def add(name: str) -> None:
        with use_case(desks.editor, Action.WRITE) as case:
            case.work.records.add_photo(Photo(PhotoId("a" * 64), "image/png", 1, 1, 9, name, "", "", case.now))

    with ThreadPoolExecutor(1) as pool:
        with use_case(desks.chief, Action.WRITE) as case:
            case.work.records.add_photo(Photo(PhotoId("a" * 64), "image/png", 1, 1, 9, "мост.png", "", "", case.now))
            second = pool.submit(add, "другое.png")
            wait_for_a_waiter(postgresql_url)
        second.result(PATIENCE)
    with desks.newsroom.database.read() as work:
        assert [photo.name for photo in work.records.photos(5)] == ["мост.png"]


def test_an_edit_while_a_delivery_is_settled_leaves_the_label_true(desks: Desks, postgresql_url: str) -> None:
    """Neither waits for the other crosswise, and the label is worked out from both."""
    article = desks.approved()
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    delivered, editing = threading.Event(), threading.Event()

    def wait_for_editor(step: Step) -> None:
        if step is Step.AFTER_SITE_COMMIT:
            delivered.set()
            assert editing.wait(10)

    publisher = desks.newsroom.publisher("публикатор", watch=wait_for_editor)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(publisher.run_once)
        assert delivered.wait(10)
        with use_case(desks.editor, Action.WRITE) as case:
            current = case.work.articles.get(article, lock=True)
            editing.set()
            wait_for_a_waiter(postgresql_url)
            void_approval(case, current, ReviewStep.EDIT)
            case.note("save", article=article)
            case.done(None)
        assert [outcome.state for outcome in answer.result(10)] == [QueueState.VERIFIED]
    publisher.close()
    assert reading.read_article(desks.editor, article).label is Label.LIVE_EDITED


def wait_for_a_waiter(url: str) -> None:
    """Until some transaction waits for another one's lock."""
    deadline = time.monotonic() + PATIENCE
    waiters = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(waiters).fetchone() == (0,):
            assert time.monotonic() < deadline, "nobody waits"
            time.sleep(0.01)


def test_a_publisher_leaves_an_article_that_is_being_decided_over(desks: Desks) -> None:
    """It takes up another one meanwhile, and this one when the decision stands."""
    first, second = desks.approved(), desks.approved()
    for article in (first, second):
        publish_now(desks.chief, article)
    database = desks.newsroom.database
    with database.write() as deciding:
        deciding.articles.lock(first)
        assert claimed(database).article == second
    hold(desks.chief, first)
    with database.write() as work:
        assert work.queue.claim("публикатор", work.now, timedelta(minutes=1), ["main"]) is None


def test_a_delivery_under_way_is_seen_on_every_desk(desks: Desks) -> None:
    article = desks.approved()
    publish_now(desks.chief, article)
    seen: list[Label] = []
    newest = reading.newest_activity(desks.editor)

    def look(_step: object) -> None:
        seen.append(reading.read_article(desks.editor, article).label)
        assert reading.changes_since(desks.editor, newest)[1].articles == {article}

    publisher = desks.newsroom.publisher("публикатор", watch=look)
    publisher.run_once()
    publisher.close()
    assert (seen[0], seen[-1]) == (Label.UNDER_WAY, Label.LIVE)
