"""Sites at the other end of a line that breaks: lost COMMITs, outages, servers that freeze."""

from datetime import timedelta

import pytest

from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Step
from tests.newsrooms import GOOD, Desks
from tests.publishing.conftest import Published
from tests.site.proxy import Proxy

Far = tuple[Published, Proxy]


def states(desks: Desks) -> list[QueueState]:
    return [item.state for item in reading.read_queue(desks.chief)]


def later(desks: Desks, ahead: timedelta) -> None:
    """Move the clock of the newsroom's database on, past what its publisher waits for."""
    desks.newsroom.database._clock = None
    with desks.newsroom.database.read() as work:
        now = work.now
    desks.newsroom.database._clock = lambda: now + ahead


@pytest.mark.parametrize("loss", ["lose_next_reply", "lose_next_request", "delay_next_request"])
def test_a_commit_whose_outcome_is_unknown_has_one_effect(far: Far, loss: str) -> None:
    """Its answer is lost, itself is lost, or it comes only after the next try has begun: that one waits for it."""
    place, proxy = far
    desks = place.desks
    publish_now(desks.chief, desks.approved())

    def lose(step: Step) -> None:
        if step is Step.INSIDE_SITE_TRANSACTION:
            getattr(proxy, loss)()

    publisher = desks.newsroom.publisher("a", watch=lose)
    assert [outcome.state for outcome in publisher.run_once()] == [QueueState.RETRYING]
    publisher.close()
    later(desks, timedelta(seconds=9))
    other = desks.newsroom.publisher("b")
    outcomes = other.run_once()
    other.close()
    if loss == "delay_next_request" and outcomes[0].state is QueueState.RETRYING:
        later(desks, timedelta(seconds=18))  # the lock was waited for as long as it may be
        assert desks.publish() == ["verified"]
    assert states(desks) == [QueueState.VERIFIED]
    assert place.trail() == ["insert published 1"]


def test_a_site_away_for_hours_gets_everything_in_order_when_it_returns(far: Far) -> None:
    place, proxy = far
    desks = place.desks
    articles = [desks.approved(GOOD.with_(headline=f"Мост {number}")) for number in range(4)]
    for article in articles:
        publish_now(desks.chief, article)
    proxy.refuse()
    publisher = desks.newsroom.publisher("a")
    for hour in range(9):
        later(desks, timedelta(hours=hour))
        # One probe, and not one for every article that waits.
        assert [outcome.state for outcome in publisher.run_once()] == [QueueState.RETRYING]
        assert publisher.run_once() == []
    assert place.trail() == []
    proxy.cut()
    later(desks, timedelta(hours=8, seconds=9))
    assert [outcome.article for outcome in publisher.run_once()] == articles
    publisher.close()
    assert set(states(desks)) == {QueueState.VERIFIED}
    assert len(place.trail()) == 4


@pytest.mark.parametrize("step", [Step.BEFORE_SITE_TRANSACTION, Step.INSIDE_SITE_TRANSACTION, Step.AFTER_SITE_COMMIT])
def test_a_frozen_site_is_given_up_after_a_while_and_tried_again(far: Far, step: Step) -> None:
    place, proxy = far
    desks = place.desks
    publish_now(desks.chief, desks.approved())

    def freeze(reached: Step) -> None:
        if reached is step:
            proxy.freeze()

    publisher = desks.newsroom.publisher("a", watch=freeze)
    expected = QueueState.DELIVERED if step is Step.AFTER_SITE_COMMIT else QueueState.RETRYING
    assert [outcome.state for outcome in publisher.run_once()] == [expected]
    assert reading.read_counters(desks.chief)  # the newsroom itself is not held up
    publisher.close()
    proxy.cut()
    later(desks, timedelta(seconds=9))
    assert desks.publish() == ["verified"]
    assert place.trail() == ["insert published 1"]
