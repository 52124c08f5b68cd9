"""Publishers and their connections are broken at random instants while the desk goes on working.

``python -m tests.faults.chaos --kills 1000 --seed 1 [--database sqlite|postgresql|mariadb] [--publishers 2]``
``… --lost-replies 500`` goes on until so many COMMITs have lost their replies on the way.

Everything is real: the newsroom (on PostgreSQL beside a site on PostgreSQL, else on SQLite), publishers in processes of
their own, which are killed and frozen, and a proxy on the way to each server, which cuts and freezes connections and
swallows COMMITs and their replies. Afterwards one publisher empties the queue undisturbed, and the trail that triggers
have kept on the site is held against what the desk decided.
"""

import argparse
import logging
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, make_url, select

from newsroom.app import Newsroom, join_newsroom
from newsroom.sql.engine import open_engine, parse_url
from newsroom.storage.tables import queue
from tests.databases import MariaDB, PostgreSQL
from tests.faults.audit import keep_audit
from tests.faults.editors import Editors
from tests.faults.nursery import Nursery
from tests.faults.verdict import Verdict, judge
from tests.newsrooms import Desks, newsroom_in
from tests.site.proxy import Proxy, proxy_to

KINDS = ("sqlite", "postgresql", "mariadb")
#: Seconds after its first claim, at most, at which a publisher dies.
_DOOM = 0.6
_PORTS = {"postgresql": 5432, "mariadb": 3306}


@dataclass
class House:
    """A newsroom as its desk has it, the home from which publishers work, the site, and the lines that can break."""

    newsroom: Newsroom
    publishers_home: Path
    site: Engine
    #: To the site, then to the newsroom's database; none for files.
    lines: list[Proxy]


@contextmanager
def house(database: str, folder: Path) -> Iterator[House]:
    """A fresh one; servers are those of the tests."""
    with ExitStack() as stack:
        lines: list[Proxy] = []

        def server_url() -> tuple[str, str]:
            """An empty database: directly, and through a line."""
            server = {"postgresql": PostgreSQL, "mariadb": MariaDB}[database]()
            stack.callback(server.close)
            url = make_url(stack.enter_context(server.empty_database()))
            lines.append(stack.enter_context(proxy_to(url.host or "127.0.0.1", url.port or _PORTS[database])))
            far = url.set(host="127.0.0.1", port=lines[-1].port)
            return url.render_as_string(hide_password=False), far.render_as_string(hide_password=False)

        near = far = f"sqlite:///{folder / 'site.db'}"
        if database != "sqlite":
            near, far = server_url()
        newsroom_near = newsroom_far = f"sqlite:///{folder / 'newsroom.db'}"
        if database == "postgresql":
            newsroom_near, newsroom_far = server_url()
        newsroom = stack.enter_context(newsroom_in(folder / "desk", newsroom_near, main=f"standard:{near}"))
        publishers_home = folder / "publisher"
        publishers_home.mkdir()
        (folder / "desk" / "photos").mkdir(exist_ok=True)
        (publishers_home / "photos").symlink_to(folder / "desk" / "photos")
        join_newsroom(publishers_home, database_url=newsroom_far, sites={"main": f"standard:{far}"}).close()
        site = open_engine(parse_url(near))
        stack.callback(site.dispose)
        keep_audit(site)
        yield House(newsroom, publishers_home, site, lines)


def waiting(newsroom: Newsroom) -> int:
    """Items that a publisher still has to do something about."""
    states = ("scheduled", "delivering", "retrying", "delivered")
    with newsroom.database.read() as work:
        rows = work._connection.execute(
            select(queue.c.state).where(queue.c.state.in_(states) | queue.c.next_attempt_at.is_not(None))
        ).all()
    return len(rows)


def run_dry(newsroom: Newsroom, seconds: float) -> None:
    """Wait until the queue holds nothing for publishers, at most so many *seconds*."""
    deadline = time.monotonic() + seconds
    while waiting(newsroom) and time.monotonic() < deadline:
        time.sleep(0.1)


