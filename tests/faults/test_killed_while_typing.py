"""A program killed in the middle of typing loses at most a second of it.

``python -m tests.faults.test_killed_while_typing --kills N`` kills as often as asked and prints what was lost.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsroom.app import create_newsroom, open_newsroom
from newsroom.desk import reading
from newsroom.domain.article import ArticleFilter
from newsroom.journal import Journal

#: Seconds of typing that may be lost.
ALLOWED = 1.0


def kill_while_typing(home: Path, after: float) -> float:
    """Let somebody type for *after* seconds in a fresh newsroom, kill the program, and return the seconds lost."""
    create_newsroom(home).close()
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typist", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert typist.stdout is not None
    first = typist.stdout.readline()
    assert first, "the program ended before the first letter"
    time.sleep(after)
    killed_at = time.time()
    typist.kill()
    rest, _errors = typist.communicate()
    at = {
        int(number): float(moment)
        for number, moment in (line.split() for line in [first, *rest.splitlines()] if " " in line)
    }
    kept = max(len(_saved(home)), len(_in_journal(home)))
    # A trailing blank is no part of a paragraph, so that one letter of slack is the text's own.
    first_lost = next((number for number in sorted(at) if number > kept + 1), None)
    return killed_at - at[first_lost] if first_lost is not None else 0.0


def _in_journal(home: Path) -> str:
    texts = [entry.content.body for folder in (home / "journal").glob("*/") for entry in Journal(folder).entries()]
    return max(texts, key=len, default="")


def _saved(home: Path) -> str:
    newsroom = open_newsroom(home)
    desk = newsroom.sign_in("editor")
    bodies = [reading.read_article(desk, one).content.body for one in reading.article_ids(desk, ArticleFilter())]
    newsroom.close()
    return max(bodies, key=len, default="")


def test_at_most_a_second_of_typing_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20)
    for number in range(3):
        lost = kill_while_typing(tmp_path / str(number), chance.uniform(1.0, 4.0))
        assert lost <= ALLOWED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    lost = []
    for number in range(options.kills):
        with tempfile.TemporaryDirectory() as folder:
            lost.append(kill_while_typing(Path(folder) / "home", chance.uniform(0.3, 4.0)))
        print(f"{number + 1}: {lost[-1]:.2f} s lost", flush=True)
    over = sum(seconds > ALLOWED for seconds in lost)
    print(f"{len(lost)} kills: at most {max(lost):.2f} s lost, {over} over {ALLOWED:.0f} s")


if __name__ == "__main__":
    main()
