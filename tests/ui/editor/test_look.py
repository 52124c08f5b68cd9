"""An article with every kind of block, as it looks while it is written."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF

from newsroom.text.document import Block, HardBreak, List, Paragraph, Quote, Run
from newsroom.text.markdown import parse
from ui import theme
from ui.editor.blocks import Kind, Style, block_format

EVERY_BLOCK = (Path(__file__).parent / "texts" / "every-block.md").read_text(encoding="utf-8")


def test_the_article_has_every_kind_of_block():
    blocks = parse(EVERY_BLOCK).blocks
    assert {type(block) for block in blocks} == set(Block.__args__)
    first = blocks[0]
    assert isinstance(first, Paragraph)
    assert HardBreak() in first.inlines
    runs = [run for run in first.inlines if isinstance(run, Run)]
    assert all(any(getattr(run, style) for run in runs) for style in ("bold", "italic", "link"))
    assert any(isinstance(block, Quote) and block.speaker for block in blocks)
    assert any(isinstance(block, List) and block.ordered for block in blocks)
    assert any(isinstance(block, List) and any(item.children for item in block.items) for block in blocks)


@pytest.mark.parametrize("start", [8, 98, 998])
def test_numbers_of_items_are_painted_whole(body, start):
    body.set_document(parse(f"{start}. опоры\n{start + 1}. пролёты\n{start + 2}. асфальт"))
    body.show()
    picture = body.grab().toImage()
    edge = {picture.pixel(0, y) for y in range(120)}
    assert len(edge) == 1, "a number touches the edge of the page"


def test_the_bar_of_a_quote_is_whole_where_only_its_lower_line_is_painted_anew(body):
    body.set_document(parse("> Видели всё.\n>\n> И слышали."))
    body.show()
    below = body.document().begin().next()
    gap = round(body.document().documentLayout().blockBoundingRect(below).top()) - 4
    anew = body.viewport().grab(QRect(0, gap, 200, 40)).toImage()
    assert anew.pixelColor(1, 1) == theme.color("outline")
    assert anew.pixelColor(20, 1) != theme.color("outline")


def test_a_number_of_two_digits_has_room_beside_its_item(qapp):
    font = theme.ui_font(theme.tokens().article, tabular=True)
    assert QFontMetricsF(font).horizontalAdvance("88.") < block_format(Style(Kind.NUMBER)).leftMargin() - 4
