"""The one list of what is to be said about the open article: grouped by severity, each line leads to its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
#: Lines of one group that are laid out, for each takes two milliseconds. Of the rest the number is told; F8 goes there.
_MOST = 15
#: Device-independent pixels that a line needs at least.
_NARROWEST = 120


class FindingsSection(Section):
    """Signals:

    chosen(Finding): the person wants to go to this place.
    mend_wanted(Finding): its fix is to be put in.
    pass_over_wanted(Finding): it is to be passed over in this article.
    rule_wanted(Finding): a rule of the house is to be made of it.
    explanation_wanted(str): what the check of this code looks for.
    """

    chosen = Signal(object)
    mend_wanted = Signal(object)
    pass_over_wanted = Signal(object)
    rule_wanted = Signal(object)
    explanation_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Замечания"), parent)
        #: The place of the finding that was gone to last; -1 before the first.
        self._place = -1
        self._none = PlainLabel(_("Всё готово к публикации."), "muted", wrap=True)
        self.add(self._none)
        self._groups = {severity: _Group(severity, self._listen) for severity in Severity}
        for group in self._groups.values():
            self.add(group)
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
        for severity, group in self._groups.items():
            group.show_findings([one for one in ordered if one.severity is severity])
        self._none.setVisible(not ordered)
        count = self._groups[Severity.ERROR].count
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

    @property
    def rows(self) -> list[_Row]:
        """The lines as they stand."""
        return [row for group in self._groups.values() for row in group.rows]

    def _listen(self, row: _Row) -> None:
        row.pressed.connect(self._choose)
        row.mend.connect(self.mend_wanted)
        row.pass_over.connect(self.pass_over_wanted)
        row.make_rule.connect(self.rule_wanted)
        row.explain.connect(self.explanation_wanted)

    def _choose(self, finding: Finding) -> None:
        self.go_to(finding)
        self.chosen.emit(finding)


class _Group(QWidget):
    """The findings of one severity below its name; *listen* is told of each new row.

    Rows stay from one check to the next: a row takes two milliseconds to make, and most findings stay too.
    """

    def __init__(self, severity: Severity, listen: Callable[[_Row], None]) -> None:
        super().__init__()
        self._severity, self._listen = severity, listen
        self.count = 0
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.SPACE_XS)
        self._column.setSpacing(0)
        self._name, self._rest = PlainLabel("", "section"), PlainLabel("", "muted")
        self._column.addWidget(self._name)
        self._column.addWidget(self._rest)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        self.count = len(findings)
        words = self._severity.words
        self._name.setText(f"{words[:1].upper()}{words[1:]} · {self.count}")
        shown = findings[:_MOST]
        for row, finding in zip(self.rows, shown, strict=False):
            row.show_finding(finding)
        for finding in shown[len(self.rows) :]:
            row = _Row(finding)
            self._listen(row)
            self.rows.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
        while len(self.rows) > len(shown):
            row = self.rows.pop()
            row.setParent(None)
            row.deleteLater()
        self._rest.setText(_("и ещё {n}").format(n=self.count - _MOST))
        self._rest.setVisible(self.count > _MOST)
        self.setVisible(bool(findings))


class _Row(QWidget):
    """A finding: a line that can be pressed, and what can be done about it."""

    pressed = Signal(object)
    mend = Signal(object)
    pass_over = Signal(object)
    make_rule = Signal(object)
    explain = Signal(str)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.button = _LineButton()
        name, role = _LOOKS[finding.severity]
        self.button.setIcon(icon(name, role, 16))
        self.button.clicked.connect(lambda: self.pressed.emit(self._finding))
        line.addWidget(self.button, 1)
        self._fix: QToolButton | None = None
        self.show_finding(finding)

    def show_finding(self, finding: Finding) -> None:
        """Show *finding*, of the severity of the first one."""
        self._finding = finding
        self.button.setText(finding.message)
        told = plain_tooltip(_told(finding))
        if self.button.toolTip() != told:
            self.button.setToolTip(told)
        if self._fix is None and finding.can_be_fixed:
            self._fix = tool_button("magic-wand", "", size=14)
            self._fix.clicked.connect(lambda: self.mend.emit(self._finding))
            self.layout().addWidget(self._fix)
            self.layout().setAlignment(self._fix, Qt.AlignmentFlag.AlignTop)
        if self._fix is not None:
            words = _fix_words(finding)
            self._fix.setToolTip(plain_tooltip(words))
            self._fix.setAccessibleName(words)
            self._fix.setVisible(finding.can_be_fixed)

    def text(self) -> str:
        return self.button.text()

    def click(self) -> None:
        """Press the line."""
        self.button.click()

    def contextMenuEvent(self, event: object) -> None:
        self.make_menu().exec(event.globalPos())  # type: ignore[attr-defined]

    def make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._finding.can_be_fixed:
            menu.addAction(_("Исправить"), lambda: self.mend.emit(self._finding))
        passed = menu.addAction(_("Пропустить в этой статье…"), lambda: self.pass_over.emit(self._finding))
        passed.setEnabled(self._finding.ignorable)
        rule = menu.addAction(_("Сделать правилом…"), lambda: self.make_rule.emit(self._finding))
        # What a rule or a list has found is there already.
        rule.setEnabled(bool(self._finding.words.strip()) and not self._finding.code.startswith(("rule:", "mark-")))
        menu.addSeparator()
        menu.addAction(_("Что это за проверка?"), lambda: self.explain.emit(self._finding.code))
        return menu


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

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._label = PlainLabel("", wrap=True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 4, 4, 4)
        row.addWidget(self._label, 1)
        self.setSizePolicy(self._label.sizePolicy())

    def text(self) -> str:
        return self._label.text()

    def setText(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)

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
