"""The report document as the page reads it: references followed, and an anchor for everything that can be led to.

Anchors are made of numbers, never of the document's ids, which come from outside: ``a1`` an article, ``s1`` a speaker,
``r1`` a relay, ``t1`` a statement, ``c1`` a claim, ``x1`` a conflict, ``p1`` a passage in an outlet's own voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from whosays.report import phrases

Json = Mapping[str, Any]
HALF_A_DAY: Final = 12 * 3600  # seconds
HUES: Final = 8  # colours of speakers; further ones differ by their underline

_LINKS: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Moment:
    """When an article was published: ``day`` ("12 May 2026") and ``hour`` ("14:20") are "" where not known.

    ``at`` orders moments of different time zones: seconds since 1970, of the middle of the day without an hour.
    """

    day: str = ""
    hour: str = ""
    at: float | None = None
    date: str = ""  # "12 May"

    def before(self, other: Moment) -> bool:
        """Whether it was surely earlier; never where either is not known well enough."""
        if self.at is None or other.at is None:
            return False
        return self.at + (0 if self.hour else HALF_A_DAY) < other.at - (0 if other.hour else HALF_A_DAY)

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.day, self.hour) if part) or "date not given"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An article, by its outlet; ``skipped`` are characters that were not read as prose.

    ``name`` tells it from the others; ``house`` is the outlet's alone, the same for several articles of one.

    ``when`` is as much of its ``moment`` as tells it from the others: the hour, and the day where these differ.
    """

    anchor: str
    id: str
    house: str
    name: str
    title: str
    byline: str
    url: str
    moment: Moment
    when: str
    words: int
    statements: int
    skipped: int
    relays: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known of it beside its name."""
        read = phrases.counted(self.words, "word")
        read += f", {phrases.counted(self.skipped, 'character')} not read as prose" if self.skipped else ""
        every = (self.title, self.byline, self.moment.text, self.url, phrases.counted(self.statements, "statement"))
        return tuple(fact for fact in (*every, read) if fact)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something: a speaker with ``number`` and ``hue``, or (``number`` 0) an outlet in its own words."""

    anchor: str
    name: str
    number: int
    hue: str
    naming: str

    @property
    def note(self) -> str:
        return phrases.NAMING.get(self.naming, "")


class Story:
    """Look-ups in a report document with texts. Raises KeyError for a document that is not whole."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.texts: dict[str, str] = {a["id"]: a["text"] for a in document["articles"]}
        self.statements: dict[str, Json] = {s["id"]: s for s in document["statements"]}
        self.claims: list[Json] = list(document.get("claims", ()))
        self.conflicts: list[Json] = list(document.get("conflicts", ()))
        self.compared = "claims" in document and len(self.texts) > 1
        self.outlets = _outlets(document)
        self.outlet = {outlet.id: outlet for outlet in self.outlets}
        self.places = {outlet.id: place for place, outlet in enumerate(self.outlets)}
        self.voices = _voices(document)
        self._statement_anchors = {id_: f"t{n}" for n, id_ in enumerate(self.statements, start=1)}
        self._relay_anchors: dict[str, str] = {name: f"r{n}" for n, name in enumerate(_relays(document), start=1)}
        self._alike = {phrases.alike(name): anchor for name, anchor in reversed(self._relay_anchors.items())}
        self._passage_anchors = {key: f"p{n}" for n, key in enumerate(self._all_passages(), start=1)}
        self._claims_of = self._members(self.claims)
        self._conflicts_of = self._members(self.conflicts)

    def at(self, statement: str) -> str:
        """The anchor of a statement's sentence."""
        return self._statement_anchors[statement]

    def at_passage(self, passage: Sequence[Any]) -> str:
        return self._passage_anchors[_key(passage)]

    def at_member(self, member: Any) -> str:
        return self.at(member) if isinstance(member, str) else self.at_passage(member)

    def at_relay(self, name: str) -> str:
        return self._relay_anchors[name]

    def at_node(self, voice: Voice) -> str:
        """The anchor of a speaker, which is a relay's where the speaker is an agency through which others speak."""
        return self._alike.get(phrases.alike(voice.name), voice.anchor)

    def relays(self, statement: Json) -> list[str]:
        """Through whom a statement came, leaving out the article's own outlet, to which somebody spoke directly."""
        own = phrases.alike(self.outlet[statement["article"]].name)
        return [name for name in statement["via"] if phrases.alike(name) != own]

    def claims_of(self, member: Any) -> tuple[str, ...]:
        """The anchors of the claims that a statement's id or a passage belongs to."""
        return tuple(f"c{n}" for n in self._claims_of.get(_key(member), ()))

    def conflicts_of(self, member: Any) -> tuple[str, ...]:
        return tuple(f"x{n}" for n in self._conflicts_of.get(_key(member), ()))

    def voice(self, statement: Json) -> Voice:
        """Who is credited with a statement."""
        if statement["speaker"] is not None:
            return self.voices[statement["speaker"]]
        named = statement["text"]["source"]
        return Voice("", phrases.called(named) if named else "nobody named", 0, "v0", statement["naming"])

    def passages(self) -> list[tuple[str, int, int]]:
        """Every passage in an outlet's own voice that a claim or conflict has."""
        return list(self._passage_anchors)

    def keys(self, members: Iterable[Any]) -> str:
        """What of the tree stands behind statements (ids) and passages: anchors of speakers, relays and articles."""
        found: dict[str, None] = {}
        for member in members:
            if not isinstance(member, str):
                found[self.outlet[member[0]].anchor] = None
                continue
            statement = self.statements[member]
            if statement["speaker"] is not None:
                voice = self.voices[statement["speaker"]]
                found |= {voice.anchor: None, self.at_node(voice): None}
            found |= dict.fromkeys(map(self.at_relay, self.relays(statement)))
            found[self.outlet[statement["article"]].anchor] = None
        return " ".join(found)

    def in_order(self, members: Iterable[Any]) -> list[Any]:
        """Statements' ids and passages in the order of the articles and their texts."""
        return sorted(members, key=lambda member: (*self._place(member), str(member)))

    def article_of(self, member: Any) -> str:
        return str(self.statements[member]["article"] if isinstance(member, str) else member[0])

    def _place(self, member: Any) -> tuple[int, int]:
        start = self.statements[member]["content"][0][0] if isinstance(member, str) else member[1][0]
        return self.places[self.article_of(member)], int(start)

    def _all_passages(self) -> list[tuple[str, int, int]]:
        every = [_key(p) for group in (self.claims, self.conflicts) for found in group for p in found["passages"]]
        return sorted(set(every), key=lambda key: (self.places[key[0]], key[1], key[2]))

    def _members(self, groups: Sequence[Json]) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = {}
        for number, group in enumerate(groups, start=1):
            for member in members_of(group):
                found.setdefault(_key(member), []).append(number)
        return found


