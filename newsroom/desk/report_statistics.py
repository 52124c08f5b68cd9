"""Figures of readers' reports over a period of the newsroom's days, and as a file for spreadsheets."""

from datetime import date, datetime, time, timedelta, tzinfo

from newsroom.desk.session import Desk
from newsroom.domain.report_statistics import Figures, Grouping, Period, ReportStatistics, statistics_of
from newsroom.text.spreadsheet import Cell, csv_bytes
from newsroom.words import _


def read_statistics(desk: Desk, period: Period, by: Grouping) -> ReportStatistics:
    """Reports that came in during *period*, whenever they were decided about."""
    with desk.database.read() as work:
        zone = work.records.house().tz
        begin = _midnight(period.first, zone)
        end = _midnight(period.last + timedelta(days=1), zone) if period.last is not None else None
        return statistics_of(work.reports.counted(begin, end, by), period, by)


def name_of(row: Figures, by: Grouping) -> str:
    """What a line is called."""
    return row.name or (_("Без рубрики или страница не узнана") if by is Grouping.RUBRIC else _("Страница не узнана"))


def statistics_csv(statistics: ReportStatistics) -> bytes:
    """The figures as a CSV file, the sum in the last line; times in hours."""
    lines: list[list[Cell]] = [
        [
            _("Рубрика") if statistics.by is Grouping.RUBRIC else _("Автор"),
            _("Сообщений"),
            _("Исправлено"),
            _("Было исправлено"),
            _("Не ошибка"),
            _("Повторы"),
            _("Открыто"),
            _("Медиана до исправления, часов"),
        ]
    ]
    lines += [_cells(name_of(row, statistics.by), row) for row in statistics.rows]
    lines.append(_cells(_("Всего"), statistics.total))
    return csv_bytes(lines)


def _cells(name: str, row: Figures) -> list[Cell]:
    hours = None if row.median_time is None else round(row.median_time / timedelta(hours=1), 2)
    return [name, row.received, row.fixed, row.already_fixed, row.rejected, row.duplicate, row.open, hours]


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day is not None else None
