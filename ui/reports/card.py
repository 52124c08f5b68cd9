"""The card of the chosen report: the words in their sentence, what is to stand there, and how sure the place is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from newsroom.domain.reports import Report
from newsroom.domain.triage import Mistake, Spot, Standing
from newsroom.words import _
from ui import theme
from ui.reports.fragment import FragmentView
from ui.reports.model import report_of
from ui.reports.plain import visible
from ui.widgets import PlainLabel, plain_button


class MistakeCard(QWidget):
    """Attributes: ``fragment``, ``edit`` with what is proposed, ``other_place``, ``found``.

    Signals:
        edited(): the proofreader changed what is to stand there.
        moved(): another place of the same words was chosen.
    """

    edited = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Report | Mistake | None = None
        self._number = 0
        self.fragment = FragmentView()
        self.found = PlainLabel("", "small", wrap=True)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("Что должно стоять в тексте"))
        self.edit.setPlaceholderText(_("Как правильно"))
        self.edit.textEdited.connect(lambda _text: self.edited.emit())
        self.other_place = plain_button(_("Другое место"))
        self.other_place.clicked.connect(self._take_other_place)
        self._edit_row = QWidget()
        fixing = QHBoxLayout(self._edit_row)
        fixing.setContentsMargins(0, 0, 0, 0)
        fixing.setSpacing(theme.SPACE_S)
        fixing.addWidget(PlainLabel(_("Заменить на"), "muted"))
        fixing.addWidget(self.edit, 1)
        fixing.addWidget(self.other_place)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_M)
        inside.setSpacing(theme.SPACE_S)
        inside.addWidget(self.fragment)
        inside.addWidget(self._edit_row)
        inside.addWidget(self.found)

    @property
    def spot(self) -> Spot | None:
        """The place that is chosen; None where the words were not found or nothing is to be decided."""
        row = self._row
        if not isinstance(row, Mistake) or not row.spots:
            return None
        return row.spots[self._number % len(row.spots)]

    @property
    def new(self) -> str:
        """What is to stand there, without blanks around it."""
        return self.edit.text().strip()

    def show_row(self, row: Report | Mistake | None) -> None:
        """Show *row*; of the same report as before, the place that was chosen stays, and what is being written."""
        before, self._row = self._row, row
        is_same = row is not None and before is not None and report_of(before).id == report_of(row).id
        if not is_same:
            self._number = 0
        elif self.edit.isModified() or self.edit.hasFocus():
            return
        self._show()

    def ask(self) -> None:
        """Let the proofreader write the right words over the wrong ones."""
        if self.spot is not None:
            if not self.edit.text():
                self.edit.setText(self.spot.words)
            self.edit.setFocus()
            self.edit.selectAll()

    def _take_other_place(self) -> None:
        self._number += 1
        self._show()
        self.moved.emit()

    def _show(self) -> None:
        row, spot = self._row, self.spot
        if row is None:
            return
        if spot is not None:
            self.edit.setText(spot.new)
            self.fragment.show_spot(spot, spot.new, row.comment)
        else:
            self.edit.clear()
            self.fragment.show_report(report_of(row))
        self._edit_row.setVisible(spot is not None)
        count = len(row.spots) if isinstance(row, Mistake) else 0
        self.other_place.setVisible(count > 1)
        self.found.set_role("small" if spot is not None else "warning")
        self.found.setText(self._standing_words(row))

    def _standing_words(self, row: Report | Mistake) -> str:
        if not isinstance(row, Mistake):
            return _("Причина: {reason}").format(reason=visible(row.reason)) if row.reason else ""
        sure = round(100 * self.spot.confidence) if self.spot else 0
        field = self.spot.place.field.words if self.spot else ""
        match row.standing:
            case Standing.FOUND if len(row.spots) > 1:
                return _("Место {number} из {count}: {field}; уверенность {sure} %.").format(
                    number=self._number % len(row.spots) + 1, count=len(row.spots), field=field, sure=sure
                )
            case Standing.FOUND:
                return _("Найдено: {field}; уверенность {sure} %.").format(field=field, sure=sure)
            case Standing.CHANGED:
                return _("В этом месте теперь другие слова: похоже, уже исправлено.")
            case Standing.GONE:
                return _("В тексте это место точно не нашлось: возможно, его уже исправили.")
            case Standing.UNKNOWN:
                return visible(row.newest.page_url)
