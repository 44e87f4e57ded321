"""Who does what to whom, where and when, in one article: what its parse says of each verb."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from whosays.claims.phrases import Phrase, Reading
from whosays.language.times import Time
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# Verbs that tell of a state, a thought or that somebody speaks, and not of an event.
_NO_EVENT: Final = frozenset(
    "be have say tell ask add think believe know want need like seem appear remain mean include contain consist "
    "depend belong own exist matter hope expect feel look sound concern note explain argue write quote describe "
    "suggest wonder understand see hear consider regard love hate prefer wish deserve owe cost lack involve relate "
    "represent reflect tend try let keep continue become stay live stand sit lie do make get go come happen occur "
    "put use show point refer cite read speak talk recall remember acknowledge insist claim assert state "
    "comment mention call name plan intend aim seek prepare help serve work face cause lead follow begin start end "
    "base require allow enable focus deal range vary differ equal resemble fit suit surround share enjoy fear worry "
    "doubt suspect assume".split()
)
_UNREAL: Final = frozenset("would could may might can should must ca 'd ’d".split())
_TO_COME: Final = frozenset("will shall wo 'll ’ll".split())
_NOT: Final = frozenset("not n't n’t never no neither nor".split())
_IF: Final = frozenset("if unless whether should".split())
_RELATIVE: Final = frozenset("who which that whom".split())
_NO_VERB: Final = frozenset("aux aux:pass cop amod compound case mark fixed det".split())
_SUBJECT: Final = frozenset({"nsubj", "csubj"})
_PASSIVE: Final = frozenset({"nsubj:pass", "nsubjpass"})
_OBJECT: Final = frozenset({"obj", "dobj"})
_AGENT: Final = frozenset({"obl:agent"})
_SPREADS: Final = frozenset({"conj", "xcomp", "advcl"})  # a verb that may share the subject of the one above it
MOST_BETWEEN: Final = 6  # characters between two that are joined: ", and "
MOST_BEHIND: Final = 60  # characters of a party behind its noun: "leaders of the new government"
MOST_SHARED: Final = 3  # verbs that share one subject
MOST_STEPS: Final = 6  # from a place or a date up to its verb
LONGEST: Final = 400  # characters; parts that lie farther apart belong together by a wrong arc
OPENING: Final = 3  # sentences


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what takes part: ``phrase``, and ``span`` with all that are joined to it ("Bosnia and Slovenia")."""

    span: Span
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Deed:
    """What one verb tells: ``actor`` did it to ``target``.

    ``span`` is the passage from the first to the last of its parts, but for an actor that it shares with a verb before;
    ``verb`` the verb with its particle, or with the
    verb that it opens to ("agreed to postpone"). ``obliques`` are further phrases with the preposition before them.
    ``is_event`` tells it from habits and speech, ``to_come`` from what has been done; ``opens`` that its
    sentence is among the first of the article, ``statement`` by which statement it is told.
    """

    lemma: str
    verb: Span
    span: Span
    actor: Party | None
    target: Party | None
    place: Span | None
    time: Time | None
    obliques: tuple[tuple[str, Party], ...]
    is_event: bool
    to_come: bool
    opens: bool
    statement: str | None


def find(analysis: Analysis, reading: Reading) -> list[Deed]:
    """The deeds that the article tells as done or to come, in text order: no states, wishes, conditions or denials."""
    return list(_Reader(analysis, reading).deeds())


