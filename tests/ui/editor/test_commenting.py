"""Comments at the window: written on selected words, following them while they are typed on, seen by every desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton

from newsroom.desk import commenting, reading, review, writing
from newsroom.domain.article import Content
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.domain.people import Action
from newsroom.domain.states import ReviewState
from tests.newsrooms import GOOD
from tests.ui.editor.conftest import SHIFT, Office, press, type_text
from ui import theme
from ui.dialogs.frame import Frame
from ui.editor.article_pane import ArticlePane

WORDS = "закончил ремонт на месяц раньше"


@pytest.fixture
def article(office: Office) -> ArticleId:
    return office.write(GOOD)


@pytest.fixture
def comment(office: Office, article: ArticleId) -> CommentId:
    return commenting.comment_on_words(office.desk("chief"), article, WORDS, "Кто это сказал?").value


def settle(qtbot, office: Office, pane: ArticlePane) -> None:
    qtbot.waitUntil(lambda: pane.idle() and not office.busy and office.ctx.tasks.idle)


def open_article(qtbot, office: Office, pane: ArticlePane, article: ArticleId) -> None:
    with qtbot.waitSignal(pane.article_opened):
        pane.open(article)
    settle(qtbot, office, pane)


def select(pane: ArticlePane, words: str) -> None:
    """Select *words* in the text of the open article."""
    cursor = pane.body.document().find(words)
    assert not cursor.isNull()
    pane.body.setTextCursor(cursor)
    pane.body.setFocus()


def marked(pane: ArticlePane, comment: CommentId) -> str | None:
    """The words under the mark of *comment*; None where there is none."""
    span = pane.comments.marks.span(comment)
    if span is None:
        return None
    field, begin, end = span
    edit = {Field.HEADLINE: pane.head.headline, Field.LEAD: pane.head.lead, Field.BODY: pane.body}[field]
    cursor = QTextCursor(edit.document())
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def said(pane: ArticlePane) -> list[str]:
    """Everything that the section of comments shows."""
    return [label.text() for label in pane.inspector.comments.findChildren(QLabel) if not label.isHidden()]


def test_selected_words_are_commented_on_with_the_keyboard_alone(qtbot, office, pane, article) -> None:
    open_article(qtbot, office, pane, article)
    select(pane, WORDS)
    pane.comments.begin()
    field = pane.inspector.comments.composer.field
    type_text(field, "Кто")
    press(field, Qt.Key.Key_Return, SHIFT, "\r")
    type_text(field, "это?")
    press(field, Qt.Key.Key_Return, text="\r")
    settle(qtbot, office, pane)
    [placed] = commenting.read_comments(office.desk("chief"), article)
    assert (placed.comment.text, placed.comment.first.selected) == ("Кто\nэто?", WORDS)
    assert placed.comment.author == office.desk("editor").person.id
    assert marked(pane, placed.comment.id) == WORDS
    assert pane.inspector.comments.composer.isHidden()
    assert office.read(article).revision == 1


def test_escape_drops_what_was_begun(qtbot, office, pane, article) -> None:
    open_article(qtbot, office, pane, article)
    select(pane, WORDS)
    pane.comments.begin()
    field = pane.inspector.comments.composer.field
    type_text(field, "Нет")
    press(field, Qt.Key.Key_Escape)
    settle(qtbot, office, pane)
    assert commenting.read_comments(office.desk("chief"), article) == []
    assert pane.inspector.comments.composer.isHidden()


def test_without_a_selection_the_word_at_the_cursor_is_meant(qtbot, office, pane, article) -> None:
    open_article(qtbot, office, pane, article)
    pane.head.lead.setFocus()
    pane.head.lead.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.waitUntil(pane.head.lead.hasFocus)
    pane.comments.begin()
    assert any("«Движение»" in text for text in said(pane))


def test_a_comment_on_a_new_article_keeps_the_article_first(qtbot, office, pane) -> None:
    pane.new_article()
    type_text(pane.head.headline, "Мост")
    pane.head.headline.selectAll()
    pane.comments.begin()
    type_text(pane.inspector.comments.composer.field, "Какой")
    pane.inspector.comments.composer.keep.click()
    qtbot.waitUntil(lambda: pane.article is not None)
    settle(qtbot, office, pane)
    assert pane.article is not None
    [placed] = commenting.read_comments(office.desk("chief"), pane.article.id)
    assert placed.comment.first.selected == "Мост"
    assert marked(pane, placed.comment.id) == "Мост"


def test_a_comment_begun_is_kept_when_another_article_is_opened(qtbot, office, pane, article) -> None:
    other = office.write(Content(headline="Другая"))
    open_article(qtbot, office, pane, article)
    select(pane, WORDS)
    pane.comments.begin()
    type_text(pane.inspector.comments.composer.field, "Точно")
    open_article(qtbot, office, pane, other)
    assert [one.comment.text for one in commenting.read_comments(office.desk("chief"), article)] == ["Точно"]
    assert pane.inspector.comments.composer.isHidden()


def test_a_comment_being_reworded_is_kept_when_another_article_is_opened(qtbot, office, pane, article, comment) -> None:
    own = commenting.comment_on_words(office.desk("editor"), article, "ремонт", "Какой").value
    other = office.write(Content(headline="Другая"))
    open_article(qtbot, office, pane, article)
    pane.inspector.comments.reword_wanted.emit(int(own))
    type_text(pane.inspector.comments.composer.field, " именно?")
    open_article(qtbot, office, pane, other)
    assert [one.comment.text for one in commenting.read_comments(office.desk("chief"), article)] == [
        "Кто это сказал?",
        "Какой именно?",
    ]


def test_a_mark_follows_its_words_while_one_types(qtbot, office, pane, article, comment) -> None:
    open_article(qtbot, office, pane, article)
    assert marked(pane, comment) == WORDS
    pane.body.moveCursor(QTextCursor.MoveOperation.Start)
    type_text(pane.body, "Новость.\n😀 ")
    select(pane, "на месяц")
    type_text(pane.body, "куда")
    cursor = pane.body.document().find("раньше")
    cursor.setPosition(cursor.selectionEnd())
    pane.body.setTextCursor(cursor)
    type_text(pane.body, " всех")
    assert marked(pane, comment) == "закончил ремонт куда раньше"
    pane.flush(lambda _saved: None)
    settle(qtbot, office, pane)
    [placed] = commenting.read_comments(office.desk("chief"), article)
    assert placed.comment.place.anchor.selected == "закончил ремонт куда раньше"
    assert placed.span is not None
    assert "Новость.\n\n😀 Подрядчик закончил" in reading.read_article(office.desk("chief"), article).content.body


def test_deleted_words_are_told_gone_and_undo_brings_the_mark_back(qtbot, office, pane, article, comment) -> None:
    open_article(qtbot, office, pane, article)
    select(pane, WORDS)
    press(pane.body, Qt.Key.Key_Delete)
    settle(qtbot, office, pane)
    assert marked(pane, comment) is None
    assert "Этих слов в тексте больше нет." in said(pane)
    pane.body.undo()
    settle(qtbot, office, pane)
    assert marked(pane, comment) == WORDS
    assert "Этих слов в тексте больше нет." not in said(pane)


def test_words_cut_and_pasted_elsewhere_take_their_comment_along(qtbot, office, pane, article, comment) -> None:
    open_article(qtbot, office, pane, article)
    select(pane, "Подрядчик закончил ремонт на месяц раньше срока.")
    pane.body.cut()
    pane.body.moveCursor(QTextCursor.MoveOperation.End)
    pane.body.paste()
    settle(qtbot, office, pane)
    assert marked(pane, comment) == WORDS


def test_a_colleagues_edit_and_an_older_revision_keep_the_comment_at_its_words(
    qtbot, office, pane, article, comment
) -> None:
    open_article(qtbot, office, pane, article)
    chief = office.desk("chief")
    body = f"Во вторник сообщили в мэрии.\n\n{GOOD.body.replace('на месяц', 'на неделю')}"
    office.ctx.act(lambda _desk: writing.save_article(chief, article, GOOD.with_(body=body), base_revision=1), None)
    settle(qtbot, office, pane)
    assert marked(pane, comment) == "закончил ремонт на неделю раньше"
    office.ctx.act(lambda _desk: writing.restore_revision(chief, article, 1, base_revision=2), None)
    settle(qtbot, office, pane)
    assert marked(pane, comment) == WORDS


def test_resolved_comments_leave_page_and_list_until_they_are_asked_for(qtbot, office, pane, article, comment) -> None:
    open_article(qtbot, office, pane, article)
    section = pane.inspector.comments
    assert pane.comments.step(1)
    assert pane.comments.resolve_current()
    settle(qtbot, office, pane)
    [placed] = commenting.read_comments(office.desk("chief"), article)
    assert placed.comment.resolved_by == office.desk("editor").person.name
    assert "Кто это сказал?" not in said(pane)
    assert pane.comments.marks.in_order() == []
    assert section.settled.text() == "Решённые · 1"
    section.settled.click()
    assert "Кто это сказал?" in said(pane)
    assert pane.comments.marks.in_order() == [comment]
    assert not pane.comments.resolve_current()


def test_only_ones_own_comment_can_be_changed_or_deleted(qtbot, office, pane, article, comment) -> None:
    own = commenting.comment_on_words(office.desk("editor"), article, "полдень", "Чей?").value
    open_article(qtbot, office, pane, article)
    section = pane.inspector.comments
    section.reword_wanted.emit(own)
    assert section.composer.text == "Чей?"
    section.composer.field.setPlainText("Чей пояс?")
    section.composer.keep.click()
    settle(qtbot, office, pane)
    texts = [placed.comment.text for placed in commenting.read_comments(office.desk("chief"), article)]
    assert texts == ["Чей пояс?", "Кто это сказал?"]
    section.delete_wanted.emit(own)
    [dialog] = [one for one in pane.inspector.window().findChildren(Frame) if one.isVisible()]
    dialog.accept()
    settle(qtbot, office, pane)
    assert [one.comment.id for one in commenting.read_comments(office.desk("chief"), article)] == [comment]


def test_keys_walk_from_one_comment_to_the_next_and_round(qtbot, office, pane, article, comment) -> None:
    commenting.comment_on_words(office.desk("chief"), article, "Мост", "Какой?")
    commenting.comment_on_words(office.desk("chief"), article, "рейсовый автобус", "Номер?")
    open_article(qtbot, office, pane, article)
    walked = []
    for _step in range(4):
        assert pane.comments.step(1)
        edit = next(one for one in (pane.head.headline, pane.head.lead, pane.body) if one.hasFocus())
        walked.append(edit.toPlainText()[edit.textCursor().position() :][:8])
    assert walked == ["Мост чер", "закончил", "рейсовый", "Мост чер"]
    assert pane.comments.step(-1)
    assert pane.body.hasFocus()


def test_the_card_of_the_words_at_the_cursor_is_set_off(qtbot, office, pane, article, comment) -> None:
    open_article(qtbot, office, pane, article)
    cursor = pane.body.document().find("ремонт")
    cursor.setPosition(cursor.selectionStart() + 2)
    pane.body.setFocus()
    qtbot.waitUntil(pane.body.hasFocus)
    pane.body.setTextCursor(cursor)
    settle(qtbot, office, pane)
    assert pane.comments.resolve_current()


def test_marks_are_painted_and_are_no_part_of_the_text(qtbot, office, pane, article, comment) -> None:
    open_article(qtbot, office, pane, article)

    def colours() -> set[str]:
        image = pane.body.viewport().grab().toImage()
        return {QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 2) for y in range(image.height())}

    assert {theme.color("commented").name(), theme.color("commented_line").name()} <= colours()
    assert not pane.body.document().isUndoAvailable()
    pane.comments.resolve(comment)
    settle(qtbot, office, pane)
    assert theme.color("commented").name() not in colours()


def test_hostile_comments_are_shown_as_plain_text(qtbot, office, pane, article) -> None:
    commenting.comment_on_words(office.desk("chief"), article, "полдень", "<img src=x>&amp;<b>жирно</b>")
    open_article(qtbot, office, pane, article)
    assert "<img src=x>&amp;<b>жирно</b>" in said(pane)


def test_the_chief_is_asked_about_unresolved_comments_before_approval(qtbot, office, pane, article, comment) -> None:
    review.submit(office.desk("editor"), article)
    office.sit_down("chief")
    open_article(qtbot, office, pane, article)

    def asked() -> Frame:
        pane.header.move_chosen.emit(Action.APPROVE)
        qtbot.waitUntil(lambda: any(one.isVisible() for one in pane.text_pane.findChildren(Frame)))
        return next(one for one in pane.text_pane.findChildren(Frame) if one.isVisible())

    dialog = asked()
    assert any("Кто это сказал?" in label.text() for label in dialog.findChildren(QLabel))
    buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
    buttons["Вернуться к тексту"].click()
    settle(qtbot, office, pane)
    assert office.read(article).review is ReviewState.SUBMITTED
    dialog = asked()
    {button.text(): button for button in dialog.findChildren(QPushButton)}["Одобрить всё равно"].click()
    settle(qtbot, office, pane)
    assert office.read(article).review is ReviewState.APPROVED
