"""Latin addresses of articles, made from headlines by transliteration."""

import re
import unicodedata
from enum import StrEnum

MAX_LENGTH = 80
#: The address of a headline without a single letter or digit.
FALLBACK = "statya"


class Transliteration(StrEnum):
    """Which Latin letters stand for Cyrillic ones."""

    #: What Yandex reads in addresses; the habit of Russian sites.
    YANDEX = "yandex"
    #: GOST 7.79-2000, system B, without the marks that an address cannot hold.
    GOST = "gost"


_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "j",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz",
}  # fmt: skip
_LETTERS = {
    Transliteration.YANDEX: _COMMON,
    Transliteration.GOST: _COMMON | {"х": "x", "ц": "cz", "щ": "shh"},
}
#: GOST writes a single c before these.
_SOFTENING = "еёиэыюяй"

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def make_slug(headline: str, limit: int = MAX_LENGTH, *, letters: Transliteration = Transliteration.YANDEX) -> str:
    """An address of a–z, 0–9 and single hyphens for *headline*, at most *limit* characters, never empty.

    It is cut after a whole word; a first word longer than the limit is cut inside.
    """
    words = re.findall(r"[a-z0-9]+", _transliterated(headline, letters))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:limit]
        if len(longer) > limit:
            break
        slug = longer
    return slug or FALLBACK[:limit]


def is_slug(text: str) -> bool:
    """Whether *text* is an address: a–z, 0–9 and single hyphens inside, at most `MAX_LENGTH` characters."""
    return len(text) <= MAX_LENGTH and _SLUG.fullmatch(text) is not None


def numbered(slug: str, n: int) -> str:
    """*slug* for the *n*-th article of that address: ``slug-2``, still at most `MAX_LENGTH` characters."""
    suffix = f"-{n}"
    return slug[: MAX_LENGTH - len(suffix)].rstrip("-") + suffix


def _transliterated(text: str, letters: Transliteration) -> str:
    table = _LETTERS[letters]
    result: list[str] = []
    composed = unicodedata.normalize("NFC", text).lower()
    for place, letter in enumerate(composed):
        if letters is Transliteration.GOST and letter == "ц" and composed[place + 1 : place + 2] in tuple(_SOFTENING):
            result.append("c")
        elif letter in table:
            result.append(table[letter])
        elif letter in "'’ʼ`\u00ad\u0301":
            continue  # apostrophes, soft hyphens and stress marks stand inside words
        else:
            # Accents fall off Latin letters; whatever else it is ends the word.
            result.append("".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)))
    return "".join(result).lower()
