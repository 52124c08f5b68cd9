"""A publisher that is frozen past the end of its lease, and another one that takes over."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now, withdraw
from newsroom.domain.states import Label, QueueState
from newsroom.publishing.publisher import LEASE, Publisher, Step
from newsroom.sql.engine import open_engine, parse_url
from newsroom.storage.database import open_database
from tests.newsrooms import Desks, newsroom_in
from tests.site.material import keep_trail, trail

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no signal that freezes a process"),
]


@pytest.mark.parametrize("step", [Step.CLAIMED, Step.BEFORE_SITE_TRANSACTION, Step.AFTER_SITE_COMMIT])
@pytest.mark.parametrize("withdrawn", [False, True], ids=["taken-over", "withdrawn-meanwhile"])
def test_the_late_one_changes_nothing(tmp_path: Path, postgresql_url: str, step: Step, withdrawn: bool) -> None:
    site = tmp_path / "site.db"
    with newsroom_in(tmp_path / "home", postgresql_url, main=f"standard:sqlite:///{site}") as newsroom:
        desks = Desks(newsroom)
        engine = open_engine(parse_url(f"sqlite:///{site}"))
        keep_trail(engine)
        article = desks.approved()
        publish_now(desks.chief, article)
        frozen = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.doomed", "publish", str(tmp_path / "home"), step.value, "freeze"],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _pid, status = os.waitpid(frozen.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            if withdrawn:
                withdraw(desks.chief, article, "проверяем")
            # Nobody takes the publication over while the lease runs; a withdrawal does not wait for that.
            assert desks.publish() == ["verified"] * withdrawn
            later = open_database(postgresql_url, clock=lambda: datetime.now(UTC) + LEASE + timedelta(seconds=5))
            other = Publisher(later, newsroom.photos, {"main": lambda: newsroom.connect_site("main")}, "второй")
            assert [outcome.state for outcome in other.run_once()] == [QueueState.VERIFIED] * (not withdrawn)
            other.close()
            later.close()
            changes = trail(engine)
            frozen.send_signal(signal.SIGCONT)
            told, _nothing = frozen.communicate(timeout=30)
        finally:
            frozen.kill()
            frozen.wait()
        assert frozen.returncode == 0
        assert trail(engine) == changes
        assert len(changes) <= 2
        engine.dispose()
        label = Label.WITHDRAWN if withdrawn else Label.LIVE
        assert reading.read_article(desks.chief, article).label is label
        states = {item.operation.value: item.state for item in reading.read_queue(desks.chief)}
        expected = (
            {"publish": QueueState.CANCELLED, "withdraw": QueueState.VERIFIED}
            if withdrawn
            else {"publish": QueueState.VERIFIED}
        )
        assert states == expected, told
