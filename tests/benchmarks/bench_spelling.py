"""How well and how fast words are checked, beside pyspellchecker alone and hunspell-ru.

``python -m tests.benchmarks.bench_spelling [--prose NAME] [--slips N] [--seed N] [--list]``. Of the prose, all written
for this project, ``tuned`` was looked at while the rules were made: the sample newsroom and ``spelling/prose*.txt``;
``unseen`` and ``unseen2`` were written, each with the list of its names, before they were first checked, and no rule
was made after them. One-edit slips are drawn from it by the seed and put in their sentences. With ours belongs the
check of the case behind a preposition, as a quiet mark; *words alone* leaves it out. Times of suggestions are those of
the processor. hunspell-ru is measured where a dictionary ``ru_RU`` and the package pyenchant or chunspell are
installed. Each checker is a process of its own. ``--list`` names what is flagged and the slips that are not.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from newsroom.demo.sample import sample_folder
from newsroom.settings import default_cache
from newsroom.text.front_matter import read_front_matter
from tests.benchmarks.memory import held_mb
from tests.benchmarks.spelling.slips import slips

_DATA: Final = Path(__file__).parent / "spelling"
_HUNSPELL_FOLDERS: Final = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))
#: What the sample articles have wrong on purpose, for proofreaders to find.
_REAL_MISTAKES: Final = frozenset(("комманда", "пешеходый"))
#: Suggestions asked of the others, which take up to half a second each.
_ASKED: Final = 150
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

#: What a checker finds in a text: the word, and whether it is underlined firmly.
Flags = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Checker:
    flag: Callable[[str], Flags]
    suggest: Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """Of one checker; shares are of all words or of all slips, from 0 to 1."""

    words: int
    load_seconds: float
    memory_mb: float
    #: A word of prose the first and the second time, in microseconds.
    cold_us: float
    warm_us: float
    flagged: list[str]
    firm: list[str]
    found: float
    found_firm: float
    first: float
    among_five: float
    #: Slips that were not marked, each with what was meant.
    missed: list[tuple[str, str]]
    suggest_p50_ms: float
    suggest_p99_ms: float


def ours(names: tuple[str, ...] = (), *, governing: bool = True) -> Checker:
    """The speller and, where *governing*, the check of the case behind a preposition, which counts as a quiet mark."""
    from newsroom.domain.findings import Field
    from newsroom.text.checks.grammar import governed
    from newsroom.text.checks.material import Piece, PieceKind
    from newsroom.text.spelling.house import inflect
    from newsroom.text.spelling.judging import QUIET
    from newsroom.text.spelling.speller import Speller
    from newsroom.text.spelling.storing import open_lexicons
    from newsroom.text.word_files import read_word_file

    house = inflect(word for name in names for word in read_word_file((_DATA / name).read_bytes(), ".csv"))
    speller = Speller(open_lexicons(default_cache() / "dictionaries"), house)

    def flag(text: str) -> Flags:
        marked = [(found.word, found.kind not in QUIET) for found in speller.check(text)]
        piece = Piece(Field.BODY, PieceKind.PARAGRAPH, text)
        return marked + [(found.words, False) for found in governed(piece)] if governing else marked

    return Checker(flag, speller.suggest)


def pyspellchecker() -> Checker:
    from spellchecker import SpellChecker

    checker = SpellChecker(language="ru", distance=2)

    def suggest(word: str) -> list[str]:
        found = checker.candidates(word) or set()
        return sorted(found, key=lambda other: -checker.word_usage_frequency(other))

    return Checker(_by_word(lambda word: not checker.unknown([word])), suggest)


def enchant() -> Checker:
    import enchant as library

    checker = library.Dict("ru_RU")
    return Checker(_by_word(checker.check), checker.suggest)


def chunspell() -> Checker:
    from hunspell import Hunspell

    folder = next(folder for folder in _HUNSPELL_FOLDERS if (folder / "ru_RU.dic").exists())
    checker = Hunspell("ru_RU", hunspell_data_dir=str(folder))
    return Checker(_by_word(checker.spell), lambda word: list(checker.suggest(word)))


HOUSE: Final = "ours, house dictionary"
CHECKERS: Final[dict[str, Callable[[], Checker]]] = {
    "ours": ours,
    "ours, words alone": lambda: ours(governing=False),
    "pyspellchecker": pyspellchecker,
    "hunspell by enchant": enchant,
    "hunspell by chunspell": chunspell,
}
_NAMES: Final = ("ours", HOUSE, *list(CHECKERS)[1:])
_NEEDS: Final = {"hunspell by enchant": "enchant", "hunspell by chunspell": "hunspell"}


def _by_word(knows: Callable[[str], bool]) -> Callable[[str], Flags]:
    """Words are cut as for our own checker where that is fair: letters and inner hyphens, Cyrillic ones only."""

    def flag(text: str) -> Flags:
        words = [word for word in _WORD.findall(text) if len(word) > 1 and not word.isascii()]
        return [(word, True) for word in words if not knows(word)]

    return flag


def _paragraphs(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").split("\n\n")


def tuned_prose() -> list[str]:
    """Plain texts of the sample articles, headline and lead included, and of ``prose*.txt``."""
    from newsroom.text.counts import plain_text
    from newsroom.text.markdown import parse

    texts = [*_paragraphs("prose.txt"), *_paragraphs("prose2.txt")]
    for file in sorted(sample_folder().glob("*.md")):
        article = read_front_matter(file.read_bytes())
        fields = [str(article.fields.get(name, "")) for name in ("headline", "lead")]
        texts += [*fields, *plain_text(parse(article.body)).splitlines()]
    return texts


#: The prose, and the files of the names that it uses.
PROSE: Final[dict[str, tuple[Callable[[], list[str]], tuple[str, ...]]]] = {
    "tuned": (tuned_prose, ("names.csv", "names2.csv")),
    "unseen": (lambda: _paragraphs("unseen.txt"), ("unseen_names.csv",)),
    "unseen2": (lambda: _paragraphs("unseen2.txt"), ("unseen2_names.csv",)),
}


def measured(name: str, prose: str, *, seed: int, how_many: int) -> Report:
    read, names = PROSE[prose]
    texts = read()
    words = sum(len(_WORD.findall(text)) for text in texts)
    pairs = slips(texts, seed=seed, how_many=how_many)
    gc.collect()
    before = held_mb()
    begin = time.perf_counter()
    checker = ours(names) if name == HOUSE else CHECKERS[name]()
    checker.flag("Слово")
    load = time.perf_counter() - begin
    memory = held_mb() - before
    passes = [_timed(lambda: [checker.flag(text) for text in texts]) for _turn in range(3)]
    flags = [flag for text in texts for flag in checker.flag(text) if flag[0] not in _REAL_MISTAKES]
    marks = [[flag for flag in checker.flag(slip.text) if slip.wrong in flag[0]] for slip in pairs]
    first, five, times = 0, 0, []
    # Nobody asks for another word where nothing is marked.
    asked = [pair for pair, mark in zip(pairs, marks, strict=True) if mark]
    asked = asked if name.startswith("ours") else asked[:_ASKED]
    for slip in asked:
        begin = time.process_time()
        suggestions = [_plain(word) for word in checker.suggest(slip.wrong)[:5]]
        took = time.process_time() - begin
        first += suggestions[:1] == [_plain(slip.right)]
        if _plain(slip.right) in suggestions:
            five += 1
            times.append(took)
    times.sort()
    return Report(
        words=words,
        load_seconds=load,
        memory_mb=memory,
        cold_us=passes[0] * 1e6 / words,
        warm_us=min(passes[1:]) * 1e6 / words,
        flagged=[word for word, _firm in flags],
        firm=[word for word, firm in flags if firm],
        found=sum(map(bool, marks)) / len(pairs),
        found_firm=sum(any(firm for _word, firm in mark) for mark in marks) / len(pairs),
        first=first / len(asked),
        among_five=five / len(asked),
        missed=[(slip.wrong, slip.right) for slip, mark in zip(pairs, marks, strict=True) if not mark],
        suggest_p50_ms=times[len(times) // 2] * 1000,
        suggest_p99_ms=times[len(times) * 99 // 100] * 1000,
    )


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _table(reports: dict[str, Report]) -> None:
    rows: dict[str, Callable[[Report], str]] = {
        "load, ms": lambda r: f"{r.load_seconds * 1000:.0f}",
        "memory, MB": lambda r: f"{r.memory_mb:.0f}",
        "a word, first time, µs": lambda r: f"{r.cold_us:.2f}",
        "a word, seen before, µs": lambda r: f"{r.warm_us:.2f}",
        "flagged of 1,000": lambda r: f"{len(r.flagged) * 1000 / r.words:.1f}",
        "firmly of 1,000": lambda r: f"{len(r.firm) * 1000 / r.words:.1f}",
        "slips marked": lambda r: f"{r.found:.1%}",
        "slips marked firmly": lambda r: f"{r.found_firm:.1%}",
        "right word first": lambda r: f"{r.first:.1%}",
        "right word among five": lambda r: f"{r.among_five:.1%}",
        "suggesting it, p50 ms": lambda r: f"{r.suggest_p50_ms:.2f}",
        "suggesting it, p99 ms": lambda r: f"{r.suggest_p99_ms:.2f}",
    }
    print(f"{'':26}" + "".join(f"{name:>24}" for name in reports))
    for title, value in rows.items():
        print(f"{title:26}" + "".join(f"{value(report):>24}" for report in reports.values()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--slips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--prose", action="append", choices=PROSE)
    parser.add_argument("--checker", choices=_NAMES, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.checker:
        print(json.dumps(asdict(measured(wanted.checker, wanted.prose[0], seed=wanted.seed, how_many=wanted.slips))))
        return
    from newsroom.text.spelling.storing import build_missing

    seconds = _timed(lambda: build_missing(default_cache() / "dictionaries"))
    print(f"the lists are there after {seconds:.1f} s; {wanted.slips} slips, seed {wanted.seed}")
    for prose in wanted.prose or PROSE:
        reports: dict[str, Report] = {}
        for name in _NAMES:
            if name in _NEEDS and not _is_there(name):
                print(f"{name}: absent here (dictionary ru_RU and package {_NEEDS[name]})")
                continue
            child = [sys.executable, "-m", "tests.benchmarks.bench_spelling", "--checker", name, "--prose", prose]
            child += ["--slips", str(wanted.slips), "--seed", str(wanted.seed)]
            reports[name] = Report(**json.loads(subprocess.run(child, check=True, stdout=subprocess.PIPE).stdout))
        print(f"\n{prose}: {reports['ours'].words} words of prose")
        _table(reports)
        if wanted.list:
            for name in ("ours", HOUSE):
                report = reports[name]
                print(f"{name}: {', '.join(report.flagged)}; firmly: {', '.join(report.firm) or 'none'}")
            print("missed: " + ", ".join(f"{wrong} ({right})" for wrong, right in reports["ours"].missed))


def _is_there(name: str) -> bool:
    return find_spec(_NEEDS[name]) is not None and any((folder / "ru_RU.dic").exists() for folder in _HUNSPELL_FOLDERS)


if __name__ == "__main__":
    main()
