from dataclasses import replace

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from whosays.statements import relays
from whosays.statements.statement import Kind, Statement
from whosays.text import layout
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span


def article(text: str, outlet: str = "The Harbour Tribune") -> Article:
    return Article("a", text, outlet, "2031-05-16")


def marked(text: str) -> Doc:
    words = text.split(" ")
    return Doc(Vocab(), words=words, pos=["VERB" if w.strip(",.") in ("said", "told") else "X" for w in words])


def statement(
    text: str, content: str, source: str | None, cue: str | None = "said", kind: Kind = "indirect"
) -> Statement:
    start = text.index(content)

    def near(words: str | None) -> Span | None:
        if words is None:
            return None
        spots = [k for k in range(len(text)) if text.startswith(words, k) and not start <= k < start + len(content)]
        best = min(spots, key=lambda k: abs(k - start))
        return Span(best, best + len(words))

    return Statement("s", "a", (Span(start, start + len(content)),), near(source), near(cue), kind=kind)


def via(text: str, content: str, source: str | None, cue: str | None = "said") -> tuple[str, ...]:
    given = article(text)
    [found] = relays.carried(given, layout.find(given), marked(text), [statement(text, content, source, cue)])
    return found


SAFE = "the bridge is safe"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr. Ruud told Reuters that the bridge is safe.", ("Reuters",)),
        ("Mr. Ruud told Norway's Kyiv Post on Monday that the bridge is safe.", ("Kyiv Post",)),
        ("Mr. Ruud told POLITICO that the bridge is safe.", ("Politico",)),
        ("Mr. Ruud told The Karsholm Courier that the bridge is safe.", ("Karsholm Courier",)),
        ("Mr. Ruud told Anna Lie of radio station KXYZ that the bridge is safe.", ("KXYZ",)),
        ("Mr. Ruud told state television that the bridge is safe.", ("state television",)),
        ("Mr. Ruud told reporters that the bridge is safe.", ()),
        ("Mr. Ruud told the harbour committee that the bridge is safe.", ()),
        ("Mr. Ruud told his brother that the bridge is safe.", ()),
    ],
)
def test_the_outlet_that_was_told_is_a_relay(text: str, names: tuple[str, ...]) -> None:
    assert via(text, SAFE, "Mr. Ruud", "told") == names


@pytest.mark.parametrize(
    "text",
    [
        "In an interview with CNN on Sunday, Mr. Ruud said the bridge is safe.",
        "In a CNN interview, Mr. Ruud said the bridge is safe.",
        "Mr. Ruud said in an interview aired Sunday on CNN that the bridge is safe.",
        "Speaking to CNN, Mr. Ruud said the bridge is safe.",
        "Mr. Ruud said on CNN's “Harbour Hour” that the bridge is safe.",
        "In comments to CNN, Mr. Ruud said the bridge is safe.",
        "CNN reported that Mr. Ruud said the bridge is safe.",
        "Mr. Ruud said the bridge is safe, CNN reported.",
        "Mr. Ruud said the bridge is safe, according to CNN.",
        "Mr. Ruud said the bridge is safe, according to a CNN report.",
        "Mr. Ruud said the bridge is safe, reported CNN.",
    ],
)
def test_an_outlet_in_the_statements_own_sentence_is_a_relay(text: str) -> None:
    assert via(text, SAFE, "Mr. Ruud") == ("CNN",)


def test_a_report_that_cites_somebody_relays_them() -> None:
    text = "The bridge is safe, The Washington Post reported, citing two engineers."
    assert via(text, "The bridge is safe", "two engineers", "citing") == ("Washington Post",)


def test_a_state_agency_that_quotes_is_a_relay() -> None:
    text = "“It is safe,” Mr. Ruud was quoted as saying by state news agency SANA."
    assert via(text, "“It is safe,”", "Mr. Ruud", "was quoted as saying") == ("SANA",)


