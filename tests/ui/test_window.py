"""The window over a real newsroom: first run, list, filters, new articles, other desks, language, closing."""

import gc
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QPushButton
from shiboken6 import isValid

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId, CommentId, RubricSlug
from newsroom.domain.states import Label
from newsroom.words import use_language
from ui.app import Program
from ui.articles.model import Role
from ui.dialogs.frame import Frame
from ui.menus import redo_keys
from ui.widgets import PlainLabel
from ui.window_place import on_screen

WAIT = 10_000


def content(headline: str) -> Content:
    return Content(
        headline,
        "Подводка.",
        "Первый абзац.",
        RubricSlug("obshchestvo"),
        byline="Анна Котова",
        age=AgeRating.TWELVE,
    )


@pytest.fixture
def home(tmp_path) -> Path:
    """A newsroom with three drafts and one article waiting for the chief."""
    from newsroom.app import create_newsroom
    from newsroom.desk import review, writing

    home = tmp_path / "home"
    newsroom = create_newsroom(home, house=House("Вестник", "Asia/Vladivostok"))
    desk = newsroom.sign_in("editor")
    for number in range(3):
        writing.create_article(desk, content(f"Черновик {number}"))
    waiting = writing.create_article(desk, content("Мост откроют в пятницу")).value
    review.submit(desk, waiting)
    newsroom.close()
    return home


@pytest.fixture
def start(qtbot, qapp):
    """Starts the program in a home, and ends it after the test."""
    programs: list[Program] = []

    def begin(home: Path, **wanted: str) -> Program:
        program = Program(qapp, home, theme="light", **wanted)
        programs.append(program)
        program.show()
        # Room for all three panes; smaller screens fold the list.
        program.window.resize(1280, 760)
        return program

    yield begin
    for program in programs:
        end(qtbot, program)
        program.window.deleteLater()
        program.deleteLater()
    use_language("ru")


def loaded(qtbot, program: Program, rows: int = 4) -> None:
    qtbot.waitUntil(lambda: program.ctx.desk is not None, timeout=WAIT)
    model = program.window.articles.model
    qtbot.waitUntil(lambda: model.rowCount() == rows and all(map(model.row, model.ids)), timeout=WAIT)
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


def end(qtbot, program: Program) -> None:
    program.window.close_now()
    qtbot.waitUntil(lambda: program.session.closed, timeout=WAIT)


def headlines(program: Program) -> list[str]:
    model = program.window.articles.model
    return [model.index(place).data() for place in range(model.rowCount())]


def type_text(widget, text: str) -> None:
    """Keys as an input method sends them; `qtbot.keyClicks` cannot type Cyrillic."""
    for letter in text:
        QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def test_an_empty_home_offers_to_make_a_newsroom(qtbot, start, tmp_path):
    program = start(tmp_path / "empty")
    qtbot.waitUntil(program.window.start.isVisible, timeout=WAIT)
    program.window.next_pane()  # there is none
    program.window.start.create_button.click()
    qtbot.waitUntil(lambda: program.ctx.newsroom is not None, timeout=WAIT)
    dialog = next(child for child in program.window.children() if type(child).__name__ == "SignInDialog")
    assert [dialog.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(3)] == [
        "editor",
        "proofreader",
        "chief",
    ]
    dialog.accept()
    qtbot.waitUntil(lambda: program.ctx.desk is not None, timeout=WAIT)
    assert program.preferences.last_login == "editor"


def test_a_broken_home_says_so_and_can_be_tried_again(qtbot, start, home):
    settings = home / "newsroom.toml"
    kept = settings.read_text("utf-8")
    settings.write_text("database = 5", "utf-8")
    program = start(home, login="chief")
    qtbot.waitUntil(program.window.start.retry_button.isVisible, timeout=WAIT)
    settings.write_text(kept, "utf-8")
    program.window.start.retry_button.click()
    loaded(qtbot, program)


