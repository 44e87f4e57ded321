"""Marks on the pages: from a server, without a script, and in a real Chromium."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import desk as desks
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from test_page_browser import AXE, CHROMIUM, DRIVER, chromium, opened

from whosays.desk.desk import Desk
from whosays.library import analysing, marks, reporting
from whosays.library.adding import Adding
from whosays.library.store import Library

__all__ = ["chromium"]  # a fixture

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
MARKED = "return axe.run({include: [['#claims'], ['#conflicts'], ['#marks']]}).then(r => r.violations)"
MARKS = re.compile(r'<div class="marks".*?<div class="marking"></div>\s*</div>|<section id="marks".*?</section>', re.S)
HOSTILE = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="there is no chromium with chromedriver (apt install chromium chromium-driver)"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "whosays.db"
    desk = Desk(path)
    with Library.open(path, create=True) as library:
        Adding(library, analysing.made_by("test"), lambda event: None, fetch=pytest.fail).add(
            [str(EXAMPLES / "lasmar-port"), str(EXAMPLES / "karsholm-dam")]
        )
        for story in (1, 2):
            reporting.of_story(library, story, desk.made)
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "whosays.db"
    copy.write_bytes(filled.read_bytes())
    return copy


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with desks.served(path) as (url, _):
        yield url


class Visitor:
    """Somebody with a browser that keeps cookies and has no scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, **headers: str) -> str:
        with self.opener.open(Request(self.address + path, headers=headers), timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: Any) -> tuple[str, str]:
        """Where it led, and what stands there."""
        with self.opener.open(self.address + path, urlencode(fields, doseq=True).encode(), timeout=30) as answer:
            return answer.url.removeprefix(self.address), str(answer.read().decode())

    def mark(self, about: str, action: str, story: int = 2, **fields: Any) -> tuple[str, str]:
        """Open the form from the page of the story, and send it."""
        form = self.get(f"/stories/{story}/mark?" + urlencode({"about": about}))
        found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
        hidden = {name: html.unescape(value) for name, value in found}
        return self.post(f"/stories/{story}/mark", **(hidden | {"action": action, "who": "Ana"} | fields))

    def refused(self, path: str, **fields: Any) -> int:
        ask = self.post if fields else self.get
        with pytest.raises(HTTPError) as error:
            ask(path, **fields)
        return error.value.code


@pytest.fixture
def ana(address: str) -> Visitor:
    return Visitor(address)


def band(page: str, about: str) -> str:
    """The marks of one thing, as text."""
    found = re.search(rf'data-marks="{re.escape(about)}">(.*?)<a class="mark-it"', page, re.S)
    assert found is not None
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", found[1])).split())


