"""A list of the newsroom brought in from a file and written into one, from the dialog that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from newsroom.domain.errors import InvalidInput
from newsroom.words import _
from ui.dialogs.messages import tell

if TYPE_CHECKING:
    from newsroom.desk.house_lists import Taken
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done
    from ui.context import Context

#: Names that a report or a question tells of one kind.
_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said of one kind of list."""

    bring: str
    send: str
    #: Name that is proposed for a file, and what kinds of files there are, as Qt takes them.
    file: str
    kinds: str
    brought: str
    #: What is said over the reasons where nothing was taken.
    refused: str


def bring_file(
    dialog: QWidget,
    ctx: Context,
    wording: Wording,
    take: Callable[[Desk, Path], Done[Taken]],
    failed: Callable[[Exception], None],
) -> None:
    """Ask for a file and *take* it; what came in, or every reason why nothing did, is told."""
    name, _kind = QFileDialog.getOpenFileName(dialog, wording.bring, "", wording.kinds)
    if not name:
        return

    def refused(error: Exception) -> None:
        if isinstance(error, InvalidInput):
            tell(dialog, _("Файл не принят"), f"{wording.refused}\n\n{error}")
        else:
            failed(error)

    ctx.act(
        lambda desk: take(desk, Path(name)),
        dialog,
        lambda taken: tell(dialog, wording.brought, taken_words(taken)),
        refused,
    )


def send_file(
    dialog: QWidget,
    ctx: Context,
    wording: Wording,
    write: Callable[[Desk, Path], int],
    written: Callable[[int], None],
    failed: Callable[[Exception], None],
) -> None:
    """Ask where to, and *write* the list there; *written* is told how many entries it has."""
    name, _kind = QFileDialog.getSaveFileName(dialog, wording.send, wording.file, wording.kinds)
    if name:
        ctx.read(lambda desk: write(desk, Path(name)), written, failed)


def taken_words(taken: Taken) -> str:
    """What an import did, a paragraph for each kind."""
    parts = []
    for words, names in ((_("Новые: {n}"), taken.added), (_("Изменены: {n}"), taken.changed)):
        head = words.format(n=len(names))
        parts.append(f"{head}\n{named(names)}" if names else head)
    parts.append(_("Были такими же: {n}").format(n=taken.same))
    return "\n\n".join(parts)


def named(names: Sequence[str]) -> str:
    """The first of *names*, and how many more there are."""
    words = ", ".join(f"«{name}»" for name in names[:_NAMED])
    rest = len(names) - _NAMED
    return _("{words} и ещё {n}").format(words=words, n=rest) if rest > 0 else words
