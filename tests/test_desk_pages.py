"""Search and the pages of speakers, outlets and places, from a real server and in a real Chromium."""

from __future__ import annotations

import html
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote_plus
from urllib.request import urlopen

import desk as desks
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from test_page_browser import AXE, CHROMIUM, DRIVER, chromium, opened

from whosays.library import analysing, outlets_of, places_of, speakers_of
from whosays.library.adding import Adding
from whosays.library.errors import UnknownName
from whosays.library.store import Library

__all__ = ["chromium"]  # a fixture

EXAMPLES = sorted(map(str, (Path(__file__).resolve().parent.parent / "examples").iterdir()))
HOSTILE = "<script>document.title='ran'</script><img src=x onerror=alert(1)>"
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="there is no chromium with chromedriver (apt install chromium chromium-driver)"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The examples, and an article whose makers wish readers ill."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "hostile.txt").write_text(
        f"Outlet: Evil/../Post? {HOSTILE}\nTitle: {HOSTILE}\nDate: 2025-03-14\n\n"
        f'"The zebra {HOSTILE} is safe in Oslo," Mayor Ida Brandt said.\n'
    )
    with Library.open(folder / "whosays.db", create=True) as opened:
        run = Adding(opened, analysing.made_by("test"), lambda event: None, fetch=pytest.fail)
        run.add([*EXAMPLES, str(folder / "hostile.txt")])
        yield opened


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    with desks.served(library.path) as (url, _):
        yield url


def got(url: str) -> str:
    with urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def links(page: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'href="([^"]*)"', page)]


class TestSearch:
    def test_it_works_as_a_plain_form(self, address: str) -> None:
        page = got(f"{address}/search?words=drone&speaker=&outlet=&since=&until=&within=statements")
        assert "<mark>drone</mark>" in page
        assert re.search(r'role="status">\d+ statements', page)

    def test_a_choice_can_be_made_and_removed(self, address: str) -> None:
        page = got(f"{address}/search?words=drone")
        choice = next(link for link in links(page) if "in_outlet=Gulf+Herald" in link)
        narrower = got(address + choice)
        assert len(re.findall("<blockquote>", narrower)) < len(re.findall("<blockquote>", page))
        assert re.search(r"in Gulf Herald <a href=\"/search\?words=drone\">remove", narrower)
        assert '<input type="hidden" form="asking" name="in_outlet" value="Gulf Herald">' in narrower

    def test_pages_lead_on_and_back(self, address: str) -> None:
        first = got(f"{address}/search?words=the")
        second_link = next(link for link in links(first) if "page=2" in link)
        second = got(address + second_link)
        assert '<ol class="quotes" start="21">' in second
        assert any(link.endswith("page=1") for link in links(second))
        quoted = [set(re.findall(r"<blockquote>(.*?)</blockquote>", page)) for page in (first, second)]
        assert len(quoted[0] & quoted[1]) <= 1
        assert "There are no more" in got(f"{address}/search?words=drone&page=200")

    def test_articles_are_searched_too(self, address: str) -> None:
        page = got(f"{address}/search?words=drone&within=articles")
        assert re.search(r"\d+ articles", page)
        assert any(re.fullmatch(r"/stories/\d+#a\d+", link) for link in links(page))

    def test_hits_lead_to_story_speaker_and_outlet(self, address: str) -> None:
        found = links(got(f"{address}/search?words=drone"))
        assert any(re.fullmatch(r"/stories/\d+#t\d+", link) for link in found)
        for path in ("/speaker?name=", "/outlet?name="):
            assert "<h1" in got(address + next(link for link in found if link.startswith(path)))

    @pytest.mark.parametrize("asked", ["since=yesterday", "month=2025-99"])
    def test_what_is_no_date_is_said_in_the_page(self, address: str, asked: str) -> None:
        assert "is no date" in got(f"{address}/search?words=drone&{asked}")

    @pytest.mark.parametrize("asked", ["page=0", "page=x", "page=-1", "story=x", "story=9" * 9, "page=²"])
    def test_what_is_no_number_is_refused(self, address: str, asked: str) -> None:
        with pytest.raises(HTTPError, match="422"):
            got(f"{address}/search?words=drone&{quote_plus(asked, safe='=')}")


