"""The queue's other figures, each a run of its own: a long outage, punctuality, and a great many items at once.

``python -m tests.faults.figures outage [--waiting 500] [--hours 8]``: the site is away for so many hours, of a clock
that runs fast, while articles fall due; then it returns.
``… punctual [--items 300]``: articles planned for instants of the next minutes, with nothing in the way.
``… many [--items 10000] [--publishers 2]``: all due at once, and corrected while publishers are at it.
All take ``--database`` and ``--seed``.
"""

import argparse
import logging
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from newsroom.desk.review import submit
from newsroom.desk.scheduling import publish_now
from newsroom.desk.writing import save_article
from newsroom.domain.errors import PersonError
from newsroom.domain.ids import ArticleId, ArticleUid
from newsroom.storage.tables import articles, queue
from tests.faults.audit import audit, receipts
from tests.faults.bulk import approve_many
from tests.faults.chaos import KINDS, House, house, run_dry, waiting
from tests.faults.nursery import Clock, Nursery
from tests.faults.verdict import Verdict, judge
from tests.newsrooms import GOOD, Desks, approve_seen

#: Seconds that are printed as a figure of the promise.
_FIRST, _ALL = 10, 60


def outage(place: House, folder: Path, waiting_items: int, hours: float) -> tuple[float, float, int]:
    """Seconds from the site's return to the first and to the last article, and how often two were out of order."""
    clock = Clock(folder / "clock")
    desks = Desks(place.newsroom)
    begin = datetime.now(UTC)
    dues = [begin + timedelta(hours=hours * number / waiting_items) for number in range(waiting_items)]
    approve_many(desks.chief, [GOOD] * waiting_items, dues)
    away = _away(place, folder)
    away(True)
    with Nursery(place.publishers_home, lease=60, period=1, clock=folder / "clock") as nursery:
        nursery.start()
        clock.run(hours * 3600 / 40)
        time.sleep(41)
        clock.run(1)
        away(False)
        returned = datetime.now(UTC)
        run_dry(place.newsroom, 180)
    made = receipts(audit(place.site))
    planned = _in_order(place)
    order = [planned.index(change.uid) for change in made]
    inversions = sum(later < earlier for earlier, later in pairwise(order))
    times = [(change.at - returned).total_seconds() for change in made]
    return min(times), max(times), inversions


def _away(place: House, folder: Path) -> Callable[[bool], object]:
    """Makes the site unreachable, and reachable again."""
    if place.lines:
        return lambda gone: place.lines[0].refuse() if gone else place.lines[0].cut()
    file, hidden = folder / "site.db", folder / "site.away"
    return lambda gone: file.rename(hidden) if gone else hidden.rename(file)


def _in_order(place: House) -> list[ArticleUid]:
    """The articles by their due instants."""
    query = select(articles.c.uid).join(queue, queue.c.article == articles.c.id).order_by(queue.c.due_at, queue.c.id)
    with place.newsroom.database.read() as work:
        return [ArticleUid(uid) for uid in work._connection.scalars(query)]


def punctual(place: House, items: int, chance: random.Random) -> Verdict:
    """The verdict over so many planned articles, some five in a second."""
    desks = Desks(place.newsroom)
    begin = datetime.now(UTC) + timedelta(seconds=5 + items / 150)
    dues = [begin + timedelta(seconds=chance.uniform(0, items / 5)) for _number in range(items)]
    approve_many(desks.chief, [GOOD] * items, dues)
    with Nursery(place.publishers_home, lease=60, period=1) as nursery:
        nursery.start()
        time.sleep(max(0.0, (max(dues) - datetime.now(UTC)).total_seconds()))
        run_dry(place.newsroom, 60)
    return judge(place.newsroom, place.site)


def many(place: House, items: int, publishers: int, chance: random.Random) -> tuple[Verdict, float]:
    """The verdict over *items* that are due at once, and the seconds it took."""
    desks = Desks(place.newsroom)
    made = approve_many(desks.chief, [GOOD] * items, [datetime.now(UTC)] * items)
    over = threading.Event()

    def correct() -> None:
        while not over.is_set():
            _correct(desks, chance.choice(made), chance)

    desk = threading.Thread(target=correct)
    started = time.monotonic()
    with Nursery(place.publishers_home, lease=60, period=0.2) as nursery:
        for _number in range(publishers):
            nursery.start()
        desk.start()
        while waiting(place.newsroom) > items // 10:
            time.sleep(0.5)
        over.set()
        desk.join()
        run_dry(place.newsroom, 600)
    return judge(place.newsroom, place.site), time.monotonic() - started


def _correct(desks: Desks, article: ArticleId, chance: random.Random) -> None:
    try:
        save_article(desks.editor, article, GOOD.with_(lead=f"Правка {chance.random()}."), base_revision=1)
        submit(desks.editor, article)
        approve_seen(desks.chief, article)
        publish_now(desks.chief, article)
    except PersonError:
        time.sleep(0.01)  # corrected before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("outage", "punctual", "many"))
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--waiting", type=int, default=500)
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--items", type=int)
    parser.add_argument("--publishers", type=int, default=2)
    options = parser.parse_args()
    logging.disable()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name, house(options.database, Path(name)) as place:
        print(f"{options.what} on {options.database}, seed {options.seed}", flush=True)
        if options.what == "outage":
            first, last, inversions = outage(place, Path(name), options.waiting, options.hours)
            verdict = judge(place.newsroom, place.site)
            verdict.lateness.clear()  # of a clock that ran fast
            verdict.early = 0
            print(f"  away for {options.hours} hours, {options.waiting} waiting; after the return:")
            print(f"  first {first:.1f} s, last {last:.1f} s, {inversions} out of order")
            good = first <= _FIRST and last <= _ALL and not inversions
        elif options.what == "punctual":
            verdict = punctual(place, options.items or 300, chance)
            good = True
        else:
            verdict, took = many(place, options.items or 10_000, options.publishers, chance)
            print(f"  {verdict.delivered} deliveries by {options.publishers} publishers in {took:.0f} s")
            good = True
    print(f"  {verdict}")
    for line in verdict.details[:20]:
        print("  " + line)
    sys.exit(0 if verdict.sound and good else 1)


if __name__ == "__main__":
    main()
