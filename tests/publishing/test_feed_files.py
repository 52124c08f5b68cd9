"""Feed files that a publisher keeps: new after deliveries, written once for many, and never in a delivery's way."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newsroom.app import open_newsroom
from newsroom.cli import main
from newsroom.desk.house import save_site
from newsroom.desk.pictures import add_photo
from newsroom.desk.scheduling import publish_now
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import InvalidInput
from newsroom.domain.feed import FeedFile
from newsroom.domain.ids import SiteName
from newsroom.domain.queue import SiteConfig
from newsroom.publishing.feed_files import OFTEN, SELDOM, TOGETHER, FeedKeeper
from newsroom.settings import load_settings
from tests.newsrooms import GOOD, Desks, newsroom_in
from tests.photos.pictures import encoded, picture
from tests.publishing.services import service

MAIN = SiteName("main")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with newsroom_in(tmp_path / "home") as newsroom:
        desks = Desks(newsroom)
        save_site(desks.chief, SiteConfig(MAIN, "standard", "https://vesti.example"))
        yield desks


def published(desks: Desks, headline: str) -> None:
    publish_now(desks.chief, desks.approved(GOOD.with_(headline=headline)))
    assert desks.publish() == ["verified"]


def titles(file: Path) -> list[str | None]:
    return [item.findtext("title") for item in ElementTree.parse(file).findall("channel/item")]


class Keeping:
    """A keeper of one file, driven by a clock of the test's own."""

    def __init__(self, desks: Desks, file: Path, **limits: int) -> None:
        newsroom = desks.newsroom
        self._database = newsroom.database
        feeds = {MAIN: FeedFile(str(file), **limits)}
        self._keeper = FeedKeeper(newsroom.database, newsroom.photos, newsroom.connect_site, feeds)
        self._heard = 0
        self.now = datetime.now(UTC)

    def after(self, time: timedelta) -> int:
        """How many files are written when *time* has passed."""
        self.now += time
        with self._database.read() as work:
            newest = work.activity.newest()
            self._keeper.hear(work.activity.between(self._heard, newest, self._keeper.kinds), self.now)
        self._heard = newest
        written = 0
        while self._keeper.step(self.now):
            written += 1
        return written


def test_many_deliveries_are_one_writing_and_none_is_forgotten(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "news.xml"
    keeping = Keeping(desks, file)
    assert keeping.after(timedelta(0)) == 1  # what was missed while nobody was at work
    assert titles(file) == []
    published(desks, "Мост открыт")
    published(desks, "Мост закрыт")
    assert keeping.after(TOGETHER) == 0
    assert keeping.after(SELDOM) == 1
    assert titles(file) == ["Мост закрыт", "Мост открыт"]
    published(desks, "Мост снова открыт")
    assert keeping.after(timedelta(seconds=1)) == 0
    published(desks, "И закрыт")
    assert keeping.after(SELDOM) == 1
    assert titles(file)[:2] == ["И закрыт", "Мост снова открыт"]
    assert keeping.after(OFTEN - SELDOM) == 0
    assert keeping.after(SELDOM) == 1


def test_a_file_that_cannot_be_written_is_tried_again_and_told_once(
    desks: Desks, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "www" / "news.xml"
    keeping = Keeping(desks, file)
    with caplog.at_level("INFO", "newsroom"):
        tries = sum(keeping.after(timedelta(seconds=1)) for _second in range(120))
    assert 3 < tries < 10
    published(desks, "Мост открыт")
    file.parent.mkdir()
    assert keeping.after(timedelta(minutes=5)) == 1
    assert titles(file) == ["Мост открыт"]
    assert list(file.parent.iterdir()) == [file]
    told = [record for record in caplog.records if getattr(record, "event", "") == "feed-failed"]
    assert len(told) <= 1


def test_photos_are_made_ready_once(desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = add_photo(desks.editor, encoded(picture()), "мост.jpg").value
    publish_now(desks.chief, desks.approved(GOOD.with_(photo=LeadPhoto(photo.id, "Мост", "Анна Ким", "Мост"))))
    assert desks.publish() == ["verified"]
    file = tmp_path / "news.xml"
    keeping = Keeping(desks, file)
    assert keeping.after(timedelta(0)) == 1
    first = file.read_bytes()
    assert b"<enclosure" in first
    read = list[object]()
    monkeypatch.setattr(desks.newsroom.photos, "read", read.append)
    assert keeping.after(OFTEN) == 1
    assert read == []
    assert b"<enclosure" in file.read_bytes()


def test_the_service_keeps_the_file_that_the_command_names(
    desks: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, file = tmp_path / "home", tmp_path / "news.xml"

    def site_feed(*arguments: str) -> str:
        assert main(["site", "feed", "main", *arguments, "--home", str(home)]) == 0
        return capsys.readouterr().out

    assert "нет файла" in site_feed()
    said = site_feed(str(file), "--limit", "7", "--days", "8")
    assert titles(file) == []
    assert "не больше статей: 7, за 8 суток" in said
    assert load_settings(home).feeds == {"main": FeedFile(str(file), 7, 8)}
    published(desks, GOOD.headline)
    with service(home) as running:
        running.wait_for("feed-written")
        assert running.stop() == 0
    assert titles(file) == [GOOD.headline]
    assert "не обновляется" in site_feed("--off")
    assert load_settings(home).feeds == {}
    assert file.exists()


def test_a_file_that_cannot_be_written_is_refused_at_once(
    desks: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path / "home")
    assert main(["site", "feed", "main", str(tmp_path / "no" / "news.xml"), "--home", home]) == 1
    assert main(["site", "feed", "nowhere", str(tmp_path / "news.xml"), "--home", home]) == 1
    with pytest.raises(SystemExit):
        main(["site", "feed", "main", str(tmp_path / "news.xml"), "--limit", "0", "--home", home])
    save_site(desks.chief, SiteConfig(MAIN, "standard", ""))
    assert main(["site", "feed", "main", str(tmp_path / "news.xml"), "--home", home]) == 1
    assert "site address" in capsys.readouterr().err
    assert load_settings(Path(home)).feeds == {}


@pytest.mark.parametrize(
    "text",
    [
        "feeds = 3",
        "[feeds]\nmain = 'news.xml'",
        "[feeds.main]\nlimit = 3",
        "[feeds.main]\nfile = 'a'\nlimit = 0",
        "[feeds.main]\nfile = 'a'\ndays = '8'",
        "[feeds.main]\nfile = 'a'\nlimit = true",
        "[feeds.main]\nfile = 'a'\nevery = 1",
        "[feeds.main]\nfile = 3",
    ],
)
def test_a_feed_described_wrongly_is_named(desks: Desks, tmp_path: Path, text: str) -> None:
    home = tmp_path / "home"
    settings = home / "newsroom.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{text}\n" if text[0] == "[" else f"{text}\n", "utf-8")
    with pytest.raises(InvalidInput, match="лента"):
        open_newsroom(home)
