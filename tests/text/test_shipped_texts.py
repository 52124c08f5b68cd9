"""Every Markdown file that the program ships, and hundreds made up: byte for byte the same once they were written."""

from pathlib import Path

import pytest
from hypothesis import example, given

from newsroom.text.front_matter import read_front_matter
from newsroom.text.markdown import parse
from newsroom.text.writer import write
from tests.examples import lossless
from tests.text.documents import RAW_SOURCES, markdown

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*ROOT.glob("*.md"), *(ROOT / "resources").rglob("*.md"), *(ROOT / "tests").rglob("*.md")])


def body_of(file: Path) -> str:
    """The Markdown of *file*, without its fields."""
    data = file.read_bytes()
    return read_front_matter(data).body if data.startswith(b"---") else data.decode()


def test_there_are_texts_to_try():
    assert len(SHIPPED) > 30


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_text_is_stable_once_written(file):
    once = write(parse(body_of(file)))
    assert write(parse(once)) == once


@lossless
@given(markdown)
@example("\n\n".join(RAW_SOURCES))
def test_any_text_is_stable_once_written(source):
    once = write(parse(source))
    assert write(parse(once)) == once