class TestSpeakers:
    def test_everything_credited_to_a_name_is_counted(self, library: Library) -> None:
        for listed in speakers_of.listed(library, "")[:20]:
            found = speakers_of.find(library, listed.name)
            rows = library.rows(
                "SELECT a.outlet, s.naming, s.polarity, substr(a.published, 1, 7) FROM statements s "
                "JOIN speakers p ON p.id = s.speaker JOIN articles a ON a.version = s.version WHERE lower(p.name) = ?",
                (listed.name.lower(),),
            ).fetchall()
            assert found.statements == listed.count == len(rows) == len(found.hits)
            assert {one.name: one.count for one in found.outlets} == Counter(row[0] for row in rows)
            assert {one.name: one.count for one in found.months if one.count} == Counter(row[3] for row in rows)
            assert found.unnamed == sum(row[1] == "anonymous" for row in rows)

    def test_the_most_frequent_come_first_and_names_can_be_looked_for(self, library: Library) -> None:
        counts = [one.count for one in speakers_of.listed(library, "")]
        assert counts == sorted(counts, reverse=True)
        assert {one.name for one in speakers_of.listed(library, "ven dar")} == {"Interior Minister Dario Venn"}
        assert speakers_of.listed(library, "?!") == ()

    def test_through_whom_it_came_is_said(self, library: Library) -> None:
        found = speakers_of.find(library, "a senior Maravian security official")
        assert [(one.name, one.count) for one in found.relays] == [("Northline", 2)]
        assert "A Maravian security official" in {one.name for one in found.alike}
        assert "the official" in found.described_as

    def test_unnamed_ones_are_not_taken_for_one_person(self, address: str) -> None:
        assert "need not be one person" in got(f"{address}/speaker?name=a+senior+Maravian+security+official")
        assert "need not be one person" not in got(f"{address}/speaker?name=Interior+Minister+Dario+Venn")

    def test_nobody_of_that_name_is_not_found(self, library: Library, address: str) -> None:
        with pytest.raises(UnknownName):
            speakers_of.find(library, "Nobody Here")
        with pytest.raises(HTTPError, match="404"):
            got(f"{address}/speaker?name=Nobody")


