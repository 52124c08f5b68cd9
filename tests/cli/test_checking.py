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
        run("approve", number + 1, "--as", "chief", "--despite-warnings")
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


def test_marks_come_and_go_as_files(run: Run, tmp_path: Path) -> None:
    marks = written(tmp_path, "name,sign\nПодрядчик,(12+)\n", "marks.csv")
    assert run("marks", "import", marks, "--as", "editor")[0] == 1
    assert run("marks", "import", marks, "--as", "proofreader") == (0, "Добавлено: 1, изменено: 0, было: 0\n", "")
    assert "[mark-missing] «Подрядчик»" in run("check", written(tmp_path, GOOD))[1]
    code, out, _err = run("marks", "export", "--format", "toml")
    assert (code, 'name = "Подрядчик"' in out) == (0, True)
    assert "Подрядчик" in run("marks", "list")[1]
    assert run("marks", "remove", "Подрядчик", "--as", "chief")[0] == 0
    assert run("check", written(tmp_path, GOOD))[1] == ""


def test_a_rule_is_previewed_kept_and_swept(run: Run, tmp_path: Path) -> None:
    run("import", written(tmp_path, GOOD), "--as", "editor")
    run("submit", 1, "--as", "editor")
    words = ("rules", "add", "автобус", "автобус", "омнибус", "--as", "proofreader")
    code, out, _err = run(*words, "--preview")
    assert (code, out.splitlines()[-1]) == (0, "1 место")
    assert run("rules", "list")[1] == "Правил нет.\n"
    assert run(*words)[0] == 0
    assert "[rule:автобус] «автобус»" in run("check", "--article", 1)[1]
    code, out, _err = run("sweep", "--rule", "автобус")
    assert (code, "+ " in out, "Поправить можно 1 статью." in out) == (0, True, True)
    assert run("sweep", "--rule", "автобус", "--accept", "1", "--as", "editor")[1] == "1: на проверке, версия 2\n"
    assert "омнибус" in run("show", 1)[1]
    assert run("sweep", "автобус", "омнибус")[1] == "Поправить можно 0 статей.\n"
    assert run("sweep", "автобус")[0] == 2


def test_the_style_is_changed_and_a_file_is_set_by_it(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, GOOD.replace("все.", 'все в "Зарю" - **да**.'))
    code, out, _err = run("typography", file)
    assert (code, "в\u00a0«Зарю»\u00a0— **да**." in out, out.startswith("---\nheadline")) == (0, True, True)
    assert run("style", "quotes=straight", "nbsp=no", "--as", "chief")[0] == 0
    assert run("typography", file, "--write")[0] == 0
    assert 'все в "Зарю" — **да**.' in file.read_text("utf-8")
    assert run("style", "quotes=round", "--as", "chief")[0] == 1
