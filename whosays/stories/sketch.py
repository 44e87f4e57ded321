"""What grouping keeps of an article: its words, names, places, what its head and lead mean, and its shingles."""

from __future__ import annotations

import functools
import json
import math
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from whosays.errors import DamagedSketch
from whosays.language import marking
from whosays.language import model as language_model
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.stories import shingles, terms
from whosays.stories.shingles import Shingles
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

WIDTH: Final = 384
LEAD_WORDS: Final = 60  # whose words weigh double, as the headline's do
EMBEDDED_WORDS: Final = (
    120  # of the lead: nearest to the same event among 30, 60, 120 and all words (average precision)
)
_HEAD_WEIGHT: Final = 2.0
_MOST_TERMS: Final = 512
_MOST_NAMES: Final = 24
_MOST_PLACES: Final = 12
_LONGEST_NAME: Final = 80  # characters
_STEP: Final = 16  # weights are kept in sixteenths, so that a sketch is the same after it was stored
_GRID: Final = 4096  # and vectors in steps of 1/4096
_MAGIC: Final = b"WSK1"
_COUNTS: Final = struct.Struct("<IIIIB")  # bytes of the fields, terms, shingles kept, shingles in all, their scale


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """One article, as :class:`whosays.stories.grouping.Stories` compares it; a few kilobytes.

    ``terms`` are the numbers of its words, rising, [terms]; ``weights`` and ``named`` their weights in sixteenths, as
    words of the article and as words of its names. ``names`` and ``places`` are for the reader, commonest first.
    ``vector`` is the embedding of head and lead, of length 1 or all zeros, [384].
    """

    id: str
    outlet: str | None
    published: datetime | None
    terms: NDArray[np.uint32]
    weights: NDArray[np.uint8]
    named: NDArray[np.uint8]
    names: tuple[str, ...]
    places: tuple[str, ...]
    vector: NDArray[np.float32]
    shingles: Shingles


def of(analysis: Analysis) -> Sketch:
    """The sketch of an article that has been read. Its headline, which is no prose, is read by the model here."""
    [sketch] = all_of([analysis])
    return sketch


def all_of(analyses: Sequence[Analysis]) -> list[Sketch]:
    """The sketches of several, whose headlines the model reads together: each would wait for what it has in hand."""
    return [_of(analysis, vector) for analysis, vector in zip(analyses, _headlines(analyses), strict=True)]


def _of(analysis: Analysis, headline: NDArray[np.float32] | None) -> Sketch:
    article, prose = analysis.article, analysis.layout.prose
    vectors = [] if headline is None else [headline]
    if lead := _lead(article.text, prose):
        vectors.append(analysis.embed([lead])[0])
    return made(
        article,
        analysis.layout,
        names=[entity.text for entity in analysis.doc.ents],
        places=[place.name for place in analysis.places],
        vector=np.sum(vectors, axis=0) if vectors else None,
    )


def made(
    article: Article,
    layout: Layout,
    names: Iterable[str] = (),
    places: Iterable[str] = (),
    vector: NDArray[np.floating[Any]] | None = None,
) -> Sketch:
    """A sketch of given names, places and vector [384]; the language model is not asked."""
    body = [word for span in layout.prose for word in terms.words(span.of(article.text))]
    folded = _names(names)
    numbers, weights, named = _weighed(body, terms.words(_head(article, layout)), folded)
    shown = sorted(folded.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_NAMES]
    located = Counter(sys.intern(place) for place in places)
    return Sketch(
        id=article.id,
        outlet=article.outlet,
        published=_moment(article.published),
        terms=numbers,
        weights=weights,
        named=named,
        names=tuple(sys.intern(name) for name, _ in shown),
        places=tuple(sorted(located, key=lambda place: (-located[place], place))[:_MOST_PLACES]),
        vector=_unit(vector),
        shingles=shingles.of(body),
    )


def order(sketch: Sketch) -> tuple[float, str]:
    """The key by which a heap of articles is put in order of arrival; articles without a date come last."""
    return (_utc(sketch.published).timestamp() if sketch.published else math.inf, sketch.id)


def days(sketch: Sketch) -> float | None:
    """The publication time in days since 1970, UTC; a time without a zone is taken for UTC."""
    return _utc(sketch.published).timestamp() / 86400 if sketch.published else None


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _moment(published: str | None) -> datetime | None:
    try:
        moment = _utc(datetime.fromisoformat(published)) if published else None
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        return None


def _head(article: Article, layout: Layout) -> str:
    if article.title:
        return article.title
    return next((part.span.of(article.text) for part in layout.unread if part.reason == "headline"), "")


def _lead(text: str, prose: Sequence[Span]) -> Span | None:
    """The first paragraphs of the prose, as far as 120 words go."""
    words = 0
    for paragraph in prose:
        words += len(paragraph.of(text).split())
        if words >= EMBEDDED_WORDS:
            return Span(prose[0].start, paragraph.end)
    return Span(prose[0].start, prose[-1].end) if prose else None


@functools.cache
def _tokeniser() -> Language:
    """Made once: it takes as long as the model takes for an article."""
    return analyse.blank()


def _headlines(analyses: Sequence[Analysis]) -> list[NDArray[np.float32] | None]:
    """What each headline means, as a vector; ``None`` for an article without one."""
    heads = [_head(analysis.article, analysis.layout) for analysis in analyses]
    docs = [_tokeniser().make_doc(head) for head in heads if head.strip()]
    vectors = iter(marking.meanings(docs, language_model.load()))
    return [next(vectors) if head.strip() else None for head in heads]


