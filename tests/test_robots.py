"""robots.txt, as RFC 9309 says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.library import robots


def rules(text: str) -> robots.Rules:
    return robots.parse(text.encode(), "whosays")


@pytest.mark.parametrize(
    ("text", "target", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("user-AGENT: *\r\ndisALLOW: /a # why\r\n", "/ab", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        # The longest pattern decides, and permission where two are as long.
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # Groups: one's own, all of them, or else everybody's.
        ("User-agent: *\nDisallow: /\n\nUser-agent: Whosays\nDisallow: /b", "/a", True),
        ("User-agent: whosays/1.0\nDisallow: /a\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: other\nUser-agent: whosays\nDisallow: /a", "/a", False),
        (
            "User-agent: whosays\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: whosays\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: whosays\n\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: whosays\nAllow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: who\nDisallow: /", "/a", True),
        ("User-agent: *\nSitemap: http://example.org/s.xml\nDisallow: /a", "/a", False),
        ("Disallow: /", "/a", True),
        # Patterns.
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2", True),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?b&print=1", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /café", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%61", "/a", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    ],
)
def test_rules_are_read_as_the_standard_says(text: str, target: str, allowed: bool) -> None:
    assert rules(text).allows(target) is allowed


def test_the_pause_a_site_asks_for_is_its_own_groups() -> None:
    text = "User-agent: *\nCrawl-delay: 30\n\nUser-agent: whosays\nCrawl-delay: 2.5\nCrawl-delay: soon\n"
    assert rules(text).delay == 2.5


def test_a_pattern_of_stars_is_no_trap() -> None:
    assert rules("User-agent: *\nDisallow: /" + "*a" * 5_000 + "*b").allows("/" + "a" * 8_000)


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_file_breaks_the_reader(body: bytes, target: str) -> None:
    assert robots.parse(b"User-agent: *\nDisallow: " + body, "whosays").allows("/" + target) in (True, False)


@given(st.text("ab*$", max_size=8), st.text("ab$", max_size=10))
def test_a_pattern_fits_as_the_expression_does_that_it_stands_for(pattern: str, path: str) -> None:
    body, end = (pattern[:-1], r"\Z") if pattern.endswith("$") else (pattern, "")
    expression = "/" + "".join(".*" if letter == "*" else re.escape(letter) for letter in body) + end
    expected = re.match(expression, "/" + path) is None
    assert rules(f"User-agent: *\nDisallow: /{pattern}").allows("/" + path) is expected
