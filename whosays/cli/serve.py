"""The library in the browser: serve."""

from __future__ import annotations

from contextlib import ExitStack
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
    """Open the library in the browser, and to programs over HTTP, until Ctrl-C.

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
        if demo:
            from whosays import __version__
            from whosays.desk import demo as examples
            from whosays.library import analysing

            library = ending.enter_context(examples.library(analysing.made_by(__version__)))
        desk = Desk(library, Settings(allow_private=allow_private, contact=contact))
        with desk.library():
            pass  # said now, not with the first page, if it cannot be used

        def say(url: str) -> None:
            endings.write(f"{'example stories' if demo else library} · {url} · Ctrl-C ends it\n", None)
            if open_:
                import webbrowser

                webbrowser.open(url)

        serving.serve(desk, allowed, listening, say)
