"""The models are the contract: every column is described, and all that is derived from them agrees with them."""

import re

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.assets.metadata import column_schema
from schemas import MODELS, derive, vocabulary

ALL = (*MODELS, *derive.STORE_ONLY)


@pytest.mark.parametrize("table", ALL)
def test_every_column_says_what_it_means(table: str) -> None:
    assert derive.summary(table)
    assert all(len(column.description) > 8 for column in derive.columns(table))


@pytest.mark.parametrize("table", ALL)
def test_ddl_makes_a_table_that_takes_and_gives_back_the_models_types(table: str) -> None:
    empty = pl.DataFrame(schema=dict(derive.frame_schema(table)))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(derive.ddl(table))
        connection.register("incoming", empty)
        connection.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        assert dict(connection.sql(f"FROM {table}").pl().schema) == dict(derive.frame_schema(table))
        for comment in derive.comments(table):
            connection.execute(comment)


def test_the_data_dictionary_has_every_published_column() -> None:
    told = derive.data_dictionary()
    for table in MODELS:
        section = told.split(f"## {table}\n", 1)[1].split("\n## ", 1)[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == [column.name for column in derive.columns(table)]


@pytest.mark.parametrize("table", MODELS)
def test_dagster_shows_the_same_columns(table: str) -> None:
    shown = column_schema(table).columns
    assert [(c.name, c.type, c.description) for c in shown] == [
        (c.name, c.duckdb_type, c.description) for c in derive.columns(table)
    ]


# fmt: off
RIGHT = (
    "2024-11-17", "2024-10", "2024", "2024-W46", "2024-Q3", "2024-H1", "2024-SU", "199", "19",
    "2024-11-17TEV", "2024-11-17T18:30", "P3Y", "P2D", "PT48H", "PXM", "PXD", "P1M15D", "PRESENT_REF",
    "FUTURE_REF", "2025-W42-WE", "XXXX-WXX-7", "XXXX-11-13", "XXXX-03", "TEV", "T18:30", "2024-W46-3",
    "BC0044", "2024-11-17T06:46:40.5Z", "XXXX-XX-XXT09:00", "P1Y2M3DT4H", "PXW", "XXXX-FA",
)
# fmt: on


@pytest.mark.parametrize("value", RIGHT)
def test_timex3_values_that_are_right(value: str) -> None:
    assert re.match(vocabulary.TIMEX_VALUE, value)


# fmt: off
WRONG = (
    "2024-13", "2024-11-32", "24-11-17", "2024-W60", "2024-Q5", "2024-11-17T25:00", "P", "P3", "3Y", "PT",
    "dimanche", "2024-11-17TEVX", "2024/11/17",
)
# fmt: on


@pytest.mark.parametrize("value", WRONG)
def test_timex3_values_that_are_wrong(value: str) -> None:
    assert not re.match(vocabulary.TIMEX_VALUE, value)


@given(st.dates())
def test_every_day_is_a_timex3_value(day: object) -> None:
    assert re.match(vocabulary.TIMEX_VALUE, str(day))


@pytest.mark.parametrize("unit", ["count", "%", "[pp]", "EUR", "km", "km/h", "Cel", "kW.h", "m2", "ug/m3", "a"])
def test_units_that_are_known_forms(unit: str) -> None:
    assert re.match(vocabulary.UNIT, unit)


@pytest.mark.parametrize("unit", ["", " ", "kilo gram", "€", "km\n", "°C", "m²"])
def test_units_that_are_none(unit: str) -> None:
    assert not re.fullmatch(vocabulary.UNIT, unit)
