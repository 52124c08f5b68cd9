"""What will happen to an item by itself, and what a person can do, in a sentence."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from newsroom.domain.pages import PageState
from newsroom.domain.states import QueueState
from newsroom.words import _, later
from ui.times import short_time

if TYPE_CHECKING:
    from newsroom.domain.health import SiteHealth
    from newsroom.domain.queue import QueueItem

_ADVICE = {
    QueueState.SCHEDULED: later("Уйдёт на сайт само в назначенное время."),
    QueueState.DELIVERING: later("Уходит на сайт прямо сейчас."),
    QueueState.RETRYING: later("Повторится само, пока не получится; делать ничего не нужно."),
    QueueState.DELIVERED: later("Сайт принял; осталось прочитать с него и сверить."),
    QueueState.NEEDS_PERSON: later("Само не уйдёт. Исправьте то, что названо выше, и нажмите «Доставить снова»."),
    QueueState.HELD: later("Само не уйдёт: назначьте время или выпустите сейчас."),
}
_MOVING = (QueueState.SCHEDULED, QueueState.DELIVERING, QueueState.RETRYING, QueueState.DELIVERED)


def advice(item: QueueItem, hindrance: str, now: datetime) -> str:
    """Empty for what is over; *hindrance* is what `hindrance_of_site` says."""
    if item.state is QueueState.SCHEDULED and item.due_at is not None and item.due_at <= now:
        return _("Уйдёт само, как только сайт ответит.") if hindrance else _("Пора: уйдёт на сайт само, по очереди.")
    if item.page is not None and item.page.state is not PageState.CHECKED:
        return _(
            "На самом сайте всё записано верно. Страницу ещё прочитают несколько раз в течение часа; если она не "
            "изменится, очистите кэш сайта или посмотрите её в браузере."
        )
    words = _ADVICE.get(item.state)
    return _(words) if words else ""


def hindrance_of_site(item: QueueItem, site: SiteHealth | None, zone: tzinfo, now: datetime) -> str:
    """Why nothing goes to the item's site at present; empty where something does, or nothing is to go."""
    if site is None or item.state not in _MOVING:
        return ""
    if not site.served:
        return _("Сейчас ни один работающий публикатор не знает, как достичь сайта {site}.").format(site=site.site)
    if site.trouble is None or site.trouble.problem == item.problem:
        return ""
    return _("С {since} на сайт {site} ничего не уходит. {problem}").format(
        site=site.site, since=short_time(site.trouble.since, zone, now), problem=site.trouble.problem
    )
