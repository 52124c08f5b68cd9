"""Deliveries per second, one durable transaction each, beside the same rows written by the bare driver in the same run.

``python -m tests.benchmarks.bench_publishing [--articles N] [--rounds N] [--database KIND] [--publishers 1 4]
[--history N] [--memory N]``. Bare driver, the site's transaction and the whole way (claim, deliver, settle, read back)
take turns, so that what else the machine does falls on all of them; the middle of the rounds is printed. ``--history``
measures a claim beside so many finished items, ``--memory`` what a publisher holds after so many deliveries.
"""

import argparse
import logging
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
import pymysql
from sqlalchemy import insert, make_url, select, update

from newsroom.app import Newsroom, open_newsroom
from newsroom.domain.article import canonical_hash
from newsroom.domain.ids import ArticleUid
from newsroom.site.port import Delivery
from newsroom.site.standard import StandardSite
from newsroom.site.standard_rows import article_row
from newsroom.sql.engine import parse_url
from newsroom.storage.tables import articles, payloads, queue
from tests.faults.bulk import approve_many
from tests.faults.chaos import KINDS, house
from tests.newsrooms import GOOD, Desks
from tests.site.material import publication

#: An article of the length of news: some 2,500 characters.
BODY = "\n\n".join(
    ["Подрядчик закончил ремонт на месяц раньше срока, первым по мосту пройдёт рейсовый автобус. " * 2] * 13
)
_PLACEHOLDER = {"sqlite": "?", "postgresql": "%s", "mariadb": "%s"}
_RECEIPT = ["article_uid", "site_pk", "operation", "sequence", "revision", "hash", "row_hash", "epoch", "written_at"]


def deliveries(count: int) -> list[Delivery]:
    """First publications of new articles without photos."""
    html = "".join(f"<p>{part}</p>" for part in BODY.split("\n\n"))
    return [
        publication(uid=ArticleUid(uid := str(uuid4())), slug=uid, body_html=html, lead_photo=None, photos=())
        for _number in range(count)
    ]


