"""The only door into extraction: a batch of articles in, the four mention tables out.

Calls the rooms in their one order and gives mentions their ids. What a mention is belongs in the rooms; what a column
is, in `schemas/`; validation and writing happen outside.
"""

import datetime as dt
import hashlib
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeVar

import polars as pl
import pyarrow as pa

from etl.extraction import collection, lexicon
from etl.extraction.attribution import find_claims
from etl.extraction.clauses import Clauses
from etl.extraction.events import find_events
from etl.extraction.mentions import EventMention, QuantityMention, Span, TimeMention
from etl.extraction.names import Names
from etl.extraction.quantities import find_quantities
from etl.extraction.text import Document, compose
from etl.extraction.times import find_times
from schemas import MENTIONS, derive


@dataclass(frozen=True, slots=True)
class Mentions:
    """The four mention tables of a batch, with the columns of their Pandera models."""

    time_mentions: pl.DataFrame
    quantity_mentions: pl.DataFrame
    event_mentions: pl.DataFrame
    event_quantities: pl.DataFrame
    failed: dict[str, str]
    """The articles that could not be extracted, a fault of ours, and where it lies; they have no mentions."""

    def tables(self) -> dict[str, pl.DataFrame]:
        """Table name → frame, in dependency order."""
        return {table: getattr(self, table) for table in MENTIONS}


Row = tuple[Any, ...]


def extract_batch(articles: pl.DataFrame) -> Mentions:
    """Extract every time, figure and event.

    `articles` needs the columns `article_id` (String), `language` (BCP 47), `published_on` (Date, may be null) and
    `text` (String). The result is deterministic: the same articles give the same frames and ids, in any batch.
    An article that cannot be extracted costs the others nothing: it is named in `failed`.

    Raises `polars.exceptions.ColumnNotFoundError` if a column is missing.
    """
    rows: dict[str, list[Row]] = {table: [] for table in MENTIONS}
    failed: dict[str, str] = {}
    with collection.paused():
        for article_id, language, published_on, text in articles.select(
            "article_id", "language", "published_on", "text"
        ).iter_rows():
            try:
                extracted = _extract(article_id, language, published_on, text)
            except Exception as fault:  # whatever it is, it is this article's alone
                failed[article_id] = _where(fault)
                continue
            for table, found in zip(MENTIONS, extracted, strict=True):
                rows[table].extend(found)
    return Mentions(**{table: _frame(table, found) for table, found in rows.items()}, failed=failed)


def _where(fault: Exception) -> str:
    """What went wrong and in which line of ours, in one line."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}: {fault} ({PurePath(place.filename).name}, line {place.lineno})"


def _frame(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    schema = derive.frame_schema(table)
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [_series(name, column, dtype) for (name, dtype), column in zip(schema.items(), columns, strict=True)]
    )


def _series(name: str, values: Sequence[Any], dtype: pl.DataType) -> pl.Series:
    # Arrow takes nested Python values in one go; polars makes a series of each list, a hundred times slower.
    if isinstance(dtype, pl.List):
        return pl.Series(name, pa.array(values, pa.large_list(pa.large_string())), dtype=dtype)
    return pl.Series(name, values, dtype=dtype)


def _extract(
    article_id: str, language: str, published_on: dt.date | None, text: str
) -> tuple[Iterable[Row], Iterable[Row], Iterable[Row], Iterable[Row]]:
    code = lexicon.language_of(language)
    composed, back = compose(text)
    document = lexicon.reader(code or language).read(composed, published_on)
    clauses = Clauses(document)
    names = Names(document, clauses)
    times = find_times(document, clauses)
    claims = find_claims(document, clauses, names)
    quantities = find_quantities(document, times, clauses, claims)
    events = find_events(document, times, quantities, clauses, names, claims)
    claims.close()
    if back is not None:
        document = replace(document, text=text, sentences=[back[start] for start in document.sentences])
        times = [_moved(mention, back) for mention in times]
        quantities = [_attributed(_moved(mention, back), back) for mention in quantities]
        events = [_attributed(_moved(mention, back), back) for mention in events]
    key = _article_key(article_id, language, published_on, text)
    return (
        [_time_row(document, article_id, key, mention) for mention in times],
        [_quantity_row(document, article_id, key, mention, quantities) for mention in quantities],
        [_event_row(document, article_id, key, mention, times) for mention in events],
        [
            (_mention_id(key, "e", event), _mention_id(key, "q", quantities[position]))
            for event in events
            for position in event.quantities
        ],
    )


Mention = TypeVar("Mention", TimeMention, QuantityMention, EventMention)
Attributed = TypeVar("Attributed", QuantityMention, EventMention)


def _moved(mention: Mention, back: list[int]) -> Mention:
    """The mention with the offsets of the text as it came."""
    return mention._replace(start_char=back[mention.start_char], end_char=back[mention.end_char])


def _attributed(mention: Attributed, back: list[int]) -> Attributed:
    said = mention.attribution
    return mention if said is None else mention._replace(attribution=Span(back[said.start], back[said.end]))


def _article_key(article_id: str, language: str, published_on: dt.date | None, text: str) -> str:
    """What makes two extractions the same: the article, its text, its date and the extractor."""
    told = "\0".join((article_id, language, str(published_on), lexicon.extractor_version(), text))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _mention_id(key: str, kind: str, mention: TimeMention | QuantityMention | EventMention) -> str:
    return f"{key}-{kind}{mention.start_char}-{mention.end_char}"


def _said(document: Document, span: Span | None) -> tuple[str | None, int | None, int | None]:
    return (document.text[span.start : span.end], span.start, span.end) if span else (None, None, None)


def _time_row(document: Document, article_id: str, key: str, mention: TimeMention) -> Row:
    start, end = mention.start_char, mention.end_char
    text = document.text[start:end]
    return (_mention_id(key, "t", mention), article_id, document.sentence_at(start), start, end, text, *mention[2:])


def _quantity_row(
    document: Document, article_id: str, key: str, mention: QuantityMention, quantities: Sequence[QuantityMention]
) -> Row:
    start, end = mention.start_char, mention.end_char
    return (
        _mention_id(key, "q", mention),
        article_id,
        document.sentence_at(start),
        start,
        end,
        document.text[start:end],
        mention.value,
        mention.value_high,
        mention.bound,
        mention.unit,
        mention.object,
        mention.measure,
        mention.additional,
        None if mention.subset_of is None else _mention_id(key, "q", quantities[mention.subset_of]),
        mention.change,
        *_said(document, mention.attribution),
    )


def _event_row(
    document: Document, article_id: str, key: str, mention: EventMention, times: Sequence[TimeMention]
) -> Row:
    start, end = mention.start_char, mention.end_char
    sentence = document.sentence_at(start)
    return (
        _mention_id(key, "e", mention),
        article_id,
        sentence,
        start,
        end,
        document.text[start:end],
        mention.lemma,
        mention.event_type,
        mention.event_start,
        mention.event_end,
        mention.date_source,
        None if mention.time is None else _mention_id(key, "t", times[mention.time]),
        mention.modality,
        mention.places,
        mention.actors,
        mention.targets,
        _said(document, mention.attribution)[0],
        *document.sentence_span(sentence),
    )
