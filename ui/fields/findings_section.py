"""The one list of what is to be said about the open article: grouped by severity, each line leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.findings import Finding, Severity, in_order
from newsroom.words import _
from ui import theme
from ui.icons import icon
from ui.widgets import PlainLabel, Section, plain_tooltip, tool_button

#: Glyph and colour of each severity; the heading of its group says it in words.
_LOOKS = {
    Severity.ERROR: ("warning-circle", "danger"),
    Severity.WARNING: ("warning", "warning"),
    Severity.NOTE: ("info", "muted"),
}
#: Lines of one group that are laid out; the rest is told by its number.
_MOST = 40
#: Device-independent pixels that a line needs at least.
_NARROWEST = 120


class FindingsSection(Section):
    """Signals:

    chosen(Finding): the person wants to go to this place.
    mend_wanted(Finding): its fix is to be put in.
    pass_over_wanted(Finding): it is to be passed over in this article.
    """

    chosen = Signal(object)
    mend_wanted = Signal(object)
    pass_over_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Замечания"), parent)
        self._groups: list[QWidget] = []
        self._rows: list[_Row] = []
        #: The place of the finding that was gone to last; -1 before the first.
        self._place = -1
        self._none = PlainLabel(_("Всё готово к публикации."), "muted", wrap=True)
        self.add(self._none)
        self.findings: tuple[Finding, ...] = ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List *findings*, the gravest first."""
        ordered = tuple(in_order(findings))
        if ordered == self.findings:
            return
        before, self.findings = self.findings, ordered
        if 0 <= self._place < len(before):
            last = before[self._place]
            # What took the place of a mended one is next.
            self._place = ordered.index(last) if last in ordered else self._place - 1
        for group in self._groups:
            group.setParent(None)
            group.deleteLater()
        self._rows = []
        self._groups = [self.add(self._group(*group)) for group in groupby(ordered, key=lambda one: one.severity)]
        self._none.setVisible(not ordered)
        count = sum(one.blocks for one in ordered)
        self.set_title(_("Замечания") + (f" · {count}" if count else ""))

    def step(self, by: int) -> tuple[Finding, int] | None:
        """The next finding (1) or the one before (-1) and its number from 1; None behind the last, and where none is.

        After None it begins anew.
        """
        if not self.findings:
            return None
        self._place = len(self.findings) - 1 if self._place < 0 and by < 0 else self._place + by
        if not 0 <= self._place < len(self.findings):
            self._place = -1
            return None
        return self.findings[self._place], self._place + 1

    @property
    def current(self) -> Finding | None:
        """The finding that was gone to last, else the first."""
        if not self.findings:
            return None
        return self.findings[self._place if 0 <= self._place < len(self.findings) else 0]

    def go_to(self, finding: Finding) -> None:
        """*finding* is the current one from now on."""
        if finding in self.findings:
            self._place = self.findings.index(finding)

    def _group(self, severity: Severity, findings: Sequence[Finding]) -> QWidget:
        findings = list(findings)
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, theme.SPACE_XS)
        column.setSpacing(0)
        words = severity.words
        column.addWidget(PlainLabel(f"{words[:1].upper()}{words[1:]} · {len(findings)}", "section"))
        for finding in findings[:_MOST]:
            row = _Row(finding)
            row.pressed.connect(self._choose)
            row.mend.connect(self.mend_wanted)
            row.pass_over.connect(self.pass_over_wanted)
            self._rows.append(row)
            column.addWidget(row)
        if len(findings) > _MOST:
            column.addWidget(PlainLabel(_("и ещё {n}").format(n=len(findings) - _MOST), "muted"))
        return group

    def _choose(self, finding: Finding) -> None:
        self.go_to(finding)
        self.chosen.emit(finding)


class _Row(QWidget):
    """A finding: a line that can be pressed, and what can be done about it."""

    pressed = Signal(object)
    mend = Signal(object)
    pass_over = Signal(object)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding = finding
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.button = _LineButton(finding.message)
        name, role = _LOOKS[finding.severity]
        self.button.setIcon(icon(name, role, 16))
        self.button.setToolTip(plain_tooltip(_told(finding)))
        self.button.clicked.connect(lambda: self.pressed.emit(finding))
        line.addWidget(self.button, 1)
        if finding.can_be_fixed:
            fix = tool_button("magic-wand", _fix_words(finding), size=14)
            fix.clicked.connect(lambda: self.mend.emit(finding))
            line.addWidget(fix, 0, Qt.AlignmentFlag.AlignTop)

    def text(self) -> str:
        return self.button.text()

    def click(self) -> None:
        """Press the line."""
        self.button.click()

    def contextMenuEvent(self, event: object) -> None:
        menu = QMenu(self)
        if self._finding.can_be_fixed:
            menu.addAction(_("Исправить"), lambda: self.mend.emit(self._finding))
        passed = menu.addAction(_("Пропустить в этой статье…"), lambda: self.pass_over.emit(self._finding))
        passed.setEnabled(self._finding.ignorable)
        menu.exec(event.globalPos())  # type: ignore[attr-defined]
        menu.deleteLater()


def _fix_words(finding: Finding) -> str:
    became = finding.link_fix or finding.fix or ""
    if not became:
        return _("Исправить: убрать")
    return _("Исправить: «{words}»").format(words=became if len(became) <= 60 else f"{became[:59]}…")


def _told(finding: Finding) -> str:
    """Why it matters and where the rule comes from, for the tooltip."""
    parts = [finding.severity.words.capitalize() + ". " + finding.reason]
    if finding.source:
        parts.append(_("Источник: {source}").format(source=finding.source))
    return "\n".join(part.strip() for part in parts if part.strip())


class _LineButton(QToolButton):
    """A line that can be pressed; its text wraps."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._label = PlainLabel(text, wrap=True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 4, 4, 4)
        row.addWidget(self._label, 1)
        self.setSizePolicy(self._label.sizePolicy())

    def text(self) -> str:
        return self._label.text()

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        # The text wraps: it is never what makes the panel wide.
        return QSize(_NARROWEST, self.layout().minimumSize().height())

    def paintEvent(self, _event: object) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.icon = QIcon()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        self.icon().paint(painter, 4, 6, 16, 16)
