"""What several articles put is one claim; what only seems alike is not. Also the small articles of its neighbours."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from whosays.claims import comparison
from whosays.claims.claim import Claim, Comparison
from whosays.language import times
from whosays.statements.analysis import Analysis, Vectors
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
_MARK = re.compile(r"\{(?P<speaker>[^|{}]*)\|(?P<content>[^{}]*)\}")
_STATES = ("denied", "question", "call", "expected")


def article(id_: str, marked: str, agency: str | None = None, published: str | None = None) -> Analysis:
    """An article whose statements are written ``{speaker, via Relay, denied|what is said}``.

    The speaker is an id; a relay, a polarity and a day ("on 2024-05-01") may follow it. What stands outside the braces
    is the outlet's own voice. The embedding of a stretch counts its words.
    """
    text, statements, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        span = Span(len(text), len(text) + len(mark["content"]))
        text += mark["content"]
        statements.append(_statement(f"{id_}:{len(statements) + 1}", id_, span, mark["speaker"], mark["content"]))
        at = mark.end()
    text += marked[at:]
    doc = NLP(text)
    layout = Layout(unread=(), prose=(Span(0, len(text)),), agency=agency)
    given = Article(id_, text, outlet=id_.title(), published=published)
    voice = tuple(_voice(doc, statements))
    return Analysis(given, layout, doc, tuple(statements), voice, counting(text), times.find(text, published))


def _statement(id_: str, article_id: str, span: Span, marks: str, content: str) -> Statement:
    speaker, *more = [mark.strip() for mark in marks.split(",")]
    return Statement(
        id=id_,
        article=article_id,
        content=(span,),
        speaker=speaker or None,
        via=tuple(mark.removeprefix("via ") for mark in more if mark.startswith("via ")),
        kind="direct" if content[0] in '“"' else "mixed" if "“" in content else "indirect",
        naming="document" if "papers" in speaker else "anonymous" if "official" in speaker else "named",
        polarity=next((mark for mark in more if mark in _STATES), "asserted"),
        said_on=next((mark.removeprefix("on ") for mark in more if mark.startswith("on ")), None),
    )


def _voice(doc: Doc, statements: list[Statement]) -> list[Span]:
    taken = [span for statement in statements for span in statement.content]
    sentences = [Span(s.start_char, s.end_char) for s in doc.sents]
    return [s for s in sentences if not any(s.overlaps(t) for t in taken)]


def counting(text: str) -> Callable[[Sequence[Span]], Vectors]:
    """An embedding by counted words, the same on every machine."""

    def embed(spans: Sequence[Span]) -> Vectors:
        found = np.full((len(spans), 512), 1e-3, np.float32)
        for vector, span in zip(found, spans, strict=True):
            for word in re.findall(r"\w{4,}", span.of(text).lower()):
                vector[zlib.crc32(word[:6].encode()) % 512] += 1
            vector /= np.linalg.norm(vector)
        return found

    return embed


def known(*ids: str) -> Mapping[str, Speaker]:
    """Speakers by id, named as their ids are."""
    return {id_: Speaker(id_, id_.title(), "named", (id_.title(),)) for id_ in ids}


def compare(*analyses: Analysis) -> Comparison:
    ids = {s.speaker for a in analyses for s in a.statements if s.speaker}
    return comparison.find(analyses, known(*sorted(ids)))


def only_claim(found: Comparison) -> Claim:
    assert len(found.claims) == 1, [claim.text for claim in found.claims]
    return found.claims[0]


FILLER = (
    " Ferries to the outer islands were cancelled because of fog. A bakery on the quay stayed open through the night."
)
DAM = "engineers found three deep cracks in the eastern wall of the Orsk dam"


def test_the_same_content_in_two_articles_is_one_claim() -> None:
    claim = only_claim(
        compare(
            article("post", f"Officials met on the bridge. {{marta ruiz|{DAM}}}.{FILLER}"),
            article("herald", f"Rain fell all week in the valley. {{marta ruiz|{DAM} in March}}. Schools are closed."),
        )
    )
    assert claim.statements == ("post:1", "herald:1")
    assert claim.articles == ("post", "herald")


def test_an_outlets_own_sentence_can_put_what_a_statement_puts() -> None:
    found = compare(
        article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"),
        article("herald", f"In March {DAM}. Potato prices doubled in the northern market towns."),
    )
    claim = only_claim(found)
    assert claim.statements == ("post:1",)
    assert [passage.article for passage in claim.passages] == ["herald"]


def test_sentences_about_the_same_people_are_not_yet_the_same_claim() -> None:
    found = compare(
        article("post", "{marta ruiz|the Orsk dam was inspected by a new contractor in spring}. Fog closed the port."),
        article("herald", "{marta ruiz|villagers near Orsk should expect their taxes to rise}. Rain fell all week."),
    )
    assert found.claims == ()
    assert found.only_in == {"post": ("post:1",), "herald": ("herald:1",)}


def test_a_claim_tells_which_articles_are_silent() -> None:
    claim = only_claim(
        compare(
            article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"),
            article("herald", f"{{marta ruiz|{DAM}}}. Schools stayed closed on the western shore."),
            article("globe", "The orchestra opened its season with a long symphony. Tickets had sold out by noon."),
        )
    )
    assert claim.silent == ("globe",)


def test_repetition_within_one_article_is_no_claim() -> None:
    found = compare(article("post", f"{{marta ruiz|{DAM}}}. {{marta ruiz|{DAM}}}.{FILLER}"))
    assert found.claims == ()
    assert found.only_in == {"post": ("post:1", "post:2")}


def test_the_text_of_a_claim_is_verbatim() -> None:
    analyses = article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"), article("herald", f"{{marta ruiz|{DAM} in March}}.")
    claim = only_claim(compare(*analyses))
    assert any(claim.text in analysis.article.text for analysis in analyses)


def test_no_articles_and_empty_articles_have_nothing_to_compare() -> None:
    assert compare() == Comparison()
    assert compare(article("post", ""), article("herald", "")).claims == ()


def test_the_same_articles_give_the_same_comparison() -> None:
    def made() -> Comparison:
        return compare(
            article(
                "post", f"{{marta ruiz|{DAM}}}. {{jon vale|“the wall must not be touched before winter”}}.{FILLER}"
            ),
            article("herald", f"{DAM.capitalize()}. {{jon vale|“the wall must not be touched before the winter”}}."),
        )

    assert made() == made()


@pytest.mark.parametrize("count", [200])
def test_many_articles_in_one_story_stay_in_proportion(count: int) -> None:
    story = [
        article(f"outlet{k}", f"{{marta ruiz|{DAM}}}. Town {k} counted {k + 2} flooded cellars on street {k}.{FILLER}")
        for k in range(count)
    ]
    start = time.perf_counter()
    found = compare(*story)
    assert time.perf_counter() - start < 30
    assert max(len(claim.articles) for claim in found.claims) > count / 4


def test_a_claim_reads_as_its_statement_where_that_ends_within_a_word() -> None:
    post = article("post", f"{{marta ruiz|{DAM}}}s.{FILLER}")
    herald = article("herald", f"{{marta ruiz|{DAM}}}s. Schools are closed.")
    assert only_claim(compare(post, herald)).text == DAM
