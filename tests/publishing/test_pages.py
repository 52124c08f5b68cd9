"""Public pages: what a page shows is recorded beside the delivery, told in time, and no delivery waits for it."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.cli import main
from newsroom.desk import reading
from newsroom.desk.house import save_site
from newsroom.desk.review import submit
from newsroom.desk.scheduling import kill, publish_now, withdraw
from newsroom.desk.writing import save_article
from newsroom.domain.article import Content
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.pages import PageSeen, PageState
from newsroom.domain.queue import QueueItem, SiteConfig
from newsroom.domain.states import QueueState
from newsroom.publishing.following import Follower
from newsroom.publishing.page_content import letters
from newsroom.publishing.page_fetch import Fetcher
from newsroom.publishing.pages import ABANDONED_AFTER, LOOKS, TOLD_AFTER, PageReader
from newsroom.publishing.service import run_forever
from newsroom.reference_site.serve import BackgroundServer
from tests.newsrooms import GOOD, Desks, approve_seen, newsroom_in
from tests.patience import PATIENCE
from tests.publishing.web_sites import StubbornSite, WebSite, web_site

MAIN = SiteName("main")
OLD_LEAD = "Движение начнётся в полдень, автобусы пойдут по новому пути."


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home") as newsroom:
        yield Desks(newsroom)


@pytest.fixture
def any_desks(tmp_path: Path, newsroom_database_url: str) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home", newsroom_database_url) as newsroom:
        yield Desks(newsroom)


@pytest.fixture
def site() -> Iterator[WebSite]:
    with web_site() as site:
        yield site


def set_address(desks: Desks, address: str) -> None:
    save_site(desks.chief, SiteConfig(MAIN, "standard", address))


def published(desks: Desks, content: Content = GOOD) -> ArticleId:
    article = desks.approved(content)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    return article


def corrected(desks: Desks, article: ArticleId, content: Content, revision: int = 1) -> None:
    save_article(desks.editor, article, content, base_revision=revision)
    submit(desks.editor, article)
    approve_seen(desks.chief, article)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]


def newest(desks: Desks) -> QueueItem:
    return max(reading.read_queue(desks.chief), key=lambda item: item.id)


def page_of(desks: Desks) -> PageSeen:
    page = newest(desks).page
    assert page is not None
    return page


def path_of(desks: Desks, address: str) -> str:
    [url] = {item.url for item in reading.read_queue(desks.chief) if item.url}
    return url.removeprefix(address)


class Looks:
    """A reader of pages, at the ages of what was verified last."""

    def __init__(self, desks: Desks, publisher: str = "проба", seconds: float = 5) -> None:
        self._database = desks.newsroom.database
        self.reader = PageReader(self._database, publisher, [MAIN], Fetcher(seconds))
        self._heard = 0
        self._verified_at = datetime.now(UTC)

    def at(self, age: timedelta) -> int:
        """Everything that is due at *age* is looked at; how much there was."""
        with self._database.read() as work:
            newest = work.activity.newest()
            lines = work.activity.between(self._heard, newest, self.reader.kinds)
        self._heard = newest
        self._verified_at = max([self._verified_at, *(line.at for line in lines if line.what == "verified")])
        now, looks = self._verified_at + age, 0
        self.reader.hear(lines, now)
        while self.reader.step(now):
            looks += 1
        return looks


def test_the_page_of_the_reference_site_is_checked_through_all_that_befalls_it(any_desks: Desks) -> None:
    desks = any_desks
    site_url = desks.newsroom.site_address(MAIN)
    with BackgroundServer(site_url) as server:
        set_address(desks, server.address)
        looks = Looks(desks)
        hard = GOOD.with_(headline='«Мост» — за 5\u00a0% & <дорого>: ООО "Ёлка" 🙂')
        article = published(desks, hard)
        assert newest(desks).page is None
        assert looks.at(LOOKS[0]) == 1
        assert (page_of(desks).state, page_of(desks).problem) == (PageState.CHECKED, "")
        corrected(desks, article, hard.with_(lead="Движение начнётся в час дня."))
        looks.at(LOOKS[0])
        assert page_of(desks).state is PageState.CHECKED
        withdraw(desks.chief, article, "Ошибка")
        assert desks.publish() == ["verified"]
        looks.at(LOOKS[0])
        assert page_of(desks).state is PageState.CHECKED
        kill(desks.chief, article, "Ошибка")
        assert desks.publish() == ["verified"]
        looks.at(LOOKS[0])
        assert page_of(desks).state is PageState.CHECKED
        # What is right is not looked at again.
        assert looks.at(LOOKS[-1]) == 0
    told = [line for line in reading.read_activity(desks.chief, article) if line.what == "page-checked"]
    assert len(told) == 4
    assert {line.who for line in told} == {"проба"}


def test_a_page_that_stays_wrong_is_told_after_a_while_and_taken_back_when_it_comes_right(
    desks: Desks, site: WebSite
) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    published(desks)
    path = path_of(desks, site.address)
    site.put(path, "<title>Ремонт моста — Вести</title><h1>Ремонт моста</h1>")
    for age in LOOKS[:4]:
        assert looks.at(age) == 1
        assert newest(desks).page is None
    assert looks.at(TOLD_AFTER) == 1
    assert page_of(desks).state is PageState.STALE
    assert "«Ремонт моста — Вести»" in page_of(desks).problem
    item = newest(desks)
    assert (item.state, item.problem) == (QueueState.VERIFIED, "")
    # Told once, not at each look.
    assert looks.at(LOOKS[5]) == 1
    told = [line for line in reading.read_activity(desks.chief) if line.what.startswith("page-")]
    assert len(told) == 1
    site.put(path, f"<h1>{GOOD.headline}</h1>")
    assert looks.at(LOOKS[6]) == 1
    assert page_of(desks).state is PageState.CHECKED
    assert looks.at(LOOKS[7]) == 0


def test_a_page_is_given_up_after_an_hour(desks: Desks, site: WebSite) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    published(desks)
    assert [looks.at(age) for age in LOOKS] == [1] * len(LOOKS)
    assert looks.at(LOOKS[-1] * 2) == 0
    assert "404" in page_of(desks).problem


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (f"<h1>{GOOD.headline}</h1><p>{OLD_LEAD}</p>", OLD_LEAD),
        (
            f"<h1>{GOOD.headline}</h1><p>Движение начнётся в&nbsp;полдень, <b>авто&shy;бусы</b> пойдут по новому пути.",
            OLD_LEAD,
        ),
        (f"<h1>{GOOD.headline}</h1><p>Первым по мосту пройдёт рейсовый автобус.", "Первым по мосту"),
        (f"<h1>{GOOD.headline}</h1><p>Движение начнётся в час.</p>", ""),
        # A template may leave the text out.
        (f"<meta property='og:title' content='{GOOD.headline}'><script>load()</script>", ""),
        (f"<script>var title = '{GOOD.headline}'</script><h1>Прочее</h1>", "«Прочее»"),
        ("", "нет доставленного заголовка"),
    ],
)
def test_former_paragraphs_and_foreign_pages_are_seen_and_gaps_are_not(
    desks: Desks, site: WebSite, page: str, problem: str
) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    article = published(desks)
    corrected(desks, article, GOOD.with_(lead="Движение начнётся в час.", body=GOOD.body.split("\n")[0]))
    site.put(path_of(desks, site.address), page)
    looks.at(TOLD_AFTER)
    assert page_of(desks).state is (PageState.STALE if problem else PageState.CHECKED)
    assert problem in page_of(desks).problem


@pytest.mark.parametrize(
    ("old", "new", "shown", "state"),
    [
        ("Мост откроют в пятницу", "Мост откроют", "Мост откроют в пятницу", PageState.STALE),
        ("Мост откроют", "Мост откроют в пятницу", "Мост откроют в пятницу", PageState.CHECKED),
        ("Мост откроют", "Мост откроют в пятницу", "Мост откроют", PageState.STALE),
        ("Мост откроют", "Мост закроют", "Мост откроют", PageState.STALE),
        ("Мост откроют", "Мост закроют", "МОСТ &laquo;закроют&raquo;", PageState.CHECKED),
    ],
)
def test_the_former_headline_is_not_taken_for_the_new(
    desks: Desks, site: WebSite, old: str, new: str, shown: str, state: PageState
) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    article = published(desks, GOOD.with_(headline=old, slug="most"))
    corrected(desks, article, GOOD.with_(headline=new, slug="most"))
    site.put(path_of(desks, site.address), f"<title>{shown}</title><h1>{shown}</h1>")
    looks.at(TOLD_AFTER)
    assert page_of(desks).state is state
    if state is PageState.STALE:
        assert f"прежнее: «{old}»" in page_of(desks).problem


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (f"<h1>{GOOD.headline}</h1>", PageState.STALE),
        (f"<h2>Новости</h2><p>{OLD_LEAD}</p>", PageState.STALE),
        (f"<title>Материал снят</title><li>{GOOD.headline}</li>", PageState.CHECKED),
    ],
)
def test_what_was_taken_off_must_be_gone(desks: Desks, site: WebSite, page: str, state: PageState) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    article = published(desks)
    site.put(path_of(desks, site.address), page)
    withdraw(desks.chief, article, "Ошибка")
    assert desks.publish() == ["verified"]
    looks.at(TOLD_AFTER)
    assert page_of(desks).state is state
    if state is PageState.STALE:
        assert "снята" in page_of(desks).problem


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_site_that_refuses_is_not_taken_for_a_wrong_page(desks: Desks, site: WebSite, status: int) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    article = published(desks)
    site.answers[path_of(desks, site.address)] = (status, {}, b"")
    looks.at(TOLD_AFTER)
    assert page_of(desks).state is PageState.SILENT
    assert str(status) in page_of(desks).problem
    withdraw(desks.chief, article, "Ошибка")
    assert desks.publish() == ["verified"]
    looks.at(TOLD_AFTER)
    assert page_of(desks).state is PageState.SILENT


def test_a_silent_server_is_asked_once_for_many_pages(desks: Desks) -> None:
    with StubbornSite() as site:
        set_address(desks, site.address)
        looks = Looks(desks, seconds=0.3)
        for number in range(4):
            published(desks, GOOD.with_(slug=f"statya-{number}"))
        assert looks.at(TOLD_AFTER) == 4
        assert site.visits == 1
    assert {item.page.state for item in reading.read_queue(desks.chief) if item.page} == {PageState.SILENT}


def test_without_an_address_for_readers_nothing_is_looked_at(desks: Desks, site: WebSite) -> None:
    looks = Looks(desks)
    published(desks)
    looks.at(TOLD_AFTER)
    assert newest(desks).page is None
    # Nor after the address was taken away again.
    set_address(desks, site.address)
    published(desks, GOOD.with_(slug="drugaya"))
    set_address(desks, "")
    looks.at(TOLD_AFTER)
    assert newest(desks).page is None
    assert site.asked == []


def test_what_the_site_has_gone_past_is_not_looked_at(desks: Desks, site: WebSite) -> None:
    set_address(desks, site.address)
    looks = Looks(desks)
    article = published(desks)
    corrected(desks, article, GOOD.with_(headline="Мост открыт"))
    corrected(desks, article, GOOD.with_(headline="Мост закрыт"), 2)
    looks.at(LOOKS[0])
    assert len(site.asked) == 1


def test_what_another_publisher_left_is_looked_at_and_what_it_looks_at_is_not(desks: Desks, site: WebSite) -> None:
    set_address(desks, site.address)
    own, other = Looks(desks), Looks(desks, "другой")
    published(desks)
    site.put(path_of(desks, site.address), f"<h1>{GOOD.headline}</h1>")
    assert other.at(TOLD_AFTER) == 0
    assert own.at(LOOKS[0]) == 1
    assert other.at(ABANDONED_AFTER) == 0
    published(desks, GOOD.with_(slug="drugaya"))  # and nobody looks
    assert other.at(TOLD_AFTER) == 0
    assert other.at(ABANDONED_AFTER) == 1
    assert page_of(desks).problem == "Страницы нет: сайт отвечает 404."


def test_a_page_that_hangs_delays_no_delivery_and_no_end(desks: Desks) -> None:
    with StubbornSite() as site:
        set_address(desks, site.address)
        publisher, stop = desks.newsroom.publisher("ночной"), threading.Event()
        reader = PageReader(desks.newsroom.database, "ночной", [MAIN], Fetcher(seconds=600))
        follower = Follower(desks.newsroom.database, [reader])
        running = threading.Thread(target=run_forever, args=(publisher, stop, follower))
        publish_now(desks.chief, desks.approved())
        running.start()
        try:
            assert site.connected.wait(30)
            # The page of the first hangs for ten minutes.
            publish_now(desks.chief, desks.approved(GOOD.with_(slug="drugaya")))
            deadline = time.monotonic() + PATIENCE
            while newest(desks).state is not QueueState.VERIFIED:
                assert time.monotonic() < deadline
                time.sleep(0.02)
        finally:
            stop.set()
            running.join(30)
        assert not running.is_alive()
        assert site.visits == 1
    assert newest(desks).page is None


def test_the_commands_say_what_the_page_shows(
    tmp_path: Path, desks: Desks, site: WebSite, capsys: pytest.CaptureFixture[str]
) -> None:
    set_address(desks, site.address)
    home = ["--home", str(tmp_path / "home")]
    article = desks.approved()
    publish_now(desks.chief, article)
    assert main(["publisher", "run", "--once", "--name", "проба", *home]) == 0
    said = capsys.readouterr().out
    assert "Страницы нет: сайт отвечает 404." in said
    # One look is no verdict yet.
    assert newest(desks).page is None
    site.put(path_of(desks, site.address), GOOD.headline)
    assert main(["publisher", "run", "--once", "--name", "проба", *home]) == 0
    assert "страница проверена" in capsys.readouterr().out
    assert main(["queue", *home]) == 0
    assert f"{GOOD.headline} — страница проверена" in capsys.readouterr().out
    assert main(["queue", "--json", *home]) == 0
    assert '"state": "page-checked"' in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "—", "🙂", "\u00ad\u200b"])
def test_what_has_no_letters_is_on_every_page(text: str) -> None:
    assert letters(text) == ""
