import pytest
from PIL import Image, ImageCms

from newsroom.photos.examine import examine
from newsroom.photos.renditions import SITE_WIDTH, render, site_rendition, thumbnail
from tests.photos.pictures import camera_exif, encoded, picture, pixels


def test_a_wide_photo_is_made_smaller_in_proportion() -> None:
    copy = render(encoded(picture(3000, 1875)), 1200)
    assert (copy.width, copy.height, copy.mime) == (1200, 750, "image/jpeg")
    assert pixels(copy.data).size == (1200, 750)
    assert pixels(copy.data).info["progressive"]


def test_a_small_photo_is_never_enlarged() -> None:
    assert pixels(render(encoded(picture(300, 200)), 1200).data).size == (300, 200)
    assert pixels(thumbnail(encoded(picture(30, 20)), 96).data).size == (30, 20)


def test_equal_input_gives_equal_bytes() -> None:
    data = encoded(picture(2400, 1500))
    assert render(data, 800) == render(data, 800)


def test_a_thumbnail_fits_into_its_square() -> None:
    copy = thumbnail(encoded(picture(400, 1000)), 100)
    assert pixels(copy.data).size == (copy.width, copy.height) == (40, 100)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("mime", ["image/jpeg", "image/png"])
def test_every_mode_of_png_becomes_a_copy(mode: str, mime: str) -> None:
    source = Image.new("I;16", (400, 300), 30000) if mode == "I;16" else picture(400, 300).convert(mode)
    copy = render(encoded(source, "PNG"), 200, mime)
    assert Image.MIME[pixels(copy.data).format or ""] == mime
    assert pixels(copy.data).size == (200, 150)


def test_transparency_becomes_white_in_jpeg_and_stays_in_png() -> None:
    data = encoded(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG")
    assert pixels(render(data, 200, "image/jpeg").data).getpixel((5, 5)) == (255, 255, 255)
    assert pixels(render(data, 200, "image/png").data).getpixel((5, 5))[3] == 0


def test_colours_of_another_profile_are_brought_to_srgb() -> None:
    """A browser or a list that ignores profiles still shows the right colours."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_green = srgb.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    copy = pixels(render(encoded(Image.new("RGB", (400, 300), "red"), icc_profile=red_is_green), 200).data)
    assert "icc_profile" not in copy.info
    red, green, _blue = copy.getpixel((9, 9))
    assert red < 40
    assert green > 200


def test_an_unusable_profile_is_left_out_of_account() -> None:
    data = encoded(Image.new("RGB", (400, 300), (128, 128, 128)), icc_profile=b"no profile at all")
    assert pixels(render(data, 200).data).size == (200, 150)


def test_print_colours_become_screen_colours() -> None:
    assert pixels(render(encoded(picture(mode="CMYK")), 200).data).mode == "RGB"


def test_the_sites_copy_is_jpeg_for_photos_and_png_for_drawings() -> None:
    assert site_rendition(encoded(picture(2000, 1000))).width == SITE_WIDTH
    assert site_rendition(encoded(picture(), "WEBP")).mime == "image/jpeg"
    assert site_rendition(encoded(picture(), "PNG")).mime == "image/jpeg"
    assert site_rendition(encoded(picture().quantize(16), "PNG")).mime == "image/png"
    assert site_rendition(encoded(picture(mode="RGBA"), "PNG")).mime == "image/png"


def test_a_copy_of_a_cleaned_photo_holds_no_metadata() -> None:
    photo = examine(encoded(picture(), exif=camera_exif(orientation=6)), "a.jpg")
    copy = pixels(site_rendition(photo.data).data)
    assert copy.size == (400, 640)
    assert not {"exif", "xmp", "photoshop"} & set(copy.info)