@dataclass
class Chaos:
    """One run: what to reach before it ends, and how far it has come."""

    database: str
    seed: int
    kills: int = 0
    lost_replies: int = 0
    publishers: int = 2
    articles: int = 10_000
    #: When it ends in any case.
    seconds: float = 86_400

    def run(self, folder: Path) -> Verdict:
        chance = random.Random(self.seed)
        with house(self.database, folder) as place:
            editors = Editors(Desks(place.newsroom), random.Random(self.seed + 1), self.articles)
            editors.begin()
            with Nursery(
                place.publishers_home, lease=1.5, period=0.05, doom=_DOOM if self.kills else 0, seed=self.seed
            ) as nursery:
                self._disturb(place, editors, nursery, chance)
                for line in place.lines:
                    line.on_commit(lambda: "")
                    line.cut()
                while nursery.alive:
                    nursery.kill(0)
                self.killed = nursery.killed
            with Nursery(place.publishers_home, lease=1.5, period=0.05) as nursery:
                nursery.start()
                run_dry(place.newsroom, 180)
            self.lost = sum(line.lost for line in place.lines)
            return judge(place.newsroom, place.site, editors)

    def _disturb(self, place: House, editors: Editors, nursery: Nursery, chance: random.Random) -> None:
        over = threading.Event()
        faults: list[BaseException] = []

        def work() -> None:
            try:
                while not over.is_set():
                    if waiting(place.newsroom) < 30:
                        editors.act()
                    else:
                        over.wait(0.02)
            except BaseException as fault:
                faults.append(fault)

        desk = threading.Thread(target=work)
        desk.start()
        try:
            swallows = 0.5 if self.lost_replies else 0.03
            loss = random.Random(self.seed + 2)
            kinds = ["reply"] if self.lost_replies else ["reply", "request", "delay"]
            for line in place.lines:
                line.on_commit(lambda: loss.choice(kinds) if loss.random() < swallows else "")
            next_strike = time.monotonic() + 1
            deadline = time.monotonic() + self.seconds
            while not faults and not self._reached(place, nursery) and time.monotonic() < deadline:
                nursery.bury()
                while len(nursery.alive) < self.publishers:
                    nursery.start()
                time.sleep(0.02)
                if time.monotonic() > next_strike:
                    self._strike(place, nursery, chance)
                    next_strike = time.monotonic() + chance.uniform(0.5, 4)
        finally:
            over.set()
            desk.join()
        if faults:
            raise faults[0]

    def _reached(self, place: House, nursery: Nursery) -> bool:
        # Only the site's line counts for its lost replies.
        return nursery.killed >= self.kills and (not self.lost_replies or place.lines[0].lost >= self.lost_replies)

    def _strike(self, place: House, nursery: Nursery, chance: random.Random) -> None:
        victim = chance.randrange(len(nursery.alive))
        what = chance.random()
        if what < 0.4 or not place.lines:
            nursery.freeze(victim)
            time.sleep(chance.uniform(0.2, 2.5))  # sometimes past the end of its lease
            nursery.wake(victim)
        else:
            line = chance.choice(place.lines)
            if what < 0.6:
                line.freeze()
                time.sleep(chance.uniform(0.1, 1))
            line.cut()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--lost-replies", type=int, default=0, help="COMMITs on the way to the site")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=KINDS, default="sqlite", help="of the site")
    parser.add_argument("--publishers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=86_400, help="end after so many in any case")
    options = parser.parse_args()
    logging.disable()
    chaos = Chaos(
        options.database,
        options.seed,
        options.kills,
        options.lost_replies,
        options.publishers,
        seconds=options.seconds,
    )
    started = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        verdict = chaos.run(Path(folder))
    took = (datetime.now(UTC) - started).total_seconds()
    print(
        f"{options.database}, seed {options.seed}: {chaos.killed} kills, {chaos.lost} COMMITs swallowed, {took:.0f} s"
    )
    print(verdict)
    for line in verdict.details[:20]:
        print("  " + line)
    sys.exit(0 if verdict.sound else 1)


if __name__ == "__main__":
    main()
