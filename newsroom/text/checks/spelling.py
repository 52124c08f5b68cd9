"""What the speller is sure of, as findings; words that are only unknown are marked on the page and not listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.material import Piece
from newsroom.text.spelling.judging import Kind
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.tokens import protected_in_run, protected_spans
from newsroom.words import _, later

_MESSAGES: Final = {
    Kind.FORBIDDEN: later("«{word}» — в редакции пишут иначе."),
    Kind.LOOK_ALIKE: later("В слове «{word}» буквы двух алфавитов."),
    Kind.FIRM: later("Слова «{word}» нет."),
    Kind.CONFUSABLE: later("«{word}» — слово есть, но обычно это описка."),
    Kind.YO: later("«{word}» — букву «ё» редакция пишет иначе."),
}
_SOURCES: Final = {
    Kind.FORBIDDEN: later("словарь редакции"),
    Kind.LOOK_ALIKE: later("проверка орфографии"),
    Kind.FIRM: later("OpenCorpora, pyspellchecker"),
    Kind.CONFUSABLE: later("словарь редакции"),
    Kind.YO: later("словарь редакции"),
}


_RUN: Final = re.compile(r"\S+")
#: A word as `HouseWords` holds its forms.
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def forbidden_words(piece: Piece, forbidden: Mapping[str, str]) -> Iterator[Finding]:
    """What `misspellings` says of the house's forbidden words, without its dictionaries: *forbidden* has lower-case
    forms with what is meant by each.
    """
    if not forbidden:
        return
    protected = protected_spans(piece.text)
    for run in _RUN.finditer(piece.text):
        spans = [(run.start() + begin, run.start() + end) for begin, end in protected_in_run(run[0])] + protected
        for word in _WORD.finditer(piece.text, *run.span()):
            meant = forbidden.get(word[0].lower())
            is_text = not any(begin < word.end() and word.start() < end for begin, end in spans)
            if meant is not None and meant != word[0] and is_text:
                yield _finding(piece, Kind.FORBIDDEN, word.start(), word.end(), word[0], meant)


def misspellings(piece: Piece, speller: Speller) -> Iterator[Finding]:
    for found in speller.check(piece.text):
        if found.kind in _MESSAGES:
            offered = speller.suggest(found.word)
            yield _finding(piece, found.kind, found.begin, found.end, found.word, offered[0] if offered else "")


def _finding(piece: Piece, kind: Kind, begin: int, end: int, word: str, right: str) -> Finding:
    message = _(_MESSAGES[kind]).format(word=word)
    if right:
        message += " " + _("Может быть, «{other}»?").format(other=right)
    return piece.finding(
        f"spelling-{kind}", Severity.WARNING, begin, end, message, source=_(_SOURCES[kind]), fix=right or None
    )
