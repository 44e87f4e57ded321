"""Report -> Outline: counting, ordering and wording what was found."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from whosays.claims.claim import Claim, Conflict, Label, Link, Name, Origin, Passage
from whosays.report import brief, chronicle, phrases
from whosays.report.parts import (
    Clash,
    Common,
    Hanging,
    Lineage,
    Member,
    Naming,
    Outline,
    Section,
    Shared,
    Source,
)
from whosays.report.report import ReadArticle, Report
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article

_OWN_VOICE: Final = "in its own voice"
_NOBODY: Final = "nobody named"
_LINKS: Final = ("stated", "inferred", "unknown")


def make(report: Report) -> Outline:
    """Everything that a reader is shown of a report, in order."""
    return _Outlining(report).outline()


class _Outlining:
    """The look-ups that the parts of an outline share."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.articles: Mapping[str, Article] = {read.article.id: read.article for read in report.articles}
        self.places = {id_: place for place, id_ in enumerate(self.articles)}
        self.statements: Mapping[str, Statement] = {s.id: s for s in report.statements}
        self.speakers: Mapping[str, Speaker] = {s.id: s for s in report.speakers}
        self.shown = _shown_names(self.articles.values())

    def outline(self) -> Outline:
        found = self.report.comparison
        claims = tuple(self.claim(claim) for claim in found.claims) if found else ()
        namings = [self.naming(name) for name in sorted(found.names, key=self.spread)] if found else []
        made = Outline(
            headline=self.headline(claims),
            lineages=_lineages(claims),
            compared=found is not None,
            lone=len(self.articles) == 1,
            common=_common(claims, self.about),
            clashes=tuple(self.clash(conflict) for conflict in found.conflicts) if found else (),
            claims=claims,
            sections=tuple(self.section(read) for read in self.report.articles),
            namings=tuple(naming for naming in namings if naming is not None),
            events=chronicle.events(self.report, self.shown),
            standing=chronicle.standing(self.report, self.shown),
            notes=tuple(phrases.clean(note) for note in self.report.notes),
        )
        several = found is not None and not made.lone
        return dataclasses.replace(made, answers=brief.make(made)) if several else made

    def headline(self, claims: Sequence[Shared]) -> tuple[str, ...]:
        outlets = len({article.name for article in self.articles.values()})
        speakers = {s.speaker for s in self.report.statements if s.speaker is not None}
        unnamed = sum(self.speakers[id_].naming == "anonymous" for id_ in speakers)
        figures = [phrases.counted(outlets, "outlet")]
        if len(self.articles) != outlets:
            figures.append(phrases.counted(len(self.articles), "article"))
        by = f" by {phrases.counted(len(speakers), 'speaker')}" if speakers else ""
        figures.append(
            phrases.counted(len(self.report.statements), "statement")
            + by
            + (f" ({unnamed} unnamed)" if unnamed else "")
        )
        if self.report.comparison is not None and len(self.articles) > 1:
            origins = {source.key for claim in claims for source in claim.sources if source.link != "unknown"}
            figures.append(phrases.counted(len(claims), "shared claim"))
            if claims:
                figures[-1] += f" from {phrases.counted(len(origins), 'known origin')}"
            figures.append(phrases.counted(len(self.report.comparison.conflicts), "conflict"))
        return tuple(figures)

    def claim(self, claim: Claim) -> Shared:
        members = self.members(claim.statements, claim.passages, claim.origins)
        return Shared(
            id=claim.id,
            words=phrases.clean(claim.text),
            outlets=self.outlets(claim.articles),
            silent=tuple(self.shown[id_] for id_ in claim.silent),
            sources=_together([self.source(origin) for origin in claim.origins]),
            members=members,
        )

    def source(self, origin: Origin) -> Source:
        members = self.members(origin.statements, origin.passages, (origin,))
        kind = "speaker" if origin.speaker else "document" if origin.document else "outlet"
        key = origin.speaker or origin.document or origin.outlet or ""
        inside = [self.statements[id_].article for id_ in origin.statements] + [p.article for p in origin.passages]
        return Source(
            key=(kind, key),
            who=self.who(origin),
            outlets=self.outlets(sorted(inside, key=lambda id_: self.places[id_])),
            via=tuple(phrases.called(name) for name in origin.via),
            link=origin.link,
            grounds=phrases.clean(origin.grounds),
            members=members,
        )

    def who(self, origin: Origin) -> str:
        if origin.speaker:
            return phrases.called(self.speakers[origin.speaker].name)
        return phrases.called(origin.document or origin.outlet or _NOBODY)

    def about(self, key: tuple[str, str]) -> str:
        """What kind of origin a reader deals with."""
        kind, id_ = key
        return phrases.NAMING[self.speakers[id_].naming] if kind == "speaker" else kind

    def outlets(self, articles: Iterable[str]) -> tuple[str, ...]:
        """The outlets of articles, each once."""
        return tuple(dict.fromkeys(phrases.clean(self.articles[id_].name) for id_ in articles))

    def members(
        self, statements: Iterable[str], passages: Iterable[Passage], origins: Iterable[Origin]
    ) -> tuple[Member, ...]:
        """Statements and passages in the order of the articles and their texts."""
        agencies = {p: origin.outlet for origin in origins if origin.outlet for p in origin.passages}
        said = [self.statements[id_] for id_ in statements]
        found = [((self.places[s.article], s.start, s.id), self.statement(s)) for s in said]
        found += [((self.places[p.article], p.span.start, ""), self.passage(p, agencies.get(p))) for p in passages]
        return tuple(member for _, member in sorted(found, key=lambda placed: placed[0]))

    def statement(self, statement: Statement) -> Member:
        text = self.articles[statement.article].text
        speaker = self.speaker(statement)
        words = phrases.clean(statement.content_of(text))
        relays = [phrases.called(name) for name in reversed(statement.via)]
        return Member(
            id=phrases.clean(statement.id),
            article=self.shown[statement.article],
            chain=phrases.chained([self.shown[statement.article], *relays, speaker]),
            words=words,
            facts=phrases.facts(statement),
            details=tuple(d for d in (phrases.KIND[statement.kind], phrases.credit(statement, text)) if d),
            line=phrases.saying(speaker, statement, words),
            relayed=bool(relays),
        )

    def speaker(self, statement: Statement) -> str:
        if statement.speaker is not None:
            return phrases.called(self.speakers[statement.speaker].name)
        if statement.source is not None:
            return phrases.called(statement.source.of(self.articles[statement.article].text))
        return _NOBODY

    def passage(self, passage: Passage, agency: str | None) -> Member:
        """Words of the article's own, or of the agency whose text it prints."""
        name = self.shown[passage.article]
        words = phrases.clean(passage.span.of(self.articles[passage.article].text))
        printed = agency is not None and agency != self.articles[passage.article].name
        chain = phrases.chained([name, phrases.clean(agency)] if printed and agency else [name])
        line = f"{chain}: {phrases.quoted(phrases.shorten(words))}"
        return Member("", name, chain, words, (_OWN_VOICE,), (), line, relayed=printed)

    def clash(self, conflict: Conflict) -> Clash:
        return Clash(
            kind=phrases.CONFLICT.get(conflict.type, conflict.type),
            why=phrases.clean(conflict.why),
            confidence=conflict.confidence,
            sides=self.members(conflict.statements, conflict.passages, ()),
        )

    def section(self, read: ReadArticle) -> Section:
        article, found = read.article, self.report.comparison
        statements = [s for s in self.report.statements if s.article == article.id]
        only = found.only_in.get(article.id, ()) if found is not None and len(self.articles) > 1 else ()
        unread = sum(span.end - span.start for span in read.unread)
        figures = [
            phrases.counted(len(statements), "statement"),
            phrases.counted(len(article.text), "character") + (f", {unread:,} of them not prose" if unread else ""),
        ]
        published = (article.published or "").replace("T", " ")
        known = [article.title, article.byline, published, article.url]
        return Section(
            article=self.shown[article.id],
            about=tuple(phrases.clean(fact) for fact in (*known, *figures) if fact),
            statements=self.members([s.id for s in statements], (), ()),
            only=self.members(only, (), ()),
        )

    def naming(self, name: Name) -> Naming | None:
        """How the articles name somebody; ``None`` where they do not differ, or only one of them does."""
        wordings = [
            frozenset(phrases.alike(label.text) for label in labels) for labels in name.labels.values() if labels
        ]
        if len(wordings) < 2 or len(set(wordings)) < 2:
            return None
        by_article = sorted(name.labels.items(), key=lambda labelled: self.places[labelled[0]])
        labels = tuple(
            (self.shown[id_], tuple(_label(label) for label in _commonest(of_it))) for id_, of_it in by_article
        )
        return Naming(self.entity(name), tuple((article, words) for article, words in labels if words))

    def spread(self, name: Name) -> tuple[bool, bool, int, int, str]:
        """Sorts speakers to the front, then what has a name of its own, then what most articles name."""
        labels = [label.text for of_article in name.labels.values() for label in of_article]
        speaks = any(speaker.entity == name.entity for speaker in self.report.speakers)
        named = any(word[0].isupper() for label in labels for word in label.split()[1:])
        return not speaks, not named, -len(name.labels), -len(set(map(phrases.alike, labels))), name.entity

    def entity(self, name: Name) -> str:
        """A speaker's name where the entity is one; else the most telling of its labels."""
        speakers = sorted(s.name for s in self.report.speakers if s.entity == name.entity)
        labels = {label.text for of_article in name.labels.values() for label in of_article}
        return phrases.called(speakers[0] if speakers else phrases.heading(labels))


