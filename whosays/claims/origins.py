"""Where a claim comes from, as far as the texts let one see."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from whosays.claims import wording
from whosays.claims.claim import Link, Origin, Passage
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text import agencies

# Words in a row that two reporters do not both happen to write: on the tuning stories every pair of passages in the
# outlets' own voice that shares so many is one text, mostly an agency's.
FEWEST_COPIED: Final = 12
MOST_COMPARED: Final = 6  # members of each side that are laid side by side
NO_RUN: Final = wording.Run(0, "")
_WEAKEST_FIRST: Final[tuple[Link, ...]] = ("unknown", "inferred", "stated")
_LEADING: Final = re.compile(r"^(?:An?|The|His|Her|Its|Their|Our|My|One|Some|Two|Several) ")
_OWNED: Final = re.compile(r"^(?:his|her|its|their|our|my) ", re.I)
_PROPER: Final = re.compile(r"\b[A-Z][\w'’-]{2,}")


@dataclass(slots=True)
class _Lineage:
    """Members that go back to one origin, while they are being gathered.

    ``own`` are the statements that are credited to it; ``joined`` holds for all further members the link and the
    reason why they are counted here.
    """

    own: list[Statement] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    further: list[Statement] = field(default_factory=list)
    joined: list[tuple[Link, str]] = field(default_factory=list)

    @property
    def statements(self) -> list[Statement]:
        return [*self.own, *self.further]

    @property
    def articles(self) -> set[str]:
        return {s.article for s in self.statements} | {p.article for p in self.passages}

    def take(self, other: _Lineage, link: Link, reason: str) -> None:
        self.further += other.statements
        self.passages += other.passages
        self.joined += [(link, reason), *other.joined]


@dataclass(frozen=True, slots=True)
class _Story:
    """What a lineage is read with."""

    analyses: Mapping[str, Analysis]
    speakers: Mapping[str, Speaker]

    def text(self, article: str) -> str:
        return self.analyses[article].article.text

    def outlets(self, members: Iterable[Statement]) -> list[str]:
        """The names of the outlets of statements, in the order of the articles."""
        return self.named({m.article for m in members})

    def named(self, inside: Collection[str]) -> list[str]:
        """The names of the outlets of articles, in their order."""
        return list(dict.fromkeys(a.article.name for id_, a in self.analyses.items() if id_ in inside))

    def called(self, id_: str) -> str:
        return called(id_, self.speakers)

    def names(self, id_: str) -> dict[str, str]:
        """The names of a speaker: as they are compared, and as they are shown."""
        speaker = self.speakers.get(id_)
        return {_key(name): name for name in (speaker.name, *speaker.described_as)} if speaker else {}

    def tells(self, article: str, names: Iterable[str]) -> bool:
        """Whether an article itself has one of these names."""
        text = self.text(article).casefold()
        return any(name.strip(" ,").casefold() in text for name in names)


def find(
    statements: Sequence[Statement],
    passages: Sequence[Passage],
    analyses: Mapping[str, Analysis],
    speakers: Mapping[str, Speaker],
) -> tuple[Origin, ...]:
    """The different origins of the members of one claim, the most widely carried first.

    One speaker's statements of the same content are one origin, in however many articles they stand, and so is a
    speaker whom another one relays. An outlet's own words, and what it credits to nobody, are an origin of unknown
    lineage for each outlet, unless its dateline names an agency or another article credits the outlet with it.
    The same words between quotation marks are one utterance, whomever they are credited to, and the same long run of
    words in two outlets' own voice is one text. An origin is as sure as the weakest link of its members: what comes
    from an article that itself names neither the speaker nor the relay is inferred.
    """
    story = _Story(analyses, speakers)
    by_speaker: dict[str, _Lineage] = defaultdict(_Lineage)
    ids: dict[str, str] = {}  # speakers that are called the same, once they say the same, are one
    by_outlet: dict[str, _Lineage] = defaultdict(_Lineage)
    for statement in statements:
        if statement.speaker is not None and statement.naming != "unattributed":
            id_ = ids.setdefault(_identity(statement.speaker, story), statement.speaker)
            by_speaker[id_].own.append(statement)
        else:
            by_outlet[_house(analyses[statement.article])].own.append(statement)
    for passage in passages:
        by_outlet[_house(analyses[passage.article])].passages.append(passage)
    while _follow_relay(by_speaker, story):
        pass
    _follow_outlets(by_speaker, by_outlet, story)
    _join_quotations(by_speaker, story)
    _join_texts(by_outlet, story)
    found = [_of_speaker(id_, lineage, story) for id_, lineage in by_speaker.items()]
    found += [_of_outlet(house, lineage, story) for house, lineage in by_outlet.items()]
    return tuple(sorted(found, key=_order))


def called(id_: str, speakers: Mapping[str, Speaker]) -> str:
    """What a speaker is called within a sentence: "a ministry official", not "A ministry official,"."""
    name = speakers[id_].name.strip(" ,") if id_ in speakers else id_
    return name[0].lower() + name[1:] if _LEADING.match(name) else name


def _order(origin: Origin) -> tuple[int, int, str]:
    known = 0 if origin.link != "unknown" else 1
    return known, -len(origin.statements) - len(origin.passages), _of(origin)


def _of(origin: Origin) -> str:
    return origin.speaker or origin.document or origin.outlet or ""


def _house(analysis: Analysis) -> str:
    """Whose words an article prints as its own: its agency's where the dateline names one."""
    return analysis.layout.agency or analysis.article.name


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    """A name as it is compared, never as it is shown: an outlet's usual name, else without article and capitals."""
    usual = (agencies.canonical(name) or name).casefold().strip(" ,").removeprefix("the ")
    return usual.removesuffix(" agency").removesuffix(" news")


