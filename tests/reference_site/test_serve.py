"""The site behind a real server: it answers, and leaves neither a thread nor a port behind."""

import http.client
import socket
import threading
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from newsroom.domain.errors import InvalidInput
from newsroom.reference_site.serve import BackgroundServer
from tests.reference_site.conftest import SiteDatabase


def test_the_server_answers_and_leaves_nothing_behind(site: SiteDatabase) -> None:
    site.add("Свежая новость")
    before = set(threading.enumerate())
    with BackgroundServer(site.url, name="Заречные новости", zone="Asia/Vladivostok") as server:
        with urlopen(f"{server.address}/") as answer:
            assert "Свежая новость" in answer.read().decode()
        place = urlsplit(server.address)
        kept_alive = http.client.HTTPConnection(place.hostname or "", place.port)
        kept_alive.request("GET", "/healthz")
        assert kept_alive.getresponse().read() == b"ok\n"
    kept_alive.close()
    assert set(threading.enumerate()) <= before
    with socket.create_server((place.hostname or "", place.port or 0)):
        pass


def test_two_servers_do_not_disturb_each_other(site: SiteDatabase) -> None:
    with BackgroundServer(site.url, name="Первый") as first:
        with BackgroundServer(site.url, name="Второй") as second, urlopen(second.address) as answer:
            assert "Второй" in answer.read().decode()
        with urlopen(first.address) as answer:
            assert "Первый" in answer.read().decode()


def test_a_server_can_be_left_by_an_error(site: SiteDatabase) -> None:
    before = set(threading.enumerate())
    try:
        with BackgroundServer(site.url):
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert set(threading.enumerate()) <= before


def test_a_taken_port_is_refused(site: SiteDatabase) -> None:
    with BackgroundServer(site.url) as first, pytest.raises(InvalidInput, match="занят"):
        BackgroundServer(site.url, port=int(first.address.rpartition(":")[2])).__enter__()


def test_a_zone_that_does_not_exist_is_refused(site: SiteDatabase) -> None:
    with pytest.raises(InvalidInput, match="Никогде"):
        BackgroundServer(site.url, zone="Никогде/Нигде")
