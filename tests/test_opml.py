"""Lists of feeds."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whosays.errors import BadAddress, NoFeeds, UnreadableFile, WhosaysError
from whosays.library import opml
from whosays.library.opml import Feed

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Outlets</title></head><body>
  <outline text="North"><outline text="Valley">
    <outline type="rss" text="Ardal Courier" xmlUrl="https://courier.example/rss?a=1&amp;b=2" htmlUrl="https://courier.example/"/>
  </outline>
  <outline type="rss" title="Meridian  Post" xmlUrl=" http://meridianpost.example "/></outline>
  <outline text="A group without feeds"/>
  <outline type="rss" text="Courier again" xmlUrl="https://courier.example/rss?a=1&b=2"/>
</body></opml>"""


def read(tmp_path: Path, text: str | bytes) -> opml.Feeds:
    path = tmp_path / "outlets.opml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return opml.read(path)


def test_nested_outlines_are_read_each_feed_once(tmp_path: Path) -> None:
    assert read(tmp_path, NESTED).feeds == (
        Feed("https://courier.example/rss?a=1&b=2", "Ardal Courier"),
        Feed("http://meridianpost.example/", "Meridian Post"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_may_be_in_any_encoding_that_programs_write(tmp_path: Path, encoding: str) -> None:
    assert len(read(tmp_path, NESTED.encode(encoding)).feeds) == 2


def test_a_list_that_is_cut_off_gives_what_it_holds(tmp_path: Path) -> None:
    assert len(read(tmp_path, NESTED[: NESTED.index("Meridian")]).feeds) == 1


def test_a_bomb_of_entities_is_not_unpacked(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(30))
    bomb = f'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
    listed = read(tmp_path, f'{bomb}<opml><outline text="&e30;" xmlUrl="http://a.example/"/></opml>')
    assert listed.feeds == (Feed("http://a.example/", "&e30;"),)


def test_a_plain_list_has_one_address_a_line(tmp_path: Path) -> None:
    listed = read(tmp_path, "# north\nhttps://courier.example/rss Ardal Courier\n\r\nhttp://a.example/news.xml\n")
    assert listed.feeds == (Feed("https://courier.example/rss", "Ardal Courier"), Feed("http://a.example/news.xml"))


def test_a_line_that_is_no_address_is_said_and_the_others_are_kept(tmp_path: Path) -> None:
    listed = read(tmp_path, "courier.example\nhttp://a.example/\nfile:///etc/passwd\n")
    assert listed.feeds == (Feed("http://a.example/"),)
    assert [(type(problem), problem.line) for problem in listed.problems] == [(BadAddress, 1), (BadAddress, 3)]
    assert all("outlets.opml" in str(problem) for problem in listed.problems)


@pytest.mark.parametrize("nothing", ["", "# only this\n", "<opml><body></body></opml>", "<?xml version='1.0'?><rss/>"])
def test_a_list_without_feeds_is_refused(tmp_path: Path, nothing: str) -> None:
    with pytest.raises(NoFeeds):
        read(tmp_path, nothing)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        opml.read(tmp_path / "none.opml")


def test_a_single_feed_is_given_by_its_address() -> None:
    assert opml.read("https://Courier.example").feeds == (Feed("https://courier.example/"),)


def test_a_list_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NESTED.encode())))
    assert len(opml.read("-").feeds) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from([b"", b"<?xml?><opml>", b'<opml><outline xmlUrl="', b"http://a/ "]))
def test_no_list_breaks_the_reader(tmp_path: Path, content: bytes, start: bytes) -> None:
    try:
        listed = read(tmp_path, start + content)
    except WhosaysError:
        return
    assert all(feed.url.startswith(("http://", "https://")) for feed in listed.feeds)
