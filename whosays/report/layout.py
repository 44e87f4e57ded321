"""JSON text that people can read and compare: a line for each member, down to some depth."""

from __future__ import annotations

import json
from typing import Any, Final

_PLAIN: Final = json.JSONEncoder(ensure_ascii=False).encode


def write(value: Any, depth: int = 2) -> str:
    """JSON, letters unescaped: the members of the outer ``depth`` lists and objects on lines of their own.

    What lies deeper is written in one piece, since Python's fast encoder knows no indentation.
    """
    return f"{_lines(value, depth, '')}\n"


def _lines(value: Any, depth: int, margin: str) -> str:
    """Members stand at the margin, the bracket behind them at that of the whole."""
    if not depth or not value or not isinstance(value, list | dict):
        return _PLAIN(value)
    deeper = f"{margin} "
    if isinstance(value, list):
        members = [_lines(member, depth - 1, deeper) for member in value]
    else:
        members = [f"{_PLAIN(name)}: {_lines(m, depth - 1, deeper)}" for name, m in value.items()]
    opening, closing = "[]" if isinstance(value, list) else "{}"
    return f"{opening}\n" + ",\n".join(f"{margin}{member}" for member in members) + f"\n{margin[:-1]}{closing}"