def _identity(id_: str, story: _Story) -> str:
    """What speakers must share to be one: their name, but "her office" is another office with another "her"."""
    name = story.called(id_)
    return id_ if _OWNED.match(name) else _key(name)


def _follow_relay(by_speaker: dict[str, _Lineage], story: _Story) -> bool:
    """Counts one speaker through whom another's statement came as that statement's relay, not as a second origin."""
    for upstream in sorted(by_speaker):
        for downstream in sorted(set(by_speaker) - {upstream}):
            names = story.names(downstream)
            naming = [s for s in by_speaker[upstream].statements if names.keys() & {_key(n) for n in s.via}]
            if not naming:
                continue
            passed = by_speaker.pop(downstream)
            aware = [n for s in naming for n in s.via if _key(n) in names]
            by_speaker[upstream].take(passed, *_passed_on(passed, naming, [*aware, *names.values()], story))
            return True
    return False


def _passed_on(passed: _Lineage, naming: Sequence[Statement], names: Sequence[str], story: _Story) -> tuple[Link, str]:
    """The link of members that are credited to a relay, with the reason: which article states it and which do not."""
    relay = names[0]
    said = f"{_listed(story.outlets(naming))} {_verb(story.outlets(naming), 'gives', 'give')} {relay} as the relay"
    open_ = [s for s in passed.statements if s.source is None or story.tells(s.article, names)]
    silent = story.outlets(s for s in passed.statements if s not in open_)
    if silent:
        return "inferred", f"{said}; {_listed(silent)} {_verb(silent, 'does', 'do')} not name it, so we infer the link"
    outlets = story.outlets(passed.statements)
    return "stated", f"{said}, and {_listed(outlets)} {_verb(outlets, 'credits', 'credit')} it to {relay}"


