"""Claim by outlet: a row a claim, a cell for each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from whosays.report import phrases
from whosays.report.view import passages
from whosays.report.view.passages import Shown
from whosays.report.view.story import Json, Outlet, Story, members_of, shown

Lineage = Literal["one", "some", "none"]

_LINKS: Final = ("stated", "inferred", "unknown")


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
    said: tuple[Shown, ...]

    @property
    def known(self) -> bool:
        return self.link != "unknown"

    @property
    def description(self) -> str:
        """The origin within a sentence: one unnamed official is "one unnamed source (“a senior official”)"."""
        return f"one unnamed source ({phrases.quoted(self.who)})" if self.note == "unnamed" else self.who

    @property
    def name(self) -> str:
        """Who it is, and what kind of origin a reader deals with."""
        return f"{self.who} ({self.note})" if self.note else self.who


@dataclass(frozen=True, slots=True)
class Sourced:
    """Which outlets have a claim from whom, as a ``sentence``, and how and why we know."""

    sentence: str
    link: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """Claims that hang on an origin in the same way: ``link`` and ``grounds`` hold for all of them."""

    link: str
    grounds: str
    claims: tuple[tuple[Row, str], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """An origin behind several outlets, with each of the claims that came from it to two or more."""

    origin: Origin
    outlets: tuple[Outlet, ...]
    claims: tuple[tuple[Row, Origin], ...]

    @property
    def links(self) -> tuple[str, ...]:
        """How it is known, stated before inferred."""
        return tuple(link for link in _LINKS if any(origin.link == link for _, origin in self.claims))

    @property
    def chains(self) -> tuple[str, ...]:
        """The ways to each article; where one names a relay anywhere, only its ways with a relay."""
        every = [one for _, origin in self.claims for one in origin.said]
        relayed = {one.outlet.anchor for one in every if one.relays}
        ways = (one for o in self.outlets for one in every if one.outlet is o)
        return tuple(dict.fromkeys(one.chain for one in ways if one.relays or one.outlet.anchor not in relayed))

    @property
    def hanging(self) -> tuple[Hanging, ...]:
        found: dict[tuple[str, str], list[tuple[Row, str]]] = {}
        for row, origin in self.claims:
            words = phrases.quoted(phrases.shorten(row.text))
            if len(origin.outlets) < len(row.carriers):
                words += f" ({len(origin.outlets)} of its {phrases.counted(len(row.carriers), 'outlet')})"
            found.setdefault((origin.link, origin.grounds), []).append((row, words))
        every = sorted(found.items(), key=lambda way: _LINKS.index(way[0][0]))
        return tuple(Hanging(link, grounds, tuple(rows)) for (link, grounds), rows in every)


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

    @property
    def dark(self) -> bool:
        """Whether an outlet names no source."""
        return not self.origins or any(not origin.known for origin in self.origins)

    @property
    def sources(self) -> tuple[Sourced, ...]:
        """Its origins; those of unknown lineage that are so for one reason are put together, last."""
        known = [origin for origin in self.origins if origin.known]
        return (*map(_from, known), *_unknown(origin for origin in self.origins if not origin.known))


def find(story: Story) -> tuple[Row, ...]:
    """The rows, in the order of the document: what most outlets carry first."""
    return tuple(_row(story, claim, number) for number, claim in enumerate(story.claims, start=1))


def known_origins(rows: Sequence[Row]) -> dict[tuple[str, str], list[tuple[Row, Origin]]]:
    """Every known origin with the claims that go back to it.

    First those behind most shared claims, then of most outlets, then unnamed ones.
    """
    found: dict[tuple[str, str], list[tuple[Row, Origin]]] = {}
    for row in rows:
        for origin in row.origins:
            if origin.known:
                found.setdefault(origin.key, []).append((row, origin))
    ranked = sorted(found.items(), key=lambda pair: (*_reach(pair[1]), pair[0]))
    return dict(ranked)


def shared(rows: Sequence[Row]) -> tuple[Shared, ...]:
    """The origins behind several outlets, that of most claims first."""
    made = []
    for pairs in known_origins(rows).values():
        claims = tuple((row, origin) for row, origin in pairs if len(origin.outlets) > 1)
        if claims:
            outlets = {outlet.anchor: outlet for _, origin in claims for outlet in origin.outlets}
            made.append(Shared(claims[0][1], tuple(outlets.values()), claims))
    return tuple(made)


def lineages(rows: Iterable[Row]) -> tuple[str, ...]:
    """How many claims have which lineage, those that hang on one origin first: "4 hang on one origin (stated)"."""
    kinds: dict[str, list[Row]] = {"one": [], "some": [], "dark": [], "apart": []}
    for row in rows:
        kinds[row.lineage if row.common else "dark" if row.dark else "apart"].append(row)
    return tuple(f"{len(of_it):,} {_in_words(kind, of_it)}" for kind, of_it in kinds.items() if of_it)


def _in_words(kind: str, rows: Sequence[Row]) -> str:
    has, hangs = ("has", "hangs") if len(rows) == 1 else ("have", "hang")
    if kind == "dark":
        return f"{has} outlets that name no source; no shared origin found"
    if kind == "apart":
        return f"{has} different known origins; no shared origin found"
    links = Counter(row.link for row in rows)
    how = phrases.listed(f"{links[link]} {link}" if len(links) > 1 else link for link in _LINKS if links[link])
    return (
        f"{hangs} on one origin ({how})" if kind == "one" else f"{has} one origin behind several of the outlets ({how})"
    )


def _from(origin: Origin) -> Sourced:
    through = f", through {phrases.listed(origin.via)}" if origin.via else ""
    names = phrases.listed(outlet.name for outlet in origin.outlets)
    return Sourced(f"{names}: {origin.who}{through}", origin.link, origin.grounds)


def _unknown(origins: Iterable[Origin]) -> Iterable[Sourced]:
    by_reason: dict[str, list[Origin]] = {}
    for origin in origins:
        by_reason.setdefault(origin.grounds.removeprefix(origin.who).strip(), []).append(origin)
    for why, alike in by_reason.items():
        names = list(dict.fromkeys(outlet.name for origin in alike for outlet in origin.outlets))
        each = "each " if len(names) > 1 and why != alike[0].grounds else ""
        yield Sourced(f"{phrases.listed(names)}: no origin named", "unknown", each + why)


def _reach(pairs: list[tuple[Row, Origin]]) -> tuple[int, int, bool]:
    """Counts are negative, so that more sorts to the front."""
    inside = [origin.outlets for _, origin in pairs if len(origin.outlets) > 1]
    behind = {outlet.anchor for outlets in inside for outlet in outlets}
    return -len(inside), -len(behind), pairs[0][1].note != "unnamed"


def _row(story: Story, claim: Json, number: int) -> Row:
    members = members_of(claim)
    said = _printed(story, claim, passages.compared(story, members))
    cells = tuple(_cell(outlet, [one for one in said if one.outlet is outlet]) for outlet in story.outlets)
    origins = tuple(_origin(story, origin, said) for origin in claim["origins"])
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


def _printed(story: Story, claim: Json, said: Iterable[Shown]) -> tuple[Shown, ...]:
    """Passages of an agency's text, which an outlet prints as its own, with the agency for their relay."""
    agency = {
        story.at_passage(passage): phrases.called(origin["outlet"])
        for origin in claim["origins"]
        if "outlet" in origin
        for passage in origin["passages"]
    }
    printed = ((one, agency.get(one.at, one.outlet.house)) for one in said)
    return tuple(one if name == one.outlet.house else replace(one, relays=(name,)) for one, name in printed)


def _origin(story: Story, origin: Json, said: Iterable[Shown]) -> Origin:
    if "speaker" in origin:
        voice = story.voices[origin["speaker"]]
        key, anchor, who, note = ("speaker", origin["speaker"]), voice.anchor, voice.name, voice.note
    elif "document" in origin:
        key, anchor, who, note = ("document", origin["document"]), "", phrases.called(origin["document"]), "document"
    else:
        key, anchor = ("outlet", origin["outlet"]), story.at_relay(origin["outlet"])
        who, note = phrases.called(origin["outlet"]), ""
    inside = {story.article_of(member) for member in members_of(origin)}
    at = {story.at_member(member) for member in members_of(origin)}
    return Origin(
        key=key,
        anchor=anchor,
        who=who,
        note=note,
        outlets=tuple(outlet for outlet in story.outlets if outlet.id in inside),
        via=tuple(phrases.called(name) for name in origin["via"]),
        link=origin["link"],
        grounds=shown(origin["grounds"]),
        said=tuple(one for one in said if one.at in at),
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
