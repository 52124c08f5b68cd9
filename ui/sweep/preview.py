"""What a rule that is being written would hit in the archive: how often, and where first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from newsroom.words import _, n_
from ui.sweep.delegate import PlacesDelegate
from ui.sweep.model import PlacesModel
from ui.sweep.searching import Searching
from ui.theme import SPACE_S
from ui.widgets import EmptyPlace, PlainLabel

if TYPE_CHECKING:
    from newsroom.desk.archive import SweptPlace
    from newsroom.domain.rules import HouseRule
    from ui.context import Context

#: Milliseconds without a change after which the archive is searched.
_PAUSE: Final = 400
#: Places that are counted, and that are shown.
_COUNTED, _SHOWN = 1_000, 50


class RulePreview(QWidget):
    """Searches behind the window, a moment after the last change; ``count`` places are found so far."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: HouseRule | None = None
        self.searching = Searching(ctx, self, _COUNTED)
        self._articles: set[int] = set()
        self.told = PlainLabel("", "heading", wrap=True)
        self.model = PlacesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlacesDelegate(self.list, decides=False))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setAccessibleName(_("Места в архиве"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.doubleClicked.connect(lambda index: ctx.open_article.emit(self.model.rows[index.row()].place.article))
        self.empty = EmptyPlace("magnifying-glass", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.told)
        column.addWidget(self._stack, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._search)
        self.searching.places.connect(self._add)
        self.searching.advanced.connect(self._tell)
        self.searching.ended.connect(self._tell)
        self.searching.failed.connect(self._failed)
        self._tell()

    @property
    def count(self) -> int:
        return self.searching.found

    def show_rule(self, rule: HouseRule) -> None:
        """Search for *rule* once nothing has changed for a moment."""
        if self._rule is not None and _hits(rule) == _hits(self._rule):
            return
        self._rule = rule
        self._pause.start()

    def stop(self) -> None:
        """Search no further: the form is closed."""
        self._pause.stop()
        self.searching.stop()

    def _search(self) -> None:
        self.searching.stop()
        self.model.clear()
        self._articles.clear()
        self.searching.found = 0
        if self._rule is not None and self._rule.pattern.strip():
            from newsroom.desk.archive import Sought

            self.searching.begin(Sought((self._rule,)))
        self._tell()

    def _add(self, places: list[SweptPlace]) -> None:
        self._articles.update(int(place.article) for place in places)
        shown = places[: _SHOWN - len(self.model.rows)]
        if shown:
            self.model.add(shown)

    def _tell(self) -> None:
        searching, found = self.searching, self.count
        self._stack.setCurrentWidget(self.list if self.model.rows else self.empty)
        if found:
            words = n_("{n} место", "{n} мест", found) + " "
            words += n_("в {n} статье", "в {n} статьях", len(self._articles))
            self.told.setText(_("не меньше чем {places}").format(places=words) if found >= _COUNTED else words)
        else:
            self.told.setText(_("В архиве"))
        if self._rule is None or not self._rule.pattern.strip():
            self.empty.say("magnifying-glass", _("Напишите, что искать."))
        elif searching.running:
            words = _("Просмотрено {looked} из {total}").format(looked=searching.looked, total=searching.total)
            self.empty.say("magnifying-glass", _("Ищем…"), words)
        else:
            self.empty.say("checks", _("Таких мест нет"), _("Просмотрено всё, что на сайте и в очереди."))

    def _failed(self, error: Exception) -> None:
        self.model.clear()
        self._tell()
        self.empty.say("warning-circle", _("Так не получится"), str(error))


def _hits(rule: HouseRule) -> tuple[object, ...]:
    """What decides where *rule* hits."""
    return rule.pattern.strip(), rule.replacement, rule.is_expression, rule.case, rule.whole_word
