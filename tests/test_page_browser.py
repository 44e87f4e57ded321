"""The page in a real Chromium: choosing, following links, keys, paper, a narrow screen, and what axe-core finds.

Skipped where there is no Chromium with its driver; `make test` installs them where it may.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import story
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from whosays.report import document
from whosays.report.page import page

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
AXE = resources.files("axe_core_python") / "axe.min.js"

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="there is no chromium with chromedriver (apt install chromium chromium-driver)"
)


def _document() -> dict[str, Any]:
    """The story of the tests, with a map and a loaded word, so that every section is there."""
    made = document.make(story.report())
    made["places"] = [
        {"article": a, "span": [0, 4], "text": n, "name": n, "country": "FR", "latitude": 43.3, "longitude": x,
         "precision": p, "geonames": 1}
        for a in story.TEXTS for n, x, p in (("Marseille", 5.4, "city"), ("France", 2.0, "country"))
    ]  # fmt: skip
    made["names"][0]["labels"]["ledger"][0]["loaded"] = ["dictator"]
    made["notes"] = ["Left out: d.txt: holds no words."]
    return made


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(page.render(_document()), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    assert CHROMIUM is not None
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def tab(chromium: webdriver.Chrome, address: str) -> webdriver.Chrome:
    """The page, freshly loaded on a laptop's screen, in light."""
    return opened(chromium, address)


def opened(chromium: webdriver.Chrome, address: str, width: int = 1280, scheme: str = "light") -> webdriver.Chrome:
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    chromium.get("about:blank")
    chromium.get(address)
    return chromium


def all_of(tab: webdriver.Chrome, selector: str) -> list[Any]:
    return tab.find_elements(By.CSS_SELECTOR, selector)


def one(tab: webdriver.Chrome, selector: str) -> Any:
    return tab.find_element(By.CSS_SELECTOR, selector)


def claims(tab: webdriver.Chrome) -> list[str]:
    """The claims that can be seen."""
    return [row.get_attribute("id") for row in all_of(tab, ".claims tbody") if row.is_displayed()]


class TestChoosing:
    def test_a_speaker_shows_only_what_goes_back_to_it(self, tab: webdriver.Chrome) -> None:
        one(tab, ".node.speaker[href='#who-s1']").click()
        assert claims(tab) == ["c3"]
        assert one(tab, "#claims-title .count").text == "1 of 3"
        assert one(tab, "#picked-what").text.startswith("Only what goes back to a senior Tarenese official: 1 of 3")
        assert one(tab, ".node.speaker[href='#who-s1']").get_attribute("aria-pressed") == "true"
        assert not one(tab, "#x1").is_displayed()
        one(tab, "#picked-clear").click()
        assert claims(tab) == ["c1", "c2", "c3"]
        assert not one(tab, "#picked").is_displayed()

    def test_an_outlet_and_a_relay_can_be_chosen_too(self, tab: webdriver.Chrome) -> None:
        one(tab, ".node.outlet[data-pick='a3']").click()
        assert claims(tab) == ["c1", "c2"]
        next(node for node in all_of(tab, ".node.relay") if "Northline" in node.text).click()
        assert claims(tab) == ["c3"]

    def test_it_works_from_the_keyboard(self, tab: webdriver.Chrome) -> None:
        node = one(tab, ".node.speaker[href='#who-s1']")
        node.send_keys(Keys.SPACE)
        assert claims(tab) == ["c3"]
        node.send_keys(Keys.ESCAPE)
        assert claims(tab) == ["c1", "c2", "c3"]
        node.send_keys(Keys.ENTER)
        assert claims(tab) == ["c3"]


