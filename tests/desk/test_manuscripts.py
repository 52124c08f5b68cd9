"""Files of every kind as new articles, and hostile ones as refusals in words."""

import base64
import io
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsroom.desk.exchange import import_article
from newsroom.desk.reading import article_ids, read_article
from newsroom.desk.session import Desk
from newsroom.domain.article import ArticleFilter, Content
from newsroom.domain.errors import InvalidInput
from newsroom.text.archives import MAX_DEPTH, MAX_XML
from newsroom.text.markdown import parse
from tests.desk.manuscripts import (
    ODF_SPACES,
    WORD_SPACES,
    docx,
    odt,
    word_paragraph,
    word_picture,
    word_run,
    zipped,
)
from tests.newsrooms import newsroom_in
from tests.photos.pictures import encoded, picture, pixels, with_iptc

PHOTO = encoded(picture())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with newsroom_in(tmp_path / "home") as newsroom:
        yield newsroom.sign_in("editor")


@pytest.fixture
def bring(desk: Desk, tmp_path: Path) -> Callable[..., tuple[Content, tuple[str, ...]]]:
    """Imports a file; its content and notes."""

    def bring(data: bytes | str, name: str) -> tuple[Content, tuple[str, ...]]:
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        imported = import_article(desk, file).value
        return read_article(desk, imported.article).content, imported.notes

    return bring


def words(content: Content) -> tuple[str, str, str]:
    return content.headline, content.lead, content.body


def test_a_word_document_becomes_an_article_with_its_photos(bring, desk):
    body = (
        word_paragraph("Мост открыт", "a")
        + word_paragraph("Движение пустили в полдень.")
        + word_paragraph(word_picture("p1"))
        + word_paragraph("Подробности", "1")
        + f"<w:p>{word_run('Очень ')}{word_run('важно', '<w:b/>')}{word_run(' и ')}{word_run('срочно', '<w:i/>')}</w:p>"
        + f'<w:p><w:hyperlink r:id="l1">{word_run("Ссылка")}</w:hyperlink>'
        + f"<w:del>{word_run('вычеркнуто')}</w:del></w:p>"
        + word_paragraph("раз", level=0)
        + word_paragraph("внутри", level=1)
        + word_paragraph("два", level=0)
        + word_paragraph(word_picture("p1"))
        + word_paragraph("Конец.")
    )
    content, notes = bring(docx(body, photo=PHOTO), "мост.docx")
    assert notes == ()
    assert content.photo is not None
    assert desk.photos.read(content.photo.photo)
    assert content.photo.alt == "Вид на мост"
    assert words(content) == (
        "Мост открыт",
        "Движение пустили в полдень.",
        "## Подробности\n\nОчень **важно** и *срочно*\n\n[Ссылка](https://a.ru/?id=1)\n\n"
        f"- раз\n  1. внутри\n- два\n\n![Вид на мост](photo:{content.photo.photo})\n\nКонец.",
    )


def test_pictures_that_are_not_taken_are_named_and_the_article_comes_in(bring):
    pictures = "".join(word_paragraph(word_picture(relation)) for relation in ("p1", "p2", "p3"))
    content, notes = bring(
        docx(word_paragraph("Мост") + pictures, photo=b"\xff\xd8\xff broken", metafile=b"EMF"), "а.docx"
    )
    assert words(content) == ("Мост", "", "")
    assert len(notes) == 3
    assert all("Картинка" in note for note in notes)


