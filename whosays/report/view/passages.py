"""Passages as they are shown: whose words they are, in which article, and which words no other one beside them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from whosays.report import phrases
from whosays.report.view.story import Json, Outlet, Story, Voice, shown

Stance = Literal["says", "hedges", "denies", "asks", "calls for", "expects"]

STANCES: Final[dict[str, Stance]] = {
    "asserted": "says",
    "denied": "denies",
    "question": "asks",
    "call": "calls for",
    "expected": "expects",
}
# Words that take back a part of what is said; shown to the reader, who sees what the stance rests on.
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|probably|likely|apparently|reportedly|allegedly|alleged(?:ly)?|suspected|"
    r"unconfirmed|unverified|appear(?:s|ed)?|seem(?:s|ed)?|believed|suggest(?:s|ed)?)\b",
    re.I,
)
_OWN: Final = "own words"
_OWN_VOICE: Final = "in its own voice"
_WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Function words: which of them a reporter took is no difference to look at.
_SMALL: Final = frozenset(
    "a an the and or but of to in on at by for from with as that this these those it its he she they his her their him "
    "them we our us i my me you your is are was were be been being has have had do does did will would shall which who "
    "whom whose what when where there then than so if into up out also said says".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a passage; ``own`` where no other passage beside it has these words."""

    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement or passage as it is shown; ``id`` is the statement's, "" for words in the outlet's own voice.

    ``cue`` is the verb, verbatim; ``hedge`` the word that makes it less than said; ``polarity`` what it is if not
    asserted: "denied"; ``at`` the anchor of its sentence; ``relays`` stand between the speaker and the article, nearest
    the speaker first.
    """

    id: str
    outlet: Outlet
    voice: Voice
    stance: Stance
    cue: str
    hedge: str
    polarity: str
    at: str
    words: tuple[Words, ...]
    facts: tuple[str, ...]
    relays: tuple[str, ...]
    claims: tuple[str, ...]
    conflicts: tuple[str, ...]
    keys: str

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)

    @property
    def chain(self) -> str:
        """How it came to its article, the outlet first and the speaker last."""
        speaker = [self.voice.name] if self.id else []
        return phrases.chained([self.outlet.name, *reversed(self.relays), *speaker])

    @property
    def about(self) -> tuple[str, ...]:
        """What to know beside its words, what turns their meaning first."""
        every = (self.polarity, self.voice.note, *self.facts) if self.id else (_OWN_VOICE,)
        return tuple(fact for fact in every if fact)

    @property
    def line(self) -> str:
        """A statement in a line of an overview, which must not make an assertion of what is none."""
        turned = f" ({self.polarity})" if self.polarity else ""
        return f"{self.voice.name}{turned}: {phrases.quoted(phrases.shorten(self.text))}"


def show(story: Story, member: Any) -> Shown:
    """One statement (by its id) or passage."""
    if isinstance(member, str):
        return _statement(story, story.statements[member])
    article, (start, end) = member
    text = shown(story.texts[article][start:end])
    hedge = _HEDGE.search(text)
    return Shown(
        id="",
        outlet=story.outlet[article],
        voice=Voice("", _OWN, 0, "v0", ""),
        stance="hedges" if hedge else "says",
        cue="",
        hedge=hedge.group() if hedge else "",
        polarity="",
        at=story.at_passage(member),
        words=(Words(text),),
        facts=(),
        relays=(),
        claims=story.claims_of(member),
        conflicts=story.conflicts_of(member),
        keys=story.keys([member]),
    )


def said_in(story: Story, outlet: Outlet) -> list[Shown]:
    """The statements of an article in the order of its text, each with the words that credit it among its facts."""
    ids = story.in_order(id_ for id_, statement in story.statements.items() if statement["article"] == outlet.id)
    return [replace(one, facts=(*one.facts, *_credit(story, id_))) for id_ in ids for one in (show(story, id_),)]


def _credit(story: Story, id_: str) -> list[str]:
    statement = story.statements[id_]
    words = phrases.credit((statement["source"], statement["cue"]), story.texts[statement["article"]])
    return [words] if words else []


def compared(story: Story, members: Iterable[Any]) -> tuple[Shown, ...]:
    """Members in order, each with the words marked that none of the others has."""
    every = [show(story, member) for member in story.in_order(members)]
    marked = differences([one.text for one in every])
    return tuple(replace(one, words=words) for one, words in zip(every, marked, strict=True))


def differences(texts: Sequence[str]) -> list[tuple[Words, ...]]:
    """Each text in pieces, those marked as its own whose words stand in no other text; small words never are."""
    if len(texts) < 2:
        return [(Words(text),) for text in texts]
    inside = Counter(word for text in texts for word in {_plain(m.group()) for m in _WORD.finditer(text)})
    return [tuple(_pieces(text, inside)) for text in texts]


def _pieces(text: str, inside: Counter[str]) -> Iterable[Words]:
    """Words of its own that follow one another become one piece."""
    spans: list[list[int]] = []
    for match in _WORD.finditer(text):
        word = _plain(match.group())
        if word in _SMALL or inside[word] > 1:
            continue
        if spans and not text[spans[-1][1] : match.start()].strip():
            spans[-1][1] = match.end()
        else:
            spans.append([match.start(), match.end()])
    done = 0
    for start, end in spans:
        if start > done:
            yield Words(text[done:start])
        yield Words(text[start:end], own=True)
        done = end
    if done < len(text):
        yield Words(text[done:])


def _plain(word: str) -> str:
    """A word as it is compared: small, its plural and possessive endings off."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _statement(story: Story, statement: Json) -> Shown:
    text = shown(statement["text"]["content"])
    cue = shown(statement["text"]["cue"] or "")
    stance: Stance = STANCES.get(statement["polarity"], "says")
    hedge = _HEDGE.search(cue) or _HEDGE.search(text)
    hedged = stance == "says" and (hedge is not None or statement["naming"] == "unattributed")
    said_on, recipient = statement["said_on"], statement["text"].get("recipient")
    told = [phrases.KIND.get(statement["kind"], ""), f"to {phrases.called(recipient)}" if recipient else ""]
    told.append(f"said on {said_on}" if said_on else "")
    return Shown(
        id=phrases.clean(statement["id"]),
        outlet=story.outlet[statement["article"]],
        voice=story.voice(statement),
        stance="hedges" if hedged else stance,
        cue=cue,
        hedge=hedge.group() if hedge and hedged else "",
        polarity=phrases.POLARITY.get(statement["polarity"], ""),
        at=story.at(statement["id"]),
        words=(Words(text),),
        facts=tuple(filter(None, told)),
        relays=tuple(phrases.called(name) for name in story.relays(statement)),
        claims=story.claims_of(statement["id"]),
        conflicts=story.conflicts_of(statement["id"]),
        keys=story.keys([statement["id"]]),
    )
