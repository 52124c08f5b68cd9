"""The desk in a chaos run: people who approve, correct, reschedule, hold, return, withdraw and kill without a pause.

Everything they decide is noted with the instants between which it was committed, so that what reached the site can be
judged by what was in force when it did.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Row, select

from newsroom.desk import reading
from newsroom.desk.pictures import add_photo
from newsroom.desk.review import return_article, submit
from newsroom.desk.scheduling import hold, kill, publish_now, schedule, withdraw
from newsroom.desk.writing import create_article, save_article
from newsroom.domain.article import LeadPhoto
from newsroom.domain.errors import DatabaseUnavailable, PersonError
from newsroom.domain.ids import ArticleId, ArticleUid
from newsroom.domain.states import ReviewState
from newsroom.storage.tables import queue
from tests.newsrooms import GOOD, Desks, approve_seen
from tests.photos.pictures import encoded, picture

#: States in which a publication may not reach the site.
_OFF = ("held", "cancelled")
#: How exact the clock of an SQLite site is.
_TICK = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """How the queue of one article stood after somebody decided: committed after ``begun`` and before ``done``."""

    begun: datetime
    done: datetime
    #: By sequence.
    items: dict[int, Row[tuple[object, ...]]]


@dataclass
class Editors:
    desks: Desks
    chance: random.Random
    #: At most so many articles are begun; older ones are worked on then.
    most: int = 10_000
    decisions: dict[ArticleUid, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    _articles: list[ArticleId] = field(default_factory=list)
    _uids: dict[ArticleId, ArticleUid] = field(default_factory=dict)
    _photos: list[LeadPhoto] = field(default_factory=list)

    def begin(self) -> None:
        """Bring a few photos into the house."""
        for number in range(3):
            added = add_photo(self.desks.editor, encoded(picture()), f"мост-{number}.jpg").value
            self._photos.append(LeadPhoto(added.id, "Мост", "Анна Ким", "Мост утром"))

    def act(self) -> None:
        """Do one thing to one article."""
        new = len(self._articles) < self.most and (not self._articles or self.chance.random() < 0.3)
        acts: list[Callable[[ArticleId], object]] = [
            self._correct,
            self._correct,
            self._correct,
            self._reschedule,
            self._hold,
            self._return,
            self._withdraw,
            self._let_go,
            self._let_go,
        ]
        if new:
            content = GOOD.with_(photo=self.chance.choice([None, None, None, *self._photos]))
            article = create_article(self.desks.editor, content).value
            self._articles.append(article)
            self._uids[article] = reading.read_article(self.desks.chief, article).uid
            self._decide(article, self._let_go)
            return
        article = self.chance.choice(self._articles[-40:])
        self._decide(article, self._kill if self.chance.random() < 0.02 else self.chance.choice(acts))

    def _decide(self, article: ArticleId, act: Callable[[ArticleId], object]) -> None:
        begun = datetime.now(UTC)
        try:
            act(article)
        except PersonError:
            self.refused += 1
        except DatabaseUnavailable:  # busy for longer than a person waits; it says that nothing was done
            self.refused += 1
        done = datetime.now(UTC)
        with self.desks.newsroom.database.read() as work:
            found = work._connection.execute(select(queue).where(queue.c.article == article))
            items = {row.sequence: row for row in found}
        self.decisions[self._uids[article]].append(Decision(begun, done, items))

    def _soon(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.chance.uniform(0.1, 4))

    def _let_go(self, article: ArticleId) -> None:
        current = reading.read_article(self.desks.chief, article)
        if current.review in (ReviewState.DRAFT, ReviewState.RETURNED):
            submit(self.desks.editor, article)
        due = self._soon() if self.chance.random() < 0.5 else None
        if current.review is not ReviewState.APPROVED:
            approve_seen(self.desks.chief, article, due=due)
        if due is None:
            publish_now(self.desks.chief, article)
        elif current.review is ReviewState.APPROVED:
            schedule(self.desks.editor, article, due)

    def _correct(self, article: ArticleId) -> None:
        current = reading.read_article(self.desks.chief, article)
        changed = current.content.with_(lead=f"Правка {self.chance.random()}.")
        save_article(self.desks.editor, article, changed, base_revision=current.revision)
        if self.chance.random() < 0.8:
            self._let_go(article)

    def _reschedule(self, article: ArticleId) -> None:
        schedule(self.desks.editor, article, self._soon())

    def _hold(self, article: ArticleId) -> None:
        hold(self.desks.chief, article, "ждём подтверждения")

    def _return(self, article: ArticleId) -> None:
        return_article(self.desks.chief, article, "проверить имена")

    def _withdraw(self, article: ArticleId) -> None:
        withdraw(self.desks.chief, article, "проверяем")

    def _kill(self, article: ArticleId) -> None:
        kill(self.desks.chief, article, "решение суда")

    # What was in force

    def allowed(self, uid: ArticleUid, sequence: int, at: datetime) -> str:
        """Empty where the change *sequence* might be made at *at*, else ``early`` or ``revoked``."""
        decided = [one for one in self.decisions[uid] if sequence in one.items and one.begun <= at + _TICK]
        settled = [number for number, one in enumerate(decided) if one.done <= at]
        in_force = decided[settled[-1] :] if settled else decided
        if not in_force:
            return ""  # taken up before its decision was read back
        items = [one.items[sequence] for one in in_force]
        if all(item.state in _OFF and item.operation == "publish" for item in items):
            return "revoked"
        if all(item.due_at is None or item.due_at > at + _TICK for item in items):
            return "early"
        return ""
