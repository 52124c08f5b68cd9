"""The language in which the program speaks: Russian in the source, other languages from gettext catalogues.

Every sentence a person may read goes through `_` (or `n_` where it counts something). The catalogues live in
``resources/translations/<language>/LC_MESSAGES/newsroom.mo``; Russian has one too, for its plural forms.
The language is one for the whole process: a person uses one program in one language.
"""

import errno
import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager

from resources import FOLDER

LANGUAGES = ("ru", "en")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = ""


def use_language(language: str) -> None:
    """Speak *language* from now on; an unknown one falls back to Russian."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else "ru"
    _catalogue = gettext.translation("newsroom", str(FOLDER / "translations"), languages=[_language], fallback=True)


def current_language() -> str:
    """The language in use, ``ru`` or ``en``."""
    return _language or "ru"


def _(message: str) -> str:
    """*message*, written in Russian, in the language of the program."""
    if not _language:
        use_language("ru")
    return _catalogue.gettext(message)


def n_(one: str, many: str, number: int) -> str:
    """The form of a counted phrase that fits *number*; ``{n}`` in it stands for the number.

    The Russian catalogue holds all three Russian forms under *one* / *many*.
    """
    if not _language:
        use_language("ru")
    return _catalogue.ngettext(one, many, number).format(n=number)


def later(message: str) -> str:
    """Mark *message* for the catalogues where it is translated later, when it is shown."""
    return message


@contextmanager
def argparse_in_our_language() -> Iterator[None]:
    """Python's own words of a command line (usage, options, refusals) are in the language of the program meanwhile.

    argparse asks gettext for its default domain, in the language that the environment names: both are set, and set
    back. Its English is its source; the Russian is in ``argparse.po``.
    """
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("argparse", str(FOLDER / "translations"))
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = current_language()
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if language is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = language


_SYSTEM = {
    errno.ENOENT: later("такого файла или папки нет"),
    errno.EACCES: later("нет прав"),
    errno.EPERM: later("нет прав"),
    errno.EISDIR: later("это папка, а не файл"),
    errno.ENOTDIR: later("на пути к нему файл, а не папка"),
    errno.EEXIST: later("такое имя уже занято"),
    errno.ENOSPC: later("на диске нет места"),
    errno.EFBIG: later("на диске нет места для файла такого размера"),
    errno.EROFS: later("диск открыт только для чтения"),
    errno.ELOOP: later("ссылки ведут по кругу"),
    errno.ENAMETOOLONG: later("слишком длинное имя"),
    errno.EIO: later("диск отвечает ошибкой"),
    errno.EADDRINUSE: later("порт занят другой программой"),
    errno.EADDRNOTAVAIL: later("у этой машины нет такого адреса"),
}


def system_words(error: OSError) -> str:
    """What the operating system complains of, to go after a colon; its own words where we have none."""
    known = _SYSTEM.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error) or type(error).__name__