def test_an_opendocument_text_becomes_an_article_with_its_photos(bring):
    body = (
        "<text:tracked-changes><text:p>вычеркнуто</text:p></text:tracked-changes>"
        '<text:p text:style-name="P1">Мост открыт</text:p>'
        '<text:p><draw:frame><draw:image xlink:href="Pictures/1.jpg"/><svg:desc>Вид</svg:desc></draw:frame></text:p>'
        "<text:p>Движение<text:s text:c='3'/>пустили.</text:p>"
        '<text:h text:outline-level="3">Ещё</text:h>'
        '<text:p>Очень <text:span text:style-name="T1">важно</text:span> &lt;b> <text:span text:style-name="T2">и'
        '</text:span><text:line-break/><text:a xlink:href="https://a.ru/?fbclid=1">тут</text:a>'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Сноска.</text:p></text:note-body>"
        "</text:note><office:annotation><text:p>замечание</text:p></office:annotation></text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>раз</text:p><text:list><text:list-item>'
        "<text:p>внутри</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<text:p text:style-name="P2">Слова</text:p><text:p text:style-name="P2">— Анна Ким</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>а</text:p></table:table-cell><table:table-cell/>"
        "</table:table-row><table:table-row><table:table-cell><text:p>б</text:p></table:table-cell><table:table-cell>"
        "<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
    )
    content, notes = bring(odt(body, photo=PHOTO), "мост.odt")
    assert notes == ()
    assert content.photo is not None
    assert content.photo.alt == "Вид"
    assert words(content) == (
        "Мост открыт",
        "Движение пустили.",
        "### Ещё\n\nОчень **важно** \\<b> *и*\\\n[тут](https://a.ru/)[1]\n\n[1] Сноска.\n\n"
        "- раз\n\n  3. внутри\n\n> Слова\n>\n> — Анна Ким\n\n| а |  |\n| --- | --- |\n| б | 1 |",
    )


def test_a_web_page_brings_only_pictures_that_came_with_it(bring, tmp_path):
    (tmp_path / "мост.files").mkdir()
    (tmp_path / "мост.files" / "фото 1.jpg").write_bytes(PHOTO)
    (tmp_path.parent / "чужое.jpg").write_bytes(PHOTO)
    data = base64.b64encode(encoded(picture(), "PNG")).decode()
    page = (
        "<!DOCTYPE html><html><head><title>Сайт</title></head><body><h1>Мост открыт</h1><p>Пояснение.</p><p>Текст.</p>"
        f"<img src='мост.files/фото%201.jpg'><img src='data:image/png;base64,{data}'><img src='../чужое.jpg'>"
        "<img src='https://a.ru/x.png'><img src='file:///etc/passwd'><img src='/etc/passwd'><p>Ещё.</p></body></html>"
    )
    content, notes = bring(page, "мост.html")
    assert notes == ()
    assert words(content)[:2] == ("Мост открыт", "Пояснение.")
    assert content.body.count("](photo:") == 2
    assert content.body.startswith("Текст.\n\n![](photo:")


def word_file(first: bytes, second: bytes) -> bytes:
    body = (
        word_paragraph("Мост открыт", "a")
        + word_paragraph("Раз.")
        + word_paragraph("Два.")
        + word_paragraph(word_picture("p1"))
        + word_paragraph("Мост утром. Фото: Анна Ким", "c")
        + word_paragraph("Три.")
        + word_paragraph(word_picture("p4"))
        + word_paragraph("Четыре.")
    )
    return docx(body, photo=first, second=second)


def writer_file(first: bytes, second: bytes) -> bytes:
    def frame(number: int) -> str:
        return (
            f'<draw:frame><draw:image xlink:href="Pictures/{number}.jpg"/><svg:desc>Вид на мост</svg:desc></draw:frame>'
        )

    captioned = (
        f'<draw:frame><draw:text-box><text:p text:style-name="Illustration">{frame(1)}'
        "Мост утром. Фото: Анна Ким</text:p></draw:text-box></draw:frame>"
    )
    body = (
        '<text:p text:style-name="P1">Мост открыт</text:p><text:p>Раз.</text:p><text:p>Два.</text:p>'
        f"<text:p>{captioned}</text:p><text:p>Три.</text:p><text:p>{frame(2)}</text:p><text:p>Четыре.</text:p>"
    )
    return odt(body, photo=first, second=second)


