"""What adoption promises, held against every kind of site."""

from datetime import timedelta

from newsroom.desk.reading import read_article
from newsroom.desk.scheduling import kill, withdraw
from newsroom.domain.article import ArticleFilter
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label
from newsroom.text.document import photos_in
from newsroom.text.markdown import parse
from tests.adoption.conftest import MAIN, Adopting, archived

SENT = archived().article
assert SENT is not None


def test_article_of_the_archive_comes_in_live_with_what_the_site_says_of_it(archive: Adopting) -> None:
    summary = archive.bring()
    assert (summary.brought, summary.known, summary.refused) == (1, 0, 0)
    article = read_article(archive.desks.editor, ArticleId(1))
    content = article.content
    assert article.label is Label.LIVE
    assert [(place.site, place.revision, place.sequence) for place in article.live] == [(MAIN, 1, 0)]
    assert content.headline == SENT.headline
    text = parse(content.body)
    assert "Плиты везли из **соседнего** района." in content.body
    assert len(photos_in(text)) == 1
    assert content.photo is None or content.photo.photo not in photos_in(text)
    assert content.date is not None
    assert abs(content.date - SENT.published_at) < timedelta(seconds=1)
    assert article.live[0].first_published_at == content.date
    with archive.newsroom.database.read() as work:
        assert work.queue.items(10) == []


def test_correction_changes_that_very_row_and_no_other(archive: Adopting) -> None:
    archive.bring()
    inserted, _updated, _deleted = archive.site.trail()
    slugs = archive.site.slugs()
    (outcome,) = archive.correct(1, headline="Исправлено в редакции", **missing(archive))
    assert (outcome.state, outcome.problem) == ("verified", "")
    assert archive.site.shown() == ["Исправлено в редакции"]
    assert archive.site.slugs() == slugs
    assert archive.site.trail()[0] == inserted
    (outcome,) = archive.correct(1, headline="Исправлено ещё раз")
    assert outcome.state == "verified"
    assert archive.site.shown() == ["Исправлено ещё раз"]


def test_row_that_was_edited_after_the_import_is_left_alone(archive: Adopting) -> None:
    archive.bring()
    archive.site.edit("Правка на сайте")
    (outcome,) = archive.correct(1, headline="Исправлено в редакции", **missing(archive))
    assert outcome.state == "needs_person"
    assert "правили в обход редакции" in outcome.problem
    assert archive.site.headlines() == ["Правка на сайте"]


def test_row_that_was_deleted_after_the_import_does_not_return(archive: Adopting) -> None:
    archive.bring()
    archive.site.delete()
    (outcome,) = archive.correct(1, headline="Исправлено в редакции", **missing(archive))
    assert outcome.state == "needs_person"
    assert archive.site.headlines() == []


def test_adopted_article_is_withdrawn_and_killed_like_any_other(archive: Adopting) -> None:
    archive.bring()
    withdraw(archive.desks.chief, ArticleId(1), "проба")
    assert [outcome.state for outcome in archive.publish()] == ["verified"]
    assert archive.site.shown() == []
    kill(archive.desks.chief, ArticleId(1), "проба")
    assert [outcome.state for outcome in archive.publish()] == ["verified"]
    assert SENT.headline not in archive.site.headlines()


def test_second_import_brings_nothing_twice(archive: Adopting) -> None:
    archive.bring()
    again = archive.bring()
    assert (again.brought, again.known) == (0, 1)
    archive.correct(1, headline="Исправлено в редакции", **missing(archive))
    third = archive.bring()
    assert (third.brought, third.known) == (0, 1)


def test_rehearsal_keeps_nothing(archive: Adopting) -> None:
    summary = archive.bring(dry_run=True)
    assert summary.brought == 1
    with archive.newsroom.database.read() as work:
        assert work.articles.ids(ArticleFilter()) == []
        assert work.records.photos(10) == []
    assert archive.bring().brought == 1


def missing(archive: Adopting) -> dict[str, object]:
    """What a correction needs and this site has no place for."""
    from newsroom.domain.ages import AgeRating

    content = read_article(archive.desks.editor, ArticleId(1)).content
    wanted: dict[str, object] = {}
    if not content.lead:
        wanted["lead"] = "Коротко о главном."
    if content.rubric is None:
        wanted["rubric"] = "obshchestvo"
    if content.age is None:
        wanted["age"] = AgeRating.SIX
    if content.photo and not content.photo.credit:
        wanted["photo"] = None
    return wanted
