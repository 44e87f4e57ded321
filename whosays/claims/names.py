"""How each article names the people, groups and things that a story is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from whosays.claims import phrases
from whosays.claims.claim import Label, Name, Voice
from whosays.claims.people import People
from whosays.claims.phrases import Phrase
from whosays.language import quotation
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker
from whosays.text.span import Span

# A common noun names something in a story from so many mentions, in so many articles.
FEWEST_MENTIONS: Final = 3
FEWEST_ARTICLES: Final = 2
FEWEST_NAMED: Final = 2  # mentions of a name whose bearer does not speak
# In one report. The annotated stories have four to six, of the people above all; more leave room for a wrong order.
# With 20 of all kinds instead of these, which leave out things, F1 there is .519 instead of .516.
MOST, MOST_NOUNS = 20, 10

# Common nouns for people and for bodies that act: alone, without a name, only these name somebody. Titles and roles
# are in phrases.ROLES, and words with the endings below are people as well.
_PEOPLE: Final = frozenset(
    "activist administration agency agent army assailant attacker authority bandit board brother cabinet campaign "
    "campaigner child citizen civilian clergy coalition colleague commission committee community company conservative "
    "contractor council couple court crew critic crowd daughter defector delegation demonstrator department deputy "
    "detainee dissident doctor driver employee employer engineer extremist faction family farmer father fighter firm "
    "firefighter force gang girl government group guard guerrilla gunman hardliner hostage husband immigrant "
    "insurgent interpreter investigator jihadi jury killer league liberal lobby loyalist mediator member militant "
    "militia minority mob moderate monitor mother movement murderer nationalist neighbour neighbor network nurse "
    "occupier operator opponent opposition organisation organization paramilitary parent parliament partisan party "
    "passenger patient peacekeeper pilot police policeman predecessor prisoner progressive prosecutor protester "
    "protestor provocateur radical rebel recruit refugee reporter regime republic rescuer resident resister rioter "
    "rival sailor scientist separatist settler shooter sister smuggler soldier son squad staff striker student "
    "successor supporter survivor suspect teacher team teenager terrorist thug tribe troop trooper troops tyrant union "
    "veteran victim villager volunteer voter watchdog wife witness worker writer youth".split()
)
_PEOPLE_ENDINGS: Final = ("ist", "man", "woman", "men", "women", "crat", "ologist")


@dataclass(slots=True)
class _Mention:
    """A phrase with the place of its article."""

    place: int
    phrase: Phrase


@dataclass(slots=True)
class _Entity:
    """What is being named: its mentions in all articles."""

    key: str
    mentions: list[_Mention] = field(default_factory=list)
    speakers: Counter[str] = field(default_factory=Counter)

    @property
    def is_noun(self) -> bool:
        return self.key.startswith("noun ")

    @property
    def places(self) -> set[int]:
        return {m.place for m in self.mentions}


def find(
    analyses: Sequence[Analysis], speakers: Mapping[str, Speaker], found: Sequence[Sequence[Phrase]]
) -> tuple[Name, ...]:
    """The entities that matter most, the most widely and most often named first, with each article's names for them.

    Labels are verbatim noun phrases; pronouns are left out. People are put together by surname, organisations by full
    name or acronym, and both with the titles and appositions that the articles give them; other things by their noun.
    ``found``: the phrases of each article, as ``mentioned`` gives them.
    """
    mentions = [_Mention(place, phrase) for place, own in enumerate(found) for phrase in own]
    people = People([(m.place, m.phrase) for m in mentions if m.phrase.name])
    speaking = _speaking(mentions, analyses)
    entities: dict[str, _Entity] = {}
    keys: dict[int, str] = {}
    for number, mention in enumerate(mentions):
        if mention.phrase.name:
            keys[number] = people.key(mention.place, mention.phrase) or _name_key(mention.phrase)
    _join_short_forms(mentions, keys)
    _follow_appositions(mentions, keys)
    _follow_speakers(mentions, keys, speaking, speakers)
    _follow_titles(mentions, keys)
    _follow_wording(mentions, keys)
    for number, mention in enumerate(mentions):
        key = keys.get(number) or _noun_key(mention.phrase)
        if key:
            entity = entities.setdefault(key, _Entity(key))
            if entity.is_noun and number not in keys and _is_generic(mention.phrase) and mention.place in entity.places:
                continue
            if entity.mentions and entity.mentions[-1].place == mention.place and mention.phrase.span.end <= max(m.phrase.span.end for m in entity.mentions if m.place==mention.place):
                continue
            entity.mentions.append(mention)
            entity.speakers.update([speaking[number]] if number in speaking else [])
    chosen = _choose(entities.values())
    quoted = [_quoted(analysis) for analysis in analyses]
    are = _are(chosen)
    return tuple(_name(f"e{k}", entity, analyses, quoted, are) for k, entity in enumerate(chosen, 1))


def _speaking(mentions: Sequence[_Mention], analyses: Sequence[Analysis]) -> dict[int, str]:
    """By number: the mentions that name the speaker of a statement, with that speaker.

    Of several phrases that begin a source the longest counts: in "Vale's deputy said" it is not Vale who speaks.
    """
    longest: dict[tuple[int, int], int] = {}
    for number, mention in enumerate(mentions):
        spot = mention.place, mention.phrase.span.start
        if spot not in longest or mentions[longest[spot]].phrase.span.end < mention.phrase.span.end:
            longest[spot] = number
    found = {}
    for place, analysis in enumerate(analyses):
        for statement in analysis.statements:
            if statement.source and statement.speaker and (place, statement.source.start) in longest:
                found[longest[place, statement.source.start]] = statement.speaker
    return found


def _are(chosen: Sequence[_Entity]) -> Mapping[str, str]:
    """Which entity a speaker is, by its key: the one that most of the speaker's statements name. A noun is nobody."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in chosen:
        for speaker, count in entity.speakers.items():
            if not entity.is_noun:
                votes[speaker][entity.key] += count
    return {speaker: min(vote, key=lambda key: (-vote[key], key)) for speaker, vote in votes.items()}


