"""The HTML of a site's articles: what a paste leaves out stays as a raw block, and reaches readers again as it was."""

import pytest

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, Paragraph, Raw
from newsroom.text.markdown import parse
from newsroom.text.raw_html import addresses_in, keep_html, kept_html
from newsroom.text.render import render_html
from newsroom.text.site_html import SiteText, document_from_site
from newsroom.text.writer import write

PHOTO = PhotoId("a" * 64)


def read(source: str) -> SiteText:
    return document_from_site(source, lambda address: PHOTO if address == "/photos/here.jpg" else None)


def shown(source: str) -> str:
    """What readers get once the article has been in the newsroom."""
    return render_html(parse(write(read(source).document)), lambda photo: f"/photos/{photo}")


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('<iframe src="https://video.example/1"></iframe>', "iframe"),
        ('<video src="/films/1.mp4" controls></video>', "video"),
        ('<table><tr><td colspan="2">а</td></tr><tr><td>б</td><td>в</td></tr></table>', "table"),
        ('<x-kept name="[gallery]">[gallery ids=1]</x-kept>', "[gallery]"),
    ],
)
def test_what_has_no_word_stays_between_its_neighbours(source: str, kept: str) -> None:
    text = read(f"<p>До.</p>{source}<p>После.</p>")
    assert text.kept == (kept,)
    assert [type(block) for block in text.document.blocks] == [Paragraph, Raw, Paragraph]
    assert parse(write(text.document)) == text.document


def test_frame_within_a_paragraph_a_list_or_a_quote_stands_below_it() -> None:
    frame = '<iframe src="https://video.example/1"></iframe>'
    for source in (
        f"<p>Слова {frame}</p>",
        f"<ul><li>Слова {frame}</li></ul>",
        f"<blockquote>Слова {frame}</blockquote>",
    ):
        words, raw = read(source).document.blocks
        assert isinstance(raw, Raw)
        assert kept_html(raw) == frame
        assert "Слова" in write(Document((words,)))
        assert "\ue000" not in write(read(source).document)


def test_readers_get_back_what_is_harmless_and_nothing_else() -> None:
    assert '<iframe src="https://video.example/1"></iframe>' in shown('<iframe src="https://video.example/1"></iframe>')
    for hostile in (
        '<iframe src="javascript:alert(1)"></iframe>',
        '<iframe src="http://video.example/1"></iframe>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        "<script>alert(1)</script>",
        '<video src="javascript:alert(1)" onplay="alert(1)"></video>',
        '<form action="https://evil.example"><input name="a"></form>',
    ):
        html = shown(f"<p>До.</p>{hostile}")
        assert "alert" not in html
        assert "http://video" not in html
        assert "<form" not in html
        assert "<input" not in html


def test_photo_that_is_there_is_a_photo_and_one_that_is_not_keeps_its_address() -> None:
    text = read('<p><img src="/photos/here.jpg"></p><figure><img src="/photos/gone.jpg" alt="Мост"></figure>')
    assert text.absent == ("/photos/gone.jpg",)
    html = render_html(text.document, lambda photo: f"/photos/{photo}.jpg")
    assert f'src="/photos/{PHOTO}.jpg"' in html
    assert '<img src="/photos/gone.jpg" alt="Мост">' in html


def test_plain_table_is_a_table_of_markdown() -> None:
    text = read("<table><tr><td>а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table>")
    assert text.kept == ()
    assert "| а | б |" in write(text.document)


def test_code_fences_inside_what_is_kept_do_not_end_it() -> None:
    block = keep_html("<div>\n```\n\n````\n</div>")
    assert kept_html(block) == "<div>\n```\n\n````\n</div>"
    assert parse(write(Document((block, Paragraph(()))))).blocks == (block,)


def test_addresses_of_other_schemes_are_never_shown() -> None:
    assert addresses_in(
        '<img src="data:image/png;base64,AA"><img src=\'/a.png\'><img src="https://e.example/&amp;b">'
    ) == {
        "/a.png",
        "https://e.example/&b",
    }


def test_marks_of_our_own_in_a_text_are_taken_for_nothing() -> None:
    assert write(read("<p>А \ue0000\ue001 Б</p><iframe></iframe>").document).startswith("А 0 Б")
