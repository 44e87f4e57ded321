"""The desk in a real Chromium: adding, hearing of news, hostile articles, without script, and what axe-core finds.

Skipped where there is no Chromium with its driver; `make test` installs them where it may.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import desk as desks
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from test_page_browser import AXE, CHROMIUM, DRIVER, all_of, chromium, one, opened

from whosays.desk.desk import Desk
from whosays.library import listing
from whosays.library.adding import Delivery

__all__ = ["chromium"]  # a fixture

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="there is no chromium with chromedriver (apt install chromium chromium-driver)"
)
STORY = "coral-dawn"
PAGES = ("/", "/?of=conflict", "/stories/1", "/add", "/add/1", "/login", "/nothing")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    with desks.served(tmp_path_factory.mktemp("desk") / "w.db") as (url, desk):
        desks.add(desk, *desks.files("karsholm-dam", "lasmar-port"))
        for story in (1, 2):
            desk.reports.wait(story, 60)
        yield url, desk


class TestAdding:
    def test_files_are_chosen_and_the_report_is_there(
        self, chromium: webdriver.Chrome, served: tuple[str, Desk]
    ) -> None:
        tab = opened(chromium, f"{served[0]}/add")
        paths = sorted((desks.EXAMPLES / "tervon-rail").iterdir())
        one(tab, "input[type=file]").send_keys("\n".join(map(str, paths)))
        one(tab, ".adding button").click()
        report = WebDriverWait(tab, 60).until(
            lambda tab: "Done: 3 new" in one(tab, "#job").text and all_of(tab, "#job a[href^='/stories/']")
        )
        report[0].click()
        WebDriverWait(tab, 60).until(lambda tab: all_of(tab, "#claims tbody"))
        assert one(tab, ".on-story nav[aria-label='Desk']").is_displayed()

    def test_files_can_be_dropped(self, chromium: webdriver.Chrome, served: tuple[str, Desk]) -> None:
        tab = opened(chromium, f"{served[0]}/add")
        tab.execute_script(
            "const files = new DataTransfer(); files.items.add(new File(['words'], 'a.txt'));"
            "document.querySelector('.adding').dispatchEvent("
            "new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}))"
        )
        assert tab.execute_script("return document.querySelector('[type=file]').files[0].name") == "a.txt"

    def test_it_works_without_script(self, chromium: webdriver.Chrome, served: tuple[str, Desk]) -> None:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            tab = opened(chromium, f"{served[0]}/add")
            one(tab, "[name=text]").send_keys("The lock gate failed, a harbour official told Northline on Monday.")
            one(tab, "[name=outlet]").send_keys("Lock Gazette")
            one(tab, ".adding button").click()
            WebDriverWait(tab, 60).until(lambda tab: "Done: 1 new" in one(tab, "#job").text)
            one(tab, "#job a[href^='/stories/']").click()
            WebDriverWait(tab, 60).until(lambda tab: "Lock Gazette" in one(tab, "#articles").text)
        finally:
            chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


class TestStories:
    def test_a_filter_is_taken_up_without_leaving_the_page(
        self, chromium: webdriver.Chrome, served: tuple[str, Desk]
    ) -> None:
        tab = opened(chromium, f"{served[0]}/")
        tab.execute_script("window.stayed = true")
        one(tab, "[name=about]").send_keys("Karsholm\n")
        WebDriverWait(tab, 20).until(lambda tab: len(all_of(tab, ".stories > li")) == 1)
        assert tab.execute_script("return window.stayed") is True
        assert "about=Karsholm" in tab.current_url

    def test_news_is_told_and_shown(self, chromium: webdriver.Chrome, served: tuple[str, Desk]) -> None:
        url, desk = served
        first, *more = desks.files(STORY)
        desks.add(desk, first)
        with desk.library() as library:
            [story] = listing.stories(library, about="Maravian")
        tab = opened(chromium, f"{url}/stories/{story.id}")
        assert not one(tab, "p.fresh").is_displayed()
        desks.add(desk, more[0])
        WebDriverWait(tab, 20).until(lambda tab: one(tab, "p.fresh").is_displayed())
        assert one(tab, "p.fresh").text == "1 new article. Show"
        one(tab, "p.fresh a").click()
        new = WebDriverWait(tab, 60).until(lambda tab: all_of(tab, ".since a"))
        assert new[0].text == "The Harbour Post"
        assert all_of(tab, "article.page.news")


class TestEverywhere:
    @pytest.mark.parametrize("width", [390, 1280, 1800])
    @pytest.mark.parametrize("path", PAGES)
    def test_nothing_is_wider_than_the_screen(
        self, chromium: webdriver.Chrome, served: tuple[str, Desk], path: str, width: int
    ) -> None:
        tab = opened(chromium, served[0] + path, width)
        assert tab.execute_script("return document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (1280, "light")])
    @pytest.mark.parametrize("path", PAGES)
    def test_axe_finds_nothing(
        self, chromium: webdriver.Chrome, served: tuple[str, Desk], path: str, width: int, scheme: str
    ) -> None:
        tab = opened(chromium, served[0] + path, width, scheme)
        tab.execute_script("for (const shut of document.querySelectorAll('details')) shut.open = true")
        tab.execute_script(AXE.read_text(encoding="utf-8"))
        found = tab.execute_async_script("const done = arguments[0]; axe.run().then((r) => done(r.violations))")
        assert [(v["id"], [node["html"][:120] for node in v["nodes"]][:4]) for v in found] == []

    @pytest.mark.parametrize("path", PAGES[:-1])
    def test_the_browser_has_nothing_to_complain_of(
        self, chromium: webdriver.Chrome, served: tuple[str, Desk], path: str
    ) -> None:
        chromium.get_log("browser")
        opened(chromium, served[0] + path)
        assert chromium.get_log("browser") == []


RUN = "document.title='ran';window.ran=1;alert(1);fetch('http://evil.example/')"
ATTEMPTS = tuple(
    line.replace("RUN", RUN)
    for line in """\
