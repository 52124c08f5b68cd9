"""The fields a person writes an article in, on the page and beside it, and the draft that they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from newsroom.domain.article import Content
from newsroom.domain.corrections import Correction
from newsroom.domain.findings import Field
from newsroom.text.counts import Counts
from newsroom.text.rewriter import Rewriter
from newsroom.words import _
from ui.editor.corrections_in import put_in
from ui.editor.document_io import Prepared
from ui.editor.page_view import PageView
from ui.editor.saving import Draft
from ui.editor.tracked_text import count_shown
from ui.fields.inspector import Inspector

if TYPE_CHECKING:
    from ui.fields.text_fields import MarkedField


class DraftFields(QObject):
    """Those of *page* and *inspector*. ``texts`` are the ones of running text.

    Signals:
        edited(): the person changed something in one of them.
    """

    edited = Signal()

    def __init__(self, page: PageView, inspector: Inspector, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._inspector = page, inspector
        self._head, self._body = page.head, page.body
        #: What was read, so that fields the window does not show survive; the body as it was read.
        self._content = Content()
        self._body_touched = False
        #: Remembers the Markdown of what was not touched since.
        self._rewriter = Rewriter()
        #: True while the program writes: that is no edit.
        self._loading = False
        self.texts: dict[Field, MarkedField] = {
            Field.HEADLINE: self._head.headline,
            Field.LEAD: self._head.lead,
            Field.BODY: self._body,
            Field.CAPTION: inspector.photo.caption,
            Field.CREDIT: inspector.photo.credit,
            Field.ALT: inspector.photo.alt,
            Field.NOTE: inspector.note,
        }
        self._head.edited.connect(self._edited)
        self._body.edited.connect(self._body_edited)
        inspector.edited.connect(self._edited)

    def show(self, content: Content, body: Prepared) -> None:
        """Show *content*, whose body was made ready as *body*; what stood here is gone."""
        self._loading = True
        self.settle(content)
        self._head.set_texts(content.headline, content.lead)
        self._body.show_prepared(body)
        self._inspector.set_content(content)
        self._loading = False

    def settle(self, content: Content) -> None:
        """What the fields hold was saved, and read back as *content*."""
        self._content = content
        self._body_touched = False

    def take_draft(self) -> Draft:
        """What the fields hold now."""
        headline, lead = self._head.headline.text(), self._head.lead.text()
        content = self._inspector.fill(self._content.with_(headline=headline, lead=lead))
        if not self._body_touched:
            return Draft(content, None)
        return Draft(content.with_(body=""), self._body.read_parts(), self._rewriter)

    def put_in(self, corrections: Sequence[Correction]) -> list[Correction] | None:
        """`corrections_in.put_in`: those that were not there already; None where somebody has to look."""
        self._loading = True
        try:
            made = put_in(corrections, self.texts, self._inspector.byline)
        finally:
            self._loading = False
        if made and any(one.place.field is Field.BODY for one in made):
            self._body_touched = True
        return made

    @property
    def slug_edited(self) -> bool:
        """Whether the address is another one than was read."""
        return self._inspector.slug.text() != self._content.slug

    def drop_slug(self) -> None:
        """The text becomes another article, which needs an address of its own."""
        self._content = self._content.with_(slug="")
        self._inspector.slug.clear()

    def focus(self, field: Field) -> None:
        """Give the keyboard to *field*, or to the section beside the text where it is mended."""
        edit = self.texts.get(field) if field in (Field.HEADLINE, Field.LEAD, Field.BODY) else None
        if edit is None:
            self._inspector.focus_field(field)
            return
        edit.setFocus()
        if field is not Field.BODY:
            self._page.show_cursor_of(edit)

    def statistics(self) -> list[tuple[str, Counts]]:
        """How long the text is, alone and with its head, and what is selected, each with its title."""
        head = (self._head.headline, self._head.lead)
        text = self._body.counts()
        whole = sum((count_shown(field.text()) for field in head), text)
        columns = [(_("Текст"), text), (_("С заголовком и подводкой"), whole)]
        cursors = [field.textCursor() for field in (self._body, *head)]
        selected = next((cursor for cursor in cursors if cursor.hasSelection()), None)
        if selected is not None:
            columns.append((_("Выделено"), count_shown(selected.selectedText().replace("\u2029", "\n"))))
        return columns

    def _edited(self) -> None:
        if not self._loading:
            self.edited.emit()

    def _body_edited(self) -> None:
        if not self._loading:
            self._body_touched = True
            self.edited.emit()
