"""What an article says of a deed: that it is so or not, for certain or perhaps, done or still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from whosays.claims.columns import Columns
from whosays.claims.difference import Side
from whosays.statements.analysis import Analysis

NEGATIONS: Final = frozenset("not n't n’t no never neither nor none without nobody nothing cannot".split())
_HEDGES: Final = frozenset(
    "may might could possibly perhaps allegedly purportedly reportedly potentially apparently seemingly".split()
)
_AHEAD: Final = frozenset("will shall 'll ’ll".split())
_INTENDING: Final = frozenset("plan expect intend vow promise schedule set agree prepare".split())
# Under these a verb is no assertion either way: "if", "a deadline to", "stop … from".
_OPEN: Final = frozenset(
    "if whether unless before until would should can deadline fail miss refuse stop prevent avoid want ask "
    "urge call consider seek try hope".split()
)
_EMPTY: Final = frozenset(
    "be have do say tell go get make take give come put let see know think want need expect".split()
)
_SUBJECTS: Final = frozenset("nsubj nsubj:pass nsubjpass csubj".split())
_ARGUMENTS: Final = _SUBJECTS | frozenset("obj dobj iobj obl obl:agent pobj prep agent xcomp ccomp attr".split())
_OF_A_NOUN: Final = frozenset({"acl", "acl:relcl", "relcl"})
_SHORT: Final = 4  # letters: "gas" is no plural
_CONTENT: Final = frozenset("NOUN PROPN ADJ VERB NUM".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with what its subject and objects name (lemmas), and how it is put; ``words`` is the verb as it stands.

    ``open``: it stands under an "if" or a wish, or is itself a subject ("boarding a ship was a crime"); ``crossed``: a
    negation stands somewhere in its sentence.
    """

    side: Side
    verb: str
    words: str
    arguments: frozenset[str]
    negated: bool = False
    hedge: str = ""
    ahead: bool = False
    done: bool = False
    open: bool = False
    crossed: bool = False


def find(place: int, analysis: Analysis, words: Columns) -> list[Predicate]:
    """The predicates of the article at ``place`` that name something; none where the text is not parsed.

    ``words`` are those of its document. The statements are as they stand now, for the most part without their speakers.
    """
    if not analysis.doc.has_annotation("DEP"):
        return []
    return list(_Reader(words).predicates(analysis.doc, _sides(place, analysis)))


def _sides(place: int, analysis: Analysis) -> Iterator[Side]:
    for statement in analysis.statements:
        for span in statement.content:
            yield Side(place, span, statement)
    for voice in analysis.voice:
        yield Side(place, voice)


class _Reader:
    """One article's words, and by place the lemma of each that tells what is spoken of, "" for the others."""

    def __init__(self, words: Columns) -> None:
        self.words = words
        self.small = [lemma.lower() for lemma in words.lemma]
        self.telling = [
            _name(lemma) if class_ in _CONTENT and not stop and any(c.isalnum() for c in text) else ""
            for lemma, class_, stop, text in zip(self.small, words.given, words.stops, words.text, strict=True)
        ]

    def predicates(self, doc: Doc, sides: Iterable[Side]) -> Iterator[Predicate]:
        words = self.words
        for side in sides:
            stretch = doc.char_span(side.span.start, side.span.end, alignment_mode="expand")
            if stretch is None:
                continue
            crossed = not NEGATIONS.isdisjoint(words.lower[stretch.start : stretch.end])
            expected = side.statement is not None and side.statement.polarity == "expected"
            first = stretch.root.i if expected else -1
            for at in range(stretch.start, stretch.end):
                if words.given[at] == "VERB" and self.small[at] not in _EMPTY:
                    arguments = self._arguments(at)
                    if arguments:
                        yield self._predicate(at, side, arguments, (at == first, crossed))

    def _predicate(self, at: int, side: Side, arguments: frozenset[str], known: tuple[bool, bool]) -> Predicate:
        """``known``: whether the verb is the first of what is expected, and whether a negation is in its sentence."""
        words, statement, (first, crossed) = self.words, side.statement, known
        lower, verb, up = words.lower[at], self.small[at], words.head[at]
        children = words.below.get(at, ())
        near = {words.lower[child] for child in children}
        # "not" of the verb, or "no" of what it takes
        negated = not near.isdisjoint(NEGATIONS) or any(
            words.lower[below] == "no"
            for child in children
            if words.dep[child] in _ARGUMENTS
            for below in words.below.get(child, ())
        )
        denied = statement is not None and statement.polarity == "denied"
        hedge = lower if lower in _HEDGES else min(near & _HEDGES, default="")
        heads = words.dep[at] == "xcomp" and self.small[up] in _INTENDING
        ahead = not near.isdisjoint(_AHEAD) or heads or first
        finite = "to" not in near and any(words.dep[child] in _SUBJECTS for child in children)
        past = lower not in (verb, f"{verb}s") and not lower.endswith("ing")
        above = {self.small[up], *(words.lower[word] for word in words.below.get(up, ()))} if up != at else set()
        return Predicate(
            side=side,
            verb=verb,
            words=words.text[at],
            arguments=arguments,
            negated=negated != denied,
            hedge=hedge,
            ahead=ahead,
            done=finite and past and not ahead and not hedge and not negated,
            open=not _OPEN.isdisjoint(above | near)
            or words.dep[at].startswith("csubj")
            or (statement is not None and statement.polarity in ("question", "call")),
            crossed=crossed,
        )

    def _arguments(self, at: int) -> frozenset[str]:
        """What the subject and the objects name, and the noun that a clause hangs on."""
        words = self.words
        waiting = [child for child in words.below.get(at, ()) if words.dep[child] in _ARGUMENTS]
        found = {self.telling[words.head[at]]} if words.dep[at] in _OF_A_NOUN else set()
        while waiting:
            word = waiting.pop()
            found.add(self.telling[word])
            waiting += words.below.get(word, ())
        return frozenset(found - {""})


def _name(lemma: str) -> str:
    """A lemma; of names without the plural, which lemmas leave: "the Bishops"."""
    return lemma.removesuffix("s") if len(lemma) > _SHORT else lemma
