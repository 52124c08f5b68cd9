"""A loopback proxy between an adapter and its server that loses, on request, exactly what it is told to lose."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Passes bytes on. One loss is asked for at a time and ends the connection it happens on.

    Attributes:
        port: where it listens on 127.0.0.1.
    """

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._loses = ""
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def lose_next_reply(self) -> None:
        """The server does what it is asked next, and its answer is lost."""
        self._loses = "reply"

    def lose_next_request(self) -> None:
        """The server never hears what it is asked next."""
        self._loses = "request"

    def freeze(self) -> None:
        """From now on everything is accepted and nothing passed on, as by a stopped server."""
        self._loses = "everything"

    def close(self) -> None:
        with suppress(OSError):
            # Wakes the accepting thread, which closing alone does not.
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._sockets:
            _end(end)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            self._sockets += [client, server]
            for source, target, kind in ((client, server, "request"), (server, client, "reply")):
                thread = threading.Thread(target=self._pass_on, args=(source, target, kind))
                self._threads.append(thread)
                thread.start()

    def _pass_on(self, source: socket.socket, target: socket.socket, kind: str) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                with self._lock:
                    if self._loses == "everything":
                        continue
                    if self._loses == kind:
                        self._loses = ""
                        break
                target.sendall(data)
        _end(source)
        _end(target)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def proxy_to(host: str, port: int) -> Iterator[Proxy]:
    proxy = Proxy((host, port))
    try:
        yield proxy
    finally:
        proxy.close()
