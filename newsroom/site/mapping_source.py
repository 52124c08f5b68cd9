"""The TOML under a description: bounded, parsed, with the line of every key; and sections that name what is wrong."""

import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from newsroom.domain.errors import InvalidInput
from newsroom.site.mapping import Scalar, printable, with_line
from newsroom.words import _, system_words

#: No description of a real site comes near these.
MAX_BYTES = 200_000
MAX_ENTRIES = 200
MAX_NAME = 128
MAX_TEXT = 2_000

#: What a draft leaves for a person to fill in.
TO_FILL = "?"

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[\w\-.]+(?:\s*\.\s*[\w\-]+)*)\s*=")


def read_toml(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The values of *file* and the lines of its keys. Raises `InvalidInput`, in words that name the file."""

    def refuse(why: str) -> InvalidInput:
        return InvalidInput(_("Описание сайта {file} не прочитано: {why}.").format(file=file, why=why))

    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refuse(system_words(error)) from error
    if len(data) > MAX_BYTES:
        raise refuse(_("файл больше {limit} КБ").format(limit=MAX_BYTES // 1000))
    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text), _lines(text)
    except UnicodeDecodeError:
        raise refuse(_("это не текст в UTF-8")) from None
    except RecursionError:
        raise refuse(_("значения вложены друг в друга слишком глубоко")) from None
    except ValueError as error:
        raise refuse(str(error)) from None


def _lines(text: str) -> dict[str, int]:
    """Where each key stands; of two equal ones, as in a text of several lines, the first."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            section = _bare(header[1])
            found.setdefault(section, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{section}.{_bare(key[1])}".lstrip("."), number)
    return found


def _bare(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


class Section:
    """One table of the file. What it lacks or has too much of goes into the list that all sections share."""

    def __init__(self, values: Any, path: str, problems: list[str], lines: dict[str, int]) -> None:
        self.path = path
        self.problems = problems
        self.lines = lines
        self._values: dict[str, Any] = values if isinstance(values, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(values, dict):
            self.complain("", _("нужен раздел, а не одно значение"))
        elif len(values) > MAX_ENTRIES:
            self.complain("", _("больше {limit} строк в одном разделе").format(limit=MAX_ENTRIES))
            self._values = {}

    def key(self, name: str) -> str:
        return f"{self.path}.{name}".strip(".")

    def complain(self, name: str, why: str) -> None:
        shown = with_line(self.key(name), self.lines)
        self.problems.append(f"{shown}: {why}." if shown else f"{why}.")

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __bool__(self) -> bool:
        return bool(self._values)

    def names(self) -> list[str]:
        """All keys that nobody has asked for yet, asked for with this."""
        names = [name for name in self._values if name not in self._asked]
        self._asked.update(names)
        return names

    def raw(self, name: str, default: Any = None) -> Any:
        self._asked.add(name)
        return self._values.get(name, default)

    def section(self, name: str) -> "Section":
        return Section(self.raw(name, {}), self.key(name), self.problems, self.lines)

    def text(self, name: str, default: str | None = None, limit: int = MAX_TEXT) -> str:
        """A text; without *default* it has to be there and may not be empty."""
        value = self.raw(name, default)
        if value is None or (default is None and value == ""):
            self.complain(name, _("это нужно указать"))
        elif not isinstance(value, str):
            self.complain(name, _("нужен текст в кавычках"))
        elif value == TO_FILL:
            self.complain(name, _("не заполнено: впишите значение вместо «?»"))
        elif len(value) > limit:
            self.complain(name, _("длиннее {limit} знаков").format(limit=limit))
        elif "\0" in value:
            self.complain(name, _("внутри нулевой знак"))
        else:
            return value
        return default or ""

    def name(self, name: str, default: str | None = None) -> str:
        """The name of a table or column; whether it exists is seen in the database."""
        return self.text(name, default, MAX_NAME)

    def flag(self, name: str, default: bool) -> bool:
        value = self.raw(name, default)
        if not isinstance(value, bool):
            self.complain(name, _("нужно true или false"))
            return default
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(name, default)
        if value and value not in choices:
            known = ", ".join(choices)
            self.complain(
                name, _("«{value}» здесь не бывает; бывает: {known}").format(value=printable(value), known=known)
            )
            return default or choices[0]
        return value or choices[0]

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of it."""
        value = self.raw(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.complain(name, _("нужен список текстов"))
            return ()
        if len(values) > MAX_ENTRIES or any(len(one) > MAX_TEXT for one in values):
            self.complain(name, _("слишком длинный список или текст в нём"))
            return ()
        return tuple(values)

    def scalar(self, name: str) -> Scalar:
        """A text, number, yes or no."""
        value = self.raw(name)
        if isinstance(value, (date, datetime, time)):
            value = value.isoformat()
        if isinstance(value, (list, dict)) or value is None:
            self.complain(name, _("нужен текст, число, true или false"))
            return None
        if isinstance(value, str):
            return self.text(name, "")
        if isinstance(value, int) and abs(value) >= 2**63:
            self.complain(name, _("такого большого числа в базе не бывает"))
            return None
        assert isinstance(value, (bool, int, float))
        return value

    def refuse_unknown(self, known: Callable[[], str] | None = None) -> None:
        """Complain of every key that nobody has asked for."""
        for name in self._values:
            if name not in self._asked:
                more = f"; {known()}" if known else ""
                self.complain(name, _("такого ключа здесь не бывает") + more)
