"""Typography of the house on the open article: every change shown before it is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QWidget

from newsroom.domain.findings import Field, Finding
from newsroom.words import _, n_
from ui.dialogs.frame import Frame
from ui.widgets import allow, plain_button, primary_button

_SIZE = (680, 520)


class TypographyDialog(Frame):
    """*changes* are findings whose message shows them; `chosen` are those that stay ticked."""

    def __init__(self, parent: QWidget | None, changes: Sequence[Finding]) -> None:
        super().__init__(parent, _("Типографика"), width=_SIZE[0])
        self._changes = list(changes)
        self.resize(*_SIZE)
        self.add_text(
            _("Так набрала бы текст редакция. Снимите отметку с того, что должно остаться; ~ — неразрывный пробел."),
            "muted",
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Изменения"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformItemSizes(True)
        for change in self._changes:
            where = "" if change.field is Field.BODY else f"{change.field.words}: "
            item = QListWidgetItem(where + change.message)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.column.addWidget(self.list, 1)
        self._yes = primary_button(_("Применить"))
        self._all = plain_button(_("Снять все отметки"))
        no = plain_button(_("Не надо"))
        self._yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self._all.clicked.connect(self._turn_all)
        self.add_buttons(no, self._yes, default=self._yes, left=self._all)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._count()

    @property
    def chosen(self) -> list[Finding]:
        return [
            change
            for row, change in enumerate(self._changes)
            if self.list.item(row).checkState() is Qt.CheckState.Checked
        ]

    def _turn_all(self) -> None:
        state = Qt.CheckState.Unchecked if self.chosen else Qt.CheckState.Checked
        blocked = self.list.blockSignals(True)
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(state)
        self.list.blockSignals(blocked)
        self._count()

    def _count(self) -> None:
        count = len(self.chosen)
        self._yes.setText(n_("Применить {n} изменение", "Применить {n} изменений", count))
        self._all.setText(_("Снять все отметки") if count else _("Отметить все"))
        allow(self._yes, "" if count else _("Ничего не отмечено."))


def ask_changes(parent: QWidget, changes: Sequence[Finding]) -> list[Finding]:
    """Those of *changes* that the person wants."""
    dialog = TypographyDialog(parent, changes)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.chosen
    dialog.deleteLater()
    return chosen if accepted else []
