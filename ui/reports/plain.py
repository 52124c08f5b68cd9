"""Strangers' text made safe to show: control and bidirectional characters become visible and are never obeyed."""

import unicodedata

#: Categories of characters that act instead of being seen: controls, formats, surrogates, private use, line separators.
_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Line ends become one blank: a report is shown on one line.
_LINE_ENDS = frozenset("\n\r\t")
#: Soft hyphens and joiners occur in honest text and show nothing; marking them would only be noise.
_HARMLESS = frozenset("\u00ad\u200d")

#: Quotation marks around a whole.
_PAIRS = frozenset({("«", "»"), ('"', '"'), ("“", "”"), ("„", "“")})
_MARKS = frozenset("".join(map("".join, _PAIRS)))


def visible(text: str) -> str:
    """*text* with every character that could act on the display written out, for example ``⟨U+202E⟩``."""
    return "".join(map(_visible_character, text))


def quotable(text: str) -> str:
    """`visible` *text* to be shown in quotation marks: its own around the whole are left out, others are inner ones."""
    text = visible(text).strip()
    if len(text) > 1 and (text[0], text[-1]) in _PAIRS and not _MARKS & set(text[1:-1]):
        text = text[1:-1].strip()
    return text.replace("«", "„").replace("»", "“")


def _visible_character(character: str) -> str:
    if character in _LINE_ENDS:
        return " "
    if character in _HARMLESS or unicodedata.category(character) not in _ACTING:
        return character
    return f"⟨U+{ord(character):04X}⟩"