def mentioned(analysis: Analysis) -> list[Phrase]:
    """The noun phrases of an article that are no dates, which a phrase is whose last letter stands in one."""
    dates = {at for time in analysis.times for at in range(time.span.start, time.span.end)}
    return [p for p in phrases.find(analysis) if p.span.end - 1 not in dates]


def _name_key(phrase: Phrase) -> str:
    return "name " + " ".join(word.lower() for word in phrase.name if word.lower() != "the")


def _join_short_forms(mentions: Sequence[_Mention], keys: dict[int, str]) -> None:
    """Acronyms with the names whose initials they are, and "the Post" with the one longer name that ends so."""
    counts = Counter(key for key in keys.values() if key.startswith("name "))
    full = sorted(key for key in counts if " " in key.removeprefix("name "))
    initials: dict[str, str] = {}
    endings: dict[str, set[str]] = defaultdict(set)
    beginnings: dict[str, set[str]] = defaultdict(set)
    for key in full:
        words = key.removeprefix("name ").split()
        initials.setdefault("".join(w[0] for w in words if w not in ("of", "and", "for")), key)
        endings[words[-1]].add(key)
        beginnings[words[0]].add(key)
    for number, key in sorted(keys.items()):
        if key.startswith("name ") and mentions[number].phrase.initials:
            initials.setdefault(mentions[number].phrase.initials, key)
        short = mentions[number].phrase.short
        if short.isupper() and short.isalpha():
            initials[short.lower()] = key
    for number, key in list(keys.items()):
        word = key.removeprefix("name ").replace(".", "")
        phrase = mentions[number].phrase
        if not key.startswith("name ") or " " in word:
            continue
        if len(word) > 1 and phrase.name[-1].replace(".", "").isupper() and word in initials:
            keys[number] = initials[word]
        elif phrase.determiner == "the" and len(endings.get(word, ())) == 1:
            keys[number] = next(iter(endings[word]))
        elif phrase.determiner == "the" and len(beginnings.get(word, ())) == 1:
            keys[number] = next(iter(beginnings[word]))


