"""Getting one public page as a reader's browser would, within a limit of time, of size and of redirections."""

import codecs
import http.client
import re
import socket
import ssl
import threading
import urllib.error
import zlib
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPCookieProcessor,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from newsroom import __version__
from newsroom.words import _, system_words

#: For the whole page, redirections included; names are looked up beside it.
SECONDS: Final = 10.0
#: For one step: connecting, shaking hands, the next bytes.
_STEP_SECONDS: Final = 5.0
#: Of a page, unpacked; what goes on after it is not read.
MOST_BYTES: Final = 2_000_000
_MOST_REDIRECTIONS: Final = 5
_REDIRECTIONS: Final = (301, 302, 303, 307, 308)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, or why there is none."""

    #: The last answer's; 0 where there was none.
    status: int = 0
    text: str = ""
    #: In words, to go after a colon: no answer, or one that could not be read.
    problem: str = ""


class Fetcher:
    """Gets pages, one at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._line = _Line()

    def get(self, url: str) -> Fetched:
        """The page at *url*, whatever the site does; never raises for it."""
        line = self._line
        timer = threading.Timer(self._seconds, line.cut)
        timer.daemon = True
        timer.start()
        try:
            fetched = self._follow(url, line)
        except Exception as error:  # what a site can answer is without end, and none of it is our fault
            fetched = Fetched(problem=_in_words(error))
        finally:
            timer.cancel()
            timer.join()
            line.release()
        if line.is_cut:
            if not line.is_given_up:
                self._line = _Line()
            return Fetched(problem=_("страница не пришла за {n} с").format(n=round(self._seconds)))
        return fetched

    def give_up(self) -> None:
        """End what is under way, from another thread, and let nothing begin any more."""
        self._line.give_up()

    def _follow(self, url: str, line: "_Line") -> Fetched:
        opener = _opener(line)
        for _number in range(_MOST_REDIRECTIONS + 1):
            request = Request(_ascii(url), headers=_HEADERS)  # noqa: S310 -- `_ascii` lets web addresses through only
            try:
                with opener.open(request, timeout=min(_STEP_SECONDS, self._seconds)) as response:
                    return Fetched(response.status, _text(response))
            except urllib.error.HTTPError as error:
                with error:
                    place = error.headers.get("Location") if error.code in _REDIRECTIONS else None
                    if place is None:
                        return Fetched(error.code)
                    url = _joined(url, place)
        return Fetched(problem=_("сайт перенаправляет по кругу"))


_HEADERS: Final = {
    "User-Agent": f"newsroom-publisher/{__version__}",
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}


class _WrongAddress(ValueError):
    pass


class _Line:
    """The connection under way, which another thread may cut."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.is_cut = False
        self.is_given_up = False

    def hold(self, connection: socket.socket) -> None:
        with self._lock:
            self._socket = connection
            if self.is_cut:
                self._shut()

    def release(self) -> None:
        with self._lock:
            self._socket = None

    def cut(self) -> None:
        with self._lock:
            self.is_cut = True
            self._shut()

    def give_up(self) -> None:
        self.is_given_up = True
        self.cut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # Not TLS's own way out, which would wait for the other side.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _opener(line: _Line) -> OpenerDirector:
    """Of web addresses only, and without redirections of its own, which would read their bodies without a limit."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            line.hold(self.sock)

    class Encrypted(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            line.hold(self.sock)

    class PlainHandler(HTTPHandler):
        def http_open(self, request: Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, request)

    class EncryptedHandler(HTTPSHandler):
        def https_open(self, request: Request) -> http.client.HTTPResponse:
            return self.do_open(Encrypted, request, context=ssl.create_default_context())

    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        HTTPCookieProcessor(CookieJar()),  # some sites redirect in a circle whoever does not keep one
        PlainHandler(),
        EncryptedHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _joined(url: str, place: str) -> str:
    """*place* of a redirection, whose letters were read byte by byte. Raises `_WrongAddress`."""
    try:
        return urljoin(url, place.encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError as error:
        raise _WrongAddress from error


def _ascii(url: str) -> str:
    """*url* as it goes over the line. Raises `_WrongAddress` for what is no web address."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:
        raise _WrongAddress from error
    if parts.scheme not in ("http", "https") or not host:
        raise _WrongAddress
    place = f"[{host}]" if ":" in host else host
    kept = "/%:@!$&'()*+,;=~"
    return urlunsplit(
        (
            parts.scheme,
            place if port is None else f"{place}:{port}",
            quote(parts.path or "/", safe=kept),
            quote(parts.query, safe=f"{kept}?"),
            "",
        )
    )


def _text(response: http.client.HTTPResponse) -> str:
    packed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise http.client.UnknownTransferEncoding(packed)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed != "identity" else None
    data = bytearray()
    while len(data) < MOST_BYTES and (chunk := response.read1(65536)):
        data += chunk if unpack is None else unpack.decompress(chunk, MOST_BYTES - len(data))
    return _decoded(bytes(data[:MOST_BYTES]), response.headers.get_content_charset())


def _decoded(data: bytes, named: str | None) -> str:
    """As browsers do: the byte order mark, then what the server says, then the page; else UTF-8 or windows-1251."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    meta = _CHARSET.search(data[:4096])
    for charset in (named, meta[1].decode("ascii") if meta else None):
        if charset:
            with suppress(LookupError, UnicodeError):
                return data.decode(charset, "replace")
    try:
        # A page that was cut off may end in the midst of a letter.
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return data.decode("windows-1251", "replace")


def _in_words(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, _WrongAddress):
        return _("это не адрес страницы в сети")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _("сертификат сайта не подтверждён ({why})").format(why=cause.verify_message)
    if isinstance(cause, ssl.SSLError):
        return _("защищённое соединение не устанавливается ({why})").format(why=cause.reason or cause)
    if isinstance(cause, TimeoutError):
        return _("сайт молчит")
    if isinstance(cause, socket.gaierror):
        return _("такого имени в сети нет")
    if isinstance(cause, http.client.RemoteDisconnected | http.client.IncompleteRead):
        return _("сайт прервал соединение")
    if isinstance(cause, OSError):
        return system_words(cause)
    return _("ответ не разобрать ({why})").format(why=type(cause).__name__)
