"""The word lists on disk: built once on each machine and for each version of their sources, read in milliseconds.

A file is a line that names its format, the SHA-256 of the rest, and the automaton. A damaged one is built again.
Several programs may build at once: each writes a file of its own and puts it in place whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from newsroom.domain.errors import EnvironmentFault
from newsroom.text.spelling import building
from newsroom.text.spelling.judging import Lexicons
from newsroom.text.spelling.lexicon import Lexicon
from newsroom.words import _, system_words

if TYPE_CHECKING:
    from dawg import IntCompletionDAWG

#: Raised by one whenever `building` makes other lists of the same sources.
FORMAT: Final = 6
_HEAD: Final = b"newsroom lexicon %d\n" % FORMAT
_SUM_BYTES: Final = 32
#: Steps of politeness (`os.nice`) of a process that builds.
_GIVE_WAY: Final = 10
#: Seconds between two looks at the process that builds.
_LOOK_AGAIN: Final = 0.1
#: The packages that each list is made from: a new version of one makes a new file.
_SOURCES: Final = {
    "ru": ("pymorphy3-dicts-ru", "pyspellchecker"),
    "en": ("pyspellchecker",),
}
_BUILDERS: Final[dict[str, Callable[[], IntCompletionDAWG]]] = {
    "ru": building.build_russian,
    "en": building.build_english,
}


def open_lexicons(folder: Path, *, apart: bool = False, stop: Event | None = None) -> Lexicons:
    """The word lists kept in *folder*, which are built where they are missing or damaged.

    Building takes from a quarter of a minute to a minute and a half; *apart* has it done by a process of its own, so
    that a window stays live, and *stop* ends that process. Raises `EnvironmentFault` where the folder cannot be written
    or the building was ended.
    """
    if apart and any(_read(_file(folder, language)) is None for language in _SOURCES):
        _build_apart(folder, stop or Event())
    return Lexicons(open_lexicon(folder, "ru"), open_lexicon(folder, "en"))


def are_present(folder: Path) -> bool:
    """Whether both lists can be read without building any."""
    return all(_read(_file(folder, language)) is not None for language in _SOURCES)


def open_lexicon(folder: Path, language: str) -> Lexicon:
    """The list of *language* (``ru``, ``en``), built where it is missing or damaged. Raises `EnvironmentFault`."""
    from dawg import IntCompletionDAWG

    file = _file(folder, language)
    content = _read(file)
    if content is None:
        content = _BUILDERS[language]().tobytes()
        _write(file, content)
    return Lexicon(IntCompletionDAWG().frombytes(content))


def build_missing(folder: Path) -> None:
    """Build the lists that *folder* lacks. Raises `EnvironmentFault`."""
    for language in _SOURCES:
        open_lexicon(folder, language)


def _build_politely(folder: Path) -> None:
    if hasattr(os, "nice"):
        os.nice(_GIVE_WAY)
    build_missing(folder)


def _build_apart(folder: Path, stop: Event) -> None:
    from multiprocessing import get_context

    worker = get_context("spawn").Process(target=_build_politely, args=(folder,), daemon=True)
    worker.start()
    while worker.is_alive() and not stop.is_set():
        worker.join(_LOOK_AGAIN)
    if worker.is_alive():
        worker.terminate()
        worker.join()
    failed = worker.exitcode != 0
    worker.close()
    if failed:
        raise EnvironmentFault(_("Словарь для проверки орфографии не построен: {folder}.").format(folder=folder))


def _file(folder: Path, language: str) -> Path:
    versions = "-".join(version(package) for package in _SOURCES[language])
    return folder / f"{language}-{versions}-{FORMAT}.dawg"


def _read(file: Path) -> bytes | None:
    """The automaton in *file*; None where there is none or it is not whole."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    begin = len(_HEAD) + _SUM_BYTES
    if not content.startswith(_HEAD) or content[len(_HEAD) : begin] != sha256(body := content[begin:]).digest():
        return None
    return body


def _write(file: Path, body: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=file.name, suffix=".part", dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as fresh:
                fresh.write(_HEAD + sha256(body).digest() + body)
            Path(name).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        if _read(file) is None:
            raise EnvironmentFault(
                _("Файл {file} не записан: {words}.").format(file=file, words=system_words(error))
            ) from error
