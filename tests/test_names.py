"""How articles name whom: verbatim, with title and loaded words, put together across articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as Entity
from test_claims import counting

import whosays
from whosays.claims import entities, loaded, names, phrases
from whosays.claims.claim import Name
from whosays.claims.phrases import Phrase
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

VOCAB = spacy.blank("en").vocab
_CLASSES = {"d": "DET", "a": "ADJ", "n": "NOUN", "p": "PROPN", "P": "PROPN", "O": "PROPN", "v": "VERB", "i": "ADP",
            "r": "PRON", "x": "PUNCT", "c": "CCONJ", "g": "PART", "#": "NUM"}  # fmt: skip
_ENTITIES = {"P": "PER", "O": "ORG"}


def tagged(id_: str, marked: str) -> Analysis:
    """An article of words with their classes: ``The/d president/n said/v``; /P is a word of a person's name, /O of an
    organisation's. Statements stand between brackets of their own: ``[ “/x no/d one/n ”/x ]``."""
    words, classes, kinds, spaces, contents = [], [], [], [], []
    for mark in marked.split():
        if mark in "[]":
            contents.append(len(words))
            continue
        word, _, class_ = mark.rpartition("/")
        if word.startswith("'") or (class_ == "x" and word not in "“("):
            spaces[-1] = False
        words.append(word)
        classes.append(_CLASSES[class_])
        kinds.append(_ENTITIES.get(class_, ""))
        spaces.append(word not in ("“", "(", "-"))
    doc = Doc(VOCAB, words=words, spaces=spaces, pos=classes)
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    doc.set_ents([Entity(doc, k, k + 1, label=kind) for k, kind in enumerate(kinds) if kind])
    pairs = zip(contents[::2], contents[1::2], strict=True)
    spans = [Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in pairs]
    statements = tuple(Statement(f"{id_}:{k}", id_, (span,), kind="direct") for k, span in enumerate(spans))
    layout = Layout(unread=(), prose=(Span(0, len(doc.text)),))
    return Analysis(Article(id_, doc.text), layout, doc, statements, (), counting(doc.text))


def _labels(found: tuple[Name, ...], **of: str) -> dict[str, list[str]]:
    """The labels by article of the entity that an article calls so."""
    ((article, text),) = of.items()
    for name in found:
        if any(label.text == text for label in name.labels.get(article, ())):
            return {id_: [label.text for label in labels] for id_, labels in name.labels.items()}
    raise AssertionError([name.labels for name in found])


def _phrases(analysis: Analysis) -> list[Phrase]:
    read = phrases.read(analysis)
    return read.phrases if read else []


def find(analyses: Sequence[Analysis], speakers: Mapping[str, Speaker]) -> tuple[Name, ...]:
    return names.find(analyses, entities.find(analyses, speakers, [_phrases(analysis) for analysis in analyses]))


def test_a_person_is_one_by_surname_with_every_title() -> None:
    found = find(
        [
            tagged("a", "Mayor/p Ada/P Brandt/P spoke/v ./x Brandt/P left/v ./x"),
            tagged("b", "Ms./p Brandt/P resigned/v ./x"),
        ],
        {},
    )
    assert _labels(found, a="Mayor Ada Brandt") == {"a": ["Mayor Ada Brandt", "Brandt"], "b": ["Ms. Brandt"]}


def test_a_role_names_whom_the_article_called_so() -> None:
    found = find(
        [
            tagged("a", "Mayor/p Ada/P Brandt/P met/v Senator/p Jon/P Vale/P ./x The/d mayor/n smiled/v ./x"),
            tagged("b", "Brandt/P and/c Vale/P were/v seen/v ./x"),
        ],
        {},
    )
    assert _labels(found, a="Mayor Ada Brandt")["a"] == ["Mayor Ada Brandt", "The mayor"]
    assert _labels(found, a="Senator Jon Vale")["a"] == ["Senator Jon Vale"]


def test_the_president_of_another_country_is_somebody_else() -> None:
    found = find(
        [
            tagged(
                "a",
                "Lasmarian/a President/p Ada/P Brandt/P met/v President/p Jon/P Vale/P ./x "
                "The/d Lasmarian/a president/n smiled/v ./x",
            ),
            tagged("b", "Brandt/P and/c Vale/P were/v seen/v ./x"),
        ],
        {},
    )
    assert "The Lasmarian president" in _labels(found, a="Lasmarian President Ada Brandt")["a"]
    assert "The Lasmarian president" not in _labels(found, a="President Jon Vale")["a"]


def test_an_organisation_is_one_with_its_initials_and_its_noun() -> None:
    found = find(
        [
            tagged("a", "The/d Harbour/O Safety/O Board/O ruled/v ./x The/d board/n adjourned/v ./x"),
            tagged("b", "The/d HSB/O ruled/v ./x"),
        ],
        {},
    )
    assert _labels(found, b="The HSB") == {"a": ["The Harbour Safety Board", "The board"], "b": ["The HSB"]}


