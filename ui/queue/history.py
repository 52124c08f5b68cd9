"""The record of an article in words: its short English keys, and attempts that failed alike as one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.domain.reports import ReportState
from newsroom.domain.states import Operation
from newsroom.words import _, later, n_

if TYPE_CHECKING:
    from newsroom.domain.changes import Activity
    from newsroom.domain.ids import QueueItemId

_WORDS = {
    "create": later("Статья создана"),
    "save": later("Текст сохранён"),
    "adopt": later("Перенесена с сайта"),
    "merge": later("Слита с правкой на сайте"),
    "plan": later("Назначен план выхода"),
    "submit": later("Отправлена на проверку"),
    "return": later("Возвращена на доработку"),
    "approve": later("Одобрена"),
    "queue": later("Поставлена в очередь"),
    "schedule": later("Назначено время"),
    "publish": later("Велено выпустить сейчас"),
    "hold": later("Придержана"),
    "retry": later("Велено повторить доставку"),
    "withdraw": later("Велено снять с сайта"),
    "undo": later("Велено отменить доставку"),
    "replay": later("Отправляется заново: сайт восстановлен из копии"),
    "accept": later("Принято то, что стоит на сайте"),
    "given-back": later("Публикатор остановлен до доставки"),
    "kill": later("Аннулирована"),
    "delivering": later("Доставка началась"),
    "delivered": later("Доставлена на сайт"),
    "verified": later("Прочитана с сайта и сверена"),
    "page-checked": later("Страница на сайте проверена"),
    "page-stale": later("Страница на сайте показывает не то"),
    "page-silent": later("Страница на сайте не прочитана"),
    "retrying": later("Доставка сорвалась и будет повторена"),
    "needs-person": later("Доставка остановлена: нужен человек"),
    "superseded": later("Заменена более новой"),
    "cancelled": later("Снята с очереди"),
    "reported": later("Читатель сообщил об опечатке"),
    "close-report": later("Сообщение об опечатке закрыто"),
    "reopen-report": later("Сообщение об опечатке открыто снова"),
    "comment": later("Добавлен комментарий"),
    "reword-comment": later("Комментарий изменён"),
    "resolve-comment": later("Комментарий решён"),
    "reopen-comment": later("Комментарий открыт снова"),
    "delete-comment": later("Комментарий удалён"),
    "ignore-finding": later("Замечание пропущено"),
    "heed-finding": later("Пропущенное замечание возвращено"),
    "ignore-word": later("Слово пропущено при проверке"),
    "heed-word": later("Слово снова проверяется"),
}
#: What publishers write; who it was is the name of one.
_PUBLISHERS = {"delivering", "delivered", "verified", "retrying", "needs-person", "superseded", "given-back"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: what happened, when, at whose hands."""

    words: str
    detail: str
    who: str
    at: datetime
    #: The first of the attempts that this line stands for.
    since: datetime
    #: On which site, where the article goes to several.
    site: str = ""
    times: int = 1

    @property
    def title(self) -> str:
        """What happened, where, and how often."""
        often = n_("{n} попытка", "{n} попыток", self.times) if self.times > 1 else ""
        return " · ".join(part for part in (self.words, self.site, often) if part)


def lines_of(history: Sequence[Activity], names: dict[str, str]) -> list[Line]:
    """The newest first, as *history* comes; *names* of people by login.

    Of an attempt that failed only the failure is told, and attempts of one item that failed alike, one after the
    other, are one line: a night without the site must not hide what people decided.
    """
    several = len({entry.site for entry in history if entry.site}) > 1
    lines: dict[int, Line] = {}
    newest: dict[QueueItemId, Activity] = {}
    for entry in reversed(_without_failed_starts(history)):
        site = entry.site or "" if several else ""
        line = Line(words_of(entry.what), _detail(entry), _who(entry, names), entry.at, entry.at, site)
        if entry.queue_item is not None:
            before = newest.get(entry.queue_item)
            if before and before.what == entry.what == "retrying" and before.detail == entry.detail:
                alike = lines.pop(before.id)
                line = replace(line, since=alike.since, times=alike.times + 1)
            newest[entry.queue_item] = entry
        lines[entry.id] = line
    return list(reversed(lines.values()))


def _without_failed_starts(history: Sequence[Activity]) -> list[Activity]:
    kept = []
    next_of: dict[QueueItemId | None, str] = {}
    for entry in history:
        if entry.what != "delivering" or next_of.get(entry.queue_item) != "retrying":
            kept.append(entry)
        next_of[entry.queue_item] = entry.what
    return kept


def _detail(entry: Activity) -> str:
    """In words where the record keeps a short key."""
    first, _space, rest = entry.detail.partition(" ")
    match entry.what:
        case "queue" if first in set(Operation):
            return Operation(first).words
        case "close-report" if first in set(ReportState):
            return f"{ReportState(first).words} {rest}".strip()
        case "reported" if first.isdecimal():
            return n_("{n} сообщение", "{n} сообщений", int(first))
        case "accept":
            return first
        case "heed-finding":
            return ""
    return entry.detail


def _who(entry: Activity, names: dict[str, str]) -> str:
    if entry.who in names:
        return names[entry.who]
    if entry.what == "reported":
        return _("сайт {name}").format(name=entry.who)
    if entry.what in _PUBLISHERS:
        return _("публикатор {name}").format(name=entry.who)
    return entry.who


def words_of(what: str) -> str:
    """What happened, for `newsroom.domain.changes.Activity.what`; an unknown key is shown as it is."""
    known = _WORDS.get(what.replace("_", "-"))
    return _(known) if known else what
