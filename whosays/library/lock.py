"""One watcher a library."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import AlreadyWatched, UnreadableFile


@contextmanager
def only_watcher(library: Path) -> Iterator[None]:
    """Be the only watcher of the library in this file until the block ends; raises :class:`AlreadyWatched`.

    The lock is the system's, on a file beside the library, and ends with the process however that ends: nothing is
    left behind that somebody would have to clear away. The file stays; to remove it would let two watchers in.
    """
    path = library.with_name(f"{library.name}.watch")
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UnreadableFile(str(path), (error.strerror or "it cannot be opened").lower()) from None
    try:
        if not _locked(file):
            raise AlreadyWatched(str(library))
        yield
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
