"""One pass over the queue: once, in order, and what is done when something breaks on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from newsroom.desk import reading
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import kill, publish_now, retry, withdraw
from newsroom.desk.writing import save_article
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import SiteUnavailable
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label, Operation, QueueState
from newsroom.publishing.publisher import Publisher, Step
from newsroom.site.port import Site
from newsroom.site.standard_schema import newsroom_receipt
from tests.faults.conftest import after_the_lease
from tests.newsrooms import GOOD, Desks
from tests.photos.pictures import encoded, picture
from tests.publishing.conftest import Published


def test_a_second_pass_changes_nothing(published: Published) -> None:
    desks = published.desks
    publish_now(desks.chief, desks.approved())
    assert desks.publish() == ["verified"]
    seen = published.trail()
    assert len(seen) == 1
    assert desks.publish() == []
    assert published.trail() == seen


def test_the_site_gets_the_article_with_its_photo(published: Published) -> None:
    desks = published.desks
    photo = add_photo(desks.editor, encoded(picture()), "мост.jpg").value
    publish_now(desks.chief, desks.approved(GOOD.with_(photo=LeadPhoto(photo.id, "Мост", "Анна Ким", "Мост утром"))))
    assert desks.publish() == ["verified"]
    assert published.column("headline") == [GOOD.headline]
    assert published.column("photo_credit") == ["Анна Ким"]
    assert published.column("age") == ["6+"]
    with published.site.connect() as connection:
        stored = connection.execute(text("SELECT mime, width FROM photos")).one()
    assert tuple(stored) == ("image/jpeg", 640)


def test_of_two_due_revisions_only_the_newer_reaches_the_site(published: Published) -> None:
    desks = published.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    publisher = desks.newsroom.publisher("a")
    with desks.newsroom.database.write() as work:
        old = work.queue.claim("застывший", work.now, timedelta(seconds=-1), ["main"])
    save_article(desks.editor, article, GOOD.with_(lead="Новее."), base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    assert [outcome.state for outcome in publisher.run_once()] == [QueueState.VERIFIED]
    assert published.column("lead") == ["Новее."]
    assert old is not None
    late = publisher._deliver(old)
    publisher.close()
    assert late.state is QueueState.SUPERSEDED
    assert published.column("lead") == ["Новее."]
    states = {item.sequence: item.state for item in reading.read_queue(desks.chief)}
    assert states == {1: QueueState.CANCELLED, 2: QueueState.VERIFIED}


def test_a_receipt_that_appears_after_the_comparison_is_told_to_a_person(published: Published) -> None:
    """The newsroom forgot what it had sent: nothing on the site is undone, and the next approved text goes out."""
    desks = published.desks
    publisher = desks.newsroom.publisher("а")
    publisher.run_once()
    article = desks.approved()
    publish_now(desks.chief, article)
    with published.site.begin() as connection:
        connection.execute(newsroom_receipt.insert().values(**ahead_of(desks, article, Operation.PUBLISH)))
    assert states_of(publisher) == ["needs_person"]
    [item] = reading.read_queue(desks.chief)
    assert "старой копии" in item.problem
    retry(desks.chief, article)
    assert states_of(publisher) == ["needs_person"]
    save_article(desks.editor, article, GOOD.with_(lead="Новее."), base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    assert states_of(publisher) == ["verified"]
    publisher.close()
    assert published.column("lead") == ["Новее."]


def test_a_kill_that_appears_after_the_comparison_is_told_to_a_person(published: Published) -> None:
    desks = published.desks
    publisher = desks.newsroom.publisher("а")
    publisher.run_once()
    article = desks.approved()
    publish_now(desks.chief, article)
    with published.site.begin() as connection:
        connection.execute(newsroom_receipt.insert().values(**ahead_of(desks, article, Operation.KILL)))
    assert states_of(publisher) == ["needs_person"]
    publisher.close()
    assert "аннулирована" in reading.read_queue(desks.chief)[0].problem
    assert published.trail() == []


def states_of(publisher: Publisher) -> list[str]:
    return [outcome.state.value for outcome in publisher.run_once()]


def ahead_of(desks: Desks, article: ArticleId, operation: Operation) -> dict[str, object]:
    """A receipt of a later life of the newsroom."""
    return {
        "article_uid": reading.read_article(desks.chief, article).uid,
        "site_pk": "",
        "operation": operation.value,
        "sequence": 7,
        "revision": 3,
        "hash": "0" * 64,
        "row_hash": "",
        "epoch": 1,
        "written_at": datetime.now(UTC),
    }


def test_a_poisoned_item_does_not_keep_the_others(published: Published) -> None:
    desks = published.desks
    with published.site.begin() as connection:
        connection.execute(text("INSERT INTO rubrics (slug, title, position) VALUES ('prochee', 'Прочее', 9)"))
        connection.execute(
            text(
                "INSERT INTO articles (rubric_slug, uid, slug, status, headline, lead, body_html, tags, byline, age, "
                "photo_caption, photo_credit, photo_alt, note, published_at, updated_at, revision) VALUES "
                "('prochee', 'чужая', 'zanyato', 'published', 'Чужая', '', '', '[]', '', '6+', '', '', '', '', "
                "'2026-01-01 00:00:00', '2026-01-01 00:00:00', 1)"
            )
        )
    bad, good = desks.approved(GOOD.with_(slug="zanyato")), desks.approved()
    for article in (bad, good):
        publish_now(desks.chief, article)
    assert desks.publish() == ["needs_person", "verified"]
    problem = reading.read_queue(desks.chief)[0].problem
    assert "zanyato" in problem
    assert reading.read_article(desks.chief, bad).label is Label.NEEDS_PERSON
    with published.site.begin() as connection:
        connection.execute(text("DELETE FROM articles WHERE slug = 'zanyato'"))
    assert desks.publish() == []
    retry(desks.editor, bad)
    assert desks.publish() == ["verified"]


def test_a_photo_missing_on_disk_keeps_the_article_back_whole(published: Published) -> None:
    desks = published.desks
    photo = add_photo(desks.editor, encoded(picture()), "мост.jpg").value
    article = desks.approved(GOOD.with_(photo=LeadPhoto(photo.id, "Мост", "Анна Ким", "Мост утром")))
    publish_now(desks.chief, article)
    desks.newsroom.photos.path(photo.id).unlink()
    assert desks.publish() == ["needs_person"]
    assert published.trail() == []


@pytest.mark.parametrize(
    "damage", ["UPDATE payloads SET body = replace(body, 'мост', 'брод')", "UPDATE payloads SET body = '{'"]
)
def test_what_was_approved_is_not_published_otherwise(published: Published, damage: str) -> None:
    desks = published.desks
    damaged, sound = desks.approved(), desks.approved()
    for article in (damaged, sound):
        publish_now(desks.chief, article)
    with desks.newsroom.database.write() as work:
        work._connection.execute(text("DROP TRIGGER payloads_no_update"))
        work._connection.execute(text(f"{damage} WHERE article = {damaged}"))
    assert desks.publish() == ["needs_person", "verified"]
    assert len(published.trail()) == 1
    assert "одобрите её заново" in reading.read_queue(desks.chief)[0].problem


def test_withdraw_and_kill_reach_the_site(published: Published) -> None:
    desks = published.desks
    first, second = desks.approved(), desks.approved()
    for article in (first, second):
        publish_now(desks.chief, article)
    desks.publish()
    withdraw(desks.chief, first, "проверяем")
    kill(desks.chief, second, "решение суда")
    assert desks.publish() == ["verified", "verified"]
    assert published.column("status") == ["withdrawn", "killed"]
    assert published.column("headline")[1] == ""


def test_a_row_changed_on_the_site_between_commit_and_reading_back_needs_a_person(published: Published) -> None:
    desks = published.desks

    def meddle(step: Step) -> None:
        if step is Step.AFTER_SITE_COMMIT:
            with published.site.begin() as connection:
                connection.execute(text("UPDATE articles SET headline = 'Чужая рука'"))

    publish_now(desks.chief, desks.approved())
    publisher = desks.newsroom.publisher("a", watch=meddle)
    outcome = publisher.run_once()[0]
    publisher.close()
    assert outcome.state is QueueState.NEEDS_PERSON
    assert reading.read_queue(desks.chief)[0].problem


def test_two_publishers_at_once_deliver_everything_once(published: Published) -> None:
    desks = published.desks
    for _number in range(6):
        publish_now(desks.chief, desks.approved())
    second = desks.newsroom.publisher("второй")

    def interleave(step: Step) -> None:
        if step is Step.CLAIMED:
            second.run_once()

    first = desks.newsroom.publisher("первый", watch=interleave)
    first.run_once()
    for publisher in (first, second):
        publisher.close()
    assert len(published.trail()) == 6
    assert {item.state for item in reading.read_queue(desks.chief)} == {QueueState.VERIFIED}


def test_reports_come_in_once_and_decisions_go_back(published: Published) -> None:
    from newsroom.desk.proofreading import close_report, reopen_report
    from newsroom.domain.errors import NotNow
    from newsroom.domain.reports import ReportState

    desks = published.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    desks.publish()
    uid = reading.read_article(desks.chief, article).uid
    with published.site.begin() as connection:
        for number, owner in enumerate((uid, "неизвестная")):
            connection.execute(
                text(
                    "INSERT INTO typo_reports (article_uid, page_url, before_text, selected_text, after_text, comment, "
                    "reporter_hash, state, created_at) VALUES (:uid, '/article/x', 'Подрядчик ', 'закончл', ' ремонт', "
                    "'закончил', '', 'new', :at)"
                ),
                {"uid": owner, "at": f"2026-11-22 02:0{number}:00"},
            )
    desks.publish()
    desks.publish()
    reports = reading.read_reports(desks.proofreader)
    assert sorted(report.article or 0 for report in reports) == [0, article]
    mine = next(report for report in reports if report.article == article)
    assert (mine.selected, mine.comment, mine.headline) == ("закончл", "закончил", GOOD.headline)
    close_report(desks.proofreader, mine.id, ReportState.FIXED)
    with pytest.raises(NotNow):
        close_report(desks.editor, mine.id, ReportState.REJECTED)
    desks.publish()
    with published.site.connect() as connection:
        states = connection.scalars(text("SELECT state FROM typo_reports ORDER BY id")).all()
    assert states == ["fixed", "new"]
    reopen_report(desks.editor, mine.id)
    assert len(reading.read_reports(desks.editor)) == 2


def test_a_site_that_is_gone_is_tried_again_and_gets_everything(published: Published) -> None:
    desks = published.desks
    articles = [desks.approved() for _number in range(3)]
    for article in articles:
        publish_now(desks.chief, article)
    with published.site.begin() as connection:
        connection.execute(text("ALTER TABLE newsroom_receipt RENAME TO hidden_receipt"))
    publisher = Publisher(
        desks.newsroom.database,
        desks.newsroom.photos,
        {"main": lambda: desks.newsroom.connect_site("main")},
        "a",
    )
    outcome = publisher.run_once()[0]
    assert outcome.state is QueueState.RETRYING
    assert "newsroom_receipt" in outcome.problem
    assert published.trail() == []
    assert publisher.run_once() == []  # the site is left alone for a moment, not asked for every article
    with published.site.begin() as connection:
        connection.execute(text("ALTER TABLE hidden_receipt RENAME TO newsroom_receipt"))
    publisher._paused.clear()
    for article in articles[:1]:
        retry(desks.chief, article)
    assert [one.state for one in publisher.run_once()] == [QueueState.VERIFIED] * 3
    publisher.close()
    assert len(published.trail()) == 3


def test_a_site_lost_before_reading_back_is_asked_once_and_not_for_every_article(published: Published) -> None:
    desks = published.desks

    def lose(step: Step) -> None:
        if step is Step.AFTER_SITE_COMMIT:
            with published.site.begin() as connection:
                connection.execute(text("ALTER TABLE newsroom_receipt RENAME TO hidden_receipt"))

    for _number in range(3):
        publish_now(desks.chief, desks.approved())
        losing = desks.newsroom.publisher("теряющий", watch=lose)
        assert losing.run_once()[0].state is QueueState.DELIVERED
        losing.close()
        with published.site.begin() as connection:
            connection.execute(text("ALTER TABLE hidden_receipt RENAME TO newsroom_receipt"))
    assert [item.problem for item in reading.read_queue(desks.chief)] == [""] * 3
    after_the_lease(desks.newsroom)
    asked: list[int] = []

    def lost() -> Site:
        asked.append(1)
        raise SiteUnavailable("нет связи")

    publisher = Publisher(desks.newsroom.database, desks.newsroom.photos, {"main": lost}, "a")
    assert [outcome.state for outcome in publisher.run_once()] == [QueueState.DELIVERED]
    assert len(asked) == 1
    assert {item.state for item in reading.read_queue(desks.chief)} == {QueueState.DELIVERED}


def test_a_publisher_that_is_told_to_stop_leaves_the_rest_to_the_next(published: Published) -> None:
    desks = published.desks
    for _number in range(3):
        publish_now(desks.chief, desks.approved())
    answers = iter([True, True])
    publisher = desks.newsroom.publisher("a")
    assert len(publisher.run_once(lambda: next(answers, False))) == 1
    publisher.close()
    assert desks.publish() == ["verified", "verified"]


def test_publishing_now_what_had_come_through_unnoticed_is_no_difference(published: Published) -> None:
    """The answer to the COMMIT was lost, and somebody presses "publish now" instead of waiting for the next try."""
    desks = published.desks
    article = desks.approved()
    publish_now(desks.chief, article)

    def lose_answer(step: Step) -> None:
        if step is Step.AFTER_SITE_COMMIT:
            raise SiteUnavailable("связь потеряна")

    publisher = desks.newsroom.publisher("a", watch=lose_answer)
    assert [outcome.state for outcome in publisher.run_once()] == [QueueState.RETRYING]
    publisher.close()
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert len(published.trail()) == 1
