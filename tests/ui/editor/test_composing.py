"""A comment that is being written is lost neither by a kill, nor by a key too many, nor on its way."""

import pytest
from PySide6.QtCore import Qt

from newsroom.desk import commenting
from newsroom.domain.ids import ArticleId
from newsroom.journal import CommentEntry, Journal
from tests.newsrooms import GOOD
from tests.ui.editor.conftest import Office, press, type_text
from tests.ui.editor.test_commenting import WORDS, open_article, select, settle
from ui.editor.article_pane import ArticlePane


@pytest.fixture
def article(qtbot, office: Office, pane: ArticlePane) -> ArticleId:
    made = office.write(GOOD)
    open_article(qtbot, office, pane, made)
    return made


def begin(pane: ArticlePane, text: str, words: str = WORDS):
    """Begin a comment on *words*, and return its field."""
    select(pane, words)
    pane.comments.begin()
    field = pane.inspector.comments.composer.field
    type_text(field, text)
    return field


def kept(office: Office) -> list[CommentEntry]:
    """What a kill of the program would leave now."""
    return [one for folder in (office.newsroom.home / "journal").glob("*/") for one in Journal(folder).comments()]


def texts(office: Office, article: ArticleId) -> list[str]:
    return [one.text for one in commenting.list_comments(office.desk("chief"), article)]


def test_what_is_being_written_is_on_the_disk_until_the_newsroom_has_it(qtbot, office, pane, article) -> None:
    field = begin(pane, "Кто это")
    qtbot.waitUntil(lambda: bool(kept(office)))
    [entry] = kept(office)
    assert (entry.article, entry.comment, entry.text, entry.login) == (article, None, "Кто это", "editor")
    assert entry.place.anchor.selected == WORDS
    type_text(field, " сказал?")
    qtbot.waitUntil(lambda: [one.text for one in kept(office)] == ["Кто это сказал?"])
    press(field, Qt.Key.Key_Return, text="\r")
    settle(qtbot, office, pane)
    assert texts(office, article) == ["Кто это сказал?"]
    qtbot.waitUntil(lambda: kept(office) == [])


def test_a_comment_being_reworded_is_on_the_disk_with_its_number(qtbot, office, pane, article) -> None:
    own = commenting.comment_on_words(office.desk("editor"), article, "ремонт", "Какой").value
    pane.open(article)
    settle(qtbot, office, pane)
    open_article(qtbot, office, pane, office.write(GOOD.with_(headline="Другая")))
    open_article(qtbot, office, pane, article)
    pane.inspector.comments.reword_wanted.emit(int(own))
    type_text(pane.inspector.comments.composer.field, " именно?")
    qtbot.waitUntil(lambda: bool(kept(office)))
    assert [(one.comment, one.text) for one in kept(office)] == [(own, "Какой именно?")]


def test_enter_pressed_again_and_again_makes_one_comment(qtbot, office, pane, article) -> None:
    field = begin(pane, "Кто?")
    for _press in range(4):
        press(field, Qt.Key.Key_Return, text="\r")
    pane.comments.composing.keep_begun(lambda _kept: None)
    press(field, Qt.Key.Key_Escape)
    settle(qtbot, office, pane)
    assert texts(office, article) == ["Кто?"]


def test_a_comment_dropped_can_be_had_back(qtbot, office, pane, article) -> None:
    told = []
    office.ctx.message.connect(lambda words, undo: told.append((words, undo)))
    field = begin(pane, "Долго писали")
    qtbot.waitUntil(lambda: bool(kept(office)))
    press(field, Qt.Key.Key_Escape)
    settle(qtbot, office, pane)
    qtbot.waitUntil(lambda: kept(office) == [])
    [(words, take_back)] = told
    assert words == "Комментарий отброшен."
    take_back()
    assert pane.inspector.comments.composer.text == "Долго писали"
    press(field, Qt.Key.Key_Return, text="\r")
    settle(qtbot, office, pane)
    [comment] = commenting.list_comments(office.desk("chief"), article)
    assert (comment.text, comment.first.selected) == ("Долго писали", WORDS)


def test_an_empty_comment_is_dropped_without_a_word(qtbot, office, pane, article) -> None:
    told = []
    office.ctx.message.connect(lambda words, _undo: told.append(words))
    press(begin(pane, ""), Qt.Key.Key_Escape)
    assert told == []


def test_rewording_another_comment_keeps_what_was_being_written(qtbot, office, pane, article) -> None:
    begin(pane, "Первый")
    press(pane.inspector.comments.composer.field, Qt.Key.Key_Return, text="\r")
    settle(qtbot, office, pane)
    [own] = commenting.list_comments(office.desk("chief"), article)
    begin(pane, "Второй", "рейсовый автобус")
    pane.inspector.comments.reword_wanted.emit(int(own.id))
    settle(qtbot, office, pane)
    assert sorted(texts(office, article)) == ["Второй", "Первый"]
    assert pane.inspector.comments.composer.text == "Первый"
    begin(pane, "", "Подрядчик")
    settle(qtbot, office, pane)
    assert pane.inspector.comments.composer.text == ""
    assert not pane.inspector.comments.composer.isHidden()
    assert sorted(texts(office, article)) == ["Второй", "Первый"]


def test_what_the_newsroom_refuses_stays_in_the_composer_and_on_the_disk(qtbot, office, pane, article) -> None:
    begin(pane, "Половинка")
    composer = pane.inspector.comments.composer
    composer.field.insertPlainText("\x00")
    composer.keep.click()
    qtbot.waitUntil(lambda: bool(office.failures))
    settle(qtbot, office, pane)
    office.failures.clear()
    assert composer.text.startswith("Половинка")
    assert not composer.field.isReadOnly()
    assert pane.safe
    pane.end()
    settle(qtbot, office, pane)
    assert [one.text[:9] for one in kept(office)] == ["Половинка"]


def test_the_last_letters_before_the_end_are_on_the_disk_too(qtbot, office, pane, article) -> None:
    begin(pane, "Успел")
    assert kept(office) == []
    pane.end()
    settle(qtbot, office, pane)
    assert [one.text for one in kept(office)] == ["Успел"]


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_promised(qtbot, office, pane, article) -> None:
    told = []
    office.ctx.message.connect(lambda words, _undo: told.append(words))
    (office.newsroom.home / "journal").write_text("здесь файл")
    begin(pane, "Не записать")
    qtbot.waitUntil(lambda: bool(told))
    assert "не записана" in told[0]
    assert not pane.safe
    pane.inspector.comments.composer.keep.click()
    settle(qtbot, office, pane)
    assert texts(office, article) == ["Не записать"]
