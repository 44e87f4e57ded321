"""The source tree: speakers, the relays through which they came, and the outlets, with a line for each link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from whosays.report import phrases
from whosays.report.page.story import Json, Outlet, Story, Voice, members_of

MOST_SPEAKERS: Final = 14  # in the tree; all are in the list below it

_LINKS: Final = ("unknown", "inferred", "stated")  # the weakest first
_NOBODY: Final = "nobody"
# Where the columns begin and end, in hundredths of the width: with relays between, and without.
_WITH_RELAYS: Final = ((0.0, 36.0), (44.0, 60.0), (68.0, 100.0))
_WITHOUT: Final = ((0.0, 42.0), (50.0, 50.0), (58.0, 100.0))

_Node = tuple[str, str]  # its kind and its anchor


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in the tree. ``pick`` is the anchor that everything of theirs bears; "" cannot be chosen.

    A node without a ``label`` only keeps a place for a line that passes.
    """

    kind: str
    label: str
    note: str = ""
    pick: str = ""
    href: str = ""
    number: int = 0
    hue: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line as an SVG path, ``link`` stated, inferred or unknown; ``keys`` are the anchors at its ends."""

    path: str
    link: str
    keys: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker in the list of all of them, with every statement's anchor by outlet."""

    voice: Voice
    words: tuple[str, ...]
    grounds: tuple[str, ...]
    said: tuple[tuple[Outlet, tuple[str, ...]], ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Tree:
    """Three columns of nodes, each ``rows`` high at most, and the lines between them. ``links`` are their words."""

    columns: tuple[tuple[Node, ...], tuple[Node, ...], tuple[Node, ...]]
    edges: tuple[Edge, ...]
    rows: int
    relayed: bool
    links: tuple[str, ...]
    shown: int
    speakers: tuple[Listed, ...]


@dataclass(slots=True)
class _Ways:
    """The links found so far: from a node to the next, how sure, and the counts that rank the speakers."""

    links: dict[tuple[_Node, _Node], int] = field(default_factory=dict)
    claims: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)

    def add(self, way: Sequence[_Node], link: str) -> None:
        for pair in zip(way, way[1:], strict=False):
            self.links[pair] = max(self.links.get(pair, 0), _LINKS.index(link))


def make(story: Story) -> Tree:
    ways = _Ways()
    for claim in story.claims:
        for origin in claim["origins"]:
            _trace(story, origin, ways)
    for statement in story.statements.values():
        if statement["speaker"] is not None and statement["via"]:
            ways.add(_stated(story, statement), "stated")
    speakers = _chosen(story, ways)
    kept = {("speaker", voice.anchor) for voice in speakers} | {("speaker", _NOBODY)}
    links = {pair: link for pair, link in ways.links.items() if pair[0][0] != "speaker" or pair[0] in kept}
    return _laid_out(story, speakers, links)


def _trace(story: Story, origin: Json, ways: _Ways) -> None:
    """The ways from an origin to its members: as stated where the article itself says so, else as the origin has it."""
    if "speaker" in origin:
        anchor = story.voices[origin["speaker"]].anchor
        start: list[_Node] = [("speaker", anchor)]
        ways.claims[anchor] += 1
        ways.shared[anchor] += len({story.article_of(m) for m in members_of(origin)}) > 1
    elif "outlet" in origin and origin["link"] != "unknown":
        start = [("relay", _joined(story, [origin["outlet"]]))]
    else:
        start = [("speaker", _NOBODY)]
    relays: list[_Node] = [("relay", _joined(story, origin["via"]))] if origin["via"] else []
    for member in members_of(origin):
        end: _Node = ("outlet", story.outlet[story.article_of(member)].anchor)
        if isinstance(member, str) and _says_so(story.statements[member], origin):
            ways.add(_stated(story, story.statements[member]), "stated")
        else:
            ways.add([*start, *relays, end], origin["link"])


def _says_so(statement: Json, origin: Json) -> bool:
    """Whether the article itself credits the origin, and by the same way."""
    same = "speaker" in origin and statement["speaker"] == origin["speaker"]
    return same and (statement["via"] == origin["via"] or origin["link"] == "stated")


def _stated(story: Story, statement: Json) -> list[_Node]:
    way: list[_Node] = [("speaker", story.voices[statement["speaker"]].anchor)]
    if statement["via"]:
        way.append(("relay", _joined(story, statement["via"])))
    return [*way, ("outlet", story.outlet[statement["article"]].anchor)]


def _joined(story: Story, names: Iterable[str]) -> str:
    """The anchors of relays in a row, which are one node."""
    return "+".join(story.at_relay(name) for name in names)


def _chosen(story: Story, ways: _Ways) -> list[Voice]:
    """The speakers that the tree has: behind several outlets first, then behind claims, then those with a relay."""
    inside = {pair[0][1] for pair in ways.links if pair[0][0] == "speaker"}
    voices = [voice for voice in story.voices.values() if voice.anchor in inside]
    voices.sort(key=lambda v: (-ways.shared[v.anchor], -ways.claims[v.anchor], v.number))
    return voices[:MOST_SPEAKERS]


