"""Who the sources of one article stand for: names, roles, pronouns and quotations that go on.

A first resolution by rules that can be told to a reader: names by surname, pronouns and roles by the nearest person
whom gender, number and description allow. Where nothing fits, a statement keeps a speaker of its own, or none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from whosays.statements import heads, nouns, organisations, phrases
from whosays.statements.heads import Phrase
from whosays.statements.mentions import Mention, People, Person
from whosays.statements.referent import Referent, beginning, sentence_starts, telling_words, trimmed
from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.span import Span

# How far back, in characters, a pronoun or a role looks for whom it stands.
REACH = 1500
# The same for "who" and a name before it: an apposition may stand between them.
RELATIVE = 80
# A content's subject stands no farther than this from its beginning, titles included.
OPENING = 60
# What counts for and against an antecedent of a pronoun, in sentences of distance. Set on samples-more, where B-cubed
# moves by less than .005 when any of them is changed by half.
PER_SENTENCE, SUBJECT, QUOTED = 1.0, 1.2, 1.5
SPOKE, UNNAMED_SUBJECT = 0.6, 0.4
_HEARSAY_CUE: Final = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|apparently|rumou?red|said to|believed|thought|considered|seen|"
    r"expected|reports?|speculation|known|understood|(?:was|were|is|are|been|be)(?: \w+ly)? \w+ed|questions?)\b",
    re.IGNORECASE,
)


class Reader:
    """Reads one article's statements in the order of the text."""

    def __init__(self, article: Article, doc: Doc, statements: Sequence[Statement], people: People) -> None:
        self.article, self.doc, self.text = article, doc, article.text
        self.people = people
        self.referents: list[Referent] = []
        self.speaker: dict[str, int] = {}
        self._by_person: dict[int, int] = {}
        self._said: list[tuple[int, int]] = []  # where, which referent
        self._sentences = sentence_starts(doc, article.text)
        self._starts: list[int] = doc.to_array("IDX").tolist()
        self._mention_starts = [m.start for m in self.people.mentions]
        self._contents = sorted(span for s in statements for span in s.content)
        self._content_starts = [span.start for span in self._contents]
        for statement in sorted(statements, key=lambda s: (_anchor(s), s.start, s.id)):
            found = self._of(statement)
            if found is not None:
                self.speaker[statement.id] = found
                self.referents[found].statements.append(statement)
                self.referents[found].said.append(telling_words(statement, self.text))
                self._said.append((_anchor(statement), found))

    # ------------------------------------------------------------ one statement
    def _of(self, statement: Statement) -> int | None:
        if statement.source is not None:
            return self._stands_for(statement.source, statement)
        if statement.cue is None:
            return self._said[-1][1] if self._said else None
        cue = statement.cue.of(self.text)
        if _HEARSAY_CUE.search(cue) or not re.search(r"(?:ed|ing|id|old|ote|aid)\b", cue):
            return None
        return self._subject_of(statement)

    def _stands_for(self, source: Span, statement: Statement) -> int | None:
        text = source.of(self.text)
        phrase = phrases.read(text, self.people.is_person)
        found = self._resolve(phrase, source.start, statement)
        if found is not None:
            referent = self.referents[found]
            referent.last = source.start
            if phrase.kind != "pronoun":
                referent.forms.setdefault(text, phrase)
        return found

    def _resolve(self, phrase: Phrase, at: int, statement: Statement) -> int | None:
        if phrase.kind == "nobody" or organisations.is_hearsay(phrase):
            return None
        if phrase.parts:
            return self._several(phrase, at, statement)
        if phrase.kind == "pronoun":
            if phrase.head == "who":
                return self._relative(at, statement)
            return self._pronoun(phrase, at, statement)
        if phrase.kind == "person":
            person = self.people.find(phrase.name, phrase.title, at)
            return self._of_person(person, phrase) if person else self._thing(phrase)
        if phrase.kind == "role" and not phrase.plural and phrase.article != "indefinite":
            found = self._role(phrase, at, statement)
            if found is not None:
                return found
        if phrase.kind == "role" and phrase.plural and phrase.article == "definite":
            found = self._together(phrase)
            if found is not None:
                return found
        return self._thing(phrase)

    def _relative(self, at: int, statement: Statement) -> int | None:
        """Whom "who" goes back to: the person named before it in the sentence, or the noun before it."""
        before = bisect_right(self._mention_starts, at) - 1
        mention = self.people.mentions[before] if before >= 0 else None
        near = (
            mention is not None and at - mention.end < RELATIVE and self._sentence(at) == self._sentence(mention.start)
        )
        if mention is not None and near:
            person = self.people.persons[mention.person]
            return self._of_person(person, Phrase("person", name=person.name, title=person.title))
        number = bisect_right(self._starts, at - 1) - 1
        while number > 0 and self.doc[number].pos_ in ("PUNCT", "SPACE"):
            number -= 1
        noun = self.doc[number]
        if noun.pos_ not in ("NOUN", "PROPN"):
            return None
        start = beginning(noun)
        phrase = phrases.read(self.text[start : noun.idx + len(noun)], self.people.is_person)
        return None if phrase.kind in ("pronoun", "nobody") else self._resolve(phrase, start, statement)

    def _together(self, phrase: Phrase) -> int | None:
        """ "the senators", "the two men": people who were named together."""
        for referent in sorted(self.referents, key=lambda r: (-r.last, -r.number)):
            people = [self.referents[m].person for m in referent.members]
            called = phrase.head in ("man", "woman", "pair", referent.phrase.head) or any(
                p and phrase.head in p.words for p in people
            )
            if people and all(people) and called:
                return referent.number
        return None

    def _several(self, phrase: Phrase, at: int, statement: Statement) -> int | None:
        members = tuple(sorted({m for part in phrase.parts if (m := self._resolve(part, at, statement)) is not None}))
        if len(members) < 2:
            return members[0] if members else None
        for referent in self.referents:
            if referent.members == members:
                return referent.number
        return self._new(phrase, members=members)

    def _of_person(self, person: Person, phrase: Phrase) -> int:
        number = self._by_person.get(person.number)
        if number is None:
            number = self._by_person[person.number] = self._new(phrase, person)
        return number

    def _new(self, phrase: Phrase, person: Person | None = None, members: tuple[int, ...] = ()) -> int:
        referent = Referent(len(self.referents), phrase, self.article.id, person, members)
        referent.marks |= phrase.marks
        referent.detail |= organisations.detail(phrase)
        self.referents.append(referent)
        return referent.number

    # ------------------------------------------------------------ descriptions
    def _thing(self, phrase: Phrase) -> int:
        """The earlier referent that a description fits, or a new one."""
        found = self._earlier(phrase)
        return self._new(phrase) if found is None else found

    def _earlier(self, phrase: Phrase) -> int | None:
        if phrase.owner in nouns.PRONOUNS:
            phrase = self._owned(phrase)
        for referent in sorted(self.referents, key=lambda r: (-r.last, -r.number)):
            if not referent.members and organisations.fits(phrase, referent.phrase, referent.detail):
                referent.detail |= organisations.detail(phrase)
                referent.marks |= phrase.marks
                return referent.number
        if phrase.kind == "document" and phrase.article == "definite" and not phrase.owner:
            alike = [r for r in self.referents if r.kind == "document" and r.phrase.head == phrase.head]
            if len(alike) == 1 and organisations.agree(phrase.marks, alike[0].marks):
                return alike[0].number
        return None

    def _owned(self, phrase: Phrase) -> Phrase:
        """ "his campaign" with the name of him who spoke last."""
        for _, number in reversed(self._said):
            referent = self.referents[number]
            gender = nouns.PRONOUNS[phrase.owner]
            if referent.person and gender in ("m", "f") and referent.gender in ("", gender):
                return replace(phrase, owner=referent.person.surname)
        return phrase

    def _role(self, phrase: Phrase, at: int, statement: Statement) -> int | None:
        """Somebody named or described before: "the senator", "the Iranian official"."""
        if phrase.head not in nouns.UNNAMED:
            best = self._described(phrase, at)
            if best is not None:
                return self._of_person(best, phrase)
        if any(organisations.fits(phrase, r.phrase, r.detail) for r in self.referents):
            return None
        if phrase.owner or phrase.article != "definite" or phrase.head not in _OFFICES:
            return None
        pronoun = Phrase("pronoun", head=phrase.head, gender=phrase.gender)
        return self._pronoun(pronoun, at, statement, reach=600)

    def _described(self, phrase: Phrase, at: int) -> Person | None:
        wanted = {phrase.head} | set(nouns.ALSO.get(phrase.head, "").split()) if phrase.head else set()
        known = [p for p in self.people.persons if phrase.head in p.words and p.count]
        if not known and phrase.head.startswith("ex-"):
            known = [p for p in self.people.persons if phrase.head[3:] in p.words]
        owner = heads.marks_of(heads.tokens(phrase.owner))
        marks = (phrase.marks | owner) - _WEAK
        known = [p for p in known if not phrase.gender or p.gender in ("", phrase.gender)]
        told = [p for p in known if marks & p.words]
        places = marks & (set(nouns.STATE.values()) | set(nouns.COUNTRY.values()) | {"republican", "democrat"})
        if places:
            known = [p for p in known if places <= p.words or not (p.words & _PLACES)]
            told = [p for p in told if places & p.words] or told
        candidates = told or ([] if len(marks) > 1 and not wanted & nouns.PUBLIC_OFFICE else known)
        if not candidates:
            return None
        near = {p.number: self._last_mention(p.number, at) for p in candidates}
        return max(candidates, key=lambda p: (len(marks & p.words), near[p.number] // 400, p.count, -p.number))

    def _last_mention(self, person: int, at: int) -> int:
        stop = bisect_right(self._mention_starts, at)
        for mention in reversed(self.people.mentions[:stop]):
            if mention.person == person:
                return mention.start
        return -1

    # ------------------------------------------------------------ pronouns
    def _pronoun(self, phrase: Phrase, at: int, statement: Statement, reach: int = REACH) -> int | None:
        if phrase.head in ("they", "them", "their", "it", "its", "we", "us") and (
            phrase.plural or phrase.head in ("it", "its")
        ):
            return self._thing_pronoun(phrase, at)
        if phrase.head in ("i", "me", "my"):
            return self._said[-1][1] if self._said else None
        best: tuple[float, int, int] | None = None
        chosen: int | Person | None = None
        sentence = self._sentence(at)
        candidates = list(self._candidates(phrase, at, statement, reach))
        known = [c for c in candidates if phrase.gender and self._gender(c[1])]
        sure = [c for c in known if self._sentence(c[0]) == sentence]
        own = list(self._own_subject(phrase, at, statement)) if phrase.gender and not known else []
        if own and candidates and not own[0][1].gender:
            return None  # two whose gender nobody tells
        for where, who, weight in sure or own or candidates:
            score = weight - PER_SENTENCE * min(sentence - self._sentence(where), 8)
            rank = (round(score, 6), where, -1)
            if best is None or rank > best:
                best, chosen = rank, who
        if isinstance(chosen, Person):
            return self._of_person(chosen, Phrase("person", name=chosen.name, title=chosen.title))
        return chosen

    def _own_subject(self, phrase: Phrase, at: int, statement: Statement) -> Iterator[tuple[int, Person, float]]:
        """ "Ann Lee accepted it, she said": whom the words begin with, where no other of that gender is named."""
        first = statement.content[0]
        for mention in self.people.mentions:
            person = self.people.persons[mention.person]
            opens = first.start <= mention.start < min(first.start + OPENING, first.end) and first.end <= at
            if opens and mention.subject and not mention.quoted and person.gender in ("", phrase.gender):
                yield mention.start, person, 0.0
                return

    def _gender(self, who: int | Person) -> str:
        return who.gender if isinstance(who, Person) else self.referents[who].gender

    def _candidates(
        self, phrase: Phrase, at: int, statement: Statement, reach: int
    ) -> Iterator[tuple[int, int | Person, float]]:
        """Where each possible antecedent stands, who it is, and what speaks for it."""
        inside = self.people.mentions and self._is_quoted(at)
        stop = bisect_right(self._mention_starts, at - 1)
        start = bisect_right(self._mention_starts, at - reach)
        last = self._said[-1][1] if self._said else None
        for mention in self.people.mentions[start:stop]:
            person = self.people.persons[mention.person]
            if phrase.gender and person.gender and phrase.gender != person.gender:
                continue
            if phrase.head in _OFFICES and person.words & nouns.TITLES and phrase.head not in person.words:
                continue
            if any(span.start <= mention.start < span.end for span in statement.content):
                continue
            yield mention.start, person, self._weight(mention, person, last, bool(inside))
        for where, number in self._said[-6:]:
            referent = self.referents[number]
            fits = not referent.plural and referent.kind in ("role", "person") and not referent.members
            if at - reach <= where < at and fits and (not phrase.gender or referent.gender in ("", phrase.gender)):
                yield where, number, (SUBJECT if referent.person else UNNAMED_SUBJECT) + SPOKE * (number == last)

    def _weight(self, mention: Mention, person: Person, last: int | None, inside: bool) -> float:
        weight = SUBJECT * mention.subject
        if last is not None and self.referents[last].person is person:
            weight += SPOKE
        if not inside and (mention.quoted or self._in_content(mention.start)):
            weight -= QUOTED
        return weight

    def _in_content(self, at: int) -> bool:
        number = bisect_right(self._content_starts, at) - 1
        return number >= 0 and at < self._contents[number].end

    def _is_quoted(self, at: int) -> bool:
        return self.people.is_quoted(at)

    def _thing_pronoun(self, phrase: Phrase, at: int) -> int | None:
        """ "they" and "it": the group or thing that spoke last, or a plural or organisation that did something."""
        paper = self._paper_before(at) if phrase.plural else None
        if paper is not None:
            return self._thing(paper)
        for where, number in reversed(self._said[-8:]):
            referent = self.referents[number]
            if at - REACH <= where < at and (
                referent.plural or referent.kind == "organisation"
                if phrase.plural
                else not referent.plural and (referent.kind in ("organisation", "document") or referent.is_bare_name)
            ):
                return number
        noun = self._subject_before(at, phrase.plural)
        if noun is None:
            return self._said[-1][1] if self._said and phrase.plural and self._said[-1][0] >= at - 300 else None
        text = " ".join(t.text for t in noun.subtree if t.i <= noun.i and not t.is_space)
        found = phrases.read(text, self.people.is_person)
        if found.kind in ("nobody", "pronoun", "person") or found.parts:
            return None
        return self._thing(found)

    def _paper_before(self, at: int) -> Phrase | None:
        """The plural document that is the nearest subject before "they": "minutes came to light. They show …"."""
        stop = bisect_right(self._starts, at - 1)
        for number in range(stop - 1, max(stop - 40, -1), -1):
            token = self.doc[number]
            plural = token.pos_ == "NOUN" and nouns.is_plural(token.lower_)
            if not plural or not token.dep_.startswith("nsubj") or self._is_quoted(token.idx):
                continue
            text = " ".join(t.text for t in token.subtree if t.i <= token.i and not t.is_space)
            found = phrases.read(text, self.people.is_person)
            return found if found.kind == "document" else None
        return None

    def _subject_before(self, at: int, plural: bool) -> Token | None:
        stop = bisect_right(self._starts, at - 1)
        for number in range(stop - 1, max(stop - 90, -1), -1):
            token = self.doc[number]
            if token.dep_ in ("nsubj", "nsubj:pass", "nsubjpass") and not self._is_quoted(token.idx):
                word = token.text.lower()
                head = nouns.singular(word)
                known = head in nouns.PEOPLE or word in nouns.ORGANISATIONS
                if plural and known and nouns.is_plural(word):
                    return token
                if (
                    not plural
                    and token.pos_ in ("NOUN", "PROPN")
                    and (token.ent_type_ == "ORG" or word in nouns.ORGANISATIONS)
                ):
                    return token
        return None

    # ------------------------------------------------------------ cues without a source
    def _subject_of(self, statement: Statement) -> int | None:
        """Whose "said" it is in "…, adding that": the subject of the verb that the cue's verb hangs on."""
        assert statement.cue is not None
        first = bisect_right(self._starts, statement.cue.start) - 1
        token = self.doc[max(first, 0)]
        for _ in range(4):
            for child in token.children:
                if child.dep_.startswith("nsubj") and child.i != token.i:
                    span = Span(child.left_edge.idx, child.right_edge.idx + len(child.right_edge))
                    return self._stands_for(trimmed(span, self.text), statement)
            if token.head.i == token.i:
                break
            token = token.head
        here = self._sentence(statement.cue.start)
        if self._said and here - self._sentence(self._said[-1][0]) <= 1:
            return self._said[-1][1]
        return None

    def _sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at)


# What an article may call a politician whom it names without a title. Any other noun needs to be among his own words:
# "the losing bidder" is not whoever was named last.
_OFFICES: Final = nouns.PUBLIC_OFFICE | {
    "democrat",
    "republican",
    "legislator",
    "politician",
    "incumbent",
    "challenger",
}
_WEAK: Final = frozenset("former senior top longtime own new old".split())
_PLACES: Final = frozenset(nouns.STATE.values()) | frozenset(nouns.COUNTRY.values())


def _anchor(statement: Statement) -> int:
    if statement.source is not None:
        return statement.source.start
    return statement.start if statement.cue is None else statement.cue.start
