"""Small parts of which every page is built. Whatever shows a text from outside shows it as plain text."""

import re
from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.states import Label, QueueState
from ui.glyphs import icon_pixmap, paint_icon
from ui.icons import icon
from ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, color, ui_font

#: State → (icon, colour role). The word comes from the state itself.
STATE_LOOKS: dict[Label | QueueState, tuple[str, str]] = {
    Label.DRAFT: ("pencil-simple", "muted"),
    Label.SUBMITTED: ("paper-plane-tilt", "accent_text"),
    Label.RETURNED: ("arrow-u-up-left", "warning"),
    Label.APPROVED: ("check", "success"),
    Label.SCHEDULED: ("clock", "accent_text"),
    Label.UNDER_WAY: ("arrows-clockwise", "accent_text"),
    Label.NEEDS_PERSON: ("warning", "danger"),
    Label.LIVE: ("globe-simple", "success"),
    Label.LIVE_EDITED: ("note-pencil", "success"),
    Label.WITHDRAWN: ("eye-slash", "warning"),
    Label.KILLED: ("prohibit", "danger"),
    QueueState.SCHEDULED: ("clock", "accent_text"),
    QueueState.DELIVERING: ("arrows-clockwise", "accent_text"),
    QueueState.RETRYING: ("arrow-clockwise", "warning"),
    QueueState.DELIVERED: ("check", "success"),
    QueueState.VERIFIED: ("checks", "success"),
    QueueState.NEEDS_PERSON: ("warning", "danger"),
    QueueState.HELD: ("pause", "warning"),
    QueueState.CANCELLED: ("x", "muted"),
    QueueState.SUPERSEDED: ("arrow-bend-down-right", "muted"),
}


#: A word that a narrow place may not have room for: an address, for example.
_OVERLONG = re.compile(r"\S{25,}")
#: Letters of such a word between places where a line may end.
_UNBROKEN = 8


