"""Processes that kill or freeze themselves at a named point: ``python -m tests.faults.doomed WHAT HOME …``.

``publish HOME STEP [kill|freeze]``: a publisher, at a step of its first delivery. A frozen one that is continued
finishes, and prints the states in which it believes to have left its items.
``approve HOME ARTICLE before|after``: the chief lets an approved article go out now, killed before or after the commit.
``reports HOME before|after``: a publisher that is killed around the commit of the reports it brings in.
``photo HOME TIMES``: a publisher killed as it puts the photo number TIMES into a folder of its site, half written.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from newsroom.app import Newsroom, open_newsroom
from newsroom.desk.scheduling import publish_now
from newsroom.domain.ids import ArticleId
from newsroom.publishing.publisher import Step


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _publish(newsroom: Newsroom, step: str, end: str = "kill") -> None:
    def act(reached: Step) -> None:
        if reached.value == step:
            os.kill(os.getpid(), signal.SIGSTOP if end == "freeze" else signal.SIGKILL)

    publisher = newsroom.publisher("обречённый", watch=act)
    print(*(outcome.state.value for outcome in publisher.run_once()))
    publisher.close()


def _approve(newsroom: Newsroom, article: str, when: str) -> None:
    chief = newsroom.sign_in("chief")
    if when == "before":
        event.listen(newsroom.database._engine, "commit", lambda _connection: die())
    publish_now(chief, ArticleId(int(article)))
    die()


def _reports(newsroom: Newsroom, when: str) -> None:
    publisher = newsroom.publisher("обречённый")
    add: Callable[..., Any] = publisher._reports._bring_in

    def bring_in(*arguments: Any) -> None:
        if when == "before":
            event.listen(newsroom.database._engine, "commit", lambda _connection: die())
        add(*arguments)
        die()

    publisher._reports._bring_in = bring_in  # type: ignore[method-assign]
    publisher.run_once()


def _photo(newsroom: Newsroom, times: str) -> None:
    left = int(times)
    real = os.fsync

    def fsync(file: int) -> None:
        nonlocal left
        real(file)
        left -= 1
        if not left:
            die()

    os.fsync = fsync  # type: ignore[assignment]
    newsroom.publisher("обречённый").run_once()


_DEEDS: dict[str, Callable[..., None]] = {
    "publish": _publish,
    "approve": _approve,
    "reports": _reports,
    "photo": _photo,
}

if __name__ == "__main__":
    deed, home, *arguments = sys.argv[1:]
    _DEEDS[deed](open_newsroom(Path(home)), *arguments)
