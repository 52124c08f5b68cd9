"""The article that is open: its page, its inspector, and the traffic of both with the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from newsroom.domain.article import Article, Content
from newsroom.domain.changes import Changes
from newsroom.domain.corrections import Correction
from newsroom.domain.errors import Blocked, InvalidInput, PersonError
from newsroom.domain.findings import Field, Finding
from newsroom.domain.house import House
from newsroom.domain.ids import ArticleId
from newsroom.domain.people import Action, Role
from newsroom.domain.queue import QueueItem
from newsroom.text.document import Document
from newsroom.words import _, n_
from ui import theme
from ui.context import Context
from ui.editor.carrying_out import CarryingOut
from ui.editor.checking import Checking
from ui.editor.commenting import Commenting
from ui.editor.corrections_in import read_corrections
from ui.editor.document_io import prepare
from ui.editor.draft_fields import DraftFields
from ui.editor.facts import Facts, read_facts
from ui.editor.header import Header, Notice, NoticeBox
from ui.editor.journal_keeper import JournalKeeper
from ui.editor.mending import MARKS, Mending
from ui.editor.page_view import PageView
from ui.editor.photo_adding import PhotoAdding
from ui.editor.questions import Choice, ConflictDialog, as_text
from ui.editor.readings import Readings
from ui.editor.ruling import Ruling
from ui.editor.saving import MISREAD, Saved, Saver, SaveState
from ui.editor.searching import Searching
from ui.editor.spelling import Spelling
from ui.editor.state_words import saved_words, warning_words
from ui.editor.toolbar import EditorToolbar
from ui.fields.inspector import Inspector
from ui.widgets import line

_PLAN_PAUSE = 900


class ArticlePane(QObject):
    """``text_pane``, which holds the given ``page``, and the given ``inspector`` are shown by whoever made the pane.

    Signals:
        saved_state_changed(str): for the status bar, a finished phrase.
        counts_changed(str): words and characters, a finished phrase.
        article_opened(int): this article is on the page now; also sent when a new one got its number.
    """

    saved_state_changed = Signal(str)
    counts_changed = Signal(str)
    article_opened = Signal(int)

    def __init__(self, ctx: Context, inspector: Inspector, page: PageView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.inspector = inspector
        self._article: Article | None = None
        self._items: tuple[QueueItem, ...] = ()
        self._asked = 0
        self.images = inspector.images
        self.page, self.head, self.body = page, page.head, page.body
        self.header = Header()
        self.toolbar = EditorToolbar(self.body)
        self._warning, self._notice = Notice(), Notice()
        self.fields = DraftFields(page, inspector, self)
        take_draft, texts = self.fields.take_draft, self.fields.texts
        self._saver = Saver(ctx, take_draft, self)
        self._journal = JournalKeeper(ctx, self._saver, take_draft, self)
        self._photos = PhotoAdding(ctx, self.body, self.toolbar, self.inspector.photo, self._saver, self)
        self._carrying_out = CarryingOut(ctx, self)
        self.comments = Commenting(ctx, inspector.comments, page, self._saver, self)
        self.spelling = Spelling((page.head.headline, page.head.lead, page.body), page, ctx, self)
        self.mending = Mending(ctx, self._saver, texts, self)
        self.ruling = Ruling(ctx, texts, self)
        self._checking = Checking(ctx, self._saver, take_draft, texts, inspector.findings.show_findings, self)
        self._plan_timer = QTimer(self, singleShot=True, interval=_PLAN_PAUSE)
        self.searching = Searching(ctx.tasks, page, self.header.preview, self)
        #: What the planning timer waits to carry out.
        self._plan_for: tuple[Article, datetime | None]
        self.text_pane = self._build()
        self._readings = Readings(ctx, self.header.preview, self._stack, take_draft, self)
        self._connect()
        self._take_settings()
        self._show_new()

    # -- opening

    def open(self, article_id: ArticleId) -> None:
        """Show this article; what was typed before is saved first, and where it cannot be, stays open."""
        self._asked += 1
        asked = self._asked
        if self._article is not None and self._article.id == article_id:
            # Another one was on its way, perhaps; this one is wanted again.
            self._reread_facts(article_id)
            self.article_opened.emit(int(article_id))
            return

        def read(facts: Facts) -> None:
            if asked == self._asked:
                # What was typed while the other was read is saved too.
                self._leave(lambda: self._show(facts, opened=True), asked)

        self._leave(lambda: self._ctx.read(lambda desk: read_facts(desk, article_id), read), asked)

    def new_article(self) -> None:
        """Begin an empty draft; it is kept from the first word on."""

        self._asked += 1

        def begin() -> None:
            self._show_new()
            self.head.headline.setFocus()

        self._leave(begin, self._asked)

    def _leave(self, go: Callable[[], None], asked: int) -> None:
        """Save what is open, then *go*, unless something else was asked for in the meantime."""

        def left(saved: bool) -> None:
            if asked == self._asked and saved:
                go()
            elif asked == self._asked and self._saver.dirty:
                self._say_not_left()

        self.finish(left)

    def finish(self, on_done: Callable[[bool], None]) -> None:
        """`flush`, and a comment that is being written is kept: the article is about to be left."""
        self.flush(lambda saved: self.comments.composing.keep_begun(on_done) if saved else on_done(False))

    def flush(self, on_done: Callable[[bool], None]) -> None:
        """Save what is not saved yet, then call *on_done* with whether everything is."""
        self.body.turns.finish()
        self._saver.flush(on_done)

    def end(self) -> None:
        """The window closes: nothing is typed any more."""
        self._journal.close()
        self.comments.composing.close()
        self.spelling.end()

    def idle(self) -> bool:
        """Whether nothing of this pane is under way or about to be."""
        return not (
            self._checking.busy
            or self.comments.busy
            or self._saver.busy
            or self._journal.busy
            or self._photos.busy
            or self._plan_timer.isActive()
        )

    @property
    def safe(self) -> bool:
        """Whether what is not saved would be offered again if the program ended now."""
        return self._journal.safe and self.comments.composing.safe

    @property
    def article(self) -> Article | None:
        """The article on the page as it was last read; None for a new one."""
        return self._article

    @property
    def role(self) -> Role:
        return self._ctx.desk.person.role if self._ctx.desk is not None else Role.EDITOR

    @property
    def house(self) -> House:
        return self._ctx.settings.house if self._ctx.settings is not None else House()

    def _build(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("ground", "surface")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(NoticeBox(self._warning, self._notice))
        self._stack = QStackedWidget()
        place = QWidget()
        writing = QVBoxLayout(place)
        writing.setContentsMargins(0, 0, 0, 0)
        writing.setSpacing(0)
        self.toolbar.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_XS)
        writing.addWidget(self.toolbar)
        writing.addWidget(line())
        writing.addWidget(self.page, 1)
        self._stack.addWidget(place)
        column.addWidget(self._stack, 1)
        return pane

    def _connect(self) -> None:
        self.fields.edited.connect(self._edited)
        self.body.counted.connect(self._counted)
        self.images.ready.connect(lambda photo, _width: self.body.photo_arrived(photo))
        self._photos.told.connect(lambda words: self._notice.say(words, _("Понятно"), lambda: self._notice.say("")))
        self._photos.refused.connect(self._refused)
        self.inspector.findings.chosen.connect(self.go_to)
        self.inspector.findings.mend_wanted.connect(self.mending.mend)
        self.inspector.findings.rule_wanted.connect(self.ruling.make_rule_of)
        self.inspector.findings.explanation_wanted.connect(self._explain)
        self.inspector.findings.pass_over_wanted.connect(
            lambda finding: self.mending.pass_over(finding, self.text_pane)
        )
        self.mending.changed.connect(self._checking.now)
        self.inspector.publication.planned.connect(self._planned)
        self._readings.refused.connect(self._refused)
        self.inspector.history.wanted.connect(self.show_history)
        self.comments.section_wanted.connect(lambda: self.inspector.ensureWidgetVisible(self.inspector.comments, 0, 0))
        self.comments.text_wanted.connect(lambda: self.header.preview.setChecked(False))
        self.comments.card_wanted.connect(lambda card: self.inspector.ensureWidgetVisible(card, 0, theme.SPACE_XL))
        self.header.move_chosen.connect(self._move)
        self._saver.state_changed.connect(lambda _state: self._say_saved())
        self._saver.saved.connect(self._saved)
        self._saver.stale.connect(self._overtaken)
        self._carrying_out.carried_out.connect(self._reread_facts)
        self._carrying_out.refused.connect(self._refused)
        self._carrying_out.thought_better.connect(self._reread_facts)
        self._plan_timer.timeout.connect(self._plan)
        self._ctx.changed.connect(self._changed_elsewhere)
        self._ctx.signed_in.connect(self._show_facts)
        self._ctx.settings_changed.connect(self._take_settings)

    def _show(self, facts: Facts, *, opened: bool) -> None:
        self._article, self._items = facts.article, facts.items
        assert facts.text is not None
        self.fields.show(facts.article.content, facts.text)
        if opened:
            self.spelling.begin()
            self.header.preview.setChecked(False)
            self.page.verticalScrollBar().setValue(0)
            self.inspector.verticalScrollBar().setValue(0)
        self._saver.begin(facts.article.id, facts.article.revision, facts.article.hash)
        self._notice.say("")
        if facts.problem:
            words = _("Текст показан как есть и сохранён без изменений. {problem}").format(problem=facts.problem)
            self._notice.say(words, _("Понятно"), lambda: self._notice.say(""), warns=True)
        self._show_facts()
        self._checking.now()
        if opened:
            self.article_opened.emit(int(facts.article.id))

    def _show_new(self) -> None:
        self._article, self._items = None, ()
        self.fields.show(Content(), prepare(Document()))
        self.spelling.begin()
        self.header.preview.setChecked(False)
        self._saver.begin(None, 0)
        self._notice.say("")
        self._show_facts()
        self._checking.now()

    def _show_facts(self) -> None:
        """Show everything about the article that is not its content."""
        article = self._article
        read_only = article is not None and article.killed
        self.head.set_read_only(read_only)
        self.body.setReadOnly(read_only)
        self.toolbar.setEnabled(not read_only)
        if not self._plan_timer.isActive():
            self.inspector.show_facts(article, self._items, read_only=read_only)
        self.comments.follow(article)
        self.spelling.follow(article)
        self.header.show_moves(article, self.role)
        words, warns = warning_words(article, self._items, self.house)
        self._warning.say(words, warns=warns)
        self._say_saved()

    def _take_settings(self) -> None:
        if self._ctx.settings is not None:
            self.head.set_house(self._ctx.settings.house)
            self.inspector.set_settings(self._ctx.settings)
            self._checking.soon()

    # -- typing and saving

    def _edited(self) -> None:
        self._saver.edited()
        self._checking.soon()

    def _saved(self, saved: Saved) -> None:
        first = self._article is None
        self.inspector.show_slug_problem("")
        if not self._saver.dirty:
            self.fields.settle(saved.content)
        self._reread_facts(saved.article)
        if saved.misread:
            words = _(
                "Сохранено, но разметка читается не так, как выглядит страница. Обе копии лежат в папке «{folder}» "
                "редакции: покажите их тому, кто следит за программой."
            )
            self._notice.say(words.format(folder=MISREAD), _("Понятно"), lambda: self._notice.say(""), warns=True)
        if first:
            self.article_opened.emit(int(saved.article))

    def _reread_facts(self, article_id: ArticleId) -> None:
        """Read states and queue of the open article anew; its text stays as it is on the page."""
        asked = self._asked

        def read(facts: Facts) -> None:
            if asked != self._asked or (self._article is not None and self._article.id != facts.article.id):
                return
            overtaken = facts.article.revision > self._saver.base_revision and facts.text is not None
            if overtaken and self._saver.state is not SaveState.SAVING:
                self._take_in(self._changed_text)
            else:
                self._article, self._items = facts.article, facts.items
                self._show_facts()
                self._checking.soon()
                if facts.article.killed and self._saver.dirty:
                    self._offer_draft()

        known = self._saver.base_revision
        self._ctx.read(lambda desk: read_facts(desk, article_id, known_revision=known), read)

    def _changed_elsewhere(self, changes: Changes, initiator: object) -> None:
        own = initiator in (self._saver, self._carrying_out)
        if not own and self._article is not None and self._article.id in changes.articles:
            self._reread_facts(self._article.id)
        if changes.photos:
            self.images.forget_unreadable()

    def _take_in(self, otherwise: Callable[[Facts], None]) -> None:
        """Put what was corrected elsewhere into the page; *otherwise* where more than a correction came in between."""
        article, base, sitting = self._saver.article, self._saver.base_revision, self._saver.sitting
        if article is None:
            return

        def read(answer: tuple[Facts, tuple[Correction, ...] | None]) -> None:
            facts, corrections = answer
            saver = self._saver
            # A save under way will be refused, and asks again.
            if (saver.sitting, saver.base_revision) != (sitting, base) or saver.state is SaveState.SAVING:
                return
            if corrections is None or not self._put_in(facts, corrections):
                otherwise(facts)

        self._ctx.read(lambda desk: read_corrections(desk, article, base), read)

    def _put_in(self, facts: Facts, corrections: Sequence[Correction]) -> bool:
        """Whether *corrections* are on the page now, which stands on the newest revision then."""
        dirty = self._saver.dirty
        made = self.fields.put_in(corrections)
        if made is None:
            return False
        self._article, self._items = facts.article, facts.items
        if dirty:
            self._saver.rebase(facts.article.revision, facts.article.hash)
            self._saver.edited()
        else:
            self.fields.settle(facts.article.content)
            self._saver.begin(facts.article.id, facts.article.revision, facts.article.hash)
        self._show_facts()
        self._checking.soon()
        if made:
            words = _("{name}: «{old}» → «{new}». Исправление внесено и на эту страницу.")
            told = words.format(name=facts.article.updated_by, old=made[-1].place.anchor.selected, new=made[-1].new)
            self._notice.say(told, _("Понятно"), lambda: self._notice.say(""))
        else:
            self._notice.say("")
        return True

    def _changed_text(self, facts: Facts) -> None:
        if not self._saver.dirty:
            place = self.body.textCursor().position()
            scroll = self.page.verticalScrollBar().value()
            self._show(facts, opened=False)
            cursor = self.body.textCursor()
            cursor.setPosition(min(place, self.body.document().characterCount() - 1))
            self.body.setTextCursor(cursor)
            self.page.verticalScrollBar().setValue(scroll)
            words = _("Статью обновил(а) {name}: на странице свежая версия.").format(name=facts.article.updated_by)
            self._notice.say(words, _("Понятно"), lambda: self._notice.say(""))
        else:
            words = _("{name} тем временем сохранил(а) эту статью. Ваш текст на месте.")
            self._notice.say(
                words.format(name=facts.article.updated_by), _("Сравнить…"), lambda: self._decide(facts), warns=True
            )

    def _overtaken(self, error: Exception) -> None:
        article = self._saver.article
        if article is None:
            return
        words = _("{problem} Он остаётся на странице.").format(problem=error)

        def ask(facts: Facts) -> None:
            self._notice.say(words, _("Сравнить…"), lambda: self._decide(facts), warns=True)

        self._take_in(ask)

    def _decide(self, theirs: Facts) -> None:
        draft = self.fields.take_draft()
        self._ctx.tasks.background(draft.whole, lambda mine: self._ask_whose(mine, theirs))

    def _ask_whose(self, mine: Content, theirs: Facts) -> None:
        dialog = ConflictDialog(self._ctx, mine, theirs.article.content, theirs.article.updated_by, self.text_pane)
        dialog.exec()
        dialog.changes.clear()
        dialog.deleteLater()
        match dialog.choice:
            case Choice.KEEP_MINE:
                self._saver.rebase(theirs.article.revision, theirs.article.hash)
                self._saver.edited()
                self._notice.say("")
                self.flush(lambda _saved: None)
            case Choice.TAKE_THEIRS:
                QApplication.clipboard().setText(as_text(mine))
                self._saver.forget()
                self._show(theirs, opened=False)
                self._notice.say(_("Ваш текст — в буфере обмена."), _("Понятно"), lambda: self._notice.say(""))
            case Choice.NEW_DRAFT:
                self._keep_as_draft()
            case Choice.LATER:
                pass

    def _keep_as_draft(self) -> None:
        """What is on the page becomes an article of its own."""
        self._asked += 1
        self._article, self._items = None, ()
        self.fields.drop_slug()
        self._saver.begin(None, 0)
        self._saver.edited()
        self._notice.say("")
        self._show_facts()
        self.flush(lambda _saved: None)

    def _offer_draft(self) -> None:
        """A killed article takes no text any more, and the page could not be left."""
        words = _("Статью аннулировали, пока вы её правили: вашего текста в ней не будет.")
        self._notice.say(words, _("Отдельным черновиком"), self._keep_as_draft, warns=True)

    def _say_saved(self) -> None:
        state = self._saver.state
        words = saved_words(state, self._saver.problem, self._article, self.house)
        wrong = state in (SaveState.STALE, SaveState.FAILED)
        self.header.say(words, wrong=wrong)
        if isinstance(self._saver.error, InvalidInput) and self.fields.slug_edited:
            self.inspector.show_slug_problem(self._saver.problem)
        self.saved_state_changed.emit(words)

    def _say_not_left(self) -> None:
        if self._article is not None and self._article.killed:
            self._offer_draft()
            return
        self._notice.say(
            _("Статья осталась открытой: её текст ещё не сохранён. {problem}").format(problem=self._saver.problem),
            _("Скопировать текст"),
            self._copy_text,
            warns=True,
        )

    def _copy_text(self) -> None:
        draft = self.fields.take_draft()
        self._ctx.tasks.background(draft.whole, lambda content: QApplication.clipboard().setText(as_text(content)))

    def _explain(self, code: str) -> None:
        from ui.dialogs.checks import ChecksDialog

        ChecksDialog(self.window(), code).open()

    def _counted(self, words: int, characters: int) -> None:
        parts = (n_("{n} слово", "{n} слов", words), n_("{n} знак", "{n} знаков", characters))
        self.counts_changed.emit(" · ".join(parts))

    # -- what others ask of the page

    def go_to(self, finding: Finding) -> None:
        """Go to the place of *finding*, or to the field where it is mended."""
        self.focus_field(finding.field)
        edit = self.mending.select(finding)
        if edit in (self.head.headline, self.head.lead, self.body):
            self.page.show_cursor_of(edit)

    def mend_marks(self) -> int:
        """Put in every mark that is missing; how many there were."""
        return self.mending.mend_all([one for one in self.inspector.findings.findings if one.code in MARKS])

    def typography(self) -> bool:
        """Show what the house would set otherwise, and set what is chosen; False where there is nothing."""
        from ui.dialogs.typography import ask_changes
        from ui.editor.sheet import read_sheet, typeset_changes

        self.header.preview.setChecked(False)
        sheet = read_sheet(self.fields.take_draft().content, self.fields.texts)
        for _block in sheet.steps():
            pass
        changes = typeset_changes(sheet, self.house.style)
        if changes:
            self.mending.mend_all(ask_changes(self.text_pane, changes))
        return bool(changes)

    def focus_field(self, field: Field) -> None:
        """Go to where *field* is mended."""
        self.header.preview.setChecked(False)
        self.fields.focus(field)

    def read_content(self, on_done: Callable[[Content, Article | None], None]) -> None:
        """Give *on_done* the text as it stands on the page, saved or not, and its article."""
        draft, article = self.fields.take_draft(), self._article
        self._ctx.tasks.background(draft.whole, lambda content: on_done(content, article))

    # -- what is done with the article

    def show_history(self) -> None:
        """Save what is open, then show all its revisions."""

        def then(_saved: bool) -> None:
            if self._saver.article is not None:
                self._readings.show_history(self._saver.article)
            else:
                self._notice.say(_("Сначала напишите статью."), _("Понятно"), lambda: self._notice.say(""))

        self.flush(then)

    def _move(self, action: Action) -> None:
        def then(saved: bool) -> None:
            if saved and self._saver.article is not None:
                self._carrying_out.carry_out(
                    action, self._saver.article, self._saver.base_revision, self._article, self.text_pane
                )
            elif saved:
                self._notice.say(_("Сначала напишите статью."), _("Понятно"), lambda: self._notice.say(""))

        self.flush(then)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Blocked):
            self.inspector.findings.show_findings(error.blockers)
            words = _("Пока нельзя: исправьте замечания справа.")
            first = error.blockers[0]
            self._notice.say(words, _("К первому"), lambda: self.go_to(first), warns=True)
        else:
            self._notice.say(str(error), _("Понятно"), lambda: self._notice.say(""), warns=True)
        if self._article is not None and isinstance(error, PersonError):
            self._reread_facts(self._article.id)

    def _planned(self, when: datetime | None) -> None:
        """Wait until the person has turned the clock all the way."""
        if self._article is not None:
            self._plan_for = (self._article, when)
            self._plan_timer.start()

    def _plan(self) -> None:
        self._carrying_out.plan(*self._plan_for, self.text_pane.window())
