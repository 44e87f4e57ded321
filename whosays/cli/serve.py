"""The library in the browser: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, AllowPrivate, LibraryFile, app


@app.command()
def serve(
    library: LibraryFile = DEFAULT_LIBRARY,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on; 0 takes any.")] = 8414,
    allow_private: AllowPrivate = False,
) -> None:
    """Open the library in the browser, and to programs over HTTP, until Ctrl-C.

    Example: whosays serve --library news.db
    """
    with endings.clear():
        from whosays.desk import serving
        from whosays.desk.desk import Desk
        from whosays.settings import Settings

        desk = Desk(library, Settings(allow_private=allow_private))
        with desk.library():
            pass  # said now, not with the first page, if it cannot be used
        serving.serve(desk, host, port, lambda url: endings.write(f"{library} · {url} · Ctrl-C ends it\n", None))
