"""The source tree: speakers, the relays through which they came, and the outlets, with a line for each link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from whosays.report import phrases
from whosays.report.view.story import Json, Outlet, Story, Voice, members_of

MOST_SPEAKERS: Final = 12  # in the tree; all are in the list below it

_LINKS: Final = ("unknown", "inferred", "stated")  # the weakest first
_NOBODY: Final = "nobody"
# Where the columns begin and end, in hundredths of the width: with relays between, and without.
_WITH_RELAYS: Final = ((0.0, 36.0), (40.0, 57.0), (72.0, 100.0))
_WITHOUT: Final = ((0.0, 42.0), (42.0, 42.0), (58.0, 100.0))

_Node = tuple[str, str]  # its kind and its anchor
_Pair = tuple[_Node, _Node]


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in the tree. ``pick`` is the anchor that everything of theirs bears; "" cannot be chosen.

    One without a ``label`` keeps a row free, through which a line may pass.
    """

    kind: str
    label: str
    note: str = ""
    pick: str = ""
    href: str = ""
    number: int = 0
    hue: str = ""


_EMPTY: Final = Node("passing", "")


@dataclass(frozen=True, slots=True)
class Edge:
    """A line as an SVG path in the ``hue`` of its speaker; ``link`` is stated, inferred or unknown.

    ``ends`` are the anchors that it joins, ``keys`` those of all that stand on a way which it is a part of.
    """

    path: str
    link: str
    ends: tuple[str, str]
    keys: str
    hue: str = ""


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
    """The links found so far: from a node to the next, how sure, what else is ``along`` the ways through it, and the
    counts that rank the speakers."""

    links: dict[_Pair, int] = field(default_factory=dict)
    along: dict[_Pair, set[str]] = field(default_factory=dict)
    claims: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)
    roots: set[_Node] = field(default_factory=set)

    def add(self, way: Sequence[_Node], link: str) -> None:
        self.roots.add(way[0])
        for pair in pairwise(way):
            self.links[pair] = max(self.links.get(pair, 0), _LINKS.index(link))
            self.along.setdefault(pair, set()).update(key for node in way for key in _keys(node))


def make(story: Story) -> Tree:
    ways = _Ways()
    for claim in story.claims:
        for origin in claim["origins"]:
            _trace(story, origin, ways)
    for statement in story.statements.values():
        if statement["speaker"] is not None and story.relays(statement):
            ways.add(_stated(story, statement), "stated")
    speakers = _chosen(story, ways)
    kept = {("speaker", voice.anchor) for voice in speakers} | {("speaker", _NOBODY)}
    kept |= {pair[1] for pair in ways.links if pair[0] in kept} | {node for node in ways.roots if node[0] == "relay"}
    links = {pair: link for pair, link in ways.links.items() if pair[0] in kept}
    return _laid_out(story, speakers, links, ways.along)


def _trace(story: Story, origin: Json, ways: _Ways) -> None:
    """The ways from an origin to its members: as stated where the article itself says so, else as the origin has it."""
    start: list[_Node]
    if "speaker" in origin:
        voice = story.voices[origin["speaker"]]
        anchor, start = voice.anchor, [_node(story, voice)]
        ways.claims[anchor] += 1
        ways.shared[anchor] += len({story.article_of(m) for m in members_of(origin)}) > 1
    elif "outlet" in origin and origin["link"] != "unknown":
        start = [("relay", story.at_relay(origin["outlet"]))]
    else:
        start = [("speaker", _NOBODY)]
    steps = {step["article"]: step for step in origin.get("chain", ())}
    for member in members_of(origin):
        article = story.article_of(member)
        if isinstance(member, str) and _says_so(story.statements[member], origin):
            ways.add(_stated(story, story.statements[member]), "stated")
            continue
        step = steps.get(article, origin)  # how this very article has it, where the document tells
        relays: list[_Node] = [("relay", _joined(story, step["via"]))] if step["via"] else []
        between = relays if relays != start else []
        ways.add([*start, *between, ("outlet", story.outlet[article].anchor)], step["link"])


def _says_so(statement: Json, origin: Json) -> bool:
    """Whether the article itself credits the origin, and by the same way."""
    same = "speaker" in origin and statement["speaker"] == origin["speaker"]
    return same and (statement["via"] == origin["via"] or origin["link"] == "stated")


def _stated(story: Story, statement: Json) -> list[_Node]:
    way = [_node(story, story.voices[statement["speaker"]])]
    relays = story.relays(statement)
    if relays and way[0][0] == "speaker":
        way.append(("relay", _joined(story, relays)))
    return [*way, ("outlet", story.outlet[statement["article"]].anchor)]


def _node(story: Story, voice: Voice) -> _Node:
    """An agency that speaks itself stands among the relays."""
    anchor = story.at_node(voice)
    return ("speaker" if anchor == voice.anchor else "relay", anchor)


def _joined(story: Story, names: Iterable[str]) -> str:
    """The anchors of relays in a row, which are one node."""
    return "+".join(story.at_relay(name) for name in names)


def _chosen(story: Story, ways: _Ways) -> list[Voice]:
    """The speakers that the tree has: behind several outlets first, then behind claims, then those with a relay."""
    inside = {pair[0][1] for pair in ways.links if pair[0][0] == "speaker"}
    voices = [voice for voice in story.voices.values() if voice.anchor in inside]
    voices.sort(key=lambda v: (-ways.shared[v.anchor], -ways.claims[v.anchor], v.number))
    return voices[:MOST_SPEAKERS]


