"""Addresses of links that came from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text.addresses import is_link, link_address


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.ru/n/?utm_source=tg&id=5&UTM_medium=x", "https://a.ru/n/?id=5"),
        ("https://a.ru/?yclid=1&_openstat=2#p3", "https://a.ru/#p3"),
        ("https://a.ru/?q=%D0%B0+б&x&y=&utm_a=1", "https://a.ru/?q=%D0%B0+б&x&y="),
        ("https://a.ru/?from=2026-01-01&to=2026-02-01", "https://a.ru/?from=2026-01-01&to=2026-02-01"),
        ("https://news.yandex.ru/a?from=main&x=1", "https://news.yandex.ru/a?x=1"),
        ("https://notyandex.ru/a?from=main", "https://notyandex.ru/a?from=main"),
        ("https://youtu.be/abc?si=x&t=15", "https://youtu.be/abc?t=15"),
        (
            "https://away.vk.com/away.php?to=https%3A%2F%2Fa.ru%2Fx%3Futm_source%3Dvk%26b%3D1&cc_key=",
            "https://a.ru/x?b=1",
        ),
        ("https://www.google.com/url?sa=t&q=https://a.ru/&usg=1", "https://a.ru/"),
        ("https://www.google.com/search?q=https://a.ru/", "https://www.google.com/search?q=https://a.ru/"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.ru%2F&data=1", "https://a.ru/"),
        ("mailto:anna@a.ru?subject=x&utm_source=1", "mailto:anna@a.ru?subject=x&utm_source=1"),
        ("  https://a.ru/\n", "https://a.ru/"),
        ("javascript:alert(1)", ""),
        ("/rubric", ""),
        ("#_ftn1", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("https://a.ru/" + "x" * 3_000, ""),
        ("", ""),
    ],
)
def test_what_a_pasted_link_keeps(address, kept):
    assert link_address(address) == kept


@given(
    st.lists(st.sampled_from([*"aZ?&=#/%:.@ \n\x00\ud800б", "https://", "vk.com/away.php?to=", "utm_x=1"])).map("".join)
)
def test_whatever_comes_a_link_stays_a_link_or_goes(address):
    kept = link_address(address)
    assert kept == "" or is_link(kept)
    assert link_address(kept) == kept
