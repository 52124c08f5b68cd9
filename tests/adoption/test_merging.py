"""An edit made on the site is merged into the article, on every kind of site, for adopted and for delivered ones."""

import pytest

from newsroom.desk.merging import Merge, save_merge
from newsroom.desk.reading import read_article, read_queue
from newsroom.desk.scheduling import publish_now, retry
from newsroom.desk.writing import create_article, save_article
from newsroom.domain.article import Content
from newsroom.domain.errors import InvalidInput, NotFound, StaleEdit
from newsroom.domain.ids import ArticleId
from newsroom.domain.merging import Fate, Side, unresolved
from newsroom.domain.states import QueueState, ReviewState
from tests.adoption.conftest import MAIN, Adopting
from tests.adoption.test_every_kind import missing
from tests.newsrooms import approve_seen

ONE = ArticleId(1)


def merge_of(archive: Adopting) -> Merge:
    return archive.newsroom.read_merge(archive.desks.editor, ONE, MAIN)


def fates(merge: Merge) -> dict[str, Fate]:
    """What was changed by anybody, by field."""
    return {part.field: part.fate for part in merge.parts if part.fate is not Fate.SAME}


def test_what_nobody_touched_on_the_site_is_no_difference(archive: Adopting) -> None:
    archive.bring()
    assert not merge_of(archive).edited
    archive.correct(1, headline="Исправлено", **missing(archive))
    merge = merge_of(archive)
    assert (merge.edited, fates(merge)) == (False, {})


def test_edit_of_another_field_goes_in_by_itself_and_out_after_review(archive: Adopting) -> None:
    archive.bring()
    archive.correct(1, headline="Исправлено", **missing(archive))
    archive.site.edit("Правка на сайте")
    text = read_article(archive.desks.editor, ONE).content.body
    assert [one.state for one in archive.correct(1, body=text + "\n\nДополнение редакции.")] == ["needs_person"]
    merge = merge_of(archive)
    assert fates(merge) == {"headline": Fate.THEIRS, "body": Fate.OURS}
    saved = save_merge(archive.desks.editor, merge, {}).value
    assert (saved.new, saved.submitted) == (True, True)
    article = read_article(archive.desks.editor, ONE)
    assert article.review is ReviewState.SUBMITTED
    assert article.content.headline == "Правка на сайте"
    assert article.content.body.endswith("Дополнение редакции.")
    # What stood in the queue was for a text that nobody wants any more.
    assert all(item.state is not QueueState.NEEDS_PERSON for item in read_queue(archive.desks.chief))
    approve_seen(archive.desks.chief, ONE)
    publish_now(archive.desks.chief, ONE)
    assert [(one.state, one.problem) for one in archive.publish()] == [("verified", "")]
    assert archive.site.shown() == ["Правка на сайте"]


def test_conflict_is_chosen_by_a_person_and_nothing_is_saved_before(archive: Adopting) -> None:
    archive.bring()
    archive.site.edit("Правка на сайте")
    archive.correct(1, headline="Правка редакции", **missing(archive))
    merge = merge_of(archive)
    (number,) = unresolved(merge.parts, {})
    assert merge.parts[number].field == "headline"
    with pytest.raises(InvalidInput):
        save_merge(archive.desks.editor, merge, {})
    assert read_article(archive.desks.editor, ONE).revision == merge.revision
    # Ours is what the chief approved: nothing new to approve, only to deliver again.
    saved = save_merge(archive.desks.editor, merge, {number: Side.OURS}).value
    assert not saved.new
    retry(archive.desks.chief, ONE)
    assert [(one.state, one.problem) for one in archive.publish()] == [("verified", "")]
    assert archive.site.shown() == ["Правка редакции"]


def test_row_that_is_edited_once_more_after_the_merge_is_left_alone_again(archive: Adopting) -> None:
    archive.bring()
    archive.site.edit("Правка на сайте")
    archive.correct(1, headline="Правка редакции", **missing(archive))
    merge = merge_of(archive)
    (number,) = unresolved(merge.parts, {})
    save_merge(archive.desks.editor, merge, {number: Side.OURS})
    archive.site.edit("Ещё одна правка на сайте")
    retry(archive.desks.chief, ONE)
    assert [one.state for one in archive.publish()] == ["needs_person"]
    assert archive.site.shown() == ["Ещё одна правка на сайте"]


def test_merge_that_somebody_overtook_is_not_saved(archive: Adopting) -> None:
    archive.bring()
    archive.site.edit("Правка на сайте")
    merge = merge_of(archive)
    current = read_article(archive.desks.editor, ONE)
    save_article(archive.desks.editor, ONE, current.content.with_(note="ещё"), base_revision=current.revision)
    with pytest.raises(StaleEdit):
        save_merge(archive.desks.editor, merge, {})


def test_nothing_to_merge_with_is_told(archive: Adopting) -> None:
    archive.bring()
    archive.site.delete()
    with pytest.raises(NotFound, match="больше нет"):
        merge_of(archive)
    fresh = create_article(archive.desks.editor, Content(headline="Свежая")).value
    with pytest.raises(NotFound, match="ещё не было"):
        archive.newsroom.read_merge(archive.desks.editor, fresh, MAIN)
