"""The HTTP interface, over a real server: what comes out, what goes in, and what is said when something is wrong."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import api_server
import pytest
from api_server import Api
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from whosays.desk.api import collections, documents, resources
from whosays.desk.api.articles import MOST_BYTES
from whosays.library import analysing
from whosays.library.adding import Adding
from whosays.library.store import Library

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COLLECTIONS = ("articles", "statements", "stories", "claims", "conflicts", "speakers", "outlets", "places")
DAM = "The dam at Amral held through the night, a senior official told Northline on Friday."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "whosays.db"
    with Library.open(path, create=True) as opened:
        run = Adding(opened, analysing.made_by("test"), lambda event: None, fetch=pytest.fail)
        run.add(map(str, sorted(EXAMPLES.iterdir())))
    return path


@pytest.fixture(scope="module")
def api(library: Path) -> Iterator[Api]:
    with api_server.serving(library) as served:
        for story in served.get("/stories")["stories"]:
            served.get(f"/stories/{story['id']}/report")
        yield served


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Api]:
    with api_server.serving(tmp_path / "new.db") as served:
        yield served


def problem(answer: Any, status: int) -> str:
    """The detail of a problem document, which it must be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    made = answer.json()
    assert (made["status"], made["type"]) == (status, "about:blank")
    detail: str = made["detail"]
    return detail


def add(api: Api, article: object, **parameters: Any) -> Any:
    return api.ask("/articles", "POST", json=article, params={"wait": 60, **parameters})


