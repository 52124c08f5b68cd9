"""How fast the archive of a site comes into a newsroom, and in how much memory.

``python -m tests.benchmarks.bench_adoption [--articles N] [--site URL] [--photos N] [--keep DIR]`` makes a site of kind
``standard`` with *N* articles of some 2,500 characters, every ``--photos``-th with a photo, brings them in by a process
of its own, and prints seconds, articles a second and the most memory that the process had. So the memory is held
against that of an import of a fiftieth of the articles: it must not grow with the archive.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsroom.app import create_newsroom, open_newsroom
from newsroom.domain.house import House
from newsroom.domain.ids import SiteName
from newsroom.publishing.archives import Progress
from tests.site.archives import fill_standard

MAIN = SiteName("main")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--site", default="", help="address of an empty database; an SQLite file without it")
    parser.add_argument("--photos", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="folder in which newsroom and site are left")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        _bring(options.work)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        small = _measured(
            folder / "small", f"sqlite:///{folder / 'small.sqlite'}", options.articles // 50, options.photos
        )
        large = _measured(
            folder / "home", options.site or f"sqlite:///{folder / 'site.sqlite'}", options.articles, options.photos
        )
    print(
        f"peak memory, {options.articles // 50:,} articles against {options.articles:,}: {small:.0f} → {large:.0f} MB"
    )


def _measured(home: Path, site: str, articles: int, photos: int) -> float:
    """Peak memory of the import in megabytes."""
    fill_standard(site, articles, every_photo=photos)
    create_newsroom(home, sites={"main": f"standard:{site}"}, house=House("Архив", "Asia/Vladivostok")).close()
    command = [sys.executable, "-m", "tests.benchmarks.bench_adoption", "--work", str(home)]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    assert told["brought"] == articles, told
    print(
        f"{articles:,} articles: {told['seconds']:.1f} s, {articles / told['seconds']:.0f} a second, "
        f"peak memory {told['peak']:.0f} MB",
        flush=True,
    )
    return float(told["peak"])


def _bring(home: Path) -> None:
    newsroom = open_newsroom(home)

    def told(progress: Progress) -> None:
        if progress.done % 10_000 == 0:
            left = "?" if progress.seconds_left is None else f"{progress.seconds_left:.0f}"
            print(f"  {progress.done:,} of {progress.total:,}, {left} s left", file=sys.stderr, flush=True)

    start = time.perf_counter()
    summary = newsroom.import_site(newsroom.sign_in("chief"), MAIN, told=told)
    seconds = time.perf_counter() - start
    newsroom.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "brought": summary.brought, "peak": peak}))


if __name__ == "__main__":
    main()
