"""The quiet panel beside the text: everything about an article that is not headline, lead or body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from newsroom.domain.article import Article, Content
from newsroom.domain.findings import Field
from newsroom.domain.queue import QueueItem
from newsroom.words import _
from ui.fields.choices import AgeChoice, RubricChoice
from ui.fields.comments_section import CommentsSection
from ui.fields.findings_section import FindingsSection
from ui.fields.instant_field import InstantField
from ui.fields.photo_section import PhotoSection
from ui.fields.sections import HistorySection, PublicationSection
from ui.fields.text_fields import ParagraphField
from ui.photos.pictures import Pictures
from ui.widgets import PlainLabel, Section, line

if TYPE_CHECKING:
    from newsroom.desk.reading import Settings


class Inspector(QScrollArea):
    """Signals:

    edited(): the person changed a field that belongs to the content.
    """

    edited = Signal()

    def __init__(self, images: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images = images
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.findings = FindingsSection()
        self.comments = CommentsSection()
        self.publication = PublicationSection()
        self.photo = PhotoSection(images)
        self.history = HistorySection()
        self.rubric = RubricChoice()
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(_("через запятую"))
        self.byline = QLineEdit()
        self.byline.setPlaceholderText(_("Имя автора, как его увидит читатель"))
        self.age = AgeChoice()
        self.slug = QLineEdit()
        self._slug_problem = PlainLabel("", "danger", wrap=True)
        self.date = InstantField(_("Дата для читателей"), _("Своя дата"))
        self.pinned_until = InstantField(_("Закреплена до"), _("Закрепить"))
        self.note = ParagraphField(_("Примечание"), placeholder=_("Источник или реклама: внизу статьи"), least_lines=2)
        self._page = QWidget()
        self._page.setProperty("ground", "window")
        self._page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Seated before it is filled: what moves into another window part is polished once more.
        self.setWidget(self._page)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, section in enumerate(
            (self.findings, self.comments, self.publication, self.photo, self._about(), self._rarely(), self.history)
        ):
            if number:
                column.addWidget(line())
            column.addWidget(section)
        column.addStretch(1)
        for field in (self.tags, self.byline, self.slug):
            field.textEdited.connect(lambda _text: self.edited.emit())
        for choice in (self.rubric, self.age, self.photo, self.note):
            choice.edited.connect(self.edited)
        for instant in (self.date, self.pinned_until):
            instant.chosen.connect(lambda _value: self.edited.emit())

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut at the right: one cannot scroll there."""
        needed = self._page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(needed, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # another least width, perhaps
        return super().eventFilter(watched, event)

    def _about(self) -> Section:
        section = Section()
        section.add(self.rubric, _("Рубрика"))
        section.add(self.age, _("Возраст"))
        section.add(self.byline, _("Подпись автора"))
        section.add(self.tags, _("Метки"))
        return section

    def _rarely(self) -> Section:
        section = Section()
        section.add(self.slug, _("Адрес на сайте"))
        section.add(self._slug_problem)
        self._slug_problem.hide()
        section.add(self.date, _("Дата для читателей"))
        section.add(self.pinned_until, _("Наверху ленты до"))
        section.add(self.note, _("Примечание"))
        return section

    def set_settings(self, settings: Settings) -> None:
        """Take the newsroom's rubrics and zone."""
        self.rubric.set_rubrics(settings.rubrics)
        for part in (self.publication, self.date, self.pinned_until, self.history):
            part.set_house(settings.house)

    def set_content(self, content: Content) -> None:
        """Show the fields of *content*; ``edited`` is not sent."""
        self.photo.set_value(content.photo)
        self.rubric.set_value(content.rubric)
        self.age.set_value(content.age)
        self.byline.setText(content.byline)
        self.tags.setText(", ".join(content.tags))
        self.slug.setText(content.slug)
        self.date.set_value(content.date)
        self.pinned_until.set_value(content.pinned_until)
        self.note.set_text(content.note)

    def fill(self, content: Content) -> Content:
        """*content* with the fields as they stand here."""
        tags = (" ".join(tag.split()) for tag in self.tags.text().split(","))
        return content.with_(
            photo=self.photo.value(),
            rubric=self.rubric.value(),
            age=self.age.value(),
            byline=" ".join(self.byline.text().split()),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            slug=self.slug.text().strip(),
            date=self.date.value(),
            pinned_until=self.pinned_until.value(),
            note=self.note.text(),
        )

    def show_facts(self, article: Article | None, items: Sequence[QueueItem], *, read_only: bool) -> None:
        """Show what is known about *article* beside its content; None is a new one."""
        self.publication.show_facts(article, items)
        self.history.show_article(article)
        self.publication.when.set_read_only(article is None or read_only)
        frozen = article is not None and article.was_live
        automatic = article.slug if article is not None and not article.content.slug else _("из заголовка")
        self.slug.setPlaceholderText(automatic)
        self.slug.setReadOnly(frozen or read_only)
        self.slug.setToolTip(_("Адрес не меняется: статья уже была на сайте.") if frozen else "")
        for part in (self.photo, self.age, self.date, self.pinned_until):
            part.set_read_only(read_only)
        for field in (self.tags, self.byline, self.note):
            field.setReadOnly(read_only)
        self.rubric.setEnabled(not read_only)
        self.history.setVisible(article is not None)

    def show_slug_problem(self, words: str) -> None:
        """Say beside the address what is wrong with it; empty hides it."""
        self._slug_problem.setText(words)
        self._slug_problem.setVisible(bool(words))

    def focus_field(self, field: Field) -> None:
        """Bring *field* into sight and put the keyboard there."""
        widget: QWidget = {
            Field.RUBRIC: self.rubric,
            Field.TAGS: self.tags,
            Field.BYLINE: self.byline,
            Field.SLUG: self.slug,
            Field.AGE: self.age,
            Field.PHOTO: self.photo.place,
            Field.CAPTION: self.photo.caption,
            Field.CREDIT: self.photo.credit,
            Field.ALT: self.photo.alt,
            Field.DATE: self.date,
            Field.PINNED_UNTIL: self.pinned_until,
            Field.NOTE: self.note,
        }[field]
        self.ensureWidgetVisible(widget, 0, 40)
        widget.setFocus()
