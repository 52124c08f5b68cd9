"""The publisher as a service: a real process with its log, its signals and its end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 30


class Service:
    """A running ``newsroom publisher run --json``."""

    def __init__(self, home: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self.log = home / f"service-{time.monotonic_ns()}.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "newsroom", "publisher", "run", "--json", "--home", str(home), *arguments],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ | (environment or {}),
            )

    def text(self) -> str:
        return self.log.read_text("utf-8")

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text().splitlines() if line.startswith("{") and line.endswith("}")]

    def wait_for(self, event: str, number: int = 1) -> dict[str, Any]:
        """The *number*-th event of that name."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = [one for one in self.events() if one["event"] == event]
            if len(found) >= number:
                return found[number - 1]
            assert self.process.poll() is None, self.text()
            time.sleep(0.05)
        raise AssertionError(f"no event {event}: {self.text()}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def service(home: Path, *arguments: str, environment: dict[str, str] | None = None) -> Iterator[Service]:
    running = Service(home, *arguments, environment=environment)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait()
