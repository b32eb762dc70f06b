"""Every example of every language's `examples/events.toml`: what must be told of a sentence, and what must not."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extraction import lexicon
from etl.extraction.attribution import find_claims
from etl.extraction.clauses import Clauses
from etl.extraction.events import find_events
from etl.extraction.mentions import Claims, EventMention
from etl.extraction.names import Names
from etl.extraction.quantities import find_quantities
from etl.extraction.times import find_times

PUBLISHED = dt.date(2024, 11, 18)
LANGUAGES = [code for code in lexicon.languages() if lexicon.data(code, "examples/events")]


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}: {example['in']} [{example.get('text', '')}]")
        for code in LANGUAGES
        for example in lexicon.data(code, "examples/events")[kind]
    ]


def events(code: str, text: str) -> list[EventMention]:
    """What the text tells, read as an article of its own."""
    document = lexicon.reader(code).read(text, PUBLISHED)
    clauses = Clauses(document)
    names = Names(document, clauses)
    times = find_times(document, clauses)
    claims = find_claims(document, clauses, names)
    quantities = find_quantities(document, times, clauses, claims)
    return find_events(document, times, quantities, clauses, names, claims)


def _told(text: str, event: EventMention, wanted: dict[str, Any]) -> dict[str, Any]:
    """The event as the example writes it, with the keys that the example has."""
    start = event.event_start.date() if event.event_start else "none"
    told = {
        "text": text[event.start_char : event.end_char],
        "type": event.event_type,
        "modality": event.modality,
        "start": start,
        "places": list(event.places),
    }
    return {key: told[key] for key in wanted}


@pytest.mark.parametrize(("code", "example"), _examples("yes"))
def test_event_is_told_as_the_example_says(code: str, example: dict[str, Any]) -> None:
    text = example["in"]
    wanted = {key: value for key, value in example.items() if key != "in"}
    assert wanted in [_told(text, event, wanted) for event in events(code, text)]


@pytest.mark.parametrize(("code", "example"), _examples("no"))
def test_sentence_tells_no_event(code: str, example: dict[str, Any]) -> None:
    text = example["in"]
    assert [text[event.start_char : event.end_char] for event in events(code, text)] == []


def test_a_figure_belongs_to_the_event_whose_clause_governs_it() -> None:
    text = "Le séisme a tué 40 personnes lundi, et 12 maisons ont été détruites par un incendie."
    found = {text[e.start_char : e.end_char]: e.quantities for e in events("fr", text)}
    assert found["tué"] == (0,)
    assert found["détruites"] == (1,)


def test_a_toll_of_dead_and_injured_gives_each_its_figure() -> None:
    text = "La collision des cars a fait 6 morts et 41 blessés lundi près de Melun."
    told = {text[e.start_char : e.end_char]: (e.quantities, e.targets) for e in events("fr", text)}
    assert told["morts"] == ((0,), ())
    assert told["blessés"] == ((1,), ())


@pytest.mark.parametrize(
    ("text", "trigger", "figures"),
    [
        ("Six personnes, dont deux enfants, ont été tuées par un obus.", "tuées", 2),
        ("Un homme est mort à Lyon, et 12 voitures et 30 motos ont été détruites.", "détruites", 2),
    ],
)
def test_a_subject_of_several_figures_brings_them_all(text: str, trigger: str, figures: int) -> None:
    found = {text[e.start_char : e.end_char]: len(e.quantities) for e in events("fr", text)}
    assert found[trigger] == figures


def test_an_idiom_is_told_once_by_the_noun_that_names_it() -> None:
    text = "Les postiers se sont mis en grève lundi."
    assert [text[e.start_char : e.end_char] for e in events("fr", text)] == ["grève"]


def test_a_date_says_how_it_is_known() -> None:
    text = "Un car s'est renversé mardi près de Pau. Six passagers ont été blessés. Le maire démissionnera."
    known = {text[e.start_char : e.end_char]: e.date_source for e in events("fr", text)}
    assert known == {"renversé": "text", "blessés": "context", "démissionnera": None}


def test_without_a_publication_date_nothing_is_dated_by_guess() -> None:
    document = lexicon.reader("en").read("Two trains collided near York. A driver was killed.", None)
    clauses = Clauses(document)
    found = find_events(document, find_times(document, clauses), [], clauses, Names(document, clauses), Claims())
    assert found
    assert all(event.event_start is None and event.date_source is None for event in found)


TEXT = (
    "lundi attaque a été tué pris en otage la grève , . « » 12 Paris "
    "the attack killed on Monday strike deal by will not of 2019 U.S. é"
)
WORDS = st.sampled_from([*TEXT.split(), "\n"])


@pytest.mark.parametrize("code", ["fr", "en"])
@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS, max_size=50))
def test_triggers_stand_in_the_text_in_order_and_once(code: str, words: list[str]) -> None:
    text = " ".join(words)
    spans = [(event.start_char, event.end_char) for event in events(code, text)]
    assert spans == sorted(set(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("Un incendie a tué deux gardiens samedi à Brest.", dt.datetime(2024, 11, 16)),
        ("La ville garde le souvenir d'un incendie survenu le 3 mars.", None),
    ],
)
def test_a_title_has_the_day_that_its_lead_gives_to_the_like(lead: str, day: dt.datetime | None) -> None:
    title = events("fr", f"Brest : un incendie tue deux gardiens\n\n{lead}")[0]
    assert (title.event_start, title.date_source) == (day, "context" if day else None)