def test_the_list_opens_with_its_newest_article(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    assert headlines(program)[0] == "Мост откроют в пятницу"
    qtbot.waitUntil(lambda: window.articles.pane.article is not None, timeout=WAIT)
    assert window.articles.pane.article.content.headline == "Мост откроют в пятницу"
    assert window.rail.buttons["queue"].accessibleName() == "Очередь, 1 ждёт одобрения"


def test_the_next_session_shows_the_rows_before_the_newsroom_is_open(qtbot, start, home):
    first = start(home, login="editor")
    loaded(qtbot, first)
    end(qtbot, first)
    second = start(home)
    assert headlines(second)[0] == "Мост откроют в пятницу"
    assert second.ctx.newsroom is None
    loaded(qtbot, second)
    assert second.ctx.desk.person.login == "editor"


def test_search_and_filters_narrow_the_list(qtbot, start, home):
    program = start(home, login="editor")
    loaded(qtbot, program)
    filters = program.window.articles.filters
    filters.search.setText("мост")
    loaded(qtbot, program, 1)
    filters.search.setText("ничего такого")
    loaded(qtbot, program, 0)
    assert program.window.articles._empty.isVisible()
    filters.reset()
    loaded(qtbot, program)
    filters.show_only(Label.SUBMITTED)
    loaded(qtbot, program, 1)
    assert filters.is_set


def test_a_new_article_enters_the_list_and_is_selected(qtbot, start, home):
    program = start(home, login="editor")
    loaded(qtbot, program)
    page = program.window.articles
    program.window.new_article()
    type_text(page.pane.head.headline, "Свежая новость")
    program.window.save()
    loaded(qtbot, program, 5)
    qtbot.waitUntil(lambda: page.view.currentIndex().data() == "Свежая новость", timeout=WAIT)
    assert page.view.currentIndex().data(Role.ID) == page.pane.article.id


def test_what_another_desk_does_appears_without_moving_the_selection(qtbot, start, home):
    from newsroom.app import open_newsroom
    from newsroom.desk import writing

    program = start(home, login="editor")
    loaded(qtbot, program)
    page = program.window.articles
    page.view.setCurrentIndex(page.model.index(2))
    chosen = page.view.currentIndex().data(Role.ID)
    elsewhere = open_newsroom(home)
    writing.create_article(elsewhere.sign_in("proofreader"), content("Пришло с другого стола"))
    elsewhere.close()
    qtbot.waitUntil(lambda: "Пришло с другого стола" in headlines(program), timeout=WAIT)
    assert page.view.currentIndex().data(Role.ID) == chosen


def test_every_page_can_be_reached_by_its_number(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    for name in ("queue", "reports", "photos", "articles"):
        window.show_page(name)
        assert window.rail.buttons[name].isChecked()
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


def test_the_keyboard_comes_along_to_each_page_and_back_to_where_it_was(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    qtbot.waitUntil(lambda: window.articles.shown_pane() is not None, timeout=WAIT)
    body = window.articles.pane.body
    window.activateWindow()
    body.setFocus()
    qtbot.waitUntil(body.hasFocus)
    for number, name in enumerate(("queue", "reports", "photos"), 2):
        qtbot.keyClick(window, str(number), Qt.KeyboardModifier.ControlModifier)
        page = window.pages.currentWidget()
        assert window.pages.shown == name
        qtbot.waitUntil(lambda page=page: page.list.hasFocus() or page.list.model().rowCount() == 0)
        qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)
        assert page.list.hasFocus() == page.list.isVisible()
        assert not window.status.counts.isVisible()
    qtbot.keyClick(window, "1", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(body.hasFocus)
    assert window.status.counts.isVisible()
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


def test_another_language_builds_the_window_anew(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    old = program.window
    old.set_language("en")
    qtbot.waitUntil(lambda: program.window is not old, timeout=WAIT)
    loaded(qtbot, program)
    assert program.preferences.language == "en"
    assert program.window.rail.buttons["articles"].isChecked()


def test_the_article_that_is_being_written_is_open_in_the_new_language_too(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    old = program.window
    third = old.articles.model.ids[2]
    program.ctx.open_article.emit(int(third))
    qtbot.waitUntil(lambda: old.articles.open_article == third and program.tasks.idle, timeout=WAIT)
    type_text(old.articles.pane.head.headline, "Ы")
    old.set_language("en")
    qtbot.waitUntil(
        lambda: program.window is not old and program.window.articles.open_article is not None, timeout=WAIT
    )
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)
    pane = program.window.articles.pane
    assert pane.article.id == third
    assert "Ы" in pane.head.headline.text()


def test_what_the_window_in_the_old_language_asked_for_finds_it_still_there(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    old = program.window
    old.show_page("queue")
    old.show_page("reports")
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)
    asked, found = Event(), []
    program.tasks.background(lambda: asked.wait(WAIT), lambda _value: found.append(isValid(old)))
    old.set_language("en")
    qtbot.waitUntil(lambda: program.window is not old, timeout=WAIT)
    article = program.window.articles.model.ids[0]
    asked.set()
    qtbot.waitUntil(lambda: found == [True] and not isValid(old), timeout=WAIT)
    loaded(qtbot, program)
    # Nothing of the old window listens any more.
    program.session.sign_in("editor")
    program.ctx.open_article.emit(int(article))
    qtbot.waitUntil(lambda: program.ctx.desk.person.login == "editor" and program.tasks.idle, timeout=WAIT)


def test_each_menu_has_letters_of_its_own(qtbot, start, tmp_path):
    program = start(tmp_path / "empty")
    qtbot.waitUntil(program.window.start.isVisible, timeout=WAIT)
    bar = program.window.menuBar()
    menus = [bar, *(menu for menu in program.window.findChildren(QMenu) if menu.parent() is not None)]

    def letter(action: QAction) -> str:
        text = action.text().replace("&&", "")
        return text[text.index("&") + 1].lower() if "&" in text else ""

    for menu in (bar, program.window.menus.file, *menus[1:]):
        letters = [letter(action) for action in menu.actions() if letter(action)]
        assert len(letters) == len(set(letters)), [action.text() for action in menu.actions()]
    assert all(letter(action) for action in bar.actions())


def test_no_shortcut_is_given_twice(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    qtbot.waitUntil(lambda: window.articles.shown_pane() is not None, timeout=WAIT)
    given = [
        shortcut.toString()
        for action in window.findChildren(QAction)
        if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
        for shortcut in action.shortcuts()
    ]
    assert len(given) == len(set(given)), sorted(given)
    for name in ("queue", "reports", "photos"):
        window.show_page(name)
    # One that a page or a field has too would be ambiguous there: Qt carries out neither.
    inner = {
        shortcut.toString(): action.text()
        for action in window.findChildren(QAction)
        if action.shortcutContext() is not Qt.ShortcutContext.WindowShortcut
        for shortcut in action.shortcuts()
    }
    assert "Ctrl+B" in inner
    assert not set(inner) & set(given), inner
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


def test_every_control_of_the_shell_has_a_name(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    nameless = [
        button
        for button in window.findChildren(QPushButton)
        if button.isVisibleTo(window) and not (button.accessibleName() or button.text())
    ]
    assert not nameless
    assert window.articles.view.accessibleName()
    assert window.articles.filters.search.accessibleName()


def test_narrow_windows_fold_the_inspector_then_the_list(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window, panes = program.window, program.window.articles.panes
    shown = lambda: [panes.widget(place).isVisible() for place in range(3)]  # noqa: E731
    window.resize(1440, 800)
    assert shown() == [True, True, True]
    window.resize(940, 800)
    assert shown() == [True, True, False]
    window.resize(600, 800)
    assert shown() == [False, True, False]
    window.resize(1440, 800)
    assert shown() == [True, True, True]
    window.toggle_pane(0)
    assert shown() == [False, True, True]
    window.toggle_pane(0)
    assert shown() == [True, True, True]


def test_a_narrow_window_shows_what_was_asked_for_last_in_place_of_the_list(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window, panes = program.window, program.window.articles.panes
    shown = lambda: [panes.widget(place).isVisible() for place in range(3)]  # noqa: E731
    window.resize(940, 800)
    window.toggle_pane(2)
    assert shown() == [False, True, True]
    window.toggle_pane(0)
    assert shown() == [True, True, False]
    window.new_article()
    window.articles.pane.head.headline.insertPlainText("Мост")
    window.articles.pane.head.headline.selectAll()
    window.text.write_comment()
    assert shown() == [False, True, True]
    assert window.focusWidget().isVisible()
    window.toggle_pane(2)
    assert shown() == [True, True, False]
    window.resize(1440, 800)
    assert shown() == [True, True, False]


def test_nothing_of_the_fields_is_cut_at_the_right(qtbot, start, home):
    from newsroom.desk import commenting

    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    article = window.articles.model.ids[0]
    address = "https://vesti.example/" + "dlinnyj-adres-stranicy-" * 20 + "👩‍👩‍👧" * 9
    program.ctx.act(lambda desk: commenting.comment_on_words(desk, article, "Первый", address), None)
    window.articles.show_article(article)
    fields = window.articles.pane.inspector

    def card() -> list[PlainLabel]:
        """The text of the comment; its card may be made anew."""
        labels = fields.comments.findChildren(PlainLabel)
        return [one for one in labels if one.text() == address and one.isVisibleTo(fields)]

    qtbot.waitUntil(lambda: bool(card()) and program.tasks.idle, timeout=WAIT)
    fields.date.propose()
    for width in (1440, 1180):
        window.resize(width, 800)
        window.articles.panes.setSizes([400, width, 10])
        qtbot.waitUntil(lambda: fields.widget().width() == fields.viewport().width())

    def whole() -> bool:
        """Whether there is room for all of it."""
        room = fields.viewport().width()
        fits = [one.width() <= room and one.heightForWidth(one.width()) <= one.height() for one in card()]
        return fits == [True]

    qtbot.waitUntil(whole)
    # What can be copied is copied as it is.
    label = PlainLabel(address, wrap=True)
    qtbot.addWidget(label)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSelection(0, len(address.encode("utf-16-le")) // 2)
    assert label.selectedText() == address


def test_a_window_closed_while_the_newsroom_opens_leaves_nothing_running(qtbot, start, home):
    program = start(home, login="chief")
    end(qtbot, program)
    assert program.ctx.newsroom is None


def test_widths_and_place_are_remembered(qtbot, start, home):
    first = start(home, login="chief")
    loaded(qtbot, first)
    first.window.resize(1300, 700)
    first.window.articles.panes.restore_widths([300, 270, 1, 1])
    widths = first.window.articles.panes.sizes()
    assert (widths[0], widths[2]) == (300, 270)
    end(qtbot, first)
    second = start(home, login="chief")
    loaded(qtbot, second)
    second.window.resize(1300, 700)
    assert second.window.articles.panes.sizes() == widths


def test_a_window_off_the_screen_comes_back():
    screen = QRect(0, 0, 1920, 1080)
    assert on_screen(QRect(100, 100, 800, 600), [screen]) == QRect(100, 100, 800, 600)
    back = on_screen(QRect(5000, 3000, 800, 600), [screen])
    assert screen.contains(back)
    assert back.size() == QRect(0, 0, 800, 600).size()
    assert screen.contains(on_screen(QRect(QPoint(-50, -900), screen.size() * 2), [screen]))


def test_texts_from_outside_are_never_markup(qtbot):
    label = PlainLabel("<b>жирно</b>", elide=True)
    qtbot.addWidget(label)
    label.resize(30, 20)
    label.show()
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<b>" not in label.toolTip()
    assert label.text() == "<b>жирно</b>"


def test_what_a_page_can_do_is_in_the_menus(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window, menus = program.window, program.window.menus
    qtbot.waitUntil(lambda: window.articles.pane.article is not None, timeout=WAIT)

    def texts(menu: QMenu) -> set[str]:
        menu.aboutToShow.emit()
        return {action.text() for action in menu.actions() if action.isEnabled()}

    assert {"Полужирный", "Ссылка…"} <= texts(menus.format)
    assert "Одобрить" in texts(menus.actions)
    window.show_page("queue")
    qtbot.waitUntil(lambda: {"Одобрить", "Время…"} <= texts(menus.actions), timeout=WAIT)
    assert not texts(menus.format)
    window.show_page("photos")
    assert texts(menus.actions) == {"Добавить фото…"}
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


def test_files_dropped_on_the_list_become_articles_and_refusals_are_told_at_once(qtbot, start, home, tmp_path):
    program = start(home, login="editor")
    loaded(qtbot, program)
    texts = {"мост.txt": b"Mosty\n\nTekst.", "скан.md": b"%PDF-1.7", "снимок.html": b"<h1>A</h1><img src='data:x'>"}
    urls = []
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
        urls.append(QUrl.fromLocalFile(str(tmp_path / name)))
    mime = QMimeData()
    mime.setUrls([*urls, QUrl.fromLocalFile(str(tmp_path / "музыка.mp3"))])
    pane = program.window.articles.view.parentWidget().parentWidget()
    assert pane.acceptDrops()
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(pane, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    QApplication.sendEvent(pane, drop)
    assert drop.isAccepted()
    loaded(qtbot, program, rows=6)
    qtbot.waitUntil(lambda: bool(program.window.articles.findChildren(Frame)), timeout=WAIT)
    (dialog,) = program.window.articles.findChildren(Frame)
    told = "\n".join(label.text() for label in dialog.findChildren(PlainLabel))
    assert "Взято 2 статьи" in told
    assert "скан.md" in told
    assert "снимок.html" in told
    assert "музыка" not in told
    dialog.accept()


def test_files_are_chosen_from_the_menu(qtbot, start, home, tmp_path, monkeypatch):
    program = start(home, login="editor")
    loaded(qtbot, program)
    (tmp_path / "мост.txt").write_text("Мост открыли\n\nТекст.", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "мост.txt")], ""))
    action = next(one for one in program.window.menus.file.actions() if "мпортировать" in one.text())
    action.trigger()
    loaded(qtbot, program, rows=5)
    qtbot.waitUntil(lambda: program.window.articles.pane.article is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: program.window.articles.view.currentIndex().data(Role.ID) == 5, timeout=WAIT)
    assert not program.window.articles.findChildren(Frame)


def test_ctrl_f_finds_in_the_text_and_escape_ends_it(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    qtbot.waitUntil(lambda: window.articles.shown_pane() is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: window.articles.pane.article is not None, timeout=WAIT)
    window.text.find(replacing=True)
    bar = window.articles.pane.searching.bar
    assert bar.isVisible()
    assert bar.replacement.isVisible()
    bar.text.setText("абзац")
    qtbot.waitUntil(lambda: bar.answer.text() == "1 из 1", timeout=WAIT)
    window.articles.pane.body.setFocus()
    QApplication.sendEvent(window.articles.pane.body, escape())
    assert not bar.isVisible()
    window.show_page("queue")
    window.text.find()
    assert window.rail.buttons["articles"].isChecked()
    assert not bar.isVisible()
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


@pytest.mark.parametrize("of_system", [["Ctrl+Shift+Z"], ["Ctrl+Y", "Alt+Shift+Backspace"]])
def test_ctrl_y_repeats_on_every_system(qapp, of_system):
    keys = [key.toString() for key in redo_keys(map(QKeySequence, of_system))]
    assert keys[0] == of_system[0]
    assert keys.count("Ctrl+Y") == 1


def escape() -> QKeyEvent:
    return QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)


def test_spelling_is_switched_off_in_the_menu_and_stays_off(qtbot, start, home):
    program = start(home, login="editor")
    loaded(qtbot, program)
    spelling = program.window.articles.pane.spelling
    qtbot.waitUntil(lambda: spelling.marks.speller is not None, timeout=WAIT)
    switch = next(action for action in program.window.menus.view.actions() if "рфо" in action.text().replace("&", ""))
    assert switch.isChecked()
    switch.trigger()
    assert spelling.marks.speller is None
    end(qtbot, program)
    again = start(home, login="editor")
    loaded(qtbot, again)
    assert not again.preferences.spelling


def test_ctrl_l_selects_the_next_doubtful_word_or_says_there_is_none(qtbot, start, home):
    program = start(home, login="editor")
    loaded(qtbot, program)
    pane = program.window.articles.pane
    qtbot.waitUntil(lambda: pane.article is not None and pane.spelling.marks.speller is not None, timeout=WAIT)
    with qtbot.waitSignal(pane.spelling.none_left, timeout=WAIT):
        program.window.text.go_to_doubtful_word(1)
    assert program.window.status.message.text() == "Сомнительных слов нет."
    pane.body.setFocus()
    type_text(pane.body, "комманда ")
    program.window.text.go_to_doubtful_word(-1)
    qtbot.waitUntil(lambda: pane.body.textCursor().selectedText() == "комманда", timeout=WAIT)
    qtbot.waitUntil(lambda: pane.idle() and program.tasks.idle, timeout=WAIT)


def test_a_window_closed_while_the_word_lists_are_built_leaves_nothing_running(
    qtbot, start, home, tmp_path, monkeypatch
):
    monkeypatch.setenv("NEWSROOM_CACHE", str(tmp_path / "cache"))
    program = start(home, login="editor")
    qtbot.waitUntil(lambda: bool(active_children()), timeout=WAIT)
    end(qtbot, program)
    assert active_children() == []
    assert list((tmp_path / "cache").rglob("ru*.dawg")) == []


def test_only_the_text_is_left_and_everything_comes_back_as_it_was(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    qtbot.waitUntil(lambda: window.articles.shown_pane() is not None, timeout=WAIT)
    window.resize(1440, 800)
    panes = window.articles.panes
    before = (panes.widths(), panes.sizes()[::2])
    window.toggle_focus_mode()
    assert [panes.widget(place).isVisible() for place in range(3)] == [False, True, False]
    assert not window.rail.isVisible()
    assert window.menuBar().isVisible()
    assert panes.widths() == before[0]
    window.articles.pane.body.setFocus()
    QApplication.sendEvent(window.articles.pane.body, escape())
    assert window.rail.isVisible()
    assert (panes.widths(), panes.sizes()[::2]) == before
    window.toggle_focus_mode()
    window.show_page("queue")
    assert window.rail.isVisible()
    qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)


def test_f8_goes_to_the_field_of_a_remark(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    window.new_article()
    blockers = window.articles.pane.inspector.findings
    qtbot.waitUntil(lambda: len(blockers.findings) > 1, timeout=WAIT)
    window.toggle_focus_mode()
    seen = set()
    for _step in blockers.findings:
        window.text.go_to_remark(1)
        assert window.status.message.text().startswith("Замечание")
        seen.add(window.focusWidget())
    assert len(seen) > 1
    assert window.articles.pane.head.headline in seen
    window.show_statistics()
    card = next(child for child in window.children() if type(child).__name__ == "StatisticsCard")
    assert card.isVisible()
    card.close()


def test_a_comment_is_written_from_the_text_alone_and_walked_to_by_key(qtbot, start, home):
    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    window.new_article()
    pane = window.articles.pane
    window.text.go_to_comment(1)
    assert window.status.message.text() == "Комментариев нет."
    window.toggle_focus_mode()
    pane.head.headline.insertPlainText("Мост открыт")
    pane.head.headline.selectAll()
    window.text.write_comment()
    assert window.articles.panes.widget(2).isVisible()
    composer = pane.inspector.comments.composer
    assert window.focusWidget() is composer.field
    composer.field.insertPlainText("Какой?")
    composer.keep.click()
    qtbot.waitUntil(lambda: pane.comments.marks.in_order() != [] and pane.idle(), timeout=WAIT)
    pane.body.setFocus()
    window.text.go_to_comment(1)
    assert window.focusWidget() is pane.head.headline
    window.text.resolve_comment()
    qtbot.waitUntil(lambda: pane.comments.marks.in_order() == [], timeout=WAIT)
    assert window.status.message.text() == "Комментарий решён."


def test_a_row_tells_how_many_comments_wait(qtbot, start, home):
    from newsroom.desk import commenting

    program = start(home, login="chief")
    loaded(qtbot, program)
    model = program.window.articles.model
    article = model.ids[0]

    def spoken() -> str:
        return model.data(model.index_of(article), Qt.ItemDataRole.AccessibleTextRole)

    before = program.window.articles.view.grab().toImage()
    program.ctx.act(lambda desk: commenting.comment_on_words(desk, article, "Первый", "Чей?"), None)
    qtbot.waitUntil(lambda: spoken().endswith("1 нерешённый комментарий"), timeout=WAIT)
    assert program.window.articles.view.grab().toImage() != before
    program.ctx.act(lambda desk: commenting.resolve_comment(desk, CommentId(1)), None)
    qtbot.waitUntil(lambda: "комментари" not in spoken(), timeout=WAIT)


def begin_comment(qtbot, program: Program, words: str) -> ArticleId:
    """Open the newest article, and write *words* on its headline without keeping them."""
    loaded(qtbot, program)
    window = program.window
    article = window.articles.model.ids[0]
    window.articles.show_article(article)
    qtbot.waitUntil(lambda: window.articles.pane.article is not None and program.tasks.idle, timeout=WAIT)
    window.articles.pane.head.headline.selectAll()
    window.text.write_comment()
    window.articles.pane.inspector.comments.composer.field.insertPlainText(words)
    return article


def comments_in(home: Path, article: ArticleId) -> list[tuple[str, str]]:
    """Who wrote what on *article*, by the newsroom in *home*."""
    from newsroom.app import open_newsroom
    from newsroom.desk import commenting

    newsroom = open_newsroom(home)
    found = [(one.author_name, one.text) for one in commenting.list_comments(newsroom.sign_in("chief"), article)]
    newsroom.close()
    return found


def test_a_comment_begun_is_kept_when_the_window_is_closed(qtbot, start, home):
    program = start(home, login="proofreader")
    article = begin_comment(qtbot, program, "Начато и не кончено")
    me = program.ctx.desk.person.name
    program.window.close()
    qtbot.waitUntil(lambda: program.session.closed, timeout=WAIT)
    assert comments_in(home, article) == [(me, "Начато и не кончено")]


def test_a_comment_begun_stays_with_who_began_it(qtbot, start, home):
    program = start(home, login="proofreader")
    article = begin_comment(qtbot, program, "Это моё")
    me = program.ctx.desk.person.name
    program.window.ask_who()
    composer = program.window.articles.pane.inspector.comments.composer
    qtbot.waitUntil(lambda: composer.isHidden() and program.tasks.idle, timeout=WAIT)
    assert comments_in(home, article) == [(me, "Это моё")]
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QDialog)), timeout=WAIT)
    program.window.findChildren(QDialog)[0].reject()


def test_a_comment_that_cannot_be_kept_keeps_the_window_open(qtbot, start, home):
    program = start(home, login="proofreader")
    begin_comment(qtbot, program, "много слов " * 2000)
    program.window.close()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QDialog)), timeout=WAIT)
    assert not program.session.closed
    assert program.window.articles.pane.inspector.comments.composer.text
    qtbot.waitUntil(lambda: any("предложит" in one.text() for one in program.window.findChildren(PlainLabel)))
    for dialog in program.window.findChildren(QDialog):
        dialog.reject()


def test_the_program_ends_cleanly_with_copied_text_on_the_clipboard(home):
    """Qt deletes the clipboard's data after Python is gone; what was copied as blocks must not be Python's then."""
    script = """
import sys
from multiprocessing import active_children
from pathlib import Path
from threading import Event
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import Program
app = QApplication([])
program = Program(app, Path(sys.argv[1]), login="editor")
program.show()
def copy():
    pane = program.window.articles.pane
    if pane is not None and pane.article is not None:
        timer.stop()
        pane.body.selectAll()
        pane.body.copy()
        assert QApplication.clipboard().text()
        program.window.close()
timer = QTimer(interval=50)
timer.timeout.connect(copy)
timer.start()
sys.exit(app.exec())
"""
    ended = subprocess.run([sys.executable, "-c", script, str(home)], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr


def test_what_the_start_has_loaded_is_never_gone_through_again(qtbot, start, home, monkeypatch):
    """A collection of everything would stop the window for a tenth of a second, whatever the person does."""
    monkeypatch.setattr("ui.app.LASTING_AFTER", (0,))
    try:
        start(home)
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 50_000, timeout=WAIT)
        assert len(gc.get_objects()) < gc.get_freeze_count() / 2
    finally:
        gc.unfreeze()


def test_the_history_is_reached_by_key_from_the_article_and_from_the_queue(qtbot, start, home):
    from ui.review.history import HistoryDialog

    program = start(home, login="chief")
    loaded(qtbot, program)
    window = program.window
    keys = dict(window.menus.keys())
    assert keys["История версий"] == "Ctrl+J"
    articles = window.articles
    qtbot.waitUntil(lambda: articles.pane is not None and articles.pane.article is not None, timeout=WAIT)
    for page in ("articles", "queue"):
        window.show_page(page)
        current = window.pages.currentWidget()
        qtbot.waitUntil(lambda at=current: at is articles or at.reading.toPlainText() != "", timeout=WAIT)
        window.show_history()
        qtbot.waitUntil(lambda: bool(window.findChildren(HistoryDialog)), timeout=WAIT)
        (dialog,) = window.findChildren(HistoryDialog)
        qtbot.waitUntil(lambda shown=dialog: bool(shown.list.numbers()), timeout=WAIT)
        qtbot.waitUntil(lambda: program.tasks.idle, timeout=WAIT)
        dialog.reject()
        qtbot.waitUntil(lambda: not window.findChildren(HistoryDialog), timeout=WAIT)
    window.show_page("photos")
    window.show_history()
    assert window.status.message.text().startswith("Откройте статью")
