"""The word lists, kept between runs in pytest's cache; the first run on a machine builds them."""

from pathlib import Path

import pytest

from newsroom.text.spelling.judging import Lexicons
from newsroom.text.spelling.speller import Speller
from newsroom.text.spelling.storing import open_lexicons


@pytest.fixture(scope="session")
def lexicons(request: pytest.FixtureRequest) -> Lexicons:
    return open_lexicons(Path(request.config.cache.mkdir("newsroom")) / "dictionaries")


@pytest.fixture
def speller(lexicons: Lexicons) -> Speller:
    """Without a word of any house."""
    return Speller(lexicons)
