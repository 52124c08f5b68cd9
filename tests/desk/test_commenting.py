"""Comments: tied to words, following them through edits, seen by the whole desk and asked about at approval."""

from collections.abc import Callable

import pytest

from newsroom.desk import reading
from newsroom.desk.commenting import (
    add_comment,
    comment_on_words,
    delete_comment,
    place_comments,
    read_comments,
    reopen_comment,
    resolve_comment,
    reword_comment,
)
from newsroom.desk.review import approve, submit
from newsroom.desk.session import Desk
from newsroom.desk.writing import create_article, restore_revision, save_article
from newsroom.domain.anchors import LONGEST, Anchor
from newsroom.domain.article import content_hash
from newsroom.domain.comments import LONGEST_COMMENT, Place, Span
from newsroom.domain.errors import Forbidden, InvalidInput, NotFound, Unsettled
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.domain.states import ReviewState
from newsroom.text.anchors import anchor_of
from tests.newsrooms import GOOD, Desks

BODY = GOOD.body


def words_of(desk: Desk, article: ArticleId) -> list[str | None]:
    """The words that each comment stands at now; None where they are gone."""
    content = reading.read_article(desk, article).content
    texts = {Field.HEADLINE: content.headline, Field.LEAD: content.lead, Field.BODY: content.body}
    spans = [placed.span for placed in read_comments(desk, article)]
    return [None if span is None else texts[span.field][span.begin : span.end] for span in spans]


@pytest.fixture
def article(desks: Desks) -> ArticleId:
    return create_article(desks.editor, GOOD).value


def test_a_comment_says_who_when_and_of_which_words(desks: Desks, article: ArticleId) -> None:
    made = comment_on_words(desks.chief, article, "на месяц раньше срока", "  Кто это сказал?\nНужна ссылка. ")
    assert made.changes.articles == {article}
    [placed] = read_comments(desks.editor, article)
    comment = placed.comment
    assert (comment.id, comment.text, comment.author) == (
        made.value,
        "Кто это сказал?\nНужна ссылка.",
        desks.chief.person.id,
    )
    assert (comment.author_name, comment.is_resolved, comment.words) == (
        desks.chief.person.name,
        False,
        "на месяц раньше срока",
    )
    assert comment.made_at <= reading.read_counters(desks.editor).now
    assert placed.span == Span(Field.BODY, BODY.index("на месяц"), BODY.index("."))


@pytest.mark.parametrize("login", ["editor", "proofreader", "chief"])
def test_everybody_may_comment_and_resolve(desks: Desks, article: ArticleId, login: str) -> None:
    desk = desks.newsroom.sign_in(login)
    comment = comment_on_words(desk, article, "автобусы", "Какие?").value
    resolve_comment(desks.editor, comment)
    [placed] = read_comments(desk, article)
    assert (placed.comment.is_resolved, placed.comment.resolved_by) == (True, desks.editor.person.name)
    reopen_comment(desk, comment)
    [placed] = read_comments(desk, article)
    assert (placed.comment.is_resolved, placed.comment.resolved_by, placed.comment.resolved_at) == (False, "", None)


def test_who_resolved_first_is_kept(desks: Desks, article: ArticleId) -> None:
    comment = comment_on_words(desks.editor, article, "полдень", "Точно?").value
    first = resolve_comment(desks.chief, comment)
    again = resolve_comment(desks.editor, comment)
    assert (bool(first.changes), bool(again.changes)) == (True, False)
    assert read_comments(desks.editor, article)[0].comment.resolved_by == desks.chief.person.name


def test_only_its_author_rewords_or_deletes_a_comment(desks: Desks, article: ArticleId) -> None:
    comment = comment_on_words(desks.proofreader, article, "полдень", "Пояс?").value
    attempts: list[Callable[[], object]] = [
        lambda: reword_comment(desks.chief, comment, "Нет"),
        lambda: delete_comment(desks.chief, comment),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden, match=desks.proofreader.person.name):
            attempt()
    reword_comment(desks.proofreader, comment, "Местное время?")
    [placed] = read_comments(desks.chief, article)
    assert placed.comment.text == "Местное время?"
    assert placed.comment.reworded_at is not None
    delete_comment(desks.proofreader, comment)
    assert read_comments(desks.chief, article) == []
    with pytest.raises(NotFound):
        resolve_comment(desks.chief, comment)


