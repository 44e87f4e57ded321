from dataclasses import dataclass

import pytest
import spacy
from spacy.tokens import Doc

from whosays.statements import polarity
from whosays.statements.statement import Kind, Statement
from whosays.text.span import Span

VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True)
class Parsed:
    """A sentence parsed by hand: one word a line, as word, number of its head from 1 (0: root), relation, class
    and, where it is another word, lemma."""

    doc: Doc

    @classmethod
    def of(cls, rows: str) -> "Parsed":
        table = [row.split() for row in rows.strip().splitlines()]
        heads = [int(head) - 1 if int(head) else k for k, (_, head, *_) in enumerate(table)]
        return cls(
            Doc(
                VOCAB,
                words=[row[0] for row in table],
                heads=heads,
                deps=[row[2] for row in table],
                pos=[row[3] for row in table],
                lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in table],
            )
        )

    def polarity(self, content: str, cue: str | None = "said", kind: Kind = "indirect") -> str:
        return judged(self.doc, content, cue, kind)


def judged(doc: Doc, content: str, cue: str | None, kind: Kind = "indirect") -> str:
    start = doc.text.index(content)
    said = None if cue is None else Span(doc.text.index(cue), doc.text.index(cue) + len(cue))
    return polarity.of(doc, doc.text, Statement("s", "a", (Span(start, start + len(content)),), None, said, kind=kind))


def plain(text: str, content: str, cue: str | None, kind: Kind = "indirect") -> str:
    """The polarity without a parse: what the words alone tell."""
    words = text.split(" ")
    return judged(Doc(VOCAB, words=words, pos=["X"] * len(words)), content, cue, kind)


@pytest.mark.parametrize("cue", ["denied", "disputes", "rejected", "dismissed", "has refuted"])
def test_a_denial_is_not_an_assertion(cue: str) -> None:
    assert plain(f"Ruud {cue} that the dam leaked.", "the dam leaked", cue) == "denied"


def test_who_does_not_deny_asserts_or_says_nothing() -> None:
    assert plain("Ruud did not deny that the dam leaked.", "the dam leaked", "did not deny") == "asserted"


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Ruud called for the mayor to resign.", "the mayor to resign", "called for"),
        ("Ruud called on Berg to resign.", "Berg to resign", "called"),
        ("Ruud repeated calls for Berg to resign.", "for Berg to resign", "calls"),
        ("Ruud called Mr. Berg to resign.", "Mr. Berg to resign", "called"),
        ("Ruud urged them to wait.", "them to wait", "urged"),
        ("Ruud demanded the full report.", "the full report", "demanded"),
        ("Ruud asked the council to wait.", "the council to wait", "asked"),
        ("Ruud told them to “please wait.”", "to “please wait.”", "told"),
        ("Ruud warned them not to wait.", "them not to wait", "warned"),
    ],
)
def test_a_demand_is_a_call(text: str, content: str, cue: str) -> None:
    assert plain(text, content, cue) == "call"


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Ruud called the plan to cut jobs a mistake.", "the plan to cut jobs a mistake", "called"),
        ("Ruud told them the dam held.", "the dam held", "told"),
        ("Ruud asked for nothing, he said.", "for nothing", "asked"),
    ],
)
def test_a_cue_that_can_call_need_not(text: str, content: str, cue: str) -> None:
    assert plain(text, content, cue) == "asserted"


@pytest.mark.parametrize(
    ("text", "content", "cue", "kind"),
    [
        ("Ruud asked whether the dam leaked.", "whether the dam leaked", "asked", "indirect"),
        ("Ruud wondered if it leaked.", "if it leaked", "wondered", "indirect"),
        ("“Who knew?” Ruud said.", "“Who knew?”", "said", "direct"),
        ("“Who knew?” Ruud asked.", "“Who knew?”", "asked", "direct"),
    ],
)
def test_a_question_is_not_an_assertion(text: str, content: str, cue: str, kind: Kind) -> None:
    assert plain(text, content, cue, kind) == "question"


@pytest.mark.parametrize("cue", ["vowed", "promised", "threatened", "predicted", "expects"])
def test_a_plan_or_forecast_is_expected(cue: str) -> None:
    assert plain(f"Ruud {cue} to close the dam.", "to close the dam", cue) == "expected"


