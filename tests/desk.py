"""A desk that is really served: uvicorn on a port of its own, in a thread, until the block ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whosays.desk import serving
from whosays.desk.access import Access
from whosays.desk.desk import Desk
from whosays.library import listing
from whosays.library.adding import Delivery

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@contextmanager
def served(library: Path, access: Access | None = None) -> Iterator[tuple[str, Desk]]:
    """The address of a desk on this library, without a slash at its end, and the desk."""
    desk = Desk(library)
    listening = serving.listen("127.0.0.1", 0)
    server = serving.server(desk, access or Access())
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", desk
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()


def files(*stories: str) -> list[Delivery]:
    """The articles of some example stories, as files in hand."""
    found = [path for story in stories for path in sorted((EXAMPLES / story).iterdir())]
    return [Delivery(path.name, path.read_bytes()) for path in found]


def add(desk: Desk, *given: Delivery) -> None:
    """Add articles and wait until they are safe."""
    job = desk.intake.take(given)
    assert job.wait(120)
    assert job.problem is None


def counted(desk: Desk) -> int | None:
    """The claims of the first story, once its report was made."""
    with desk.library() as library:
        return listing.listed(library, 1).claims
