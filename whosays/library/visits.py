"""One visit to a feed, step by step: the feed, then each article in it that the library does not have.

A visit is written as a generator: it yields what is to be fetched and is sent the answer. So it reads from top to
bottom, uses the library from one thread only, and can be left between any two articles with nothing lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from ..errors import (
    AskedToWait,
    BadStatus,
    InputError,
    NoArticles,
    NoFeeds,
    SitemapIndex,
    Stopped,
    Unfetched,
    WhosaysError,
)
from ..settings import Settings
from ..text import reading
from ..text.entry import Entry, Link
from . import addresses
from .feeds import Book, FeedState, Outcome
from .fetching import Fetched, NotModified
from .pacing import Clock

DAY: Final = 86_400.0
_LONGEST_PAUSE: Final = 6 * 3600.0  # seconds between two visits to a feed that fails; once it is back, little is lost
_SITEMAP: Final = re.compile(rb"<(?:\w+:)?urlset\b")
_FIRST_RETURN: Final = 3600.0  # seconds until an article is asked for once more, then twice that, and so on
_LAST_RETURN: Final = 8 * _FIRST_RETURN  # so that one is asked for after 1, 3, 7 and 15 hours, when corrections come
_MOST_SITEMAPS: Final = 5  # of an index, the latest; a news site's index reaches back for decades
_WORTH_A_WORD: Final = 20  # articles that take long enough, a second or more each, for one to wonder


@dataclass(frozen=True, slots=True)
class Ask:
    """What a visit wants fetched next."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


Answer = Fetched | NotModified | WhosaysError
Steps = Generator[Ask, Answer, FeedState]


@dataclass(slots=True)
class _Miss:
    """An article that could not be had: when to ask again, and how long the pause before that was."""

    again_at: float
    pause: float


@dataclass(frozen=True, slots=True)
class _Return:
    """An article that is here: when to ask whether it has changed, and with what the server knows it by."""

    link: Link
    again_at: float
    pause: float
    etag: str | None
    last_modified: str | None


@dataclass(slots=True)
class Tally:
    """What one visit brought."""

    fetched: int = 0
    new: int = 0
    changed: int = 0
    refused: int = 0
    left: int = 0  # articles that a later visit must still fetch
    stopped: bool = False


