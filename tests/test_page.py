"""The page of a report: what it says, that it needs nothing from outside, and that no article can turn it."""

from __future__ import annotations

import copy
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import story
from hypothesis import given
from hypothesis import strategies as st

import whosays
from whosays.report import document
from whosays.report.page import page
from whosays.report.view import method, passages, places
from whosays.report.view.story import Moment, address, moment
from whosays.text.article import Article

EXAMPLES = Path(__file__).parents[1] / "examples"
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
VOID = {"meta", "br", "line", "circle", "path"}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document.make(story.report())


@pytest.fixture
def view(made: dict[str, Any]) -> page.View:
    return page.view(made)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text outside style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).replace("\u2060", "").split())


class TestTheAnswer:
    def test_one_sentence_says_how_much_goes_back_to_one_origin(self, view: page.View) -> None:
        assert view.head.sentence.startswith("3 outlets, 9 statements, 3 origins; ")
        assert view.head.sentence.endswith("2 of 3 shared claims have one origin behind several outlets.")

    def test_one_unnamed_source_behind_two_claims_is_named_as_one(self, made: dict[str, Any]) -> None:
        changed = copy.deepcopy(made)
        twice = {**changed["claims"][2], "id": "c4"}
        sentence = page.view({**changed, "claims": [*changed["claims"], twice]}).head.sentence
        assert "2 of 4 shared claims go back to one unnamed source (“a senior Tarenese official”)" in sentence

    def test_what_was_left_out_is_said(self, made: dict[str, Any]) -> None:
        assert "Left out: d.txt: holds no words." in page.render(
            {**made, "notes": ["Left out: d.txt: holds no words."]}
        )


class TestClaims:
    def test_a_cell_says_who_says_it_with_which_verb_or_is_silent(self, view: page.View) -> None:
        third = view.rows[2]
        assert [[(s.stance, s.cue, s.voice.name) for s in cell.said] for cell in third.cells] == [
            [("says", "said", "a senior Tarenese official")],
            [("says", "told", "a senior Tarenese official")],
            [],
        ]

    def test_the_number_of_origins_is_never_called_a_confirmation(self, view: page.View) -> None:
        assert [row.verdict for row in view.rows] == [
            "no shared origin found: 3 outlets name none",
            "1 origin found for 2 of 3 outlets",
            "1 origin found for 2 outlets",
        ]
        assert [row.link for row in view.rows] == ["", "stated", "inferred"]
        page_words = Elements(page.render(document.make(story.report()))).text
        assert "confirmed" not in page_words
        assert "independent origin" not in page_words

    def test_conflicts_are_marked_in_the_cells_they_concern(self, view: page.View) -> None:
        assert [cell.conflicts for cell in view.rows[1].cells] == [("x1",), ("x1",), ()]

    def test_passages_have_their_own_words_marked(self) -> None:
        one, other = passages.differences(["Some 4,000 people fled the town", "More than 6,000 people fled the town"])
        assert [piece.text for piece in one if piece.own] == ["Some 4,000"]
        assert [piece.text for piece in other if piece.own] == ["More", "6,000"]

    @given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
    def test_marking_words_loses_none(self, texts: list[str]) -> None:
        assert ["".join(piece.text for piece in pieces) for pieces in passages.differences(texts)] == texts

    def test_a_denial_and_a_hedge_are_no_assertions(self, made: dict[str, Any]) -> None:
        view = page.view(made)
        (silence,) = [one for one in view.silence if one.outlet.id == "post"]
        assert "denies" in {said.stance for said in silence.only}
        hedged = copy.deepcopy(made)
        hedged["statements"][0]["text"]["cue"] = "suggested"
        assert page.view(hedged).rows[2].cells[0].said[0].stance == "hedges"


class TestTree:
    def test_a_stated_way_is_solid_and_an_inferred_one_is_not(self, view: page.View) -> None:
        ways = {(" ".join(edge.ends), edge.link) for edge in view.tree.edges}
        official = view.tree.columns[0][0] if view.tree.columns[0][0].number == 1 else view.tree.columns[0][1]
        relay = next(node for node in view.tree.columns[1] if node.label == "Northline")
        assert (f"{official.pick} {relay.pick}", "stated") in ways
        assert (f"{relay.pick} a2", "stated") in ways
        assert (f"{relay.pick} a1", "inferred") in ways

    def test_words_that_no_source_is_named_for_come_from_nobody(self, view: page.View) -> None:
        assert "no source named" in {node.label for node in view.tree.columns[0]}
        nobody = [edge for edge in view.tree.edges if edge.ends[0] == "nobody"]
        assert {(edge.ends[1], edge.link) for edge in nobody} == {(end, "unknown") for end in ("", "a1", "a2", "a3")}

    def test_to_tell_it_to_the_outlet_itself_is_no_relay(self, made: dict[str, Any]) -> None:
        changed = copy.deepcopy(made)
        for statement in changed["statements"]:
            statement["via"] = ["the Gulf Star"] if statement["id"] == "star:1" else statement["via"]
        labels = {node.label for column in page.view(changed).tree.columns[1:2] for node in column}
        assert "the Gulf Star" not in labels


