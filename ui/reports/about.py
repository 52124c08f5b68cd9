"""What is known of a report, for the inspector: its state, times and site, and the article that it is about."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from newsroom.domain.reports import Report
from newsroom.domain.triage import Mistake
from newsroom.words import _, n_
from ui import theme
from ui.reports.delegate import STATE_LOOKS
from ui.reports.model import report_of
from ui.reports.plain import visible
from ui.times import exact_time, short_time
from ui.widgets import IconLabel, PlainLabel, Section, StateChip, line

if TYPE_CHECKING:
    from newsroom.domain.article import Article


def about_report(row: Report | Mistake, article: Article | None, zone: tzinfo) -> QWidget:
    """*article* is None for a page that the newsroom does not know; times are shown in *zone*."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_L)
    column.setSpacing(0)
    column.addWidget(_report_section(row, zone))
    if article is not None:
        column.addWidget(line())
        section = Section(_("Статья"))
        section.add(PlainLabel(article.content.headline or _("Без заголовка"), wrap=True))
        section.add(StateChip(article.label))
        if isinstance(row, Mistake) and row.live_since is not None:
            section.add(PlainLabel(exact_time(row.live_since, zone), wrap=True), _("На сайте с"))
        column.addWidget(section)
    column.addStretch(1)
    return inside


def _report_section(row: Report | Mistake, zone: tzinfo) -> Section:
    report = report_of(row)
    about = Section(_("Сообщение"))
    state = QWidget()
    first = QHBoxLayout(state)
    first.setContentsMargins(0, 0, 0, 0)
    name, role = STATE_LOOKS[report.state]
    first.addWidget(IconLabel(name, role, 16))
    first.addWidget(PlainLabel(report.state.words), 1)
    about.add(state, _("Состояние"))
    if isinstance(row, Mistake) and row.count > 1:
        words = n_("{n} сообщение", "{n} сообщений", row.count).format(n=row.count)
        about.add(PlainLabel(words), _("Сколько"))
        about.add(PlainLabel(exact_time(row.first_at, zone), wrap=True), _("Первое"))
    about.add(PlainLabel(exact_time(report.reported_at, zone), wrap=True), _("Когда"))
    if report.closed_at is not None:
        closed = f"{short_time(report.closed_at, zone, datetime.now(UTC))} · {report.closed_by}"
        about.add(PlainLabel(closed, wrap=True), _("Закрыто"))
    about.add(PlainLabel(str(report.site)), _("Сайт"))
    if report.page_url:
        about.add(PlainLabel(visible(report.page_url), "muted", wrap=True), _("Страница"))
    return about
