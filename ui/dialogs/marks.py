"""The required marks of the newsroom: seen, searched, written, removed and carried over by files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QWidget,
)

from newsroom.domain.marks import KeptMark, Mark
from newsroom.domain.people import Action, refusal
from newsroom.words import _, n_
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.dialogs.list_files import Wording, bring_file, named, send_file
from ui.dialogs.mark import NEW, day_words, write_mark
from ui.dialogs.messages import ask
from ui.theme import SPACE_S
from ui.widgets import EmptyPlace, PlainLabel, allow, plain_button, plain_tooltip, primary_button

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Changes

_Index = QModelIndex | QPersistentModelIndex
_NAME, _SIGN, _PLACEMENT, _VALIDITY, _SEVERITY, _SOURCE = range(6)
_SIZE: Final = (1040, 640)


class MarksModel(QAbstractTableModel):
    """The marks that `search` lets through, by the alphabet."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[KeptMark] = ()
        self._sought = ""
        self._today = date.min
        self.shown: list[KeptMark] = []

    def show_marks(self, marks: Sequence[KeptMark], today: date) -> None:
        """Hold *marks* from now on; *today*, the newsroom's, says which are due."""
        self._all, self._today = marks, today
        self._filter()

    def search(self, sought: str) -> None:
        """Show the marks with *sought* in any of their texts."""
        self._sought = sought.casefold().strip()
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self.shown = [kept for kept in self._all if self._is_wanted(kept.mark)]
        self.endResetModel()

    def _is_wanted(self, mark: Mark) -> bool:
        return any(self._sought in text.casefold() for text in (*mark.names, mark.sign, mark.note, mark.source))

    @property
    def is_empty(self) -> bool:
        """Whether there are no marks at all, whatever is sought."""
        return not self._all

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (_("Название"), _("Знак"), _("Где пояснение"), _("Действует"), _("Насколько строго"), _("Источник"))
        return names[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        kept = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(kept.mark, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._more(kept, index.column())) or None
        return None

    def _words(self, mark: Mark, column: int) -> str:
        return (
            mark.name,
            mark.sign,
            f"{mark.placement.words}, {mark.mentions.words}",
            self._validity(mark),
            mark.severity.words,
            mark.source,
        )[column]

    def _validity(self, mark: Mark) -> str:
        if mark.valid_from and mark.valid_from > self._today:
            return _("с {day}").format(day=day_words(mark.valid_from))
        if mark.valid_to is None:
            return _("бессрочно")
        day = day_words(mark.valid_to)
        return (_("по {day}") if mark.is_due(self._today) else _("кончилось {day}")).format(day=day)

    def _more(self, kept: KeptMark, column: int) -> str:
        """What the cell has no room for."""
        mark = kept.mark
        if column == _NAME:
            return "\n".join(mark.names)
        if column == _SIGN:
            return f"{mark.sign}\n{mark.note}" if mark.note else mark.sign
        if column == _VALIDITY:
            days = (day_words(mark.valid_from) or "…", day_words(mark.valid_to) or "…")
            return " – ".join(days) if mark.valid_from or mark.valid_to else ""
        if column == _SOURCE:
            checked = _("Сверено {day}").format(day=day_words(mark.checked_on)) if mark.checked_on else ""
            by = _("Внёс(ла) {name}").format(name=kept.by) if kept.by else ""
            return "\n".join(filter(None, (mark.source, checked, by)))
        return ""


class MarksDialog(Frame):
    """All marks; Enter opens one, Ins writes a new one, Del removes what is selected."""

    def __init__(self, parent: QWidget, ctx: Context) -> None:
        super().__init__(parent, _("Требуемые пометки"), width=_SIZE[0])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._ctx = ctx
        self._refused = ""
        #: Name of the mark to select when it is shown.
        self._awaited = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Часть названия, знака, сноски или источника"))
        self.search.setAccessibleName(_("Найти пометку"))
        self.search.setClearButtonEnabled(True)
        self.model = MarksModel()
        self.view = self._view()
        self.place = QStackedWidget()
        self.place.addWidget(self.view)
        self.empty = EmptyPlace("asterisk", "")
        self.place.addWidget(self.empty)
        self.count, self.problem = PlainLabel("", "small"), PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        self.add, self.change = primary_button(_("Новая…")), plain_button(_("Открыть…"))
        self.remove = plain_button(_("Убрать…"))
        self.bring, self.send = plain_button(_("Из файла…")), plain_button(_("В файл…"))
        self._lay_out()
        self._connect()
        self.search.setFocus()
        self._choose_role()
        self._read()

    def _view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName(_("Требуемые пометки"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_SOURCE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_NAME, 180), (_SIGN, 110), (_PLACEMENT, 215), (_VALIDITY, 165), (_SEVERITY, 175)):
            header.resizeSection(column, width)
        return view

    def _lay_out(self) -> None:
        self.column.addWidget(self.search)
        self.column.addWidget(self.place, 1)
        self.column.addWidget(self.count)
        self.column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for button in (self.bring, self.send):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.remove, self.change, self.add):
            row.addWidget(button)
        self.column.addLayout(row)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.doubleClicked.connect(self._change)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        self.bring.clicked.connect(self._bring)
        self.send.clicked.connect(self._send)
        for key, call in (
            (Qt.Key.Key_Return, self._change),
            (Qt.Key.Key_Enter, self._change),
            (Qt.Key.Key_Delete, self._remove),
        ):
            shortcut = QShortcut(QKeySequence(key), self.view, call)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        QShortcut(QKeySequence(Qt.Key.Key_Insert), self, self._add)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search, self._go_to_list)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.add.setToolTip(_("Ins"))
        self.change.setToolTip(_("Enter"))
        self.remove.setToolTip(_("Del"))
        self._ctx.changed.connect(self._changed)
        self._ctx.signed_in.connect(self._choose_role)

    # -- what is shown

    def _read(self) -> None:
        def read(desk: Desk) -> list[KeptMark]:
            # Here, beside the window: it brings the checks along, a second where nothing has been checked yet.
            from newsroom.desk.house_lists import read_marks

            return read_marks(desk)

        def done(marks: list[KeptMark]) -> None:
            selected = {self._awaited} if self._awaited else {mark.name for mark in self.chosen()}
            settings = self._ctx.settings
            zone = settings.house.tz if settings is not None else UTC
            self.model.show_marks(marks, datetime.now(zone).date())
            self._counted()
            self._select(selected)

        self._ctx.read(read, done)

    def _select(self, names: set[str]) -> None:
        for row, kept in enumerate(self.model.shown):
            if kept.mark.name in names:
                self._awaited = ""
                self.view.setCurrentIndex(self.model.index(row, 0))

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.words:
            self._read()

    def _search(self, sought: str) -> None:
        self.model.search(sought)
        self._counted()

    def _counted(self) -> None:
        count = self.model.rowCount()
        self.count.setText(n_("{n} пометка", "{n} пометок", count) if count else "")
        self.place.setCurrentIndex(0 if count else 1)
        if self.model.is_empty:
            self.empty.say(
                "asterisk",
                _("Пометок нет"),
                _("Проверка напомнит поставить их рядом с названиями. Внесите первую или возьмите список из файла."),
            )
        elif not count:
            self.empty.say("magnifying-glass", _("Ничего не нашлось"), _("Среди названий, знаков, сносок, источников."))
        allow(self.send, _("Записывать нечего.") if self.model.is_empty else "")
        self._selected()

    def chosen(self) -> list[Mark]:
        """The marks that are selected."""
        rows = self.view.selectionModel().selectedRows()
        return [self.model.shown[index.row()].mark for index in rows]

    def _choose_role(self) -> None:
        desk = self._ctx.desk
        self._refused = refusal(desk.person.role, Action.DECIDE_WORDS) if desk is not None else ""
        for button in (self.add, self.bring):
            allow(button, self._refused)
        self._selected()

    def _selected(self) -> None:
        chosen = len(self.chosen())
        allow(self.change, "" if chosen == 1 else _("Выберите одну пометку."))
        allow(self.remove, self._refused or ("" if chosen else _("Выберите пометки.")))

    def _go_to_list(self) -> None:
        if self.model.rowCount():
            self.view.setFocus()
            if not self.chosen():
                self.view.setCurrentIndex(self.model.index(0, 0))

    # -- what can be done

    def _add(self) -> None:
        if self.add.isEnabled():
            self._await(write_mark(self, self._ctx, NEW))

    def _change(self) -> None:
        if self.change.isEnabled():
            self._await(write_mark(self, self._ctx, self.chosen()[0], known=True))

    def _await(self, dialog: Any) -> None:
        def saved(mark: Mark) -> None:
            # The list is read again already: what it brings is selected then.
            self._awaited = mark.name
            self._select({mark.name})

        dialog.saved.connect(saved)

    def _remove(self) -> None:
        if not self.remove.isEnabled():
            return
        marks = self.chosen()
        names = [mark.name for mark in marks]
        text = _("{names}: проверка больше не напомнит о пометке.").format(names=named(names))
        ask(self, _("Убрать пометки из списка?"), text, _("Убрать"), lambda: self._remove_now(marks), danger=True)

    def _remove_now(self, marks: Sequence[Mark]) -> None:
        from newsroom.desk.house_lists import remove_marks, save_marks

        def undo() -> None:
            self._ctx.act(lambda desk: save_marks(desk, marks), self)

        def done(_value: None) -> None:
            words = n_("Убрана {n} пометка", "Убрано {n} пометок", len(marks))
            self._told(words)
            self._ctx.message.emit(words, undo)

        self._ctx.act(lambda desk: remove_marks(desk, [mark.name for mark in marks]), self, done, self._failed)

    def _bring(self) -> None:
        from newsroom.desk.house_lists import import_marks

        bring_file(self, self._ctx, _wording(), import_marks, self._failed)

    def _send(self) -> None:
        from newsroom.desk.house_lists import export_marks

        def written(count: int) -> None:
            self._told(n_("Записана {n} пометка", "Записано {n} пометок", count))

        send_file(self, self._ctx, _wording(), export_marks, written, self._failed)

    def _told(self, words: str) -> None:
        self.problem.hide()
        self.count.setText(words)

    def _failed(self, error: Exception) -> None:
        self.problem.setText(str(error))
        self.problem.show()


def _wording() -> Wording:
    return Wording(
        bring=_("Внести пометки из файла"),
        send=_("Записать пометки в файл"),
        file="marks.csv",
        kinds=_("Списки пометок (*.csv *.toml)"),
        brought=_("Пометки внесены"),
        refused=_("Ни одна пометка не внесена. Исправьте в файле и внесите его ещё раз:"),
    )