class TestCollections:
    @pytest.mark.parametrize("name", COLLECTIONS)
    def test_pages_and_lines_hold_the_same_rows_in_the_same_order(self, api: Api, name: str) -> None:
        rows = api.lines(f"/{name}")
        assert rows
        for size in (7, 1000):
            assert api.pages(f"/{name}?limit={size}", name) == rows
        assert len({json.dumps(row) for row in rows}) == len(rows)

    @pytest.mark.parametrize("path", [*COLLECTIONS, "statements?q=dam", "statements?speaker=venn"])
    def test_lines_are_the_same_in_whatever_chunks_they_are_asked_for(
        self, api: Api, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = api.lines(f"/{path}")
        monkeypatch.setattr(collections, "_CHUNK", 4)
        assert len(rows) > 4 or path == "stories"
        assert api.lines(f"/{path}") == rows
        assert api.lines(f"/{path}{'&' if '?' in path else '?'}limit=6") == rows[:6]

    @pytest.mark.parametrize("name", COLLECTIONS)
    def test_a_limit_holds_for_lines_too(self, api: Api, name: str) -> None:
        assert api.lines(f"/{name}?limit=1") == api.lines(f"/{name}")[:1]

    def test_the_next_page_is_in_the_link_header(self, api: Api) -> None:
        answer = api.ask("/articles?limit=2&order=added")
        assert answer.headers["link"] == f'<{answer.json()["next"]}>; rel="next"'
        assert "link" not in api.ask("/articles?limit=1000").headers

    def test_order_added_is_the_other_way_round(self, api: Api) -> None:
        latest = [row["id"] for row in api.lines("/articles")]
        assert [row["id"] for row in api.lines("/articles?order=added")] == latest[::-1]

    def test_statements_of_an_article_are_in_the_order_of_its_text(self, api: Api) -> None:
        for order in ("latest", "added"):
            rows = api.lines(f"/statements?article=courier&order={order}")
            assert [row["id"] for row in rows] == [f"courier:{n}" for n in range(1, len(rows) + 1)]
        assert api.pages("/articles/courier/statements?limit=4", "statements") == rows

    def test_what_comes_in_while_pages_are_read_moves_none_of_them(self, empty: Api) -> None:
        add(empty, [{"id": str(n), "text": f"{DAM} It was day {n} of the flood.", "url": f"https://a.example/{n}"}
                    for n in range(4)])  # fmt: skip
        first = empty.get("/articles?limit=2")
        add(empty, {"id": "later", "text": f"{DAM} Later, it broke.", "url": "https://a.example/later"})
        assert [row["id"] for row in first["articles"] + empty.pages(first["next"], "articles")] == list("3210")

    @settings(deadline=None, max_examples=30)
    @given(st.text("0123456789abcdef.", min_size=1, max_size=40))
    def test_any_cursor_is_some_place(self, api: Api, cursor: str) -> None:
        for name in COLLECTIONS:
            api.get(f"/{name}?limit=1&cursor={cursor}")


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "holds"),
        [
            ("q=dam", lambda row: "dam" in json.dumps(row["text"]).lower()),
            ("outlet=Ardal Courier", lambda row: row["outlet"] == "Ardal Courier"),
            ("since=2026-01-01", lambda row: row["published"] >= "2026"),
            ("until=2025-12-31", lambda row: row["published"] < "2026"),
            ("story=2", lambda row: row["story"] == 2),
            ("naming=anonymous", lambda row: row["naming"] == "anonymous"),
            ("polarity=denied", lambda row: row["polarity"] == "denied"),
            ("kind=direct", lambda row: row["kind"] == "direct"),
            ("speaker=venn", lambda row: "Venn" in row["speaker"]),
            ("speaker=venn&kind=direct", lambda row: "Venn" in row["speaker"] and row["kind"] == "direct"),
            ("speaker=venn&q=sent", lambda row: "Venn" in row["speaker"] and "sent" in row["text"]["content"]),
            ("q=dam&outlet=Ardal Courier", lambda row: row["outlet"] == "Ardal Courier"),
        ],
    )
    def test_statements_are_those_that_were_asked_for(self, api: Api, asked: str, holds: Any) -> None:
        everything = {row["id"] for row in api.lines("/statements")}
        rows = api.lines(f"/statements?{asked}")
        assert rows
        assert all(map(holds, rows))
        assert {row["id"] for row in rows} < everything
        assert api.pages(f"/statements?limit=2&{asked}", "statements") == rows

    def test_an_article_without_a_date_counts_by_the_day_on_which_it_was_added(self, empty: Api) -> None:
        add(empty, {"id": "undated", "text": f"{DAM} Nobody knows when."})
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        for name in ("articles", "statements", "stories"):
            assert empty.lines(f"/{name}?since={today}") == empty.lines(f"/{name}")
            assert empty.lines(f"/{name}?until=2020-01-01") == []

    def test_words_that_are_no_words_find_nothing(self, api: Api) -> None:
        for name in ("articles", "statements", "stories", "speakers"):
            assert api.get(f"/{name}?q=%3F!%22")[name] == []

    def test_stories_are_those_with_such_an_article(self, api: Api) -> None:
        [dam] = api.get("/stories?q=karsholm")["stories"]
        assert {one["id"] for one in dam["articles"]} == {"meridian-post", "courier", "channel-nine"}
        assert api.get("/stories?outlet=Ardal Courier&since=2026-01-01")["stories"] == []

    def test_changes_since_a_moment(self, api: Api) -> None:
        assert api.lines("/articles?changed_since=2020-01-01T00:00:00%2B02:00") == api.lines("/articles")
        assert api.lines("/statements?changed_since=9999-01-01T00:00:00Z") == []

    def test_claims_of_a_story_are_those_of_its_report(self, api: Api) -> None:
        for story in api.lines("/stories"):
            report = api.get(f"/stories/{story['id']}/report")
            for name in ("claims", "conflicts"):
                rows = api.lines(f"/{name}?story={story['id']}")
                assert len(rows) == len(report[name]) == story[name]
                assert all(row["story"] == story["id"] for row in rows)
            names = {speaker["id"]: speaker["name"] for speaker in report["speakers"]}
            for claim in api.lines(f"/claims?story={story['id']}"):
                for origin in claim["origins"]:
                    assert origin["name"] in (
                        names.get(origin.get("speaker")),
                        origin.get("document"),
                        origin.get("outlet"),
                    )

    def test_conflicts_of_a_type(self, api: Api) -> None:
        quantity = [row for row in api.lines("/conflicts") if row["type"] == "quantity"]
        assert quantity
        assert api.lines("/conflicts?type=quantity") == quantity

    def test_a_parameter_that_is_not_known_is_refused(self, api: Api) -> None:
        assert "speakr" in problem(api.ask("/statements?speakr=venn"), 422)