class TestReader:
    def test_the_articles_stand_in_full(self, view: page.View) -> None:
        for read in view.articles:
            words = "\n".join("".join(piece.text for piece in paragraph.pieces) for paragraph in read.paragraphs)
            assert words.split() == story.TEXTS[read.outlet.id].split()

    def test_every_link_within_the_page_leads_somewhere(self, made: dict[str, Any]) -> None:
        found = Elements(page.render(made)).found
        ids = [attributes["id"] for _, attributes in found if "id" in attributes]
        assert len(ids) == len(set(ids))
        links = {href for _, attributes in found if (href := attributes.get("href")) and href.startswith("#")}
        assert len(links) > 30
        assert {href[1:] for href in links} <= set(ids)

    def test_every_statement_can_be_led_to(self, made: dict[str, Any]) -> None:
        ids = {attributes.get("id") for _, attributes in Elements(page.render(made)).found}
        assert {f"t{n}" for n in range(1, len(made["statements"]) + 1)} <= ids


class TestSilence:
    def test_an_article_lacks_the_claims_of_the_others(self, view: page.View) -> None:
        assert [[lacking.row.anchor for lacking in one.lacks] for one in view.silence] == [[], [], ["c3"]]

    def test_only_an_hour_tells_that_others_were_later(self) -> None:
        noon, evening, day = moment("2031-05-02T12:00"), moment("2031-05-02T19:00"), moment("2031-05-02")
        assert noon.before(evening)
        assert not day.before(evening)
        assert not noon.before(day)
        assert day.before(moment("2031-05-03T12:00:00+02:00"))
        assert not Moment().before(noon)

    def test_it_is_called_silence_and_nothing_else(self, made: dict[str, Any]) -> None:
        words = Elements(page.render(made)).text.casefold()
        assert "silence is shown, not explained" in words
        assert "suppress" not in words


class TestNames:
    def test_loaded_words_are_marked(self, made: dict[str, Any]) -> None:
        changed = copy.deepcopy(made)
        changed["names"][0]["labels"]["ledger"][0]["loaded"] = ["dictator"]
        assert "<mark>dictator</mark>" in page.render(changed)


class TestWhatOthersAdd:
    def test_events_and_standing_are_shown_where_the_document_has_them(self, made: dict[str, Any]) -> None:
        event = {"what": "took", "actor": "Rebels", "target": "Amral", "place": None, "time": "2031-05-01",
                 "article": "post", "span": [0, 4], "statement": None}  # fmt: skip
        undated = {**event, "time": None, "what": "fled", "actor": None}
        holds = {"kind": "holds", "who": "Rebels", "what": "Amral", "with": None, "as_of": "2031-05-01",
                 "article": "post", "span": [0, 4], "statement": None}  # fmt: skip
        text = Elements(page.render({**made, "events": [event, undated], "standing": [holds]})).text
        assert "Rebels · took · Amral" in text
        assert "No day given fled · Amral" in text
        assert "Rebels said to hold Amral as of 2031-05-01" in text
        assert "Who holds what" not in Elements(page.render(made)).text

    def test_a_way_may_differ_from_article_to_article(self, made: dict[str, Any]) -> None:
        changed = copy.deepcopy(made)
        origin = changed["claims"][2]["origins"][0]
        origin["chain"] = [{"article": "post", "via": ["Tidewire"], "link": "inferred", "grounds": "the same words"}]
        found = page.view(changed).tree
        relay = next(node for node in found.columns[1] if node.label == "Tidewire")
        assert (f"{relay.pick} a1", "inferred") in {(" ".join(edge.ends), edge.link) for edge in found.edges}

    def test_updates_and_copied_texts_are_said(self, made: dict[str, Any]) -> None:
        changed = copy.deepcopy(made)
        changed["conflicts"][0]["update"] = "ledger"
        changed["shared_text"] = [{"passages": [["post", [0, 20]], ["star", [0, 20]]], "share": 0.75}]
        text = Elements(page.render(changed)).text
        assert "may be an update: Daily Ledger is later" in text
        assert "Northern Post and Gulf Star share 75% of the words" in text

    def test_a_map_has_the_places_and_only_the_land_around_them(self, made: dict[str, Any]) -> None:
        def place(article: str, name: str, latitude: float, longitude: float) -> dict[str, Any]:
            return {"article": article, "span": [0, 4], "text": name, "name": name, "country": "XX",
                    "latitude": latitude, "longitude": longitude, "precision": "city", "geonames": 1}  # fmt: skip

        near = [place(a, n, y, x) for a in story.TEXTS for n, y, x in (("A", 43, 5), ("B", 38, 24), ("C", 46, 6))]
        drawn = page.view({**made, "places": [*near, place("post", "Far", 9, -80)]}).map
        assert drawn is not None
        assert [p.name for p in drawn.places] == ["A", "B", "C"]
        assert [p.name for p in drawn.beyond] == ["Far"]
        assert all(0 <= p.x <= places.WIDTH and 0 <= p.y <= places.HEIGHT for p in drawn.places)
        assert len(drawn.land) < 40_000
        assert page.view(made).map is None


