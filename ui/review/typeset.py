"""Setting an article as its page on the site shows it: headline, lead, date, photo, text, note.

Everything goes into a `QTextDocument` by cursor and as plain text; only raw blocks come as the HTML that the publisher
has sanitised. Nothing in an article can ask for a style, a file or an address. Colours and sizes come from the theme,
on paper from its light form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)

from newsroom.text import document as vocabulary
from newsroom.words import _
from ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QTextDocument

    from newsroom.domain.article import Content

#: Before the name of whoever took a photo; the page is Russian whatever the window speaks.
_CREDIT = "Фото:"


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of one article shows, as values."""

    content: Content
    document: vocabulary.Document
    #: Sanitised HTML of the raw blocks, by their source.
    raws: Mapping[str, str]
    #: The line under the lead, for example «25 февраля 2022, 17:35 · Общество · 12+».
    dateline: str
    #: Anything to be said above the headline that is not part of the page; empty for nothing.
    notice: str = ""


class Typesetter:
    """Writes one page into a document.

    *column* is the width of the text in device-independent pixels; *size_of* gives the size of a photo, None while it
    is not known, an empty one where the photo cannot be read. *look* is the window's own where it is None.
    """

    def __init__(
        self,
        target: QTextDocument,
        column: int,
        size_of: Callable[[str], QSize | None],
        look: theme.Tokens | None = None,
    ) -> None:
        self._look = look or theme.tokens()
        self._column = column
        self._size_of = size_of
        option = target.defaultTextOption()
        option.setTabStopDistance(theme.SPACE_XL)
        target.setDefaultTextOption(option)
        self._cursor = QTextCursor(target)
        self._fresh = True
        self._raws: Mapping[str, str] = {}
        self._body = self._letters(self._look.article)
        self._small = self._letters(self._look.normal, role="muted")

    def set_page(self, page: Page) -> None:
        """Write *page* from the beginning of the document."""
        content, look = page.content, self._look
        self._raws = page.raws
        if page.notice:
            self._line(page.notice, self._letters(look.normal, role="warning"), below=theme.SPACE_M)
        headline = self._letters(look.article_headline, weight=QFont.Weight.Bold)
        self._line(content.headline.strip() or _("Без заголовка"), headline, below=theme.SPACE_M, leading=118)
        if content.lead.strip():
            self._line(content.lead.strip(), self._letters(look.article_lead), below=theme.SPACE_M, leading=135)
        self._line(page.dateline, self._small, below=theme.SPACE_L)
        if content.photo is not None:
            self._photo(content.photo.photo, content.photo.caption, content.photo.credit, content.photo.alt)
        for block in page.document.blocks:
            self._block(block)
        if content.byline.strip():
            self._line(content.byline.strip(), self._letters(look.article, italic=True), above=theme.SPACE_S)
        if content.note.strip():
            self._rule()
            self._line(content.note.strip(), self._small)

    def _block(self, block: vocabulary.Block) -> None:
        match block:
            case vocabulary.Paragraph(inlines):
                self._start(below=theme.SPACE_L)
                self._inlines(inlines, self._body)
            case vocabulary.Heading(level, inlines):
                size = self._look.article_lead + (2 if level == 2 else 0)
                self._start(above=theme.SPACE_S, below=theme.SPACE_S, leading=125)
                self._inlines(inlines, self._letters(size, weight=QFont.Weight.DemiBold))
            case vocabulary.List():
                self._list(block, depth=0)
            case vocabulary.Quote(paragraphs, speaker):
                self._quote(paragraphs, speaker)
            case vocabulary.Rule():
                self._rule()
            case vocabulary.PhotoBlock(photo, caption, credit, alt):
                self._photo(photo, caption, credit, alt)
            case vocabulary.Raw(source):
                self._start(below=theme.SPACE_L)
                self._cursor.insertHtml(self._raws.get(source, ""))
                self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _list(self, block: vocabulary.List, depth: int) -> None:
        # Bullets and figures are ordinary text with a hanging indent: they copy well and cannot be misnumbered by Qt.
        indent = (depth + 1) * theme.SPACE_XL
        for offset, item in enumerate(block.items):
            mark = f"{block.start + offset}." if block.ordered else "•"
            self._start(below=theme.SPACE_XS, left=indent, hanging=theme.SPACE_XL)
            self._cursor.insertText(f"{mark}\t", self._body)
            self._inlines(item.inlines, self._body)
            for child in item.children:
                self._list(child, depth + 1)
        if depth == 0:
            last = self._cursor.blockFormat()
            last.setBottomMargin(theme.SPACE_L)
            self._cursor.setBlockFormat(last)

    def _quote(self, paragraphs: tuple[vocabulary.Inlines, ...], speaker: str) -> None:
        look = self._look
        frame = QTextTableFormat()
        frame.setBorder(0)
        frame.setCellSpacing(0)
        frame.setCellPadding(0)
        frame.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        frame.setTopMargin(theme.SPACE_S)
        frame.setBottomMargin(theme.SPACE_L)
        table = self._cursor.insertTable(1, 1, frame)
        cell = table.cellAt(0, 0)
        bar = cell.format().toTableCellFormat()
        bar.setLeftBorder(3)
        bar.setLeftBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        bar.setLeftBorderBrush(QBrush(self._color("accent")))
        bar.setLeftPadding(theme.SPACE_L)
        cell.setFormat(bar)
        outer = self._cursor
        self._cursor = cell.firstCursorPosition()
        self._fresh = True
        for number, inlines in enumerate(paragraphs):
            last = number == len(paragraphs) - 1
            self._start(below=0 if last and not speaker else theme.SPACE_S)
            self._inlines(inlines, self._body)
        if speaker:
            self._line(f"— {speaker}", self._letters(look.normal, role="muted"))
        self._cursor = outer
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _rule(self) -> None:
        self._start(above=theme.SPACE_S, below=theme.SPACE_M, centre=True)
        self._cursor.insertText("⁂", self._small)

    def _photo(self, photo: str, caption: str, credit: str, alt: str) -> None:
        size = self._size_of(photo)
        has_words = bool(caption.strip() or credit.strip())
        if size is not None and size.isEmpty():
            self._line(_("Фото не читается: файла нет или он испорчен."), self._letters(self._look.normal, "danger"))
        else:
            self._start(below=theme.SPACE_S if has_words else theme.SPACE_L, leading=100)
            image = QTextImageFormat()
            image.setName(f"photo:{photo}")
            width = self._column if size is None else min(size.width(), self._column)
            height = round(width * 2 / 3) if size is None else round(size.height() * width / size.width())
            image.setWidth(width)
            image.setHeight(height)
            image.setToolTip(_plain_tip(alt))
            self._cursor.insertImage(image)
        if caption.strip():
            below = theme.SPACE_XS if credit.strip() else theme.SPACE_L
            self._line(caption.strip(), self._letters(self._look.normal), below=below, leading=130)
        if credit.strip():
            self._line(f"{_CREDIT} {credit.strip()}", self._small, below=theme.SPACE_L)

    def _line(
        self, text: str, letters: QTextCharFormat, *, above: int = 0, below: int = 0, leading: int | None = None
    ) -> None:
        self._start(above=above, below=below, leading=leading)
        self._cursor.insertText(text, letters)

    def _start(
        self,
        *,
        above: int = 0,
        below: int = 0,
        left: int = 0,
        hanging: int = 0,
        leading: int | None = None,
        centre: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setBottomMargin(below)
        block.setLeftMargin(left)
        block.setTextIndent(-hanging)
        if centre:
            block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        block.setLineHeight(leading or theme.ARTICLE_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._fresh:
            self._cursor.setBlockFormat(block)
            self._fresh = False
        else:
            self._cursor.insertBlock(block)

    def _inlines(self, inlines: vocabulary.Inlines, base: QTextCharFormat) -> None:
        for inline in inlines:
            if isinstance(inline, vocabulary.HardBreak):
                self._cursor.insertText("\u2028", base)
                continue
            letters = QTextCharFormat(base)
            if inline.bold:
                letters.setFontWeight(QFont.Weight.Bold)
            if inline.italic:
                letters.setFontItalic(True)
            if inline.link:
                letters.setFontUnderline(True)
                letters.setForeground(self._color("accent_text"))
                letters.setToolTip(_plain_tip(inline.link))
            self._cursor.insertText(inline.text, letters)

    def _color(self, role: str) -> QColor:
        return QColor(getattr(self._look.colors, role))

    def _letters(
        self,
        size: int,
        role: str = "text",
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        italic: bool = False,
    ) -> QTextCharFormat:
        font = theme.ui_font(size)
        font.setWeight(weight)
        font.setItalic(italic)
        letters = QTextCharFormat()
        letters.setFont(font)
        letters.setForeground(self._color(role))
        return letters


def _plain_tip(text: str) -> str:
    """*text* for a tooltip, which would otherwise take ``<`` as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
