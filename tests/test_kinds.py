import pytest

from whosays.statements import kinds
from whosays.text.span import Span


def kind(text: str, *contents: str) -> str:
    return kinds.of(text, tuple(Span(text.index(c), text.index(c) + len(c)) for c in contents))


def test_a_whole_quotation_is_direct() -> None:
    assert kind("“The gates held,” she said.", "“The gates held,”") == "direct"


def test_marks_may_stand_just_outside_the_content() -> None:
    assert kind('"The gates held," she said.', "The gates held") == "direct"


def test_speech_without_marks_is_indirect() -> None:
    assert kind("She said the gates had held.", "the gates had held") == "indirect"


def test_a_quoted_part_makes_it_mixed() -> None:
    assert kind("She said the gates “held well” in the storm.", "the gates “held well” in the storm") == "mixed"


def test_an_interrupted_quotation_is_direct() -> None:
    text = "“The gates held,” she said. “We were lucky.”"
    assert kind(text, "“The gates held,”", "“We were lucky.”") == "direct"


def test_a_quotation_and_a_paraphrase_are_mixed() -> None:
    text = "“The gates held,” she said, and nobody was hurt."
    assert kind(text, "“The gates held,”", "nobody was hurt") == "mixed"


@pytest.mark.parametrize("tail", [".", "…", " —"])
def test_punctuation_outside_the_marks_does_not_count(tail: str) -> None:
    text = f"She said “the gates held”{tail}"
    assert kind(text, f"“the gates held”{tail}") == "direct"


def test_a_quotation_elsewhere_in_the_sentence_does_not_count() -> None:
    assert kind("The “people's admiral” said the port was shut.", "the port was shut") == "indirect"
