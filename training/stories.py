"""Stories with what their articles share: the annotated ones, those that readers marked, and invented ones."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from whosays.claims.matching import Match
from whosays.claims.members import Member, Members
from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.span import Span

HERE: Final = Path(__file__).parent
# Where the texts lie whose marks are kept without them, by the sets' names in marks.jsonl.
TEXTS: Final = {
    "basil": "same_event/basil/articles.jsonl",
    "ecbplus": "same_event/ecbplus/articles.jsonl",
    "polnear": "attribution/train.jsonl",
}
_HEAD: Final = re.compile(r"^@ (?P<key>\w+) \| (?P<date>[^|]*) \| (?P<outlet>[^|]*) \| .*$", re.MULTILINE)
_MARK: Final = re.compile(r"\{(\d+)\s+|\}")

Passage = tuple[int, int, int]  # the article's place in the story, and characters of its text
Claims = tuple[tuple[Passage, ...], ...]
Pairs = set[tuple[int, int]]
Cover = tuple[str, Any]
Parted = Mapping[tuple[int, int], Mapping[int, Span]]  # by pair of members, the spans of those that are shown in part


@dataclass(frozen=True, slots=True)
class Marks:
    """What readers marked: in each reading, the passages that put one claim; and pairs judged one by one."""

    readings: tuple[Claims, ...]
    judged: tuple[tuple[Passage, Passage, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A story: its articles, its annotation if it has one, and what readers marked."""

    name: str
    articles: tuple[Article, ...]
    gold: Mapping[str, Any] | None
    marks: Marks | None


