"""How a report is made and how often it is wrong: the one place that holds the measured rates for readers.

``tests/test_page.py`` holds them to the tables of the README, which docs/accuracy.md explains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from whosays.report.view.story import Story, shown

MEASURED_ON: Final = "seven annotated stories that the program was not trained on"


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of something is right, from 0 to 1, and what that means to a reader."""

    what: str
    right: str
    meaning: str


RATES: Final = (
    Rate(
        "statements, content and source right (F1)", ".76",
        "of four statements about one is wrong, cut badly or missed",
    ),
    Rate(
        "speakers, the same person one key across articles (B-cubed F1)", ".92",
        "few are taken for two, or two for one",
    ),
    Rate("relays (F1)", ".68", "about a third of the agencies between a speaker and an article are missed or wrong"),
    Rate(
        "kind / naming / polarity / day right", ".98 / .96 / .59 / .85",
        "least sure is polarity: whether something is asserted, denied or expected",
    ),
    Rate(
        "claims, pairs of passages (F1) / names (F1)", ".50 / .60",
        "most claims that are put in other words are missed: a silent cell may be one of them",
    ),
    Rate("origins counted right / conflicts found (F1)", ".61 / .30", "leads to follow up, not counts to print"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Method:
    """What made the report, and its rates."""

    version: str
    model: str
    measured_on: str
    rates: tuple[Rate, ...]


def make(story: Story) -> Method:
    made_by = story.document["made_by"]
    return Method(shown(made_by["version"]), shown(made_by["model"]), MEASURED_ON, RATES)
