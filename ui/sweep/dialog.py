"""The sweep of the archive: what to look for, the places with their changes, and what becomes of those accepted."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from newsroom.domain.people import Action, refusal
from newsroom.domain.rules import LONGEST_PATTERN
from newsroom.words import _, n_
from ui.dialogs.frame import Frame
from ui.sweep.delegate import PlacesDelegate
from ui.sweep.model import Fate, PlacesModel
from ui.sweep.searching import Searching
from ui.theme import SPACE_S
from ui.widgets import EmptyPlace, PlainLabel, allow, plain_button, primary_button

if TYPE_CHECKING:
    from newsroom.desk.archive import Choice, Sought, SweptPlace, Taken
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Changes, Done
    from ui.context import Context

_SIZE: Final = (860, 660)
#: Between the words of a button and its key.
_GAP = "\N{EN SPACE}"


class SweepDialog(Frame):
    """Enter accepts a place, Del skips it, Shift+Enter accepts all of its kind, F12 opens its article.

    Nothing is changed before «Отдать на проверку»: then each article gets one revision with all that was accepted in
    it. The window stays usable meanwhile.
    """

    def __init__(self, parent: QWidget, ctx: Context) -> None:
        super().__init__(parent, _("Правка архива"), width=_SIZE[0])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._ctx = ctx
        self._sending: list[list[int]] = []
        self._reason = ""
        self._articles: set[int] = set()
        self._outcome = [0, 0]
        self.searching = Searching(ctx, self)
        self.what = QComboBox()
        self.what.setAccessibleName(_("Что искать"))
        self.what.addItem(_("Слова"), None)
        self.pattern, self.replacement = _field(_("Найти")), _field(_("Заменить на"))
        self.whole = QCheckBox(_("Слово целиком"))
        self.whole.setChecked(True)
        self.look = primary_button(_("Искать"), "magnifying-glass")
        self.model = PlacesModel(self)
        self.list = self._make_list()
        self.empty = EmptyPlace("magnifying-glass", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.told, self.problem = PlainLabel("", "small"), PlainLabel("", "danger", wrap=True)
        self.skip = plain_button(_("Пропустить") + f"{_GAP}Del")
        self.take = plain_button(_("Принять") + f"{_GAP}Enter")
        self.take_alike = plain_button(_("Принять все такие") + f"{_GAP}Shift+Enter")
        self.send = primary_button("")
        self._lay_out()
        self._connect()
        self._say_begin()
        self._update()
        self._read_choices()

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(PlacesDelegate(view))
        view.setUniformItemSizes(True)
        view.setAccessibleName(_("Места в архиве"))
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        return view

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(SPACE_S)
        above.addWidget(self.what)
        self._words = QWidget()
        words = QHBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(SPACE_S)
        words.addWidget(self.pattern, 1)
        words.addWidget(PlainLabel("→", "muted"))
        words.addWidget(self.replacement, 1)
        words.addWidget(self.whole)
        above.addWidget(self._words, 1)
        above.addWidget(self.look)
        self.column.addLayout(above)
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.told)
        self.column.addWidget(self.problem)
        self.problem.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for button in (self.skip, self.take, self.take_alike):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.send)
        self.column.addLayout(row)
        self.look.setDefault(True)
        self.look.setAutoDefault(True)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._chosen)
        for field in (self.pattern, self.replacement):
            field.textChanged.connect(self._update)
        self.look.clicked.connect(self._look_or_stop)
        self.skip.clicked.connect(lambda: self._decide(Fate.SKIPPED))
        self.take.clicked.connect(lambda: self._decide(Fate.ACCEPTED))
        self.take_alike.clicked.connect(self._accept_alike)
        self.send.clicked.connect(self._send)
        self.list.doubleClicked.connect(lambda _index: self._open_article())
        self.list.selectionModel().currentChanged.connect(lambda _current, _before: self._update())
        for keys, call in (
            ((Qt.Key.Key_Return, Qt.Key.Key_Enter), lambda: self._decide(Fate.ACCEPTED)),
            ((Qt.Key.Key_Delete, Qt.Key.Key_Backspace), lambda: self._decide(Fate.SKIPPED)),
            (("Shift+Return", "Shift+Enter"), self._accept_alike),
            (("F12",), self._open_article),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self.list, call)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.searching.places.connect(self._add)
        self.searching.advanced.connect(self._tell)
        self.searching.ended.connect(self._search_ended)
        self.searching.failed.connect(self._failed)
        self._ctx.changed.connect(self._changed)
        self._ctx.signed_in.connect(self._update)

    # What is looked for

    def seek(self, pattern: str, replacement: str) -> None:
        """Look for the mistake *pattern* that is to be *replacement*."""
        self.what.setCurrentIndex(0)
        self.pattern.setText(pattern)
        self.replacement.setText(replacement)
        if pattern:
            self._begin()
        else:
            self.pattern.setFocus()

    def _read_choices(self) -> None:
        from newsroom.desk.archive import read_choices

        self._ctx.read(read_choices, self._show_choices)

    def _show_choices(self, choices: list[Choice]) -> None:
        before = self.what.currentText()
        self.what.blockSignals(True)
        while self.what.count() > 1:
            self.what.removeItem(1)
        for choice in choices:
            self.what.addItem(choice.title, choice.sought)
        self.what.setCurrentIndex(max(0, self.what.findText(before)))
        self.what.blockSignals(False)
        self._chosen()

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.words:
            self._read_choices()

    def _chosen(self) -> None:
        self._words.setVisible(self.what.currentIndex() == 0)
        self._update()

    def _sought(self) -> Sought:
        from newsroom.desk.archive import Sought
        from newsroom.domain.rules import HouseRule

        chosen: Sought | None = self.what.currentData()
        if chosen is not None:
            return chosen
        pattern = self.pattern.text().strip()
        whole = self.whole.isChecked()
        return Sought((HouseRule(pattern, pattern, self.replacement.text().strip(), whole_word=whole),))

    def _look_or_stop(self) -> None:
        if self.searching.running:
            self.searching.stop()
        elif self._sending:
            self._stop_sending()
        elif not self.model.count(Fate.ACCEPTED):
            self._begin()
        else:
            self._ask_first(_("Искать другое"), self._begin)

    def _begin(self) -> None:
        self.problem.hide()
        sought = self._sought()
        if self.what.currentIndex() == 0:
            self._reason = _("правка архива: {pattern} → {replacement}").format(
                pattern=self.pattern.text().strip(), replacement=self.replacement.text().strip()
            )
        else:
            self._reason = _("правка архива: {what}").format(what=self.what.currentText())
        self.model.clear()
        self._articles.clear()
        self._stack.setCurrentWidget(self.empty)
        self.empty.say("magnifying-glass", _("Ищем…"), _("Найденное появляется здесь сразу, его уже можно решать."))
        self.searching.begin(sought)
        self._tell()
        self._update()

    def _add(self, places: list[SweptPlace]) -> None:
        self.model.add(places)
        self._articles.update(int(place.article) for place in places)
        if self._stack.currentWidget() is not self.list:
            self._stack.setCurrentWidget(self.list)
            self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()
            self._update()

    def _search_ended(self) -> None:
        if not self.model.rows:
            self._stack.setCurrentWidget(self.empty)
            whole = self.searching.is_whole
            self.empty.say(
                "checks" if whole else "magnifying-glass",
                _("Таких мест нет") if whole else _("Поиск остановлен"),
                _("Просмотрено всё, что на сайте и в очереди.") if whole else "",
            )
        self._tell()
        self._update()

    # What is decided

    @property
    def _number(self) -> int | None:
        index = self.list.currentIndex()
        return index.row() if index.isValid() else None

    def _decide(self, fate: Fate) -> None:
        number = self._number
        if number is None or self._sending or self.model.rows[number].fate is Fate.SENT:
            return
        self.model.decide([number], fate)
        self._go_on(number)

    def _accept_alike(self) -> None:
        number = self._number
        if number is None or self._sending:
            return
        alike = [other for other in self.model.alike(number) if self.model.rows[other].fate is not Fate.SKIPPED]
        self.model.decide(alike, Fate.ACCEPTED)
        self._go_on(number)

    def _go_on(self, number: int) -> None:
        """To the next place that is not decided about; where none is left, the button that sends is at hand."""
        following = self.model.next_open(number)
        if following is not None:
            self.list.setCurrentIndex(self.model.index(following))
        elif self.model.count(Fate.ACCEPTED) and not self.searching.running:
            self._update()
            self.send.setFocus()
        self._update()

    def _open_article(self) -> None:
        number = self._number
        if number is not None:
            self._ctx.open_article.emit(self.model.rows[number].place.article)

    # What becomes of it

    def _send(self) -> None:
        """Article by article: what the person does elsewhere comes in between."""
        accepted = sorted(self.model.with_fate(Fate.ACCEPTED), key=lambda one: self.model.rows[one].place.article)
        self._sending = [
            list(own) for _article, own in groupby(accepted, lambda one: self.model.rows[one].place.article)
        ]
        self._outcome = [0, 0]
        self.progress.setMaximum(len(self._sending))
        self._send_next()

    def _send_next(self) -> None:
        self._update()
        if not self._sending:
            self._tell_sent()
            return
        numbers = self._sending[0]
        places, reason = [self.model.rows[number].place for number in numbers], self._reason

        def use(desk: Desk) -> Done[Any]:
            from newsroom.desk.archive import accept_places

            return accept_places(desk, places, reason)

        def done(taken: Taken) -> None:
            refused = dict(taken.refused)
            for number, place in zip(numbers, places, strict=True):
                problem = refused.get(place)
                self.model.decide([number], Fate.SENT if problem is None else Fate.REFUSED, problem or "")
            self._outcome[0] += taken.revision is not None
            self._outcome[1] += len(refused)
            self._sending = self._sending[1:]
            self.progress.setValue(self.progress.maximum() - len(self._sending))
            self._send_next()

        def failed(error: Exception) -> None:
            self._sending = []
            self._failed(error)

        self._ctx.act(use, self, done, failed)

    def _stop_sending(self) -> None:
        # The one under way is finished; what was accepted in the others stays accepted.
        self._sending = self._sending[:1]

    def _tell_sent(self) -> None:
        articles, refused = self._outcome
        words = n_("на проверке {n} статья", "на проверке {n} статей", articles) if articles else ""
        if refused:
            words += ("; " if words else "") + n_("не вышла {n} правка", "не вышли {n} правок", refused)
        self.told.setText(f"{words[:1].upper()}{words[1:]}.")
        self._ctx.message.emit(_("Правка архива") + f": {words}.", None)

    # What is said

    def _say_begin(self) -> None:
        self.empty.say(
            "magnifying-glass",
            _("Ошибка, которую пора исправить везде"),
            _(
                "Ищется во всём, что на сайте и в очереди. Каждая правка показана в своём предложении; принятое уходит "
                "на проверку, как любая статья."
            ),
        )

    def _tell(self) -> None:
        searching = self.searching
        self.progress.setMaximum(max(1, searching.total))
        self.progress.setValue(searching.looked)
        found = n_("{n} место", "{n} мест", len(self.model.rows)) + " "
        found += n_("в {n} статье", "в {n} статьях", len(self._articles))
        words = _("Просмотрено {looked} из {total}").format(looked=searching.looked, total=searching.total)
        if self.model.rows:
            words += f" · {found}"
        if not searching.running and not searching.is_whole and self.model.rows:
            words += " · " + _("ищите снова, когда решите эти")
        self.told.setText(words)

    def _failed(self, error: Exception) -> None:
        self.problem.setText(str(error))
        self.problem.show()
        if not self.model.rows:
            self._say_begin()
        self._update()

    def _update(self) -> None:
        desk = self._ctx.desk
        running = self.searching.running or bool(self._sending)
        self.progress.setVisible(running)
        self.look.setText(_("Остановить") if running else _("Искать"))
        own = self.what.currentIndex() == 0
        missing = _("Напишите, что искать.") if own and not self.pattern.text().strip() else ""
        if own and not missing and self.pattern.text().strip() == self.replacement.text().strip():
            missing = _("Напишите, что должно стоять вместо этого.")
        allow(self.look, "" if running else missing)
        row = self.model.rows[self._number] if self._number is not None and self.model.rows else None
        why = "" if row is not None else _("Выберите место.")
        if row is not None and row.fate is Fate.SENT:
            why = _("Уже на проверке.")
        if self._sending:
            why = _("Правки как раз отдаются на проверку.")
        for button in (self.skip, self.take, self.take_alike):
            allow(button, why)
        accepted = self.model.count(Fate.ACCEPTED)
        self.send.setText(
            n_("Отдать на проверку {n} правку", "Отдать на проверку {n} правок", accepted)
            if accepted
            else _("Отдать на проверку")
        )
        refused = refusal(desk.person.role, Action.SUBMIT) if desk is not None else ""
        allow(self.send, refused or why * bool(self._sending) or ("" if accepted else _("Ничего не принято.")))

    # The end

    def reject(self) -> None:
        if self.model.count(Fate.ACCEPTED):
            self._ask_first(_("Закрыть"), self._end)
        else:
            self._end()

    def _end(self) -> None:
        self.searching.stop()
        self._sending = []
        super().reject()

    def _ask_first(self, button: str, then: Any) -> None:
        from ui.dialogs.messages import ask

        accepted = self.model.count(Fate.ACCEPTED)
        words = n_(
            "Принята {n} правка и не отдана на проверку.", "Приняты {n} правок и не отданы на проверку.", accepted
        )
        ask(self, _("Принятое ещё не отдано"), words, button, then, danger=True)


def show_sweep(parent: QWidget, ctx: Context, pattern: str = "", replacement: str = "") -> SweepDialog:
    """Open the sweep beside the window, or bring the one that is open to the front, and look for *pattern*."""
    window = parent.window()
    dialog = next((one for one in window.findChildren(SweepDialog) if one.isVisible()), None)
    if dialog is None:
        dialog = SweepDialog(window, ctx)
        dialog.show()
        dialog.seek(pattern, replacement)
    elif pattern and not dialog.model.count(Fate.ACCEPTED):
        dialog.seek(pattern, replacement)
    dialog.raise_()
    dialog.activateWindow()
    return dialog


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setMaxLength(LONGEST_PATTERN)
    return field
