"""When an article was published, for formats that take nothing but a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from whosays.report.report import ReadArticle

_DAY: Final = len("2031-05-02")


@dataclass(frozen=True, slots=True)
class Moment:
    """``at`` is as written: without a zone where none was given, midnight of a day. ``timed``: more than a day."""

    at: datetime
    timed: bool

    @property
    def utc(self) -> datetime:
        """What has no zone is taken for UTC: the order of articles then is that of their clocks."""
        return self.at.astimezone(UTC) if self.at.tzinfo else self.at.replace(tzinfo=UTC)


def read(published: str | None) -> Moment | None:
    """Out of an ISO 8601 date, or date and time; ``None`` for what is neither."""
    try:
        at = datetime.fromisoformat(published or "")
        at.astimezone(UTC)  # the last hour of the calendar has none
    except (ValueError, OverflowError):
        return None
    return Moment(at, len(published or "") > _DAY)


def latest(articles: Iterable[ReadArticle]) -> Moment | None:
    """The last publication of all, as far as they are known."""
    every = [moment for article in articles if (moment := read(article.article.published))]
    return max(every, key=lambda moment: moment.utc, default=None)
