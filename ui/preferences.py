"""What the window remembers between sessions, per home: language, theme, places and widths. Nothing secret."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from newsroom.words import LANGUAGES
from ui.theme import THEMES

ZOOMS: Final = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Preferences:
    """Kept in ``window.ini`` of the home. A damaged or missing value is its default."""

    def __init__(self, home: Path) -> None:
        self._store = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        return self._one_of("language", LANGUAGES, "ru")

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("language", value)

    @property
    def theme(self) -> str:
        return self._one_of("theme", THEMES, "system")

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def zoom(self) -> float:
        """One of `ZOOMS`."""
        try:
            value = float(str(self._store.value("zoom", 1.0)))
        except ValueError:
            return 1.0
        return value if value in ZOOMS else 1.0

    @zoom.setter
    def zoom(self, value: float) -> None:
        self._store.setValue("zoom", value)

    @property
    def spelling(self) -> bool:
        """Whether doubtful words are marked."""
        return str(self._store.value("spelling", "true")) != "false"

    @spelling.setter
    def spelling(self, value: bool) -> None:
        self._store.setValue("spelling", "true" if value else "false")

    @property
    def last_login(self) -> str:
        """Who was signed in last; empty where nobody was."""
        return str(self._store.value("last_login", ""))

    @last_login.setter
    def last_login(self, value: str) -> None:
        self._store.setValue("last_login", value)

    @property
    def geometry(self) -> QByteArray:
        """The window's place as `QWidget.saveGeometry` gives it; empty where none is remembered."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    def widths(self, page: str) -> list[int]:
        """Remembered widths of the panes of *page*; empty where there are none."""
        values = self._store.value(f"widths/{page}", [])
        try:
            return [int(str(value)) for value in values] if isinstance(values, list) else []
        except ValueError:
            return []

    def keep_widths(self, page: str, widths: list[int]) -> None:
        """Remember the widths of the panes of *page*."""
        self._store.setValue(f"widths/{page}", widths)

    def flush(self) -> None:
        """Write everything to the disk."""
        self._store.sync()

    def _one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = str(self._store.value(key, default))
        return value if value in allowed else default
