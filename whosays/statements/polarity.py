"""Whether what is said is asserted, denied, asked, demanded or expected.

Two things decide, in this order: the cue ("denied", "called for", "vowed") and the main verb of what is said ("should
resign", "will fall"). Neither is a judgement about the speaker: "he denied that X" has X as its content, denied.
"""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Doc, Token

from whosays.statements import days
from whosays.statements.statement import Polarity, Statement
from whosays.text.span import Span

_TO_VERB: Final = r"(?:not )?to (?!a\b|an\b|the\b|his\b|her\b|their\b|its\b|our\b)[a-z]+"
_DENIED: Final = (
    r"den(?:y|ies|ied|ying)|refut(?:e[sd]?|ing)|disput(?:e[sd]?|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
    r"|rebuff(?:s|ed|ing)?|repudiat(?:e[sd]?|ing)|disavow(?:s|ed|ing)?|disagree(?:s|d|ing)?|debunk(?:s|ed|ing)?"
    r"|contradict(?:s|ed|ing)?|refus(?:e[sd]?|ing|al)|s[kc]epticism|(?:did|does|do) not (?:establish|find)"
)
_CALL: Final = (
    r"urg(?:e[sd]?|ing)|demand(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|on|upon)|plea(?:s|d|ds|ded|ding)?"
    r"|beg(?:s|ged|ging)|press(?:ed|es|ing)|pressur(?:e[sd]?|ing)|request(?:s|ed|ing)?|order(?:s|ed|ing)|recommend(?:s|ed|ing)?"
    r"|ask(?:s|ed|ing)? for"
    r"|appeal(?:s|ed|ing)?|advocat(?:e[sd]?|ing)|clamou?r(?:s|ed|ing)?|implor(?:e[sd]?|ing)|push(?:es|ed|ing)"
    r"|exhort(?:s|ed|ing)?|lobb(?:y|ies|ied|ying)|petition(?:s|ed|ing)?|propos(?:e[sd]?|ing)|instruct(?:s|ed|ing)?"
    r"|advis(?:e[sd]?|ing)"
)
_EXPECTED: Final = (
    r"vow(?:s|ed|ing)?|promis(?:e[sd]?|ing)|pledg(?:e[sd]?|ing)|threat(?:s|en|ens|ened|ening)?|predict(?:s|ed|ing)?"
    r"|forecast(?:s|ed|ing)?|expect(?:s|ed|ing)?|anticipat(?:e[sd]?|ing)|plan(?:s|ned|ning)|intend(?:s|ed|ing)?"
    r"|sw(?:ear|ore|orn)|speculation|(?:is|are|was|were) (?:estimated|projected|slated|scheduled|set|due|poised|likely)"
)
_BY_WORDS: Final[tuple[tuple[Polarity, str], ...]] = (("denied", _DENIED), ("call", _CALL), ("expected", _EXPECTED))
_CUE: Final = tuple((polarity, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for polarity, words in _BY_WORDS)
_ASK: Final = re.compile(r"\bask(?:s|ed|ing)?\b", re.IGNORECASE)
_ASKED_FOR: Final = re.compile(r"\bask(?:s|ed|ing)? for\b", re.IGNORECASE)
_QUESTION_CUE: Final = re.compile(
    r"\b(?:wonder(?:s|ed|ing)?|inquir(?:e[sd]?|ing)|questions? (?:were|was|had been|have been) raised)\b", re.IGNORECASE
)
_ORDER_CUE: Final = re.compile(
    r"\b(?:told|tell(?:s|ing)?|warn(?:s|ed|ing)?|encourag(?:e[sd]?|ing)|call(?:s|ed|ing)?)\b", re.IGNORECASE
)
# The noun, which leaves the preposition to the content: "repeated calls" + "for him to resign".
_CALLS: Final = re.compile(r"\bcalls?\b", re.IGNORECASE)
_FOR: Final = re.compile(r"(?:for|on|upon)\b")
# What one hopes, offers or agrees to do is to come; that one hopes or agrees "that" something is so need not be.
_OFFER: Final = re.compile(
    r"\b(?:hop(?:e[sd]?|ing)|offer(?:s|ed|ing)?|agree(?:s|d|ing)?|commit(?:s|ted|ting)?|aim(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(r"(?:not )?to (?!have\b)[a-z]+", re.IGNORECASE)
_ANNOUNCED: Final = re.compile(r"\bannounc(?:e[sd]?|ing|ement)\b", re.IGNORECASE)
_PLANS: Final = re.compile(r"(?:(?:a|the|his|her|its|their) )?(?:\w+ )?plans? (?:to|for)\b", re.IGNORECASE)
# "told to resign", "warned ministers not to go", "called Mr. Hale to resign", but not "called the plan to cut …"
_TOLD_TO: Final = re.compile(
    rf"(?:{_TO_VERB}|(?:[\w.’'@-]+ ){{1,5}}?not to [a-z]+|(?:[A-Z][\w.’'-]* ){{1,5}}(?:{_TO_VERB}))"
)
# What a cue tells only together with the words that open the content.
_BY_OPENING: Final[tuple[tuple[Polarity, re.Pattern[str], re.Pattern[str]], ...]] = (
    ("call", _ORDER_CUE, _TOLD_TO),
    ("call", _CALLS, _FOR),
    ("expected", _ANNOUNCED, _PLANS),
    ("expected", _OFFER, _TO_COME),
)
_NOT: Final = re.compile(r"\b(?:not|never|neither|nor|declined to|refused to)\b|n[’']t\b", re.IGNORECASE)
_ASKED_WHAT: Final = re.compile(r"^(?:if|whether|what|why|how|who|when|where|which)\b", re.IGNORECASE)
_TO_DO: Final = re.compile(rf"^(?:[\w.’'@-]+ ){{0,6}}?{_TO_VERB}", re.IGNORECASE)
_OUGHT: Final = re.compile(
    r"\b(?:must|should|shouldn[’']t|ought to|needs to|time (?:has come )?(?:for|to)|imperative that)\b", re.IGNORECASE
)
_OUGHT_HAVE: Final = re.compile(r"\b(?:should|must|ought to)(?: not|n[’']t)?(?: \w+ly| never)? have\b", re.IGNORECASE)
# A condition ("should she resign") and a manner of speaking.
_NOT_OUGHT: Final = re.compile(r"should (?:he|she|they|it|we|you|I|[A-Z][\w.’'-]*)\b|must (?:say|tell|admit|confess)\b")
_WE_URGE: Final = re.compile(r"\b(?:I|[Ww]e) (?:\w+ly )?(?:urge|call (?:on|for|upon)|demand|implore|beg|appeal)\b")
_BELOW: Final = re.compile(r"\b(?:that|which|why|how|whether|what|because)\b", re.IGNORECASE)
# "Is likely to break", "were expected to meet", "is going to resign"; and "plans to resign", where no "be" is needed.
_COMING: Final = frozenset(
    "likely unlikely expected planned scheduled estimated projected slated poised set about due going".split()
)
_PLANNING: Final = frozenset({"plan", "intend", "aim"})
_BE: Final = frozenset("am is are was were be been 's ’s 're ’re 'm ’m".split())
_SOON: Final = re.compile(
    r"\b(?:tomorrow|soon|eventually|until|over the next|by 20\d\d|later (?:this|in the)|next \w+"
    r"|(?:in|within) (?:the (?:coming|next) )?\w+ (?:day|week|month|year)s?)\b",
    re.IGNORECASE,
)
# With these, "will" is as a rule a duty or a manner of speaking.
_NO_FORECAST: Final = frozenset({"have", "need", "know", "tell", "say"})
_CONDITION: Final = re.compile(
    r"(?:if|unless|when|once|as|after|because of|in|on|at|under)\b[^,]*,[ “\"]*"
    r"(?:[\w.’'-]+ ){1,6}?(will|would|won[’']t)\b",
    re.IGNORECASE,
)
_WILL: Final = frozenset({"will", "wo", "won't", "won’t", "'ll", "’ll", "shall"})
_WOULD_HAVE: Final = re.compile(r"\bwould(?: not|n[’']t)?(?: \w+ly| never)? have\b|\bwould-be\b")
_RELATIVE: Final = frozenset({"who", "which", "that"})
# What opens a sentence like an order and is none: "Look, it held", "See you Sunday".
_MANNERS: Final = frozenset("look listen see thank say think guess expect remember".split())
# What may stand before the verb of a request.
_LIGHT: Final = frozenset({"please", "just", "do", "n't", "n’t", "not", "now", "and"})
_MARKS: Final = "\"“”‘’'«»„ \t\r\n\u00a0…[]()"


def of(doc: Doc, text: str, statement: Statement) -> Polarity:
    """The polarity of a statement in a parsed document of that text; ``asserted`` where nothing speaks for another."""
    return _by_cue(text, statement) or _by_question(text, statement) or _by_verb(doc, text, statement) or "asserted"


def _by_cue(text: str, statement: Statement) -> Polarity | None:
    if statement.cue is None:
        return None
    cue, opening = _cue_words(text, statement), _opening(text, statement)
    if _QUESTION_CUE.search(cue):
        return "question"
    if _ASK.search(cue) and not _ASKED_FOR.search(cue):
        return _asked(text, statement, opening)
    found = [(hit.start(), polarity) for polarity, words in _CUE if (hit := words.search(cue))]
    if found:
        begins, polarity = min(found)
        return None if _NOT.search(cue[:begins]) and polarity != "expected" else polarity
    for polarity, words, opens in _BY_OPENING:
        if words.search(cue) and opens.match(opening):
            return polarity
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
    return re.sub(r"[“”\"]", "", statement.content[0].of(text).strip(_MARKS)[:120])


def _ends_in_question(text: str, statement: Statement) -> bool:
    return any(span.of(text).rstrip(_MARKS + ",").endswith("?") for span in statement.content)


def _by_question(text: str, statement: Statement) -> Polarity | None:
    return "question" if statement.content[-1].of(text).rstrip(_MARKS + ",").endswith("?") else None


def _by_verb(doc: Doc, text: str, statement: Statement) -> Polarity | None:
    """What the first sentence of the content says of its main verb."""
    opening = _first_sentence(text, statement)
    verb = _main_verb(doc, statement.content[0])
    if _ought(opening) or _imperative(doc, statement) or _urges(text, statement):
        return "call"
    if verb is not None and (_wants(verb, statement) or _needs(verb)):
        return "call"
    return "expected" if _is_to_come(doc, statement, opening, verb) else None


def _is_to_come(doc: Doc, statement: Statement, opening: str, verb: Token | None) -> bool:
    """Whether the main verb is in the future, or in what was the future when it was said ("would").

    Both count in indirect and mixed speech only. In whole quotations "will" is as often a manner of speaking as a plan
    ("I will say this"): in the tuning stories 16 of 50 such are ``expected``, but half of those in which somebody else
    than the speaker will do something, or which say when.
    """
    helpers = _helpers(doc, statement, opening)
    if statement.kind == "direct":
        if verb is None or not helpers & _WILL:
            return False
        subject = _subject(verb)
        other = subject is not None and subject.pos_ in ("NOUN", "PROPN") and verb.lemma_ not in _NO_FORECAST
        return other or _SOON.search(opening) is not None
    if verb is not None and _is_planned(verb):
        return True
    return bool(helpers & _WILL) or ("would" in helpers and not _WOULD_HAVE.search(opening))


def _is_planned(verb: Token) -> bool:
    """Whether somebody plans it or it is due. What "is intended to" do something has a purpose, which is no plan."""
    if verb.lower_ != "scheduled" and not any(child.dep_ == "xcomp" for child in verb.children):
        return False
    has_be = any(child.lower_ in _BE for child in verb.children)
    if verb.lower_ in _COMING:
        return has_be
    return verb.pos_ == "VERB" and verb.lemma_ in _PLANNING and not (has_be and verb.lower_.endswith("ed"))


def _ought(opening: str) -> bool:
    ought = _OUGHT.search(opening)
    if ought is None or _BELOW.search(opening[: ought.start()]):
        return False
    return not (_OUGHT_HAVE.match(opening, ought.start()) or _NOT_OUGHT.match(opening, ought.start()))


def _urges(text: str, statement: Statement) -> bool:
    """Whether a quotation says that its speaker demands something: "We urge the council to wait"."""
    return statement.kind != "indirect" and any(_WE_URGE.search(span.of(text)) for span in statement.content)


def _wants(verb: Token, statement: Statement) -> bool:
    """Whether the speaker wants somebody else to do something: "he wants the council to wait".

    In whole quotations that is "I" and "we"; what others want is told, not demanded.
    """
    subject = _subject(verb)
    if verb.lemma_ != "want" or subject is None or subject.pos_ != "PRON" or _is_modified(verb):
        return False
    if statement.kind == "direct" and subject.lower_ not in ("i", "we"):
        return False
    to = next((token for token in verb.subtree if token.i > verb.i and token.lower_ == "to"), None)
    return to is not None and to.i > verb.i + 1


def _needs(verb: Token) -> bool:
    """Whether somebody needs to do something. Of oneself, or of "it", that is a reason and no demand."""
    subject = _subject(verb)
    if verb.lemma_ != "need" or subject is None or subject.lower_ in ("i", "he", "she", "it") or _is_modified(verb):
        return False
    deeds = [child for child in verb.children if child.dep_ == "xcomp"]
    return any(token.lower_ == "to" and token.i <= verb.i + 2 for deed in deeds for token in deed.children)


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_.startswith("nsubj")), None)


