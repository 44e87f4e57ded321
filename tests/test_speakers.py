"""One speaker has one id: through pronouns, roles and surnames, and through every article of a story."""

from __future__ import annotations

import random
from dataclasses import replace

import spacy
from spacy.tokens import Doc

import whosays
from whosays.statements import speakers
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span

NLP = spacy.blank("en")
Reading = tuple[Article, Doc, list[Statement]]


def _reading(name: str, marked: str, title: str | None = None) -> Reading:
    """An article with its statements marked: ``[s source]``, ``[c cue]`` and ``[q content]``.

    The marks of one line make one statement; a content by itself has neither source nor cue.
    """
    text, spans, at = "", [], 0
    while at < len(marked):
        if marked[at] == "[" and marked[at + 1] in "scq" and marked[at + 2] == " ":
            end = marked.index("]", at)
            spans.append((marked[at + 1], Span(len(text), len(text) + end - at - 3)))
            text += marked[at + 3 : end]
            at = end + 1
        else:
            text += marked[at]
            at += 1
    return Article(name, text, title=title), NLP(text), list(_statements(name, text, spans))


def _statements(name: str, text: str, spans: list[tuple[str, Span]]) -> list[Statement]:
    found: list[Statement] = []
    parts: dict[str, Span] = {}

    def close() -> None:
        if "q" in parts:
            number = f"{name}{len(found) + 1}"
            found.append(Statement(number, name, (parts["q"],), parts.get("s"), parts.get("c")))
        parts.clear()

    last = 0
    for kind, span in spans:
        if kind in parts or "\n" in text[last : span.start]:
            close()
        parts[kind] = span
        last = span.end
    close()
    return found


def _found(*readings: Reading) -> tuple[dict[str, str], dict[str, Speaker]]:
    speaker_of, known = speakers.find(readings)
    return speaker_of, {speaker.id: speaker for speaker in known}


def test_a_surname_stands_for_the_full_name() -> None:
    speaker_of, known = _found(
        _reading(
            "a", "[s Harbour Master Ingrid Solheim] [c said] [q the gates hold].\n[s Solheim] [c added] [q no more]."
        )
    )
    assert speaker_of["a1"] == speaker_of["a2"]
    assert known["s1"].name == "Harbour Master Ingrid Solheim"
    assert known["s1"].naming == "named"
    assert "Solheim" in known["s1"].described_as


def test_she_is_not_robert() -> None:
    speaker_of, _ = _found(
        _reading(
            "a",
            "[s Minister Anna Lund] [c said] [q the dam would hold].\n"
            "[s Engineer Robert Hale] [c said] [q it would not].\n"
            "[s She] [c said] [q the engineer was wrong].\n[s He] [c said] [q he was right].",
        )
    )
    assert speaker_of["a3"] == speaker_of["a1"]
    assert speaker_of["a4"] == speaker_of["a2"]


def test_a_role_stands_for_whom_the_title_names() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s Senator Robert Hale] [c said] [q the bill was dead].\n"
            "[s Mayor Anna Lund] [c said] [q it was alive].\n[s The senator] [c laughed] [q at that].",
        )
    )
    assert speaker_of["a3"] == speaker_of["a1"]
    assert known[speaker_of["a3"]].naming == "named"


def test_the_official_is_the_one_met_before() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s A senior Norland official] [c said] [q ships would sail].\n"
            "[s The official, who did not want to be named,] [c said] [q they were ready].\n"
            '[q "They sail at dawn."]\n[s a harbour official] [c denied] [q it].',
        )
    )
    assert speaker_of["a1"] == speaker_of["a2"] == speaker_of["a3"] != speaker_of["a4"]
    assert known["s1"].naming == "anonymous"
    assert known["s1"].name == "A senior Norland official"


def test_an_acronym_in_brackets_and_the_group() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s The Norland Observatory for Human Rights (NOHR)] [c said] [q roads were shut].\n"
            "[s NOHR] [c said] [q rail was too].\n[s The group] [c said] [q it had lists].",
        )
    )
    assert len(set(speaker_of.values())) == 1
    assert known["s1"].naming == "organisation"


def test_a_spokesman_is_not_who_he_speaks_for() -> None:
    speaker_of, known = _found(
        _reading("a", "[s Governor Anna Lund] [c said] [q yes, soon].\n[s Her spokesman] [c said] [q no, never].")
    )
    assert speaker_of["a1"] != speaker_of["a2"]
    assert known[speaker_of["a2"]].naming == "anonymous"


def test_it_at_the_end_of_a_description_is_not_who_speaks() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s The Harbour Council] [c said] [q the gates hold].\n"
            "[s Northline, the first to report it], [c called] [q him a senior official].",
        )
    )
    assert known[speaker_of["a2"]].name == "Northline"


