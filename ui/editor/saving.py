"""Autosave: one article's text on its way to the newsroom, one save at a time, never losing what was typed.

What is typed is sent 1.5 seconds after the last keystroke, and every 15 seconds while somebody types on. A save that
fails for the environment's sake is tried again; one that a person must mend waits for the next edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from newsroom.domain.article import Content, content_hash
from newsroom.domain.comments import Place
from newsroom.domain.errors import EnvironmentFault, NewsroomError, StaleEdit
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.text.document import Document
from newsroom.text.rewriter import Rewriter, Written
from ui.context import Context
from ui.editor.document_io import Part, blocks_of

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done

PAUSE = 1_500
LONGEST_WAIT = 15_000
#: The folder of the newsroom's home where texts are kept whose Markdown does not mean what was on the page.
MISREAD = "misread"
_RETRIES = (3_000, 10_000, 30_000)


class SaveState(Enum):
    """Where the text is."""

    #: Nothing was typed yet; an empty draft is not kept.
    EMPTY = "empty"
    SAVED = "saved"
    EDITED = "edited"
    SAVING = "saving"
    FAILED = "failed"
    #: Somebody else saved first; a person must choose.
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Draft:
    """What the desk holds at one moment, for the lanes. ``content`` has no body where ``parts`` say it."""

    content: Content
    #: None where the body was not touched: then the content holds its Markdown as it was read.
    parts: tuple[Part, ...] | None = None
    rewriter: Rewriter = field(default_factory=Rewriter)

    def whole(self) -> Content:
        """The content with its body as Markdown. Raises `InvalidInput`. Not for the GUI thread: it may take a while."""
        written = self.written()
        return self.content if written is None else self.content.with_(body=written.markdown)

    def written(self) -> Written | None:
        """The body as it is on the page and as Markdown; None where it was not touched. Like `whole` otherwise."""
        return None if self.parts is None else self.rewriter.write(Document(blocks_of(self.parts)))

    def is_empty(self) -> bool:
        """Whether nobody would miss it."""
        blank = Content(rubric=self.content.rubric, byline=self.content.byline, age=self.content.age)
        return self.content == blank and (self.parts is None or not blocks_of(self.parts))


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to."""

    article: ArticleId
    revision: int
    content: Content
    #: Of the content.
    hash: str
    #: True where the Markdown that was saved does not mean what is on the page; both were kept aside.
    misread: bool = False


