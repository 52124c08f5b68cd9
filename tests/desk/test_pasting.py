"""Pictures in what is pasted: taken only where they are written into it, in order, with their words."""

import base64

import pytest

from newsroom.desk.pasting import read_pasted
from newsroom.domain.errors import InvalidInput
from newsroom.text.document import Paragraph, PhotoBlock, Run
from newsroom.text.fragments import MAX_CHARACTERS
from tests.photos.pictures import encoded, picture


def data_address(image: bytes, kind: str = "image/jpeg") -> str:
    return f"data:{kind};base64,{base64.b64encode(image).decode()}"


def test_pictures_stand_where_they_stood_with_their_words():
    first, second = encoded(picture(40, 30)), encoded(picture(30, 40))
    pasted = read_pasted(
        f"<p>раз</p><figure><img src='{data_address(first)}' alt='Мост'><figcaption>Утро. Фото: Анна Ким</figcaption>"
        f"</figure><p>два</p><img src='{data_address(second)}'><img src='{data_address(first)}'>"
    )
    one, two = pasted.photos
    assert pasted.document.blocks == (
        Paragraph((Run("раз"),)),
        PhotoBlock(one.id, "Утро.", "Анна Ким", "Мост"),
        Paragraph((Run("два"),)),
        PhotoBlock(two.id),
        PhotoBlock(one.id),
    )
    assert (one.width, two.width) == (40, 30)
    assert pasted.notes == ()


def test_a_picture_that_cannot_be_read_leaves_its_words_and_is_named():
    broken = data_address(encoded(picture())[:-900], "image/jpeg")
    pasted = read_pasted(f"<p>раз</p><img src='{broken}' alt='Вид на мост'><p>два</p>")
    assert [block.inlines[0].text for block in pasted.document.blocks] == ["раз", "Вид на мост", "два"]
    assert pasted.photos == ()
    assert "повреждён" in pasted.notes[0]


def test_no_file_and_no_page_is_ever_looked_at(tmp_path):
    """Whatever a page writes as the address of a picture: it is only counted."""
    file = tmp_path / "личное.png"
    file.write_bytes(encoded(picture(), "PNG"))
    addresses = [
        file.as_uri(),
        str(file),
        f"file://{file}",
        f"FILE:{file}",
        "http://127.0.0.1:9/x.png",
        "//server/share/x.png",
        "blob:https://page.example/1",
        "cid:1",
        "photo:" + "a" * 64,
    ]
    pasted = read_pasted("<p>раз</p>" + "".join(f"<img src='{address}' alt='снимок'>" for address in addresses))
    assert pasted.document.blocks == (Paragraph((Run("раз"),)),)
    assert (pasted.photos, pasted.elsewhere) == ((), len(addresses))


def test_spacers_of_a_page_are_passed_over_in_silence():
    spacer = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    pasted = read_pasted(f"<p>раз<img src='{spacer}'> <img src='{spacer}' alt='🎉'></p>")
    assert pasted.document.blocks == (Paragraph((Run("раз 🎉"),)),)
    assert (pasted.notes, pasted.elsewhere) == ((), 0)


@pytest.mark.parametrize(
    "address", ["data:image/png;base64," + "A" * 600, "data:image/png," + "%zz" * 300, "data:" + "x" * 600]
)
def test_what_only_calls_itself_a_picture_is_refused_in_words(address):
    pasted = read_pasted(f"<p>раз</p><img src='{address}'>")
    assert pasted.photos == ()
    assert len(pasted.notes) == 1


def test_more_than_an_article_is_refused():
    with pytest.raises(InvalidInput):
        read_pasted("<p>" + "а" * (MAX_CHARACTERS + 1))
