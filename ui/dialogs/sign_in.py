"""Who sits at this desk."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from newsroom.domain.people import Person
from newsroom.words import _
from ui.dialogs.frame import Frame
from ui.icons import icon
from ui.widgets import plain_button, primary_button


class SignInDialog(Frame):
    """Signals:

    chosen(str): the login of whoever sits down.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None, people: Sequence[Person], login: str = "") -> None:
        super().__init__(parent, _("Кто за столом?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Сотрудники"))
        self.list.setIconSize(QSize(20, 20))
        self.list.setSpacing(2)
        for person in people:
            item = QListWidgetItem(icon("user-circle", "muted", 20), f"{person.name}\n{person.role.words}")
            if person.name == person.role.words:
                item.setText(person.name)
            item.setData(Qt.ItemDataRole.UserRole, person.login)
            item.setSizeHint(QSize(0, 44))
            self.list.addItem(item)
            if person.login == login:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setMinimumHeight(min(8, max(3, len(people))) * 50)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.column.addWidget(self.list)
        yes, no = primary_button(_("Сесть за стол"), "sign-in"), plain_button(_("Не надо"))
        yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.accepted.connect(self._choose)
        self.add_buttons(no, yes, default=yes)
        self.list.setFocus()

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
