"""Headline and lead as they stand on the page, each with its counter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from newsroom.domain.house import House
from newsroom.words import _
from ui import theme
from ui.fields.text_fields import ParagraphField
from ui.widgets import PlainLabel


class PageHead(QWidget):
    """Signals:

    edited(): headline or lead changed by the person.
    left_down(): Enter in the lead: the text is wanted.
    """

    edited = Signal()
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = House()
        self.headline = ParagraphField(_("Заголовок"), placeholder=_("Заголовок"))
        self.lead = ParagraphField(_("Подводка"), placeholder=_("Подводка: главное в двух-трёх предложениях"))
        self._headline_count, self._lead_count = PlainLabel("", "small"), PlainLabel("", "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_M)
        grid.setVerticalSpacing(theme.SPACE_S)
        grid.setColumnStretch(0, 1)
        for row, (field, counter) in enumerate(((self.headline, self._headline_count), (self.lead, self._lead_count))):
            field.make_bare()
            field.edited.connect(self._edited)
            counter.setAlignment(Qt.AlignmentFlag.AlignRight)
            counter.setMinimumWidth(48)
            grid.addWidget(field, row, 0)
            grid.addWidget(counter, row, 1, Qt.AlignmentFlag.AlignTop)
        self.headline.left_down.connect(self.lead.setFocus)
        self.lead.left_down.connect(self.left_down)
        theme.watcher().changed.connect(self._follow_theme)
        self._follow_theme()
        self._count()

    def set_house(self, house: House) -> None:
        """Count against the limits of *house*."""
        self._house = house
        self._count()

    def set_texts(self, headline: str, lead: str) -> None:
        """Show these; ``edited`` is not sent."""
        self.headline.set_text(headline)
        self.lead.set_text(lead)
        self._count()

    def set_read_only(self, read_only: bool) -> None:
        self.headline.setReadOnly(read_only)
        self.lead.setReadOnly(read_only)

    def _edited(self) -> None:
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        for field, counter, limit in (
            (self.headline, self._headline_count, self._house.headline_limit),
            (self.lead, self._lead_count, self._house.lead_limit),
        ):
            length = len(field.text())
            counter.setText(f"{length}/{limit}")
            counter.set_role("danger" if length > limit else "small")
            counter.setAccessibleName(_("Знаков: {length} из {limit}").format(length=length, limit=limit))

    def _follow_theme(self) -> None:
        look = theme.tokens()
        self.headline.set_letters(theme.ui_font(look.article_headline, bold=True))
        self.lead.set_letters(theme.ui_font(look.article_lead))
        for counter in (self._headline_count, self._lead_count):
            counter.setFont(theme.ui_font(look.small, tabular=True))
