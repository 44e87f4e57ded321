"""Takes the pictures of docs/pictures/ from the example story, with Chromium: python docs/pictures.py"""

from __future__ import annotations

import base64
import shutil
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import whosays
from whosays.report import document
from whosays.report.page import page

DOCS = Path(__file__).parent
PICTURES = DOCS / "pictures"
STORY = DOCS.parent / "examples" / "coral-dawn"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars"
).split()

# Name, width of the screen, first and last element that the picture shows, its greatest height, what is done before.
SHOTS = (
    ("summary", 1180, "#summary", ".tree", 2000, ""),
    ("claims", 1180, "#claims", "#c3", 2000, "document.querySelector('#c1 details').open = true"),
    ("chosen", 1180, "#sources", "#claims", 1500, "document.querySelector('.node.speaker').click()"),
    ("conflicts", 1180, "#conflicts", "#conflicts", 640, ""),
    ("silence", 1180, "#silence", "#silence-a2", 900, ""),
    ("articles", 1180, "#articles", "#articles", 760, ""),
    ("phone", 390, "#summary", "#summary", 780, ""),
)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    report = whosays.report(whosays.read(STORY))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page.render(document.make(report)), encoding="utf-8")
        browser = _chromium(folder)
        try:
            for shot in SHOTS:
                _take(browser, file.as_uri(), *shot)
        finally:
            browser.quit()


def _chromium(folder: str) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*FLAGS, f"--user-data-dir={folder}/profile"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def _take(browser: webdriver.Chrome, address: str, name: str, *shot: object) -> None:
    width, first, last, highest, before = shot
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get(address)
    browser.execute_script("document.querySelector('.bar').style.position = 'static'")
    browser.execute_script(f"{before}; document.querySelector('.picked').style.position = 'static'")
    top, bottom = browser.execute_script(
        "scrollTo(0, 0); const of = (what) => document.querySelector(what).getBoundingClientRect();"
        "return [of(arguments[0]).top, of(arguments[1]).bottom]", first, last
    )  # fmt: skip
    if bottom <= top:  # Chromium waits for ever to take a picture of nothing
        raise SystemExit(f"{name}: {last} is not shown below {first}")
    top = 0 if first == "#summary" else top + 20
    clip = {"x": 0, "y": top, "width": width, "height": min(bottom - top + 8, highest), "scale": 1}
    taken = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": clip}
    )
    (PICTURES / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main()
