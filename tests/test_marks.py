"""Marks: what analysts say is kept, found again, undone, and never mixed with what was found."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from whosays import cli
from whosays.library import (
    analysing,
    listing,
    marked,
    marking,
    marks,
    passages,
    placing,
    reporting,
    saying,
    subjects,
)
from whosays.library.adding import Adding
from whosays.library.analyses import Made
from whosays.library.errors import BadMark, UnknownMark
from whosays.library.marks import Mark, Target, Unwritten
from whosays.library.store import Library
from whosays.report import document
from whosays.report.report import Report
from whosays.text.article import Article
from whosays.text.span import Span

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WORDS = st.text("abc .\n“é", max_size=60)


@pytest.fixture(scope="module")
def made() -> Made:
    return analysing.made_by("test")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, made: Made) -> Path:
    """A library of two stories."""
    path = tmp_path_factory.mktemp("library") / "whosays.db"
    with Library.open(path, create=True) as library:
        Adding(library, made, lambda event: None, fetch=pytest.fail).add(
            [str(EXAMPLES / "lasmar-port"), str(EXAMPLES / "karsholm-dam")]
        )
        for story in (1, 2):
            reporting.of_story(library, story, made)
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "whosays.db"
    path.write_bytes(filled.read_bytes())
    with Library.open(path) as opened:
        yield opened


@pytest.fixture
def report(library: Library, made: Made) -> Report:
    """The report on the port of Lasmar, which has shared claims and conflicts."""
    return reporting.of_story(library, _story(library, "gulf"), made)


def _story(library: Library, within: str) -> int:
    [found] = [s.id for s in listing.stories(library) if any(within in a.key for a in s.articles)]
    return found


def note(target: Target, words: str = "look again", who: str = "Ana") -> Unwritten:
    return Unwritten(who, "note", (target,), words)


def with_text(report: Report, key: str, change: tuple[str, str]) -> Report:
    """The report with one article's text changed, and nothing found in it any more."""
    articles = tuple(
        dataclasses.replace(r, article=dataclasses.replace(r.article, text=r.article.text.replace(*change)))
        if r.article.id == key
        else r
        for r in report.articles
    )
    return dataclasses.replace(report, articles=articles, statements=(), speakers=(), comparison=None)


class TestPassages:
    @given(WORDS, WORDS, st.text("abc é", min_size=1).filter(str.strip), WORDS, WORDS)
    def test_a_passage_is_found_again_however_the_text_around_it_changed(
        self, before: str, behind: str, quote: str, new_before: str, new_behind: str
    ) -> None:
        anchor = passages.of(Article("a", before + quote + behind), Span(len(before), len(before) + len(quote)))
        now = Article("a", new_before + quote + new_behind)
        found = passages.locate(anchor, now)
        assert found is not None
        assert found.of(now.text).split() == quote.split()

    @given(WORDS, st.integers(0, 60), st.integers(0, 60))
    def test_in_the_same_text_it_is_where_it_was(self, text: str, one: int, other: int) -> None:
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        anchor = passages.of(Article("a", text), Span(start, end))
        assert passages.locate(anchor, Article("a", text)) == Span(start, end)

    def test_of_words_that_stand_twice_it_is_those_in_the_same_surroundings(self) -> None:
        text = "He said no on Monday. She, asked later, said no on Friday."
        start = text.rindex("said no")
        anchor = passages.of(Article("a", text), Span(start, start + 7))
        now = Article("a", "They said no. " + text)
        assert passages.locate(anchor, now) == Span(now.text.rindex("said no"), now.text.rindex("said no") + 7)

    def test_words_that_were_taken_out_are_gone(self) -> None:
        anchor = passages.of(Article("a", "Nine died, he said."), Span(0, 9))
        assert passages.locate(anchor, Article("a", "Eight died, he said.")) is None


