from hypothesis import given
from hypothesis import strategies as st

from whosays.language import quotation

MARKED = st.text(alphabet=st.sampled_from("ab .,\n“”\"'‘’«»s-("), max_size=80)


def found(text: str) -> list[str]:
    return [quote.span.of(text) for quote in quotation.find(text)]


def test_straight_marks_are_paired_in_turn() -> None:
    assert found('"We go," she said. "Now."') == ['"We go,"', '"Now."']


def test_curly_marks_are_paired() -> None:
    assert found("He called it “a mess” and “a shame.”") == ["“a mess”", "“a shame.”"]


def test_a_forgotten_closing_mark_ends_with_its_paragraph() -> None:
    text = "“We will wait for the engineers, the minister said.\nNobody else spoke."
    [quote] = quotation.find(text)
    assert not quote.closed
    assert quote.span.of(text) == "“We will wait for the engineers, the minister said."


def test_a_quotation_over_two_paragraphs_is_opened_in_each() -> None:
    text = "“The gates held.\n“They will hold again,” Ms. Ruud said."
    assert [(q.span.of(text), q.closed) for q in quotation.find(text)] == [
        ("“The gates held.", False),
        ("“They will hold again,”", True),
    ]


def test_an_apostrophe_opens_nothing() -> None:
    assert found("The workers’ union doesn't think it’s over, and the '90s are gone.") == []


def test_single_marks_quote_in_british_style() -> None:
    assert found("It was ‘a very long night’, she said.") == ["‘a very long night’"]


def test_inches_and_a_mark_inside_a_word_open_nothing() -> None:
    assert found('The pipe is 5" wide.') == []


@given(MARKED)
def test_quotations_lie_in_the_text_in_order_and_within_a_paragraph(text: str) -> None:
    end = 0
    for quote in quotation.find(text):
        assert end <= quote.span.start < quote.span.end <= len(text)
        assert "\n" not in quote.span.of(text)
        end = quote.span.end
