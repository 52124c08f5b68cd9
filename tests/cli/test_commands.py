"""The command line as a script and a newcomer see it: exit codes, reasons, JSON, and nothing half done."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.cli import main
from tests.photos.pictures import encoded, picture, png_bomb

GOOD = """---
headline: Мост через протоку откроют: в пятницу
lead: Движение начнётся в полдень.
rubric: общество
age: 6+
tags: мост, транспорт
---
Подрядчик закончил ремонт на месяц раньше срока.
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command on a fresh newsroom; its exit code, output and errors."""
    monkeypatch.setenv("NEWSROOM_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    assert run("init")[0] == 0
    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str | bytes, name: str = "статья.md") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_the_whole_job_can_be_scripted(run: Run, file: Callable[[str], Path]) -> None:
    code, out, _err = run("import", file(GOOD), "--as", "editor")
    assert (code, out) == (0, "1\n")
    assert run("submit", 1, "--as", "editor") == (0, "1: на проверке\n", "")
    assert run("approve", 1, "--as", "chief") == (0, "1: одобрена\n", "")
    assert run("publish", 1, "--as", "chief") == (0, "1: запланирована\n", "")
    code, out, _err = run("publisher", "run", "--once")
    assert code == 0
    assert "проверено на сайте" in out
    [item] = json.loads(run("queue", "--json")[1])
    assert (item["state"], item["article"]) == ("verified", 1)
    [row] = json.loads(run("list", "--json")[1])
    assert (row["label"], row["headline"]) == ("live", "Мост через протоку откроют: в пятницу")
    shown = json.loads(run("show", 1, "--json")[1])
    assert (shown["age"], shown["tags"], shown["live"][0]["state"]) == ("6+", ["мост", "транспорт"], "live")
    assert "мост" in run("show", 1)[1]


def test_every_blocker_is_told_on_a_line_of_its_own(run: Run, file: Callable[[str], Path]) -> None:
    run("import", file("---\nheadline: Только заголовок\n---\nТекст."), "--as", "editor")
    code, out, err = run("submit", 1, "--as", "editor")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 3
    assert all(line.startswith("1: ") for line in err.splitlines())


def test_the_house_dictionary_is_kept_by_commands(run: Run, tmp_path: Path) -> None:
    assert run("words", "list") == (0, "Слов нет.\n", "")
    added = run("words", "add", "Зингшпильск", "Гомзяково", "--kind", "place", "--as", "editor")
    assert added == (0, "Добавлено: 2, изменено: 0, было: 0\n", "")
    assert run("words", "forbid", "Tik-Tok", "TikTok", "--as", "editor")[0] == 1
    assert run("words", "forbid", "Tik-Tok", "TikTok", "--as", "chief") == (0, "Tik-Tok → TikTok\n", "")
    assert run("words", "pair", "лужение", "служение", "--note", "металл", "--as", "proofreader")[0] == 0
    assert run("words", "remove", "Гомзяково", "--as", "chief")[0] == 0
    assert [line.split()[0] for line in run("words", "list")[1].splitlines()] == ["Tik-Tok", "Зингшпильск", "лужение"]
    assert [word["text"] for word in json.loads(run("words", "list", "--search", "TOK", "--json")[1])] == ["Tik-Tok"]
    assert run("words", "yo", "never", "--as", "chief") == (0, "Буква ё: всегда «е»\n", "")


@pytest.mark.parametrize("suffix", ["csv", "toml"])
def test_the_house_dictionary_is_carried_over_by_a_file(run: Run, tmp_path: Path, suffix: str) -> None:
    run("words", "add", "Зингшпильск", "--kind", "place", "--as", "chief")
    run("words", "pair", "лужение", "служение", "--as", "chief")
    kept = run("words", "list")
    file = tmp_path / f"words.{suffix}"
    assert run("words", "export", file) == (0, "", "")
    assert run("words", "export", "--format", suffix)[1] == file.read_text(encoding="utf-8")
    run("words", "remove", "Зингшпильск", "лужение", "--as", "chief")
    assert run("words", "import", file, "--as", "chief") == (0, "Добавлено: 2, изменено: 0, было: 0\n", "")
    assert run("words", "list") == kept
    code, _out, err = run("words", "import", tmp_path / "нет.csv", "--as", "chief")
    assert (code, "не читается" in err) == (1, True)


def test_comments_are_made_listed_and_asked_about_at_approval(run: Run, file: Callable[[str], Path]) -> None:
    run("import", file(GOOD), "--as", "editor")
    assert run("comments", "list", 1) == (0, "Комментариев нет.\n", "")
    assert run("comments", "add", 1, "на месяц раньше", "Кто это сказал?", "--as", "chief") == (0, "1\n", "")
    code, _out, err = run("comments", "add", 1, "трамвай", "Где?", "--as", "chief")
    assert (code, "«трамвай»" in err) == (1, True)
    for command in ("show", "comments list"):
        out = run(*command.split(), 1)[1]
        assert "«на месяц раньше»: Кто это сказал?" in out
    [comment] = json.loads(run("show", 1, "--json")[1])["comments"]
    assert (comment["field"], comment["words"], comment["resolved_at"]) == ("body", "на месяц раньше", None)
    run("submit", 1, "--as", "editor")
    code, out, err = run("approve", 1, "--as", "chief")
    assert (code, out) == (1, "")
    assert "«на месяц раньше»: Кто это сказал?" in err
    assert "--despite-comments" in err
    assert run("approve", 1, "--as", "chief", "--despite-comments") == (0, "1: одобрена\n", "")


def test_warnings_are_asked_about_at_approval_and_when_an_old_text_goes_out(
    run: Run, file: Callable[[str], Path]
) -> None:
    run("import", file(GOOD), "--as", "editor")
    run("submit", 1, "--as", "editor")
    run("comments", "add", 1, "на месяц раньше", "Кто это сказал?", "--as", "chief")
    run("rules", "add", "подрядчик", "подрядчик", "--message", "Назовите подрядчика.",
        "--finds", "подрядчик пришёл", "--as", "proofreader")  # fmt: skip
    code, out, err = run("approve", 1, "--as", "chief")
    assert (code, out) == (1, "")
    assert "Проверьте, текст: Назовите подрядчика." in err
    assert err.splitlines()[-1].endswith("--despite-comments --despite-warnings")
    code, _out, err = run("approve", 1, "--as", "chief", "--despite-comments")
    assert (code, err.splitlines()[-1].endswith(": --despite-warnings")) == (1, True)
    seen = ("--despite-comments", "--despite-warnings")
    assert run("approve", 1, "--as", "chief", *seen) == (0, "1: одобрена\n", "")
    run("rules", "add", "месяц", "месяц", "--message", "Какой?", "--finds", "на месяц", "--as", "proofreader")
    code, _out, err = run("publish", 1, "--as", "chief")
    assert (code, "Какой?" in err, "подрядчика" in err) == (1, True, False)
    assert run("publish", 1, "--as", "chief", "--despite-warnings")[0] == 0


def test_a_comment_is_reworded_resolved_reopened_and_deleted(run: Run, file: Callable[[str], Path]) -> None:
    run("import", file(GOOD), "--as", "editor")
    run("comments", "add", 1, "Подрядчик", "Кто?", "--as", "editor")
    assert run("comments", "reword", 1, "Название?", "--as", "chief")[0] == 1
    assert run("comments", "reword", 1, "Название?", "--as", "editor")[0] == 0
    assert run("comments", "resolve", 1, "--as", "chief") == (0, "1: решён\n", "")
    [comment] = json.loads(run("comments", "list", 1, "--json")[1])
    assert (comment["text"], bool(comment["resolved_by"])) == ("Название?", True)
    assert "решён: " in run("comments", "list", 1)[1]
    assert run("comments", "reopen", 1, "--as", "proofreader")[0] == 0
    assert run("comments", "delete", 1, "--as", "editor") == (0, "1: удалён\n", "")
    code, _out, err = run("comments", "resolve", 1, "--as", "editor")
    assert (code, err) == (1, "Комментария 1 нет.\n")


def test_a_role_is_refused_in_words(run: Run, file: Callable[[str], Path]) -> None:
    run("import", file(GOOD), "--as", "editor")
    run("submit", 1, "--as", "editor")
    code, _out, err = run("approve", 1, "--as", "editor")
    assert code == 1
    assert "главный редактор" in err


@pytest.mark.parametrize(
    ("matter", "named"),
    [
        ("headline: А\nzagolovok: Б\nautor: В", ["zagolovok", "autor"]),
        ("headline: А\nage: 14+", ["14+", "16+"]),
        ("headline: А\nrubric: Погода", ["Погода", "Общество"]),
        ("headline: А\ndate: завтра", ["завтра"]),
        ("headline: А\nage: 14+\nrubric: Погода\ndate: завтра", ["14+", "Погода", "завтра"]),
        ("headline: А\nphoto: нет.jpg", ["нет.jpg"]),
        ("headline: А\nslug: Мост", ["Мост"]),
        ("headline: А\ncredit: Анна Ким", ["photo"]),
    ],
)
def test_a_broken_file_is_refused_whole_with_all_its_reasons(
    run: Run, file: Callable[[str], Path], matter: str, named: list[str]
) -> None:
    code, out, err = run("import", file(f"---\n{matter}\n---\nТекст."), "--as", "editor")
    assert (code, out) == (1, "")
    assert all(word in err for word in named)
    assert json.loads(run("list", "--json")[1]) == []


@pytest.mark.parametrize(
    "content",
    [GOOD.encode("cp1251"), b"\xff\xfe\x00", b"%PDF-1.7", b"---\nheadline: A\n", b"", GOOD.encode() + b"\0"],
)
def test_a_file_that_cannot_be_read_is_named(run: Run, file: Callable[[bytes], Path], content: bytes) -> None:
    code, out, err = run("import", file(content), "--as", "editor")
    assert (code, out) == (1, "")
    assert "статья.md" in err


def test_one_bad_file_does_not_keep_the_others_out(run: Run, file: Callable[..., Path]) -> None:
    good, bad = file(GOOD), file("---\nнет", "плохая.md")
    code, out, err = run("import", bad, good, "--as", "editor", "--json")
    assert code == 1
    assert [one["id"] for one in json.loads(out)] == [1]
    assert "плохая.md" in err


@pytest.mark.parametrize("data", [b"text", png_bomb(60000, 60000), encoded(picture())[:500]])
def test_a_photo_that_is_none_keeps_the_article_out(run: Run, file: Callable[..., Path], data: bytes) -> None:
    file(data, "фото.jpg")
    matter = GOOD.replace("age: 6+", "age: 6+\nphoto: фото.jpg\ncredit: Анна Ким")
    code, _out, err = run("import", file(matter), "--as", "editor")
    assert code == 1
    assert "фото.jpg" in err
    assert json.loads(run("list", "--json")[1]) == []


def test_files_of_other_kinds_come_in_and_say_what_was_left_out(run: Run, file: Callable[..., Path]) -> None:
    page = file("<h1>Мост открыт</h1><p>Текст.</p><img src='data:image/png;base64,AAAA'>", "мост.html")
    code, out, err = run("import", page, file("Снег\nИдёт с утра.", "снег.txt"), "--as", "editor", "--json")
    assert code == 0
    assert [(one["id"], len(one["notes"])) for one in json.loads(out)] == [(1, 1), (2, 0)]
    assert "мост.html" in err
    assert [json.loads(run("show", n, "--json")[1])["headline"] for n in (1, 2)] == ["Мост открыт", "Снег"]


def test_what_is_exported_can_be_imported_again(run: Run, file: Callable[..., Path], tmp_path: Path) -> None:
    file(encoded(picture()), "фото.jpg")
    matter = GOOD.replace(
        "age: 6+", "age: 6+\ndate: 25.02.2022 17:35\nphoto: фото.jpg\ncredit: Анна Ким\ncaption: Мост"
    )
    assert run("import", file(matter), "--as", "editor")[0] == 0
    out = tmp_path / "out"
    out.mkdir()
    code, name, _err = run("export", 1, "--out", out)
    assert code == 0
    exported = Path(name.strip())
    exported.write_text(exported.read_text(encoding="utf-8").replace("slug: ", "slug: drugoy-"), encoding="utf-8")
    assert run("import", exported, "--as", "editor")[1] == "2\n"
    first, second = (json.loads(run("show", number, "--json")[1]) for number in (1, 2))
    for key in ("headline", "lead", "body", "rubric", "tags", "age", "photo", "date"):
        assert first[key] == second[key]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["import"],
        ["approve"],
        ["approve", "x"],
        ["return", "1"],
        ["schedule", "1"],
        ["list", "--state", "nowhere"],
    ],
)
def test_wrong_use_exits_with_two_and_points_to_the_help(run: Run, arguments: list[str]) -> None:
    code, _out, err = run(*arguments)
    assert code == 2
    assert "--help" in err


def test_nobody_acts_without_saying_who(run: Run, file: Callable[[str], Path]) -> None:
    code, _out, err = run("import", file(GOOD))
    assert code == 2
    assert "--as" in err
    assert "editor, proofreader, chief" in err
    assert run("import", file(GOOD), "--as", "nobody")[0] == 1


def test_a_time_that_is_none_is_refused_and_nothing_is_approved(run: Run, file: Callable[[str], Path]) -> None:
    run("import", file(GOOD), "--as", "editor")
    run("submit", 1, "--as", "editor")
    assert run("approve", 1, "--at", "когда-нибудь", "--as", "chief")[0] == 1
    assert run("show", 1, "--json")[1].count('"submitted"') >= 1


def test_a_home_without_a_newsroom_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("list", "--home", tmp_path / "нет")
    assert code == 1
    assert "newsroom init" in err


def test_a_newsroom_is_not_made_twice(run: Run) -> None:
    code, _out, err = run("init")
    assert code == 1
    assert "уже есть" in err


@pytest.mark.parametrize(
    "options",
    [
        ["--site", "main"],
        ["--site", "main=oracle:sqlite:///x.db"],
        ["--site", "main=standard:nonsense"],
        ["--database", "mariadb://root@127.0.0.1/x"],
        ["--database", "postgresql://nobody:s3cret@127.0.0.1:1/x"],
        ["--zone", "Марс"],
    ],
)
def test_a_newsroom_that_cannot_be_made_leaves_no_newsroom(run: Run, tmp_path: Path, options: list[str]) -> None:
    home = tmp_path / "вторая"
    code, _out, err = run("init", "--home", home, *options)
    assert code == 1
    assert err
    assert "s3cret" not in err
    assert not (home / "newsroom.toml").exists()


def test_a_second_machine_joins_a_shared_newsroom(run: Run, tmp_path: Path, postgresql_url: str) -> None:
    assert run("init", "--home", tmp_path / "a", "--database", postgresql_url)[0] == 0
    assert run("join", "--home", tmp_path / "b", "--database", postgresql_url)[0] == 0
    run("people", "add", "anna", "Анна Ким", "editor", "--as", "chief", "--home", tmp_path / "a")
    assert "Анна Ким" in run("people", "list", "--home", tmp_path / "b")[1]


@pytest.mark.parametrize("form", ["postgres:s3cret@", "postgres@?password=s3cret"])
def test_passwords_stay_out_of_the_settings(run: Run, tmp_path: Path, postgresql_url: str, form: str) -> None:
    home = tmp_path / "c"
    user, _question, option = form.partition("?")
    with_password = postgresql_url.replace("postgres@", user) + (f"?{option}" if option else "")
    assert run("init", "--home", home, "--database", with_password)[0] == 0
    assert "s3cret" not in (home / "newsroom.toml").read_text(encoding="utf-8")
    assert (home / "secrets.json").stat().st_mode & 0o077 == 0
    assert run("list", "--home", home)[0] == 0


@pytest.mark.parametrize("number", [2**63, -(2**70), "1x"])
def test_a_number_that_no_database_keeps_is_wrong_use(run: Run, number: object) -> None:
    for arguments in (["show", number], ["submit", number, "--as", "editor"], ["queue", "--limit", number]):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert str(number) in err


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "9999-12-31 23:59"])
def test_a_year_out_of_this_world_is_refused(run: Run, file: Callable[[str], Path], when: str) -> None:
    run("import", file(GOOD), "--as", "editor")
    run("submit", 1, "--as", "editor")
    code, _out, err = run("approve", 1, "--at", when, "--as", "chief")
    assert code == 1
    assert "Год" in err


def test_an_article_that_is_refused_leaves_no_photo_behind(
    run: Run, file: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "снимок.jpg").write_bytes(encoded(picture()))
    text = GOOD.replace("tags:", "photo: снимок.jpg\nslug: Плохой адрес\ntags:")
    code, out, err = run("import", file(text), "--as", "editor")
    assert (code, out) == (1, "")
    assert "Плохой адрес" in err
    assert [found for found in (tmp_path / "home" / "photos").rglob("*") if found.is_file()] == []
    text = text.replace("age: 6+", "age: 7+").replace("снимок.jpg", "нет.jpg")
    assert len(run("import", file(text), "--as", "editor")[2].splitlines()) == 3


def test_the_file_is_named_once_and_the_system_speaks_our_language(run: Run, file: Callable[[str], Path]) -> None:
    code, _out, err = run("import", file("---\nпросто текст"), "нет.md", "--as", "editor")
    assert code == 1
    assert err.count("статья.md") == 1
    assert "такого файла или папки нет" in err


@pytest.mark.parametrize(
    ("language", "words"), [("ru", ("как писать", "что указать", "ключи")), ("en", ("usage", "options"))]
)
def test_help_speaks_one_language(run: Run, language: str, words: tuple[str, ...]) -> None:
    code, out, _err = run("--language", language, "submit", "--help")
    assert code == 0
    assert all(word in out for word in words)
    assert ("usage" in out) == (language == "en")


def test_wrong_use_is_told_in_russian(run: Run) -> None:
    for arguments in (
        [],
        ["submit"],
        ["foo"],
        ["list", "x"],
        ["--as"],
        ["list", "--state", "x"],
        ["--lang", "en", "list"],
    ):
        code, _out, err = run(*arguments)
        assert code == 2
        assert not re.search("argument|choose|required|expected|choice", err)


def test_a_change_that_changes_nothing_is_wrong_use(run: Run) -> None:
    assert run("people", "change", "editor", "--as", "chief")[0] == 2
    assert run("people", "change", "editor", "--on", "--off", "--as", "chief")[0] == 2


def test_a_command_tells_what_it_did(run: Run, file: Callable[[str], Path]) -> None:
    run("import", file(GOOD), "--as", "editor")
    for command in ("submit", "approve", "publish"):
        run(command, 1, "--as", "chief")
    assert run("hold", 1, "--as", "chief")[1] == "1: придержана\n"
    run("publish", 1, "--as", "chief")
    run("publisher", "run", "--once")
    assert run("withdraw", 1, "--as", "chief")[1] == "1: снятие с сайта в очереди\n"
    run("publisher", "run", "--once")
    assert "снята" in run("show", 1)[1]


def test_the_group_of_a_zone_is_no_zone(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("init", "--zone", "Asia", "--home", tmp_path / "other")
    assert code == 1
    assert "Часовой пояс" in err


def test_a_taken_port_is_told_before_the_site_is_called_open(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, out, err = run("site", "serve", "--port", taken.getsockname()[1])
    assert (code, out) == (1, "")
    assert "порт занят другой программой" in err


def test_a_site_is_given_its_public_address(run: Run, file: Callable[[str], Path]) -> None:
    assert run("site", "address", "main", "https://vesti.example/", "--as", "editor")[0] == 1
    assert run("site", "address", "main", "ftp://vesti.example", "--as", "chief")[0] == 1
    assert run("site", "address", "other", "https://vesti.example", "--as", "chief")[0] == 1
    assert run("site", "address", "main", "https://vesti.example/", "--as", "chief")[0] == 0
    run("import", file(GOOD), "--as", "editor")
    run("submit", 1, "--as", "editor")
    run("approve", 1, "--as", "chief")
    run("publish", 1, "--as", "chief")
    assert "https://vesti.example/article/" in run("publisher", "run", "--once")[1]
