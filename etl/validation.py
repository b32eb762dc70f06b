"""Validation before writing: every table passes its Pandera model; rows that fail leave with their reasons.

A structural fault (a missing column, a wrong type) is a bug of ours and raises; it never passes for bad data. What the
checks are belongs in `schemas/`; where rejected rows go, in `etl.warehouse`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas import derive
from schemas.evidence import SPANS, Evidence


class StructuralFault(Exception):
    """The frame does not have the table's columns or types: a fault of the program, not of a row."""


class Verdict(NamedTuple):
    """`kept` has the table's columns; `rejected` the refused rows as they came, with `reasons` (List[String])."""

    kept: pl.DataFrame
    rejected: pl.DataFrame


Reasons = dict[int, list[str]]
"""Row number → why it is refused."""


def failures(model: type[pa.DataFrameModel], frame: pl.DataFrame, table: str) -> Reasons:
    """Validate a frame. Raises StructuralFault where a failure has no row."""
    try:
        model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        reasons: Reasons = {}
        for failure in errors.failure_cases.iter_rows(named=True):
            if failure["index"] is None:
                raise StructuralFault(f"{table}: {failure['column']}: {failure['check']}") from errors
            reasons.setdefault(failure["index"], []).append(_reason(failure))
        return reasons
    return {}


def _reason(failure: dict[str, object]) -> str:
    check, column = str(failure["check"]), failure["column"]
    if failure["schema_context"] == "Column":
        return f"{column}: {failure['failure_case']!s:.80} fails {check:.200}"
    return check


def validate(table: str, frame: pl.DataFrame, texts: dict[str, str] | None = None) -> Verdict:
    """Split a frame into rows that pass the table's model and rows that don't.

    `texts` (article_id → text) is needed for mention tables: their words must stand in the text at their offsets.
    Raises StructuralFault if the frame does not have the table's shape.
    """
    reasons = failures(derive.model(table), frame, table)
    for said, start, end in SPANS.get(table, ()):
        if texts is None:
            raise ValueError(f"{table} is validated against the articles' texts")
        evidence = _evidence(frame, texts, said, start, end)
        for place, found in failures(Evidence, evidence.drop("row"), table).items():
            reasons.setdefault(evidence["row"][place], []).extend(f"{said}: {reason}" for reason in found)
    if not reasons:
        return Verdict(frame, frame.clear().with_columns(reasons=pl.Series([], dtype=pl.List(pl.String))))
    refused = sorted(reasons)
    mask = pl.Series([row in reasons for row in range(frame.height)])
    rejected = frame[refused].with_columns(
        reasons=pl.Series([reasons[row] for row in refused], dtype=pl.List(pl.String))
    )
    return Verdict(frame.filter(~mask), rejected)


def _evidence(frame: pl.DataFrame, texts: dict[str, str], said: str, start: str, end: str) -> pl.DataFrame:
    """The mentions that name words, beside what the article holds there."""

    def words_at(article: str, first: int | None, last: int | None) -> str | None:
        text = texts.get(article, "")
        inside = first is not None and last is not None and 0 <= first <= last <= len(text)
        return text[first:last] if inside else None

    rows = frame.with_row_index("row").filter(pl.col(said).is_not_null())
    found = [words_at(*row) for row in rows.select("article_id", start, end).iter_rows()]
    return rows.select("row", said=pl.col(said)).with_columns(found=pl.Series(found, dtype=pl.String))


def without_orphans(frame: pl.DataFrame, references: Sequence[tuple[str, pl.DataFrame]]) -> Verdict:
    """Split rows by whether each reference column holds a `mention_id` of its frame (null refers to nothing)."""
    sound = pl.repeat(True, pl.len())
    for column, known in references:
        sound = sound & (pl.col(column).is_null() | pl.col(column).is_in(known["mention_id"].implode()))
    names = ", ".join(column for column, _ in references)
    reason = pl.lit([f"{names}: refers to a mention that was refused"], dtype=pl.List(pl.String))
    return Verdict(frame.filter(sound), frame.filter(~sound).with_columns(reasons=reason))
