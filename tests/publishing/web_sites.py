"""Web sites that answer as a test wants: with pages of its own, with what was last put there, or not at all."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: What a path is answered with: status, headers, body.
Answer = tuple[int, dict[str, str], bytes]


class WebSite:
    """Paths not in ``answers`` are not found.

    Attributes:
        asked: the paths that were asked for, in their order.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []

    def put(self, path: str, html: str, charset: str = "utf-8") -> None:
        self.answers[path] = (200, {"Content-Type": f"text/html; charset={charset}"}, html.encode(charset))


@contextmanager
def web_site(context: ssl.SSLContext | None = None) -> Iterator[WebSite]:
    """A site on this machine; encrypted where *context* says how."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.answers.get(self.path, (404, {}, b"nothing here"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = WebSite(f"http{'s' if context else ''}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class StubbornSite:
    """Says *first* to whoever connects, then *drip* again and again, or nothing more, until it is left.

    Attributes:
        connected: set when somebody is there.
        visits: how many have come.
    """

    def __init__(self, first: bytes = b"", drip: bytes = b"") -> None:
        self._first, self._drip = first, drip
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.connected = threading.Event()
        self.visits = 0

    def __enter__(self) -> "StubbornSite":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._left.set()
        # Nothing else wakes accept() everywhere.
        socket.create_connection(self._listening.getsockname()).close()
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        kept = []
        while not self._left.is_set():
            visitor, _address = self._listening.accept()
            kept.append(visitor)
            if self._left.is_set():
                break
            self.visits += 1
            self.connected.set()
            try:
                visitor.sendall(self._first)
                while self._drip and not self._left.wait(0.02):
                    visitor.sendall(self._drip)
            except OSError:
                pass
        for visitor in kept:
            visitor.close()
