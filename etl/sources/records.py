"""Reads articles from files of records: JSON, JSON Lines, CSV, Parquet. A record's fields belong in `fields`.

All but a single JSON document are read as a stream, one record at a time.
"""

import csv
import json
from collections.abc import Iterator
from functools import partial

from etl.sources.draft import Draft, refuse
from etl.sources.encoding import HEAD_BYTES, NotText, code_page, decode, utf16
from etl.sources.fields import column_of, read_fields
from etl.sources.kinds import delimiter_of
from etl.sources.opening import Item, Line, lines
from etl.sources.record import Rejection

MAX_JSON_BYTES = 256_000_000
"""The largest JSON document that is loaded whole; JSON Lines have no limit."""
BATCH_ROWS = 256
"""Rows of a Parquet file in memory at once."""
_LISTS = ("articles", "items", "records", "results", "data")
"""Where a JSON document may hold its list of articles (NewsAPI, JSON Feed, usual exports)."""


def line_limit(max_chars: int) -> int:
    r"""Longest line, in bytes, that may hold an acceptable record: each code point escaped as `\uXXXX`, and fields."""
    return 6 * max_chars + HEAD_BYTES


def _draft(item: Item, record: object, line: int | None, *, alone: bool = False) -> Draft | Rejection:
    origin = item.origin if line is None else f"{item.origin}#{line}"
    if not isinstance(record, dict):
        reason = f"A record must be an object with a text, not a {type(record).__name__}."
        return refuse(item, reason, line=line, content=record)
    fields = read_fields(record)
    return Draft(origin, item.name, fields.text, (("metadata", fields),), line=line, alone=alone)


def read_jsonl(item: Item, max_chars: int) -> Iterator[Draft | Rejection]:
    """One article a line."""
    limit = line_limit(max_chars)
    with item.open() as stream:
        codec = code_page(stream.read(HEAD_BYTES))
        stream.seek(0)
        found = False
        for line in lines(stream, limit):
            if line.data.isspace():
                continue
            found = True
            yield _json_line(item, line, limit, codec)
    if not found:
        yield refuse(item, "The file is empty; delete it or fetch it again.")


def _json_line(item: Item, line: Line, limit: int, codec: str | None) -> Draft | Rejection:
    if not line.whole:
        reason = f"The line is longer than {limit:,} bytes, more than any acceptable article; split it."
        return refuse(item, reason, line=line.number, content=line.data[:4096])
    try:
        text, fault = decode(line.data, codec)
        record = json.loads(text.rstrip())
    except (ValueError, RecursionError) as error:
        return refuse(item, _not_json(error, line.number), line=line.number, content=line.data[:4096])
    if fault is not None:
        return refuse(item, f"The line {fault}.", line=line.number, content=text)
    return _draft(item, record, line.number)


def _not_json(error: Exception, line: int | None) -> str:
    """Why something is not JSON, and where."""
    if isinstance(error, NotText):
        return f"The content {error}."
    if isinstance(error, RecursionError):
        return "The JSON is nested too deeply to be a record of an article."
    if isinstance(error, json.JSONDecodeError):
        at = f"line {line or error.lineno}, column {error.colno}"
        return f"This is no whole JSON value: {error.msg} ({at}). It may have been cut short; export it again."
    return f"This is no JSON that can be read ({error})."


def read_json(item: Item) -> Iterator[Draft | Rejection]:
    """One object, a list of them, an object that holds such a list, or several values one after the other."""
    with item.open() as stream:
        data = stream.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        reason = f"The JSON document is larger than {MAX_JSON_BYTES:,} bytes; convert it to JSON Lines (.jsonl)."
        yield refuse(item, reason, content=data[:4096])
        return
    try:
        text, fault = decode(data)
    except NotText as error:
        yield refuse(item, _not_json(error, None), content=data[:4096])
        return
    if fault is not None:
        yield refuse(item, f"The file {fault}.", content=text)
        return
    if not text.strip():
        yield refuse(item, "The file is empty; delete it or fetch the article again.")
        return
    yield from _json_values(item, text)


