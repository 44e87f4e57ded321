"""Frozen dataclasses as JSON and back, by their types: what a report is kept as in the library.

Never pickle: a library may come from somebody else, and a pickle is a program.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from numpy import generic

T = TypeVar("T")


def dumps(value: object) -> bytes:
    """Dataclasses and named tuples as lists of their fields, in order."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loads(kind: type[T], written: bytes) -> T:
    """What :func:`dumps` wrote; raises ``ValueError`` for what is no such value, as after the fields have changed."""
    try:
        made: T = _made(kind, json.loads(written.decode("utf-8", "surrogatepass")))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from None
    return made


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value.item() if isinstance(value, generic) else value


def _made(kind: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        [wanted] = [one for one in arguments if one is not type(None)]
        return _made(wanted, value)
    if origin is typing.Literal:
        return _checked(value in arguments, value)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_made(arguments[0], member) for member in _checked(isinstance(value, list), value))
    if origin is tuple:
        return tuple(_made(one, member) for one, member in zip(arguments, value, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _made(arguments[1], member) for key, member in value.items()}
    if fields := _fields(kind):
        return kind(*(_made(one, member) for one, member in zip(fields, value, strict=True)))
    if kind is float:
        return float(_checked(isinstance(value, int | float), value))
    return _checked(isinstance(value, kind), value)


@functools.cache
def _fields(kind: Any) -> tuple[Any, ...]:
    """The types of the fields of a dataclass or named tuple, in order; none for another type."""
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
    else:
        names = list(getattr(kind, "_fields", ()))
    hints = typing.get_type_hints(kind) if names else {}
    return tuple(hints[name] for name in names)


def _checked(fits: bool, value: Any) -> Any:
    if not fits:
        raise ValueError(repr(value)[:80])
    return value
