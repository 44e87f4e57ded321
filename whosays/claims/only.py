"""What one article has and no other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whosays.claims.claim import Claim, Conflict
from whosays.statements.analysis import Analysis


def find(
    analyses: Sequence[Analysis], claims: Iterable[Claim], conflicts: Iterable[Conflict] = ()
) -> dict[str, tuple[str, ...]]:
    """By article id, the statements that stand in no claim, in text order.

    Nor in a conflict: of what two articles tell differently neither is silent.
    """
    shared = {statement for claim in claims for statement in claim.statements}
    shared |= {statement for conflict in conflicts for statement in conflict.statements}
    return {a.article.id: tuple(s.id for s in a.statements if s.id not in shared) for a in analyses}