<script>RUN</script>
</script><script>RUN</script>
<img src=x onerror="RUN">
<img src="http://evil.example/a.png">
<svg onload="RUN">
<svg><script>RUN</script></svg>
"><script>RUN</script>
'><script>RUN</script>
" onmouseover="RUN" autofocus onfocus="RUN" x="
' onmouseover='RUN' autofocus onfocus='RUN' x='
javascript:RUN
JaVaScRiPt:RUN
java\tscript:RUN
data:text/html,<script>RUN</script>
vbscript:RUN
<iframe src="javascript:RUN"></iframe>
<iframe srcdoc="<script>RUN</script>"></iframe>
<object data="data:text/html,<script>RUN</script>"></object>
<embed src="http://evil.example/">
<body onload="RUN">
<details open ontoggle="RUN">
<video><source onerror="RUN"></video>
<audio src=x onerror="RUN">
<input autofocus onfocus="RUN">
<a href="javascript:RUN">x</a>
<form action="javascript:RUN"><button>x</button></form>
<button formaction="javascript:RUN">x</button>
<math><mi xlink:href="javascript:RUN">x</mi></math>
<style>@import 'http://evil.example/a.css';</style>
<link rel=stylesheet href="http://evil.example/a.css">
<base href="http://evil.example/">
<meta http-equiv="refresh" content="0;url=http://evil.example/">
<div style="background:url(http://evil.example/a)">
<template><script>RUN</script></template>
<noscript><p title="</noscript><script>RUN</script>">
<textarea><script>RUN</script></textarea>
</textarea><script>RUN</script>
</title><script>RUN</script>
<!--<script>RUN</script>-->
--><script>RUN</script>
<![CDATA[<script>RUN</script>]]>
{{ 7*7 }}{% for x in [].__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}
${RUN}
&lt;script&gt;RUN&lt;/script&gt;
&#60;script&#62;RUN&#60;/script&#62;
%3Cscript%3ERUN%3C/script%3E
\\u003cscript\\u003eRUN\\u003c/script\\u003e
<div hx-get="http://evil.example/" hx-trigger="load">
<div hx-on:load="RUN" data-hx-on--load="RUN" hx-vals="js:RUN">
<p data-live="http://evil.example/" hx-ext="x">
﹤script﹥RUN﹤/script﹥
\u202e<script>RUN</script>""".split("\n")
)


def hostile(number: int, attempt: str) -> Delivery:
    """An article with the attempt wherever an article has words: as speaker too, and in what is said."""
    record = {
        "id": f"{number} {attempt}", "outlet": f"{attempt} {number}", "title": attempt, "byline": attempt,
        "url": attempt if attempt.lower().startswith(("java", "data", "vb")) else f"http://news.example/{number}?{attempt}",
        "published": "2026-02-03",
        "text": (
            f"The Karsholm gate {attempt} failed on Monday, the minister {attempt} said.\n\n“We {attempt} are safe,” "
            f"Anna {attempt} Vey told Northline {attempt} on Tuesday. An official said the gate was {number} years old."
        ),
    }  # fmt: skip
    return Delivery(f"{attempt}.json", json.dumps(record).encode(), "application/json")


def test_fifty_attempts_in_every_field_are_nothing_but_text(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    assert len(ATTEMPTS) >= 50
    with desks.served(tmp_path / "hostile.db") as (url, desk):
        job = desk.intake.take([hostile(n, attempt) for n, attempt in enumerate(ATTEMPTS, start=1)])
        assert job.wait(300)
        with desk.library() as library:
            stories = [story.id for story in listing.stories(library, most=0)]
            kept = sum(len(story.articles) for story in listing.stories(library, most=0))
        assert kept == len(ATTEMPTS)
        for story in stories:
            desk.reports.wait(story, 120)
        chromium.execute_cdp_cmd("Network.enable", {})
        chromium.get_log("browser")
        for path in ("/", f"/add/{job.id}", *(f"/stories/{story}" for story in stories[:8])):
            opened(chromium, url + path)
            told = chromium.execute_script(
                'return [window.ran ?? 0, document.querySelectorAll(\'script:not([src^="/static/"]), iframe, object, '
                'embed, img, video, audio, math, base, style, svg script, main form:not([action^="/"]), [onload], '
                "[onerror], [onfocus], [style], [hx-on\\\\:load]').length, "
                "performance.getEntriesByType('resource').filter((r) => !r.name.startsWith(location.origin)).length, "
                "[...document.querySelectorAll('a[href]')].filter((a) => !/^https?:$/.test(a.protocol)).length]"
            )
            assert told == [0, 0, 0, 0], path
            assert "ran" not in chromium.title.split()
            assert chromium.current_url == url + path
        assert "<script>" in chromium.find_element(By.TAG_NAME, "body").text
        assert chromium.get_log("browser") == []
