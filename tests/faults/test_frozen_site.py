"""A site that has stopped answering holds up itself alone: no other site, no desk, no sign of life."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.desk import house, reading
from newsroom.desk.health import read_health
from newsroom.desk.scheduling import publish_now, schedule
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Step
from newsroom.publishing.service import PublisherThread, run_once
from tests.faults.conftest import line_to
from tests.newsrooms import GOOD, Desks, newsroom_in
from tests.publishing.any_site import ARTICLE, newsroom_over
from tests.site.schemas import SUBJECTS, made

_PATIENCE = 25


def until(seen: Callable[[], bool], what: str) -> None:
    wait = threading.Event()
    deadline = datetime.now(UTC) + timedelta(seconds=_PATIENCE)
    while not seen():
        assert datetime.now(UTC) < deadline, f"never seen: {what}"
        wait.wait(0.05)


@pytest.mark.parametrize(
    "server",
    [
        pytest.param("postgresql_url", id="postgresql", marks=pytest.mark.postgresql),
        pytest.param("mariadb_url", id="mariadb", marks=pytest.mark.mariadb),
    ],
)
def test_the_other_sites_articles_go_out_on_time(tmp_path: Path, server: str, request: pytest.FixtureRequest) -> None:
    """With the time-outs of every day: the frozen site is still being waited for when the other has its article."""
    with line_to(request.getfixturevalue(server)) as (proxy, address):
        sites = {"far": f"standard:{address}", "near": f"standard:sqlite:///{tmp_path / 'near.db'}"}
        with newsroom_in(tmp_path / "home", **sites) as newsroom:
            desks = Desks(newsroom)
            first, second = (desks.approved(GOOD.with_(slug=slug)) for slug in ("pervaya", "vtoraya"))

            def freeze(step: Step) -> None:
                if step is Step.INSIDE_SITE_TRANSACTION and threading.current_thread().name == "publisher-far":
                    proxy.freeze()

            def state(article: ArticleId, site: str) -> QueueState:
                [item] = [i for i in reading.read_queue(desks.chief) if (i.article, i.site) == (article, site)]
                return item.state

            publish_now(desks.chief, first)
            publisher = newsroom.publisher("a", watch=freeze)
            thread = PublisherThread(publisher, newsroom.follower(publisher))
            try:
                until(lambda: state(first, "near") is QueueState.VERIFIED, "the first article on the site that answers")
                schedule(desks.chief, second, datetime.now(UTC) + timedelta(seconds=1))
                until(lambda: state(second, "near") is QueueState.VERIFIED, "the planned article there")
                assert state(first, "far") is QueueState.DELIVERING
                assert state(second, "far") is QueueState.SCHEDULED
                health = read_health(desks.chief)
                assert [(one.alive, set(one.sites)) for one in health.publishers] == [(True, {"far", "near"})]
                proxy.cut()
                until(lambda: state(first, "far") is QueueState.RETRYING, "the fault")
            finally:
                proxy.cut()
                thread.stop()


@pytest.mark.postgresql
def test_a_single_pass_serves_the_other_sites_meanwhile(tmp_path: Path, postgresql_url: str) -> None:
    """``newsroom publisher run --once``, as from a timer."""
    with line_to(postgresql_url) as (proxy, address):
        sites = {"far": f"standard:{address}", "near": f"standard:sqlite:///{tmp_path / 'near.db'}"}
        with newsroom_in(tmp_path / "home", **sites) as newsroom:
            desks = Desks(newsroom)
            publish_now(desks.chief, desks.approved())
            both_claimed = threading.Barrier(2, proxy.freeze, _PATIENCE)

            def freeze(step: Step) -> None:
                if step is Step.CLAIMED:
                    both_claimed.wait()

            publisher = newsroom.publisher("a", watch=freeze)
            with ThreadPoolExecutor(1) as pool:
                passed = pool.submit(run_once, publisher)
                try:
                    until(lambda: "verified" in states(desks).values(), "the article on the site that answers")
                    assert states(desks) == {"far": "delivering", "near": "verified"}
                finally:
                    proxy.cut()
                left = {one.site: one.state.value for one in passed.result(_PATIENCE)}
            assert left == {"far": "retrying", "near": "verified"}


def states(desks: Desks) -> dict[str, str]:
    return {item.site: item.state.value for item in reading.read_queue(desks.chief)}


@pytest.mark.mariadb
def test_no_desk_waits_while_a_site_hangs_that_is_asked_for_an_address(
    tmp_path: Path, mariadb_url: str, impatient: None
) -> None:
    """WordPress alone knows the address of its post: it is asked after the commit, and freezes just then."""
    (tmp_path / "site").mkdir()
    with (
        made(SUBJECTS["wordpress"], mariadb_url, tmp_path / "site") as place,
        line_to(mariadb_url) as (proxy, address),
        newsroom_over(replace(place, work_url=address), tmp_path / "home") as desks,
    ):
        config = desks.newsroom.sites()[0]
        house.save_site(desks.chief, replace(config, public_url="https://news.example"))
        publish_now(desks.chief, desks.approved(ARTICLE))
        frozen = threading.Event()

        def freeze(step: Step) -> None:
            if step is Step.AFTER_SITE_COMMIT:
                proxy.freeze()
                frozen.set()

        publisher = desks.newsroom.publisher("a", watch=freeze)
        thread = PublisherThread(publisher, desks.newsroom.follower(publisher))
        try:
            assert frozen.wait(_PATIENCE)
            desks.submitted()
            until(lambda: QueueState.RETRYING in {item.state for item in reading.read_queue(desks.chief)}, "the fault")
        finally:
            proxy.cut()
            thread.stop()
