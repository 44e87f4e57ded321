"""Where the articles part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from whosays.report import phrases
from whosays.report.view import passages
from whosays.report.view.claims import Row
from whosays.report.view.passages import Shown
from whosays.report.view.story import Story, members_of, shown

_KINDS: Final[dict[str, str]] = {str(type_): words for type_, words in phrases.CONFLICT.items()}


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict: ``why`` in words, its sides side by side with their own words marked.

    ``update`` says which article may only know more, being later; ``claims`` are anchors.
    """

    anchor: str
    kind: str
    why: str
    confidence: float
    sides: tuple[Shown, ...]
    claims: tuple[str, ...]
    update: str
    keys: str

    @property
    def number(self) -> str:
        return self.anchor[1:]

    @property
    def sentence(self) -> str:
        """Its kind and why, and that it may be an update."""
        why = "; ".join(part for part in (self.why, self.update) if part)
        return f"{self.kind}: {why}" if why else self.kind


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict, or a claim that somebody denies; ``anchor`` leads to it, ``sentence`` says all of it."""

    kind: str
    why: str
    sentence: str
    anchor: str
    sides: tuple[Shown, ...]


def find(story: Story) -> tuple[Clash, ...]:
    """The conflicts in the order of the document: the surest first."""
    made = []
    for number, conflict in enumerate(story.conflicts, start=1):
        members = members_of(conflict)
        sides = passages.compared(story, members)
        made.append(
            Clash(
                anchor=f"x{number}",
                kind=_KINDS.get(conflict["type"], shown(conflict["type"])),
                why=shown(conflict["why"]),
                confidence=conflict["confidence"],
                sides=sides,
                claims=tuple(dict.fromkeys(claim for side in sides for claim in side.claims)),
                update=_update(story, conflict.get("update")),
                keys=story.keys(members),
            )
        )
    return tuple(made)


def disputes(clashes: Iterable[Clash], rows: Iterable[Row]) -> tuple[Dispute, ...]:
    """The conflicts and the claims denied without one: each once, the first of every kind before the second of any."""
    found = [Dispute(clash.kind, clash.why, clash.sentence, clash.anchor, clash.sides) for clash in clashes]
    found += [_denied(row) for row in rows if not row.conflicts and any(one.stance == "denies" for one in row.said)]
    seen: Counter[str] = Counter()
    placed: dict[tuple[str, str], tuple[int, int, Dispute]] = {}
    for place, dispute in enumerate(found):
        if (dispute.kind, dispute.why) not in placed:
            placed[dispute.kind, dispute.why] = (seen[dispute.kind], place, dispute)
            seen[dispute.kind] += 1
    return tuple(dispute for *_, dispute in sorted(placed.values(), key=lambda one: one[:2]))


def _denied(row: Row) -> Dispute:
    denying = [one for one in row.said if one.stance == "denies"]
    kind = f"Denied by {phrases.listed(dict.fromkeys(one.voice.name for one in denying))}"
    why = phrases.quoted(phrases.shorten(denying[0].text, 80))  # the claim's own words may be the opposite
    others = (one for one in row.said if one.stance != "denies" and all(one.voice is not no.voice for no in denying))
    return Dispute(kind, why, f"{kind}: {why}", row.anchor, (*denying, *others))


def _update(story: Story, article: str | None) -> str:
    """That a conflict may be a later state of affairs, in words; "" where nothing tells so."""
    return f"may be an update: {story.outlet[article].name} is later" if article and article in story.outlet else ""
