"""Where a claim comes from, as far as the texts let one see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from whosays.claims import wording
from whosays.claims.claim import Link, Origin, Passage
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text import agencies
from whosays.text.article import Article

# Words in a row that two reporters do not both happen to write: on the tuning stories every pair of passages in the
# outlets' own voice that shares so many is one text, mostly an agency's.
FEWEST_COPIED: Final = 12
MOST_COMPARED: Final = 6  # members of each side that are laid side by side
NO_RUN: Final = wording.Run(0, "")


@dataclass(slots=True)
class _Lineage:
    """Members that go back to one origin, while they are being gathered."""

    statements: list[Statement] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)  # through whom further members came to be counted here
    words: str = ""  # what its members have in common, word for word, where only that joins them


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
    words in two outlets' own voice is one text.
    """
    by_speaker: dict[str, _Lineage] = defaultdict(_Lineage)
    ids: dict[str, str] = {}  # speakers that are called the same, once they say the same, are one
    by_outlet: dict[str, _Lineage] = defaultdict(_Lineage)
    for statement in statements:
        if statement.speaker is not None and statement.naming != "unattributed":
            id_ = ids.setdefault(_key(_called(statement.speaker, speakers)), statement.speaker)
            by_speaker[id_].statements.append(statement)
        else:
            by_outlet[_house(analyses[statement.article])].statements.append(statement)
    for passage in passages:
        by_outlet[_house(analyses[passage.article])].passages.append(passage)
    _follow_relays(by_speaker, speakers)
    _follow_outlets(by_speaker, by_outlet, speakers)
    _join_quotations(by_speaker, analyses)
    _join_texts(by_outlet, analyses)
    found = [_of_speaker(id_, lineage, analyses, speakers) for id_, lineage in by_speaker.items()]
    found += [_of_outlet(house, lineage, analyses) for house, lineage in by_outlet.items()]
    return tuple(sorted(found, key=_order))


def _order(origin: Origin) -> tuple[int, int, str]:
    known = 0 if origin.link != "unknown" else 1
    return known, -len(origin.statements) - len(origin.passages), _of(origin)


def _of(origin: Origin) -> str:
    return origin.speaker or origin.document or origin.outlet or ""


def _house(analysis: Analysis) -> str:
    """Whose words an article prints as its own: its agency's where the dateline names one."""
    return analysis.layout.agency or analysis.article.name


def _key(name: str) -> str:
    """A name as it is compared: an outlet's usual name, otherwise without article and capitals."""
    usual = agencies.canonical(name) or name
    return usual.casefold().removeprefix("the ").strip()


def _names(speaker: Speaker | None) -> set[str]:
    return {_key(name) for name in (speaker.name, *speaker.described_as)} if speaker else set()


def _follow_relays(by_speaker: dict[str, _Lineage], speakers: Mapping[str, Speaker]) -> None:
    """A speaker through whom another one's statement came is that statement's relay, not a second origin."""
    for upstream in sorted(by_speaker):
        relays = {_key(name) for statement in by_speaker[upstream].statements for name in statement.via}
        for downstream in sorted(set(by_speaker) - {upstream}):
            if relays & _names(speakers.get(downstream)):
                passed = by_speaker.pop(downstream)
                by_speaker[upstream].statements += passed.statements
                by_speaker[upstream].credits.append(_called(downstream, speakers))
                return


def _follow_outlets(
    by_speaker: dict[str, _Lineage],
    by_outlet: dict[str, _Lineage],
    speakers: Mapping[str, Speaker],
) -> None:
    """An outlet's own words that another article credits to it have the origin that the other article names."""
    for house in sorted(by_outlet):
        for speaker in sorted(by_speaker):
            lineage = by_speaker[speaker]
            own = by_outlet[house]
            inside = {s.article for s in own.statements} | {p.article for p in own.passages}
            others = [s for s in lineage.statements if s.article not in inside]
            credited = {_key(name) for s in others for name in s.via}
            if others and _key(house) in credited | _names(speakers.get(speaker)):
                lineage.passages += by_outlet[house].passages
                lineage.statements += by_outlet[house].statements
                lineage.credits.append(house)
                del by_outlet[house]
                break


def _join_quotations(by_speaker: dict[str, _Lineage], analyses: Mapping[str, Analysis]) -> None:
    """Joins speakers to whom the same quoted words are credited: the one that more articles name stands for both."""
    ranked = sorted(by_speaker, key=lambda id_: (-len(by_speaker[id_].statements), id_))
    for place, kept in enumerate(ranked):
        for other in ranked[place + 1 :]:
            if kept not in by_speaker or other not in by_speaker:
                continue
            pairs = (
                (
                    wording.quoted(a, analyses[a.article].article.text),
                    wording.quoted(b, analyses[b.article].article.text),
                )
                for a in by_speaker[kept].statements[:MOST_COMPARED]
                for b in by_speaker[other].statements[:MOST_COMPARED]
                if a.article != b.article
            )
            run = max((wording.longest_run(*pair) for pair in pairs), key=lambda r: r.length, default=NO_RUN)
            if run.length >= wording.FEWEST_QUOTED:
                _join(by_speaker, kept, other, run.text)


