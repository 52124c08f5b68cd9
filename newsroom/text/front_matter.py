"""Articles as files: fields in front matter between two lines ``---``, and Markdown below.

The front matter is YAML as people type it. A value means exactly the text after its colon, whatever YAML would think of
the colons, quotes, ``#``, ``@`` or brackets in it, unless the whole value is a quoted string; tags may also be a list.
Indented lines below a key go on with its value, and ``|`` or ``>`` after the colon begin a text of several lines.
Everything is text: dates and ages are read by whoever knows them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from newsroom.domain.errors import InvalidInput
from newsroom.text.encodings import UnknownEncoding, decoded
from newsroom.text.fragments import BLANKS, clean
from newsroom.words import _

FIELDS = (
    "headline",
    "lead",
    "rubric",
    "date",
    "byline",
    "age",
    "photo",
    "caption",
    "credit",
    "alt",
    "tags",
    "slug",
    "pinned_until",
    "note",
)
#: The one field that is a list.
LIST_FIELD = "tags"

MAX_BYTES = 5 * 1024 * 1024
#: Characters of front matter; bounds what the YAML parser is given.
MAX_HEADER = 64 * 1024

Value = str | tuple[str, ...]

_FENCE = "---"
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]{0,2}([ \t]+#.*)?")
#: Parts of YAML that can multiply, run or hide something; nobody types them into an article.
_FORBIDDEN = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken, yaml.DirectiveToken, yaml.FlowMappingStartToken)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file holds: the fields that it names, and the Markdown below them."""

    fields: dict[str, Value]
    body: str


@dataclass(slots=True)
class _Entry:
    """One key with its value as typed."""

    key: str
    #: Counted from 1.
    line: int
    first: str
    #: The lines below that belong to it.
    more: list[str] = field(default_factory=list)


class _Unreadable(Exception):
    """Says to a person why a value or a file cannot be read."""


