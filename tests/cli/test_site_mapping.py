"""A strange site by command line: a draft of its description, a trial, and the first article on it."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.cli import main

_README = Path(__file__).parents[2] / "README.md"

Run = Callable[..., tuple[int, str, str]]

_ARTICLE = """---
headline: Мост через протоку откроют в пятницу
lead: Движение начнётся & закончится в полдень.
rubric: общество
age: 6+
tags: мост, транспорт
---
Подрядчик закончил ремонт на месяц раньше срока.
"""


def _block(language: str) -> str:
    """The example of the README."""
    text = _README.read_text(encoding="utf-8").partition("## A site with tables of its own")[2]
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return run


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The database of the README's site."""
    file = tmp_path / "site.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute(_block("sql"))
    connection.close()
    return file


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "site.toml"
    file.write_text(_block("toml"), encoding="utf-8")
    return file


def _rows(base: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(base)
    rows = connection.execute(query).fetchall()
    connection.close()
    return rows


def test_the_readmes_example_publishes_corrects_and_withdraws(
    run: Run, base: Path, mapping: Path, tmp_path: Path
) -> None:
    address = f"mapped:sqlite:///{base}"
    assert run("init", "--site", f"main={address}", "--set", f"main.mapping={mapping}")[0] == 0
    article = tmp_path / "статья.md"
    article.write_text(_ARTICLE, encoding="utf-8")
    assert run("import", article, "--as", "editor")[0] == 0
    code, out, _err = run("site", "try", "main", 1)
    assert code == 0
    assert "title      Мост через протоку откроют в пятницу" in out
    assert "status     опубликовано" in out
    assert "Это проба: на сайте ничего не изменилось." in out
    assert _rows(base, "SELECT * FROM news") == []
    for command in (("submit", 1, "--as", "editor"), ("approve", 1, "--as", "chief"), ("publish", 1, "--as", "chief")):
        assert run(*command)[0] == 0
    code, out, _err = run("publisher", "run", "--once")
    assert (code, "проверено на сайте" in out) == (0, True)
    query = "SELECT title, alias, intro, section, tags, age, status, views FROM news"
    assert _rows(base, query) == [
        (
            "Мост через протоку откроют в пятницу",
            "most-cherez-protoku-otkroyut-v-pyatnicu",
            "<p>Движение начнётся &amp; закончится в полдень.</p>",
            "Общество",
            "мост, транспорт",
            6,
            "опубликовано",
            0,
        )
    ]
    assert run("withdraw", 1, "--as", "chief")[0] == 0
    assert run("publisher", "run", "--once")[0] == 0
    assert _rows(base, "SELECT status FROM news") == [("снято",)]
    changes = json.loads(run("site", "try", "main", 1, "--json")[1])["changes"]
    changed = {(change["table"], change["column"]): (change["before"], change["after"]) for change in changes}
    assert changed["news", "status"] == ("снято", "опубликовано")
    assert ("news", "title") not in changed


def test_a_trial_before_there_is_a_newsroom_says_what_the_site_lacks(run: Run, base: Path, mapping: Path) -> None:
    target = f"mapped:sqlite:///{base}"
    code, _out, err = run("site", "try", target, "--mapping", mapping)
    assert (code, "нет таблицы «newsroom_receipt»" in err) == (1, True)
    assert run("site", "create", target, "--mapping", mapping)[0] == 0
    code, _out, err = run("site", "try", target, "--mapping", mapping, "--rubric", "sport=Спорт")
    assert (code, "Рубрики «Спорт» на сайте нет" in err) == (1, True)
    code, _out, err = run("site", "try", target, "--mapping", mapping)
    assert (code, "раздел photos" in err) == (1, True)
    with mapping.open("a", encoding="utf-8") as file:
        file.write(f'\n[photos]\nfolder = "{mapping.parent}"\naddress = "/media/"\n')
    code, out, _err = run("site", "try", target, "--mapping", mapping)
    assert code == 0
    assert "news (новая id=1)" in out
    assert re.search(r"views +0 +— сам сайт", out)
    assert re.search(r"файл [0-9a-f]{32}\.png", out)
    assert _rows(base, "SELECT * FROM news") == []
    assert sorted(file.name for file in mapping.parent.iterdir()) == ["site.sqlite", "site.toml"]
    assert run("site", "try", target, "--mapping", mapping, "--language", "en")[0] == 0


def test_a_draft_is_written_once_and_names_what_to_fill_in(run: Run, base: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    assert run("site", "inspect", f"sqlite:///{base}", "--out", draft)[0] == 0
    assert 'title = "headline"' in draft.read_text(encoding="utf-8")
    code, _out, err = run("site", "inspect", f"sqlite:///{base}", "--out", draft)
    assert (code, "такое имя уже занято" in err) == (1, True)
    code, _out, err = run("site", "try", f"mapped:sqlite:///{base}", "--mapping", draft)
    assert code == 1
    assert re.search(r"строка \d+, page: не заполнено", err)


def test_wrong_use_is_told_in_words(run: Run, base: Path, mapping: Path, tmp_path: Path) -> None:
    target = f"mapped:sqlite:///{base}"
    assert "нужно описание" in run("site", "try", target)[2]
    assert "Таблицы сайта не те" in run("site", "try", f"standard:sqlite:///{base}")[2]
    assert "назовите его имя" in run("site", "try", target, 1)[2]
    assert "такого файла" in run("site", "try", target, "--mapping", tmp_path / "absent.toml")[2]
    assert "не понято" in run("init", "--site", f"main={target}", "--set", "mapping=x")[2]
    assert "не назван в --site" in run("init", "--site", f"main={target}", "--set", "other.mapping=x")[2]
    assert run("site", "inspect", "oracle://x/y")[0] == 1


@pytest.mark.parametrize(
    ("sites", "words"),
    [
        ("[sites.main]\nmapping = 'x.toml'\n", "у сайта «main» нет адреса"),
        ("[sites.main]\naddress = 'sqlite:///x.db'\nmapping = 5\n", "сайт «main» описан не строками"),
        ("[sites]\nmain = ['sqlite:///x.db']\n", "сайт «main» описан не строками"),
    ],
)
def test_settings_of_a_site_that_are_broken_are_named(run: Run, tmp_path: Path, sites: str, words: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "newsroom.toml").write_text(sites, encoding="utf-8")
    code, _out, err = run("list", "--home", home)
    assert (code, words in err) == (1, True)
