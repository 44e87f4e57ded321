"""Watching feeds of a real server, with a library that is a dictionary."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from server import Quick, Request, Site, answer, serving

from whosays.errors import AlreadyWatched, EmptyPage, UsageError, WhosaysError
from whosays.library import durations, lock, watching
from whosays.library.feeds import FeedState, Outcome
from whosays.library.fetching import Fetched, Fetcher
from whosays.library.opml import Feed
from whosays.library.pacing import Clock
from whosays.library.watching import watch
from whosays.settings import Settings
from whosays.text.entry import Link

SETTINGS = Settings(allow_private=True, tries=1)
TEN_MINUTES = 600.0


@dataclass
class Shelf:
    """A library in memory. ``full`` is how many of its next writes fail; ``enough`` ends the watch."""

    stop: threading.Event
    articles: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, FeedState] = field(default_factory=dict)
    recorded: list[FeedState] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    full: int = 0
    trouble: Exception = field(default_factory=lambda: OSError(28, "No space left on device"))
    enough: Callable[[Shelf], bool] = lambda shelf: len(shelf.recorded) >= 1

    def all(self) -> list[FeedState]:
        return list(self.states.values())

    def record(self, state: FeedState) -> None:
        self._write()
        self.states[state.url] = state
        self.recorded.append(state)
        if self.enough(self):
            self.stop.set()

    def knows(self, url: str) -> bool:
        return url in self.articles

    def add(self, fetched: Fetched, link: Link | None) -> Outcome:
        self._write()
        if b"no article" in fetched.body:
            raise EmptyPage(fetched.url)
        if b"refused" in fetched.body:
            return Outcome("refused", f"{fetched.url}: seems to be in another language (de).")
        self.articles[fetched.url] = fetched.body
        return Outcome("new")

    def refuse(self, url: str, problem: WhosaysError) -> None:
        self._write()
        self.refused.append((url, type(problem).__name__))

    def _write(self) -> None:
        if self.full:
            self.full -= 1
            raise self.trouble


@dataclass
class Desk:
    """All that a watch needs."""

    site: Site
    stop: threading.Event
    clock: Quick
    shelf: Shelf
    said: list[str] = field(default_factory=list)
    settings: Settings = SETTINGS

    def watch(self, *targets: str, until: Callable[[Shelf], bool] | None = None) -> None:
        if until is not None:
            self.shelf.enough = until
        feeds = [Feed(target if "://" in target else self.site.url(target)) for target in targets]
        fetcher = Fetcher(self.settings, clock=self.clock)
        watch(self.shelf, feeds, fetcher, every=TEN_MINUTES, stop=self.stop, say=self.said.append)

    def lists(self, target: str, *articles: str, **headers: str) -> None:
        """A feed at ``target`` with these articles, and the articles."""
        self.site.routes[target] = answer(feed(*map(self.site.url, articles)), **headers)
        for article in articles:
            self.site.routes.setdefault(article, answer(f"<p>{article}</p>", Content_Type="text/html"))

    def state(self, target: str) -> FeedState:
        return self.shelf.states[self.site.url(target)]

    @property
    def told(self) -> str:
        return "\n".join(self.said)


def feed(*urls: str) -> str:
    items = "".join(f"<item><title>Gates held</title><link>{url}</link></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Ardal Courier</title>{items}</channel></rss>'


@pytest.fixture
def desk() -> Iterator[Desk]:
    stop = threading.Event()
    with serving() as site:
        yield Desk(site, stop, Quick(stop), Shelf(stop))
    stop.set()


def visits(count: int) -> Callable[[Shelf], bool]:
    return lambda shelf: len(shelf.recorded) >= count


# What goes well


def test_articles_of_a_feed_are_fetched_once(desk: Desk) -> None:
    desk.lists("/feed", "/1", "/2")
    desk.watch("/feed", until=visits(3))
    assert desk.shelf.articles == {desk.site.url("/1"): b"<p>/1</p>", desk.site.url("/2"): b"<p>/2</p>"}
    assert desk.site.pages == ["/feed", "/1", "/2", "/feed", "/feed"]
    assert "2 new" in desk.told
    state = desk.state("/feed")
    assert (state.kind, state.fetched, state.added, state.error) == ("feed", 2, 2, None)
    assert state.last_success == state.last_try


def test_a_correction_of_the_next_hours_is_fetched_and_nothing_is_sent_twice_that_stayed(desk: Desk) -> None:
    desk.lists("/feed", "/1", ETag='"f"')
    desk.site.routes["/1"] = [
        answer("<p>nine dead</p>", ETag='"a"'),
        answer(status="304 Not Modified"),
        answer("<p>eleven dead</p>", ETag='"b"'),
        answer(status="304 Not Modified"),
    ]
    desk.watch("/feed", until=visits(200))  # a day and a half
    sent = [request.headers.get("if-none-match") for request in desk.site.heard if request.target == "/1"]
    assert sent == [None, '"a"', '"a"', '"b"', '"b"']
    assert desk.shelf.articles[desk.site.url("/1")] == b"<p>eleven dead</p>"


def test_an_article_that_is_taken_down_stays_in_the_library_and_is_no_failure(desk: Desk) -> None:
    desk.lists("/feed", "/1")
    desk.site.routes["/1"] = [answer("<p>nine dead</p>"), answer("<p>no article</p>"), answer(status="404 Gone")]
    desk.watch("/feed", until=visits(100))
    assert desk.shelf.articles[desk.site.url("/1")] == b"<p>nine dead</p>"
    assert desk.shelf.refused == []
    assert "left out" not in desk.told


def test_visits_are_so_far_apart_as_was_asked(desk: Desk) -> None:
    desk.lists("/feed")
    desk.watch("/feed", until=visits(3))
    assert [seconds for seconds in desk.clock.waited if seconds > 60] == [TEN_MINUTES] * 2


def test_a_feed_that_has_not_changed_is_not_sent_again(desk: Desk) -> None:
    desk.lists("/feed", "/1", ETag='"v1"', Last_Modified="Sat, 14 Mar 2026 10:00:00 GMT")
    desk.site.routes["/feed"] = [desk.site.routes["/feed"], answer(status="304 Not Modified")]  # type: ignore[list-item]
    desk.watch("/feed", until=visits(2))
    asked = [heard.headers for heard in desk.site.heard if heard.target == "/feed"]
    assert "if-none-match" not in asked[0]
    assert asked[1]["if-none-match"] == '"v1"'
    assert asked[1]["if-modified-since"] == "Sat, 14 Mar 2026 10:00:00 GMT"
    assert desk.state("/feed").etag == '"v1"'


def test_an_article_that_its_feed_holds_as_a_whole_is_fetched_from_its_own_page(desk: Desk) -> None:
    whole = "<p>The gates of the Karsholm dam held all night, the harbour master said on Sunday.</p>" * 20
    item = f"<item><link>{desk.site.url('/1')}</link><description><![CDATA[{whole}]]></description></item>"
    desk.site.routes["/feed"] = answer(f'<rss version="2.0"><channel><title>Courier</title>{item}</channel></rss>')
    desk.site.routes["/1"] = answer("<p>the page</p>")
    desk.watch("/feed")
    assert desk.shelf.articles == {desk.site.url("/1"): b"<p>the page</p>"}
    assert desk.state("/feed").title == "Courier"


def test_the_page_of_an_article_is_no_feed(desk: Desk) -> None:
    text = "<p>The gates of the Karsholm dam held all night, the harbour master said on Sunday in Ardal.</p>" * 9
    page = f"<!doctype html><html><body><article><h1>Gates held</h1>{text}</article></body></html>"
    desk.site.routes["/page"] = answer(page, Content_Type="text/html")
    desk.watch("/page")
    assert "holds no feed" in desk.told


def test_a_news_sitemap_is_watched_like_a_feed(desk: Desk) -> None:
    site = desk.site
    site.routes["/news.xml"] = answer(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{site.url('/1')}</loc></url></urlset>"
    )
    site.routes["/1"] = answer("<p>1</p>")
    desk.watch("/news.xml")
    assert list(desk.shelf.articles) == [site.url("/1")]
    assert desk.state("/news.xml").kind == "sitemap"


def test_of_a_sitemap_index_the_latest_parts_are_read(desk: Desk) -> None:
    site = desk.site
    start = '<?xml version="1.0"?><{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    parts = "".join(
        f"<sitemap><loc>{site.url(f'/part-{number}.xml')}</loc><lastmod>2026-03-{number:02}</lastmod></sitemap>"
        for number in range(1, 9)
    )
    site.routes["/index.xml"] = answer(start.format("sitemapindex") + parts + "</sitemapindex>", ETag='"v1"')
    for number in range(1, 9):
        url = f"<url><loc>{site.url(f'/{number}')}</loc></url></urlset>"
        site.routes[f"/part-{number}.xml"] = answer(start.format("urlset") + url)
        site.routes[f"/{number}"] = answer(f"<p>{number}</p>")
    desk.watch("/index.xml")
    assert set(desk.shelf.articles) == {site.url(f"/{number}") for number in range(4, 9)}
    assert desk.state("/index.xml").kind == "index"
    assert desk.state("/index.xml").etag is None  # its parts may change while it does not


def test_a_first_visit_does_not_fetch_a_whole_archive(desk: Desk) -> None:
    desk.settings = replace(SETTINGS, articles_a_visit=2)
    desk.lists("/feed", "/1", "/2", "/3", ETag='"v1"')
    desk.watch("/feed")
    assert len(desk.shelf.articles) == 2
    assert desk.state("/feed").etag is None  # with it, the third would never come
    assert "2 new, 1 to come" in desk.told


def test_a_watch_goes_on_where_the_last_one_stopped(desk: Desk) -> None:
    desk.lists("/feed", "/1")
    url = desk.site.url("/feed")
    desk.shelf.states[url] = FeedState(url, next_due="2026-03-14T12:05:00Z", every_seconds=600, fetched=7, added=7)
    desk.watch("/feed")
    assert desk.clock.waited[0] == 300
    assert desk.state("/feed").fetched == 8


def test_an_article_in_two_feeds_is_fetched_once(desk: Desk) -> None:
    desk.lists("/feed", "/1")
    desk.lists("/other", "/1")
    desk.watch("/feed", f"http://localhost:{desk.site.port}/other", until=visits(4))
    assert desk.site.asked_for("/1") == 1


# What goes wrong


def test_a_feed_that_hangs_holds_up_nobody_else(desk: Desk) -> None:
    def hangs(connection: socket.socket, request: Request) -> None:
        while not desk.shelf.recorded and not desk.site.closing.wait(0.01):
            pass

    desk.site.routes["/hangs"] = hangs
    desk.lists("/feed", "/1")
    desk.watch("/feed", f"http://localhost:{desk.site.port}/hangs", until=visits(2))
    assert desk.shelf.recorded[0].error is None
    assert desk.shelf.recorded[1].error is not None
    assert len(desk.shelf.articles) == 1


def test_many_feeds_of_a_host_that_hangs_do_not_take_up_all_threads(desk: Desk) -> None:
    def hangs(connection: socket.socket, request: Request) -> None:
        while not desk.shelf.recorded and not desk.site.closing.wait(0.01):
            pass

    desk.settings = replace(SETTINGS, hosts_at_once=2, longest_silence=2)
    hanging = [f"/hangs-{number}" for number in range(5)]
    desk.site.routes.update(dict.fromkeys(hanging, hangs))
    desk.site.routes["/z"] = answer(feed())
    desk.watch(*hanging, f"http://localhost:{desk.site.port}/z")
    assert desk.shelf.recorded[0].error is None


def test_a_feed_that_never_answers_is_given_up(desk: Desk) -> None:
    desk.settings = replace(SETTINGS, longest_silence=0.2)
    desk.site.routes["/feed"] = desk.site.never
    desk.watch("/feed")
    assert "the server was silent for 0.2 s" in desk.told
    assert "Next try in 10 min." in desk.told


def test_the_pause_of_a_feed_that_fails_grows_up_to_some_hours_and_ends_when_it_is_back(desk: Desk) -> None:
    desk.site.routes["/feed"] = [*[answer(status="500 Oh")] * 9, answer(feed())]
    desk.watch("/feed", until=visits(10))
    pauses = [state.every_seconds for state in desk.shelf.recorded]
    assert pauses == [600, 1200, 2400, 4800, 9600, 19200, 21600, 21600, 21600, 600]
    assert "Next try in 6 h." in desk.told
    assert "answers again" in desk.told
    assert not desk.shelf.recorded[-1].is_failing
    assert desk.shelf.recorded[-1].last_error is not None


def test_a_server_that_asks_for_time_gets_it_from_the_watch(desk: Desk) -> None:
    desk.settings = replace(SETTINGS, tries=2)
    desk.site.routes["/feed"] = [answer(status="503 Busy", Retry_After="7200"), answer(feed())]
    desk.watch("/feed", until=visits(2))
    assert desk.site.asked_for("/feed") == 2
    assert sum(desk.clock.waited) > 7200


@pytest.mark.parametrize(
    "malformed",
    [b"", b"<rss", b"<html><body><p>Sorry</p></body></html>", b"\x00\x01\x02", b"{}", b"[[[["],
)
def test_a_malformed_feed_is_said_and_tried_again(desk: Desk, malformed: bytes) -> None:
    desk.site.routes["/feed"] = [answer(malformed), answer(feed())]
    desk.watch("/feed", until=visits(2))
    assert desk.shelf.recorded[0].error
    assert not desk.shelf.recorded[1].is_failing


def test_a_list_that_was_cut_off_before_its_first_article_is_asked_for_again_as_a_whole(desk: Desk) -> None:
    desk.site.routes["/feed"] = answer(b"<rss><channel><title>Courier</title><item><link>", ETag='"v1"')
    desk.watch("/feed")
    assert desk.state("/feed").etag is None


def test_one_bad_article_does_not_keep_out_the_others(desk: Desk) -> None:
    desk.site.routes["/1"] = answer(status="404 Gone astray")
    desk.site.routes["/2"] = answer("<p>no article</p>")
    desk.site.routes["/3"] = answer("<p>refused</p>")
    desk.lists("/feed", "/1", "/2", "/3", "/4", ETag='"v1"')
    desk.watch("/feed", until=visits(3))
    assert list(desk.shelf.articles) == [desk.site.url("/4")]
    assert "1 new, 3 left out" in desk.told
    assert "404" in desk.told
    assert "another language" in desk.told
    assert [desk.site.asked_for(f"/{number}") for number in range(1, 5)] == [1, 1, 1, 1]
    assert desk.state("/feed").etag == '"v1"'
    assert desk.shelf.refused == [(desk.site.url("/1"), "BadStatus"), (desk.site.url("/2"), "EmptyPage")]


def test_an_article_that_may_come_later_is_asked_for_later_and_later(desk: Desk) -> None:
    desk.site.routes["/1"] = [answer(status="500 Oh"), answer(status="500 Oh"), answer("<p>1</p>")]
    desk.lists("/feed", "/1", ETag='"v1"')
    desk.watch("/feed", until=visits(5))
    assert [state.added for state in desk.shelf.recorded] == [0, 0, 0, 1, 1]
    assert [state.etag for state in desk.shelf.recorded] == [None, None, None, '"v1"', '"v1"']


def test_a_host_that_asks_for_time_is_not_asked_for_the_next_article(desk: Desk) -> None:
    desk.settings = replace(SETTINGS, tries=2)
    desk.site.routes["/1"] = answer(status="429 Slow down", Retry_After="900")
    desk.lists("/feed", "/1", "/2")
    desk.watch("/feed")
    assert desk.site.pages == ["/feed", "/1"]
    assert "2 to come" in desk.told


@pytest.mark.parametrize(
    "trouble", [OSError(28, "No space left on device"), sqlite3.OperationalError("database or disk is full")]
)
def test_a_full_disk_is_waited_out_and_nothing_is_lost(desk: Desk, trouble: Exception) -> None:
    desk.shelf.trouble = trouble
    desk.lists("/feed", "/1", "/2", ETag='"v1"')
    desk.shelf.full = 3
    desk.watch("/feed")
    assert sorted(desk.shelf.articles) == [desk.site.url("/1"), desk.site.url("/2")]
    assert desk.told.count("The library cannot be written: ") == 3
    assert "no space left on device" in desk.told or "disk is full" in desk.told
    assert [seconds for seconds in desk.clock.waited if seconds > 5] == [60, 120, 240]


def test_a_clock_that_jumps_makes_neither_a_hail_of_requests_nor_a_silence(desk: Desk) -> None:
    desk.lists("/feed")

    def jump(shelf: Shelf) -> bool:
        year = 2040 if len(shelf.recorded) % 2 else 2010
        desk.clock.time_of_day = datetime(year, 1, 1, tzinfo=UTC)
        return len(shelf.recorded) >= 4

    desk.watch("/feed", until=jump)
    assert [seconds for seconds in desk.clock.waited if seconds > 5] == [TEN_MINUTES] * 3


def test_a_moment_in_the_far_future_does_not_hold_up_a_feed(desk: Desk) -> None:
    desk.lists("/feed")
    url = desk.site.url("/feed")
    desk.shelf.states[url] = FeedState(url, next_due="2099-01-01T00:00:00Z", every_seconds=600)
    desk.watch("/feed")
    assert desk.clock.waited[0] == TEN_MINUTES


def test_a_fault_of_ours_with_one_feed_does_not_end_the_watch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.lists("/feed", "/1")
    desk.lists("/other", "/2")
    add = desk.shelf.add

    def fails(fetched: Fetched, link: Link | None) -> Outcome:
        if fetched.url.endswith("/2"):
            raise ZeroDivisionError
        return add(fetched, link)

    monkeypatch.setattr(desk.shelf, "add", fails)
    desk.watch("/feed", f"http://localhost:{desk.site.port}/other", until=visits(2))
    assert "internal failure: ZeroDivisionError" in desk.told
    assert len(desk.shelf.articles) == 1


# The end


def test_stopping_finishes_the_article_in_hand_and_says_where_it_stands(desk: Desk) -> None:
    desk.lists("/feed", "/1", "/2", "/3", ETag='"v1"')

    def stop_then_answer(connection: socket.socket, request: Request) -> None:
        desk.stop.set()
        connection.sendall(answer("<p>2</p>"))

    desk.site.routes["/2"] = stop_then_answer
    desk.watch("/feed", until=lambda _: False)
    assert list(desk.shelf.articles) == [desk.site.url("/1"), desk.site.url("/2")]
    assert "2 new, 1 to come" in desk.told
    assert "Stopped. 2 articles fetched, 2 new or changed." in desk.said[-1]
    assert desk.state("/feed").etag is None
    assert desk.state("/feed").next_due == desk.state("/feed").last_try


def test_who_stops_a_watch_is_told_at_once_that_it_stops(desk: Desk) -> None:
    told: list[bool] = []

    def waits_for_the_word(connection: socket.socket, request: Request) -> None:
        desk.stop.set()
        for _ in range(300):
            if "Stopping after the article in hand." in desk.said or desk.site.closing.wait(0.01):
                break
        told.append("Stopping after the article in hand." in desk.said)
        connection.sendall(answer(feed()))

    desk.site.routes["/feed"] = waits_for_the_word
    desk.watch("/feed", until=lambda _: False)
    assert told == [True]


def test_a_watch_that_waits_stops_at_once(desk: Desk) -> None:
    desk.lists("/feed")
    fetcher = Fetcher(replace(SETTINGS, host_pause=0.01), clock=Clock(desk.stop))
    watch(desk.shelf, [Feed(desk.site.url("/feed"))], fetcher, every=TEN_MINUTES, stop=desk.stop, say=desk.said.append)
    assert desk.said[-1].startswith("Stopped.")


def test_ctrl_c_asks_for_an_end_and_a_second_one_insists() -> None:
    before = signal.getsignal(signal.SIGINT)  # ignored in what a shell runs in the background
    with watching.until_interrupted() as stop:
        assert not stop.is_set()
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_watcher_is_told_that_there_is_one(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with (
        lock.only_watcher(library),
        pytest.raises(AlreadyWatched, match="being watched already"),
        lock.only_watcher(library),
    ):
        pass
    with lock.only_watcher(library):
        pass


def test_a_watcher_that_was_killed_leaves_no_lock_behind(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    code = (
        "import pathlib, sys; from whosays.library import lock\n"
        "with lock.only_watcher(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(AlreadyWatched), lock.only_watcher(library):
            pass
        other.kill()
    with lock.only_watcher(library):
        pass


def test_a_title_cannot_write_to_the_terminal(desk: Desk) -> None:
    feeds = [Feed(desk.site.url("/feed"), "Ardal\x1b[2J\r\nCourier")]
    watch(desk.shelf, feeds, Fetcher(SETTINGS, clock=desk.clock), every=600, stop=desk.stop, say=desk.said.append)
    assert all(line.isprintable() for line in desk.said)
    assert "Courier" in desk.told


@pytest.mark.parametrize(("words", "seconds"), [("10m", 600), ("90s", 90), ("2 h", 7200), ("1d", 86400), ("5min", 300)])
def test_a_pause_is_read_as_people_write_it(words: str, seconds: float) -> None:
    assert durations.seconds(words, least=watching.SHORTEST) == seconds


@pytest.mark.parametrize("words", ["", "10", "5s", "0m", "ten minutes", "-5m", "1.5h"])
def test_a_pause_that_cannot_be_read_or_is_too_short_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="10m"):
        durations.seconds(words, least=watching.SHORTEST)


def test_a_rate_needs_an_hour_of_watching() -> None:
    state = FeedState(
        "https://x.example/feed", first_try="2026-03-14T12:00:00Z", last_try="2026-03-14T12:30:00Z", added=9
    )
    assert state.added_a_day is None
    assert replace(state, last_try="2026-03-15T00:00:00Z").added_a_day == 18.0
