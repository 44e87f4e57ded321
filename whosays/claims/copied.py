"""Text that two articles share in their own words: evidence that one depends on the other, or both on a third."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from whosays.claims.claim import Passage, SharedText
from whosays.claims.wording import COMMON
from whosays.language import quotation
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# Set on the 36 tuning stories, where what is found was read: sentences below mostly have a name, an office and a date
# in common, and so only words without a capital count. They count in any order, so that a sentence that was turned
# round is still found.
FEWEST_WORDS: Final = 8  # beyond COMMON, of the shorter sentence
LEAST_SHARE: Final = 0.7  # of them that stand in both
FEWEST_RUNS: Final = 2  # runs of three words that stand in both
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence outside quotation marks: its words in small letters, in order, and those of them without a capital
    that tell something, however often."""

    article: int
    span: Span
    words: tuple[str, ...]
    telling: Counter[str]


def find(
    analyses: Sequence[Analysis], sentences_of: Sequence[Sequence[Sentence]] | None = None
) -> tuple[SharedText, ...]:
    """The pairs of sentences of different articles that share most of their words, whatever their order.

    What stands between quotation marks is left out: two reporters may well quote the same. Each sentence is laid beside
    those that were published first with the same runs of words, so that the work grows with the text.
    ``sentences_of``: each article's, if they are known.
    """
    if sentences_of is None:
        sentences_of = [sentences(place, analysis) for place, analysis in enumerate(analyses)]
    order = sorted(
        range(len(analyses)), key=lambda n: (analyses[n].article.published or "9999", analyses[n].article.id)
    )
    every = [sentence for place in order for sentence in sentences_of[place]]
    found = []
    for before, after in sorted(_candidates(every)):
        first, later = every[before], every[after]
        left, right = first.telling, later.telling
        shorter = min(left.total(), right.total())
        share = (left & right).total() / shorter if shorter >= FEWEST_WORDS else 0.0
        if share >= LEAST_SHARE:
            one, other = (Passage(analyses[s.article].article.id, s.span) for s in (first, later))
            found.append(SharedText(one, other, round(share, 3)))
    return tuple(sorted(found, key=lambda s: (-s.share, s.one.article, s.one.span, s.other.article, s.other.span)))


def _published(analysis: Analysis) -> tuple[str, str]:
    """What articles are ordered by; one without a date comes last."""
    return analysis.article.published or "9999", analysis.article.id


def _candidates(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The sentences that share enough runs of three words, each with the first that has them in another article."""
    first: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        shared: dict[int, int] = defaultdict(int)
        # those that begin with a telling word: half of them, and the half that fewer sentences share
        runs = {
            run
            for run in zip(sentence.words, sentence.words[1:], sentence.words[2:], strict=False)
            if run[0] not in COMMON
        }
        for run in runs:
            carriers = first[run]
            other = [c for c in carriers if sentences[c].article != sentence.article]
            for carrier in other:
                shared[carrier] += 1
            # two articles are enough to lay every later one beside
            if len(carriers) < 2 and len(other) == len(carriers):
                carriers.append(place)
        yield from ((one, place) for one, count in shared.items() if count >= FEWEST_RUNS)


def sentences(place: int, analysis: Analysis) -> list[Sentence]:
    """The sentences of the article at ``place`` that are long enough to be compared, without what they quote."""
    return list(_sentences(place, analysis))


def _sentences(place: int, analysis: Analysis) -> Iterator[Sentence]:
    text = analysis.article.text
    quotes = [quote.inner for quote in quotation.find(text)]
    words = [word for word in _WORD.finditer(text) if not _quoted(word.start(), quotes)]
    starts = [word.start() for word in words]
    for start, end in _pieces(analysis.doc, analysis.layout.prose):
        own = words[bisect_left(starts, start) : bisect_left(starts, end)]
        if len(own) >= FEWEST_WORDS:
            found = tuple(word.group().lower().replace("’", "'") for word in own)
            telling = (word.group() for word in own if word.group()[0].islower())
            span = Span(start, start + len(text[start:end].rstrip()))
            yield Sentence(place, span, found, Counter(word for word in telling if word not in COMMON))


def _pieces(doc: Doc, prose: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Where the sentences of the prose begin and end."""
    first = 0
    for sentence in doc.sents:
        begin, behind = sentence.start_char, sentence.end_char
        while first < len(prose) and prose[first].end <= begin:
            first += 1
        for span in prose[first:]:
            if span.start >= behind:
                break
            start, end = max(begin, span.start), min(behind, span.end)
            if start < end:
                yield start, end


def _quoted(place: int, quotes: Sequence[Span]) -> bool:
    """Whether a place in the text stands within one of its quotations, which are given in order."""
    before = bisect_right(quotes, place, key=lambda span: span.start) - 1
    return before >= 0 and place < quotes[before].end
