"""What is pasted from other programs: its text, and the pictures in it that can become photos.

A page may write any address it likes into what it puts on the clipboard. Therefore nothing is fetched and no file is
opened, whatever the addresses say: only a picture that is written into the text itself is taken. Word processors name
files of their own; those pictures, and those of web pages, are counted and told of.
"""

from dataclasses import dataclass

from newsroom.desk.brought_pictures import BroughtPictures, data_of, is_data
from newsroom.domain.ids import PhotoId
from newsroom.photos.examine import CleanPhoto
from newsroom.text.document import Document, PhotoBlock
from newsroom.text.html_import import document_from_html
from newsroom.words import _

#: A picture of less characters is a spacer or a mark of the page's own.
_SPACER = 400


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read out of the clipboard; its photos are not in the newsroom yet."""

    document: Document
    photos: tuple[CleanPhoto, ...] = ()
    #: What was left out and why, each a sentence.
    notes: tuple[str, ...] = ()
    #: How many pictures it only names.
    elsewhere: int = 0


def read_pasted(html: str) -> Pasted:
    """What *html* shows, with the pictures that are written into it.

    Raises `InvalidInput` for what is no article (`newsroom.text.html_source.tamed`).
    """
    pictures = _PastedPictures()
    document = document_from_html(html, pictures.photo_of)
    blocks = tuple(pictures.worded(block) if isinstance(block, PhotoBlock) else block for block in document.blocks)
    return Pasted(Document(blocks), tuple(pictures.photos.values()), tuple(pictures.notes), pictures.elsewhere)


class _PastedPictures(BroughtPictures):
    def __init__(self) -> None:
        super().__init__()
        self._named: set[str] = set()

    @property
    def elsewhere(self) -> int:
        return len(self._named)

    def photo_of(self, source: str) -> PhotoId | None:
        if not is_data(source):
            self._named.add(source)
            return None
        if len(source) < _SPACER:
            return None
        name = _("Из буфера обмена")
        return self.once(source, lambda: (name, data_of(source))) or PhotoId("")
