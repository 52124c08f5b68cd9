"""Waiting in tests: as long as a busy machine needs. What never comes fails all the same, only later."""

from typing import Any

from pytestqt.qtbot import QtBot

#: Seconds after which what has not come will not come.
PATIENCE = 60


class PatientBot(QtBot):
    """pytest-qt's, whose waits are never shorter than `PATIENCE`."""

    def waitUntil(self, callback: Any, *, timeout: int = 0) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE * 1000))

    def waitSignal(self, signal: Any, *, timeout: int = 0, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE * 1000), **options)

    def waitSignals(self, signals: Any, *, timeout: int = 0, **options: Any) -> Any:
        return super().waitSignals(signals, timeout=max(timeout, PATIENCE * 1000), **options)

    def waitExposed(self, widget: Any, *, timeout: int = 0) -> Any:
        return super().waitExposed(widget, timeout=max(timeout, PATIENCE * 1000))

    def waitActive(self, widget: Any, *, timeout: int = 0) -> Any:
        return super().waitActive(widget, timeout=max(timeout, PATIENCE * 1000))
