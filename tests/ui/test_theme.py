"""The two palettes: every text can be read on every ground it stands on."""

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication

from ui.theme import DARK, LIGHT, Colors, apply_theme, color, tokens, ui_font, watcher

GROUNDS = ("window", "surface", "rail", "hover", "selected", "selected_idle")
TEXTS = ("text", "muted", "accent_text", "success", "warning", "danger")
PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS] + [
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_selection", "selection"),
    ("text", "added"),
    ("text", "removed"),
    ("text", "found"),
    ("muted", "found"),
    ("text", "commented"),
    ("muted", "commented"),
    ("accent_text", "commented"),
    ("accent_text", "found"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _alpha = QColor(colour).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_texts_have_enough_contrast(colors: Colors, text: str, ground: str) -> None:
    assert contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_outlines_of_fields_can_be_seen(colors: Colors) -> None:
    assert contrast(colors.outline, colors.surface) >= 3


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "commented"])
def test_the_line_below_commented_words_can_be_seen(colors: Colors, ground: str) -> None:
    assert contrast(colors.commented_line, getattr(colors, ground)) >= 3


def test_a_change_of_theme_is_told_and_takes_effect(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    told: list[str] = []
    watcher().changed.connect(lambda: told.append(tokens().name))
    apply_theme(qapp, "dark")
    assert told == ["dark"]
    assert color("surface") == QColor(DARK.surface)
    assert qapp.palette().base().color() == QColor(DARK.surface)
    apply_theme(qapp, "dark")
    assert told == ["dark"], "nothing changed, so nothing is told"
    apply_theme(qapp, "light")


def test_zoom_enlarges_letters(qapp: QApplication) -> None:
    apply_theme(qapp, "light", zoom=1.0)
    before = tokens().normal
    apply_theme(qapp, "light", zoom=1.5)
    assert tokens().normal > before
    assert qapp.font().pixelSize() == tokens().normal
    apply_theme(qapp, "light", zoom=1.0)


def test_tabular_figures_are_equally_wide(qapp: QApplication) -> None:
    metrics = QFontMetrics(ui_font(tabular=True))
    assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1
