"""The desk on a port of this machine, until Ctrl-C."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from whosays.desk import app
from whosays.desk.access import Access
from whosays.desk.desk import Desk
from whosays.desk.errors import PortInUse
from whosays.desk.live import Live


class Server(uvicorn.Server):
    """Lets the pages that listen go before it waits for what is still being answered."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        live: Live = self.config.app.state.live  # type: ignore[union-attr]
        live.close()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A socket at an address of this machine; raises :class:`~whosays.desk.errors.PortInUse`."""
    shown = f"{host}:{port}"
    try:
        [family, *_, address] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=256)
    except OSError as error:
        # asyncio's and socket's own words for it name the address a second time
        known = error.errno is not None and error.errno > 0
        why = os.strerror(error.errno or 0) if known else error.strerror or "there is no such address"
        raise PortInUse(shown, why.lower()) from None


def server(desk: Desk, access: Access) -> Server:
    """What serves the desk, still to be run."""
    return Server(
        uvicorn.Config(
            app.make(desk, access), log_level="error", access_log=False, server_header=False, proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
    )  # fmt: skip


def serve(desk: Desk, access: Access, listening: socket.socket, say: Callable[[str], None]) -> None:
    """Serve until interrupted; ``say`` is told where, once it can be opened."""
    host, port = listening.getsockname()[:2]
    say(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    with listening, suppress(KeyboardInterrupt):
        server(desk, access).run([listening])
