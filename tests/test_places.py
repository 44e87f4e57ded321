"""Places: which words name one, and which place they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.tokens import Span as Entity
from spacy.vocab import Vocab

from whosays.language import gazetteer, places
from whosays.language.places import Place
from whosays.text.span import Span

VOCAB = Vocab()


def marked(text: str, **names: str) -> Doc:
    """A document of the text's words at blanks and before stops; ``names``: underscored words with their label."""
    words: list[str] = []
    spaces: list[bool] = []
    for part in text.split(" "):
        core = part.rstrip(",.")
        pieces = [piece for piece in (core, part[len(core) :]) if piece]
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [True]
    spaces[-1] = False
    doc = Doc(VOCAB, words=words, spaces=spaces)
    assert doc.text == text
    found: list[Entity] = []
    for name, label in names.items():
        wanted = name.split("_")
        found += [
            Entity(doc, k, k + len(wanted), label=label)
            for k in range(len(words))
            if words[k : k + len(wanted)] == wanted
        ]
    doc.set_ents(found)
    return doc


def find(text: str, **names: str) -> dict[str, Place]:
    return {place.text: place for place in places.find(marked(text, **names), text)}


def test_a_city_is_the_well_known_one() -> None:
    place = find("Shells fell on Homs overnight.", Homs="LOC")["Homs"]
    assert (place.country, place.precision, place.geonames) == ("SY", "city", 169577)
    assert (place.latitude, place.longitude) == pytest.approx((34.73, 36.72), abs=0.05)


def test_a_state_behind_a_city_tells_which_city() -> None:
    text = "The mill in Paris, Texas, will close."
    found = find(text, Paris="LOC", Texas="LOC")
    assert found["Paris"].country == "US"
    assert found["Paris"].latitude == pytest.approx(33.66, abs=0.1)
    assert found["Texas"].precision == "state"


def test_a_short_form_of_a_province_tells_which_city() -> None:
    found = find("Two men from London, Ont. were fined.", London="LOC")
    assert found["London"].country == "CA"
    assert found["Ont."].name == "Ontario"


def test_a_capital_without_context_is_the_capital() -> None:
    found = find("Talks went on in London and Paris.", London="LOC", Paris="LOC")
    assert (found["London"].country, found["Paris"].country) == ("GB", "FR")


def test_other_places_of_the_article_draw_a_name_to_them() -> None:
    text = "Crews came from Kentucky: from Frankfort, Lexington, Louisville and Hazard to Georgetown."
    names = dict.fromkeys(("Kentucky", "Frankfort", "Lexington", "Louisville", "Hazard", "Georgetown"), "LOC")
    place = find(text, **names)["Georgetown"]
    assert (place.country, round(place.latitude)) == ("US", 38)
    assert find("They flew to Georgetown in Guyana.", Georgetown="LOC", Guyana="LOC")["Georgetown"].country == "GY"


def test_a_name_has_one_sense_in_an_article() -> None:
    text = "A man from Springfield, Ohio, was found. Police in Springfield said so."
    found = places.find(marked(text, Springfield="LOC", Ohio="LOC"), text)
    spots = {(place.latitude, place.longitude) for place in found if place.text == "Springfield"}
    assert len(spots) == 1
    assert next(iter(spots))[0] == pytest.approx(39.92, abs=0.1)


def test_peoples_stand_for_their_countries() -> None:
    found = find("Syrian and South Korean envoys met the Turks.")
    assert [found[k].country for k in ("Syrian", "South Korean", "Turks")] == ["SY", "KR", "TR"]
    assert found["Syrian"].precision == "country"


@pytest.mark.parametrize(
    ("words", "country"), [("U.S.", "US"), ("UK", "GB"), ("UAE", "AE"), ("Britain", "GB"), ("Burma", "MM")]
)
def test_countries_go_by_other_names(words: str, country: str) -> None:
    assert find(f"Envoys of {words} left.", **{words: "LOC"})[words].country == country


def test_a_persons_name_is_no_place() -> None:
    assert not find("We met Jordan Smith and Paris Hilton there.", Jordan_Smith="PER", Paris_Hilton="PER")


def test_a_firms_or_papers_name_is_no_place() -> None:
    text = "Bank of America told the New York Times so."
    assert not find(text, Bank_of_America="ORG", New_York_Times="ORG")


def test_the_police_of_a_city_are_in_that_city() -> None:
    assert find("London Police said so.", London_Police="ORG")["London"].country == "GB"


def test_streets_are_not_the_cities_they_are_called_after() -> None:
    assert not find("A house on Dublin Road burned.", Dublin_Road="LOC")


def test_counties_of_a_list_are_counties() -> None:
    found = find("Storms hit Georgia in Barrow and Jackson counties.", Georgia="LOC", Barrow="LOC", Jackson="LOC")
    assert found["Barrow"].precision == "county"