PLANNED = """
Ruud    2 nsubj VERB
said    0 ROOT  VERB
the     4 det   DET
crews   6 nsubj NOUN
are     6 cop   AUX
likely  2 ccomp ADJ
to      8 mark  PART
leave   6 xcomp VERB
"""


@pytest.mark.parametrize("word", ["likely", "expected", "scheduled", "due", "going"])
def test_what_is_likely_or_planned_is_expected(word: str) -> None:
    content = f"the crews are {word} to leave"
    assert Parsed.of(PLANNED.replace("likely", word)).polarity(content) == "expected"


def test_what_somebody_plans_to_do_is_expected_and_a_plan_is_not() -> None:
    rows = """
    Ruud  2 nsubj VERB
    said  0 ROOT  VERB
    crews 4 nsubj NOUN
    plan  2 ccomp VERB
    to    6 mark  PART
    leave 4 xcomp VERB
    """
    assert Parsed.of(rows).polarity("crews plan to leave") == "expected"
    progressive = rows.replace("crews 4", "they 5").replace(
        "plan  2 ccomp VERB", "are 5 aux AUX\n planning 2 ccomp VERB plan"
    )
    progressive = progressive.replace("to    6", "to    7").replace("leave 4", "leave 5")
    assert Parsed.of(progressive).polarity("they are planning to leave") == "expected"
    assert plain("Ruud said her plan to leave failed.", "her plan to leave failed", "said") == "asserted"


def test_what_is_intended_to_help_is_a_purpose_and_no_plan() -> None:
    rows = PLANNED.replace("are     6 cop   AUX", "are 6 aux:pass AUX").replace(
        "likely  2 ccomp ADJ", "intended 2 ccomp VERB intend"
    )
    assert Parsed.of(rows).polarity("the crews are intended to leave") == "asserted"


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("Ruud announced her plans to resign.", "her plans to resign", "announced"),
        ("Ruud offered to rebuild the dam.", "to rebuild the dam", "offered"),
        ("Ruud agreed to rebuild the dam.", "to rebuild the dam", "agreed"),
        ("Repairs are estimated to cost a million.", "to cost a million", "are estimated"),
    ],
)
def test_a_cue_can_say_that_it_is_to_come(text: str, content: str, cue: str) -> None:
    assert plain(text, content, cue) == "expected"


def test_who_agrees_that_it_is_so_asserts() -> None:
    assert plain("Ruud agreed the dam leaked.", "the dam leaked", "agreed") == "asserted"


def test_should_is_a_call() -> None:
    assert plain("Ruud said the mayor should resign.", "the mayor should resign", "said") == "call"


def test_what_should_have_been_is_asserted() -> None:
    text = "Ruud said the mayor should have resigned."
    assert plain(text, "the mayor should have resigned", "said") == "asserted"


@pytest.mark.parametrize("content", ["the dam may burst should it rain", "I must say it held"])
def test_should_as_a_condition_and_must_as_a_manner_are_no_call(content: str) -> None:
    assert plain(f"Ruud said {content}.", content, "said") == "asserted"


def test_should_in_a_clause_below_is_no_call() -> None:
    text = "Ruud said he knew why the mayor should resign."
    assert plain(text, "he knew why the mayor should resign", "said") == "asserted"


WILL = """
Ruud    2 nsubj VERB
said    0 ROOT  VERB
the     4 det   DET
dam     6 nsubj NOUN
will    6 aux   AUX
break   2 ccomp VERB
"""


def test_a_main_verb_with_will_is_expected() -> None:
    assert Parsed.of(WILL).polarity("the dam will break") == "expected"


def test_will_in_a_whole_quotation_is_expected_of_others_only() -> None:
    assert Parsed.of(WILL).polarity("the dam will break", kind="direct") == "expected"
    own = WILL.replace("the     4 det   DET", "and     2 cc    CCONJ").replace("dam     6 nsubj NOUN", "I 6 nsubj PRON")
    assert Parsed.of(own).polarity("I will break", kind="direct") == "asserted"


def test_will_in_a_whole_quotation_that_says_when_is_expected() -> None:
    rows = """
    I        3 nsubj  PRON
    will     3 aux    AUX
    leave    6 ccomp  VERB
    tomorrow 3 obl    NOUN
    Ruud     6 nsubj  PROPN
    said     0 ROOT   VERB
    """
    assert Parsed.of(rows).polarity("I will leave tomorrow", kind="direct") == "expected"


