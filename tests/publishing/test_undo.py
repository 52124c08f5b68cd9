"""The last delivery is taken back: what stood on the site before stands there again, column by column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsroom.desk import reading
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import kill, publish_now, withdraw
from newsroom.desk.undoing import undo_delivery
from newsroom.desk.writing import save_article
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.errors import Forbidden, InvalidInput, NotNow
from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.states import ReviewState
from tests.newsrooms import Desks
from tests.photos.pictures import encoded, picture
from tests.publishing.any_site import ARTICLE, PLACES, contents, newsroom_over, place_of
from tests.site.schemas import Made

#: Columns that tell when or how often a row was written, and where receipts are.
_MOVING = {
    "updated_at", "written_at", "added_at", "post_modified", "post_modified_gmt", "izmeneno", "redakciya_raspiska",
    "changed", "rank", "last_published_at", "latest_revision_created_at", "meta_id",
}  # fmt: skip
_RECEIPTS = {"newsroom_receipt", "settings"}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    with place_of(request.param, request, tmp_path) as place:
        yield place


@pytest.fixture
def desks(place: Made, tmp_path: Path) -> Iterator[Desks]:
    with newsroom_over(place, tmp_path / "home") as desks:
        yield desks


def what_stands(place: Made) -> dict[str, list[dict[str, Any]]]:
    """Every row that is shown or leads to what is shown; a row of WordPress' attachments that nobody uses is none."""
    found = {}
    for table, rows in contents(place.engine).items():
        if table in _RECEIPTS:
            continue
        kept = [
            {name: value for name, value in row.items() if name not in _MOVING}
            for row in rows
            if not str(row.get("meta_key", "")).startswith("_newsroom_")
        ]
        found[table] = sorted(kept, key=repr)
    return found


def photo(desks: Desks, width: int) -> LeadPhoto:
    name = add_photo(desks.editor, encoded(picture(width)), f"{width}.jpg").value
    return LeadPhoto(name.id, "Мост", "Анна Ким", f"Мост, {width}")


def correct(desks: Desks, article: ArticleId, content: Content) -> None:
    base = reading.read_article(desks.chief, article).revision
    save_article(desks.editor, article, content, base_revision=base)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]


def test_what_stood_before_a_correction_comes_back_column_by_column(desks: Desks, place: Made) -> None:
    first = ARTICLE.with_(photo=photo(desks, 640), tags=("мост", "город"))
    article = desks.approved(first)
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
    before = what_stands(place)
    second = first.with_(
        headline="Мост откроют в субботу", lead="Другой лид.", body="Другой текст.", photo=photo(desks, 320),
        tags=("мост",), byline="Пётр Ли",
    )  # fmt: skip
    correct(desks, article, second)
    assert what_stands(place) != before
    undo_delivery(desks.chief, article, "рано")
    [waiting] = [item for item in reading.read_queue(desks.chief) if item.state == "scheduled"]
    assert (waiting.reason, waiting.sequence, waiting.revision) == ("рано", 3, 1)
    assert desks.publish() == ["verified"]
    assert shown_rows(what_stands(place), place) == shown_rows(before, place)
    after = reading.read_article(desks.chief, article)
    assert (after.review, after.return_reason, after.content.headline) == (
        ReviewState.RETURNED,
        "рано",
        "Мост откроют в субботу",
    )
    assert "undo" in [line.what for line in reading.read_activity(desks.chief, article)]
    # Taking back what was taken back is the correction again.
    undo_delivery(desks.chief, article, "всё-таки пора")
    assert desks.publish() == ["verified"]
    assert place.shown() == ["Мост откроют в субботу"]


def shown_rows(rows: dict[str, list[dict[str, Any]]], place: Made) -> dict[str, list[dict[str, Any]]]:
    """Without rows that stay behind unused: photos that no article shows and words for tags wait for `site tidy`."""
    article = rows[place.subject.table]
    if place.subject.kind == "wordpress":
        article = [row for row in article if row["post_type"] == "post"]
    joined = {
        name: rows[name]
        for name in (
            "article_photos",
            "news_articlepage_rubrics",
            "content_picture",
            "rubrics",
            "wp_term_relationships",
        )
        if name in rows
    }
    return {"article": article, **joined}


def test_a_first_publication_is_taken_off_and_a_withdrawal_is_taken_back(desks: Desks, place: Made) -> None:
    article = desks.approved(ARTICLE)
    publish_now(desks.chief, article)
    desks.publish()
    shown = shown_rows(what_stands(place), place)
    withdraw(desks.chief, article, "проверка")
    assert desks.publish() == ["verified"]
    assert place.shown() == []
    undo_delivery(desks.chief, article, "всё верно")
    assert desks.publish() == ["verified"]
    assert place.shown() == [ARTICLE.headline]
    assert shown_rows(what_stands(place), place) == shown
    other = desks.approved(ARTICLE.with_(headline="Второй мост"))
    publish_now(desks.chief, other)
    desks.publish()
    undo_delivery(desks.chief, other, "рано")
    assert desks.publish() == ["verified"]
    assert place.shown() == [ARTICLE.headline]


def test_what_was_edited_on_the_site_since_is_not_overwritten(desks: Desks, place: Made) -> None:
    article = desks.approved(ARTICLE)
    publish_now(desks.chief, article)
    desks.publish()
    correct(desks, article, ARTICLE.with_(headline="Мост откроют в субботу"))
    place.edit()
    undo_delivery(desks.chief, article, "рано")
    assert desks.publish() == ["needs_person"]
    assert place.headlines() == ["Правка на сайте"]


@pytest.fixture
def simple(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desks]:
    with (
        place_of(("standard", "sqlite"), request, tmp_path) as place,
        newsroom_over(place, tmp_path / "home") as desks,
    ):
        yield desks


def test_what_cannot_be_taken_back_is_refused_in_words(simple: Desks) -> None:
    article = simple.approved(ARTICLE)
    with pytest.raises(NotNow, match="нет на сайте"):
        undo_delivery(simple.chief, article, "рано")
    publish_now(simple.chief, article)
    simple.publish()
    with pytest.raises(InvalidInput, match="причины"):
        undo_delivery(simple.chief, article, " ")
    with pytest.raises(Forbidden):
        undo_delivery(simple.editor, article, "рано")
    with pytest.raises(NotNow):
        undo_delivery(simple.chief, article, "рано", site=SiteName("другой"))
    kill(simple.chief, article, "ошибка")
    simple.publish()
    with pytest.raises(NotNow, match="аннулирована"):
        undo_delivery(simple.chief, article, "рано")


def test_a_correction_that_waits_is_cancelled_with_the_delivery(simple: Desks) -> None:
    article = simple.approved(ARTICLE)
    publish_now(simple.chief, article)
    simple.publish()
    save_article(simple.editor, article, ARTICLE.with_(headline="Позже"), base_revision=1)
    submit(simple.editor, article)
    approve(simple.chief, article)
    undo_delivery(simple.chief, article, "рано")
    states = {item.sequence: item.state.value for item in reading.read_queue(simple.chief)}
    assert states == {1: "verified", 2: "cancelled", 3: "scheduled"}