def read_front_matter(data: bytes) -> FrontMatter:
    """The fields and body of a file; *data* is UTF-8, or UTF-16 with a byte order mark.

    Tags come as a tuple, everything else as text. Raises `InvalidInput` with every reason that can be found at once.
    """
    try:
        if len(data) > MAX_BYTES:
            raise _Unreadable(_("файл больше {limit} МБ — это не статья.").format(limit=MAX_BYTES // 1024**2))
        lines = clean(decoded(data)).split("\n")
        start, end = _fences(lines)
    except (_Unreadable, UnknownEncoding, InvalidInput) as error:
        told = str(error)
        raise InvalidInput(told[:1].upper() + told[1:]) from None
    entries, problems = _entries(lines[start:end], start + 1)
    fields: dict[str, Value] = {}
    for entry in entries:
        try:
            fields[entry.key] = _tags(entry) if entry.key == LIST_FIELD else _text(entry)
        except _Unreadable as error:
            problems.append((entry.line, _("поле «{key}»: {problem}").format(key=entry.key, problem=error)))
    if problems:
        raise InvalidInput(
            *(_("Строка {line}: {problem}").format(line=line, problem=problem) for line, problem in sorted(problems))
        )
    return FrontMatter(fields, "\n".join(lines[end + 1 :]).strip("\n"))


def write_front_matter(fields: Mapping[str, Value], body: str) -> str:
    """A file that `read_front_matter` reads as *fields* and *body*, and any YAML parser as the same fields.

    Raises `InvalidInput` for NUL and halves of surrogate pairs, `ValueError` for unknown fields.
    """
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"unknown fields {sorted(unknown)}")
    lines = [_FENCE]
    for key in FIELDS:
        match fields.get(key):
            case None:
                continue
            case str(text):
                lines.append(f"{key}: {_written(clean(text))}")
            case tags:
                lines.append(f"{key}: [{', '.join(_written(clean(tag), in_list=True) for tag in tags)}]")
    lines += [_FENCE, "", clean(body).strip("\n"), ""]
    return "\n".join(lines)


# --- Lines -----------------------------------------------------------------------------------------------------------


def _fences(lines: list[str]) -> tuple[int, int]:
    """Where the front matter begins and where the line that closes it is."""
    start = next((n for n, line in enumerate(lines) if line.strip(BLANKS)), 0)
    if lines[start].rstrip(BLANKS) != _FENCE:
        raise _Unreadable(
            _("строка {line}: файл начинается не со строки ---, за которой идут поля статьи.").format(line=start + 1)
        )
    size = 0
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip(BLANKS) == _FENCE:
            return start + 1, number
        size += len(lines[number])
        if size > MAX_HEADER:
            break
    raise _Unreadable(
        _("поля статьи начаты в строке {line}, но не закончены второй строкой ---.").format(line=start + 1)
    )


def _entries(lines: list[str], first_number: int) -> tuple[list[_Entry], list[tuple[int, str]]]:
    """The known keys, each once, and what is wrong with the others."""
    entries: dict[str, _Entry] = {}
    problems: list[tuple[int, str]] = []
    current: _Entry | None = None
    for number, line in enumerate(lines, first_number):
        if not line.strip(BLANKS) or line[0] in BLANKS or line.startswith("- ") or line.rstrip(BLANKS) == "-":
            if current is not None:
                current.more.append(line)
            elif line.strip(BLANKS):
                problems.append((number, _("строка не относится ни к одному полю.")))
            continue
        if line.startswith("#"):
            continue
        key, colon, first = line.partition(":")
        key = key.rstrip(BLANKS)
        if not colon or (first and first[0] not in BLANKS and key not in FIELDS):
            problems.append((number, _("здесь нужны имя поля, двоеточие и пробел. Начните продолжение с отступа.")))
            continue
        current = _Entry(key, number, first.strip(BLANKS))
        if key not in FIELDS:
            problems.append(
                (number, _("поле «{key}» неизвестно; бывают {known}.").format(key=key, known=", ".join(FIELDS)))
            )
        elif key in entries:
            problems.append(
                (number, _("поле «{key}» уже есть в строке {first}.").format(key=key, first=entries[key].line))
            )
        else:
            entries[key] = current
    return list(entries.values()), problems


# --- Values ----------------------------------------------------------------------------------------------------------


def _text(entry: _Entry) -> str:
    if _BLOCK_SCALAR.fullmatch(entry.first):
        value = _yaml("\n".join([entry.first, *(line or "" for line in entry.more)]))
        if not isinstance(value, str):
            raise _Unreadable(_("строки под знаком «{sign}» читаются не как текст.").format(sign=entry.first))
        return _checked(value.rstrip("\n"))
    if not any(line.strip(BLANKS) for line in entry.more):
        return _scalar(entry.first)
    return _scalar("\n".join([entry.first, *entry.more]), folded=_folded(entry))


def _tags(entry: _Entry) -> tuple[str, ...]:
    """A list in brackets, a list of lines with hyphens, or names between commas."""
    lines = [line.strip(BLANKS) for line in entry.more if line.strip(BLANKS)]
    whole = " ".join([entry.first, *lines]).strip(BLANKS)
    if not entry.first and lines and all(line == "-" or line.startswith("- ") for line in lines):
        tags = [_scalar(line[1:].strip(BLANKS)) for line in lines]
    elif whole.startswith("[") and whole.endswith("]"):
        read = _yaml(whole)
        if isinstance(read, list) and all(isinstance(tag, str) for tag in read):
            tags = [_checked(tag) for tag in read]
        else:
            tags = whole[1:-1].split(",")
    else:
        tags = _text(entry).split(",")
    return tuple(tag for one in tags if (tag := one.strip()))


def _scalar(text: str, folded: str | None = None) -> str:
    """*text* unquoted where the whole of it is a quoted string, else as it is (or as *folded*)."""
    quote = text[:1]
    if quote in ('"', "'") and len(text) > 1 and text.rstrip().endswith(quote):
        read = _yaml(text)
        if isinstance(read, str):
            return _checked(read)
    return text if folded is None else folded


def _folded(entry: _Entry) -> str:
    """The value of several lines as one; an empty line within it begins a new one, as in YAML."""
    text = entry.first
    gap = 0
    for line in (line.strip(BLANKS) for line in entry.more):
        if not line:
            gap += 1
            continue
        if text:
            text += "\n" * gap or " "
        text += line
        gap = 0
    return text


def _checked(value: str) -> str:
    """What escapes in quotes may have brought in is held to the same rules as the file."""
    try:
        return clean(value)
    except InvalidInput as error:
        raise _Unreadable(str(error)) from None


def _yaml(source: str) -> Any:
    """*source* read by YAML, all scalars as text; None where YAML will not have it.

    Raises `_Unreadable` for anchors, aliases, tags and nested collections.
    """
    depth = 0
    try:
        for token in yaml.scan(source, Loader=yaml.BaseLoader):
            depth += isinstance(token, yaml.FlowSequenceStartToken)
            if isinstance(token, _FORBIDDEN) or depth > 1:
                raise _Unreadable(_("ссылки, метки и вложенные списки YAML не принимаются."))
        return yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506 -- makes nothing but text and lists
    except yaml.YAMLError:
        return None


def _written(text: str, *, in_list: bool = False) -> str:
    """*text* as it is where this reader and YAML both take it so, else in quotes."""
    plain = bool(text) and "\n" not in text and text == text.strip()
    if plain:
        try:
            read = _yaml(f"[{text}]" if in_list else f"k: {text}")
            same = read == ([text] if in_list else {"k": text})
            plain = same and _text(_Entry("", 0, text)) == text
        except _Unreadable:
            plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)
