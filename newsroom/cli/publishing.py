"""``queue`` and ``publisher``."""

import argparse
import signal
import threading
from dataclasses import asdict

from newsroom.cli.session import desk_of, local, opened, print_json, print_table
from newsroom.desk import reading
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Outcome
from newsroom.words import _, n_


def queue(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        items = reading.read_queue(desk, done_limit=options.limit)
        zone = reading.read_settings(desk).house.tz
    if options.json:
        print_json([asdict(item) for item in items])
        return 0
    print_table(
        [
            (
                str(item.article),
                item.site,
                local(item.due_at, zone) or _("без времени"),
                item.operation.words,
                item.state.words,
                " — ".join(text for text in (item.headline, item.problem or item.reason) if text),
            )
            for item in items
        ]
    )
    if not items:
        print(_("Очередь пуста."))
    return 0


def publisher(options: argparse.Namespace) -> int:
    """Exit code 1 where ``--once`` left something that could not be delivered."""
    with opened(options) as newsroom:
        worker = newsroom.publisher(options.name)
        if options.once:
            try:
                outcomes = worker.run_once()
            finally:
                worker.close()
            if options.json:
                print_json([asdict(outcome) for outcome in outcomes])
            else:
                for outcome in outcomes:
                    _tell(outcome)
                print(n_("Обработана {n} доставка.", "Обработано {n} доставок.", len(outcomes)))
            failed = {QueueState.RETRYING, QueueState.NEEDS_PERSON}
            return 1 if any(outcome.state in failed for outcome in outcomes) else 0
        from newsroom.publishing.service import run_forever

        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_arguments: stop.set())
        print(_("Публикатор {name} работает; остановить: Ctrl+C.").format(name=worker.name), flush=True)
        run_forever(worker, stop, _tell)
        return 0


def _tell(outcome: Outcome) -> None:
    parts = (outcome.operation.words, outcome.state.words, outcome.headline, outcome.url, outcome.problem)
    print(f"{outcome.article}  {outcome.site}  " + "  ".join(part for part in parts if part), flush=True)
