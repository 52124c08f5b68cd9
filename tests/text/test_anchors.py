"""Anchors: a fragment is found again after edits, or honestly not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.domain.anchors import CONTEXT, LONGEST, Anchor
from newsroom.text.anchors import SURE, anchor_of, candidates, locate, locate_all
from newsroom.text.folding import Folded
from tests.text.documents import text as nasty_text

TEXT = (
    "Автобусы пойдут по новому мосту с понедельника. Об этом сообщил начальник управления дорог Пётр Ким.\n\n"
    "По его словам, подрядчик закончил ремонт на месяц раньше срока: помогла сухая осень. «Мы спешили из-за льда», "
    "— объяснил он.\n\n"
    "Расписание вывесят на остановках в пятницу. Пока автобусы ходят по старому мосту, каждые 15 минут."
)
FRAGMENT = "подрядчик закончил ремонт на месяц раньше срока"


def anchor(fragment: str = FRAGMENT, text: str = TEXT) -> Anchor:
    begin = text.index(fragment)
    return anchor_of(text, begin, begin + len(fragment))


def found(text: str, fragment: str = FRAGMENT) -> str | None:
    place = locate(text, anchor(fragment))
    return None if place is None else text[place.begin : place.end]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("", "", FRAGMENT, id="nothing changed"),
        pytest.param("Автобусы пойдут", "Во вторник в мэрии уточнили: автобусы пойдут", FRAGMENT, id="text before"),
        pytest.param("в пятницу", "в субботу утром", FRAGMENT, id="text after"),
        pytest.param("По его словам, ", "", FRAGMENT, id="a neighbour cut out"),
        pytest.param("По его словам, ", "Как пояснили в управлении, ", FRAGMENT, id="a neighbour rewritten"),
        pytest.param(
            "на месяц раньше",
            "на три недели раньше",
            "подрядчик закончил ремонт на три недели раньше срока",
            id="words inside",
        ),
        pytest.param(
            "закончил", "законьчил", "подрядчик законьчил ремонт на месяц раньше срока", id="a slip of the pen inside"
        ),
        pytest.param(
            "подрядчик закончил",
            "строители закончили",
            "строители закончили ремонт на месяц раньше срока",
            id="its head",
        ),
        pytest.param("раньше срока", "раньше", "подрядчик закончил ремонт на месяц раньше", id="its tail cut off"),
        pytest.param(
            " ремонт на ",
            "\u00a0ремонт\u00a0на ",
            "подрядчик закончил\u00a0ремонт\u00a0на месяц раньше срока",
            id="no-break blanks",
        ),
        pytest.param(FRAGMENT, "", None, id="the fragment is gone"),
        pytest.param(FRAGMENT, "сроки названы не были", None, id="another text in its place"),
    ],
)
def test_a_fragment_follows_its_text(old: str, new: str, expected: str | None) -> None:
    assert found(TEXT.replace(old, new)) == expected


def test_typography_does_not_matter() -> None:
    changed = TEXT.replace("«", "“").replace("»", "”").replace("—", "–").replace("ё", "е").replace("-", "\u2011")
    assert found(changed, "«Мы спешили из-за льда», — объяснил он") == "“Мы спешили из\u2011за льда”, – объяснил он"
    assert found(changed, "Пётр Ким") == "Петр Ким"


def test_a_moved_paragraph_takes_its_fragments_along() -> None:
    first, second, third = TEXT.split("\n\n")
    moved = "\n\n".join([second, third, first])
    place = locate(moved, anchor())
    assert place is not None
    assert moved[place.begin : place.end] == FRAGMENT


def test_of_two_equal_words_the_one_with_its_neighbours_is_meant() -> None:
    begin = TEXT.rindex("мосту")
    late = anchor_of(TEXT, begin, begin + 5)
    changed = TEXT.replace("Автобусы пойдут", "Теперь автобусы наконец пойдут")
    place = locate(changed, late)
    assert place is not None
    assert place.begin == changed.rindex("мосту")
    assert locate(changed.replace("по старому мосту, ", ""), late) is None


def test_a_paragraph_copied_by_a_slip_keeps_its_comment_where_it_was() -> None:
    assert locate(f"{TEXT}\n\n{TEXT}", anchor()) == locate(TEXT, anchor())


def test_an_emptied_text_has_no_place_for_anything() -> None:
    assert locate("", anchor()) is None
    assert candidates("", anchor()) == []


def test_candidates_are_told_where_nothing_is_sure() -> None:
    word = Anchor("", "мосту", "", 3_000)
    assert locate(TEXT * 3, word) is None
    places = candidates(TEXT * 3, word)
    assert len(places) > 1
    assert all((TEXT * 3)[place.begin : place.end] == "мосту" and place.confidence < SURE for place in places)


def test_a_readers_selection_across_paragraphs_is_found() -> None:
    """A browser gives one blank or line end where the text has two."""
    report = Anchor("сообщил начальник управления дорог", "Пётр Ким. По его словам", ", подрядчик закончил", 0)
    place = locate(TEXT, report)
    assert place is not None
    assert TEXT[place.begin : place.end] == "Пётр Ким.\n\nПо его словам"


def test_an_anchor_keeps_the_fragment_without_blanks_and_no_more_than_it_may() -> None:
    made = anchor_of("а  слово  б", 1, 9)
    assert made == Anchor("а  ", "слово", "  б", 3)
    long = anchor_of("я" * 10_000, 100, 9_000)
    assert (len(long.before), len(long.selected), len(long.after)) == (CONTEXT, LONGEST, CONTEXT)
    with pytest.raises(ValueError, match="no fragment"):
        anchor_of("а   б", 1, 4)


def test_several_anchors_are_located_as_each_alone() -> None:
    anchors = [anchor(), anchor("Пётр Ким"), anchor("в пятницу")]
    changed = TEXT.replace("Пётр ", "Павел ").replace("на месяц", "на неделю")
    assert locate_all(changed, anchors) == [locate(changed, one) for one in anchors]


def test_positions_are_characters_and_not_utf_16_units() -> None:
    text = "😀😀 мост 😀"
    assert locate(text, anchor_of(text, 3, 7)) == locate(text, Anchor("😀😀 ", "мост", " 😀", 3))
    place = locate(f"👩‍🚀{text}", anchor_of(text, 3, 7))
    assert place is not None
    assert f"👩‍🚀{text}"[place.begin : place.end] == "мост"


@pytest.mark.parametrize(
    "text",
    [letters * (300_000 // len(letters)) for letters in ("а", "аб", "а\u0301", " ", ". ", "а \n", "\u00ad")],
    ids=["one letter", "two letters", "accents", "blanks", "dots", "short lines", "hidden hyphens"],
)
def test_hostile_texts_take_no_longer_than_a_second(text: str) -> None:
    anchors = [
        Anchor(text[:CONTEXT], text[:LONGEST], text[:CONTEXT], 150_001),
        Anchor("", "аб", "", 10**12),
        Anchor("щ" * 60, "а" * LONGEST, "щ" * 60, -5),
    ]
    started = time.perf_counter()
    for one in anchors:
        candidates(f"{text}б", one)
    assert time.perf_counter() - started < 3


@given(nasty_text, nasty_text, nasty_text, st.integers(-10, 500))
def test_whatever_stands_in_text_and_anchor_places_lie_in_the_text(
    text: str, selected: str, around: str, position: int
) -> None:
    for place in candidates(text + selected + around, Anchor(around, selected, text, position)):
        assert 0 <= place.begin < place.end <= len(text + selected + around)
        assert 0 < place.confidence <= 1


words = st.lists(st.sampled_from(TEXT.split()), min_size=4, max_size=40).map(" ".join)


@given(words, st.data(), words, words)
def test_an_unchanged_fragment_with_its_neighbours_is_found_wherever_it_is(
    text: str, data: st.DataObject, before: str, after: str
) -> None:
    begin = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(begin + 1, len(text)))
    if not text[begin:end].strip():
        return
    made = anchor_of(text, begin, end)
    changed = f"{before}\n\n{text}\n\n{after}"
    assert locate(text, made) is not None
    place = locate(changed, made)
    if made.before.strip() or made.after.strip() or place is not None:
        assert place is not None
        assert changed[place.begin : place.end] == made.selected


@given(nasty_text)
def test_folded_places_lead_back_to_the_text(text: str) -> None:
    folded = Folded(text)
    assert len(folded.text) <= len(text)
    for at in range(len(folded.text)):
        plain = folded.plain_begin(at)
        assert folded.folded(plain) == at
        assert plain < folded.plain_end(at + 1) <= len(text)
        assert Folded(text[plain]).text == folded.text[at]
