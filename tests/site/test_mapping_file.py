"""A description that is wrong or hostile is refused in words that name its line, and never reaches a statement."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from newsroom.domain.errors import InvalidInput, SiteSchemaMismatch
from newsroom.site.kinds import create_site, open_site
from newsroom.site.mapping_file import read_mapping
from newsroom.site.port import Effect
from newsroom.sql.engine import open_engine, parse_url
from tests.site.mappings import CYRILLIC, WAGTAIL
from tests.site.material import publication, unwatched

Read = Callable[[str], list[str]]

_GOOD = """
[article]
table = "news"
[article.columns]
title = "headline"
body = "body"
url = "slug"
[article.published]
state = 1
[article.withdrawn]
state = 0
[article.killed]
state = 0
"""


@pytest.fixture
def reasons(tmp_path: Path) -> Read:
    """Reads a description; every reason why it is refused, none where it is taken."""

    def read(text: str) -> list[str]:
        file = tmp_path / "site.toml"
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            read_mapping(file)
        except InvalidInput as error:
            return list(error.reasons)
        return []

    return read


def test_good_descriptions_are_taken(reasons: Read) -> None:
    assert reasons(_GOOD) == []
    assert reasons(CYRILLIC.replace("MEDIA", "/srv/media")) == []
    assert reasons(WAGTAIL.replace("MEDIA", "/srv/media")) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "headline"', 'title = "headlines"', "строка 5, article.columns.title: «headlines» взять неоткуда"),
        ('title = "headline"', "title = 5", "строка 5, article.columns.title: нужен текст в кавычках"),
        ('title = "headline"', 'title = "lead"', "ни один столбец не получает заголовок"),
        ('table = "news"', 'tables = "news"', "article.table: это нужно указать"),
        ('table = "news"', 'table = "news"\nkei = "id"', "строка 4, article.kei: такого ключа здесь не бывает"),
        ('table = "news"', f'table = "{"n" * 200}"', "строка 3, article.table: длиннее 128 знаков"),
        ('table = "news"', 'table = "news"\nkey_made = "magic"', "«magic» здесь не бывает; бывает: database, uuid"),
        ('table = "news"', 'table = "news"\nkey = "title"', "столбец «title» уже занят: article.key"),
        ('body = "body"', 'body = { from = "body", as = "eval" }', "преобразования «eval» нет; бывает: strip"),
        ('body = "body"', 'body = { from = "tags", as = "upper" }', "«upper» здесь не годится: получит список"),
        ('body = "body"', 'body = { from = "body", as = "prefix" }', "преобразованию «prefix» нужен довод"),
        ('body = "body"', 'body = { from = "body", as = "upper:x" }', "у преобразования «upper» довода нет"),
        ('body = "body"', 'body = { from = "published_at", as = "format:%9999999d" }', "бывают только %Y"),
        ('body = "body"', 'body = { from = "body", constant = 1 }', "нужно одно из двух"),
        ('body = "body"', 'body = { from = "body", sql = "x" }', "article.columns.body.sql: такого ключа"),
        ('body = "body"', f'body = {{ from = "body", as = {["strip"] * 11} }}', "больше 10 преобразований"),
        ('body = "body"', 'body = "photo_data"', "«photo_data» взять неоткуда"),
        ("state = 1", "state = [1]", "article.published.state: нужен текст, число"),
        ("state = 1", f"state = {2**70}", "такого большого числа"),
        ("state = 1", 'state = "?"', "не заполнено"),
        ("state = 1", 'state = "a\\u0000b"', "внутри нулевой знак"),
        ("[article.killed]\nstate = 0", "", "article.killed: нужно сказать"),
    ],
)
def test_fault_is_named_with_its_line(old: str, new: str, words: str, reasons: Read) -> None:
    assert old in _GOOD
    told = reasons(_GOOD.replace(old, new, 1))
    assert any(words in reason for reason in told), told


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('zone = "Mars/Olympus"', "такого часового пояса нет"),
        ('zone = "../../etc/passwd"', "такого часового пояса нет"),
        ('schema = "pg_catalog"', "служебная схема"),
        ('page = "{slug.__class__}"', "бывают только {slug}"),
        ('page = "//evil.example/{slug}"', "начинается с одной косой черты"),
        ('at_least_once = "yes"', "нужно true или false"),
        ('receipt = { place = "none" }', "at_least_once = true"),
        ('receipt = { place = "column", column = "r" }', "нужен столбец с номером статьи"),
        ('photos = { folder = "media", address = "/m/" }', "нужен полный путь"),
        ('photos = { folder = "/m", address = "javascript:alert(1)/" }', "нужен путь или адрес"),
        ('photos = { address = "/m/" }', "не сказано, где лежат файлы"),
        ('tags = { table = "t", match = { a = "tag", b = "tag" }, column = "x" }', "нужна одна строка"),
        ('tags = { table = "t", match = { name = "tag" } }', "как статья ссылается сюда"),
        ('reports = { table = "t", columns = { selektion = "a" } }', "бывает: page_url"),
        ("rubric = 5", "нужен раздел"),
    ],
)
def test_fault_at_the_top_is_named(more: str, words: str, reasons: Read) -> None:
    told = reasons(f"{more}\n{_GOOD}")
    assert any(words in reason for reason in told), told


def test_receipt_in_a_row_that_a_kill_removes_is_refused(reasons: Read) -> None:
    text = _GOOD.replace('table = "news"', 'table = "news"\nuid = "u"\nkill = "remove"')
    assert any("удалять строку нельзя" in one for one in reasons(text + '[receipt]\nplace = "column"\ncolumn = "r"\n'))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x = " + b"[" * 100_000, "слишком глубоко"),
        (b"# " + b"x" * 300_000, "файл больше 200 КБ"),
        (b"\xff\xfe\x00", "не текст в UTF-8"),
        (b"[article\ntable = 1", "line 1"),
        (b"[article]\n" + b"".join(b"k%d = 1\n" % n for n in range(300)), "больше 200 строк"),
    ],
    ids=["nesting", "megabytes", "bytes", "syntax", "many"],
)
def test_file_that_is_no_description_is_refused(data: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_bytes(data)
    with pytest.raises(InvalidInput) as caught:
        read_mapping(file)
    assert any(words in reason for reason in caught.value.reasons)
    with pytest.raises(InvalidInput, match="такого файла"):
        read_mapping(tmp_path / "absent.toml")


def test_key_that_could_rearrange_a_screen_is_shown_harmless(reasons: Read) -> None:
    told = reasons('"\\u202e\\u001b[2J" = 1\n' + _GOOD)
    assert told
    assert all(reason.isprintable() for reason in told)


_EVIL = (
    'title"; DROP TABLE news; --',
    "\u202etitle\u2028",
    "title' OR '1'='1",
    "title` = 1, `x",
    "body) VALUES (1); --",
    "news.title",
)


@pytest.mark.parametrize("name", _EVIL)
def test_name_that_is_not_in_the_database_never_reaches_a_statement(name: str, sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(parse_url(sqlite_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT, body TEXT, url TEXT, state INTEGER, note TEXT)"
        )
    said: list[str] = []
    file = tmp_path / "site.toml"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    for place, text in (
        ("column", _GOOD.replace('title = "headline"', f'"{escaped}" = "headline"')),
        ("table", _GOOD.replace('table = "news"', f'table = "{escaped}"')),
        ("key", _GOOD.replace('table = "news"', f'table = "news"\nkey = "{escaped}"')),
        (
            "link",
            _GOOD + '[tags]\ntable = "news"\nmatch.title = "tag"\n'
            f'[tags.link]\ntable = "{escaped}"\narticle = "a"\nother = "b"\n',
        ),
    ):
        file.write_text(text, encoding="utf-8")
        site = open_site("mapped", sqlite_url, {"mapping": str(file)})
        event.listen(
            site._engine,
            "before_cursor_execute",
            lambda _c, _u, statement, parameters, *_rest: said.append(f"{statement} {parameters}"),
        )
        with pytest.raises(SiteSchemaMismatch) as caught:
            site.deliver(publication(photos=(), lead_photo=None), unwatched)
        site.close()
        assert str(caught.value).isprintable()
        assert not any(name in statement for statement in said), place
    engine.dispose()


def test_sql_in_constants_is_stored_as_the_text_it_is(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(parse_url(sqlite_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT, body TEXT, url TEXT, state INTEGER, note TEXT)"
        )
    evil = "x'); DROP TABLE news; -- :name %(x)s ? %s"
    file = tmp_path / "site.toml"
    file.write_text(_GOOD.replace('url = "slug"', f'url = "slug"\nnote = {{ constant = "{evil}" }}'), encoding="utf-8")
    create_site("mapped", sqlite_url, {"mapping": str(file)})
    site = open_site("mapped", sqlite_url, {"mapping": str(file)})
    delivery = publication(photos=(), lead_photo=None)
    assert site.deliver(delivery, unwatched).effect is Effect.APPLIED
    assert site.read_back(delivery) == []
    site.close()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT note FROM news").scalar_one() == evil
    engine.dispose()