def _json_values(item: Item, text: str) -> Iterator[Draft | Rejection]:
    """The records of all the values in the text; what follows a value that cannot be read is refused as one."""
    decoder = json.JSONDecoder()
    start, alone = _after_space(text, 0), True
    while start < len(text):
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            yield refuse(item, _not_json(error, None), line=text.count("\n", 0, start) + 1, content=text[start:])
            return
        rest = _after_space(text, end)
        records = _listed(value)
        if records is None:
            yield _draft(item, value, None, alone=alone and rest == len(text))
        elif not records:
            yield refuse(item, "The list of articles is empty; delete the file or export it again.", content=text[:500])
        else:
            for record in records:
                yield _draft(item, record, None)
        start, alone = rest, False


def _after_space(text: str, start: int) -> int:
    """Where the white space that JSON allows between values ends."""
    while start < len(text) and text[start] in " \t\r\n":
        start += 1
    return start


def _listed(value: object) -> list[object] | None:
    """The records of a value that is a list, or an object without a text that holds one; None if it is one record."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and not any(column_of(name) == "text" for name in value):
        return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
    return None


def read_csv(item: Item, max_chars: int) -> Iterator[Draft | Rejection]:
    """One article a row; the first row names the columns; comma, semicolon, tab or bar between cells.

    A row that has not as many cells as there are columns is refused: its text may be cut at a delimiter.
    """
    limit = line_limit(max_chars)
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    with item.open() as stream:
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
        codec = code_page(head)
        first = head.decode(utf16(head) or "utf-8", "replace").removeprefix("\ufeff").lstrip("\r\n").split("\n", 1)[0]
        # map goes on after an error in one line; a generator would not
        decoded = map(partial(_csv_line, codec=codec), lines(stream, limit))
        rows = csv.reader(decoded, delimiter=delimiter_of(first), strict=True)
        header: list[str] = []
        filled = False  # whether anything but a header was met
        while True:
            number = rows.line_num + 1
            try:
                row = next(rows, None)
            except (csv.Error, NotText) as error:
                reason = f"The row cannot be read ({error}); close every quotation mark and double those inside cells."
                filled = True
                yield refuse(item, reason, line=number)
                if "field limit" in str(error):
                    return  # in the middle of a cell without end: no later line is a row
                continue
            if row is None:
                break
            if not any(map(str.strip, row)):
                continue
            if header:
                filled = True
                yield _csv_row(item, header, row, number)
                continue
            header = row
            if not any(column_of(name) == "text" for name in header):
                reason = "No column holds texts; name it text, body or content in the first row."
                yield refuse(item, reason, content=first)
                return
    if not filled:
        yield refuse(item, "The table is empty; delete it or export it again.")


def _csv_line(line: Line, codec: str | None) -> str:
    if not line.whole:
        raise NotText("it is longer than any acceptable article")
    text, fault = decode(line.data, codec)
    if fault is not None:
        raise NotText(f"it {fault}")
    return text


def _csv_row(item: Item, header: list[str], row: list[str], number: int) -> Draft | Rejection:
    if len(row) == len(header):
        return _draft(item, dict(zip(header, row, strict=True)), number)
    reason = f"The row has {len(row)} cells, but there are {len(header)} columns; quote cells that hold delimiters."
    return refuse(item, reason, line=number, content=" | ".join(row))


def read_parquet(item: Item) -> Iterator[Draft | Rejection]:
    """One article a row; only the columns that mean something are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if item.path is None:
        yield refuse(item, "A Parquet file cannot be read from the web; download it and name the file.")
        return
    try:
        with pq.ParquetFile(item.path) as table:
            columns = [name for name in table.schema_arrow.names if column_of(name) is not None]
            if not any(column_of(name) == "text" for name in columns):
                yield refuse(item, f"No column holds texts among {', '.join(table.schema_arrow.names)[:300]}.")
                return
            number = 0
            for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=columns):
                for record in batch.to_pylist():
                    number += 1
                    yield _draft(item, record, number)
    except pa.ArrowException as error:
        yield refuse(item, f"The Parquet file is damaged ({str(error)[:200]}); export it again.")
