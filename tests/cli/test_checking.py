"""``check`` from the command line: places, exit codes, JSON, everything live on several cores."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.cli import checking, main

TEXT = """---
headline: Мост через протоку открыт.
lead: Движение начнётся в полдень.
rubric: общество
age: 6+
---
Подрядчик закончил ремонт на **месяц** раньше срока.

Первым пройдёт [рейсовый](https://vesti.example/?utm_source=x) автобус, за ним в в полдень пойдут все.
"""
GOOD = TEXT.replace("открыт.", "открыт").replace("?utm_source=x", "").replace("в в ", "в ")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, word_lists: Path) -> Run:
    monkeypatch.setenv("NEWSROOM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEWSROOM_CACHE", str(word_lists.parent))

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    assert run("init")[0] == 0
    return run


def written(tmp_path: Path, text: str, name: str = "most.md") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_findings_of_a_file_stand_at_their_lines(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, TEXT)
    code, out, err = run("check", file)
    assert code == 0
    assert [line.removeprefix(f"{file}:").split(": ")[0] for line in out.splitlines()] == ["2:36", "9:17", "9:80"]
    assert "[headline-stop]" in out
    assert "замечаний 3" in err


def test_what_blocks_makes_the_exit_code_one(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("check", written(tmp_path, TEXT.replace("age: 6+\n", "")))
    assert code == 1
    assert "[age-missing]" in out.splitlines()[0]


def test_json_has_everything(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("check", written(tmp_path, TEXT), "--json")
    found = json.loads(out)
    assert code == 0
    assert (found[0]["code"], found[0]["line"], found[0]["fix"], found[0]["severity"]) == (
        "headline-stop", 2, "", "warning",
    )  # fmt: skip


def test_an_article_is_told_by_its_fields(run: Run, tmp_path: Path) -> None:
    run("import", written(tmp_path, TEXT), "--as", "editor")
    code, out, _err = run("check", "--article", 1)
    assert code == 0
    assert [line.split(": ")[0] for line in out.splitlines()] == ["1 headline:1:26", "1 body:3:17", "1 body:3:80"]


def test_a_manuscript_without_fields_is_checked_too(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("check", written(tmp_path, "Мост\n\nОткрыли в в пятницу.\n", "most.txt"))
    assert code == 1
    assert ":3:9: " in next(line for line in out.splitlines() if "[repeated-word]" in line)


def test_nothing_to_check_is_wrong_use(run: Run) -> None:
    assert run("check")[0] == 2
    assert run("check", "a.md", "--all-live")[0] == 2


def test_everything_live_is_checked_in_processes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_WORTH_PROCESSES", 2)
    for number, text in enumerate((TEXT, GOOD, GOOD)):
        run("import", written(tmp_path, text.replace("Мост", f"Мост {'ВИП'[number]}")), "--as", "editor")
        run("submit", number + 1, "--as", "editor")
        run("approve", number + 1, "--as", "chief")
        run("publish", number + 1, "--as", "chief")
    run("publisher", "run", "--once")
    code, out, err = run("check", "--all-live")
    assert code == 0
    assert {line.split(" ")[0] for line in out.splitlines() if "headline-duplicate" not in line} == {"1"}
    assert "Проверено 3 из 3" in err


def test_words_of_the_house_are_no_mistakes(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, GOOD.replace("автобус", "автобуз"))
    assert "[spelling-firm] «автобуз»" in run("check", file)[1]
    run("words", "add", "автобуз", "--as", "editor")
    assert run("check", file)[1] == ""
