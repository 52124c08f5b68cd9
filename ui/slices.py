"""Work of the GUI thread that would be felt as a pause if it were done at once."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer


class Slices(QObject):
    """Runs *steps* one after another, each in a turn of its own: what the person does comes in between.

    It begins by itself, and goes away when the last step is done. An error ends the work and is raised where Qt's
    event loop tells errors.
    """

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = iter(steps)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
            self.deleteLater()
            return
        try:
            step()
        except BaseException:
            self._timer.stop()
            raise
