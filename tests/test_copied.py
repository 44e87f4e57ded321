"""Text that articles share, copied, reworded or turned round."""

from __future__ import annotations

from test_claims import article

from whosays.claims import copied
from whosays.claims.claim import SharedText

WIRE = "Engineers who inspected the northern wall found three deep cracks below the old water line of the dam."
TURNED = "Three cracks below the old water line of the dam were found by engineers who inspected the northern wall."
OTHER = "Ferries to the outer islands were cancelled because of fog, and schools stayed closed for the second day."


def _shared(*texts: str, published: tuple[str | None, ...] = ()) -> tuple[SharedText, ...]:
    when = published or (None,) * len(texts)
    return copied.find([article(f"paper{k}", t, published=when[k]) for k, t in enumerate(texts)])


def test_a_copied_sentence_is_shown_with_its_share() -> None:
    (shared,) = _shared(f"{WIRE} {OTHER}", WIRE)
    assert shared.share == 1.0
    assert shared.one.span == (0, len(WIRE))


def test_a_sentence_that_was_turned_round_is_found() -> None:
    (shared,) = _shared(WIRE, f"{OTHER} {TURNED}")
    assert shared.share >= copied.LEAST_SHARE
    assert shared.other.span.start > len(OTHER)


def test_the_one_published_first_comes_first_in_any_order() -> None:
    (shared,) = _shared(WIRE, WIRE, published=("2031-05-03", "2031-05-02"))
    assert (shared.one.article, shared.other.article) == ("paper1", "paper0")


def test_other_sentences_and_the_same_article_are_not_shared() -> None:
    assert _shared(f"{WIRE} {WIRE}", OTHER) == ()


def test_what_both_only_quote_is_not_shared_text() -> None:
    quoted = f"“{WIRE}”"
    assert _shared(f"{quoted} she said.", f"{quoted} she told us.") == ()
