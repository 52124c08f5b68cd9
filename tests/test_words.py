"""What the program says: every sentence marked for translation, translated, and compiled.

Where one of these fails after a change of words: ``python3 packaging/dev.py messages``, then translate what it names.
"""

import argparse
import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.tools import load_tool

ROOT = Path(__file__).resolve().parents[1]
messages = load_tool("messages")
CYRILLIC = re.compile("[А-Яа-яЁё]")
#: Russian in every language: a language is offered by its own name, and a pasted credit is recognised by its beginning.
RUSSIAN_ANYWAY = {"&Русский", "Фото:"}
LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)


def forms(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def fields(text: str) -> set[str]:
    """The names of the placeholders in a text."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def marked_calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of the functions of `newsroom.words` that take a message."""
    for folder in messages.SOURCES:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in messages.KEYWORDS:
                    yield file, node


@LANGUAGES
def test_the_catalogue_holds_exactly_the_messages_of_the_source(language):
    catalogue = {message.id for message in messages.read(language) if message.id}
    assert catalogue == messages.source_messages()


@LANGUAGES
def test_every_message_is_translated(language):
    """Russian is the source itself; it needs the three forms of counted phrases only."""
    assert messages.untranslated(language) == []


def test_no_message_hides_in_a_formatted_string():
    """There the gathering of messages does not find it, and it would stay Russian and without its plural forms."""
    for folder in messages.SOURCES:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    for call in ast.walk(node):
                        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                            hides = call.func.id in messages.KEYWORDS and isinstance(call.args[0], ast.Constant)
                            assert not hides, f"{file}:{node.lineno}"


def test_counted_phrases_have_three_russian_and_two_english_forms():
    for language, count in (("ru", 3), ("en", 2)):
        for message in messages.read(language):
            if message.id and message.pluralizable:
                assert len(forms(message.string)) == count, message.id


@LANGUAGES
def test_translations_name_the_same_values_as_the_source(language):
    for message in messages.read(language):
        for translation in forms(message.string):
            if message.id and translation:
                expected = set.union(*map(fields, forms(message.id)))
                # «Одна статья»: a form for one thing may do without its number.
                assert fields(translation) | {"n"} == expected | {"n"}, translation
                assert fields(translation) <= expected, translation


def test_english_is_english():
    """Nothing of a sentence stays Russian, except a word that is quoted for its own sake."""
    russian = [
        translation
        for message in messages.read("en")
        for translation in forms(message.string)
        if CYRILLIC.search(re.sub("«[^»]*»|“[^”]*”", "", translation))
    ]
    assert not russian


@LANGUAGES
def test_the_compiled_catalogue_is_that_of_the_text(language):
    file = messages.po_file(language)
    assert file.with_suffix(".mo").read_bytes() == messages.as_mo(file, language)


def test_the_words_of_argparse_are_compiled_and_all_there():
    """Those of the Python that runs the tests; what it says only of a mistake in our own code may stay English."""
    file = messages.argparse_file()
    assert file.with_suffix(".mo").read_bytes() == messages.as_mo(file, "ru")
    known = {form for message in messages.read("ru", file) for form in forms(message.id) if message.string}
    used = {
        argument.value
        for node in ast.walk(ast.parse(Path(argparse.__file__).read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    ours = re.compile(
        '^(%r is not callable|.*positionals|.*__call__.*|.*subparser.*|argument "-".*|cannot merge.*'
        "|conflicting .*|dest= is.*|invalid conflict_resolution.*|invalid option string.*|mutually exclusive.*)$",
        re.DOTALL,
    )
    assert {message for message in used if not ours.match(message)} <= known


@LANGUAGES
def test_the_catalogue_is_written_as_the_tool_writes_it(language):
    assert messages.po_file(language).read_bytes() == messages.as_po(messages.merged(language))


def test_messages_are_whole_sentences_that_the_tool_can_read():
    """A message put together before it is translated is never found in a catalogue."""
    for file, call in marked_calls():
        for argument in call.args[: 2 if call.func.id == "n_" else 1]:
            built = isinstance(argument, (ast.JoinedStr, ast.BinOp, ast.Call))
            assert not built, f"{file.relative_to(ROOT)}:{argument.lineno}"


def test_the_window_says_nothing_past_the_catalogues():
    """Russian in the window's code stands inside ``_()``, ``n_()`` or ``later()``, or in a table by language."""
    unmarked = []
    for file in (ROOT / "ui").rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        spoken = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in messages.KEYWORDS:
                spoken |= {id(inner) for inner in ast.walk(node)}
            elif isinstance(node, ast.Expr):
                spoken.add(id(node.value))  # a docstring
            elif isinstance(node, ast.Dict) and "ru" in [getattr(key, "value", None) for key in node.keys]:
                spoken |= {id(inner) for inner in ast.walk(node)}
        unmarked += [
            f"{file.relative_to(ROOT)}:{node.lineno} {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and CYRILLIC.search(node.value)
            and node.value not in RUSSIAN_ANYWAY
            and id(node) not in spoken
        ]
    assert not unmarked
