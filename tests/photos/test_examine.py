import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from newsroom.domain.errors import InvalidInput
from newsroom.photos import examine as examining
from newsroom.photos.examine import examine
from tests.photos.pictures import (
    camera_exif,
    encoded,
    jpeg_bomb,
    picture,
    pixels,
    png_bomb,
    webp_bomb,
    with_iptc,
)

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_whole_picture_passes_with_its_pixels_untouched(kind: str, mime: str) -> None:
    data = encoded(picture(), kind, icc_profile=SRGB)
    photo = examine(data, "река.jpg")
    assert (photo.mime, photo.width, photo.height, photo.name) == (mime, 640, 400, "река.jpg")
    assert photo.id == hashlib.sha256(photo.data).hexdigest()
    assert ImageChops.difference(pixels(photo.data), pixels(data)).getbbox() is None
    assert pixels(photo.data).info["icc_profile"] == SRGB


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
@pytest.mark.parametrize("progressive", [False, True])
def test_every_common_kind_of_jpeg_passes(mode: str, progressive: bool) -> None:
    data = encoded(picture(mode=mode), progressive=progressive, restart_marker_blocks=4)
    assert pixels(examine(data, "a.jpg").data).mode == mode


def test_examining_again_what_was_cleaned_changes_nothing() -> None:
    first = examine(encoded(picture(), exif=camera_exif(orientation=6)), "a.jpg")
    assert examine(first.data, "b.jpg").id == first.id


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_place_and_serial_numbers_are_gone(kind: str, orientation: int) -> None:
    data = encoded(picture(), kind, exif=camera_exif(orientation))
    assert b"SERIAL-778899" in data
    assert b"2001:02:03" in data
    clean = examine(data, "a.jpg").data
    for secret in (b"SERIAL", b"SecretMaker", b"2001:02:03", b"Exif", b"eXIf", b"EXIF"):
        assert secret not in clean
    assert not pixels(clean).getexif()


def test_author_and_copyright_stay_in_the_file() -> None:
    data = with_iptc(
        encoded(picture()),
        {
            (1, 90): b"\x1b%G",
            (2, 80): "Анна Лугина".encode(),
            (2, 110): "Амурский курьер".encode(),
            (2, 116): "© Амурский <курьер>, 2026".encode(),
        },
    )
    clean = examine(data, "a.jpg").data
    assert "Анна Лугина".encode() in clean
    again = examine(clean, "a.jpg")
    assert again.credit == "Анна Лугина/Амурский курьер"
    assert "© Амурский &lt;курьер&gt;, 2026".encode() in again.data