def _follow_appositions(mentions: Sequence[_Mention], keys: dict[int, str]) -> None:
    """ "Fleury, the harbour master": an apposition names what the phrase before it names, and the other way round."""
    at = {(m.place, m.phrase.span.start): number for number, m in enumerate(mentions)}
    for number, mention in enumerate(mentions):
        of = at.get((mention.place, mention.phrase.apposed)) if mention.phrase.apposed is not None else None
        if of is None:
            continue
        if of in keys and number not in keys and _may_explain(mention.phrase, keys[of]):
            keys[number] = keys[of]
        elif number in keys and of not in keys and _may_explain(mentions[of].phrase, keys[number]):
            keys[of] = keys[number]


def _may_explain(phrase: Phrase, key: str) -> bool:
    """People are explained by what people are; what else there is, by anything."""
    return not key.startswith("person ") or _is_people(phrase.head)


def _follow_speakers(
    mentions: Sequence[_Mention], keys: dict[int, str], speaking: Mapping[int, str], speakers: Mapping[str, Speaker]
) -> None:
    """ "The harbour master said": a source that is a role names whom its speaker is called elsewhere."""
    named = {n: s for n, s in speaking.items() if s in speakers and speakers[s].naming == "named"}
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for number, speaker in named.items():
        if keys.get(number, "").startswith("person "):
            called[speaker][keys[number]] += 1
    for number, speaker in named.items():
        phrase = mentions[number].phrase
        if speaker in called and number not in keys and phrase.head in phrases.ROLES:
            keys[number] = min(called[speaker], key=lambda key: (-called[speaker][key], key))


def _follow_titles(mentions: Sequence[_Mention], keys: dict[int, str]) -> None:
    """ "The president" is who was last called a president in the article, or else whom the story calls so most.

    What stands before the title must be said of that person or organisation somewhere: the Russian president is not
    the president of another country.
    """
    said_of: dict[str, Counter[str]] = defaultdict(Counter)
    for number, key in keys.items():
        said_of[key].update(_words(mentions[number].phrase))
    bearers: dict[str, list[str]] = defaultdict(list)
    for key in sorted(said_of):
        for word in said_of[key]:
            bearers[word].append(key)
    orgs = {key for number, key in keys.items() if key.startswith("name ") and mentions[number].phrase.kind == "ORG"}
    recent: dict[int, dict[str, None]] = defaultdict(dict)
    for number, mention in enumerate(mentions):
        phrase, latest = mention.phrase, recent[mention.place]
        if number not in keys and phrase.determiner in ("the", "this", "that") and not phrase.name:
            able = [k for k in bearers[phrase.head] if _may_be(phrase, k) and said_of[k].keys() >= {*phrase.before}]
            if not able and phrase.determiner == "the" and phrase.head in FALLO:
                able = [k for k in latest if k in orgs][-1:]
            if able:
                order = {key: place for place, key in enumerate(reversed(latest))}
                keys[number] = min(able, key=lambda k: (order.get(k, len(order)), -said_of[k][phrase.head], k))
        if number in keys:
            latest.pop(keys[number], None)
            latest[keys[number]] = None


