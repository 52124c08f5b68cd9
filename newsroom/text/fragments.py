"""Small facts about characters and addresses that reading, writing and showing Markdown share."""

import re
import unicodedata

from newsroom.domain.errors import InvalidInput
from newsroom.words import _

#: A book has about a million characters; what is longer is no article.
MAX_CHARACTERS = 2_000_000

#: Blanks that Markdown drops at the ends of a line. A no-break space is not one of them: somebody put it there.
BLANKS = " \t"

#: What word processors, Qt and old files put where a line ends inside a paragraph.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH_ENDS = re.compile("[\x0c\u2029]")
#: Controls and non-characters: nobody can see them, HTML and XML forbid them.
_INVISIBLE = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0010ffff]")
_REFUSED = re.compile("[\x00\ud800-\udfff]")
#: Whatever `clean` may have to look at more closely.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0010ffff]"
)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_UNSAFE_SCHEMES = frozenset({"javascript", "data", "vbscript", "file"})
_ADDRESS_NOISE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def too_long(count: int, limit: int = MAX_CHARACTERS) -> InvalidInput:
    """What to raise for a text of *count* characters."""
    return InvalidInput(
        _("В тексте {count} знаков, а принимается не больше {limit}. Разделите его на части.").format(
            count=count, limit=limit
        )
    )


def clean(text: str) -> str:
    """*text* with every kind of line end as ``\\n`` and without characters that nobody can see.

    Raises `InvalidInput` for NUL and for halves of surrogate pairs: such a text was damaged on its way here.
    """
    if not _UNCLEAN.search(text):
        return text
    if damaged := _REFUSED.search(text):
        line = text.count("\n", 0, damaged.start()) + 1
        raise InvalidInput(
            _("В строке {line} повреждённый символ (U+{code:04X}). Уберите его и повторите.").format(
                line=line, code=ord(damaged.group())
            )
        )
    text = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    return _INVISIBLE.sub(_seen, text)


def _seen(match: re.Match[str]) -> str:
    """Beyond the basic plane only the last two code points of each plane are non-characters."""
    code = ord(match.group())
    return match.group() if code > 0xFFFF and code & 0xFFFE != 0xFFFE else ""


def one_line(text: str) -> str:
    """*text* cleaned, with its lines joined by blanks and no blanks at its ends."""
    return re.sub("[ \t]*\n[ \t\n]*", " ", clean(text)).strip(BLANKS)


def safe_address(address: str) -> str:
    """*address* as a link may carry it, or empty where following it could run something."""
    address = _ADDRESS_NOISE.sub("", address).strip()
    # Browsers drop blanks and controls before they look for the scheme; so does this check.
    scheme = _SCHEME.match(re.sub(r"\s", "", address))
    if scheme and scheme.group(1).lower() in _UNSAFE_SCHEMES:
        return ""
    return address


def is_word_character(character: str) -> bool:
    """Whether *character* is neither white space nor punctuation to the emphasis rules of CommonMark."""
    return not character.isspace() and unicodedata.category(character)[0] not in "PS"