class TestWithoutAScript:
    def test_a_mark_is_made_shown_undone_and_kept(self, ana: Visitor, path: Path) -> None:
        before = ana.get("/stories/2")
        assert band(before, "claim:1") == ""
        where, page = ana.mark("claim:1", "note", value="Ask the harbour master.")
        assert where == "/stories/2#c1"
        assert "Ana noted" in band(page, "claim:1")
        assert "Ask the harbour master." in band(page, "claim:1")
        [key] = re.findall(r'/marks/(\w+)/undo"', page)
        where, page = ana.post(f"/marks/{key}/undo", place="story")
        assert where == "/stories/2#marks"
        assert band(page, "claim:1") == ""
        log = ana.get("/marks")
        assert "undone" in log
        assert "Ask the harbour master." in log
        with Library.open(path) as library:
            assert [(m.who, m.action) for m in marks.every(library)] == [("Ana", "note"), ("Ana", "undo")]

    def test_what_was_found_stays_on_the_page_as_it_was(self, ana: Visitor) -> None:
        before = ana.get("/stories/2")
        ana.mark("claim:1", "join", other=2)
        ana.mark("conflict:1", "dismiss", value="not the same hour")
        after = ana.get("/stories/2")
        without = [MARKS.sub("", page) for page in (before, after)]
        assert without[0] == without[1]
        assert band(after, "claim:2").startswith("Ana joined it with c1")
        assert "with the marks" in after

    def test_the_name_is_asked_for_once(self, ana: Visitor, address: str) -> None:
        ana.mark("outlet:Gulf Herald", "grade", reliability="B", credibility="2")
        assert 'value="Ana"' in ana.get("/stories/2/mark?about=story")
        [key] = re.findall(r'/marks/(\w+)/undo"', ana.get("/stories/2"))
        ben = Visitor(address)
        _, page = ben.post(f"/marks/{key}/undo", place="marks")
        assert "Who undoes it?" in page
        _, page = ben.post(f"/marks/{key}/undo", place="marks", who="Ben Ødegård")
        assert "Ben Ødegård" in page
        assert "Ben Ødegård" in ben.get("/stories/2/mark?about=story")

    def test_a_grade_is_blank_by_default(self, ana: Visitor) -> None:
        assert 'class="grade"></b>' in ana.get("/stories/2")
        with pytest.raises(HTTPError) as refused:
            ana.mark("outlet:Gulf Herald", "grade")
        assert refused.value.code == 422
        assert "A grade is a letter from A to F" in html.unescape(refused.value.read().decode())
        _, page = ana.mark("outlet:Gulf Herald", "grade", reliability="C")
        assert 'class="grade">C</b>' in page
        assert "fairly reliable" in page

    def test_what_was_written_is_not_lost_when_it_is_refused(self, ana: Visitor) -> None:
        with pytest.raises(HTTPError) as refused:
            ana.mark("claim:1", "join", value="The same blast.")
        assert "The same blast.</textarea>" in refused.value.read().decode()

    def test_stories_that_are_joined_have_one_page_until_it_is_undone(self, ana: Visitor) -> None:
        where, page = ana.mark("story:2", "join", other=1)
        assert where == "/stories/1#marks"
        assert "Ana joined it with" in band(page, "story:1")
        assert "Gulf Herald" in page
        [key] = re.findall(r'/marks/(\w+)/undo"', page)
        ana.post(f"/marks/{key}/undo")
        assert "Gulf Herald" in ana.get("/stories/2")
        assert "Gulf Herald" not in ana.get("/stories/1")

    def test_a_part_of_a_claim_a_speaker_and_a_story_is_taken_out(self, ana: Visitor) -> None:
        _, page = ana.mark("claim:1", "part", some=[0])
        assert "Ana parted out of it" in band(page, "claim:1")
        _, page = ana.mark("story:2", "part", some=[0])
        assert "Ana parted out of it" in band(page, "story:2")
        assert ("Gulf Herald" in page) != ("Gulf Herald" in ana.get("/stories/3"))

    def test_a_form_of_a_story_that_changed_meanwhile_is_refused(self, ana: Visitor) -> None:
        fields = {"about": "claim:1", "seen": "0" * 12, "action": "note", "value": "x", "who": "Ana"}
        assert ana.refused("/stories/2/mark", **fields) == 409
        assert ana.refused("/stories/2/mark?about=claim:1&seen=" + "0" * 12) == 409

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ("/stories/2/mark?about=claim:999", 422), ("/stories/2/mark?about=claim:x", 404),
            ("/stories/2/mark?about=planet:1", 404), ("/stories/77/mark?about=story", 404),
            ("/stories/2/mark?about=outlet:Nobody", 422), ("/marks.exe", 422), ("/marks?before=0", 422),
        ],
    )  # fmt: skip
    def test_what_is_not_there_is_said_not_to_be(self, ana: Visitor, asked: str, status: int) -> None:
        assert ana.refused(asked) == status

    def test_undoing_what_is_not_there_is_refused(self, ana: Visitor) -> None:
        assert ana.refused("/marks/nonsense/undo", who="Ana") == 404

    def test_htmx_gets_the_form_alone(self, ana: Visitor) -> None:
        part = ana.get("/stories/2/mark?about=claim:1", **{"HX-Request": "true"})
        assert part.lstrip().startswith("<form")
        assert "<html" not in part

    def test_the_log_leaves_as_files(self, ana: Visitor) -> None:
        ana.mark("conflict:1", "settle", value="nine, by the ministry's list")
        [row] = map(json.loads, ana.get("/marks.jsonl").splitlines())
        assert (row["action"], row["stands"], row["story"]) == ("settle", True, 2)
        [line] = csv.DictReader(io.StringIO(ana.get("/marks.csv")))
        assert (line["key"], line["about"]) == (row["key"], "conflict")

    def test_the_log_is_filtered(self, ana: Visitor) -> None:
        ana.mark("claim:1", "note", value="first words")
        ana.mark("story:2", "note", value="second words", who="Ben")
        assert "first words" not in ana.get("/marks?about=story")
        assert "second words" not in ana.get("/marks?who=Ana")
        assert "No marks of this kind" in ana.get("/marks?action=grade")


@needs_browser
class TestInABrowser:
    def open(self, chromium: webdriver.Chrome, url: str) -> None:
        opened(chromium, url)
        WebDriverWait(chromium, 20).until(lambda d: d.execute_script("return document.readyState") == "complete")

    def make(self, chromium: webdriver.Chrome, about: str, **fields: str) -> None:
        """Open the form within the page, fill it in and send it."""
        within = f'[data-marks="{about}"]'
        chromium.find_element(By.CSS_SELECTOR, f"{within} .mark-it").click()
        form = WebDriverWait(chromium, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, f"{within} form.mark-form"))
        for name, value in fields.items():
            if name == "action":
                form.find_element(By.CSS_SELECTOR, f'[value="{value}"]').click()
                continue
            field = form.find_element(By.NAME, name)
            if field.tag_name == "select":
                Select(field).select_by_value(value)
            else:
                field.clear()
                field.send_keys(value)
        form.find_element(By.CSS_SELECTOR, "button").click()
        WebDriverWait(chromium, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, f"{within} .mark"))

    def test_mark_shown_undone(self, chromium: webdriver.Chrome, address: str) -> None:
        self.open(chromium, f"{address}/stories/2")
        self.make(chromium, "claim:1", action="join", other="2", value=f"one blast {HOSTILE}", who="Ana")
        shown = chromium.find_element(By.CSS_SELECTOR, '[data-marks="claim:2"] .mark')
        assert "Ana joined it with c1" in shown.text
        assert HOSTILE in shown.text
        assert chromium.title.startswith("Who says so?")
        assert chromium.execute_script(AXE.read_text() + ";" + MARKED) == []
        shown.find_element(By.TAG_NAME, "button").click()
        WebDriverWait(chromium, 20).until(lambda d: not d.find_elements(By.CSS_SELECTOR, ".mark"))
        self.open(chromium, f"{address}/marks")
        assert [one.text for one in chromium.find_elements(By.CSS_SELECTOR, ".log .tag")] == ["undone"]
        assert chromium.title.startswith("Marks")
        assert chromium.execute_script(AXE.read_text() + ";return axe.run().then(r => r.violations)") == []

    def test_the_form_has_no_accessibility_error(self, chromium: webdriver.Chrome, address: str) -> None:
        for about in ("claim:1", "conflict:1", "outlet:Gulf%20Herald", "speaker:1", "story:2"):
            self.open(chromium, f"{address}/stories/2/mark?about={about}")
            assert chromium.find_elements(By.CSS_SELECTOR, "form.mark-form")
            assert chromium.execute_script(AXE.read_text() + ";return axe.run().then(r => r.violations)") == []
