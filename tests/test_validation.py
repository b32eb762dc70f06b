"""Rows that fail their checks leave with their reasons, and only rows: a frame of the wrong shape is our own fault."""

from typing import Any

import polars as pl
import pytest

from etl.extraction import extract_batch
from etl.validation import StructuralFault, validate, without_orphans
from schemas import derive

TEXT = "Au moins 12 morts mardi."
QUANTITY: dict[str, Any] = {
    "mention_id": "q1",
    "article_id": "a",
    "sentence": 0,
    "start_char": 9,
    "end_char": 11,
    "text": "12",
    "value": 12.0,
    "value_high": None,
    "bound": "at_least",
    "unit": "count",
    "object": "morts",
    "measure": "killed",
    "additional": False,
    "subset_of": None,
    "change": None,
    "attribution": None,
    "attribution_start": None,
    "attribution_end": None,
}
TIME: dict[str, Any] = {
    "mention_id": "t1",
    "article_id": "a",
    "sentence": 0,
    "start_char": 18,
    "end_char": 23,
    "text": "mardi",
    "timex_type": "DATE",
    "timex_value": "2026-03-03",
    "timex_mod": None,
    "interval_start": None,
    "interval_end": None,
    "granularity": "day",
    "anchor": "publication",
    "direction": "past",
    "direction_from": "default",
    "approximate": False,
    "rule": "weekday",
}


def frame(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(derive.frame_schema(table)))


def test_sound_rows_pass_untouched() -> None:
    rows = frame("quantity_mentions", QUANTITY)
    verdict = validate("quantity_mentions", rows, {"a": TEXT})
    assert verdict.kept.equals(rows)
    assert verdict.rejected.is_empty()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "13"}, "stand in the article"),
        ({"start_char": 900, "end_char": 902}, "stand in the article"),
        ({"end_char": 10}, "fills its span"),
        ({"bound": "roughly"}, "bound"),
        ({"unit": ""}, "unit"),
        ({"measure": "astonished"}, "measure"),
        ({"bound": "between"}, "range"),
        ({"bound": "between", "value_high": 3.0}, "range"),
        ({"value_high": 20.0}, "range"),
        ({"value": float("nan")}, "finite"),
        ({"attribution": "police", "attribution_start": 0, "attribution_end": 6}, "stand in the article"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_reason(change: dict[str, Any], reason: str) -> None:
    rows = frame("quantity_mentions", QUANTITY, QUANTITY | {"mention_id": "q2"} | change)
    verdict = validate("quantity_mentions", rows, {"a": TEXT})
    assert verdict.kept["mention_id"].to_list() == ["q1"]
    assert verdict.rejected["mention_id"].to_list() == ["q2"]
    assert any(reason in told for told in verdict.rejected["reasons"][0]), verdict.rejected["reasons"].to_list()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"timex_value": "2026-02-3x"}, "timex_value"),
        ({"timex_type": "EPOCH"}, "timex_type"),
        ({"rule": ""}, "rule"),
        ({"anchor": None}, "anchor"),
    ],
)
def test_a_wrong_time_is_refused_with_its_reason(change: dict[str, Any], reason: str) -> None:
    verdict = validate("time_mentions", frame("time_mentions", TIME | change), {"a": TEXT})
    assert verdict.kept.is_empty()
    assert any(reason in told for told in verdict.rejected["reasons"][0])


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    row = frame("time_mentions", TIME).with_columns(
        interval_start=pl.lit("2026-03-04").str.to_datetime(time_unit="us"),
        interval_end=pl.lit("2026-03-03").str.to_datetime(time_unit="us"),
    )
    assert validate("time_mentions", row, {"a": TEXT}).rejected.height == 1


def test_an_id_used_twice_is_refused() -> None:
    verdict = validate("quantity_mentions", frame("quantity_mentions", QUANTITY, QUANTITY), {"a": TEXT})
    assert verdict.kept.is_empty()
    assert verdict.rejected.height == 2


def test_a_frame_of_the_wrong_shape_is_a_fault_of_the_program() -> None:
    with pytest.raises(StructuralFault):
        validate("time_mentions", frame("time_mentions", TIME).drop("rule"), {"a": TEXT})
    with pytest.raises(StructuralFault):
        validate("time_mentions", frame("time_mentions", TIME).with_columns(sentence=pl.lit("0")), {"a": TEXT})


def test_rows_that_refer_to_a_refused_mention_go_with_it() -> None:
    links = frame(
        "event_quantities",
        {"event_mention_id": "e1", "quantity_mention_id": "q1"},
        {"event_mention_id": "e1", "quantity_mention_id": "gone"},
    )
    verdict = without_orphans(links, [("quantity_mention_id", frame("quantity_mentions", QUANTITY))])
    assert verdict.kept["quantity_mention_id"].to_list() == ["q1"]
    assert verdict.rejected["quantity_mention_id"].to_list() == ["gone"]


def test_what_extraction_gives_is_valid() -> None:
    articles = pl.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "language": ["fr", "en", "und"],
            "published_on": [None, None, None],
            "text": [TEXT, "At least 12 people were killed on Tuesday, police said.", "12.03.2026 xyz"],
        },
        schema_overrides={"published_on": pl.Date},
    )
    texts = dict(articles.select("article_id", "text").iter_rows())
    for table, rows in extract_batch(articles).tables().items():
        assert validate(table, rows, texts).rejected.is_empty(), table
