"""The question before an article goes out with unresolved comments or with warnings of the check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from newsroom.domain.comments import Comment
from newsroom.domain.errors import Unsettled
from newsroom.domain.findings import Finding
from newsroom.words import _, n_
from ui.context import Context
from ui.dialogs.frame import Frame
from ui.theme import SPACE_M, SPACE_S, SPACE_XS
from ui.times import short_time
from ui.widgets import IconLabel, PlainLabel, plain_button, primary_button

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done

_WIDTH, _HIGHEST = 520, 360


def let_out(
    ctx: Context,
    window: QWidget,
    use: Callable[[Desk, Unsettled], Done[Any]],
    initiator: object,
    button: str,
    on_done: Callable[[Any], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
    on_back: Callable[[], object] | None = None,
) -> None:
    """Run *use*, told what the person has seen: nothing at first, then what they said *button* to.

    Where something is unsettled, it is listed above *window*; *on_back* is for those who then go back to the text. The
    program does not wait.
    """

    def run(seen: Unsettled) -> None:
        ctx.act(lambda desk: use(desk, seen), initiator, on_done, failed)

    def failed(error: Exception) -> None:
        if isinstance(error, Unsettled):
            ask_despite(ctx, window, error, button, lambda: run(error), on_back)
        else:
            (on_error or ctx.tasks.failed.emit)(error)

    run(Unsettled())


def ask_despite(
    ctx: Context,
    parent: QWidget,
    unsettled: Unsettled,
    button: str,
    on_yes: Callable[[], object],
    on_back: Callable[[], object] | None = None,
) -> None:
    """List what is *unsettled*, and call *on_yes* where the person presses *button* all the same; Enter goes back."""
    comments, warnings = unsettled.comments, unsettled.warnings
    counts = [n_("{n} нерешённый комментарий", "{n} нерешённых комментариев", len(comments))] if comments else []
    counts += [n_("{n} предупреждение", "{n} предупреждений", len(warnings))] if warnings else []
    dialog = Frame(parent, _(" и ").join(counts), width=_WIDTH)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    listed = QWidget()
    area.setWidget(listed)
    column = QVBoxLayout(listed)
    column.setContentsMargins(0, 0, SPACE_M, 0)
    column.setSpacing(SPACE_S)
    for warning in warnings:
        column.addWidget(_warning(warning))
    for comment in comments:
        column.addWidget(_comment(comment, ctx))
    column.addStretch(1)
    # A label that wraps has no height before it has a width.
    area.setFixedHeight(min(_HIGHEST, listed.layout().heightForWidth(_WIDTH - SPACE_M)))
    dialog.column.addWidget(area)
    if warnings:
        dialog.add_text(
            _("Замечание, которое здесь не к месту, можно пропустить с причиной у текста: о нём больше не спросят."),
            "small",
        )
    approve, back = plain_button(button), primary_button(_("Вернуться к тексту"))
    approve.clicked.connect(dialog.accept)
    back.clicked.connect(dialog.reject)
    dialog.accepted.connect(on_yes)
    if on_back is not None:
        dialog.rejected.connect(on_back)
    dialog.add_buttons(approve, back, default=back)
    back.setFocus()
    dialog.open()


def _comment(comment: Comment, ctx: Context) -> QWidget:
    card = QFrame()
    card.setProperty("kind", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
    column.setSpacing(SPACE_XS)
    when = short_time(comment.made_at, ctx.zone, datetime.now(UTC))
    column.addWidget(PlainLabel(f"{comment.author_name} · {when}", "small"))
    column.addWidget(PlainLabel(f"«{comment.words}»", "muted", wrap=True))
    column.addWidget(PlainLabel(comment.text, wrap=True))
    return card


def _warning(finding: Finding) -> QWidget:
    card = QFrame()
    card.setProperty("kind", "card")
    row = QHBoxLayout(card)
    row.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
    row.setSpacing(SPACE_S)
    row.addWidget(IconLabel("warning", "warning", 16), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(SPACE_XS)
    column.addWidget(PlainLabel(finding.message, wrap=True))
    where = finding.field.words
    column.addWidget(PlainLabel(f"{where[:1].upper()}{where[1:]}" + _source(finding), "small", wrap=True))
    row.addLayout(column, 1)
    return card


def _source(finding: Finding) -> str:
    return f" · {finding.source}" if finding.source else ""