class TestTheLog:
    def test_a_mark_is_kept_with_who_and_when(self, library: Library, report: Report) -> None:
        made = marking.record(library, note(subjects.claim(report, 1), who="  Ana \n Lind "))
        [kept] = marks.every(library)
        assert kept == made
        assert (kept.who, kept.value) == ("Ana Lind", "look again")
        assert kept.at.endswith("Z")

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE marks SET value = 'x'",
            "DELETE FROM marks",
            "UPDATE marked SET name = 'x'",
            "DELETE FROM marked",
            (
                "INSERT OR REPLACE INTO marks (id, key, at, who, action, about, targets, value) "
                "SELECT id, key, at, 'Eve', action, about, targets, value FROM marks"
            ),
        ],
    )
    def test_nothing_in_it_can_be_changed(self, library: Library, report: Report, change: str) -> None:
        marking.record(library, note(subjects.claim(report, 1)))
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            library.connection.execute(change)
        assert [mark.who for mark in marks.every(library)] == ["Ana"]

    def test_undoing_is_a_mark_and_can_be_undone(self, library: Library, report: Report) -> None:
        first = marking.record(library, note(subjects.claim(report, 1)))
        undoing = marking.undo(library, first.key, "Ben")
        assert marks.undone(library) == {first.key}
        assert marked.find(library, report).every == ()
        again = marking.undo(library, undoing.key, "Ana")
        assert marks.undone(library) == {undoing.key}
        assert [one.mark for one in marked.find(library, report).every] == [first]
        assert list(marks.every(library)) == [first, undoing, again]

    def test_what_is_undone_is_not_undone_twice(self, library: Library, report: Report) -> None:
        first = marking.record(library, note(subjects.claim(report, 1)))
        marking.undo(library, first.key, "Ben")
        with pytest.raises(BadMark):
            marking.undo(library, first.key, "Ben")
        with pytest.raises(UnknownMark):
            marking.undo(library, "nonsense", "Ben")

    def test_a_mark_that_says_nothing_is_refused(self, library: Library, report: Report) -> None:
        claim, conflict = subjects.claim(report, 1), subjects.conflict(report, 1)
        outlet = subjects.outlet(report, report.articles[0].article.name)
        for wrong in (
            note(claim, " "),
            note(claim, who=" "),
            Unwritten("Ana", "grade", (outlet,), "G7"),
            Unwritten("Ana", "grade", (outlet,), ""),
            Unwritten("Ana", "settle", (claim,), "so"),
            Unwritten("Ana", "join", (claim, claim)),
            Unwritten("Ana", "join", (claim, conflict)),
            Unwritten("Ana", "join", (claim,)),
        ):
            with pytest.raises(BadMark):
                marking.record(library, wrong)
        assert marks.latest(library) == 0

    def test_it_is_found_by_what_and_who(self, library: Library, report: Report) -> None:
        outlet = subjects.outlet(report, report.articles[0].article.name)
        marking.record(library, note(subjects.claim(report, 1)))
        graded = marking.record(library, Unwritten("Ben", "grade", (outlet,), "B2", 1))
        for sought in ({"action": "grade"}, {"about": "outlet"}, {"who": "Ben"}, {"story": 1}):
            wanted = marks.Wanted(**sought)  # type: ignore[arg-type]
            assert marks.find(library, wanted) == [graded]

    def test_the_command_lists_it(self, library: Library, report: Report, tmp_path: Path) -> None:
        first = marking.record(library, note(subjects.claim(report, 1)))
        marking.undo(library, first.key, "Ben")
        listed = CliRunner().invoke(cli.app, ["marks", "--library", str(library.path)], env={"COLUMNS": "200"})
        assert listed.exit_code == 0
        assert first.key in listed.stdout
        assert "undone" in listed.stdout
        file = tmp_path / "marks.jsonl"
        wanted = ["marks", "--library", str(library.path), "--who", "Ben", "--format", "jsonl", "-o", str(file)]
        assert CliRunner().invoke(cli.app, wanted).exit_code == 0
        assert [json.loads(line)["undoes"] for line in file.read_text("utf-8").splitlines()] == [first.key]

    def test_it_leaves_as_json_and_csv(self, library: Library, report: Report) -> None:
        first = marking.record(library, note(subjects.claim(report, 1), '=HYPERLINK("x"), “so”\nand so'))
        marking.undo(library, first.key, "Ben")
        gone = marks.undone(library)
        rows = [json.loads(line) for line in saying.lines(marks.every(library), gone, "jsonl")]
        assert (rows[0]["key"], rows[0]["stands"]) == (first.key, False)
        assert rows[1]["undoes"] == first.key
        texts = {read.article.id: read.article.text for read in report.articles}
        for passage in rows[0]["targets"][0]["passages"]:
            assert texts[passage["article"]][passage["start"] : passage["end"]] == passage["quote"]
        table = list(csv.DictReader(io.StringIO("".join(saying.lines(marks.every(library), gone, "csv")))))
        assert tuple(table[0]) == saying.COLUMNS
        assert table[0]["value"].startswith("'=HYPERLINK")
        assert [row["stands"] for row in table] == ["no", "yes"]


