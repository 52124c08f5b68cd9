"""Figures of readers' reports over a period, by rubric or by author; as a table, and as a file for spreadsheets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QDate, QModelIndex, QPersistentModelIndex, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from newsroom.domain.errors import InvalidInput
from newsroom.domain.report_statistics import Figures, Grouping, Period, ReportStatistics
from newsroom.text.dates import span_words
from newsroom.words import _, n_, system_words
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.reports.plain import visible
from ui.review.switch import Switch
from ui.theme import SPACE_S, ui_font
from ui.widgets import PlainLabel, plain_button, plain_tooltip

if TYPE_CHECKING:
    from typing import Any

    from newsroom.desk.session import Desk

_SIZE = (960, 560)
_GROUPINGS = (Grouping.RUBRIC, Grouping.AUTHOR)
_Index = QModelIndex | QPersistentModelIndex


class FiguresModel(QAbstractTableModel):
    """A line for each rubric or author, and the sum of all in the last one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: ReportStatistics | None = None
        self._names: list[str] = []

    def show_figures(self, found: ReportStatistics, names: list[str]) -> None:
        """*names* are those of the rows, without that of the sum."""
        self.beginResetModel()
        self._found, self._names = found, [*map(visible, names), _("Всего")]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() or self._found is None or not self._found.rows else len(self._names)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self._titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._found is None:
            return None
        is_sum = index.row() == len(self._found.rows)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                figures = self._found.total if is_sum else self._found.rows[index.row()]
                return _cells(self._names[index.row()], figures)[index.column()]
            case Qt.ItemDataRole.ToolTipRole if index.column() == 0:
                return plain_tooltip(self._names[index.row()])
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.FontRole:
                return ui_font(bold=is_sum, tabular=index.column() > 0)
        return None

    def _titles(self) -> tuple[str, ...]:
        by = self._found.by if self._found is not None else Grouping.RUBRIC
        return (
            _("Рубрика") if by is Grouping.RUBRIC else _("Автор"),
            _("Сообщений"),
            _("Исправлено"),
            _("Было исправлено"),
            _("Не ошибка"),
            _("Повторы"),
            _("Открыто"),
            _("До исправления"),
        )


