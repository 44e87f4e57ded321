"""What analysts put beside what was found: a log that only grows. Nothing in it changes what the machine found.

A mark is about things by what survives a new analysis: passages by their words, speakers and outlets by their names,
stories by their articles; never by the ids of one report. Undoing is a mark too, and can be undone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, get_args

from whosays.library import store
from whosays.library.errors import UnknownMark
from whosays.library.passages import Anchor
from whosays.library.store import Library, Row

Action = Literal["join", "part", "settle", "dismiss", "grade", "note", "undo"]
Kind = Literal["claim", "conflict", "speaker", "story", "outlet", "passage", "mark"]
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_COLUMNS: Final = "id, key, at, who, action, story, targets, value, undoes"


@dataclass(frozen=True, slots=True)
class Target:
    """What a mark is about. What it has of these tells it: ``name`` an outlet, a speaker, the type of a conflict;
    ``passages`` the members of a claim or conflict, or where a speaker is named; ``articles`` (keys) a story.

    ``text`` is what it was called when the mark was made. A speaker without a name is known by the passages alone.
    """

    kind: Kind
    text: str
    name: str = ""
    story: int | None = None
    passages: tuple[Anchor, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unwritten:
    """``who`` does what to ``targets``; ``value`` is the grade, or words.

    ``story`` is the one on whose page it is done, ``undoes`` the key of another mark. Of two targets, a join puts the
    second to the first, a part takes the second out of the first.
    """

    who: str
    action: Action
    targets: tuple[Target, ...]
    value: str = ""
    story: int | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the log: ``id`` is its place there, ``key`` is nobody else's in any library, ``at`` ISO 8601 in UTC."""

    id: int
    key: str
    at: str
    who: str
    action: Action
    targets: tuple[Target, ...]
    value: str = ""
    story: int | None = None
    undoes: str | None = None

    @property
    def about(self) -> Kind:
        return self.targets[0].kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks: of one action, about one kind of thing, by one person, made on the page of one story."""

    action: str = ""
    about: str = ""
    who: str = ""
    story: int | None = None


def of(library: Library, key: str) -> Mark:
    """One mark; raises :class:`~whosays.errors.UnknownMark`."""
    row = library.one(f"SELECT {_COLUMNS} FROM marks WHERE key = ?", (key,))
    if row is None:
        raise UnknownMark(str(library.path), key)
    return _read(row)


def find(library: Library, wanted: Wanted = Wanted(), most: int = -1, before: int | None = None) -> list[Mark]:
    """The marks that fit, the latest first, those older than the mark with the id ``before``."""
    conditions, values = _conditions(wanted)
    if before is not None:
        conditions.append("id < ?")
        values.append(before)
    query = f"SELECT {_COLUMNS} FROM marks WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT ?"
    return [_read(row) for row in library.rows(query, [*values, most])]


def after(library: Library, id_: int, most: int, wanted: Wanted = Wanted()) -> list[Mark]:
    """At most so many marks that fit, the oldest first, those later than the mark with that id."""
    conditions, values = _conditions(wanted)
    query = f"SELECT {_COLUMNS} FROM marks WHERE {' AND '.join([*conditions, 'id > ?'])} ORDER BY id LIMIT ?"
    return [_read(row) for row in library.rows(query, [*values, id_, most])]


def every(library: Library, wanted: Wanted = Wanted()) -> Iterator[Mark]:
    """All of the log that fits, the oldest first."""
    conditions, values = _conditions(wanted)
    query = f"SELECT {_COLUMNS} FROM marks WHERE {' AND '.join(conditions)} ORDER BY id"
    return map(_read, library.rows(query, values))


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    given = [(column, getattr(wanted, column)) for column in ("action", "about", "who", "story")]
    asked = [(column, value) for column, value in given if value not in ("", None)]
    return ["1", *(f"{column} = ?" for column, _ in asked)], [value for _, value in asked]


def standing_about(library: Library, things: Iterable[tuple[str, str]]) -> list[Mark]:
    """The marks that stand, the oldest first, about any of some things.

    A thing is what it is, "article", "outlet" or "speaker", and by which key or name.
    """
    found: dict[int, Mark] = {}
    for what, name in dict.fromkeys(things):
        query = (
            f"SELECT {_COLUMNS} FROM marks WHERE action != 'undo' AND id IN "
            "(SELECT mark FROM marked WHERE what = ? AND name = ?)"
        )
        found |= {row[0]: _read(row) for row in library.rows(query, (what, name))}
    gone = undone(library)
    return [found[id_] for id_ in sorted(found) if found[id_].key not in gone]


def undone(library: Library) -> set[str]:
    """The keys of all marks that do not stand."""
    gone: set[str] = set()
    for key, undoes in library.rows("SELECT key, undoes FROM marks WHERE undoes IS NOT NULL ORDER BY id DESC"):
        if key not in gone:
            gone.add(undoes)
    return gone


def latest(library: Library) -> int:
    """How far the log has come: the id of its last mark, 0 before the first."""
    row = library.one("SELECT coalesce(max(id), 0) FROM marks")
    return int(row[0]) if row else 0


def signers(library: Library) -> list[str]:
    """Everybody who has made a mark."""
    return [who for (who,) in library.rows("SELECT DISTINCT who FROM marks ORDER BY who")]


def as_json(mark: Mark, *, stands: bool) -> dict[str, Any]:
    """The mark as it is exported; offsets count the text that has the hash beside them."""
    written = asdict(mark) | {"stands": stands}
    del written["id"]
    return written


def has(library: Library, key: str) -> bool:
    return library.one("SELECT 1 FROM marks WHERE key = ?", (key,)) is not None


def write(library: Library, mark: Unwritten, key: str = "", at: str = "") -> Mark:
    """Put a mark at the end of the log, within a change to the library; one from another keeps its key and moment."""
    key, at = key or secrets.token_hex(8), at or store.now()
    packed = json.dumps([asdict(target) for target in mark.targets])
    id_ = library.connection.execute(
        "INSERT INTO marks (key, at, who, action, about, story, targets, value, undoes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key, at, mark.who, mark.action, mark.targets[0].kind, mark.story, packed, mark.value, mark.undoes),
    ).lastrowid
    assert id_ is not None
    library.connection.executemany(
        "INSERT INTO marked (what, name, mark) VALUES (?, ?, ?)",
        [(what, name, id_) for what, name in sorted({thing for target in mark.targets for thing in _things(target)})],
    )
    return Mark(id_, key, at, **{field.name: getattr(mark, field.name) for field in fields(mark)})


def _things(target: Target) -> Iterator[tuple[str, str]]:
    """By what a mark about it is found again."""
    if target.kind in ("outlet", "speaker") and target.name:
        yield target.kind, target.name
    for article in (*target.articles, *(anchor.article for anchor in target.passages)):
        yield "article", article


def _read(row: Row) -> Mark:
    id_, key, at, who, action, story, packed, value, undoes = row
    return Mark(id_, key, at, who, action, tuple(map(_target, json.loads(packed))), value, story, undoes)


def _target(written: dict[str, Any]) -> Target:
    passages = tuple(Anchor(**anchor) for anchor in written["passages"])
    return Target(**(written | {"passages": passages, "articles": tuple(written["articles"])}))
