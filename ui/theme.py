"""How the window looks: spacing, sizes, two palettes, and the one style sheet built from them.

Everything is in device-independent pixels. Delegates and custom painting take colours from `color` at paint time, so
that they follow the theme; widgets follow by the application's palette and style sheet.
"""

from dataclasses import asdict, dataclass
from functools import cache
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.glyphs import glyph_file

#: The only distances between things.
SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
RADIUS: Final = 6

THEMES: Final = ("system", "light", "dark")

#: First installed one wins; every one of them has Cyrillic.
_UI_FAMILIES: Final = (
    "Inter",
    "Segoe UI",
    "SF Pro Text",
    "Noto Sans",
    "Ubuntu",
    "Cantarell",
    "Open Sans",
    "Roboto",
    "Liberation Sans",
    "DejaVu Sans",
)


@dataclass(frozen=True, slots=True)
class Colors:
    """Named by use, not by hue. Texts keep 4.5:1 on every ground they stand on (`tests/ui/test_theme.py`)."""

    #: Bars, side panels and dialogs.
    window: str
    #: Lists, text, fields.
    surface: str
    #: The navigation rail.
    rail: str
    hover: str
    #: The selected line of a list; texts on it keep their own colours.
    selected: str
    #: The selected line of a list that has no keyboard focus.
    selected_idle: str
    border: str
    #: Outline of a field: 3:1 against the surface.
    outline: str
    text: str
    muted: str
    disabled: str
    #: Ground of the one prominent button, and the text on it.
    accent: str
    accent_hover: str
    on_accent: str
    #: The accent as text, icon or focus ring.
    accent_text: str
    success: str
    warning: str
    danger: str
    #: Marked text.
    selection: str
    on_selection: str
    #: Ground of every place that a search has found.
    found: str
    #: Ground of words that a comment is about, and the line below them: 3:1 against the surface.
    commented: str
    commented_line: str
    #: Ground of added and removed words in a comparison.
    added: str
    removed: str


LIGHT: Final = Colors(
    window="#f7f8f9",
    surface="#ffffff",
    rail="#eff1f4",
    hover="#f1f3f6",
    selected="#e4ecfb",
    selected_idle="#eceff3",
    border="#e2e6ea",
    outline="#868f9b",
    text="#1c2128",
    muted="#57606d",
    disabled="#8d96a3",
    accent="#2a5bd0",
    accent_hover="#2250bb",
    on_accent="#ffffff",
    accent_text="#2253c4",
    success="#17693a",
    warning="#815300",
    danger="#b0251d",
    selection="#b9d0fb",
    on_selection="#10151c",
    found="#fdeeb0",
    commented="#eee8fd",
    commented_line="#8a6fd1",
    added="#d7f2df",
    removed="#fbdcd9",
)

