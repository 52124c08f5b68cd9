"""The whole job by command line into a real WordPress: the captured page from its file to the reader and back."""

import html
import json
import re
from pathlib import Path

import pytest

from newsroom.app import open_newsroom
from newsroom.cli import main
from newsroom.desk.reading import read_article
from newsroom.desk.writing import save_article
from newsroom.domain.ids import ArticleId
from tests.e2e.captured_page import captured_article
from tests.site.wordpress_house import WordPress


class Commands:
    """The command line of one newsroom, with what it printed last."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._home, self._capsys = home, capsys

    def __call__(self, *arguments: object, as_: str = "chief") -> str:
        code = main([*map(str, arguments), "--home", str(self._home), "--as", as_])
        printed = self._capsys.readouterr()
        assert code == 0, printed.err
        return printed.out

    def publish(self) -> list[str]:
        """One pass of a publisher; the states of what it has done."""
        main(["publisher", "run", "--once", "--json", "--home", str(self._home)])
        return [outcome["state"] for outcome in json.loads(self._capsys.readouterr().out)]

    def correct(self, number: str, headline: str) -> None:
        """The editor changes the headline, and the chief sends it out."""
        newsroom = open_newsroom(self._home)
        editor, article = newsroom.sign_in("editor"), ArticleId(int(number))
        current = read_article(editor, article)
        save_article(editor, article, current.content.with_(headline=headline), base_revision=current.revision)
        newsroom.close()
        self("submit", number, as_="editor")
        self("approve", number, "--despite-warnings")
        self("publish", number)


@pytest.fixture
def run(tmp_path: Path, wordpress: WordPress, capsys: pytest.CaptureFixture[str]) -> Commands:
    """A newsroom made by command whose site is the WordPress, reached by an account with row rights only."""
    wordpress.permalinks("/%year%/%monthnum%/%postname%/")
    run = Commands(tmp_path / "home", capsys)
    run(
        "init",
        *("--zone", "Asia/Vladivostok", "--site", f"main=wordpress:{wordpress.url}"),
        *("--set", "main.prefix=vb_", "--set", f"main.uploads={wordpress.uploads}", "--set", "main.author=desk"),
    )
    run("site", "address", "main", wordpress.home)
    return run


def read(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_the_captured_article_is_published_corrected_withdrawn_returned_and_killed(
    run: Commands, wordpress: WordPress, tmp_path: Path
) -> None:
    article = captured_article()
    number = run("import", article.write(tmp_path), as_="editor").strip()
    run("submit", number, as_="editor")
    run("approve", number, "--despite-warnings")
    run("publish", number)
    assert run.publish() == ["verified"]
    assert run.publish() == []
    (post,) = [post for post in wordpress.json("/wp/v2/posts?_embed=1") if post["id"] != 1]
    address = post["link"].removeprefix(wordpress.home)

    page = wordpress.get(address)
    assert page.status == 200
    shown = read(page.text)
    typography = str.maketrans("«»„“”″–—", '""""""--')
    for expected in (article.headline, article.lead, f"Фото: {article.credit}", "12+", article.rubric):
        assert expected.translate(typography) in shown.translate(typography), expected
    assert "25.02.2022 17:35" in shown
    assert post["date"] == "2022-02-25T17:35:00"
    photo = post["_embedded"]["wp:featuredmedia"][0]["source_url"]
    assert photo in page.text
    assert wordpress.get(photo.removeprefix(wordpress.home)).status == 200
    for place in ("/", "/category/city/society/", "/feed/"):
        assert article.headline[:40].translate(typography) in read(wordpress.get(place).text).translate(typography)

    run.correct(number, "Исправленный заголовок")
    assert run.publish() == ["verified"]
    for place in (address, "/", "/category/city/society/", "/feed/"):
        assert "Исправленный заголовок" in read(wordpress.get(place).text)

    run("withdraw", number)
    assert run.publish() == ["verified"]
    assert wordpress.get(address).status == 404
    run("publish", number)
    assert run.publish() == ["verified"]
    assert wordpress.get(address).status == 200

    wordpress.run(f"wp_update_post(['ID' => {post['id']}, 'post_title' => 'Правка на сайте']);")
    run("withdraw", number)
    assert run.publish() == ["verified"]
    run("publish", number)
    assert run.publish() == ["needs_person"]
    assert "правили в обход редакции" in run("queue", "--json")
    assert wordpress.get(address).status == 404

    run("kill", number, "--reason", "проба")
    assert run.publish() == ["verified"]
    assert wordpress.get(address).status == 404
    assert wordpress.json("/wp/v2/media") == []


def test_site_is_checked_and_its_settings_changed_by_command(run: Commands, wordpress: WordPress) -> None:
    told = run("site", "check", "main")
    assert f"Сайт для читателей: {wordpress.home}" in told
    assert "Часовой пояс сайта: Asia/Vladivostok." in told
    assert told.endswith("Публиковать можно.\n")
    assert "author     admin" in run("site", "options", "main", "author=admin", "age_field=vozrast")
    assert "vozrast" not in run("site", "options", "main", "age_field=")
    run("site", "options", "main", "template=<p>{lead}</p>\n{body}")
    assert "desk" not in run("site", "options", "main")


def test_settings_that_are_not_fit_are_refused_and_not_kept(
    run: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for setting in ("prefix=wp`", "uploads=relative/folder", "template=<p>{lead}</p>", "colour=red"):
        assert main(["site", "options", "main", setting, "--home", str(tmp_path / "home")]) == 1
        assert setting.partition("=")[0] in capsys.readouterr().err
    assert "prefix   vb_" in run("site", "options", "main")
