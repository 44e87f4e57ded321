"""How each article names the same people, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whosays.report import phrases
from whosays.report.view import reader
from whosays.report.view.passages import Words
from whosays.report.view.story import Json, Outlet, Story, shown


@dataclass(frozen=True, slots=True)
class Label:
    """One way of naming: its ``words``, loaded ones marked as their own; ``quoted`` where somebody quoted says it."""

    words: tuple[Words, ...]
    count: int
    quoted: bool
    href: str

    @property
    def text(self) -> str:
        return f"{phrases.quoted(''.join(piece.text for piece in self.words))}{self.note}"

    @property
    def note(self) -> str:
        """How often it stands, and that it is not the outlet's own."""
        return (f" ×{self.count}" if self.count > 1 else "") + (" (in quoted words)" if self.quoted else "")


@dataclass(frozen=True, slots=True)
class Name:
    """One person, group or thing; ``labels`` by article in their order, empty where an article has none."""

    who: str
    labels: tuple[tuple[Outlet, tuple[Label, ...]], ...]
    loaded: bool
    keys: str


def find(story: Story) -> tuple[Name, ...]:
    """Those whom several articles name differently, or one with a loaded word: loaded ones and speakers first."""
    told = [name for name in story.document.get("names", ()) if _tells(name)]
    told.sort(key=lambda name: _rank(story, name))
    return tuple(_name(story, name) for name in told)


def who(story: Story, name: Json) -> str:
    """A speaker's name where the entity is one; else the most telling of its labels."""
    speakers = sorted(s["name"] for s in story.document["speakers"] if s["entity"] == name["entity"])
    labels = {label["text"] for of_it in name["labels"].values() for label in of_it}
    return shown(speakers[0] if speakers else phrases.heading(labels))


def _tells(name: Json) -> bool:
    wordings = [
        frozenset(phrases.alike(label["text"]) for label in of_it) for of_it in name["labels"].values() if of_it
    ]
    return (len(wordings) > 1 and len(set(wordings)) > 1) or _loaded(name)


def _loaded(name: Json) -> bool:
    return any(label.get("loaded") for of_it in name["labels"].values() for label in of_it)


def _rank(story: Story, name: Json) -> tuple[bool, bool, int, str]:
    speaks = any(speaker["entity"] == name["entity"] for speaker in story.document["speakers"])
    return not _loaded(name), not speaks, -len(name["labels"]), name["entity"]


def _name(story: Story, name: Json) -> Name:
    speakers = [s["id"] for s in story.document["speakers"] if s["entity"] == name["entity"]]
    keys = [story.voices[id_].anchor for id_ in speakers]
    keys += [story.outlet[id_].anchor for id_, of_it in name["labels"].items() if of_it]
    return Name(
        who=who(story, name),
        labels=tuple((outlet, _labels(story, outlet, name["labels"].get(outlet.id, ()))) for outlet in story.outlets),
        loaded=_loaded(name),
        keys=" ".join(keys),
    )


def _labels(story: Story, outlet: Outlet, labels: Sequence[Json]) -> tuple[Label, ...]:
    commonest = sorted(labels, key=lambda x: (x["voice"] != "outlet", -x["count"], x["text"]))
    return tuple(
        Label(
            words=marked(shown(label["text"]), label.get("loaded", ())),
            count=label["count"],
            quoted=label["voice"] == "quoted",
            href=f"#{reader.paragraph_at(story, outlet.id, label['spans'][0][0])}",
        )
        for label in commonest
    )


def marked(text: str, words: Sequence[str]) -> tuple[Words, ...]:
    """A text in pieces, those words marked as its own."""
    if not words:
        return (Words(text),)
    pattern = "|".join(re.escape(shown(word)) for word in sorted(words, key=lambda word: (-len(word), word)))
    pieces = re.split(f"({pattern})", text)
    return tuple(Words(piece, own=bool(number % 2)) for number, piece in enumerate(pieces) if piece)
