"""Files of the newsroom's lists, read and written; what stands in them is `newsroom.text.list_files`."""

from pathlib import Path

from newsroom.domain.errors import EnvironmentFault, InvalidInput
from newsroom.text.archives import MAX_FILE
from newsroom.words import _, system_words


def read_list(file: Path) -> bytes:
    """What *file* holds. Raises `InvalidInput` where it cannot be read, or is too large for a list."""
    try:
        if file.stat().st_size > MAX_FILE:
            raise InvalidInput(_("Файл больше {limit} МБ — это не список.").format(limit=MAX_FILE // 1_000_000))
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(_("Файл не читается: {words}.").format(words=system_words(error))) from error
    except ValueError as error:  # a name that no file can have
        raise InvalidInput(_("Файл не читается: {words}.").format(words=error)) from error


def write_list(file: Path, text: str) -> None:
    """Write *text* into *file*. Raises `EnvironmentFault`."""
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise EnvironmentFault(
            _("Файл {file} не записан: {words}.").format(file=file, words=system_words(error))
        ) from error
