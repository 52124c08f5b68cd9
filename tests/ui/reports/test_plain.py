"""Strangers' text is shown as it is, and never obeyed."""

import pytest

from ui.reports.plain import quotable, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("обычный текст, «кавычки» и №5", "обычный текст, «кавычки» и №5"),
        ("evil\u202etxt.exe", "evil⟨U+202E⟩txt.exe"),
        ("звонок\x07", "звонок⟨U+0007⟩"),
        ("а\u200bб\u2066в\u2069", "а⟨U+200B⟩б⟨U+2066⟩в⟨U+2069⟩"),
        ("строка\nдругая\tтретья", "строка другая третья"),
        ("разделитель\u2028строк", "разделитель⟨U+2028⟩строк"),
        ("пере\u00adнос", "пере\u00adнос"),
        ("\ud800", "⟨U+D800⟩"),
        ("<b>не жирный</b>", "<b>не жирный</b>"),
    ],
)
def test_acting_characters_become_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("нужно «работает»", "нужно „работает“"),
        ("«работает»", "работает"),
        ('"работает"', "работает"),
        ("«раз» и «два»", "„раз“ и „два“"),
        ("«", "„"),
        ("«начато", "„начато"),
        ("«»", ""),
        (" «\u202eобман» ", "⟨U+202E⟩обман"),
    ],
)
def test_what_is_shown_in_quotation_marks_has_inner_ones(text: str, shown: str) -> None:
    assert quotable(text) == shown
