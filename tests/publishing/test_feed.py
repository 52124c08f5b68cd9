"""The feed for aggregators: what is live, whole, well-formed whatever the text; a correction keeps the guid."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newsroom.cli import main
from newsroom.desk import reading
from newsroom.desk.house import save_site
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import publish_now, withdraw
from newsroom.desk.writing import save_article
from newsroom.domain.ages import AgeRating
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import SiteName
from newsroom.domain.queue import SiteConfig
from newsroom.text.rss import MEDIA, YANDEX, Enclosure, FeedItem, write_rss
from tests.newsrooms import Desks
from tests.photos.pictures import encoded, picture
from tests.publishing.any_site import ARTICLE, newsroom_over, place_of
from tests.site.schemas import Made

KINDS = [
    ("standard", "sqlite"),
    pytest.param(("wagtail", "postgresql"), marks=pytest.mark.postgresql),
    pytest.param(("wordpress", "mariadb"), marks=pytest.mark.mariadb),
]


@pytest.fixture(params=KINDS, ids=str)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    with place_of(request.param, request, tmp_path) as place:
        yield place


@pytest.fixture
def desks(place: Made, tmp_path: Path) -> Iterator[Desks]:
    with newsroom_over(place, tmp_path / "home") as desks:
        save_site(desks.chief, SiteConfig(SiteName("main"), place.subject.kind, "https://vesti.example"))
        yield desks


def items(data: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(data).findall("channel/item")


def feed(desks: Desks, limit: int = 50) -> list[ElementTree.Element]:
    return items(desks.newsroom.feed(SiteName("main"), limit=limit))


def test_what_is_live_is_in_the_feed_with_all_its_fields(desks: Desks) -> None:
    photo = add_photo(desks.editor, encoded(picture()), "мост.jpg").value
    content = ARTICLE.with_(photo=LeadPhoto(photo.id, "Мост", "Анна Ким", "Мост утром"), age=AgeRating.EIGHTEEN)
    article = desks.approved(content)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    [item] = feed(desks)
    uid = reading.read_article(desks.chief, article).uid
    assert item.findtext("title") == content.headline
    assert (item.findtext("link") or "").startswith("https://vesti.example/")
    assert item.findtext("pdalink") == item.findtext("link")
    assert item.findtext("guid") == uid
    assert item.findtext("description") == content.lead
    assert (item.findtext("author"), item.findtext("category")) == ("Анна Ким", "Новости общества")
    assert "Первым по мосту" in (item.findtext(f"{{{YANDEX}}}full-text") or "")
    assert item.findtext(f"{{{MEDIA}}}rating") == "adult"
    assert (item.findtext("pubDate") or "").endswith("+0000")
    [enclosure] = item.findall("enclosure")
    assert enclosure.get("type") == "image/jpeg"
    assert int(enclosure.get("length") or 0) > 1000
    assert (enclosure.get("url") or "").startswith("http")

    save_article(desks.editor, article, content.with_(headline="Исправлено", age=AgeRating.SIX), base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    desks.publish()
    [item] = feed(desks)
    assert (item.findtext("title"), item.findtext("guid")) == ("Исправлено", uid)
    assert item.findtext(f"{{{MEDIA}}}rating") == "nonadult"
    other = desks.approved(ARTICLE.with_(headline="Второй мост"))
    publish_now(desks.chief, other)
    desks.publish()
    assert [item.findtext("title") for item in feed(desks)] == ["Второй мост", "Исправлено"]
    assert len(feed(desks, limit=1)) == 1
    withdraw(desks.chief, article, "")
    desks.publish()
    assert [item.findtext("title") for item in feed(desks)] == ["Второй мост"]


@pytest.fixture
def simple(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desks]:
    with (
        place_of(("standard", "sqlite"), request, tmp_path) as place,
        newsroom_over(place, tmp_path / "home") as desks,
    ):
        yield desks


def test_a_hostile_text_makes_well_formed_xml(simple: Desks) -> None:
    text = "".join(map(chr, range(32))) + "<b>&amp; ]]> \ufffe\ud800 </title> 🎄"
    item = FeedItem("g", text, "https://vesti.example/?a=1&b=2", text, text, text, text, datetime.now(UTC), True,
                    (Enclosure('https://x/"<&', 1, "image/png"),))  # fmt: skip
    [found] = items(write_rss(text, "https://vesti.example", text, [item]))
    assert (found.findtext("title") or "").endswith("<b>&amp; ]]>  </title> 🎄")
    assert found.findtext("link") == "https://vesti.example/?a=1&b=2"


def test_the_command_writes_a_file_in_one_step(
    simple: Desks, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = simple.newsroom.home
    with pytest.raises(InvalidInput, match="нет адреса"):
        simple.newsroom.feed(SiteName("main"), limit=5)
    save_site(simple.chief, SiteConfig(SiteName("main"), "standard", "https://vesti.example"))
    publish_now(simple.chief, simple.approved(ARTICLE))
    simple.publish()
    file = tmp_path / "news.xml"
    file.write_text("старая лента")
    assert main(["feed", "main", "--out", str(file), "--days", "1", "--home", str(home)]) == 0
    assert len(items(file.read_bytes())) == 1
    assert [path.name for path in tmp_path.glob(".news*")] == []
    assert main(["feed", "--out", str(tmp_path / "нет" / "x.xml"), "--home", str(home)]) == 1
    assert "Лента не записана" in capsys.readouterr().err
