"""The house dictionary and the words passed over in articles, in the newsroom database."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from newsroom.domain.errors import NotFound
from newsroom.domain.ids import ArticleId, PersonId
from newsroom.domain.vocabulary import HouseWord, KeptWord, Verdict, WordKind
from newsroom.storage.tables import house_words, ignored_words, people
from newsroom.words import _

#: Any number that no other program is likely to lock.
_SAVE_LOCK = 0x776F7264


class Vocabulary:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Keep other transactions from saving words, marks and rules until this one ends."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_SAVE_LOCK)))

    def all(self) -> list[KeptWord]:
        """By the alphabet."""
        query = select(house_words, people.c.name).join(people, people.c.id == house_words.c.person)
        found = [
            KeptWord(
                HouseWord(row.text, Verdict(row.verdict), WordKind(row.kind), row.meant, row.inflected, row.note),
                row.name,
                row.at,
            )
            for row in self._connection.execute(query)
        ]
        # Databases differ in what they take for the alphabet.
        return sorted(found, key=lambda kept: (kept.word.text.casefold().replace("ё", "е"), kept.word.text))

    def forms(self, since: datetime | None = None) -> list[tuple[Verdict, dict[str, str]]]:
        """What `newsroom.text.spelling.inflections.forms_of` gave for every word when it was saved, after *since*."""
        query = select(house_words.c.verdict, house_words.c.forms)
        if since is not None:
            query = query.where(house_words.c.at > since)
        return [(Verdict(verdict), json.loads(forms)) for verdict, forms in self._connection.execute(query)]

    def save(self, word: HouseWord, forms: Mapping[str, str], by: PersonId, at: datetime) -> None:
        """Add *word*, or change the decision about the word of the same text."""
        values = {
            "verdict": word.verdict.value,
            "kind": word.kind.value,
            "meant": word.meant,
            "inflected": word.inflected,
            "note": word.note,
            "forms": json.dumps(forms, ensure_ascii=False),
            "person": by,
            "at": at,
        }
        changed = self._connection.execute(update(house_words).where(house_words.c.text == word.text).values(values))
        if changed.rowcount == 0:
            self._connection.execute(insert(house_words).values(text=word.text, **values))

    def remove(self, text: str) -> None:
        """Raises `NotFound`."""
        if self._connection.execute(delete(house_words).where(house_words.c.text == text)).rowcount == 0:
            raise NotFound(_("Слова «{word}» в словаре редакции нет.").format(word=text))

    def ignored(self, article: ArticleId) -> frozenset[str]:
        """The lower-case words that are passed over in *article*."""
        query = select(ignored_words.c.word).where(ignored_words.c.article == article)
        return frozenset(self._connection.scalars(query))

    def ignore(self, article: ArticleId, word: str, by: PersonId, at: datetime) -> None:
        self._connection.execute(insert(ignored_words).values(article=article, word=word, person=by, at=at))

    def heed(self, article: ArticleId, word: str) -> bool:
        """Pass *word* over in *article* no more; whether it was passed over."""
        query = delete(ignored_words).where(ignored_words.c.article == article, ignored_words.c.word == word)
        return self._connection.execute(query).rowcount > 0
