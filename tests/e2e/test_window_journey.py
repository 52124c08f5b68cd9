"""The whole job in the window, driven as a person would: write, submit, change seats, approve, schedule, publish."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from newsroom.app import create_newsroom
from newsroom.desk import reading
from newsroom.desk.session import Desk
from newsroom.domain.article import ArticleFilter
from newsroom.domain.states import Label, QueueState
from newsroom.sql.engine import open_engine, parse_url
from tests.e2e.person import Person
from ui.app import Program

HEADLINE = "Мост через протоку откроют в пятницу"
LEAD = "Движение начнётся в полдень, автобусы пойдут по новому пути."
BODY = 'Подрядчик закончил ремонт раньше срока.\nПервым по мосту пройдёт автобус "Сокол" (12+).'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    create_newsroom(tmp_path / "home").close()
    return tmp_path / "home"


@pytest.fixture
def sit(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Callable[[], Person]]:
    """Opens the program as the editor; the person closes it, or the end of the test does."""
    programs: list[Program] = []

    def begin() -> Person:
        program = Program(qapp, home, login="editor")
        programs.append(program)
        program.window.resize(1440, 900)
        program.show()
        person = Person(qtbot, program)
        person.wait(lambda: program.ctx.desk is not None, "the newsroom")
        return person

    yield begin
    for program in programs:
        Person(qtbot, program).close_window()
        program.window.deleteLater()
        program.deleteLater()


@pytest.fixture
def person(sit: Callable[[], Person]) -> Person:
    return sit()


def only_label(desk: Desk) -> Label | None:
    """How far the only article has come, read past the window; None before it was saved."""
    rows = reading.article_rows(desk, reading.article_ids(desk, ArticleFilter()))
    return rows[0].label if rows else None


def change_seats(person: Person, name: str) -> None:
    person.menu_action("Сменить сотрудника").trigger()
    staff = person.find("Сотрудники", QListWidget)
    [item] = staff.findItems(name, Qt.MatchFlag.MatchStartsWith)
    staff.setCurrentItem(item)
    person.press("Сесть за стол")
    person.wait(lambda: person.desk.person.name == name, f"{name} at the desk")


def test_from_an_empty_page_to_the_reader(person: Person, home: Path) -> None:
    def now() -> Label | None:
        return only_label(person.desk)

    # The editor writes.
    person.press("Новая статья")
    person.type_into("Заголовок", HEADLINE)
    person.type_into("Подводка", LEAD)
    person.type_into("Текст статьи", BODY)
    person.choose("Рубрика", "Общество")
    person.press("Возраст 12+")
    person.wait(lambda: now() is Label.DRAFT, "the draft saved by itself")
    person.press("Отправить на проверку")
    person.wait(lambda: now() is Label.SUBMITTED, "submitted")
    assert not person.sees("Одобрить"), "an editor is offered to approve"

    # The chief reads it in the queue and approves.
    change_seats(person, "Главный редактор")
    person.press("Очередь")
    person.click_row("Очередь публикаций", HEADLINE)
    person.press("Одобрить")
    person.wait(lambda: now() is Label.APPROVED, "approved")

    # Scheduled first, then let go at once.
    person.press("Время…", "Через час", "Назначить")
    person.wait(lambda: now() is Label.SCHEDULED, "scheduled")
    person.press("Сейчас")
    person.wait(lambda: now() is Label.LIVE, "live")

    person.wait(lambda: reading.read_queue(person.desk)[0].state is QueueState.VERIFIED, "verified")
    [item] = reading.read_queue(person.desk)
    assert (item.attempts, item.revision) == (1, reading.read_article(person.desk, item.article).revision)
    site = open_engine(parse_url(f"sqlite:///{home / 'site.db'}"), read_only=True)
    with site.connect() as connection:
        row = connection.execute(text("SELECT headline, lead, body_html, age, rubric_slug FROM articles")).one()
    site.dispose()
    assert tuple(row[:2]) == (HEADLINE, LEAD)
    assert "(12+)" in row.body_html
    assert row.body_html.count("<p>") == 2
    assert (row.age, row.rubric_slug) == ("12+", "obshchestvo")


def test_blockers_are_listed_at_once_and_lead_to_their_fields(person: Person) -> None:
    person.press("Новая статья")
    person.type_into("Заголовок", "Набросок")
    person.wait(lambda: person.sees("Не выбран возрастной знак."), "the missing age")
    for words, field in (("Нет подводки.", "Подводка"), ("Нет текста.", "Текст статьи")):
        person.press(words)
        person.wait(lambda field=field: person.focus == field, f"the keyboard in «{field}»")


def test_what_was_typed_is_there_after_the_window_was_closed_and_opened(sit: Callable[[], Person]) -> None:
    person = sit()
    person.press("Новая статья")
    person.type_into("Заголовок", HEADLINE)
    person.type_into("Текст статьи", BODY)
    # At once: the pause after which it saves by itself has not passed.
    person.close_window()
    person = sit()
    person.click_row("Статьи", HEADLINE)
    person.wait(lambda: person.reads("Заголовок") == HEADLINE, "the headline on the page")
    assert person.reads("Текст статьи") == BODY
