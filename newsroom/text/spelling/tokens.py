"""Which stretches of a text are words for the checker, and which are not.

A chunk is what stands between blanks and stops: letters, digits, hyphens, apostrophes, stress marks. Places are counted
in Unicode characters of the text as it is given.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from typing import Final, NamedTuple

_HYPHENS: Final = "-\u2010\u2011"
_APOSTROPHES: Final = "'’ʼ"
#: Marks that a writer puts inside a word and a dictionary leaves out: stress, soft hyphen, word joiners.
_SILENT: Final = re.compile("[\u0300\u0301\u00ad\u200b-\u200d\u2060\ufeff]")
_INSIDE: Final = rf"\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff{_APOSTROPHES}\u2010\u2011-"

CHUNK: Final = re.compile(rf"\w(?:[{_INSIDE}]*[\w\u0300-\u036f])?")
_PART: Final = re.compile(rf"[^{_HYPHENS}]+")
_FOLDED: Final = str.maketrans(dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_APOSTROPHES, "'"))

#: What is written for machines, without blanks: addresses, handles, tags, file names.
_PROTECTED: Final = re.compile(
    r"""
    (?:[a-z][a-z0-9+.-]*:(?=[/\w])|www\.)[^\s«»"“”<>]*      # addresses with a scheme: http:, mailto:, photo:
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                          # e-mails
    | (?<!\w)[@\#]\w[\w.-]*                                 # handles and tags
    | \b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?:/[^«»"“”<>()]*)? # vesti.ru, README.md
    | \b[\w-]+\.рф\b(?:/[^«»"“”<>()]*)?
    | [\w.~-]*[/\\](?:[\w.-]+[/\\])+[\w.-]*                 # paths
    | &\#?\w+;
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A run without one of these is wholly language.
_TRACE: Final = re.compile(r"[@#/\\&]|[\w]:\w|\.[\w]|:/")
#: And what may hold blanks: code, tags, fields to be filled in.
_SPANS: Final = re.compile(r"`[^`\n]+`|\{[^{}\n]*\}|<[a-z/][^<>\n]*>", re.IGNORECASE)
_OPENINGS: Final = "`{<"
_CYRILLIC: Final = re.compile("[\u0400-\u052f]+")
_LATIN: Final = re.compile("[a-z\u00c0-\u024f]+", re.IGNORECASE)


#: Characters in which a text with ё has some.
_BEGINNING: Final = 3000


class Script(Enum):
    CYRILLIC = auto()
    LATIN = auto()
    #: Letters of both alphabets in one word.
    MIXED = auto()
    #: Digits, other alphabets, words joined by an underscore.
    OTHER = auto()


class Part(NamedTuple):
    """A chunk between hyphens: where it stands in the chunk, and its letters as a dictionary writes them."""

    begin: int
    end: int
    letters: str
    script: Script


def parts_of(chunk: str) -> list[Part]:
    """What is between the hyphens of *chunk*."""
    return [
        Part(place.start(), place.end(), letters := as_written(place[0]), script_of(letters))
        for place in _PART.finditer(chunk)
    ]


def as_written(word: str) -> str:
    """*word* composed (NFC), without stress marks and soft hyphens, with one kind of hyphen and apostrophe."""
    if word.isascii():
        return word
    # й and ё typed as two characters are put together first; what is left over are stress marks.
    return _SILENT.sub("", unicodedata.normalize("NFC", word)).translate(_FOLDED)


def script_of(letters: str) -> Script:
    bare = letters.replace("'", "").replace("-", "")
    if not bare.isalpha():
        return Script.OTHER
    if _CYRILLIC.fullmatch(bare):
        return Script.CYRILLIC
    if _LATIN.fullmatch(bare):
        return Script.LATIN
    return Script.MIXED if _CYRILLIC.search(bare) and _LATIN.search(bare) else Script.OTHER


def has_yo(text: str) -> bool:
    """Whether *text* is written with ё, which its beginning shows."""
    return "ё" in text[:_BEGINNING]


def protected_in_run(run: str) -> list[tuple[int, int]]:
    """Begin and end of each stretch of *run*, which has no blanks, that is no language."""
    return [place.span() for place in _PROTECTED.finditer(run)] if _TRACE.search(run) else []


def may_hold_spans(text: str) -> bool:
    """Whether `protected_spans` may find anything in *text*."""
    return any(opening in text for opening in _OPENINGS)


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Begin and end of each stretch of *text*, blanks included, that is code, a tag or a field to be filled in."""
    return [place.span() for place in _SPANS.finditer(text)]