DARK: Final = Colors(
    window="#1b1d21",
    surface="#212429",
    rail="#17191c",
    hover="#282c32",
    selected="#2a3750",
    selected_idle="#2d3138",
    border="#33383f",
    outline="#79828f",
    text="#e7e9ec",
    muted="#a9b1bc",
    disabled="#6f7884",
    accent="#3565d4",
    accent_hover="#4170dc",
    on_accent="#ffffff",
    accent_text="#92b4ff",
    success="#6fce93",
    warning="#e6b45c",
    danger="#ff9c92",
    selection="#34538f",
    on_selection="#ffffff",
    found="#4a3f17",
    commented="#372f52",
    commented_line="#9d86e0",
    added="#1e4a30",
    removed="#5e2c2a",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the window looks like now. Sizes of letters already contain the zoom."""

    name: str
    colors: Colors
    zoom: float = 1.0

    @property
    def dark(self) -> bool:
        return self.colors is DARK

    @property
    def small(self) -> int:
        """Captions, counters, second lines."""
        return round(12 * self.zoom)

    @property
    def normal(self) -> int:
        return round(13 * self.zoom)

    @property
    def large(self) -> int:
        """Titles of dialogs and empty places."""
        return round(17 * self.zoom)

    @property
    def article(self) -> int:
        """Body text of an article; its line height is `ARTICLE_LEADING`."""
        return round(16 * self.zoom)

    @property
    def article_lead(self) -> int:
        return round(18 * self.zoom)

    @property
    def article_headline(self) -> int:
        return round(27 * self.zoom)


#: Line height of article text, in per cent of the letters' own.
ARTICLE_LEADING: Final = 145
#: Widest column of article text.
ARTICLE_WIDTH: Final = 720


class _Watcher(QObject):
    """Tells custom painting and caches that the look has changed.

    Signals:
        changed(): theme, zoom or the system's colours are different now.
    """

    changed = Signal()


_tokens = Tokens("light", LIGHT)
#: Empty until the first `choose_look`.
_choice = ""


@cache
def watcher() -> _Watcher:
    """The one source of ``changed``; lives as long as the program."""
    return _Watcher()


def tokens() -> Tokens:
    """The look in use."""
    return _tokens


def color(role: str) -> QColor:
    """The colour that `Colors` names *role*."""
    return QColor(getattr(_tokens.colors, role))


def ui_font(size: int | None = None, *, bold: bool = False, tabular: bool = False) -> QFont:
    """The window's font in *size* pixels; *tabular* gives every figure the same width."""
    font = QFont()
    font.setFamilies(_families())
    font.setPixelSize(size or _tokens.normal)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def _families() -> list[str]:
    installed = set(QFontDatabase.families())
    return [family for family in _UI_FAMILIES if family in installed] or [QFont().defaultFamily()]


def apply_theme(app: QApplication, choice: str, *, zoom: float | None = None) -> None:
    """Dress *app* in ``light``, ``dark`` or what the ``system`` prefers, and follow the system from then on.

    *zoom* multiplies all letters, 1.0 is the designed size; None keeps it.
    """
    if choose_look(app, choice, zoom=zoom):
        put_on_style_sheet(app)


def put_on_style_sheet(app: QApplication) -> None:
    """The second half of `apply_theme`. A style sheet in force polishes widgets at every step of their building:
    the first window is built after `choose_look`, and gets the style sheet once, as a whole."""
    app.setStyleSheet(make_style_sheet(_tokens))
    watcher().changed.emit()


def choose_look(app: QApplication, choice: str, *, zoom: float | None = None) -> bool:
    """The first half of `apply_theme`: style, letters, palette and `tokens`; whether any of it is new."""
    global _tokens, _choice
    first = not _choice
    if first:
        app.setStyle(QStyleFactory.create("Fusion"))
        app.styleHints().colorSchemeChanged.connect(_follow_system)
    _choice = choice if choice in THEMES else "system"
    dark = _choice == "dark" or (_choice == "system" and app.styleHints().colorScheme() is Qt.ColorScheme.Dark)
    zoom = _tokens.zoom if zoom is None else min(2.0, max(0.8, zoom))
    wanted = Tokens("dark" if dark else "light", DARK if dark else LIGHT, zoom)
    if wanted == _tokens and not first:
        return False
    _tokens = wanted
    app.setFont(ui_font())
    app.setPalette(make_palette(wanted.colors))
    return True


def _follow_system() -> None:
    app = QGuiApplication.instance()
    if _choice == "system" and isinstance(app, QApplication):
        apply_theme(app, "system")


def make_palette(colors: Colors) -> QPalette:
    """A palette for Fusion, complete for all three groups."""
    palette = QPalette()
    role = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        off = group is QPalette.ColorGroup.Disabled
        text = QColor(colors.disabled if off else colors.text)
        for part, value in (
            (role.Window, colors.window),
            (role.Base, colors.surface),
            (role.AlternateBase, colors.window),
            (role.Button, colors.surface),
            (role.ToolTipBase, colors.surface),
            (role.Highlight, colors.selection),
            (role.Accent, colors.accent),
            (role.Link, colors.accent_text),
            (role.LinkVisited, colors.accent_text),
            (role.Light, colors.surface),
            (role.Midlight, colors.hover),
            (role.Mid, colors.border),
            (role.Dark, colors.outline),
            (role.Shadow, colors.outline),
            (role.PlaceholderText, colors.muted),
            (role.BrightText, colors.on_accent),
            (role.ToolTipText, colors.text),
            (role.HighlightedText, colors.on_selection),
        ):
            palette.setColor(group, part, QColor(value))
        for part in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(group, part, text)
    return palette


def make_style_sheet(look: Tokens) -> str:
    """The style sheet of the whole program for *look*."""
    values: dict[str, object] = dict(asdict(look.colors))
    values.update(
        small=look.small,
        normal=look.normal,
        large=look.large,
        radius=RADIUS,
        control=round(30 * max(1.0, look.zoom)) - 2,
        down=glyph_file("caret-down", look.colors.muted, 12),
        up=glyph_file("caret-up", look.colors.muted, 12),
        down_off=glyph_file("caret-down", look.colors.disabled, 12),
        tick=glyph_file("check-bold", look.colors.on_accent, 14),
        right=glyph_file("caret-right", look.colors.muted, 12),
    )
    return _STYLE.substitute(values)


#: ``kind`` and ``role`` are dynamic properties that `ui.widgets` sets.
_STYLE: Final = Template("""
* { outline: 0; }
QToolTip { background: $surface; color: $text; border: 1px solid $outline; padding: 4px 8px; }
QMainWindow, QDialog { background: $window; }

QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}px; }
QLabel[role="danger"] { color: $danger; font-size: ${small}px; }
QLabel[role="warning"] { color: $warning; font-size: ${small}px; }
QLabel[role="title"] { font-size: ${large}px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="section"] { color: $muted; font-size: ${small}px; font-weight: 600; }
QLabel:disabled { color: $disabled; }

QPushButton {
  min-height: ${control}px; max-height: ${control}px; padding: 0 12px; border-radius: ${radius}px;
  border: 1px solid $outline; background: $surface; color: $text;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; }
QPushButton:focus { border: 2px solid $accent_text; padding: 0 11px; }
QPushButton:disabled { color: $disabled; border-color: $border; background: $window; }
QPushButton::menu-indicator { image: url($down); subcontrol-position: right center; right: 8px; width: 12px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $selected_idle; color: $disabled; border-color: $selected_idle; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent_text; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent_text; }
QPushButton[kind="quiet"]:disabled { color: $disabled; }
QPushButton[kind="danger"] { color: $danger; border-color: $danger; }

QToolButton {
  border: 1px solid transparent; border-radius: ${radius}px; padding: 4px; background: transparent; color: $text;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; color: $accent_text; }
QToolButton:focus { border-color: $accent_text; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="status"] { color: $muted; font-size: ${small}px; padding: 0 4px; border-radius: 4px; }
QToolButton[kind="status"]:hover { color: $text; }
QToolButton[kind="filter"] { border-color: $border; padding: 3px 8px; background: $surface; }
QToolButton[kind="filter"][popupMode="2"] { padding-right: 20px; }
QToolButton[kind="filter"]::menu-indicator {
  image: url($down); subcontrol-origin: border; subcontrol-position: right center; right: 6px; width: 12px;
}
QToolButton[kind="filter"]:hover { background: $hover; }
QToolButton[kind="filter"]:focus { border-color: $accent_text; }
QToolButton[kind="filter"][active="true"] { border-color: $accent_text; color: $accent_text; background: $selected; }

QLineEdit, QPlainTextEdit, QTextEdit, QDateTimeEdit, QSpinBox, QComboBox {
  background: $surface; color: $text; border: 1px solid $outline; border-radius: ${radius}px;
  selection-background-color: $selection; selection-color: $on_selection;
}
QLineEdit, QDateTimeEdit, QSpinBox, QComboBox { min-height: ${control}px; max-height: ${control}px; padding: 0 8px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateTimeEdit:focus, QSpinBox:focus, QComboBox:focus {
  border: 2px solid $accent_text;
}
QLineEdit:focus, QDateTimeEdit:focus, QSpinBox:focus, QComboBox:focus { padding: 0 7px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QDateTimeEdit:disabled, QComboBox:disabled,
QLineEdit:read-only { background: $window; border-color: $border; }
QLineEdit:disabled, QPlainTextEdit:disabled, QDateTimeEdit:disabled, QComboBox:disabled { color: $disabled; }
QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"], QLineEdit[kind="bare"],
QPlainTextEdit[kind="bare"]:focus, QTextEdit[kind="bare"]:focus, QLineEdit[kind="bare"]:focus {
  border: 0; border-radius: 0; padding: 0; background: $surface;
}
QLineEdit[kind="search"] { border-color: $border; background: $surface; }
QLineEdit[kind="search"]:focus { border: 2px solid $accent_text; }

QComboBox::drop-down, QDateTimeEdit::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url($down); width: 12px; height: 12px; }
QComboBox::down-arrow:disabled, QDateTimeEdit::down-arrow:disabled { image: url($down_off); }
QComboBox QAbstractItemView {
  background: $surface; border: 1px solid $outline; padding: 4px; selection-background-color: $selected;
  selection-color: $text;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 20px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url($up); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($down); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent_text; }
QCheckBox::indicator {
  width: 16px; height: 16px; border: 1px solid $outline; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($tick); }
QCheckBox::indicator:disabled { background: $window; border-color: $border; }
QRadioButton::indicator {
  width: 14px; height: 14px; border: 1px solid $outline; border-radius: 8px; background: $surface;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent; }

QAbstractItemView {
  background: $surface; border: 0; selection-background-color: $selected; selection-color: $text;
}
QTreeView::item, QTableView::item { padding: 4px 8px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: $selected; color: $text; }
QHeaderView::section {
  background: $window; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 4px 8px;
}

QMenuBar { background: $window; border-bottom: 1px solid $border; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selected; }
QMenu { background: $surface; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::right-arrow { image: url($right); width: 12px; height: 12px; }

QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; font-size: ${small}px; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $muted; font-size: ${small}px; }

QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent_text; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $disabled; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: 0; width: 0; height: 0;
}
QScrollArea { border: 0; background: transparent; }

QTabBar::tab {
  padding: 6px 12px; border: 0; border-bottom: 2px solid transparent; color: $muted; background: transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent_text; }
QTabBar::tab:hover { color: $text; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }

QProgressBar {
  border: 0; border-radius: 3px; background: $border; max-height: 6px; min-height: 6px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QWidget[ground="surface"] { background: $surface; }
QWidget[ground="window"] { background: $window; }
QWidget[ground="rail"] { background: $rail; }
QFrame[kind="line"] { background: $border; max-height: 1px; min-height: 1px; border: 0; }
QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: ${radius}px; }
QFrame[kind="card"][current="true"] { border-color: $commented_line; }
QFrame[kind="card"]:focus { border-color: $accent_text; }
QFrame[kind="notice"] { background: $selected; border: 0; border-radius: ${radius}px; }
""")
