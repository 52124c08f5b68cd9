"""How well fragments are found again in edited news, and how long that takes.

``python -m tests.benchmarks.bench_anchors [--cases N] [--seed S] [--reports]``. With ``--reports`` the fragments are as
readers report them: a word or a few, where it stood unknown, as a browser gives the page (other blanks, one line end
between blocks, typography of the site). Texts are the sample articles; each case selects a
word, phrase, sentence or paragraph, edits the text as desks do, and looks for the fragment. Every letter carries its
origin through the edits, so that the right place is known. A place is right that has at least half of what
is left of the fragment, and no more strange letters than that.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from newsroom.domain.anchors import Anchor
from newsroom.text.anchors import Found, anchor_of, candidates, locate
from newsroom.text.counts import plain_text
from newsroom.text.front_matter import read_front_matter
from newsroom.text.markdown import parse
from newsroom.text.reported import SURE
from resources import FOLDER

#: Letters, each with its place in the text as it was; -1 for new ones.
Letters = list[tuple[str, int]]
Edit = Callable[["Case", Letters], Letters]


class Case(NamedTuple):
    chance: random.Random
    begin: int
    end: int
    words: Sequence[str]

    def new(self, text: str) -> Letters:
        return [(letter, -1) for letter in text]

    def phrase(self, least: int, most: int) -> str:
        return " ".join(self.chance.choice(self.words) for _ in range(self.chance.randint(least, most)))

    def inside(self, letters: Letters) -> list[int]:
        return [at for at, (_letter, origin) in enumerate(letters) if self.begin <= origin < self.end]


def insert_far(case: Case, letters: Letters) -> Letters:
    at = case.chance.choice([0, len(letters)])
    return [*letters[:at], *case.new(f"\n\n{case.phrase(20, 60).capitalize()}.\n\n"), *letters[at:]]


def insert_beside(case: Case, letters: Letters) -> Letters:
    """Words right before or after the fragment, or close by."""
    inside = case.inside(letters)
    if not inside:
        return letters
    at = case.chance.choice([inside[0], inside[-1] + 1, max(0, inside[0] - 20), min(len(letters), inside[-1] + 20)])
    return [*letters[:at], *case.new(f" {case.phrase(1, 6)} "), *letters[at:]]


def rewrite_beside(case: Case, letters: Letters) -> Letters:
    """Other words instead of those before, after, or on both sides."""
    inside = case.inside(letters)
    if not inside:
        return letters
    width, side = case.chance.choice([10, 30, 60, 120]), case.chance.choice("<>=")
    begin, end = inside[0], inside[-1] + 1
    before, after = letters[:begin], letters[end:]
    if side in "<=":
        before = [*before[:-width], *case.new(f"{case.phrase(1, 12)} ")]
    if side in ">=":
        after = [*case.new(f" {case.phrase(1, 12)}"), *after[width:]]
    return [*before, *letters[begin:end], *after]


def word_inside(case: Case, letters: Letters) -> Letters:
    """One word of the fragment is another, is gone, or has one more beside it."""
    inside = case.inside(letters)
    if len(inside) < 25:
        return letters
    at = case.chance.choice(inside[:-8])
    length = case.chance.choice([0, 5, 8])
    return [*letters[:at], *case.new(case.chance.choice(["", f" {case.phrase(1, 2)} "])), *letters[at + length :]]


def typo_inside(case: Case, letters: Letters) -> Letters:
    inside = case.inside(letters)
    if len(inside) < 6:
        return letters
    at = case.chance.choice(inside)
    return [*letters[:at], *case.new(case.chance.choice(["", "о", "нн"])), *letters[at + 1 :]]


def typography(_case: Case, letters: Letters) -> Letters:
    """Other quotes, dashes, blanks, ё; one letter becomes one or several, all of its origin."""
    swaps = {'"': "“", "«": '"', "»": '"', "—": "–", "–": "-", "-": "‑", "ё": "е", "Ё": "Е", "…": "..."}
    return [
        (new, origin)
        for at, (letter, origin) in enumerate(letters)
        for new in ("\u00a0" if letter == " " and at % 4 == 0 else swaps.get(letter, letter))
    ]


def _paragraphs(letters: Letters) -> list[Letters]:
    parts: list[Letters] = [[]]
    for at, pair in enumerate(letters):
        if pair[0] == "\n" and at + 1 < len(letters) and letters[at + 1][0] == "\n":
            parts.append([])
        elif pair[0] != "\n" or parts[-1]:
            parts[-1].append(pair)
    return [part for part in parts if part]


def _joined(case: Case, parts: Sequence[Letters]) -> Letters:
    joined: Letters = []
    for part in parts:
        joined += [*(case.new("\n\n") if joined else ()), *part]
    return joined


def _own(case: Case, parts: Sequence[Letters]) -> int:
    return next((at for at, part in enumerate(parts) if case.inside(part)), 0)


def move_paragraph(case: Case, letters: Letters) -> Letters:
    parts = _paragraphs(letters)
    part = parts.pop(_own(case, parts))
    parts.insert(case.chance.randint(0, len(parts)), part)
    return _joined(case, parts)


def shuffle_others(case: Case, letters: Letters) -> Letters:
    parts = _paragraphs(letters)
    case.chance.shuffle(parts)
    return _joined(case, parts)


def copy_paragraph(case: Case, letters: Letters) -> Letters:
    """The fragment's paragraph once more at the end, as by a slip of the hand; both are the right place."""
    parts = _paragraphs(letters)
    return _joined(case, [*parts, parts[_own(case, parts)]])


