"""The file of a library: how it is opened, how it is written to, and what is said when it cannot be."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from whosays.library import schema
from whosays.library.errors import (
    DamagedLibrary,
    ForeignFile,
    FullDisk,
    LibraryError,
    LockedLibrary,
    NewerLibrary,
    NoLibrary,
    UnwritableLibrary,
)

PATIENCE: Final = 30.0  # seconds that a writer waits for another, whose turns take well under one
_CACHE: Final = 32_000  # KiB
_log: Final = logging.getLogger(__name__)  # a warning goes to standard error, unless a program wants it elsewhere
Row = tuple[Any, ...]


class Library:
    """An open library. Its methods raise ``sqlite3.Error`` as it comes; :func:`explained` puts it in words.

    One thread uses it at a time; another opens the file again, as does another process.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False, patience: float = PATIENCE, one_thread: bool = True) -> Self:
        """Open the library at ``path``, bringing its tables up to date; ``create`` it where there is none.

        ``one_thread`` has SQLite refuse every other; without it the caller sees to it that they take turns.

        Raises :class:`~whosays.errors.LibraryError`.
        """
        if not create and not path.exists():
            raise NoLibrary(str(path))
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=one_thread)
            _check(path, connection)
            _set_up(path, connection, patience)
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise explained(error, path) from None
        except LibraryError:
            if connection is not None:
                connection.close()
            raise
        return cls(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One change to the library: all of what the block does is in the file when it ends, or nothing of it.

        Waits for another writer.
        """
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise

    def rows(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        return self.connection.execute(query, values)

    def one(self, query: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of an answer, if it has one."""
        row: Row | None = self.connection.execute(query, values).fetchone()
        return row


def now() -> str:
    """This moment, ISO 8601 in UTC, as every table has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def explained(error: sqlite3.Error, path: Path) -> LibraryError:
    """What an error of SQLite means for the user of the library at ``path``; faults of ours are raised again."""
    where, said = str(path), str(error)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedLibrary(where)
    if code == sqlite3.SQLITE_NOTADB:
        return ForeignFile(where)
    if code == sqlite3.SQLITE_CORRUPT:
        return DamagedLibrary(where, said)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return FullDisk(where, said)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return UnwritableLibrary(where, said)
    raise error


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """Leave alone what is somebody else's, and what only a later version understands."""
    connection.execute("BEGIN")  # so that all is of one moment, should another program be making the library
    [[tables]] = connection.execute("SELECT count(*) FROM sqlite_master")
    [[application]] = connection.execute("PRAGMA application_id")
    [[version]] = connection.execute("PRAGMA user_version")
    connection.execute("COMMIT")
    if application != schema.APPLICATION and (application or version or tables):
        raise ForeignFile(str(path))
    if version > schema.VERSION:
        raise NewerLibrary(str(path), version, schema.VERSION)


def _set_up(path: Path, connection: sqlite3.Connection, patience: float) -> None:
    """A write-ahead log, so that readers and a writer never wait for each other, and a disk that is waited for."""
    _log_ahead(connection, patience)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    [[version]] = connection.execute("PRAGMA user_version")
    if version < schema.VERSION:
        if version:
            _log.warning(
                "whosays: %s is of an earlier version and is brought up to date; a large one takes a while", path
            )
        schema.migrate(connection)


def _log_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """SQLite does not wait when two programs change the journal of a new file at once, so we do."""
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
