"""How the queue is grouped and ordered, and which publications collide."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from newsroom.domain.ids import ArticleId, SiteName
from newsroom.domain.states import Operation, QueueState
from tests.ui.queue.values import NOON, make_item, make_row
from ui.queue.entries import Group, collisions, entries_of, entries_on_day


def test_every_state_of_the_queue_has_its_group() -> None:
    groups = {item_state: entries_of([], [make_item(state=item_state)])[0].group for item_state in QueueState}
    assert groups[QueueState.SCHEDULED] is groups[QueueState.HELD] is Group.SCHEDULED
    assert groups[QueueState.DELIVERING] is groups[QueueState.RETRYING] is Group.UNDER_WAY
    assert groups[QueueState.NEEDS_PERSON] is Group.ATTENTION
    assert groups[QueueState.DELIVERED] is groups[QueueState.VERIFIED] is Group.OUT
    assert groups[QueueState.CANCELLED] is groups[QueueState.SUPERSEDED] is Group.DROPPED


def test_groups_come_in_their_order_and_what_is_out_newest_first() -> None:
    items = [
        make_item(1, QueueState.VERIFIED, delivered_at=NOON),
        make_item(2, QueueState.VERIFIED, delivered_at=NOON + timedelta(hours=1)),
        make_item(3, QueueState.SCHEDULED),
    ]
    entries = entries_of([make_row(7)], items)
    assert [entry.key for entry in entries] == [("article", 7), ("item", 3), ("item", 2), ("item", 1)]


def test_two_articles_in_one_minute_collide() -> None:
    items = [
        make_item(1),
        make_item(2, due_at=NOON + timedelta(seconds=59)),
        make_item(3, due_at=NOON + timedelta(minutes=1)),
    ]
    assert collisions(items) == {1: 1, 2: 1}


def test_only_open_publications_of_other_articles_on_the_same_site_collide() -> None:
    items = [
        make_item(1),
        make_item(2, state=QueueState.VERIFIED),
        make_item(3, operation=Operation.WITHDRAW),
        make_item(4, site=SiteName("other")),
        make_item(5, article=ArticleId(101)),
    ]
    assert collisions(items) == {}


def test_the_day_is_the_newsrooms_own() -> None:
    """14:30 UTC is already the next day in Vladivostok."""
    zone = ZoneInfo("Asia/Vladivostok")
    entries = entries_of([], [make_item(1, due_at=NOON), make_item(2, due_at=NOON + timedelta(hours=2, minutes=30))])
    assert [entry.key for entry in entries_on_day(entries, NOON, zone)] == [("item", 1)]
