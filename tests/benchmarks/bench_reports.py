"""How long reports and their corrections take: ``python -m tests.benchmarks.bench_reports``.

A publisher runs beside; a reader's report is written into the site's table, and the time is taken until the triage
lists it; a mistake is corrected, and the time is taken until the site's table shows the corrected text. Then a hundred
thousand reports wait on the site, and one article is published meanwhile. At last two hundred reports are decided about
by keyboard in the real window (`triage_by_keys`): the longest pause of the event loop is to be 50 ms at most.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

from sqlalchemy import insert, text

from newsroom.desk import reading
from newsroom.desk.scheduling import publish_now
from newsroom.desk.triage import TriageReader, accept
from newsroom.site.standard_schema import typo_reports
from newsroom.sql.engine import open_engine, parse_url
from tests.benchmarks.big_newsroom import as_installed
from tests.newsrooms import GOOD, Desks, newsroom_in

ROUNDS = 15
LETTERS = "абвгдежзиклмнопр"
FLOOD = 100_000


def until(holds: Callable[[], object]) -> float:
    """Seconds until it holds."""
    started = time.perf_counter()
    while not holds():
        time.sleep(0.01)
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'site.db').as_posix()}"
        with newsroom_in(Path(folder, "home"), main=f"standard:{url}") as newsroom:
            desks, engine = Desks(newsroom), open_engine(parse_url(url))
            article = desks.approved(
                GOOD.with_(body=" ".join(f"слво{LETTERS[number]}ка стоит тут." for number in range(ROUNDS)))
            )
            publish_now(desks.chief, article)
            desks.publish()
            uid = reading.read_article(desks.chief, article).uid
            newsroom.start_publisher()
            row = {"article_uid": uid, "page_url": "https://x/", "comment": "", "reporter_hash": "x"}

            def report(words: str, count: int = 1) -> None:
                each = {**row, "before_text": "", "selected_text": words, "after_text": " стоит тут."}
                with engine.begin() as connection:
                    connection.execute(
                        insert(typo_reports), [{**each, "created_at": datetime.now(UTC)} for _number in range(count)]
                    )

            def body() -> str:
                with engine.connect() as connection:
                    return str(connection.scalar(text("SELECT body_html FROM articles")))

            seen, mended, reader = [], [], TriageReader()
            for number in range(ROUNDS):
                report(f"слво{LETTERS[number]}ка")
                seen.append(until(lambda: reader.read(desks.proofreader).mistakes))
                (mistake,) = reader.read(desks.proofreader).mistakes
                spot = mistake.spots[0]
                accept(desks.proofreader, mistake.ref, spot.place, new := spot.words.replace("слво", "слово"))
                mended.append(until(lambda new=new: new in body()))
            for name, taken in (("report shown", seen), ("corrected on the site", mended)):
                taken.sort()
                p95 = taken[ceil(0.95 * ROUNDS) - 1]
                print(f"{name:24} median {taken[ROUNDS // 2]:.2f} s, p95 {p95:.2f} s, worst {taken[-1]:.2f} s")
            report("словоака", FLOOD)
            other = desks.approved()
            publish_now(desks.chief, other)
            waited = until(lambda: reading.live_content(desks.chief, other))
            print(f"published during {FLOOD} reports: {waited:.2f} s")
            engine.dispose()
    with tempfile.TemporaryDirectory() as folder:
        triage = [sys.executable, "-m", "tests.benchmarks.triage_by_keys", folder]
        subprocess.run(triage, check=True, timeout=600, env=as_installed(Path(folder)))


if __name__ == "__main__":
    main()
