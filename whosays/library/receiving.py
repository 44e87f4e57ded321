"""Marks that another library of the same articles gave away are taken into this one.

Who made them and when is kept, and so is the key: the same mark is not taken twice, and may come back to where it
began.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, BinaryIO, Final

from whosays.errors import InputError
from whosays.library import held, joining, marking, marks
from whosays.library.errors import BadMark
from whosays.library.marks import Mark, Target, Unwritten
from whosays.library.passages import Anchor
from whosays.library.store import Library

_KEY: Final = re.compile(r"[0-9a-f]{16}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
LONGEST: Final = 16_000_000  # bytes of a line; a speaker with ten thousand passages has some six million
_LARGEST: Final = (1 << 63) - 1  # of SQLite


class UnreadableMark(InputError):
    """A line that holds no mark, or none that could be made here."""

    def __init__(self, where: str, line: int, wrong: str) -> None:
        super().__init__(f"{where}:{line}", wrong, "The other lines are taken.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the lines: how many marks are new, how many were here before, and what is wrong with the rest."""

    new: int
    known: int
    problems: tuple[InputError, ...]


def take(library: Library, lines: Iterable[bytes], where: str) -> Taken:
    """Take in marks as :func:`marks.as_json` wrote them, one a line, in the order in which they were made.

    Stories are known by their articles; joining and parting them is done here as well. Nothing at all is taken if the
    library cannot be written.
    """
    new, known = 0, 0
    problems: list[InputError] = []
    with library.writing():
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                if len(line) > LONGEST:
                    raise BadMark("", f"it is longer than {LONGEST:,} bytes")
                mark = _read(line)
                if marks.has(library, mark.key):
                    known += 1
                    continue
                _write(library, mark)
                new += 1
            except BadMark as problem:
                problems.append(UnreadableMark(where, number, problem.wrong))
    return Taken(new, known, tuple(problems))


def _write(library: Library, mark: Mark) -> None:
    given = {field.name: getattr(mark, field.name) for field in fields(Unwritten)}
    unwritten = marking.even(Unwritten(**given))
    marking.check(library, unwritten)
    if (mark.action == "undo") != (mark.undoes is not None):
        raise BadMark("", "it is an undoing without what it undoes, or the other way round")
    if mark.undoes is not None and not marks.has(library, mark.undoes):
        raise BadMark("", f'it undoes a mark that is not here, "{mark.undoes}"')
    places = [_story(library, target) for target in mark.targets]
    targets = tuple(
        replace(target, story=place if target.kind == "story" else None)
        for target, place in zip(mark.targets, places, strict=True)
    )
    if mark.about == "story" and mark.action == "part" and targets[0].story == targets[1].story is not None:
        [begun] = library.one("SELECT max(id) + 1 FROM stories") or (1,)
        targets = targets[0], replace(targets[1], story=begun)
    story = next((place for place in places if place is not None), None)
    if mark.undoes is not None:
        story = marks.of(library, mark.undoes).story
    written = marks.write(library, replace(unwritten, targets=targets, story=story), mark.key, mark.at)
    joining.follow(library, marking.root(library, written), written.who)


def _story(library: Library, target: Target) -> int | None:
    """The story here that is what the target is about, or that has most of its passages' articles."""
    articles = target.articles or tuple(anchor.article for anchor in target.passages)
    found = [story for key in articles for story in held.stories_of(library, (key,))]
    return min(found, key=lambda story: (-found.count(story), story)) if found else None


def _read(line: bytes) -> Mark:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise BadMark("", "it is no JSON") from None
    read = _Reading(given, "the line")
    key, at = read.text("key"), read.text("at")
    if not _KEY.fullmatch(key):
        raise BadMark("", "its key is none of a mark")
    if not _is_moment(at):
        raise BadMark("", "its time is none such as 2026-11-21T13:00:00Z")
    action = next((one for one in marks.ACTIONS if one == read.text("action")), None)
    targets = tuple(map(_target, read.several("targets")))
    if action is None or not targets:
        raise BadMark("", "it has no action that is known, or is about nothing")
    undoes = read.given.get("undoes")
    if undoes is not None and not isinstance(undoes, str):
        raise BadMark("", "what it undoes is no key")
    return Mark(0, key, at, read.text("who"), action, targets, read.text("value"), None, undoes)


def _is_moment(at: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(at) and datetime.fromisoformat(at))
    except ValueError:
        return False


def _target(given: Any) -> Target:
    read = _Reading(given, "a target")
    kind = next((one for one in marks.KINDS if one == read.text("kind")), None)
    articles = read.several("articles")
    if kind is None or not all(isinstance(key, str) for key in articles):
        raise BadMark("", "a target of it is of no kind that is known, or its articles are no ids")
    passages = tuple(map(_anchor, read.several("passages")))
    known_by = {"claim": passages, "conflict": passages, "passage": passages, "story": articles}
    if not known_by.get(kind, True):
        raise BadMark("", f"its {kind} has nothing by which it could be found")
    return Target(kind, read.text("text"), read.text("name"), None, passages, tuple(articles))


def _anchor(given: Any) -> Anchor:
    read = _Reading(given, "a passage")
    start, end = read.given.get("start"), read.given.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= _LARGEST:
        raise BadMark("", "a passage of it has no characters [start, end)")
    texts = (read.text(name) for name in ("quote", "prefix", "suffix"))
    return Anchor(read.text("article"), read.text("sha256"), start, end, *texts)


class _Reading:
    """An object of JSON, of which each field is asked for with what it must be."""

    def __init__(self, given: Any, what: str) -> None:
        if not isinstance(given, dict):
            raise BadMark("", f"{what} is no object of JSON")
        self.given, self.what = given, what

    def text(self, name: str) -> str:
        found = self.given.get(name)
        if not isinstance(found, str):
            raise BadMark("", f"{self.what} has no {name}")
        return found.encode("utf-8", "replace").decode()

    def several(self, name: str) -> list[Any]:
        found = self.given.get(name)
        if not isinstance(found, list):
            raise BadMark("", f"{self.what} has no {name}")
        return found


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, one at a time, without the mark that some programs begin a file with.

    Of one that is longer than :data:`LONGEST` no more than tells that it is.
    """
    begun = False
    while line := file.readline(LONGEST + 1):
        yield line if begun else line.removeprefix(b"\xef\xbb\xbf")
        begun = True
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)