class TestOnItsOwn:
    def test_statements_alone_make_a_page(self) -> None:
        text = page.render(document.make(story.report(comparison=None)))
        assert "3 outlets, 9 statements." in text
        assert "Claim by outlet" not in text

    def test_one_article_makes_a_page(self) -> None:
        assert "1 outlet, 4 statements." in page.render(document.make(story.lone()))

    def test_ten_articles_make_a_page_that_can_be_mailed(self) -> None:
        articles = whosays.read(*sorted(EXAMPLES.iterdir()))[:10]
        text = page.render(document.make(whosays.report(articles)))
        assert len(articles) == 10
        assert len(text.encode()) < 1_500_000

    def test_it_is_the_same_every_time(self, made: dict[str, Any]) -> None:
        assert page.render(made) == page.render(json.loads(json.dumps(made)))

    def test_it_asks_for_nothing_from_outside(self, made: dict[str, Any]) -> None:
        found = Elements(page.render(made)).found
        loads = [(t, a) for t, a in found if t in ("link", "img", "iframe", "object", "embed") or "src" in a]
        assert loads == []
        policy = next(a["content"] for t, a in found if a.get("http-equiv") == "Content-Security-Policy")
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy

    def test_the_measured_rates_are_those_of_the_readme(self) -> None:
        for rate in method.RATES:
            assert f"| {rate.what} | {rate.right} |" in README


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}\"' onclick='alert(3)\u202e"


class TestHostileArticles:
    def test_nothing_of_an_article_becomes_a_part_of_the_page(self, made: dict[str, Any]) -> None:
        clean = [(tag, sorted(attributes)) for tag, attributes in Elements(page.render(made)).found]
        hostile = copy.deepcopy(made)
        for article in hostile["articles"]:
            article |= {"title": HOSTILE, "byline": HOSTILE, "url": "javascript:alert(4)"}
        for speaker in hostile["speakers"]:
            speaker |= {"name": HOSTILE, "grounds": [HOSTILE]}
        for group in (*hostile["claims"], *hostile["conflicts"]):
            group |= {"text": HOSTILE, "why": HOSTILE}
        text = page.render(hostile)
        found = Elements(text).found
        assert {tag for tag, _ in found} <= {tag for tag, _ in clean}
        assert [tag for tag, _ in found].count("script") == 1
        assert not any(name.startswith("on") for _, attributes in found for name in attributes)
        assert "javascript:" not in text
        assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(.{0,4})", text)
        assert "\u202e" not in text

    @given(st.text(max_size=80))
    def test_any_words_are_shown_as_they_are(self, words: str) -> None:
        made = document.make(story.report())
        made["conflicts"][0]["why"] = words
        assert f"<p>{page.view(made).conflicts[0].why}" in html.unescape(page.render(made))

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " ", None])
    def test_only_web_addresses_become_links(self, url: str | None) -> None:
        assert address(url) == ""
        assert address("https://post.example/a") == "https://post.example/a"


def test_what_is_denied_is_told_in_the_words_of_the_denial() -> None:
    one = "General Pavle Dorin said not a single unit of the army had wavered. Shops reopen, Mayor Josip Lend said."
    other = (
        "General Pavle Dorin met reporters on Monday. He rejected reports that army units had at first refused to fire "
        "on their comrades. Hospitals treated 64 people, the Red Cross said."
    )
    articles = [Article(f"a{k}", text, f"Outlet {k}") for k, text in enumerate((one, other))]
    [dispute] = page.view(document.make(whosays.report(articles))).disputes
    assert dispute.sentence.startswith("Denied by General Pavle Dorin: “reports that army units")
    assert [side.text for side in dispute.sides] == [
        "reports that army units had at first refused to fire on their comrades"
    ]


def test_an_agency_s_own_article_did_not_come_through_it() -> None:
    text = "VELDEN, May 16 (Northline) - The dam held, Mayor Ilsa Dorn said on Friday. Nobody was hurt, she said."
    articles = [Article("a", text, "Northline"), Article("b", text, "Daily Ledger")]
    agency, paper = page.view(document.make(whosays.report(articles))).outlets
    assert (agency.relays, paper.relays) == ((), ("Northline",))
