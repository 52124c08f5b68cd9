"""From a reader's Ctrl+Enter in a real browser to the corrected page by one key of the proofreader, and back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from newsroom.app import create_newsroom
from newsroom.desk import reading
from newsroom.desk.house import save_site
from newsroom.desk.review import approve
from newsroom.desk.scheduling import publish_now
from newsroom.desk.writing import create_article
from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.queue import SiteConfig
from newsroom.reference_site.serve import BackgroundServer
from newsroom.sql.engine import open_engine, parse_url
from newsroom.text.front_matter import read_front_matter
from resources import FOLDER
from tests.newsrooms import GOOD
from tests.site.wordpress_house import WordPress
from tests.site.wordpress_plugin import typo_plugin
from tests.ui.house import Window
from ui.reports.page import ReportsPage

pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
from tests.browser import Keys, Reader, chromium

pytestmark = pytest.mark.browser

PATIENCE = 30


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as driver:
        yield driver


@pytest.fixture(autouse=True)
def _lists(word_lists: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSROOM_CACHE", str(word_lists.parent))


def sample() -> Content:
    """The text of a sample article, as a slip of the hand left it."""
    body = read_front_matter((FOLDER / "sample" / "most-cherez-kedru.md").read_bytes()).body
    paragraphs = [part for part in body.split("\n\n") if not part.startswith("![")]
    wrong = "Новый порядок облуживания дороги начнёт действовать в декабре."
    return GOOD.with_(body="\n\n".join([paragraphs[0], wrong, *paragraphs[1:4]]))


def wait(what: str, holds: Callable[[], Any]) -> float:
    """Seconds until it holds."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < PATIENCE, f"waited in vain: {what}"
        QCoreApplication.processEvents()
        time.sleep(0.02)
    return time.monotonic() - started


def published(window: Window) -> ArticleId:
    editor, chief = window.newsroom.sign_in("editor"), window.newsroom.sign_in("chief")
    article = create_article(editor, sample()).value
    from newsroom.desk.review import submit

    submit(editor, article)
    approve(chief, article)
    publish_now(chief, article)
    window.newsroom.start_publisher()
    wait("the article is live", lambda: reading.live_content(chief, article))
    return article


def triage(window: Window, qtbot: QtBot, article: ArticleId, told: Callable[[], str]) -> None:
    """The proofreader sees the mistake, presses Enter once; the site and the record tell of it."""
    page = ReportsPage(window.ctx)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()

    def shown() -> bool:
        page.refresh()
        window.settle(20_000)
        return bool(page.card.edit.text())

    wait("the report is shown with a proposal", shown)
    assert page.card.edit.text() == "обслуживания"
    assert "облуживания → обслуживания" in page.card.fragment.toPlainText()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    window.settle(20_000)
    chief = window.newsroom.sign_in("chief")
    wait("the site shows it", lambda: "обслуживания" in (reading.live_content(chief, article) or GOOD).body)
    wait("the report is closed on the site", lambda: told() == "fixed")
    lines = [(line.who, line.what, line.detail) for line in reading.read_activity(chief, article)]
    assert ("proofreader", "close-report", "fixed · облуживания → обслуживания") in lines
    window.newsroom.stop_publisher()


def select_and_send(reader: Reader, path: str) -> None:
    reader.open(path)
    reader.select("облуживания", "main")
    reader.press(Keys.ENTER, control=True)
    reader.wait("the dialog opens", lambda: reader.focused() == "typo-comment")
    reader.press(Keys.ENTER, control=True)
    reader.wait("the report is thanked for", lambda: reader.find("#typo-answer").text.startswith(("Спасибо", "Thank")))


def window_at(home: Path, site: str, options: dict[str, str] | None = None) -> Window:
    newsroom = create_newsroom(
        home,
        sites={"main": site},
        options={"main": options} if options else None,
        house=House("Вестник", "Asia/Vladivostok"),
    )
    window = Window(newsroom)
    window.sign_in("proofreader")
    return window


def one_value(url: str, query: str) -> str:
    engine = open_engine(parse_url(url))
    try:
        with engine.connect() as connection:
            return str(connection.execute(text(query)).scalar())
    finally:
        engine.dispose()


def test_on_the_reference_site(tmp_path: Path, sqlite_url: str, driver: Any, qtbot: QtBot) -> None:
    window = window_at(tmp_path / "home", f"standard:{sqlite_url}")
    try:
        article = published(window)
        slug = reading.read_article(window.newsroom.sign_in("chief"), article).slug
        with BackgroundServer(sqlite_url, name="Вестник", zone="Asia/Vladivostok") as server:
            reader = Reader(driver, server.address)
            select_and_send(reader, f"/article/{slug}")
            triage(window, qtbot, article, lambda: one_value(sqlite_url, "SELECT state FROM typo_reports"))
            reader.open(f"/article/{slug}")
            assert "порядок обслуживания дороги" in reader.find("#story").text
            reader.run("window.stop()")
    finally:
        window.tasks.wait()
        window.newsroom.close()
    assert window.failures == []


def test_on_wordpress(tmp_path: Path, wordpress: WordPress, driver: Any, qtbot: QtBot) -> None:
    rubric = "global $wpdb; wp_insert_term('Общество', 'category', ['slug' => 'obshchestvo']);"
    wordpress.run(rubric)
    options = {"prefix": "vb_", "uploads": str(wordpress.uploads), "author": "desk"}
    with typo_plugin(wordpress):
        window = window_at(tmp_path / "home", f"wordpress:{wordpress.url}", options)
        try:
            save_site(window.newsroom.sign_in("chief"), SiteConfig(SiteName("main"), "wordpress", wordpress.home))
            article = published(window)
            place = reading.read_article(window.newsroom.sign_in("chief"), article).live[0]
            reader = Reader(driver, wordpress.home)
            path = place.url.removeprefix(wordpress.home)
            select_and_send(reader, path)
            query = "SELECT status FROM vb_newsroom_typos"
            triage(window, qtbot, article, lambda: one_value(wordpress.url, query))
            reader.open(path)
            assert "порядок обслуживания дороги" in reader.find("main").text
            reader.run("window.stop()")
        finally:
            window.tasks.wait()
            window.newsroom.close()
        assert window.failures == []
