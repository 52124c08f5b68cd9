"""The question whose text shall stand, when two people wrote at once."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from newsroom.domain.article import Content
from newsroom.words import _
from ui import theme
from ui.context import Context
from ui.review.changes import Base, ChangesView
from ui.widgets import PlainLabel, plain_button


class Choice(Enum):
    """What to do with a text that somebody else's save has overtaken."""

    LATER = "later"
    #: Open the other text; this one goes to the clipboard.
    TAKE_THEIRS = "theirs"
    #: This text becomes the newest revision; the other stays in the history.
    KEEP_MINE = "mine"
    #: This text becomes a draft of its own.
    NEW_DRAFT = "draft"


class ConflictDialog(QDialog):
    """Shows what the texts differ in and asks which shall stand; closing it decides nothing and loses nothing."""

    def __init__(self, ctx: Context, mine: Content, theirs: Content, their_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Статью изменили с двух сторон"))
        self.choice = Choice.LATER
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE_L] * 4)
        layout.setSpacing(theme.SPACE_M)
        words = _(
            "Пока вы писали, {name} сохранил(а) свою версию. Подчёркнутое есть только у вас, зачёркнутое — только "
            "в сохранённом. Ни один текст не потерян: выберите, какой останется."
        )
        layout.addWidget(PlainLabel(words.format(name=their_name), wrap=True))
        self.changes = ChangesView(ctx, self)
        if ctx.settings is not None:
            saved = Base(_("тем, что сохранил(а) {name}").format(name=their_name), theirs)
            self.changes.show_changes(mine, [saved], ctx.settings)
        layout.addWidget(self.changes, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        for button_words, choice, hint in (
            (_("Решить позже"), Choice.LATER, _("Ваш текст останется в редакторе несохранённым")),
            (_("Моё — новым черновиком"), Choice.NEW_DRAFT, _("Обе версии останутся отдельными статьями")),
            (_("Взять сохранённое"), Choice.TAKE_THEIRS, _("Ваш текст будет в буфере обмена")),
            (_("Сохранить моё"), Choice.KEEP_MINE, _("Сохранённое коллегой останется в истории версий")),
        ):
            button = plain_button(button_words)
            button.setToolTip(hint)
            button.clicked.connect(lambda _checked=False, chosen=choice: self._choose(chosen))
            row.addWidget(button)
        layout.addLayout(row)
        self.resize(860, 560)

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def as_text(content: Content) -> str:
    """*content* as plain text for the clipboard."""
    return "\n\n".join(part for part in (content.headline, content.lead, content.body) if part)
