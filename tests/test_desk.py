"""The desk over HTTP: its pages without a script, what they cost a browser, and who is let in."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import desk as desks
import httpx2
import pytest

from whosays.desk import access, intake, limits, live, looking, safety
from whosays.desk.access import Access
from whosays.desk.desk import Desk
from whosays.desk.errors import NeedsToken
from whosays.errors import Stopped
from whosays.library import failures, listing, store
from whosays.library.adding import Delivery
from whosays.library.errors import NoLibrary, ReplacedLibrary, UnknownStory
from whosays.library.listing import Wanted
from whosays.library.placing import Placing
from whosays.library.store import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "news.db"


@pytest.fixture(scope="module")
def served(library: Path) -> Iterator[tuple[str, Desk]]:
    with desks.served(library) as (url, desk):
        desks.add(desk, *desks.files("karsholm-dam", "lasmar-port"))
        yield url, desk


@pytest.fixture
def reader(served: tuple[str, Desk]) -> Iterator[httpx2.Client]:
    """A browser without script, with cookies of its own."""
    with httpx2.Client(base_url=served[0], timeout=60, follow_redirects=True) as client:
        yield client


def story_of(desk: Desk, words: str) -> int:
    with desk.library() as library:
        [story] = listing.stories(library, about=words)
    return story.id


class TestStories:
    def test_a_story_has_its_outlets_and_what_its_report_found(self, served: tuple[str, Desk], reader: Any) -> None:
        story = story_of(served[1], "Lasmar")
        reader.get(f"/stories/{story}/report.json")  # made by now
        shown = reader.get("/").text
        row = shown[shown.index(f'href="/stories/{story}"') :].partition("</li>")[0]
        assert "Gulf Herald, Lasmar Today, The Inland Tribune" in row
        assert re.search(r"<span>\d+ shared claims</span>", row)
        assert "origins found" in row
        assert re.search(r"\d+ conflicts?</a>", row)
        assert '<rect x="0"' in row

    @pytest.mark.parametrize(
        ("asked", "there"),
        [
            ({"about": "dam"}, True), ({"about": "port"}, False), ({"outlet": "courier"}, True),
            ({"outlet": "Herald"}, False), ({"place": "Karsholm"}, False), ({"since": "2025-06-01"}, False),
            ({"until": "2025-06-01"}, True), ({"of": "several"}, True), ({"speaker": "Venn"}, False),
        ],
    )  # fmt: skip
    def test_filters_leave_what_fits(self, reader: Any, asked: dict[str, str], there: bool) -> None:
        assert ("below cracked Karsholm dam" in reader.get("/", params=asked).text) is there

    def test_what_is_typed_stays_in_the_form_and_in_the_pages(self, reader: Any) -> None:
        shown = reader.get("/", params={"about": '"<zebra>'}).text
        assert 'value="&#34;&lt;zebra&gt;"' in shown
        assert "No story fits." in shown

    @pytest.mark.parametrize("asked", [{"since": "yesterday"}, {"page": "0"}, {"of": "best"}, {"about": "x" * 301}])
    def test_what_cannot_be_meant_is_said(self, reader: Any, asked: dict[str, str]) -> None:
        answer = reader.get("/", params=asked)
        assert answer.status_code == 422
        assert f"query.{next(iter(asked))}: " in answer.text


class TestPaging:
    def test_pages_together_are_all_stories_once(self, tmp_path: Path) -> None:
        with Library.open(tmp_path / "many.db", create=True) as many:
            _fill(many, 120)
            pages = [listing.page(many, Wanted(), 50, skip) for skip in (0, 50, 100)]
            assert [page.more for page in pages] == [True, True, False]
            found = [story.id for page in pages for story in page.stories]
            assert found == [story.id for story in listing.stories(many, most=0)] == list(range(120, 0, -1))

    def test_older_and_newer_lead_on_and_keep_the_filters(self, tmp_path: Path) -> None:
        with Library.open(tmp_path / "many.db", create=True) as many:
            _fill(many, 120)
        with desks.served(tmp_path / "many.db") as (url, _), httpx2.Client(base_url=url) as client:
            first = client.get("/", params={"outlet": "outlet"}).text
            assert 'href="/?outlet=outlet&amp;page=2" rel="next"' in first
            last = client.get("/?outlet=outlet&page=3").text
            assert 'rel="prev"' in last
            assert 'rel="next"' not in last
            assert last.count('<h2><a href="/stories/') == 20


def _fill(library: Library, stories: int) -> None:
    """Stories of one article each, that of the greatest id the latest."""
    with library.writing() as connection:
        connection.execute("INSERT INTO blobs VALUES ('b', 1, x'00')")
        connection.execute("INSERT INTO texts VALUES (1, 't', 1, 't')")
        for n in range(1, stories + 1):
            day = f"2026-01-01T{n // 60:02}:{n % 60:02}:00Z"
            connection.execute("INSERT INTO stories (id, begun, changed) VALUES (?, ?, ?)", (n, day, day))
            connection.execute(
                "INSERT INTO articles (id, key, outlet, published, title, version, added, changed) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (n, f"k{n}", f"Outlet {n}", day, f"Title {n}", n, day, day),
            )
            connection.execute(
                "INSERT INTO versions (id, article, number, text, raw, media_type, place, added) "
                "VALUES (?, ?, 1, 1, 'b', 'text/plain', 'f', ?)",
                (n, n, day),
            )
            connection.execute("INSERT INTO story_articles VALUES (?, ?, ?)", (n, n, store.now()))


class TestStory:
    def test_it_is_the_page_of_the_report(self, served: tuple[str, Desk], reader: Any) -> None:
        shown = reader.get(f"/stories/{story_of(served[1], 'dam')}").text
        assert '<section id="claims"' in shown
        assert 'aria-label="Desk"' in shown
        assert '<script src="/static/report/report.js" defer>' in shown

    def test_a_browser_that_has_it_is_not_sent_it_again(self, served: tuple[str, Desk], reader: Any) -> None:
        path = f"/stories/{story_of(served[1], 'dam')}"
        first = reader.get(path)
        again = reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_it_is_sent_packed_and_to_whoever_cannot_unpack_it_as_it_is(
        self, served: tuple[str, Desk], reader: Any
    ) -> None:
        path = f"/stories/{story_of(served[1], 'dam')}"
        packed = reader.get(path, headers={"Accept-Encoding": "gzip"})
        plain = reader.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert packed.text == plain.text

    def test_it_loads_no_more_than_it_uses(self, served: tuple[str, Desk], reader: Any) -> None:
        page = reader.get(f"/stories/{story_of(served[1], 'dam')}").text
        loaded = re.findall(r'<(?:link|script) [^>]*(?:href|src)="([^"]+)"', page)
        assert all(path.startswith("/static/") for path in loaded)
        assert "hx-" not in page
        assert not any("htmx" in path for path in loaded)
        sizes = [
            int(reader.get(path, headers={"Accept-Encoding": "gzip"}).headers["Content-Length"]) for path in loaded
        ]
        assert sum(sizes) < 20_000  # of the 100 KB that a story of ten articles may have

    def test_what_came_since_the_last_look_is_marked_until_it_was_seen(self, tmp_path: Path) -> None:
        early, *late = desks.files("karsholm-dam")[::-1]
        with desks.served(tmp_path / "w.db") as (url, desk), httpx2.Client(base_url=url, timeout=60) as client:
            desks.add(desk, early, late[0])
            client.get("/")  # a look at the list is none at the story
            first = client.get("/stories/1").text
            assert "Since your last look" not in first
            assert client.get("/stories/1").text == first
            desks.add(desk, late[1])
            assert '<span class="tag new">1 new</span>' in client.get("/").text
            second = client.get("/stories/1").text
            since = second.partition("Since your last look")[2].partition("</div>")[0]
            assert since.count('<span class="tag new">new</span>') > 1  # the article, and claims that only it made
            assert "Channel Nine News</a>" in since
            assert client.get("/stories/1").text == second  # loaded again, it is still what was new
            stale = client.cookies.get(looking.COOKIE, path="/stories/1").split(".")
            later = {"Cookie": f"{looking.COOKIE}={stale[0]}.{stale[1]}.0"}
            answer = httpx2.get(f"{url}/stories/1", headers=later, timeout=60)
            assert "Since your last look" not in answer.text

    def test_one_that_became_part_of_another_leads_there(self, tmp_path: Path) -> None:
        with desks.served(tmp_path / "w.db") as (url, desk), httpx2.Client(base_url=url, timeout=60) as client:
            desks.add(desk, *desks.files("karsholm-dam"))
            with desk.library() as library, library.writing() as connection:
                connection.execute(
                    "INSERT INTO stories (id, merged_into, begun, changed) VALUES (9, 1, ?, ?)", (store.now(),) * 2
                )
            assert client.get("/stories/9").headers["Location"] == "/stories/1"
            assert client.get("/stories/9/report.json").headers["Location"] == "/stories/1/report.json"

    @pytest.mark.parametrize("path", ["/stories/77", "/stories/77/report.json", "/stories/1/report.exe", "/nothing"])
    def test_what_is_not_there_is_said(self, reader: Any, path: str) -> None:
        answer = reader.get(path)
        assert answer.status_code == 404
        assert "<h1>Not Found</h1>" in answer.text

    def test_its_report_can_be_kept(self, served: tuple[str, Desk], reader: Any) -> None:
        path = f"/stories/{story_of(served[1], 'dam')}/report"
        answer = reader.get(f"{path}.json")
        assert json.loads(answer.content)["format"] == "whosays.report/1"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="story-')
        assert "claims.csv" in zipfile.ZipFile(BytesIO(reader.get(f"{path}.csv").content)).namelist()
        assert reader.get(f"{path}.html").text.startswith("<!DOCTYPE html>")


class TestPlacing:
    def test_two_that_place_the_same_articles_do_not_collide(self, tmp_path: Path) -> None:
        with desks.served(tmp_path / "w.db") as (_, desk):
            desks.add(desk, *desks.files("karsholm-dam"))

        class Behind(Library):
            """Somebody else is always quicker."""

            @contextmanager
            def writing(self) -> Iterator[sqlite3.Connection]:
                with Library.open(tmp_path / "w.db") as other:
                    Placing(other).settle()
                with super().writing() as connection:
                    yield connection

        with Behind.open(tmp_path / "w.db") as library:
            library.rows("DELETE FROM story_changes")
            library.rows("DELETE FROM story_articles")
            library.rows("DELETE FROM stories")
            assert Placing(library).settle() == 3
            assert len(listing.stories(library)[0].articles) == 3

    def test_what_a_stopped_program_left_is_placed_by_the_next(self, tmp_path: Path) -> None:
        with desks.served(tmp_path / "w.db") as (_, desk):
            desks.add(desk, *desks.files("karsholm-dam"))
        with Library.open(tmp_path / "w.db") as library:
            for table in ("story_changes", "story_articles", "reports", "stories"):
                library.rows(f"DELETE FROM {table}")
        with desks.served(tmp_path / "w.db") as (url, desk):
            httpx2.get(url)
            desk.reports.wait(1, 60)
            assert "Karsholm dam</a>" in httpx2.get(url).text


class TestReports:
    def test_those_made_while_articles_are_added_are_the_same(self, tmp_path: Path) -> None:
        with desks.served(tmp_path / "w.db") as (_, desk):
            desks.add(desk, *desks.files("karsholm-dam", "lasmar-port"))
            made = []
            for job in (desk.intake.take(desks.files("coral-dawn", "tervon-rail")), None):
                for story in (1, 2):
                    with desk.library() as library, library.writing() as connection:
                        connection.execute("DELETE FROM reports")
                    desk.reports.wait(story, 120)
                    with desk.library() as library:
                        [[packed]] = library.rows("SELECT packed FROM reports WHERE story = ?", (story,))
                    made.append(packed)
                assert job is None or job.wait(120)
            assert made[:2] == made[2:]

    def test_they_are_made_of_what_came_in_though_nobody_asks(self, tmp_path: Path) -> None:
        with desks.served(tmp_path / "w.db") as (_, desk):
            desks.add(desk, *desks.files("karsholm-dam"))
            until = time.monotonic() + 60
            while (counted := desks.counted(desk)) is None and time.monotonic() < until:
                time.sleep(0.05)
            assert counted


class TestAdding:
    def test_files_addresses_and_text_become_stories(self, served: tuple[str, Desk], reader: Any) -> None:
        file = (desks.EXAMPLES / "tervon-rail" / "kanal-sud.html").read_bytes()
        answer = reader.post(
            "/add",
            data={
                "addresses": "ftp://there.example http://127.0.0.1:9/",
                "text": "The bridge held, an official told Northline on Monday. Nobody was hurt, she said.",
                "outlet": "Sud & Co", "published": "2026-02-03",
            },
            files={"files": ("C:\\news\\kanal-sud.html", file, "text/html")},
        )  # fmt: skip
        number = int(answer.url.path.rpartition("/")[2])
        assert served[1].intake.job(number).wait(60)  # type: ignore[union-attr]
        shown = reader.get(f"/add/{number}").text
        assert "Done: 2 new, 2 left out" in shown
        assert "ftp://there.example: is not on the web" in shown
        assert "Sud &amp; Co" in shown
        assert re.search(r'<a href="/stories/\d+">Harrow resigns', shown)

    def test_nothing_given_is_said_and_what_was_typed_is_kept(self, reader: Any) -> None:
        answer = reader.post("/add", data={"outlet": "Gulf Herald"})
        assert answer.status_code == 422
        assert "Nothing was given" in answer.text
        assert 'value="Gulf Herald"' in answer.text

    def test_a_page_that_is_not_done_asks_for_itself_again(self, served: tuple[str, Desk], reader: Any) -> None:
        job = served[1].intake.take(desks.files("coral-dawn"))
        shown = reader.get(f"/add/{job.id}").text
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in shown
        assert f'hx-get="/add/{job.id}"' in shown
        assert job.wait(120)
        part = reader.get(f"/add/{job.id}", headers={"HX-Request": "true"}).text
        assert part.startswith('<div id="job">')

    def test_what_a_file_is_called_is_never_read_by_a_later_try(self, served: tuple[str, Desk], reader: Any) -> None:
        reader.post("/add", files={"files": ("/etc/passwd", b"", "text/plain")})
        assert served[1].intake.jobs()[0].wait(60)
        with served[1].library() as library:
            assert "passwd" not in str(failures.all_of(library))

    def test_a_long_job_keeps_out_what_cannot_be_held_and_is_left_when_the_desk_closes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = (desks.EXAMPLES / "karsholm-dam" / "meridian-post.txt").read_bytes()
        many = [Delivery(f"{n}.txt", text + f"\n\nThis was number {n}.\n".encode()) for n in range(500)]
        with desks.served(tmp_path / "w.db") as (url, desk):
            job = desk.intake.take(many)
            monkeypatch.setattr(intake, "_MOST_HELD", 1000)
            answer = httpx2.post(f"{url}/add", data={"text": "A text."}, timeout=60)
            assert answer.status_code == 503
            assert "too much is waiting to be added already" in answer.text
            while not job.events:
                time.sleep(0.01)
        assert job.state == "done"
        assert isinstance(job.problem, Stopped)


class TestLive:
    def test_a_change_by_another_process_is_told(self, served: tuple[str, Desk], library: Path) -> None:
        story = story_of(served[1], "dam")
        with served[1].library() as read:
            [[after]] = read.rows("SELECT max(id) FROM story_changes")
        said: list[str] = []
        begun, told = threading.Event(), threading.Event()

        def listen() -> None:
            address = f"{served[0]}/live?story={story}&after={after}"
            with httpx2.stream("GET", address, timeout=30) as answer:
                for line in answer.iter_lines():
                    begun.set()
                    if line.startswith("data: "):
                        said.append(line)
                        told.set()
                        return

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        assert begun.wait(20)
        with Library.open(library) as other, other.writing() as connection:
            connection.execute(
                "INSERT INTO story_changes (at, story, change, grounds, article) "
                "SELECT ?, ?, 'changed', 'test', article FROM story_articles WHERE story = ? LIMIT 1",
                (store.now(), story, story),
            )
        assert told.wait(20)
        thread.join(20)
        assert said == ["data: 1 changed article"]

    def test_nobody_holds_all_lines(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(live, "MOST", 4)
        monkeypatch.setattr(live, "MOST_EACH", 2)
        token = access.new_token(tmp_path / "w.db")
        allowed = access.of(tmp_path / "w.db", "127.0.0.1", "desk.example")
        with (
            desks.served(tmp_path / "w.db", allowed) as (url, _),
            httpx2.Client(timeout=30) as client,
            ExitStack() as held,
        ):

            def listens(seen: str) -> int:
                told = {"X-Forwarded-For": f"192.0.2.9, {seen}"} if seen else {}
                headers = {"Authorization": f"Bearer {token}"} | told
                answer = held.enter_context(client.stream("GET", f"{url}/live?after=0", headers=headers))
                return int(answer.status_code)

            assert [listens("198.51.100.1") for _ in range(3)] == [200, 200, 429]
            assert listens("198.51.100.2") == 200
            # whom the proxy does not tell from others has no bound of its own
            assert [listens(""), listens("198.51.100.3")] == [200, 429]
            held.close()
            deadline = time.monotonic() + 20
            while (status := listens("198.51.100.1")) == 429 and time.monotonic() < deadline:
                held.close()
            assert status == 200


class TestWhoIsLetIn:
    @pytest.mark.parametrize("host", ["evil.example", "evil.example:8414", "127.0.0.1.evil.example", "", "[::1"])
    def test_another_name_is_not_ours(self, served: tuple[str, Desk], host: str) -> None:
        assert httpx2.get(served[0], headers={"Host": host}).status_code == 421

    @pytest.mark.parametrize("host", ["localhost", "localhost:1", "[::1]:8414", "127.0.0.1"])
    def test_the_names_of_this_machine_are(self, served: tuple[str, Desk], host: str) -> None:
        assert httpx2.get(served[0], headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://127.0.0.1:1"},
        ],
    )  # fmt: skip
    def test_a_page_of_another_site_can_change_nothing(self, served: tuple[str, Desk], headers: dict[str, str]) -> None:
        before = len(served[1].intake.jobs())
        answer = httpx2.post(f"{served[0]}/add", data={"text": "A text."}, headers=headers)
        assert answer.status_code == 403
        assert len(served[1].intake.jobs()) == before

    def test_a_proxy_is_not_taken_for_this_machine(self, served: tuple[str, Desk]) -> None:
        assert httpx2.get(served[0], headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 403

    @pytest.mark.parametrize("host", ["localhost/login?", "localhost#x", "evil.example@localhost"])
    def test_a_name_is_no_more_than_a_name(self, served: tuple[str, Desk], host: str) -> None:
        assert httpx2.get(served[0], headers={"Host": host}).status_code in (400, 421)

    @pytest.mark.parametrize("path", ["/", "/static/desk.css", "/nothing", "/stories/x"])
    def test_everything_is_sent_with_the_policy(self, served: tuple[str, Desk], path: str) -> None:
        headers = httpx2.get(served[0] + path).headers
        assert headers["Content-Security-Policy"] == safety.POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "path",
        ["/static/../desk.py", "/static/%2e%2e/desk.py", "/static/report/..%2f..%2fpage.py", "/static//etc/passwd"],
    )
    def test_no_path_leads_out_of_its_folder(self, served: tuple[str, Desk], path: str) -> None:
        host, _, port = served[0].removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            assert b" 404 " in line.makefile("rb").readline()

    def test_a_body_ends_at_its_limit(self, served: tuple[str, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(safety, "LARGEST", 100_000)
        answer = httpx2.post(f"{served[0]}/add", files={"files": ("a.txt", b"a" * 200_000)})
        assert (answer.status_code, "at once. Give it in parts" in answer.text) == (413, True)

        def pieces() -> Iterator[bytes]:
            for _ in range(200):
                yield b"a" * 1000

        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert httpx2.post(f"{served[0]}/add", content=pieces(), headers=headers).status_code == 413


class TestToken:
    @pytest.fixture
    def guarded(self, tmp_path: Path) -> Iterator[tuple[str, str]]:
        token = access.new_token(tmp_path / "w.db")
        with desks.served(tmp_path / "w.db", access.of(tmp_path / "w.db", "0.0.0.0", None)) as (url, _):
            yield url, token

    def test_nobody_gets_in_without_it(self, guarded: tuple[str, str]) -> None:
        page = httpx2.get(f"{guarded[0]}/?about=x", headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["Location"]) == (303, "/login?to=%2F%3Fabout%3Dx")
        assert httpx2.get(f"{guarded[0]}/live?after=0").status_code == 401
        assert httpx2.post(f"{guarded[0]}/add", data={"text": "x"}).status_code == 401
        problem = httpx2.get(f"{guarded[0]}/api/v1/stories")
        assert (problem.status_code, problem.headers["WWW-Authenticate"]) == (401, 'Bearer realm="whosays"')

    def test_a_program_brings_it_along(self, guarded: tuple[str, str]) -> None:
        url, token = guarded
        assert httpx2.get(url, headers={"Authorization": f"Bearer {token}"}).status_code == 200
        assert httpx2.get(url, headers={"Authorization": f"Bearer {token}x"}).status_code == 401

    def test_a_browser_gives_it_once(self, guarded: tuple[str, str]) -> None:
        url, token = guarded
        with httpx2.Client(base_url=url) as client:
            assert "That is not the token." in client.post("/login", data={"token": "guess"}).text
            entered = client.post("/login", data={"token": token, "to": "/?about=x"})
            assert (entered.status_code, entered.headers["Location"]) == (303, "/?about=x")
            assert "HttpOnly" in entered.headers["Set-Cookie"]
            assert client.get("/").status_code == 200
            client.post("/logout")
            assert client.get("/").status_code == 401

    @pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example"])
    def test_it_leads_nowhere_else(self, guarded: tuple[str, str], to: str) -> None:
        entered = httpx2.post(f"{guarded[0]}/login", data={"token": guarded[1], "to": to})
        assert entered.headers["Location"] == "/"

    def test_guessing_is_slow(self, guarded: tuple[str, str]) -> None:
        answers = [httpx2.post(f"{guarded[0]}/login", data={"token": str(n)}) for n in range(12)]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
        assert int(answers[-1].headers["Retry-After"]) > 0

    def test_behind_a_proxy_each_asker_has_tries_of_its_own(self, tmp_path: Path) -> None:
        access.new_token(tmp_path / "w.db")
        allowed = access.of(tmp_path / "w.db", "127.0.0.1", "desk.example")
        with desks.served(tmp_path / "w.db", allowed) as (url, _):

            def tried(said: str, seen: str) -> int:
                headers = [("X-Forwarded-For", said), ("X-Forwarded-For", seen)]
                return httpx2.post(f"{url}/login", data={"token": "guess"}, headers=headers).status_code

            assert [tried(f"192.0.2.{n}", "198.51.100.1") for n in range(12)] == [401] * 10 + [429] * 2
            assert tried("192.0.2.1", "198.51.100.2") == 401

    def test_a_new_one_shuts_out_the_old(self, tmp_path: Path) -> None:
        old = access.new_token(tmp_path / "w.db")
        allowed = access.of(tmp_path / "w.db", "192.0.2.1", None)
        assert access.fits(allowed, old)
        new = access.new_token(tmp_path / "w.db")
        assert not access.fits(allowed, old)
        assert access.fits(allowed, new)
        kept = access.file(tmp_path / "w.db")
        assert new not in kept.read_text()
        assert kept.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(("host", "name"), [("0.0.0.0", None), ("127.0.0.1", "desk.example"), ("::", None)])
    def test_it_is_demanded_where_others_can_ask(self, tmp_path: Path, host: str, name: str | None) -> None:
        with pytest.raises(NeedsToken, match="there is no token yet"):
            access.of(tmp_path / "w.db", host, name)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
    def test_this_machine_needs_none(self, tmp_path: Path, host: str) -> None:
        assert access.of(tmp_path / "w.db", host, None).token is None

    def test_this_machine_is_asked_for_one_that_was_made(self, tmp_path: Path) -> None:
        token = access.new_token(tmp_path / "w.db")
        with desks.served(tmp_path / "w.db", access.of(tmp_path / "w.db", "127.0.0.1", None)) as (url, _):
            assert httpx2.get(url, headers={"Accept": "text/html"}).status_code == 303
            assert httpx2.get(url, headers={"Authorization": f"Bearer {token}"}).status_code == 200


class TestFile:
    """The library's file, while it is served."""

    def test_another_in_its_place_is_left_alone(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path / "w.db")
        with desk.library():
            pass
        with Library.open(tmp_path / "new.db", create=True):
            pass
        new = (tmp_path / "new.db").read_bytes()
        (tmp_path / "new.db").replace(tmp_path / "w.db")
        with pytest.raises(ReplacedLibrary, match="was replaced while it was served"), desk.library():
            pass
        desk.close()
        assert (tmp_path / "w.db").read_bytes() == new

    def test_one_that_is_gone_is_not_made_again(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path / "w.db")
        with desk.library():
            pass
        (tmp_path / "w.db").unlink()
        for _ in range(2):
            with pytest.raises(NoLibrary), desk.library():
                pass
        assert not (tmp_path / "w.db").exists()
        desk.close()

    def test_a_connection_serves_on_after_an_error_of_the_asker(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path / "w.db")
        with pytest.raises(UnknownStory), desk.library() as first:
            listing.check(first, 1)
        with desk.library() as second:
            assert second is first
        desk.close()


class TestBuckets:
    def test_they_fill_again_and_are_each_askers_own(self) -> None:
        now = [0.0]
        buckets = limits.Buckets(2, 0.5, lambda: now[0])
        assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 2]
        assert buckets.take("b") == 0
        now[0] = 2
        assert [buckets.take("a"), buckets.take("a")] == [0, 2]


def test_a_look_is_over_after_half_an_hour_or_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [10_000.0]
    monkeypatch.setattr(looking.time, "time", lambda: moment[0])

    class Browser:
        cookies: dict[str, str]

    browser: Any = Browser()
    browser.cookies = {}
    befores = []
    for now, at in ((5, 0), (5, 60), (8, 60), (8, 60), (8, 4000), (8, 60)):
        moment[0] += at
        look = looking.of(browser, now)
        browser.cookies[looking.COOKIE] = look.written
        befores.append(look.before)
    assert befores == [None, None, 5, 5, 8, 8]
    browser.cookies[looking.COOKIE] = "x.1.1' OR 1"
    assert looking.of(browser, 8).before is None


def test_access_without_a_token_names_this_machine_alone() -> None:
    assert Access().hosts == {"localhost", "127.0.0.1", "::1"}
