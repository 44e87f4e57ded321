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
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait
from test_page_browser import AXE, CHROMIUM, DRIVER, chromium, opened

from whosays.desk.desk import Desk
from whosays.library import analysing, marks, reporting
from whosays.library.adding import Adding, Delivery
from whosays.library.store import Library

__all__ = ["chromium"]  # a fixture

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
MARKED = "return axe.run({include: [['#claims'], ['#conflicts'], ['#marks']]}).then(r => r.violations)"
MARKS = re.compile(r'<div class="marks".*?<a class="mark-it".*?</a>\s*</div>|<section id="marks".*?</section>', re.S)
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
def both(path: Path) -> Iterator[tuple[str, Desk]]:
    with desks.served(path) as found:
        yield found


@pytest.fixture
def address(both: tuple[str, Desk]) -> str:
    return both[0]


@pytest.fixture
def served(both: tuple[str, Desk]) -> Desk:
    return both[1]


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
        return self.post(f"/stories/{story}/mark", **(hidden(form) | {"action": action, "who": "Ana"} | fields))

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

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ("/stories/2/mark?about=claim:999", 422), ("/stories/2/mark?about=claim:x", 404),
            ("/stories/2/mark?about=planet:1", 404), ("/stories/77/mark?about=story", 404),
            ("/stories/2/mark?about=outlet:Nobody", 422), ("/stories/2/mark?about=passage:a9-1", 404),
            ("/stories/2/mark?about=passage:a1-999", 404), ("/stories/2/mark?about=passage:x", 404),
            ("/stories/2/mark?about=mark:1", 404), ("/marks.exe", 422), ("/marks?before=0", 422),
        ],
    )  # fmt: skip
    def test_what_is_not_there_is_said_not_to_be(self, ana: Visitor, asked: str, status: int) -> None:
        assert ana.refused(asked) == status

    def test_undoing_what_is_not_there_is_refused(self, ana: Visitor) -> None:
        assert ana.refused("/marks/nonsense/undo", who="Ana") == 404

    def test_the_script_gets_the_form_alone(self, ana: Visitor) -> None:
        part = ana.get("/stories/2/mark?about=claim:1", **{"X-Within": "page"})
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


