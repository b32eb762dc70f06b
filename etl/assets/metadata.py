"""What each materialisation shows in the Dagster UI: row counts, the column schema, and a preview of rows.

All of it comes from the Pandera models and the frame at hand; nothing is computed about articles here.
"""

from typing import Any

import dagster as dg
import polars as pl

from schemas import derive

_PREVIEW_ROWS, _PREVIEW_CHARS = 8, 80


def column_schema(table: str) -> dg.TableSchema:
    """Dagster's column schema of a table, from its model."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=column.duckdb_type,
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable, unique=column.unique, other=list(column.constraints)
                ),
            )
            for column in derive.columns(table)
        ]
    )


def definition_metadata(table: str) -> dict[str, Any]:
    """Metadata of an asset's definition."""
    return {"dagster/column_schema": column_schema(table), "dagster/table_name": f"main.{table}"}


def materialisation(table: str, rows: int, sample: pl.DataFrame, **more: Any) -> dict[str, Any]:
    """Metadata of one materialisation: rows written by this run, schema, preview of a few of them, and more."""
    return {
        "dagster/row_count": rows,
        "dagster/column_schema": column_schema(table),
        "preview": dg.MetadataValue.md(preview(sample)),
        **more,
    }


def preview(frame: pl.DataFrame) -> str:
    """The first rows as a Markdown table, long cells cut."""
    if frame.is_empty():
        return "no rows in this run"
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "---|" * frame.width]
    lines.extend("| " + " | ".join(map(_cell, row)) + " |" for row in frame.head(_PREVIEW_ROWS).iter_rows())
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
    text = text.replace("\n", " ").replace("|", "\\|")
    return text if len(text) <= _PREVIEW_CHARS else text[: _PREVIEW_CHARS - 1] + "…"