@contextmanager
def bare(url: str) -> Iterator[Callable[[Delivery], None]]:
    """Writes the two rows of a delivery by the driver of the database at *url* and commits, and nothing else."""
    address = make_url(url)
    kind = address.get_backend_name()
    connection: Any
    if kind == "sqlite":
        connection = sqlite3.connect(address.database or "", isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    elif kind == "postgresql":
        connection = psycopg.connect(url)
    else:
        connection = pymysql.connect(
            host=address.host, port=address.port or 3306, user=address.username, password=address.password or "",
            database=address.database, charset="utf8mb4",
        )  # fmt: skip
    mark = _PLACEHOLDER[kind]

    def statement(table: str, columns: list[str]) -> str:
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"

    def instant(value: datetime) -> object:
        return value.isoformat() if kind == "sqlite" else value.replace(tzinfo=None) if kind == "mariadb" else value

    columns = ["uid", "updated_at", *article_row(publication().article, 1)]  # type: ignore[arg-type]
    insert_article, insert_receipt = statement("articles", columns), statement("newsroom_receipt", _RECEIPT)

    def write(delivery: Delivery) -> None:
        assert delivery.article
        now = datetime.now(UTC)
        row = {"uid": delivery.article_uid, "updated_at": now} | article_row(delivery.article, delivery.revision)
        receipt = (delivery.article_uid, "1", "publish", 1, 1, delivery.hash, canonical_hash(""), 1, now)
        cursor = connection.cursor()
        if kind == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        for text, values in ((insert_article, row.values()), (insert_receipt, receipt)):
            cursor.execute(text, [instant(one) if isinstance(one, datetime) else one for one in values])
        connection.commit()

    with closing(connection):
        yield write


def per_second(count: int, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def fill(newsroom: Newsroom, count: int) -> None:
    desks = Desks(newsroom)
    approve_many(desks.chief, [GOOD.with_(body=BODY)] * count, [datetime.now(UTC)] * count)


def _publisher_process(home: Path, name: str, together: Any, told: Any) -> None:
    """A publisher as a service runs it: a process of its own, connected before the others set out with it."""
    with closing(open_newsroom(home)) as newsroom:
        publisher = newsroom.publisher(name)
        publisher.run_once()
        together.wait()
        together.wait()
        told.put([outcome.state.value for outcome in publisher.run_once()])
        publisher.close()


def publish_all(newsroom: Newsroom, publishers: int, count: int) -> float:
    """Articles a second that so many publishers at once carry, when *count* are approved."""
    processes = multiprocessing.get_context("spawn")
    together, told = processes.Barrier(publishers + 1), processes.Queue()
    workers = [
        processes.Process(target=_publisher_process, args=(newsroom.home, f"publisher-{number}", together, told))
        for number in range(publishers)
    ]
    for worker in workers:
        worker.start()
    together.wait()
    fill(newsroom, count)

    def work() -> None:
        together.wait()
        states = [state for _worker in workers for state in told.get()]
        assert states == ["verified"] * count, states

    figure = per_second(count, work)
    for worker in workers:
        worker.join()
    return figure


def throughput(kind: str, count: int, rounds: int, publishers: list[int]) -> None:
    figures: dict[str, list[float]] = {}
    with ExitStack() as stack:
        # Two sites: a newsroom sends nothing to one that has changes it knows nothing of.
        place, other = (
            stack.enter_context(house(kind, Path(stack.enter_context(tempfile.TemporaryDirectory()))))
            for _number in range(2)
        )
        url = other.newsroom.site_address(next(iter(other.newsroom.settings.sites)))
        site = StandardSite(parse_url(url))
        with bare(url) as write:
            site.deliver(publication(uid=ArticleUid(str(uuid4())), slug=str(uuid4())), lambda _step: None)
            for _round in range(rounds):
                batch = deliveries(count)
                figures.setdefault("bare driver", []).append(
                    per_second(count, lambda batch=batch: [write(one) for one in batch])
                )
                batch = deliveries(count)
                figures.setdefault("the site's transaction", []).append(
                    per_second(count, lambda batch=batch: [site.deliver(one, lambda _step: None) for one in batch])
                )
                for number in publishers:
                    name = f"the whole way, {number} publisher{'s' * (number > 1)}"
                    figures.setdefault(name, []).append(publish_all(place.newsroom, number, count))
        site.close()
    base = median(figures["bare driver"])
    print(f"{kind}: {count} articles of {len(BODY)} characters, middle of {rounds} rounds")
    for name, values in figures.items():
        print(f"  {name:32} {median(values):7.0f} per second, {median(values) / base:.2f} × bare", flush=True)


def claims(kind: str, history: int) -> None:
    """How long a claim takes beside *history* finished items, and beside none."""
    with tempfile.TemporaryDirectory() as folder, house(kind, Path(folder)) as place:
        print(f"{kind}: claim and settle one item")
        for finished in (0, history):
            _finish(place.newsroom, finished)
            fill(place.newsroom, 100)
            publisher = place.newsroom.publisher("publisher")
            took = []
            for _number in range(50):
                started = time.perf_counter()
                claim = publisher._next_claim()
                took.append(time.perf_counter() - started)
                assert claim is not None
            idle = []
            with place.newsroom.database.write() as work:
                work._connection.execute(update(queue).where(queue.c.state != "verified").values(state="verified"))
            for _number in range(20):
                started = time.perf_counter()
                assert publisher.run_once() == []
                idle.append(time.perf_counter() - started)
            publisher.close()
            print(
                f"  beside {finished:9,} finished: claim {median(took) * 1000:.2f} ms, "
                f"a look at an empty queue {median(idle) * 1000:.2f} ms",
                flush=True,
            )


def _finish(newsroom: Newsroom, count: int) -> None:
    """Give one article *count* finished items: verified mostly, some cancelled and superseded."""
    if not count:
        return
    fill(newsroom, 1)
    with newsroom.database.write() as work:
        connection = work._connection
        article = connection.execute(select(articles).order_by(articles.c.id.desc()).limit(1)).one()
        item = connection.execute(select(queue).where(queue.c.article == article.id)).one()
        payload = connection.execute(select(payloads).where(payloads.c.article == article.id)).one()
        past = datetime.now(UTC) - timedelta(days=1000)
        done = {"verified_at": past, "delivered_at": past, "closed_at": past, "due_at": past, "attempts": 1}
        bodies = dict(payload._mapping) | {"body": "{}"}
        same = {name: value for name, value in item._mapping.items() if name != "id"} | done
        del bodies["id"]
        for start in range(2, count + 2, 10_000):
            numbers = range(start, min(start + 10_000, count + 2))
            connection.execute(insert(payloads), [bodies | {"sequence": number} for number in numbers])
            states = ["superseded", "cancelled", *["verified"] * 8]
            connection.execute(
                insert(queue), [same | {"sequence": number, "state": states[number % 10]} for number in numbers]
            )
        connection.execute(update(queue).where(queue.c.id == item.id).values(state="verified"))


def memory(kind: str, count: int) -> None:
    """What a publisher holds after a tenth of *count* deliveries, and after all of them."""
    with tempfile.TemporaryDirectory() as folder, house(kind, Path(folder)) as place:
        publisher = place.newsroom.publisher("publisher")
        publisher.run_once()
        batch = min(count, 2000)
        for done in range(batch, count + 1, batch):
            fill(place.newsroom, batch)
            before = _held()
            assert len(publisher.run_once()) == batch
            if done in (batch, count) or done % (count // 10 or 1) < batch:
                print(f"  {kind}: after {done:7,} deliveries {before / 1024:.0f} → {_held() / 1024:.0f} MB", flush=True)
        publisher.close()


def _held() -> int:
    """Resident memory in kilobytes; its peak where the system tells no more."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", choices=KINDS, action="append")
    parser.add_argument("--publishers", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--history", type=int, default=0)
    parser.add_argument("--memory", type=int, default=0)
    options = parser.parse_args()
    logging.disable()
    for kind in options.database or KINDS:
        if options.history:
            claims(kind, options.history)
        elif options.memory:
            memory(kind, options.memory)
        else:
            throughput(kind, options.articles, options.rounds, options.publishers)


if __name__ == "__main__":
    main()
