"""Publishers as real processes, quick to make: ``python -m tests.faults.nursery HOME`` forks one for each line.

The program is imported once; a publisher is a fork of that, opens everything itself and lives until it is killed. Its
process number is printed. Time-outs and the lease are made short, so that a run sees many of them.
"""

import argparse
import mmap
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from newsroom.app import open_newsroom
from newsroom.domain.errors import EnvironmentFault
from newsroom.publishing import publisher as publishing
from newsroom.publishing import service
from newsroom.publishing.publisher import Step
from newsroom.sql import engine as engines

#: Seconds; what `newsroom.sql.engine` calls CONNECT, LOCK, STATEMENT, ANSWER and IDLE.
_SHORT = {"CONNECT": 1, "LOCK": 1, "STATEMENT": 2, "ANSWER": 2, "IDLE": 3}


class Clock:
    """A clock that several processes share through *file*, and that may be told to run fast."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack("ddd", 0.0, 0.0, 1.0))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), 24)

    def __call__(self) -> datetime:
        simulated, real, speed = struct.unpack("ddd", self._shared[:24])
        now = datetime.now(UTC).timestamp()
        return datetime.fromtimestamp(simulated + (now - real) * speed if real else now, UTC)

    def run(self, speed: float) -> None:
        """From now on *speed* seconds of the clock pass in each."""
        self._shared[:24] = struct.pack("ddd", self().timestamp(), datetime.now(UTC).timestamp(), speed)


class Nursery:
    """The other end of it: makes, kills, freezes and counts publishers."""

    def __init__(
        self, home: Path, *, lease: float, period: float, clock: Path | None = None, doom: float = 0, seed: int = 0
    ) -> None:
        """With *doom* each publisher dies at a random instant, at most so many seconds after it has claimed something.

        It is ended by an alarm that nobody handles, as abruptly as by SIGKILL.
        """
        arguments = [str(home), "--lease", str(lease), "--period", str(period), "--doom", str(doom)]
        arguments += ["--seed", str(seed)]
        if clock:
            arguments += ["--clock", str(clock)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        self.alive: list[int] = []
        self.killed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        while self.alive:
            self.kill(0)
        self._process.communicate()

    def start(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.alive.append(int(self._process.stdout.readline()))

    def bury(self) -> None:
        """Count those that have died of themselves."""
        for pid in list(self.alive):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                self.alive.remove(pid)
                self.killed += 1

    def kill(self, number: int) -> None:
        """Also one that is frozen."""
        with suppress(ProcessLookupError):
            os.kill(self.alive.pop(number), signal.SIGKILL)
        self.killed += 1

    def freeze(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.alive[number], signal.SIGSTOP)

    def wake(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.alive[number], signal.SIGCONT)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--lease", type=float)
    parser.add_argument("--period", type=float)
    parser.add_argument("--clock", type=Path)
    parser.add_argument("--doom", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    publishing.LEASE = timedelta(seconds=options.lease)
    service.PERIOD = options.period
    for name, seconds in _SHORT.items():
        setattr(engines, f"{name}_SECONDS", seconds)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    chance = random.Random(options.seed)
    for _line in sys.stdin:
        instant = chance.uniform(0, options.doom)
        child = os.fork()
        if child:
            print(child, flush=True)
            continue
        _publish(options.home, options.clock, instant)


def _publish(home: Path, clock: Path | None, instant: float) -> None:
    """Never returns: this publisher dies so many seconds after its first claim, or whoever made it kills it."""
    os.close(0)

    def doom(step: Step) -> None:
        if step is Step.CLAIMED and instant and not any(signal.getitimer(signal.ITIMER_REAL)):
            signal.setitimer(signal.ITIMER_REAL, instant)

    while True:
        try:
            newsroom = open_newsroom(home)
            if clock:
                newsroom.database._clock = Clock(clock)
            publisher = newsroom.publisher(watch=doom)
        except EnvironmentFault:
            time.sleep(0.1)  # its database is not to be reached at this moment
            continue
        service.run_forever(publisher, threading.Event())


if __name__ == "__main__":
    main()