class Saver(QObject):
    """Saves what *take_draft* gives.

    Signals:
        state_changed(SaveState): ``state`` is another one; ``error`` says why a save failed.
        saved(Saved): a revision was written, or was equal to the newest one.
        stale(Exception): somebody saved in between; nothing was overwritten.
        typed(): there is text that is not in the newsroom yet.
    """

    state_changed = Signal(object)
    saved = Signal(object)
    stale = Signal(object)
    typed = Signal()

    def __init__(self, ctx: Context, take_draft: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._take_draft = take_draft
        #: Where the words of comments are on the page; sent along with its text.
        self.places_of: Callable[[], Mapping[CommentId, Place]] = dict
        self.state = SaveState.EMPTY
        self.error: Exception | None = None
        self.article: ArticleId | None = None
        self.base_revision = 0
        #: Content hash of the base revision; empty where it is not known.
        self.base_hash = ""
        self._edits = 0
        self._saved_edits = 0
        self._running = False
        #: Grows when another article is opened: answers for the one before are dropped.
        self.sitting = 0
        self._failures = 0
        self._waiting: list[Callable[[bool], None]] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_WAIT)
        for timer in (self._pause, self._longest):
            timer.timeout.connect(self._save)

    @property
    def problem(self) -> str:
        """Why the last save failed, a finished sentence; empty where it did not."""
        return str(self.error) if self.error is not None else ""

    @property
    def dirty(self) -> bool:
        """Whether something typed is not in the newsroom yet."""
        return self._edits != self._saved_edits

    @property
    def busy(self) -> bool:
        """Whether a save is under way or will begin by itself."""
        return self._running or self._pause.isActive() or self._longest.isActive()

    def begin(self, article: ArticleId | None, revision: int, base_hash: str = "") -> None:
        """From now on save to *article*, whose text stands at *revision* of *base_hash*; None makes a new article."""
        self.sitting += 1
        self.article, self.base_revision, self.base_hash = article, revision, base_hash
        self._edits = self._saved_edits = self._failures = 0
        self._running = False
        self._stop_timers()
        self._answer(saved=True)
        self._set(SaveState.EMPTY if article is None else SaveState.SAVED)

    def rebase(self, revision: int, base_hash: str) -> None:
        """What is typed stands on *revision* now: the person has seen it, or it holds the same text."""
        self.base_revision, self.base_hash = revision, base_hash
        if self.state is SaveState.STALE:
            self._set(SaveState.EDITED)

    def edited(self) -> None:
        """Something was typed or chosen."""
        self._edits += 1
        self.typed.emit()
        if self.state is SaveState.STALE:
            return
        self._pause.start(PAUSE)
        if not self._longest.isActive():
            self._longest.start(LONGEST_WAIT)
        if self.state is not SaveState.SAVING:
            self._set(SaveState.EDITED)

    def flush(self, on_done: Callable[[bool], None]) -> None:
        """Save now what is not saved; then *on_done* whether everything is."""
        if not self.dirty or self._nothing_to_keep():
            on_done(True)
            return
        if self.state is SaveState.STALE:
            on_done(False)
            return
        self._waiting.append(on_done)
        self._save()

    def forget(self) -> None:
        """Give up what was typed; for the person who chose so."""
        self._saved_edits = self._edits
        self._stop_timers()

    def _nothing_to_keep(self) -> bool:
        return self.article is None and self._take_draft().is_empty()

    def _save(self) -> None:
        self._stop_timers()
        if self._running or not self.dirty or self.state is SaveState.STALE:
            return
        draft = self._take_draft()
        if self.article is None and draft.is_empty():
            self._set(SaveState.EMPTY)
            self._answer(saved=True)
            return
        places = self.places_of()
        article, base, edits, sitting = self.article, self.base_revision, self._edits, self.sitting
        home = self._ctx.newsroom.home if self._ctx.newsroom is not None else None
        kept: list[tuple[Content, str, bool]] = []

        def work(desk: Desk) -> Done[int]:
            from newsroom.desk.writing import create_article, save_article

            content, written = draft.whole(), draft.written()
            misread = written is not None and not written.reads_back()
            if misread and written is not None and home is not None:
                _keep_misread(home, article, written)
            kept.append((content, content_hash(content), misread))
            if article is None:
                return create_article(desk, content)
            return save_article(desk, article, content, base_revision=base, comments=places)

        def done(value: int) -> None:
            content, hash_, misread = kept[0]
            new = article is None
            saved = Saved(ArticleId(value) if new else article, 1 if new else value, content, hash_, misread)
            if sitting == self.sitting:
                self._finish(saved, edits)

        def failed(error: Exception) -> None:
            if sitting == self.sitting:
                self._fail(error)
            else:
                self._ctx.tasks.failed.emit(error)

        self._running = True
        self._set(SaveState.SAVING)
        self._ctx.act(work, self, done, failed)

    def _finish(self, saved: Saved, edits: int) -> None:
        self._running = False
        self._failures = 0
        self.article, self.base_revision, self.base_hash = saved.article, saved.revision, saved.hash
        self._saved_edits = edits
        if self.dirty:
            self._set(SaveState.EDITED)
            self._save() if self._waiting else self._pause.start(PAUSE)
        else:
            self._set(SaveState.SAVED)
        self.saved.emit(saved)
        if not self.dirty:
            self._answer(saved=True)

    def _fail(self, error: Exception) -> None:
        self._running = False
        self.error = error
        if isinstance(error, StaleEdit):
            self._set(SaveState.STALE)
            self._answer(saved=False)
            self.stale.emit(error)
            return
        self._set(SaveState.FAILED)
        self._answer(saved=False)
        if isinstance(error, EnvironmentFault):
            self._pause.start(_RETRIES[min(self._failures, len(_RETRIES) - 1)])
            self._failures += 1
        elif not isinstance(error, NewsroomError):
            self._ctx.tasks.failed.emit(error)

    def _answer(self, *, saved: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for on_done in waiting:
            on_done(saved)

    def _stop_timers(self) -> None:
        self._pause.stop()
        self._longest.stop()

    def _set(self, state: SaveState) -> None:
        if state is self.state is SaveState.EDITED:
            return  # every further keystroke
        if state is not SaveState.FAILED and state is not SaveState.STALE:
            self.error = None
        self.state = state
        self.state_changed.emit(state)


def _keep_misread(home: Path, article: ArticleId | None, written: Written) -> None:
    """A full disk is no reason not to save."""
    from newsroom.journal import keep_misread

    with suppress(EnvironmentFault):
        keep_misread(home / MISREAD, article, written)
