"""The example stories in a library of their own, which is gone when they have been shown."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from whosays.desk.errors import MissingExamples
from whosays.library.adding import Adding
from whosays.library.analyses import Made
from whosays.library.fetching import Fetched
from whosays.library.store import Library

_PACKAGE: Final = Path(__file__).parent.parent
# In a wheel they lie in the package, in the repository beside it.
_PLACES: Final = (_PACKAGE / "examples", _PACKAGE.parent / "examples")


@contextmanager
def library(made: Made) -> Iterator[Path]:
    """A library with the example stories, for as long as the block lasts.

    Raises :class:`~whosays.desk.errors.MissingExamples`.
    """
    folders = next((found for place in _PLACES if (found := sorted(filter(Path.is_dir, place.glob("*-*"))))), None)
    if not folders:
        raise MissingExamples()
    with tempfile.TemporaryDirectory(prefix="whosays-", ignore_cleanup_errors=True) as temporary:
        path = Path(temporary) / "demo.db"
        with Library.open(path, create=True) as filled:
            Adding(filled, made, lambda event: None, _nothing).add(map(str, folders))
        yield path


def _nothing(url: str) -> Fetched:
    raise AssertionError(f"the examples are files, not {url}")
