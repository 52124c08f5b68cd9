"""The folder of a WordPress' uploads, on this machine or mounted: files appear whole or not at all.

Every name carries the photo's content and the article, so nothing of anybody else's is ever overwritten or removed.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from newsroom.domain.errors import InvalidInput, SiteRefused, SiteUnavailable
from newsroom.domain.ids import ArticleUid
from newsroom.site.orphans import DIGITS, Orphan, file_at, files_in
from newsroom.site.port import SitePhoto
from newsroom.words import _, system_words

#: Bytes of a file that may be a photo.
_LARGEST = 60_000_000

#: What `file_name` makes of a photo named by its content.
OURS: Final = re.compile(rf"[0-9a-f]{{{DIGITS}}}-[0-9a-f]{{8}}\.(?:jpg|png|webp)")
_INCOMPLETE: Final = re.compile(rf"\.{OURS.pattern}\.[0-9a-f]{{8}}")
_OURS_OR_INCOMPLETE: Final = re.compile(f"{OURS.pattern}|{_INCOMPLETE.pattern}")


def file_name(photo: SitePhoto, uid: ArticleUid) -> str:
    """Name of a photo's file: an article has its own, so that it can be removed with the article."""
    name = PurePosixPath(photo.file_name)
    return f"{name.stem}-{uid.replace('-', '')[:8]}{name.suffix}"


class Uploads:
    """Files by paths relative to *folder*, with slashes, as WordPress writes them."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None

    def refuse_without_folder(self, photos: tuple[SitePhoto, ...]) -> None:
        """Raise `SiteRefused` where there are photos and nowhere to put them, `SiteUnavailable` where that is gone."""
        if not photos:
            return
        if self._folder is None:
            raise SiteRefused(
                _("Куда класть фото для сайта, эта машина не знает: настройте uploads (newsroom site options).")
            )
        if not self._folder.is_dir():
            raise SiteUnavailable(
                _("Папки {folder} с файлами сайта нет: не подключён ли диск?").format(folder=self._folder)
            )

    def put(self, relative: str, data: bytes, *, known: bool) -> None:
        """Write a file unless it is there; read it again to be sure.

        A file that the site has long had (*known*) may have been compressed there and is left as it is; a new one that
        meets other bytes under its name raises `SiteRefused`. Raises `SiteUnavailable` where it cannot be written.
        """
        file = self._file(relative)
        try:
            if known and file.is_file() and file.stat().st_size:
                return
            if file.is_file() and file.stat().st_size:
                if file.read_bytes() != data:
                    raise SiteRefused(_("Имя файла «{name}» на сайте занято другим фото.").format(name=relative))
                # Used anew: its age as an orphan begins here.
                with suppress(OSError):
                    os.utime(file)
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(file, data)
            if file.read_bytes() != data:
                raise SiteUnavailable(_("Файл {file} записан не целиком.").format(file=file))
        except OSError as error:
            raise SiteUnavailable(
                _("Фото не записано в папку сайта: {file} ({words}).").format(file=file, words=system_words(error))
            ) from error

    def has(self, relative: str) -> bool:
        """Whether the file is there and not empty."""
        if self._folder is None:
            return False
        try:
            return self._file(relative).stat().st_size > 0
        except OSError:
            return False

    def read(self, relative: str) -> bytes | None:
        """The file's bytes; None where there is no such file, or it is larger than a photo may be."""
        if self._folder is None:
            return None
        try:
            file = self._file(relative)
            if not file.resolve().is_relative_to(self._folder.resolve()) or file.stat().st_size > _LARGEST:
                return None
            return file.read_bytes()
        except (OSError, ValueError, SiteRefused):
            return None

    def why_not_writable(self) -> str:
        """In words: why nothing can be written here; empty where it can."""
        assert self._folder is not None
        probe = self._folder / f".newsroom-{secrets.token_hex(4)}"
        try:
            probe.touch()
            probe.unlink()
        except OSError as error:
            return system_words(error)
        return ""

    def remove(self, relative: str) -> bool:
        """Remove a file together with the copies of other sizes that the site made of it; whether all are gone."""
        if self._folder is None:
            return False
        file = self._file(relative)
        try:
            for copy in file.parent.glob(f"{file.stem}*"):
                copy.unlink(missing_ok=True)
        except OSError:
            return False
        return not file.exists()

    def ours(self, before: datetime) -> Iterator[Orphan]:
        """Files that deliveries wrote, or began to write, *before*, in the folder itself and its months.

        Raises `InvalidInput` where this machine does not know the folder, `SiteUnavailable` where it cannot be read.
        """
        if self._folder is None:
            raise InvalidInput(
                _("Где лежат файлы сайта, эта машина не знает: настройте uploads (newsroom site options).")
            )
        try:
            yield from files_in(self._folder, _OURS_OR_INCOMPLETE, before)
            for month in self._folder.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]"):
                prefix = f"{month.parent.name}/{month.name}/"
                yield from files_in(month, _OURS_OR_INCOMPLETE, before, prefix)
        except OSError as error:
            raise SiteUnavailable(
                _("Папка {folder} с файлами сайта не читается ({words}).").format(
                    folder=self._folder, words=system_words(error)
                )
            ) from error

    def seen(self, relative: str) -> Orphan | None:
        """The file's facts; None where there is no such file."""
        return file_at(self._file(relative), relative)

    def remove_old(self, relative: str, before: datetime) -> bool:
        """`remove` one of `ours`, unless it was written or used since."""
        file, found = self._file(relative), self.seen(relative)
        if found is None or found.written_at >= before:
            return found is None
        if not _INCOMPLETE.fullmatch(file.name):
            return self.remove(relative)
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return not file.exists()

    def _file(self, relative: str) -> Path:
        assert self._folder is not None
        path = PurePosixPath(relative)
        if path.is_absolute() or ".." in path.parts:
            raise SiteRefused(_("Путь к файлу «{name}» на сайте ведёт не в папку файлов.").format(name=relative))
        return self._folder.joinpath(*path.parts)


class RehearsedUploads(Uploads):
    """Writes nothing, and remembers what it would have written.

    Attributes:
        planned: those files.
    """

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.planned: list[str] = []

    def put(self, relative: str, data: bytes, *, known: bool) -> None:  # noqa: ARG002 -- as of any uploads
        if not self.has(relative):
            self.planned.append(relative)


def _write_whole(file: Path, data: bytes) -> None:
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with fresh.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        # For the web server, whatever this account's habits are.
        fresh.chmod(0o644)
        fresh.replace(file)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
