"""Errors and questions in words: what happened, what was kept, what to do."""

import logging
import traceback
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from newsroom.domain.errors import EnvironmentFault, PersonError
from newsroom.words import _
from ui.dialogs.frame import Frame
from ui.widgets import danger_button, plain_button, primary_button, quiet_button

log = logging.getLogger("newsroom.ui")


def words_of(error: Exception) -> tuple[str, str]:
    """A title and a text for *error*."""
    if isinstance(error, PersonError):
        return _("Так не получится"), str(error)
    if isinstance(error, EnvironmentFault):
        return _("Сейчас не получилось"), str(error)
    return (
        _("Ошибка в программе"),
        _("Этого не должно было случиться. Сохранённое не пострадало; что случилось, записано в журнал программы."),
    )


def show_error(parent: QWidget, error: Exception) -> None:
    """Show *error* above *parent* without stopping the program; the same one is shown only once at a time."""
    title, text = words_of(error)
    unknown = not isinstance(error, (PersonError, EnvironmentFault))
    details = "".join(traceback.format_exception(error)) if unknown else ""
    if unknown:
        log.error("unexpected error in the window", exc_info=error)
    name = f"error:{text}:{details[-200:]}"
    if any(dialog.objectName() == name for dialog in parent.findChildren(Frame)):
        return
    dialog = Frame(parent, title)
    dialog.setObjectName(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text(text)
    close = primary_button(_("Понятно"))
    close.clicked.connect(dialog.accept)
    copy = None
    if unknown:
        copy = quiet_button(_("Скопировать подробности"), "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    dialog.add_buttons(close, default=close, left=copy)
    dialog.open()


def tell(parent: QWidget, title: str, text: str) -> None:
    """Tell something that the person should read to its end; the program does not wait."""
    dialog = Frame(parent, title, width=520)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text(text)
    close = primary_button(_("Понятно"))
    close.clicked.connect(dialog.accept)
    dialog.add_buttons(close, default=close)
    dialog.open()


def ask(
    parent: QWidget, title: str, text: str, button: str, on_yes: Callable[[], None], *, danger: bool = False
) -> None:
    """Ask before what cannot be undone; *button* says what will be done. The program does not wait."""
    dialog = Frame(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_text(text)
    yes = danger_button(button) if danger else primary_button(button)
    no = plain_button(_("Не надо"))
    yes.clicked.connect(dialog.accept)
    no.clicked.connect(dialog.reject)
    dialog.accepted.connect(on_yes)
    dialog.add_buttons(no, yes, default=no if danger else yes)
    dialog.open()
