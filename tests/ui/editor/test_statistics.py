"""The figures of a text as they are told."""

import pytest

from newsroom.domain.findings import Field, Finding, Severity
from newsroom.text.counts import Counts
from newsroom.text.document import Document, Paragraph, Run
from tests.ui.editor.conftest import cursor_at
from ui.editor.statistics import StatisticsCard, rows_of
from ui.fields.findings_section import FindingsSection
from ui.widgets import PlainLabel


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        (Counts(), ("0", "0", "0", "0 секунд")),
        (Counts(60, 51, 10), ("60", "51", "10", "3 секунды")),
        (Counts(12345, 10500, 1890), ("12 345", "10 500", "1 890", "10 минут")),
    ],
)
def test_figures_are_written_as_people_read_them(counts, rows):
    assert tuple(row.replace("\N{NARROW NO-BREAK SPACE}", " ") for row in rows_of(counts)) == rows


def test_text_head_and_selection_are_counted_apart(pane):
    pane.head.set_texts("Мост открыт", "По нему едут")
    pane.body.set_document(Document((Paragraph((Run("Он — прочный."),)), Paragraph((Run("Да"),)))))
    assert [counts for _title, counts in pane.fields.statistics()] == [Counts(15, 13, 3), Counts(38, 33, 8)]
    cursor_at(pane.body, 5, 15)
    title, counts = pane.fields.statistics()[-1]
    assert (title, counts) == ("Выделено", Counts(9, 9, 2))
    # The pane of a new article has nothing to save.
    pane._saver.forget()


def test_the_card_names_every_figure(qtbot):
    card = StatisticsCard([("Текст", Counts(60, 51, 10))])
    qtbot.addWidget(card)
    names = [label.accessibleName() for label in card.findChildren(PlainLabel)]
    assert "Текст: Знаков без пробелов 51" in names


def blocker(field: Field, text: str, *, blocks: bool = True) -> Finding:
    return Finding(field, Severity.ERROR if blocks else Severity.WARNING, field.value, text)


def test_remarks_are_gone_through_in_order_and_round(qtbot):
    section = FindingsSection()
    qtbot.addWidget(section)
    assert section.step(1) is None
    remarks = [
        blocker(Field.TAGS, "Нет меток.", blocks=False),
        blocker(Field.LEAD, "Нет подводки."),
        blocker(Field.AGE, "Нет возраста."),
    ]
    section.show_findings(remarks)
    assert [section.step(1)[0].field for _step in range(3)] == [Field.LEAD, Field.AGE, Field.TAGS]
    assert section.step(1) is None
    assert section.step(-1) == (remarks[0], 3)


def test_after_one_is_mended_the_one_in_its_place_is_next(qtbot):
    section = FindingsSection()
    qtbot.addWidget(section)
    lead, tags, age = (blocker(field, field.name) for field in (Field.LEAD, Field.TAGS, Field.AGE))
    section.show_findings([lead, tags, age])
    section.step(1)
    section.show_findings([tags, age])
    assert section.step(1) == (tags, 1)
    section.show_findings([lead, tags, age])
    assert section.step(1) == (age, 3)