class StatisticsDialog(Frame):
    """Attributes: ``span`` offers periods, ``first`` and ``last`` are its days, ``by``, ``view`` with its ``model``."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Статистика опечаток"), width=_SIZE[0])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._ctx = ctx
        self._asked = 0
        self._found: ReportStatistics | None = None
        self._today = datetime.now(UTC).astimezone(ctx.zone).date()
        self.span = QComboBox()
        self.span.setAccessibleName(_("За какое время"))
        for words, days in self._spans():
            self.span.addItem(words, days)
        self.first, self.last = _day(_("С")), _day(_("По"))
        self.by = Switch(*(by.words for by in _GROUPINGS))
        self.model = FiguresModel(self)
        self.view = self._make_view()
        self.told, self.problem = PlainLabel("", "small", wrap=True), PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        above = QHBoxLayout()
        above.setSpacing(SPACE_S)
        for widget in (self.span, self.first, PlainLabel("—", "muted"), self.last):
            above.addWidget(widget)
        above.addStretch(1)
        above.addWidget(self.by)
        self.column.addLayout(above)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(self.problem)
        self.save, leave = plain_button(_("В файл CSV…")), plain_button(_("Закрыть"))
        self.save.clicked.connect(self._save)
        leave.clicked.connect(self.reject)
        self.add_buttons(leave, default=leave, left=self.save)
        self.span.activated.connect(self._take_span)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._days_chosen)
        self.by.changed.connect(lambda _number: self._read())
        self.span.setCurrentIndex(1)
        self._take_span()
        self.view.setFocus()

    @property
    def period(self) -> Period:
        """Raises `InvalidInput` for one that ends before it begins."""
        first = None if self.span.currentData() == "all" else self.first.date().toPython()
        last = None if self.span.currentData() == "all" else self.last.date().toPython()
        return Period(first, last)  # type: ignore[arg-type]

    def _spans(self) -> list[tuple[str, object]]:
        today = self._today
        month = today.replace(day=1)
        before = (month - timedelta(days=1)).replace(day=1)
        return [
            (_("7 дней"), (today - timedelta(days=6), today)),
            (_("30 дней"), (today - timedelta(days=29), today)),
            (_("Этот месяц"), (month, today)),
            (_("Прошлый месяц"), (before, month - timedelta(days=1))),
            (_("Этот год"), (today.replace(month=1, day=1), today)),
            (_("Всё время"), "all"),
            (_("Свои дни"), None),
        ]

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName(_("Статистика опечаток"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return view

    def _take_span(self) -> None:
        days = self.span.currentData()
        for edit in (self.first, self.last):
            edit.setEnabled(days != "all")
        if isinstance(days, tuple):
            for edit, day in zip((self.first, self.last), days, strict=True):
                edit.blockSignals(True)
                edit.setDate(QDate(day.year, day.month, day.day))
                edit.blockSignals(False)
        elif days is None:
            self.first.setFocus()
        self._read()

    def _days_chosen(self) -> None:
        self.span.setCurrentIndex(self.span.count() - 1)
        self._read()

    def _read(self) -> None:
        self._asked += 1
        asked, by = self._asked, _GROUPINGS[self.by.choice]
        try:
            period = self.period
        except InvalidInput as error:
            self._say(str(error))
            return

        def read(desk: Desk) -> tuple[ReportStatistics, list[str]]:
            from newsroom.desk.report_statistics import name_of, read_statistics

            found = read_statistics(desk, period, by)
            return found, [name_of(row, by) for row in found.rows]

        def show(answer: tuple[ReportStatistics, list[str]]) -> None:
            if asked == self._asked:
                self._show(*answer)

        self._ctx.read(read, show)

    def _show(self, found: ReportStatistics, names: list[str]) -> None:
        self._found = found
        self.model.show_figures(found, names)
        self._say("")
        if not found.rows:
            self.told.setText(_("За эти дни читатели ни о чём не сообщили."))
            return
        words = n_("{n} сообщение", "{n} сообщений", found.total.received).format(n=found.total.received)
        self.told.setText(_("{reports} за эти дни; время — медиана от сообщения до исправления.").format(reports=words))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.told.setVisible(not problem)
        self.save.setEnabled(not problem and self._found is not None and bool(self._found.rows))

    def _save(self) -> None:
        found = self._found
        if found is None:
            return
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        name = _("опечатки {day}").format(day=self._today.isoformat()) + ".csv"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Сохранить таблицу"), str(folder / name), "CSV (*.csv)")
        if not chosen:
            return
        file = Path(chosen) if Path(chosen).suffix.lower() == ".csv" else Path(f"{chosen}.csv")

        def write() -> None:
            from newsroom.desk.report_statistics import statistics_csv

            file.write_bytes(statistics_csv(found))

        def failed(error: Exception) -> None:
            words = system_words(error) if isinstance(error, OSError) else error
            self._say(_("Файл {file} не записан: {words}.").format(file=file, words=words))

        self._ctx.tasks.background(
            write, lambda _none: self.told.setText(_("Сохранено в файл {name}").format(name=file.name)), failed
        )


def _day(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("dd.MM.yyyy")
    edit.setAccessibleName(name)
    edit.setMinimumDate(QDate(2000, 1, 1))
    return edit


def _cells(name: str, figures: Figures) -> tuple[str, ...]:
    numbers = (
        figures.received,
        figures.fixed,
        figures.already_fixed,
        figures.rejected,
        figures.duplicate,
        figures.open,
    )
    return (name, *map(str, numbers), span_words(figures.median_time) if figures.median_time is not None else "—")


def _alignment(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
