"""The history of an article: milestones of its revisions, and bringing an old one back."""

import pytest
from sqlalchemy import event

from newsroom.desk import reading
from newsroom.desk.review import approve, return_article, submit
from newsroom.desk.scheduling import kill, publish_now
from newsroom.desk.writing import create_article, restore_revision, save_article
from newsroom.domain.errors import InvalidInput, NotFound, NotNow, StaleEdit
from newsroom.domain.history import MilestoneKind
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import QueueState, ReviewState
from newsroom.sql.engine import open_engine, parse_url
from newsroom.storage.database import Database
from tests.newsrooms import GOOD, Desks

SECOND = GOOD.with_(lead="Движение начнётся в час.")


def two_revisions(desks: Desks) -> ArticleId:
    article = create_article(desks.editor, GOOD).value
    save_article(desks.proofreader, article, SECOND, base_revision=1, reason="время")
    return article


def test_lines_say_who_and_why_newest_first(desks: Desks) -> None:
    history = reading.read_history(desks.chief, two_revisions(desks))
    assert [(line.number, line.author_name, line.reason) for line in history.revisions] == [
        (2, "Корректор", "время"),
        (1, "Редактор", ""),
    ]
    assert history.milestones == ()


def test_the_history_of_no_article_is_refused(desks: Desks) -> None:
    with pytest.raises(NotFound):
        reading.read_history(desks.chief, ArticleId(404))


def test_milestones_stand_at_the_revision_that_they_happened_to(desks: Desks) -> None:
    article = desks.submitted()
    return_article(desks.chief, article, "Уточнить время")
    save_article(desks.editor, article, SECOND, base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    save_article(desks.editor, article, GOOD.with_(lead="Иначе."), base_revision=2)
    stones = reading.read_history(desks.chief, article).milestones
    assert [(stone.revision, stone.kind, stone.who, stone.detail) for stone in stones] == [
        (1, MilestoneKind.SUBMITTED, "Редактор", ""),
        (1, MilestoneKind.RETURNED, "Главный редактор", "Уточнить время"),
        (2, MilestoneKind.SUBMITTED, "Редактор", ""),
        (2, MilestoneKind.APPROVED, "Главный редактор", ""),
    ]


def test_an_approval_that_an_edit_voided_is_still_the_last_approved(desks: Desks) -> None:
    article = desks.approved()
    save_article(desks.editor, article, SECOND, base_revision=1)
    assert reading.read_article(desks.chief, article).approved_revision is None
    assert reading.read_history(desks.chief, article).approved_before(2) == 1


def test_what_was_on_the_site_and_what_is_there_are_told_apart(desks: Desks) -> None:
    article = desks.approved()
    publish_now(desks.chief, article)
    desks.publish()
    save_article(desks.editor, article, SECOND, base_revision=1)
    assert reading.read_history(desks.chief, article).live == 1
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    desks.publish()
    history = reading.read_history(desks.chief, article)
    outside = {(stone.revision, stone.kind) for stone in history.milestones if stone.site}
    assert outside == {(1, MilestoneKind.WAS_LIVE), (2, MilestoneKind.LIVE)}
    assert history.live == 2


def test_many_autosaves_are_read_without_their_contents(desks: Desks, newsroom_database_url: str) -> None:
    """A handful of statements, whatever the number of revisions, and none of them asks for a content."""
    article = create_article(desks.editor, GOOD).value
    for number in range(1, 40):
        save_article(desks.editor, article, GOOD.with_(lead=f"Вариант {number}."), base_revision=number)
    engine = open_engine(parse_url(newsroom_database_url))
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    with Database(engine).read() as work:
        history = work.histories.of(article)
    engine.dispose()
    asked = [statement for statement in statements if "revisions" in statement]
    assert len(history.revisions) == 40
    assert len(statements) < 10
    assert asked
    assert not any("content" in statement for statement in statements)


def test_restoring_makes_a_new_revision_and_keeps_the_others(desks: Desks) -> None:
    article = two_revisions(desks)
    assert restore_revision(desks.editor, article, 1, base_revision=2).value == 3
    now = reading.read_article(desks.editor, article)
    assert (now.revision, now.content) == (3, GOOD)
    assert [line.reason for line in reading.read_history(desks.editor, article).revisions] == [
        "возвращена версия 1",
        "время",
        "",
    ]


def test_restoring_what_stands_anyway_makes_no_revision(desks: Desks) -> None:
    article = two_revisions(desks)
    assert restore_revision(desks.editor, article, 2, base_revision=2).value == 2
    assert reading.read_article(desks.editor, article).revision == 2


def test_restoring_voids_the_approval_and_cancels_the_queue(desks: Desks) -> None:
    article = two_revisions(desks)
    submit(desks.editor, article)
    approve(desks.chief, article)
    restore_revision(desks.editor, article, 1, base_revision=2)
    now = reading.read_article(desks.editor, article)
    assert (now.review, now.approved_revision) == (ReviewState.DRAFT, None)
    assert [item.state for item in reading.read_queue(desks.editor)] == [QueueState.CANCELLED]


def test_restoring_over_a_newer_text_of_a_colleague_is_refused(desks: Desks) -> None:
    article = two_revisions(desks)
    with pytest.raises(StaleEdit, match="Корректор"):
        restore_revision(desks.editor, article, 1, base_revision=1)
    assert reading.read_article(desks.editor, article).content == SECOND


def test_an_unknown_version_is_refused(desks: Desks) -> None:
    with pytest.raises(NotFound, match="Версии 9"):
        restore_revision(desks.editor, two_revisions(desks), 9, base_revision=2)


def test_a_killed_article_gets_nothing_back(desks: Desks) -> None:
    article = desks.approved()
    save_article(desks.editor, article, SECOND, base_revision=1)
    kill(desks.chief, article, "ошибка источника")
    with pytest.raises(NotNow, match="аннулирована"):
        restore_revision(desks.editor, article, 1, base_revision=2)


def test_an_address_that_readers_do_not_know_does_not_come_back(desks: Desks) -> None:
    article = create_article(desks.editor, GOOD.with_(slug="pervyy")).value
    save_article(desks.editor, article, GOOD.with_(slug="vtoroy"), base_revision=1)
    submit(desks.editor, article)
    approve(desks.chief, article)
    publish_now(desks.chief, article)
    desks.publish()
    with pytest.raises(InvalidInput) as refused:
        restore_revision(desks.editor, article, 1, base_revision=2)
    assert refused.value.reasons[0].startswith("Версию 1 целиком вернуть нельзя")
    assert "vtoroy" in refused.value.reasons[1]
    assert reading.read_article(desks.editor, article).revision == 2
