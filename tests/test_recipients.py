"""To whom a statement was made."""

from __future__ import annotations

import pytest

import whosays
from whosays.text.article import Article

CASES = [
    ("The bridge will be closed on Monday, Mayor Ana Ruiz told reporters.", "reporters"),
    ("Colonel Petr Havel told the regional council that the road was safe.", "the regional council"),
    ('"We have no fuel left," the hospital director said to two visiting ministers.', "two visiting ministers"),
    ("The minister warned farmers that the river would rise again.", "farmers"),
    ("In a letter to Governor Lena Hale, the union said the mine was unsafe.", "Governor Lena Hale"),
    ("The harbour will open again by May, the minister said on Tuesday.", None),
    ('"I have not earned a crown," the driver told Channel One.', "Channel One"),
    ("Opposition lawmaker Stellan Mork told Radio Velden that the ministry was to blame.", "Radio Velden"),
    ("Mayor Ana Ruiz told Northline Monday that the bridge was safe.", "Northline"),
    ("According to police, three people were hurt in the crash.", None),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_who_was_spoken_to_is_named_in_the_article_s_own_words(text: str, wanted: str | None) -> None:
    made = whosays.report([Article("a", text)], statements_only=True)
    [statement] = made.statements
    assert (statement.recipient.of(text) if statement.recipient else None) == wanted


def test_a_recipient_is_no_part_of_what_is_said_or_of_who_says_it() -> None:
    text = "Mayor Ana Ruiz urged residents of the old town to leave before dark."
    for statement in whosays.report([Article("a", text)], statements_only=True).statements:
        others = [*statement.content, *([statement.source] if statement.source else [])]
        assert statement.recipient is None or not any(statement.recipient.overlaps(span) for span in others)
