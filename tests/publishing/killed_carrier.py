"""A publisher that is killed while it brings in reports: ``python -m tests.publishing.killed_carrier HOME WHEN``."""

import os
import signal
import sys
from pathlib import Path

from newsroom.app import open_newsroom
from newsroom.storage.activity import ActivityLog
from newsroom.storage.records import Records
from newsroom.storage.reports import Reports


def die(*_values: object, **_named: object) -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


if __name__ == "__main__":
    when = sys.argv[2]
    if when == "nothing-written":
        Reports.add = die  # type: ignore[assignment, method-assign]
    elif when == "reports-written":
        Records.move_report_cursor = die  # type: ignore[method-assign]
    elif when == "cursor-moved":
        ActivityLog.write = die  # type: ignore[method-assign]
    else:  # committed
        Reports.untold = die  # type: ignore[assignment, method-assign]
    open_newsroom(Path(sys.argv[1])).publisher("обречённый").run_once()
    raise SystemExit("nothing came in, so nothing was killed")
