"""Folders in which an SQLite file is not safe: on a network its locks do not hold, and a synchroniser swaps it."""

import re
import sys
from pathlib import Path

from newsroom.domain.errors import InvalidInput
from newsroom.words import _

#: Types of file systems that lie on another machine (https://sqlite.org/howtocorrupt.html, 2.1).
_NETWORK = re.compile(r"nfs\d?|cifs|smb\w*|afs|ceph|glusterfs|lustre|ncpfs|davfs|fuse\.(sshfs|rclone|davfs2?|smbnetfs)")
#: Folders that programs of synchronisation keep alike on several machines, by name or by what lies in them.
_SYNCED = re.compile(
    r"(dropbox|onedrive|yandex\.?disk|яндекс\.?диск|google ?drive|icloud ?drive|nextcloud)( .*)?", re.I
)
_MARKS = (".dropbox", ".stfolder", ".sync", ".owncloudsync.log")
_MOUNTS = Path("/proc/self/mounts")


def refuse_unsafe(file: Path, mounts: Path = _MOUNTS) -> None:
    """Raise `InvalidInput` where the database *file* would lie on a network or in a synchronised folder.

    *mounts* is the system's list of file systems; where there is none, only the path itself is judged.
    """
    place = file.absolute()
    if sys.platform == "win32" and place.drive.startswith("\\\\"):
        raise InvalidInput(_on_network(place))
    if _NETWORK.fullmatch(_file_system(place, mounts)):
        raise InvalidInput(_on_network(place))
    for folder in place.parents:
        if _SYNCED.fullmatch(folder.name) or any((folder / mark).exists() for mark in _MARKS):
            raise InvalidInput(
                _(
                    "Папку {folder} синхронизирует другая программа, и база в ней портится: храните базу в обычной "
                    "папке этой машины или на сервере PostgreSQL."
                ).format(folder=folder)
            )


def _on_network(place: Path) -> str:
    return _(
        "База {file} лежит на сетевом диске, где её не защитить от одновременной записи: храните её на диске этой "
        "машины или на сервере PostgreSQL."
    ).format(file=place)


def _file_system(place: Path, mounts: Path) -> str:
    """The type of the file system that *place* lies on; empty where nobody knows."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = ("", "")
    for line in lines:
        _device, point, kind, *_rest = line.split(" ")
        point = point.replace("\\040", " ")
        if place.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]
