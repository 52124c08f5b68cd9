"""The site behind a real HTTP server: until stopped, or beside other work in the same process."""

import select
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

import waitress
from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server

from newsroom.domain.errors import InvalidInput
from newsroom.reference_site.application import close_app, create_app
from newsroom.words import _, system_words

#: Requests answered at the same time.
WORKERS = 4
#: Seconds within which the server notices that it is to stop, should nothing else wake it.
_GLANCE = 0.5


def serve(
    database_url: str,
    host: str,
    port: int,
    name: str,
    zone: str,
    *,
    told: Callable[[str], None] = lambda _address: None,
) -> None:
    """Serve the site over *database_url* at *host*:*port* until the process is interrupted; *told* hears its address.

    Raises `InvalidInput` where that address cannot be had, and what `create_app` raises.
    """
    app = create_app(database_url, name=name, zone=zone)
    with _listen(host, port) as listening:
        told(_address(host, listening))
        try:
            waitress.serve(app, sockets=[listening], threads=WORKERS, ident=None)
        finally:
            close_app(app)


class BackgroundServer:
    """The site served by a thread of this process; a context manager.

    Port 0 takes any free one. When it is left, the port is free again and no thread remains. Entering it raises
    `InvalidInput` where the address cannot be had; making it, what `create_app` raises.

    Attributes:
        address: ``http://127.0.0.1:8080``, without a slash at the end; empty until the server was entered.
    """

    def __init__(
        self,
        database_url: str,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        name: str = "Новости",
        zone: str = "Europe/Moscow",
    ) -> None:
        self._app = create_app(database_url, name=name, zone=zone)
        self._place = (host, port)
        self._stopping = threading.Event()
        self._sockets: dict[int, Any] = {}
        self.address = ""

    def __enter__(self) -> "BackgroundServer":
        host, port = self._place
        listening = _listen(host, port)
        self.address = _address(host, listening)
        others = set(threading.enumerate())
        server = create_server(self._app, map=self._sockets, sockets=[listening], threads=WORKERS, ident=None)
        assert isinstance(server, TcpWSGIServer)  # one socket, one server
        self._server = server
        started = set(threading.enumerate()) - others
        self._workers = [thread for thread in started if thread.name.startswith("waitress")]
        self._loop = threading.Thread(target=self._run, name="reference-site", daemon=True)
        self._loop.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.pull_trigger()
        self._loop.join()
        # Workers first: one that is still answering wakes the loop through a socket of this map.
        self._server.task_dispatcher.shutdown()
        for worker in self._workers:
            worker.join()
        wasyncore.close_all(self._sockets)
        close_app(self._app)

    def _run(self) -> None:
        # Waitress's own loop ends only with the process.
        while not self._stopping.is_set():
            wasyncore.loop(timeout=_GLANCE, use_poll=hasattr(select, "poll"), map=self._sockets, count=1)


def _address(host: str, listening: socket.socket) -> str:
    """Where a browser finds what listens at *host*; an empty one is every address of this machine."""
    host = host or "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"


def _why(error: OSError | OverflowError) -> str:
    return system_words(error) if isinstance(error, OSError) else _("порт бывает от 0 до 65535")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise InvalidInput(
            _("Адрес {host}:{port} занят или недоступен ({why}).").format(host=host, port=port, why=_why(error))
        ) from error
