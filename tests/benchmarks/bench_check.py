"""How long the check of an article takes, and how many articles a minute the command line gets through.

``python -m tests.benchmarks.bench_check [--articles N]``: the prose is that of the sample newsroom and of
``spelling/prose.txt``. The article has 3,000 characters; *cold* is its first check in a process whose lists are loaded,
*warm* the first of a fresh checker in a process that has checked others, *again* what is looked at after a pause.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from newsroom.app import create_newsroom
from newsroom.demo.sample import sample_folder
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import publish_now
from newsroom.desk.writing import create_article
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import RubricSlug
from newsroom.settings import default_cache
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import Around, material_of
from newsroom.text.front_matter import read_front_matter
from newsroom.text.markdown import parse
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.storing import open_lexicons

_CHARACTERS = 3_000
_ROUNDS = 20


def paragraphs() -> list[str]:
    bodies = [read_front_matter(file.read_bytes()).body for file in sorted(sample_folder().glob("*.md"))]
    bodies.append((Path(__file__).parent / "spelling" / "prose.txt").read_text("utf-8"))
    return [one for body in bodies for one in body.split("\n\n") if len(one) > 80 and one[0].isalpha()]


def article(stock: list[str], seed: int) -> Content:
    """An article of some 3,000 characters; words are moved about so that no two have a paragraph in common."""
    chance = random.Random(seed)
    chosen: list[str] = []
    while sum(map(len, chosen)) < _CHARACTERS:
        words = chance.choice(stock).split()
        at = chance.randrange(len(words))
        chosen.append(" ".join([*words[:at], str(chance.randrange(10_000)), *words[at:]]))
    return Content(
        headline=f"Мост через протоку {seed} откроют в пятницу",
        lead="Движение начнётся в полдень, автобусы пойдут по новому пути.",
        body="\n\n".join(chosen),
        rubric=RubricSlug("obshchestvo"),
        age=AgeRating.SIX,
    )


def one_article(stock: list[str]) -> None:
    lexicons = open_lexicons(default_cache() / "dictionaries")
    around = Around(House(), datetime.now(UTC))

    def timed(content: Content, checker: object = None) -> float:
        checker = checker or Checker(Speller(lexicons))
        material = material_of(content, parse(content.body).blocks)
        start = time.perf_counter()
        checker.check(material, around)  # type: ignore[attr-defined]
        return (time.perf_counter() - start) * 1000

    print(f"cold {timed(article(stock, 1)):.1f} ms", end="; ")
    for seed in range(2, 40):
        timed(article(stock, seed))
    warm = sorted(timed(article(stock, seed)) for seed in range(100, 100 + _ROUNDS))
    checker = Checker(Speller(lexicons))
    same = article(stock, 7)
    timed(same, checker)
    again = median(timed(same, checker) for _round in range(_ROUNDS))
    print(f"warm p50 {median(warm):.1f} ms, worst of {_ROUNDS} {warm[-1]:.1f} ms; again {again:.2f} ms")


def many_articles(stock: list[str], count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        newsroom = create_newsroom(home, house=House())
        editor, chief = newsroom.sign_in("editor"), newsroom.sign_in("chief")
        _each(count, lambda number: create_article(editor, article(stock, number)))
        _each(count, lambda number: submit(editor, number + 1))  # type: ignore[arg-type]
        _each(count, lambda number: approve(chief, number + 1))  # type: ignore[arg-type]
        _each(count, lambda number: publish_now(chief, number + 1))  # type: ignore[arg-type]
        publisher = newsroom.publisher("bench")
        publisher.run_once()
        publisher.close()
        newsroom.close()
        start = time.perf_counter()
        command = [sys.executable, "-m", "newsroom", "--home", str(home), "check", "--all-live", "--json"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        seconds = time.perf_counter() - start
    print(f"{count} articles in {seconds:.1f} s, {count / seconds * 60:.0f} a minute on {os.cpu_count()} cores")


def _each(count: int, do: Callable[[int], object]) -> None:
    for number in range(count):
        do(number)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=1000)
    wanted = parser.parse_args()
    stock = paragraphs()
    one_article(stock)
    many_articles(stock, wanted.articles)


if __name__ == "__main__":
    main()
