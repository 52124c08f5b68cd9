"""What typed text needs in Markdown so that it stays text: backslashes and numeric references, as few as may be."""

import re

from newsroom.text.fragments import is_word_character

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SPECIAL = re.compile(r"[\\`*_~<&\[\]]")
_ENTITY = re.compile(r"&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
#: What HTML or an address in angle brackets begins with.
_ANGLE = re.compile(r"<(?:[A-Za-z/!?]|[^\s<>]*@)")
#: What would make a line a heading, list, quote, rule, underline of a heading, row of a table or a definition.
BLOCK_MARK = re.compile(
    r"""
    (?P<number>[0-9]{1,9}(?=[.)](?:[ \t]|$)))?
    (?P<mark>
        (?<=[0-9])[.)]
        | \#(?=\#{0,5}(?:[ \t]|$))
        | [-+](?=[ \t]|$)
        | >
        | [-=|:](?=[-=|: \t]*$)
        | \[(?=[^\]]*\]:)
    )""",
    re.VERBOSE,
)


def escaped(text: str, *, linked: bool = False) -> str:
    """*text* with a backslash where a character would be taken for markup; *linked* text may hold no bare brackets."""

    def escape(match: re.Match[str]) -> str:
        character, place = match.group(), match.start()
        before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
        match character:
            case "\\":
                needed = not after or after in _PUNCTUATION
            case "*" | "_":
                needed = not (before and after and before in " \t" and after in " \t")
                if character == "_" and before and after and is_word_character(before) and is_word_character(after):
                    needed = False
            case "~":
                needed = "~" in (before, after)
            case "<":
                needed = _ANGLE.match(text, place) is not None
            case "&":
                needed = _ENTITY.match(text, place) is not None
            case "[":
                needed = linked
            case "]":
                needed = linked or after == "("
            case _:
                needed = True
        return "\\" + character if needed else character

    return _SPECIAL.sub(escape, text)


def escaped_string(text: str, marks: str) -> str:
    """*text* for a title or address, in which only *marks*, backslashes and references mean something."""

    def escape(match: re.Match[str]) -> str:
        character, place = match.group(), match.start()
        after = text[place + 1 : place + 2]
        if character == "\\":
            needed = not after or after in _PUNCTUATION
        elif character == "&":
            needed = _ENTITY.match(text, place) is not None
        else:
            needed = character in marks
        return "\\" + character if needed else character

    return re.sub(r"""[\\&<>"'()]""", escape, text)


def destination(address: str) -> str:
    """*address* as the destination of a link, in angle brackets only where it needs them."""
    if re.search(r"[\s<>]", address):
        return f"<{escaped_string(address, '<>')}>"
    return escaped_string(address, "" if _balanced(address) else "()")


def _balanced(address: str) -> bool:
    """Whether its brackets pair, not deeper than every reader follows."""
    depth = 0
    for character in address:
        depth += (character == "(") - (character == ")")
        if not 0 <= depth <= 3:
            return False
    return depth == 0


def references(text: str) -> str:
    """*text* with every character as a reference."""
    return "".join(map(reference, text))


def reference(character: str) -> str:
    """*character* as the entity or number that means it, which the rules of emphasis take for punctuation."""
    return "&nbsp;" if character == "\u00a0" else f"&#{ord(character)};"
