"""The checker over the word lists of this machine."""

from pathlib import Path

import pytest

from newsroom.text.spelling.judging import Lexicons
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.storing import open_lexicons


@pytest.fixture(scope="session")
def lexicons(word_lists: Path) -> Lexicons:
    return open_lexicons(word_lists)


@pytest.fixture
def speller(lexicons: Lexicons) -> Speller:
    """Without a word of any house."""
    return Speller(lexicons)
