"""Every example of every language's `examples/quantities.toml`: what must be read from a phrase, and what must not."""

from typing import Any

import pytest

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claims, QuantityMention
from etl.extraction.quantities import find_quantities
from etl.extraction.times import find_times

LANGUAGES = [code for code in lexicon.languages() if lexicon.data(code, "examples/quantities")]


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}: {example['in']} [{example.get('text', '')}]")
        for code in LANGUAGES
        for example in lexicon.data(code, "examples/quantities")[kind]
    ]


def _quantities(code: str, text: str) -> list[QuantityMention]:
    document = lexicon.reader(code).read(text)
    clauses = Clauses(document)
    return find_quantities(document, find_times(document, clauses), clauses, Claims())


def _told(text: str, mentions: list[QuantityMention], position: int) -> dict[str, Any]:
    """A figure as an example writes it; what is usual (an exact count of nothing in particular) is left out."""
    mention = mentions[position]
    whole = None if mention.subset_of is None else mentions[mention.subset_of]
    told = {
        "text": text[mention.start_char : mention.end_char],
        "value": mention.value,
        "high": mention.value_high,
        "bound": mention.bound,
        "unit": mention.unit,
        "object": mention.object,
        "measure": mention.measure,
        "additional": mention.additional or None,
        "part_of": whole and text[whole.start_char : whole.end_char],
        "change": mention.change,
    }
    return {key: value for key, value in told.items() if value is not None}


@pytest.mark.parametrize(("code", "example"), _examples("yes"))
def test_figure_is_read_as_the_example_says(code: str, example: dict[str, Any]) -> None:
    text = example["in"]
    mentions = _quantities(code, text)
    expected = {"bound": "exact", "unit": "count"} | {key: value for key, value in example.items() if key != "in"}
    assert expected in [_told(text, mentions, position) for position in range(len(mentions))]


@pytest.mark.parametrize(("code", "example"), _examples("no"))
def test_phrase_holds_no_figure(code: str, example: dict[str, Any]) -> None:
    text = example["in"]
    assert [text[m.start_char : m.end_char] for m in _quantities(code, text)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_there_are_enough_examples(code: str) -> None:
    examples = lexicon.data(code, "examples/quantities")
    assert len(examples["yes"]) >= 250
    assert len(examples["no"]) >= 80
