"""Guesses how many articles sources hold, for a progress bar. Reading them does not belong here."""

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

from etl.sources.kinds import Kind, UnknownKind, kind_of
from etl.sources.opening import Item
from etl.sources.walk import Page, files, locate

_MANY = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".gz")
_USUAL_BYTES = 4_000
"""A record of a news article, where nothing better is known."""


def count_inputs(sources: Iterable[str | Path]) -> int:
    """About how many articles the sources hold: exact for files of one article, extrapolated from the first lines else.

    Raises:
        SourceNotFound: a source does not exist.
    """
    seen: set[tuple[int, int]] = set()
    total = 0
    for source in locate(sources):
        if isinstance(source, Page):
            total += 1
        else:
            total += sum(_articles(item) for item in files(source, seen) if isinstance(item, Item))
    return total


def _articles(item: Item) -> int:
    if item.path is None or item.path.suffix.lower() not in _MANY:
        return 1
    try:
        size, head = item.path.stat().st_size, item.head()
        kind = kind_of(item.suffix, head)
        if kind is Kind.PARQUET:
            import pyarrow.parquet as pq

            return int(pq.read_metadata(item.path).num_rows)
        if kind not in (Kind.JSON, Kind.JSONL, Kind.CSV):
            return 1
        if kind is Kind.JSON:
            return max(1, size // _USUAL_BYTES) if head.lstrip()[:1] == b"[" else 1
        packed = 4 if item.path.suffix.lower() == ".gz" else 1
        return max(1, head.count(b"\n") if len(head) >= size else round(head.count(b"\n") * packed * size / len(head)))
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile, UnknownKind, ValueError):
        return 1  # whatever is wrong with it, it will be one rejection
