"""Whom or what each noun phrase of a story names: the key of an entity, the same in every article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.claims import runs, things
from whosays.claims.people import People
from whosays.claims.phrases import Phrase
from whosays.statements import nouns
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker

# "person brandt", "name harbour board", "noun dam": what a key begins with tells what it stands for.
PERSON, NAME, NOUN = "person ", "name ", "noun "
_PARTIES: Final = {"R": "republican", "D": "democrat", "I": "independent"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase with the place of its article."""

    place: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Entities:
    """The mentions of a story, and by their numbers the key of each and the speaker whom it names as a source.

    Mentions that name nothing have no key. ``speaking`` has those alone whose statements they are the source of.
    ``of_speaker``: by speaker, the entity that most of the sources name; a common noun is nobody.
    """

    mentions: Sequence[Mention]
    keys: Mapping[int, str]
    speaking: Mapping[int, str]
    of_speaker: Mapping[str, str]


def find(analyses: Sequence[Analysis], speakers: Mapping[str, Speaker], found: Sequence[Sequence[Phrase]]) -> Entities:
    """Whom and what the phrases of each article name; ``found``: the phrases, by article, in its order."""
    mentions = [Mention(place, phrase) for place, own in enumerate(found) for phrase in own]
    speaking = _speaking(mentions, analyses)
    keys = dict(sorted(_keys(mentions, speaking, speakers).items()))
    return Entities(mentions, keys, speaking, _of_speaker(keys, speaking))


