"""What the speller is sure of, as findings; words that are only unknown are marked on the page and not listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsroom.domain.findings import Finding, Severity
from newsroom.text.checks.material import Piece
from newsroom.text.spelling.judging import Kind
from newsroom.text.spelling.speller import Speller
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


def misspellings(piece: Piece, speller: Speller) -> Iterator[Finding]:
    for found in speller.check(piece.text):
        message = _MESSAGES.get(found.kind)
        if message is None:
            continue
        offered = speller.suggest(found.word)
        yield piece.finding(
            f"spelling-{found.kind}",
            Severity.WARNING,
            found.begin,
            found.end,
            _(message).format(word=found.word)
            + (" " + _("Может быть, «{other}»?").format(other=offered[0]) if offered else ""),
            source=_(_SOURCES[found.kind]),
            fix=offered[0] if offered else None,
        )
