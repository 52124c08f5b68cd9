"""Photos as files in a folder that the site shows: written whole or not at all, named by what they hold."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from newsroom.domain.errors import SiteDiverged, SiteUnavailable
from newsroom.site.orphans import CONTENT_NAME, Orphan, file_at, files_in
from newsroom.site.port import SitePhoto
from newsroom.words import _, system_words

_INCOMPLETE: Final = ".newsroom-"
#: Names that deliveries give to files, and to those they are still writing.
_OURS: Final = re.compile(rf"{CONTENT_NAME.pattern}|{re.escape(_INCOMPLETE)}\w{{8}}")


class PhotoFolder:
    """The folder has to be there: one that is missing is a disk that is not mounted, and is never made."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def why_not_writable(self) -> str:
        """In words: why no photo can be put here; empty where nothing speaks against it."""
        if not self._folder.is_dir():
            return _("папки {folder} нет").format(folder=self._folder)
        return "" if os.access(self._folder, os.W_OK | os.X_OK) else _("нет прав на запись")

    def lacks(self, photo: SitePhoto) -> bool:
        """Whether the file has to be written. Raises `SiteDiverged` for another file of that name."""
        try:
            data = (self._folder / photo.file_name).read_bytes()
        except FileNotFoundError:
            return True
        except OSError as error:
            raise self._unavailable(error) from error
        if hashlib.sha256(data).digest() != hashlib.sha256(photo.data).digest():
            raise SiteDiverged(
                _("Файл фото {name} на сайте не тот, что был отправлен; чужой файл не затёрт.").format(
                    name=photo.file_name
                )
            )
        return False

    def put(self, photo: SitePhoto) -> None:
        """Write the file unless it is there. Raises `SiteUnavailable` and what `lacks` raises."""
        target = self._folder / photo.file_name
        if not self.lacks(photo):
            # Used anew: its age as an orphan begins here.
            with suppress(OSError):
                os.utime(target)
            return
        try:
            handle, name = tempfile.mkstemp(prefix=_INCOMPLETE, dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(photo.data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(target)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise
        except OSError as error:
            raise self._unavailable(error) from error

    def ours(self, before: datetime) -> Iterator[Orphan]:
        """Files that deliveries wrote, or began to write, *before*. Raises `SiteUnavailable`."""
        try:
            yield from files_in(self._folder, _OURS, before)
        except OSError as error:
            raise self._unavailable(error) from error

    def remove_old(self, name: str, before: datetime) -> bool:
        """Remove one of `ours`, unless it was written or used since; whether it is gone. Raises `SiteUnavailable`."""
        file = self._folder / name
        try:
            found = file_at(file, name)
            if found and found.written_at < before:
                file.unlink(missing_ok=True)
            return not file.exists()
        except OSError as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: OSError) -> SiteUnavailable:
        return SiteUnavailable(
            _("Папка фото сайта {folder} недоступна: {why}.").format(folder=self._folder, why=system_words(error))
        )
