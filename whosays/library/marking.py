"""Making a mark, and undoing one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from whosays.library import joining, marks
from whosays.library.errors import BadMark
from whosays.library.marks import Action, Kind, Mark, Target, Unwritten
from whosays.library.store import Library

# What each action can be about, and how many of them.
_ABOUT: Final[dict[Action, tuple[frozenset[Kind], int]]] = {
    "join": (frozenset({"claim", "speaker", "story"}), 2),
    "part": (frozenset({"claim", "speaker", "story"}), 2),
    "settle": (frozenset({"conflict"}), 1),
    "dismiss": (frozenset({"conflict"}), 1),
    "grade": (frozenset({"outlet", "speaker", "claim"}), 1),
    "note": (frozenset(marks.KINDS) - {"mark"}, 1),
    "undo": (frozenset({"mark"}), 1),
}
GRADE: Final = re.compile(r"[A-F][1-6]?|[1-6]")
LONGEST: Final = 10_000  # characters of a note
LONGEST_NAME: Final = 100  # characters of who signs


def record(library: Library, mark: Unwritten) -> Mark:
    """Write a mark; raises :class:`~whosays.errors.BadMark` for one that says nothing that could be understood.

    Joining and parting stories is done as well: the library groups its articles so from then on.
    """
    mark = even(mark)
    check(library, mark)
    with library.writing():
        if mark.targets[0].kind == "story" and mark.action in ("join", "part"):
            mark = replace(mark, targets=joining.act(library, mark))
        return marks.write(library, mark)


def undo(library: Library, key: str, who: str, value: str = "") -> Mark:
    """Undo a mark, or an undoing; raises UnknownMark, and BadMark where it is undone already."""
    mark = marks.of(library, key)
    target = Target("mark", f"{mark.action}: {mark.targets[0].text}", key)
    undoing = even(Unwritten(who, "undo", (target,), value, mark.story, key))
    check(library, undoing)
    with library.writing():
        if key in marks.undone(library):
            raise BadMark(str(library.path), "the mark is undone already")
        made = marks.write(library, undoing)
        joining.follow(library, root(library, mark), undoing.who)
    return made


def even(mark: Unwritten) -> Unwritten:
    """Signed on one line, and with nothing that UTF-8 has no place for."""
    who, value = (text.encode("utf-8", "replace").decode().replace("\0", "") for text in (mark.who, mark.value))
    return replace(mark, who=" ".join(who.split()), value=value.strip())


def check(library: Library, mark: Unwritten) -> None:
    """Raises :class:`~whosays.errors.BadMark` for one that says nothing that could be understood."""
    where, who, action, targets, value = str(library.path), mark.who, mark.action, mark.targets, mark.value
    if not 0 < len(who) <= LONGEST_NAME:
        raise BadMark(where, f"a mark is signed with a name, of at most {LONGEST_NAME} characters")
    kinds, many = _ABOUT.get(action, (frozenset[Kind](), 0))
    if len(targets) != many or any(t.kind not in kinds for t in targets) or len({t.kind for t in targets}) != 1:
        raise BadMark(where, f"{action} is not for {' and '.join(t.kind for t in targets) or 'nothing'}")
    if many == 2 and targets[0] == targets[1]:
        raise BadMark(where, f"to {action} takes two different things")
    if action == "grade" and not GRADE.fullmatch(value):
        raise BadMark(where, "a grade is a letter from A to F, a figure from 1 to 6, or both, as B2")
    if action == "note" and not value:
        raise BadMark(where, "the note is empty")
    if len(value) > LONGEST:
        raise BadMark(where, f"it is longer than {LONGEST:,} characters")


def root(library: Library, mark: Mark) -> Mark:
    """What undoing and undoing that is about in the end."""
    while mark.undoes is not None:
        mark = marks.of(library, mark.undoes)
    return mark
