"""Paragraph and word differences."""

import random
import time
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.domain.ages import AgeRating
from newsroom.domain.article import Content, LeadPhoto
from newsroom.domain.ids import PhotoId
from newsroom.text.diff import Kind, ParagraphChange, Piece, compare, compare_contents

paragraphs = st.lists(st.text("аб вг,.", min_size=1).filter(str.strip), max_size=6)


def joined(changes, *kinds):
    texts = ["".join(piece.text for piece in change.pieces if piece.kind in kinds) for change in changes]
    return [text for text in texts if text]


@settings(deadline=None)
@given(paragraphs, paragraphs)
def test_both_texts_can_be_read_from_the_difference(old, new):
    changes = compare("\n\n".join(old), "\n\n".join(new))
    assert joined(changes, Kind.SAME, Kind.REMOVED) == old
    assert joined(changes, Kind.SAME, Kind.ADDED) == new


def test_a_changed_word_is_shown_in_its_paragraph():
    assert compare("Мост открыли в мае.\n\nКонец.", "Мост открыли в июне.\n\nКонец.") == (
        ParagraphChange(
            Kind.CHANGED,
            (
                Piece(Kind.SAME, "Мост открыли в"),
                Piece(Kind.REMOVED, " мае"),
                Piece(Kind.ADDED, " июне"),
                Piece(Kind.SAME, "."),
            ),
        ),
        ParagraphChange(Kind.SAME, (Piece(Kind.SAME, "Конец."),)),
    )


def test_an_inserted_paragraph_does_not_disturb_its_neighbours():
    old = "Первый абзац о мосте.\n\nВторой абзац о реке."
    new = "Первый абзац о мосте.\n\nСовсем другое.\n\nВторой абзац о речке."
    assert [change.kind for change in compare(old, new)] == [Kind.SAME, Kind.ADDED, Kind.CHANGED]


def test_equal_texts_have_no_difference():
    assert all(change.kind is Kind.SAME for change in compare("а\n\nб", "а\n\nб"))
    assert compare("", "") == ()


def test_hostile_texts_of_thirty_thousand_characters_take_bounded_time():
    chance = random.Random(7)
    cases = [
        (" ", ["а", "б"], 15_000),
        (" ", ["да", "нет", "раз"], 8_000),
        ("\n\n", ["а", "б", "в"], 10_000),
        (" ", [f"слово{n}" for n in range(300)], 3_500),
    ]
    for joint, words, length in cases:
        old, new = (joint.join(chance.choices(words, k=length)) for _side in "ab")
        started = time.process_time()
        compare(old, new)
        assert time.process_time() - started < 5


def test_fields_are_compared_one_by_one():
    old = Content(headline="Мост открыт", age=AgeRating.SIX, tags=("мост",))
    new = old.with_(
        headline="Мост закрыт",
        age=None,
        date=datetime(2022, 2, 25, 7, 35, tzinfo=UTC),
        photo=LeadPhoto(PhotoId("ab" * 32), credit="Иван Иванов"),
    )
    changes = {change.field: (change.old, change.new) for change in compare_contents(old, new)}
    assert changes == {
        "headline": ("Мост открыт", "Мост закрыт"),
        "photo": ("", "ab" * 32),
        "credit": ("", "Иван Иванов"),
        "age": ("6+", ""),
        "date": ("", "25.02.2022 07:35 (UTC)"),
    }
    assert compare_contents(new, new) == ()


def test_a_field_knows_its_name_for_people():
    (change,) = compare_contents(Content(lead="а"), Content(lead="б"))
    assert change.title == "Подводка"
    assert [piece.kind for paragraph in change.changes for piece in paragraph.pieces] == [Kind.REMOVED, Kind.ADDED]
