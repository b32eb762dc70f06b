"""Building blocks shared by the models: field factories and row-wise checks. No table is defined here."""

from collections.abc import Sequence
from typing import Any

import pandera.polars as pa
import polars as pl


def only(values: Sequence[str], *, description: str, nullable: bool = False) -> Any:
    """A column with a closed list of values, which the description names."""
    listed = ", ".join(values) if len(values) <= 16 else f"one of {len(values)} values"
    return pa.Field(isin=list(values), nullable=nullable, description=f"{description} ({listed})")


def article() -> Any:
    """The article that a mention was read in."""
    return pa.Field(description="The article (`articles.article_id`).")


def mention() -> Any:
    """The identity of a mention."""
    return pa.Field(unique=True, description="Deterministic: the same article and extractor version give the same id.")


def sentence() -> Any:
    """The ordinal of the sentence."""
    return pa.Field(ge=0, description="Ordinal of the sentence in the article, from 0.")


def start(what: str, *, nullable: bool = False) -> Any:
    """A first offset, in code points."""
    return pa.Field(
        ge=0, nullable=nullable, description=f"First character of {what}: Unicode code points into `articles.text`."
    )


def end(what: str, *, nullable: bool = False) -> Any:
    """An end offset, in code points, exclusive."""
    return pa.Field(ge=1, nullable=nullable, description=f"End of {what}, exclusive.")


def rows(data: pa.PolarsData, condition: pl.Expr) -> pl.LazyFrame:
    """One boolean per row; a null condition counts as kept."""
    return data.lazyframe.select(condition.fill_null(True))


def span_matches(data: pa.PolarsData, start_column: str, end_column: str, text_column: str) -> pl.LazyFrame:
    """The span is as long as the words that it holds."""
    length = pl.col(end_column).cast(pl.Int64) - pl.col(start_column).cast(pl.Int64)
    return rows(data, length == pl.col(text_column).str.len_chars().cast(pl.Int64))


def not_before(data: pa.PolarsData, start_column: str, end_column: str) -> pl.LazyFrame:
    """A half-open interval ends after it starts; open ends pass."""
    return rows(data, pl.col(end_column) > pl.col(start_column))
