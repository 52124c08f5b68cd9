"""The local journal: what was typed and is not in the newsroom database yet, one small file for a text or a comment.

It is separate from the database, so that a killed program, a power cut, a full disk or a lost server costs at most the
last second of typing. Each running program has folders of its own; what a dead one left behind is offered again.
"""

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from newsroom.domain.anchors import Anchor
from newsroom.domain.article import Content, content_from_dict, content_to_dict
from newsroom.domain.comments import Place
from newsroom.domain.errors import EnvironmentFault
from newsroom.domain.findings import Field
from newsroom.domain.ids import ArticleId, CommentId
from newsroom.text.rewriter import Written
from newsroom.words import _, system_words

T = TypeVar("T")

#: Endings of the files of texts and of comments.
_SUFFIX: Final = ".json"
_COMMENT: Final = ".comment"
#: A file that could not be understood is kept under this ending for somebody who can.
_BROKEN = ".broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text that may be missing from the newsroom."""

    #: Name of the file without its ending; one for each article and sitting.
    key: str
    #: None for an article that was never saved.
    article: ArticleId | None
    #: Revision on which it was typed, and its content hash: recovery is decided by these, not by times.
    base_revision: int
    base_hash: str
    content: Content
    login: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class CommentEntry:
    """One comment that was being written."""

    #: As of an `Entry`.
    key: str
    article: ArticleId | None
    place: Place
    #: The comment that was being reworded; None for a new one.
    comment: CommentId | None
    text: str
    login: str
    written_at: datetime


class Journal:
    """The files in *folder*, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make_folder(self) -> None:
        """Raises `EnvironmentFault`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(error) from error

    def write(self, entry: Entry | CommentEntry) -> None:
        """Keep *entry* durably in place of the one before; that one stays whole until this one is.

        Raises `EnvironmentFault` for a disk that is full or cannot be written to.
        """
        self.make_folder()
        plain, suffix = (_to_plain(entry), _SUFFIX) if isinstance(entry, Entry) else (_comment_to_dict(entry), _COMMENT)
        target = self.folder / f"{entry.key}{suffix}"
        fresh = target.with_suffix(".new")
        data = json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
        except OSError as error:
            raise _not_written(error) from error

    def forget(self, key: str) -> None:
        """Drop what is kept under *key*: it is in the newsroom now, or nobody wants it."""
        for suffix in (_SUFFIX, _COMMENT):
            (self.folder / f"{key}{suffix}").unlink(missing_ok=True)

    def entries(self) -> list[Entry]:
        """The texts that are kept, the oldest first. A file that is broken is put aside, not deleted."""
        return sorted(self._read(_SUFFIX, _from_plain), key=lambda entry: entry.written_at)

    def comments(self) -> list[CommentEntry]:
        """The comments that are kept, in the manner of `entries`."""
        return sorted(self._read(_COMMENT, _comment_from_dict), key=lambda entry: entry.written_at)

    def _read(self, suffix: str, from_plain: Callable[[str, dict[str, Any]], T]) -> list[T]:
        found = []
        for file in sorted(self.folder.glob(f"*{suffix}")):
            try:
                found.append(from_plain(file.stem, json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))))
            except (ValueError, KeyError, TypeError, AttributeError):
                file.replace(file.with_suffix(_BROKEN))
            except OSError:
                continue  # not ours to read; it stays where it is
        return found

    def remove_if_empty(self) -> None:
        """Remove the folder once nothing but half-written files is left in it."""
        try:
            for file in self.folder.glob("*.new"):
                file.unlink()
            self.folder.rmdir()
        except OSError:
            return


def keep_misread(folder: Path, article: ArticleId | None, written: Written) -> Path:
    """Keep a text whose Markdown does not mean what was on the page, both sides whole; returns the file in *folder*.

    Such a thing is an error of this program, and the file is what it takes to mend the text and the program. Raises
    `EnvironmentFault`.
    """
    file = folder / f"{'new' if article is None else article}-{new_key()}{_SUFFIX}"
    plain = {"markdown": written.markdown, "page": _as_plain(written.document)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            opened.write(json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise _not_written(error) from error
    return file


def _as_plain(value: Any) -> Any:
    """Dataclasses as objects that name their class, so that nothing of a document is lost."""
    if is_dataclass(value):
        return {"is": type(value).__name__} | {one.name: _as_plain(getattr(value, one.name)) for one in fields(value)}
    return [_as_plain(one) for one in value] if isinstance(value, tuple) else value


def _not_written(error: OSError) -> EnvironmentFault:
    return EnvironmentFault(
        _("Страховочная копия текста не записана: {words}. Текст остаётся в окне.").format(words=system_words(error))
    )


def new_key() -> str:
    """A key that no other entry has."""
    return uuid.uuid4().hex


def _to_plain(entry: Entry) -> dict[str, Any]:
    return {
        "article": entry.article,
        "base_revision": entry.base_revision,
        "base_hash": entry.base_hash,
        "content": content_to_dict(entry.content),
        "login": entry.login,
        "written_at": entry.written_at.isoformat(),
    }


def _from_plain(key: str, plain: dict[str, Any]) -> Entry:
    article = plain["article"]
    return Entry(
        key=key,
        article=None if article is None else ArticleId(int(article)),
        base_revision=int(plain["base_revision"]),
        base_hash=str(plain["base_hash"]),
        content=content_from_dict(plain["content"]),
        login=str(plain["login"]),
        written_at=datetime.fromisoformat(plain["written_at"]),
    )


def _comment_to_dict(entry: CommentEntry) -> dict[str, Any]:
    return asdict(entry) | {"written_at": entry.written_at.isoformat()}


def _comment_from_dict(key: str, plain: dict[str, Any]) -> CommentEntry:
    article, place, comment = plain["article"], plain["place"], plain["comment"]
    anchor = place["anchor"]
    return CommentEntry(
        key=key,
        article=None if article is None else ArticleId(int(article)),
        place=Place(
            Field(place["field"]),
            Anchor(str(anchor["before"]), str(anchor["selected"]), str(anchor["after"]), int(anchor["position"])),
        ),
        comment=None if comment is None else CommentId(int(comment)),
        text=str(plain["text"]),
        login=str(plain["login"]),
        written_at=datetime.fromisoformat(plain["written_at"]),
    )