def test_png_keeps_its_author_too() -> None:
    photo = examine(encoded(picture(), "PNG", exif=camera_exif()), "a.png")
    assert photo.credit == "Пётр Громов"
    assert examine(photo.data, "a.png").credit == "Пётр Громов"


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (8, (0, 1))],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turned_photo_is_set_upright(kind: str, orientation: int, corner: tuple[int, int]) -> None:
    """The red quarter ends where a viewer that honours the mark would have shown it."""
    photo = examine(encoded(picture(), kind, exif=camera_exif(orientation)), "a.jpg")
    assert (photo.width, photo.height) == ((400, 640) if orientation >= 5 else (640, 400))
    upright = pixels(photo.data).convert("RGB")
    assert upright.size == (photo.width, photo.height)
    reds = {
        (x, y): upright.getpixel((photo.width * (1 + 2 * x) // 4, photo.height * (1 + 2 * y) // 4))
        for x in (0, 1)
        for y in (0, 1)
    }
    assert [place for place, (red, green, _blue) in reds.items() if red > 180 and green < 60] == [corner]


def test_turning_keeps_the_quality_of_the_original() -> None:
    image = picture(1200, 800)
    data = encoded(image, quality=93, exif=camera_exif(orientation=3))
    turned = pixels(examine(data, "a.jpg").data).transpose(Image.Transpose.ROTATE_180)
    assert max(ImageStat.Stat(ImageChops.difference(turned, pixels(data))).rms) < 2


def test_credit_in_russian_is_read_from_iptc_in_utf_8() -> None:
    data = with_iptc(
        encoded(picture()),
        {(1, 90): b"\x1b%G", (2, 80): "предоставлено ЖКС".encode(), (2, 120): "Мост через протоку.\r\nВид".encode()},
    )
    photo = examine(data, "a.jpg")
    assert photo.credit == "предоставлено ЖКС"
    assert photo.caption == "Мост через протоку. Вид"


def test_a_name_cut_inside_a_letter_by_the_32_byte_field_is_read_up_to_there() -> None:
    cut = "Константин Преображенский".encode()[:32]
    photo = examine(with_iptc(encoded(picture()), {(1, 90): b"\x1b%G", (2, 80): cut}), "a.jpg")
    assert photo.credit == "Константин Преоб"


def test_credit_without_a_declared_charset_is_read_as_windows_1251() -> None:
    data = with_iptc(encoded(picture()), {(2, 110): "Фото: пресс-служба порта".encode("cp1251")})
    assert examine(data, "a.jpg").credit == "пресс-служба порта"


def test_xmp_goes_before_iptc() -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="ТАСС-Восток">'
        "<dc:creator><rdf:Seq><rdf:li>Мария Константинопольская</rdf:li></rdf:Seq></dc:creator>"
        "<dc:description><rdf:Alt><rdf:li>Ледоход</rdf:li></rdf:Alt></dc:description>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
    data = with_iptc(encoded(picture(), xmp=packet), {(1, 90): b"\x1b%G", (2, 80): "Мария Константин".encode()})
    photo = examine(data, "a.jpg")
    assert photo.credit == "Мария Константинопольская/ТАСС-Восток"
    assert photo.caption == "Ледоход"


def test_xmp_with_a_document_type_is_not_read() -> None:
    packet = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert examine(encoded(picture(), xmp=packet), "a.jpg").credit == ""


def test_damaged_exif_does_not_spoil_a_good_picture() -> None:
    data = encoded(picture(), exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff\x00\x09")
    assert examine(data, "a.jpg").width == 640


def test_what_a_phone_hides_behind_the_picture_is_dropped() -> None:
    data = encoded(picture())
    assert examine(data + b"MotionPhoto" * 1000, "a.jpg").data == examine(data, "a.jpg").data


def test_the_first_picture_of_a_phones_pair_is_kept() -> None:
    """Phones save a gain map as a second picture of an MPO file."""
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[picture(64, 64)])
    photo = examine(out.getvalue(), "a.jpg")
    assert (photo.width, photo.height) == (640, 400)
    assert pixels(photo.data).format == "JPEG"


@pytest.mark.parametrize(
    "bomb",
    [png_bomb(60000, 60000), png_bomb(12000, 9000), webp_bomb(), jpeg_bomb()],
    ids=["png", "png-just-over", "webp", "jpeg"],
)
def test_a_decompression_bomb_is_refused_before_decoding(bomb: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"«bomb\.png»: .* точек — слишком много"):
        examine(bomb, "bomb.png")


def test_a_file_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "MAX_BYTES", 1_000)
    with pytest.raises(InvalidInput, match="МБ"):
        examine(encoded(picture()), "big.jpg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9, 0.999])
def test_a_file_that_ends_early_is_refused(kind: str, share: float) -> None:
    data = encoded(picture(), kind)
    with pytest.raises(InvalidInput, match=r"«half\.jpg»"):
        examine(data[: int(len(data) * share)], "half.jpg")


def test_a_png_with_a_spoilt_byte_is_refused() -> None:
    data = bytearray(encoded(picture(), "PNG"))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(InvalidInput, match="повреждён"):
        examine(bytes(data), "a.png")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "пуст"),
        ("Это не снимок, а заметка.".encode(), "не снимок"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC. Принимаются JPEG, PNG и WebP"),
        (encoded(picture(), "GIF"), "GIF. Принимаются"),
        (encoded(picture(), "TIFF"), "TIFF. Принимаются"),
        (b"%PDF-1.7", "PDF. Принимаются"),
        (b"\xff\xd8\xff", "повреждён"),
        (b"\x89PNG\r\n\x1a\n", "повреждён"),
        (b"RIFF\x04\x00\x00\x00WEBP", "повреждён"),
    ],
    ids=["empty", "text", "heic", "gif", "tiff", "pdf", "jpeg-start", "png-start", "webp-start"],
)
def test_what_is_no_picture_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refusal:
        examine(data, "снимок.jpg")
    assert "«снимок.jpg»" in str(refusal.value)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused_rather_than_cut(kind: str) -> None:
    data = encoded(picture(), kind, save_all=True, append_images=[picture().rotate(90)], duration=100)
    with pytest.raises(InvalidInput, match="анимация"):
        examine(data, "a.png")


BASES = [
    encoded(picture(64, 48), exif=camera_exif(orientation=6)),
    encoded(picture(64, 48), progressive=True),
    encoded(picture(64, 48), "PNG", exif=camera_exif(orientation=3)),
    encoded(picture(64, 48), "WEBP", exif=camera_exif(orientation=8)),
    with_iptc(encoded(picture(64, 48)), {(2, 80): b"author", (2, 120): b"caption"}),
]


@settings(deadline=None)
@given(base=st.sampled_from(BASES), edits=st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3)), min_size=1))
def test_whatever_happened_to_a_file_it_is_a_picture_or_refused(base: bytes, edits: list[tuple[int, bytes]]) -> None:
    data = base
    for place, inserted in edits:
        data = data[:place] + inserted + data[place + 1 :]
    try:
        photo = examine(data, "a.jpg")
    except InvalidInput:
        return
    assert pixels(photo.data).size == (photo.width, photo.height)
    assert not pixels(photo.data).getexif()


def test_a_hostile_file_name_is_made_harmless() -> None:
    assert examine(encoded(picture(8, 8)), "../../etc\\win\x00\u202e\nпаспорт.jpg").name == "win паспорт.jpg"