def hidden(form: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def paragraph(page: str, words: str) -> str:
    """The anchor of the paragraph with these words, to be read in the articles of a story's page."""
    articles = page[page.index('<section id="articles"') :]
    every = re.findall(r'<p id="(a\d+-\d+)".*?</p>', articles, re.S)
    shown = [re.search(rf'<p id="{one}".*?</p>', articles, re.S) for one in every]
    [found] = [one for one, text in zip(every, shown, strict=True) if text and words in plain(text[0])]
    return str(found)


def plain(marked_up: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", marked_up)).split())


def behind(page: str, anchor: str) -> str:
    """What stands beside a paragraph, as text."""
    found = re.search(rf'<p id="{anchor}".*?</p>(.*?)(?:<p id=|</article>)', page, re.S)
    assert found is not None
    return plain(found[1])


class TestAPassage:
    def test_a_note_on_a_statement_stands_behind_its_paragraph(self, ana: Visitor, path: Path) -> None:
        before = ana.get("/stories/2")
        at = paragraph(before, "smell of gas for an hour")
        assert f'href="/stories/2/mark?about=passage%3A{at}&amp;' in before
        form = ana.get(f"/stories/2/mark?about=passage:{at}")
        choices = re.findall(r'name="passage" value="([^"]+)".*?<b>(.*?)</b>(.*?)</label>', form, re.S)
        assert len(choices) > 1
        place, _, said = choices[0]
        where, page = ana.mark(f"passage:{at}", "note", passage=place, value="I rang him.")
        assert where == f"/stories/2#{at}"
        assert f"“{plain(said)}” Ana noted" in behind(page, at)
        assert "I rang him." in behind(page, at)
        without = re.sub(r'<div class="marks" data-marks="passage.*?</form>', "", page, flags=re.S)
        assert "I rang him." not in MARKS.sub("", without)
        with Library.open(path) as library:
            [mark] = marks.every(library)
        [anchor] = mark.targets[0].passages
        assert f"{anchor.start}-{anchor.end}" == place
        [key] = re.findall(r'/marks/(\w+)/undo"', page)
        ana.post(f"/marks/{key}/undo", place="story")
        assert behind(ana.get("/stories/2"), at) == ""

    def test_words_are_found_where_they_were_selected(self, ana: Visitor, path: Path) -> None:
        page = ana.get("/stories/2")
        at = paragraph(page, "smell of gas for an hour")
        text = next(plain(p) for p in re.findall(rf'<p id="{at}".*?</p>', page, re.S))
        assert text.count("the ") > 1
        ana.mark(f"passage:{at}", "note", words="the", near=0, value="first")
        ana.mark(f"passage:{at}", "note", words="the", near=5000, value="last")
        with Library.open(path) as library:
            first, last = (mark.targets[0].passages[0] for mark in marks.every(library))
        assert first.quote == last.quote == "the"
        assert first.start < last.start

    def test_words_that_stand_elsewhere_are_refused_and_kept(self, ana: Visitor) -> None:
        with pytest.raises(HTTPError) as refused:
            ana.mark("passage:a1-2", "note", words="no such words", value="A long note.")
        answer = refused.value.read().decode()
        assert (refused.value.code, "The paragraph has no such words" in answer) == (422, True)
        assert "A long note.</textarea>" in answer
        assert "no such words</textarea>" in answer
        with pytest.raises(HTTPError) as refused:
            ana.mark("passage:a1-2", "note", passage="0-3", value="A long note.")
        assert "Which passage it is about is not chosen" in refused.value.read().decode()

    def test_it_is_found_again_in_a_corrected_text(self, ana: Visitor, served: Desk) -> None:
        at = paragraph(ana.get("/stories/2"), "smell of gas for an hour")
        ana.mark(f"passage:{at}", "note", words="smell of gas for an hour", value="I rang him.")
        file = EXAMPLES / "lasmar-port" / "gulf-herald.txt"
        opening, _, rest = file.read_text("utf-8").partition("\n\n")
        desks.add(served, Delivery(file.name, f"{opening}\n\nCorrected on Friday.\n\n{rest}".encode()))
        served.reports.wait(2, 60)
        page = ana.get("/stories/2")
        now = paragraph(page, "smell of gas for an hour")
        assert now != at
        assert "I rang him." in behind(page, now)
        desks.add(served, Delivery(file.name, f"{opening}\n\n{rest.replace('smell', 'stink')}".encode()))
        served.reports.wait(2, 60)
        page = ana.get("/stories/2")
        assert "I rang him." in plain(page[page.index("Beside what is no longer found") :])

    def test_a_speaker_is_marked_in_the_list_of_them(self, ana: Visitor) -> None:
        page = ana.get("/stories/2")
        number = next(n for n, name in speakers(page) if "Venn" in name)
        where, page = ana.mark(f"speaker:{number}", "grade", reliability="B", credibility="2")
        assert where == f"/stories/2#speaker-{number}"
        [listed] = re.findall(rf'<li id="who-s\d+"(?:(?!</li>).)*?id="speaker-{number}".*?</li>', page, re.S)
        assert "Venn" in plain(listed)
        assert "Ana graded it B2" in plain(listed)
        assert [n for n, name in speakers(page) if "graded it" in name] == [number]


def speakers(page: str) -> list[tuple[str, str]]:
    """The list of all speakers: the number by which each is marked, and what stands there."""
    every = re.findall(r'<li id="who-s\d+".*?</li>', page, re.S)
    return [(re.findall(r'id="speaker-(\d+)"', one)[0], plain(one)) for one in every]


class TestAnotherEdition:
    def test_what_was_seen_is_shown_again_and_never_another(self, ana: Visitor, served: Desk, path: Path) -> None:
        seen = hidden(ana.get("/stories/2/mark?about=claim:1"))
        old = ana.get("/stories/2/mark?about=claim:1")
        said = plain(re.findall(r"<h1>(.*?)</h1>", old)[0])
        extra = "\n\n".join(f"“{number} boats are missing,” Harbour master Ilse Vay said." for number in (3, 4))
        file = EXAMPLES / "lasmar-port" / "gulf-herald.txt"
        desks.add(served, Delivery(file.name, file.read_bytes() + f"\n\n{extra}".encode()))
        served.reports.wait(2, 60)
        with pytest.raises(HTTPError) as refused:
            ana.post("/stories/2/mark", **seen, action="note", value="Long words.", who="Ana")
        answer = refused.value.read().decode()
        assert refused.value.code == 409
        assert "The story has changed since you opened it" in answer
        assert said in plain(answer)
        assert "Long words.</textarea>" in answer
        with Library.open(path) as library:
            assert list(marks.every(library)) == []
        ana.post("/stories/2/mark", **hidden(answer), action="note", value="Long words.", who="Ana")
        with Library.open(path) as library:
            assert [mark.targets[0].text for mark in marks.every(library)] == [said]

    def test_numbers_that_are_another_claim_by_now_are_not_taken(self, ana: Visitor, path: Path) -> None:
        """The form of claim 2, sent with the number of claim 1: as if they had changed places meanwhile."""
        seen = hidden(ana.get("/stories/2/mark?about=claim:2")) | {"about": "claim:1", "seen": "0" * 12}
        with pytest.raises(HTTPError) as refused:
            ana.post("/stories/2/mark", **seen, action="note", value="x", who="Ana")
        assert hidden(refused.value.read().decode())["about"] == "claim:2"
        with Library.open(path) as library:
            assert list(marks.every(library)) == []

    def test_of_a_story_that_became_part_of_another_it_is_looked_for_there(self, ana: Visitor, path: Path) -> None:
        seen = hidden(ana.get("/stories/2/mark?about=speaker:1"))
        ana.mark("story:2", "join", other=1)
        with pytest.raises(HTTPError) as refused:
            ana.post("/stories/2/mark", **seen, action="note", value="Long words.", who="Ana")
        answer = refused.value.read().decode()
        assert refused.value.code == 409
        assert 'action="/stories/1/mark"' in answer
        assert hidden(answer)["was"] == seen["was"]
        assert "Long words.</textarea>" in answer
        with Library.open(path) as library:
            assert [mark.about for mark in marks.every(library)] == ["story"]

    def test_what_is_there_no_longer_leaves_the_words(self, ana: Visitor) -> None:
        fields = {"about": "claim:1", "seen": "0" * 12, "was": "f" * 16, "action": "note", "who": "Ana"}
        with pytest.raises(HTTPError) as refused:
            ana.post("/stories/2/mark", **fields, value="Long words.")
        answer = refused.value.read().decode()
        assert refused.value.code == 409
        assert "Not marked" in answer
        assert "Long words." in answer
        assert ana.refused("/stories/2/mark?about=claim:1&seen=" + "0" * 12) == 409


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
        for about in ("claim:1", "conflict:1", "outlet:Gulf%20Herald", "speaker:1", "story:2", "passage:a1-2"):
            self.open(chromium, f"{address}/stories/2/mark?about={about}")
            assert chromium.find_elements(By.CSS_SELECTOR, "form.mark-form")
            assert chromium.execute_script(AXE.read_text() + ";return axe.run().then(r => r.violations)") == []

    def test_words_are_selected_and_noted(self, chromium: webdriver.Chrome, address: str) -> None:
        self.open(chromium, f"{address}/stories/2")
        paragraph = chromium.find_element(By.CSS_SELECTOR, "#a1-2")
        # as a mouse would: over statements and the numbers of their speakers
        words = chromium.execute_script(
            "const all = document.createTreeWalker(arguments[0], NodeFilter.SHOW_TEXT), texts = [];"
            "while (all.nextNode()) texts.push(all.currentNode);"
            "const own = texts.filter((text) => !text.parentElement.closest('.refs, .pen')), last = own.at(-2);"
            "getSelection().setBaseAndExtent(own[0], 2, last, last.length);"
            "return own.slice(0, -1).map((text) => text.data).join('').slice(2).replaceAll('\\u2060', '')",
            paragraph,
        ).strip()
        pen = WebDriverWait(chromium, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, "#a1-2 .pen.ready"))
        pen.send_keys(Keys.ENTER)
        form = WebDriverWait(chromium, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, "#a1-2 + .marking form"))
        assert form.find_element(By.NAME, "words").get_property("value") == words
        assert chromium.switch_to.active_element == form.find_element(By.NAME, "words")
        axe = ";return axe.run({include: [['#articles']]}).then(r => r.violations)"
        assert chromium.execute_script(AXE.read_text() + axe) == []
        form.find_element(By.CSS_SELECTOR, ".leave").send_keys(Keys.ENTER)
        assert not chromium.find_elements(By.CSS_SELECTOR, ".marking")
        assert chromium.switch_to.active_element == pen
        pen.send_keys(Keys.ENTER)
        form = WebDriverWait(chromium, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, "#a1-2 + .marking form"))
        form.find_element(By.NAME, "value").send_keys(f"Look again {HOSTILE}")
        form.find_element(By.NAME, "who").send_keys("Ana", Keys.ENTER)
        note = WebDriverWait(chromium, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, "#a1-2 + .marks"))
        assert f"“{words}”" in note.text
        assert f"Look again {HOSTILE}" in note.text
        assert chromium.title.startswith("Who says so?")
        assert chromium.execute_script(AXE.read_text() + axe) == []

    def test_a_speaker_is_marked_where_it_stands(self, chromium: webdriver.Chrome, address: str) -> None:
        self.open(chromium, f"{address}/stories/2#speaker-1")
        WebDriverWait(chromium, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, "#speaker-1").is_displayed())
        self.make(chromium, "speaker:1", action="note", value="She was there.", who="Ana")
        assert chromium.find_element(By.CSS_SELECTOR, "#speaker-1").is_displayed()
        axe = ";return axe.run({include: [['#sources']]}).then(r => r.violations)"
        assert chromium.execute_script(AXE.read_text() + axe) == []
