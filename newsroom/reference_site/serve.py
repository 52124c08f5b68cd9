"""The site behind a real HTTP server: until stopped, or beside other work in the same process."""

import threading
from types import TracebackType
from typing import Any

import waitress
from waitress import wasyncore
from waitress.server import create_server

from newsroom.reference_site.application import close_app, create_app

#: Requests answered at the same time.
WORKERS = 4
#: Seconds within which the server notices that it is to stop, should nothing else wake it.
_GLANCE = 0.5


def serve(database_url: str, host: str, port: int, name: str, zone: str) -> None:
    """Serve the site over *database_url* at *host*:*port* until the process is interrupted.

    Raises OSError where the address is taken, and what `create_app` raises.
    """
    app = create_app(database_url, name=name, zone=zone)
    try:
        waitress.serve(app, host=host, port=port, threads=WORKERS, ident=None)
    finally:
        close_app(app)


class BackgroundServer:
    """The site served by a thread of this process; a context manager.

    Port 0 takes any free one. When it is left, the port is free again and no thread remains.
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
        self._host, self._port = host, port
        self._stopping = threading.Event()
        self._sockets: dict[int, Any] = {}

    @property
    def address(self) -> str:
        """``http://127.0.0.1:8080``, without a slash at the end; known once the server was entered."""
        return f"http://{self._server.effective_host}:{self._server.effective_port}"

    def __enter__(self) -> "BackgroundServer":
        others = set(threading.enumerate())
        self._server = create_server(
            self._app, map=self._sockets, host=self._host, port=self._port, threads=WORKERS, ident=None
        )
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
            wasyncore.loop(timeout=_GLANCE, use_poll=hasattr(wasyncore.select, "poll"), map=self._sockets, count=1)
