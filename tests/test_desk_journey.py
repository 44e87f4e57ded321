"""The whole main job in a real Chromium: add, report, claim, sentence, mark, export; by mouse, and by keyboard alone.

Skipped where there is no Chromium with its driver; `make test` installs them where it may.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import desk as desks
import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from test_page_browser import AXE, CHROMIUM, DRIVER, all_of, chromium, one, opened

__all__ = ["chromium"]  # a fixture

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="there is no chromium with chromedriver (apt install chromium chromium-driver)"
)
PATHS = sorted((desks.EXAMPLES / "lasmar-port").iterdir())
MOST_TABS = 400  # of a whole round through a report; pressed before a thing counts as out of the keyboard's reach


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    with desks.served(tmp_path / "w.db") as (url, _):
        yield url


def until(tab: webdriver.Chrome, what: Callable[[], Any]) -> Any:
    # a part of the page may be put in anew while it is looked at
    return WebDriverWait(tab, 60, ignored_exceptions=[StaleElementReferenceException]).until(lambda _: what())


def by_mouse(tab: webdriver.Chrome, selector: str, words: str = "") -> None:
    """Click on a thing, and type into it."""
    one(tab, selector).click()
    ActionChains(tab).send_keys(words).perform()


def by_keyboard(tab: webdriver.Chrome, selector: str, words: str = "") -> None:
    """Go on with the tabulator key until a thing is reached, and press Enter, or type into it."""
    wanted = one(tab, selector)
    for _ in range(MOST_TABS):
        if tab.switch_to.active_element == wanted:
            ActionChains(tab).send_keys(words or Keys.ENTER).perform()
            return
        ActionChains(tab).send_keys(Keys.TAB).perform()
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def accessible(tab: webdriver.Chrome) -> None:
    tab.execute_script(AXE.read_text(encoding="utf-8"))
    found = tab.execute_async_script("const done = arguments[0]; axe.run().then((r) => done(r.violations))")
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]][:4]) for v in found] == []


@pytest.mark.parametrize("choose", [by_mouse, by_keyboard])
def test_from_a_file_to_what_is_taken_out(chromium: webdriver.Chrome, served: str, choose: Callable[..., None]) -> None:
    tab = opened(chromium, f"{served}/")
    tab.delete_all_cookies()  # somebody who was never here
    accessible(tab)
    choose(tab, "nav[aria-label=Desk] a[href='/add']")
    until(tab, lambda: all_of(tab, "input[type=file]"))
    accessible(tab)
    one(tab, "input[type=file]").send_keys("\n".join(map(str, PATHS)))  # the window for choosing is the system's own
    choose(tab, ".adding button")
    until(tab, lambda: "Done: 3 new" in one(tab, "#job").text and all_of(tab, "#job a[href^='/stories/']"))
    accessible(tab)
    choose(tab, "#job a[href^='/stories/']")

    # the report, and in it a claim with its passages
    until(tab, lambda: all_of(tab, "#claims tbody"))
    accessible(tab)
    choose(tab, "#c1 summary")
    until(tab, lambda: one(tab, "#c1 .cards").is_displayed())
    accessible(tab)
    # from the claim to its sentence in the article
    where = one(tab, "#c1 a.said").get_attribute("href").partition("#")[2]
    choose(tab, "#c1 a.said")
    until(tab, lambda: tab.current_url.endswith(f"#{where}"))
    sentence = one(tab, f"[id='{where}']")
    assert sentence.is_displayed()
    assert sentence.text.strip()

    accessible(tab)

    # back from the sentence to its claim, and a mark on it
    back = "#articles .refs a.ref[href='#c1']"
    choose(tab, back)
    until(tab, lambda: "#c" in tab.current_url)
    within = "[data-marks='claim:1']"
    choose(tab, f"{within} .mark-it")
    until(tab, lambda: all_of(tab, f"{within} form.mark-form"))
    accessible(tab)
    choose(tab, f"{within} [name=value]", "Ask the harbour master.")
    choose(tab, f"{within} [name=who]", "Ana")
    choose(tab, f"{within} form.mark-form button")
    until(tab, lambda: "Ask the harbour master." in one(tab, within).text)
    accessible(tab)

    # out again: the report as a file, and the marks
    choose(tab, ".downloads summary")
    links = {link.text: link.get_attribute("href") for link in all_of(tab, ".downloads a") if link.is_displayed()}
    document = json.loads(taken(links["json"]))
    assert document["format"] == "whosays.report/1"
    assert len(document["articles"]) == len(PATHS)
    choose(tab, "nav[aria-label=Desk] a[href='/marks']")
    until(tab, lambda: "Ask the harbour master." in one(tab, "#main").text)
    accessible(tab)
    [mark] = taken(one(tab, "a[href='/marks.jsonl']").get_attribute("href")).splitlines()
    assert (json.loads(mark)["who"], json.loads(mark)["action"]) == ("Ana", "note")


def taken(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read().decode())
