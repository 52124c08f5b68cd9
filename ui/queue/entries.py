"""What the queue page lists: articles that wait for the chief and changes on their way, in groups of one kind.

Pure values and functions; `ui.queue.model` shows them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from newsroom.domain.pages import PageState
from newsroom.domain.states import OPEN_QUEUE_STATES, Operation, QueueState
from newsroom.words import _, later

if TYPE_CHECKING:
    from newsroom.domain.article import ArticleRow
    from newsroom.domain.ids import ArticleId
    from newsroom.domain.queue import QueueItem


class Group(StrEnum):
    """The headings of the list, in their order."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    UNDER_WAY = "under_way"
    ATTENTION = "attention"
    OUT = "out"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        return _(_GROUP_TITLES[self])


_GROUP_TITLES = {
    Group.WAITING: later("Ждут одобрения"),
    Group.SCHEDULED: later("Запланировано"),
    Group.UNDER_WAY: later("В пути"),
    Group.ATTENTION: later("Требуют внимания"),
    Group.OUT: later("Вышло"),
    Group.DROPPED: later("Отменено и заменено"),
}

_GROUP_OF_STATE = {
    QueueState.SCHEDULED: Group.SCHEDULED,
    QueueState.HELD: Group.SCHEDULED,
    QueueState.DELIVERING: Group.UNDER_WAY,
    QueueState.RETRYING: Group.UNDER_WAY,
    QueueState.NEEDS_PERSON: Group.ATTENTION,
    QueueState.DELIVERED: Group.OUT,
    QueueState.VERIFIED: Group.OUT,
    QueueState.CANCELLED: Group.DROPPED,
    QueueState.SUPERSEDED: Group.DROPPED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a waiting article (``item`` is None) or a queue item (``row`` is None)."""

    group: Group
    row: ArticleRow | None = None
    item: QueueItem | None = None
    #: How many other articles are due on the same site in the same minute.
    collisions: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """Stays the same while the line is read anew."""
        if self.item is not None:
            return "item", self.item.id
        assert self.row is not None
        return "article", self.row.id

    @property
    def article(self) -> ArticleId:
        if self.item is not None:
            return self.item.article
        assert self.row is not None
        return self.row.id

    @property
    def headline(self) -> str:
        if self.item is not None:
            return self.item.headline
        assert self.row is not None
        return self.row.headline

    @property
    def page_is_wrong(self) -> bool:
        """Whether readers were found to see something else than what was delivered, or nothing."""
        return self.item is not None and self.item.page is not None and self.item.page.state is not PageState.CHECKED

    @property
    def when(self) -> datetime | None:
        """The instant that the line is about: when it went out, else when it is due; None without a time."""
        if self.item is not None:
            return self.item.delivered_at or self.item.due_at
        assert self.row is not None
        return self.row.when


def entries_of(waiting: Sequence[ArticleRow], items: Sequence[QueueItem]) -> list[Entry]:
    """All lines, group by group: the longest waiting first, the soonest due first, the newest of what is over first."""
    clashes = collisions(items)
    groups: dict[Group, list[Entry]] = defaultdict(list)
    groups[Group.WAITING] = [Entry(Group.WAITING, row=row) for row in waiting]
    for item in items:
        group = _GROUP_OF_STATE[item.state]
        groups[group].append(Entry(group, item=item, collisions=clashes.get(item.id, 0)))
    for over in (Group.OUT, Group.DROPPED):
        groups[over].sort(key=_instant_or_creation, reverse=True)
    return [entry for group in Group for entry in groups[group]]


def _instant_or_creation(entry: Entry) -> datetime:
    assert entry.item is not None
    return entry.when or entry.item.created_at


def collisions(items: Iterable[QueueItem]) -> dict[int, int]:
    """Queue item id → how many publications of other articles are due on its site in its minute; only where any are."""
    minutes: dict[tuple[str, datetime], list[QueueItem]] = defaultdict(list)
    for item in items:
        if item.operation is Operation.PUBLISH and item.state in OPEN_QUEUE_STATES and item.due_at is not None:
            minutes[item.site, item.due_at.replace(second=0, microsecond=0)].append(item)
    found = {}
    for together in minutes.values():
        for item in together:
            others = {other.article for other in together} - {item.article}
            if others:
                found[item.id] = len(others)
    return found


def entries_on_day(entries: Iterable[Entry], day: datetime, zone: tzinfo) -> list[Entry]:
    """Publications whose instant falls on the calendar day of *day* in *zone*, earliest first."""
    wanted = day.astimezone(zone).date()
    chosen = [
        entry
        for entry in entries
        if entry.item is not None
        and entry.item.operation is Operation.PUBLISH
        and entry.group is not Group.DROPPED
        and entry.when is not None
        and entry.when.astimezone(zone).date() == wanted
    ]
    return sorted(chosen, key=lambda entry: entry.when or day)