@pytest.mark.parametrize("text", ["", " \n ", "я" * (LONGEST_COMMENT + 1), "а\0б", "\ud83d"])
def test_a_comment_without_a_storable_text_is_refused(desks: Desks, article: ArticleId, text: str) -> None:
    with pytest.raises(InvalidInput):
        comment_on_words(desks.editor, article, "полдень", text)
    assert read_comments(desks.editor, article) == []


@pytest.mark.parametrize(
    "place",
    [
        Place(Field.BODY, Anchor("", " ", "", 0)),
        Place(Field.BODY, Anchor("", "я" * (LONGEST + 1), "", 0)),
        Place(Field.TAGS, Anchor("", "мост", "", 0)),
    ],
    ids=["blanks", "too long", "another field"],
)
def test_a_comment_needs_words_of_the_text(desks: Desks, article: ArticleId, place: Place) -> None:
    with pytest.raises(InvalidInput, match="Выделите слова"):
        add_comment(desks.editor, article, place, "Что это?")


@pytest.mark.parametrize(("words", "told"), [("трамвай", "в статье нет"), (" ", "в статье нет"), ("автобус", "не раз")])
def test_words_that_do_not_name_one_place_are_refused(desks: Desks, article: ArticleId, words: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        comment_on_words(desks.editor, article, words, "Что?")


def test_comments_come_in_reading_order(desks: Desks, article: ArticleId) -> None:
    for words in ("рейсовый автобус", "Подрядчик", "Движение", "протоку", "В пятницу"[2:]):
        comment_on_words(desks.editor, article, words.strip(), "…")
    assert words_of(desks.editor, article) == ["протоку", "пятницу", "Движение", "Подрядчик", "рейсовый автобус"]


def test_a_comment_follows_its_words_through_edits_of_others(desks: Desks, article: ArticleId) -> None:
    comment_on_words(desks.chief, article, "закончил ремонт на месяц раньше срока", "Проверить")
    comment_on_words(desks.chief, article, "по новому пути", "По какому?")
    changed = GOOD.with_(
        body=f"Во вторник об этом сообщили в мэрии.\n\n{BODY.replace('на месяц', 'на две недели')}",
        lead="Автобусы пойдут по новому пути, движение начнётся в полдень.",
    )
    save_article(desks.editor, article, changed, base_revision=1)
    assert words_of(desks.chief, article) == ["по новому пути", "закончил ремонт на две недели раньше срока"]


def test_a_comment_follows_a_sentence_from_the_lead_into_the_text(desks: Desks, article: ArticleId) -> None:
    comment_on_words(desks.chief, article, "автобусы пойдут по новому пути", "Маршруты те же?")
    moved = GOOD.with_(lead="Движение начнётся в полдень.", body=f"Сначала автобусы пойдут по новому пути.\n\n{BODY}")
    save_article(desks.editor, article, moved, base_revision=1)
    [placed] = read_comments(desks.chief, article)
    assert placed.span is None or placed.span.field is Field.BODY


def test_a_comment_whose_words_are_gone_stays_and_says_what_it_was_about(desks: Desks, article: ArticleId) -> None:
    comment_on_words(desks.chief, article, "рейсовый автобус", "Какой номер?")
    save_article(desks.editor, article, GOOD.with_(body="Подробности позже."), base_revision=1)
    [placed] = read_comments(desks.editor, article)
    assert (placed.span, placed.comment.words) == (None, "рейсовый автобус")
    restore_revision(desks.editor, article, 1, base_revision=2)
    assert words_of(desks.editor, article) == ["рейсовый автобус"]


def test_saving_carries_the_new_places(desks: Desks, article: ArticleId) -> None:
    """The desk that writes knows where the words went, however much they have changed."""
    comment = comment_on_words(desks.chief, article, "Первым по мосту", "Точно первым?").value
    body = "Город ждал этого год.\n\nНа другой берег раньше всех поедет рейсовый автобус."
    begin = body.index("На другой берег раньше всех")
    place = Place(Field.BODY, anchor_of(body, begin, begin + 27))
    others = {CommentId(comment + 1): place}
    save_article(desks.editor, article, GOOD.with_(body=body), base_revision=1, comments={comment: place} | others)
    assert words_of(desks.chief, article) == ["На другой берег раньше всех"]
    assert [placed.comment.words for placed in read_comments(desks.chief, article)] == ["Первым по мосту"]


def test_restoring_an_older_text_finds_the_words_as_they_were_first(desks: Desks, article: ArticleId) -> None:
    test_saving_carries_the_new_places(desks, article)
    restore_revision(desks.editor, article, 1, base_revision=2)
    assert words_of(desks.chief, article) == ["Первым по мосту"]
    assert read_comments(desks.chief, article, revision=2)[0].span is not None


def test_no_place_of_another_articles_comment_is_changed(desks: Desks, article: ArticleId) -> None:
    comment = comment_on_words(desks.chief, article, "полдень", "?").value
    other = create_article(desks.editor, GOOD).value
    place = Place(Field.LEAD, anchor_of("В полночь.", 2, 9))
    save_article(desks.editor, other, GOOD.with_(lead="В полночь."), base_revision=1, comments={comment: place})
    assert words_of(desks.chief, article) == ["полдень"]


def test_a_stranger_edit_between_reading_and_placing_is_no_error(desks: Desks, article: ArticleId) -> None:
    comment_on_words(desks.chief, article, "полдень", "?")
    comments = [placed.comment for placed in read_comments(desks.chief, article)]
    assert [placed.span for placed in place_comments(GOOD.with_(lead=""), comments)] == [None]


def test_approval_is_refused_while_comments_are_unresolved_that_were_not_seen(desks: Desks, article: ArticleId) -> None:
    first = comment_on_words(desks.editor, article, "полдень", "Местное время?").value
    settled = comment_on_words(desks.editor, article, "Подрядчик", "Кто?").value
    resolve_comment(desks.editor, settled)
    submit(desks.editor, article)
    with pytest.raises(Unsettled) as refused:
        approve(desks.chief, article)
    assert [comment.id for comment in refused.value.comments] == [first]
    assert "«полдень»: Местное время?" in str(refused.value)
    second = comment_on_words(desks.proofreader, article, "рейсовый", "Лишнее").value
    with pytest.raises(Unsettled) as again:
        approve(desks.chief, article, comments_seen=[first])
    assert [comment.id for comment in again.value.comments] == [first, second]
    assert reading.read_queue(desks.chief) == []
    approve(desks.chief, article, comments_seen=[first, second])
    assert reading.read_article(desks.chief, article).review is ReviewState.APPROVED


def test_commenting_is_no_edit(desks: Desks) -> None:
    """No revision, no other hash, and an approval that stands goes on standing."""
    approved = desks.approved()
    before = reading.read_article(desks.editor, approved)
    comment_on_words(desks.editor, approved, "полдень", "Потом уточним")
    after = reading.read_article(desks.editor, approved)
    assert after == before
    assert after.hash == content_hash(GOOD)
    assert [item.state.is_open for item in reading.read_queue(desks.chief)] == [True]


def test_other_desks_learn_of_comments_and_the_log_names_them(desks: Desks, article: ArticleId) -> None:
    newest = reading.newest_activity(desks.editor)
    comment = comment_on_words(desks.chief, article, "полдень", "Чей?").value
    newest, changes = reading.changes_since(desks.editor, newest)
    assert changes.articles == {article}
    reword_comment(desks.chief, comment, "Чей пояс?")
    resolve_comment(desks.editor, comment)
    reopen_comment(desks.editor, comment)
    delete_comment(desks.chief, comment)
    assert [(line.who, line.what, line.detail) for line in reading.read_activity(desks.editor, article)][:5] == [
        ("chief", "delete-comment", "полдень"),
        ("editor", "reopen-comment", "полдень"),
        ("editor", "resolve-comment", "полдень"),
        ("chief", "reword-comment", "полдень"),
        ("chief", "comment", "полдень"),
    ]
