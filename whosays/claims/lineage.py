"""Members of one claim that go back to one origin, while they are being gathered, and the words to tell of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from whosays.claims.claim import Link, Passage, SharedText
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text import agencies

_LEADING: Final = re.compile(r"^(?:An?|The|His|Her|Its|Their|Our|My|One|Some|Two|Several) ")


@dataclass(frozen=True, slots=True)
class Join:
    """Why the members in ``articles`` are counted to a lineage although they are not credited to its speaker."""

    link: Link
    reason: str
    articles: frozenset[str]
    after: str = ""  # the reason behind grounds that have already said who credits it to the origin

    @property
    def addition(self) -> str:
        return self.after or self.reason


@dataclass(slots=True)
class Lineage:
    """``own`` are the statements credited to the origin; ``joined`` tells of all further members why they are here."""

    own: list[Statement] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    further: list[Statement] = field(default_factory=list)
    joined: list[Join] = field(default_factory=list)

    @property
    def statements(self) -> list[Statement]:
        return [*self.own, *self.further]

    @property
    def articles(self) -> set[str]:
        return {s.article for s in self.statements} | {p.article for p in self.passages}

    def take(self, other: Lineage, link: Link, reason: str, after: str = "") -> None:
        self.joined += [Join(link, reason, frozenset(other.articles), after), *other.joined]
        self.further += other.statements
        self.passages += other.passages


@dataclass(frozen=True)
class Story:
    """What a lineage is read with."""

    analyses: Mapping[str, Analysis]
    speakers: Mapping[str, Speaker]
    shared: Sequence[SharedText] = ()

    def text(self, article: str) -> str:
        return self.analyses[article].article.text

    def outlets(self, members: Iterable[Statement]) -> list[str]:
        """The names of the outlets of statements, in the order of the articles."""
        return self.named({m.article for m in members})

    def named(self, inside: Collection[str]) -> list[str]:
        """The names of the outlets of articles, in their order."""
        return list(dict.fromkeys(self.analyses[id_].article.name for id_ in self.ordered(inside)))

    def ordered(self, inside: Collection[str]) -> list[str]:
        """Ids of articles in the order of the articles."""
        return sorted(inside, key=self._places.__getitem__)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {id_: place for place, id_ in enumerate(self.analyses)}

    @cached_property
    def copies(self) -> Mapping[frozenset[str], Sequence[SharedText]]:
        """The shared text of every two articles, by their ids."""
        found: dict[frozenset[str], list[SharedText]] = defaultdict(list)
        for shared in self.shared:
            found[frozenset((shared.one.article, shared.other.article))].append(shared)
        return found

    @cached_property
    def relays(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        """By speaker, the relays that some article names: as compared, the name shown and the article."""
        found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for id_, analysis in self.analyses.items():
            for statement in analysis.statements:
                for name in statement.via if statement.speaker else ():
                    found[statement.speaker or ""].setdefault(key(name), (name, id_))
        return found

    def called(self, id_: str) -> str:
        return called(id_, self.speakers)

    def names(self, id_: str) -> dict[str, str]:
        """The names of a speaker: as they are compared, and as they are shown."""
        speaker = self.speakers.get(id_)
        return {key(name): name for name in (speaker.name, *speaker.described_as)} if speaker else {}

    def tells(self, article: str, names: Iterable[str]) -> bool:
        """Whether an article itself has one of these names."""
        text = self.text(article).casefold()
        return any(name.strip(" ,").casefold() in text for name in names)


def called(id_: str, speakers: Mapping[str, Speaker]) -> str:
    """What a speaker is called within a sentence: "a ministry official", not "A ministry official,"."""
    name = speakers[id_].name.strip(" ,") if id_ in speakers else id_
    return name[0].lower() + name[1:] if _LEADING.match(name) else name


def house(analysis: Analysis) -> str:
    """Whose words an article prints as its own: its agency's where the dateline names one."""
    return analysis.layout.agency or analysis.article.name


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """A name as it is compared, never as it is shown: an outlet's usual name, else without article and capitals."""
    usual = (agencies.canonical(name) or name).casefold().strip(" ,").removeprefix("the ")
    return usual.removesuffix(" agency").removesuffix(" news")


def verb(names: Sequence[str], one: str, more: str) -> str:
    return one if len(names) == 1 else more
