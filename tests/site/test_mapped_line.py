"""Deliveries to described sites by publishers that die and over lines that break: one effect, whatever was lost."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from newsroom.domain.errors import SiteUnavailable
from newsroom.domain.ids import ArticleUid
from newsroom.domain.states import Operation
from newsroom.site.kinds import open_site
from newsroom.site.port import Delivery, Effect, Site, SiteStep
from newsroom.sql import engine as engine_module
from tests.site.material import OTHER_UID, UID, photo, publication, removal, unwatched
from tests.site.proxy import Proxy, proxy_to
from tests.site.schemas import SUBJECTS, Made, made

_ROOT = Path(__file__).parents[2]

_CHILD = """
import json, os, signal, sys
from newsroom.site.kinds import open_site
from tests.site.material import publication

def die(step):
    if step.value == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

open_site("mapped", sys.argv[1], json.loads(sys.argv[3])).deliver(publication(), die)
"""

#: Every place of a receipt, on every kind of server.
_PLACES = ["wagtail-postgresql", "wagtail-mariadb", "cyrillic-mariadb", "rights-postgresql"]


@pytest.fixture(params=_PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    name, database = request.param.split("-")
    with made(SUBJECTS[name], request.getfixturevalue(f"{database}_url"), tmp_path) as place:
        yield place


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in {"CONNECT": 1, "LOCK": 1, "STATEMENT": 2, "ANSWER": 2}.items():
        monkeypatch.setattr(engine_module, f"{name}_SECONDS", seconds)


@pytest.fixture
def site(place: Made) -> Iterator[Site]:
    site = place.open()
    yield site
    site.close()


@pytest.fixture
def proxy(place: Made) -> Iterator[Proxy]:
    url = make_url(place.work_url)
    default = 5432 if url.get_backend_name() == "postgresql" else 3306
    with proxy_to(url.host or "127.0.0.1", url.port or default) as proxy:
        yield proxy


@pytest.fixture
def far(place: Made, proxy: Proxy, impatient: None) -> Iterator[Site]:
    """The site through the proxy."""
    url = make_url(place.work_url).set(host="127.0.0.1", port=proxy.port).render_as_string(hide_password=False)
    site = open_site("mapped", url, place.options)
    yield site
    site.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("step", list(SiteStep))
def test_killed_at_any_step_and_repeated_has_one_effect(step: SiteStep, site: Site, place: Made) -> None:
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, place.work_url, step.value, json.dumps(place.options)],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        timeout=60,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    repeated = site.deliver(publication(), unwatched)
    assert repeated.effect is (Effect.ALREADY_DONE if step is SiteStep.AFTER_COMMIT else Effect.APPLIED)
    assert site.read_back(publication()) == []
    assert place.trail() == (1, 0, 0)


@pytest.mark.parametrize("lost", ["reply", "request"])
def test_lost_commit_or_its_lost_reply_is_settled_by_repeating(lost: str, far: Site, proxy: Proxy, place: Made) -> None:
    def lose(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            (proxy.lose_next_reply if lost == "reply" else proxy.lose_next_request)()

    with pytest.raises(SiteUnavailable):
        far.deliver(publication(), lose)
    again = far.deliver(publication(), unwatched)
    assert again.effect is (Effect.ALREADY_DONE if lost == "reply" else Effect.APPLIED)
    assert place.trail() == (1, 0, 0)
    assert far.read_back(publication()) == []


def test_frozen_server_is_given_up(far: Site, proxy: Proxy, place: Made) -> None:
    far.deliver(publication(1, uid=OTHER_UID, slug="other"), unwatched)

    def freeze(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            proxy.freeze()

    with pytest.raises(SiteUnavailable):
        far.deliver(publication(), freeze)


@pytest.mark.usefixtures("impatient")
def test_article_that_another_publisher_holds_is_waited_for_and_then_reported(place: Made) -> None:
    """Other articles go out meanwhile."""
    holder, site = place.open(), place.open()
    told: list[str] = []

    def hold(step: SiteStep) -> None:
        if step is SiteStep.INSIDE_TRANSACTION:
            with pytest.raises(SiteUnavailable, match="база занята другим процессом"):
                site.deliver(publication(), unwatched)
            other = publication(1, uid=OTHER_UID, slug="other", photos=(), lead_photo=None, tags=())
            told.append(site.deliver(other, unwatched).effect)

    assert holder.deliver(publication(), hold).effect is Effect.APPLIED
    assert told == [Effect.APPLIED]
    assert site.deliver(publication(), unwatched).effect is Effect.ALREADY_DONE
    assert place.trail() == (2, 0, 0)
    holder.close()
    site.close()


def test_many_deliveries_at_once_all_arrive(place: Made) -> None:
    """Articles that share rubrics, tags and photos, published, corrected and killed by several publishers."""
    problems: list[Exception] = []

    def deliver(rival: Site, delivery: Delivery) -> None:
        for _ in range(10):
            try:
                rival.deliver(delivery, unwatched)
                return
            except SiteUnavailable:
                continue
        raise AssertionError(f"never delivered: {delivery}")

    def work(worker: int) -> None:
        rival = place.open()
        try:
            for number in range(4):
                uid = ArticleUid(f"{UID[:-4]}{worker:02d}{number:02d}")
                own = {"uid": uid, "slug": f"a-{worker}-{number}", "tags": ("общий", f"тег {number}")}
                shown = photo(number)
                deliver(rival, publication(1, **own))
                deliver(rival, publication(2, lead_photo=shown.id, photos=(shown,), **own))
                if number % 2:
                    deliver(rival, removal(Operation.KILL, 3, uid))
        except Exception as error:
            problems.append(error)
        rival.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert place.trail() == ((12, 12, 6) if place.subject.removes else (12, 18, 0))
    assert len(place.shown()) == 6