def web_file(first: bytes, second: bytes) -> bytes:
    one, two = (f"data:image/jpeg;base64,{base64.b64encode(data).decode()}" for data in (first, second))
    return (
        "<!DOCTYPE html><html><body><h1>Мост открыт</h1><p>Раз.</p><p>Два.</p>"
        f"<p><img src='{one}' alt='Вид на мост'></p>"
        "<p class=MsoCaption>Мост утром. Фото: Анна Ким</p><p>Три.</p>"
        f"<img src='{two}' alt='Вид на мост'><p>Четыре.</p></body></html>"
    ).encode()


@pytest.mark.parametrize(("name", "made"), [("а.docx", word_file), ("а.odt", writer_file), ("а.html", web_file)])
def test_photos_inside_keep_their_order_their_captions_and_their_own_credit(bring, desk, name, made):
    first, second = encoded(picture(60, 40)), with_iptc(encoded(picture(40, 60)), {(2, 80): "Пётр Лугин".encode()})
    content, notes = bring(made(first, second), name)
    assert notes == ()
    _head, one, three, two, four = parse(content.body).blocks
    assert [block.inlines[0].text for block in (three, four)] == ["Три.", "Четыре."]
    assert (one.caption, one.credit, one.alt) == ("Мост утром.", "Анна Ким", "Вид на мост")
    assert (two.caption, two.credit, two.alt) == ("", "Пётр Лугин", "Вид на мост")
    assert [pixels(desk.photos.read(block.photo)).size for block in (one, two)] == [(60, 40), (40, 60)]


def test_a_web_page_of_an_old_word_processor_says_its_encoding(bring):
    page = "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1251'></head><p>Мост открыт"
    assert bring(page.encode("cp1251"), "а.htm")[0].headline == "Мост открыт"
    with pytest.raises(InvalidInput, match="windows-1251"):
        bring("<html><p>Мост открыт для движения автомобилей".encode("cp1251"), "а.htm")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("а.md", "# Мост\n\nКак.\n\nИ *тут*.\n\n# Два\n\n##### Три", ("Мост", "Как.", "И *тут*.\n\n## Два\n\n### Три")),
        ("а.md", "Мост\n\nС [ссылкой](https://a.ru).\n\nТекст.", ("Мост", "", "С [ссылкой](https://a.ru).\n\nТекст.")),
        ("заметка.md", "- раз\n- два", ("заметка", "", "- раз\n- два")),
        ("а.txt", "\ufeffМост\nПервая\nВторая", ("Мост", "Первая", "Вторая")),
        ("а.txt", "Мост\r\n\r\nПояснение.\r\n\r\nраз\r\nдва", ("Мост", "Пояснение.", "раз\\\nдва")),
        ("а.txt", "Мост\n\n" + "x" * 60 + "\nyy\n\n> не цитата", ("Мост", "x" * 60 + " yy", "\\> не цитата")),
        ("длинно.txt", "слово " * 50, ("длинно", "", ("слово " * 50).strip())),
        ("а", "# не заголовок\n\nтекст", ("# не заголовок", "", "текст")),
    ],
)  # fmt: skip
def test_plain_files_are_parted_into_headline_lead_and_text(bring, name, text, expected):
    assert words(bring(text, name)[0]) == expected


def test_utf16_text_is_read_by_its_mark(bring):
    assert bring("Мост\nоткрыт".encode("utf-16"), "а.txt")[0].headline == "Мост"


def bomb(name: str) -> bytes:
    """An entry of zeros that says it is small."""
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", name: b" " * (MAX_XML + 1)})


