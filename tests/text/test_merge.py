"""Merging three versions of an article: nothing is lost, untouched sides give way, and conflicts are a person's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain.article import Content
from newsroom.domain.errors import InvalidInput
from newsroom.domain.merging import Fate, Part, Side, unresolved
from newsroom.text.merge import FIELDS, merge_contents, merge_paragraphs, merged, paragraphs_of

_TEXTS = st.lists(st.sampled_from(["а", "б", "в", "г", "д", "е"]), max_size=8).map(tuple)


def joined(parts: tuple[Part, ...], side: str) -> tuple[str, ...]:
    return tuple(text for part in parts for text in getattr(part, side))


def taken(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """What comes of it where nobody has to choose."""
    assert all(part.proposed for part in parts), parts
    return tuple(text for part in parts for text in part.taken(part.proposed or Side.OURS))


@given(_TEXTS, _TEXTS, _TEXTS)
def test_every_paragraph_of_every_side_is_in_one_part(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    parts = merge_paragraphs(base, ours, theirs)
    assert joined(parts, "base") == base
    assert joined(parts, "ours") == ours
    assert joined(parts, "theirs") == theirs


@given(_TEXTS, _TEXTS)
def test_where_one_side_changed_nothing_the_other_wins_without_a_question(
    base: tuple[str, ...], changed: tuple[str, ...]
) -> None:
    assert taken(merge_paragraphs(base, changed, base)) == changed
    assert taken(merge_paragraphs(base, base, changed)) == changed


@given(_TEXTS, _TEXTS)
def test_same_change_on_both_sides_is_no_conflict(base: tuple[str, ...], changed: tuple[str, ...]) -> None:
    assert taken(merge_paragraphs(base, changed, changed)) == changed


@given(_TEXTS, _TEXTS, _TEXTS)
def test_it_makes_no_difference_who_is_called_ours(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    one, other = merge_paragraphs(base, ours, theirs), merge_paragraphs(base, theirs, ours)
    assert [(part.base, part.ours, part.theirs) for part in one] == [
        (part.base, part.theirs, part.ours) for part in other
    ]


@given(
    st.integers(0, 7),
    st.integers(0, 7),
    st.sampled_from(["", "Наш"]),
    st.sampled_from(["", "Их"]),
)
def test_changes_of_different_places_go_together(ours_at: int, theirs_at: int, ours_is: str, theirs_is: str) -> None:
    """A paragraph between them that both have kept is enough."""
    if abs(ours_at - theirs_at) < 2:
        return
    base = tuple(f"Абзац {number}." for number in range(8))
    ours = tuple(text for place, one in enumerate(base) if (text := ours_is if place == ours_at else one))
    theirs = tuple(text for place, one in enumerate(base) if (text := theirs_is if place == theirs_at else one))
    both = tuple(
        text
        for place, one in enumerate(base)
        if (text := ours_is if place == ours_at else theirs_is if place == theirs_at else one)
    )
    assert taken(merge_paragraphs(base, ours, theirs)) == both


def test_same_paragraph_changed_otherwise_is_a_conflict_and_both_can_be_kept() -> None:
    base = Content(headline="Мост", body="Один.\n\nДва.\n\nТри.")
    ours = replace(base, body="Один.\n\nДва наших.\n\nТри.")
    theirs = replace(base, body="Один.\n\nДва их.\n\nТри.")
    parts = merge_contents(base, ours, theirs, FIELDS)
    (number,) = unresolved(parts, {})
    assert parts[number].fate is Fate.CONFLICT
    assert parts[number].sides == (Side.OURS, Side.THEIRS, Side.BOTH)
    with pytest.raises(InvalidInput):
        merged(ours, parts, {})
    assert merged(ours, parts, {number: Side.THEIRS}).body == theirs.body
    assert merged(ours, parts, {number: Side.BOTH}).body == "Один.\n\nДва наших.\n\nДва их.\n\nТри."


def test_fields_are_merged_one_by_one_and_what_the_site_cannot_tell_stays_ours() -> None:
    base = Content(headline="Мост", lead="Коротко.", byline="Анна Ким", body="Текст.", slug="most")
    ours = replace(base, lead="Короче.", byline="Пётр", slug="most")
    theirs = replace(base, headline="Новый мост", byline="", slug="drugoe")
    parts = merge_contents(base, ours, theirs, ("headline", "lead"))
    result = merged(ours, parts, {})
    assert (result.headline, result.lead, result.byline, result.slug) == ("Новый мост", "Короче.", "Пётр", "most")


def test_a_person_may_overrule_what_is_proposed() -> None:
    base = Content(headline="Мост", body="Один.")
    theirs = replace(base, headline="Их мост")
    parts = merge_contents(base, base, theirs, ("headline",))
    assert merged(base, parts, {0: Side.OURS}).headline == "Мост"
    with pytest.raises(InvalidInput):
        merged(base, parts, {0: Side.BOTH})


def test_blocks_of_more_than_one_line_are_one_paragraph() -> None:
    body = "- Один\n- Два\n\n> Слова.\n>\n> — Кто-то\n\n```html\n<iframe>\n\n</iframe>\n```"
    assert len(paragraphs_of(body)) == 3
    parts = merge_contents(Content(body=body), Content(body=body), Content(body="До.\n\n" + body), ())
    assert merged(Content(body=body), parts, {}).body == "До.\n\n" + body


def test_neighbouring_paragraphs_that_were_reworded_are_chosen_for_one_by_one() -> None:
    base = ("Вход стоит 250 рублей.", "Музыка играет до девяти.", "Ждали катка три года.")
    ours = ("Вход стоит 200 рублей.", base[1], "Ждали катка четыре года.")
    theirs = ("Вход стоит 300 рублей.", "Музыка играет до десяти.", base[2])
    assert [part.fate for part in merge_paragraphs(base, ours, theirs)] == [Fate.CONFLICT, Fate.THEIRS, Fate.OURS]