@dataclass(slots=True)
class Visitor:
    """What visits share. ``every`` is the pause between two visits to a feed that is well, in seconds."""

    book: Book
    clock: Clock
    settings: Settings
    every: float
    say: Callable[[str], None]
    in_hand: set[str] = field(default_factory=set)  # articles that some visit is fetching
    _misses: dict[str, dict[str, _Miss]] = field(default_factory=dict)  # by feed, then by article
    _returns: dict[str, dict[str, _Return]] = field(default_factory=dict)  # the same, of this watch

    def visit(self, state: FeedState) -> Steps:
        """Visit a feed once; ends with its state afterwards, which is yet to be recorded."""
        answer = yield Ask(state.url, state.etag, state.last_modified)
        if isinstance(answer, Stopped):
            return state
        if isinstance(answer, WhosaysError):
            return self._failed(state, answer)
        tally = Tally()
        seen = state
        if isinstance(answer, Fetched):
            try:
                kind, links = yield from self._links(answer)
            except Stopped:
                return state
            except WhosaysError as problem:
                return self._failed(state, problem)
            seen = replace(state, kind=kind, title=state.title or _title(links))
            yield from self._articles(seen, links, tally)
            if links and not tally.left and kind != "index":
                # Only now: with them, the server would keep back a list whose articles are not all here. One without
                # any may have been cut off, and an index may stay as it is while its parts change.
                seen = replace(seen, etag=answer.etag, last_modified=answer.last_modified)
        if not tally.stopped:
            yield from self._returning(seen, tally)
        seen = replace(seen, fetched=state.fetched + tally.fetched, added=state.added + tally.new + tally.changed)
        if state.is_failing:
            self.tell(seen, "answers again")
        self._sum_up(seen, tally)
        now = self.clock.today()
        due = _later(now, 0.0 if tally.stopped else self.every)
        seen = replace(seen, every_seconds=self.every, next_due=due)
        return replace(seen, first_try=seen.first_try or _iso(now), last_try=_iso(now), last_success=_iso(now))

    def tell(self, state: FeedState, words: str) -> None:
        """One line on the terminal about a feed, with the time of day here."""
        self.say(f"{self.clock.today().astimezone():%H:%M} {name(state)}: {words}")

    def _failed(self, state: FeedState, problem: WhosaysError) -> FeedState:
        """The state after a visit that failed. The pause grows from visit to visit, up to some hours."""
        grown = min(2 * state.every_seconds, _LONGEST_PAUSE) if state.is_failing else self.every
        pause = min(max(grown, self.every, _asked_for(problem)), max(DAY, self.every))
        self.tell(state, f"{problem} Next try in {duration(pause)}.")
        now = self.clock.today()
        when = _iso(now)
        state = replace(state, every_seconds=pause, next_due=_later(now, pause), first_try=state.first_try or when)
        return replace(state, last_try=when, last_error=when, error=str(problem))

    def _links(self, fetched: Fetched) -> Generator[Ask, Answer, tuple[str, list[Link]]]:
        """Which kind it is, and the articles that it lists, each once; of an index those of its latest parts.

        Raises :class:`~whosays.errors.InputError` where it is none.
        """
        try:
            return "sitemap" if _SITEMAP.search(fetched.body[:4096]) else "feed", _read(fetched)
        except SitemapIndex as index:
            parts = index.sitemaps[:_MOST_SITEMAPS]
        gathered: dict[str, Link] = {}
        for part in parts:
            answer = yield Ask(part)
            if isinstance(answer, WhosaysError):
                raise answer
            if isinstance(answer, Fetched):
                gathered.update((link.url, link) for link in _read(answer))
        return "index", list(gathered.values())

    def _articles(self, state: FeedState, links: list[Link], tally: Tally) -> Generator[Ask, Answer, None]:
        """Fetch what is new, one article after the other, and hand it to the library."""
        misses = self._misses.get(state.url, {})
        self._misses[state.url] = misses = {link.url: misses[link.url] for link in links if link.url in misses}
        wanted = list(self._wanted(links, misses, tally))
        if len(wanted) >= _WORTH_A_WORD:
            self.tell(state, f"fetching {min(len(wanted), self.settings.articles_a_visit)} articles")
        for number, link in enumerate(wanted):
            if number == self.settings.articles_a_visit:
                tally.left += len(wanted) - number
                break
            self.in_hand.add(link.url)
            try:
                answer = yield Ask(link.url)
            finally:
                self.in_hand.discard(link.url)
            if isinstance(answer, (Stopped, AskedToWait)):
                tally.stopped = isinstance(answer, Stopped)
                tally.left += len(wanted) - number
                break
            if isinstance(answer, WhosaysError):
                self.tell(state, str(answer))
                self.book.refuse(link.url, answer)
                comes = self._missed(misses, link.url, passing=isinstance(answer, Unfetched) and answer.passing)
                tally.left += comes
                tally.refused += not comes
            elif isinstance(answer, Fetched):
                tally.fetched += 1
                self._take_in(state, answer, link, tally)

    def _returning(self, state: FeedState, tally: Tally) -> Generator[Ask, Answer, None]:
        """Ask whether the articles of the last hours have changed. One that fails is as well asked the next time."""
        returns = self._returns.setdefault(state.url, {})
        due = [one for one in returns.values() if one.again_at <= self.clock.now()]
        for one in due[: self.settings.articles_a_visit]:
            answer = yield Ask(one.link.url, one.etag, one.last_modified)
            if isinstance(answer, (Stopped, AskedToWait)):
                tally.stopped = isinstance(answer, Stopped)
                return
            del returns[one.link.url]
            known = answer if isinstance(answer, Fetched) else one
            self._come_back(state, one.link, known.etag, known.last_modified, 2 * one.pause)
            if isinstance(answer, Fetched):
                tally.fetched += 1
                with suppress(InputError):  # what is no article any more was one: that is what the library keeps
                    tally.changed += self.book.add(answer, one.link).what == "changed"

    def _come_back(
        self, state: FeedState, link: Link, etag: str | None, last_modified: str | None, pause: float = _FIRST_RETURN
    ) -> None:
        if pause <= _LAST_RETURN:
            found = _Return(link, self.clock.now() + pause, pause, etag, last_modified)
            self._returns.setdefault(state.url, {})[link.url] = found

    def _wanted(self, links: list[Link], misses: dict[str, _Miss], tally: Tally) -> Iterator[Link]:
        for link in links:
            miss = misses.get(link.url)
            if self.book.knows(link.url) or (miss is not None and miss.pause >= DAY and self._is_early(miss)):
                continue
            if link.url in self.in_hand or (miss is not None and self._is_early(miss)):
                tally.left += 1
            else:
                yield link

    def _is_early(self, miss: _Miss) -> bool:
        return self.clock.now() < miss.again_at

    def _missed(self, misses: dict[str, _Miss], url: str, *, passing: bool) -> bool:
        """Remember when to ask for an article again: later each time, or tomorrow. Whether a visit must come for it."""
        before = misses.get(url)
        pause = min(2 * before.pause if before else self.every, DAY) if passing else DAY
        misses[url] = _Miss(self.clock.now() + pause, pause)
        return pause < DAY

    def _take_in(self, state: FeedState, fetched: Fetched, link: Link, tally: Tally) -> None:
        try:
            outcome = self.book.add(fetched, link)
        except InputError as problem:
            self.book.refuse(link.url, problem)
            outcome = Outcome("refused", str(problem))
        if outcome.what == "refused":
            self.tell(state, outcome.reason)
            tally.refused += 1
            self._missed(self._misses[state.url], link.url, passing=False)
        else:
            self._come_back(state, link, fetched.etag, fetched.last_modified)
        tally.new += outcome.what == "new"
        tally.changed += outcome.what == "changed"

    def _sum_up(self, state: FeedState, tally: Tally) -> None:
        counts = ((tally.new, "new"), (tally.changed, "changed"), (tally.refused, "left out"), (tally.left, "to come"))
        told = ", ".join(f"{count} {what}" for count, what in counts if count)
        if told:
            self.tell(state, told)


