"""Database servers that are stopped and started for good: between deliveries and in the midst of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now, retry
from newsroom.domain.errors import DatabaseUnavailable
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Step
from newsroom.sql.engine import open_engine, parse_url
from tests.newsrooms import Desks, newsroom_in
from tests.publishing.conftest import Published
from tests.servers import OwnServer
from tests.site.material import keep_trail

Restarted = tuple[Published, OwnServer]


@pytest.fixture(params=["postgresql", "mariadb"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Restarted]:
    """A newsroom whose site is on a server of its own."""
    server: OwnServer = request.getfixturevalue(f"own_{request.param}")
    url = server.databases.create()
    with newsroom_in(tmp_path / "home", main=f"standard:{url}") as newsroom:
        engine = open_engine(parse_url(url))
        keep_trail(engine)
        yield Published(Desks(newsroom), tmp_path / "home", engine), server
        engine.dispose()
        if server.process is None:
            server.start()


def test_restarted_between_two_deliveries_it_costs_none_of_them(site: Restarted) -> None:
    place, server = site
    desks = place.desks
    publisher = desks.newsroom.publisher("a")
    for crash in (False, True):
        publish_now(desks.chief, desks.approved())
        assert [outcome.state for outcome in publisher.run_once()] == [QueueState.VERIFIED]
        server.restart(crash=crash)
        publish_now(desks.chief, desks.approved())
        assert [outcome.state for outcome in publisher.run_once()] == [QueueState.VERIFIED]
    publisher.close()
    assert len(place.trail()) == 4


def test_while_it_is_down_the_item_waits_and_says_why(site: Restarted) -> None:
    place, server = site
    desks = place.desks
    article = desks.approved()
    publisher = desks.newsroom.publisher("a")
    publisher.run_once()
    server.stop()
    publish_now(desks.chief, article)
    outcome = publisher.run_once()[0]
    assert outcome.state is QueueState.RETRYING
    assert "сервер базы выключен или недоступен" in outcome.problem
    server.start()
    publisher.close()
    retry(desks.chief, article)
    assert desks.publish() == ["verified"]
    assert place.trail() == ["insert published 1"]


@pytest.mark.parametrize("crash", [False, True], ids=["in-order", "crashed"])
@pytest.mark.parametrize("step", [Step.BEFORE_SITE_TRANSACTION, Step.INSIDE_SITE_TRANSACTION, Step.AFTER_SITE_COMMIT])
def test_restarted_within_a_delivery_it_has_one_effect(site: Restarted, step: Step, crash: bool) -> None:
    place, server = site
    desks = place.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    restarts: list[Step] = []

    def restart(reached: Step) -> None:
        if reached is step and not restarts:
            restarts.append(reached)
            server.restart(crash=crash)

    publisher = desks.newsroom.publisher("a", watch=restart)
    outcome = publisher.run_once()[0]
    # What was open is lost with the server; whatever connects after it knows nothing of the restart.
    inside = step is Step.INSIDE_SITE_TRANSACTION
    assert outcome.state is (QueueState.RETRYING if inside else QueueState.VERIFIED), outcome.problem
    publisher.close()
    if inside:
        assert place.trail() == []
        retry(desks.chief, article)
        assert desks.publish() == ["verified"]
    assert place.trail() == ["insert published 1"]


@pytest.mark.parametrize("step", [None, Step.CLAIMED, Step.INSIDE_SITE_TRANSACTION, Step.AFTER_SITE_COMMIT])
def test_a_newsroom_whose_server_is_restarted_goes_on(
    tmp_path: Path, own_postgresql: OwnServer, step: Step | None
) -> None:
    with newsroom_in(tmp_path / "home", own_postgresql.databases.create()) as newsroom:
        desks = Desks(newsroom)
        restarts = [step]

        def restart(reached: Step | None) -> None:
            if [reached] == restarts:
                restarts.clear()
                own_postgresql.restart()

        publisher = newsroom.publisher("a", watch=restart)
        publish_now(desks.chief, desks.approved())
        restart(None)
        assert [outcome.state for outcome in publisher.run_once()] == [QueueState.VERIFIED]
        own_postgresql.stop()
        with pytest.raises(DatabaseUnavailable, match="сервер базы выключен или недоступен"):
            publisher.run_once()
        with pytest.raises(DatabaseUnavailable, match="сервер базы выключен или недоступен"):
            reading.read_queue(desks.chief)
        own_postgresql.start()
        publish_now(desks.chief, desks.approved())
        assert [outcome.state for outcome in publisher.run_once()] == [QueueState.VERIFIED]
        publisher.close()
