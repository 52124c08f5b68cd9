"""The question before an article with unresolved comments is approved."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from newsroom.domain.comments import Comment
from newsroom.words import _, n_
from ui.dialogs.frame import Frame
from ui.theme import SPACE_M, SPACE_XS
from ui.times import short_time
from ui.widgets import PlainLabel, plain_button, primary_button

_HIGHEST = 320


def ask_despite(parent: QWidget, comments: Sequence[Comment], zone: tzinfo, on_yes: Callable[[], object]) -> None:
    """List *comments*, and call *on_yes* where the person approves all the same. The program does not wait."""
    title = n_("{n} нерешённый комментарий", "{n} нерешённых комментариев", len(comments))
    dialog = Frame(parent, title, width=520)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    listed = QWidget()
    area.setWidget(listed)
    column = QVBoxLayout(listed)
    column.setContentsMargins(0, 0, SPACE_M, 0)
    column.setSpacing(SPACE_M)
    for comment in comments:
        column.addWidget(_entry(comment, zone))
    column.addStretch(1)
    # A label that wraps has no height before it has a width.
    area.setFixedHeight(min(_HIGHEST, listed.layout().heightForWidth(520 - SPACE_M)))
    dialog.column.addWidget(area)
    approve, back = plain_button(_("Одобрить всё равно")), primary_button(_("Вернуться к тексту"))
    approve.clicked.connect(dialog.accept)
    back.clicked.connect(dialog.reject)
    dialog.accepted.connect(on_yes)
    dialog.add_buttons(approve, back, default=back)
    dialog.open()


def _entry(comment: Comment, zone: tzinfo) -> QWidget:
    card = QFrame()
    card.setProperty("kind", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
    column.setSpacing(SPACE_XS)
    when = short_time(comment.made_at, zone, datetime.now(UTC))
    column.addWidget(PlainLabel(f"{comment.author_name} · {when}", "small"))
    column.addWidget(PlainLabel(f"«{comment.words}»", "muted", wrap=True))
    column.addWidget(PlainLabel(comment.text, wrap=True))
    return card