class TestBesideAReport:
    def test_every_claim_conflict_and_speaker_finds_itself(self, library: Library, report: Report) -> None:
        assert report.comparison is not None
        for kind, many, make in (
            ("claim", report.comparison.claims, subjects.claim),
            ("conflict", report.comparison.conflicts, subjects.conflict),
            ("speaker", report.speakers, subjects.speaker),
        ):
            for number in range(1, len(many) + 1):
                marking.record(library, note(make(report, number), f"{kind} {number}"))
        found = marked.find(library, report).every
        assert [f"{one.mark.about} {one.place.id}" for one in found] == [one.mark.value for one in found]

    def test_the_report_stays_as_it_is(self, library: Library, made: Made, report: Report) -> None:
        before = document.write(report)
        marking.record(library, Unwritten("Ana", "join", (subjects.claim(report, 1), subjects.claim(report, 2)), "", 1))
        marking.record(library, Unwritten("Ana", "dismiss", (subjects.conflict(report, 1),), "", 1))
        assert document.write(reporting.of_story(library, _story(library, "gulf"), made)) == before

    def test_it_survives_another_model_with_other_ids_and_bounds(self, library: Library, report: Report) -> None:
        """Claims in another order, statements with other ids and a character less."""
        assert report.comparison is not None
        marking.record(library, note(subjects.claim(report, 2)))
        text = subjects.claim(report, 2).text
        renamed = {s.id: f"other-{n}" for n, s in enumerate(report.statements)}
        statements = tuple(
            dataclasses.replace(
                s,
                id=renamed[s.id],
                content=(
                    *s.content[:-1],
                    Span(s.content[-1].start, max(s.content[-1].start + 1, s.content[-1].end - 1)),
                ),
            )
            for s in report.statements
        )
        claims = tuple(
            dataclasses.replace(c, id=f"k{n}", statements=tuple(renamed[s] for s in c.statements))
            for n, c in enumerate(reversed(report.comparison.claims))
        )
        comparison = dataclasses.replace(report.comparison, claims=claims, conflicts=())
        later = dataclasses.replace(report, statements=statements, comparison=comparison, model="newer")
        [one] = marked.find(library, later).every
        assert claims[int(one.place.id) - 1].text == text
        assert one.place.gone == 0

    def test_it_survives_a_correction_of_the_article(
        self, library: Library, made: Made, report: Report, tmp_path: Path
    ) -> None:
        marking.record(library, note(subjects.claim(report, 1)))
        [place] = {anchor.article for anchor in subjects.claim(report, 1).passages if "gulf" in anchor.article}
        file = next((EXAMPLES / "lasmar-port").glob("gulf*"))
        corrected = tmp_path / file.name
        corrected.write_text(file.read_text("utf-8").replace("\n\n", "\n\nCORRECTION: a name was wrong here.\n\n", 1))
        Adding(library, made, lambda event: None, fetch=pytest.fail).add([str(corrected)])
        later = reporting.of_story(library, _story(library, "gulf"), made)
        texts = {read.article.id: read.article.text for read in later.articles}
        assert texts[place].startswith("CORRECTION")
        [one] = marked.find(library, later).every
        assert (one.place.id, one.place.gone) == ("1", 0)
        assert [span.of(texts[key]) for key, span in one.place.found] == [
            anchor.quote for anchor in one.mark.targets[0].passages
        ]

    def test_a_mark_whose_words_were_taken_out_is_shown_as_gone(self, library: Library, report: Report) -> None:
        passage = subjects.claim(report, 1).passages[0]
        target = Target("passage", passage.quote, passages=(passage,))
        marking.record(library, note(target))
        moved = with_text(report, passage.article, ("\n\n", "\n\nCorrected.\n\n"))
        [one] = marked.find(library, moved).every
        [(key, span)] = one.place.found
        assert span.of(next(r.article.text for r in moved.articles if r.article.id == key)) == passage.quote
        gone = marked.find(library, with_text(report, passage.article, (passage.quote, "…")))
        assert [(one.place.gone, one.place.found) for one in gone.adrift()] == [(1, ())]

    def test_a_claim_that_is_no_longer_found_is_adrift_not_lost(self, library: Library, report: Report) -> None:
        assert report.comparison is not None
        marking.record(library, note(subjects.claim(report, 1)))
        later = dataclasses.replace(report, comparison=dataclasses.replace(report.comparison, claims=()))
        [one] = marked.find(library, later).adrift()
        assert one.place.found
        assert not one.place.gone

    def test_what_was_joined_and_parted_is_counted_apart(self, library: Library, report: Report) -> None:
        claims = [subjects.claim(report, number) for number in (1, 2, 3)]
        for one, other in ((0, 1), (1, 2), (0, 2)):
            marking.record(library, Unwritten("Ana", "join", (claims[one], claims[other])))
        found = marked.find(library, report)
        assert found.claims_with_marks == found.claims - 2
        marking.record(library, Unwritten("Ana", "part", (claims[0], subjects.some(claims[0], [0]))))
        found = marked.find(library, report)
        assert found.claims_with_marks == found.claims - 1
        assert found.about("claim", 2)[0].other("2") == found.about("claim", 2)[0].subjects[0]

    def test_a_model_that_agrees_is_said_to(self, library: Library, report: Report) -> None:
        assert report.comparison is not None
        marking.record(library, Unwritten("Ana", "join", (subjects.claim(report, 1), subjects.claim(report, 2))))
        one, two, *rest = report.comparison.claims
        both = dataclasses.replace(
            one, statements=(*one.statements, *two.statements), passages=(*one.passages, *two.passages)
        )
        comparison = dataclasses.replace(report.comparison, claims=(both, *rest))
        [before] = marked.find(library, report).every
        [after] = marked.find(library, dataclasses.replace(report, comparison=comparison)).every
        assert (before.settled_by_machine, after.settled_by_machine) == (False, True)

    def test_a_conflict_is_open_until_it_is_settled_and_again_when_that_is_undone(
        self, library: Library, report: Report
    ) -> None:
        assert report.comparison is not None
        many = len(report.comparison.conflicts)
        settled = marking.record(library, Unwritten("Ana", "settle", (subjects.conflict(report, 1),), "nine"))
        assert marked.find(library, report).open_conflicts == many - 1
        marking.undo(library, settled.key, "Ana")
        assert marked.find(library, report).open_conflicts == many

    def test_a_grade_is_blank_until_it_is_given_and_the_last_one_counts(self, library: Library, report: Report) -> None:
        name = report.articles[0].article.name
        outlet = subjects.outlet(report, name)
        assert marked.find(library, report).grade("outlet", name) == ""
        marking.record(library, Unwritten("Ana", "grade", (outlet,), "F6"))
        later = marking.record(library, Unwritten("Ben", "grade", (outlet,), "B"))
        assert marked.find(library, report).grade("outlet", name) == "B"
        marking.undo(library, later.key, "Ben")
        assert marked.find(library, report).grade("outlet", name) == "F6"

    def test_a_speaker_with_a_name_is_marked_in_every_story(self, library: Library, report: Report, made: Made) -> None:
        named = next(n for n, s in enumerate(report.speakers, 1) if s.naming == "named")
        unnamed = next(n for n, s in enumerate(report.speakers, 1) if s.naming == "anonymous")
        marking.record(library, note(subjects.speaker(report, named)))
        marking.record(library, note(subjects.speaker(report, unnamed)))
        other = reporting.of_story(library, 3 - _story(library, "gulf"), made)
        speakers = tuple(
            dataclasses.replace(other.speakers[n], name=s.name, naming=s.naming)
            for n, s in enumerate((report.speakers[named - 1], report.speakers[unnamed - 1]))
        )
        found = marked.find(library, dataclasses.replace(other, speakers=speakers))
        assert [(one.place.id, one.mark.targets[0].text) for one in found.every] == [("1", speakers[0].name)]


