"""What the list shows: words to find, and what is chosen in the filters' menu."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from newsroom.domain.article import ArticleFilter
from newsroom.domain.ids import PersonId, RubricSlug
from newsroom.domain.states import Label
from newsroom.words import _, later
from ui.icons import icon
from ui.theme import SPACE_M, SPACE_S
from ui.widgets import STATE_LOOKS, PlainLabel, quiet_button, set_property

if TYPE_CHECKING:
    from newsroom.desk.reading import Settings


class Period(StrEnum):
    """How far back the list goes."""

    ANY = "any"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"

    @property
    def words(self) -> str:
        return _(_PERIODS[self])

    def span(self, zone: tzinfo, now: datetime) -> tuple[datetime | None, datetime | None]:
        """The half-open span in UTC; days begin at midnight in *zone*."""

        def midnight(days_ago: int) -> datetime:
            day = now.astimezone(zone).date() - timedelta(days=days_ago)
            return datetime.combine(day, time(), zone).astimezone(UTC)

        match self:
            case Period.TODAY:
                return midnight(0), None
            case Period.YESTERDAY:
                return midnight(1), midnight(0)
            case Period.WEEK:
                return midnight(6), None
            case Period.MONTH:
                return midnight(29), None
        return None, None


_PERIODS = {
    Period.ANY: later("За всё время"),
    Period.TODAY: later("Сегодня"),
    Period.YESTERDAY: later("Вчера"),
    Period.WEEK: later("За неделю"),
    Period.MONTH: later("За месяц"),
}


class FilterBar(QWidget):
    """Signals:

    changed(): `wanted` gives something else now. Typing is waited out.
    leave_down(): the arrow key asks for the list below.
    """

    changed = Signal()
    leave_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: set[Label] = set()
        self._rubric: RubricSlug | None = None
        self._person: PersonId | None = None
        self._period = Period.ANY
        self._names: dict[object, str] = {}

        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(_("Поиск по статьям"))
        self.search.setAccessibleName(_("Поиск по статьям"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=220)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(self._wait_for_more)
        self.search.returnPressed.connect(self._at_once)

        self.button = QToolButton()
        self.button.setText(_("Фильтры"))
        self.button.setAccessibleName(_("Фильтры списка"))
        self.button.setIcon(icon("funnel-simple", "text", 16))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setProperty("kind", "filter")
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)

        self._summary = PlainLabel("", "small", elide=True)
        self._reset = quiet_button(_("Сбросить"))
        self._reset.clicked.connect(self.reset)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE_S)
        below.addWidget(self._summary, 1)
        below.addWidget(self._reset)

        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        line.addWidget(self.search, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addLayout(line)
        column.addWidget(self._below)
        self.fill(None)

    def fill(self, settings: "Settings | None") -> None:
        """Offer the rubrics and people of *settings*; what was chosen and is gone is chosen no longer."""
        rubrics = [(rubric.slug, rubric.title) for rubric in settings.rubrics] if settings else []
        people = [(person.id, person.name) for person in settings.people] if settings else []
        self._names = {**dict(rubrics), **dict(people)}
        if settings:
            self._rubric = self._rubric if self._rubric in dict(rubrics) else None
            self._person = self._person if self._person in dict(people) else None
        self.menu.clear()
        states = self.menu.addMenu(icon("circle-half", "muted", 16), _("Состояние"))
        for label in Label:
            action = states.addAction(icon(*STATE_LOOKS[label]), label.words)
            action.setCheckable(True)
            action.setChecked(label in self._labels)
            action.toggled.connect(lambda on, label=label: self._choose_label(label, on))
        self._choices(_("Рубрика"), "tag", rubrics, self._rubric, _("Любая рубрика"), self._choose_rubric)
        self._choices(_("Кто правил"), "user", people, self._person, _("Кто угодно"), self._choose_person)
        periods = [(period, period.words) for period in Period if period is not Period.ANY]
        chosen = None if self._period is Period.ANY else self._period
        self._choices(_("Время"), "calendar-blank", periods, chosen, Period.ANY.words, self._choose_period)
        self.menu.addSeparator()
        self.menu.addAction(icon("x", "muted", 16), _("Сбросить фильтры"), self.reset)
        self._show_summary()

    def wanted(self, zone: tzinfo) -> ArticleFilter:
        """The filter as it stands now; days begin at midnight in *zone*."""
        since, until = self._period.span(zone, datetime.now(UTC))
        return ArticleFilter(
            labels=frozenset(self._labels),
            rubric=self._rubric,
            person=self._person,
            since=since,
            until=until,
            search=" ".join(self.search.text().split()),
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is left out of the list."""
        chosen = self._labels or self._rubric or self._person is not None or self._period is not Period.ANY
        return bool(chosen or self.search.text().strip())

    def reset(self) -> None:
        """Show everything again."""
        self._labels.clear()
        self._rubric, self._person, self._period = None, None, Period.ANY
        self.search.clear()
        self._uncheck()
        self._show_summary()
        self._at_once()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_only(self, label: Label) -> None:
        """Show the articles of one state."""
        self._labels = {label}
        self._uncheck()
        self._changed()

    def _choices(
        self,
        title: str,
        icon_name: str,
        values: Sequence[tuple[object, str]],
        chosen: object,
        any_words: str,
        choose: Callable[[object], None],
    ) -> None:
        menu = self.menu.addMenu(icon(icon_name, "muted", 16), title)
        group = QActionGroup(menu)
        for value, words in [(None, any_words), *values]:
            action = QAction(words.replace("&", "&&"), group)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _on, value=value: choose(value))
            menu.addAction(action)

    def _uncheck(self) -> None:
        for submenu in self.menu.findChildren(QMenu):
            for place, action in enumerate(submenu.actions()):
                action.blockSignals(True)
                grouped = action.actionGroup() is not None
                action.setChecked(place == 0 if grouped else list(Label)[place] in self._labels)
                action.blockSignals(False)

    def _choose_label(self, label: Label, on: bool) -> None:
        (self._labels.add if on else self._labels.discard)(label)
        self._changed()

    def _choose_rubric(self, value: object) -> None:
        self._rubric = RubricSlug(str(value)) if value is not None else None
        self._changed()

    def _choose_person(self, value: object) -> None:
        self._person = PersonId(value) if isinstance(value, int) else None
        self._changed()

    def _choose_period(self, value: object) -> None:
        self._period = value if isinstance(value, Period) else Period.ANY
        self._changed()

    def _changed(self) -> None:
        self._show_summary()
        self.changed.emit()

    def _wait_for_more(self) -> None:
        self._pause.start()

    def _at_once(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _show_summary(self) -> None:
        parts = [label.words for label in Label if label in self._labels]
        parts += [self._names.get(value, "") for value in (self._rubric, self._person) if value is not None]
        if self._period is not Period.ANY:
            parts.append(self._period.words)
        self._summary.setText(" · ".join(part for part in parts if part))
        self._below.setVisible(bool(parts))
        set_property(self.button, "active", bool(parts))
