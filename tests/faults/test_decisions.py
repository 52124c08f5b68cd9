"""What the desk decides while an article is on its way: obeyed up to the site's commit, and noted where it was late."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from newsroom.desk import reading
from newsroom.desk.review import return_article
from newsroom.desk.scheduling import hold, kill, publish_now, retry, schedule, withdraw
from newsroom.desk.session import Desk
from newsroom.desk.writing import save_article
from newsroom.domain.errors import InvalidInput, NotNow
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.states import Label, LiveState, QueueState
from newsroom.publishing.delivery import delivery_of
from newsroom.publishing.publisher import LEASE, Publisher, Step
from newsroom.site.port import Site
from newsroom.site.standard_schema import articles as site_articles
from tests.newsrooms import GOOD
from tests.publishing.conftest import Published

Decision = Callable[[Desk, ArticleId], object]

_EDIT = pytest.param(
    lambda desk, article: save_article(desk, article, GOOD.with_(lead="Иначе."), base_revision=1), id="edit"
)
_RETURN = pytest.param(lambda desk, article: return_article(desk, article, "проверить имена"), id="return")
_WITHDRAW = pytest.param(lambda desk, article: withdraw(desk, article, "проверяем"), id="withdraw")
_KILL = pytest.param(lambda desk, article: kill(desk, article, "решение суда"), id="kill")


def decided_at(place: Published, step: Step, decide: Decision) -> ArticleId:
    """An article that is published while somebody decides over it at *step*; afterwards the queue is run dry."""
    desks = place.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    decided: list[object] = []

    def meddle(reached: Step) -> None:
        if reached is step and not decided:
            decided.append(decide(desks.chief, article))

    publisher = desks.newsroom.publisher("a", watch=meddle)
    publisher.run_once()
    publisher.close()
    desks.publish()
    assert desks.publish() == []
    assert decided
    return article


@pytest.mark.parametrize("step", [Step.CLAIMED, Step.BEFORE_SITE_TRANSACTION, Step.INSIDE_SITE_TRANSACTION])
@pytest.mark.parametrize("decide", [_EDIT, _RETURN])
def test_before_the_commit_the_site_sees_nothing(published: Published, step: Step, decide: Decision) -> None:
    article = decided_at(published, step, decide)
    assert published.trail() == []
    current = reading.read_article(published.desks.chief, article)
    assert current.live == ()
    assert [item.state for item in reading.read_queue(published.desks.chief)] == [QueueState.CANCELLED]


@pytest.mark.parametrize("decide", [_EDIT, _RETURN])
def test_after_the_commit_what_came_through_is_noted(published: Published, decide: Decision) -> None:
    article = decided_at(published, Step.AFTER_SITE_COMMIT, decide)
    assert published.trail() == ["insert published 1"]
    current = reading.read_article(published.desks.chief, article)
    assert [place.state for place in current.live] == [LiveState.LIVE]
    [item] = reading.read_queue(published.desks.chief)
    assert item.state is QueueState.VERIFIED
    assert "опоздало" in item.problem
    withdraw(published.desks.chief, article, "проверяем")
    assert published.desks.publish() == ["verified"]
    assert published.column("status") == ["withdrawn"]


@pytest.mark.parametrize("step", [Step.CLAIMED, Step.INSIDE_SITE_TRANSACTION, Step.AFTER_SITE_COMMIT])
@pytest.mark.parametrize(("decide", "label"), [(_WITHDRAW.values[0], Label.WITHDRAWN), (_KILL.values[0], Label.KILLED)])
def test_taken_off_at_any_moment_it_is_off_in_the_end(
    published: Published, step: Step, decide: Decision, label: Label
) -> None:
    article = decided_at(published, step, decide)
    assert "published" not in published.column("status")
    assert reading.read_article(published.desks.chief, article).label is label


def lost_answer(place: Published, article: ArticleId, *, came_through: bool) -> None:
    """An attempt whose publisher does not know whether the site has committed."""
    desks = place.desks
    with desks.newsroom.database.write() as work:
        claim = work.queue.claim("пропавший", work.now, LEASE, [SiteName("main")])
    assert claim is not None
    assert claim.article == article
    if came_through:
        site = desks.newsroom.connect_site(SiteName("main"))
        site.deliver(delivery_of(claim, desks.newsroom.photos), lambda _step: None)
        site.close()
    with desks.newsroom.database.write() as work:
        assert work.queue.settle(claim, QueueState.RETRYING, work.now, next_attempt_at=work.now)


def test_held_after_a_lost_answer_the_site_is_asked_and_the_truth_noted(published: Published) -> None:
    """Nobody knew whether the first try had come through when the chief held the article back."""
    desks = published.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    lost_answer(published, article, came_through=True)
    hold(desks.chief, article, "ждём подтверждения")
    desks.publish()
    desks.publish()
    [item] = reading.read_queue(desks.chief)
    assert item.state is QueueState.VERIFIED
    assert reading.read_article(desks.chief, article).label is Label.LIVE
    with pytest.raises(NotNow):
        hold(desks.chief, article)
    assert published.trail() == ["insert published 1"]


@pytest.mark.parametrize("came_through", [True, False])
def test_put_off_after_a_lost_answer_it_is_dated_as_readers_see_it(published: Published, *, came_through: bool) -> None:
    desks = published.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    [first] = reading.read_queue(desks.chief)
    lost_answer(published, article, came_through=came_through)
    tomorrow = first.created_at + timedelta(days=1)
    schedule(desks.chief, article, tomorrow)
    desks.publish()
    if came_through:
        desks.publish()
    else:
        assert published.trail() == []
        desks.newsroom.database._clock = lambda: tomorrow + timedelta(seconds=1)
        assert desks.publish() == ["verified"]
    [item] = reading.read_queue(desks.chief)
    assert (item.state, "опоздало" in item.problem) == (QueueState.VERIFIED, came_through), item.problem
    date = first.due_at if came_through else tomorrow
    with published.site.connect() as connection:
        assert connection.scalars(select(site_articles.c.published_at)).all() == [date]
    [place] = reading.read_article(desks.chief, article).live
    assert place.first_published_at == date


def test_a_wrong_address_on_the_publishers_machine_holds_the_site_and_no_article(published: Published) -> None:
    """Once it is mended everything goes out without a person."""
    desks = published.desks
    articles = [desks.approved() for _number in range(3)]
    for article in articles:
        publish_now(desks.chief, article)

    def unknown() -> Site:
        raise InvalidInput("Как достичь базы сайта «main», эта машина не знает.")

    wrong = Publisher(desks.newsroom.database, desks.newsroom.photos, {SiteName("main"): unknown}, "неверный")
    assert [outcome.state for outcome in wrong.run_once()] == [QueueState.RETRYING]
    assert wrong.run_once() == []
    wrong.close()
    assert "неверный" in reading.read_queue(desks.chief)[0].problem
    retry(desks.chief, articles[0])
    assert desks.publish() == ["verified"] * 3
