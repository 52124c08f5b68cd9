"""One required mark: the name, what stands beside it, where, from when till when, and by whose word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from newsroom.domain.ages import AgeRating
from newsroom.domain.findings import Severity
from newsroom.domain.marks import LONGEST_NAME, LONGEST_TEXT, Mark, Mentions, Placement
from newsroom.domain.people import Action, refusal
from newsroom.words import _, current_language
from ui.context import Context
from ui.dialogs.form import Form, choice_of, fit, lines_of, several_lines
from ui.dialogs.frame import Frame
from ui.widgets import PlainLabel, allow, plain_button, primary_button

NEW: Final = Mark("", "")
_DATES: Final = ("valid_from", "valid_to", "checked_on")
#: As it is written in Russia, and as in files.
_RUSSIAN, _ISO = "%d.%m.%Y", "%Y-%m-%d"


class MarkDialog(Frame):
    """Writes a new mark, beginning with what *mark* says; with *known* changes the kept one of its name.

    Signals:
        saved(Mark): the mark is kept, as it is kept.
    """

    saved = Signal(object)

    def __init__(self, parent: QWidget | None, ctx: Context, mark: Mark = NEW, *, known: bool = False) -> None:
        super().__init__(parent, _("Требуемая пометка") if known else _("Новая требуемая пометка"), width=660)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._was = ctx, mark.name if known else ""
        self._build_fields(mark)
        self.form = Form()
        self._lay_out()
        self.problem = PlainLabel("", "danger", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.keep = primary_button(_("Сохранить") if known else _("Внести"))
        back = plain_button(_("Не надо"))
        self.keep.clicked.connect(self._keep)
        back.clicked.connect(self.reject)
        self.add_buttons(back, self.keep, default=self.keep)
        self.form.changed.connect(self._follow)
        role = ctx.desk.person.role if ctx.desk is not None else None
        refused = refusal(role, Action.DECIDE_WORDS) if role is not None else ""
        allow(self.keep, refused)
        self.form.lock(bool(refused))
        (self.sign if mark.name and not mark.sign else self.name).setFocus()
        self._follow()

    def mark(self) -> Mark:
        """What the fields say; what is no date is left out of it, and among `faults`."""
        from newsroom.desk.house_lists import tidy_mark

        rating = self.rating.currentData()
        days = {name: _day(getattr(self, name).text()) for name in _DATES}
        return tidy_mark(
            Mark(
                name=self.name.text(),
                sign=self.sign.text(),
                aliases=lines_of(self.aliases),
                placement=Placement(self.placement.currentData()),
                mentions=Mentions(self.mentions.currentData()),
                note=self.note.text(),
                rating=AgeRating(rating) if rating else None,
                severity=Severity(self.severity.currentData()),
                source=self.source.text(),
                inflected=self.inflected.isChecked(),
                **days,
            )
        )

    def faults(self) -> dict[str, list[str]]:
        """What is wrong, sentences by the field."""
        from newsroom.desk.house_lists import mark_faults

        found = mark_faults(self.mark())
        for name in _DATES:
            text = getattr(self, name).text().strip()
            if text and _day(text) is None:
                found[name] = [_("«{value}» — не дата: пишите {example}.").format(value=text, example=_example())]
        return found

    def _build_fields(self, mark: Mark) -> None:
        self.name = _line(mark.name, LONGEST_NAME, _("Как его называет редакция"))
        self.aliases = several_lines(mark.aliases, _("Другие написания, по одному в строке"))
        self.inflected = QCheckBox(_("Во всех падежах"))
        self.inflected.setChecked(mark.inflected)
        self.sign = _line(mark.sign, LONGEST_TEXT, _("Что стоит после названия: (12+), *, (организация …)"))
        self.placement = choice_of([(one.words, one.value) for one in Placement], mark.placement.value)
        self.mentions = choice_of([(one.words, one.value) for one in Mentions], mark.mentions.value)
        self.mentions.setAccessibleName(_("Какие упоминания"))
        self.note = _line(mark.note, LONGEST_TEXT, _("Что сказано о знаке в примечании к статье"))
        self.valid_from = _line(day_words(mark.valid_from), 20, _("{day}; пусто — всегда").format(day=_example()))
        self.valid_to = _line(day_words(mark.valid_to), 20, _("{day}; пусто — бессрочно").format(day=_example()))
        ratings = [(_("не задаёт"), ""), *((_("не ниже {age}").format(age=age), age.value) for age in AgeRating)]
        self.rating = choice_of(ratings, mark.rating.value if mark.rating else "")
        self.severity = choice_of([(one.words, one.value) for one in Severity], mark.severity.value)
        self.source = _line(mark.source, LONGEST_TEXT, _("Закон, реестр, решение редакции"))
        self.checked_on = _line(day_words(mark.checked_on), 20, _("Когда туда смотрели: {day}").format(day=_example()))

    def _lay_out(self) -> None:
        form = self.form
        form.add("name", _("Название"), self.name)
        form.add("aliases", _("Иначе"), self.aliases)
        form.add("inflected", "", self.inflected)
        self.inflected.setAccessibleName(self.inflected.text())
        form.add("sign", _("Знак"), self.sign)
        form.add("placement", _("Где пояснение"), self.placement, self.mentions)
        form.add("note", _("Текст сноски"), self.note)
        form.add("valid_from", _("Действует с"), self.valid_from)
        form.add("valid_to", _("Действует по"), self.valid_to)
        form.add("rating", _("Возраст статьи"), self.rating)
        form.add("severity", _("Насколько строго"), self.severity)
        form.add("source", _("Источник"), self.source)
        form.add("checked_on", _("Сверено"), self.checked_on)
        self.column.addWidget(form)

    def _follow(self) -> None:
        # A note that came with a mark without a foot note is shown all the same: nothing is dropped unseen.
        is_foot = self.placement.currentData() == Placement.FOOT
        self.form.set_shown("note", is_foot or bool(self.note.text()) or self.note.hasFocus())
        self.problem.hide()
        self.form.show_faults(self.faults())
        fit(self)

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        if wrong := self.form.show_faults(self.faults(), everywhere=True):
            self.form.focus(wrong[0])
            fit(self)
            return
        self.keep.setEnabled(False)
        mark = self.mark()

        def failed(error: Exception) -> None:
            self.keep.setEnabled(True)
            self.problem.setText(str(error))
            self.problem.show()
            fit(self)

        def done(_value: None) -> None:
            self._ctx.message.emit(_("Пометка «{name}» сохранена.").format(name=mark.name), None)
            self.saved.emit(mark)
            self.accept()

        from newsroom.desk.house_lists import save_mark

        self._ctx.act(lambda desk: save_mark(desk, mark, self._was), self, done, failed)


def write_mark(parent: QWidget, ctx: Context, mark: Mark = NEW, *, known: bool = False) -> MarkDialog:
    """Open the form above *parent*; listen to its `MarkDialog.saved`."""
    dialog = MarkDialog(parent, ctx, mark, known=known)
    dialog.open()
    return dialog


def day_words(day: date | None) -> str:
    """*day* in figures, as the language of the window writes them; nothing for None."""
    if day is None:
        return ""
    # Not strftime: it drops the zeros of early years on some systems.
    return day.isoformat() if current_language() == "en" else f"{day.day:02}.{day.month:02}.{day.year:04}"


def _day(text: str) -> date | None:
    """The day that is written in either way, whatever the language; None for anything else."""
    for way in (_RUSSIAN, _ISO):
        try:
            return datetime.strptime(text.strip(), way).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _example() -> str:
    return day_words(date(2026, 11, 22))


def _line(text: str, longest: int, placeholder: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setMaxLength(longest)
    field.setPlaceholderText(placeholder)
    field.setCursorPosition(0)
    return field