def _names(found: Iterable[str]) -> Counter[str]:
    """How often each name is used; a name that is part of a longer one ("Assad") counts as that."""
    counts = Counter(name for name in map(_name, found) if len(name) > 1)
    by_word: dict[str, list[str]] = {}
    for name in sorted(counts):
        for word in set(name.casefold().split()):
            by_word.setdefault(word, []).append(name)
    whole: Counter[str] = Counter()
    for name, count in counts.items():
        own = set(name.casefold().split())
        longer = [other for other in by_word[min(own)] if own < set(other.casefold().split())]
        whole[max(longer, key=lambda other: (counts[other], other)) if longer else name] += count
    return whole


def _name(written: str) -> str:
    tidy = " ".join(written.replace("’", "'").split()).strip(" '\".,")[:_LONGEST_NAME]
    tidy = tidy.removesuffix("'s").removesuffix("'")
    for first in ("the ", "mr. ", "mrs. ", "ms. ", "mr ", "mrs ", "ms "):
        if tidy.casefold().startswith(first):
            return tidy[len(first) :]
    return tidy


Weighed = tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint8]]


def _weighed(body: Sequence[str], head: Sequence[str], names: Counter[str]) -> Weighed:
    counts = Counter(word for word in body if len(word) > 1)
    leading = {word for word in (*head, *body[:LEAD_WORDS]) if len(word) > 1}
    word_weight = {w: _scaled(counts[w]) * (_HEAD_WEIGHT if w in leading else 1) for w in counts.keys() | leading}
    name_weight: dict[str, float] = {}
    for name, count in names.items():
        for word in terms.words(name):
            name_weight[word] = max(name_weight.get(word, 0), _scaled(count))
    by_number: dict[int, tuple[int, int]] = {}
    for word in sorted(word_weight.keys() | name_weight):
        own = (_sixteenths(word_weight.get(word, 0)), _sixteenths(name_weight.get(word, 0)))
        number = terms.number(word)
        by_number[number] = max(by_number.get(number, (0, 0)), own)
    kept = list(by_number)
    if len(kept) > _MOST_TERMS:
        rare = dict(zip(kept, (-np.log(terms.article_shares(kept))).tolist(), strict=True))
        kept = sorted(kept, key=lambda n: (-max(by_number[n]) * rare[n], n))[:_MOST_TERMS]
    kept.sort()
    pairs = np.array([by_number[n] for n in kept], np.uint8).reshape(-1, 2)
    return np.array(kept, np.uint32), pairs[:, 0].copy(), pairs[:, 1].copy()


def _scaled(count: int) -> float:
    return 1 + math.log(max(1, count))


def _sixteenths(weight: float) -> int:
    return min(255, round(weight * _STEP))


def _unit(vector: NDArray[np.floating[Any]] | None) -> NDArray[np.float32]:
    if vector is None:
        return np.zeros(WIDTH, np.float32)
    length = float(np.linalg.norm(vector))
    return np.asarray(np.rint(np.asarray(vector) / max(length, 1e-9) * _GRID) / _GRID, np.float32)


def to_bytes(sketch: Sketch) -> bytes:
    """The sketch for storage: a mark of the version, a check sum, the fields, the arrays; all little-endian."""
    published = sketch.published.isoformat() if sketch.published else None
    fields = json.dumps([sketch.id, sketch.outlet, published, sketch.names, sketch.places]).encode("ascii")
    own = sketch.shingles
    parts = [
        _COUNTS.pack(len(fields), len(sketch.terms), len(own.kept), own.count, own.scale),
        fields,
        sketch.terms.astype("<u4").tobytes(),
        sketch.weights.tobytes(),
        sketch.named.tobytes(),
        np.rint(sketch.vector * _GRID).astype("<i2").tobytes(),
        own.kept.astype("<u4").tobytes(),
    ]
    packed = zlib.compress(b"".join(parts), 1)
    return _MAGIC + struct.pack("<I", zlib.crc32(packed)) + packed


def from_bytes(stored: bytes) -> Sketch:
    """The sketch that :func:`to_bytes` stored. Raises :class:`DamagedSketch` for anything else."""
    try:
        if stored[:4] != _MAGIC or struct.unpack("<I", stored[4:8])[0] != zlib.crc32(stored[8:]):
            raise DamagedSketch()
        return _unpacked(zlib.decompress(stored[8:]))
    except (ValueError, TypeError, struct.error, zlib.error, RecursionError) as error:
        raise DamagedSketch() from error


def _unpacked(whole: bytes) -> Sketch:
    length, count, kept, all_shingles, scale = _COUNTS.unpack_from(whole)
    if len(whole) != _COUNTS.size + length + 6 * count + 2 * WIDTH + 4 * kept or scale > shingles.MOST_SCALE:
        raise DamagedSketch()
    at = _COUNTS.size + length
    id_, outlet, published, names, places = json.loads(whole[_COUNTS.size : at])
    arrays = []
    for kind, size in (("<u4", count), ("u1", count), ("u1", count), ("<i2", WIDTH), ("<u4", kept)):
        arrays.append(np.frombuffer(whole, kind, size, at).astype(kind[1:] if kind[0] == "<" else kind))
        at += arrays[-1].nbytes
    return Sketch(
        id=str(id_),
        outlet=outlet,
        published=datetime.fromisoformat(published) if published else None,
        terms=arrays[0],
        weights=arrays[1],
        named=arrays[2],
        names=tuple(sys.intern(name) for name in names),
        places=tuple(sys.intern(place) for place in places),
        vector=arrays[3].astype(np.float32) / np.float32(_GRID),
        shingles=Shingles(arrays[4], all_shingles, scale),
    )
