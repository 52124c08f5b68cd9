"""Foreign HTML as a document: what stays, what goes, and what can do no harm."""

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from newsroom.domain.errors import InvalidInput
from newsroom.domain.ids import PhotoId
from newsroom.text.addresses import is_link
from newsroom.text.document import (
    Document,
    HardBreak,
    Heading,
    Item,
    List,
    Paragraph,
    PhotoBlock,
    Quote,
    Raw,
    Rule,
    Run,
)
from newsroom.text.fragments import MAX_CHARACTERS
from newsroom.text.html_import import document_from_html
from newsroom.text.html_source import MAX_TAGS
from newsroom.text.normal_form import normal_form
from newsroom.text.render import render_html
from newsroom.text.writer import normalise
from tests.text.documents import documents

BREAK = HardBreak()


def bold(text):
    return Run(text, bold=True)


def blocks(html):
    return document_from_html(html).blocks


def paragraph(*parts):
    return Paragraph(tuple(Run(part) if isinstance(part, str) else part for part in parts))


def items(*texts, ordered=False, start=1):
    return List(tuple(Item((Run(text),)) for text in texts), ordered, start)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Просто слова", [paragraph("Просто слова")]),
        ("<p>раз</p>\n  <p>два\n три</p>", [paragraph("раз"), paragraph("два три")]),
        (
            "<h1>А</h1><h2>Б</h2><h3>В</h3><h6>Г</h6>",
            [*(Heading(2, (Run(x),)) for x in "АБ"), *(Heading(3, (Run(x),)) for x in "ВГ")],
        ),
        ("<h2><b>Весь</b></h2>", [Heading(2, (Run("Весь"),))]),
        ("<p>а<br>б<br><br>в<br></p>", [paragraph("а", BREAK, "б"), paragraph("в")]),
        ("а&nbsp;б&shy;в &amp;lt; &laquo;г&raquo; &#1044;", [paragraph("а\u00a0б\u00adв &lt; «г» Д")]),
        ("<p>&nbsp;</p><p> </p><p><o:p>&nbsp;</o:p></p>", []),
        (
            "<span style='font-weight:700;color:red'>а</span><span style='FONT-STYLE: italic'>б</span>",
            [paragraph(bold("а"), Run("б", italic=True))],
        ),
        ("<b style='font-weight:normal'><p>а</p></b>", [paragraph("а")]),
        ("<b>а<p>б</b>в", [paragraph(bold("а")), paragraph(bold("б"), "в")]),
        ("<div style='display:none'>тайно</div><p>явно</p>", [paragraph("явно")]),
        ("<div style='white-space: pre-wrap'>а\nб\n\nв</div>", [paragraph("а", BREAK, "б"), paragraph("в")]),
        ("<pre>а\n  б</pre>", [paragraph("а", BREAK, "б")]),
        ("<hr>", [Rule()]),
        (
            "<ul><li>а<ol start=3><li>б</ol><li>в</ul>",
            [List((Item((Run("а"),), (items("б", ordered=True, start=3),)), Item((Run("в"),))))],
        ),
        ("<ul><li>а</li><ul><li>б</li></ul></ul>", [List((Item((Run("а"),), (items("б"),)),))]),
        ("<ul><li><p>а</p><p>б</p></li><li></li></ul>", [List((Item((Run("а"), BREAK, Run("б"))),))]),
        ("<ul><li>а<hr></ul>", [items("а"), Rule()]),
        ("<blockquote>слова<footer>— Анна Ким</footer></blockquote>", [Quote(((Run("слова"),),), "Анна Ким")]),
        ("<blockquote><p>слова</p><p>— Анна Ким</p></blockquote>", [Quote(((Run("слова"),),), "Анна Ким")]),
        ("<blockquote>слова <cite>Анна Ким</cite></blockquote>", [Quote(((Run("слова"),),), "Анна Ким")]),
        (
            "<blockquote>Читал <cite>Идиота</cite> в детстве</blockquote>",
            [Quote(((Run("Читал "), Run("Идиота", italic=True), Run(" в детстве")),))],
        ),
        ("<blockquote><p>— Едем?</p><p>— Едем.</p></blockquote>", [Quote(((Run("— Едем?"),), (Run("— Едем."),)))]),
        ("<a href='https://a.ru/?utm_source=x&amp;b=1'>а</a>", [paragraph(Run("а", link="https://a.ru/?b=1"))]),
        ("<a href='javascript:alert(1)'>а</a><a href='/б'>б</a>", [paragraph("аб")]),
        ("<table><tr><td>а<td>1|2<tr><td>б<td></table>", [Raw("| а | 1\\|2 |\n| --- | --- |\n| б |  |")]),
        ("<table><tr><td><p>а</p><p>б</p><td>в<tr><td>г<td>д</table>", [paragraph(x) for x in "абвгд"]),
        ("<table><tr><td colspan=2>а<tr><td>б<td>в</table>", [paragraph(x) for x in "абв"]),
        ("а<img src='http://a.ru/x.png' alt='вид'>б", [paragraph("аб")]),
        (
            "<script>alert('<p>x</p>')</script><style>p{}</style><p>а</p><!-- <p>б</p> --><iframe>в</iframe>",
            [paragraph("а")],
        ),
        ("<title>нет</title><svg><text>нет</text></svg><select><option>нет</select>а", [paragraph("а")]),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->а<![if !x]>б<![endif]>", [paragraph("аб")]),
        ("<xml><w:View>Normal</w:View></xml>а", [paragraph("а")]),
        ("2 < 3 & 4 > 1 <3", [paragraph("2 < 3 & 4 > 1 <3")]),
        ("а\x00б\ud800", [paragraph("а\ufffdб\ufffd")]),
    ],
)
def test_what_stays_of_each_thing(html, expected):
    assert blocks(html) == tuple(expected)


