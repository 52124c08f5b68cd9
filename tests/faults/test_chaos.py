"""A short run of chaos on each kind of database; ``python -m tests.faults.chaos`` makes long ones."""

import signal
from pathlib import Path

import pytest

from tests.faults.chaos import Chaos

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signal that kills or freezes a process")


@pytest.mark.parametrize(
    "database",
    [
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
        pytest.param("mariadb", marks=pytest.mark.mariadb),
    ],
)
def test_nothing_is_lost_doubled_or_early(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> None:
    if database != "sqlite":
        request.getfixturevalue(f"{database}_server")
    verdict = Chaos(database, seed=20, kills=12).run(tmp_path)
    assert verdict.delivered
    assert verdict.sound, f"{verdict}\n" + "\n".join(verdict.details)
