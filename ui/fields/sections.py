"""Read-only sections of the inspector: what stands in the way, where the article is, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.article import Article, LiveOnSite
from newsroom.domain.house import House
from newsroom.domain.queue import QueueItem
from newsroom.domain.states import LiveState
from newsroom.words import _, n_
from ui import theme
from ui.fields.instant_field import InstantField
from ui.times import exact_time, short_time
from ui.widgets import PlainLabel, Section, StateChip, plain_tooltip, quiet_button


class PublicationSection(Section):
    """When the article goes out, and how far it has come.

    Signals:
        planned(object): the person chose another time, or none.
    """

    planned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Публикация"), parent)
        self._house = House()
        self._shown: tuple[House, tuple[QueueItem, ...], tuple[LiveOnSite, ...]] | None = None
        self.when = InstantField(_("Время выхода"), _("Назначить время"))
        self.when.chosen.connect(self.planned)
        self.add(self.when, _("Выход"))
        self._places = QWidget()
        self._lines = QVBoxLayout(self._places)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.SPACE_XS)
        self.add(self._places)

    def set_house(self, house: House) -> None:
        self._house = house
        self.when.set_house(house)

    def show_facts(self, article: Article | None, items: Sequence[QueueItem]) -> None:
        """Show where *article* stands on each site; *items* are its open queue items."""
        due = next((item.due_at for item in items if item.due_at), None)
        self.when.set_value(article and (due or article.planned_at))
        shown = (self._house, tuple(items), article.live if article else ())
        if shown == self._shown:
            return
        self._shown = shown
        while (old := self._lines.takeAt(0)) is not None:
            if old.widget() is not None:
                old.widget().deleteLater()
        for item in items:
            self._add_item(item)
        for place in article.live if article else ():
            self._add_place(place.site, place.state, place.since, place.url)
        self._places.setVisible(self._lines.count() > 0)

    def _add_item(self, item: QueueItem) -> None:
        chip = StateChip(item.state)
        self._lines.addWidget(chip)
        words = [f"{item.site}: {item.operation.words}"]
        if item.attempts > 1:
            words.append(n_("{n} попытка", "{n} попыток", item.attempts))
        self._lines.addWidget(PlainLabel(", ".join(words), "small", wrap=True))
        if item.problem:
            self._lines.addWidget(PlainLabel(item.problem, "danger", wrap=True))

    def _add_place(self, site: str, state: LiveState, since: datetime, url: str) -> None:
        said = {
            LiveState.LIVE: _("На сайте «{site}» с {when}"),
            LiveState.WITHDRAWN: _("Снята с сайта «{site}» {when}"),
            LiveState.KILLED: _("Аннулирована на сайте «{site}» {when}"),
        }[state]
        words = said.format(site=site, when=exact_time(since, self._house.tz))
        self._lines.addWidget(PlainLabel(words, "small", wrap=True))
        if state is LiveState.LIVE and url.startswith(("http://", "https://")):
            link = quiet_button(_("Открыть на сайте"), "arrow-square-out")
            link.setToolTip(plain_tooltip(url))
            link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(url)))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(link)
            line.addStretch(1)
            self._lines.addWidget(row)


class HistorySection(Section):
    """Which revision is the newest, and the way to all of them.

    Signals:
        wanted(): the person asks for the history.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("История"), parent)
        self._house = House()
        self._newest = PlainLabel("", "small", wrap=True)
        self.add(self._newest)
        self.button = quiet_button(_("Все версии"), "clock-counter-clockwise")
        self.button.setToolTip(_("Кто, когда и что менял; сравнить и вернуть прежнее"))
        self.button.clicked.connect(self.wanted)
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.button)
        buttons.addStretch(1)
        self.add(row)

    def set_house(self, house: House) -> None:
        self._house = house

    def show_article(self, article: Article | None) -> None:
        """Say which revision of *article* is the newest; None is a new one, which has none."""
        self.setVisible(article is not None)
        if article is not None:
            words = _("Версия {number} · {name} · {time}").format(
                number=article.revision,
                name=article.updated_by,
                time=short_time(article.updated_at, self._house.tz, datetime.now(UTC)),
            )
            self._newest.setText(words)
