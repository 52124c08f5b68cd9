"""What the pane asks of the store lane: the open article with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.domain.article import Article
from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import ArticleId
from newsroom.domain.queue import QueueItem
from newsroom.text.document import Document, Raw
from ui.editor.document_io import Prepared, prepare

if TYPE_CHECKING:
    from newsroom.desk.session import Desk


@dataclass(frozen=True, slots=True)
class Facts:
    """The open article: its newest revision, the body for the editor, and its open queue items."""

    article: Article
    #: None where the text was not asked for.
    text: Prepared | None
    items: tuple[QueueItem, ...]
    #: Why the body is shown as one raw block, a sentence; empty where it could be read.
    problem: str = ""


def read_facts(desk: Desk, article_id: ArticleId, *, known_revision: int = 0) -> Facts:
    """The text is read only where it is newer than *known_revision*. Raises `NotFound`. Runs in the store lane."""
    from newsroom.desk.reading import open_items, read_article

    article = read_article(desk, article_id)
    items = tuple(open_items(desk, article_id))
    if article.revision <= known_revision:
        return Facts(article, None, items)
    document, problem = readable(article.content.body)
    return Facts(article, prepare(document), items, problem)


def readable(body: str) -> tuple[Document, str]:
    """What *body* means, and nothing; or, where no document can hold it, *body* as it is, and why."""
    from newsroom.text.markdown import parse

    try:
        return parse(body), ""
    except InvalidInput as error:
        return Document((Raw(body),)), str(error)
