"""The photo store: originals in a folder, each under the hash of its own bytes, so that nothing is ever overwritten."""

import contextlib
import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.domain.errors import EnvironmentFault, InvalidInput, NotFound
from newsroom.domain.ids import PhotoId
from newsroom.photos.containers import JPEG, PNG, WEBP
from newsroom.words import _, system_words

if TYPE_CHECKING:  # the store itself starts without loading Pillow
    from newsroom.photos.examine import CleanPhoto

EXTENSIONS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp"}
_ID = re.compile(r"[0-9a-f]{64}")
#: Seconds after which a file still being written belongs to nobody any more.
_ABANDONED = 3600
_DISK_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC}


class PhotoStoreUnavailable(EnvironmentFault):
    """The folder of the photo store cannot be read or written; its disk may be full. Nothing was half written."""


class PhotoStore:
    """Photos in *folder* as ``ab/cd/HASH.jpg``. Several programs on several machines may share the folder.

    A file appears under its name only when all its bytes are on the disk.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, photo: "CleanPhoto") -> None:
        """Keep *photo*; the same one again is fine, and mends a file that has changed on the disk.

        Raises `PhotoStoreUnavailable`.
        """
        target = self._place(photo.id, photo.mime)
        with self._faults(_("Фото «{name}» не сохранено").format(name=photo.name)):
            if target.is_file() and _hash(target.read_bytes()) == photo.id:
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            self._sweep()
            _write_durably(photo.data, self._incoming, target)

    def read(self, photo: PhotoId) -> bytes:
        """The bytes of the original.

        Raises `NotFound`, `InvalidInput` where the file is no longer what was put there, `PhotoStoreUnavailable`.
        """
        file = self.path(photo)
        with self._faults(_("Фото не читается")):
            data = file.read_bytes()
        if _hash(data) != photo:
            raise InvalidInput(
                _("Файл фото {name} в хранилище изменён или повреждён: верните его или добавьте фото заново.").format(
                    name=file.name
                )
            )
        return data

    def path(self, photo: PhotoId) -> Path:
        """Where the original lies. Raises `NotFound`."""
        found = self._find(photo)
        if found is None:
            raise NotFound(
                _("Фото {name} нет в хранилище: верните файл или добавьте фото заново.").format(
                    name=photo[:12] if _ID.fullmatch(photo) else "?"
                )
            )
        return found

    def has(self, photo: PhotoId) -> bool:
        return self._find(photo) is not None

    @property
    def _incoming(self) -> Path:
        """Where files lie while they are being written; on the same disk, so that naming them is one step."""
        return self.folder / "incoming"

    def _sweep(self) -> None:
        """Take away what programs that were killed have left half written."""
        self._incoming.mkdir(exist_ok=True)
        for file in self._incoming.iterdir():
            # Another program may be writing its own, or sweeping too.
            with contextlib.suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > _ABANDONED:
                    file.unlink()

    def _find(self, photo: PhotoId) -> Path | None:
        if not _ID.fullmatch(photo):
            return None
        places = (self._place(photo, mime) for mime in EXTENSIONS)
        return next((place for place in places if place.is_file()), None)

    def _place(self, photo: PhotoId, mime: str) -> Path:
        return self.folder / photo[:2] / photo[2:4] / (photo + EXTENSIONS[mime])

    @contextlib.contextmanager
    def _faults(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _DISK_FULL:
                why = _("на диске нет места. Освободите место и повторите")
            else:
                why = _("хранилище недоступно ({words})").format(words=system_words(error))
            raise PhotoStoreUnavailable(f"{what}: {why} ({self.folder}).") from error


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write_durably(data: bytes, aside: Path, target: Path) -> None:
    """All of *data* under *target*, or nothing: written in *aside*, flushed to the disk, then given its name."""
    handle, temporary = tempfile.mkstemp(dir=aside)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; a shared store is read by colleagues.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
