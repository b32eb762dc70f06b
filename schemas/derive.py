"""Everything that is derived from the models: frames' types, DuckDB DDL, and the data dictionary.

Dagster's column schema is made from `columns` in `etl.assets.metadata`. No column is named here.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandera.polars as pa
import polars as pl

from schemas import MODELS
from schemas.operations import Extractions, Ingestions

STORE_ONLY: Mapping[str, type[pa.DataFrameModel]] = {"ingestions": Ingestions, "extractions": Extractions}
"""Bookkeeping tables of the working store; they are not published."""


class Column(NamedTuple):
    """What a table's users need to know of a column. `constraints` are in words."""

    name: str
    dtype: pl.DataType
    duckdb_type: str
    nullable: bool
    unique: bool
    description: str
    constraints: tuple[str, ...]


_DUCKDB_TYPES: tuple[tuple[pl.DataType, str], ...] = (
    (pl.String(), "VARCHAR"),
    (pl.Int64(), "BIGINT"),
    (pl.Float64(), "DOUBLE"),
    (pl.Boolean(), "BOOLEAN"),
    (pl.Date(), "DATE"),
    (pl.Datetime("us"), "TIMESTAMP"),
    (pl.Datetime("us", "UTC"), "TIMESTAMPTZ"),
    (pl.List(pl.String), "VARCHAR[]"),
)


def _duckdb_type(dtype: pl.DataType) -> str:
    for known, name in _DUCKDB_TYPES:
        if dtype == known:
            return name
    raise TypeError(f"no DuckDB type is known for {dtype}; add it to schemas.derive")


def model(table: str) -> type[pa.DataFrameModel]:
    """The model of a table, published or not. Raises KeyError for an unknown one."""
    return MODELS[table] if table in MODELS else STORE_ONLY[table]


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order. Raises KeyError for an unknown table."""
    return tuple(
        Column(
            name=name,
            dtype=column.dtype.type,
            duckdb_type=_duckdb_type(column.dtype.type),
            nullable=column.nullable,
            unique=column.unique,
            description=column.description or "",
            constraints=tuple(_in_words(str(check.error or check.name)) for check in column.checks),
        )
        for name, column in model(table).to_schema().columns.items()
    )


def _in_words(check: str) -> str:
    """A check as a reader can take it in: long lists and grammars are cut."""
    return check if len(check) <= 120 else check[:117] + "…"


@cache
def frame_schema(table: str) -> Mapping[str, pl.DataType]:
    """Column name → polars type."""
    return {column.name: column.dtype for column in columns(table)}


def summary(table: str) -> str:
    """The first line of the model's docstring."""
    return (model(table).__doc__ or "").strip().splitlines()[0]


def ddl(table: str, *, schema: str | None = None) -> str:
    """`CREATE TABLE IF NOT EXISTS` for a table, NOT NULL where the model wants a value."""
    name = f"{schema}.{table}" if schema else table
    parts = [f'"{c.name}" {c.duckdb_type}{"" if c.nullable else " NOT NULL"}' for c in columns(table)]
    return f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(parts)})"


def comments(table: str) -> tuple[str, ...]:
    """`COMMENT ON` statements that carry the descriptions into the database."""

    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    return (
        f"COMMENT ON TABLE {table} IS {quoted(summary(table))}",
        *(f'COMMENT ON COLUMN {table}."{c.name}" IS {quoted(c.description)}' for c in columns(table)),
    )


def data_dictionary() -> str:
    """The published tables in Markdown: each column with its type, whether it may be null, and what it means."""
    parts = ["# Data dictionary\n"]
    for table in MODELS:
        parts.append(f"## {table}\n\n{summary(table)}\n\n| column | type | null | meaning |\n|---|---|---|---|")
        for c in columns(table):
            meaning = c.description.replace("|", "&#124;")
            parts.append(f"| `{c.name}` | {c.duckdb_type} | {'yes' if c.nullable else 'no'} | {meaning} |")
        parts.append("")
    return "\n".join(parts)
