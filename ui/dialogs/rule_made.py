"""A rule of the house made of a mistake just met: the form is filled in, and shows what it would hit in the archive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from newsroom.domain.rules import HouseRule
from newsroom.words import _, n_
from ui.dialogs.rule import RuleDialog
from ui.sweep.met import Met, rule_of
from ui.sweep.preview import RulePreview
from ui.theme import SPACE_XL

if TYPE_CHECKING:
    from ui.context import Context

_WIDTH: Final = 1160


class MadeRuleDialog(RuleDialog):
    """Keeps a new rule; the name, the example and the preview follow what is written."""

    def __init__(self, parent: QWidget, ctx: Context, met: Met) -> None:
        self._met, self.preview = met, RulePreview(ctx)
        super().__init__(parent, ctx, rule_of(met), width=_WIDTH)
        self.replacement.setPlaceholderText(_("Пусто — правило только советует"))
        (self.message if met.right else self.replacement).setFocus()

    def rule(self) -> HouseRule:
        """What the fields say; a rule that takes words out is nothing to make in passing."""
        rule = super().rule()
        return rule if rule.replacement else replace(rule, replacement=None)

    def place_form(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_XL)
        row.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.preview, 1)
        self.column.addLayout(row, 1)

    def _follow(self) -> None:
        """Name and example follow as long as nobody has written into them."""
        pattern, right = self.pattern.text().strip(), self.replacement.text().strip()
        if pattern and not self.is_expression.isChecked():
            made = rule_of(replace(self._met, words=pattern, right=right))
            blocked = self.form.blockSignals(True)
            if not self.name.isModified():
                self.name.setText(made.name)
            if not self.finds.document().isModified():
                self.finds.setPlainText("\n".join(made.finds))
                self.finds.document().setModified(False)
            self.form.blockSignals(blocked)
        super()._follow()
        self.preview.show_rule(self.rule())

    def kept_words(self, rule: HouseRule) -> str:
        told, count = super().kept_words(rule), self.preview.count
        if not count or rule.replacement is None:
            return told
        places = n_("Ещё {n} такое место на сайте", "Ещё {n} таких мест на сайте", count)
        return f"{told} {places}: " + _("«Текст» → «Правка архива…».")

    def done(self, result: int) -> None:
        self.preview.stop()
        super().done(result)


def make_rule(parent: QWidget, ctx: Context, met: Met) -> MadeRuleDialog:
    """Open the form above *parent* with what was *met*."""
    dialog = MadeRuleDialog(parent.window(), ctx, met)
    dialog.open()
    return dialog
