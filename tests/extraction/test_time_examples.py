"""Every example of every language's `examples/times.toml`: what must be read from a phrase, and what must not be."""

import datetime as dt
from typing import Any

import pytest

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import TimeMention
from etl.extraction.times import find_times

LANGUAGES = [code for code in lexicon.languages() if lexicon.data(code, "examples/times")]


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}: {example['in']} [{example.get('text', '')}]")
        for code in LANGUAGES
        for example in lexicon.data(code, "examples/times")[kind]
    ]


def _times(code: str, text: str, published: dt.date | None) -> list[TimeMention]:
    document = lexicon.reader(code).read(text, published)
    return find_times(document, Clauses(document))


def _days(mention: TimeMention) -> tuple[dt.date, dt.date] | tuple[None, None]:
    """The days that the interval covers; an end inside a day covers that day."""
    start, end = mention.interval_start, mention.interval_end
    if start is None or end is None:
        return None, None
    return start.date(), (end - dt.timedelta(microseconds=1)).date() + dt.timedelta(days=1)


@pytest.mark.parametrize(("code", "example"), _examples("yes"))
def test_expression_is_read_as_the_example_says(code: str, example: dict[str, Any]) -> None:
    text = example["in"]
    mentions = _times(code, text, example.get("on"))
    told = [(text[m.start_char : m.end_char], m.timex_type, m.timex_value) for m in mentions]
    expected = (example["text"], example["type"], example["value"])
    assert expected in told
    mention = mentions[told.index(expected)]
    if "start" in example:
        assert _days(mention) == (example["start"], example["end"])
    elif mention.timex_type != "DURATION":
        assert _days(mention) == (None, None)


@pytest.mark.parametrize(("code", "example"), _examples("no"))
def test_phrase_that_tells_no_time_gives_none(code: str, example: dict[str, Any]) -> None:
    text = example["in"]
    assert [text[m.start_char : m.end_char] for m in _times(code, text, example.get("on", dt.date(2024, 11, 18)))] == []


@pytest.mark.parametrize(("code", "least_yes", "least_no"), [("fr", 300, 80), ("en", 300, 80), ("es", 60, 20)])
def test_each_language_documents_its_behaviour_widely(code: str, least_yes: int, least_no: int) -> None:
    examples = lexicon.data(code, "examples/times")
    assert len(examples["yes"]) >= least_yes
    assert len(examples["no"]) >= least_no
