"""The house style: which typography the newsroom has, each switch with what it does."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from newsroom.domain.people import Action, refusal
from newsroom.domain.style import SWITCHES, HouseStyle, Percent, Quotes
from newsroom.text.typography.samples import example
from newsroom.words import _
from ui.context import Context
from ui.dialogs.form import choice_of
from ui.dialogs.frame import Frame
from ui.theme import SPACE_L, SPACE_M, SPACE_S
from ui.widgets import PlainLabel, allow, plain_button, primary_button

#: To where the words of a tick box or of a choice begin.
_INDENT, _TICK = 8, 29


class StyleDialog(Frame):
    """Changes the style of the newsroom; an example beside each switch follows it."""

    def __init__(self, parent: QWidget | None, ctx: Context, style: HouseStyle) -> None:
        super().__init__(parent, _("Стиль редакции"), width=680)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._was = ctx, style
        self.add_text(
            _(
                "Как набирают тексты. Само ничего не меняется: место, набранное иначе, — замечание, "
                "а Ctrl+Alt+T показывает каждую правку."
            ),
            "small",
        )
        self.choices: dict[str, QComboBox | QCheckBox] = {}
        self.examples: dict[str, PlainLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        kinds: dict[str, Any] = {"quotes": Quotes, "percent": Percent}
        for row, (name, title) in enumerate(SWITCHES.items()):
            value = getattr(style, name)
            if name in kinds:
                combo = choice_of([(one.words, one.value) for one in kinds[name]], value.value)
                combo.setAccessibleName(_(title))
                combo.currentIndexChanged.connect(self._follow)
                label = PlainLabel(_(title))
                label.setBuddy(combo)
                grid.addWidget(label, 4 * row, 0)
                grid.addWidget(combo, 4 * row, 1)
                self.choices[name] = combo
            else:
                tick = QCheckBox(_(title))
                tick.setChecked(value)
                tick.toggled.connect(self._follow)
                grid.addWidget(tick, 4 * row, 0, 1, 2)
                self.choices[name] = tick
            self.examples[name] = PlainLabel("", "small")
            self.examples[name].setIndent(_INDENT if name in kinds else _TICK)
            grid.setRowMinimumHeight(4 * row + 1, SPACE_S if name in kinds else 0)
            grid.setRowMinimumHeight(4 * row + 3, SPACE_M)
            at, across = (1, 1) if name in kinds else (0, 2)
            grid.addWidget(self.examples[name], 4 * row + 2, at, 1, across)
        self.column.addLayout(grid)
        self.problem = PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.keep = primary_button(_("Сохранить"))
        back = plain_button(_("Не надо"))
        self.keep.clicked.connect(self._keep)
        back.clicked.connect(self.reject)
        self.add_buttons(back, self.keep, default=self.keep)
        refused = refusal(ctx.desk.person.role, Action.DECIDE_WORDS) if ctx.desk is not None else ""
        allow(self.keep, refused)
        for choice in self.choices.values():
            choice.setEnabled(not refused)
        self._follow()

    def style_chosen(self) -> HouseStyle:
        """What the switches say."""
        values: dict[str, Any] = {}
        for field in fields(HouseStyle):
            choice = self.choices[field.name]
            values[field.name] = choice.isChecked() if isinstance(choice, QCheckBox) else choice.currentData()
        return HouseStyle(**values | {"quotes": Quotes(values["quotes"]), "percent": Percent(values["percent"])})

    def _follow(self) -> None:
        style = self.style_chosen()
        for name, label in self.examples.items():
            before, after = example(name, style)
            label.setText(_("{text} — остаётся").format(text=before) if before == after else f"{before} → {after}")

    def _keep(self) -> None:
        style = self.style_chosen()
        if style == self._was:
            self.accept()
            return
        self.keep.setEnabled(False)

        def failed(error: Exception) -> None:
            self.keep.setEnabled(True)
            self.problem.setText(str(error))
            self.problem.show()

        def done(_value: None) -> None:
            self._ctx.message.emit(_("Стиль редакции сохранён."), None)
            self.accept()

        from newsroom.desk.house_lists import change_style

        self._ctx.act(lambda desk: change_style(desk, style), self, done, failed)


def show_style(parent: QWidget, ctx: Context) -> StyleDialog | None:
    """Open the switches above *parent*; None before the newsroom's settings are known."""
    if ctx.settings is None:
        return None
    dialog = StyleDialog(parent, ctx, ctx.settings.house.style)
    dialog.open()
    return dialog
