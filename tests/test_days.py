import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from whosays.statements import days
from whosays.statements.statement import Kind, Statement
from whosays.text.article import Article
from whosays.text.span import Span

FRIDAY = "2031-05-16"


def article(text: str, published: str | None = FRIDAY) -> Article:
    return Article("a", text, "The Harbour Tribune", published)


def marked(text: str) -> Doc:
    return Doc(Vocab(), words=text.split(" "))


def statement(text: str, content: str, source: str | None, cue: str | None, kind: Kind = "indirect") -> Statement:
    start = text.index(content)

    def near(words: str | None) -> Span | None:
        if words is None:
            return None
        spots = [k for k in range(len(text)) if text.startswith(words, k) and not start <= k < start + len(content)]
        best = min(spots, key=lambda k: abs(k - start))
        return Span(best, best + len(words))

    return Statement("s", "a", (Span(start, start + len(content)),), near(source), near(cue), kind=kind)


def said_on(text: str, content: str, source: str, cue: str, published: str | None = FRIDAY) -> str | None:
    return days.said_on(article(text, published), marked(text), statement(text, content, source, cue))


def test_a_weekday_is_the_last_such_day() -> None:
    text = "Mayor Ruud said on Tuesday that the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "said") == "2031-05-13"


def test_the_day_of_publication_is_the_last_such_day() -> None:
    text = "Mayor Ruud told reporters Friday that the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "told") == "2031-05-16"


def test_a_day_may_open_the_sentence() -> None:
    text = "On Thursday night, Mayor Ruud said the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "said") == "2031-05-15"


def test_a_day_within_the_content_is_what_it_is_about() -> None:
    text = "Mayor Ruud said the bridge closed on Tuesday."
    assert said_on(text, "the bridge closed on Tuesday", "Mayor Ruud", "said") is None


def test_a_day_right_behind_the_content_is_that_of_the_saying() -> None:
    text = "Mayor Ruud confirmed the closure on Tuesday, and the port reopened."
    assert said_on(text, "the closure", "Mayor Ruud", "confirmed") == "2031-05-13"


def test_a_day_of_another_event_is_not_taken() -> None:
    text = "Mayor Ruud said, after the council met on Tuesday, that the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "said") is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on May 6", "2031-05-06"),
        ("on Dec. 6", "2030-12-06"),
        ("on December 6, 2029", "2029-12-06"),
        ("on 6 May", "2031-05-06"),
        ("yesterday", "2031-05-15"),
        ("today", "2031-05-16"),
        ("last Friday", "2031-05-09"),
        ("last week", None),
        ("on Feb. 30", None),
        ("every Friday", None),
    ],
)
def test_days_resolve_against_the_publication(words: str, day: str | None) -> None:
    text = f"Mayor Ruud said {words} that the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "said") == day


def test_a_weekday_without_a_publication_date_resolves_to_nothing() -> None:
    text = "Mayor Ruud said on Tuesday that the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "said", published=None) is None


def test_a_full_date_needs_no_publication_date() -> None:
    text = "Mayor Ruud said on 6 May 2030 that the bridge is safe."
    assert said_on(text, "the bridge is safe", "Mayor Ruud", "said", published=None) == "2030-05-06"


def test_a_documents_own_day_counts() -> None:
    text = "A letter sent Monday says the bridge is safe."
    assert said_on(text, "the bridge is safe", "A letter sent Monday", "says") == "2031-05-12"


def test_a_day_in_the_description_of_a_person_does_not_count() -> None:
    text = "An engineer dismissed Monday said the bridge is safe."
    assert said_on(text, "the bridge is safe", "An engineer dismissed Monday", "said") is None


def test_a_possessive_day_counts_only_with_the_occasion() -> None:
    speech = "In Monday's speech, Mayor Ruud said the bridge is safe."
    assert said_on(speech, "the bridge is safe", "Mayor Ruud", "said") == "2031-05-12"
    storm = "In Monday's storm, Mayor Ruud said the bridge was safe."
    assert said_on(storm, "the bridge was safe", "Mayor Ruud", "said") is None


def test_an_abbreviated_month_does_not_end_the_sentence() -> None:
    text = "“Wait,” Mr. Ruud said in a memo dated Apr. 3, before anybody asked."
    assert said_on(text, "“Wait,”", "Mr. Ruud", "said") == "2031-04-03"


def test_a_day_goes_on_for_the_same_speaker() -> None:
    text = "Ruud said Tuesday the bridge is safe. He said ships may pass. Berg said nobody asked him."
    first = statement(text, "the bridge is safe", "Ruud", "said")
    second = statement(text, "ships may pass", "He", "said")
    third = statement(text, "nobody asked him", "Berg", "said")
    assert days.carried(article(text), marked(text), [first, second, third]) == ["2031-05-13", "2031-05-13", None]


def test_a_day_does_not_go_on_to_another_occasion() -> None:
    text = "Ruud said Tuesday the bridge is safe. He has said before that ships may pass."
    first = statement(text, "the bridge is safe", "Ruud", "said")
    second = statement(text, "ships may pass", "He", "has said")
    assert days.carried(article(text), marked(text), [first, second]) == ["2031-05-13", None]