def test_an_outlet_that_speaks_for_itself_is_no_relay() -> None:
    assert via("Reuters reported the bridge is safe.", SAFE, "Reuters", "reported") == ()
    text = "According to a report in The Washington Post, the bridge is safe."
    assert via(text, SAFE, "a report in The Washington Post", "According to") == ()


def test_an_article_by_somebody_else_comes_through_its_outlet() -> None:
    text = "An op-ed by Ann Lie in The Washington Post argues the bridge is safe."
    assert via(text, SAFE, "An op-ed by Ann Lie in The Washington Post", "argues") == ("Washington Post",)


def test_an_outlet_beside_the_matter_is_no_relay() -> None:
    text = "Mr. Ruud said after a report by CNN that the bridge is safe."
    assert via(text, SAFE, "Mr. Ruud") == ()
    assert via("Mr. Ruud said the bridge is safe. CNN covered the storm.", SAFE, "Mr. Ruud") == ()


def test_an_outlet_within_the_content_is_no_relay() -> None:
    assert via("Mr. Ruud said CNN was right about it.", "CNN was right about it", "Mr. Ruud") == ()


def test_the_paper_is_the_outlet_named_before() -> None:
    text = "The Washington Post spoke with many. Mr. Ruud told the paper that the bridge is safe."
    assert via(text, SAFE, "Mr. Ruud", "told") == ("Washington Post",)
    short = "The Washington Post spoke with many. Mr. Ruud told the Post that the bridge is safe."
    assert via(short, SAFE, "Mr. Ruud", "told") == ("Washington Post",)


def test_the_articles_own_outlet_is_a_relay_like_any_other() -> None:
    text = "Mr. Ruud told the Tribune that the bridge is safe."
    assert via(text, SAFE, "Mr. Ruud", "told") == ("The Harbour Tribune",)


def test_a_word_that_is_also_an_outlet_is_none_where_the_name_goes_on() -> None:
    text = "Mr. Ruud told The National Guard that the bridge is safe."
    assert via(text, SAFE, "Mr. Ruud", "told") == ()


def test_those_whom_the_words_go_back_to_relay_them() -> None:
    text = "Mr. Ruud said the bridge is safe, according to two people present."
    assert via(text, SAFE, "Mr. Ruud") == ("two people present",)


def test_an_interviewer_is_a_relay() -> None:
    text = "Mr. Ruud said the bridge is safe. “So we open it,” he said during an interview with Charlie Berg."
    assert via(text, "“So we open it,”", "he") == ("Charlie Berg",)


def test_the_relay_nearest_the_speaker_comes_first() -> None:
    text = "Mr. Ruud told CNN that the bridge is safe, Reuters reported."
    assert via(text, SAFE, "Mr. Ruud", "told") == ("CNN", "Reuters")


def carried(text: str, *statements: Statement) -> list[tuple[str, ...]]:
    given = article(text)
    return relays.carried(given, layout.find(given), marked(text), list(statements))


def test_an_interview_goes_on_for_a_second_cue_and_a_quotation_behind() -> None:
    text = "Ruud told CNN the bridge is safe and said the port is open. “We are glad,” he said. Berg said no."
    assert carried(
        text,
        statement(text, SAFE, "Ruud", "told"),
        statement(text, "the port is open", "Ruud", "said"),
        statement(text, "“We are glad,”", "he", "said", "direct"),
        statement(text, "no", "Berg", "said"),
    ) == [("CNN",), ("CNN",), ("CNN",), ()]


def test_a_report_does_not_go_on() -> None:
    text = "Ruud said the bridge is safe, CNN reported. “We are glad,” he said."
    assert carried(
        text,
        statement(text, SAFE, "Ruud", "said"),
        statement(text, "“We are glad,”", "he", "said", "direct"),
    ) == [("CNN",), ()]