def word(level, mark, text):
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin:0;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<b><span style='font:Symbol;mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
        f"</span></span></b><![endif]>{text}<o:p></o:p></p>\n"
    )


def test_lists_that_word_writes_as_paragraphs_are_lists():
    html = word(1, "·", "раз") + word(2, "3.", "внутри") + word(1, "·", "два") + "<p class=MsoNormal>дальше</p>"
    html += word(1, "а)", "буква")
    assert blocks(html) == (
        List((Item((Run("раз"),), (items("внутри", ordered=True, start=3),)), Item((Run("два"),)))),
        paragraph("дальше"),
        items("буква", ordered=True),
    )


def test_a_mark_that_lost_its_style_is_still_a_mark():
    assert blocks("<p class=MsoListParagraph>·&nbsp;&nbsp; раз</p><p class=MsoListParagraph>слова</p>") == (
        items("раз"),
        paragraph("слова"),
    )


PHOTO = PhotoId("ab" * 32)


def test_pictures_stay_where_there_is_a_photo_for_them():
    asked = []

    def photo_of(source):
        asked.append(source)
        return PHOTO if source.startswith("data:") else None

    html = (
        "<p>до<img src='data:image/png;base64,AA&amp;' alt='вид'>после</p><figure><img src='data:x'><figcaption>Мост "
        "<b>открыт</b>. Фото: Анна Ким</figcaption></figure><ul><li>а<img src='data:y'>б</ul><img src='http://a.ru/'>"
    )
    assert document_from_html(html, photo_of).blocks == (
        paragraph("до"),
        PhotoBlock(PHOTO, alt="вид"),
        paragraph("после"),
        PhotoBlock(PHOTO, "Мост открыт.", "Анна Ким"),
        List((Item((Run("а"), BREAK, Run("б"))),)),
        PhotoBlock(PHOTO),
    )
    assert asked == ["data:image/png;base64,AA&", "data:x", "data:y", "http://a.ru/"]


OPENED = ("p", "b", "i", "a", "ul", "ol", "li", "table", "tr", "td", "blockquote", "cite", "footer", "h1", "pre", "div")
PIECES = [
    *"аб <>&\"'/=-!;#\n\t\u00a0\u2028\x00\ud800\ufdd0",
    *(f"<{name}>" for name in (*OPENED, "br", "hr", "img", "svg", "script")),
    *(f"</{name}>" for name in (*OPENED, "script")),
    "<a href='https://a.ru/?utm_x=1'>",
    "<a href='javascript:x'>",
    "<img src='data:x' alt='",
    "<p style='mso-list:l0 level2'>",
    "<p class=MsoListParagraph>·&nbsp;",
    "<span style='mso-list:ignore'>1.",
    "<span style='font-weight:700",
    "<figure><img src=x><figcaption>Фото: ",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#0;",
    "&#xD800;",
    "&nbsp;",
    "— ",
    "| ",
    "1. ",
]
soup = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


