"""Lists as files: read and written for commands."""

from pathlib import Path

from newsroom.domain.errors import EnvironmentFault, InvalidInput
from newsroom.text.archives import MAX_FILE
from newsroom.words import _, system_words


def read_bytes(file: Path) -> bytes:
    """Raises `InvalidInput` for what cannot be read or is too large to be a list."""
    try:
        if file.stat().st_size > MAX_FILE:
            raise InvalidInput(_("Файл больше {limit} МБ — это не список.").format(limit=MAX_FILE // 1_000_000))
        return file.read_bytes()
    except (OSError, ValueError) as error:
        told = system_words(error) if isinstance(error, OSError) else error
        raise InvalidInput(_("Файл не читается: {words}.").format(words=told)) from error


def write_text(file: Path | None, text: str) -> None:
    """Into *file*, or onto the screen. Raises `EnvironmentFault`."""
    if file is None:
        print(text, end="")
    else:
        write_bytes(file, text.encode())


def write_bytes(file: Path, data: bytes) -> None:
    """Raises `EnvironmentFault`."""
    try:
        file.write_bytes(data)
    except OSError as error:
        raise EnvironmentFault(
            _("Файл {file} не записан: {words}.").format(file=file, words=system_words(error))
        ) from error