class TestFollowing:
    def test_a_cell_leads_to_its_sentence_and_the_sentence_back(self, tab: webdriver.Chrome) -> None:
        cell = one(tab, "#c3 .said")
        at = cell.get_attribute("href").partition("#")[2]
        cell.click()
        lit = WebDriverWait(tab, 10).until(lambda tab: all_of(tab, ".lit"))  # hashchange comes after the click
        assert "".join(piece.text for piece in lit) == "Taren will send pumps, rockets and more advisers to Kesh"
        assert lit[0].get_attribute("id") == at
        assert tab.execute_script("const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.top < 900",
                                  lit[0])  # fmt: skip
        tab.execute_script("arguments[0].click()", one(tab, "#a1 .refs a.ref[href='#c3']"))
        WebDriverWait(tab, 10).until(lambda tab: one(tab, "#c3 .cards").is_displayed())
        assert tab.current_url.endswith("#c3")

    def test_a_row_opens_to_its_passages_with_their_own_words_marked(self, tab: webdriver.Chrome) -> None:
        assert not one(tab, "#c2 .cards").is_displayed()
        one(tab, "#c2 summary").click()
        assert len(all_of(tab, "#c2 .card")) == 3
        assert "4,000" in " ".join(mark.text for mark in all_of(tab, "#c2 .card mark"))

    def test_a_link_to_what_is_left_out_brings_it_back(self, tab: webdriver.Chrome) -> None:
        one(tab, ".node.speaker[href='#who-s1']").click()
        tab.execute_script("location.hash = '#x1'")
        assert WebDriverWait(tab, 10).until(lambda tab: one(tab, "#x1").is_displayed())


class TestEverywhere:
    @pytest.mark.parametrize("width", [390, 1280, 1920])
    def test_nothing_is_wider_than_the_screen(self, chromium: webdriver.Chrome, address: str, width: int) -> None:
        tab = opened(chromium, address, width)
        assert tab.execute_script("return document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1280])
    def test_axe_finds_nothing(self, chromium: webdriver.Chrome, address: str, width: int, scheme: str) -> None:
        tab = opened(chromium, address, width, scheme)
        tab.execute_script("for (const shut of document.querySelectorAll('details')) shut.open = true")
        one(tab, ".node.outlet").send_keys(Keys.ENTER)
        tab.execute_script(AXE.read_text(encoding="utf-8"))
        found = tab.execute_async_script("const done = arguments[0]; axe.run().then((r) => done(r.violations))")
        assert [(v["id"], [node["html"][:120] for node in v["nodes"]][:4]) for v in found] == []

    def test_the_browser_has_nothing_to_complain_of(self, chromium: webdriver.Chrome, address: str) -> None:
        chromium.get_log("browser")
        opened(chromium, address)
        assert chromium.get_log("browser") == []

    def test_paper_has_every_passage(self, tab: webdriver.Chrome) -> None:
        tab.execute_script("dispatchEvent(new Event('beforeprint'))")
        tab.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert all(card.is_displayed() for card in all_of(tab, ".card"))
        assert not one(tab, ".bar").is_displayed()
        tab.execute_script("dispatchEvent(new Event('afterprint'))")
        tab.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        assert not one(tab, "#c2 .cards").is_displayed()

    def test_without_script_everything_can_be_read(self, chromium: webdriver.Chrome, address: str) -> None:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            opened(chromium, address)
            text = chromium.find_element(By.TAG_NAME, "body").text
        finally:
            chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        assert "Choose one to see only" not in text
        assert "1 origin found for 2 of 3 outlets" in text
        assert "The dictator Jorn Haske has not been seen for a week." in text


def test_a_script_in_an_article_does_not_run(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    made = _document()
    for article in made["articles"]:
        article["title"] = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
    file = tmp_path / "hostile.html"
    # even if it were let in unescaped, the page's own policy would not run it
    file.write_text(page.render(made).replace("</main>", f"</main>{made['articles'][0]['title']}"), encoding="utf-8")
    opened(chromium, file.as_uri())
    assert chromium.title.startswith("Who says so?")
    assert [entry["level"] for entry in chromium.get_log("browser")].count("SEVERE") >= 1
