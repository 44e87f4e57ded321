"""What an editor wants within ten seconds: whose word several outlets carry, what is disputed, what each one lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from whosays.report import phrases
from whosays.report.parts import Answer, Clash, Line, Outline

MOST: Final = 4  # lines of an answer; the sections below have them all
MOST_BENEATH: Final = 2


def make(made: Outline) -> tuple[Answer, ...]:
    """The three answers for several articles that were compared."""
    lineages = "; ".join(f"{number:,} {words}" for number, words in made.lineages)
    shared = f"Of {phrases.counted(len(made.claims), 'shared claim')}: {lineages}"
    shared = shared if made.claims else "No claim was found that two articles share."
    disputed = _cut([_dispute(clash) for clash in made.clashes], "conflict")
    return (
        Answer("Origins", (Line(shared), *_cut(list(_origins(made)), "origin"))),
        Answer("Disputed", disputed or (Line("No conflict was found."),)),
        Answer("Missing", tuple(_missing(made))),
    )


def _cut(lines: Sequence[Line], noun: str) -> tuple[Line, ...]:
    left = len(lines) - MOST
    return (*lines[:MOST], Line(f"… and {phrases.counted(left, f'more {noun}')}, below")) if left > 0 else tuple(lines)


def _origins(made: Outline) -> Iterator[Line]:
    for origin in made.common:
        hanging = sum(len(each.claims) for each in origin.hanging)
        links = phrases.listed(dict.fromkeys(each.link for each in origin.hanging))
        whole = len(origin.outlets) == len(made.sections) > 2
        outlets = f"all {len(origin.outlets)} outlets" if whole else phrases.listed(origin.outlets)
        about = f" ({origin.about})" if origin.about else ""
        yield Line(f"{origin.who}{about} is behind {outlets}: {phrases.counted(hanging, 'claim')}, {links}")


def _dispute(clash: Clash) -> Line:
    """A conflict with two of its sides, of different articles where it has such."""
    first, *others = clash.sides
    across = [side for side in others if side.article != first.article] or others
    sides = ((f"{side.article}:", phrases.unquoted(side.words)) for side in (first, *across[:1]))
    return Line(f"{clash.kind}: {clash.why}" if clash.why else clash.kind, tuple(sides))


def _missing(made: Outline) -> Iterator[Line]:
    for section in made.sections:
        lacks = [claim for claim in made.claims if section.article in claim.silent]
        alone = f"{phrases.counted(len(section.only), 'statement')} that no other has"
        if not lacks:
            yield Line(f"{section.article} has {f'every shared claim, and {alone}' if made.claims else alone}")
            continue
        beneath = tuple((claim.id, claim.words) for claim in lacks[:MOST_BENEATH])
        share = f"{len(lacks)} of {phrases.counted(len(made.claims), 'shared claim')}"
        more = ", among them" if len(lacks) > MOST_BENEATH else ":"
        yield Line(f"{section.article} has {alone}, and lacks {share}{more}", beneath)