def test_a_local_man_shows_that_a_name_is_a_places() -> None:
    assert find("A Fargo man was fined.", Fargo="PER")["Fargo"].country == "US"


def test_a_surname_in_the_article_is_no_place() -> None:
    text = "Tyrone Dallas left. He asked Dallas to wait."
    assert not find(text, Tyrone_Dallas="PER")


@pytest.mark.parametrize("label", ["PER", "ORG", "LOC"])
def test_a_ministers_surname_is_no_place_however_it_is_marked(label: str) -> None:
    text = "Transport Minister Emil Harrow resigned. Friends of Harrow said so."
    doc = marked(text, Transport_Minister_Emil_Harrow="PER")
    doc.set_ents([*doc.ents, Entity(doc, 8, 9, label=label)])
    assert not places.find(doc, text)


def test_a_title_shows_that_a_name_is_a_persons() -> None:
    assert not find("Mr. Harrow resigned. Friends of Harrow said so.", Harrow="LOC")


def test_a_city_that_somebody_is_called_after_is_a_place_behind_in() -> None:
    text = "Tyrone Dallas left. The fire was in Dallas."
    doc = marked(text, Tyrone_Dallas="PER")
    doc.set_ents([*doc.ents, Entity(doc, 8, 9, label="LOC")])
    assert [(place.text, place.country) for place in places.find(doc, text)] == [("Dallas", "US")]


def test_a_small_place_abroad_needs_its_country_or_a_neighbour() -> None:
    assert not find("The crossing at Talla is shut.", Talla="LOC")
    assert find("The crossing at Talla in Egypt is shut.", Talla="LOC", Egypt="LOC")["Talla"].country == "EG"
    assert find("From Talla they drove to Cairo.", Talla="LOC", Cairo="LOC")["Talla"].country == "EG"


def test_a_dateline_outside_the_prose_is_read() -> None:
    text = "PARIS (Reuters) - French police said so."
    found = places.find(marked(text), text, [Span(18, len(text))])
    assert [(place.text, place.country) for place in found] == [("PARIS", "FR"), ("French", "FR")]


def test_a_partys_letter_comes_before_a_place() -> None:
    assert find("Sen. Ann Lee, R-Fla., voted no.", Ann_Lee="PER")["Fla."].name == "Florida"


def test_the_city_is_meant_rather_than_its_province_unless_it_is_called_one() -> None:
    text = "They fled from Raqqa."
    assert find(text, Raqqa="LOC")["Raqqa"].precision == "city"
    assert find("They fled from Raqqa province.", Raqqa="LOC")["Raqqa"].precision == "state"


def test_a_name_that_many_towns_share_is_left_out() -> None:
    assert not find("Fire broke out in Springfield.", Springfield="LOC")


def test_a_university_may_lie_elsewhere_than_the_city_it_is_called_after() -> None:
    assert not find("Columbia University said so.", Columbia_University="ORG")


def test_famous_cities_are_not_their_american_namesakes() -> None:
    cities = ("Berlin", "Milan", "Athens", "Warsaw", "Cairo", "Lima")
    text = f"He has lived in {', '.join(cities)}."
    found = places.find(marked(text, **dict.fromkeys(cities, "LOC")), text)
    assert [place.country for place in found] == ["DE", "IT", "GR", "PL", "EG", "PE"]


def test_the_pronoun_us_is_no_country() -> None:
    assert not find("They told us so. Us too.")


def test_unknown_names_are_left_out() -> None:
    assert not find("The road to Qwxyzholm is shut.", Qwxyzholm="LOC")


def test_regions_have_no_country_where_several_share_them() -> None:
    place = find("Envoys toured the Middle East.", Middle_East="LOC")["Middle East"]
    assert (place.country, place.precision) == (None, "region")


def test_a_spelling_without_accents_or_with_a_stop_is_the_same_name() -> None:
    assert gazetteer.fold("Saint-Étienne") == gazetteer.fold("St. Etienne")
    assert find("Fire broke out in St. Louis.", St="LOC")["St. Louis"].country == "US"


@given(st.text(max_size=80))
def test_any_text_gives_disjoint_sorted_spans_of_it(text: str) -> None:
    check(text)


WORDS = st.sampled_from(
    "Paris|,|.|Texas|U.S.|-|Madison|County|and|counties|Syrian's|Lake|St|CA|the|of|in|New|York\n|D-Calif|'".split("|")
)


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_any_order_of_words_gives_disjoint_sorted_spans(text: str) -> None:
    check(text)


def check(text: str) -> None:
    doc = Doc(VOCAB, words=list(text), spaces=[False] * len(text))
    found = places.find(doc, text)
    assert [place.span for place in found] == sorted(place.span for place in found)
    ends = 0
    for place in found:
        assert ends <= place.span.start < place.span.end <= len(text)
        assert place.text == place.span.of(text)
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        ends = place.span.end
    assert found == places.find(doc, text, [Span(0, len(text))])
