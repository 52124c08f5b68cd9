"""Getting a page: whatever a site answers, it costs little, ends in time and is told in words."""

import gzip
import shutil
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from newsroom.publishing.page_fetch import MOST_BYTES, Fetched, Fetcher
from tests.publishing.web_sites import StubbornSite, web_site


def test_a_page_is_got_over_redirections_with_the_cookie_they_ask_for() -> None:
    with web_site() as site:
        site.answers["/old"] = (301, {"Location": "/статья?a=1&b=%20".encode().decode("latin-1")}, b"")
        path = "/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F?a=1&b=%20"
        site.put(path, "<p>Мост</p>")
        assert Fetcher().get(f"{site.address}/old") == Fetched(200, "<p>Мост</p>")
        assert site.asked == ["/old", path]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/html,x", "http://[", "javascript:1"]
)
def test_a_redirection_out_of_the_web_is_not_followed(location: str) -> None:
    with web_site() as site:
        site.answers["/a"] = (302, {"Location": location}, b"")
        fetched = Fetcher().get(f"{site.address}/a")
        assert (fetched.status, fetched.text) == (0, "")
        assert "не адрес" in fetched.problem


@pytest.mark.parametrize("address", ["", "/article/x", "file:///etc/passwd", "http://a..b/", "http://h:99999/", "x"])
def test_what_is_no_web_address_is_not_opened(address: str) -> None:
    assert "не адрес" in Fetcher().get(address).problem


def test_a_circle_of_redirections_is_left() -> None:
    with web_site() as site:
        site.answers["/a"] = (302, {"Location": "/b"}, b"")
        site.answers["/b"] = (302, {"Location": "/a"}, b"")
        assert "по кругу" in Fetcher().get(f"{site.address}/a").problem
        assert len(site.asked) <= 10


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_without_an_end_is_read_up_to_a_limit(packed: bool) -> None:
    body = b"<p>" + b"a" * (30 * MOST_BYTES)
    with web_site() as site:
        headers = {"Content-Encoding": "gzip"} if packed else {}
        site.answers["/a"] = (200, headers, gzip.compress(body) if packed else body)
        assert len(Fetcher().get(f"{site.address}/a").text) == MOST_BYTES


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ({"Content-Type": "text/html; charset=windows-1251"}, "Мост".encode("cp1251"), "Мост"),
        ({"Content-Type": "text/html"}, '<meta charset="koi8-r">Мост'.encode("koi8-r"), '<meta charset="koi8-r">Мост'),
        ({"Content-Type": "text/html"}, "Мост".encode("cp1251"), "Мост"),
        ({"Content-Type": "text/html"}, "Мост".encode(), "Мост"),
        ({"Content-Type": "text/html; charset=utf-8"}, "Мост".encode("utf-16"), "Мост"),
        ({"Content-Type": "text/html; charset=no-such"}, "Мост".encode(), "Мост"),
        ({"Content-Type": "text/html; charset=hex"}, "Мост".encode(), "Мост"),
        ({"Content-Type": "text/html; charset=utf-8"}, b"\xff\xfaM", "\ufffd\ufffdM"),
        ({}, b"", ""),
    ],
)
def test_letters_are_read_as_a_browser_reads_them(headers: dict[str, str], body: bytes, text: str) -> None:
    with web_site() as site:
        site.answers["/a"] = (200, headers, body)
        assert Fetcher().get(f"{site.address}/a") == Fetched(200, text)


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"x" * 1000)[:-300] + b"\0\0\0"])
def test_a_page_packed_wrongly_is_told(body: bytes) -> None:
    with web_site() as site:
        site.answers["/a"] = (200, {"Content-Encoding": "gzip"}, body)
        assert Fetcher().get(f"{site.address}/a").problem


@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 1000000\r\n\r\n", b"x"),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "headers", "body", "chunks", "redirection", "continue"],
)
def test_a_site_that_never_comes_to_an_end_is_left_in_time(first: bytes, drip: bytes) -> None:
    with StubbornSite(first, drip) as site:
        fetcher = Fetcher(seconds=0.4)
        fetched = fetcher.get(site.address)
        assert fetched.text == ""
        assert fetched.problem
        # And the next page is got.
        with web_site() as other:
            other.put("/", "да")
            assert fetcher.get(other.address).text == "да"


def test_what_is_under_way_can_be_given_up() -> None:
    fetcher, found = Fetcher(seconds=600), list[Fetched]()
    with StubbornSite() as site:
        reading = threading.Thread(target=lambda: found.append(fetcher.get(site.address)))
        reading.start()
        assert site.connected.wait(30)
        fetcher.give_up()
        reading.join(4)
        assert not reading.is_alive()
    assert found[0].problem


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\0" * 200_000, b"HTTP/9.9 200\r\n\r\n"]
)
def test_what_is_no_web_server_is_told(said: bytes) -> None:
    with StubbornSite(said) as site:
        assert Fetcher(seconds=1).get(site.address).problem


def test_a_port_where_nobody_listens_is_told() -> None:
    with web_site() as site:
        address = site.address
    assert Fetcher().get(address).problem


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("no openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with web_site(context) as site:
        assert "сертификат" in Fetcher().get(site.address).problem