class TestOutlets:
    def test_who_was_first_is_known_only_where_the_times_tell(self, library: Library) -> None:
        def firsts(name: str) -> tuple[int, int, int, list[str]]:
            found = outlets_of.find(library, name).firsts
            return found.stories, found.first, found.unknown, [one.name for one in found.before]

        assert firsts("The Harbour Post") == (1, 1, 0, [])
        assert firsts("Sarrun Gazette") == (1, 0, 0, ["The Harbour Post"])
        # two articles of one day, one of them without its hour
        assert firsts("Ardal Courier") == (1, 0, 1, [])

    def test_what_it_relies_on_and_who_relies_on_it(self, library: Library) -> None:
        assert ("Northline", 2) in [
            (one.name, one.count) for one in outlets_of.find(library, "The Harbour Post").relies_on
        ]
        agency = outlets_of.find(library, "Northline")
        assert agency.outlet.articles == 0
        assert "The Harbour Post" in {one.name for one in agency.relied_on_by}

    def test_unnamed_speakers_are_counted(self, library: Library) -> None:
        for listed in outlets_of.listed(library, ""):
            [[statements, unnamed]] = library.rows(
                "SELECT count(*), sum(naming = 'anonymous') FROM current_statements WHERE outlet = ?", (listed.name,)
            )
            assert (listed.statements, listed.unnamed) == (statements, unnamed)
        assert [one.name for one in outlets_of.listed(library, "herald")] == ["Gulf Herald"]

    def test_near_copies_are_counted_from_both_sides(self, library: Library, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        with sqlite3.connect(copy) as target:
            library.connection.backup(target)
        with Library.open(copy) as opened:
            with opened.writing() as connection:
                connection.execute(
                    "INSERT INTO copies SELECT a.id, b.id, 0.5 FROM articles a, articles b "
                    "WHERE a.outlet = 'Gulf Herald' AND b.outlet = 'Lasmar Today'"
                )
            for name, other in (("Gulf Herald", "Lasmar Today"), ("Lasmar Today", "Gulf Herald")):
                assert [(one.name, one.count) for one in outlets_of.find(opened, name).copies] == [(other, 1)]


class TestPlaces:
    def test_what_is_said_of_a_place_names_it(self, library: Library) -> None:
        marseille = places_of.listed(library, "marseil")[0]
        found = places_of.find(library, marseille.id)
        assert found.all_naming == len(found.naming) > 0
        assert all("Marseille" in hit.words for hit in found.naming)
        assert not any("Marseille" in hit.words for hit in found.beside)
        assert found.place.articles == 4
        assert "Athens" in {one.name for one in found.along_with}

    def test_the_map_has_the_place(self, library: Library, address: str) -> None:
        marseille = places_of.listed(library, "marseil")[0]
        page = got(f"{address}/places/{marseille.id}")
        assert re.search(r'<g class="place here">\s*<circle', page)
        assert got(f"{address}/places").count("<circle") == len(places_of.listed(library, ""))

    @pytest.mark.parametrize(("place", "status"), [("999", 404), ("x", 422), ("9" * 30, 422)])
    def test_an_unknown_place_is_not_found(self, address: str, place: str, status: int) -> None:
        with pytest.raises(HTTPError, match=str(status)):
            got(f"{address}/places/{place}")


PAGES = (
    "/search", "/search?words=the+ship&naming=anonymous", "/search?words=drone&within=articles", "/search?words=zzz",
    "/speakers", "/speaker?name=a+senior+Maravian+security+official", "/outlets", "/outlet?name=The+Harbour+Post",
    "/outlet?name=Northline", "/places", "/places/1",
)  # fmt: skip


@needs_browser
class TestBrowser:
    def test_hits_come_as_one_types_and_a_choice_stays(self, chromium: webdriver.Chrome, address: str) -> None:
        tab = opened(chromium, f"{address}/search?in_outlet=Gulf+Herald")
        box = tab.find_element(By.ID, "words")
        box.send_keys("drone")

        def refreshed(tab: webdriver.Chrome) -> Any:
            marks = tab.execute_script("return [...document.querySelectorAll('#found mark')].map(m => m.textContent)")
            return marks and set(marks) <= {"drone", "drones"}

        WebDriverWait(tab, 10).until(refreshed)
        assert "words=drone" in tab.current_url
        assert "in_outlet=Gulf%20Herald" in tab.current_url
        assert tab.switch_to.active_element.get_attribute("id") == "words"
        assert "in Gulf Herald" in tab.find_element(By.CSS_SELECTOR, ".chosen").text
        tab.find_element(By.CSS_SELECTOR, ".chosen a").click()
        WebDriverWait(tab, 10).until(lambda tab: not tab.find_elements(By.CSS_SELECTOR, ".chosen"))
        assert tab.find_element(By.ID, "words").get_attribute("value") == "drone"

    def test_lists_are_narrowed_down_as_one_types(self, chromium: webdriver.Chrome, address: str) -> None:
        tab = opened(chromium, f"{address}/speakers")
        tab.find_element(By.ID, "words").send_keys("dario")
        WebDriverWait(tab, 10).until(lambda tab: len(tab.find_elements(By.CSS_SELECTOR, ".counted li")) == 1)

    @pytest.mark.parametrize("path", PAGES)
    def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
        self, chromium: webdriver.Chrome, address: str, path: str
    ) -> None:
        chromium.get_log("browser")
        for width, scheme in ((1280, "light"), (390, "dark")):
            tab = opened(chromium, address + path, width, scheme)
            assert tab.execute_script("return document.documentElement.scrollWidth") <= width
            tab.execute_script(AXE.read_text(encoding="utf-8"))
            found = tab.execute_async_script("const done = arguments[0]; axe.run().then((r) => done(r.violations))")
            assert [(v["id"], [node["html"][:120] for node in v["nodes"]][:4]) for v in found] == []
        assert [entry for entry in chromium.get_log("browser") if "favicon" not in entry["message"]] == []

    def test_what_an_article_says_is_never_run(
        self, chromium: webdriver.Chrome, address: str, library: Library
    ) -> None:
        [[outlet, speaker]] = library.rows(
            "SELECT o.name, n.name FROM said d JOIN outlets o ON o.id = d.outlet JOIN speaker_names n "
            "ON n.id = d.speaker WHERE o.name LIKE 'Evil%' LIMIT 1"
        )
        hostile = (
            "/search?words=zebra",
            "/search?words=zebra&within=articles",
            f"/search?said_by={quote_plus(HOSTILE)}",
            f"/outlet?name={quote_plus(outlet)}",
            "/outlets",
        )
        for path in (*hostile, f"/speaker?name={quote_plus(speaker)}"):
            tab = opened(chromium, address + path)
            assert tab.title.endswith("whosays")
            assert "<script>document.title" in tab.find_element(By.ID, "main").text
            assert tab.execute_script("return document.querySelectorAll('main script, main img').length") == 0