def encrypted() -> bytes:
    data = bytearray(docx(word_paragraph("Мост")))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8 : place + 10] = struct.pack("<H", 1)
    return bytes(data)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ха">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def deep(tag: str, spaces: str) -> str:
    return f"<{tag} {spaces}>" + f"<{tag}>" * 50_000 + f"</{tag}>" * 50_000 + f"</{tag}>"


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("пусто.docx", b"", "пуст"),
        ("пусто.txt", b" \n", "пуст"),
        ("старый.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        ("а.rtf", b"{\\rtf1 x}", ".docx"),
        ("а.pdf", b"%PDF-1.7", "PDF"),
        ("а.mht", b"MIME-Version: 1.0", "HTML"),
        ("а.jpg", PHOTO, "Фото"),
        ("а.txt", "Мост открыт для движения автомобилей".encode("cp1251"), "windows-1251"),
        ("а.txt", b"\0\1\2\3" * 100, "UTF-8"),
        ("таблица.xlsx", zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), ".odt"),
        ("архив.zip", zipped({"a.txt": "x"}), ".odt"),
        ("обрезан.docx", docx(word_paragraph("Мост"))[:-200], "повреждён"),
        ("пароль.docx", encrypted(), "парол"),
        ("бомба.odt", bomb("content.xml"), "велика"),
        ("бомба.docx", docx("", document=b" " * (MAX_XML + 1)), "велика"),
        ("смех.docx", docx("", document=f"{LAUGHS}<w:document {WORD_SPACES}>&a9;</w:document>"), "повреждён"),
        ("смех.odt", odt("", content=f"{LAUGHS}<x {ODF_SPACES}>&a9;</x>"), "повреждён"),
        ("снаружи.docx", docx("", document=f"{OUTSIDE}<w:document {WORD_SPACES}>&a;</w:document>"), "повреждён"),
        ("снаружи.odt", odt("", content=f"{OUTSIDE}<x {ODF_SPACES}>&a;</x>"), "повреждён"),
        ("глубоко.docx", docx(deep("w:p", WORD_SPACES)), "сложно"),
        ("глубоко.odt", odt(deep("text:p", ODF_SPACES)), "сложно"),
        ("не-xml.docx", docx("", document="просто"), "повреждён"),
        ("не-xml.odt", odt("", content="просто"), "повреждён"),
        ("без-текста.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "повреждён"),
        ("без-текста.docx", zipped({"[Content_Types].xml": "<x/>", "word/x.xml": "<x/>"}), "повреждён"),
        ("много.odt", zipped({str(number): b"" for number in range(6_000)}), "слишком много"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)  # fmt: skip
def test_hostile_and_foreign_files_are_refused_in_words_and_quickly(bring, desk, name, data, part):
    begin = time.process_time()
    with pytest.raises(InvalidInput) as caught:
        bring(data, name)
    assert time.process_time() - begin < 10
    assert all(reason[0].isupper() for reason in caught.value.reasons)
    assert part in str(caught.value)
    assert article_ids(desk, ArticleFilter()) == []


def test_entries_with_roots_above_the_archive_write_nothing(bring, tmp_path):
    content, _notes = bring(docx(word_paragraph("Мост"), **{"../../вне.xml": "<x/>", "/abs.xml": "<x/>"}), "а.docx")
    assert content.headline == "Мост"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "а.docx"]


def test_xml_that_calls_itself_a_picture_is_not_read(bring):
    """The relation to the main part may name any entry; only checked XML can be reached by it."""
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/evil.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    evil = f"{LAUGHS}<w:document {WORD_SPACES}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    content, _notes = bring(docx(word_paragraph("Мост"), **{"_rels/.rels": rels, "word/evil.png": evil}), "а.docx")
    assert content.headline == "Мост"


def test_documents_as_deep_as_people_make_them_are_read(bring):
    inner = word_paragraph("дно")
    for _level in range((MAX_DEPTH - 12) // 3):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert bring(docx(word_paragraph("Мост") + inner), "а.docx")[0].body == "дно"


def test_any_part_of_a_document_may_be_damaged(desk, tmp_path):
    """Whatever byte is broken, the file is an article or a refusal in words."""
    whole = docx(word_paragraph("Мост") + word_paragraph(word_picture("p1")), photo=PHOTO)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as copy, zipfile.ZipFile(io.BytesIO(whole)) as source:
        for entry in source.infolist():
            copy.writestr(entry.filename, source.read(entry))
    file = tmp_path / "а.docx"
    for data in (whole, stored.getvalue()):
        for place in range(0, len(data), max(1, len(data) // 60)):
            file.write_bytes(data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :])
            try:
                import_article(desk, file)
            except InvalidInput:
                continue
