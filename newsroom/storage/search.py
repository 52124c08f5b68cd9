"""Folding of words for search, the same on both kinds of database (SQLite's LIKE does not fold Cyrillic)."""

import re

from newsroom.domain.article import Content

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def fold(text: str) -> list[str]:
    """The words of *text*, lower case, ё as е; parts of hyphenated words count as words too."""
    words: list[str] = []
    for word in _WORD.findall(text.casefold().replace("ё", "е")):
        words.append(word)
        if "-" in word:
            words += word.split("-")[1:]
    return words


def words_of(content: Content) -> str:
    """Each distinct word of the article behind one blank, for ``LIKE '% beginning%'``."""
    texts = (content.headline, content.lead, content.body, content.byline, content.note, *content.tags)
    return "".join(f" {word}" for word in dict.fromkeys(word for text in texts for word in fold(text)))