def test_hearsay_has_no_speaker() -> None:
    speaker_of, known = _found(
        _reading("a", "Residents [c reportedly] [q fled by the hundred].\n[c It is believed] [q they went north].")
    )
    assert speaker_of == {}
    assert known == {}


def test_people_who_speak_together_are_one_speaker() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s Senators Anna Lund and Robert Hale] [c said] [q they would vote].\n[s The senators] [c added] [q no].\n"
            "[s Hale] [c said] [q it was late].",
        )
    )
    assert speaker_of["a1"] == speaker_of["a2"] != speaker_of["a3"]
    assert "Anna Lund" in known["s1"].name
    assert "Robert Hale" in known["s1"].name


def test_articles_share_a_person_a_body_and_a_country() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s Gov. Michael R. Oakes] [c said] [q the levee broke].\n[s Norland's government] [c denied] [q it].\n"
            "[s The Times] [c reported] [q a breach].\n[s China] [c said] [q it would help].",
        ),
        _reading(
            "b",
            "[s Mike Oakes] [c said] [q a levee broke].\n[s The New York Times] [c reported] [q a breach].\n"
            "[s The Chinese government] [c said] [q it would help].",
        ),
    )
    assert speaker_of["a1"] == speaker_of["b1"]
    assert speaker_of["a3"] == speaker_of["b2"]
    assert speaker_of["a4"] == speaker_of["b3"]
    assert known["s1"].name == "Gov. Michael R. Oakes"
    assert known["s1"].grounds == ("the same surname and first name",)


def test_two_people_of_one_surname_stay_two() -> None:
    speaker_of, _ = _found(
        _reading("a", "[s Anna Lund] [c said] [q the school opens].\n[s Peter Lund] [c said] [q the school shuts]."),
        _reading("b", "[s Peter Lund] [c said] [q it shuts].\n[s Mr. Lund] [c added] [q for good]."),
    )
    assert speaker_of["a1"] != speaker_of["a2"]
    assert speaker_of["a2"] == speaker_of["b1"] == speaker_of["b2"]


def test_an_unnamed_official_is_the_same_only_with_the_same_words() -> None:
    first = _reading(
        "a", "[s a senior Norland official] [c said] [q Norland will send rafts, pumps and forty engineers]."
    )
    same = _reading("b", "[s A Norland official] [c said] [q his country sends rafts, pumps and more engineers].")
    other = _reading("c", "[s A Norland official] [c said] [q the minister had already left for Karsholm by train].")
    bare = _reading("d", "[s an official] [c said] [q Norland will send rafts, pumps and forty engineers].")
    speaker_of, known = _found(first, same, other, bare)
    assert speaker_of["a1"] == speaker_of["b1"]
    assert speaker_of["c1"] not in (speaker_of["a1"], speaker_of["d1"])
    assert speaker_of["d1"] != speaker_of["a1"]
    assert known[speaker_of["a1"]].grounds == ("inferred: same description and the same words",)


def test_an_unnamed_official_is_the_same_through_the_same_relay() -> None:
    first = _reading("a", "[s a senior Norland official] [c told] the wire [q rafts are ready].")
    second = _reading("b", "[s a Norland official] [c told] the wire [q engineers would leave on Monday].")
    via = [(a, d, [replace(s, via=("Reuters",)) for s in st]) for a, d, st in (first, second)]
    speaker_of, known = _found(*via)
    assert speaker_of["a1"] == speaker_of["b1"]
    assert known["s1"].grounds == ("inferred: same description and the same relay",)


def test_a_role_is_somebody_another_article_names() -> None:
    speaker_of, known = _found(
        _reading("a", "[s The chairwoman of the Harbour Safety Committee] [c said] [q the pier is unsafe]."),
        _reading("b", "[s Anna Lund, the head of the Harbour Safety Committee,] [c said] [q the pier was unsafe]."),
    )
    assert speaker_of["a1"] == speaker_of["b1"]
    assert known["s1"].naming == "named"


def test_a_cue_without_source_takes_the_subject() -> None:
    words = ["Lund", "shut", "the", "pier", ",", "adding", "that", "it", "was", "unsafe", "."]
    heads = [1, 1, 3, 1, 1, 1, 9, 9, 9, 5, 1]
    deps = ["nsubj", "ROOT", "det", "obj", "punct", "advcl", "mark", "nsubj", "cop", "ccomp", "punct"]
    pos = ["PROPN", "VERB", "DET", "NOUN", "PUNCT", "VERB", "SCONJ", "PRON", "AUX", "ADJ", "PUNCT"]
    spaces = [True, True, True, False, True, True, True, True, True, False, False]
    ents = ["B-PER", *["O"] * 10]
    doc = Doc(NLP.vocab, words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, ents=ents)
    cue = Span(doc[5].idx, doc[6].idx)
    content = Span(doc[7].idx, doc[10].idx)
    statement = Statement("a1", "a", (content,), None, cue)
    speaker_of, known = _found((Article("a", doc.text), doc, [statement]))
    assert known[speaker_of["a1"]].name == "Lund"


