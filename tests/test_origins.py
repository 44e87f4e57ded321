"""Where a claim comes from: stated, inferred or unknown, and why."""

from __future__ import annotations

from test_claims import DAM, FILLER, article, compare, only_claim

from whosays.claims import comparison
from whosays.claims.claim import Origin
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker


def _origins(*analyses: Analysis) -> tuple[Origin, ...]:
    return only_claim(compare(*analyses)).origins


def test_one_speaker_in_two_articles_is_one_origin() -> None:
    (origin,) = _origins(
        article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"),
        article("herald", f"{{marta ruiz|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert origin.speaker == "marta ruiz"
    assert origin.statements == ("post:1", "herald:1")
    assert origin.link == "stated"
    assert "Marta Ruiz" in origin.grounds


def test_a_shared_relay_states_the_link() -> None:
    (origin,) = _origins(
        article("post", f"{{a senior official, via Reuters|{DAM}}}.{FILLER}"),
        article("herald", f"{{a senior official, via Reuters|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert origin.link == "stated"
    assert origin.via == ("Reuters",)


def test_a_relay_that_one_article_leaves_out_is_inferred() -> None:
    (origin,) = _origins(
        article("post", f"{{a senior official, via Reuters|{DAM}}}.{FILLER}"),
        article("herald", f"{{a senior official|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert origin.link == "inferred"
    assert "Herald" in origin.grounds


def test_two_speakers_are_two_origins() -> None:
    origins = _origins(
        article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"),
        article("herald", f"{{jon vale|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert {origin.speaker for origin in origins} == {"marta ruiz", "jon vale"}


def test_who_passes_a_statement_on_is_no_second_origin() -> None:
    (origin,) = _origins(
        article("post", f"{{marta ruiz, via Jon Vale|{DAM}}}.{FILLER}"),
        article("herald", f"{{jon vale|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert origin.speaker == "marta ruiz"
    assert "Jon Vale" in origin.grounds


def test_an_outlets_own_words_are_of_unknown_lineage_never_independent() -> None:
    origins = _origins(
        article("post", f"In March {DAM}.{FILLER}"),
        article("herald", "Three deep cracks were found by engineers in the eastern wall of the Orsk dam. Rain fell."),
    )
    assert {(origin.outlet, origin.link) for origin in origins} == {("Post", "unknown"), ("Herald", "unknown")}
    assert all("independent" not in origin.grounds for origin in origins)


def test_two_articles_under_one_agencys_dateline_are_one_origin() -> None:
    (origin,) = _origins(
        article("post", f"In March {DAM}.{FILLER}", agency="AFP"),
        article("herald", f"{DAM.capitalize()}. Schools stayed closed.", agency="AFP"),
    )
    assert (origin.outlet, origin.link) == ("AFP", "stated")


def test_the_same_long_run_of_words_is_one_text() -> None:
    (origin,) = _origins(
        article("post", f"In March {DAM}, and closed the road below it.{FILLER}", published="2024-05-02"),
        article("herald", f"Now {DAM}, and closed the road below it. Schools shut.", published="2024-05-01"),
    )
    assert (origin.outlet, origin.link) == ("Herald", "inferred")
    assert DAM in origin.grounds


def test_an_article_that_another_one_credits_shares_its_origin() -> None:
    (origin,) = _origins(
        article("post", f"In March {DAM}.{FILLER}"),
        article("herald", f"{{a senior official, via the Post|{DAM}}}. Schools stayed closed."),
    )
    assert origin.link == "stated"
    assert [passage.article for passage in origin.passages] == ["post"]


def test_the_same_quoted_words_are_one_utterance_whomever_they_are_credited_to() -> None:
    words = "“this council has lied to every family on the waterfront”"
    (origin,) = _origins(
        article("post", f"{{jon vale|{words}}}.{FILLER}"),
        article("herald", f"{{ada brandt|{words}}}. Rain fell all week in the valley."),
    )
    assert origin.link == "inferred"
    assert "Jon Vale" in origin.grounds
    assert "Ada Brandt" in origin.grounds


def test_a_document_is_named_as_one() -> None:
    (origin,) = _origins(
        article("post", f"{{court papers|{DAM}}}.{FILLER}"),
        article("herald", f"{{court papers|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert (origin.speaker, origin.document) == (None, "Court Papers")


def test_speakers_called_the_same_are_one_origin() -> None:
    analyses = (
        article("post", f"{{s1|{DAM}}}.{FILLER}"),
        article("herald", f"{{s2|{DAM}}}. Schools stayed closed on the western shore."),
    )
    speakers = {"s1": Speaker("s1", "the harbour office", "named"), "s2": Speaker("s2", "The harbour office,", "named")}
    (origin,) = only_claim(comparison.find(analyses, speakers)).origins
    assert origin.statements == ("post:1", "herald:1")
    assert "the harbour office" in origin.grounds


OTHER = "Schools stayed closed on the western shore."


def test_the_weakest_link_of_its_members_is_the_link_of_an_origin() -> None:
    (origin,) = _origins(
        article("alpha", f"{{a senior official, via Reuters|{DAM}}}.{FILLER}"),
        article("beta", f"{{reuters|{DAM}}}. {OTHER}"),
        article("gamma", f"{{a senior official|{DAM}}}. A bakery burned."),
    )
    assert origin.link == "inferred"
    assert "Alpha through Reuters" in origin.grounds
    assert "Beta credits it to Reuters" in origin.grounds
    assert "Gamma names the same speaker and no relay" in origin.grounds


def test_a_relay_that_both_articles_name_is_stated() -> None:
    (origin,) = _origins(
        article("alpha", f"{{a senior official, via Reuters|{DAM}}}.{FILLER}"),
        article("beta", f"{{reuters|{DAM}}}. {OTHER}"),
    )
    assert origin.link == "stated"
    assert "reuters" not in origin.grounds.replace("Reuters", "")


def test_relays_of_relays_go_back_to_one_origin() -> None:
    (origin,) = _origins(
        article("alpha", f"{{marta ruiz, via Jon Vale|{DAM}}}.{FILLER}"),
        article("beta", f"{{jon vale, via Ada Brandt|{DAM}}}. {OTHER}"),
        article("gamma", f"{{ada brandt|{DAM}}}. A bakery burned."),
    )
    assert origin.speaker == "marta ruiz"
    assert len(origin.statements) == 3


def test_two_outlets_are_both_and_three_are_all() -> None:
    filled = (("alpha", FILLER), ("beta", OTHER), ("gamma", "A bakery burned."))
    articles = [article(id_, f"{{marta ruiz|{DAM}}}. {filler}") for id_, filler in filled]
    (two,), (three,) = _origins(*articles[:2]), _origins(*articles)
    assert "Alpha and Beta both credit" in two.grounds
    assert "Alpha, Beta and Gamma all credit" in three.grounds


def test_the_office_of_somebody_unknown_is_not_another_ones() -> None:
    analyses = (article("post", f"{{s1|{DAM}}}.{FILLER}"), article("herald", f"{{s2|{DAM}}}. {OTHER}"))
    speakers = {id_: Speaker(id_, name, "organisation") for id_, name in (("s1", "Her office"), ("s2", "her office"))}
    assert len(only_claim(comparison.find(analyses, speakers)).origins) == 2


def test_what_one_article_credits_and_another_leaves_bare_is_repaired_by_inference() -> None:
    (origin,) = _origins(
        article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"),
        article("herald", f"In March {DAM}. Schools stayed closed on the western shore."),
    )
    assert (origin.speaker, origin.link) == ("marta ruiz", "inferred")
    assert "Herald names no source" in origin.grounds
    assert [(step.article, step.link) for step in origin.chain] == [("post", "stated"), ("herald", "inferred")]


def test_a_bare_article_is_counted_to_nobody_where_two_are_credited() -> None:
    origins = _origins(
        article("post", f"{{marta ruiz|{DAM}}}.{FILLER}"),
        article("herald", f"{{jon vale|{DAM}}}. {OTHER}"),
        article("star", f"In March {DAM}. A bakery burned."),
    )
    assert len(origins) == 3
    assert [origin.outlet for origin in origins if origin.link == "unknown"] == ["Star"]


def test_the_chain_tells_which_article_names_the_relay() -> None:
    (origin,) = _origins(
        article("post", f"{{a senior official|{DAM}}}.{FILLER}"),
        article("herald", f"{{a senior official, via Reuters|{DAM}}}. {OTHER}"),
    )
    post, herald = origin.chain
    assert (post.via, post.link) == (("Reuters",), "inferred")
    assert herald.via == ("Reuters",)


def test_a_relay_of_an_unnamed_speakers_other_words_is_inferred() -> None:
    (origin,) = _origins(
        article("post", f"{{a senior official|{DAM}}}.{FILLER}"),
        article("herald", f"{{a senior official|{DAM}}}. {{a senior official, via Reuters|Pumps were late}}. {OTHER}"),
    )
    assert (origin.via, origin.link) == (("Reuters",), "inferred")
    assert "Herald names Reuters for other words" in origin.grounds


def _two(one: Speaker, other: Speaker, kinds: tuple[str, str]) -> tuple[Origin, ...]:
    analyses = (
        article("post", f"{{{kinds[0]}|{DAM}}}.{FILLER}"),
        article("herald", f"{{{kinds[1]}|{DAM}}}. {OTHER}"),
    )
    return only_claim(comparison.find(analyses, dict(zip(kinds, (one, other), strict=True)))).origins


def test_a_document_and_its_author_are_one_origin() -> None:
    letter = Speaker("papers of the council", "the Velden Council's letter", "document")
    council = Speaker("s2", "Velden Council", "organisation")
    (origin,) = _two(letter, council, ("papers of the council", "s2"))
    assert origin.link == "inferred"
    assert "what they are called" in origin.grounds


def test_where_two_are_from_does_not_make_them_one() -> None:
    one = Speaker("s1", "the Lebanese army", "organisation")
    other = Speaker("s2", "a Lebanese trade union", "organisation")
    assert len(_two(one, other, ("s1", "s2"))) == 2


def test_the_order_of_the_articles_does_not_change_the_origins() -> None:
    articles = [
        article("post", f"{{a senior official, via Reuters|{DAM}}}.{FILLER}"),
        article("herald", f"In March {DAM}. {OTHER}"),
        article("star", f"{{marta ruiz|{DAM}}}. A bakery burned."),
    ]
    forth, back = _origins(*articles), _origins(*reversed(articles))
    assert [(o.speaker, o.outlet, o.link) for o in forth] == [(o.speaker, o.outlet, o.link) for o in back]


def test_somebody_described_by_a_relation_is_not_the_person_named_in_it() -> None:
    wife = Speaker("an official", "Jon Vale’s wife", "anonymous", ("Jon Vale’s wife",))
    vale = Speaker("s2", "Jon Vale", "named", ("Jon Vale",))
    assert len(_two(wife, vale, ("an official", "s2"))) == 2


def test_an_outlet_that_was_told_itself_is_not_said_to_have_it_through_itself() -> None:
    (origin,) = _origins(
        article("post", f"{{a senior official, via post|{DAM}}}.{FILLER}"),
        article("herald", f"{{a senior official|{DAM}}}. Schools stayed closed on the western shore."),
    )
    assert "through post" not in origin.grounds.lower()
    assert "told so directly" in origin.grounds