def _breakable(word: re.Match[str]) -> str:
    """An overlong word that may be broken between its letters, signs of several characters excepted."""
    text, parts, begin = word[0], [], 0
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    units = text.encode("utf-16-le", "surrogatepass")
    while (end := finder.toNextBoundary()) >= 0:
        if end - begin >= _UNBROKEN or 2 * end == len(units):
            parts.append(units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass"))
            begin = end
    return "\N{ZERO WIDTH SPACE}".join(parts)


class PlainLabel(QLabel):
    """A label that takes nothing for markup.

    With *elide* it gives way in narrow places: the text is cut with an ellipsis, and shown whole in the tooltip. With
    *wrap* it goes on in the next line, within an overlong word too, unless the text can be marked and copied.
    *role* is one of the style sheet's: ``muted``, ``small``, ``danger``, ``warning``, ``title``, ``heading``,
    ``section``.
    """

    def __init__(
        self, text: str = "", role: str = "", *, elide: bool = False, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._elide = elide
        self._whole = ""
        if role:
            self.setProperty("role", role)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change how the label looks."""
        set_property(self, "role", role)

    def text(self) -> str:
        """The whole text, also where it is cut on the screen."""
        return self._whole

    def setText(self, text: str) -> None:
        if text != self._whole:
            self._whole = text
            self._show()
            self.updateGeometry()

    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        super().setTextInteractionFlags(flags)
        self._show()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(QFontMetrics(self.font()).horizontalAdvance(" ".join(self._whole.split())) + 2)
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(0)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._show()

    def _show(self) -> None:
        shown = self._whole
        if self._elide and self.width() > 0:
            one_line = " ".join(self._whole.split())
            shown = QFontMetrics(self.font()).elidedText(one_line, Qt.TextElideMode.ElideRight, self.width())
            # A tooltip guesses at markup; escaped text inside a tag cannot become any.
            self.setToolTip(plain_tooltip(self._whole) if shown != one_line else "")
        if self.wordWrap() and not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            shown = _OVERLONG.sub(_breakable, shown)
        if shown != super().text():
            super().setText(shown)
        self.setAccessibleName(self._whole)


def plain_tooltip(text: str) -> str:
    """*text* for `setToolTip`, which would take a text with tags for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet looks at, and let the widget look accordingly."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class StateChip(QWidget):
    """A state as icon, word and colour together."""

    def __init__(self, state: Label | QueueState | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: Label | QueueState | None = None
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def set_state(self, state: Label | QueueState | None) -> None:
        """Show *state*; None shows nothing."""
        self._state = state
        self._text = "" if state is None else state.words[:1].upper() + state.words[1:]
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(ui_font())
        width = 16 + SPACE_XS + metrics.horizontalAdvance(self._text) + 1 if self._text else 0
        return QSize(width, max(20, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._state is None:
            return
        glyph, role = STATE_LOOKS[self._state]
        painter = QPainter(self)
        painter.setFont(ui_font())
        middle = self.height() // 2
        paint_icon(painter, QRect(0, middle - 8, 16, 16), glyph, color(role))
        painter.setPen(color(role))
        area = self.rect().adjusted(16 + SPACE_XS, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class IconLabel(QWidget):
    """An icon alone, of the theme's colour."""

    def __init__(self, name: str, role: str = "muted", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setFixedSize(size, size)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, icon_pixmap(self._name, color(self._role), self.width(), ratio))


class EmptyPlace(QWidget):
    """What an empty page says: what is missing, what to do, and a button that does it where there is one."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        hint: str = "",
        button_text: str = "",
        callback: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon_name, "muted", 40)
        self._title = PlainLabel(title, "title", wrap=True)
        self._hint = PlainLabel(hint, "muted", wrap=True)
        self._button = quiet_button(button_text)
        self._callback = callback
        self._button.clicked.connect(self._call)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        column.setSpacing(SPACE_S)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addSpacing(SPACE_S)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.say(icon_name, title, hint, button_text, callback)

    def say(
        self,
        icon_name: str,
        title: str,
        hint: str = "",
        button_text: str = "",
        callback: Callable[[], object] | None = None,
    ) -> None:
        """Say something else."""
        self._icon.set_icon(icon_name, "muted")
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(button_text)
        self._button.setAccessibleName(button_text)
        self._button.setVisible(bool(button_text))
        self._callback = callback

    def _call(self) -> None:
        if self._callback is not None:
            self._callback()


class ListOrNothing(QStackedWidget):
    """A list, or what is shown in its place while it has no rows; the keyboard goes over from one to the other."""

    def __init__(self, rows: QWidget, nothing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addWidget(nothing)
        self.addWidget(rows)

    def show_rows(self, there: bool) -> None:
        self.setCurrentIndex(1 if there else 0)

    def take_keyboard(self) -> None:
        """Give the keyboard to what is shown, and so to the list as soon as it has rows."""
        self.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)


def primary_button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """The one prominent action of a place."""
    return _push_button(text, icon_name, "primary", "on_accent", parent)


def plain_button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """An ordinary action."""
    return _push_button(text, icon_name, "plain", "text", parent)


def quiet_button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """An action that should not draw the eye: a link more than a button."""
    return _push_button(text, icon_name, "quiet", "accent_text", parent)


def danger_button(text: str, icon_name: str = "", parent: QWidget | None = None) -> QPushButton:
    """An action that takes something away from readers or cannot be undone."""
    return _push_button(text, icon_name, "danger", "danger", parent)


def _push_button(text: str, icon_name: str, kind: str, role: str, parent: QWidget | None) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("kind", kind)
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoDefault(False)
    if icon_name:
        button.setIcon(icon(icon_name, role, 16))
        button.setIconSize(QSize(16, 16))
    return button


def tool_button(icon_name: str, name: str, parent: QWidget | None = None, *, size: int = 18) -> QToolButton:
    """A small button with an icon only; *name* is its tooltip and what screen readers say."""
    button = QToolButton(parent)
    button.setIcon(icon(icon_name, "text", size))
    button.setIconSize(QSize(size, size))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def allow(widget: QWidget, refusal: str) -> None:
    """Enable *widget* where *refusal* is empty; otherwise disable it and say why in its tooltip."""
    if not widget.property("own_tooltip_kept"):
        widget.setProperty("own_tooltip_kept", True)
        widget.setProperty("own_tooltip", widget.toolTip())
    widget.setEnabled(not refusal)
    widget.setToolTip(plain_tooltip(refusal) if refusal else widget.property("own_tooltip"))


class Section(QWidget):
    """A titled group of the inspector; controls stand one below another, each under its label."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        self._column.setSpacing(SPACE_S)
        self._head = QHBoxLayout()
        self._head.setSpacing(SPACE_S)
        # With its parent from the beginning: shown without one it would be a window for a moment and take the keyboard.
        self._title = PlainLabel(title, "heading", parent=self)
        self._title.setVisible(bool(title))
        self._head.addWidget(self._title, 1)
        self._column.addLayout(self._head)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def add_to_heading(self, widget: QWidget) -> None:
        """Put *widget* at the right of the heading."""
        self._head.addWidget(widget)

    def add(self, widget: QWidget, label: str = "", hint: QWidget | None = None) -> QWidget:
        """Add *widget* under *label*, which also becomes its accessible name; *hint* stands right of the label."""
        if label:
            box = QVBoxLayout()
            box.setSpacing(SPACE_XS)
            line = QHBoxLayout()
            caption = PlainLabel(label, "section")
            caption.setBuddy(widget)
            line.addWidget(caption, 1)
            if hint is not None:
                line.addWidget(hint)
            box.addLayout(line)
            box.addWidget(widget)
            self._column.addLayout(box)
            if not widget.accessibleName():
                widget.setAccessibleName(label)
        else:
            self._column.addWidget(widget)
        return widget


def line(parent: QWidget | None = None) -> QFrame:
    """A thin horizontal rule."""
    frame = QFrame(parent)
    frame.setProperty("kind", "line")
    return frame


class Pane(QWidget):
    """A column of a page with a ground of its own: ``surface``, ``window`` or ``rail``."""

    def __init__(self, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        #: Narrowest useful width; what stands in the pane may need more.
        self.least = 0
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", ground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(self.least, 0))


class Panes(QSplitter):
    """The three panes of a page: list, text, inspector. Narrow places fold the inspector, then the list.

    Where there is room for one of the two, it is for the one that was asked for last.

    The outer two keep the widths that the person gave them, the text takes the rest. A pane that the person hid stays
    hidden. ``widths`` and ``restore_widths`` are for remembering all that.
    """

    def __init__(self, name: str, panes: tuple[QWidget, QWidget, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._panes = panes
        self._widths = {0: 380, 2: 300}
        self._wanted = {0: True, 2: True}
        #: The one of the outer two that folds last.
        self._favoured = 0
        self._text_alone = False
        for index, (pane, least) in enumerate(zip(panes, (260, 380, 250), strict=True)):
            if isinstance(pane, Pane):
                pane.least = least
            else:
                pane.setMinimumWidth(least)
            self.addWidget(pane)
            self.setStretchFactor(index, int(index == 1))
        self.splitterMoved.connect(self._moved)

    def toggle(self, index: int) -> None:
        """Hide or show the list (0) or the inspector (2)."""
        if self._panes[index].isVisibleTo(self):
            self._wanted[index] = False
            self._favoured = 2 - index
            self._fold()
        else:
            self.reveal(index)

    def show_text_alone(self, alone: bool) -> None:
        """Hide list and inspector for a while; what the person wanted of them comes back."""
        self._text_alone = alone
        self._fold()

    def reveal(self, index: int) -> None:
        """Show the list (0) or the inspector (2); where there is room for one of them, in place of the other."""
        self._wanted[index] = True
        self._favoured = index
        self._fold()

    def focus_next(self) -> None:
        """Give the keyboard to the next visible pane, the first one after the last."""
        shown = [pane for pane in self._panes if pane.isVisible()]
        if not shown:
            return
        focused = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(shown) if pane.isAncestorOf(focused)), -1) if focused else -1
        pane = shown[(here + 1) % len(shown)]
        for child in pane.findChildren(QAbstractScrollArea) + pane.findChildren(QWidget):
            if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def widths(self) -> list[int]:
        """Width of list and inspector, and whether each is wanted: four numbers."""
        return [self._widths[0], self._widths[2], int(self._wanted[0]), int(self._wanted[2])]

    def restore_widths(self, values: list[int]) -> None:
        """The inverse of `widths`; anything malformed is ignored."""
        if len(values) != 4 or min(values[:2]) < 100:
            return
        self._widths = {0: values[0], 2: values[1]}
        self._wanted = {0: bool(values[2]), 2: bool(values[3])}
        self._fold()
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fold()
        self._spread()

    def minimumSizeHint(self) -> QSize:
        return QSize(_least_width(self._panes[1]), 200)

    def _moved(self) -> None:
        for index, size in enumerate(self.sizes()):
            if index in self._widths and size:
                self._widths[index] = size

    def _fold(self) -> None:
        room = self.width() - _least_width(self._panes[1])
        shown = {0: False, 2: False}
        for index in (self._favoured, 2 - self._favoured) if not self._text_alone else ():
            if self._wanted[index]:
                room -= _least_width(self._panes[index])
                shown[index] = room >= 0
        if any(self._panes[index].isVisibleTo(self) is not visible for index, visible in shown.items()):
            for index, visible in shown.items():
                self._panes[index].setVisible(visible)
            self._spread()

    def _spread(self) -> None:
        left, right = (self._widths[index] if self._panes[index].isVisibleTo(self) else 0 for index in (0, 2))
        self.setSizes([left, max(1, self.width() - left - right), right])


def _least_width(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())
