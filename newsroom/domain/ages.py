"""Age categories of information products (federal law 436-ФЗ of 29.12.2010, article 6)."""

from enum import StrEnum

from newsroom.domain.errors import InvalidInput
from newsroom.words import _


class AgeRating(StrEnum):
    """An outlet's rating of one article. There is no default: somebody must choose."""

    ZERO = "0+"
    SIX = "6+"
    TWELVE = "12+"
    SIXTEEN = "16+"
    EIGHTEEN = "18+"

    @classmethod
    def parse(cls, text: str) -> "AgeRating":
        """The rating written as ``12+`` or ``12``.

        Raises `InvalidInput` for anything else.
        """
        cleaned = text.strip().removesuffix("+").strip()
        try:
            return cls(f"{cleaned}+")
        except ValueError:
            raise InvalidInput(
                _("Возрастной знак «{text}» неизвестен: бывает {all}.").format(text=text, all=", ".join(cls))
            ) from None