class TestContents:
    def test_an_article_and_its_parts(self, api: Api) -> None:
        article = api.get("/articles/courier")
        text = api.ask("/articles/courier/text")
        assert text.text == article["text"]
        assert hashlib.sha256(text.content).hexdigest() == article["text_sha256"]
        assert len(api.get("/articles/courier/versions")["versions"]) == article["versions"] == 1
        for found in article["dates"] + article["places"]:
            assert article["text"][slice(*found["span"])] == found["text"]
        rows = api.lines("/articles/courier/statements")
        assert len(rows) == article["statements"]
        for row in rows:
            assert " […] ".join(article["text"][slice(*span)] for span in row["content"]) == row["text"]["content"]

    def test_texts_come_with_the_list_if_wanted(self, api: Api) -> None:
        [row] = api.get("/articles?outlet=Ardal Courier&text=true")["articles"]
        assert row["text"] == api.get("/articles/courier")["text"]
        assert "text" not in api.get("/articles?limit=1")["articles"][0]

    def test_tallies_count_what_the_library_holds(self, api: Api) -> None:
        standing = api.get("/library")
        assert sum(row["articles"] for row in api.lines("/outlets")) == standing["articles"]
        assert sum(row["statements"] for row in api.lines("/outlets")) == standing["statements"]
        spoken = [row for row in api.lines("/statements") if row["speaker"]]
        assert sum(row["statements"] for row in api.lines("/speakers")) == len(spoken)
        named = [place for row in api.lines("/articles") for place in api.get(row["href"])["places"]]
        assert sum(row["mentions"] for row in api.lines("/places")) == len(named)

    def test_a_report_comes_in_every_form_by_its_name_or_by_the_accept_header(self, api: Api) -> None:
        page = api.ask("/stories/1/report.html")
        assert page.headers["content-type"].startswith("text/html")
        assert api.ask("/stories/1/report", headers={"Accept": "text/html,*/*;q=0.8"}).content == page.content
        assert api.ask("/stories/1/report", headers={"Accept": "text/markdown"}).text.startswith("# ")
        assert api.ask("/stories/1/report").json()["format"] == "whosays.report/1"
        stix = api.ask("/stories/1/report", headers={"Accept": "application/stix+json"})
        assert stix.json()["type"] == "bundle"
        assert page.headers["content-disposition"] == 'attachment; filename="story-1.html"'
        assert "json" in problem(api.ask("/stories/1/report.docx"), 404)

    def test_the_types_name_every_field(self, api: Api) -> None:
        """The OpenAPI document is made of them; a field that is not in it would be nobody's promise."""
        for story in api.lines("/stories"):
            documents.Report.model_validate(api.get(f"/stories/{story['id']}/report"), extra="forbid")
            resources.Story.model_validate(story, extra="forbid")
        kinds: list[tuple[str, type[BaseModel]]] = [
            ("/articles", resources.Articles), ("/articles/courier", resources.WholeArticle),
            ("/statements", resources.Statements), ("/claims", resources.Claims), ("/conflicts", resources.Conflicts),
            ("/speakers", resources.Speakers), ("/outlets", resources.Outlets), ("/places", resources.Places),
            ("/library", resources.Library), ("", resources.Index),
        ]  # fmt: skip
        for path, kind in kinds:
            kind.model_validate(api.get(path), extra="forbid")


