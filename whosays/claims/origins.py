"""Where a claim comes from, as far as the texts let one see."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from whosays.claims import joins
from whosays.claims import lineage as lineages
from whosays.claims.claim import Link, Origin, Passage, Step
from whosays.claims.difference import listed
from whosays.claims.lineage import Lineage, Story, verb
from whosays.statements.statement import Statement

_WEAKEST_FIRST: Final[tuple[Link, ...]] = ("unknown", "inferred", "stated")
_OWNED: Final = re.compile(r"^(?:his|her|its|their|our|my) ", re.I)
_PROPER: Final = re.compile(r"\b[A-Z][\w'’-]{2,}")


def find(statements: Sequence[Statement], passages: Sequence[Passage], story: Story) -> tuple[Origin, ...]:
    """The different origins of the members of one claim, the most widely carried first.

    One speaker's statements of the same content are one origin, in however many articles they stand, and so is a
    speaker whom another one relays. What one outlet credits and others say and credit to nobody is inferred to have
    the one origin that is named; where several are named, or none, what outlets say for themselves is an origin of
    unknown lineage for each, unless its dateline names an agency or another article credits the outlet with it.
    The same words between quotation marks are one utterance, whomever they are credited to, and the same long run of
    words in two outlets' own voice is one text. An origin is as sure as the weakest link of its members: what comes
    from an article that itself names neither the speaker nor the relay is inferred.
    """
    by_speaker: dict[str, Lineage] = defaultdict(Lineage)
    ids: dict[str, str] = {}  # speakers that are called the same, once they say the same, are one
    by_outlet: dict[str, Lineage] = defaultdict(Lineage)
    for statement in statements:
        if statement.speaker is not None and statement.naming != "unattributed":
            id_ = ids.setdefault(_identity(statement.speaker, story), statement.speaker)
            by_speaker[id_].own.append(statement)
        else:
            by_outlet[lineages.house(story.analyses[statement.article])].own.append(statement)
    for passage in passages:
        by_outlet[lineages.house(story.analyses[passage.article])].passages.append(passage)
    joins.credited(by_speaker, story)
    joins.bare(by_speaker, by_outlet, story)
    found = [_of_speaker(id_, lineage, story) for id_, lineage in by_speaker.items()]
    found += [_of_outlet(house, lineage, story) for house, lineage in by_outlet.items()]
    return tuple(sorted(found, key=_order))


def _order(origin: Origin) -> tuple[int, int, str]:
    known = 0 if origin.link != "unknown" else 1
    return known, -len(origin.statements) - len(origin.passages), _of(origin)


def _of(origin: Origin) -> str:
    return origin.speaker or origin.document or origin.outlet or ""


def _identity(id_: str, story: Story) -> str:
    """What speakers must share to be one: their name, but "her office" is another office with another "her"."""
    name = story.called(id_)
    return id_ if _OWNED.match(name) else lineages.key(name)


def _of_outlet(house: str, lineage: Lineage, story: Story) -> Origin:
    outlets = story.named(lineage.articles)
    joined = {article for join in lineage.joined for article in join.articles}
    link: Link = "unknown"
    if any(outlet != house for outlet in outlets) and not lineage.joined:
        link, grounds = "stated", f"printed under the dateline or byline of {house} by {listed(outlets)}"
    elif lineage.passages:
        grounds = f"{house} says so in its own voice and names no source"
    else:
        grounds = f"{house} credits it to nobody in particular"
    own = [Step(id_, (), link, grounds) for id_ in story.ordered(lineage.articles - joined)]
    if lineage.joined:
        link, grounds = "inferred", "; ".join([grounds, *(join.reason for join in lineage.joined)])
    return Origin(
        outlet=house,
        statements=_ids(lineage),
        passages=tuple(lineage.passages),
        link=link,
        grounds=grounds,
        chain=(*own, *_joined(lineage, story)),
    )


def _of_speaker(id_: str, lineage: Lineage, story: Story) -> Origin:
    link, grounds = _own(id_, lineage, story)
    links = [link, *(join.link for join in lineage.joined)]
    via = {lineages.key(name): name for statement in reversed(lineage.statements) for name in reversed(statement.via)}
    relay = _elsewhere(id_, lineage, story)
    if relay and not via:
        name, article = relay
        via = {lineages.key(name): name}
        links.append("inferred")
        named = story.named({article})[0]
        grounds += f"; {named} names {name} for other words of this unnamed speaker: we infer that these came so too"
    naming = {statement.naming for statement in lineage.own}
    return Origin(
        speaker=None if naming == {"document"} else id_,
        document=story.called(id_) if naming == {"document"} else None,
        via=tuple(reversed(via.values())),
        statements=_ids(lineage),
        passages=tuple(lineage.passages),
        link=min(links, key=_WEAKEST_FIRST.index),
        grounds="; ".join(dict.fromkeys([grounds, *(join.addition for join in lineage.joined)])),
        chain=(*_steps(id_, lineage, tuple(reversed(via.values())), story), *_joined(lineage, story)),
    )


def _elsewhere(id_: str, lineage: Lineage, story: Story) -> tuple[str, str] | None:
    """The one relay, with the article that names it, of other words of an unnamed speaker whom two articles carry."""
    if len(lineage.articles) < 2 or not any(s.naming == "anonymous" for s in lineage.own):
        return None
    relays = story.relays.get(id_, {})
    return next(iter(relays.values())) if len(relays) == 1 else None


def _steps(id_: str, lineage: Lineage, via: tuple[str, ...], story: Story) -> Iterator[Step]:
    """How each article that credits a speaker leads there: whether it names the speaker, and the relay."""
    who, several = story.called(id_), len({s.article for s in lineage.own}) > 1
    unnamed = several and any(s.naming == "anonymous" for s in lineage.own)
    for article in story.ordered({s.article for s in lineage.own}):
        outlet = story.named({article})[0]
        own = [s for s in lineage.own if s.article == article]
        named = tuple(dict.fromkeys(name for s in own for name in s.via))
        credit = f"{outlet} credits it to {who}"
        if via and not named:
            yield Step(article, via, "inferred", f"{credit} and names no relay; we infer {listed(via)}")
        elif unnamed:
            yield Step(article, named, "inferred", f"{credit}, unnamed: we infer who is meant from what is said")
        elif outlet in _unnamed(id_, own, story):
            yield Step(article, named, "inferred", f"{outlet} does not name {who}: we infer who is meant")
        elif {lineages.key(name) for name in named} == {lineages.key(outlet)}:
            yield Step(article, named, "stated", f"{outlet}, told so directly, credits it to {who}")
        else:
            yield Step(article, named, "stated", credit + (f" through {listed(named)}" if named else ""))


def _joined(lineage: Lineage, story: Story) -> Iterator[Step]:
    """The steps of articles that are counted to an origin for a reason."""
    for join in lineage.joined:
        for article in story.ordered(join.articles):
            relays = (name for s in lineage.further if s.article == article for name in s.via)
            yield Step(article, tuple(dict.fromkeys(relays)), join.link, join.reason)


def _own(id_: str, lineage: Lineage, story: Story) -> tuple[Link, str]:
    """Whether the texts state that what is credited to a speaker is one and the same, or we infer it, and why."""
    who = story.called(id_)
    outlets = story.outlets(lineage.own)
    every = listed(outlets)
    relays = _relays(lineage.own, story)
    if len(outlets) == 1:
        only = "" if lineage.joined else "only "
        if relays[every].keys() == {lineages.key(every)}:
            return "stated", f"{only}{every}, told so directly, credits it to {who}"
        through = f" through {listed(relays[every].values())}" if relays[every] else ""
        return "stated", f"{only}{every} credits it to {who}{through}"
    both = "both" if len(outlets) == 2 else "all"
    common = set.intersection(*(set(named) for named in relays.values()))
    if common:
        return "stated", f"{every} {both} credit it to {who} through {relays[outlets[0]][min(common)]}"
    days = sorted({s.said_on for s in lineage.own if s.said_on})
    if len(days) > 1:
        return "inferred", f"{every} credit it to {who}, on different days ({listed(days)}): perhaps twice"
    told = [outlet for outlet, named in relays.items() if named]
    silent = [outlet for outlet, named in relays.items() if not named]
    if told:
        by_relays: dict[str, list[str]] = defaultdict(list)
        for outlet in told:
            direct = relays[outlet].keys() == {lineages.key(outlet)}
            by_relays[", told so directly" if direct else f" through {listed(relays[outlet].values())}"].append(outlet)
        through = listed(f"{listed(several)}{how}" for how, several in by_relays.items())
        credit = f"credited to {who} by {through}"
        if silent:
            names_none = f"{listed(silent)} {verb(silent, 'names', 'name')} the same speaker and no relay"
            return "inferred", f"{credit}; {names_none}, so we infer that it is the same occasion"
        return "inferred", f"{credit}: different relays, perhaps of one occasion"
    if any(s.naming == "anonymous" for s in lineage.own):
        return "inferred", f"{every} describe the unnamed speaker alike ({who}) and give the same content"
    if _OWNED.match(who):
        return "inferred", f"{every} {both} credit it to “{who}”, which we take for the same"
    unnamed = _unnamed(id_, lineage.own, story)
    if unnamed:
        does = verb(unnamed, "does", "do")
        return "inferred", f"{every} credit it to {who}, whom {listed(unnamed)} {does} not name: we infer who is meant"
    return "stated", f"{every} {both} credit it to {who}"


def _relays(statements: Sequence[Statement], story: Story) -> dict[str, dict[str, str]]:
    """By outlet: the relays that it names, as they are compared and as they are shown."""
    return {
        outlet: {
            lineages.key(name): name
            for statement in statements
            if story.analyses[statement.article].article.name == outlet
            for name in statement.via
        }
        for outlet in story.outlets(statements)
    }


def _unnamed(id_: str, statements: Sequence[Statement], story: Story) -> list[str]:
    """The outlets that describe a speaker who has a name, but nowhere give a word of it."""
    words = _PROPER.findall(story.called(id_))
    named = {s.article for s in statements if s.source is None or story.tells(s.article, words)}
    return story.outlets(s for s in statements if words and s.article not in named)


def _ids(lineage: Lineage) -> tuple[str, ...]:
    return tuple(statement.id for statement in lineage.statements)