def members_of(group: Json) -> list[Any]:
    """The members of a claim, an origin or a conflict: statements' ids, then passages."""
    return [*group["statements"], *group["passages"]]


def shown(text: str) -> str:
    """Words of an article or of its makers as they may reach a page: on one line, without control characters."""
    return phrases.clean(text)


def address(url: str | None) -> str:
    """An address that may become a link; "" for any other, such as one that would run a script."""
    written = (url or "").strip()
    return written if written.lower().startswith(_LINKS) and written.isprintable() else ""


def moment(published: str | None) -> Moment:
    """When, out of an ISO 8601 date or date and time; a time without a zone is taken as it stands."""
    if not published:
        return Moment()
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return Moment(day=shown(published))
    timed = len(published) > len("2026-05-12")
    exact = when if when.tzinfo else when.replace(tzinfo=UTC)
    at = exact.timestamp() + (0 if timed else HALF_A_DAY)
    return Moment(day(when), f"{when:%H:%M}" if timed else "", at, f"{when.day} {when:%b}")


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def _key(member: Any) -> Any:
    return member if isinstance(member, str) else (member[0], member[1][0], member[1][1])


def _relays(document: Json) -> list[str]:
    named = [name for s in document["statements"] for name in s["via"]]
    named += [name for c in document.get("claims", ()) for o in c["origins"] for name in o["via"]]
    named += [n for c in document.get("claims", ()) for o in c["origins"] for s in o.get("chain", ()) for n in s["via"]]
    named += [o["outlet"] for c in document.get("claims", ()) for o in c["origins"] if "outlet" in o]
    return sorted(set(named))


def _outlets(document: Json) -> tuple[Outlet, ...]:
    names = [shown(a["outlet"] or a["id"]) for a in document["articles"]]
    uses = Counter(names)
    counts = Counter(s["article"] for s in document["statements"])
    moments = [moment(article["published"]) for article in document["articles"]]
    one_day = len({found.day for found in moments}) == 1
    return tuple(
        Outlet(
            anchor=f"a{number}",
            id=article["id"],
            house=name,
            name=name if uses[name] == 1 else f"{name} [{shown(article['id'])}]",
            title=shown(article["title"] or ""),
            byline=shown(article["byline"] or ""),
            url=address(article["url"]),
            moment=published,
            when=published.hour if one_day else f"{published.date} {published.hour}".strip(),
            words=len(article["text"].split()),
            statements=counts[article["id"]],
            skipped=sum(end - start for start, end in article["unread"]),
            # an agency's own dateline is no way through another
            relays=tuple(shown(r) for r in article["relays"] if phrases.alike(r) != phrases.alike(name)),
        )
        for number, (article, name, published) in enumerate(
            zip(document["articles"], names, moments, strict=True), start=1
        )
    )


def _voices(document: Json) -> dict[str, Voice]:
    """Speakers by id, numbered: those in most articles first, then those with most statements."""
    articles: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for statement in document["statements"]:
        if statement["speaker"] is not None:
            articles.setdefault(statement["speaker"], set()).add(statement["article"])
            counts[statement["speaker"]] += 1
    order = {speaker["id"]: place for place, speaker in enumerate(document["speakers"])}
    ranked = sorted(
        document["speakers"], key=lambda s: (-len(articles.get(s["id"], ())), -counts[s["id"]], order[s["id"]])
    )
    return {
        speaker["id"]: Voice(
            anchor=f"s{number}",
            name=phrases.speaking(speaker["name"]),
            number=number,
            hue=f"v{(number - 1) % HUES + 1} u{(number - 1) // HUES % 4 + 1}",
            naming=speaker["naming"],
        )
        for number, speaker in enumerate(ranked, start=1)
    }
