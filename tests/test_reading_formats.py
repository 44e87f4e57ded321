"""Feeds, sitemaps, agency formats, archives and pages: the article, its outlet and its time, as they state them."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import fuzz
from whosays import errors
from whosays.text import reading
from whosays.text.reading import Entry, Link

PROSE = fuzz.PROSE
TIME = "2024-12-06T10:20:00+01:00"

Found = Entry | Link | errors.WhosaysError


def of(content: bytes | str, name: str = "x", media_type: str | None = None, url: str | None = None) -> list[Found]:
    raw = content if isinstance(content, bytes) else content.encode()
    return list(reading.of_bytes(raw, where=name, media_type=media_type, url=url))


def entries(found: Sequence[Found]) -> list[Entry]:
    return [each for each in found if isinstance(each, Entry)]


def links(found: Sequence[Found]) -> list[Link]:
    return [each for each in found if isinstance(each, Link)]


def problems(found: Sequence[Found]) -> list[errors.WhosaysError]:
    return [each for each in found if isinstance(each, errors.WhosaysError)]


def page(head: str = "", body: str = f"<article><h1>Bridge closed</h1><p>{PROSE}</p><p>{PROSE}</p></article>") -> str:
    return f"<!DOCTYPE html><html lang='en'><head><title>Bridge closed</title>{head}</head><body>{body}</body></html>"


def ld(**stated: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **stated})}</script>"


class TestFeeds:
    def test_an_entry_with_its_text_is_an_article_and_one_without_is_a_link(self) -> None:
        found = of(fuzz.rss())
        assert [type(each) for each in found] == [Link, Entry, Link, Entry]
        article = entries(found)[0].article
        assert (article.title, article.byline, article.published) == ("Bridge & ferry", "A B", TIME)
        assert b"content:encoded" in entries(found)[0].raw

    @pytest.mark.parametrize("feed", [fuzz.rss(), fuzz.atom()])
    def test_the_source_of_an_entry_is_its_publisher(self, feed: bytes) -> None:
        assert {entry.article.outlet for entry in entries(of(feed))} <= {"Velden Post", "Post"}

    def test_a_feed_without_sources_is_its_own_publisher_and_relative_links_are_completed(self) -> None:
        feed = "<rss><channel><title>Echo</title><item><link>/a</link><title>T</title></item></channel></rss>"
        (link,) = links(of(feed, url="https://echo.example/feed"))
        assert (link.outlet, link.url) == ("Echo", "https://echo.example/a")

    def test_a_json_feed_is_read_alike(self) -> None:
        items = [
            {"id": "1", "url": "https://e.example/1", "content_html": f"<p>{PROSE * 4}</p>", "date_published": TIME}
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Echo", "items": items}
        (entry,) = entries(of(json.dumps(feed)))
        assert (entry.article.outlet, entry.article.published) == ("Echo", TIME)

    def test_broken_markup_loses_no_entry_before_the_break(self) -> None:
        cut = fuzz.rss()
        assert len(entries(of(cut[: cut.rindex(b"<item>")]))) == 1
        assert len(links(of(fuzz.rss().replace(b"<title>Bridge &amp;", b"<title>Bridge &nosuch; & <br>")))) == 2

    def test_a_feed_of_links_is_said_to_hold_links_for_a_report(self, tmp_path: Path) -> None:
        (tmp_path / "map.xml").write_bytes(fuzz.sitemap())
        (problem,) = reading.read([tmp_path / "map.xml"]).problems
        assert isinstance(problem, errors.OnlyLinks)
        assert "holds 5 links, not articles" in str(problem)

    def test_a_feed_that_is_a_web_page_is_read_as_the_page_it_is(self) -> None:
        assert entries(of(page(), "feed.rss"))[0].media_type == "text/html"

    def test_entities_are_refused_and_files_never_opened(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("SECRET")
        bomb = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
        for entity in (f"<!ENTITY j SYSTEM '{secret.as_uri()}'>", f"<!ENTITY a 'aaaaaaaaaa'>{bomb}"):
            item = "<rss><channel><item><title>&j;</title></item></channel></rss>"
            (problem,) = of(f"<?xml version='1.0'?><!DOCTYPE rss [{entity}]>{item}")
            assert isinstance(problem, errors.BrokenMarkup)
            assert "SECRET" not in str(problem)

    def test_a_feed_in_an_old_encoding_keeps_its_letters(self) -> None:
        channel = "<rss><channel><title>Głos</title><item><link>http://a.b/c</link></item></channel></rss>"
        feed = f"<?xml version='1.0' encoding='iso-8859-2'?>{channel}"
        assert links(of(feed.encode("iso-8859-2")))[0].outlet == "Głos"

    def test_a_feed_of_many_entries_is_read_one_at_a_time(self) -> None:
        whole = fuzz.rss()
        item = whole[whole.index(b"<item>") : whole.index(b"</item>") + 7]
        many = whole.replace(item, item * 20_000, 1)
        assert sum(1 for _ in reading.of_bytes(many, where="x")) == 20_003


class TestSitemaps:
    def test_a_news_sitemap_gives_title_outlet_and_time(self) -> None:
        found = links(of(fuzz.sitemap()))
        assert len(found) == 5
        assert (found[0].title, found[0].outlet, found[0].published) == ("Bridge", "Echo", TIME)

    def test_the_time_a_page_was_changed_is_not_when_it_was_published(self) -> None:
        urls = "<urlset><url><loc>https://e.example/a</loc><lastmod>2024-12-06</lastmod></url></urlset>"
        assert links(of(urls))[0].published is None

    def test_an_index_of_sitemaps_names_them(self) -> None:
        (problem,) = of("<sitemapindex><sitemap><loc>https://e.example/1.xml</loc></sitemap></sitemapindex>")
        assert isinstance(problem, errors.SitemapIndex)
        assert problem.sitemaps == ("https://e.example/1.xml",)


class TestAgencyFormats:
    @pytest.mark.parametrize(("content", "id_"), [(fuzz.newsml(), "urn:x:1"), (fuzz.ninjs(), "urn:echo:1")])
    def test_an_item_gives_its_fields(self, content: bytes, id_: str) -> None:
        (entry,) = entries(of(content))
        article = entry.article
        assert (article.id, article.outlet, article.published, article.title) == (id_, "Echo", TIME, "Bridge")
        assert article.text == f"{PROSE.strip()}\n{PROSE.strip()}"

    def test_an_item_without_a_text_leaves_the_others(self) -> None:
        whole = fuzz.newsml().decode()
        item = whole[whole.index("<newsItem") : whole.index("</itemSet>")]
        found = of(whole.replace(item, "<newsItem guid='p'><contentSet/></newsItem>" + item))
        assert [type(each) for each in found] == [errors.BrokenMarkup, Entry]

    def test_nitf_on_its_own_is_read(self) -> None:
        head = "<body.head><hedline><hl1>Bridge</hl1></hedline></body.head>"
        nitf = f"<nitf><head/><body>{head}<body.content><p>{PROSE}</p></body.content></body></nitf>"
        assert entries(of(nitf))[0].article.title == "Bridge"


class TestArchives:
    @pytest.mark.parametrize("by_record", [False, True])
    def test_pages_come_with_their_bytes_and_address(self, by_record: bool) -> None:
        found = entries(of(fuzz.archive(by_record=by_record), "a.warc.gz"))
        assert [entry.where for entry in found] == [f"a.warc.gz, record {n}" for n in (1, 2, 3)]
        assert all(entry.raw == fuzz.page() for entry in found)

    def test_a_poisoned_record_between_good_ones_is_one_line(self) -> None:
        whole = bytearray(fuzz.archive(by_record=True))
        second = whole.index(b"\x1f\x8b\x08", 3)
        whole[second + 40 : second + 240] = b"\xa5" * 200
        found = of(bytes(whole), "a.warc.gz")
        assert len(entries(found)) == 2
        (problem,) = [each for each in problems(found) if not isinstance(each, errors.Notice)]
        assert isinstance(problem, errors.DamagedArchive)

    def test_an_archive_that_is_cut_off_is_read_to_there(self) -> None:
        found = of(fuzz.archive(by_record=True)[:-400], "a.warc.gz")
        assert len(entries(found)) == 2
        assert isinstance(problems(found)[-1], errors.DamagedArchive)

    def test_an_archive_through_a_pipe_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def seek(self, offset: int, whence: int = 0) -> int:
                raise OSError("a pipe")

        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Pipe(fuzz.archive(by_record=True)))))
        assert len(entries(list(reading.entries("-")))) == 3


class TestGzip:
    @pytest.mark.parametrize("content", [page().encode(), fuzz.rss(), fuzz.lines(), fuzz.ninjs(), PROSE.encode()])
    def test_what_is_gzipped_is_read_as_what_it_holds(self, content: bytes) -> None:
        plain = [entry.article.text for entry in entries(of(content))]
        assert [entry.article.text for entry in entries(of(gzip.compress(content), "x.gz"))] == plain != []

    def test_lines_before_the_end_of_a_cut_file_are_read_and_a_half_page_is_not(self) -> None:
        rows = "".join(json.dumps({"text": f"{PROSE} {n * 7919}"}) + "\n" for n in range(3000))
        found = of(gzip.compress(rows.encode())[:-3000], "x.jsonl.gz")
        assert 100 < len(entries(found)) < 3000
        assert any(isinstance(each, errors.DamagedArchive) for each in problems(found))
        assert [type(each) for each in of(gzip.compress(page().encode())[:-60], "x.html.gz")] == [errors.DamagedArchive]

    def test_a_bomb_is_refused_without_being_unpacked(self) -> None:
        bomb = gzip.compress(b"word " * 40_000_000, compresslevel=1)
        (problem,) = of(bomb, "x.txt.gz")
        assert isinstance(problem, errors.TooLarge)


class TestPages:
    @pytest.mark.parametrize(
        "head",
        [
            ld(datePublished=TIME),
            f"<meta property='article:published_time' content='{TIME}'>",
            ld(datePublished="soon") + f"<meta name='parsely-pub-date' content='{TIME}'>",
        ],
    )
    def test_the_time_is_as_the_page_states_it(self, head: str) -> None:
        assert entries(of(page(head)))[0].article.published == TIME

    def test_a_time_in_the_page_counts_where_it_is_marked_or_alone(self) -> None:
        article = f"<article><h1>Bridge closed</h1>{{}}<p>{PROSE}</p><p>{PROSE}</p></article>"
        marked = f"<time datetime='2020-01-01'>x</time><time class='published' datetime='{TIME}'>y</time>"
        unmarked = "<time datetime='2020-01-01'>x</time><time datetime='2021-01-01'>y</time>"
        assert entries(of(page(body=article.format(marked))))[0].article.published == TIME
        assert entries(of(page(body=article.format(unmarked))))[0].article.published is None

    def test_a_time_is_never_guessed(self) -> None:
        body = f"<article><h1>Bridge closed</h1><p>{PROSE}</p><p>{PROSE}</p></article><footer>6 December 2024</footer>"
        found = of(page(body=body), url="https://echo.example/2024/12/06/bridge")
        assert entries(found)[0].article.published is None
        assert isinstance(problems(found)[0], errors.MissingDate)

    def test_outlet_and_address_are_as_stated(self) -> None:
        head = ld(publisher={"name": "Velden Echo"}) + "<link rel='canonical' href='/story'>"
        article = entries(of(page(head), url="https://echo.example/story?from=feed"))[0].article
        assert (article.outlet, article.url) == ("Velden Echo", "https://echo.example/story")

    def test_a_list_of_articles_is_no_article(self) -> None:
        items = "".join(
            f"<div><h2><a href='/{n}'>The bridge of Velden is closed for day {n}</a></h2></div>" for n in range(30)
        )
        (problem,) = of(page(body=f"<main>{items}</main>"))
        assert isinstance(problem, errors.ListPage)

    def test_a_stub_behind_a_paywall_is_read_with_a_notice(self) -> None:
        found = of(page(ld(isAccessibleForFree=False, wordCount=900, datePublished=TIME)))
        assert isinstance(problems(found)[0], errors.PaywallStub)
        assert len(entries(found)) == 1

    def test_a_whole_article_that_is_not_free_is_read_without_a_word(self) -> None:
        words = len(PROSE.split())
        assert problems(of(page(ld(isAccessibleForFree="False", wordCount=words, datePublished=TIME)))) == []

    @pytest.mark.parametrize("encoding", ["windows-1251", "iso-8859-2", "shift_jis"])
    def test_the_charset_that_the_server_names_is_believed(self, encoding: str) -> None:
        letters = {"windows-1251": "Мост", "iso-8859-2": "Głos", "shift_jis": "橋"}[encoding]
        content = page().replace("Bridge closed", letters).encode(encoding)
        assert entries(of(content, media_type=f"text/html; charset={encoding}"))[0].article.title == letters

    def test_a_page_in_arabic_is_named_as_that(self) -> None:
        arabic = "قال رئيس البلدية يوم الجمعة إن الجسر سيبقى مغلقا حتى ينتهي المهندسون من فحصه ولم يصب أحد بأذى. " * 6
        (problem,) = of(page(body=f"<article><h1>الجسر</h1><p>{arabic}</p></article>"))
        assert isinstance(problem, errors.ForeignLanguage)
        assert problem.language == "ar"


class TestRudeInput:
    @pytest.mark.parametrize("name", ["x", "x.xml", "x.warc", "x.warc.gz", "x.jsonl", "x.html", "x.json.gz", "x.rss"])
    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04zip", b"%PDF-1.7", b"\x1f\x8b\x08\0\0", bytes(range(256)) * 4000]
    )
    def test_what_is_not_an_article_is_one_clear_line(self, name: str, content: bytes) -> None:
        found = of(content, name)
        assert found
        assert all(isinstance(each, errors.InputError) and len(str(each)) < 600 for each in found)

    def test_letters_that_the_first_look_cuts_in_two_are_no_noise(self) -> None:
        for padding in range(3):
            text = f"Outlet: Echo{'o' * padding}\n\n{PROSE}" + "€ and the dam’s “cracks” " * 3000
            assert "€ and the dam’s “cracks”" in entries(of(text))[0].article.text

    def test_noise_of_any_size_ends_soon_and_is_not_kept(self, tmp_path: Path) -> None:
        with (tmp_path / "noise").open("wb") as file:
            for _ in range(50):
                file.write(bytes((n * n * 31 + 7) % 256 for n in range(1024)) * 1024)
        (problem,) = reading.read([tmp_path / "noise"]).problems
        assert isinstance(problem, errors.BinaryFile)

    def test_a_folder_gives_every_kind_of_file(self, tmp_path: Path) -> None:
        for name, content in fuzz.GOOD:
            (tmp_path / name).write_bytes(content)
        found = reading.read([tmp_path])
        assert len(found.articles) >= 5
        assert [each for each in found.problems if isinstance(each, errors.InputError | errors.InternalError)] == [
            each for each in found.problems if isinstance(each, errors.OnlyLinks)
        ]


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=2**40))
def test_spoiled_input_of_every_format_gives_an_account_and_raises_nothing(seed: int) -> None:
    assert fuzz.problem(seed) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40), max_size=8))
def test_paragraphs_of_a_feed_come_through_in_order(paragraphs: list[str]) -> None:
    from html import escape

    whole = [*paragraphs, PROSE * 4]
    content = escape("".join(f"<p>{escape(each)}</p>" for each in whole))
    found = entries(of(f"<rss><channel><item><description>{content}</description></item></channel></rss>"))
    given_lines = [" ".join(each.split()) for each in whole]
    assert found
    assert found[0].article.text.split("\n") == [line for line in given_lines if line]


def test_entries_are_given_before_the_rest_is_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(fuzz.lines() * 200)
        first = next(iter(reading.entries(str(path))))
        assert isinstance(first, Entry)
        assert (first.line, first.where, json.loads(first.raw)["id"]) == (1, str(path), "0")
