"""The house dictionary: kept for everybody, decided by those who may, and told to every desk."""

import pytest

from newsroom.desk import reading
from newsroom.desk.session import Desk
from newsroom.desk.vocabulary import (
    choose_yo,
    heed_word,
    ignore_word,
    import_words,
    read_house_words,
    read_ignored,
    read_words,
    remove_words,
    save_word,
)
from newsroom.desk.writing import create_article
from newsroom.domain.errors import Forbidden, InvalidInput, NotFound
from newsroom.domain.ids import ArticleId
from newsroom.domain.vocabulary import LONGEST_WORD, HouseWord, Verdict, WordKind, Yo
from tests.newsrooms import GOOD, Desks

PLACE = HouseWord("Зингшпильск", kind=WordKind.PLACE, note="закон о границах")
TIKTOK = HouseWord("Tik-Tok", Verdict.FORBIDDEN, WordKind.COMPANY, "TikTok")
PAIR = HouseWord("лужение", Verdict.CONFUSABLE, meant="служение")


def words_of(desk: Desk) -> list[HouseWord]:
    return [kept.word for kept in read_words(desk)]


def test_a_word_is_kept_with_its_forms_and_who_decided(desks: Desks) -> None:
    save_word(desks.editor, PLACE)
    [kept] = read_words(desks.chief)
    assert (kept.word, kept.by) == (PLACE, desks.editor.person.name)
    assert read_house_words(desks.chief).confirms("Зингшпильском")


def test_forbidden_and_confusable_words_are_kept_with_what_is_meant(desks: Desks) -> None:
    import_words(desks.proofreader, [TIKTOK, PAIR])
    house = read_house_words(desks.editor)
    assert (house.forbidden["tik-tok"], house.confusable["лужением"]) == ("TikTok", "служением")
    assert words_of(desks.editor) == [TIKTOK, PAIR]


def test_every_desk_learns_of_a_change(desks: Desks) -> None:
    before = reading.newest_activity(desks.chief)
    changes = save_word(desks.editor, PLACE).changes
    assert changes.words
    assert reading.changes_since(desks.chief, before)[1].words
    [line] = reading.read_activity(desks.chief, limit=1)
    assert (line.who, line.what, line.detail) == ("editor", "words", "Зингшпильск")


def test_a_word_saved_again_as_it_is_changes_nothing(desks: Desks) -> None:
    save_word(desks.editor, PLACE)
    newest = reading.newest_activity(desks.editor)
    assert not save_word(desks.editor, PLACE).changes
    assert reading.newest_activity(desks.editor) == newest


def test_an_editor_confirms_new_words_and_no_more(desks: Desks) -> None:
    save_word(desks.editor, PLACE)
    for word in (TIKTOK, PAIR, HouseWord(PLACE.text, inflected=False)):
        with pytest.raises(Forbidden):
            save_word(desks.editor, word)
    for refused in (lambda: remove_words(desks.editor, [PLACE.text]), lambda: choose_yo(desks.editor, Yo.NEVER)):
        with pytest.raises(Forbidden):
            refused()
    assert words_of(desks.editor) == [PLACE]


def test_a_decision_is_changed_and_taken_back(desks: Desks) -> None:
    import_words(desks.chief, [PLACE, TIKTOK])
    save_word(desks.proofreader, HouseWord(PLACE.text, inflected=False))
    assert not read_house_words(desks.editor).confirms("Зингшпильском")
    assert remove_words(desks.chief, [PLACE.text]).changes.words
    assert words_of(desks.editor) == [TIKTOK]


def test_all_words_are_removed_or_none(desks: Desks) -> None:
    save_word(desks.chief, PLACE)
    with pytest.raises(NotFound):
        remove_words(desks.chief, [PLACE.text, "Ничегонетск"])
    assert words_of(desks.chief) == [PLACE]


@pytest.mark.parametrize(
    "word",
    [
        HouseWord(""),
        HouseWord(" 123 "),
        HouseWord("а" * (LONGEST_WORD + 1)),
        HouseWord("слово\0"),
        HouseWord("слово\ud800"),
        HouseWord("Tik-Tok", Verdict.FORBIDDEN),
        HouseWord("TikTok", Verdict.FORBIDDEN, meant="TikTok"),
        HouseWord("два слова", Verdict.CONFUSABLE, meant="слово"),
    ],
)
def test_what_is_no_word_is_refused_and_nothing_of_the_list_is_kept(desks: Desks, word: HouseWord) -> None:
    with pytest.raises(InvalidInput):
        import_words(desks.chief, [PLACE, word])
    assert words_of(desks.chief) == []


def test_words_are_kept_without_stress_marks_and_with_one_kind_of_hyphen(desks: Desks) -> None:
    save_word(desks.editor, HouseWord("  Усть\u2011Ке\u0301дровск "))
    assert words_of(desks.editor) == [HouseWord("Усть-Кедровск")]


def test_the_house_says_how_it_writes_yo(desks: Desks) -> None:
    assert read_house_words(desks.editor).yo is Yo.FREE
    changes = choose_yo(desks.proofreader, Yo.ALWAYS).changes
    assert changes.words
    assert changes.settings
    assert read_house_words(desks.editor).yo is Yo.ALWAYS
    assert not choose_yo(desks.proofreader, Yo.ALWAYS).changes


# -- words passed over in an article


@pytest.fixture
def article(desks: Desks) -> ArticleId:
    return create_article(desks.editor, GOOD).value


def test_a_word_is_passed_over_in_its_article_alone(desks: Desks, article: ArticleId) -> None:
    other = create_article(desks.editor, GOOD).value
    assert ignore_word(desks.proofreader, article, "Зингшпи\u0301льск").changes.articles == {article}
    assert read_ignored(desks.chief, article) == {"зингшпильск"}
    assert read_ignored(desks.chief, other) == frozenset()


def test_passing_over_is_recorded_once_and_taken_back(desks: Desks, article: ArticleId) -> None:
    ignore_word(desks.proofreader, article, "Зингшпильск")
    assert not ignore_word(desks.editor, article, "зингшпильск").changes
    heed_word(desks.editor, article, "ЗИНГШПИЛЬСК")
    assert read_ignored(desks.chief, article) == frozenset()
    lines = [(line.who, line.what, line.detail) for line in reading.read_activity(desks.chief, article, limit=2)]
    assert lines == [("editor", "heed-word", "зингшпильск"), ("proofreader", "ignore-word", "зингшпильск")]


def test_what_cannot_be_passed_over_is_refused(desks: Desks, article: ArticleId) -> None:
    for word in ("", "а" * 1000, "\ud800"):
        with pytest.raises(InvalidInput):
            ignore_word(desks.editor, article, word)
    with pytest.raises(NotFound):
        ignore_word(desks.editor, ArticleId(99), "слово")