def delete_paragraph(case: Case, letters: Letters) -> Letters:
    parts = _paragraphs(letters)
    if len(parts) > 1:
        parts.pop(_own(case, parts))
    return _joined(case, parts)


def delete_fragment(case: Case, letters: Letters) -> Letters:
    return [pair for pair in letters if not case.begin <= pair[1] < case.end]


def delete_neighbour(case: Case, letters: Letters) -> Letters:
    parts = _paragraphs(letters)
    at = _own(case, parts) + case.chance.choice([-1, 1])
    if 0 <= at < len(parts) and len(parts) > 2:
        parts.pop(at)
    return _joined(case, parts)


def replace_fragment(case: Case, letters: Letters) -> Letters:
    inside = case.inside(letters)
    if not inside:
        return letters
    return [*letters[: inside[0]], *case.new(case.phrase(1, 8)), *letters[inside[-1] + 1 :]]


EDITS: tuple[Edit, ...] = (
    insert_far,
    insert_beside,
    rewrite_beside,
    word_inside,
    typo_inside,
    typography,
    move_paragraph,
    shuffle_others,
    copy_paragraph,
    delete_paragraph,
    delete_fragment,
    delete_neighbour,
    replace_fragment,
)


def texts() -> list[str]:
    """The bodies of the sample articles, as readers see them."""
    files = sorted((FOLDER / "sample").glob("*.md"))
    return [plain_text(parse(read_front_matter(file.read_bytes()).body)) for file in files]


def fragment(chance: random.Random, text: str) -> tuple[int, int]:
    """A word, phrase, sentence or paragraph of *text*."""
    ends = [0, *(at + 1 for at, letter in enumerate(text) if not letter.isalnum()), len(text)]
    kind = chance.choice(["word", "phrase", "phrase", "sentence", "paragraph"])
    if kind in ("word", "phrase"):
        first = chance.randrange(len(ends) - 1)
        last = min(len(ends) - 1, first + (1 if kind == "word" else chance.randint(2, 6)))
        begin, end = ends[first], ends[last]
    else:
        mark = "." if kind == "sentence" else "\n"
        at = chance.randrange(len(text))
        begin, end = text.rfind(mark, 0, at) + 1, text.find(mark, at) + 1 or len(text)
    while begin < end and not text[begin].isalnum():
        begin += 1
    while end > begin and not text[end - 1].isalnum():
        end -= 1
    return (begin, end) if end - begin >= 3 else fragment(chance, text)


def outcome(case: Case, letters: Letters, place: tuple[int, int] | None, length: int) -> str:
    """``right``, ``honest`` (gone and not found), ``missed`` (there, but not found) or ``wrong``."""
    left = {letters[at][1] for at in case.inside(letters)}
    if place is None:
        return "honest" if len(left) < length / 2 else "missed"
    found = letters[slice(*place)]
    shared = {origin for _letter, origin in found if origin in left}
    strange = sum(origin not in left for _letter, origin in found)
    return "right" if len(shared) >= len(left) / 2 and len(shared) > 0 and strange <= max(len(left), 12) else "wrong"


def corrected(case: Case, letters: Letters) -> Letters:
    """One letter of the fragment is mended, as by a correction before the report was looked at."""
    inside = case.inside(letters)
    at = case.chance.choice(inside) if inside else 0
    return [*letters[:at], (case.chance.choice("асенио"), letters[at][1]), *letters[at + 1 :]] if inside else letters


def look_alike(case: Case, letters: Letters) -> Letters:
    """A letter of the fragment is Latin now, or Cyrillic again."""
    twins = dict(zip("асеорхАСЕОРХ", "aceopxACEOPX", strict=True))
    return [(twins.get(letter, letter) if case.begin <= at < case.end else letter, at) for letter, at in letters]


def entities(_case: Case, letters: Letters) -> Letters:
    """Blanks and dashes as a template writes them."""
    return [("\u00a0" if letter == " " and at % 3 == 0 else letter, at) for letter, at in letters]


REPORT_EDITS: tuple[Edit, ...] = (*EDITS, corrected, look_alike, entities)


def reported_anchor(chance: random.Random, text: str, begin: int, end: int) -> Anchor:
    """What a browser sends of ``text[begin:end]``: one line end between blocks, other quotes, no position."""

    def shown(part: str) -> str:
        part = part.replace("\n\n", "\n")
        return part.translate(str.maketrans("«»—", '""–')) if typographic else part

    typographic = chance.random() < 0.3
    return Anchor(shown(text[:begin])[-60:], shown(text[begin:end])[:256], shown(text[end:])[:60], -1)


