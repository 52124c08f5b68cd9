"""The house dictionary: words confirmed, forbidden and paired as easily confused; and words passed over in an article.

Editors confirm words as they meet them; what forbids or changes a decision is the proofreader's and the chief's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from newsroom.desk.case import use_case
from newsroom.desk.list_files import read_list, write_list
from newsroom.desk.session import Desk
from newsroom.desk.writing import is_storable
from newsroom.domain.changes import Done
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import ArticleId
from newsroom.domain.people import Action, require
from newsroom.domain.vocabulary import LONGEST_NOTE, LONGEST_WORD, HouseWord, KeptWord, Verdict, Yo
from newsroom.text.spelling.house import HouseWords, gather
from newsroom.text.spelling.inflections import forms_of
from newsroom.text.spelling.tokens import as_written
from newsroom.text.word_files import read_word_file, write_word_file
from newsroom.words import _

#: Words that a line of the record names.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Imported:
    """How many words an import has added and changed, and how many were there already."""

    added: int
    changed: int
    same: int


def read_words(desk: Desk) -> list[KeptWord]:
    """The whole house dictionary, by the alphabet."""
    with desk.database.read() as work:
        return work.vocabulary.all()


def read_house_words(desk: Desk) -> HouseWords:
    """What the speller and the checks ask: the forms of all words of the house, and how it writes ё."""
    with desk.database.read() as work:
        return gather(work.vocabulary.forms(), work.records.house().yo)


def save_word(desk: Desk, word: HouseWord) -> Done[None]:
    """Add *word*, or decide anew about the word of the same text.

    Raises `InvalidInput`; `Forbidden` where an editor would do more than confirm a new word.
    """
    return Done(None, import_words(desk, [word]).changes)


def import_words(desk: Desk, words: Iterable[HouseWord]) -> Done[Imported]:
    """`save_word` for all of *words* or for none; the later of two about one word counts."""
    wanted = {word.text: word for word in map(checked, words)}
    known = {kept.word.text: kept.word for kept in read_words(desk)}
    forms = {text: forms_of(word) for text, word in wanted.items() if known.get(text) != word}
    with use_case(desk, Action.CONFIRM_WORDS) as case:
        case.work.vocabulary.lock()
        known = {kept.word.text: kept.word for kept in case.work.vocabulary.all()}
        fresh = [word for text, word in wanted.items() if known.get(text) != word]
        changed = [word.text for word in fresh if word.text in known]
        if changed or any(word.verdict is not Verdict.CONFIRMED for word in fresh):
            require(case.person, Action.DECIDE_WORDS)
        for word in fresh:
            case.work.vocabulary.save(word, forms.get(word.text) or forms_of(word), case.person.id, case.now)
        if fresh:
            case.note("words", detail=_named([_line(word) for word in fresh]))
        return case.done(Imported(len(fresh) - len(changed), len(changed), len(wanted) - len(fresh)))


def import_file(desk: Desk, file: Path) -> Done[Imported]:
    """`import_words` of a CSV, TOML or text file. Raises `InvalidInput` where it cannot be read or understood."""
    return import_words(desk, read_word_file(read_list(file), file.suffix))


def export_file(desk: Desk, file: Path) -> int:
    """Write the dictionary into a CSV or TOML file; how many words. Raises `InvalidInput`, `EnvironmentFault`."""
    words = [kept.word for kept in read_words(desk)]
    write_list(file, write_word_file(words, file.suffix))
    return len(words)


def remove_words(desk: Desk, texts: Iterable[str]) -> Done[None]:
    """Take words out of the dictionary, all or none. Raises `NotFound`."""
    with use_case(desk, Action.DECIDE_WORDS) as case:
        removed = list(dict.fromkeys(texts))
        for text in removed:
            case.work.vocabulary.remove(text)
        if removed:
            case.note("words", detail=_("убрано: {words}").format(words=_named(removed)))
        return case.done(None)


def choose_yo(desk: Desk, yo: Yo) -> Done[None]:
    """Say how the house writes ё."""
    with use_case(desk, Action.DECIDE_WORDS) as case:
        house = case.work.records.house(lock=True)
        if house.yo is not yo:
            case.work.records.save_house(replace(house, yo=yo))
            case.note("settings", detail="yo")
            case.note("words", detail=_("буква ё: {choice}").format(choice=yo.words))
        return case.done(None)


def read_ignored(desk: Desk, article: ArticleId) -> frozenset[str]:
    """The lower-case words that are passed over in *article*."""
    with desk.database.read() as work:
        return work.vocabulary.ignored(article)


def ignore_word(desk: Desk, article: ArticleId, word: str) -> Done[None]:
    """Mark *word*, written so or with other capitals, no more in *article*. Raises `InvalidInput`, `NotFound`."""
    lower = ignored_form(word)
    if not lower or len(lower) > LONGEST_WORD or not is_storable(lower):
        raise InvalidInput(_("«{word}» — не слово.").format(word=word[:LONGEST_WORD]))
    with use_case(desk, Action.WRITE) as case:
        case.work.articles.get(article, lock=True)
        if lower not in case.work.vocabulary.ignored(article):
            case.work.vocabulary.ignore(article, lower, case.person.id, case.now)
            case.note("ignore-word", article=article, detail=lower)
        return case.done(None)


def heed_word(desk: Desk, article: ArticleId, word: str) -> Done[None]:
    """Mark *word* again in *article*."""
    with use_case(desk, Action.WRITE) as case:
        case.work.articles.get(article, lock=True)
        if case.work.vocabulary.heed(article, ignored_form(word)):
            case.note("heed-word", article=article, detail=ignored_form(word))
        return case.done(None)


def ignored_form(word: str) -> str:
    """*word* as articles remember it: without stress marks and capitals."""
    return as_written(word).lower()


def checked(word: HouseWord) -> HouseWord:
    """*word* as it is kept. Raises `InvalidInput` with every reason against it."""
    text, meant = (" ".join(as_written(side).split()) for side in (word.text, word.meant))
    is_pair = word.verdict is not Verdict.CONFIRMED
    reasons = []
    if not any(map(str.isalpha, text)):
        reasons.append(_("Напишите слово: в «{word}» нет ни одной буквы.").format(word=text))
    if max(len(text), len(meant)) > LONGEST_WORD or len(word.note) > LONGEST_NOTE:
        reasons.append(
            _("Слишком длинно: слово — до {word} знаков, примечание — до {note}.").format(
                word=LONGEST_WORD, note=LONGEST_NOTE
            )
        )
    if not all(map(is_storable, (text, meant, word.note))):
        reasons.append(_("В тексте есть символы, которые нельзя сохранить: нулевые или половинки знаков."))
    if is_pair and " " in text:
        reasons.append(_("«{word}» — не одно слово: запретить или спутать можно только одно.").format(word=text))
    if is_pair and not meant:
        reasons.append(_("Скажите, что писать вместо «{word}».").format(word=text))
    if is_pair and meant == text:
        reasons.append(_("«{word}» нельзя заменить на само себя.").format(word=text))
    if reasons:
        raise InvalidInput(*reasons)
    return replace(word, text=text, meant=meant if is_pair else "", note=" ".join(word.note.split()))


def _line(word: HouseWord) -> str:
    return f"{word.text} → {word.meant}" if word.meant else word.text


def _named(words: list[str]) -> str:
    """The first few of *words*, and how many there are."""
    rest = len(words) - _NAMED
    named = ", ".join(words[:_NAMED])
    return _("{words} и ещё {n}").format(words=named, n=rest) if rest > 0 else named
