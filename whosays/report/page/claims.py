"""Claim by outlet: a row a claim, a cell for each article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whosays.report import phrases
from whosays.report.page import passages
from whosays.report.page.passages import Shown
from whosays.report.page.story import Json, Outlet, Story, members_of, shown

Lineage = Literal["one", "some", "none"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim comes from. ``key`` is the same for the same origin of another claim; ``anchor`` its node."""

    key: tuple[str, str]
    anchor: str
    who: str
    note: str
    outlets: tuple[Outlet, ...]
    via: tuple[str, ...]
    link: str
    grounds: str

    @property
    def known(self) -> bool:
        return self.link != "unknown"

    @property
    def description(self) -> str:
        """The origin within a sentence: one unnamed official is "one unnamed source (“a senior official”)"."""
        return f"one unnamed source ({phrases.quoted(self.who)})" if self.note == "unnamed" else self.who


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article does with a claim; without ``said`` it is silent. ``conflicts`` are anchors."""

    outlet: Outlet
    said: tuple[Shown, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A claim. ``verdict`` gives its number of origins in words, ``said`` its passages, their own words marked."""

    anchor: str
    text: str
    verdict: str
    lineage: Lineage
    link: str
    origins: tuple[Origin, ...]
    cells: tuple[Cell, ...]
    said: tuple[Shown, ...]
    conflicts: tuple[str, ...]
    keys: str

    @property
    def silent(self) -> tuple[Outlet, ...]:
        return tuple(cell.outlet for cell in self.cells if not cell.said)

    @property
    def carriers(self) -> tuple[Outlet, ...]:
        return tuple(cell.outlet for cell in self.cells if cell.said)

    @property
    def common(self) -> tuple[Origin, ...]:
        """The known origins behind two or more of its outlets."""
        return tuple(origin for origin in self.origins if origin.known and len(origin.outlets) > 1)


def find(story: Story) -> tuple[Row, ...]:
    """The rows, in the order of the document: what most outlets carry first."""
    return tuple(_row(story, claim, number) for number, claim in enumerate(story.claims, start=1))


def known_origins(rows: Sequence[Row]) -> dict[tuple[str, str], list[tuple[Row, Origin]]]:
    """Every known origin with the claims that go back to it, that behind most outlets and claims first."""
    found: dict[tuple[str, str], list[tuple[Row, Origin]]] = {}
    for row in rows:
        for origin in row.origins:
            if origin.known:
                found.setdefault(origin.key, []).append((row, origin))
    ranked = sorted(found.items(), key=lambda pair: (*_reach(pair[1]), pair[0]))
    return dict(ranked)


def _reach(pairs: list[tuple[Row, Origin]]) -> tuple[int, int]:
    """Shared claims first, then outlets; negative, so that more sorts to the front."""
    shared = sum(len(origin.outlets) > 1 for _, origin in pairs)
    return -shared, -len({outlet.anchor for _, origin in pairs for outlet in origin.outlets})


def _row(story: Story, claim: Json, number: int) -> Row:
    members = members_of(claim)
    said = passages.compared(story, members)
    cells = tuple(_cell(outlet, [one for one in said if one.outlet is outlet]) for outlet in story.outlets)
    origins = tuple(_origin(story, origin) for origin in claim["origins"])
    lineage, verdict, link = _verdict(origins, sum(bool(cell.said) for cell in cells))
    keys = [story.keys(members), *(origin.anchor for origin in origins)]
    keys += [story.at_relay(name) for origin in claim["origins"] for name in origin["via"]]
    return Row(
        anchor=f"c{number}",
        text=phrases.unquoted(shown(claim["text"])),
        verdict=verdict,
        lineage=lineage,
        link=link,
        origins=origins,
        cells=cells,
        said=said,
        conflicts=tuple(dict.fromkeys(x for one in said for x in one.conflicts)),
        keys=" ".join(dict.fromkeys(" ".join(keys).split())),
    )


def _cell(outlet: Outlet, said: list[Shown]) -> Cell:
    return Cell(outlet, tuple(said), tuple(dict.fromkeys(x for one in said for x in one.conflicts)))


def _origin(story: Story, origin: Json) -> Origin:
    if "speaker" in origin:
        voice = story.voices[origin["speaker"]]
        key, anchor, who, note = ("speaker", origin["speaker"]), voice.anchor, voice.name, voice.note
    elif "document" in origin:
        key, anchor, who, note = ("document", origin["document"]), "", phrases.called(origin["document"]), "document"
    else:
        key, anchor = ("outlet", origin["outlet"]), story.at_relay(origin["outlet"])
        who, note = phrases.called(origin["outlet"]), ""
    inside = {story.article_of(member) for member in members_of(origin)}
    return Origin(
        key=key,
        anchor=anchor,
        who=who,
        note=note,
        outlets=tuple(outlet for outlet in story.outlets if outlet.id in inside),
        via=tuple(phrases.called(name) for name in origin["via"]),
        link=origin["link"],
        grounds=shown(origin["grounds"]),
    )


def _verdict(origins: Sequence[Origin], outlets: int) -> tuple[Lineage, str, str]:
    """Never "confirmed", and never "independent": only what was found."""
    known = [origin for origin in origins if origin.known]
    common = [origin for origin in known if len(origin.outlets) > 1]
    every = phrases.counted(outlets, "outlet")
    if len(known) == 1 and len(origins) == 1 and common:
        return "one", f"1 origin found for {every}", known[0].link
    if common:
        most = max(common, key=lambda origin: (len(origin.outlets), origin.link == "stated"))
        return "some", f"1 origin found for {len(most.outlets)} of {every}", most.link
    dark = len({outlet.anchor for origin in origins if not origin.known for outlet in origin.outlets})
    apart = [phrases.counted(len(known), "origin") + " named"] if known else []
    apart += [f"{phrases.counted(dark, 'outlet')} {'names' if dark == 1 else 'name'} none"] if dark else []
    return "none", f"no shared origin found: {', '.join(apart)}" if apart else "no shared origin found", ""
