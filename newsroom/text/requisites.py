"""Numbers that authorities give out and that can be checked by themselves."""

from __future__ import annotations

import re
from typing import Final

_TEN: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVEN: Final = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELVE: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_ERID: Final = re.compile(r"[A-Za-z0-9]{8,64}")


def is_inn(digits: str) -> bool:
    """Whether *digits* are a taxpayer's number: 10 digits of a company, 12 of a person, the check digits right.

    Source: order of the Federal Tax Service ММВ-7-6/435@ of 29.06.2012.
    """
    if not digits.isascii() or not digits.isdigit():
        return False
    if len(digits) == 10:
        return _check(digits, _TEN) == int(digits[9])
    if len(digits) == 12:
        return _check(digits, _ELEVEN) == int(digits[10]) and _check(digits, _TWELVE) == int(digits[11])
    return False


def is_erid(text: str) -> bool:
    """Whether *text* has the form of an advertising identifier (law 38-ФЗ, article 18.1): letters and digits."""
    return _ERID.fullmatch(text) is not None


def _check(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10
