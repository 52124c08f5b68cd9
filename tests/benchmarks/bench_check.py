"""What loading everything takes that checks, how long the check of an article, and how many a minute go through.

``python -m tests.benchmarks.bench_check [--articles N]``: the prose is that of the sample newsroom and of
``spelling/prose.txt``. Everything is on: spelling with the sample's words, its marks, rules, typography. Loading is
measured in a process of its own. The article has 3,000 characters; *cold* is its first check in a process whose lists
are loaded, *warm* the first of a fresh checker in a process that has checked others, *again* what is looked at after a
pause. The articles that the command line goes through (``check --all-live``, on all cores) are live ones.
"""

from __future__ import annotations

import argparse
import json
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
from newsroom.desk.house_lists import mark_forms, save_marks, save_rule
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import publish_now
from newsroom.desk.session import Desk
from newsroom.desk.vocabulary import import_words
from newsroom.desk.writing import create_article
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.errors import Unsettled
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, RubricSlug
from newsroom.domain.marks import KeptMark, Mark
from newsroom.domain.rules import HouseRule
from newsroom.domain.vocabulary import HouseWord
from newsroom.settings import default_cache
from newsroom.text.checks.checker import Checker
from newsroom.text.checks.material import Around, material_of
from newsroom.text.front_matter import read_front_matter
from newsroom.text.mark_files import read_mark_file
from newsroom.text.markdown import parse
from newsroom.text.spelling.house import inflect
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.storing import open_lexicons
from newsroom.text.word_files import read_word_file
from tests.benchmarks.memory import held_mb, peak_mb

_CHARACTERS = 3_000
_ROUNDS = 20
#: Rules of the house, as a newsroom comes to have them.
_RULES = (
    HouseRule("на протяжении", "на протяжении", "", finds=("на протяжении года",)),
    HouseRule("в связи с", "в связи с тем, что", "потому что", finds=("в связи с тем, что идёт снег",)),
    HouseRule(
        "осуществлять", r"осуществля\w+", message="Скажите, что делают.", is_expression=True, finds=("осуществляет",)
    ),
    HouseRule("данный", r"данн(ый|ая|ое|ые|ого|ой)", "этот", is_expression=True, finds=("данный дом",)),
    HouseRule("порядка", r"порядка (?=\d)", "около ", is_expression=True, whole_word=False, finds=("порядка 10",)),
    HouseRule("в районе", r"в районе (?=\d)", "около ", is_expression=True, whole_word=False, finds=("в районе 10",)),
    HouseRule("является", "является", message="Чаще хватает тире.", finds=("он является",)),
    HouseRule("о том, что", "сообщил о том, что", "сообщил, что", finds=("сообщил о том, что",)),
    HouseRule("Интернет", "Интернет", "интернет", case=True, finds=("Интернет",)),
    HouseRule("СМИ", "СМИ-холдинг", "медиахолдинг", finds=("СМИ-холдинг",)),
)


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


def sample_words() -> list[HouseWord]:
    return read_word_file((sample_folder() / "words.toml").read_bytes(), ".toml")


def sample_marks() -> list[Mark]:
    return read_mark_file((sample_folder() / "marks.toml").read_bytes(), ".toml")


def loading() -> None:
    """Told as JSON on the standard output, by a process that does nothing else."""
    before, begin = held_mb(), time.perf_counter()
    lexicons = open_lexicons(default_cache() / "dictionaries")
    read = time.perf_counter()
    from newsroom.text.addresses import tracking
    from newsroom.text.checks.advertising import promotion
    from newsroom.text.morphology import parses

    parses("слово")
    promotion()
    tracking()
    Speller(lexicons).check("Слово")
    end = time.perf_counter()
    print(json.dumps([read - begin, end - begin, held_mb() - before, peak_mb()]))


def tell_loading() -> None:
    child = [sys.executable, "-m", "tests.benchmarks.bench_check", "--loading"]
    lists, everything, grown, peak = json.loads(subprocess.run(child, check=True, stdout=subprocess.PIPE).stdout)
    print(
        f"loading: word lists {lists:.2f} s, with the morphology {everything:.2f} s, {grown:.0f} MB; "
        f"the whole process at most {peak:.0f} MB"
    )


def one_article(stock: list[str]) -> None:
    lexicons = open_lexicons(default_cache() / "dictionaries")
    around = Around(House(), datetime.now(UTC))
    words = inflect(sample_words())
    kept = [KeptMark(mark, mark_forms(mark)) for mark in sample_marks()]

    def fresh() -> Checker:
        return Checker(Speller(lexicons, words), kept_marks=kept, rules=_RULES, house_style=around.house.style)

    def timed(content: Content, checker: Checker | None = None) -> float:
        checker = checker or fresh()
        material = material_of(content, parse(content.body).blocks)
        start = time.perf_counter()
        checker.check(material, around)
        return (time.perf_counter() - start) * 1000

    print(f"cold {timed(article(stock, 1)):.1f} ms", end="; ")
    for seed in range(2, 40):
        timed(article(stock, seed))
    warm = sorted(timed(article(stock, seed)) for seed in range(100, 100 + _ROUNDS))
    checker = fresh()
    same = article(stock, 7)
    timed(same, checker)
    again = median(timed(same, checker) for _round in range(_ROUNDS))
    print(f"warm p50 {median(warm):.1f} ms, worst of {_ROUNDS} {warm[-1]:.1f} ms; again {again:.2f} ms")


def _approve(chief: Desk, article: ArticleId) -> None:
    try:
        approve(chief, article)
    except Unsettled as error:
        approve(chief, article, warnings_seen=[warning.key for warning in error.warnings])


def many_articles(stock: list[str], count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        newsroom = create_newsroom(home, house=House())
        editor, chief = newsroom.sign_in("editor"), newsroom.sign_in("chief")
        proofreader = newsroom.sign_in("proofreader")
        import_words(proofreader, sample_words())
        save_marks(proofreader, sample_marks())
        for rule in _RULES:
            save_rule(proofreader, rule)
        _each(count, lambda number: create_article(editor, article(stock, number)))
        _each(count, lambda number: submit(editor, number + 1))  # type: ignore[arg-type]
        _each(count, lambda number: _approve(chief, ArticleId(number + 1)))
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
    parser.add_argument("--loading", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.loading:
        loading()
        return
    tell_loading()
    stock = paragraphs()
    one_article(stock)
    many_articles(stock, wanted.articles)


if __name__ == "__main__":
    main()
