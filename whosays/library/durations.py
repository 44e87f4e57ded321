"""Lengths of time and moments, as users write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from whosays.errors import UsageError

_LENGTH: Final = re.compile(r"(\d{1,6})\s*(s|sec|m|min|h|d|w)", re.IGNORECASE)
_SECONDS: Final = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "w": 604_800}


def seconds(words: str, least: float = 1.0) -> float:
    """``30s``, ``10m``, ``2h``, ``3d``, ``1w`` in seconds; raises :class:`~whosays.errors.UsageError`.

    So it does for less than ``least``.
    """
    found = _LENGTH.fullmatch(words.strip())
    if found is None or not int(found[1]):
        raise UsageError("", f'"{words}" is no length of time', "Write 30s, 10m, 2h or 1d.")
    length = float(int(found[1]) * _SECONDS[found[2].lower()])
    if length < least:
        raise UsageError("", f'"{words}" is too short: {least:g} seconds are the least', "Write 1m, 10m, 2h or 1d.")
    return length


def moment(words: str, now: datetime | None = None) -> str:
    """A date, a date and time, or as long ago as ``2d``: ISO 8601; raises :class:`~whosays.errors.UsageError`."""
    if _LENGTH.fullmatch(words.strip()):
        try:
            ago = (now or datetime.now(UTC)) - timedelta(seconds=seconds(words))
        except OverflowError:
            return "0001-01-01"
        return ago.strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        datetime.fromisoformat(words.strip())
    except ValueError:
        raise UsageError("", f'"{words}" is no date', "Write it as 2024-12-07, or 2d for two days ago.") from None
    return words.strip()
