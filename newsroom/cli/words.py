"""``words``: the house dictionary."""

import argparse
from dataclasses import asdict

from newsroom.cli.session import desk_of, print_json, print_table
from newsroom.desk import vocabulary
from newsroom.domain.vocabulary import HouseWord, Verdict, WordKind, Yo
from newsroom.text.word_files import write_word_file
from newsroom.words import _


def list_words(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        words = [kept for kept in vocabulary.read_words(desk) if _is_wanted(kept.word, options)]
    if options.json:
        print_json([asdict(kept.word) | {"by": kept.by, "at": kept.at} for kept in words])
    elif words:
        print_table([
            (line(kept.word), kept.word.verdict.words, kept.word.kind.words, kept.word.note) for kept in words
        ])  # fmt: skip
    else:
        print(_("Слов нет."))
    return 0


def add(options: argparse.Namespace) -> int:
    kind, inflected = WordKind(options.kind), not options.as_is
    words = [HouseWord(text, kind=kind, inflected=inflected, note=options.note) for text in options.words]
    with desk_of(options, acts=True) as desk:
        _print_done(vocabulary.import_words(desk, words).value)
    return 0


def forbid(options: argparse.Namespace) -> int:
    return _pair(options, Verdict.FORBIDDEN)


def pair(options: argparse.Namespace) -> int:
    return _pair(options, Verdict.CONFUSABLE)


def _pair(options: argparse.Namespace, verdict: Verdict) -> int:
    word = HouseWord(options.word, verdict, meant=options.meant, inflected=not options.as_is, note=options.note)
    with desk_of(options, acts=True) as desk:
        vocabulary.save_word(desk, word)
    print(line(word))
    return 0


def remove(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        vocabulary.remove_words(desk, options.words)
    print(_("Убрано: {words}").format(words=", ".join(options.words)))
    return 0


def import_words(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        _print_done(vocabulary.import_file(desk, options.file).value)
    return 0


def export(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        if options.file is not None:
            vocabulary.export_file(desk, options.file)
        else:
            words = [kept.word for kept in vocabulary.read_words(desk)]
            print(write_word_file(words, f".{options.format}"), end="")
    return 0


def yo(options: argparse.Namespace) -> int:
    with desk_of(options, acts=bool(options.choice)) as desk:
        if options.choice:
            vocabulary.choose_yo(desk, Yo(options.choice))
        print(_("Буква ё: {choice}").format(choice=vocabulary.read_house_words(desk).yo.words))
    return 0


def line(word: HouseWord) -> str:
    return f"{word.text} → {word.meant}" if word.meant else word.text


def _is_wanted(word: HouseWord, options: argparse.Namespace) -> bool:
    sought = options.search.casefold()
    return (not options.verdict or word.verdict == options.verdict) and (
        sought in word.text.casefold() or sought in word.meant.casefold()
    )


def _print_done(done: vocabulary.Imported) -> None:
    print(
        _("Добавлено: {added}, изменено: {changed}, было: {same}").format(
            added=done.added, changed=done.changed, same=done.same
        )
    )
