"""Passages as they are shown: whose words they are, in which article, and which words no other one beside them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from whosays.report import phrases
from whosays.report.page.story import Json, Outlet, Story, Voice, shown

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
    """A statement or passage as it is shown.

    ``cue`` is the verb, verbatim; ``hedge`` the word that makes it less than said; ``at`` the anchor of its sentence;
    ``chain`` how it came to the article, where an outlet or agency stands between.
    """

    outlet: Outlet
    voice: Voice
    stance: Stance
    cue: str
    hedge: str
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


def show(story: Story, member: Any) -> Shown:
    """One statement (by its id) or passage."""
    if isinstance(member, str):
        return _statement(story, story.statements[member])
    article, (start, end) = member
    text = shown(story.texts[article][start:end])
    hedge = _HEDGE.search(text)
    return Shown(
        outlet=story.outlet[article],
        voice=Voice("", _OWN, 0, "v0", ""),
        stance="hedges" if hedge else "says",
        cue="",
        hedge=hedge.group() if hedge else "",
        at=story.at_passage(member),
        words=(Words(text),),
        facts=(),
        relays=(),
        claims=story.claims_of(member),
        conflicts=story.conflicts_of(member),
        keys=story.keys([member]),
    )


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
        outlet=story.outlet[statement["article"]],
        voice=story.voice(statement),
        stance="hedges" if hedged else stance,
        cue=cue,
        hedge=hedge.group() if hedge and hedged else "",
        at=story.at(statement["id"]),
        words=(Words(text),),
        facts=tuple(filter(None, told)),
        relays=tuple(phrases.called(name) for name in story.relays(statement)),
        claims=story.claims_of(statement["id"]),
        conflicts=story.conflicts_of(statement["id"]),
        keys=story.keys([statement["id"]]),
    )
