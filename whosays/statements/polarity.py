"""Whether what is said is asserted, denied, asked, demanded or expected.

Two things decide, in this order: the cue ("denied", "called for", "vowed") and the main verb of what is said ("should
resign", "will fall"). Neither is a judgement about the speaker: "he denied that X" has X as its content, denied.
"""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

from whosays.statements.statement import Polarity, Statement
from whosays.text.span import Span

_TO_VERB: Final = r"(?:not )?to (?!a\b|an\b|the\b|his\b|her\b|their\b|its\b|our\b)[a-z]+"
# The words of the cue; which of them stands first decides.
_CUES: Final[tuple[tuple[Polarity, str], ...]] = (
    (
        "denied",
        r"den(?:y|ies|ied|ying)|refut(?:e[sd]?|ing)|disput(?:e[sd]?|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
        r"|rebuff(?:s|ed|ing)?|repudiat(?:e[sd]?|ing)|disavow(?:s|ed|ing)?|disagree(?:s|d|ing)?|debunk(?:s|ed|ing)?"
        r"|contradict(?:s|ed|ing)?|refus(?:e[sd]?|ing|al)|skepticism|scepticism|(?:did|does|do) not (?:establish|find)",
    ),
    (
        "call",
        r"urg(?:e[sd]?|ing)|demand(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|on|upon)|plea(?:s|d|ds|ded|ding)?(?: for)?"
        r"|press(?:ed|es|ing)(?: for)?|pressur(?:e[sd]?|ing)|request(?:s|ed|ing)?|order(?:s|ed|ing)|recommend(?:s|ed|ing)?"
        r"|appeal(?:s|ed|ing)?(?: for| to)?|advocat(?:e[sd]?|ing)|clamou?r(?:s|ed|ing)?(?: for)?|implor(?:e[sd]?|ing)"
        r"|push(?:es|ed|ing)(?: for)?|exhort(?:s|ed|ing)?|begg(?:ed|ing)|lobb(?:y|ies|ied|ying)|petition(?:s|ed|ing)?"
        r"|propos(?:e[sd]?|ing)|instruct(?:s|ed|ing)?|beseech(?:es|ed|ing)?|advis(?:e[sd]?|ing)",
    ),
    (
        "expected",
        r"vow(?:s|ed|ing)?|promis(?:e[sd]?|ing)|pledg(?:e[sd]?|ing)|threat(?:s|en|ens|ened|ening)?|predict(?:s|ed|ing)?"
        r"|forecast(?:s|ed|ing)?|(?:(?:is|are|was|were) )?(?:widely )?expect(?:s|ed|ing)?|anticipat(?:e[sd]?|ing)"
        r"|plan(?:s|ned|ning)|intend(?:s|ed|ing)?|swor(?:e|n)|speculation",
    ),
)  # fmt: skip
_CUE: Final = tuple((polarity, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for polarity, words in _CUES)
_ASK: Final = re.compile(r"\bask(?:s|ed|ing)?\b", re.IGNORECASE)
_QUESTION_CUE: Final = re.compile(
    r"\b(?:wonder(?:s|ed|ing)?|inquir(?:e[sd]?|ing)|questions? (?:were|was|had been|have been) raised)\b", re.IGNORECASE
)
_ORDER_CUE: Final = re.compile(
    r"\b(?:told|tell(?:s|ing)?|warn(?:s|ed|ing)?|encourag(?:e[sd]?|ing)|call(?:s|ed|ing)?)\b", re.IGNORECASE
)
_NOT: Final = re.compile(r"\b(?:not|never|neither|nor|declined to|refused to)\b|n[’']t\b", re.IGNORECASE)
_ASKED_WHAT: Final = re.compile(r"^(?:if|whether|what|why|how|who|when|where|which)\b", re.IGNORECASE)
_TO_DO: Final = re.compile(rf"^(?:[\w.’'@-]+ ){{0,6}}?{_TO_VERB}", re.IGNORECASE)
_MARKS: Final = "\"“”‘’'«»„ \t\r\n\u00a0…[]()"


def of(doc: Doc, statement: Statement) -> Polarity:
    """The polarity of a statement in a parsed document; ``asserted`` where nothing speaks for another."""
    return _by_cue(doc.text, statement) or _by_question(doc.text, statement) or _by_verb(doc, statement) or "asserted"


def _by_cue(text: str, statement: Statement) -> Polarity | None:
    if statement.cue is None:
        return None
    cue, opening = _cue_words(text, statement), _opening(text, statement)
    if _QUESTION_CUE.search(cue):
        return "question"
    if _ASK.search(cue):
        return _asked(text, statement, opening)
    found = [(hit.start(), polarity) for polarity, words in _CUE if (hit := words.search(cue))]
    if found:
        begins, polarity = min(found)
        return None if _NOT.search(cue[:begins]) and polarity != "expected" else polarity
    if _ORDER_CUE.search(cue) and re.match(_TO_VERB, opening):
        return "call"
    return None


def _asked(text: str, statement: Statement, opening: str) -> Polarity | None:
    if _ASKED_WHAT.match(opening) or _ends_in_question(text, statement):
        return "question"
    return "call" if _TO_DO.match(opening) else None


def _cue_words(text: str, statement: Statement) -> str:
    """The cue, and the one or two small words between it and the content ("called" + "on")."""
    assert statement.cue is not None
    start, end = statement.cue
    ahead = min((span.start for span in statement.content if span.start >= end), default=end)
    between = text[end:ahead] if ahead - end <= 12 else ""
    return f"{text[start:end]} {between}".replace("\n", " ").strip()


def _opening(text: str, statement: Statement) -> str:
    return statement.content[0].of(text).strip(_MARKS)[:120]


def _ends_in_question(text: str, statement: Statement) -> bool:
    return any(span.of(text).rstrip(_MARKS + ",").endswith("?") for span in statement.content)


def _by_question(text: str, statement: Statement) -> Polarity | None:
    return "question" if statement.content[-1].of(text).rstrip(_MARKS + ",").endswith("?") else None


def _by_verb(doc: Doc, statement: Statement) -> Polarity | None:
    verb = _main_verb(doc, statement.content[0])
    if verb is None:
        return None
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")}
    if helpers & {"should", "must", "ought"}:
        return "call"
    if verb.lemma_ == "need" and any(child.dep_ == "xcomp" for child in verb.children):
        return "call"
    if helpers & {"will", "wo", "'ll", "’ll", "shall"}:
        return "expected"
    if verb.lower_ == "going" and any(child.dep_ == "xcomp" for child in verb.children):
        return "expected"
    if "would" in helpers and "have" not in helpers:
        return "expected"
    if verb.lemma_ in ("plan", "intend", "expect") and verb.pos_ == "VERB":
        return "expected"
    return None


def _main_verb(doc: Doc, span: Span) -> Token | None:
    """The verb on which the first sentence of the content hangs."""
    inside = doc.char_span(span.start, span.end, alignment_mode="contract")
    if inside is None:
        return None
    first, last = inside.start, inside.end
    for token in inside:
        if token.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and not first <= token.head.i < last or token.dep_ == "ROOT":
            return token
    return None
