"""A reason for something that others will read: returned, withdrawn, killed."""

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from newsroom.words import _
from ui.dialogs.frame import Frame
from ui.widgets import allow, danger_button, plain_button, primary_button


class ReasonDialog(Frame):
    """Asks *question*; the button *button* wants at least one letter unless *required* is False."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        question: str,
        button: str,
        *,
        danger: bool = False,
        required: bool = True,
    ) -> None:
        super().__init__(parent, title, width=460)
        self._required = required
        self.add_text(question, "muted")
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(question)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(110)
        self.column.addWidget(self.field)
        self.yes = danger_button(button) if danger else primary_button(button)
        no = plain_button(_("Не надо"))
        self.yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.add_buttons(no, self.yes, default=self.yes)
        self.field.textChanged.connect(self._check)
        self.field.setFocus()
        self._check()

    @property
    def reason(self) -> str:
        """What was written, without blanks around it."""
        return self.field.toPlainText().strip()

    def _check(self) -> None:
        allow(self.yes, _("Напишите причину.") if self._required and not self.reason else "")


def ask_reason(
    parent: QWidget, title: str, question: str, button: str, *, danger: bool = False, required: bool = True
) -> str:
    """The reason that the person gives; empty where they thought better of it."""
    dialog = ReasonDialog(parent, title, question, button, danger=danger, required=required)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    reason = dialog.reason
    dialog.deleteLater()
    return reason if accepted else ""
