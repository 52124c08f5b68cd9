"""House dictionaries as files: CSV for spreadsheets, TOML for people, one word a line where there is nothing to add.

CSV has a line of headings in any order, parted by commas, semicolons or tabs; only ``text`` is needed. TOML has a table
``[[words]]`` for each word with the same names.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from newsroom.domain.errors import InvalidInput
from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.words import _

#: Suffixes of files that can be read and written.
SUFFIXES: Final = (".csv", ".toml", ".txt")
_NAMES: Final = tuple(field.name for field in fields(HouseWord))
_YES, _NO = ("1", "true", "yes", "да", ""), ("0", "false", "no", "нет")
#: Reasons told of one file.
_MOST_REASONS: Final = 20


def read_word_file(data: bytes, suffix: str) -> list[HouseWord]:
    """The words of a file whose name ends in *suffix*. Raises `InvalidInput` with every reason, each with its line."""
    try:
        text = decoded(data)
    except UnknownEncoding as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error
    match suffix.lower():
        case ".csv":
            rows = _csv_rows(text)
        case ".toml":
            rows = _toml_rows(text)
        case ".txt":
            lines = enumerate(text.splitlines(), start=1)
            rows = [(number, {"text": line}) for number, line in lines if line.strip() and not line.startswith("#")]
        case _:
            raise InvalidInput(_("Словарь редакции читается из файлов {kinds}.").format(kinds=", ".join(SUFFIXES)))
    words, reasons = [], []
    for number, row in rows:
        try:
            words.append(_word(row))
        except ValueError as error:
            reasons.append(_("{number}: {reason}").format(number=number, reason=error))
    if reasons:
        raise InvalidInput(*reasons[:_MOST_REASONS])
    return words


def write_word_file(words: Iterable[HouseWord], suffix: str) -> str:
    """*words* as a file whose name ends in *suffix*. Raises `InvalidInput` for a kind that cannot hold them."""
    rows = [{name: value for name, value in asdict(word).items() if value != ""} for word in words]
    match suffix.lower():
        case ".csv":
            out = io.StringIO()
            writer = csv.DictWriter(out, _NAMES, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "inflected": "yes" if row["inflected"] else "no"} for row in rows)
            return out.getvalue()
        case ".toml":
            import tomli_w

            return tomli_w.dumps({"words": rows})
        case _:
            raise InvalidInput(_("Словарь редакции записывается в файлы {kinds}.").format(kinds=".csv, .toml"))


def _csv_rows(text: str) -> Sequence[tuple[int, Mapping[str, Any]]]:
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", strict=True)
        names = [name.strip() for name in reader.fieldnames or ()]
        if "text" not in names:
            raise InvalidInput(_("В первой строке нужны названия столбцов: {names}.").format(names=", ".join(_NAMES)))
        reader.fieldnames = names
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error


def _toml_rows(text: str) -> Sequence[tuple[int, Mapping[str, Any]]]:
    try:
        rows = tomllib.loads(text).get("words", [])
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(_("В файле нужны таблицы [[words]]."))
    return list(enumerate(rows, start=1))


def _word(row: Mapping[str, Any]) -> HouseWord:
    """Raises `ValueError` with a reason in words."""
    unknown = sorted(name for name in row if name not in _NAMES)
    if unknown:
        raise ValueError(_("лишнее: {names}; бывает {known}").format(names=", ".join(unknown), known=", ".join(_NAMES)))
    cells = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    for name in ("text", "meant", "note"):
        if not isinstance(cells.get(name) or "", str):
            raise ValueError(_("«{name}» — не текст").format(name=name))
    return HouseWord(
        text=cells.get("text") or "",
        verdict=Verdict(_choice(cells.get("verdict") or Verdict.CONFIRMED, tuple(Verdict))),
        kind=WordKind(_choice(cells.get("kind") or WordKind.WORD, tuple(WordKind))),
        meant=cells.get("meant") or "",
        inflected=_yes(cells.get("inflected")),
        note=cells.get("note") or "",
    )


def _choice(value: object, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise ValueError(_("«{value}» не бывает; бывает {known}").format(value=value, known=", ".join(allowed)))
    return str(value)


def _yes(value: object) -> bool:
    plain = "" if value is None else str(value).lower()
    if plain not in _YES + _NO:
        raise ValueError(_("«{value}» не бывает; бывает {known}").format(value=value, known="yes, no"))
    return plain in _YES
