"""A body in words, for comparisons."""

import pytest

from newsroom.domain.article import Content
from newsroom.text.diff import Kind, compare_contents
from newsroom.text.markdown import parse
from newsroom.text.readable import readable

PHOTO = "a1b2c3d4" + "0" * 56


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Вход — 250 рублей\\.\n\n1986\\. Год.", "Вход — 250 рублей.\n\n1986. Год."),
        ("## Каток\n\n### Прокат", "## Каток\n\n### Прокат"),
        ("- коньки\n- шлем\n  - детский", "• коньки\n• шлем\n    • детский"),
        ("3. третий\n4. четвёртый", "3. третий\n4. четвёртый"),
        ("> Ждали.\n>\n> — Ольга Пирогова", "> Ждали.\n> — Ольга Пирогова"),
        ("**важно** и *тихо*", "**важно** и *тихо*"),
        ("см. [сайт](https://example.org/)", "см. сайт (https://example.org/)"),
        ("первая\\\nвторая", "первая\nвторая"),
        ("---", "⁂"),
        (
            f'![Лёд](photo:{PHOTO} "Каток Фото: Анна Ким")',
            "[Фото a1b2c3d4; подпись: Каток; автор: Анна Ким; описание: Лёд]",
        ),
        ("", ""),
    ],
)
def test_a_body_reads_as_it_was_typed(markdown: str, expected: str) -> None:
    assert readable(parse(markdown)) == expected


def test_an_added_photo_is_told_in_words() -> None:
    old = Content(body="Каток открыт.")
    new = Content(body=f'Каток открыт.\n\n![](photo:{PHOTO} "Каток")')
    (body,) = compare_contents(old, new)
    assert [(change.kind, change.pieces[0].text) for change in body.changes] == [
        (Kind.SAME, "Каток открыт."),
        (Kind.ADDED, "[Фото a1b2c3d4; подпись: Каток]"),
    ]


def test_a_link_that_leads_elsewhere_is_a_difference() -> None:
    old, new = (Content(body=f"см. [сайт](https://example.org/{page})") for page in ("a", "b"))
    (body,) = compare_contents(old, new)
    assert [change.kind for change in body.changes] == [Kind.CHANGED]


def test_bodies_that_read_alike_are_told_apart_by_their_markdown() -> None:
    """Typed asterisks are not bold letters, though they look the same in a comparison."""
    (body,) = compare_contents(Content(body="**важно**"), Content(body=r"\*\*важно\*\*"))
    assert (body.old, body.new) == ("**важно**", r"\*\*важно\*\*")