def keys(library: Library, story: int) -> list[str]:
    return [article.id for article in reporting.articles_of(library, story)]


class TestStories:
    def both(self, library: Library) -> tuple[Target, Target]:
        return subjects.story(library, 1), subjects.story(library, 2)

    def test_two_that_are_joined_are_one_until_it_is_undone(self, library: Library) -> None:
        one, two = self.both(library)
        before = keys(library, 1), keys(library, 2)
        joined = marking.record(library, Unwritten("Ana", "join", (two, one), "one event"))
        assert sorted(keys(library, 1)) == sorted(before[0] + before[1])
        assert library.one("SELECT merged_into FROM stories WHERE id = 2") == (1,)
        assert library.one("SELECT change, grounds FROM story_changes ORDER BY id DESC") == (
            "merged", "Ana joined them: one event",
        )  # fmt: skip
        undoing = marking.undo(library, joined.key, "Ben")
        assert (keys(library, 1), keys(library, 2)) == before
        assert library.one("SELECT merged_into FROM stories WHERE id = 2") == (None,)
        marking.undo(library, undoing.key, "Ana")
        assert sorted(keys(library, 1)) == sorted(before[0] + before[1])

    def test_an_article_that_is_parted_has_a_story_of_its_own_until_it_is_undone(self, library: Library) -> None:
        one, _ = self.both(library)
        before = keys(library, 1)
        parted = marking.record(library, Unwritten("Ana", "part", (one, subjects.some(one, [1]))))
        assert parted.targets[1].story == 3
        assert keys(library, 3) == [before[1]]
        assert before[1] not in keys(library, 1)
        undoing = marking.undo(library, parted.key, "Ana")
        assert keys(library, 1) == before
        marking.undo(library, undoing.key, "Ana")
        assert keys(library, 3) == [before[1]]

    def test_not_all_of_a_story_can_be_parted_from_it(self, library: Library) -> None:
        one, two = self.both(library)
        with pytest.raises(BadMark):
            subjects.some(one, range(len(one.articles)))
        with pytest.raises(BadMark):
            marking.record(library, Unwritten("Ana", "part", (one, two)))
        assert marks.latest(library) == 0

    def test_grouping_does_not_merge_what_was_parted(self, library: Library, made: Made, tmp_path: Path) -> None:
        """The same article again in another outlet belongs to both parts alike, and shows them to be one."""
        story = _story(library, "gulf")
        target = subjects.story(library, story)
        text = reporting.articles_of(library, story)[0]
        marked_ = marking.record(library, Unwritten("Ana", "part", (target, subjects.some(target, [1]))))
        parted = marked_.targets[1].story
        assert parted is not None
        self.add(library, made, tmp_path, text)
        assert keys(library, parted)
        assert library.one("SELECT merged_into FROM stories WHERE id = ?", (parted,)) == (None,)

    def test_grouping_would_have_merged_them(self, library: Library, made: Made, tmp_path: Path) -> None:
        """The same without the mark: parted by hand, they are one again."""
        story = _story(library, "gulf")
        text = reporting.articles_of(library, story)[0]
        with library.writing() as connection:
            connection.execute("INSERT INTO stories (id, begun, changed) VALUES (9, '', '')")
            connection.execute(
                "UPDATE story_articles SET story = 9 WHERE article = (SELECT id FROM articles WHERE key = ?)",
                (keys(library, story)[1],),
            )
        self.add(library, made, tmp_path, text)
        assert library.one("SELECT merged_into FROM stories WHERE id = 9") == (story,)

    def add(self, library: Library, made: Made, folder: Path, article: Article) -> None:
        file = folder / "again.txt"
        file.write_text(f"Outlet: Another Post\nDate: {article.published}\n\n{article.text}")
        Adding(library, made, lambda event: None, fetch=pytest.fail).add([str(file)])
        placing.Placing(library).settle()


def test_a_mark_reads_as_a_sentence() -> None:
    one, two = Target("claim", "Nine died", "a"), Target("claim", "Nine\nwere dead", "b")
    mark = Mark(1, "k", "2026-11-21T10:00:00Z", "Ana", "join", (one, two), "same count")
    assert saying.sentence(mark) == "joined claim “Nine died” with “Nine were dead”: same count"
    assert saying.when(mark) == "21 November 2026"
    assert saying.grade("B2") == "usually reliable, probably true"