def test_loaded_words_are_kept_and_pronouns_left_out() -> None:
    found = find(
        [
            tagged("a", "The/d so-called/a rebels/n fled/v ./x They/r wept/v ./x Heroic/a rebels/n died/v ./x"),
            tagged("b", "Murderous/a rebels/n fled/v ./x"),
        ],
        {},
    )
    assert _labels(found, b="Murderous rebels")["a"] == ["The so-called rebels", "Heroic rebels"]


def test_what_is_quoted_is_told_from_the_outlets_own_voice() -> None:
    found = find(
        [
            tagged("a", "The/d rebels/n fled/v ./x [ “/x The/d rebels/n are/v murderers/n ./x ”/x ] he/r said/v ./x"),
            tagged("b", "Rebels/n fled/v ./x"),
        ],
        {},
    )
    rebels = next(name for name in found if "b" in name.labels)
    assert [(label.text, label.voice) for label in rebels.labels["a"]] == [
        ("The rebels", "outlet"),
        ("The rebels", "quoted"),
    ]


def test_labels_are_verbatim_at_every_span() -> None:
    analyses = [tagged("a", "The/d rebels/n fled/v ./x the/d rebels/n wept/v ./x"), tagged("b", "Rebels/n fled/v ./x")]
    for name in find(analyses, {}):
        for label in name.labels.get("a", ()):
            for span in label.spans:
                assert span.of(analyses[0].article.text).casefold() == label.text.casefold()


def test_an_article_without_word_classes_has_no_names() -> None:
    text = "Mayor Ada Brandt spoke."
    doc = spacy.blank("en")(text)
    analysis = Analysis(Article("a", text), Layout((), (Span(0, len(text)),)), doc, (), (), counting(text))
    assert find([analysis], {}) == ()


def _every(found: tuple[Name, ...]) -> set[str]:
    return {label.text for name in found for labels in name.labels.values() for label in labels}


def test_the_offices_of_two_owners_are_not_one_entity() -> None:
    words = "Her/r office/n spoke/v ./x The/d office/n of/i Vale/P spoke/v ./x His/r office/n left/v ./x"
    found = find([tagged("a", words), tagged("b", words)], {})
    assert not {"Her office", "His office"} & _every(found)


def test_amounts_and_things_are_no_names() -> None:
    words = (
        "The/d rebels/n fled/v ./x It/r is/v worth/a 380/# million/# crowns/n ./x A/d widening/a crack/n grew/v ./x "
        "The/d rebels/n left/v ./x "
    )
    found = find([tagged("a", words), tagged("b", words)], {})
    assert _every(found) == {"The rebels"}


def test_a_thing_with_a_proper_name_is_named() -> None:
    words = "The/d Orsk/p dam/n broke/v ./x The/d dam/n broke/v ./x"
    assert "The Orsk dam" in _every(find([tagged("a", words), tagged("b", words)], {}))


def test_a_hyphened_word_is_not_cut() -> None:
    words = "A/d man/n whose/r brother/n -/x in/i -/x law/n Jon/P Vale/P fled/v ./x Vale/P left/v ./x"
    analysis = tagged("a", words)
    assert _every(find([analysis], {})) == {"brother-in-law Jon Vale", "Vale"}


def test_a_genitive_within_a_name_does_not_cut_it() -> None:
    words = "The/d Farmers/O ’/x League/O won/v ./x The/d Farmers/O ’/x League/O lost/v ./x"
    labels = _every(find([tagged("a", words)], {}))
    assert not any(label.endswith("Farmers") for label in labels)


def test_speakers_come_first_and_are_known_by_their_ids() -> None:
    analysis = tagged(
        "a", "Jon/P Vale/P met/v Ada/P Brandt/P ./x Vale/P left/v ./x [ Rain/n fell/v ] said/v Brandt/P ./x"
    )
    start = analysis.article.text.rindex("Brandt")
    said = replace(analysis.statements[0], source=Span(start, start + len("Brandt")), speaker="s1", naming="named")
    speakers = {"s1": Speaker("s1", "Ada Brandt", "named")}
    first, second = find([replace(analysis, statements=(said,))], speakers)
    assert (first.speakers, second.speakers) == (("s1",), ())
    assert [label.text for label in first.labels["a"]] == ["Ada Brandt", "Brandt"]


def test_it_is_not_the_possessor_who_speaks() -> None:
    analysis = tagged(
        "a", "Vale/P met/v Brandt/P ./x Vale/P 's/g deputy/n said/v [ rain/n fell/v ] ./x Vale/P left/v ./x"
    )
    start = analysis.article.text.index("Vale's")
    said = replace(analysis.statements[0], source=Span(start, start + 13), speaker="s1", naming="named")
    found = find([replace(analysis, statements=(said,))], {"s1": Speaker("s1", "Vale's deputy", "named")})
    assert all(name.speakers == () for name in found if "Vale" in _every((name,)))