def read(shared: Path) -> Iterator[Told]:
    """All stories to train on, in a fixed order; ``shared`` holds ``samples-more`` and ``data``."""
    marks = [json.loads(line) for line in (HERE / "marks.jsonl").read_text(encoding="utf-8").splitlines()]
    by_story = {(row["set"], row["story"]): row for row in marks}
    for path in sorted((shared / "samples-more").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        articles = tuple(
            Article(
                key, (path.parent / a["file"]).read_text(encoding="utf-8"), a.get("outlet", key), a.get("published")
            )
            for key, a in gold["articles"].items()
        )
        row = by_story.get(("samples-more", path.parent.name))
        yield Told(path.parent.name, articles, gold, _marks(row) if row else None)
    for kind, path in TEXTS.items():
        texts = _articles(shared / "data" / path)
        for row in marks:
            if row["set"] == kind:
                yield Told(row["story"], tuple(texts[i] for i in row["articles"]), None, _marks(row))
    for path in sorted((HERE / "invented").glob("*.txt")):
        told = invented(path)
        row = by_story.get(("stories", path.stem))
        yield Told(
            told.name,
            told.articles,
            None,
            replace(told.marks, judged=_marks(row).judged) if row and told.marks else told.marks,
        )


def invented(path: Path) -> Told:
    """A story of ours: articles behind lines of "@ key | date | outlet | headline", shared passages as "{number …}"."""
    text = path.read_text(encoding="utf-8")
    heads = list(_HEAD.finditer(text))
    articles, claims = [], {}
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        plain, found = _unmarked(text[head.end() : end].strip())
        date = head["date"].strip() if re.fullmatch(r"\d{4}-\d\d-\d\d", head["date"].strip()) else None
        articles.append(Article(head["key"].lower(), plain, head["outlet"].strip(), date))
        for number, start, stop in found:
            claims.setdefault(number, []).append((place, start, stop))
    shared = tuple(tuple(c) for c in claims.values() if len({place for place, _, _ in c}) > 1)
    return Told(path.stem, tuple(articles), None, Marks((shared,), ()))


def _unmarked(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without its marks, and each mark's number with the characters that it held."""
    plain: list[str] = []
    found, length, at = [], 0, 0
    opened: tuple[int, int] | None = None
    for mark in _MARK.finditer(text):
        plain.append(text[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if mark[1]:
            opened = int(mark[1]), length
        elif opened:
            found.append((*opened, length))
            opened = None
    return "".join([*plain, text[at:]]), found


def _articles(path: Path) -> dict[str, Article]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: Article(row["id"], row["text"], row.get("outlet") or row["id"], row.get("date")) for row in rows}


def _marks(row: Mapping[str, Any]) -> Marks:
    readings = tuple(
        tuple(tuple((place, start, end) for place, start, end in claim) for claim in row[reading])
        for reading in ("claims", "again")
        if reading in row
    )
    judged = tuple(((*one,), (*other,), verdict) for one, other, verdict in row["judged"])
    return Marks(readings, judged)


def judged(marks: Marks, found: Members, verdict: str) -> Pairs:
    """The pairs of members that were judged so."""
    by_span: dict[Passage, list[int]] = {}
    for number, member in enumerate(found.all):
        by_span.setdefault((member.article, *member.span), []).append(number)
    return {
        (min(a, b), max(a, b))
        for one, other, said in marks.judged
        if said == verdict
        for a in by_span.get(one, ())
        for b in by_span.get(other, ())
    }


@cache
def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.exists():
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Scorer:
    """What counts as the same passage, and the figures, as ``eval/score.py`` has them."""

    def __init__(self, shared: Path) -> None:
        self._score = _module(shared / "eval/score.py")

    def covers(self, told: Told, found: Members, statements: Sequence[Statement]) -> list[tuple[Cover, Cover]]:
        """By member, its own characters, and those that the scorer compares: a statement's whole content."""
        rows = self._score.by_id(self._score.statements(_document(told, found, statements, [])))
        ids = [article.id for article in told.articles]
        own = [(ids[m.article], self._score.cover(list(m.span))) for m in found.all]
        return [
            (cover, (rows[m.statement.id]["article"], rows[m.statement.id]["cov"]))
            if m.statement and m.statement.id in rows
            else (cover, cover)
            for m, cover in zip(found.all, own, strict=True)
        ]

    def annotated(self, gold: Mapping[str, Any], covers: Sequence[tuple[Cover, Cover]], parted: Parted) -> Pairs:
        """The pairs of members that the annotation takes for the same, whole or in the parts that would be shown."""
        pairs = self._score.cross_pairs(gold, self._score.statements(gold))
        return self._touched(pairs, [whole for _, whole in covers]) | self._parted(pairs, covers, parted)

    def marked(self, claims: Claims, found: Members, covers: Sequence[tuple[Cover, Cover]], parted: Parted) -> Pairs:
        """The pairs of members that a reader takes for the same: in their own words, as whole statements, in parts."""
        articles = {m.article: cover[0] for m, (cover, _) in zip(found.all, covers, strict=True)}
        pairs = [
            tuple((articles.get(place, ""), self._score.cover([start, end])) for place, start, end in (one, other))
            for claim in claims
            for k, one in enumerate(claim)
            for other in claim[k + 1 :]
            if one[0] != other[0]
        ]
        own, whole = zip(*covers, strict=True) if covers else ((), ())
        return self._touched(pairs, own) | self._touched(pairs, whole) | self._parted(pairs, covers, parted)

    def _parted(self, pairs: Sequence[Any], covers: Sequence[tuple[Cover, Cover]], parted: Parted) -> Pairs:
        found: Pairs = set()
        for pair, parts in parted.items():
            sides = [(covers[n][1][0], self._score.cover(list(parts[n]))) if n in parts else covers[n][1] for n in pair]
            if any(self._score.pair_hit(known, sides) for known in pairs):
                found.add(pair)
        return found

    def _touched(self, pairs: Sequence[Any], covers: Sequence[Cover]) -> Pairs:
        found: Pairs = set()
        met: dict[Any, list[int]] = {}
        for pair in pairs:
            for side in pair:
                if side not in met:
                    met[side] = [k for k, cover in enumerate(covers) if self._score.same(side, cover)]
            found |= {(min(a, b), max(a, b)) for a in met[pair[0]] for b in met[pair[1]]}
        return found

    def counted(
        self, told: Told, found: Members, statements: Sequence[Statement], matches: Sequence[Match]
    ) -> tuple[int, int, int, int]:
        """Found pairs that are right, found pairs, annotated pairs that are found, annotated pairs."""
        score = self._score
        document = _document(told, found, statements, matches)
        gold = score.cross_pairs(told.gold, score.statements(told.gold))
        pairs = score.cross_pairs(document, score.statements(document))
        right = sum(any(score.pair_hit(g, f) for g in gold) for f in pairs)
        met = sum(any(score.pair_hit(g, f) for f in pairs) for g in gold)
        return right, len(pairs), met, len(gold)


def _carrier(member: Member, told: Told) -> object:
    return member.statement.id if member.statement else (told.articles[member.article].id, member.span)


def _document(told: Told, found: Members, statements: Sequence[Statement], matches: Sequence[Match]) -> dict[str, Any]:
    """What of a report the scorer needs for claims."""
    claims: dict[tuple[object, ...], dict[str, Any]] = {}
    for match in matches:
        everyone = [found.all[n] for n in match.members]
        claims.setdefault(
            tuple(_carrier(m, told) for m in everyone),
            {
                "statements": list(dict.fromkeys(m.statement.id for m in everyone if m.statement)),
                "passages": [
                    [told.articles[m.article].id, list(match.parts.get(n, m.span))]
                    for n, m in zip(match.members, everyone, strict=True)
                    if not m.statement
                ],
            },
        )
    said = [
        {
            "id": s.id,
            "article": s.article,
            "content": [list(span) for span in s.content],
            "source": list(s.source) if s.source else None,
            "cue": list(s.cue) if s.cue else None,
            "speaker": s.speaker,
        }
        for s in statements
    ]
    return {"statements": said, "claims": list(claims.values())}