def name(state: FeedState) -> str:
    """What a feed is called on the terminal: its title, else its host."""
    title = "".join(letter for letter in state.title or "" if letter.isprintable()).strip()
    return title[:60] or addresses.parse(state.url).host


def duration(seconds: float) -> str:
    """``45 s``, ``10 min``, ``2 h``."""
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds)} s"


def _read(fetched: Fetched) -> list[Link]:
    links: dict[str, Link] = {}
    problem: InputError | None = None
    read = reading.of_bytes(
        fetched.body, where=fetched.url, media_type=fetched.media_type or None, url=fetched.final_url
    )
    for found in read:
        if isinstance(found, NoArticles):
            continue  # a feed may well be empty for a while
        if isinstance(found, InputError):
            problem = problem or found
        elif (link := _link(found, fetched)) is not None:
            links.setdefault(link.url, link)
    if not links and problem is not None:
        raise problem
    return list(links.values())


def _link(found: Entry | Link | WhosaysError, fetched: Fetched) -> Link | None:
    """The address of an article. One that is in the feed itself, as a whole, is fetched from its own page too."""
    if isinstance(found, Link):
        return found
    if isinstance(found, Entry):
        article = found.article
        if article.url is None or article.url in (fetched.url, fetched.final_url):
            raise NoFeeds(fetched.url)
        return Link(article.url, article.title, article.published, article.outlet, found.where)
    return None


def _title(links: list[Link]) -> str | None:
    """The outlet, where all articles are of one; a feed that gathers others' articles is none of them."""
    outlets = {link.outlet for link in links}
    return outlets.pop() if len(outlets) == 1 else None


def _asked_for(problem: WhosaysError) -> float:
    """The pause that the server asked for, in seconds."""
    if isinstance(problem, AskedToWait):
        return problem.seconds
    return (problem.retry_after or 0.0) if isinstance(problem, BadStatus) else 0.0


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _later(now: datetime, seconds: float) -> str:
    return _iso(now + timedelta(seconds=seconds))
