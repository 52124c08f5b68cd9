"""A publisher that is killed at a named step: ``python -m tests.e2e.killed_publisher HOME STEP``."""

import os
import signal
import sys
from pathlib import Path

from newsroom.app import open_newsroom
from newsroom.publishing.publisher import Step

if __name__ == "__main__":
    fatal = Step(sys.argv[2])

    def die(step: Step) -> None:
        if step is fatal:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    open_newsroom(Path(sys.argv[1])).publisher("обречённый", watch=die).run_once()
    raise SystemExit("nothing was delivered, so nothing was killed")