def test_that_interview_is_the_one_spoken_of_last() -> None:
    text = "Ruud gave an interview to CNN. Berg was away. In that interview, Ruud said the bridge is safe."
    assert carried(text, statement(text, SAFE, "Ruud", "said")) == [("CNN",)]


def test_an_interview_told_of_in_the_sentence_before_relays_what_follows() -> None:
    text = "Ruud made the remarks in an interview with Fox affiliate KXYZ. He said the bridge is safe."
    assert carried(text, statement(text, SAFE, "He", "said")) == [("KXYZ",)]


def test_words_within_words_came_through_the_outer_speaker() -> None:
    text = "Ann Lie told CNN that Ruud said the bridge is safe."
    outer = statement(text, "Ruud said the bridge is safe", "Ann Lie", "told")
    inner = statement(text, SAFE, "Ruud", "said")
    assert carried(text, outer, inner) == [("CNN",), ("Ann Lie", "CNN")]


def test_words_that_somebody_had_been_told_came_through_who_tells_it() -> None:
    text = "Ann Lie said crews were told the bridge is safe."
    outer = statement(text, "crews were told the bridge is safe", "Ann Lie", "said")
    assert carried(text, outer, statement(text, SAFE, None, "told")) == [(), ("Ann Lie",)]


def test_words_within_words_came_through_her_whom_only_a_pronoun_names() -> None:
    text = "She told CNN that Ruud said the bridge is safe."
    outer = replace(statement(text, "Ruud said the bridge is safe", "She", "told"), speaker="s1", via=("CNN",))
    inner = replace(statement(text, SAFE, "Ruud", "said"), via=("CNN",))
    names = {"s1": "Karsholm Sen. Ann Lie"}
    assert relays.with_speakers(marked(text), [outer, inner], names) == [("CNN",), ("Ann Lie", "CNN")]


def test_an_interview_goes_on_behind_words_within_words() -> None:
    text = "Ann Lie told CNN that Ruud said the bridge is safe. “We are glad,” she said."
    outer = statement(text, "Ruud said the bridge is safe", "Ann Lie", "told")
    inner = statement(text, SAFE, "Ruud", "said")
    glad = statement(text, "“We are glad,”", "she", "said", "direct")
    assert carried(text, outer, inner, glad) == [("CNN",), ("Ann Lie", "CNN"), ("CNN",)]


def test_a_dateline_relays_the_article_unless_it_is_its_own() -> None:
    wired = Layout((), (), agency="Reuters")
    assert relays.of_article(article("x"), wired) == ("Reuters",)
    assert relays.of_article(article("x", outlet="Reuters"), wired) == ()
    assert relays.of_article(article("x"), Layout((), ())) == ()


def test_an_agency_that_the_story_tells_of_is_a_relay() -> None:
    text = f"A diplomat told Wavewire that {SAFE}."
    given, said = article(text), statement(text, SAFE, "A diplomat", "told")
    found = layout.find(given)
    assert relays.carried(given, found, marked(text), [said]) == [()]
    assert relays.carried(given, found, marked(text), [said], frozenset({"Wavewire News Agency"})) == [
        ("Wavewire News Agency",)
    ]
    assert relays.carried(given, found, marked(text), [said], frozenset({"Wavewire"})) == [("Wavewire",)]


def test_a_noun_before_another_outlets_name_is_not_the_articles_own() -> None:
    text = f"In an interview with the broadcaster Canal Nord Ms. Vik said {SAFE}."
    assert "The Harbour Tribune" not in via(text, SAFE, "Ms. Vik")


def test_an_agency_is_called_by_the_shortest_name_that_the_story_has() -> None:
    text = f"A diplomat told Wavewire that {SAFE}."
    given, said = article(text), statement(text, SAFE, "A diplomat", "told")
    both = frozenset({"Wavewire", "Wavewire News Agency"})
    assert relays.carried(given, layout.find(given), marked(text), [said], both) == [("Wavewire",)]
