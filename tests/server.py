"""A real HTTP server that misbehaves on demand: every byte it sends is the test's own."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from whosays.errors import Stopped
from whosays.library.pacing import Clock


@dataclass(frozen=True, slots=True)
class Request:
    """What the server heard. ``headers`` have names in small letters."""

    target: str
    headers: dict[str, str]


# A route is what is sent, or what is sent first, second, ... (the last of them from then on), or a conversation.
Conversation = Callable[[socket.socket, Request], None]
Route = bytes | Conversation | list[bytes | Conversation]


def answer(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with the length of its body; an underscore in a header's name stands for a hyphen."""
    content = body.encode() if isinstance(body, str) else body
    named = {"Content-Length": str(len(content)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + content


@dataclass
class Site:
    """The server's routes by target, and all that it was asked, in order. What has no route is not found."""

    routes: dict[str, Route] = field(default_factory=dict)
    heard: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    scheme: str = "http"
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, target: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{target}"

    def asked_for(self, target: str) -> int:
        return sum(request.target == target for request in self.heard)

    @property
    def pages(self) -> list[str]:
        """The targets that were asked for, without robots.txt."""
        return [request.target for request in self.heard if request.target != "/robots.txt"]

    def never(self, connection: socket.socket, request: Request) -> None:
        """Say nothing, until the other side gives up or the test is over."""
        connection.settimeout(0.02)
        while not self.closing.is_set():
            with suppress(TimeoutError):
                if not connection.recv(1):
                    return

    def drip(self, start: bytes, drop: bytes) -> Conversation:
        """Send ``start``, then ``drop`` after ``drop``, slowly and without end."""

        def conversation(connection: socket.socket, request: Request) -> None:
            connection.sendall(start)
            while not self.closing.wait(0.02):
                connection.sendall(drop)

        return conversation

    def flood(self, start: bytes, wave: bytes) -> Conversation:
        """Send ``start``, then ``wave`` after ``wave`` as fast as they are taken, without end."""

        def conversation(connection: socket.socket, request: Request) -> None:
            connection.sendall(start)
            while not self.closing.is_set():
                connection.sendall(wave)

        return conversation

    def converse(self, connection: socket.socket) -> None:
        request = _heard(connection)
        if request is None:
            connection.sendall(answer(status="400 Bad Request"))
            return
        with self._lock:
            self.heard.append(request)
            route = self.routes.get(request.target, answer(b"no such page", "404 Not Found"))
            if isinstance(route, list):
                route = route.pop(0) if len(route) > 1 else route[0]
        if isinstance(route, bytes):
            connection.sendall(route)
        else:
            route(connection, request)


def _heard(connection: socket.socket) -> Request | None:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65_536)
        head += piece
        if not piece or not head.startswith(b"GET"):
            return None
    first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(first.split(" ")[1], headers)


@contextmanager
def serving(secured: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site at 127.0.0.1, also called localhost, until the block ends."""
    site = Site(scheme="https" if secured else "http")

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the other side has had enough; that is what many tests are about
                if secured is None:
                    site.converse(self.request)
                    return
                with secured.wrap_socket(self.request, server_side=True) as connection:
                    site.converse(connection)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()


class Quick(Clock):
    """A clock whose pauses take no time: it is put forward instead, and remembers by how much."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._over = stop or threading.Event()
        super().__init__(self._over)
        self.waited: list[float] = []
        self.time_of_day = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
        self._seconds = 0.0
        self._guard = threading.Lock()

    def now(self) -> float:
        return self._seconds

    def today(self) -> datetime:
        return self.time_of_day + timedelta(seconds=self._seconds)

    def wait(self, seconds: float) -> None:
        if self._over.is_set():
            raise Stopped
        if seconds > 0:
            with self._guard:
                self.waited.append(seconds)
                self._seconds += seconds
