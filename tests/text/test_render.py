"""HTML of a document, and what must never get into it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from newsroom.domain.ids import PhotoId
from newsroom.text.document import Document, Paragraph, PhotoBlock, Run
from newsroom.text.markdown import parse
from newsroom.text.render import render_html
from tests.text.documents import documents_with_raws, markdown

PHOTO = "ab" * 32


def html(source):
    return render_html(parse(source), lambda photo: f"/photos/{photo[:4]}.jpg")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Мост **открыт** *сегодня*", "<p>Мост <strong>открыт</strong> <em>сегодня</em></p>"),
        ("а\\\nб", "<p>а<br>б</p>"),
        ("## Два\n\n### Три", "<h2>Два</h2>\n<h3>Три</h3>"),
        ("[сайт](https://a.ru/?x=1&y=2)", '<p><a href="https://a.ru/?x=1&amp;y=2" rel="noopener">сайт</a></p>'),
        ("[**а**б](/в)", '<p><a href="/в" rel="noopener"><strong>а</strong>б</a></p>'),
        ("- а\n  1. б", "<ul><li>а<ol><li>б</li></ol></li></ul>"),
        ("3. а\n4. б", '<ol start="3"><li>а</li><li>б</li></ol>'),
        ("> Слова\n>\n> — Иван Иванов", "<blockquote><p>Слова</p><footer>— Иван Иванов</footer></blockquote>"),
        ("---", "<hr>"),
        (
            f"![Мост](photo:{PHOTO} 'Открытие \"моста\" Фото: Иван <b>')",
            '<figure class="photo"><img src="/photos/abab.jpg" alt="Мост" loading="lazy"><figcaption>Открытие "моста" '
            '<span class="credit">Фото: Иван &lt;b&gt;</span></figcaption></figure>',
        ),
        (f"![](photo:{PHOTO})", '<figure class="photo"><img src="/photos/abab.jpg" alt="" loading="lazy"></figure>'),
        ("`код`", "<p><code>код</code></p>"),
        ("# Первый", "<h2>Первый</h2>"),
        ("![вид](https://evil/x.png)", "<p>вид</p>"),
    ],
)
def test_blocks_as_readers_get_them(source, expected):
    assert html(source) == expected


def test_tables_keep_their_alignment():
    shown = html("| а | б |\n|:--|--:|\n| 1 | 2 |")
    assert '<th style="text-align:left">а</th>' in shown
    assert '<td style="text-align:right">2</td>' in shown


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html,<script>)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    '[x](https://a.ru/"onclick="alert(1))',
    "![x](javascript:alert(1))",
    "![x](https://evil/beacon.png)",
    "| <b onclick=x> | ![x](http://evil/y.png) |\n|---|---|\n| [x](javascript:a) | `<script>` |",
    '```html"onload=alert(1)\n</code><script>alert(1)</script>\n```',
    f'![" onerror="alert(1)](photo:{PHOTO} "\\" onload=\\"x")',
    "> <svg/onload=alert(1)>\n>\n> — <script>",
]

ALLOWED = re.compile(
    r"</?(?:p|h[2-6]|strong|em|ul|li|hr|br|blockquote|footer|figcaption|table|thead|tbody|tr|th|td|pre|code|s|ol|a)>"
    r'|<a href="(?!\s*(?i:javascript|data|vbscript|file):)[^"<>]*" rel="noopener">|<a rel="noopener">'
    r'|<ol start="\d+">|<figure class="photo">|</figure>|<span class="credit">|</span>'
    r'|<img src="/photos/[a-z0-9]+\.jpg" alt="[^"<>]*" loading="lazy">|<t[hd] style="text-align:(?:left|center|right)">'
)


def assert_inert(shown):
    assert "<" not in ALLOWED.sub("", shown).replace("&lt;", "")


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_markdown_is_inert(source):
    assert_inert(html(source))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents_with_raws)
def test_no_document_brings_other_tags(document):
    assert_inert(render_html(document, lambda photo: f"/photos/{photo[:4]}.jpg"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(markdown)
def test_no_markdown_brings_other_tags(source):
    assert_inert(html(source))


def test_documents_made_in_memory_are_held_to_the_same_rules():
    document = Document((Paragraph((Run("x", link="javascript:alert(1)"), Run("y", link='"><script>'))),))
    shown = render_html(document, str)
    assert shown == '<p>x<a href="&quot;&gt;&lt;script&gt;" rel="noopener">y</a></p>'


def test_only_the_photo_source_says_where_images_are():
    document = Document((PhotoBlock(PhotoId(PHOTO)),))
    assert "src" not in render_html(document, lambda photo: "javascript:alert(1)")
    assert 'src="https://cdn.a.ru/p.jpg?w=1&amp;h=2"' in render_html(
        document, lambda p: "https://cdn.a.ru/p.jpg?w=1&h=2"
    )
