"""A publisher that freezes at a named step: ``python -m tests.publishing.frozen_publisher HOME STEP``.

Continued, it finishes, and prints the state in which it believes to have left the item.
"""

import os
import signal
import sys
from pathlib import Path

from newsroom.app import open_newsroom
from newsroom.publishing.publisher import Step

if __name__ == "__main__":
    step = Step(sys.argv[2])

    def freeze(reached: Step) -> None:
        if reached is step:
            os.kill(os.getpid(), signal.SIGSTOP)

    newsroom = open_newsroom(Path(sys.argv[1]))
    publisher = newsroom.publisher("застывший", watch=freeze)
    print(*(outcome.state.value for outcome in publisher.run_once()))
    publisher.close()
    newsroom.close()
