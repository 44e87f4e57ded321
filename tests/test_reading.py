"""Reading: what users have becomes articles, and what cannot be read becomes one clear line each."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whosays import errors
from whosays.settings import Settings
from whosays.text import dates, plain, reading

PROSE = (
    "The mayor of Velden said on Friday that the bridge would be closed until the engineers had looked at it. "
    "She told reporters that nobody had been hurt, and that the ferry would take the school children across the river."
)
GERMAN = (
    "Die Bürgermeisterin von Velden sagte am Freitag, dass die Brücke geschlossen bleibe, bis die Ingenieure sie "
    "untersucht hätten. Niemand sei verletzt worden, und die Fähre werde die Schulkinder über den Fluss bringen."
)


def read(*given_sources: str | Path, longest: int = 400_000) -> reading.Reading:
    return reading.read(given_sources, Settings(longest_text=longest))


def wrong(outcome: reading.Reading) -> list[errors.WhosaysError]:
    """The problems that left an article out."""
    return [problem for problem in outcome.problems if not isinstance(problem, errors.Notice)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def write_page(folder: Path, body: str, name: str = "page.html") -> Path:
    head = '<meta property="og:site_name" content="Velden Echo"><title>Bridge closed</title>'
    return write(folder, name, f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>")


class TestTextFiles:
    def test_header_lines_become_fields_and_leave_the_text(self, tmp_path: Path) -> None:
        header = (
            "OUTLET: Velden Echo\ntitle: Bridge closed\nDate: Dec. 7, 2024\nURL: https://a.example\nByline: A B\n\n"
        )
        (article,) = read(write(tmp_path, "a.txt", header + PROSE)).articles
        assert (article.outlet, article.title, article.published) == ("Velden Echo", "Bridge closed", "2024-12-07")
        assert (article.url, article.byline, article.text) == ("https://a.example", "A B", PROSE)

    def test_a_text_without_header_lines_is_kept_whole(self, tmp_path: Path) -> None:
        (article,) = read(write(tmp_path, "a.txt", PROSE + "\n")).articles
        assert article.text == PROSE + "\n"
        assert article.id == "a"

    def test_a_first_line_that_only_looks_like_a_header_is_text(self) -> None:
        assert plain.parse("Title: the word is old\nand goes on here.\n").text.startswith("Title:")

    def test_windows_line_ends_stay_in_the_text(self, tmp_path: Path) -> None:
        (article,) = read(write(tmp_path, "a.txt", f"Outlet: Echo\r\n\r\n{PROSE}\r\nMore.\r\n")).articles
        assert article.text == f"{PROSE}\r\nMore.\r\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_encodings_are_recognised_and_marks_dropped(self, tmp_path: Path, encoding: str) -> None:
        text = PROSE + " “Naïve”, he said."
        (article,) = read(write(tmp_path, "a.txt", text.encode(encoding))).articles
        assert article.text == text

    def test_a_date_that_cannot_be_read_is_named_with_its_line_and_the_article_kept(self, tmp_path: Path) -> None:
        outcome = read(write(tmp_path, "a.txt", f"Outlet: Echo\nDate: 07/12/2024\n\n{PROSE}"))
        (problem,) = outcome.problems
        assert isinstance(problem, errors.BadDate)
        assert problem.place.endswith("a.txt:2")
        assert outcome.articles[0].published is None

    def test_a_missing_date_is_said_once_for_a_file_and_leaves_nothing_out(self, tmp_path: Path) -> None:
        records = [{"text": f"{PROSE} {n}"} for n in range(3)] + [{"text": PROSE, "published": "2024-12-07"}]
        outcome = read(write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, records))))
        (problem,) = outcome.problems
        assert "3 of 4 articles have no publication date" in str(problem)
        assert errors.exit_code(outcome.problems, len(outcome.articles)) == errors.FINE


class TestRecords:
    def test_text_in_json_is_not_altered(self, tmp_path: Path) -> None:
        text = f"\r\n {PROSE}\r\n\tEnd.  "
        (article,) = read(write(tmp_path, "a.json", json.dumps({"text": text}))).articles
        assert article.text == text

    @pytest.mark.parametrize("shape", [lambda one: one, lambda one: [one], lambda one: {"articles": [one]}])
    def test_one_object_a_list_and_an_object_with_articles_read_alike(self, tmp_path: Path, shape: object) -> None:
        record = {"id": "x", "outlet": "Echo", "published": "2024-12-07T10:00:00Z", "text": PROSE}
        (article,) = read(write(tmp_path, "a.json", json.dumps(shape(record)))).articles  # type: ignore[operator]
        assert (article.id, article.outlet, article.published) == ("x", "Echo", "2024-12-07T10:00:00+00:00")

    def test_a_broken_line_is_named_and_the_other_lines_are_read(self, tmp_path: Path) -> None:
        lines = [json.dumps({"text": PROSE}), '{"text": ', json.dumps({"text": PROSE + " More."})]
        outcome = read(write(tmp_path, "a.jsonl", "\n".join(lines)))
        (problem,) = wrong(outcome)
        assert isinstance(problem, errors.BrokenRecord)
        assert problem.line == 2
        assert [article.id for article in outcome.articles] == ["a-1", "a-3"]
        assert errors.exit_code(outcome.problems, 2) == errors.SOME_LEFT_OUT

    @pytest.mark.parametrize(
        ("record", "field"),
        [({"outlet": "Echo"}, "text"), ({"text": 5}, "text"), ({"text": PROSE, "outlet": ["Echo"]}, "outlet")],
    )
    def test_the_field_that_is_wrong_is_named(self, tmp_path: Path, record: object, field: str) -> None:
        (problem,) = wrong(read(write(tmp_path, "a.json", json.dumps(record))))
        assert isinstance(problem, errors.BrokenRecord)
        assert problem.field == field

    def test_a_json_file_that_holds_lines_is_read_as_lines(self, tmp_path: Path) -> None:
        lines = [json.dumps({"text": PROSE + str(n)}) for n in range(2)]
        assert len(read(write(tmp_path, "a.json", "\n".join(lines))).articles) == 2

    @pytest.mark.parametrize("written", ["[" * 100_000, '{"text": ' + "9" * 5000 + "}", '"x"', "[]", "{}", "null"])
    def test_hostile_json_ends_in_one_line(self, tmp_path: Path, written: str) -> None:
        outcome = read(write(tmp_path, "a.json", written))
        assert outcome.articles == ()
        assert len(outcome.problems) == 1


class TestPages:
    def test_a_page_gives_its_paragraphs_and_metadata(self, tmp_path: Path) -> None:
        body = f"<nav>Home</nav><article><h1>Bridge closed</h1><p>{PROSE}</p><p>It was cold.</p></article>"
        (article,) = read(write_page(tmp_path, body)).articles
        assert f"{PROSE}\n" in article.text
        assert (article.outlet, article.title, article.id) == ("Velden Echo", "Bridge closed", "page")
        assert "Home" not in article.text

    def test_a_page_without_an_article_is_said_to_be_one(self, tmp_path: Path) -> None:
        outcome = read(write_page(tmp_path, "<nav><a href='/'>Home</a></nav>"))
        assert isinstance(outcome.problems[0], errors.EmptyPage)
        assert outcome.articles == ()

    def test_a_page_that_is_cut_off_is_read_with_a_notice(self, tmp_path: Path) -> None:
        whole = write_page(tmp_path, f"<article><h1>Bridge closed</h1><p>{PROSE}</p><p>{PROSE}</p></article>")
        assert not [problem for problem in read(whole).problems if isinstance(problem, errors.CutOffPage)]
        written = whole.read_text(encoding="utf-8")
        outcome = read(write(tmp_path, "cut.html", written[: written.rindex("the ferry")]))
        (problem,) = [problem for problem in outcome.problems if not isinstance(problem, errors.MissingDate)]
        assert isinstance(problem, errors.CutOffPage)
        assert len(outcome.articles) == 1
        assert errors.exit_code(outcome.problems, 1) == errors.FINE


class TestSources:
    def test_a_folder_gives_its_articles_in_order_and_no_hidden_files(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.md", ".c.txt", "d.png"):
            write(tmp_path, name, PROSE + name)
        assert [article.id for article in read(tmp_path).articles] == ["a", "b"]

    def test_a_folder_without_articles_and_no_sources_at_all_are_said(self, tmp_path: Path) -> None:
        assert isinstance(read(tmp_path).problems[0], errors.NoArticles)
        assert isinstance(read().problems[0], errors.NoArticles)

    def test_a_file_that_is_not_there_does_not_take_the_others_down(self, tmp_path: Path) -> None:
        outcome = read(tmp_path / "none.txt", "\0", write(tmp_path, "a.txt", PROSE))
        assert [type(problem) for problem in wrong(outcome)] == [errors.UnreadableFile] * 2
        assert len(outcome.articles) == 1

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_a_file_that_may_not_be_read_is_said(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.txt", PROSE)
        path.chmod(0)
        assert "not permitted" in str(read(path).problems[0])

    @pytest.mark.parametrize(
        ("piped", "count"),
        [
            (PROSE, 1),
            (json.dumps({"text": PROSE}), 1),
            (json.dumps({"text": PROSE}, indent=1), 1),
            (json.dumps({"articles": [{"text": PROSE}, {"text": PROSE + " More."}]}), 2),
            (json.dumps({"text": PROSE}) + "\n" + json.dumps({"text": PROSE + " More."}) + "\n", 2),
            ("{broken}\n" + json.dumps({"text": PROSE}), 1),
            (f"<html><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>", 1),
            ("[Updated] " + PROSE, 1),
        ],
    )
    def test_standard_input_may_hold_any_form(self, monkeypatch: pytest.MonkeyPatch, piped: str, count: int) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped.encode()), encoding="utf-8"))
        outcome = read("-")
        assert len(outcome.articles) == count
        assert outcome.articles[0].id.startswith("stdin")


class TestBadInput:
    @pytest.mark.parametrize("content", [b"", b"  \n\t\n", b"\xef\xbb\xbf", b"Outlet: Echo\n\n", b"--- ***"])
    def test_a_file_without_words_is_empty(self, tmp_path: Path, content: bytes) -> None:
        assert isinstance(read(write(tmp_path, "a.txt", content)).problems[0], errors.EmptyArticle)

    @pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"PK\x03\x04rest", b"ab\0cd", bytes(range(1, 32)) * 9])
    def test_a_binary_is_not_text_whatever_its_name(self, tmp_path: Path, content: bytes) -> None:
        for name in ("a.txt", "a.html", "a.json", "a.jsonl"):
            (problem,) = read(write(tmp_path, name, content)).problems
            assert isinstance(problem, errors.BinaryFile | errors.BrokenRecord | errors.EmptyPage), name

    def test_a_text_that_is_too_long_is_refused_without_being_read_whole(self, tmp_path: Path) -> None:
        for name in ("a.txt", "a.html", "a.json"):
            (problem,) = read(write(tmp_path, name, "word " * 200_000), longest=1000).problems
            assert isinstance(problem, errors.TooLarge), name
            assert "1,000 characters" in str(problem)

    def test_one_long_line_of_many_is_left_out(self, tmp_path: Path) -> None:
        lines = [json.dumps({"text": text}) for text in (PROSE, "word " * 200_000, PROSE + " More.")]
        outcome = read(write(tmp_path, "a.jsonl", "\n".join(lines)), longest=1000)
        (problem,) = wrong(outcome)
        assert isinstance(problem, errors.TooLarge)
        assert problem.line == 2
        assert [article.id for article in outcome.articles] == ["a-1", "a-3"]

    def test_another_language_is_left_out_and_named(self, tmp_path: Path) -> None:
        outcome = read(write(tmp_path, "de.txt", GERMAN), write(tmp_path, "en.txt", PROSE))
        (problem,) = wrong(outcome)
        assert isinstance(problem, errors.ForeignLanguage)
        assert problem.language == "de"
        assert outcome.articles[0].language == "en"

    def test_noise_is_no_language(self, tmp_path: Path) -> None:
        letters = "".join(chr(97 + (n * n * 7919 + n // 3) % 26) + " " * (n % 5 == 0) for n in range(5000))
        (problem,) = read(write(tmp_path, "a.txt", letters)).problems
        assert isinstance(problem, errors.ForeignLanguage)

    def test_a_few_words_are_not_judged_by_their_language(self, tmp_path: Path) -> None:
        assert read(write(tmp_path, "a.txt", "Genug, sagte Kovács in Győr.")).articles

    @pytest.mark.parametrize("text", ["Плотина выдержала, сказал чиновник.", "صمد السد طوال الليل", "大坝守住了。"])
    def test_a_few_words_in_another_script_are_foreign_too(self, tmp_path: Path, text: str) -> None:
        [problem] = wrong(read(write(tmp_path, "a.txt", text)))
        assert isinstance(problem, errors.ForeignLanguage)

    def test_english_full_of_foreign_names_is_english(self, tmp_path: Path) -> None:
        text = (
            "Przemysław Wójcik and Đặng Thị Ngọc Thịnh met Jean-Luc Mélenchon, Władysław Kosiniak-Kamysz, Řezníček and "
            "Gülşen Bayraktaroğlu in Győr; Wójcik said Mélenchon refused. Hayat Tahrir al-Sham denied it."
        )
        assert read(write(tmp_path, "a.txt", text)).articles


class TestIds:
    def test_files_of_one_name_get_ids_of_their_own(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            write(tmp_path / name, "a.txt", f"Outlet: {name}\n\n{PROSE}")
        outcome = read(tmp_path / "one" / "a.txt", tmp_path / "two" / "a.txt")
        assert [article.id for article in outcome.articles] == ["a", "a-2"]

    def test_the_same_article_twice_is_counted_once_and_said(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.txt", f"Date: 2024-12-07\n\n{PROSE}")
        outcome = read(path, path)
        assert len(outcome.articles) == 1
        (problem,) = outcome.problems
        assert isinstance(problem, errors.SameArticle)
        assert errors.exit_code(outcome.problems, 1) == errors.FINE

    def test_two_outlets_that_print_the_same_words_are_two_articles(self, tmp_path: Path) -> None:
        first = write(tmp_path, "a.txt", f"Outlet: Echo\n\n{PROSE}")
        second = write(tmp_path, "b.txt", f"Outlet: Post\n\n{PROSE}")
        assert len(read(first, second).articles) == 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-12-07", "2024-12-07"),
        ("2024-12-07T10:20:00Z", "2024-12-07T10:20:00+00:00"),
        ("Sat, 07 Dec 2024 10:20:00 GMT", "2024-12-07T10:20:00+00:00"),
        ("7 December 2024", "2024-12-07"),
        ("Dec. 7, 2024", "2024-12-07"),
        ("Saturday, December 7, 2024 at 10:20 a.m. ET", "2024-12-07"),
    ],
)
def test_dates_are_read_as_outlets_write_them(written: str, expected: str) -> None:
    assert dates.iso(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *("07/12/2024", "yesterday", "31 Feb 2024", "2024-13-01", "December 2024", "", "7"),
        f"Fri, 06 Dec 2024 10:20:{'9' * 40} +0100",
    ],
)
def test_a_date_that_could_be_two_days_or_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        dates.iso(written)


@settings(max_examples=60, deadline=None)
@given(
    content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
    suffix=st.sampled_from([".txt", ".html", ".json", ".jsonl", ""]),
)
@example(content=b"\xa0", suffix=".jsonl")  # blank once it is decoded, not before
def test_reading_never_raises_and_always_gives_an_account(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = read(write(Path(folder), f"x{suffix}", content))
    assert outcome.articles or outcome.problems
    assert len({article.id for article in outcome.articles}) == len(outcome.articles)
    for problem in outcome.problems:
        assert "\n" not in str(problem)
        assert str(problem).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(min_value=0, max_value=4))
def test_text_in_a_record_comes_through_to_the_character(text: str, padding: int) -> None:
    given_text = text + " the" * padding
    with tempfile.TemporaryDirectory() as folder:
        outcome = read(write(Path(folder), "x.json", json.dumps({"text": given_text})))
    for article in outcome.articles:
        assert article.text == given_text


EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.mark.parametrize("story", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_an_example_story_is_several_outlets_read_without_a_word(story: Path) -> None:
    outcome = read(story)
    assert outcome.problems == ()
    assert len({article.outlet for article in outcome.articles}) == len(outcome.articles) >= 3
    assert all(article.published and article.title and article.url for article in outcome.articles)


def test_the_manual_names_every_error_and_exit_code() -> None:
    manual = (EXAMPLES.parent / "docs" / "manual.md").read_text(encoding="utf-8")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.WhosaysError)]
    families = {errors.WhosaysError, errors.InputError, errors.Notice, errors.UsageError, errors.InternalError}
    families |= {errors.Unfetched}
    assert [kind.__name__ for kind in kinds if kind not in families and f"`{kind.__name__}`" not in manual] == []
    assert all(f"| {code} |" in manual for code in range(errors.FINE, errors.SOME_LEFT_OUT + 1))
