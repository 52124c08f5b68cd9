"""The switches of the house style, seen at work before they are saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.domain.style import AS_USUAL, HouseStyle, Percent, Quotes
from tests.ui.house import Window, open_window
from ui.dialogs.style import StyleDialog


@pytest.fixture
def window(tmp_path: Path, qtbot) -> Iterator[Window]:
    with open_window(tmp_path / "home", "proofreader") as window:
        yield window


def kept(window: Window) -> HouseStyle:
    with window.newsroom.database.read() as work:
        return work.records.house().style


def test_a_switch_shows_what_it_does_and_is_kept(window: Window, qtbot) -> None:
    dialog = StyleDialog(None, window.ctx, AS_USUAL)
    qtbot.addWidget(dialog)
    assert dialog.style_chosen() == AS_USUAL
    assert dialog.examples["quotes"].text() == 'клуб "Заря" → клуб «Заря»'
    dialog.choices["quotes"].setCurrentIndex(dialog.choices["quotes"].findData(Quotes.STRAIGHT.value))
    assert "→" not in dialog.examples["quotes"].text()
    dialog.choices["percent"].setCurrentIndex(dialog.choices["percent"].findData(Percent.SPACED.value))
    dialog.choices["hyphens"].setChecked(False)
    dialog.keep.click()
    window.settle()
    assert kept(window) == HouseStyle(quotes=Quotes.STRAIGHT, percent=Percent.SPACED, hyphens=False)


def test_every_switch_has_an_example_that_it_changes(window: Window, qtbot) -> None:
    dialog = StyleDialog(None, window.ctx, AS_USUAL)
    qtbot.addWidget(dialog)
    assert all("→" in label.text() for label in dialog.examples.values())


def test_an_editor_sees_the_style_and_leaves_it(tmp_path: Path, qtbot) -> None:
    with open_window(tmp_path / "other", "editor") as window:
        dialog = StyleDialog(None, window.ctx, AS_USUAL)
        qtbot.addWidget(dialog)
        assert not any(choice.isEnabled() for choice in dialog.choices.values())
        dialog.keep.click()
        window.settle()
        assert kept(window) == AS_USUAL
