"""Finding a reader's fragment in the page, in the units that Qt counts in."""

import pytest

from ui.review.reading import find_fragment

TEXT = "Заголовок\u2029В понедельник открыли каток. Вход\u00a0— 250\u00a0рублей.\u2029Каток открыли снова."


def found(before: str, selected: str, after: str) -> str | None:
    place = find_fragment(TEXT, before, selected, after)
    return None if place is None else TEXT[place[0] : place[1]]


@pytest.mark.parametrize(
    ("before", "selected", "after", "expected"),
    [
        ("понедельник ", "открыли", " каток", "открыли"),
        ("", "250 рублей", ".", "250\u00a0рублей"),
        ("ничего похожего", "понедельник", "ничего", "понедельник"),
        ("", "аптека", "", None),
        ("не то", "открыли", "не то", None),
        ("", "  ", "", None),
    ],
    ids=["by context", "blanks are equal", "only place", "absent", "several places, no context fits", "blank"],
)
def test_a_fragment_is_found_where_it_certainly_stands(
    before: str, selected: str, after: str, expected: str | None
) -> None:
    assert found(before, selected, after) == expected


def test_of_two_places_the_one_with_the_right_surroundings_is_taken() -> None:
    place = find_fragment(TEXT, "Каток ", "открыли", " снова")
    assert place is not None
    assert place[0] == TEXT.rindex("открыли")


def test_context_may_cross_paragraphs() -> None:
    place = find_fragment(TEXT, "250 рублей. ", "Каток открыли", "")
    assert place is not None
    assert place[0] == TEXT.index("Каток открыли")


def test_places_are_counted_in_utf_16() -> None:
    """Qt counts an emoji as two."""
    assert find_fragment("🏒 каток", "", "каток", "") == (3, 8)
