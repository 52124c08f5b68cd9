"""The dialog in which an edit made on the site is merged into the article: two versions side by side, part by part."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.article import LeadPhoto
from newsroom.domain.merging import BODY, Fate, Part, Side, unresolved
from newsroom.words import _, later, n_
from ui import theme
from ui.dialogs.frame import Frame
from ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from ui.widgets import IconLabel, PlainLabel, allow, plain_button, primary_button

if TYPE_CHECKING:
    from newsroom.desk.merging import Merge
    from newsroom.desk.reading import Settings
    from newsroom.text.diff import ParagraphChange

_WIDTH: Final = 880
_HEIGHT: Final = 460

_FATES = {
    Fate.OURS: later("изменила редакция"),
    Fate.THEIRS: later("изменено на сайте"),
    Fate.CONFLICT: later("изменено и там, и тут"),
}
_SIDES = {
    Side.OURS: later("У нас"),
    Side.THEIRS: later("С сайта"),
    Side.BOTH: later("Оставить оба: наш, затем с сайта"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part that differs, ready to be shown."""

    number: int
    part: Part
    #: What people call the field.
    title: str
    #: What our version and theirs have made of the base.
    ours: tuple[ParagraphChange, ...]
    theirs: tuple[ParagraphChange, ...]


def rows_of(merge: Merge, settings: Settings) -> list[Row | int]:
    """What differs, and between it how many paragraphs do not. Takes time with long texts; needs no Qt."""
    from newsroom.text.diff import compare, title_of

    rows: list[Row | int] = []
    for number, part in enumerate(merge.parts):
        if part.sides:
            base, ours, theirs = (_words(part.field, value, settings) for value in (part.base, part.ours, part.theirs))
            rows.append(Row(number, part, title_of(part.field), compare(base, ours), compare(base, theirs)))
        elif part.field == BODY and part.fate is Fate.SAME:
            rows.append(len(part.base))
    return rows


class MergeDialog(Frame):
    """Attributes: ``choices`` by number of the part, ``save`` the button that is free once every conflict is chosen."""

    def __init__(self, parent: QWidget | None, merge: Merge, rows: Sequence[Row | int]) -> None:
        super().__init__(parent, _("Слить с правкой на сайте «{site}»").format(site=merge.site), width=_WIDTH)
        self._merge = merge
        self.choices: dict[int, Side] = {}
        self.groups: dict[int, QButtonGroup] = {}
        self.add_text(
            _("Отмеченное войдёт в новую версию статьи, и её прочтёт главный редактор. Подчёркнуто то, что добавили."),
            "muted",
        )
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, SPACE_M, 0)
        column.setSpacing(SPACE_M)
        for row in rows:
            column.addWidget(_unchanged(row) if isinstance(row, int) else self._card(row))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Различия"))
        area.setWidget(listed)
        # A label that wraps has no height before it has a width.
        area.setMinimumHeight(min(_HEIGHT, listed.layout().heightForWidth(_WIDTH - 2 * theme.SPACE_XL) + SPACE_S))
        self.column.addWidget(area, 1)
        self._left = PlainLabel("", "warning")
        self.save = primary_button(_("Слить и отправить на проверку"))
        back = plain_button(_("Не надо"))
        self.save.clicked.connect(self.accept)
        back.clicked.connect(self.reject)
        self.column.addWidget(self._left)
        self.add_buttons(back, self.save, default=self.save)
        self._count()

    def _card(self, row: Row) -> QWidget:
        card = QFrame()
        card.setProperty("kind", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_XS)
        conflict = row.part.fate is Fate.CONFLICT
        head = QWidget()
        line = QGridLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setHorizontalSpacing(SPACE_S)
        if conflict:
            line.addWidget(IconLabel("warning", "warning", 16), 0, 0)
        line.addWidget(PlainLabel(row.title, "section"), 0, 1)
        line.addWidget(PlainLabel(_(_FATES[row.part.fate]), "warning" if conflict else "small"), 0, 2)
        line.setColumnStretch(3, 1)
        grid.addWidget(head, 0, 0, 1, 2)
        group = self.groups[row.number] = QButtonGroup(card)
        versions = {Side.OURS: row.ours, Side.THEIRS: row.theirs}
        for place, side in enumerate(row.part.sides):
            button = QRadioButton(_(_SIDES[side]))
            button.setAccessibleName(f"{row.title}: {button.text()}")
            button.setChecked(side is row.part.proposed)
            button.toggled.connect(lambda on, side=side: self._choose(row.number, side) if on else None)
            group.addButton(button)
            if side is Side.BOTH:
                grid.addWidget(button, 3, 0, 1, 2)
            else:
                grid.addWidget(button, 1, place)
                grid.addWidget(_version(versions[side]), 2, place, Qt.AlignmentFlag.AlignTop)
                grid.setColumnStretch(place, 1)
        return card

    def _choose(self, number: int, side: Side) -> None:
        self.choices[number] = side
        self._count()

    def _count(self) -> None:
        left = len(unresolved(self._merge.parts, self.choices))
        words = n_("Осталось выбрать: {n} место.", "Осталось выбрать: {n} мест.", left) if left else ""
        self._left.setText(words)
        self._left.setVisible(bool(left))
        allow(self.save, words)


def ask_merge(
    parent: QWidget, merge: Merge, rows: Sequence[Row | int], on_chosen: Callable[[Mapping[int, Side]], object]
) -> None:
    """Show the differences, and call *on_chosen* with what was chosen. The program does not wait."""
    dialog = MergeDialog(parent, merge, rows)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: on_chosen(dialog.choices))
    dialog.open()


def _unchanged(number: int) -> QWidget:
    return PlainLabel(n_("⋯ без изменений: {n} абзац", "⋯ без изменений: {n} абзацев", number), "small")


def _version(changes: Sequence[ParagraphChange]) -> QLabel:
    """One side's text, what it has added and removed marked. Everything that came from outside is escaped."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    paragraphs = ["".join(_piece(piece.kind, piece.text) for piece in change.pieces) for change in changes]
    nothing = html.escape(_("ничего"))
    muted = f'<span style="color: {theme.color("muted").name()}">{nothing}</span>'
    label.setText("<br><br>".join(paragraphs) or muted)
    return label


def _piece(kind: str, text: str) -> str:
    words = html.escape(text).replace("\n", "<br>")
    if kind == "same":
        return words
    look = f"background: {theme.color(kind).name()}; color: {theme.color('text').name()}"
    return f'<span style="{look}; text-decoration: {"underline" if kind == "added" else "line-through"}">{words}</span>'


def _words(field: str, value: Any, settings: Settings) -> str:
    """A field's version, or paragraphs, as a person reads them."""
    from newsroom.text.dates import with_offset
    from newsroom.text.diff import title_of
    from newsroom.text.markdown import parse
    from newsroom.text.readable import readable

    if isinstance(value, LeadPhoto):
        said = {"photo": value.photo[:8], "caption": value.caption, "credit": value.credit, "alt": value.alt}
        return "\n".join(f"{title_of(name)}: {words}" for name, words in said.items() if words)
    if isinstance(value, datetime):
        return with_offset(value, settings.house.tz)
    if field == BODY:
        return readable(parse("\n\n".join(value)))
    if field == "tags":
        return ", ".join(value)
    if field == "rubric":
        return {rubric.slug: rubric.title for rubric in settings.rubrics}.get(value, str(value or ""))
    return str(value or "")
