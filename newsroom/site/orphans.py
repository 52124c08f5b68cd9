"""Photos that the newsroom itself put on a site and no article there uses any more: how they are told, and their files.

A killed publisher leaves them, as does whoever deletes an article on the site by hand. Ours is only what bears the name
that a delivery gives: the first half of the photo's SHA-256.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

#: Digits of the photo's SHA-256 that its file name begins with.
DIGITS: Final = 32
CONTENT_NAME: Final = re.compile(rf"[0-9a-f]{{{DIGITS}}}\.(?:jpg|png|webp)")


@dataclass(frozen=True, slots=True)
class Orphan:
    """One photo on a site that nothing there uses."""

    #: As the site names it; in folders the path from the folder of photos, with slashes.
    file_name: str
    #: Bytes.
    size: int
    #: Aware UTC.
    written_at: datetime
    #: Primary key of its row, as text; empty for a file without one.
    key: str = ""

    @property
    def photo(self) -> str:
        """The first digits of the photo's SHA-256; those of a file cut short by a kill mean nothing."""
        return self.file_name.rpartition("/")[2].lstrip(".")[:DIGITS]


def files_in(folder: Path, names: re.Pattern[str], before: datetime, prefix: str = "") -> Iterator[Orphan]:
    """The files of *folder* itself with one of the *names* that were written *before*; links are left alone.

    *prefix* stands before the name in what is given. Raises `OSError` where the folder cannot be read.
    """
    for file in folder.iterdir():
        if names.fullmatch(file.name) and (found := file_at(file, prefix + file.name)) and found.written_at < before:
            yield found


def file_at(file: Path, name: str) -> Orphan | None:
    """The file as an orphan called *name*; None where it is no file, or gone by now."""
    try:
        facts = file.lstat()
    except FileNotFoundError:
        return None
    if file.is_symlink() or not file.is_file():
        return None
    return Orphan(name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))
