"""Servers on this machine that do not play by the rules: each answer is a function that is given the connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pytest

Play = Callable[[socket.socket], None]


class Server:
    """A running server: its address, and how often it was asked. The n-th connection is played the n-th answer, the
    last one again and again."""

    def __init__(self, *plays: Play) -> None:
        self._plays = plays
        self.asked = 0
        self.requests: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            play = self._plays[min(self.asked, len(self._plays) - 1)]
            self.asked += 1
            threading.Thread(target=self._play, args=(connection, play), daemon=True).start()

    def _play(self, connection: socket.socket, play: Play) -> None:
        with connection, suppress(OSError):
            connection.settimeout(20)
            self.requests.append(connection.recv(1 << 16))
            play(connection)

    def close(self) -> None:
        # Closing alone does not end an accept() that waits.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@contextmanager
def served(*plays: Play) -> Iterator[Server]:
    server = Server(*plays)
    try:
        yield server
    finally:
        server.close()


def answers(content: bytes) -> Play:
    """What sends these bytes, whatever is asked."""
    return lambda connection: connection.sendall(content)


def page(body: bytes, *headers: str) -> Play:
    """What sends a page."""
    head = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", "Content-Type: text/plain", *headers, "", ""]
    return answers("\r\n".join(head).encode("latin-1") + body)


def leads(where: str, status: int = 302) -> Play:
    """What redirects."""
    return answers(f"HTTP/1.1 {status} Moved\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))


class Names:
    """Names in place of the network's: what each lookup of a name gives, in turn, and which were looked up.

    Public addresses lead to this machine, as if one had connected to them; ``connected`` are the addresses meant.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
        self.known: dict[str, list[Sequence[str]]] = {}
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self._port = port
        self._really = socket.create_connection
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)
        monkeypatch.setattr(socket, "create_connection", self._connect)

    def _look_up(self, host: str, *_: object, **__: object) -> list[Any]:
        self.asked.append(host)
        found = self.known.get(host)
        if not found:
            raise socket.gaierror("not known")
        addresses = found.pop(0) if len(found) > 1 else found[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 0)) for one in addresses]

    def _connect(self, address: tuple[str, int], timeout: float | None = None) -> socket.socket:
        self.connected.append(address)
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(("127.0.0.1", self._port))
        return made
