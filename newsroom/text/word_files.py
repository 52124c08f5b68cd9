"""House dictionaries as files (`newsroom.text.list_files`), or one word a line where there is nothing to add."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Final

from newsroom.domain.errors import InvalidInput
from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind
from newsroom.text.list_files import CSV, TOML, ListFile, Row, cell, choice, made, text_of, yes
from newsroom.words import _

_LINES: Final = ".txt"
#: Suffixes of files that can be read, and of those that can be written.
SUFFIXES: Final = (CSV, TOML, _LINES)
_WRITTEN: Final = (CSV, TOML)
_FILE: Final = ListFile("words", tuple(field.name for field in fields(HouseWord)), frozenset(("text",)))


def read_word_file(data: bytes, suffix: str) -> list[HouseWord]:
    """The words of a file whose name ends in *suffix*. Raises `InvalidInput` with every reason, each with its line."""
    if suffix.lower() not in SUFFIXES:
        raise InvalidInput(_("Словарь редакции читается из файлов {kinds}.").format(kinds=", ".join(SUFFIXES)))
    if suffix.lower() != _LINES:
        return _FILE.read(data, suffix, _word)
    lines = enumerate(text_of(data).splitlines(), start=1)
    return made(((number, {"text": line}) for number, line in lines if line.strip() and line[0] != "#"), _word)


def write_word_file(words: Iterable[HouseWord], suffix: str) -> str:
    """*words* as a file whose name ends in *suffix*. Raises `InvalidInput` for a kind that cannot hold them."""
    if suffix.lower() not in _WRITTEN:
        raise InvalidInput(_("Словарь редакции записывается в файлы {kinds}.").format(kinds=", ".join(_WRITTEN)))
    return _FILE.write(map(asdict, words), suffix)


def _word(row: Row) -> HouseWord:
    return HouseWord(
        text=cell(row, "text"),
        verdict=choice(Verdict, cell(row, "verdict"), Verdict.CONFIRMED),
        kind=choice(WordKind, cell(row, "kind"), WordKind.WORD),
        meant=cell(row, "meant"),
        inflected=yes(cell(row, "inflected")),
        note=cell(row, "note"),
    )
