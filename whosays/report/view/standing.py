"""Who holds what and who supports whom, as the articles say it; only where the document has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whosays.report import chronicle, phrases
from whosays.report.view import reader
from whosays.report.view.story import Outlet, Story, shown


@dataclass(frozen=True, slots=True)
class Standing:
    """``who`` is said (``verb``) to hold or support ``what``, ``by`` whom; ``href`` leads to the passage."""

    who: str
    verb: str
    what: str
    support: str
    by: str
    as_of: str
    outlet: Outlet
    href: str
    keys: str


def find(story: Story) -> tuple[Standing, ...]:
    """In the order of the document."""
    made = []
    for found in story.document.get("standing") or ():
        outlet = story.outlet[found["article"]]
        statement = found.get("statement")
        made.append(
            Standing(
                who=shown(found["who"] or ""),
                verb=chronicle.SAID.get(found["kind"], shown(found["kind"])),
                by=_speaker(story, statement),
                what=shown(found["what"] or ""),
                support=shown(found["with"] or ""),
                as_of=phrases.interval(shown(found["as_of"] or "")),
                outlet=outlet,
                href=f"#{reader.paragraph_at(story, found['article'], found['span'][0])}",
                keys=story.keys([statement]) if statement in story.statements else outlet.anchor,
            )
        )
    return tuple(made)


def _speaker(story: Story, statement: Any) -> str:
    """By whose word: the speaker of the statement; "" where the outlet says so itself."""
    if statement not in story.statements:
        return ""
    voice = story.voices.get(story.statements[statement]["speaker"] or "")
    return voice.name if voice else ""
