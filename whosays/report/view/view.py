"""All that a report shows, section by section: what the page, the terminal and Markdown lay out."""

from __future__ import annotations

from functools import cached_property

from whosays.report.view import (
    claims,
    conflicts,
    head,
    method,
    names,
    places,
    reader,
    silence,
    sourcing,
    standing,
    times,
    tree,
)
from whosays.report.view.conflicts import Dispute
from whosays.report.view.story import Json, Outlet, Story


class View:
    """What is shown of a report document, which must have its texts; what the document lacks is empty.

    A section is made when it is first asked for, so that a form pays only for those that it lays out. Raises KeyError
    for a document without the texts of its articles.
    """

    def __init__(self, document: Json) -> None:
        self.story = Story(document)

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        return self.story.outlets

    @property
    def compared(self) -> bool:
        return self.story.compared

    @cached_property
    def head(self) -> head.Head:
        return head.make(self.story, self.rows, self.disputes, self.silence)

    @cached_property
    def tree(self) -> tree.Tree:
        return tree.make(self.story)

    @cached_property
    def rows(self) -> tuple[claims.Row, ...]:
        return claims.find(self.story)

    @cached_property
    def shared(self) -> tuple[claims.Shared, ...]:
        return claims.shared(self.rows)

    @cached_property
    def conflicts(self) -> tuple[conflicts.Clash, ...]:
        return conflicts.find(self.story)

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        return conflicts.disputes(self.conflicts, self.rows)

    @cached_property
    def silence(self) -> tuple[silence.Silence, ...]:
        return silence.find(self.story, self.rows)

    @cached_property
    def names(self) -> tuple[names.Name, ...]:
        return names.find(self.story)

    @cached_property
    def days(self) -> tuple[times.Day, ...]:
        return times.find(self.story)

    @cached_property
    def map(self) -> places.Map | None:
        return places.find(self.story)

    @cached_property
    def standing(self) -> tuple[standing.Standing, ...]:
        return standing.find(self.story)

    @cached_property
    def sourcing(self) -> tuple[sourcing.Group, ...]:
        return sourcing.find(self.story, self.rows)

    @cached_property
    def articles(self) -> tuple[reader.Page, ...]:
        return reader.make(self.story)

    @cached_property
    def method(self) -> method.Method:
        return method.make(self.story)