def _follow_wording(mentions: Sequence[_Mention], keys: dict[int, str]) -> None:
    """ "The harbour town's mayor" is in all of an article whom it stands for in one place."""
    said: dict[tuple[int, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for number, key in keys.items():
        if key.startswith("person ") and not mentions[number].phrase.name:
            said[mentions[number].place, _wording(mentions[number].phrase)][key] += 1
    for number, mention in enumerate(mentions):
        if number not in keys and not mention.phrase.name and mention.phrase.determiner not in GENERIC:
            alike = said.get((mention.place, _wording(mention.phrase)))
            if alike:
                keys[number] = min(alike, key=lambda k: (-alike[k], k))


def _wording(phrase: Phrase) -> tuple[str, ...]:
    return (*((phrase.determiner,) if phrase.determiner in phrases.POSSESSORS else ()), *phrase.before, phrase.head)


FALLO=frozenset("organization organisation agency bureau newspaper paper company group department firm network association".split())
def _words(phrase: Phrase) -> tuple[str, ...]:
    return *phrase.before, phrase.head, *(word.lower() for word in phrase.name)


def _may_be(phrase: Phrase, key: str) -> bool:
    """People are called by what they are, organisations by a word of their name."""
    return (phrase.head in phrases.ROLES) == key.startswith("person ")


def _is_generic(phrase: Phrase) -> bool:
    if phrase.determiner in GENERIC: return True
    if phrase.before and phrase.before[0] in OTHERS: return True
    return not phrase.determiner and not phrase.before
OTHERS=frozenset("other such many more several most similar future previous".split())
GENERIC=frozenset("a an any every some no another each this these that those".split())
SAME={w:line.split()[0] for line in """attack bombing blast explosion assault raid shooting killing massacre slaying rampage violence tragedy incident airstrike strike
bill measure legislation law act proposal resolution amendment
deal agreement compromise accord pact plan proposal package
video clip film footage tape recording
break-in burglary intrusion robbery
ruling decision verdict judgment
rule guidance guideline policy regulation
gunman shooter suspect attacker assailant
money cash fund
newspaper paper
rebel opposition insurgent
""".splitlines() for w in line.split()}
def _noun_key(phrase: Phrase) -> str | None:
    """What a common noun names: nothing where somebody unknown owns it, or where it is an amount of things."""
    if phrase.name or not phrase.head.isalpha() or phrase.determiner in phrases.POSSESSORS:
        return None
    return None if phrase.counted and not _is_people(phrase.head) else f"noun {SAME.get(phrase.head,phrase.head)}"


def _is_people(noun: str) -> bool:
    return not {noun, noun.removesuffix("s")}.isdisjoint(_PEOPLE | phrases.ROLES) or noun.endswith(_PEOPLE_ENDINGS)


def _matters(entity: _Entity) -> bool:
    if entity.is_noun:
        return len(entity.mentions) >= FEWEST_MENTIONS and len(entity.places) >= FEWEST_ARTICLES
    if len(entity.mentions) < FEWEST_NAMED and not entity.speakers:
        return False
    places = sum(m.phrase.kind in ("LOC", "GPE", "FAC") for m in entity.mentions if m.phrase.name)
    return places * 2 <= len(entity.mentions)


def _acts(entity: _Entity) -> bool:
    """Whether a common noun stands for people or a body, or is called by a proper name as well."""
    return _is_people(entity.key.removeprefix("noun ")) or any(m.phrase.named_after for m in entity.mentions)


def _choose(entities: Iterable[_Entity]) -> list[_Entity]:
    """The most widely named, and of these the speakers first."""
    ranked = sorted(filter(_matters, entities), key=_rank)
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
    contents = [span for statement in analysis.statements for span in statement.content]
    return [
        quote.span for quote in quotation.find(analysis.article.text) if any(quote.span.overlaps(c) for c in contents)
    ]


def _name(
    id_: str,
    entity: _Entity,
    analyses: Sequence[Analysis],
    quoted: Sequence[Sequence[Span]],
    are: Mapping[str, str],
) -> Name:
    labels: dict[str, tuple[Label, ...]] = {}
    for place in sorted(entity.places):
        text = analyses[place].article.text
        spans: dict[tuple[str, Voice], list[Span]] = defaultdict(list)
        for mention in entity.mentions:
            if mention.place == place:
                span = mention.phrase.span
                voice: Voice = "quoted" if any(q.overlaps(span) for q in quoted[place]) else "outlet"
                words = span.of(text).casefold().removeprefix("the ")
                spans[words, voice].append(span)
        every = [Label(found[0].of(text), tuple(found), voice) for (_, voice), found in spans.items()]
        labels[analyses[place].article.id] = tuple(sorted(every, key=lambda label: label.spans))
    speakers = tuple(sorted(speaker for speaker, key in are.items() if key == entity.key))
    return Name(id_, labels, speakers)
