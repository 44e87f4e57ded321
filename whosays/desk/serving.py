"""The desk on a port of this machine, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable

import uvicorn

from whosays.desk import app
from whosays.desk.desk import Desk


def serve(desk: Desk, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted; ``say`` is told where, once it can be opened."""

    class Server(uvicorn.Server):
        def _log_started_message(self, listeners: object) -> None:
            shown = f"[{host}]" if ":" in host else host
            bound = self.servers[0].sockets[0].getsockname()[1]
            say(f"http://{shown}:{bound}/")

    Server(
        uvicorn.Config(
            app.make(desk), host=host, port=port, log_level="error", access_log=False, server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=3,
        )
    ).run()  # fmt: skip
