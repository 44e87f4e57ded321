"""How far a partition has come, told by the process that is at work on it to whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_EVERY: Final = 2.0  # seconds
_NAME: Final = "pulse"


@contextmanager
def of(work: Path) -> Iterator[Callable[[int], None]]:
    """What to call with the number of articles done; it is seen in the partition's unfinished folder."""
    last = time.monotonic()

    def beat(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > _EVERY:
            last = now
            (work / _NAME).write_text(str(done), encoding="utf-8")

    yield beat
    (work / _NAME).unlink(missing_ok=True)


def seen(unfinished: Path, since: float) -> int:
    """The articles of partitions that are being made, by those that have told of themselves since a moment."""
    count = 0
    for path in unfinished.glob(f"*/{_NAME}"):
        with suppress(OSError, ValueError):
            if path.stat().st_mtime >= since:
                count += int(path.read_text(encoding="utf-8"))
    return count
