"""An import of a whole archive: goes on after a kill, brings nothing twice, says what it could not bring in."""

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsroom.app import Newsroom, create_newsroom
from newsroom.cli import main
from newsroom.desk.reading import article_ids, read_article, read_queue
from newsroom.desk.review import submit
from newsroom.desk.scheduling import publish_now
from newsroom.desk.writing import save_article
from newsroom.domain.adoption import LossKind
from newsroom.domain.article import ArticleFilter
from newsroom.domain.errors import Forbidden
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, RubricSlug, SiteName
from newsroom.domain.states import Label
from newsroom.publishing.archives import Pace, Progress, import_archive
from newsroom.site.standard_archive import StandardArchive
from newsroom.sql.engine import parse_url
from tests.newsrooms import Desks, approve_seen, newsroom_in
from tests.site.archives import FIRST_DAY, fill_standard

MAIN = SiteName("main")


def change(url: str, *statements: str) -> None:
    """What somebody does to the site's SQLite file in its own editor."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.fixture
def site(tmp_path: Path) -> str:
    """A site with 45 articles, every tenth with a photo."""
    url = f"sqlite:///{tmp_path / 'site.sqlite'}"
    fill_standard(url, 45, every_photo=10)
    return url


def number_of_articles(home: Path) -> int:
    connection = sqlite3.connect(home / "newsroom.db")
    try:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    finally:
        connection.close()


def test_import_that_is_killed_goes_on_and_brings_everything_once(tmp_path: Path) -> None:
    url, home = f"sqlite:///{tmp_path / 'site.sqlite'}", tmp_path / "home"
    fill_standard(url, 600, every_photo=5)
    create_newsroom(home, sites={"main": f"standard:{url}"}).close()
    kills = 0
    while True:
        before = number_of_articles(home)
        process = subprocess.Popen([sys.executable, "-m", "tests.adoption.importer", str(home), "10"])
        try:
            while process.poll() is None and (number_of_articles(home) - before < 120 or kills == 3):
                time.sleep(0.001)
        finally:
            process.kill()
            code = process.wait()
        if code == 0:
            break
        kills += 1
    assert kills == 3
    connection = sqlite3.connect(home / "newsroom.db")
    keys = [row[0] for row in connection.execute("SELECT site_pk FROM adoptions ORDER BY article")]
    assert keys == [str(number) for number in range(1, 601)]
    for table in ("articles", "revisions", "approvals", "live"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (600,)
    assert connection.execute("SELECT count(*) FROM activity WHERE what = 'adopt'").fetchone() == (600,)
    assert connection.execute("SELECT archive_cursor FROM sites").fetchone() == ("",)
    connection.close()


def test_articles_stand_in_the_list_at_the_time_of_their_publication(tmp_path: Path, site: str) -> None:
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom:
        desks = Desks(newsroom)
        summary = newsroom.import_site(desks.chief, MAIN)
        assert (summary.brought, summary.rubrics) == (45, ["Дача и огород"])
        ids = article_ids(desks.editor, ArticleFilter(labels=frozenset({Label.LIVE})))
        assert ids == list(range(45, 0, -1))
        assert article_ids(desks.editor, ArticleFilter(search="новость номер 7")) == [8]
        article = read_article(desks.editor, ArticleId(1))
        assert article.live[0].first_published_at == FIRST_DAY
        assert article.approved_revision == 1
        assert article.slug == "statya-0"
        assert article.content.rubric == "obshchestvo"
        assert article.content.photo is not None
        assert article.content.photo.credit == "Анна Ким"
        assert newsroom.photos.has(article.content.photo.photo)


def test_next_import_brings_only_what_the_site_has_published_since(tmp_path: Path, site: str) -> None:
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom:
        desks = Desks(newsroom)
        assert newsroom.import_site(desks.chief, MAIN).brought == 45
        change(
            site,
            "INSERT INTO articles SELECT 1000, 'new-uid', 'novaya', status, 'Новая', lead, body_html, rubric_slug,"
            " tags, byline, age, NULL, '', '', '', note, published_at, updated_at, NULL, 1 FROM articles WHERE id = 1",
        )
        again = newsroom.import_site(desks.chief, MAIN)
        assert (again.brought, again.known) == (1, 45)


def test_what_cannot_be_expressed_stays_in_the_text_and_on_the_site_after_a_correction(
    tmp_path: Path, site: str
) -> None:
    frame = '<iframe src="https://video.example/embed/7" width="560"></iframe>'
    table = '<table><tr><td colspan="2">Итоги</td></tr><tr><td>1</td><td>2</td></tr></table>'
    change(
        site,
        f'UPDATE articles SET body_html = \'<p>До.</p>{frame}<p>После <img src="/photos/lost.jpg" alt="Пропажа"></p>'
        f"{table}<script>alert(1)</script>' WHERE id = 3",
    )
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom:
        desks = Desks(newsroom)
        summary = newsroom.import_site(desks.chief, MAIN)
        assert summary.losses[LossKind.PHOTO] == 1
        (line,) = [line for line in newsroom.import_report(MAIN) if line.article == 3]
        assert {loss.kind: loss.detail for loss in line.losses} == {
            LossKind.RAW: "iframe, table, script",
            LossKind.PHOTO: "/photos/lost.jpg",
        }
        article = read_article(desks.editor, ArticleId(3))
        body = article.content.body.replace("До.", "Раньше.")
        save_article(desks.editor, article.id, article.content.with_(body=body), base_revision=1)
        submit(desks.editor, article.id)
        approve_seen(desks.chief, article.id)
        publish_now(desks.chief, article.id)
        assert desks.publish() == ["verified"]
    connection = sqlite3.connect(tmp_path / "site.sqlite")
    (stored,) = connection.execute("SELECT body_html FROM articles WHERE id = 3").fetchone()
    connection.close()
    assert "Раньше." in stored
    assert '<iframe src="https://video.example/embed/7" width="560"></iframe>' in stored
    assert '<td colspan="2">Итоги</td>' in stored
    assert '<img src="/photos/lost.jpg" alt="Пропажа">' in stored
    assert "script" not in stored
    assert "alert" not in stored


def test_article_that_is_no_text_is_named_and_keeps_the_others_from_nothing(tmp_path: Path, site: str) -> None:
    change(site, f"UPDATE articles SET body_html = '{'<b>' * 260_000}' WHERE id = 2")
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom:
        summary = newsroom.import_site(Desks(newsroom).chief, MAIN)
        assert (summary.brought, summary.refused) == (44, 1)
        ((key, reason),) = summary.refusals
        assert key == "2"
        assert "разметки" in reason


def test_addresses_that_the_newsroom_has_already_stay_as_they_are_on_the_site(tmp_path: Path, site: str) -> None:
    with newsroom_in(tmp_path / "home", main=f"standard:{site}", other="standard:sqlite:///other.db") as newsroom:
        desks = Desks(newsroom)
        from newsroom.desk.writing import create_article
        from tests.newsrooms import GOOD

        create_article(desks.editor, GOOD.with_(slug="statya-4"))
        newsroom.import_site(desks.chief, MAIN)
        article = read_article(desks.editor, ArticleId(6))
        assert article.slug == "statya-4-2"
        correct(desks, 6, "Исправлено")
        assert desks.publish() == ["verified"]
    connection = sqlite3.connect(tmp_path / "site.sqlite")
    assert connection.execute("SELECT id, slug FROM articles WHERE headline = 'Исправлено'").fetchall() == [
        (5, "statya-4")
    ]
    connection.close()


def correct(desks: Desks, number: int, headline: str) -> None:
    article = read_article(desks.editor, ArticleId(number))
    content = article.content.with_(headline=headline)
    save_article(desks.editor, article.id, content, base_revision=article.revision)
    submit(desks.editor, article.id)
    approve_seen(desks.chief, article.id)
    publish_now(desks.chief, article.id)


def test_rubric_in_which_somebody_has_written_keeps_its_address_and_the_report_says_so(
    tmp_path: Path, site: str
) -> None:
    from newsroom.desk.writing import create_article
    from tests.newsrooms import GOOD

    change(
        site,
        "INSERT INTO rubrics VALUES ('society', 'Общество города', 9)",
        "UPDATE articles SET rubric_slug = 'society' WHERE rubric_slug = 'obshchestvo'",
        "DELETE FROM rubrics WHERE slug = 'obshchestvo'",
        "UPDATE rubrics SET title = 'Общество' WHERE slug = 'society'",
    )
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom:
        desks = Desks(newsroom)
        create_article(desks.editor, GOOD)
        newsroom.import_site(desks.chief, MAIN)
        assert read_article(desks.editor, ArticleId(2)).content.rubric == RubricSlug("obshchestvo")
        kinds = {loss.kind for line in newsroom.import_report(MAIN) for loss in line.losses}
        assert LossKind.OTHER_RUBRIC in kinds


def test_two_imports_at_once_bring_nothing_twice(tmp_path: Path, site: str) -> None:
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom:
        desks, url = Desks(newsroom), parse_url(site)
        archive = StandardArchive(url)

        def another(progress: Progress) -> None:
            if progress.done == 10:
                with newsroom.database.write() as work:
                    work.adoptions.move_cursor(MAIN, "10", "20")

        from newsroom.domain.errors import NotNow

        with pytest.raises(NotNow, match="уже переносит"):
            import_archive(desks.chief, MAIN, archive, told=another, page=10)
        archive.close()
        assert len(article_ids(desks.editor, ArticleFilter())) == 10


def test_only_the_chief_may_bring_an_archive_in(tmp_path: Path, site: str) -> None:
    with newsroom_in(tmp_path / "home", main=f"standard:{site}") as newsroom, pytest.raises(Forbidden):
        newsroom.import_site(Desks(newsroom).editor, MAIN)


def test_time_left_is_told_by_the_last_minute() -> None:
    clock = iter([0.0, 1.0, 10.0, 20.0, 100.0, 110.0])
    pace = Pace(lambda: next(clock))
    assert pace.left(10, 1000) is None
    assert pace.left(100, 1000) == pytest.approx(90)
    assert pace.left(200, 1000) == pytest.approx(80)
    # Four times slower since: what was fast at the beginning is forgotten.
    assert pace.left(400, 1000) == pytest.approx(600 / (200 / 80))
    assert pace.left(425, 1000) == pytest.approx(575 / (225 / 90))


def test_command_tells_how_far_it_is_and_what_it_could_not_bring_in(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, "UPDATE articles SET age = '', lead = '' WHERE id = 1")
    home = str(tmp_path / "home")
    create_newsroom(tmp_path / "home", sites={"main": f"standard:{site}"}).close()
    asked = ["site", "import", "main", "--home", home, "--as", "chief"]
    assert main([*asked, "--dry-run"]) == 0
    told = capsys.readouterr()
    assert "Было бы перенесено 45 статей." in told.out
    assert "Новые рубрики: Дача и огород." in told.out
    assert "нет возрастного знака" in told.out
    assert "45 из 45" in told.err
    assert main(asked) == 0
    assert "Перенесено 45 статей." in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["known"] == 45
    assert main([*asked, "--report"]) == 0
    assert capsys.readouterr().out.startswith("1  Новость номер 0\n    нет подводки")
    assert main(["site", "import", "nowhere", "--home", home, "--as", "chief"]) == 1
    assert main(["site", "import", "main", "--home", home, "--as", "editor"]) == 1


def _sites(newsroom: Newsroom, number: int) -> list[str]:
    return [item.site for item in read_queue(Desks(newsroom).editor) if item.article == number]


def test_article_of_one_sites_archive_goes_to_that_site_alone(tmp_path: Path, site: str) -> None:
    newsroom = create_newsroom(
        tmp_path / "home",
        sites={"main": f"standard:{site}", "mirror": f"standard:sqlite:///{tmp_path / 'mirror.sqlite'}"},
        house=House("Проба", "Asia/Vladivostok"),
    )
    desks = Desks(newsroom)
    newsroom.import_site(desks.chief, MAIN)
    correct(desks, 1, "Исправлено")
    assert _sites(newsroom, 1) == ["main"]
    assert desks.publish() == ["verified"]
    fresh = desks.approved()
    publish_now(desks.chief, fresh)
    assert sorted(_sites(newsroom, fresh)) == ["main", "mirror"]
    newsroom.close()


def test_edit_made_on_the_site_is_merged_by_command(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "home")
    newsroom = create_newsroom(tmp_path / "home", sites={"main": f"standard:{site}"})
    desks = Desks(newsroom)
    newsroom.import_site(desks.chief, MAIN)
    change(site, "UPDATE articles SET headline = 'Правка на сайте', byline = 'Редактор сайта' WHERE id = 1")
    correct(desks, 1, "Правка редакции")
    assert desks.publish() == ["needs_person"]
    newsroom.close()
    asked = ["site", "merge", "main", "1", "--home", home, "--as", "editor"]
    assert main([*asked, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "0. Заголовок — изменено и там, и тут" in told
    assert "Автор — изменено на сайте → theirs" in told
    assert main(asked) == 1
    assert "--choose 0=ours" in capsys.readouterr().err
    assert main([*asked, "--choose", "0=both"]) == 1
    assert main([*asked, "--choose", "0=theirs"]) == 0
    assert "Версия 3 ждёт одобрения." in capsys.readouterr().out
    assert main([*asked, "--json", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["site", "merge", "main", "99", "--home", home, "--as", "editor"]) == 1
