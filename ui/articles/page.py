"""The articles page: list, text and inspector."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from newsroom.domain.article import ArticleRow
from newsroom.domain.ids import ArticleId
from newsroom.words import _, n_
from ui.articles.delegate import ArticleDelegate
from ui.articles.filters import FilterBar
from ui.articles.importing import Importing, ask_for_texts, texts_in
from ui.articles.model import ArticleListModel, Role
from ui.articles.snapshot import ROWS, Snapshot
from ui.context import Context
from ui.slices import Slices
from ui.theme import SPACE_M, SPACE_S, watcher
from ui.widgets import EmptyPlace, Pane, Panes, PlainLabel, line, quiet_button

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Changes
    from ui.editor.article_pane import ArticlePane
    from ui.fields.inspector import Inspector

#: Lines of the list that are laid out in one turn.
_LINES_AT_ONCE: Final = 1000
#: What the pane for writing imports, each with little left to import by itself: the pane is loaded in small bits.
_PARTS_OF_THE_PANE: Final = (
    "html.parser",
    "newsroom.domain.findings",
    "newsroom.domain.queue",
    "newsroom.domain.photos",
    "newsroom.text.document",
    "ui.editor.look",
    "ui.editor.objects",
    "ui.editor.document_io",
    "ui.editor.clipboard",
    "ui.editor.body_editor",
    "ui.fields.text_fields",
    "ui.fields.instant_field",
    "ui.fields.photo_section",
    "ui.fields.comments_section",
    "ui.fields.inspector",
    "ui.editor.questions",
    "ui.editor.saving",
    "ui.editor.page_view",
    "ui.editor.commenting",
    "ui.editor.readings",
    "ui.editor.header",
    "ui.editor.article_pane",
)


class ArticlesPage(QWidget):
    """Signals:

    prepared(): the pane for writing stands.
    first_rows(list): the first `ArticleRow`s of the unfiltered list were read, to be shown first next time.
    saved_state_changed(str), counts_changed(str): what the status line says of the open article.
    fields_wanted(): something beside the text must be seen.
    """

    prepared = Signal()
    first_rows = Signal(list)
    saved_state_changed = Signal(str)
    counts_changed = Signal(str)
    fields_wanted = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.pane: ArticlePane | None = None
        #: What to do when it is there.
        self._waiting: Callable[[], object] | None = None
        #: The pane's right side, built before it.
        self._fields: Inspector
        #: The article in the pane; None while there is none or a new one.
        self._open: ArticleId | None = None
        self._request = 0
        self._loaded = False
        #: Where the list is to be scrolled to.
        self._place: int | None = None
        self.importing = Importing(ctx, self)

        self.filters = FilterBar()
        self.model = ArticleListModel(self._fetch_rows, self)
        self.view = QListView()
        self._delegate = ArticleDelegate(ctx.zone, self.view)
        self._build_list()
        self._empty = EmptyPlace("article", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._count = PlainLabel("", "small")
        self.new_button = quiet_button(_("Статья"), "plus")
        self.new_button.setAccessibleName(_("Новая статья"))
        self.new_button.setToolTip(_("Новая статья (Ctrl+N)"))
        self.new_button.clicked.connect(self.new_article)

        list_pane = Pane("surface")
        list_pane.setAcceptDrops(True)
        list_pane.installEventFilter(self)
        list_pane.column.addWidget(self.filters)
        list_pane.column.addWidget(line())
        list_pane.column.addWidget(self._stack, 1)
        list_pane.column.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.new_button)
        list_pane.column.addLayout(foot)

        self._text = QStackedWidget()
        self._nothing_open = EmptyPlace("article", "")
        self._text.addWidget(Pane("surface"))
        self._text.addWidget(self._nothing_open)
        self._inspector = QStackedWidget()
        self._inspector.addWidget(Pane("window"))
        text_pane, inspector = Pane("surface"), Pane("window")
        text_pane.column.addWidget(self._text)
        inspector.column.addWidget(self._inspector)
        self.panes = Panes("articles", (list_pane, text_pane, inspector))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)

        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.reload)
        self._opening = QTimer(self, singleShot=True, interval=90)
        self._opening.timeout.connect(self._open_current)
        self.filters.changed.connect(self._filter_changed)
        self.filters.search.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        ctx.changed.connect(self._changed)
        ctx.settings_changed.connect(self._settings_changed)
        ctx.open_article.connect(self.show_article)
        watcher().changed.connect(self.view.doItemsLayout)

    def _build_list(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        # Laying out asks the model twice for every line: ten thousand at once would be felt.
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setBatchSize(_LINES_AT_ONCE)
        self.view.verticalScrollBar().rangeChanged.connect(self._return_to_place)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.verticalScrollBar().setSingleStep(24)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(_("Статьи"))
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what the last session left, until the newsroom is open."""
        self._delegate.zone = snapshot.zone
        self.model.prime(snapshot.rows)

    def start(self) -> None:
        """The newsroom is open and somebody is signed in: read the list."""
        self.model.mark_changed()
        self.reload()

    def prepare(self) -> None:
        """Build the pane for writing, bit by bit, then say `prepared`.

        The newsroom is opened after that and not meanwhile: its imports would hold up every bit.
        """
        imports = [partial(import_module, name) for name in _PARTS_OF_THE_PANE]
        Slices(
            [
                *imports,
                self._build_inspector,
                self._build_page,
                self._build_pane,
                self._place_pane,
                self._show_waiting,
                self.prepared.emit,
            ],
            self,
        )

    def _build_inspector(self) -> None:
        from ui.fields.inspector import Inspector
        from ui.photos.pictures import Pictures

        self._fields = Inspector(Pictures(self._ctx, self), self._inspector)
        self._inspector.addWidget(self._fields)

    def _build_page(self) -> None:
        from ui.editor.page_view import empty_page

        self._page = empty_page(self._fields.images)

    def _build_pane(self) -> None:
        from ui.editor.article_pane import ArticlePane

        pane = ArticlePane(self._ctx, self._fields, self._page, self)
        pane.saved_state_changed.connect(self.saved_state_changed)
        pane.counts_changed.connect(self.counts_changed)
        pane.article_opened.connect(self._opened)
        pane.comments.section_wanted.connect(self.fields_wanted)
        self.pane = pane

    def _place_pane(self) -> None:
        assert self.pane is not None
        self._text.addWidget(self.pane.text_pane)

    def _show_waiting(self) -> None:
        """Do what was asked for before there was a pane."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _in_pane(self, do: "Callable[[ArticlePane], object]") -> None:
        """*do* it with the pane, as soon as it is there; of several waiting the last is done."""
        if self.pane is None or self._text.indexOf(self.pane.text_pane) < 0:
            self._waiting = lambda: self._in_pane(do)
            return
        do(self.pane)
        self._text.setCurrentWidget(self.pane.text_pane)
        self._inspector.setCurrentWidget(self.pane.inspector)

    def reload(self) -> None:
        """Read the list anew; a filter changed in the meantime makes the answer stale."""
        from newsroom.desk import reading

        self._request += 1
        request, wanted = self._request, self.filters.wanted(self._ctx.zone)
        self._ctx.read(lambda desk: reading.article_ids(desk, wanted), lambda ids: self._show_ids(request, ids))

    def new_article(self) -> None:
        """Begin a new article; it enters the list with its first save."""
        if self._ctx.desk is None:
            return
        self._open = None
        self.view.setCurrentIndex(QModelIndex())
        self._in_pane(lambda pane: pane.new_article())

    def ask_for_texts(self) -> None:
        """Let the person choose files to bring in as new articles."""
        if self.pane is not None:
            self.importing.add(ask_for_texts(self))

    def show_article(self, article: int) -> None:
        """Open *article*, also where the filters leave it out of the list."""
        index = self.model.index_of(ArticleId(article))
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        self._opening.stop()  # a row that was chosen just before would come over it
        self._open_article(ArticleId(article))

    @property
    def open_article(self) -> ArticleId | None:
        """The article in the pane; None while there is none or a new one that is not kept."""
        return self._open

    def shown_pane(self) -> "ArticlePane | None":
        """The pane for writing while an article is open in it."""
        return self.pane if self.pane is not None and self._text.currentWidget() is self.pane.text_pane else None

    def end(self) -> None:
        """The window closes: nothing is typed any more."""
        if self.pane is not None:
            self.pane.end()

    def commands(self) -> list[QAction]:
        """What can be done with the open article, for the menu bar."""
        return self.pane.header.menu.actions() if self.pane is not None else []

    def text_commands(self) -> list[QAction]:
        """What can be done with the text at the cursor, for the menu bar."""
        return self.pane.toolbar.commands if self.pane is not None else []

    def show_history(self) -> None:
        """Show all revisions of the open article."""
        if self.pane is not None:
            self.pane.show_history()

    def flush(self, on_done: Callable[[bool], None]) -> None:
        """Save what is open, then *on_done* with whether everything is saved."""
        if self.pane is None:
            on_done(True)
        else:
            self.pane.flush(on_done)

    def finish(self, on_done: Callable[[bool], None]) -> None:
        """`flush`, and keep what is being written beside the text: the person is about to leave."""
        if self.pane is None:
            on_done(True)
        else:
            self.pane.finish(on_done)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and self.pane is not None and (files := texts_in(event.mimeData())):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.importing.add(files)
            return True
        if watched is self.filters.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.model.rowCount():
                self.view.setFocus()
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self.model.index(0))
                return True
            if event.key() == Qt.Key.Key_Escape and self.filters.search.text():
                self.filters.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _fetch_rows(
        self,
        ids: Sequence[ArticleId],
        on_done: Callable[[Sequence[ArticleRow]], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        def failed(error: Exception) -> None:
            on_error(error)
            self._ctx.tasks.failed.emit(error)

        def query(desk: "Desk") -> list[ArticleRow]:
            from newsroom.desk import reading

            return reading.article_rows(desk, ids)

        def arrived(rows: Sequence[ArticleRow]) -> None:
            on_done(rows)
            if not self.filters.is_set and list(self.model.ids[:1]) == [row.id for row in rows[:1]]:
                self._keep_first_rows()

        if self._ctx.desk is None:
            on_error(RuntimeError("nobody is signed in yet"))
        else:
            self._ctx.read(query, arrived, failed)

    def _keep_first_rows(self) -> None:
        rows = [self.model.row(article) for article in self.model.ids[:ROWS]]
        if all(rows):
            self.first_rows.emit(rows)

    def _show_ids(self, request: int, ids: list[ArticleId]) -> None:
        if request != self._request:
            return
        bar = self.view.verticalScrollBar()
        before, top = self.view.currentIndex().data(Role.ID), bar.value()
        self.model.set_ids(ids)
        # Read also where the list is folded away: the next start shows these lines first.
        self.model.index(0).data()
        self._count.setText(n_("{n} статья", "{n} статей", len(ids)))
        self._say_empty(not ids)
        wanted = self._open if self._open is not None else before
        index = self.model.index_of(wanted) if wanted is not None else QModelIndex()
        if index.isValid() and index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
            end = self.view.sizeHintForRow(0) * len(ids) - self.view.viewport().height()
            self._place = max(0, min(top, end))
            self._return_to_place()
        if not self._loaded:
            self._loaded = True
            if ids and self._open is None and not index.isValid():
                self.view.setCurrentIndex(self.model.index(0))
            elif index.isValid():
                self._opening.start()
        self._say_nothing_open(bool(ids))

    def _return_to_place(self) -> None:
        """Scroll to where the list was before it was read anew, as soon as so many lines are laid out."""
        bar = self.view.verticalScrollBar()
        if self._place is not None and bar.maximum() >= self._place:
            place, self._place = self._place, None
            bar.setValue(place)

    def _say_empty(self, empty: bool) -> None:
        if empty and self.filters.is_set:
            self._empty.say(
                "magnifying-glass",
                _("Ничего не нашлось"),
                _("Под фильтры и слова поиска не подходит ни одна статья."),
                _("Сбросить фильтры"),
                self.filters.reset,
            )
        elif empty:
            self._empty.say(
                "article", _("Статей ещё нет"), _("Напишите первую."), _("Написать статью"), self.new_article
            )
        self._stack.setCurrentWidget(self._empty if empty else self.view)

    def _say_nothing_open(self, any_articles: bool) -> None:
        if self._text.currentIndex() == 0:
            self._text.setCurrentWidget(self._nothing_open)
        if any_articles:
            self._nothing_open.say("article", _("Выберите статью"), _("Она откроется здесь."))
        else:
            self._nothing_open.say("note-pencil", _("Здесь пишут"), _("Новая статья: Ctrl+N."))

    def _filter_changed(self) -> None:
        self.view.scrollToTop()
        self.reload()

    def _changed(self, changes: "Changes", _initiator: object) -> None:
        if changes.settings:
            self.model.mark_changed()
        elif changes.articles:
            self.model.mark_changed(changes.articles)
        elif changes.queue:
            self.model.mark_changed()
        else:
            return
        self._soon.start()

    def _settings_changed(self) -> None:
        self._delegate.zone = self._ctx.zone
        self.filters.fill(self._ctx.settings)
        self.view.viewport().update()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        article = current.data(Role.ID)
        if article is not None and article != self._open and self._loaded:
            self._opening.start()

    def _open_current(self) -> None:
        article = self.view.currentIndex().data(Role.ID)
        if article is not None and article != self._open:
            self._open_article(article)

    def _open_article(self, article: ArticleId) -> None:
        self._in_pane(lambda pane: pane.open(article))

    def _opened(self, article: int) -> None:
        """The pane has left what it showed before, and shows *article*: a new one too, once it has its number."""
        self._open = ArticleId(article)
        index = self.model.index_of(self._open)
        if index.isValid() and not self._opening.isActive():
            self.view.setCurrentIndex(index)