def _is_modified(verb: Token) -> bool:
    """Whether the verb is denied or has a small verb: "does not want", "will need"."""
    return any(child.dep_.startswith("aux") or _NOT.fullmatch(child.lower_) for child in verb.children)


def _first_sentence(text: str, statement: Statement) -> str:
    first = statement.content[0]
    end = days.sentence(text, Span(first.start, min(first.start + 2, first.end)))[1]
    return text[first.start : min(first.end, end)].strip(_MARKS).replace("\u00a0", " ")


def _helpers(doc: Doc, statement: Statement, opening: str) -> set[str]:
    """The small verbs that go with the main verb: by the parse, by the first verb there is, or after a condition."""
    found: set[str] = set()
    verb = _main_verb(doc, statement.content[0])
    if verb is not None:
        found |= {child.lower_ for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")}
    inside = doc.char_span(*statement.content[0], alignment_mode="contract")
    first = next((token for token in inside or () if token.pos_ in ("VERB", "AUX")), None)
    if inside is not None and first is not None and first.pos_ == "AUX":
        before = {token.lower_ for token in inside[1 : max(first.i - inside.start, 1)]}
        if not before & _RELATIVE:
            found.add(first.lower_)
    if condition := _CONDITION.match(opening):
        found.add(condition[1].lower())
    return found


def _imperative(doc: Doc, statement: Statement) -> bool:
    """Whether a sentence of a quotation opens with a bare verb that has no subject: "Cancel the meeting"."""
    quoted = doc.char_span(*statement.content[0], alignment_mode="contract")
    if quoted is None or statement.kind == "indirect":
        return False
    opens = True
    for token in quoted:
        if token.text[0] in ".!?":
            opens = True
        elif opens and not (token.is_punct or token.is_space or token.lower_ in _LIGHT):
            opens = False
            if _is_bare(token):
                return True
    return False


def _is_bare(token: Token) -> bool:
    if token.lower_ != "be" and (token.pos_ != "VERB" or token.lemma_ != token.lower_ or token.lemma_ in _MANNERS):
        return False
    helped = [child for child in token.children if child.dep_.startswith("aux") and child.lower_ != "do"]
    return not helped and _subject(token) is None


def _main_verb(doc: Doc, span: Span) -> Token | None:
    """The verb on which the first sentence of the content hangs."""
    inside = doc.char_span(span.start, span.end, alignment_mode="contract")
    if inside is None:
        return None
    first, last = inside.start, inside.end
    for token in inside:
        hangs = not first <= token.head.i < last and token.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
        if hangs or token.dep_ == "ROOT":
            return token
    return None
