"""What holds for the figures of any text: evidence, order, units, bounds, and claimants."""

import datetime as dt
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extraction import extract_batch, lexicon
from etl.extraction.attribution import find_claims
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claims, QuantityMention
from etl.extraction.names import Names
from etl.extraction.quantities import find_quantities
from etl.extraction.times import find_times
from schemas import MODELS

MEGABYTE = 1_000_000
WORDS = (
    "mille millions de d' entre et à environ plus moins dont autres euros morts personnes une dizaine pas il atteint"
)
MARKS = ["1 000", "12,5", "deux", "cent", "%", "€", "$", "-", "(", ")", ".", ",", "\n", "2015", "°C", "km/h", "tiers"]
OTHERS = ["contre", "sur", "neuf", "d’entre", "eux", "Boeing", "rue", "h"]
PIECES = [*WORDS.split(), *MARKS, *OTHERS]


def _quantities(code: str, text: str) -> list[QuantityMention]:
    document = lexicon.reader(code).read(text)
    clauses = Clauses(document)
    return find_quantities(
        document, find_times(document, clauses), clauses, find_claims(document, clauses, Names(document, clauses))
    )


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_of_figure_words_gives_valid_rows(pieces: list[str]) -> None:
    text = " ".join(pieces)
    articles = pl.DataFrame(
        {"article_id": ["a"], "language": ["fr"], "published_on": [dt.date(2024, 5, 6)], "text": [text]}
    )
    found = extract_batch(articles).quantity_mentions
    MODELS["quantity_mentions"].validate(found, lazy=True)
    for start, end, evidence in found.select("start_char", "end_char", "text").iter_rows():
        assert text[start:end] == evidence


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=150)
def test_any_text_gives_figures_in_order_that_do_not_overlap(text: str) -> None:
    for code in ("fr", "en"):
        found = _quantities(code, text)
        assert all(0 <= m.start_char < m.end_char <= len(text) for m in found)
        assert all(a.end_char <= b.start_char for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    ["1", "1 000 ", "de 1 à ", "1.", "9,", "1-2-", "million ", "deux et ", "entre 1 et 2 ", "5 % ", "vingt-", "$1 "],
)
def test_a_megabyte_of_digits_and_separators_ends_with_sane_rows(piece: str) -> None:
    text = piece * (MEGABYTE // 4 // len(piece))
    for code in ("fr", "en"):
        document = lexicon.reader(code).read(text)
        found = find_quantities(document, [], Clauses(document), Claims())
        assert all(m.value < 1e16 for m in found)
        assert all(m.value_high is None or m.value < m.value_high for m in found)


def test_a_megabyte_run_of_digits_is_no_figure() -> None:
    assert _quantities("fr", "7" * MEGABYTE) == []


def test_a_number_inside_a_time_is_no_figure() -> None:
    assert _quantities("fr", "Le 3 mai 2021, pendant 48 heures, la ville a tenu.") == []


def test_a_figure_has_the_claimant_of_what_it_stands_in() -> None:
    text = "Le syndicat a compté 900 marcheurs. Ils étaient 300, selon la police. La rue en contient 600."
    said = {m.value: m.attribution and text[slice(*m.attribution)] for m in _quantities("fr", text)}
    assert said == {900: "syndicat", 300: "police", 600: None}


def test_a_part_points_to_the_figure_that_includes_it() -> None:
    text = "Dix marins ont été secourus, dont quatre mousses et deux cuisiniers."
    found = _quantities("fr", text)
    assert [m.subset_of for m in found] == [None, 0, 0]


def test_no_break_spaces_and_curly_apostrophes_change_nothing() -> None:
    plain = "Près d'un millier de gens et 12 000 euros d'amende."
    typeset = "Près d’un millier de gens et 12\u202f000 euros d’amende."
    assert _quantities("fr", plain) == _quantities("fr", typeset)


def test_a_language_without_words_for_figures_gives_none() -> None:
    assert _quantities("xx", "Abcd 1200 efgh $5 ijkl 30%.") == []
