"""The rules of the house: seen with how they fare, searched, written, changed and removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableView, QWidget

from newsroom.domain.people import Action, refusal
from newsroom.domain.rules import KeptRule
from newsroom.words import _, n_
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.dialogs.list_files import Wording, bring_file, send_file
from ui.dialogs.messages import ask
from ui.dialogs.rule import write_rule
from ui.theme import SPACE_S
from ui.widgets import PlainLabel, allow, plain_button, plain_tooltip, primary_button

if TYPE_CHECKING:
    from newsroom.domain.changes import Changes
    from newsroom.domain.rules import HouseRule

_Index = QModelIndex | QPersistentModelIndex
_NAME, _FINDS, _SEVERITY, _OWNER, _HITS, _ACCEPTED = range(6)
_COUNTS: Final = (_HITS, _ACCEPTED)
_SIZE: Final = (960, 600)


class RulesModel(QAbstractTableModel):
    """The rules that `search` lets through, by the alphabet."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[KeptRule] = ()
        self._sought = ""
        self.shown: list[KeptRule] = []

    def show_rules(self, rules: Sequence[KeptRule]) -> None:
        """Hold *rules* from now on."""
        self._all = rules
        self._filter()

    def search(self, sought: str) -> None:
        """Show the rules with *sought* in the name, in what they find, write or say, in the source or the owner."""
        self._sought = sought.casefold().strip()
        self._filter()

    @property
    def is_empty(self) -> bool:
        """Whether the house has no rules at all."""
        return not self._all

    def _filter(self) -> None:
        self.beginResetModel()
        self.shown = [kept for kept in self._all if self._is_wanted(kept)]
        self.endResetModel()

    def _is_wanted(self, kept: KeptRule) -> bool:
        rule = kept.rule
        texts = (rule.name, rule.pattern, rule.replacement or "", rule.message, rule.source, kept.owner)
        return any(self._sought in text.casefold() for text in texts)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole and section in _COUNTS:
            told = _("Сколько раз решали о найденном месте"), _("Сколько раз соглашались с правилом")
            return told[section - _HITS]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Название"), _("Что находит"), _("Строгость"), _("Чьё"), _("Решений"), _("Принято"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        kept, column = self.shown[index.row()], index.column()
        rule = kept.rule
        if role == Qt.ItemDataRole.DisplayRole:
            return (rule.name, _what(rule), rule.severity.words, kept.owner, kept.hits, kept.accepted)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (_NAME, _FINDS):
            told = (rule.name if column == _NAME else _what(rule), rule.message)
            return plain_tooltip("\n".join(filter(None, told)))
        return None


