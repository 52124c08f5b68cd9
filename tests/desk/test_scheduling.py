"""The queue as the desk sees it: when, now, not yet, again, away."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from newsroom.desk import reading
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import hold, kill, publish_now, retry, schedule, withdraw
from newsroom.desk.session import Desk
from newsroom.desk.writing import save_article
from newsroom.domain.article import Article
from newsroom.domain.errors import Blocked, Forbidden, InvalidInput, NotNow
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label, LiveState, Operation, QueueState
from tests.newsrooms import GOOD, Desks


def article_now(desks: Desks, article: ArticleId) -> Article:
    return reading.read_article(desks.chief, article)


def live_article(desks: Desks) -> ArticleId:
    article = desks.approved()
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    return article


def test_a_scheduled_article_goes_out_at_its_time_and_not_before(desks: Desks) -> None:
    article = desks.approved()
    now = reading.read_counters(desks.chief).now
    schedule(desks.editor, article, now + timedelta(hours=1))
    assert desks.publish() == []
    schedule(desks.editor, article, now - timedelta(seconds=1))
    assert desks.publish() == ["verified"]
    assert article_now(desks, article).label is Label.LIVE


def test_a_time_long_past_is_refused(desks: Desks) -> None:
    article = desks.approved()
    with pytest.raises(InvalidInput, match="прошло"):
        schedule(desks.chief, article, reading.read_counters(desks.chief).now - timedelta(days=1))


def test_nothing_unapproved_can_be_scheduled_or_published(desks: Desks) -> None:
    article = desks.submitted()
    for go in (lambda: publish_now(desks.chief, article), lambda: hold(desks.chief, article)):
        with pytest.raises(NotNow):
            go()


def test_a_held_article_waits_until_it_is_let_go(desks: Desks) -> None:
    article = desks.approved()
    publish_now(desks.chief, article)
    hold(desks.chief, article, "ждём подтверждения")
    assert desks.publish() == []
    assert reading.read_queue(desks.chief)[0].reason == "ждём подтверждения"
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]


def test_a_live_article_as_it_stands_cannot_be_published_again(desks: Desks) -> None:
    article = live_article(desks)
    with pytest.raises(NotNow, match="уже на сайте"):
        publish_now(desks.chief, article)


def test_a_correction_replaces_what_is_live_and_the_old_text_stays_until_then(desks: Desks) -> None:
    article = live_article(desks)
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    assert article_now(desks, article).label is Label.LIVE_EDITED
    submit(desks.editor, article)
    approve(desks.chief, article)
    assert reading.live_content(desks.chief, article) == GOOD
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert reading.live_content(desks.chief, article) == GOOD.with_(lead="Иначе.")


def test_a_withdrawn_article_can_return_with_its_first_date(desks: Desks) -> None:
    article = live_article(desks)
    first = article_now(desks, article).live[0].first_published_at
    withdraw(desks.chief, article, "проверяем")
    assert desks.publish() == ["verified"]
    assert article_now(desks, article).label is Label.WITHDRAWN
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert article_now(desks, article).label is Label.LIVE
    assert article_now(desks, article).live[0].first_published_at == first


def test_what_is_not_on_a_site_cannot_be_withdrawn(desks: Desks) -> None:
    with pytest.raises(NotNow, match="снимать нечего"):
        withdraw(desks.chief, desks.approved(), "")


def test_a_kill_needs_a_reason_clears_the_schedule_and_is_final(desks: Desks) -> None:
    article = live_article(desks)
    with pytest.raises(InvalidInput):
        kill(desks.chief, article, " ")
    kill(desks.chief, article, "решение суда")
    assert desks.publish() == ["verified"]
    now = article_now(desks, article)
    assert (now.label, now.live[0].state) == (Label.KILLED, LiveState.KILLED)
    for go in (
        lambda: publish_now(desks.chief, article),
        lambda: submit(desks.editor, article),
        lambda: kill(desks.chief, article, "ещё раз"),
    ):
        with pytest.raises(NotNow, match="аннулирована"):
            go()


def test_killing_what_no_site_has_seen_sends_nothing(desks: Desks) -> None:
    article = desks.approved()
    kill(desks.chief, article, "дубль")
    assert desks.publish() == []
    assert article_now(desks, article).label is Label.KILLED
    assert [item.state for item in reading.read_queue(desks.chief)] == [QueueState.CANCELLED]


def test_an_article_under_way_has_to_arrive_before_it_is_decided_over(desks: Desks) -> None:
    article = desks.approved()
    publish_now(desks.chief, article)
    with desks.newsroom.database.write() as work:
        assert work.queue.claim("другой", work.now, timedelta(minutes=1), ["main"])
        work.articles.refresh_label(article)
    for go in (
        lambda: hold(desks.chief, article),
        lambda: schedule(desks.chief, article, reading.read_counters(desks.chief).now + timedelta(hours=1)),
    ):
        with pytest.raises(NotNow, match="доставляется"):
            go()


def test_a_kill_overtakes_a_delivery_under_way(desks: Desks) -> None:
    article = desks.approved()
    publish_now(desks.chief, article)
    with desks.newsroom.database.write() as work:
        late = work.queue.claim("застывший", work.now, timedelta(minutes=1), ["main"])
    kill(desks.chief, article, "решение суда")
    assert desks.publish() == ["verified"]
    assert late is not None
    with desks.newsroom.database.write() as work:
        assert not work.queue.settle(late, QueueState.DELIVERED, work.now)
    states = {item.operation: item.state for item in reading.read_queue(desks.chief)}
    assert states == {Operation.PUBLISH: QueueState.CANCELLED, Operation.KILL: QueueState.VERIFIED}


def test_retry_is_for_failures_only(desks: Desks) -> None:
    with pytest.raises(NotNow):
        retry(desks.chief, desks.approved())


def test_an_editor_schedules_but_does_not_publish_hold_or_kill(desks: Desks) -> None:
    article = desks.approved()
    schedule(desks.editor, article, reading.read_counters(desks.chief).now + timedelta(hours=1))
    for go in (
        lambda: publish_now(desks.editor, article),
        lambda: hold(desks.editor, article),
        lambda: kill(desks.editor, article, "нет"),
        lambda: withdraw(desks.editor, article, "нет"),
        lambda: schedule(desks.proofreader, article, reading.read_counters(desks.chief).now),
    ):
        with pytest.raises(Forbidden):
            go()


def test_blockers_are_looked_for_again_before_going_out(desks: Desks) -> None:
    now = reading.read_counters(desks.chief).now
    article = desks.submitted(GOOD.with_(date=now + timedelta(hours=3)))
    approve(desks.chief, article)
    with pytest.raises(Blocked, match="позже её выхода"):
        publish_now(desks.chief, article)
    schedule(desks.chief, article, now + timedelta(hours=3))
    assert article_now(desks, article).label is Label.SCHEDULED


def given_up(desks: Desks, operation: Operation) -> None:
    """A publisher has taken up what is due and could not reach the site."""
    with desks.newsroom.database.write() as work:
        claim = work.queue.claim("публикатор", work.now, timedelta(minutes=1), ["main"])
        assert claim is not None
        assert claim.payload.operation is operation
        work.queue.settle(claim, QueueState.RETRYING, work.now, next_attempt_at=work.now)


def test_an_edit_does_not_stop_a_withdrawal_on_its_way(desks: Desks) -> None:
    article = live_article(desks)
    withdraw(desks.chief, article, "проверяем")
    given_up(desks, Operation.WITHDRAW)
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    assert desks.publish() == ["verified"]
    assert article_now(desks, article).live[0].state is LiveState.WITHDRAWN


def test_a_withdrawal_or_kill_cannot_be_held(desks: Desks) -> None:
    withdrawn, killed = live_article(desks), live_article(desks)
    withdraw(desks.chief, withdrawn, "проверяем")
    kill(desks.chief, killed, "решение суда")
    for article in (withdrawn, killed):
        with pytest.raises(NotNow, match="придержать"):
            hold(desks.chief, article)
    assert desks.publish() == ["verified", "verified"]


def test_publishing_takes_back_a_withdrawal_that_has_not_reached_the_site(desks: Desks) -> None:
    article = live_article(desks)
    withdraw(desks.chief, article, "проверяем")
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert article_now(desks, article).live[0].state is LiveState.LIVE


@pytest.mark.parametrize(
    ("take_off", "state"), [(withdraw, LiveState.WITHDRAWN), (kill, LiveState.KILLED)], ids=["withdraw", "kill"]
)
def test_what_may_have_come_through_before_it_was_cancelled_is_taken_off(
    desks: Desks, take_off: Callable[[Desk, ArticleId, str], object], state: LiveState
) -> None:
    """A site lost in the midst of a delivery cannot say whether it has the article."""
    article = desks.approved()
    publish_now(desks.chief, article)
    given_up(desks, Operation.PUBLISH)
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    take_off(desks.chief, article, "ошибка источника")
    assert desks.publish() == ["verified"]
    assert article_now(desks, article).live[0].state is state


def test_what_was_under_way_when_its_approval_was_voided_is_not_sent(desks: Desks) -> None:
    """Whoever carried it can settle nothing any more, and the site is asked whether it came through."""
    article = desks.approved()
    publish_now(desks.chief, article)
    with desks.newsroom.database.write() as work:
        claim = work.queue.claim("другой", work.now, timedelta(minutes=1), ["main"])
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    assert claim is not None
    with desks.newsroom.database.write() as work:
        assert not work.queue.settle(claim, QueueState.NEEDS_PERSON, work.now)
        assert [doubtful.item for doubtful in work.queue.in_doubt(work.now, ["main"])] == [claim.item]
    with pytest.raises(NotNow, match="неудачных"):
        retry(desks.editor, article)
    assert desks.publish() == []
    assert article_now(desks, article).label is Label.DRAFT
    with desks.newsroom.database.read() as work:
        assert work.queue.in_doubt(work.now, ["main"]) == []
