"""One rule of the house: written with its examples, which are run while it is being written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from newsroom.domain.findings import Severity
from newsroom.domain.people import Action, refusal
from newsroom.domain.rules import LONGEST_MESSAGE, LONGEST_PATTERN, HouseRule
from newsroom.words import _, n_
from ui.context import Context
from ui.dialogs.form import Form, choice_of, fit, lines_of, several_lines
from ui.dialogs.frame import Frame
from ui.widgets import PlainLabel, allow, plain_button, primary_button

#: Milliseconds without a key after which the examples are run.
_PAUSE: Final = 250
_REPLACE, _ADVISE = "replace", "advise"
NEW: Final = HouseRule("", "", replacement="")


class RuleDialog(Frame):
    """Writes a new rule, beginning with what *rule* says; with *known* changes the kept one of its name.

    Signals:
        saved(HouseRule): the rule is kept, as it is kept.
    """

    saved = Signal(object)

    def __init__(
        self, parent: QWidget | None, ctx: Context, rule: HouseRule = NEW, *, known: bool = False, width: int = 660
    ) -> None:
        super().__init__(parent, _("Правило редакции") if known else _("Новое правило редакции"), width=width)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._was = ctx, rule.name if known else ""
        self._asked = 0
        self._build_fields(rule)
        self.form = Form()
        self._lay_out()
        self.outcome = PlainLabel("", "small", wrap=True)
        self.problem = PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.outcome)
        self.column.addWidget(self.problem)
        self.keep = primary_button(_("Сохранить") if known else _("Внести"))
        back = plain_button(_("Не надо"))
        self.keep.clicked.connect(self._keep)
        back.clicked.connect(self.reject)
        self.add_buttons(back, self.keep, default=self.keep)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.run_examples)
        self.form.changed.connect(self._follow)
        role = ctx.desk.person.role if ctx.desk is not None else None
        refused = refusal(role, Action.DECIDE_WORDS) if role is not None else ""
        allow(self.keep, refused)
        self.form.lock(bool(refused))
        (self.name if not rule.name else self.pattern).setFocus()
        self._follow()

    def rule(self) -> HouseRule:
        """What the fields say; plain words without an example are one themselves."""
        replaces = self.action.currentData() == _REPLACE
        rule = HouseRule(
            name=self.name.text(),
            pattern=self.pattern.text(),
            replacement=self.replacement.text() if replaces else None,
            message=self.message.text(),
            finds=tuple(map(_with_arrow, lines_of(self.finds))),
            passes=lines_of(self.passes),
            severity=Severity(self.severity.currentData()),
            is_expression=self.is_expression.isChecked(),
            case=self.case.isChecked(),
            whole_word=self.whole_word.isChecked(),
            source=self.source.text(),
        )
        from newsroom.desk.house_lists import tidy_rule

        return tidy_rule(rule)

    def _build_fields(self, rule: HouseRule) -> None:
        self.name = _line(rule.name, LONGEST_PATTERN, _("Коротко: так правило зовётся в списках"))
        self.pattern = _line(rule.pattern, LONGEST_PATTERN, _("Слова, которых в редакции не пишут"))
        self.is_expression = _tick(_("Регулярное выражение"), rule.is_expression)
        self.case = _tick(_("С учётом регистра"), rule.case)
        self.whole_word = _tick(_("Только целые слова"), rule.whole_word)
        choices = ((_("Заменять на"), _REPLACE), (_("Только советовать"), _ADVISE))
        self.action = choice_of(choices, _ADVISE if rule.replacement is None else _REPLACE)
        self.replacement = _line(rule.replacement or "", LONGEST_PATTERN, _("Пусто — найденное убирается"))
        self.replacement.setAccessibleName(_("Замена"))
        self.message = _line(rule.message, LONGEST_MESSAGE, _("Почему так не пишут; это прочтёт автор"))
        self.finds = several_lines(rule.finds, _("Пример в каждой строке: до → после. Вместо стрелки можно писать ->"))
        self.passes = several_lines(rule.passes, _("Верные тексты, в которых правило должно молчать"))
        self.severity = choice_of([(one.words, one.value) for one in Severity], rule.severity.value)
        self.source = _line(rule.source, LONGEST_MESSAGE, _("Справочник, решение редакции"))

    def _lay_out(self) -> None:
        form = self.form
        form.add("name", _("Название"), self.name)
        form.add("pattern", _("Что искать"), self.pattern)
        form.add("whole_word", "", self.whole_word, self.case, self.is_expression)
        form.add("replacement", _("Что делать"), self.action, self.replacement)
        form.add("message", _("Пояснение"), self.message)
        form.add("finds", _("Находит"), self.finds)
        form.add("passes", _("Не находит"), self.passes)
        form.add("severity", _("Насколько строго"), self.severity)
        form.add("source", _("Источник"), self.source)
        self.place_form()
        for tick in (self.whole_word, self.case, self.is_expression):
            tick.setAccessibleName(tick.text())

    def place_form(self) -> None:
        """Put the form where it belongs."""
        self.column.addWidget(self.form)

    def _follow(self) -> None:
        self.replacement.setVisible(self.action.currentData() == _REPLACE)
        self.problem.hide()
        self._pause.start()

    def done(self, result: int) -> None:
        self._asked += 1  # an answer on its way finds nobody
        super().done(result)

    # -- the examples

    def run_examples(self) -> None:
        """Tell beside the fields what is wrong with the rule as it stands."""
        self._judge(self._told)

    def _judge(self, done: Callable[[HouseRule, dict[str, list[str]]], None]) -> None:
        rule = self.rule()
        self._asked += 1
        asked = self._asked

        def work() -> tuple[HouseRule, dict[str, list[str]]]:
            from newsroom.desk.house_lists import rule_faults
            from newsroom.domain.errors import InvalidInput
            from newsroom.text.checks.rules import own_example

            judged = rule
            with suppress(InvalidInput):  # a replacement that cannot be is told of below
                judged = replace(rule, finds=rule.finds or own_example(rule))
            return judged, rule_faults(judged)

        def judged(answer: tuple[HouseRule, dict[str, list[str]]]) -> None:
            if asked == self._asked:
                done(*answer)

        self._ctx.tasks.background(work, judged)

    def _told(self, rule: HouseRule, faults: dict[str, list[str]]) -> None:
        self.form.show_faults(faults)
        self._show_outcome(rule, faults)

    def _show_outcome(self, rule: HouseRule, faults: dict[str, list[str]]) -> None:
        examples = len(rule.finds) + len(rule.passes)
        fine = rule.pattern.strip() and examples and not set(faults) & {"pattern", "replacement", "finds", "passes"}
        words = n_("Проверен {n} пример, правило держится.", "Проверено {n} примеров, правило держится.", examples)
        self.outcome.setText(words if fine else "")
        fit(self)

    # -- keeping

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self.keep.setEnabled(False)
            self._judge(self._keep_judged)

    def _keep_judged(self, rule: HouseRule, faults: dict[str, list[str]]) -> None:
        wrong = self.form.show_faults(faults, everywhere=True)
        self._show_outcome(rule, faults)
        if wrong:
            self.keep.setEnabled(True)
            self.form.focus(wrong[0])
            return

        def failed(error: Exception) -> None:
            self.keep.setEnabled(True)
            self.problem.setText(str(error))
            self.problem.show()
            fit(self)

        def done(_value: None) -> None:
            self._ctx.message.emit(self.kept_words(rule), None)
            self.saved.emit(rule)
            self.accept()

        from newsroom.desk.house_lists import save_rule

        self._ctx.act(lambda desk: save_rule(desk, rule, self._was), self, done, failed)

    def kept_words(self, rule: HouseRule) -> str:
        """What is told when *rule* is kept."""
        return _("Правило «{name}» сохранено.").format(name=rule.name)


def write_rule(parent: QWidget, ctx: Context, rule: HouseRule = NEW, *, known: bool = False) -> RuleDialog:
    """Open the form above *parent*; listen to its `RuleDialog.saved`."""
    dialog = RuleDialog(parent, ctx, rule, known=known)
    dialog.open()
    return dialog


def _line(text: str, longest: int, placeholder: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setMaxLength(longest)
    field.setPlaceholderText(placeholder)
    field.setCursorPosition(0)
    return field


def _tick(words: str, on: bool) -> QCheckBox:
    box = QCheckBox(words)
    box.setChecked(on)
    return box


def _with_arrow(example: str) -> str:
    """*example* with the arrow that rules know, however it was typed."""
    for typed in ("->", "=>", "→"):
        before, arrow, after = example.partition(typed)
        if arrow:
            return f"{before.strip()} → {after.strip()}"
    return example
