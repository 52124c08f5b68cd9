"""Latin addresses made from headlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.slugs import FALLBACK, MAX_LENGTH, Transliteration, is_slug, make_slug, numbered


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Мост через Биру открыли на месяц раньше срока", "most-cherez-biru-otkryli-na-mesyac-ranshe-sroka"),
        ("Подъезд, ёлка и щука: «цирк» на улице", "podezd-yolka-i-shchuka-cirk-na-ulice"),
        ("Чай №5 – 12+ (и ещё 3,5 %)", "chaj-no5-12-i-eshchyo-3-5"),
        ("Café «O’Neill»", "cafe-oneill"),
        ("за́мок, и\u0306од", "zamok-jod"),
        ("  --  ", FALLBACK),
        ("", FALLBACK),
        ("中文", FALLBACK),
    ],
)
def test_headlines_become_addresses(headline, slug):
    assert make_slug(headline) == slug


def test_gost_letters_differ():
    assert make_slug("Щи в цирке, цена — халва", letters=Transliteration.GOST) == "shhi-v-cirke-cena-xalva"
    assert make_slug("Цапля", letters=Transliteration.GOST) == "czaplya"


def test_a_long_headline_is_cut_after_a_whole_word():
    slug = make_slug("очень длинный заголовок " * 10, limit=20)
    assert slug == "ochen-dlinnyj"


def test_a_first_word_beyond_the_limit_is_cut_inside():
    assert make_slug("а" * 200) == "a" * MAX_LENGTH


@given(st.text(), st.integers(1, MAX_LENGTH), st.sampled_from(Transliteration))
def test_every_text_gives_an_address(text, limit, letters):
    slug = make_slug(text, limit, letters=letters)
    assert is_slug(slug)
    assert len(slug) <= limit


@given(st.text(), st.integers(2, 10**6))
def test_numbered_addresses_are_addresses(text, number):
    slug = numbered(make_slug(text), number)
    assert is_slug(slug)
    assert slug.endswith(f"-{number}")


@pytest.mark.parametrize("text", ["", "A", "а", "a--b", "-a", "a-", "a b", "a_b", "a\n", "a" * (MAX_LENGTH + 1)])
def test_other_texts_are_no_addresses(text):
    assert not is_slug(text)