def test_the_order_of_statements_changes_nothing() -> None:
    article, doc, statements = _reading(
        "a",
        "[s Anna Lund] [c said] [q one thing].\n[s She] [c said] [q another].\n[s Robert Hale] [c said] [q a third].\n"
        "[s He] [c said] [q a fourth].",
    )
    expected, _ = speakers.find([(article, doc, statements)])
    shuffled = statements[:]
    random.Random(4).shuffle(shuffled)
    found, _ = speakers.find([(article, doc, shuffled)])
    groups = {frozenset(k for k, v in by.items() if v == s) for by in (found,) for s in found.values()}
    assert groups == {frozenset(k for k, v in expected.items() if v == s) for s in expected.values()}


def test_who_goes_back_to_the_name_before_it() -> None:
    speaker_of, known = _found(
        _reading("a", "[s Anna Lund] [c said] [q yes].\nRobert Hale, [s who] [c said] [q no], left with Lund.")
    )
    assert known[speaker_of["a2"]].name == "Robert Hale"


def test_somebodys_comments_are_his() -> None:
    speaker_of, _ = _found(
        _reading("a", "[s Anna Lund] [c said] [q yes].\n[s Lund's comments] [c suggested] [q that she meant it].")
    )
    assert speaker_of["a1"] == speaker_of["a2"]


def test_nothing_to_read_gives_no_speakers() -> None:
    assert speakers.find([]) == ({}, ())
    assert speakers.find([(Article("a", ""), NLP(""), [])]) == ({}, ())


def test_a_description_is_nobody_who_is_merely_named_nearby() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            'State auditor Ann Berg asked for it. "[q Soon],"[s  she][c  said].\n'
            "[s The losing bidder] [c says] [q it was cheaper].",
        )
    )
    assert known[speaker_of["a2"]].name == "The losing bidder"


def test_she_is_not_the_man_who_was_named_before() -> None:
    speaker_of, known = _found(
        _reading("a", "Oskar Lund left.\n[q Minister Ann Berg went home early], [s she] [c said].")
    )
    assert not speaker_of.get("a1") or "Lund" not in known[speaker_of["a1"]].name


def test_a_name_has_the_title_and_not_what_hangs_on_it() -> None:
    speaker_of, known = _found(
        _reading("a", "[s The governor of the region, Ann Berg,] [c said] [q it was safe]."),
        _reading("b", "[s Regional Governor Ann Berg] [c said] [q so].\n[s Its lawyer, Ole Vik,] [c said] [q no]."),
        _reading("c", "[s The official, who spoke on condition of anonymity,] [c said] [q it was closed]."),
    )
    assert known[speaker_of["a1"]].name == "Regional Governor Ann Berg"
    assert not known[speaker_of["b2"]].name.startswith("Its")
    assert known[speaker_of["c1"]].name == "The official"


def test_her_office_is_another_office_in_another_article() -> None:
    speaker_of, _ = _found(
        _reading("a", "[s Her office] [c said] [q the road was open]."),
        _reading("b", "[s Her office] [c said] [q the harbour was closed]."),
    )
    assert speaker_of["a1"] != speaker_of["b1"]


def test_her_party_is_the_one_named_behind_it() -> None:
    speaker_of, known = _found(
        _reading(
            "a",
            "[s The Red Cross] [c said] [q nine].\n[s Her party, the Civic League,] [c said] [q ten].\n"
            "[s The Secretary-General of the United Nations, Paolo Henriques,] [c said] [q no].",
        )
    )
    assert [known[speaker_of[f"a{k}"]].name for k in (1, 2)] == ["Red Cross", "Civic League"]
    assert known[speaker_of["a3"]].name.endswith("Paolo Henriques")


def test_the_ledger_is_the_finance_ledger() -> None:
    speaker_of, _ = _found(
        _reading("a", "[s The Finance Ledger] [c reported] [q nine].\n[s The Ledger] [c said] [q ten].")
    )
    assert speaker_of["a1"] == speaker_of["a2"]


def test_the_company_is_no_office_and_the_agency_no_hospital() -> None:
    speaker_of, _ = _found(
        _reading("a", "[s The harbour master's office] [c said] [q nine].\n[s The company] [c said] [q ten]."),
        _reading("b", "[s Sundmark General Hospital] [c said] [q nine].\n[s The agency] [c said] [q ten]."),
    )
    assert speaker_of["a1"] != speaker_of["a2"]
    assert speaker_of["b1"] != speaker_of["b2"]


def test_a_man_in_uniform_speaks_and_not_his_uniform() -> None:
    text = "A man in uniform who gave no name said the war was over. It was run by a clerk who said she had quit."
    names = {speaker.name for speaker in whosays.report([Article("a", text)], statements_only=True).speakers}
    assert not any(name.startswith(("in ", "by ")) for name in names)
    assert "a clerk" in names