def _follow_outlets(by_speaker: dict[str, _Lineage], by_outlet: dict[str, _Lineage], story: _Story) -> None:
    """An outlet's own words that another article credits to it have the origin that the other article names."""
    for house in sorted(by_outlet):
        for speaker in sorted(by_speaker):
            lineage, own = by_speaker[speaker], by_outlet[house]
            key, is_house = _key(house), _key(house) in story.names(speaker)
            others = [s for s in lineage.statements if s.article not in own.articles]
            naming = others if is_house else [s for s in others if key in map(_key, s.via)]
            if naming:
                outlets = story.outlets(naming)
                reason = (
                    f"{_listed(outlets)} {_verb(outlets, 'credits', 'credit')} it to {house}, whose own words say it"
                )
                lineage.take(by_outlet.pop(house), "stated", reason)
                break


def _join_quotations(by_speaker: dict[str, _Lineage], story: _Story) -> None:
    """Joins speakers to whom the same quoted words are credited: the one that more articles name stands for both."""
    ranked = sorted(by_speaker, key=lambda id_: (-len(by_speaker[id_].statements), id_))
    for kept, other in _pairs(ranked, by_speaker):
        pairs = (
            (wording.quoted(a, story.text(a.article)), wording.quoted(b, story.text(b.article)))
            for a in by_speaker[kept].statements[:MOST_COMPARED]
            for b in by_speaker[other].statements[:MOST_COMPARED]
            if a.article != b.article
        )
        run = max((wording.longest_run(*pair) for pair in pairs), key=lambda r: r.length, default=NO_RUN)
        if run.length >= wording.FEWEST_QUOTED:
            passed = by_speaker.pop(other)
            outlets = story.outlets(passed.statements)
            credited = f"{_listed(outlets)} {_verb(outlets, 'credits', 'credit')} to {story.called(other)}"
            by_speaker[kept].take(passed, "inferred", f"{credited} the same quoted words, “{run.text}”")


def _join_texts(by_outlet: dict[str, _Lineage], story: _Story) -> None:
    """Joins outlets that print the same text as their own; the one that published first stands for both."""
    ranked = sorted(by_outlet, key=lambda house: (_published(by_outlet[house], story), house))
    for kept, other in _pairs(ranked, by_outlet):
        pairs = (
            (a.span.of(story.text(a.article)), b.span.of(story.text(b.article)))
            for a in by_outlet[kept].passages[:MOST_COMPARED]
            for b in by_outlet[other].passages[:MOST_COMPARED]
        )
        run = max((wording.longest_run(*pair) for pair in pairs), key=lambda r: r.length, default=NO_RUN)
        if run.length >= FEWEST_COPIED:
            passed = by_outlet.pop(other)
            outlets = story.named(passed.articles)
            prints = f"{_listed(outlets)} {_verb(outlets, 'prints', 'print')}"
            by_outlet[kept].take(passed, "inferred", f"{prints} the same words, “{run.text}”: one text behind both")


def _pairs(ranked: Sequence[str], lineages: Mapping[str, _Lineage]) -> Iterator[tuple[str, str]]:
    """Every two lineages that are still apart, the higher ranked one first."""
    for place, kept in enumerate(ranked):
        for other in ranked[place + 1 :]:
            if kept in lineages and other in lineages:
                yield kept, other


def _published(lineage: _Lineage, story: _Story) -> str:
    """The first date of a lineage's articles; one without a date comes last."""
    return min(story.analyses[id_].article.published or "9999" for id_ in lineage.articles)


def _of_outlet(house: str, lineage: _Lineage, story: _Story) -> Origin:
    outlets = story.named(lineage.articles)
    link: Link = "unknown"
    if any(outlet != house for outlet in outlets) and not lineage.joined:
        link, grounds = "stated", f"printed under the dateline or byline of {house} by {_listed(outlets)}"
    elif lineage.passages:
        grounds = f"{house} says so in its own voice and names no source"
    else:
        grounds = f"{house} credits it to nobody in particular"
    if lineage.joined:
        link, grounds = "inferred", "; ".join([grounds, *(reason for _, reason in lineage.joined)])
    return Origin(outlet=house, statements=_ids(lineage), passages=tuple(lineage.passages), link=link, grounds=grounds)


