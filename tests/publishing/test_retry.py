"""The pauses between tries."""

from datetime import timedelta

from newsroom.domain.errors import SiteSchemaMismatch, SiteUnavailable
from newsroom.publishing.retry import LONGEST, pause_after

DOWN, BROKEN = SiteUnavailable("нет связи"), SiteSchemaMismatch("нет столбца")


def test_pauses_grow_to_a_limit_and_never_stop() -> None:
    pauses = [pause_after(DOWN, attempts, 0.0) for attempts in (1, 2, 3, 4, 5, 1000)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=1)
    assert pauses[-1] == LONGEST


def test_chance_spreads_publishers_apart_but_never_to_zero() -> None:
    assert pause_after(DOWN, 9, 1.0) == LONGEST / 2


def test_a_broken_structure_is_looked_at_less_often() -> None:
    assert pause_after(BROKEN, 9, 0.0) > pause_after(DOWN, 9, 0.0)
