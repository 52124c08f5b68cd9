"""The photo page: a grid of everything in the store, the picture itself, and what is known of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QModelIndex, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from newsroom.domain.people import Action, refusal
from newsroom.domain.photos import Photo
from newsroom.words import _, current_language, n_
from ui import theme
from ui.details import DetailsPane, refill
from ui.icons import icon
from ui.photos.adding import Adding
from ui.photos.delegate import PhotosDelegate
from ui.photos.model import PHOTO_ROLE, PhotosModel
from ui.photos.picture import PictureView
from ui.photos.pictures import Pictures
from ui.reports.plain import visible
from ui.times import exact_time
from ui.widgets import (
    EmptyPlace,
    ListOrNothing,
    Pane,
    Panes,
    PlainLabel,
    Section,
    allow,
    line,
    primary_button,
    quiet_button,
)

if TYPE_CHECKING:
    from newsroom.domain.changes import Changes
    from newsroom.domain.ids import PhotoId
    from ui.context import Context

#: Photos shown; older ones are reached from their articles.
_SHOWN = 1000


class PhotosPage(QWidget):
    """Attributes: ``splitter``, ``list_pane``, ``text_pane``, ``inspector``; ``add_button`` asks for files."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._photo: Photo | None = None
        self._pictures = Pictures(ctx, self)
        self.adding = Adding(ctx, self)
        self.adding.progressed.connect(self._show_progress)
        self.adding.finished.connect(self._show_outcome)
        self.setAcceptDrops(True)
        self.list_pane = self._make_list()
        self.text_pane = Pane("surface")
        self.picture = PictureView(self._pictures)
        nothing = EmptyPlace("image", _("Выберите фото"), _("Здесь оно будет показано целиком."))
        self._picture_stack = QStackedWidget()
        self._picture_stack.addWidget(nothing)
        self._picture_stack.addWidget(self.picture)
        self.text_pane.column.addWidget(self._picture_stack)
        self.inspector = DetailsPane(_("Сведения о фото"))
        self.splitter = Panes("photos", (self.list_pane, self.text_pane, self.inspector), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        ctx.changed.connect(self._on_changed)
        ctx.signed_in.connect(self.refresh)
        ctx.settings_changed.connect(self.refresh)
        theme.watcher().changed.connect(self.list.doItemsLayout)
        self._show_photo(QModelIndex())
        self.refresh()

    def _make_list(self) -> Pane:
        pane = Pane("surface")
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_S)
        head.setSpacing(theme.SPACE_S)
        head.addWidget(PlainLabel(_("Фото"), "title"))
        head.addStretch(1)
        self._add = QAction(icon("plus", "muted", 16), _("Добавить фото…"), self)
        self._add.setShortcut(QKeySequence("Ctrl+Shift+A"))
        self._add.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._add.triggered.connect(self.ask_for_files)
        self.addAction(self._add)
        words = self._add.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.add_button = primary_button(_("Добавить…"), "plus")
        self.add_button.setToolTip(_("Выбрать файлы ({key}) или бросить их сюда").format(key=words))
        self.add_button.clicked.connect(self._add.trigger)
        head.addWidget(self.add_button)
        self.model = PhotosModel(self)
        self.list = QListView()
        self._delegate = PhotosDelegate(self._pictures, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(0)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Фото редакции"))
        self.list.setViewportMargins(theme.SPACE_S, theme.SPACE_XS, 0, 0)
        self.list.selectionModel().currentChanged.connect(lambda current, _previous: self._show_photo(current))
        self._pictures.ready.connect(lambda photo, _size: self.model.repaint(photo))
        self._empty = EmptyPlace(
            "image",
            _("Фото ещё нет"),
            _("Бросьте сюда файлы JPEG, PNG или WebP, или выберите их."),
            _("Выбрать файлы…"),
            self.ask_for_files,
        )
        self._list_or_nothing = ListOrNothing(self.list, self._empty)
        pane.column.addLayout(head)
        pane.column.addWidget(self._make_progress())
        pane.column.addWidget(self._make_refusals())
        pane.column.addWidget(line())
        pane.column.addWidget(self._list_or_nothing, 1)
        return pane

    def take_keyboard(self) -> None:
        """Give the keyboard to the list, as soon as it has rows."""
        self._list_or_nothing.take_keyboard()

    def _make_progress(self) -> QWidget:
        self._progress_box = QWidget()
        row = QHBoxLayout(self._progress_box)
        row.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, theme.SPACE_S)
        row.setSpacing(theme.SPACE_S)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(_("Добавление фото"))
        self._progress_words = PlainLabel("", "small")
        stop = quiet_button(_("Остановить"))
        stop.clicked.connect(self.adding.stop)
        row.addWidget(self._progress, 1)
        row.addWidget(self._progress_words)
        row.addWidget(stop)
        self._progress_box.hide()
        return self._progress_box

    def _make_refusals(self) -> QWidget:
        self.refusals = QWidget()
        column = QVBoxLayout(self.refusals)
        column.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, theme.SPACE_S)
        column.setSpacing(theme.SPACE_XS)
        self.refusal_words = PlainLabel("", "danger", wrap=True)
        column.addWidget(self.refusal_words)
        close = quiet_button(_("Понятно"))
        close.clicked.connect(self.refusals.hide)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        self.refusals.hide()
        return self.refusals

    def commands(self) -> list[QAction]:
        """What can be done here, for the menu bar."""
        return [self._add]

    def refresh(self) -> None:
        """Read the photos again; the selected one stays selected."""
        if self._ctx.settings is None:
            return
        desk = self._ctx.desk
        allow(self.add_button, refusal(desk.person.role, Action.WRITE) if desk else _("Никто не вошёл."))

        def read(desk: Any) -> tuple[list[Photo], dict[PhotoId, int]]:
            from newsroom.desk import reading

            photos = reading.read_photos(desk, limit=_SHOWN)
            return photos, reading.photo_articles(desk, [photo.id for photo in photos])

        self._ctx.read(read, lambda answer: self._show_photos(*answer))

    def ask_for_files(self) -> None:
        """Let the person choose files, and add them."""
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Добавить фото"), "", _("Фото (*.jpg *.jpeg *.png *.webp);;Все файлы (*)")
        )
        self.adding.add([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.add_button.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.adding.add(files)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.photos or changes.articles:
            self.refresh()

    def _show_photos(self, photos: list[Photo], used: dict[PhotoId, int]) -> None:
        def chosen() -> QModelIndex:
            index = self.model.index_of(self._photo.id) if self._photo else QModelIndex()
            return index if index.isValid() or not photos else self.model.index(0)

        index = refill(self.list, lambda: self.model.show_photos(photos, used), chosen)
        self._list_or_nothing.show_rows(bool(photos))
        self._show_photo(index)

    def _show_photo(self, index: QModelIndex) -> None:
        self._photo = index.data(PHOTO_ROLE) if index.isValid() else None
        self._picture_stack.setCurrentIndex(0 if self._photo is None else 1)
        inside = QWidget()
        if self._photo is not None:
            self.picture.show_photo(self._photo)
            self._fill_details(inside, self._photo)
        self.inspector.put(inside)

    def _fill_details(self, inside: QWidget, photo: Photo) -> None:
        settings = self._ctx.settings
        assert settings is not None
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.SPACE_S, 0, theme.SPACE_L)
        column.setSpacing(0)
        words = Section(_("Подпись и автор"))
        for title, text in ((_("Фото"), photo.credit), (_("Подпись к фото"), photo.caption)):
            role = "" if text else "muted"
            words.add(PlainLabel(visible(text) if text else _("в файле не указано"), role, wrap=True), title)
        file = Section(_("Файл"))
        locale = QLocale(QLocale.Language.English if current_language() == "en" else QLocale.Language.Russian)
        size = _("{width} × {height} пикселей").format(width=photo.width, height=photo.height)
        file.add(PlainLabel(visible(photo.name), wrap=True), _("Имя"))
        file.add(PlainLabel(size, wrap=True), _("Размер"))
        file.add(
            PlainLabel(
                locale.formattedDataSize(photo.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat), wrap=True
            ),
            _("Объём"),
        )
        file.add(PlainLabel(exact_time(photo.added_at, settings.house.tz), wrap=True), _("Добавлено"))
        use = Section(_("Где стоит"))
        use.add(PlainLabel(self.model.words_of_use(photo), wrap=True))
        for number, section in enumerate((words, file, use)):
            if number:
                column.addWidget(line())
            column.addWidget(section)
        column.addStretch(1)

    def _show_progress(self, through: int, of: int) -> None:
        self._progress_box.setVisible(through < of)
        self._progress.setRange(0, of)
        self._progress.setValue(through)
        self._progress_words.setText(f"{through} / {of}")

    def _show_outcome(self, added: list[Photo], refused: list[tuple[str, str]]) -> None:
        self._pictures.forget_unreadable()
        if added:
            self._photo = added[-1]
            self._ctx.message.emit(n_("Добавлено {n} фото.", "Добавлено {n} фото.", len(added)), None)
            self.refresh()
        self.refusals.setVisible(bool(refused))
        lines = [visible(why) if name in why else f"{visible(name)}: {visible(why)}" for name, why in refused]
        head = n_("Не добавлен {n} файл:", "Не добавлено {n} файлов:", len(refused))
        self.refusal_words.setText("\n".join([head, *lines]))
