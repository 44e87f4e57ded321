"""What each article does not carry. Silence is shown, with what may explain it, and never called by another name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whosays.report import phrases
from whosays.report.view import passages
from whosays.report.view.claims import Row
from whosays.report.view.passages import Shown
from whosays.report.view.story import Outlet, Story


@dataclass(frozen=True, slots=True)
class Lacking:
    """A claim that an article does not carry; ``later`` where all who carry it were published after the article."""

    row: Row
    carriers: tuple[Outlet, ...]
    later: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """An article: the claims that it lacks, and the statements that it alone has."""

    outlet: Outlet
    lacks: tuple[Lacking, ...]
    claims: int
    only: tuple[Shown, ...]

    @property
    def share(self) -> str:
        return f"{len(self.lacks)} of {phrases.counted(self.claims, 'shared claim')}"

    @property
    def share_only(self) -> str:
        return f"{len(self.only)} of {phrases.counted(self.outlet.statements, 'statement')}"


def find(story: Story, rows: Sequence[Row]) -> tuple[Silence, ...]:
    """One for each article of a story that was compared, in the order of the articles."""
    if not story.compared:
        return ()
    only = story.document["only_in"]
    return tuple(
        Silence(
            outlet=outlet,
            lacks=tuple(_lacking(outlet, row) for row in rows if outlet in row.silent),
            claims=len(rows),
            only=tuple(passages.show(story, id_) for id_ in only.get(outlet.id, ())),
        )
        for outlet in story.outlets
    )


def _lacking(outlet: Outlet, row: Row) -> Lacking:
    return Lacking(row, row.carriers, all(outlet.moment.before(carrier.moment) for carrier in row.carriers))
