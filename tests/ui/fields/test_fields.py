"""The fields: what they show, what they give back, and what they never do by themselves."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, QDateTime, QMimeData, QTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Rubric
from newsroom.domain.findings import Field, Finding, Severity
from newsroom.domain.house import House
from newsroom.domain.ids import RubricSlug
from tests.ui.editor.conftest import type_text
from ui.fields.choices import AgeChoice, RubricChoice
from ui.fields.findings_section import FindingsSection
from ui.fields.instant_field import InstantField
from ui.fields.page_head import PageHead
from ui.fields.text_fields import ParagraphField


def test_no_age_is_chosen_until_somebody_chooses(qtbot):
    choice = AgeChoice()
    qtbot.addWidget(choice)
    assert choice.value() is None
    with qtbot.waitSignal(choice.edited):
        choice._buttons[AgeRating.TWELVE].click()
    assert choice.value() is AgeRating.TWELVE
    choice.set_value(None)
    assert choice.value() is None


def test_a_rubric_that_is_gone_stays_until_somebody_chooses_another(qtbot):
    choice = RubricChoice()
    qtbot.addWidget(choice)
    choice.set_rubrics([Rubric(RubricSlug("city"), "Город", 1), Rubric(RubricSlug("news"), "Новости", 0)])
    assert choice.value() is None
    assert [choice.itemText(index) for index in range(3)] == ["Не выбрана", "Новости", "Город"]
    choice.set_value(RubricSlug("gone"))
    choice.set_rubrics([Rubric(RubricSlug("city"), "Город")])
    assert choice.value() == "gone"


def test_a_headline_is_one_line_whatever_is_pasted(qtbot):
    field = ParagraphField("Заголовок")
    qtbot.addWidget(field)
    data = QMimeData()
    data.setText("Дорога\nоткрыта\n")
    field.insertFromMimeData(data)
    with qtbot.waitSignal(field.left_down):
        type_text(field, " снова\n")
    assert field.text() == "Дорога открыта снова"


def test_a_headline_over_the_limit_is_red(qtbot):
    head = PageHead()
    qtbot.addWidget(head)
    head.set_house(House(headline_limit=6))
    type_text(head.headline, "Дорога")
    assert (head._headline_count.text(), head._headline_count.property("role")) == ("6/6", "small")
    type_text(head.headline, "!")
    assert (head._headline_count.text(), head._headline_count.property("role")) == ("7/6", "danger")


def clock(field: InstantField) -> QDateTimeEdit:
    return field.findChild(QDateTimeEdit)


def test_an_instant_is_shown_in_the_newsrooms_zone_with_its_offset(qtbot):
    field = InstantField("Выход", "Назначить")
    qtbot.addWidget(field)
    field.set_house(House(zone="Asia/Vladivostok"))
    field.set_value(datetime(2026, 11, 22, 2, 30, tzinfo=UTC))
    assert clock(field).text() == "22.11.2026 12:30"
    assert field._offset.text() == "UTC+10"
    clock(field).setDateTime(QDateTime(QDate(2026, 11, 22), QTime(13, 0), QTimeZone(QTimeZone.Initialization.UTC)))
    assert field.value() == datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_refused_beside_the_field(qtbot):
    field = InstantField("Выход", "Назначить")
    qtbot.addWidget(field)
    field.set_house(House(zone="Europe/Berlin"))
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    field.set_value(before)
    clock(field).setDateTime(QDateTime(QDate(2026, 3, 29), QTime(2, 30), QTimeZone(QTimeZone.Initialization.UTC)))
    assert field.value() == before
    assert "часы переводят вперёд" in field._problem.text()


@pytest.mark.parametrize("text", ["<b>Нет заголовка</b>", "<img src=http://example.org/a.png>"])
def test_blockers_are_plain_text_and_what_blocks_comes_first(qtbot, text):
    section = FindingsSection()
    qtbot.addWidget(section)
    section.show_findings(
        [
            Finding(Field.ALT, Severity.WARNING, "alt", "Описание"),
            Finding(Field.HEADLINE, Severity.ERROR, "headline", text),
        ]
    )
    assert [row.text() for row in section.rows] == [text, "Описание"]
    with qtbot.waitSignal(section.chosen) as chosen:
        section.rows[0].click()
    assert [one.field for one in chosen.args] == [Field.HEADLINE]
