"""Writing in the article editor, against a bare QTextEdit and against novelWriter: typing, opening, pauses, memory.

``python -m tests.benchmarks.bench_typing [--keys N] [--sizes N …] [--novelwriter PYTHON] [--platform xcb] [--memory]``:
PYTHON belongs to an environment in which novelWriter is installed; without a screen xcb gets one from Xvfb.

Everything that runs while somebody writes is on: autosave, the local journal, counters, the list of findings, and
what else the program does unasked. All editors show the same words in the same letters, in a column as wide and high
and with the same leading, because larger letters cost more whoever draws them. Each has a process of its own, which
stands still while the others are measured, and all of them take turns, place by place: what else the machine does
meets every one of them.

Letters are typed at several places of the text: QTextEdit repaints more where a paragraph happens to stand at a
checkpoint of its layout. The longest pause is the longest turn of the event loop, in which the window answers nobody;
``--blame`` says what Python was doing in it. Goals stand beside the ratios: `!` marks one that is missed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.big_newsroom import as_installed

SIZES: Final = (3_000, 30_000, 300_000)
#: Shares of the text after which keys are typed.
PLACES: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
PHASES: Final = ("opening", "typing", "resting")
OURS: Final = "newsroom"
#: Ratios to another editor, and milliseconds, that the newsroom is not to exceed.
GOALS: Final = {
    "bare": {"p50": 1.6, "p99": 1.25, "first key": 2.0},
    "novelwriter": {"p99": 0.8},
}
#: Only where there is much to open does opening take what the text takes.
OPENING_FROM: Final = 300_000
PAUSE_GOAL: Final = 50
_COLUMNS: Final = ("p50", "p99", "opened", "first key", *PHASES)


class Contender:
    """An editor in its process."""

    def __init__(self, name: str, python: str, folder: Path, orders: dict[str, Any], env: dict[str, str]) -> None:
        self.name = name
        place = folder / name
        place.mkdir()
        self._log = (folder / f"{name}.log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                python,
                "-X",
                "faulthandler",
                "-m",
                "tests.benchmarks.typing_editors",
                name,
                str(place),
                json.dumps(orders),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            env=env,
        )
        self.said = self._hear()

    def ask(self, task: str, *arguments: object) -> dict[str, Any]:
        """Have *task* of `tests.benchmarks.typist` done."""
        assert self._process.stdin is not None
        print(json.dumps([task, *arguments]), file=self._process.stdin, flush=True)
        return self._hear()

    def end(self) -> None:
        self.ask("end")
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def stop(self) -> None:
        """Leave no process behind, whatever has happened."""
        self._process.kill()
        self._process.wait()
        self._log.close()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        answer = self._process.stdout.readline()
        if not answer:
            self._log.seek(0)
            raise SystemExit(f"{self.name} has ended ({self._process.wait(30)}):\n{self._log.read()[-4_000:]}")
        return dict(json.loads(answer))


@dataclass
class Figures:
    """Of one editor with one text, in milliseconds."""

    keys: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    first_key: list[float] = field(default_factory=list)
    #: The longest pause of each phase, and what was done in it where that is known.
    pauses: dict[str, tuple[float, str]] = field(default_factory=lambda: dict.fromkeys(PHASES, (0.0, "")))

    def add(self, answer: dict[str, Any]) -> None:
        self.keys += answer.get("keys", [])
        if "opened" in answer:
            self.opened.append(answer["opened"])
            self.first_key.append(answer["first key"])
        for phase in PHASES:
            if phase in answer:
                self.pauses[phase] = max(self.pauses[phase], (answer[phase][0], answer[phase][1]))

    def columns(self) -> dict[str, float]:
        ordered = sorted(self.keys)
        p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99))
        opened, first_key = statistics.median(self.opened), statistics.median(self.first_key)
        pauses = {phase: pause for phase, (pause, _doing) in self.pauses.items()}
        return {"p50": p50, "p99": p99, "opened": opened, "first key": first_key, **pauses}


def main() -> None:
    options = _parse()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        env = as_installed(folder) | {"QT_QPA_PLATFORM": options.platform}

        def begin(name: str, python: str, **orders: object) -> Contender:
            orders = {"sizes": options.sizes, "blame": options.blame, **orders}
            # A screen each: without a window manager, windows of several programs take the keyboard from each other.
            alone = options.platform == "xcb" and not os.environ.get("DISPLAY")
            screen = {"DISPLAY": stack.enter_context(_screen())} if alone else {}
            contender = Contender(name, python, folder, orders, env | screen)
            stack.callback(contender.stop)
            return contender

        ours = begin(OURS, sys.executable)
        contenders = [begin("bare", sys.executable, look=ours.said["look"]), ours]
        if options.novelwriter:
            contenders.append(begin("novelwriter", options.novelwriter, look=ours.said["look"]))
            print(f"novelWriter: {contenders[-1].said['about']}")
        if options.memory:
            _compare_memory(contenders, options.sizes, options.memory)
        else:
            _compare_writing(contenders, options)
        for contender in contenders:
            contender.end()


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=500, help="for each text, a part of them at each place")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="of the texts, in characters")
    parser.add_argument("--openings", type=int, default=5, metavar="N", help="of each text")
    parser.add_argument(
        "--type-on", type=float, default=17, metavar="SECONDS", help="after that; an autosave falls in it from 15 on"
    )
    parser.add_argument("--novelwriter", metavar="PYTHON")
    parser.add_argument("--platform", choices=("offscreen", "xcb"), default="offscreen")
    parser.add_argument("--blame", action="store_true", help="look into long pauses; costs a little")
    parser.add_argument(
        "--memory", type=int, nargs="?", const=10_000, metavar="EDITS", help="only the memory that edits leave in use"
    )
    options = parser.parse_args()
    options.sizes = options.sizes or ([30_000] if options.memory else list(SIZES))
    return options


@contextmanager
def _screen() -> Iterator[str]:
    """The name of a display of our own."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
    ) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def _compare_writing(contenders: Sequence[Contender], options: argparse.Namespace) -> None:
    longest: tuple[float, str] = (0.0, "")
    for size in options.sizes:
        figures = {contender.name: Figures() for contender in contenders}

        def all_do(task: str, *arguments: object, figures: dict[str, Figures] = figures) -> None:
            for contender in contenders:
                figures[contender.name].add(contender.ask(task, *arguments))

        for _ in range(options.openings):
            all_do("open", size)
        all_do("dress")
        for place in PLACES:
            all_do("type", place, max(1, options.keys // len(PLACES)))
        all_do("type on", options.type_on)
        _print_table(size, figures)
        for phase, (pause, doing) in figures[OURS].pauses.items():
            where = f"{phase}, {size:,} characters" + (f": {doing}" if doing else "")
            longest = max(longest, (pause, where))
    print(f"\nthe newsroom's longest pause: {longest[0]:.0f} ms, {longest[1]}")


def _print_table(size: int, figures: dict[str, Figures]) -> None:
    """Milliseconds, and below them the newsroom's ratios to the others beside their goals."""
    columns = {name: of.columns() for name, of in figures.items()}
    print(f"\n{f'{size:,} characters':26}" + "".join(f"{title:>14}" for title in _COLUMNS))
    for name, values in columns.items():
        cells = [f"{values[title]:.2f}" for title in _COLUMNS]
        if name == OURS:
            cells[-len(PHASES) :] = [_judged(values[phase], PAUSE_GOAL, "{:.0f}") for phase in PHASES]
        print(f"  {name:24}" + "".join(f"{cell:>14}" for cell in cells))
    for other, goals in GOALS.items():
        if other not in columns:
            continue
        cells = []
        for title in _COLUMNS[: -len(PHASES)]:
            goal = goals.get(title) if title != "first key" or size >= OPENING_FROM else None
            cells.append(_judged(columns[OURS][title] / columns[other][title], goal, "{:.2f}"))
        print(f"  {f'{OURS} : {other}':24}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def _judged(value: float, goal: float | None, form: str) -> str:
    if goal is None:
        return form.format(value)
    return f"{form.format(value)} {'≤' if value <= goal else '!>'} {form.format(goal)}"


def _compare_memory(contenders: Sequence[Contender], sizes: Sequence[int], edits: int) -> None:
    """Print what *edits*, each a word typed, undone, redone and erased, leave in use; the first fifth warms up."""
    for size in sizes:
        print(f"\n{size:,} characters: memory in use, MB")
        for contender in contenders:
            contender.ask("open", size)
            contender.ask("dress")
            early = contender.ask("edit", edits // 5)["memory"]
            late = contender.ask("edit", edits - edits // 5)["memory"]
            growth = (late - early) / (edits - edits // 5) * 1000 / 1024
            first, last = (f"{memory / 2**20:.1f}" for memory in (early, late))
            print(
                f"  {contender.name:12} {first:>7} after {edits // 5:,} edits, {last:>7} after {edits:,}: "
                f"{growth:+.0f} KB per 1,000 edits",
                flush=True,
            )


if __name__ == "__main__":
    main()