class TestValidators:
    @pytest.mark.parametrize("path", ["", "/articles", "/articles/courier/text", "/stories/1/report.html", "/claims"])
    def test_what_has_not_changed_is_not_sent_again(self, api: Api, path: str) -> None:
        first = api.ask(path)
        again = api.ask(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert api.ask(path, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_what_has_changed_is_sent(self, empty: Api) -> None:
        add(empty, {"text": DAM, "outlet": "Harbour Post", "url": "https://a.example/1"})
        paths = ("/articles", "/stories", "/stories/1/report")
        before = {path: empty.ask(path).headers["etag"] for path in paths}
        changed = add(
            empty, {"text": f"{DAM} It broke at noon.", "outlet": "Harbour Post", "url": "https://a.example/1"}
        )
        assert changed.json()["counts"]["changed"] == 1
        for path in paths:
            assert empty.ask(path, headers={"If-None-Match": before[path]}).status_code == 200
        assert [one["number"] for one in empty.get("/articles/article/versions")["versions"]] == [1, 2]

    @pytest.mark.parametrize("path", ["", "/articles", "/articles/courier/text", "/stories/1/report", "/articles/none"])
    def test_head_is_get_without_the_body(self, api: Api, path: str) -> None:
        whole, head = api.ask(path), api.ask(path, "HEAD")
        assert head.content == b""
        assert head.status_code == whole.status_code
        same = ("etag", "content-type", "content-length", "vary")
        assert [head.headers.get(name) for name in same] == [whole.headers.get(name) for name in same]

    def test_long_answers_are_packed_for_whoever_takes_that(self, api: Api) -> None:
        with api.client.stream("GET", "/api/v1/articles?text=true", headers={"Accept-Encoding": "gzip"}) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        plain = api.ask("/articles?text=true", headers={"Accept-Encoding": "identity"})
        assert gzip.decompress(packed) == plain.content
        assert answer.headers["etag"] == plain.headers["etag"]


class TestAdding:
    def test_an_article_is_added_once_however_often_it_is_sent(self, empty: Api) -> None:
        given = {"text": DAM, "outlet": "Harbour Post", "title": "Pumps", "published": "2031-05-02"}
        first, again = add(empty, given), add(empty, given)
        assert (first.status_code, again.status_code) == (201, 200)
        assert (first.json()["counts"]["new"], again.json()["counts"]["known"]) == (1, 1)
        [row] = empty.lines("/articles?text=true")
        assert {name: row[name] for name in given} == given

    def test_without_waiting_the_answer_is_where_to_look(self, empty: Api) -> None:
        answer = empty.ask("/articles", "POST", json={"text": DAM})
        assert answer.status_code == 202
        done = empty.get(f"{answer.headers['location']}?wait=60")
        assert (done["state"], done["counts"]["new"]) == ("done", 1)
        assert [event["what"] for event in done["events"] if event["what"] != "notice"] == ["new"]
        assert empty.get("/jobs")["jobs"][0]["id"] == done["id"]

    @pytest.mark.parametrize(
        ("media_type", "body"),
        [
            ("application/json", json.dumps([{"text": DAM, "id": "a"}])),
            ("application/x-ndjson", json.dumps({"text": DAM, "id": "a"}) + "\n{\n"),
            ("text/plain; charset=utf-8", f"Outlet: Harbour Post\n\n{DAM}"),
            ("text/html", f"<!doctype html><title>Dam</title><article><h1>Dam</h1><p>{DAM} {DAM}</p></article>"),
        ],
    )
    def test_each_form_is_read(self, empty: Api, media_type: str, body: str) -> None:
        answer = empty.ask("/articles?wait=60", "POST", content=body.encode(), headers={"Content-Type": media_type})
        assert answer.status_code == 201, answer.text
        assert DAM in empty.lines("/articles?text=true")[0]["text"]

    def test_what_cannot_be_read_is_said_and_the_rest_is_kept(self, empty: Api) -> None:
        job = add(empty, [{"text": "!!!"}, {"text": DAM}], name="today.json").json()
        assert (job["counts"]["refused"], job["counts"]["new"]) == (1, 1)
        assert any("today.json" in event["problem"] for event in job["events"] if event["what"] == "refused")

    @pytest.mark.parametrize("key", ["a/b c?d#e%2F", "été & co", "/text", "x/statements", "…"])
    def test_an_article_with_any_id_is_found_at_its_address(self, empty: Api, key: str) -> None:
        add(empty, {"id": key, "text": DAM})
        [row] = empty.lines("/articles")
        assert row["id"] == key
        assert empty.get(row["href"])["text"] == DAM
        assert empty.ask(f"/articles/{quote(key, safe='')}/text").text == DAM

    def test_a_file_of_this_machine_is_never_read(self, empty: Api) -> None:
        job = empty.ask(
            "/articles?wait=60&name=/etc/hosts", "POST", content=b"/etc/hosts", headers={"Content-Type": "text/plain"}
        ).json()
        assert "127.0.0.1" not in json.dumps(job) + json.dumps(empty.lines("/articles?text=true"))

    @pytest.mark.parametrize(
        ("status", "media_type", "body"),
        [
            (400, "application/json", b"{"),
            (400, "application/json", b'{"text": "\xff"}'),
            (422, "application/json", b"{}"),
            (422, "application/json", b"[]"),
            (422, "application/json", b'{"text": 3}'),
            (422, "application/json", b'[{"text": "a", "outlet": []}]'),
            (415, "image/png", b"png"),
            (413, "text/plain", b"a" * (MOST_BYTES + 1)),
        ],
    )
    def test_what_is_wrong_with_a_body_is_said(self, api: Api, status: int, media_type: str, body: bytes) -> None:
        for path in ("/articles", "/report") if media_type != "text/plain" else ("/articles",):
            problem(api.ask(path, "POST", content=body, headers={"Content-Type": media_type}), status)

    def test_a_body_of_unknown_length_is_cut_off_too(self, api: Api) -> None:
        pieces = (b"a" * 1_000_000 for _ in range(17))
        answer = api.ask("/articles", "POST", content=pieces, headers={"Content-Type": "text/plain"})
        problem(answer, 413)


class TestReport:
    def test_articles_in_report_out_and_nothing_is_kept(self, empty: Api) -> None:
        articles = [{"id": "a", "outlet": "Harbour Post", "text": DAM}, {"id": "b", "outlet": "Ledger", "text": DAM}]
        answer = empty.ask("/report", "POST", json=articles)
        report = answer.json()
        assert [one["id"] for one in report["articles"]] == ["a", "b"]
        assert report["statements"]
        assert empty.get("/library")["articles"] == 0
        assert "claims" not in empty.ask("/report?statements_only=true", "POST", json=articles).json()
        page = empty.ask("/report", "POST", json=articles, headers={"Accept": "text/html"})
        assert page.text.startswith("<!DOCTYPE html>")

    def test_what_is_left_out_is_noted(self, empty: Api) -> None:
        report = empty.ask("/report", "POST", json=[{"text": "!!!"}, {"text": DAM, "id": "a"}]).json()
        assert [one["id"] for one in report["articles"]] == ["a"]
        assert report["notes"] == ["Left out: article, article 1: holds no words."]
        nothing = empty.ask("/report", "POST", json={"text": "!!!"}).json()
        assert (nothing["articles"], nothing["notes"]) == ([], ["Left out: article: holds no words."])

    def test_too_many_articles_are_refused(self, empty: Api) -> None:
        problem(empty.ask("/report", "POST", json=[{"text": DAM}] * 51), 422)


class TestProblems:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/nothing", 404), ("/articles/nothing", 404), ("/articles/nothing/text", 404), ("/jobs/999", 404),
            ("/articles/nothing/statements", 404), ("/articles/nothing/versions", 404), ("/stories/999", 404),
            ("/stories/999/report", 404), ("/claims?story=999", 404), ("/stories/one", 422), ("/articles?limit=0", 422),
            ("/articles?since=yesterday", 422), ("/articles?since=2025-02-30", 422), ("/articles?cursor=!", 422),
            ("/articles?changed_since=2025-02-03", 422), (f"/stories/{2**70}", 422),
        ],
    )  # fmt: skip
    def test_each_is_a_problem_document(self, api: Api, path: str, status: int) -> None:
        assert problem(api.ask(path), status)
        assert api.ask(path, headers={"Accept": "application/x-ndjson"}).status_code == status

    def test_a_method_that_is_not_there(self, api: Api) -> None:
        answer = api.ask("/articles", "DELETE")
        problem(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD, POST"

    def test_an_article_text_that_is_markup_stays_text(self, empty: Api) -> None:
        add(empty, {"id": "<script>", "title": "<script>alert(1)</script>", "text": f"{DAM} <script>alert(1)</script>"})
        answer = empty.ask(f"/articles/{quote('<script>', safe='')}/text")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"


class TestBulk:
    def test_a_stream_that_is_not_taken_keeps_no_writer_waiting(self, library: Path, api: Api) -> None:
        with api.client.stream(
            "GET", "/api/v1/statements", headers={"Accept": "application/x-ndjson", "Accept-Encoding": "identity"}
        ) as answer:
            pieces = answer.iter_raw(100)
            next(pieces)
            # nobody reads on: the log can be written back and cleared, which it cannot while somebody reads from it
            with sqlite3.connect(library, timeout=1) as other:
                assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
            rest = sum(len(piece) for piece in pieces)
        assert rest > 0

    def test_many_readers_and_a_writer_at_once(self, empty: Api) -> None:
        add(empty, {"text": DAM, "outlet": "A"})
        failed: list[object] = []

        def read() -> None:
            for _ in range(10):
                answer = empty.ask("/statements")
                if answer.status_code != 200:
                    failed.append(answer.text)

        readers = [threading.Thread(target=read) for _ in range(8)]
        for reader in readers:
            reader.start()
        for n in range(5):
            assert add(empty, {"text": f"{DAM} It was day {n}.", "outlet": f"B{n}"}).status_code == 201
        for reader in readers:
            reader.join()
        assert failed == []
