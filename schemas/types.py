"""Column types that need parameters, under names that mypy accepts. Checks and vocabularies do not belong here."""

from typing import Annotated, TypeAlias

import polars as pl

Instant: TypeAlias = Annotated[pl.Datetime, "us", "UTC"]
"""A point in time, stored in UTC (DuckDB TIMESTAMPTZ)."""

LocalTime: TypeAlias = Annotated[pl.Datetime, "us", None]
"""Wall-clock time where the article was published (DuckDB TIMESTAMP)."""

Words: TypeAlias = Annotated[pl.List, pl.String]
"""Several expressions, as written (DuckDB VARCHAR[])."""
