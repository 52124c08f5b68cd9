"""What must hold one article or one site and nothing else, seen through the publisher."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert, text

from newsroom.desk import reading
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import approve, submit
from newsroom.desk.scheduling import publish_now, retry
from newsroom.desk.writing import save_article
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import DatabaseUnavailable
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import QueueState
from newsroom.site.standard_schema import typo_reports
from tests.newsrooms import GOOD, Desks
from tests.photos.pictures import encoded, picture
from tests.publishing.conftest import Published


def state_of(desks: Desks, article: ArticleId) -> QueueState:
    return next(item.state for item in reading.read_queue(desks.chief) if item.article == article)


def test_a_hundred_thousand_reports_hold_up_no_article(published: Published) -> None:
    """They come in by pages, behind the articles of each pass, and a desk reads a page of them."""
    desks = published.desks
    row = {
        "article_uid": "x",
        "page_url": "/x",
        "before_text": "",
        "after_text": "",
        "comment": "",
        "reporter_hash": "",
        "created_at": datetime.now(UTC),
    }
    with published.site.begin() as connection:
        for start in range(0, 100_000, 10_000):
            connection.execute(
                insert(typo_reports), [row | {"selected_text": f"слово {start + number}"} for number in range(10_000)]
            )
    publisher = desks.newsroom.publisher("a")
    seen = 0
    for _pass in range(3):
        article = desks.approved()
        publish_now(desks.chief, article)
        assert [outcome.article for outcome in publisher.run_once()] == [article]
        reports = reading.read_reports(desks.proofreader, limit=100_000)
        assert len(reports) == seen + 500
        seen = len(reports)
    publisher.close()
    assert len(reading.read_reports(desks.proofreader)) == 500


def test_what_the_site_cannot_take_waits_for_a_person_and_the_rest_goes_out(published: Published) -> None:
    desks = published.desks
    bad = desks.approved(GOOD.with_(byline="Анна " * 80))
    good = desks.approved()
    for article in (bad, good):
        publish_now(desks.chief, article)
    assert sorted(desks.publish()) == ["needs_person", "verified"]
    assert (state_of(desks, bad), state_of(desks, good)) == (QueueState.NEEDS_PERSON, QueueState.VERIFIED)


@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_an_article_whose_photo_is_missing_or_changed_is_held_back_whole(published: Published, harm: str) -> None:
    desks = published.desks
    photo = add_photo(desks.editor, encoded(picture()), "мост.jpg").value
    article = desks.approved(GOOD.with_(photo=LeadPhoto(photo.id, "Мост", "Анна Ким", "Мост утром")))
    publish_now(desks.chief, article)
    file = desks.newsroom.photos.path(photo.id)
    data = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(data[:-1])
    assert desks.publish() == ["needs_person"]
    assert published.trail() == []
    file.write_bytes(data)
    retry(desks.chief, article)
    assert desks.publish() == ["verified"]


@pytest.mark.parametrize("statement", ["DELETE FROM articles", "UPDATE articles SET headline = 'Чужая рука'"])
def test_what_was_edited_or_deleted_on_the_site_is_asked_about(published: Published, statement: str) -> None:
    desks = published.desks
    article = desks.approved()
    publish_now(desks.chief, article)
    desks.publish()
    with published.site.begin() as connection:
        connection.execute(text("DELETE FROM article_photos"))
        connection.execute(text(statement))
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    seen = published.trail()
    assert desks.publish() == ["needs_person"]
    assert "в обход редакции" in reading.read_queue(desks.chief)[0].problem
    assert published.trail() == seen


@pytest.mark.parametrize("any_newsroom", ["sqlite_url"], indirect=True)
def test_a_full_disk_of_the_newsroom_says_so_and_loses_nothing(any_newsroom: Published) -> None:
    desks = any_newsroom.desks
    article = desks.approved()

    @event.listens_for(desks.newsroom.database._engine, "connect")
    def limit(connection: object, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    with pytest.raises(DatabaseUnavailable, match="диск переполнен"):
        save_article(desks.editor, article, GOOD.with_(body="слово " * 20_000), base_revision=1)
    event.remove(desks.newsroom.database._engine, "connect", limit)
    assert reading.read_article(desks.chief, article).content == GOOD
    publish_now(desks.chief, article)
    assert desks.publish() == ["verified"]