def _of_speaker(keys: Mapping[int, str], speaking: Mapping[int, str]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for number, speaker in speaking.items():
        if number in keys and not keys[number].startswith(NOUN):
            votes[speaker][keys[number]] += 1
    return {speaker: min(vote, key=lambda key: (-vote[key], key)) for speaker, vote in votes.items()}


def _speaking(mentions: Sequence[Mention], analyses: Sequence[Analysis]) -> dict[int, str]:
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


def _keys(mentions: Sequence[Mention], speaking: Mapping[int, str], speakers: Mapping[str, Speaker]) -> dict[int, str]:
    """The key of each mention, by its number; mentions that name nothing are left out.

    People are put together by surname, organisations by full name or acronym, and both with the titles and appositions
    that the articles give them; other things by their noun. ``speaking``: by number, the speaker whose statement a
    mention is the source of.
    """
    people = People([(m.place, m.phrase) for m in mentions if m.phrase.name])
    found: dict[int, str] = {}
    for number, mention in enumerate(mentions):
        if mention.phrase.name:
            found[number] = people.key(mention.place, mention.phrase) or _name_key(mention.phrase)
    _join_short_forms(mentions, found)
    _follow_appositions(mentions, found)
    _follow_speakers(mentions, found, speaking, speakers)
    _follow_titles(mentions, found)
    _follow_wording(mentions, found)
    _follow_names(mentions, found)
    met: set[tuple[int, str]] = set()
    for number, mention in enumerate(mentions):
        key = None if number in found else things.key(mention.phrase)
        # of what is spoken of without "the" only the first mention tells what the article means
        if key and (things.is_definite(mention.phrase) or (mention.place, key) not in met):
            found[number] = key
            met.add((mention.place, key))
    _join_countries(mentions, found)
    return found


def _follow_names(mentions: Sequence[Mention], keys: dict[int, str]) -> None:
    """ "The Harbour Union group" is whom the name within it stands for."""
    known = {key for key in keys.values() if key.startswith(NAME)}
    for number, mention in enumerate(mentions):
        before = mention.phrase.before
        if mention.phrase.head in things.GROUPS and not mention.phrase.name:
            named = (NAME + " ".join(before[start:]) for start in range(len(before)))
            whose = next((key for key in named if key in known), None)
            keys.update({number: whose} if whose else {})


def _join_countries(mentions: Sequence[Mention], keys: dict[int, str]) -> None:
    """ "The government" and no more is that of the country whose government the story names most."""
    of: dict[str, Counter[str]] = defaultdict(Counter)
    for key in keys.values():
        plain, _, country = key.partition(things.OF)
        if key.startswith(NOUN) and country:
            of[plain][key] += 1
    for number, key in keys.items():
        if key in of and not mentions[number].phrase.before:
            keys[number] = min(of[key], key=lambda k: (-of[key][k], k))


def _name_key(phrase: Phrase) -> str:
    return NAME + " ".join(word.lower() for word in phrase.name if word.lower() != "the")


def _join_short_forms(mentions: Sequence[Mention], keys: dict[int, str]) -> None:
    """Acronyms with the names whose initials they are, and "the Post" with the one longer name that ends so."""
    initials, parts = _initials(mentions, keys), _parts(keys)
    for number, key in list(keys.items()):
        word = key.removeprefix(NAME).replace(".", "")
        phrase = mentions[number].phrase
        if not key.startswith(NAME) or " " in word:
            continue
        if len(word) > 1 and phrase.name[-1].replace(".", "").isupper() and word in initials:
            keys[number] = initials[word]
        elif (
            phrase.determiner == "the"
            and not phrase.before
            and (whole := next((p[word] for p in parts if len(p[word]) == 1), None))
        ):
            keys[number] = next(iter(whole))


def _initials(mentions: Sequence[Mention], keys: Mapping[int, str]) -> dict[str, str]:
    """By initials in small letters: the name that they are short for; what stands in brackets behind a name first."""
    found: dict[str, str] = {}
    for key in sorted({key for key in keys.values() if key.startswith(NAME)}):
        words = key.removeprefix(NAME).split()
        if len(words) > 1:
            found.setdefault("".join(w[0] for w in words if w not in ("of", "and", "for")), key)
    for number, key in sorted(keys.items()):
        phrase = mentions[number].phrase
        if key.startswith(NAME) and phrase.initials:
            found.setdefault(phrase.initials, key)
        if phrase.short.isupper() and phrase.short.isalpha():
            found[phrase.short.lower()] = key
    return found


def _parts(keys: Mapping[int, str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By last and by first word: the longer names that end or begin so."""
    endings: dict[str, set[str]] = defaultdict(set)
    beginnings: dict[str, set[str]] = defaultdict(set)
    for key in keys.values():
        words = key.removeprefix(NAME).split()
        if key.startswith(NAME) and len(words) > 1:
            endings[words[-1]].add(key)
            beginnings[words[0]].add(key)
    return endings, beginnings


def _follow_appositions(mentions: Sequence[Mention], keys: dict[int, str]) -> None:
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
    return not key.startswith(PERSON) or things.is_people(phrase.head)


def _follow_speakers(
    mentions: Sequence[Mention], keys: dict[int, str], speaking: Mapping[int, str], speakers: Mapping[str, Speaker]
) -> None:
    """ "The harbour master said": a source that is a role names whom its speaker is called elsewhere."""
    named = {n: s for n, s in speaking.items() if s in speakers and speakers[s].naming == "named"}
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for number, speaker in named.items():
        if keys.get(number, "").startswith(PERSON):
            called[speaker][keys[number]] += 1
    for number, speaker in named.items():
        phrase = mentions[number].phrase
        if speaker in called and number not in keys and phrase.head in nouns.ROLES:
            keys[number] = min(called[speaker], key=lambda key: (-called[speaker][key], key))


def _follow_titles(mentions: Sequence[Mention], keys: dict[int, str]) -> None:
    """ "The president" is who was last called a president in the article, or else whom the story calls so most.

    What stands before the title must be said of that person or organisation somewhere: the Russian president is not
    the president of another country. "The agency" is the organisation named last.
    """
    said_of: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, key in keys.items():
        for word in _words(mentions[number].phrase):
            said_of[key][word] += 1
    bearers: dict[str, list[str]] = defaultdict(list)
    for key in sorted(said_of):
        for word in said_of[key]:
            bearers[word].append(key)
    bodies = {key for n, key in keys.items() if key.startswith(NAME) and mentions[n].phrase.kind == "ORG"}
    recent: dict[int, dict[str, None]] = defaultdict(dict)
    for number, mention in enumerate(mentions):
        phrase, latest = mention.phrase, recent[mention.place]
        if number not in keys and phrase.determiner in ("the", "this", "that") and not phrase.name:
            able = [k for k in bearers[phrase.head] if _may_be(phrase, k) and said_of[k].keys() >= {*phrase.before}]
            foreign = not nouns.COUNTRY.keys().isdisjoint(phrase.before)
            if not able and phrase.determiner == "the" and not foreign and phrase.head in things.BODIES:
                able = [key for key in latest if key in bodies][-1:]
            if able:
                order = {key: place for place, key in enumerate(reversed(latest))}
                keys[number] = min(able, key=lambda k: (order.get(k, len(order)), -said_of[k].get(phrase.head, 0), k))
        if number in keys:
            latest.pop(keys[number], None)
            latest[keys[number]] = None


def _follow_wording(mentions: Sequence[Mention], keys: dict[int, str]) -> None:
    """ "The harbour town's mayor" is in all of an article whom it stands for in one place."""
    said: dict[tuple[int, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for number, key in keys.items():
        if key.startswith(PERSON) and not mentions[number].phrase.name:
            said[mentions[number].place, _wording(mentions[number].phrase)][key] += 1
    for number, mention in enumerate(mentions):
        if number not in keys and not mention.phrase.name and not things.is_indefinite(mention.phrase):
            alike = said.get((mention.place, _wording(mention.phrase)))
            if alike:
                keys[number] = min(alike, key=lambda k: (-alike[k], k))


def _wording(phrase: Phrase) -> tuple[str, ...]:
    return (*((phrase.determiner,) if phrase.determiner in runs.POSSESSORS else ()), *phrase.before, phrase.head)


def _words(phrase: Phrase) -> tuple[str, ...]:
    """What a phrase says of its bearer, the party in brackets spelled out: "(R-Fla.)" is a Florida Republican."""
    side, _, state = phrase.short.strip(", ").partition("-")
    own = *phrase.before, phrase.head, *(word.lower() for word in phrase.name)
    if side not in _PARTIES:
        return own
    return *own, _PARTIES[side], *nouns.STATE.get(state.lower().rstrip("."), state.lower()).split()


def _may_be(phrase: Phrase, key: str) -> bool:
    """People are called by what they are, organisations by a word of their name."""
    return (phrase.head in nouns.ROLES) == key.startswith(PERSON)
