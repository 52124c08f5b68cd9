"""One use case: a transaction, the right to it, the record of what was done, and the changes to tell others of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from newsroom.desk.session import Desk
from newsroom.domain.changes import Changes, Done
from newsroom.domain.errors import Forbidden
from newsroom.domain.ids import ArticleId, QueueItemId, ReportId
from newsroom.domain.people import Action, Person, require
from newsroom.storage.database import Work
from newsroom.words import _

T = TypeVar("T")


class Case:
    """What a use case works with. ``person`` is read anew, so that a role taken away counts at once."""

    def __init__(self, work: Work, person: Person) -> None:
        self.work = work
        self.person = person
        self.changes = Changes()

    @property
    def now(self) -> datetime:
        return self.work.now

    def note(
        self,
        what: str,
        *,
        article: ArticleId | None = None,
        queue_item: QueueItemId | None = None,
        report: ReportId | None = None,
        detail: str = "",
    ) -> None:
        """Record that *what* was done to these; other desks refresh by it."""
        self.work.activity.add(
            self.now, self.person.login, what, article=article, queue_item=queue_item, report=report, detail=detail
        )
        self.changes |= Changes(
            articles=frozenset({article} if article is not None else ()),
            queue=frozenset({queue_item} if queue_item is not None else ()),
            reports=frozenset({report} if report is not None else ()),
            settings=what == "settings",
            photos=what == "photo",
            words=what == "words",
        )

    def done(self, value: T) -> Done[T]:
        """The answer; ends the use case by working out the labels of the articles it touched."""
        for article in self.changes.articles:
            self.work.articles.refresh_label(article)
        return Done(value, self.changes)


@contextmanager
def use_case(desk: Desk, action: Action) -> Iterator[Case]:
    """A transaction in which *desk* may do *action*. Raises `Forbidden`."""
    with desk.database.write() as work:
        person = next((person for person in work.records.people() if person.id == desk.person.id), None)
        if person is None:
            raise Forbidden(_("Сотрудника «{login}» больше нет.").format(login=desk.person.login))
        require(person, action)
        yield Case(work, person)
