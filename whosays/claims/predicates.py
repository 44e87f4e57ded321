"""What an article says of a deed: that it is so or not, for certain or perhaps, done or still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

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
_SHORT: Final = 4  # letters: "gas" is no plural
_CONTENT: Final = frozenset("NOUN PROPN ADJ VERB NUM".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with what its subject and objects name (lemmas), and how it is put; ``words`` is the verb as it stands.

    ``open``: it stands under an "if" or a wish; ``crossed``: a negation stands somewhere in its sentence.
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


def find(place: int, analysis: Analysis) -> Iterator[Predicate]:
    """The predicates of the article at ``place`` that name something; none where the text is not parsed."""
    if not analysis.doc.has_annotation("DEP"):
        return
    for side in _sides(place, analysis):
        words = analysis.doc.char_span(side.span.start, side.span.end, alignment_mode="expand")
        if words is None:
            continue
        lower = {token.lower_ for token in words}
        for token in words:
            if token.pos_ == "VERB" and token.lemma_.lower() not in _EMPTY:
                found = _predicate(token, words, side, lower)
                if found.arguments:
                    yield found


def _sides(place: int, analysis: Analysis) -> Iterator[Side]:
    for statement in analysis.statements:
        for span in statement.content:
            yield Side(place, span, statement)
    for voice in analysis.voice:
        yield Side(place, voice)


def _predicate(token: Token, words: Tokens, side: Side, lower: Collection[str]) -> Predicate:
    children = list(token.children)
    near = {child.lower_ for child in children}
    statement = side.statement
    # "not" of the verb, or "no" of what it takes
    negated = bool(near & NEGATIONS) or any(
        below.lower_ == "no" for child in children if child.dep_ in _ARGUMENTS for below in child.children
    )
    denied = statement is not None and statement.polarity == "denied"
    hedge = next((word for word in (token.lower_, *sorted(near)) if word in _HEDGES), "")
    heads = token.dep_ == "xcomp" and token.head.lemma_.lower() in _INTENDING
    first = statement is not None and statement.polarity == "expected" and token == words.root
    ahead = bool(near & _AHEAD) or heads or first
    finite = any(child.dep_ in _SUBJECTS for child in children) and "to" not in near
    past = token.lower_ not in (token.lemma_.lower(), f"{token.lemma_.lower()}s") and not token.lower_.endswith("ing")
    above = (
        {token.head.lemma_.lower(), *(word.lower_ for word in token.head.children)} if token.head != token else set()
    )
    return Predicate(
        side=side,
        verb=token.lemma_.lower(),
        words=token.text,
        arguments=frozenset(_arguments(token, children)),
        negated=negated != denied,
        hedge=hedge,
        ahead=ahead,
        done=finite and past and not ahead and not hedge and not negated,
        open=bool((above | near) & _OPEN) or (statement is not None and statement.polarity in ("question", "call")),
        crossed=not NEGATIONS.isdisjoint(lower),
    )


def _arguments(token: Token, children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.dep_ in _ARGUMENTS:
            yield from (_lemma(word) for word in child.subtree if _tells(word))
    if token.dep_ in ("acl", "acl:relcl", "relcl") and _tells(token.head):
        yield _lemma(token.head)


def _tells(word: Token) -> bool:
    return word.pos_ in _CONTENT and not word.is_stop and any(c.isalnum() for c in word.text)


def _lemma(word: Token) -> str:
    """The lemma; of names without the plural, which lemmas leave: "the Bishops"."""
    lemma = word.lemma_.lower()
    return lemma.removesuffix("s") if len(lemma) > _SHORT else lemma
