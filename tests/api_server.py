"""The desk on a port of this machine for the length of a block, and a client that leaves answers as they come."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from whosays.desk import app
from whosays.desk.desk import Desk
from whosays.settings import Settings


@dataclass(frozen=True, slots=True)
class Api:
    """A client of the interface of one server. Paths begin behind ``/api/v1``."""

    url: str
    client: httpx2.Client

    def ask(self, path: str = "", method: str = "GET", **options: Any) -> httpx2.Response:
        where = path if path.startswith("/api/") else f"/api/v1{path}"
        return self.client.request(method, where, **options)

    def get(self, path: str = "", **options: Any) -> Any:
        answer = self.ask(path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def lines(self, path: str) -> list[Any]:
        answer = self.ask(path, headers={"Accept": "application/x-ndjson"})
        assert answer.headers["content-type"].startswith("application/x-ndjson"), answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    def pages(self, path: str, name: str) -> list[Any]:
        """All rows of a collection, page after page."""
        rows = []
        following: str | None = path
        while following is not None:
            made = self.get(following)
            rows += made[name]
            following = made["next"]
        return rows


@contextmanager
def serving(library: Path, settings: Settings | None = None) -> Iterator[Api]:
    """``whosays serve`` on a library, until the block ends."""
    # asyncio sends small answers at once only where a socket says that it is TCP's
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(app.make(Desk(library, settings or Settings())), log_level="error", access_log=False)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            with httpx2.Client(base_url=url, timeout=60, transport=httpx2.HTTPTransport(retries=20)) as client:
                listener.listen(64)
                yield Api(url, client)
        finally:
            server.should_exit = True
            thread.join(timeout=30)