class RulesDialog(Frame):
    """All rules; Enter opens the form of one, Ins writes a new one, Del removes what is selected."""

    def __init__(self, parent: QWidget, ctx: Context) -> None:
        super().__init__(parent, _("Правила редакции"), width=_SIZE[0])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._ctx = ctx
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Часть названия, искомого, замены или пояснения"))
        self.search.setAccessibleName(_("Найти правило"))
        self.search.setClearButtonEnabled(True)
        self.model = RulesModel()
        self.view = self._view()
        self.count, self.problem = PlainLabel("", "small", wrap=True), PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        self.add, self.change = primary_button(_("Новое…")), plain_button(_("Открыть…"))
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
        view.setAccessibleName(_("Правила редакции"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_FINDS, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_NAME, 210), (_SEVERITY, 130), (_OWNER, 150), (_HITS, 86), (_ACCEPTED, 86)):
            header.resizeSection(column, width)
        return view

    def _lay_out(self) -> None:
        self.column.addWidget(self.search)
        self.column.addWidget(self.view, 1)
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
        self.search.textChanged.connect(self._filter)
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
            (Qt.Key.Key_Insert, self._add),
            (Qt.Key.Key_Delete, self._remove),
        ):
            shortcut = QShortcut(QKeySequence(key), self.view, call)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._ctx.changed.connect(self._changed)
        self._ctx.signed_in.connect(self._choose_role)

    # -- what is shown

    def _read(self) -> None:
        from newsroom.desk.house_lists import read_rules

        def done(rules: list[KeptRule]) -> None:
            selected = {kept.rule.name for kept in self.chosen()}
            self.model.show_rules(rules)
            self._select(selected)
            self._counted()

        self._ctx.read(read_rules, done, self._failed)

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.words:
            self._read()

    def _filter(self) -> None:
        selected = {kept.rule.name for kept in self.chosen()}
        self.model.search(self.search.text())
        self._select(selected)
        self._counted()

    def _select(self, names: set[str]) -> None:
        selection = self.view.selectionModel()
        flag = selection.SelectionFlag
        for row, kept in enumerate(self.model.shown):
            if kept.rule.name in names:
                selection.select(self.model.index(row, 0), flag.Select | flag.Rows)

    def _counted(self) -> None:
        if self.model.is_empty:
            self.count.setText(_("Правил ещё нет. «Новое…» вносит первое: что искать и чем это заменять."))
        else:
            self.count.setText(n_("{n} правило", "{n} правил", len(self.model.shown)))
        allow(self.send, _("Записывать нечего.") if self.model.is_empty else "")
        self._selected()

    def chosen(self) -> list[KeptRule]:
        """The rules that are selected."""
        return [self.model.shown[index.row()] for index in self.view.selectionModel().selectedRows()]

    def _choose_role(self) -> None:
        desk = self._ctx.desk
        self._refused = refusal(desk.person.role, Action.DECIDE_WORDS) if desk is not None else ""
        for button in (self.add, self.bring):
            allow(button, self._refused)
        self._selected()

    def _selected(self) -> None:
        chosen = len(self.chosen())
        allow(self.change, "" if chosen == 1 else _("Выберите одно правило."))
        allow(self.remove, self._refused or ("" if chosen else _("Выберите правила.")))

    # -- what can be done

    def _add(self) -> None:
        if self.add.isEnabled():
            write_rule(self, self._ctx).saved.connect(self._saved)

    def _change(self) -> None:
        if self.change.isEnabled():
            write_rule(self, self._ctx, self.chosen()[0].rule, known=True).saved.connect(self._saved)

    def _saved(self, rule: HouseRule) -> None:
        """Come back to *rule*, under its new name too; what was sought may hide it."""
        self.problem.hide()
        self.view.clearSelection()
        from newsroom.desk.house_lists import read_rules

        def done(rules: list[KeptRule]) -> None:
            self.model.show_rules(rules)
            if rule.name not in {kept.rule.name for kept in self.model.shown}:
                self.search.clear()
            self._select({rule.name})
            self._counted()
            self.view.setFocus()

        self._ctx.read(read_rules, done, self._failed)

    def _remove(self) -> None:
        if not self.remove.isEnabled():
            return
        names = [kept.rule.name for kept in self.chosen()]
        text = (
            _("Правило «{name}» убирается у всех; вместе с ним пропадает, сколько раз с ним соглашались.")
            if len(names) == 1
            else _("Правила убираются у всех; вместе с ними пропадает, сколько раз с ними соглашались: {names}.")
        )
        listed = ", ".join(f"«{name}»" for name in names[:5]) + ("…" if len(names) > 5 else "")
        question = n_("Убрать {n} правило?", "Убрать {n} правил?", len(names))
        told = text.format(name=names[0], names=listed)
        ask(self, question, told, _("Убрать"), lambda: self._remove_named(names), danger=True)

    def _remove_named(self, names: list[str]) -> None:
        from newsroom.desk.house_lists import remove_rules

        self.problem.hide()

        def done(_value: None) -> None:
            self._ctx.message.emit(n_("Убрано {n} правило", "Убрано {n} правил", len(names)), None)

        self._ctx.act(lambda desk: remove_rules(desk, names), self, done, self._failed)

    def _bring(self) -> None:
        from newsroom.desk.house_lists import import_rules

        bring_file(self, self._ctx, _wording(), import_rules, self._failed)

    def _send(self) -> None:
        from newsroom.desk.house_lists import export_rules

        def written(count: int) -> None:
            self.problem.hide()
            self.count.setText(n_("Записано {n} правило", "Записано {n} правил", count))

        send_file(self, self._ctx, _wording(), export_rules, written, self._failed)

    def _failed(self, error: Exception) -> None:
        self.problem.setText(str(error))
        self.problem.show()


def show_rules(parent: QWidget, ctx: Context) -> RulesDialog:
    """Open the rules above *parent*."""
    dialog = RulesDialog(parent, ctx)
    dialog.open()
    return dialog


def _wording() -> Wording:
    return Wording(
        bring=_("Внести правила из файла"),
        send=_("Записать правила в файл"),
        file="rules.toml",
        kinds=_("Правила (*.toml *.csv)"),
        brought=_("Правила внесены"),
        refused=_("Ни одно правило не внесено. Исправьте в файле и внесите его ещё раз:"),
    )


def _what(rule: HouseRule) -> str:
    """What *rule* finds and what it writes there; a rule that only advises shows what it finds."""
    if rule.replacement is None:
        return rule.pattern
    return f"{rule.pattern} → {rule.replacement or '∅'}"


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _COUNTS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
