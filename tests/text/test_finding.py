"""What is found where, and what it becomes."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain.errors import InvalidInput
from newsroom.text.finding import PATIENCE, Search, expand, find


def places(text: str, *args: object, **kwargs: object) -> list[str]:
    """What stands at each place that is found, cut out as Qt would."""
    units = text.encode("utf-16-le")
    [found] = find([text], Search(*args, **kwargs))
    return [units[2 * one.begin : 2 * one.end].decode("utf-16-le") for one in found]


@pytest.mark.parametrize(
    ("text", "search", "found"),
    [
        ("Мост и мосты", Search("мост"), ["Мост", "мост"]),
        ("Мост и мосты", Search("мост", case=True), ["мост"]),
        ("Мост и мосты", Search("мост", whole_word=True), ["Мост"]),
        ("мост2, мост_а, кто-мост", Search("мост", whole_word=True), ["мост"]),
        ("Ёлка и елка", Search("елка"), ["елка"]),
        ("Ёлка и елка", Search("ёлка"), ["Ёлка"]),
        ("1+1=2", Search("1+1"), ["1+1"]),
        ("1+1=2, 11", Search("1+1", pattern=True), ["11"]),
        ("250 рублей, 3000 рублей", Search(r"\d+", pattern=True), ["250", "3000"]),
        ("один\u2029два", Search("^.", pattern=True), ["о", "д"]),
        ("один\u2028два", Search("^.", pattern=True), ["о", "д"]),
        ("один\u2028два", Search(r"н\nд", pattern=True), ["н\u2028д"]),
        ("один\u2029два", Search(r"н\s*д", pattern=True), []),
        ("до\ufffcпосле", Search("[^а]+", pattern=True), ["до", "после"]),
        ("ааа", Search("а*", pattern=True), ["ааа"]),
        ("ааа", Search("^", pattern=True), []),
        ("мост", Search("а|мост", pattern=True, whole_word=True), ["мост"]),
        ("🚒 горит 🔥 дом 🔥", Search("🔥"), ["🔥", "🔥"]),
        ("🚒 горит дом", Search("дом"), ["дом"]),
        ("За\u0301мок", Search("за"), []),
        ("За\u0301мок", Search("за\u0301мок"), ["За\u0301мок"]),
        ("", Search("а"), []),
        ("текст", Search(""), []),
    ],
)
def test_what_is_found(text, search, found):
    assert places(text, search.text, search.case, search.whole_word, search.pattern) == found


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("sought", ["NFC", "NFD"])
def test_composed_letters_are_found_in_either_form(form, sought):
    text = unicodedata.normalize(form, "🚒 Первый йод")
    assert places(text, unicodedata.normalize(sought, "йод")) == [unicodedata.normalize(form, "йод")]
    assert places(text, "и") == []
    assert places(text, unicodedata.normalize(sought, "первый"), whole_word=True) == [
        unicodedata.normalize(form, "Первый")
    ]


@given(st.text(alphabet="аяйи\u0306\u0301😀 \u2029", max_size=30), st.text(alphabet="аяй😀", min_size=1, max_size=2))
def test_a_place_always_holds_what_was_sought(text, sought):
    for place in places(text, sought, case=True):
        assert unicodedata.normalize("NFC", place) == sought


def test_several_texts_are_searched_at_once():
    assert [len(found) for found in find(["Мост", "", "мост, мост"], Search("мост"))] == [1, 0, 2]


@pytest.mark.parametrize(
    ("pattern", "place"),
    [("(а", "знак 3"), ("[а", "знак 3"), ("*а", "знак 1"), ("а)", "знак 2"), ("(?z)", "знак"), ("\\", "знак 2")],
)
def test_a_pattern_that_cannot_be_read_is_told_with_its_place(pattern, place):
    with pytest.raises(InvalidInput, match=place):
        find(["текст"], Search(pattern, pattern=True))


def test_a_catastrophic_pattern_ends_in_time():
    begun = time.monotonic()
    with pytest.raises(InvalidInput, match="сложное"):
        find(["а" * 60 + "!"], Search("(а|а)*б|(а+)+$", pattern=True))
    assert time.monotonic() - begun < 10 * PATIENCE


@pytest.mark.parametrize(
    ("template", "groups", "made"),
    [
        ("мост", (), "мост"),
        ("$1 и \\1", (), "$1 и \\1"),
        ("$2, $1", ("весь", "один", "два"), "два, один"),
        (r"\2 \0", ("весь", "один", "два"), "два весь"),
        ("$$1", ("весь",), "$1"),
        (r"а\nб\tв\\n", ("весь",), "а\nб\tв\\n"),
        ("5 $", ("весь",), "5 $"),
    ],
)
def test_what_a_place_becomes(template, groups, made):
    assert expand(template, groups) == made


def test_a_group_that_is_not_there_is_told():
    with pytest.raises(InvalidInput, match="нет группы 2"):
        expand("$2", ("весь", "один"))
