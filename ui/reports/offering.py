"""A quiet offer after a correction: the same mistake elsewhere on the site, and a rule against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from newsroom.domain.rules import HouseRule
from newsroom.words import _, n_
from ui import theme
from ui.dialogs.rule_made import make_rule
from ui.reports.plain import visible
from ui.sweep.dialog import show_sweep
from ui.sweep.searching import Searching
from ui.widgets import PlainLabel, line, quiet_button, tool_button

if TYPE_CHECKING:
    from ui.context import Context
    from ui.sweep.met import Met

#: Places that are counted.
_MOST = 1_000


class Offer(QWidget):
    """Hidden until there is something to offer: ``met`` is the mistake that was mended last, ``count`` its places.

    Signals:
        changed(): there is another offer, or none.
    """

    changed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.met: Met | None = None
        self._searching = Searching(ctx, self, _MOST)
        self._searching.advanced.connect(self._tell)
        self._searching.ended.connect(self._tell)
        self._searching.failed.connect(lambda _error: self._tell())
        self.words = PlainLabel("", "small", elide=True)
        self.sweep, self.rule = quiet_button(""), quiet_button(_("Сделать правилом…"))
        self.sweep.clicked.connect(self.show_places)
        self.rule.clicked.connect(self.make_rule)
        away = tool_button("x", _("Не предлагать"), size=14)
        away.clicked.connect(lambda: self.offer(None))
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_S, 0)
            row.setSpacing(theme.SPACE_S)
        above.addWidget(self.words, 1)
        above.addWidget(away)
        below.setContentsMargins(theme.SPACE_XS, 0, theme.SPACE_S, 0)
        below.addWidget(self.sweep)
        below.addWidget(self.rule)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.SPACE_S)
        column.setSpacing(0)
        column.addWidget(line())
        column.addSpacing(theme.SPACE_XS)
        column.addLayout(above)
        column.addLayout(below)
        self.hide()
        ctx.signed_in.connect(self._signed_in)

    def _signed_in(self) -> None:
        self.offer(None)

    @property
    def count(self) -> int:
        return self._searching.found

    def offer(self, met: Met | None) -> None:
        """Look for what was *met* in everything that readers see, and offer what is found; None offers nothing."""
        self.met = met
        self._searching.stop()
        if met is not None:
            from newsroom.desk.archive import Sought

            self._searching.begin(Sought((HouseRule(met.words, met.words, met.right),)))
        self._tell()
        self.setVisible(met is not None)
        self.changed.emit()

    def show_places(self) -> None:
        """The sweep, with the mistake."""
        if self.met is not None:
            show_sweep(self, self._ctx, self.met.words, self.met.right)

    def make_rule(self) -> None:
        """The form of a rule, with the mistake."""
        if self.met is not None:
            make_rule(self, self._ctx, self.met)

    def _tell(self) -> None:
        met, searching = self.met, self._searching
        if met is None:
            return
        self.words.setText(_("Исправлено: {text}").format(text=f"{visible(met.words)} → {visible(met.right)}"))
        self.sweep.setVisible(searching.found > 0)
        self.sweep.setText(
            n_("Ещё {n} такое место на сайте: показать", "Ещё {n} таких мест на сайте: показать", searching.found)
        )
        self.sweep.setAccessibleName(self.sweep.text())