def inlines_of(block):
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            yield from inlines
        case Quote(paragraphs):
            for inlines in paragraphs:
                yield from inlines
        case List(found):
            for item in found:
                yield from item.inlines
                for child in item.children:
                    yield from inlines_of(child)


@settings(max_examples=400, deadline=None)
@given(soup)
def test_any_text_gives_a_document_in_normal_form_with_safe_links(html):
    document = document_from_html(html, lambda source: PHOTO)
    assert normal_form(document) == document
    assert normalise(document) == document
    for block in document.blocks:
        for inline in inlines_of(block):
            assert not isinstance(inline, Run) or not inline.link or is_link(inline.link)


def _plain(text):
    return re.sub("[ \t]+", " ", re.sub("[\u2028\u2029\x0b-\r\n]", " ", text))


def _expressible(block):
    """*block* with what HTML can tell: single blanks, links to pages, items with words."""

    def inlines(old):
        return tuple(
            replace(one, text=_plain(one.text), link=one.link if is_link(one.link) else "")
            if isinstance(one, Run)
            else one
            for one in old
        )

    def listed(old):
        return replace(
            old,
            items=tuple(Item((Run("слово "), *inlines(i.inlines)), tuple(map(listed, i.children))) for i in old.items),
        )

    match block:
        case Paragraph(old):
            return Paragraph(inlines(old))
        case Heading(level, old):
            return Heading(level, (Run("Слово "), *inlines(old)))
        case Quote(paragraphs, speaker):
            return Quote(tuple((Run("слово "), *inlines(old)) for old in paragraphs), _plain(speaker))
        case List():
            return listed(block)
        case PhotoBlock(photo, caption, credit, alt):
            return PhotoBlock(photo, _plain(caption), _plain(credit), _plain(alt))
    return block


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(documents)
def test_what_is_shown_as_html_is_read_back(document):
    document = normalise(Document(tuple(map(_expressible, normal_form(document).blocks))))
    # Two line ends in a row end a paragraph in HTML; a line of nothing but unusual blanks is no paragraph.
    for block in document.blocks:
        runs = list(inlines_of(block))
        assume(all(not (isinstance(a, HardBreak) and isinstance(b, HardBreak)) for a, b in pairwise(runs)))
        assume(not runs or any(isinstance(one, Run) and one.text.strip() for one in runs))
        assume(not isinstance(block, Quote) or not re.match("[—–-][ \u00a0]", block.speaker))
        assume(not isinstance(block, Quote) or block.speaker == block.speaker.strip())
        assume(not isinstance(block, PhotoBlock) or (block.caption + block.credit).strip() or not block.caption)
    shown = render_html(document, lambda photo: f"/photos/{photo}")
    assert document_from_html(shown, lambda source: PhotoId(source.removeprefix("/photos/"))) == document


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<b>",
        "<b><p>x",
        "<font color={i}><p>x",
        "<a href={i}><p>x",
        "<table><tr><td>",
        "<table>x",
        "<ul><li>",
        "<!--",
        "<a ",
        "<a b='",
        "=",
        "<svg>",
        "<script>",
        "&",
        "&lt",
        "</p>",
        "<blockquote><cite>x",
        "<table><tr><td></b></div>",
        "<p style='mso-list:l0 level{i}'><span style='mso-list:ignore'>1.</span>x",
        "<img src='data:{i}'>",
    ],
)
def test_hostile_html_takes_time_by_its_length_only(piece):
    def seconds(count):
        source = "".join(piece.replace("{i}", str(number % 7 + 1)) for number in range(count))
        begin = time.process_time()
        document_from_html(source)
        return time.process_time() - begin

    small = min(seconds(4_000) for _ in range(2))
    assert seconds(16_000) < 10 * small + 0.5


@pytest.mark.parametrize("html", ["а" * (MAX_CHARACTERS + 1), "<br>" * (MAX_TAGS + 1)])
def test_what_is_no_article_is_refused(html):
    with pytest.raises(InvalidInput):
        document_from_html(html)
