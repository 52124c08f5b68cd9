"""Lines under doubtful words: where they are, what they offer, and that they leave the text and its history alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QTextCursor

from newsroom.domain.article import Content
from newsroom.domain.changes import Changes
from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind
from newsroom.text.document import Document, Paragraph, Run
from newsroom.text.markdown import parse
from newsroom.text.spelling.judging import Kind
from tests.ui.editor.conftest import cursor_at, press, type_text
from ui.dialogs.word import WordDialog
from ui.editor.article_pane import ArticlePane
from ui.editor.body_editor import BodyEditor


@pytest.fixture
def checked(pane: ArticlePane, qtbot) -> Iterator[ArticlePane]:
    """The pane with spelling on."""
    pane.spelling.set_on(True)
    qtbot.waitUntil(lambda: pane.spelling.marks.speller is not None)
    yield pane
    pane.end()


def show(pane: ArticlePane, markdown: str) -> None:
    pane.body.set_document(parse(markdown))
    pane.spelling.begin()


def marked(pane: ArticlePane, field=None) -> list[tuple[str, Kind]]:
    """What is marked in *field* as it is known now, in order, without looking."""
    field = field or pane.body
    block = field.document().begin()
    found = []
    while block.isValid():
        found += [(mark.word, mark.kind) for mark in pane.spelling.marks._known.get(block.text(), ())]
        block = block.next()
    return found


def place_of(body: BodyEditor, word: str) -> QPoint:
    """The middle of *word* in the viewport."""
    cursor = body.document().find(word)
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    return body.cursorRect(cursor).center()


def underlined(body: BodyEditor, word: str) -> bool:
    """Whether anything is painted under *word* in the colours of doubt."""
    from ui import theme

    cursor = body.document().find(word)
    left = body.cursorRect(QTextCursor(cursor.block())).left()
    begin, end = QTextCursor(cursor), QTextCursor(cursor)
    begin.setPosition(cursor.selectionStart())
    end.setPosition(cursor.selectionEnd())
    line = body.cursorRect(begin)
    picture = body.viewport().grab().toImage()
    danger = theme.color("danger")
    assert left <= line.left()
    return any(
        _alike(picture.pixelColor(x, y), danger)
        for x in range(line.left(), body.cursorRect(end).left())
        for y in range(line.top() + line.height() // 2, line.bottom() + 4)
    )


def _alike(one: QColor, other: QColor) -> bool:
    """Edges of what is painted are mixed with the ground."""
    return all(abs(a - b) < 32 for a, b in zip(one.toTuple(), other.toTuple(), strict=True))


def test_doubtful_words_are_marked_in_headline_lead_and_text(checked, qtbot) -> None:
    checked.head.set_texts("Открыли новую поликлиннику", "Жители c детьми довольны")
    show(checked, "Качество облуживания в Кедринске.")
    qtbot.waitUntil(lambda: marked(checked) == [("облуживания", Kind.FIRM), ("Кедринске", Kind.SOFT)])
    qtbot.waitUntil(lambda: marked(checked, checked.head.headline) == [("поликлиннику", Kind.FIRM)])
    qtbot.waitUntil(lambda: marked(checked, checked.head.lead) == [("c", Kind.LOOK_ALIKE)])
    qtbot.waitUntil(lambda: underlined(checked.body, "облуживания"))
    assert not underlined(checked.body, "Качество")


def test_places_are_right_behind_emoji(checked, qtbot) -> None:
    show(checked, "🔥🔥 комманда 🔥 и ещё комманда.")
    qtbot.waitUntil(lambda: len(marked(checked)) == 2)
    block = checked.body.document().begin()
    for mark in checked.spelling.marks.marks_of(block.text()):
        cursor = QTextCursor(block)
        cursor.setPosition(mark.begin)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        assert cursor.selectedText() == "комманда"


def test_the_word_under_the_hand_is_not_underlined_until_it_is_left(checked, qtbot) -> None:
    body = checked.body
    body.setFocus()
    qtbot.waitUntil(body.hasFocus)
    type_text(body, "Наша комманда")
    qtbot.waitUntil(lambda: marked(checked) == [("комманда", Kind.FIRM)])
    assert not underlined(body, "комманда")
    type_text(body, " ")
    qtbot.waitUntil(lambda: underlined(body, "комманда"))


def test_marks_stay_on_their_words_while_something_is_typed_before_them(checked, qtbot) -> None:
    body = checked.body
    show(checked, "Вся комманда здесь.")
    body.setFocus()
    qtbot.waitUntil(lambda: body.hasFocus() and underlined(body, "комманда"))
    cursor_at(body, 0)
    for letter in "И вот: ":
        type_text(body, letter)
        assert marked(checked) == [("комманда", Kind.FIRM)]
        assert underlined(body, "комманда")


def test_marks_stay_on_their_words_when_a_paragraph_is_parted(checked, qtbot) -> None:
    body = checked.body
    show(checked, "Вся комманда здесь. И облуживание тоже.")
    body.setFocus()
    qtbot.waitUntil(lambda: body.hasFocus() and len(marked(checked)) == 2)
    cursor_at(body, len("Вся комманда здесь. "))
    type_text(body, "\n")
    assert [word for word, _kind in marked(checked)] == ["комманда", "облуживание"]
    assert underlined(body, "комманда")
    assert underlined(body, "облуживание")


def test_marks_are_no_edit_and_no_undo_step(checked, qtbot) -> None:
    show(checked, "Качество облуживания.")
    edits = []
    checked.body.edited.connect(lambda: edits.append(1))
    qtbot.waitUntil(lambda: underlined(checked.body, "облуживания"))
    assert edits == []
    assert not checked.body.document().isUndoAvailable()
    assert checked.body.read_document() == Document((Paragraph((Run("Качество облуживания."),)),))


def test_the_menu_offers_the_right_word_and_puts_it_in_one_step(checked, qtbot) -> None:
    body = checked.body
    show(checked, "Скорость **облуживания** велика.")
    qtbot.waitUntil(lambda: len(marked(checked)) == 1)
    menu = body.make_menu(place_of(body, "облуживания"))
    first = menu.actions()[0]
    assert first.text() == "обслуживания"
    first.trigger()
    assert body.read_document() == parse("Скорость **обслуживания** велика.")
    body.undo()
    assert body.read_document() == parse("Скорость **облуживания** велика.")


def test_the_menu_elsewhere_offers_nothing_about_spelling(checked, qtbot) -> None:
    show(checked, "Скорость облуживания велика.")
    qtbot.waitUntil(lambda: len(marked(checked)) == 1)
    words = [action.text() for action in checked.body.make_menu(place_of(checked.body, "Скорость")).actions()]
    assert "Пропускать в этой статье" not in words


def test_a_word_passed_over_is_marked_again_in_the_next_article(checked, qtbot) -> None:
    body = checked.body
    show(checked, "Сплавконторы и сплавконторы.")
    qtbot.waitUntil(lambda: len(marked(checked)) == 2)
    menu = body.make_menu(place_of(body, "сплавконторы"))
    next(action for action in menu.actions() if action.text() == "Пропускать в этой статье").trigger()
    qtbot.waitUntil(lambda: body.document().begin().text() in checked.spelling.marks._known)
    assert marked(checked) == []
    checked.new_article()
    show(checked, "Сплавконторы и сплавконторы.")
    qtbot.waitUntil(lambda: len(marked(checked)) == 2)


def stored(office, article) -> frozenset[str]:
    from newsroom.desk.vocabulary import read_ignored

    return read_ignored(office.desk("chief"), article)


def test_what_is_passed_over_in_a_kept_article_stays_so_at_every_desk(checked, office, qtbot) -> None:
    article = office.write(Content("Сплавконторы", "Подводка.", "Новые сплавконторы."))
    checked.open(article)
    qtbot.waitUntil(lambda: marked(checked) == [("сплавконторы", Kind.SOFT)])
    checked.spelling.pass_over("сплавконторы")
    assert underlined(checked.body, "сплавконторы") is False
    qtbot.waitUntil(lambda: stored(office, article) == {"сплавконторы"})
    checked.new_article()
    checked.open(article)
    qtbot.waitUntil(lambda: checked.spelling.marks.is_passed_over("Сплавконторы"))
    menu = checked.body.make_menu(place_of(checked.body, "сплавконторы"))
    next(action for action in menu.actions() if action.text() == "Снова отмечать это слово").trigger()
    qtbot.waitUntil(lambda: marked(checked) == [("сплавконторы", Kind.SOFT)] and stored(office, article) == frozenset())


def test_what_is_passed_over_before_the_article_is_kept_is_kept_with_it(checked, office, qtbot) -> None:
    checked.body.setFocus()
    type_text(checked.body, "Новые сплавконторы.")
    qtbot.waitUntil(lambda: marked(checked) == [("сплавконторы", Kind.SOFT)])
    checked.spelling.pass_over("сплавконторы")
    checked.flush(lambda _saved: None)
    qtbot.waitUntil(lambda: checked.article is not None)
    qtbot.waitUntil(lambda: stored(office, checked.article.id) == {"сплавконторы"})
    assert checked.spelling.marks.is_passed_over("сплавконторы")


def test_a_word_of_the_house_is_right_at_once_wherever_it_was_entered(checked, office, qtbot) -> None:
    from newsroom.desk.vocabulary import remove_words, save_word

    show(checked, "В Кедринске снег, а видео в Tik-Tok.")
    qtbot.waitUntil(lambda: [word for word, _kind in marked(checked)] == ["Кедринске", "Tik-Tok"])
    # Another desk enters them; the window learns of it as it does of everything.
    save_word(office.desk("chief"), HouseWord("Кедринск", kind=WordKind.PLACE))
    save_word(office.desk("chief"), HouseWord("Tik-Tok", Verdict.FORBIDDEN, meant="TikTok"))
    office.ctx.changed.emit(Changes(words=True), None)
    qtbot.waitUntil(lambda: marked(checked) == [("Tik-Tok", Kind.FORBIDDEN)])
    remove_words(office.desk("chief"), ["Кедринск"])
    office.ctx.changed.emit(Changes(words=True), None)
    qtbot.waitUntil(lambda: len(marked(checked)) == 2)


def test_a_word_is_entered_from_the_menu_with_its_base_form(checked, office, qtbot) -> None:
    from newsroom.desk.vocabulary import read_words

    show(checked, "Снег в Кедринске.")
    qtbot.waitUntil(lambda: len(marked(checked)) == 1)
    menu = checked.body.make_menu(place_of(checked.body, "Кедринске"))
    next(action for action in menu.actions() if action.text() == "Внести в словарь редакции…").trigger()
    dialog = checked.page.window().findChild(WordDialog)
    qtbot.waitUntil(lambda: dialog.word() == HouseWord("Кедринск", kind=WordKind.PLACE))
    qtbot.waitUntil(lambda: "Кедринском" in dialog.forms.text())
    dialog.keep.click()
    qtbot.waitUntil(lambda: marked(checked) == [])
    assert [kept.word.text for kept in read_words(office.desk("chief"))] == ["Кедринск"]


def test_the_word_at_the_cursor_is_found_behind_emoji_and_stress_marks(checked, qtbot) -> None:
    body = checked.body
    show(checked, "🔥🔥 Замо\u0301к и сплавконторы.")
    body.setFocus()
    qtbot.waitUntil(body.hasFocus)
    for word in ("Замо\u0301к", "сплавконторы"):
        begin = body.toPlainText().encode("utf-16-le").index(word.encode("utf-16-le")) // 2
        for place in (begin, begin + 3, begin + len(word)):
            cursor_at(body, place)
            assert checked.spelling.word_at_cursor() == word
    cursor_at(body, 0)
    assert checked.spelling.word_at_cursor() == ""


def test_marks_stand_still_while_something_is_typed_elsewhere(checked, qtbot) -> None:
    """Not one painting in between is without them."""
    body = checked.body
    show(checked, "Вся комманда здесь.\n\nПродолжение")
    body.setFocus()
    qtbot.waitUntil(lambda: body.hasFocus() and underlined(body, "комманда"))
    cursor_at(body, len(body.toPlainText()))
    for letter in " следует, и облуживание ":
        type_text(body, letter)
        assert underlined(body, "комманда")
    qtbot.waitUntil(lambda: len(marked(checked)) == 2)
    assert underlined(body, "комманда")


def test_going_once_ends_at_the_last_word(checked, qtbot) -> None:
    checked.head.set_texts("Новая поликлинника", "Всё хорошо")
    show(checked, "Первая комманда.\n\nПлохое облуживание.")
    for by, expected in (
        (1, ["поликлинника", "комманда", "облуживание"]),
        (-1, ["облуживание", "комманда", "поликлинника"]),
    ):
        visited, ended, anew = [], [], True
        checked.spelling.none_left.connect(lambda ended=ended: ended.append(True))
        while not ended:
            checked.spelling.step_once(by, anew=anew)
            anew = False
            qtbot.waitUntil(lambda: checked.spelling._going is None)
            if not ended:
                field = next(one for one in (checked.head.headline, checked.head.lead, checked.body) if one.hasFocus())
                visited.append(field.textCursor().selectedText())
        assert visited == expected


def test_going_from_word_to_word_passes_through_all_fields_and_comes_round(checked, qtbot) -> None:
    checked.head.set_texts("Новая поликлинника", "Всё хорошо")
    show(checked, "Первая комманда.\n\nЗдесь всё верно.\n\nПлохое облуживание.")
    checked.body.setFocus()
    qtbot.waitUntil(checked.body.hasFocus)
    visited = []
    for by in (1, 1, 1, 1, -1, -1):
        checked.spelling.step(by)
        qtbot.waitUntil(lambda: checked.spelling._going is None)
        field = next(field for field in (checked.head.headline, checked.head.lead, checked.body) if field.hasFocus())
        visited.append(field.textCursor().selectedText())
    assert visited == ["комманда", "облуживание", "поликлинника", "комманда", "поликлинника", "облуживание"]


def test_where_no_word_is_doubtful_that_is_said(checked, qtbot) -> None:
    show(checked, "Здесь всё верно.")
    with qtbot.waitSignal(checked.spelling.none_left):
        checked.spelling.step(1)


def test_switched_off_nothing_is_marked_or_offered(checked, qtbot) -> None:
    show(checked, "Качество облуживания.")
    qtbot.waitUntil(lambda: underlined(checked.body, "облуживания"))
    checked.spelling.set_on(False)
    assert not underlined(checked.body, "облуживания")
    assert checked.body.make_menu(place_of(checked.body, "облуживания")).actions()[0].text() == "Отменить"
    checked.spelling.set_on(True)
    qtbot.waitUntil(lambda: underlined(checked.body, "облуживания"))


def test_hostile_text_is_typed_in_with_spelling_on(checked, qtbot) -> None:
    body = checked.body
    body.setFocus()
    for text in ("\ud83d", "a\u0301\u0300б\u0301", "\u202eслово\u202c", "ъ" * 400, "😀ком"):
        type_text(body, text)
        press(body, Qt.Key.Key_Return, text="\r")
    qtbot.waitUntil(lambda: not checked.spelling.marks._soon.isActive())
    body.grab()