class _Reader:
    """One article with what the deeds in it are read from."""

    def __init__(self, analysis: Analysis, reading: Reading) -> None:
        self.words, self.holder = reading.words, reading.holder
        self.text = analysis.article.text
        self.prose = analysis.layout.prose
        self.times = self._hung({time.span: time for time in analysis.times})
        self.places = self._hung({place.span: place.span for place in analysis.places}, oblique=True)
        self.contents = sorted((span.start, span.end, s.id) for s in analysis.statements for span in s.content)
        self.cued = {at for s in analysis.statements if s.cue for at in range(s.cue.start, s.cue.end)}

    def deeds(self) -> Iterator[Deed]:
        words, part, sentences = self.words, 0, 0
        for at, pos in enumerate(words.pos):
            sentences += words.opens[at] and words.pos[at] != "SPACE"
            if pos != "VERB" or words.dep[at] in _NO_VERB or words.lemma[at].lower() in _NO_EVENT:
                continue
            while part < len(self.prose) and self.prose[part].end <= words.starts[at]:
                part += 1
            if part == len(self.prose) or words.starts[at] < self.prose[part].start or self._is_unreal(at):
                continue
            found = self._deed(at, opens=sentences <= OPENING)
            if found.actor or found.target:
                yield found

    def _deed(self, at: int, opens: bool) -> Deed:
        words = self.words
        subject, done_to = self._arguments(at)
        is_passive = any(words.dep[b] in _PASSIVE for b in words.below.get(at, ()))
        above = [] if subject is not None or is_passive else list(self._sharing(at))
        shared = next((found for verb in above if (found := self._arguments(verb)[0]) is not None), None)
        opened = self._opened(at) if done_to is None else None
        if opened is not None:
            done_to = self._arguments(opened)[1]
        actor, target = self._party(shared if subject is None else subject), self._party(done_to)
        verb = Span(words.starts[at], self._with_particle(at if opened is None else opened))
        place, time = self.places.get(at), self.times.get(at)
        ends = [verb, *(p.span for p in (actor if shared is None else None, target, time) if p)]
        ends += [place] if place else []
        whole = Span(min(e.start for e in ends), max(e.end for e in ends))
        lemma = words.lemma[at].lower()
        return Deed(
            lemma=lemma if opened is None else f"{lemma} {words.lemma[opened].lower()}",
            verb=verb,
            span=whole if whole.end - whole.start <= LONGEST else verb,
            actor=actor,
            target=target,
            place=place,
            time=time or next((self.times[verb] for verb in above if verb in self.times), None),
            obliques=(*self._obliques(at), *(self._obliques(opened) if opened is not None else ())),
            is_event=self._is_event(at, lemma, target),
            to_come=any(words.dep[b] == "aux" and words.lower[b] in _TO_COME for b in words.below.get(at, ())),
            opens=opens,
            statement=self._statement(words.starts[at]),
        )

    def _is_event(self, at: int, lemma: str, target: Party | None) -> bool:
        """Whether a verb tells of an event: no habit ("runs the dam", "a video showing it") and no speech."""
        form = self.words.lower[at]
        habit = form in (f"{lemma}s", f"{lemma}es") or (form.endswith("ing") and self.words.dep[at] == "acl")
        return not habit and (target is not None or self.words.starts[at] not in self.cued)

    # ------------------------------------------------------------ who and whom
    def _arguments(self, at: int) -> tuple[int | None, int | None]:
        """The words for who does it and to whom it is done."""
        words = self.words
        subject = target = None
        passive = False
        for below in words.below.get(at, ()):
            dep = words.dep[below]
            if dep in _SUBJECT:
                subject = self._antecedent(at, below)
            elif dep in _PASSIVE:
                target, passive = self._antecedent(at, below), True
            elif dep in _AGENT:
                subject = below
            elif dep in _OBJECT and target is None:
                target = self._antecedent(at, below)
        if words.dep[at] in ("acl", "acl:relcl") and words.head[at] != at:
            head = words.head[at]
            if subject is None and words.lower[at].endswith("ing") and not passive:
                subject = head
            elif target is None and words.dep[at] == "acl" and words.lower[at].endswith(("ed", "en", "t")):
                target = head
        return subject, target

    def _sharing(self, at: int) -> Iterator[int]:
        """The verbs above that a verb may share its subject with, nearest first: "met the mayor and left"."""
        words = self.words
        for _ in range(MOST_SHARED):
            above = words.head[at]
            if words.dep[at] not in _SPREADS or above == at or words.pos[above] != "VERB" or self._is_marked(at):
                return
            yield above
            at = above

    def _antecedent(self, at: int, below: int) -> int:
        """What "who" and "which" stand for: the noun that the clause hangs on."""
        if self.words.lower[below] in _RELATIVE and self.words.dep[at] == "acl:relcl":
            return self.words.head[at]
        return below

    def _party(self, at: int | None) -> Party | None:
        if at is None or self.words.pos[at] == "PRON" or at not in self.holder:
            return None
        phrase = self.holder[at]
        behind = self.text[phrase.core.end : phrase.span.end]
        end = phrase.core.end if "," in behind or len(behind) > MOST_BEHIND else phrase.span.end
        for below in self.words.below.get(at, ()):
            joined = self.holder.get(below) if self.words.dep[below] == "conj" else None
            if joined and end < joined.core.end <= end + MOST_BETWEEN + joined.core.end - joined.core.start:
                end = joined.core.end
        return Party(Span(phrase.core.start, end), phrase)

    def _obliques(self, at: int) -> Iterator[tuple[str, Party]]:
        words = self.words
        for below in words.below.get(at, ()):
            if words.dep[below] not in ("obl", "iobj"):
                continue
            case = next((words.lower[b] for b in words.below.get(below, ()) if words.dep[b] == "case"), "")
            if party := self._party(below):
                yield case, party

    def _opened(self, at: int) -> int | None:
        """The verb that a verb opens to: "agreed to postpone"."""
        for below in self.words.below.get(at, ()):
            if self.words.dep[below] == "xcomp" and self.words.pos[below] == "VERB" and at < below <= at + MOST_STEPS:
                return below
        return None

    def _with_particle(self, at: int) -> int:
        words = self.words
        particle = at + 1 < len(words.text) and words.dep[at + 1] == "compound:prt"
        return words.ends[at + 1] if particle else words.ends[at]

    # ------------------------------------------------------------ whether, where, when
    def _is_unreal(self, at: int) -> bool:
        words = self.words
        for below in words.below.get(at, ()):
            word, dep = words.lower[below], words.dep[below]
            if (dep == "aux" and word in _UNREAL) or (word in _NOT and below < at):
                return True
            if dep == "mark" and (word in _IF or (word == "to" and words.dep[at] != "advcl")):
                return True
        above = words.head[at]
        return words.dep[at] == "conj" and above < at and words.pos[above] == "VERB" and self._is_unreal(above)

    def _is_marked(self, at: int) -> bool:
        """Whether a clause has a conjunction of its own and so tells of somebody else."""
        return any(self.words.dep[b] == "mark" for b in self.words.below.get(at, ()))

    def _hung(self, spans: Mapping[Span, T], oblique: bool = False) -> dict[int, T]:
        """By verb: what of ``spans`` hangs on it, the first in the text; ``oblique``: as a place of what is done."""
        words = self.words
        found: dict[int, T] = {}
        for span, value in spans.items():
            at = last = bisect_right(words.starts, span.end - 1) - 1
            for _ in range(MOST_STEPS):
                if at < 0 or words.pos[at] == "VERB":
                    break
                last, at = at, words.head[at] if words.head[at] != at else -1
            if at >= 0 and at != last and (not oblique or words.dep[last].startswith("obl")):
                found.setdefault(at, value)
        return found

    def _statement(self, at: int) -> str | None:
        place = bisect_right(self.contents, (at, 1 << 60, "")) - 1
        if place < 0 or not self.contents[place][0] <= at < self.contents[place][1]:
            return None
        return self.contents[place][2]
