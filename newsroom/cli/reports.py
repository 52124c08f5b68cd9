"""``reports``: readers' reports that come by mail, who lets their corrections out, and figures of them."""

import argparse
from dataclasses import asdict
from pathlib import Path

from newsroom.cli.files import write_bytes
from newsroom.cli.session import desk_of, print_json, print_table
from newsroom.desk import house, reading, report_statistics, triage
from newsroom.domain.ids import SiteName
from newsroom.domain.report_statistics import Figures, Grouping, Period, ReportStatistics
from newsroom.text.dates import span_words
from newsroom.text.report_mail import read_report_mail
from newsroom.words import _, n_


def mail(options: argparse.Namespace) -> int:
    with desk_of(options, acts=True) as desk:
        new = triage.bring_in(desk, SiteName(options.site), list(read_report_mail(Path(options.place)))).value
    print(n_("{n} новое сообщение", "{n} новых сообщений", new).format(n=new))
    return 0


def minor(options: argparse.Namespace) -> int:
    with desk_of(options, acts=bool(options.choice)) as desk:
        if options.choice:
            house.allow_minor_corrections(desk, options.choice == "on")
        rules = reading.read_settings(desk).house
    print(
        _("Мелкие исправления опечаток выходят без главного редактора.")
        if rules.minor_corrections
        else _("Все исправления опечаток идут главному редактору.")
    )
    return 0


def statistics(options: argparse.Namespace) -> int:
    period, by = Period(options.first, options.last), Grouping(options.by)
    with desk_of(options, acts=False) as desk:
        found = report_statistics.read_statistics(desk, period, by)
    if options.csv:
        write_bytes(Path(options.csv), report_statistics.statistics_csv(found))
    if options.json:
        print_json(
            {
                "from": period.first,
                "to": period.last,
                "by": by.value,
                "rows": [_plain(row) for row in found.rows],
                "total": _plain(found.total),
            }
        )
    elif not options.csv:
        _print(found)
    return 0


def _plain(row: Figures) -> dict[str, object]:
    seconds = None if row.median_time is None else row.median_time.total_seconds()
    plain = asdict(row) | {"open": row.open, "median_seconds": seconds}
    del plain["median_time"]
    return plain


def _print(found: ReportStatistics) -> None:
    header = (
        _("сообщений"),
        _("исправлено"),
        _("было исправлено"),
        _("не ошибка"),
        _("повторы"),
        _("открыто"),
        _("медиана до исправления"),
        _("рубрика") if found.by is Grouping.RUBRIC else _("автор"),
    )
    named = [(report_statistics.name_of(row, found.by), row) for row in found.rows]
    print_table([header, *(_line(name, row) for name, row in [*named, (_("всего"), found.total)])])


def _line(name: str, row: Figures) -> tuple[str, ...]:
    numbers = (row.received, row.fixed, row.already_fixed, row.rejected, row.duplicate, row.open)
    return (*map(str, numbers), span_words(row.median_time) if row.median_time is not None else "—", name)
