"""The library in the browser: serve."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Annotated

import typer

from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, AllowPrivate, Contact, LibraryFile, app


@app.command()
def serve(
    library: LibraryFile = DEFAULT_LIBRARY,
    demo: Annotated[
        bool, typer.Option("--demo", help="The example stories, in a library that is gone afterwards.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; any but this machine's own demands a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on; 0 takes any.")] = 8414,
    name: Annotated[
        str | None,
        typer.Option("--name", help="The name under which a proxy in front serves it with TLS; demands a token."),
    ] = None,
    new_token: Annotated[
        bool, typer.Option("--new-token", help="Make a new token, print it, and end; the old one opens nothing more.")
    ] = False,
    allow_private: AllowPrivate = False,
    contact: Contact = "",
) -> None:
    """Open the library in the browser.

    And to programs over HTTP, until Ctrl-C.

    Example: whosays serve --library news.db
    """
    with endings.clear(), ExitStack() as ending:
        from whosays.desk import access, serving
        from whosays.desk.desk import Desk
        from whosays.settings import Settings

        if new_token:
            endings.write(f"{access.new_token(library)}\n", None)
            return
        allowed = access.of(library, host, name)
        listening = ending.enter_context(serving.listen(host, port))
        shown = ending.enter_context(_examples()) if demo else library
        desk = Desk(shown, Settings(allow_private=allow_private, contact=contact))
        with desk.library():
            pass  # said now, not with the first page, if it cannot be used
        about = "example stories" if demo else str(library)
        serving.serve(desk, allowed, listening, lambda url: _say(about, url, open_))


def _examples() -> AbstractContextManager[Path]:
    from whosays import __version__
    from whosays.desk import demo
    from whosays.library import analysing

    return demo.library(analysing.made_by(__version__))


def _say(about: str, url: str, in_browser: bool) -> None:
    endings.write(f"{about} · {url} · Ctrl-C ends it\n", None)
    if in_browser:
        import webbrowser

        webbrowser.open(url)
