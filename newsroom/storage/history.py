"""The history of an article without its contents: hundreds of autosaves are read in a few short queries."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from newsroom.domain.errors import NotFound
from newsroom.domain.history import History, Milestone, MilestoneKind, RevisionLine
from newsroom.domain.ids import ArticleId, PersonId
from newsroom.domain.states import LiveState, Operation
from newsroom.storage.tables import activity, approvals, live, people, queue, revisions
from newsroom.words import _

_STEPS = {"submit": MilestoneKind.SUBMITTED, "return": MilestoneKind.RETURNED}


class Histories:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, article: ArticleId) -> History:
        """Raises `NotFound`."""
        lines = self._lines(article)
        if not lines:
            raise NotFound(_("Статьи {article} нет.").format(article=article))
        milestones = [*self._steps(article, lines[::-1]), *self._approvals(article), *self._live(article)]
        return History(article, tuple(lines), tuple(sorted(milestones, key=lambda stone: stone.at)))

    def _lines(self, article: ArticleId) -> list[RevisionLine]:
        query = (
            select(
                revisions.c.number,
                revisions.c.author,
                people.c.name,
                revisions.c.saved_at,
                revisions.c.reason,
                revisions.c.hash,
            )
            .join(people, people.c.id == revisions.c.author)
            .where(revisions.c.article == article)
            .order_by(revisions.c.number.desc())
        )
        return [
            RevisionLine(row.number, PersonId(row.author), row.name, row.saved_at, row.reason, row.hash)
            for row in self._connection.execute(query)
        ]

    def _steps(self, article: ArticleId, oldest_first: Sequence[RevisionLine]) -> Iterator[Milestone]:
        """Steps of the review; each was taken with the revision that was the newest at its instant."""
        query = (
            select(activity.c.at, activity.c.what, activity.c.detail, people.c.name, activity.c.who)
            .outerjoin(people, people.c.login == activity.c.who)
            .where(activity.c.article == article, activity.c.what.in_(_STEPS))
            .order_by(activity.c.id)
        )
        saved = [line.saved_at for line in oldest_first]
        for row in self._connection.execute(query):
            line = oldest_first[max(0, bisect_right(saved, row.at) - 1)]
            yield Milestone(line.number, _STEPS[row.what], row.at, row.name or row.who, detail=row.detail)

    def _approvals(self, article: ArticleId) -> Iterator[Milestone]:
        """Also those that were voided afterwards."""
        query = (
            select(approvals.c.revision, approvals.c.approved_at, people.c.name)
            .join(people, people.c.id == approvals.c.approved_by)
            .where(approvals.c.article == article)
        )
        for row in self._connection.execute(query):
            yield Milestone(row.revision, MilestoneKind.APPROVED, row.approved_at, row.name)

    def _live(self, article: ArticleId) -> Iterator[Milestone]:
        now = {
            row.site: row
            for row in self._connection.execute(
                select(live.c.site, live.c.revision, live.c.since).where(
                    live.c.article == article, live.c.state == LiveState.LIVE.value
                )
            )
        }
        once = select(queue.c.site, queue.c.revision, queue.c.delivered_at).where(
            queue.c.article == article,
            queue.c.operation == Operation.PUBLISH.value,
            queue.c.delivered_at.is_not(None),
        )
        for site, row in now.items():
            yield Milestone(row.revision, MilestoneKind.LIVE, row.since, site=site)
        for row in self._connection.execute(once):
            if row.site not in now or row.revision != now[row.site].revision:
                yield Milestone(row.revision, MilestoneKind.WAS_LIVE, row.delivered_at, site=row.site)
