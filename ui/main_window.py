"""The one window: rail, pages, menus, status line. It shows what the session and the pages tell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from newsroom.domain.errors import DatabaseUnavailable, EnvironmentFault
from newsroom.domain.findings import Field
from newsroom.words import _, n_
from ui.articles.page import ArticlesPage
from ui.articles.snapshot import read_snapshot, snapshot_file, write_snapshot
from ui.context import Context
from ui.dialogs.messages import ask, show_error, words_of
from ui.menus import Menus
from ui.preferences import ZOOMS, Preferences
from ui.rail import Rail
from ui.session import Session
from ui.start_page import StartPage
from ui.status_bar import StatusBar
from ui.theme import apply_theme, tokens
from ui.widgets import Panes

if TYPE_CHECKING:
    from newsroom.desk.reading import Counters
    from newsroom.domain.article import Article, ArticleRow, Content
    from newsroom.domain.people import Person
    from ui.editor.article_pane import ArticlePane
    from ui.sweep.met import Met

#: Below this width the rail shows icons alone.
NARROW = 1180
#: Milliseconds from the pane for writing to the word lists of spelling.
_SPELLING_LATER = 1000


class MainWindow(QMainWindow):
    """Signals:

    painted(): the window has been on the screen for the first time; heavy work may begin.
    language_wanted(str): the person chose another language, and what was open is saved.
    closed(): the window is gone for good.
    """

    painted = Signal()
    language_wanted = Signal(str)
    closed = Signal()

    def __init__(self, ctx: Context, session: Session, preferences: Preferences, login: str = "") -> None:
        super().__init__()
        self._ctx, self._session, self.preferences = ctx, session, preferences
        self._login = login
        self._was_painted = False
        self._may_close = False
        self._flushing = False
        self._leftovers_offered = False
        self._connected = True
        self._focus_mode = False
        #: Whether F8 goes through doubtful words now, not through remarks.
        self._among_words = False
        self.setWindowTitle(_("Редакция"))
        self.setMinimumSize(560, 420)

        self.menus = Menus(self)
        self.rail = Rail(self.menus.person)
        self.rail.wanted.connect(self.show_page)
        self.pages = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self.articles = ArticlesPage(ctx)
        self._add_page("articles", self.articles)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.pages, 1)
        self.start = StartPage(session.home)
        self._places = QStackedWidget()
        self._places.addWidget(work)
        self._places.addWidget(self.start)
        self.setCentralWidget(self._places)
        self.status = StatusBar()
        self.setStatusBar(self.status)

        self._connect()
        self._restore()
        snapshot = read_snapshot(snapshot_file(session.home))
        if snapshot is not None:
            self.articles.show_snapshot(snapshot)
        self.show_page("articles")
        self.articles.view.setFocus()

    def _connect(self) -> None:
        ctx, session = self._ctx, self._session
        self.painted.connect(self.articles.prepare)
        ctx.message.connect(self.status.tell)
        ctx.signed_in.connect(self._signed_in)
        ctx.settings_changed.connect(self._settings_changed)
        ctx.open_article.connect(self._show_articles)
        ctx.tasks.failed.connect(self.show_failure)
        session.missing.connect(self._show_missing)
        session.opened.connect(self._opened)
        session.failed.connect(self._open_failed)
        session.counted.connect(self._show_counters)
        session.connected.connect(self._show_connection)
        self.start.create_wanted.connect(self._create)
        self.start.sample_wanted.connect(self._open_sample)
        self.start.retry_wanted.connect(self._retry)
        self.articles.prepared.connect(self._begin_spelling)
        self.articles.first_rows.connect(self._keep_snapshot)
        self.articles.saved_state_changed.connect(self.status.saved.setText)
        self.articles.counts_changed.connect(self.status.counts.setText)
        self.articles.fields_wanted.connect(self._show_fields)
        self.status.counts.clicked.connect(self.show_statistics)

    # Pages

    def show_page(self, name: str) -> None:
        """Show the page *name* of `ui.rail.PAGES`; it is built when it is first wanted."""
        page = self._made.get(name)
        new = page is None
        if page is None:
            if self._ctx.desk is None:
                self.rail.show_page(self._shown())
                return
            page = self._make_page(name)
        if name != "articles":
            self.set_focus_mode(False)
        self.pages.setCurrentWidget(page)
        if new:
            page.take_keyboard()  # later Qt brings it back to where it was on the page
        self.status.counts.setVisible(name == "articles")
        self.rail.show_page(name)
        self.menus.show_page(name)

    def _show_articles(self, _article: int) -> None:
        self.show_page("articles")

    def _make_page(self, name: str) -> QWidget:
        page: QWidget
        match name:
            case "queue":
                from ui.queue.page import QueuePage

                page = QueuePage(self._ctx)
            case "reports":
                from ui.reports.page import ReportsPage

                page = ReportsPage(self._ctx)
            case _:
                from ui.photos.page import PhotosPage

                page = PhotosPage(self._ctx)
        self._add_page(name, page)
        return page

    def _add_page(self, name: str, page: QWidget) -> None:
        self._made[name] = page
        self.pages.addWidget(page)
        panes = page.findChild(Panes)
        if panes is not None:
            panes.restore_widths(self.preferences.widths(name))

    def _shown(self) -> str:
        current = self.pages.currentWidget()
        return next(name for name, page in self._made.items() if page is current)

    def page_commands(self) -> tuple[list[QAction], list[QAction]]:
        """What the page that is shown can do now: with the text at the cursor, and with what is selected."""
        page = self.pages.currentWidget() if self._ctx.desk is not None else None
        text = page.text_commands() if isinstance(page, ArticlesPage) else []
        return text, page.commands() if page is not None else []

    def new_article(self) -> None:
        """Begin a new article on its page."""
        self.show_page("articles")
        self.articles.new_article()

    def import_articles(self) -> None:
        """Let the person choose files, and bring them in as new articles."""
        self.show_page("articles")
        self.articles.ask_for_texts()

    def save(self) -> None:
        """Save what is open at once; otherwise it is saved a little after the last keystroke."""
        self.articles.flush(lambda _saved: None)

    def find(self, *, replacing: bool = False) -> None:
        """Find, and replace, in the text of the open article; where none is open, find an article."""
        pane = self.articles.shown_pane()
        if pane is not None and self._shown() == "articles":
            pane.find(replacing=replacing)
        else:
            self.focus_search()

    def find_next(self, step: int) -> None:
        """The next place found in the text (1) or the one before (-1)."""
        pane = self.articles.shown_pane()
        if pane is not None and self._shown() == "articles":
            pane.find_next(step)

    def go_to_remark(self, step: int) -> None:
        """Go to where the next remark on the open article is mended (1), or the one before (-1).

        Behind the last remark come the words whose spelling is doubted, behind those the first remark again.
        """
        pane = self.articles.shown_pane()
        if pane is None or self._shown() != "articles":
            return
        if self._among_words:
            pane.spelling.step_once(step, anew=False)
            return
        findings = pane.inspector.findings
        found = findings.step(step)
        if found is None:
            self._among_words = True
            pane.header.preview.setChecked(False)
            pane.spelling.step_once(step, anew=True)
            return
        remark, number = found
        if remark.field not in (Field.HEADLINE, Field.LEAD, Field.BODY):
            self._show_fields()
        pane.go_to(remark)
        words = _("Замечание {number} из {count}: {text}")
        self.status.tell(words.format(number=number, count=len(findings.findings), text=remark.message))

    def mend_remark(self) -> None:
        """Put in the fix of the remark that was gone to last, and go to the next one."""
        pane = self._written_pane()
        remark = pane.inspector.findings.current if pane is not None else None
        if pane is None or remark is None:
            self.status.tell(_("Замечаний нет."))
        elif pane.mending.mend(remark):
            self.status.tell(_("Исправлено: {text}").format(text=remark.message))

    def pass_over_remark(self) -> None:
        """Ask why, and pass over the remark that was gone to last."""
        pane = self._written_pane()
        remark = pane.inspector.findings.current if pane is not None else None
        if pane is None or remark is None:
            self.status.tell(_("Замечаний нет."))
        else:
            pane.mending.pass_over(remark, self)

    def mend_marks(self) -> None:
        """Put in every required mark that is missing in the open article."""
        pane = self._written_pane()
        if pane is not None:
            count = pane.mend_marks()
            self.status.tell(n_("Поставлена {n} пометка", "Поставлено {n} пометок", count))

    def set_typography(self) -> None:
        """Show what the house would set otherwise in the open article."""
        pane = self._written_pane()
        if pane is not None and not pane.typography():
            self.status.tell(_("Типографика в порядке."))

    def sweep(self) -> None:
        """Look for a mistake in everything that readers see; the selected words are what is looked for."""
        if self._ctx.desk is None:
            return
        from ui.sweep.dialog import show_sweep

        met = self._met()
        show_sweep(self, self._ctx, met.words if met is not None else "")

    def make_rule(self) -> None:
        """Make a rule of the house of the words that are selected."""
        pane, met = self._written_pane(), self._met()
        if pane is not None and met is not None:
            pane.ruling.make_rule(met)
        elif pane is not None:
            self.status.tell(_("Выделите слова, о которых правило."))

    def _met(self) -> Met | None:
        """The words that are selected in the open article."""
        pane = self.articles.shown_pane() if self._shown() == "articles" else None
        return pane.ruling.selected() if pane is not None else None

    def _show_fields(self) -> None:
        """Show what stands beside the text."""
        self.set_focus_mode(False)
        self.articles.panes.reveal(2)

    def write_comment(self) -> None:
        """Write a comment on the words that are selected in the open article."""
        pane = self._written_pane()
        if pane is not None:
            pane.comments.begin()

    def go_to_comment(self, step: int) -> None:
        """Go to the words of the next comment on the open article (1), or of the one before (-1)."""
        pane = self._written_pane()
        if pane is not None and not pane.comments.step(step):
            self.status.tell(_("Комментариев нет."))

    def resolve_comment(self) -> None:
        """Mark the comment at the cursor as resolved."""
        pane = self._written_pane()
        if pane is not None and not pane.comments.resolve_current():
            self.status.tell(_("Поставьте курсор в слова с комментарием."))

    def _written_pane(self) -> ArticlePane | None:
        """The pane for writing where it is what the window shows."""
        pane = self.articles.shown_pane()
        if pane is None or self._shown() != "articles":
            self.status.tell(_("Сначала откройте статью."))
            return None
        return pane

    def go_to_doubtful_word(self, step: int) -> None:
        """Select the next word of the open article whose spelling is doubted (1), or the one before (-1)."""
        pane = self.articles.shown_pane()
        if pane is not None and self._shown() == "articles":
            pane.header.preview.setChecked(False)
            pane.spelling.step(step)

    def enter_word(self) -> None:
        """Enter the word at the cursor in the house dictionary."""
        word = self._word_at_cursor()
        if word:
            self.articles.pane.spelling.enter(word)

    def pass_over_word(self) -> None:
        """Mark the word at the cursor no more in this article, or again."""
        word = self._word_at_cursor()
        if not word:
            return
        spelling = self.articles.pane.spelling
        if spelling.marks.is_passed_over(word):
            spelling.mark_again(word)
            self.status.tell(_("«{word}» в этой статье снова проверяется.").format(word=word))
        else:
            spelling.pass_over(word)
            self.status.tell(_("«{word}» в этой статье пропускается.").format(word=word))

    def _word_at_cursor(self) -> str:
        pane = self._written_pane()
        word = pane.spelling.word_at_cursor() if pane is not None else ""
        if pane is not None and not word:
            self.status.tell(_("Поставьте курсор в слово."))
        return word

    def show_words(self) -> None:
        """The house dictionary."""
        if self._ctx.desk is not None:
            from ui.dialogs.words import show_words

            show_words(self, self._ctx)

    def show_rules(self) -> None:
        """The rules of the house."""
        if self._ctx.desk is not None:
            from ui.dialogs.rules import show_rules

            show_rules(self, self._ctx)

    def show_style(self) -> None:
        """The typography of the house."""
        from ui.dialogs.style import show_style

        show_style(self, self._ctx)

    def show_marks(self) -> None:
        """The marks that the newsroom requires beside names."""
        if self._ctx.desk is not None:
            from ui.dialogs.marks import show_marks

            show_marks(self, self._ctx)

    def set_spelling(self, on: bool) -> None:
        """Mark doubtful words, or not; remembered."""
        self.preferences.spelling = on
        if self.articles.pane is not None:
            self.articles.pane.spelling.set_on(on)

    def _begin_spelling(self) -> None:
        pane = self.articles.pane
        if pane is not None:
            pane.spelling.none_left.connect(self._no_word_left)
            pane.article_opened.connect(lambda _article: self._walk_anew())
            # The newsroom is opened first.
            QTimer.singleShot(_SPELLING_LATER, self, lambda: pane.spelling.set_on(self.preferences.spelling))

    def _no_word_left(self) -> None:
        walking, self._among_words = self._among_words, False
        self.status.tell(_("Замечаний и сомнительных слов больше нет.") if walking else _("Сомнительных слов нет."))

    def _walk_anew(self) -> None:
        self._among_words = False

    def show_statistics(self) -> None:
        """How long the open text is, above the counter in the status line."""
        from ui.editor.statistics import StatisticsCard

        pane = self.articles.shown_pane()
        if pane is not None:
            StatisticsCard(pane.statistics(), self).show_above(self.status.counts)

    def show_history(self) -> None:
        """All revisions of the article that is open, or selected in the queue."""
        show = getattr(self.pages.currentWidget(), "show_history", None)
        if show is not None and self._ctx.desk is not None:
            show()
        else:
            self.status.tell(_("Откройте статью: история версий есть у каждой."))

    def print_article(self) -> None:
        """Print the open article as readers see it."""
        from ui.review.output import ask_for_printer

        self._with_open_text(lambda content, article: ask_for_printer(self._ctx, self, content, article))

    def save_pdf(self) -> None:
        """Write the open article as readers see it into a PDF file."""
        from ui.review.output import ask_for_pdf

        self._with_open_text(lambda content, article: ask_for_pdf(self._ctx, self, content, article))

    def _with_open_text(self, use: Callable[[Content, Article | None], None]) -> None:
        pane = self.articles.shown_pane()
        if pane is None or self._shown() != "articles":
            self.status.tell(_("Сначала откройте статью."))
            return
        pane.read_content(use)

    def focus_search(self) -> None:
        """Put the cursor into the search field of the articles page."""
        self.show_page("articles")
        self.set_focus_mode(False)
        self.articles.panes.reveal(0)
        self.articles.filters.focus_search()

    def toggle_pane(self, index: int) -> None:
        """Hide or show the list (0) or the inspector (2) of the page that is shown."""
        self.set_focus_mode(False)
        panes = self._panes()
        if panes is not None:
            panes.toggle(index)

    def next_pane(self) -> None:
        """Move the keyboard to the next visible pane of the page."""
        panes = self._panes()
        if panes is not None:
            panes.focus_next()

    def _panes(self) -> Panes | None:
        page = self.pages.currentWidget()
        return page.findChild(Panes) if page is not None else None

    # The session

    def open(self) -> None:
        """Open the newsroom, then sign in whoever was here last."""
        self._session.open()

    def ask_who(self) -> None:
        """Let somebody else sit down; what is open is saved first."""
        self._when_saved(lambda: self._session.read_people(self._choose_person))

    def resume(self) -> None:
        """The newsroom is open and somebody is signed in already: the window was built anew in another language."""
        self._settings_changed()
        self._signed_in()

    def _opened(self, people: list[Person]) -> None:
        self._places.setCurrentIndex(0)
        self._show_connection(True)
        logins = {person.login for person in people}
        wanted = self._login or self.preferences.last_login
        if wanted in logins or self._login:
            self._session.sign_in(wanted)
        else:
            self._choose_person(people)

    def _choose_person(self, people: list[Person]) -> None:
        from ui.dialogs.sign_in import SignInDialog

        now = self._ctx.desk.person.login if self._ctx.desk else self.preferences.last_login
        dialog = SignInDialog(self, people, now)
        dialog.chosen.connect(self._session.sign_in)
        dialog.open()

    def _signed_in(self) -> None:
        desk = self._ctx.desk
        assert desk is not None
        self.preferences.last_login = desk.person.login
        self.rail.show_person(desk.person)
        self.articles.start()
        if not self._leftovers_offered:
            self._leftovers_offered = True
            from ui.editor.recovery import offer_leftovers

            offer_leftovers(self._ctx, self, self._ctx.open_article.emit)

    def _settings_changed(self) -> None:
        if self._ctx.settings is not None:
            self.setWindowTitle(self._ctx.settings.house.name)

    def _show_missing(self) -> None:
        self.start.show_missing()
        self._places.setCurrentWidget(self.start)

    def _open_failed(self, error: Exception) -> None:
        self.start.show_error(error)
        self._places.setCurrentWidget(self.start)

    def _create(self) -> None:
        self.start.show_working(_("Редакция создаётся…"))
        self._session.create()

    def _open_sample(self) -> None:
        self.start.show_working(_("Пример готовится: это несколько секунд…"))
        self._session.open_sample()

    def _retry(self) -> None:
        self.start.show_working(_("Ещё одна попытка…"))
        self._session.open()

    def _show_counters(self, counters: Counters) -> None:
        self.status.show_publisher(counters)
        queue = counters.waiting + counters.attention
        parts = [n_("{n} ждёт одобрения", "{n} ждут одобрения", counters.waiting)] if counters.waiting else []
        if counters.attention:
            parts.append(n_("{n} требует внимания", "{n} требуют внимания", counters.attention))
        self.rail.buttons["queue"].set_number(queue, ", ".join(parts) or _("Очередь"))
        reports = counters.open_reports
        words = n_("{n} новое сообщение об опечатке", "{n} новых сообщений об опечатках", reports)
        self.rail.buttons["reports"].set_number(reports, words if reports else _("Опечатки"))

    def _show_connection(self, connected: bool) -> None:
        newsroom = self._ctx.newsroom
        if newsroom is not None:
            self._connected = connected
            self.status.show_database("SQLite" if newsroom.embedded else "PostgreSQL", connected=connected)

    def _keep_snapshot(self, rows: list[ArticleRow]) -> None:
        settings = self._ctx.settings
        if settings is not None:
            file, zone = snapshot_file(self._session.home), settings.house.zone
            self._ctx.tasks.background(lambda: write_snapshot(file, rows, zone))

    def show_failure(self, error: Exception) -> None:
        """Tell of an error nobody else took care of; a lost connection is told once, in the status line."""
        newsroom = self._ctx.newsroom
        if isinstance(error, DatabaseUnavailable) and newsroom is not None and not newsroom.embedded:
            # The next look at the server is up to two seconds away; a dialog now would take the keys of whoever types.
            self._show_connection(False)
        if isinstance(error, EnvironmentFault) and not self._connected:
            self.status.tell(words_of(error)[1].splitlines()[0])
        elif self.isVisible():
            show_error(self, error)

    # The look

    def set_theme(self, name: str) -> None:
        """Use the theme *name* from now on."""
        self.preferences.theme = name
        apply_theme(_application(), name)

    def step_zoom(self, step: int) -> None:
        """One size larger (1) or smaller (-1), or the designed one (0)."""
        place = ZOOMS.index(self.preferences.zoom) if self.preferences.zoom in ZOOMS else ZOOMS.index(1.0)
        zoom = ZOOMS[min(len(ZOOMS) - 1, max(0, place + step))] if step else 1.0
        self.preferences.zoom = zoom
        apply_theme(_application(), self.preferences.theme, zoom=zoom)
        self._fit_rail()
        self.status.tell(_("Размер: {percent} %").format(percent=round(tokens().zoom * 100)))

    def set_language(self, language: str) -> None:
        """Speak *language*: what is open is saved, then the window is built anew."""
        if language != self.preferences.language:
            self.preferences.language = language
            self._when_saved(lambda: self.language_wanted.emit(language))

    def toggle_focus_mode(self) -> None:
        """Leave nothing but the text of the open article, or bring the rest back."""
        self.set_focus_mode(not self._focus_mode)

    def set_focus_mode(self, on: bool) -> None:
        """Hide rail, list and inspector, or show them as they were; the menus stay."""
        pane = self.articles.shown_pane()
        if on == self._focus_mode or (on and (pane is None or self._shown() != "articles")):
            return
        self._focus_mode = on
        self.rail.setHidden(on)
        self.articles.panes.show_text_alone(on)
        if on and pane is not None:
            self.status.tell(_("Остался только текст. Вернуть остальное: F11 или Esc."))
            focused = QApplication.focusWidget()
            if focused is None or not pane.text_pane.isAncestorOf(focused):
                pane.body.setFocus()

    def toggle_full_screen(self) -> None:
        """Take the whole screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_keys(self) -> None:
        """The list of shortcuts."""
        from ui.dialogs.help import KeysDialog

        KeysDialog(self, self.menus.keys()).open()

    def show_checks(self) -> None:
        """What the checks of the texts look for, beginning with that of the remark that was gone to last."""
        from ui.dialogs.checks import ChecksDialog

        pane = self.articles.shown_pane() if self._shown() == "articles" else None
        remark = pane.inspector.findings.current if pane is not None else None
        ChecksDialog(self, remark.code if remark is not None else "").open()

    def show_about(self) -> None:
        """What this program is."""
        from ui.dialogs.help import AboutDialog

        AboutDialog(self).open()

    # The window itself

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pane = self.articles.shown_pane()
        escapes = event.key() == Qt.Key.Key_Escape and not event.modifiers()
        if escapes and pane is not None and pane.end_finding():
            return
        if escapes and self._focus_mode:
            self.set_focus_mode(False)
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if not self._flushing:
            self._flushing = True
            # Later: while a window is closing, its close() does nothing.
            QTimer.singleShot(0, lambda: self.articles.finish(self._saved_before_closing))

    def _saved_before_closing(self, saved: bool) -> None:
        self._flushing = False
        if saved:
            self.close_now()
            return
        safe = self.articles.pane is not None and self.articles.pane.safe
        if safe:
            words = _(
                "Последнее, что вы написали, не принято. Оно лежит на диске этого компьютера, и при следующем запуске "
                "программа предложит его вернуть."
            )
        else:
            words = _("Последнее, что вы написали, не принято. Если закрыть окно, оно пропадёт.")
        ask(self, _("Сохранено не всё"), words, _("Закрыть без сохранения"), self.close_now, danger=not safe)

    def _when_saved(self, then: Callable[[], None]) -> None:
        """Do *then* once what is open is saved; where it cannot be, the article's pane says why."""
        self.articles.finish(lambda saved: then() if saved else None)

    def close_now(self) -> None:
        """Remember the window's place and close it; everything was saved, or the person does not mind."""
        self.articles.end()
        self.remember()
        self._may_close = True
        self.close()

    def remember(self) -> None:
        """Keep place and widths for the next session."""
        self.preferences.geometry = self.saveGeometry()
        for name, page in self._made.items():
            panes = page.findChild(Panes)
            if panes is not None:
                self.preferences.keep_widths(name, panes.widths())
        self.preferences.flush()

    def _restore(self) -> None:
        if not self.restoreGeometry(self.preferences.geometry):
            # Where it stands is left to the system, which knows how high its title bars are.
            screen = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1440, screen.width() - 40), min(900, screen.height() - 60))
            return
        place = on_screen(self.geometry(), [one.availableGeometry() for one in QGuiApplication.screens()])
        if place != self.geometry():
            self.setGeometry(place)

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < NARROW * max(1.0, tokens().zoom))


def on_screen(window: QRect, screens: list[QRect]) -> QRect:
    """*window* moved, and made smaller where it must be, so that its title bar can be reached on one of *screens*."""
    for screen in screens:
        seen = screen.intersected(window)
        if seen.width() >= min(200, window.width()) and seen.height() >= 100 and window.top() >= screen.top():
            return window
    screen = screens[0]
    size = window.size().boundedTo(screen.size())
    moved = QRect(window.topLeft(), size)
    moved.moveLeft(max(screen.left(), min(moved.left(), screen.right() - size.width() + 1)))
    moved.moveTop(max(screen.top(), min(moved.top(), screen.bottom() - size.height() + 1)))
    return moved


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