def _shown_names(articles: Iterable[Article]) -> dict[str, str]:
    """What to call each article: its outlet, with the id where an outlet has several."""
    every = list(articles)
    uses = Counter(article.name for article in every)
    return {a.id: phrases.clean(a.name if uses[a.name] == 1 else f"{a.name} [{a.id}]") for a in every}


def _together(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources, with those of unknown lineage that are so for one reason put together, last."""
    known: list[Source] = []
    unknown: dict[str, list[Source]] = {}
    for source in sources:
        if source.link == "unknown":
            unknown.setdefault(source.grounds.removeprefix(source.who).strip(), []).append(source)
        else:
            known.append(source)
    for why, alike in unknown.items():
        outlets = tuple(dict.fromkeys(outlet for source in alike for outlet in source.outlets))
        lead = "each " if len(outlets) > 1 and why != alike[0].grounds else ""
        members = tuple(member for source in alike for member in source.members)
        known.append(dataclasses.replace(alike[0], outlets=outlets, grounds=lead + why, members=members))
    return tuple(known)


def _lineages(claims: Iterable[Shared]) -> tuple[tuple[int, str], ...]:
    """How many claims have which lineage, in words, those that hang on one origin first."""
    by_lineage: dict[Lineage, list[Shared]] = {"one": [], "some": [], "unknown": [], "apart": []}
    for claim in claims:
        by_lineage[claim.lineage].append(claim)
    return tuple((len(of_it), _in_words(lineage, of_it)) for lineage, of_it in by_lineage.items() if of_it)


def _in_words(lineage: Lineage, claims: Sequence[Shared]) -> str:
    """The verb phrase for claims of one lineage: "hang on one origin (1 stated, 3 inferred)"."""
    one = len(claims) == 1
    if lineage == "unknown":
        return f"{'has' if one else 'have'} outlets that name no source; no shared origin found"
    if lineage == "apart":
        return f"{'has' if one else 'have'} different known origins; no shared origin found"
    links = Counter((claim.common or claim.sources)[0].link for claim in claims)
    how = phrases.listed(f"{links[link]} {link}" if len(links) > 1 else link for link in _LINKS if links[link])
    if lineage == "one":
        return f"{'hangs' if one else 'hang'} on one origin ({how})"
    return f"{'has' if one else 'have'} one origin behind several of the outlets ({how})"


def _common(claims: Iterable[Shared], about: Callable[[tuple[str, str]], str]) -> tuple[Common, ...]:
    """The origins behind several outlets, that of the most outlets first, unnamed ones before named ones."""
    found: dict[tuple[str, str], list[tuple[Shared, Source]]] = {}
    for claim in claims:
        for source in claim.common:
            found.setdefault(source.key, []).append((claim, source))
    every = [(_behind(pairs, about(key)), len(pairs), key) for key, pairs in found.items()]
    every.sort(key=lambda c: (-len(c[0].outlets), not c[0].about, -c[1], c[0].who, c[2]))
    return tuple(common for common, *_ in every)


def _behind(pairs: Sequence[tuple[Shared, Source]], about: str) -> Common:
    outlets = tuple(dict.fromkeys(outlet for _, source in pairs for outlet in source.outlets))
    hanging: dict[tuple[Link, str], list[tuple[str, str]]] = {}
    for claim, source in pairs:
        words = phrases.quoted(phrases.shorten(claim.words))
        if len(source.outlets) < len(claim.outlets):
            words += f" ({len(source.outlets)} of its {phrases.counted(len(claim.outlets), 'outlet')})"
        hanging.setdefault((source.link, source.grounds), []).append((claim.id, words))
    return Common(
        who=pairs[0][1].who,
        about=about,
        outlets=outlets,
        chains=_chains(member for _, source in pairs for member in source.members),
        hanging=tuple(
            Hanging(link, grounds, tuple(of_it))
            for (link, grounds), of_it in sorted(hanging.items(), key=lambda h: _LINKS.index(h[0][0]))
        ),
    )


def _chains(members: Iterable[Member]) -> tuple[str, ...]:
    """The ways to each article, each once; where an article names a relay anywhere, only the ways with a relay."""
    by_article: dict[str, dict[str, bool]] = {}
    for member in members:
        by_article.setdefault(member.article, {})[member.chain] = member.relayed
    return tuple(
        chain
        for chains in by_article.values()
        for chain, relayed in chains.items()
        if relayed or not any(chains.values())
    )


def _commonest(labels: Iterable[Label]) -> list[Label]:
    return sorted(labels, key=lambda label: (label.voice != "outlet", -len(label.spans), label.text))


def _label(label: Label) -> str:
    times = f" ×{len(label.spans)}" if len(label.spans) > 1 else ""
    return (
        f"{phrases.quoted(phrases.clean(label.text))}{times}{' (in quoted words)' if label.voice == 'quoted' else ''}"
    )
