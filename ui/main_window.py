"""The one window: rail, pages, menus, status line. It shows what the session and the pages tell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from newsroom.domain.errors import DatabaseUnavailable, EnvironmentFault
from newsroom.words import _
from ui.articles.page import ArticlesPage
from ui.articles.snapshot import read_snapshot, snapshot_file, write_snapshot
from ui.context import Context
from ui.dialogs.messages import ask, show_error, words_of
from ui.menus import Menus
from ui.pages import Pages
from ui.preferences import ZOOMS, Preferences
from ui.rail import Rail
from ui.session import Session
from ui.start_page import StartPage
from ui.status_bar import StatusBar
from ui.text_commands import TextCommands
from ui.theme import apply_theme, tokens
from ui.window_place import restore_place

if TYPE_CHECKING:
    from newsroom.domain.article import ArticleRow
    from newsroom.domain.people import Person

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
        self.setWindowTitle(_("Редакция"))
        self.setMinimumSize(560, 420)

        self.articles = ArticlesPage(ctx)
        self.pages = Pages(ctx, self.articles, preferences)
        self.text = TextCommands(ctx, self.pages, self.articles, preferences, self)
        self.menus = Menus(self)
        self.rail = Rail(self.menus.person)
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
        restore_place(self, preferences.geometry)
        snapshot = read_snapshot(snapshot_file(session.home))
        if snapshot is not None:
            self.articles.show_snapshot(snapshot)
        self.show_page("articles")
        self.articles.view.setFocus()

    def _connect(self) -> None:
        ctx, session = self._ctx, self._session
        self.painted.connect(self.articles.prepare)
        self.rail.wanted.connect(self.show_page)
        ctx.message.connect(self.status.tell)
        ctx.signed_in.connect(self._signed_in)
        ctx.settings_changed.connect(self._settings_changed)
        ctx.open_article.connect(self._show_articles)
        ctx.tasks.failed.connect(self.show_failure)
        session.missing.connect(self._show_missing)
        session.opened.connect(self._opened)
        session.failed.connect(self._open_failed)
        session.counted.connect(self.rail.show_counters)
        session.counted.connect(self.status.show_publisher)
        session.connected.connect(self._show_connection)
        self.start.create_wanted.connect(self._create)
        self.start.sample_wanted.connect(self._open_sample)
        self.start.retry_wanted.connect(self._retry)
        self.articles.first_rows.connect(self._keep_snapshot)
        self.articles.saved_state_changed.connect(self.status.saved.setText)
        self.articles.counts_changed.connect(self.status.counts.setText)
        self.articles.fields_wanted.connect(self._show_fields)
        self.text.fields_wanted.connect(self._show_fields)
        self.text.search_wanted.connect(self.focus_search)
        self.status.counts.clicked.connect(self.show_statistics)

    # Pages

    def show_page(self, name: str) -> None:
        """Show the page *name* of `ui.rail.PAGES`; it is built when it is first wanted."""
        if name != "articles":
            self.set_focus_mode(False)
        self.pages.show_page(name)
        shown = self.pages.shown
        self.status.counts.setVisible(shown == "articles")
        self.rail.show_page(shown)
        self.menus.show_page(shown)

    def _show_articles(self, _article: int) -> None:
        self.show_page("articles")

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

    def sweep(self) -> None:
        """Look for a mistake in everything that readers see; the selected words are what is looked for."""
        if self._ctx.desk is None:
            return
        from ui.sweep.dialog import show_sweep

        met = self.text.selected()
        show_sweep(self, self._ctx, met.words if met is not None else "")

    def _show_fields(self) -> None:
        """Show what stands beside the text."""
        self.set_focus_mode(False)
        self.articles.panes.reveal(2)

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

    def show_statistics(self) -> None:
        """How long the open text is, above the counter in the status line."""
        from ui.editor.statistics import StatisticsCard

        pane = self.articles.shown_pane()
        if pane is not None:
            StatisticsCard(pane.fields.statistics(), self).show_above(self.status.counts)

    def show_history(self) -> None:
        """All revisions of the article that is open, or selected in the queue."""
        show = getattr(self.pages.currentWidget(), "show_history", None)
        if show is not None and self._ctx.desk is not None:
            show()
        else:
            self.status.tell(_("Откройте статью: история версий есть у каждой."))

    def focus_search(self) -> None:
        """Put the cursor into the search field of the articles page."""
        self.show_page("articles")
        self.set_focus_mode(False)
        self.articles.panes.reveal(0)
        self.articles.filters.focus_search()

    def toggle_pane(self, index: int) -> None:
        """Hide or show the list (0) or the inspector (2) of the page that is shown."""
        self.set_focus_mode(False)
        panes = self.pages.panes()
        if panes is not None:
            panes.toggle(index)

    def next_pane(self) -> None:
        """Move the keyboard to the next visible pane of the page."""
        panes = self.pages.panes()
        if panes is not None:
            panes.focus_next()

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
        pane = self.text.shown_pane()
        if on == self._focus_mode or (on and pane is None):
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

        pane = self.text.shown_pane()
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
        if escapes and pane is not None and pane.searching.end():
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
        self.pages.remember_widths()
        self.preferences.flush()

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < NARROW * max(1.0, tokens().zoom))


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
