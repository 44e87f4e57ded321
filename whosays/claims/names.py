"""How each article names the people, groups and things that a story is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from whosays.claims import entities, loaded
from whosays.claims.claim import Label, Name, Voice
from whosays.claims.entities import Entities, Mention
from whosays.language import quotation
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# A common noun names something in a story from so many mentions, in so many articles.
FEWEST_MENTIONS: Final = 3
FEWEST_ARTICLES: Final = 2
FEWEST_NAMED: Final = 2  # mentions of a name whose bearer does not speak
# In one report. The annotated stories have four to six, of the people above all; more leave room for a wrong order.
# With 20 of all kinds instead of these, which leave out things, F1 there is .519 instead of .516.
MOST, MOST_NOUNS = 24, 14


@dataclass(slots=True)
class _Entity:
    """What is being named: its mentions in all articles."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    speakers: Counter[str] = field(default_factory=Counter)

    @property
    def is_noun(self) -> bool:
        return self.key.startswith(entities.NOUN)

    @property
    def places(self) -> set[int]:
        return {m.place for m in self.mentions}


def find(analyses: Sequence[Analysis], met: Entities) -> tuple[Name, ...]:
    """The entities that matter most, the most widely and most often named first, with each article's names for them.

    Labels are verbatim noun phrases; pronouns are left out. People are put together by surname, organisations by full
    name or acronym, and both with the titles and appositions that the articles give them; other things by their noun.
    ``met``: whom and what the phrases of the articles name.
    """
    known: dict[str, _Entity] = {}
    reached: dict[tuple[str, int], int] = {}
    for number, key in met.keys.items():
        mention = met.mentions[number]
        if (entity := known.get(key)) is None:
            entity = known[key] = _Entity(key)
        # the apposition is part of the label of what it explains
        if mention.phrase.span.end > reached.get((key, mention.place), 0):
            reached[key, mention.place] = mention.phrase.span.end
            entity.mentions.append(mention)
            if number in met.speaking:
                entity.speakers[met.speaking[number]] += 1
    chosen = _choose(known.values())
    quoted = [_quoted(analysis) for analysis in analyses]
    return tuple(_name(f"e{k}", entity, analyses, quoted, met) for k, entity in enumerate(chosen, 1))


def _matters(entity: _Entity) -> bool:
    if entity.is_noun:
        return len(entity.mentions) >= FEWEST_MENTIONS and len(entity.places) >= FEWEST_ARTICLES
    if len(entity.mentions) < FEWEST_NAMED and not entity.speakers:
        return False
    places = sum(m.phrase.kind in ("LOC", "GPE", "FAC") for m in entity.mentions if m.phrase.name)
    return places * 2 <= len(entity.mentions)


def _choose(known: Iterable[_Entity]) -> list[_Entity]:
    """The most widely named, and of these the speakers first."""
    ranked = sorted(filter(_matters, known), key=_rank)
    nouns = {entity.key for entity in [entity for entity in ranked if entity.is_noun][:MOST_NOUNS]}
    chosen = [entity for entity in ranked if not entity.is_noun or entity.key in nouns][:MOST]
    return sorted(chosen, key=lambda entity: (not entity.speakers, *_rank(entity)))


def _rank(entity: _Entity) -> tuple[float, str]:
    """The most widely and most often named first, where it speaks once more.

    A common noun counts half, since not all that it stands for is one thing.
    """
    mentions = len(entity.mentions) + entity.speakers.total()
    return -len(entity.places) * mentions * (0.5 if entity.is_noun else 1.0), entity.key


def _quoted(analysis: Analysis) -> list[Span]:
    """The stretches between quotation marks that lie within statements."""
    told = analysis.told()
    return [quote.span for quote in quotation.find(analysis.article.text) if any(told[slice(*quote.span)])]


def _name(
    id_: str,
    entity: _Entity,
    analyses: Sequence[Analysis],
    quoted: Sequence[Sequence[Span]],
    met: Entities,
) -> Name:
    labels: dict[str, tuple[Label, ...]] = {}
    by_place: dict[int, list[Span]] = defaultdict(list)
    for mention in entity.mentions:
        by_place[mention.place].append(mention.phrase.span)
    for place, own in sorted(by_place.items()):
        text = analyses[place].article.text
        spans: dict[tuple[str, Voice], list[Span]] = defaultdict(list)
        for span in own:
            voice: Voice = "quoted" if any(q.overlaps(span) for q in quoted[place]) else "outlet"
            words = span.of(text).casefold().removeprefix("the ")
            spans[words, voice].append(span)
        every = [_label(found, voice, text) for (_, voice), found in spans.items()]
        labels[analyses[place].article.id] = tuple(sorted(every, key=lambda label: label.spans))
    speakers = tuple(sorted(speaker for speaker, key in met.of_speaker.items() if key == entity.key))
    return Name(id_, labels, speakers)


def _label(spans: Sequence[Span], voice: Voice, text: str) -> Label:
    words = spans[0].of(text)
    return Label(words, tuple(spans), voice, loaded.words(words, quoted=voice == "quoted"))
