"""``queue`` and ``publisher``."""

import argparse
import logging
import signal
import sys
import threading
from dataclasses import asdict
from typing import Final
from zoneinfo import ZoneInfo

from newsroom.cli.session import desk_of, local, opened, print_json, print_table
from newsroom.desk import health, reading
from newsroom.domain.health import Health, PublisherHealth, SiteHealth, Verdict
from newsroom.domain.ids import SiteName
from newsroom.domain.pages import ExpectedPage, PageSeen
from newsroom.domain.queue import QueueItem
from newsroom.domain.states import QueueState
from newsroom.publishing.publisher import Outcome
from newsroom.words import _, n_

#: What ``publisher status`` ends with; 1 means that nobody could be asked.
EXIT_CODES: Final = {Verdict.GOOD: 0, Verdict.ATTENTION: 3, Verdict.NOBODY: 4}
#: How long ``publisher run --once`` goes on looking at public pages; later runs look at the rest.
_PAGES_SECONDS: Final = 30.0


def queue(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        items = reading.read_queue(desk, done_limit=options.limit)
        zone = reading.read_settings(desk).house.tz
    if options.json:
        print_json([asdict(item) for item in items])
        return 0
    print_table(
        [
            (
                str(item.article),
                item.site,
                local(item.due_at, zone) or _("без времени"),
                item.operation.words,
                item.state.words,
                " — ".join(text for text in (item.headline, item.problem or item.reason, _page_words(item)) if text),
            )
            for item in items
        ]
    )
    if not items:
        print(_("Очередь пуста."))
    return 0


def _page_words(item: QueueItem) -> str:
    if item.page is None:
        return ""
    return item.page.problem or _("страница проверена")


def feed(options: argparse.Namespace) -> int:
    from newsroom.publishing.feed import write_file

    with opened(options) as newsroom:
        names = [site.name for site in newsroom.sites()]
        data = newsroom.feed(
            SiteName(options.site) if options.site else names[0], limit=options.limit, days=options.days
        )
    if options.out:
        write_file(data, options.out)
        print(options.out)
    else:
        sys.stdout.buffer.write(data)
    return 0


def publisher(options: argparse.Namespace) -> int:
    """Exit code 1 where ``--once`` left something that could not be delivered; for ``status`` see `EXIT_CODES`."""
    if options.action == "status":
        return _status(options)
    if options.once:
        return _once(options)
    from newsroom.publishing.service import run_forever

    with opened(options) as newsroom:
        _log_to_output(as_json=options.json)
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_arguments: stop.set())
        worker = newsroom.publisher(options.name)
        run_forever(worker, stop, newsroom.follower(worker))
    return 0


def _once(options: argparse.Namespace) -> int:
    from newsroom.publishing.service import run_once

    pages: list[tuple[ExpectedPage, PageSeen]] = []
    with opened(options) as newsroom:
        worker = newsroom.publisher(options.name)
        try:
            outcomes = run_once(worker)
            newsroom.follower(worker, lambda *found: pages.append(found)).once(_PAGES_SECONDS)
            worker.alive.end()
        finally:
            worker.close()
    if options.json:
        print_json([asdict(outcome) for outcome in outcomes])
    else:
        for outcome in outcomes:
            _tell(outcome)
        for expected, seen in pages:
            words = seen.problem or _("страница проверена")
            print(f"{expected.article}  {expected.site}  {words}  {expected.url}")
        print(n_("Обработана {n} доставка.", "Обработано {n} доставок.", len(outcomes)))
    failed = {QueueState.RETRYING, QueueState.NEEDS_PERSON}
    return 1 if any(outcome.state in failed for outcome in outcomes) else 0


def _log_to_output(*, as_json: bool) -> None:
    """Every event on a line of its own: where a service's output goes, the system keeps it."""
    from newsroom.publishing.events import EventFormatter

    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(EventFormatter(as_json=as_json))
    logging.getLogger("newsroom").addHandler(handler)


def _tell(outcome: Outcome) -> None:
    parts = (outcome.operation.words, outcome.state.words, outcome.headline, outcome.url, outcome.problem)
    print(f"{outcome.article}  {outcome.site}  " + "  ".join(part for part in parts if part), flush=True)


def _status(options: argparse.Namespace) -> int:
    with desk_of(options, acts=False) as desk:
        found, zone = health.read_health(desk), reading.read_settings(desk).house.tz
    if options.json:
        print_json({"verdict": found.verdict.value, **asdict(found)})
    else:
        _tell_health(found, zone)
    return EXIT_CODES[found.verdict]


def _tell_health(found: Health, zone: ZoneInfo) -> None:
    alive = [one for one in found.publishers if one.alive]
    for one in alive or found.publishers[:1]:
        print(_publisher_line(one, zone))
    if not alive:
        print(_("Ни один публикатор не работает: одобренное ждёт. Запускает: newsroom publisher run."))
    for site in found.sites:
        print(_site_line(site, zone))


def _publisher_line(one: PublisherHealth, zone: ZoneInfo) -> str:
    seen = f"{one.seen_at.astimezone(zone):%d.%m.%Y %H:%M:%S}"
    if one.stopped_at:
        return _("Публикатор {name} остановлен {when}.").format(name=one.name, when=seen)
    if not one.alive:
        return _("Публикатор {name} молчит с {when}.").format(name=one.name, when=seen)
    return _("Публикатор {name} работает, отозвался {when}; сайты: {sites}.").format(
        name=one.name, when=seen, sites=", ".join(one.sites) or "—"
    )


def _site_line(site: SiteHealth, zone: ZoneInfo) -> str:
    parts = [
        _("пора {due}, из них опаздывает {late}").format(due=site.due, late=site.late),
        _("ждёт времени {waiting}").format(waiting=site.waiting),
        _("требует внимания {n}").format(n=site.needs_person),
    ]
    if site.last_delivered_at:
        parts.append(_("последняя доставка {when}").format(when=local(site.last_delivered_at, zone)))
    if not site.served:
        parts.append(_("ни один работающий публикатор не знает, как его достичь"))
    if site.trouble:
        parts.append(
            _("не работает с {since}: {problem}").format(
                since=local(site.trouble.since, zone), problem=site.trouble.problem
            )
        )
    return _("Сайт {name}: {what}").format(name=site.site, what="; ".join(parts))
