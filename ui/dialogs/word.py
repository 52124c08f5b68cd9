"""One word of the house dictionary: entered as it was met in a text, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSizePolicy, QWidget

from newsroom.domain.people import Action, refusal
from newsroom.domain.vocabulary import LONGEST_NOTE, LONGEST_WORD, HouseWord, Verdict, WordKind
from newsroom.words import _
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.theme import SPACE_M, SPACE_S
from ui.widgets import PlainLabel, allow, plain_button, primary_button

_PAUSE: Final = 250
#: Forms shown as an example.
_SHOWN: Final = 12


class WordDialog(Frame):
    """Enters *word*, or changes it where *known* says that the dictionary has it; its forms are shown before.

    With *met*, a word as a text has it, the base forms that it may be of are offered.
    """

    def __init__(self, parent: QWidget, ctx: Context, word: HouseWord, *, known: bool = False, met: str = "") -> None:
        super().__init__(parent, _("Слово редакции") if known else _("Новое слово редакции"), width=520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ctx, self._known, self._note = ctx, known, word.note
        self._kinds: dict[str, WordKind] = {}
        self._asked = 0
        self.text = QComboBox()
        self.text.setEditable(True)
        self.text.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.text.lineEdit().setMaxLength(LONGEST_WORD)
        self.text.setEnabled(not known)
        self.text.setEditText(word.text)
        self.verdict = _choice([(verdict.words, verdict) for verdict in Verdict], word.verdict)
        self.kind = _choice([(kind.words, kind) for kind in WordKind], word.kind)
        self.meant = QLineEdit(word.meant)
        self.meant.setMaxLength(LONGEST_WORD)
        self.inflected = QCheckBox(_("Со всеми формами"))
        self.inflected.setChecked(word.inflected)
        self.note = QLineEdit(word.note)
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(_("Почему так или по какому источнику"))
        self.forms, self.problem = PlainLabel("", "small", wrap=True), PlainLabel("", "danger", wrap=True)
        self._lay_out()
        self.keep = primary_button(_("Сохранить") if known else _("Внести"))
        back = plain_button(_("Не надо"))
        self.keep.clicked.connect(self._keep)
        back.clicked.connect(self.reject)
        self.add_buttons(back, self.keep, default=self.keep)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._show_forms)
        self.text.editTextChanged.connect(self._text_changed)
        for combo in (self.verdict, self.kind):
            combo.currentIndexChanged.connect(self._follow)
        self.meant.textChanged.connect(self._follow)
        self.inflected.toggled.connect(self._follow)
        role = ctx.desk.person.role if ctx.desk is not None else None
        if role is not None:
            refused = refusal(role, Action.DECIDE_WORDS)
            allow(self.verdict, refused)
            if known:
                allow(self.keep, refused)
        (self.note if known else self.text).setFocus()
        self._follow()
        if met:
            self._offer_bases(met)

    def word(self) -> HouseWord:
        """What the fields say."""
        return HouseWord(
            text=self.text.currentText(),
            verdict=Verdict(self.verdict.currentData()),
            kind=WordKind(self.kind.currentData()),
            meant=self.meant.text(),
            inflected=self.inflected.isChecked(),
            note=self.note.text(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE_M)
        form.setVerticalSpacing(SPACE_S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, field in (
            (_("Начальная форма"), self.text),
            (_("Решение"), self.verdict),
            (_("Писать вместо него"), self.meant),
            (_("Что это"), self.kind),
            ("", self.inflected),
            (_("Примечание"), self.note),
        ):
            field.setAccessibleName(label)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            form.addRow(label, field)
        self._form = form
        self.column.addLayout(form)
        # Room for what comes later, so that the buttons stay where they are.
        self.forms.setMinimumHeight(3 * self.forms.fontMetrics().lineSpacing())
        self.forms.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.forms)
        self.column.addWidget(self.problem)

    def _text_changed(self, text: str) -> None:
        kind = self._kinds.get(text)
        if kind is not None:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        self._follow()

    def _follow(self) -> None:
        """What depends on the fields: which of them are needed, and the forms."""
        self._form.setRowVisible(self.meant, self.verdict.currentData() != Verdict.CONFIRMED)
        self.inflected.setEnabled(self.kind.currentData() != WordKind.ABBREVIATION)
        self.problem.setText("")
        self.problem.setVisible(False)
        self.adjustSize()
        self._pause.start()

    def _show_forms(self) -> None:
        word = self.word()
        self._asked += 1
        asked = self._asked

        def work() -> dict[str, str]:
            from newsroom.desk.vocabulary import checked
            from newsroom.domain.errors import InvalidInput
            from newsroom.text.spelling.inflections import forms_of

            try:
                return forms_of(checked(word))
            except InvalidInput:
                return {}

        def done(forms: dict[str, str]) -> None:
            if asked == self._asked:
                self.forms.setText(_example(forms))

        self._ctx.tasks.background(work, done)

    def _offer_bases(self, met: str) -> None:
        def work() -> list[tuple[str, WordKind]]:
            from newsroom.text.spelling.inflections import base_forms

            return base_forms(met)

        def done(bases: list[tuple[str, WordKind]]) -> None:
            if self.text.currentText() != met:
                return
            for text, kind in reversed(bases):
                self._kinds[text] = kind
            self.text.addItems(list(self._kinds)[::-1])
            self.text.setEditText(bases[0][0])
            self.text.lineEdit().selectAll()

        self._ctx.tasks.background(work, done)

    def _keep(self) -> None:
        word = self.word()
        self.keep.setEnabled(False)

        def failed(error: Exception) -> None:
            self.keep.setEnabled(True)
            self.problem.setText(str(error))
            self.problem.setVisible(True)

        def done(_value: None) -> None:
            self._ctx.message.emit(_("Слово «{word}» в словаре редакции.").format(word=word.text), None)
            self.accept()

        from newsroom.desk.vocabulary import save_word

        self._ctx.act(lambda desk: save_word(desk, word), self, done, failed)


def _choice(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    combo = QComboBox()
    for text, value in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(combo.findData(chosen))
    return combo


def _example(forms: dict[str, str]) -> str:
    shown = [f"{form} → {meant}" if meant else form for form, meant in list(forms.items())[:_SHOWN]]
    rest, words = len(forms) - len(shown), ", ".join(shown)
    return _("{words} и ещё {n}").format(words=words, n=rest) if rest > 0 else words
