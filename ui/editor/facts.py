"""What the pane asks of the store lane: the open article with all that belongs to it, and photos brought in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from newsroom.domain.article import Article
from newsroom.domain.ids import ArticleId
from newsroom.domain.queue import QueueItem
from newsroom.text.document import Document
from newsroom.words import _

if TYPE_CHECKING:
    from newsroom.desk.session import Desk
    from newsroom.domain.changes import Done
    from newsroom.domain.photos import Photo


@dataclass(frozen=True, slots=True)
class Facts:
    """The open article: its newest revision, the body as a document, and its open queue items."""

    article: Article
    document: Document
    items: tuple[QueueItem, ...]


def read_facts(desk: Desk, article_id: ArticleId) -> Facts:
    """Raises `NotFound`. Runs in the store lane."""
    from newsroom.desk.reading import read_article, read_queue
    from newsroom.text.markdown import parse

    article = read_article(desk, article_id)
    items = tuple(item for item in read_queue(desk, done_limit=0) if item.article == article_id)
    return Facts(article, parse(article.content.body), items)


def add_photo_use_case(picture: Path | QImage) -> Callable[[Desk], Done[Photo]]:
    """The use case that brings *picture*, a file or what the clipboard held, into the newsroom."""

    def work(desk: Desk) -> Done[Photo]:
        from newsroom.desk.pictures import add_photo

        if isinstance(picture, Path):
            return add_photo(desk, picture, picture.name)
        return add_photo(desk, _png(picture), _("Из буфера обмена"))

    return work


def _png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return held.data()