def test_will_in_a_relative_clause_is_not_the_main_verb() -> None:
    rows = """
    Ruud    2 nsubj     PROPN
    praised 0 ROOT      VERB
    crews   2 obj       NOUN
    who     6 nsubj     PRON
    will    6 aux       AUX
    leave   3 acl:relcl VERB
    """
    assert Parsed.of(rows).polarity("crews who will leave", "praised") == "asserted"


def test_would_is_expected_and_would_have_is_not() -> None:
    assert Parsed.of(WILL.replace("will ", "would")).polarity("the dam would break") == "expected"
    past = """
    Ruud    2 nsubj VERB
    said    0 ROOT  VERB
    it      6 nsubj PRON
    would   6 aux   AUX
    have    6 aux   AUX
    broken  2 ccomp VERB
    """
    assert Parsed.of(past).polarity("it would have broken") == "asserted"


def test_a_main_verb_behind_a_condition_counts() -> None:
    text = "Ruud said if it rains, the dam will break."
    assert plain(text, "if it rains, the dam will break", "said") == "expected"


def test_a_quotation_that_opens_with_a_bare_verb_is_a_call() -> None:
    rows = """
    “       2 punct PUNCT
    Cancel  0 ROOT  VERB
    the     4 det   DET
    meeting 2 obj   NOUN
    ”       2 punct PUNCT
    Ruud    7 nsubj PROPN
    wrote   2 parataxis VERB
    """
    assert Parsed.of(rows).polarity("“ Cancel the meeting ”", "wrote", "direct") == "call"


def test_a_later_sentence_of_a_quotation_can_be_the_call() -> None:
    rows = """
    It     2 nsubj     PRON
    leaked 0 ROOT      VERB
    .      2 punct     PUNCT
    Do     6 aux       AUX
    not    6 advmod    PART
    wait   0 ROOT      VERB
    .      6 punct     PUNCT
    Ruud   9 nsubj     PROPN
    wrote  6 parataxis VERB
    """
    assert Parsed.of(rows).polarity("It leaked . Do not wait .", "wrote", "direct") == "call"


def test_a_manner_of_speaking_is_no_call() -> None:
    rows = """
    Look  4 parataxis VERB
    it    3 nsubj     PRON
    held  5 ccomp     VERB
    Ruud  5 nsubj     PROPN
    said  0 ROOT      VERB
    """
    assert Parsed.of(rows).polarity("Look it held", kind="direct") == "asserted"


def test_a_quotation_that_urges_is_a_call() -> None:
    text = "“It leaked. We urge the council to act,” Ruud said."
    assert plain(text, "“It leaked. We urge the council to act,”", "said", "direct") == "call"


WANTS = """
Ruud    2 nsubj VERB
said    0 ROOT  VERB
they    4 nsubj PRON
want    2 ccomp VERB
crews   4 obj   NOUN
to      7 mark  PART
leave   4 xcomp VERB
"""


def test_to_want_somebody_to_act_is_a_call() -> None:
    assert Parsed.of(WANTS).polarity("they want crews to leave") == "call"


def test_to_want_to_act_oneself_is_no_call() -> None:
    rows = """
    Ruud  2 nsubj VERB
    said  0 ROOT  VERB
    they  4 nsubj PRON
    want  2 ccomp VERB
    to    6 mark  PART
    leave 4 xcomp VERB
    """
    assert Parsed.of(rows).polarity("they want to leave") == "asserted"


def test_what_others_want_is_told_in_a_quotation() -> None:
    assert Parsed.of(WANTS).polarity("they want crews to leave", kind="direct") == "asserted"


NEEDS = """
Ruud    2 nsubj VERB
said    0 ROOT  VERB
crews   4 nsubj NOUN
need    2 ccomp VERB
to      6 mark  PART
leave   4 xcomp VERB
"""


def test_that_others_need_to_act_is_a_call() -> None:
    assert Parsed.of(NEEDS).polarity("crews need to leave") == "call"
    assert (
        Parsed.of(NEEDS.replace("crews   4 nsubj NOUN", "he      4 nsubj PRON")).polarity("he need to leave")
        == "asserted"
    )


def test_a_statement_without_a_cue_is_asserted() -> None:
    assert plain("The dam held.", "The dam held", None) == "asserted"