def test_people_with_one_surname_are_told_apart_by_first_name() -> None:
    found = find(
        [
            tagged("a", "Mayor/p Ada/P Brandt/P met/v Robert/P Brandt/P ./x Mrs./p Brandt/P left/v ./x"),
            tagged("b", "Ada/P Brandt/P and/c Robert/P Brandt/P were/v seen/v ./x"),
        ],
        {},
    )
    assert _labels(found, a="Mayor Ada Brandt") == {"a": ["Mayor Ada Brandt", "Mrs. Brandt"], "b": ["Ada Brandt"]}
    assert _labels(found, a="Robert Brandt") == {"a": ["Robert Brandt"], "b": ["Robert Brandt"]}


def test_words_that_judge_are_marked_in_a_label() -> None:
    found = find(
        [
            tagged("a", "Dictator/n Jon/P Vale/P fled/v ./x Vale/P wept/v ./x"),
            tagged("b", "President/p Jon/P Vale/P fled/v ./x"),
        ],
        {},
    )
    marked = {label.text: label.loaded for name in found for labels in name.labels.values() for label in labels}
    assert marked["Dictator Jon Vale"] == ("Dictator",)
    assert marked["President Jon Vale"] == ()


def test_words_that_an_outlet_holds_away_are_loaded_and_a_quotation_is_not() -> None:
    assert loaded.words('the so-called "student"', quoted=False) == ("so-called", "student")
    assert loaded.words('the "student"', quoted=True) == ()
    assert loaded.words("the Hero of the Revolution medal", quoted=False) == ()


def test_a_body_is_not_its_leader_and_may_be_called_a_group() -> None:
    one = tagged(
        "a", "Secretary/p Ronda/P Naim/P Dorn/P spoke/v ./x Ronda/O moved/v ./x The/d Ronda/O group/n won/v ./x"
    )
    two = tagged("b", "Dorn/P spoke/v ./x Ronda/O stayed/v ./x")
    labels = _labels(find((one, two), {}), b="Ronda")
    assert labels == {"a": ["Ronda", "The Ronda group"], "b": ["Ronda"]}


def test_the_forces_of_two_countries_are_not_one() -> None:
    marked = "The/d Russian/a forces/n left/v ./x The/d forces/n left/v ./x The/d Syrian/a forces/n came/v ./x"
    one, two = (
        tagged("a", f"{marked} The/d forces/n left/v ./x"),
        tagged("b", f"{marked} Russian/a forces/n came/v ./x"),
    )
    russian = _labels(find((one, two), {}), b="The Russian forces")
    assert russian["a"] == ["The Russian forces", "The forces"]


def test_what_a_hyphen_joins_to_a_noun_belongs_to_it() -> None:
    marked = "The/d attempted/v break/n -/x in/i failed/v ./x The/d break/n -/x in/i failed/v ./x"
    analysis = tagged("a", marked)
    found = phrases.read(analysis)
    assert found
    assert [p.span.of(analysis.article.text) for p in found.phrases] == ["The attempted break-in", "The break-in"]


def test_a_price_is_no_part_of_what_stands_before_it() -> None:
    analysis = tagged("a", "It/r cost/v the/d professor/n $/n 5/# million/n ./x")
    found = phrases.read(analysis)
    assert found
    assert "the professor" in [p.span.of(analysis.article.text) for p in found.phrases]


def test_a_minister_s_name_is_not_taken_for_the_country_s() -> None:
    texts = (
        "The foreign minister of Ostria, Clara Weiss, said the border was open. Ostria has sent aid, she said.",
        "Foreign Minister Clara Weiss said Ostria had sent aid. The border of Ostria is open, she said.",
    )
    made = whosays.report([Article(f"a{k}", text, f"Outlet {k}") for k, text in enumerate(texts)])
    assert made.comparison
    labels = [{label.text for own in name.labels.values() for label in own} for name in made.comparison.names]
    assert not any("Ostria, Clara Weiss" in own for own in labels)
    assert any({"The foreign minister of Ostria, Clara Weiss", "Foreign Minister Clara Weiss"} <= own for own in labels)


def test_a_noun_whose_clause_begins_with_a_name_is_no_part_of_it() -> None:
    text = "the/d emergency/n Brandt/P declared/v was/v over/i ./x tycoon/n Arno/P Weiss/P left/v ./x"
    analysis = tagged("a", text)
    read = phrases.read(analysis)
    assert read is not None
    cores = [phrase.core.of(analysis.article.text) for phrase in read.phrases]
    assert "Brandt" in cores
    assert "tycoon Arno Weiss" in cores
