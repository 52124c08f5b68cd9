"""A loopback proxy between an adapter and its server that loses, on request, exactly what it is told to lose."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Passes bytes on. A loss that was asked for ends the connection it happens on.

    Attributes:
        port: where it listens on 127.0.0.1.
        lost: how many requests and replies have been lost so far.
    """

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.lost = 0
        self._loses = ""
        self._refuses = False
        self._on_commit: Callable[[], str] = lambda: ""
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

    def delay_next_request(self) -> None:
        """The client is cut off as it asks next; the server hears of it a second later, and then does it."""
        self._loses = "delay"

    def on_commit(self, chance: Callable[[], str]) -> None:
        """At every COMMIT *chance* says what to lose: ``reply``, ``request``, ``delay`` or nothing."""
        self._on_commit = chance

    def freeze(self) -> None:
        """From now on everything is accepted and nothing passed on, as by a stopped server."""
        self._loses = "everything"

    def cut(self) -> None:
        """End every connection, those of a freeze too; new ones are served again, as after a server's restart."""
        with self._lock:
            self._loses = ""
            self._refuses = False
            ending, self._sockets = self._sockets, []
        for end in ending:
            _end(end)

    def refuse(self) -> None:
        """End every connection, and every new one at once, as where no server runs; until `cut`."""
        self.cut()
        self._refuses = True

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
            if self._refuses:
                _end(client)
                continue
            try:
                server = socket.create_connection(self._server)
            except OSError:
                _end(client)
                continue
            with self._lock:
                self._sockets = [end for end in self._sockets if end.fileno() >= 0] + [client, server]
                self._threads = [thread for thread in self._threads if thread.is_alive()]
            line = _Line(client, server)
            for pump in (self._ask, self._answer):
                thread = threading.Thread(target=pump, args=(line,))
                self._threads.append(thread)
                thread.start()

    def _ask(self, line: "_Line") -> None:
        with suppress(OSError):
            while data := line.client.recv(65536):
                with self._lock:
                    loss = self._loses or (self._on_commit() if b"COMMIT" in data else "")
                    if loss == "everything":
                        continue
                    if loss:
                        self.lost += 1
                        self._loses = ""
                line.loses_reply = loss == "reply"
                if loss == "request":
                    break
                if loss == "delay":
                    _end(line.client)
                    time.sleep(1)
                line.server.sendall(data)
                if loss == "delay":
                    line.answered.wait(5)
                    break
        line.end()

    def _answer(self, line: "_Line") -> None:
        with suppress(OSError):
            while data := line.server.recv(65536):
                if self._loses == "everything":
                    continue
                if line.loses_reply:
                    break
                line.client.sendall(data)
        line.answered.set()
        line.end()


class _Line:
    """One connection: the client's end and the server's."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client = client
        self.server = server
        self.loses_reply = False
        self.answered = threading.Event()

    def end(self) -> None:
        _end(self.client)
        _end(self.server)


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