def _join_texts(by_outlet: dict[str, _Lineage], analyses: Mapping[str, Analysis]) -> None:
    """Joins outlets that print the same text as their own; the one that published first stands for both."""
    ranked = sorted(by_outlet, key=lambda house: (min(_published(by_outlet[house], analyses)), house))
    for place, kept in enumerate(ranked):
        for other in ranked[place + 1 :]:
            if kept not in by_outlet or other not in by_outlet:
                continue
            pairs = (
                (a.span.of(analyses[a.article].article.text), b.span.of(analyses[b.article].article.text))
                for a in by_outlet[kept].passages[:MOST_COMPARED]
                for b in by_outlet[other].passages[:MOST_COMPARED]
            )
            run = max((wording.longest_run(*pair) for pair in pairs), key=lambda r: r.length, default=NO_RUN)
            if run.length >= FEWEST_COPIED:
                _join(by_outlet, kept, other, run.text)


def _join(lineages: dict[str, _Lineage], kept: str, other: str, words: str) -> None:
    passed = lineages.pop(other)
    lineages[kept].statements += passed.statements
    lineages[kept].passages += passed.passages
    lineages[kept].words = lineages[kept].words or words


def _published(lineage: _Lineage, analyses: Mapping[str, Analysis]) -> list[str]:
    """The dates of a lineage's articles; one without a date comes last."""
    return [article.published or "9999" for article in _articles(lineage, analyses)]


def _of_outlet(house: str, lineage: _Lineage, analyses: Mapping[str, Analysis]) -> Origin:
    articles = _articles(lineage, analyses)
    link: Link = "unknown"
    if lineage.words:
        link = "inferred"
        grounds = f"{_listed(a.name for a in articles)} print the same words, “{lineage.words}”: one text behind both"
    elif any(article.name != house for article in articles):
        link = "stated"
        grounds = f"printed under the dateline or byline of {house} by {_listed(a.name for a in articles)}"
    elif lineage.passages:
        grounds = f"{house} says so in its own voice and names no source"
    else:
        grounds = f"{house} credits it to nobody in particular"
    return Origin(outlet=house, statements=_ids(lineage), passages=tuple(lineage.passages), link=link, grounds=grounds)


def _of_speaker(
    id_: str, lineage: _Lineage, analyses: Mapping[str, Analysis], speakers: Mapping[str, Speaker]
) -> Origin:
    link, grounds = _link(id_, lineage, analyses, speakers)
    via = tuple(dict.fromkeys(name for statement in lineage.statements for name in statement.via))
    naming = {statement.naming for statement in lineage.statements}
    return Origin(
        speaker=None if naming == {"document"} else id_,
        document=_called(id_, speakers) if naming == {"document"} else None,
        via=via,
        statements=_ids(lineage),
        passages=tuple(lineage.passages),
        link=link,
        grounds=grounds,
    )


def _link(
    id_: str, lineage: _Lineage, analyses: Mapping[str, Analysis], speakers: Mapping[str, Speaker]
) -> tuple[Link, str]:
    """Whether the texts state that the members have this one origin, or we infer it, and why."""
    who = _called(id_, speakers)
    articles = _articles(lineage, analyses)
    if lineage.words:
        called = dict.fromkeys(_called(s.speaker, speakers) for s in lineage.statements if s.speaker)
        both = _listed(a.name for a in articles)
        return "inferred", f"{both} quote the same words, “{lineage.words}”, though they credit {_listed(called)}"
    if lineage.credits:
        return "stated", f"{who}, by way of {_listed(sorted(set(lineage.credits)))}, as the text itself says"
    if len(articles) == 1:
        return "stated", f"only {articles[0].name} credits it to {who}"
    relays = {a.name: {_key(n) for s in lineage.statements if s.article == a.id for n in s.via} for a in articles}
    silent = [name for name, named in relays.items() if not named]
    common = set.intersection(*relays.values())
    days = {s.said_on for s in lineage.statements if s.said_on}
    both = _listed(relays)
    if common:
        through = next(n for s in lineage.statements for n in s.via if _key(n) in common)
        return "stated", f"{both} all credit it to {who} through {through}"
    if len(days) > 1:
        return "inferred", f"{both} credit it to {who}, on different days ({_listed(sorted(days))}): perhaps twice"
    if len(silent) < len(relays):
        told = _listed(f"{name} ({', '.join(sorted(named))})" for name, named in relays.items() if named)
        if silent:
            return "inferred", f"{who} in {both}; a relay is named by {told}, none by {_listed(silent)}"
        return "inferred", f"{who} in {both}, through different relays: {told}"
    if any(s.naming == "anonymous" for s in lineage.statements):
        return "inferred", f"{both} describe the unnamed speaker alike and give the same content"
    return "stated", f"{both} each credit it to {who}"


def _called(id_: str, speakers: Mapping[str, Speaker]) -> str:
    return speakers[id_].name.strip(" ,") if id_ in speakers else id_


def _articles(lineage: _Lineage, analyses: Mapping[str, Analysis]) -> list[Article]:
    inside = {s.article for s in lineage.statements} | {p.article for p in lineage.passages}
    return [analysis.article for id_, analysis in analyses.items() if id_ in inside]


def _ids(lineage: _Lineage) -> tuple[str, ...]:
    return tuple(statement.id for statement in lineage.statements)


def _listed(names: Iterable[str]) -> str:
    """Names in one phrase: "A, B and C"."""
    every = list(names)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)