def _laid_out(story: Story, speakers: Sequence[Voice], links: dict[_Pair, int], along: dict[_Pair, set[str]]) -> Tree:
    left, middle = _rows([("speaker", voice.anchor) for voice in speakers], links)
    rows = max(len(left), len(story.outlets))
    left += [None] * (rows - len(left))
    middle += [None] * (rows - len(middle))
    spots = {node: n + 0.5 for column in (left, middle) for n, node in enumerate(column) if node}
    spots |= {("outlet", o.anchor): (n + 0.5) * rows / len(story.outlets) for n, o in enumerate(story.outlets)}
    relayed = any(node and node[0] == "relay" for node in middle)
    edges = [
        Edge(_path(pair, spots, relayed), _LINKS[link], (pair[0][1], pair[1][1]), " ".join(sorted(along[pair])))
        for pair, link in sorted(links.items(), key=lambda found: (found[1], found[0]))
    ]
    edges = [*(_lanes(edges, spots) if relayed else ()), *edges]
    named = {voice.anchor: voice for voice in speakers}
    hues = {voice.anchor: voice.hue.split()[0] for voice in speakers}
    return Tree(
        columns=(
            tuple(_speaker(node, named) for node in left),
            tuple(_relay(story, node) for node in middle) if relayed else (),
            tuple(_outlet(outlet) for outlet in story.outlets),
        ),
        edges=tuple(replace(edge, hue=hues.get(edge.ends[0], "")) for edge in edges),
        rows=rows,
        relayed=relayed,
        links=tuple(link for link in reversed(_LINKS) if any(edge.link == link for edge in edges)),
        shown=len(speakers),
        speakers=_all(story),
    )


def _rows(speakers: list[_Node], links: dict[_Pair, int]) -> tuple[list[_Node | None], list[_Node | None]]:
    """The left and the middle column. A speaker's line to an outlet passes straight through the middle, so that it
    crosses no name: a relay beside which one passes has a row of its own."""
    if any(pair[0] == ("speaker", _NOBODY) for pair in links):
        speakers = [*speakers, ("speaker", _NOBODY)]
    left: list[_Node | None] = []
    middle: list[_Node | None] = []
    for speaker in speakers:
        ends = sorted(pair[1] for pair in links if pair[0] == speaker)
        lanes: list[_Node | None] = [None] if any(end[0] == "outlet" for end in ends) else []
        lanes += [end for end in ends if end[0] == "relay" and end not in middle]
        left += [speaker, *[None] * (len(lanes) - 1)]
        middle += lanes or [None]
    alone = sorted({pair[0] for pair in links if pair[0][0] == "relay"} - set(middle))
    return [*left, *[None] * len(alone)], [*middle, *alone]


def _path(pair: _Pair, spots: dict[_Node, float], relayed: bool) -> str:
    left, middle, right = _WITH_RELAYS if relayed else _WITHOUT
    start, end = pair
    if start[0] == "relay":
        return f"M{middle[1]:g} {spots[start]:g}{_curve(middle[1], right[0], spots[start], spots[end])}"
    from_, to = (left[1], middle[0]) if end[0] == "relay" else (middle[1], right[0])
    return f"M{from_:g} {spots[start]:g}{_curve(from_, to, spots[start], spots[end])}"


def _lanes(edges: Sequence[Edge], spots: dict[_Node, float]) -> list[Edge]:
    """The lines of the speakers who need no relay through its column, each once; behind it they part."""
    left, middle, _ = _WITH_RELAYS
    surest: dict[str, Edge] = {}
    keys: dict[str, set[str]] = {}
    for edge in edges:  # the surest come last
        start, end = edge.ends
        if ("speaker", start) in spots and ("outlet", end) in spots:
            surest[start] = edge
            keys.setdefault(start, set()).update(edge.keys.split())
    lanes = []
    for start, edge in surest.items():
        y = spots["speaker", start]
        lane = f"M{left[1]:g} {y:g}L{middle[1]:g} {y:g}"
        lanes.append(Edge(lane, edge.link, (start, ""), " ".join(sorted(keys[start]))))
    return lanes


def _curve(x: float, to_x: float, y: float, to_y: float) -> str:
    half = (x + to_x) / 2
    return f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}"


def _keys(node: _Node) -> list[str]:
    return [] if node[1] == _NOBODY else node[1].split("+")


def _speaker(node: _Node | None, named: dict[str, Voice]) -> Node:
    if node is None:
        return _EMPTY
    if node[1] == _NOBODY:
        return Node("nobody", "no source named", href="#claims")
    voice = named[node[1]]
    return Node("speaker", voice.name, voice.note, voice.anchor, f"#who-{voice.anchor}", voice.number, voice.hue)


def _relay(story: Story, node: _Node | None) -> Node:
    if node is None:
        return _EMPTY
    anchors = node[1].split("+")
    names = {story.at_relay(name): phrases.called(name) for s in story.statements.values() for name in s["via"]}
    names |= {story.at_relay(n): phrases.called(n) for c in story.claims for o in c["origins"] for n in _named(o)}
    return Node("relay", " → ".join(names[anchor] for anchor in anchors), pick=anchors[0], href="#claims")


def _named(origin: Json) -> list[Any]:
    steps = [name for step in origin.get("chain", ()) for name in step["via"]]
    return [*origin["via"], *steps, *([origin["outlet"]] if "outlet" in origin else [])]


def _outlet(outlet: Outlet) -> Node:
    return Node("outlet", outlet.name, outlet.when, outlet.anchor, f"#{outlet.anchor}")


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