def reported_fragment(chance: random.Random, text: str) -> tuple[int, int]:
    """Mostly a word, at times a part of one or a few of them."""
    begin, end = fragment(chance, text)
    words = text[begin:end].split()
    end = begin + len(" ".join(words[: chance.choice([1, 1, 1, 2, 3])]))
    if chance.random() < 0.2 and end - begin > 6:
        begin, end = begin + 1, end - 2
    return (begin, end) if end - begin >= 3 else reported_fragment(chance, text)


def accuracy(cases: int, seed: int, *, reports: bool = False) -> None:
    chance = random.Random(seed)
    bodies = texts()
    words = [word for body in bodies for word in body.split()]
    total: Counter[str] = Counter()
    of_edit: dict[str, Counter[str]] = {}
    sure_and_wrong: list[float] = []
    for _number in range(cases):
        text = chance.choice(bodies)
        begin, end = reported_fragment(chance, text) if reports else fragment(chance, text)
        anchor = reported_anchor(chance, text, begin, end) if reports else anchor_of(text, begin, end)
        case = Case(chance, begin, end, words)
        letters = [(letter, at) for at, letter in enumerate(text)]
        edits = chance.choices(REPORT_EDITS if reports else EDITS, k=chance.choice([1, 1, 2, 3, 4]))
        for edit in edits:
            letters = edit(case, letters)
        new = "".join(letter for letter, _origin in letters)
        found = _reported(new, anchor) if reports else locate(new, anchor)
        told = outcome(case, letters, (found.begin, found.end) if found else None, end - begin)
        total[told] += 1
        for edit in edits:
            of_edit.setdefault(edit.__name__, Counter())[told] += 1
        if told == "wrong" and found:
            sure_and_wrong.append(found.confidence)
    print(f"{'':18}{'right':>8}{'honest':>8}{'missed':>8}{'wrong':>8}  (per cent of cases)")
    for name, told in [*of_edit.items(), (f"all {cases}", total)]:
        shares = "".join(f"{100 * told[key] / told.total():8.2f}" for key in ("right", "honest", "missed", "wrong"))
        print(f"{name:18}{shares}")
    good = 100 * (1 - total["wrong"] / total.total())
    print(f"right or not found: {good:.2f} %; surest wrong place: {max(sure_and_wrong, default=0):.2f}")


def _reported(text: str, anchor: Anchor) -> Found | None:
    """The place that the triage would take for the reported one."""
    found = candidates(text, anchor, 3)
    return found[0] if found and found[0].confidence >= SURE else None


def report_speed() -> None:
    """How long a reader's report takes in a text of 30,000 characters, edited here and there since."""
    chance = random.Random(1)
    text = "\n\n".join(texts() * 3)[:30_000]
    taken = []
    for _each in range(300):
        begin, end = reported_fragment(chance, text)
        anchor = reported_anchor(chance, text, begin, end)
        at = chance.choice([begin // 2, (begin + end) // 2, begin - 20, end + 20])
        new = text[: max(0, at)] + " вставка " + text[max(0, at) :]
        started = time.perf_counter()
        candidates(new, anchor, 3)
        taken.append(1000 * (time.perf_counter() - started))
    taken.sort()
    print(f"30,000 characters, three places: median {taken[150]:.2f} ms, worst {taken[-1]:.2f} ms")


def speed() -> None:
    chance = random.Random(1)
    body = "\n\n".join(texts())
    print(f"{'characters':>10} {'':28} {'p50':>7} {'worst':>7}  (milliseconds)")
    for size in (3_000, 30_000, 300_000):
        text = "\n\n".join([body] * (size // len(body) + 1))[:size]
        for name, word in (("edited elsewhere", False), ("edited inside", True)):
            taken = []
            for _each in range(60):
                begin, end = fragment(chance, text)
                anchor = anchor_of(text, begin, end)
                at = (begin + end) // 2 if word else begin // 2
                new = text[:at] + " вставка " + text[at:]
                started = time.perf_counter()
                locate(new, anchor)
                taken.append(1000 * (time.perf_counter() - started))
            taken.sort()
            print(f"{size:>10} {name:28} {taken[30]:7.2f} {taken[-1]:7.2f}")
    for name, text in (
        ("one letter", "а" * 300_000),
        ("two letters", "аб" * 150_000),
        ("accents", "а\u0301" * 150_000),
    ):
        anchor = anchor_of(text, 150_000, 152_000)
        started = time.perf_counter()
        candidates(text[:-7] + "б", anchor)
        print(f"{len(text):>10} {'hostile, ' + name:28} {'':7} {1000 * (time.perf_counter() - started):7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", action="store_true")
    options = parser.parse_args()
    accuracy(options.cases, options.seed, reports=options.reports)
    report_speed() if options.reports else speed()


if __name__ == "__main__":
    main()
