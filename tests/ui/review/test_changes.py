"""The comparison of two texts, legible without colours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from newsroom.domain.article import Content
from newsroom.domain.ids import RubricSlug
from tests.ui.house import READY, Window, open_window
from ui.review.changes import Base, ChangesView


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    with open_window(tmp_path / "home") as window:
        yield window


def compared(window: Window, qtbot: QtBot, new: Content, *bases: Base) -> ChangesView:
    view = ChangesView(window.ctx)
    qtbot.addWidget(view)
    assert window.ctx.settings is not None
    view.show_changes(new, bases, window.ctx.settings)
    window.settle()
    return view


def test_added_is_underlined_and_removed_struck_out(window: Window, qtbot: QtBot) -> None:
    new = READY.with_(lead="Прокат, буфет и музыка до девяти вечера")
    view = compared(window, qtbot, new, Base("прежней", READY))
    document = view.text.document()
    assert document.find("буфет").charFormat().fontUnderline()
    assert document.find("раздевалки").charFormat().fontStrikeOut()
    kept = document.find("музыка").charFormat()
    assert not kept.fontUnderline()
    assert not kept.fontStrikeOut()


def test_rubrics_are_named_by_their_titles(window: Window, qtbot: QtBot) -> None:
    new = READY.with_(rubric=RubricSlug("sport"))
    view = compared(window, qtbot, new, Base("прежней", READY))
    assert "Общество → Спорт" in view.text.toPlainText()


def test_unchanged_stretches_are_only_counted(window: Window, qtbot: QtBot) -> None:
    paragraphs = [f"Абзац {number} остался прежним." for number in range(9)]
    old = READY.with_(body="\n\n".join(paragraphs))
    new = READY.with_(body="\n\n".join([*paragraphs[:-1], "Абзац 8 остался другим."]))
    view = compared(window, qtbot, new, Base("прежней", old))
    text = view.text.toPlainText()
    assert "⋯ без изменений: 7 абзацев" in text
    assert "Абзац 7" in text
    assert "Абзац 3" not in text


def test_equal_texts_are_said_to_be_equal(window: Window, qtbot: QtBot) -> None:
    view = compared(window, qtbot, READY, Base("прежней", READY))
    assert not view.text.isVisibleTo(view)


def test_another_base_can_be_chosen(window: Window, qtbot: QtBot) -> None:
    live = READY.with_(headline="На набережной залили каток")
    view = compared(window, qtbot, READY, Base("сайтом", live), Base("прежней", READY.with_(lead="Прокат")))
    assert "залили" in view.text.toPlainText()
    view.base.setCurrentIndex(1)
    window.settle()
    assert "залили" not in view.text.toPlainText()
    assert "Подводка" in view.text.toPlainText()


def test_the_legend_counts_words_and_looks_like_them(window: Window, qtbot: QtBot) -> None:
    new = READY.with_(lead="Прокат, буфет, тир и музыка до девяти вечера")
    view = compared(window, qtbot, new, Base("прежней", READY))
    assert (view.added.text(), view.removed.text()) == ("добавлено: 2", "убрано: 1")
    assert "underline" in view.added.styleSheet()
    assert "line-through" in view.removed.styleSheet()
    assert view.text.accessibleDescription() == "добавлено: 2, убрано: 1"


def test_a_newer_base_adds_what_the_text_does_not_have_yet(window: Window, qtbot: QtBot) -> None:
    newest = READY.with_(lead="Прокат, раздевалки, буфет и музыка до девяти вечера")
    view = compared(window, qtbot, READY, Base("новейшей", newest, newer=True))
    assert view.text.document().find("буфет").charFormat().fontUnderline()


def test_the_kind_of_base_stays_chosen_for_the_next_text(window: Window, qtbot: QtBot) -> None:
    older = READY.with_(lead="Прокат")
    view = compared(window, qtbot, READY, Base("сайтом", older, "live"), Base("версией 1", older, "previous"))
    view.base.setCurrentIndex(1)
    assert window.ctx.settings is not None
    other = READY.with_(headline="Другая")
    view.show_changes(other, [Base("сайтом", older, "live"), Base("версией 2", READY, "previous")], window.ctx.settings)
    assert view.base.currentText() == "версией 2"
    window.settle()


def test_a_body_is_compared_in_words_and_not_in_its_markdown(window: Window, qtbot: QtBot) -> None:
    new = READY.with_(body=READY.body + "\n\n1986\\. Год.")
    view = compared(window, qtbot, new, Base("прежней", READY))
    assert view.text.document().find("1986. Год.").charFormat().fontUnderline()
