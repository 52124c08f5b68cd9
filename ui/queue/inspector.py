"""The inspector of the queue: remarks, where and when it goes, what went wrong, and who did what before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from newsroom.domain.pages import PageSeen, PageState
from newsroom.domain.states import LiveState, Operation
from newsroom.words import _, later
from ui.queue.advice import advice, hindrance_of_site
from ui.queue.entries import Group
from ui.queue.history import lines_of
from ui.theme import SPACE_L, SPACE_M, SPACE_S
from ui.times import exact_time, short_time
from ui.widgets import IconLabel, Pane, PlainLabel, Section, StateChip, line, quiet_button

if TYPE_CHECKING:
    from newsroom.desk.reading import Settings
    from ui.queue.case import Case

#: Lines of history shown.
_HISTORY = 30

_LIVE_WORDS = {
    LiveState.LIVE: later("на сайте"),
    LiveState.WITHDRAWN: later("снята"),
    LiveState.KILLED: later("аннулирована"),
}


class QueueInspector(Pane):
    """Signals: rehearse(): show what publishing the text would change on the sites."""

    rehearse = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("Подробности"))
        self.column.addWidget(self._scroll)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._put(QWidget())

    def show_case(self, case: Case, settings: Settings) -> None:
        """Show what there is to know about *case*."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, SPACE_S, 0, SPACE_L)
        column.setSpacing(0)
        way = _way(case, settings)
        if _is_ahead(case):
            button = quiet_button(_("Что изменится на сайтах…"), "magnifying-glass")
            button.clicked.connect(self.rehearse)
            way.add(button)
        sections = [_blockers(case), way, _history(case, settings)]
        for number, section in enumerate(section for section in sections if section is not None):
            if number:
                column.addWidget(line())
            column.addWidget(section)
        column.addStretch(1)
        place = self._scroll.verticalScrollBar().value()
        self._put(inside)
        self._scroll.verticalScrollBar().setValue(place)

    def _put(self, inside: QWidget) -> None:
        inside.setProperty("ground", "window")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scroll.setWidget(inside)


def _is_ahead(case: Case) -> bool:
    """Whether the newest text is still to be published."""
    item = case.entry.item
    return item is None or (item.operation is Operation.PUBLISH and item.state.is_open)


def _blockers(case: Case) -> Section | None:
    if case.entry.item is not None:
        return None
    section = Section(_("Замечания"))
    if not case.blockers:
        section.add(_with_icon("check-circle", "success", _("Публикации ничто не мешает.")))
    for blocker in sorted(case.blockers, key=lambda blocker: not blocker.blocks):
        name, role = ("prohibit", "danger") if blocker.blocks else ("warning", "warning")
        section.add(_with_icon(name, role, blocker.message))
    return section


def _way(case: Case, settings: Settings) -> Section:
    zone, now = settings.house.tz, datetime.now(UTC)
    section = Section(_("Публикация"))
    item = case.entry.item
    if item is None:
        planned = case.article.planned_at
        section.add(
            PlainLabel(exact_time(planned, zone) if planned else _("время не назначено"), wrap=True), _("План выхода")
        )
        for place in case.article.live:
            state = _(_LIVE_WORDS[place.state])
            since = _("{state} с {time}").format(state=state, time=exact_time(place.since, zone))
            section.add(PlainLabel(since, wrap=True), str(place.site))
        return section
    section.add(StateChip(item.state), _("Состояние"))
    if item.operation is not Operation.PUBLISH:
        section.add(PlainLabel(item.operation.words, wrap=True), _("Что делается"))
    section.add(PlainLabel(str(item.site)), _("Сайт"))
    due = exact_time(item.due_at, zone) if item.due_at else _("Без времени")
    section.add(PlainLabel(due, wrap=True), _("Назначено на"))
    if case.entry.collisions:
        section.add(_with_icon("intersect", "warning", _("В эту же минуту выходит другая статья.")))
    if item.delivered_at:
        section.add(PlainLabel(exact_time(item.delivered_at, zone), wrap=True), _("Доставлено"))
    if item.verified_at:
        section.add(PlainLabel(exact_time(item.verified_at, zone), wrap=True), _("Прочитано с сайта и сверено"))
    if item.page is not None:
        section.add(_page(item.page, zone, now), _("Страница для читателей"))
    if item.attempts:
        section.add(PlainLabel(str(item.attempts)), _("Попыток"))
    if item.next_attempt_at and case.entry.group is Group.UNDER_WAY:
        section.add(PlainLabel(short_time(item.next_attempt_at, zone, now)), _("Следующая попытка"))
    if item.problem:
        role = "danger" if case.entry.group is Group.ATTENTION else "warning"
        section.add(_with_icon("warning", role, item.problem), _("Что случилось"))
    trouble = hindrance_of_site(item, case.site, zone, now)
    if trouble:
        section.add(_with_icon("cloud-slash", "warning", trouble), _("Что с сайтом"))
    if words := advice(item, trouble, now):
        section.add(PlainLabel(words, wrap=True), _("Что будет дальше"))
    if case.site is not None and case.site.at_least_once:
        section.add(
            _with_icon(
                "repeat", "muted", _("Изменение дойдёт как минимум один раз: у сайта нет транзакций или расписок.")
            )
        )
    if item.reason:
        section.add(PlainLabel(item.reason, wrap=True), _("Причина"))
    if item.url:
        section.add(_address(item.url))
    return section


def _page(page: PageSeen, zone: ZoneInfo, now: datetime) -> QWidget:
    when = short_time(page.at, zone, now) if page.at else ""
    if page.state is PageState.CHECKED:
        return PlainLabel(_("проверена, {when}").format(when=when), wrap=True)
    return _with_icon("warning", "warning", _("{problem} Прочитано: {when}.").format(problem=page.problem, when=when))


def _address(url: str) -> QWidget:
    button = quiet_button(_("Открыть на сайте"), "arrow-square-out")
    button.setToolTip(url)
    address = QUrl(url, QUrl.ParsingMode.StrictMode)
    button.setEnabled(address.scheme() in ("http", "https"))
    button.clicked.connect(lambda: QDesktopServices.openUrl(address))
    return button


def _history(case: Case, settings: Settings) -> Section:
    section = Section(_("История"))
    zone, now = settings.house.tz, datetime.now(UTC)
    names = {person.login: person.name for person in settings.people}
    for told in lines_of(case.history, names)[:_HISTORY]:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(told.title, wrap=True))
        if told.detail:
            column.addWidget(PlainLabel(told.detail, "muted", wrap=True))
        when = " – ".join(dict.fromkeys(short_time(at, zone, now) for at in (told.since, told.at)))
        column.addWidget(PlainLabel(f"{when} · {told.who}", "small", wrap=True))
        section.add(box)
    if not case.history:
        section.add(PlainLabel(_("Пока ничего не произошло."), "muted", wrap=True))
    return section


def _with_icon(name: str, role: str, text: str) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_M - 4)
    row.addWidget(IconLabel(name, role, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(PlainLabel(text, wrap=True), 1)
    return box
