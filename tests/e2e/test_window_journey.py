"""The whole job in the window, driven as a person would: write, submit, change seats, approve, schedule, publish."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from newsroom.app import create_newsroom
from newsroom.desk import reading
from newsroom.domain.ids import ArticleId
from newsroom.domain.states import Label, QueueState
from newsroom.sql.engine import open_engine, parse_url
from tests.e2e.person import Person
from ui.app import Program

HEADLINE = "Мост через протоку откроют в пятницу"
LEAD = "Движение начнётся в полдень, автобусы пойдут по новому пути."
BODY = "Подрядчик закончил ремонт раньше срока.\nПервым по мосту пройдёт автобус \"Сокол\" (12+)."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    create_newsroom(tmp_path / "home").close()
    return tmp_path / "home"


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Program]:
    program = Program(qapp, home, login="editor")
    program.window.resize(1440, 900)
    program.show()
    qtbot.waitUntil(lambda: program.ctx.desk is not None, timeout=20_000)
    yield program
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=20_000)
    assert program.tasks.wait()


@pytest.fixture
def person(qtbot: QtBot, program: Program) -> Person:
    return Person(qtbot, lambda: program.window)


def label(program: Program) -> Callable[[], Label | None]:
    """What the newsroom says of its first article, read past the window."""

    def read() -> Label | None:
        assert program.ctx.desk is not None
        try:
            return reading.read_article(program.ctx.desk, ArticleId(1)).label
        except Exception:  # not saved yet
            return None

    return read


def sit_down(person: Person, program: Program, name: str) -> None:
    person.menu_action("Сменить сотрудника").trigger()
    staff = person.find("Сотрудники", QListWidget)
    [item] = staff.findItems(name, Qt.MatchFlag.MatchStartsWith)
    staff.setCurrentItem(item)
    person.press("Сесть за стол")
    person.wait(lambda: program.ctx.desk and program.ctx.desk.person.name == name, f"{name} at the desk")


def test_from_an_empty_page_to_the_reader(program: Program, person: Person, home: Path) -> None:
    now = label(program)

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
    assert not person._found("Одобрить", QWidget, enabled=True), "an editor is offered to approve"

    # The chief reads it in the queue and approves.
    sit_down(person, program, "Главный редактор")
    person.press("Очередь")
    person.click_row("Очередь публикаций", HEADLINE)
    person.press("Одобрить")
    person.wait(lambda: now() is Label.APPROVED, "approved")

    # Scheduled first, then let go at once.
    person.click_row("Очередь публикаций", HEADLINE)
    person.press("Время…")
    person.press("Через час")
    person.press("Назначить")
    person.wait(lambda: now() is Label.SCHEDULED, "scheduled")
    person.press("Сейчас")
    person.wait(lambda: now() is Label.LIVE, "live")

    assert program.ctx.desk is not None
    [item] = reading.read_queue(program.ctx.desk)
    person.wait(lambda: reading.read_queue(program.ctx.desk)[0].state is QueueState.VERIFIED, "verified")
    assert (item.attempts, item.revision) == (1, reading.read_article(program.ctx.desk, ArticleId(1)).revision)
    site = open_engine(parse_url(f"sqlite:///{home / 'site.db'}"), read_only=True)
    with site.connect() as connection:
        row = connection.execute(text("SELECT headline, lead, body_html, age, rubric_slug FROM articles")).one()
    site.dispose()
    assert tuple(row[:2]) == (HEADLINE, LEAD)
    assert "(12+)" in row.body_html
    assert row.body_html.count("<p>") == 2
    assert (row.age, row.rubric_slug) == ("12+", "obshchestvo")


def test_blockers_are_listed_at_once_and_lead_to_their_fields(program: Program, person: Person) -> None:
    person.press("Новая статья")
    person.type_into("Заголовок", "Набросок")
    person.wait(lambda: person._found("Не выбран возрастной знак.", QWidget, enabled=True), "the missing age")
    for words, field in (("Нет подводки.", "Подводка"), ("Нет текста.", "Текст статьи")):
        person.press(words)
        person.wait(
            lambda field=field: field in (getattr(QApplication.focusWidget(), "accessibleName", str)()),
            f"the focus in «{field}»",
        )


def test_what_was_typed_is_there_after_the_window_was_closed_and_opened(
    qapp: QApplication, qtbot: QtBot, home: Path
) -> None:
    for visit in (1, 2):
        program = Program(qapp, home, login="editor")
        program.show()
        qtbot.waitUntil(lambda program=program: program.ctx.desk is not None, timeout=20_000)
        person = Person(qtbot, lambda program=program: program.window)
        if visit == 1:
            person.press("Новая статья")
            person.type_into("Заголовок", HEADLINE)
        else:
            person.click_row("Статьи", HEADLINE)
            person.wait(lambda: person._found(HEADLINE, QWidget, enabled=True) or True, "the headline")
            assert program.ctx.desk is not None
            assert reading.read_article(program.ctx.desk, ArticleId(1)).content.headline == HEADLINE
        program.window.close()
        qtbot.waitUntil(lambda program=program: not program.window.isVisible(), timeout=20_000)
        assert program.tasks.wait()
