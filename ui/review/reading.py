"""The reading view: one revision of an article as its readers will see it; nothing is loaded from outside."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from newsroom.words import _
from ui import theme
from ui.photos.pictures import Pictures
from ui.review.typeset import Page, Typesetter
from ui.times import page_time

if TYPE_CHECKING:
    from newsroom.desk.reading import Settings
    from newsroom.domain.article import Article, Content
    from newsroom.text.document import Document
    from ui.context import Context


class ReadingView(QTextBrowser):
    """Shows a `Content` set like its page on the site; read-only, links are shown and not followed.

    Signals:
        shown(): the content asked for last stands on the screen.
    """

    shown = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._page: Page | None = None
        self._asked = 0
        self._set_document: QTextDocument | None = None
        self._fragment = ("", "", "")
        self._pictures = Pictures(ctx, self)
        self._pictures.ready.connect(self._picture_came)
        self.setProperty("kind", "bare")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Not by keyboard: there the arrows would move a caret that nobody needs instead of scrolling.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Текст статьи, как его увидит читатель"))
        theme.watcher().changed.connect(self._set_again)

    def show_content(
        self, content: Content, settings: Settings, *, out_at: datetime | None = None, notice: str = ""
    ) -> None:
        """Show *content*; the newest call wins.

        *out_at* is the instant of publication where the content names no date of its own; *notice* is a sentence above
        the headline that does not belong to the page.
        """
        self._asked += 1
        asked = self._asked
        dateline = dateline_of(content, settings, out_at)

        def parsed(answer: tuple[Document, dict[str, str]]) -> None:
            if asked == self._asked:
                self._page = Page(content, *answer, dateline, notice)
                self._fragment = ("", "", "")
                self._set(keep_place=False)
                self.shown.emit()

        self._ctx.tasks.background(lambda: parse_body(content.body), parsed)

    def clear_page(self) -> None:
        """Show nothing."""
        self._asked += 1
        self._page = None
        self.setExtraSelections([])
        self.document().clear()

    def mark_fragment(self, before: str, selected: str, after: str) -> bool:
        """Highlight *selected* where it stands in the page between *before* and *after*, and scroll there.

        Where the context fits nowhere, a fragment that stands in one place only is taken all the same. Returns whether
        it was found.
        """
        self._fragment = (before, selected, after)
        return self._mark()

    def loadResource(self, _kind: int, name: QUrl) -> Any:
        """Only photos of the newsroom's own store; for everything else nothing is asked of disk or network."""
        if name.scheme() != "photo":
            return QImage()
        image = self._pictures.get(name.path(), self._picture_width())
        if image is None:
            return _placeholder()
        # A text document scales pictures roughly: it gets them in the size in which they stand.
        width = round(self._column() * self.devicePixelRatioF())
        if image.width() > width:
            return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._set_again()

    def _column(self) -> int:
        return max(200, min(theme.ARTICLE_WIDTH, self.viewport().width() - 2 * theme.SPACE_XL))

    def _picture_width(self) -> int:
        return round(theme.ARTICLE_WIDTH * self.devicePixelRatioF())

    def _size_of(self, photo: str) -> QSize | None:
        image = self._pictures.get(photo, self._picture_width())
        if image is None:
            return None
        ratio = self.devicePixelRatioF()
        return QSize(round(image.width() / ratio), round(image.height() / ratio))

    def _set(self, *, keep_place: bool) -> None:
        if self._page is None:
            return
        bar = self.verticalScrollBar()
        place = bar.value() if keep_place else 0
        # A fresh document each time: it also drops the pictures that the old one has cached.
        before, document = self._set_document, QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme.ui_font(theme.tokens().article))
        column = self._column()
        Typesetter(document, column, self._size_of).set_page(self._page)
        frame = document.rootFrame().frameFormat()
        side = max(theme.SPACE_XL, (self.viewport().width() - column) // 2)
        frame.setLeftMargin(side)
        frame.setRightMargin(side)
        frame.setTopMargin(theme.SPACE_XL)
        frame.setBottomMargin(2 * theme.SPACE_XL)
        document.rootFrame().setFrameFormat(frame)
        self.setExtraSelections([])
        self.setDocument(document)
        self._set_document = document
        if before is not None:
            before.deleteLater()
        bar.setValue(place)
        self._mark(scroll=not keep_place)

    def _set_again(self) -> None:
        self._set(keep_place=True)

    def _picture_came(self, photo: str) -> None:
        if self._page is not None and photo in photos_of(self._page):
            self._set(keep_place=True)

    def _mark(self, *, scroll: bool = True) -> bool:
        self.setExtraSelections([])
        before, selected, after = self._fragment
        if not selected or self._page is None:
            return False
        start = find_fragment(self.document().toRawText(), before, selected, after)
        if start is None:
            return False
        cursor = QTextCursor(self.document())
        cursor.setPosition(start[0])
        cursor.setPosition(start[1], QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        letters = QTextCharFormat()
        letters.setBackground(theme.color("selection"))
        letters.setForeground(theme.color("on_selection"))
        letters.setFontUnderline(True)
        mark.format = letters
        self.setExtraSelections([mark])
        if scroll:
            place = self.cursorRect(cursor).center().y() + self.verticalScrollBar().value()
            self.verticalScrollBar().setValue(place - self.viewport().height() // 3)
        return True


def first_appearance(article: Article) -> datetime | None:
    """When readers first saw *article*, else when it is planned; None where neither is known."""
    appearances = [place.first_published_at for place in article.live if place.first_published_at]
    return min(appearances, default=article.planned_at)


def dateline_of(content: Content, settings: Settings, out_at: datetime | None) -> str:
    """The line under the lead: date, rubric, age."""
    when = content.date or out_at
    date = page_time(when or datetime.now(UTC), settings.house.tz) if when else _("дата — в момент выхода")
    titles = {rubric.slug: rubric.title for rubric in settings.rubrics}
    rubric = titles.get(content.rubric, content.rubric) if content.rubric else _("без рубрики")
    age = content.age.value if content.age else _("без возрастного знака")
    return " · ".join((date, rubric, age))


def find_fragment(text: str, before: str, selected: str, after: str) -> tuple[int, int] | None:
    """Where *selected* stands in *text* (as `QTextDocument.toRawText` gives it): begin and end in UTF-16 units.

    Any run of blanks and line ends equals any other, because browsers and editors break lines differently. The place
    whose surroundings fit is taken; failing that the only one; None where it stands nowhere, or in several places
    without one that fits.
    """
    wanted, left, right = map(_loosely, (selected, before, after))
    if not wanted:
        return None
    fitting = re.search(rf"{left}\s*({wanted})\s*{right}", text)
    if fitting is not None:
        begin, end = fitting.span(1)
    else:
        # Ahead of the place, so that places which overlap are seen too.
        places = list(islice(re.finditer(f"(?=({wanted}))", text), 2))
        if len(places) != 1:
            return None
        begin, end = places[0].span(1)
    return _utf16(text[:begin]), _utf16(text[:end])


def _loosely(words: str) -> str:
    """A pattern for *words* with any blanks between them."""
    return r"\s+".join(map(re.escape, words.split()))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_body(body: str) -> tuple[Document, dict[str, str]]:
    """The document, and its raw blocks as the site will get them: source → sanitised HTML."""
    from newsroom.text.document import Document, Raw
    from newsroom.text.markdown import parse
    from newsroom.text.render import render_html

    document = parse(body)
    raws = {block.source for block in document.blocks if isinstance(block, Raw)}
    return document, {raw: render_html(Document((Raw(raw),)), lambda photo: f"photo:{photo}") for raw in raws}


def photos_of(page: Page) -> set[str]:
    """The ids of all photos that *page* shows."""
    from newsroom.text.document import photos_in

    photos = {str(photo) for photo in photos_in(page.document)}
    if page.content.photo is not None:
        photos.add(str(page.content.photo.photo))
    return photos


def _placeholder() -> QImage:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.color("border")))
    return image
