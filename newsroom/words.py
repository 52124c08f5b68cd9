"""The language in which the program speaks: Russian in the source, other languages from gettext catalogues.

Every sentence a person may read goes through `_` (or `n_` where it counts something). The catalogues live in
``resources/translations/<language>/LC_MESSAGES/newsroom.mo``; Russian has one too, for its plural forms.
The language is one for the whole process: a person uses one program in one language.
"""

import gettext

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
