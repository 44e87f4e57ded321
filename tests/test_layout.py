"""Layout: what is prose is read, and what is not keeps its characters and a reason."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.text import agencies, layout
from whosays.text.article import Article
from whosays.text.span import Span

FIRST = "Officials said on Friday that the dam had held through the night and that nobody in the valley was hurt."
SECOND = "The minister did not comment on the figures that the mayor of Velden had given to reporters on Thursday."


def divided(text: str, title: str | None = None) -> layout.Layout:
    return layout.find(Article(id="a", text=text, title=title))


def unread(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(part.reason, part.span.of(text)) for part in divided(text, title).unread]


def prose(text: str, title: str | None = None) -> list[str]:
    return [span.of(text) for span in divided(text, title).prose]


class TestHeadlines:
    @pytest.mark.parametrize(
        "line",
        [
            "Valley Emptied Below Cracked Dam",
            "Minister says dam will hold, families doubt it",
            "Will the Dam Hold?",
            "'We Were Never Told,' Say Families Below Dam",
        ],
    )
    def test_a_first_line_without_a_stop_is_a_headline(self, line: str) -> None:
        assert unread(f"{line}\n{FIRST}\n{SECOND}") == [("headline", line)]

    @pytest.mark.parametrize(
        "line", ["The dam held.", "Minister Says Dam Held.", "A villager wrote:", "- the dam held", "“It will hold.”"]
    )
    def test_a_first_line_that_is_a_sentence_or_a_cue_is_prose(self, line: str) -> None:
        assert prose(f"{line}\n\n{FIRST}")[0] == line

    def test_the_given_title_is_a_headline_however_it_is_punctuated(self) -> None:
        text = f"Did the dam hold?\n{FIRST}"
        assert unread(text) == []
        assert unread(text, title="Did the Dam Hold?") == [("headline", "Did the dam hold?")]

    def test_a_line_that_stands_alone_is_prose(self) -> None:
        assert prose("Valley Emptied Below Cracked Dam") == ["Valley Emptied Below Cracked Dam"]

    def test_a_subhead_between_paragraphs_is_unread(self) -> None:
        assert unread(f"{FIRST}\n\nWhat happens next\n\n{SECOND}") == [("headline", "What happens next")]

    @pytest.mark.parametrize(
        "line",
        ["“A Wish, Not a Plan”", "• Stay Off the Bridge", "He said no", "The governor added:", "Anders Holm, 62"],
    )
    def test_quotes_items_and_cues_between_paragraphs_are_prose(self, line: str) -> None:
        assert line in prose(f"{FIRST}\n\n{line}\n\n{SECOND}")

    def test_items_of_a_list_are_prose(self) -> None:
        text = f"{FIRST}\nTwo Ferries\nThree Field Kitchens\nOne Helicopter\n{SECOND}"
        assert unread(text) == []

    def test_a_title_and_author_that_run_into_the_first_sentence_are_not_read(self) -> None:
        text = f"Families doubt the Karsholm dam By Rolf Enger {FIRST}\n{SECOND}"
        found = layout.find(Article(id="a", text=text, title="Families doubt the Karsholm dam", byline="Rolf Enger"))
        assert [(part.reason, part.span.of(text)) for part in found.unread] == [
            ("headline", "Families doubt the Karsholm dam"),
            ("byline", "By Rolf Enger"),
        ]
        assert [span.of(text) for span in found.prose] == [FIRST, SECOND]

    @pytest.mark.parametrize("rest", ["when it held.", "Friday after it held.", "- and it held."])
    def test_a_sentence_that_begins_as_the_title_does_is_prose(self, rest: str) -> None:
        text = f"Families doubt the Karsholm dam {rest} {FIRST}\n{SECOND}"
        assert unread(text, title="Families doubt the Karsholm dam") == []


class TestDatelines:
    @pytest.mark.parametrize(
        ("dateline", "agency"),
        [
            ("JAKARTA - ", None),
            ("JAKARTA, Dec 7 - ", None),
            ("WASHINGTON (Reuters) — ", "Reuters"),
            ("BEIRUT (AP) -- ", "Associated Press"),
            ("KYIV, Ukraine (AP) — ", "Associated Press"),
            ("NEW YORK, Nov. 19 (UPI) — ", "UPI"),
            ("GENEVA/LONDON, March 3 (Reuters) - ", "Reuters"),
            ("Beirut, Lebanon (CNN) -- ", "CNN"),
            ("Moscow (AFP) – ", "AFP"),
            ("PORT-AU-PRINCE, Haiti (AP) _ ", "Associated Press"),
            ("(CNN) — ", "CNN"),
            ("(CNN)", "CNN"),
            ("CNN — ", "CNN"),
            ("Washington CNN —\n\n", "CNN"),
            ("Dec 7 (Reuters) - ", "Reuters"),
            ("VELDEN, March 14 (Northline) - ", "Northline"),
        ],
    )
    def test_a_dateline_is_unread_and_its_agency_known(self, dateline: str, agency: str | None) -> None:
        text = f"{dateline}{FIRST}\n\n{SECOND}"
        found = divided(text)
        assert found.agency == agency
        assert found.dateline is not None
        assert found.dateline.of(text) == dateline.strip()
        assert prose(text) == [FIRST, SECOND]

    @pytest.mark.parametrize(
        "opening",
        ["TRUMP: I never said that. ", "London - where it rained - ", "The dam (Karsholm) — ", "NATO said - "],
    )
    def test_a_dash_or_colon_alone_makes_no_dateline(self, opening: str) -> None:
        assert divided(f"{opening}{FIRST}").dateline is None

    def test_a_dateline_further_down_is_prose(self) -> None:
        text = f"{FIRST}\n{SECOND}\n{FIRST}\nWASHINGTON (Reuters) — {SECOND}"
        assert divided(text).dateline is None

    def test_the_headline_above_does_not_hide_the_dateline(self) -> None:
        assert unread(f"Dam Held\n\nVELDEN - {FIRST}") == [("headline", "Dam Held"), ("dateline", "VELDEN -")]


class TestFurniture:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("SEE ALSO:", "link"),
            ("SEE ALSO: How the dam was built", "link"),
            ("READ MORE: The valley in pictures", "link"),
            ("RELATED: Ferries run again", "link"),
            ("Also read: Ferries run again", "link"),
            ("Watch the full interview below:", "link"),
            ("COMMENTS", "comments"),
            ("Please let us know if you're having issues with commenting.", "comments"),
            ("Join the conversation", "comments"),
            ("Leave a comment", "comments"),
            ("(Photo by Ines Holm/Getty Images)", "caption"),
            ("Image: The dam at dawn", "caption"),
            ("FILE PHOTO: The dam in 2019. REUTERS/Ines Holm", "caption"),
            ("Men carry sandbags on Friday. (AP Photo/Ines Holm)", "caption"),
            ("Getty Images", "caption"),
            ("Sign up for our newsletter", "subscription"),
            ("Subscribe to the Echo for more", "subscription"),
            ("Follow us on Twitter", "subscription"),
            ("Follow Ines Holm on Twitter @inesholm.", "subscription"),
            ("Copyright 2016 The Velden Echo. All rights reserved.", "subscription"),
            ("The Associated Press contributed to this report.", "credit"),
            ("(Reporting by Ines Holm in Velden; Editing by Rolf Aas)", "credit"),
            ("By Jane Doe", "byline"),
            ("By JANE DOE and JOHN ROE | Staff Writer", "byline"),
            ("https://echo.example/dam", "address"),
            ("4:40 p.m.", "time"),
            ("UPDATE:", "label"),
            ("* * *", "ornament"),
        ],
    )
    def test_furniture_is_unread_with_its_reason(self, line: str, reason: str) -> None:
        assert unread(f"{FIRST}\n\n{line}\n\n{SECOND}") == [(reason, line)]

    @pytest.mark.parametrize(
        "line",
        [
            "One user tweeted:",
            "From the Velden Echo:",
            "Related charges against the minister were dropped on Monday.",
            "More than forty people were hurt, the mayor said.",
            "Comments by the minister angered the families.",
            "Images of the dam were shown on state television, the agency reported.",
            "By Friday night the lake had fallen by a metre.",
            "Follow-up talks are planned for March.",
            "Sign language interpreters were present, she said.",
            "Copyright law was not the issue, the judge wrote.",
            "He contributed to the report, she said.",
            "Like us, they had no warning, the mayor said.",
            "Listen: nobody was told, he said.",
            "Register to vote by Friday, officials urged.",
            "Subscribe to that view and you are lost, she told them.",
            "See what he did to us here, she said.",
            "Follow him and you will drown.",
            "Read the letter, he told them, and then judge.",
            'The minister said on Twitter: "We hold."',
        ],
    )
    def test_a_sentence_that_opens_like_furniture_is_prose(self, line: str) -> None:
        assert line in prose(f"{FIRST}\n\n{line}\n\n{SECOND}")

    def test_prose_below_a_link_heading_is_read(self) -> None:
        assert prose(f"{FIRST}\nSEE ALSO:\n{SECOND}") == [FIRST, SECOND]

    def test_a_title_below_a_link_heading_is_part_of_the_link(self) -> None:
        text = f"{FIRST}\nSEE ALSO:\nHow the Dam Was Built\n{SECOND}"
        assert [reason for reason, _ in unread(text)] == ["link", "link"]

    def test_a_credit_at_the_end_of_a_paragraph_is_cut_off_and_its_outlets_kept(self) -> None:
        text = f"{FIRST} The Associated Press and Reuters contributed to this report."
        assert prose(text) == [FIRST]
        assert divided(text).contributors == ("Associated Press", "Reuters")

    def test_a_byline_gives_the_agency(self) -> None:
        assert divided(f"By JOHN SMITH, Associated Press\n\n{FIRST}").agency == "Associated Press"


class TestAgencies:
    @pytest.mark.parametrize(
        ("name", "usual"),
        [
            ("The Associated Press", "Associated Press"),
            ("AP", "Associated Press"),
            ("the AP's", "Associated Press"),
            ("REUTERS", "Reuters"),
            ("Agence France-Presse", "AFP"),
            ("state news agency SANA", "SANA"),
            ("the New York Times", "New York Times"),
        ],
    )
    def test_the_forms_of_a_name_are_one_outlet(self, name: str, usual: str) -> None:
        assert agencies.canonical(name) == usual

    @pytest.mark.parametrize("name", ["dawn", "time", "the hill", "ap", "Hezbollah", "", "the"])
    def test_everyday_words_and_other_names_are_no_outlets(self, name: str) -> None:
        assert not agencies.is_outlet(name)

    def test_no_form_stands_for_two_outlets(self) -> None:
        written = re.findall(r"^.+$", agencies._AGENCIES + agencies._OUTLETS, re.MULTILINE)
        forms = [form.strip() for line in written for form in line.split(",")]
        assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


PIECES = st.sampled_from(
    [
        FIRST, SECOND, "Dam Held", "SEE ALSO:", "COMMENTS", "VELDEN (AP) — ", "By Jane Doe", "* * *", "CNN —", "\ufeff",
        "The Associated Press contributed to this report.", "\n", "\n\n", "\r\n", " ", "\t", "“", "…", "8", "\u2028",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=30), max_size=12).map("".join))
def test_every_character_is_prose_or_unread_or_blank_and_none_is_both(text: str) -> None:
    found = divided(text)
    spans = sorted([*found.prose, *(part.span for part in found.unread)])
    assert list(found.prose) == sorted(found.prose)
    assert [part.span for part in found.unread] == sorted(part.span for part in found.unread)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    covered = set().union(*(range(span.start, span.end) for span in spans)) if spans else set()
    assert all(
        position in covered or letter.isspace() or letter in "\ufeff\u200b\u200c\u200d\u2060\x1c\x1d\x1e\x85"
        for position, letter in enumerate(text)
    )
    assert found.dateline is None or any(part.span == found.dateline for part in found.unread)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_divided(text: str) -> None:
    for span in divided(text, title=text[:20]).prose:
        assert span == Span(*span)
        assert span.of(text).strip() == span.of(text)
