"""Where a window stands when it is opened: where it was, moved to a screen that is there now."""

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def restore_place(window: QWidget, remembered: QByteArray) -> None:
    """Put *window* where *remembered* (`QWidget.saveGeometry`) says; empty or damaged, it gets a size of its own."""
    if not window.restoreGeometry(remembered):
        # Where it stands is left to the system, which knows how high its title bars are.
        screen = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(min(1440, screen.width() - 40), min(900, screen.height() - 60))
        return
    place = on_screen(window.geometry(), [one.availableGeometry() for one in QGuiApplication.screens()])
    if place != window.geometry():
        window.setGeometry(place)


def on_screen(window: QRect, screens: list[QRect]) -> QRect:
    """*window* moved, and made smaller where it must be, so that its title bar can be reached on one of *screens*."""
    for screen in screens:
        seen = screen.intersected(window)
        if seen.width() >= min(200, window.width()) and seen.height() >= 100 and window.top() >= screen.top():
            return window
    screen = screens[0]
    size = window.size().boundedTo(screen.size())
    moved = QRect(window.topLeft(), size)
    moved.moveLeft(max(screen.left(), min(moved.left(), screen.right() - size.width() + 1)))
    moved.moveTop(max(screen.top(), min(moved.top(), screen.bottom() - size.height() + 1)))
    return moved
