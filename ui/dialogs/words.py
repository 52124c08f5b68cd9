"""The house dictionary: seen, searched, kept and carried over by files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from newsroom.domain.people import Action, refusal
from newsroom.domain.vocabulary import HouseWord, KeptWord, Verdict, Yo
from newsroom.words import _, n_
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.dialogs.word import WordDialog
from ui.theme import SPACE_S
from ui.widgets import PlainLabel, allow, plain_button, plain_tooltip, primary_button

if TYPE_CHECKING:
    from newsroom.desk.vocabulary import Imported
    from newsroom.domain.changes import Changes

_Index = QModelIndex | QPersistentModelIndex
_WORD, _VERDICT, _KIND, _NOTE, _BY = range(5)
_SIZE: Final = (900, 640)


class WordsModel(QAbstractTableModel):
    """The words that `search` lets through, by the alphabet."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[KeptWord] = ()
        self._sought, self._verdict = "", ""
        self.shown: list[KeptWord] = []

    def show_words(self, words: Sequence[KeptWord]) -> None:
        """Hold *words* from now on."""
        self._all = words
        self._filter()

    def search(self, sought: str, verdict: str) -> None:
        """Show the words with *sought* in them, in what is meant or in the note; of *verdict* where it is given."""
        self._sought, self._verdict = sought.casefold().strip(), verdict
        self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self.shown = [kept for kept in self._all if self._is_wanted(kept.word)]
        self.endResetModel()

    def _is_wanted(self, word: HouseWord) -> bool:
        texts = (word.text, word.meant, word.note)
        return (not self._verdict or word.verdict == self._verdict) and any(
            self._sought in text.casefold() for text in texts
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Слово"), _("Решение"), _("Что это"), _("Примечание"), _("Кто внёс"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        kept = self.shown[index.row()]
        word = kept.word
        if role == Qt.ItemDataRole.DisplayRole:
            named = f"{word.text} → {word.meant}" if word.meant else word.text
            return (named, word.verdict.words, word.kind.words, word.note, kept.by)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == _NOTE and word.note:
            return plain_tooltip(word.note)
        return None


class WordsDialog(Frame):
    """The whole dictionary; Enter changes a word, Del removes what is selected."""

    def __init__(self, parent: QWidget, ctx: Context) -> None:
        super().__init__(parent, _("Словарь редакции"), width=_SIZE[0])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._ctx = ctx
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Часть слова или примечания"))
        self.search.setAccessibleName(_("Найти слово"))
        self.search.setClearButtonEnabled(True)
        self.verdict = QComboBox()
        self.verdict.setAccessibleName(_("Решение"))
        self.verdict.addItem(_("Все слова"), "")
        for verdict in Verdict:
            self.verdict.addItem(verdict.words, verdict.value)
        self.yo = QComboBox()
        self.yo.setAccessibleName(_("Буква «ё»"))
        for yo in Yo:
            self.yo.addItem(yo.words, yo.value)
        self.model = WordsModel()
        self.view = self._view()
        self.count, self.problem = PlainLabel("", "small"), PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        self.add, self.change = primary_button(_("Внести…")), plain_button(_("Изменить…"))
        self.remove = plain_button(_("Убрать"))
        self.bring, self.send = plain_button(_("Из файла…")), plain_button(_("В файл…"))
        self._lay_out()
        self._connect()
        self.search.setFocus()
        self._choose_role()
        self._read()

    def _view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName(_("Слова редакции"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_NOTE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_WORD, 240), (_VERDICT, 120), (_KIND, 160), (_BY, 150)):
            header.resizeSection(column, width)
        return view

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(SPACE_S)
        above.addWidget(self.search, 1)
        above.addWidget(self.verdict)
        above.addSpacing(SPACE_S)
        above.addWidget(PlainLabel(_("Буква «ё»"), "muted"))
        above.addWidget(self.yo)
        self.column.addLayout(above)
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
        self.verdict.currentIndexChanged.connect(self._filter)
        self.yo.activated.connect(self._choose_yo)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.doubleClicked.connect(self._change)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        self.bring.clicked.connect(self._bring)
        self.send.clicked.connect(self._send)
        for key, call in ((Qt.Key.Key_Return, self._change), (Qt.Key.Key_Delete, self._remove)):
            shortcut = QShortcut(QKeySequence(key), self.view, call)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._ctx.changed.connect(self._changed)
        self._ctx.signed_in.connect(self._choose_role)

    # -- what is shown

    def _read(self) -> None:
        from newsroom.desk import vocabulary

        def done(words: list[KeptWord]) -> None:
            selected = {word.text for word in self.chosen()}
            self.model.show_words(words)
            self._counted()
            for row, kept in enumerate(self.model.shown):
                if kept.word.text in selected:
                    self.view.selectRow(row)

        self._ctx.read(vocabulary.read_words, done)
        if self._ctx.settings is not None:
            self.yo.setCurrentIndex(self.yo.findData(self._ctx.settings.house.yo.value))

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.words:
            self._read()

    def _filter(self) -> None:
        self.model.search(self.search.text(), self.verdict.currentData())
        self._counted()

    def _counted(self) -> None:
        self.count.setText(n_("{n} слово", "{n} слов", len(self.model.shown)))
        self._selected()

    def chosen(self) -> list[HouseWord]:
        """The words that are selected."""
        rows = self.view.selectionModel().selectedRows()
        return [self.model.shown[index.row()].word for index in rows]

    def _choose_role(self) -> None:
        desk = self._ctx.desk
        self._refused = refusal(desk.person.role, Action.DECIDE_WORDS) if desk is not None else ""
        allow(self.yo, self._refused)
        self._selected()

    def _selected(self) -> None:
        chosen = len(self.chosen())
        allow(self.change, "" if chosen == 1 else _("Выберите одно слово."))
        allow(self.remove, self._refused or ("" if chosen else _("Выберите слова.")))

    # -- what can be done

    def _add(self) -> None:
        WordDialog(self, self._ctx, HouseWord(self.search.text().strip())).open()

    def _change(self) -> None:
        if self.change.isEnabled():
            WordDialog(self, self._ctx, self.chosen()[0], known=True).open()

    def _remove(self) -> None:
        if not self.remove.isEnabled():
            return
        words = self.chosen()

        from newsroom.desk.vocabulary import import_words, remove_words

        def undo() -> None:
            self._ctx.act(lambda desk: import_words(desk, words), self)

        def done(_value: None) -> None:
            self._told(n_("Убрано {n} слово", "Убрано {n} слов", len(words)))
            self._ctx.message.emit(n_("Убрано {n} слово", "Убрано {n} слов", len(words)), undo)

        self._ctx.act(lambda desk: remove_words(desk, [word.text for word in words]), self, done, self._failed)

    def _choose_yo(self) -> None:
        from newsroom.desk.vocabulary import choose_yo

        yo = Yo(self.yo.currentData())
        self._ctx.act(lambda desk: choose_yo(desk, yo), self, None, self._failed)

    def _bring(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Внести слова из файла"), "", _("Словари (*.csv *.toml *.txt)")
        )
        if not name:
            return

        from newsroom.desk.vocabulary import import_file

        def done(imported: Imported) -> None:
            words = _("Добавлено: {added}, изменено: {changed}, было: {same}")
            self._told(words.format(added=imported.added, changed=imported.changed, same=imported.same))

        self._ctx.act(lambda desk: import_file(desk, Path(name)), self, done, self._failed)

    def _send(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Записать словарь в файл"), "words.csv", _("Словари (*.csv *.toml)")
        )
        if not name:
            return

        from newsroom.desk.vocabulary import export_file

        self._ctx.read(
            lambda desk: export_file(desk, Path(name)),
            lambda count: self._told(n_("Записано {n} слово", "Записано {n} слов", count)),
            self._failed,
        )

    def _told(self, words: str) -> None:
        self.problem.hide()
        self.count.setText(words)

    def _failed(self, error: Exception) -> None:
        self.problem.setText(str(error))
        self.problem.show()


def show_words(parent: QWidget, ctx: Context) -> WordsDialog:
    """Open the dictionary above *parent*."""
    dialog = WordsDialog(parent, ctx)
    dialog.open()
    return dialog
