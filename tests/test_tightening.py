"""What is shown of a passage that shares only a part, and who is meant in it; read with the model that is included."""

from __future__ import annotations

import pytest

from whosays.claims import comparison, entities, members
from whosays.claims.cast import Cast, Casting
from whosays.claims.claim import Claim, Comparison
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.text.article import Article
from whosays.text.span import Span

POST = (
    "Brenmoor has not held a ferry race since 1987, and the new harbour rules would not apply to visiting crews. "
    "Mayor Lena Orvik opened the fish market on Friday."
)
HERALD = (
    "The town of Brenmoor has not held a ferry race since 1987 and has only one boat left, the Kittiwake, which was "
    "built in 1954 for the customs service. Fog closed the airport for two hours."
)


def _read(*texts: str) -> list[Analysis]:
    return list(analyse.each([Article(f"paper{k}", text, f"Paper {k}") for k, text in enumerate(texts)]))


def _compared(*texts: str) -> tuple[list[Analysis], Comparison]:
    found, speakers = analyse.together(_read(*texts))
    return list(found), comparison.find(found, {s.id: s for s in speakers})


def _shown(claim: Claim, analyses: list[Analysis]) -> list[str]:
    text = {a.article.id: a.article.text for a in analyses}
    return [passage.span.of(text[passage.article]) for passage in claim.passages]


def test_of_a_sentence_that_goes_on_only_the_shared_clause_is_shown() -> None:
    analyses, found = _compared(POST, HERALD)
    (claim,) = found.claims
    one, other = _shown(claim, analyses)
    assert "ferry race since 1987" in one
    assert "ferry race since 1987" in other
    assert "visiting crews" not in one
    assert "customs service" not in other
    assert claim.text in (one, other)


def test_claims_within_the_same_passages_are_one() -> None:
    analyses, found = _compared(POST, POST.replace("Friday", "Saturday"))
    spans: dict[str, list[Span]] = {}
    for claim in found.claims:
        for passage in claim.passages:
            assert not any(passage.span.overlaps(other) for other in spans.get(passage.article, []))
        for passage in claim.passages:
            spans.setdefault(passage.article, []).append(passage.span)
    assert len(analyses) == 2
    assert spans


def test_every_statement_with_a_content_word_can_be_shared() -> None:
    (analysis,) = _read("“Unnecessary,” Mayor Lena Orvik said on Friday. The board called for the lease's release.")
    assert analysis.statements
    own = members.of_article(0, analysis)
    assert {m.statement.id for m in own.all if m.statement} == {s.id for s in analysis.statements}


@pytest.mark.parametrize(
    ("text", "clause", "meant"),
    [
        ("Lena Orvik closed the market. She left the town hall at noon.", "She left the town hall at noon", "orvik"),
        ("Mayor Lena Orvik said that she left the town hall at noon.", "she left the town hall at noon", "orvik"),
        ("Lena Orvik met Arno Weiss, who left the town hall at noon.", "who left the town hall at noon", "weiss"),
    ],
)
def test_a_pronoun_is_taken_for_whom_it_stands_for(text: str, clause: str, meant: str) -> None:
    cast = _cast(text, clause)
    assert cast.subject == f"person {meant}"
    assert cast.lemma == "leave"


def test_in_a_quotation_he_is_somebody_else() -> None:
    text = "Arno Weiss closed the market. Mayor Lena Orvik said on Friday: “He left the town hall at noon.”"
    cast = _cast(text, "He left the town hall at noon.”")
    assert cast.lemma == "leave"
    assert cast.subject != "person orvik"


def _cast(text: str, clause: str) -> Cast:
    """Whom a member that reads so speaks of."""
    analyses, speakers = analyse.together(_read(text))
    (part,) = [comparison.part(place, a) for place, a in enumerate(analyses)]
    met = entities.find(analyses, {s.id: s for s in speakers}, [part.phrases])
    (found,) = [m for m in part.members.all if m.span.of(text).rstrip(".") == clause]
    return Casting(met, analyses, [part.words]).of(found)


def test_what_a_speaker_says_of_another_source_is_not_the_outlets_own() -> None:
    (analysis,) = _read(
        "Mayor Lena Orvik said that Arno Weiss, who closed the port of Brenmoor in March, "
        "had told her the boats were safe."
    )
    said = [span for s in analysis.statements for span in s.content]
    own = [m for m in members.of_article(0, analysis).all if m.statement is None]
    assert said
    assert not any(m.span.overlaps(span) for m in own for span in said)


def test_a_long_list_can_be_shared() -> None:
    names = ", ".join(f"a hall that number {k} built" for k in range(60))
    _, found = _compared(f"The board of Brenmoor sold {names} on Friday.", f"In Brenmoor the board sold {names}.")
    assert found.claims


def test_a_claim_is_told_in_words_that_name_whom_they_speak_of() -> None:
    first = "The council has asked for the advice of Orla Fenn, who repaired the weir at Brenmoor in 1994."
    second = "Fog closed the airport. Orla Fenn repaired the weir at Brenmoor in 1994."
    for texts in ((first, second), (second, first)):
        _, found = _compared(*texts)
        assert [claim.text.rstrip(".") for claim in found.claims] == ["Orla Fenn repaired the weir at Brenmoor in 1994"]
