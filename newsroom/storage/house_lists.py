"""What a newsroom has decided beside words: lists of marks, rules, and findings passed over in articles."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from newsroom.domain.ages import AgeRating
from newsroom.domain.errors import NotFound
from newsroom.domain.findings import Severity
from newsroom.domain.ids import ArticleId, PersonId
from newsroom.domain.marks import KeptMark, Mark, Mentions, Placement
from newsroom.domain.rules import HouseRule, KeptRule
from newsroom.storage.tables import house_rules, ignored_findings, marks, people
from newsroom.words import _

#: For each name of a mark, for each of its words, every form.
Forms = Sequence[Sequence[frozenset[str]]]


class HouseLists:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Marks

    def marks(self) -> list[KeptMark]:
        """By name."""
        query = select(marks, people.c.name.label("by")).join(people, people.c.id == marks.c.person)
        kept = [
            KeptMark(
                _mark(json.loads(row.mark)),
                tuple(tuple(map(frozenset, words)) for words in json.loads(row.forms)),
                row.by,
                row.at,
            )
            for row in self._connection.execute(query)
        ]
        return sorted(kept, key=lambda one: one.mark.name.casefold())

    def save_mark(self, mark: Mark, forms: Forms, by: PersonId, at: datetime, was: str) -> None:
        """Change the mark that is called *was*, which may rename it; add it where there is none."""
        values = {
            "name": mark.name,
            "mark": json.dumps(asdict(mark), ensure_ascii=False, default=str),
            "forms": json.dumps([[sorted(forms) for forms in words] for words in forms], ensure_ascii=False),
            "person": by,
            "at": at,
        }
        changed = self._connection.execute(update(marks).where(marks.c.name == was).values(values))
        if changed.rowcount == 0:
            self._connection.execute(insert(marks).values(values))

    def remove_mark(self, name: str) -> None:
        """Raises `NotFound`."""
        if self._connection.execute(delete(marks).where(marks.c.name == name)).rowcount == 0:
            raise NotFound(_("Пометки «{name}» в списках нет.").format(name=name))

    # Rules

    def rules(self) -> list[KeptRule]:
        """By name."""
        query = select(house_rules, people.c.name.label("owner")).join(people, people.c.id == house_rules.c.person)
        kept = [
            KeptRule(_rule(json.loads(row.rule)), row.owner, row.at, row.hits, row.accepted)
            for row in self._connection.execute(query)
        ]
        return sorted(kept, key=lambda one: one.rule.name.casefold())

    def save_rule(self, rule: HouseRule, by: PersonId, at: datetime, was: str) -> None:
        """Change the rule that is called *was*, which may rename it; add it where there is none."""
        values = {
            "name": rule.name,
            "rule": json.dumps(asdict(rule), ensure_ascii=False),
            "person": by,
            "at": at,
        }
        changed = self._connection.execute(update(house_rules).where(house_rules.c.name == was).values(values))
        if changed.rowcount == 0:
            self._connection.execute(insert(house_rules).values(values))

    def remove_rule(self, name: str) -> None:
        """Raises `NotFound`."""
        if self._connection.execute(delete(house_rules).where(house_rules.c.name == name)).rowcount == 0:
            raise NotFound(_("Правила «{name}» нет.").format(name=name))

    def count_rule(self, name: str, hits: int, accepted: int) -> None:
        """Somebody decided about *hits* places of the rule, and took its word at *accepted* of them."""
        self._connection.execute(
            update(house_rules)
            .where(house_rules.c.name == name)
            .values(hits=house_rules.c.hits + hits, accepted=house_rules.c.accepted + accepted)
        )

    # Findings passed over

    def ignored(self, article: ArticleId) -> dict[str, str]:
        """The keys of the findings passed over in *article*, with the reasons."""
        query = select(ignored_findings.c.key, ignored_findings.c.reason).where(ignored_findings.c.article == article)
        return {row.key: row.reason for row in self._connection.execute(query)}

    def ignore(self, article: ArticleId, key: str, reason: str, by: PersonId, at: datetime) -> None:
        self.heed(article, key)
        self._connection.execute(
            insert(ignored_findings).values(
                article=article, digest=_digest(key), key=key, reason=reason, person=by, at=at
            )
        )

    def heed(self, article: ArticleId, key: str) -> bool:
        """Pass it over no more; whether it was."""
        query = delete(ignored_findings).where(
            ignored_findings.c.article == article, ignored_findings.c.digest == _digest(key)
        )
        return self._connection.execute(query).rowcount > 0


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _mark(plain: dict[str, Any]) -> Mark:
    def day(name: str) -> date | None:
        return date.fromisoformat(plain[name]) if plain[name] else None

    return Mark(
        **plain
        | {
            "aliases": tuple(plain["aliases"]),
            "placement": Placement(plain["placement"]),
            "mentions": Mentions(plain["mentions"]),
            "valid_from": day("valid_from"),
            "valid_to": day("valid_to"),
            "rating": AgeRating(plain["rating"]) if plain["rating"] else None,
            "severity": Severity(plain["severity"]),
            "checked_on": day("checked_on"),
        }
    )


def _rule(plain: dict[str, Any]) -> HouseRule:
    texts = {name: tuple(plain[name]) for name in ("finds", "passes")}
    return HouseRule(**plain | texts | {"severity": Severity(plain["severity"])})
