"""The whole job by command line: the captured page from its file to the reader, on each kind of site database."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.cli import main
from newsroom.reference_site.application import close_app, create_app
from newsroom.sql.engine import open_engine, parse_url
from tests.e2e.captured_page import CapturedArticle, captured_article
from tests.site.material import keep_trail, trail


@pytest.fixture
def article() -> CapturedArticle:
    return captured_article()


@pytest.fixture
def home(tmp_path: Path, any_database_url: str, capsys: pytest.CaptureFixture[str]) -> Path:
    """A newsroom made by command, its site on each kind of database."""
    home = tmp_path / "home"
    assert run("init", "--home", home, "--site", f"main=standard:{any_database_url}", "--zone", "Asia/Vladivostok") == 0
    capsys.readouterr()
    return home


@pytest.fixture
def site(home: Path, any_database_url: str) -> Iterator[Engine]:
    engine = open_engine(parse_url(any_database_url))
    keep_trail(engine)
    yield engine
    engine.dispose()


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def approved(home: Path, article: CapturedArticle, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Import, submit, approve and publish by command; the new id."""
    assert run("import", article.write(folder), "--as", "editor", "--home", home) == 0
    number = capsys.readouterr().out.strip()
    assert number.isdigit()
    for command, login in (("submit", "editor"), ("approve", "chief"), ("publish", "chief")):
        # The captured page has what the check warns of; its chief has seen that.
        seen = ["--despite-warnings"] if command == "approve" else []
        assert run(command, number, *seen, "--as", login, "--home", home) == 0, capsys.readouterr().err
    capsys.readouterr()
    return number


def test_the_captured_article_goes_from_its_file_to_the_reader(
    home: Path,
    site: Engine,
    any_database_url: str,
    article: CapturedArticle,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    approved(home, article, tmp_path, capsys)
    assert run("publisher", "run", "--once", "--home", home) == 0
    assert trail(site) == ["insert published 1"]
    capsys.readouterr()

    assert run("publisher", "run", "--once", "--home", home) == 0
    assert trail(site) == ["insert published 1"]
    capsys.readouterr()
    assert run("queue", "--json", "--home", home) == 0
    [item] = json.loads(capsys.readouterr().out)
    assert (item["state"], item["headline"]) == ("verified", article.headline)

    app = create_app(any_database_url, name="Проба", zone="Asia/Vladivostok")
    reader = app.test_client()
    feed = reader.get("/").text
    assert article.headline in feed
    address = re.search(r'href="(/article/[a-z0-9-]+)"', feed)
    assert address
    html = reader.get(address[1]).text
    page = " ".join(re.sub(r"<[^>]*>", "", unescape(html)).split())
    for expected in (article.lead, f"{article.date}", article.rubric, "12+", f"Фото: {article.credit}", "Ctrl+Enter"):
        assert expected in page
    assert "(12+)(73%)" in page
    assert "<blockquote>" in html
    photo = re.search(r'src="(/photos/[0-9a-f]+\.jpg)"', html)
    assert photo
    assert reader.get(photo[1]).mimetype == "image/jpeg"
    close_app(app)