def _of_speaker(id_: str, lineage: _Lineage, story: _Story) -> Origin:
    link, grounds = _own(id_, lineage, story)
    links = [link, *(joined for joined, _ in lineage.joined)]
    via = {_key(name): name for statement in reversed(lineage.statements) for name in reversed(statement.via)}
    naming = {statement.naming for statement in lineage.own}
    return Origin(
        speaker=None if naming == {"document"} else id_,
        document=story.called(id_) if naming == {"document"} else None,
        via=tuple(reversed(via.values())),
        statements=_ids(lineage),
        passages=tuple(lineage.passages),
        link=min(links, key=_WEAKEST_FIRST.index),
        grounds="; ".join(dict.fromkeys([grounds, *(reason for _, reason in lineage.joined)])),
    )


def _own(id_: str, lineage: _Lineage, story: _Story) -> tuple[Link, str]:
    """Whether the texts state that what is credited to a speaker is one and the same, or we infer it, and why."""
    who = story.called(id_)
    outlets = story.outlets(lineage.own)
    every = _listed(outlets)
    relays = _relays(lineage.own, story)
    if len(outlets) == 1:
        through = f" through {_listed(relays[every].values())}" if relays[every] else ""
        return "stated", f"{'' if lineage.joined else 'only '}{every} credits it to {who}{through}"
    both = "both" if len(outlets) == 2 else "all"
    common = set.intersection(*(set(named) for named in relays.values()))
    if common:
        return "stated", f"{every} {both} credit it to {who} through {relays[outlets[0]][min(common)]}"
    days = sorted({s.said_on for s in lineage.own if s.said_on})
    if len(days) > 1:
        return "inferred", f"{every} credit it to {who}, on different days ({_listed(days)}): perhaps twice"
    told = [outlet for outlet, named in relays.items() if named]
    silent = [outlet for outlet, named in relays.items() if not named]
    if told:
        through = "; ".join(f"{outlet} through {_listed(relays[outlet].values())}" for outlet in told)
        credit = f"credited to {who} by {through}"
        if silent:
            names_none = f"{_listed(silent)} {_verb(silent, 'names', 'name')} the same speaker and no relay"
            return "inferred", f"{credit}; {names_none}, so we infer that it is the same occasion"
        return "inferred", f"{credit}: different relays, perhaps of one occasion"
    if any(s.naming == "anonymous" for s in lineage.own):
        return "inferred", f"{every} describe the unnamed speaker alike ({who}) and give the same content"
    if _OWNED.match(who):
        return "inferred", f"{every} {both} credit it to “{who}”, which we take for the same"
    unnamed = _unnamed(id_, lineage.own, story)
    if unnamed:
        does = _verb(unnamed, "does", "do")
        return "inferred", f"{every} credit it to {who}, whom {_listed(unnamed)} {does} not name: we infer who is meant"
    return "stated", f"{every} {both} credit it to {who}"


def _relays(statements: Sequence[Statement], story: _Story) -> dict[str, dict[str, str]]:
    """By outlet: the relays that it names, as they are compared and as they are shown."""
    return {
        outlet: {
            _key(name): name
            for statement in statements
            if story.analyses[statement.article].article.name == outlet
            for name in statement.via
        }
        for outlet in story.outlets(statements)
    }


def _unnamed(id_: str, statements: Sequence[Statement], story: _Story) -> list[str]:
    """The outlets that describe a speaker who has a name, but nowhere give a word of it."""
    words = _PROPER.findall(story.called(id_))
    named = {s.article for s in statements if s.source is None or story.tells(s.article, words)}
    return story.outlets(s for s in statements if words and s.article not in named)


def _ids(lineage: _Lineage) -> tuple[str, ...]:
    return tuple(statement.id for statement in lineage.statements)


def _verb(names: Sequence[str], one: str, more: str) -> str:
    return one if len(names) == 1 else more


def _listed(names: Iterable[str]) -> str:
    """Names in one phrase: "A, B and C"."""
    every = list(names)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)