def _laid_out(story: Story, speakers: Sequence[Voice], links: dict[tuple[_Node, _Node], int]) -> Tree:
    relays = {node for pair in links for node in pair if node[0] == "relay"}
    first: list[_Node] = [("speaker", voice.anchor) for voice in speakers]
    if any(pair[0] == ("speaker", _NOBODY) for pair in links):
        first.append(("speaker", _NOBODY))
    last: list[_Node] = [("outlet", outlet.anchor) for outlet in story.outlets]
    # a line that needs no relay gets a place of its own among them, so that it crosses no name
    passing: list[_Node] = [("passing", node[1]) for node in first if any(p[0] == node and p[1] in last for p in links)]
    middle = sorted([*relays, *passing], key=lambda node: (_middle_of(node, first, links), node))
    columns = (first, middle if relays else [], last)
    rows = max(len(column) for column in columns)
    spots = {node: (rows - len(column)) / 2 + n + 0.5 for column in columns for n, node in enumerate(column)}
    edges = [
        Edge(_path(pair, spots, bool(relays)), _LINKS[link], f"{_keys(pair[0])} {_keys(pair[1])}".strip())
        for pair, link in sorted(links.items(), key=lambda found: (found[1], found[0]))
    ]
    named = {voice.anchor: voice for voice in speakers}
    return Tree(
        columns=(
            tuple(_speaker(story, named.get(anchor)) for _, anchor in first),
            tuple(_relay(story, node) for node in columns[1]),
            tuple(_outlet(outlet) for outlet in story.outlets),
        ),
        edges=tuple(edges),
        rows=rows,
        relayed=bool(relays),
        links=tuple(link for link in reversed(_LINKS) if any(edge.link == link for edge in edges)),
        shown=len(speakers),
        speakers=_all(story),
    )


def _middle_of(node: _Node, first: Sequence[_Node], links: dict[tuple[_Node, _Node], int]) -> float:
    """Where a node of the middle column belongs: at the mean of the speakers that it comes from."""
    if node[0] == "passing":
        return float(first.index(("speaker", node[1])))
    from_ = [first.index(pair[0]) for pair in links if pair[1] == node and pair[0] in first]
    return sum(from_) / len(from_) if from_ else float(len(first))


def _path(pair: tuple[_Node, _Node], spots: dict[_Node, float], relayed: bool) -> str:
    left, middle, right = _WITH_RELAYS if relayed else _WITHOUT
    (start, end), passing = pair, ("passing", pair[0][1])
    if start[0] == "relay":
        return f"M{middle[1]} {spots[start]}{_curve(middle[1], right[0], spots[start], spots[end])}"
    head = f"M{left[1]} {spots[start]}"
    if end[0] == "relay":
        return head + _curve(left[1], middle[0], spots[start], spots[end])
    if not relayed:
        return head + _curve(left[1], right[0], spots[start], spots[end])
    lane = spots[passing]
    return f"{head}{_curve(left[1], middle[0], spots[start], lane)}L{middle[1]} {lane}" + _curve(
        middle[1], right[0], lane, spots[end]
    )


def _curve(x: float, to_x: float, y: float, to_y: float) -> str:
    half = (x + to_x) / 2
    return f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}"


def _keys(node: _Node) -> str:
    return "" if node[1] == _NOBODY else node[1].replace("+", " ")


def _speaker(story: Story, voice: Voice | None) -> Node:
    if voice is None:
        return Node("nobody", "no source named", href="#claims")
    return Node("speaker", voice.name, voice.note, voice.anchor, f"#who-{voice.anchor}", voice.number, voice.hue)


def _relay(story: Story, node: _Node) -> Node:
    if node[0] == "passing":
        return Node("passing", "")
    anchors = node[1].split("+")
    names = {story.at_relay(name): phrases.called(name) for s in story.statements.values() for name in s["via"]}
    names |= {story.at_relay(n): phrases.called(n) for c in story.claims for o in c["origins"] for n in _named(o)}
    return Node("relay", " → ".join(names[anchor] for anchor in anchors), pick=anchors[0], href="#claims")


def _named(origin: Json) -> list[Any]:
    return [*origin["via"], *([origin["outlet"]] if "outlet" in origin else [])]


def _outlet(outlet: Outlet) -> Node:
    return Node("outlet", outlet.name, outlet.moment.hour, outlet.anchor, f"#{outlet.anchor}")


def _all(story: Story) -> tuple[Listed, ...]:
    by_speaker: dict[str, dict[str, list[str]]] = {}
    for id_, statement in story.statements.items():
        if statement["speaker"] is not None:
            by_speaker.setdefault(statement["speaker"], {}).setdefault(statement["article"], []).append(id_)
    speakers = {speaker["id"]: speaker for speaker in story.document["speakers"]}
    listed = []
    for id_, voice in story.voices.items():
        said = by_speaker.get(id_, {})
        every = [statement for of_it in said.values() for statement in of_it]
        listed.append(
            Listed(
                voice=voice,
                words=tuple(phrases.called(words) for words in speakers[id_]["described_as"]),
                grounds=tuple(phrases.clean(ground) for ground in speakers[id_]["grounds"]),
                said=tuple((o, tuple(map(story.at, said[o.id]))) for o in story.outlets if o.id in said),
                keys=story.keys(every) or voice.anchor,
            )
        )
    return tuple(listed)
