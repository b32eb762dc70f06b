"""How answers look to a person or a program: tables of 100 columns, CSV, JSON, marked text, progress.

What is asked of the database belongs in `etl.queries`; nothing here decides what a user gets to see.
"""

import csv
import datetime as dt
import decimal
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from etl.queries import Answer, Explanation, Mark

WIDTH = 100
"""Columns of a table for people, at most."""

_LONGEST_CELL = 200
_NARROWEST = 10
_MOST_ROWS = 500

# Colours tell the family of a type: violence, confrontation, mishap, cooperation, politics and law, economy, the rest.
_FAMILIES = {
    "bold red": ("ASSAULT", "COERCE", "CRIME"),
    "yellow": ("THREATEN", "PROTEST", "REJECT", "ACCUSE", "SANCTION", "MOBILIZE", "REQUEST"),
    "magenta": ("DISASTER", "ACCIDENT", "HEALTH"),
    "green": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"),
    "blue": ("DECIDE", "ELECT", "APPOINT", "JUSTICE"),
    "cyan": ("ECONOMY", "MOVE", "SCIENCE"),
    "white": ("LIFE", "SPORT", "CULTURE", "STATEMENT", "OTHER"),
}
TYPE_STYLES = {event_type: style for style, types in _FAMILIES.items() for event_type in types}
_TOLD_STYLES = {"planned": "italic cyan", "unconfirmed": "italic yellow", "denied": "italic red", "claimed": "dim"}
MARK_STYLES = {
    "evidence": "on grey19",
    "event": "bold black on yellow",
    "time": "bold green",
    "figure": "bold cyan",
    "whole": "cyan",
    "attribution": "bold magenta",
}


def console_for(stream: TextIO) -> Console:
    """A console of at most 100 columns, of exactly 100 where the stream is no terminal."""
    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console


# --- for programs ------------------------------------------------------------------------------------------------


def write_csv(answer: Answer, stream: TextIO) -> None:
    """RFC 4180 with a header, `\\n` line ends; null is empty, a list's items are joined with `; `."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_plain(value) for value in row])


def write_json(answer: Answer, stream: TextIO) -> None:
    """An array of objects, one a line; dates in ISO 8601, NaN and infinities as null."""
    separator = "[\n"
    for row in answer.rows:
        stream.write(separator)
        stream.write(json.dumps(dict(zip(answer.columns, map(_jsonable, row), strict=True)), ensure_ascii=False))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case dt.datetime():
            return value.isoformat(sep=" ")
        case list() | tuple():
            return "; ".join(map(_plain, value))
        case dict():
            return json.dumps(_jsonable(value), ensure_ascii=False)
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _jsonable(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case decimal.Decimal():
            return _jsonable(float(value))
        case list() | tuple():
            return [_jsonable(item) for item in value]
        case dict():
            return {str(key): _jsonable(item) for key, item in value.items()}
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return _plain(value)


# --- for people --------------------------------------------------------------------------------------------------


def write_table(answer: Answer, console: Console) -> int:
    """A table, or one block per row where the columns have no room. Returns the rows left out, if any were counted."""
    rows = [[_cell(value) for value in row] for row in itertools.islice(answer.rows, _MOST_ROWS)]
    left = sum(1 for _ in answer.rows)
    if not rows:
        console.print(f"no rows of {', '.join(answer.columns)}" if answer.columns else "done", style="dim")
        return 0
    wanted = [max(map(cell_len, column)) for column in zip(answer.columns, *rows, strict=True)]
    widths = _widths(wanted, [max(cell_len(name), _NARROWEST) for name in answer.columns], console.width)
    if widths is None:
        _write_records(answer.columns, rows, console)
        return left
    table = _table()
    for name, kind, width in zip(answer.columns, answer.types, widths, strict=True):
        table.add_column(name, justify="right" if _is_number(kind) else "left", overflow="fold", width=width)
    for row in rows:
        table.add_row(*row)
    console.print(table)
    return left


def _widths(wanted: list[int], least: list[int], room: int) -> list[int] | None:
    """Widths that fit columns into `room`: the widest give way first, none below its least. None: there is no room."""
    room -= 3 * len(wanted) - 1

    def capped(cap: int) -> list[int]:
        return [min(width, max(cap, floor)) for width, floor in zip(wanted, least, strict=True)]

    return next((widths for cap in range(max(wanted), -1, -1) if sum(widths := capped(cap)) <= room), None)


def _write_records(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    for number, row in enumerate(rows, start=1):
        console.print(f"row {number}", style="bold")
        console.print(_pairs(zip(columns, row, strict=True)))


def _table(*, header: bool = True) -> Table:
    return Table(box=box.SIMPLE_HEAD if header else None, show_header=header, header_style="bold", show_edge=False)


def _pairs(pairs: Iterable[tuple[str, RenderableType]]) -> Padding:
    table = _table(header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(name, value)
    return Padding(table, (0, 0, 1, 1))


def _is_number(kind: str) -> bool:
    return kind.startswith(("BIGINT", "INTEGER", "DOUBLE", "DECIMAL", "HUGEINT", "FLOAT", "SMALLINT", "UBIGINT"))


def _cell(value: Any) -> str:
    told = " ".join(_plain(value).split())
    return told if len(told) <= _LONGEST_CELL else told[: _LONGEST_CELL - 1] + "…"


def write_timeline(answer: Answer, console: Console) -> int:
    """The timeline for reading: when, what kind, what, and the words that prove it. Returns the rows shown."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, leading=1)
    table.add_column("When", width=13, overflow="fold")
    table.add_column("Type", width=11, overflow="fold")
    table.add_column("What", width=28, overflow="fold")
    table.add_column("In the words of the article", ratio=1, min_width=20, overflow="fold")
    shown, before = 0, ""
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        proof = f"{row['article_id']} {row['evidence']}"
        table.add_row(*_telling(row, repeated=proof == before))
        shown, before = shown + 1, proof
    if shown:
        console.print(table)
    return shown


def _telling(row: Mapping[str, Any], *, repeated: bool) -> tuple[RenderableType, ...]:
    style = TYPE_STYLES.get(row["event_type"], "white")
    when = Text(row["event_date"].replace("/", " –\n").replace("T", " "), style="bold")
    known = f"“{_one_line(row['time_expression'])}”" if row["time_expression"] else ""
    # That the sentence itself gives the date goes without saying; anything weaker is said.
    source = "" if row["date_source"] == "text" and known else f"by {row['date_source']}"
    kind = Text(row["event_type"], style=style)
    if row["told_as"] != "reported":
        kind.append(f"\n{row['told_as']}", style=_TOLD_STYLES.get(row["told_as"], ""))
    told = Text("(same sentence)", style="dim") if repeated else Text(_one_line(row["evidence"]))
    if not repeated:
        told.highlight_words([_one_line(row["trigger"])], style=style)
    published = "" if repeated else f"{row['source'] or row['article_id']}, {row['published_on'] or 'undated'} · "
    origin = Text(f"{published}{row['mention_id']}", style="dim", overflow="fold")
    return (
        Group(when, Text(" ".join(filter(None, (known, source))), style="dim")),
        kind,
        _what(row),
        Group(told, origin),
    )


def _what(row: Mapping[str, Any]) -> Text:
    """Trigger, who → whom, where, how many, according to whom: a line each, and none for what is not known."""
    text = Text(_one_line(row["trigger"]), style="bold")
    actors, targets = (", ".join(map(_one_line, row[side])) for side in ("actors", "targets"))
    sides = [actors, f"→ {targets}" if targets else ""]
    lines = [
        " ".join(filter(None, sides)),
        f"in {', '.join(map(_one_line, row['places']))}" if row["places"] else "",
        *row["figures"],
        f"— {_one_line(row['attribution'])}" if row["attribution"] else "",
    ]
    for line in filter(None, lines):
        text.append(f"\n{line}", style="not bold")
    return text


def _one_line(words: str) -> str:
    return " ".join(words.split())


# --- a mention and its proof -------------------------------------------------------------------------------------

_CONTEXT = 1_500
"""Characters of a long article shown on each side of what is marked."""


def write_explanation(explanation: Explanation, console: Console) -> None:
    """The row, then the article with everything that belongs to it marked: in colours, or in brackets without them."""
    article = explanation.article
    origin = [article["article_id"], article["source"], article["published_on"], article["url"]]
    console.print(f"{explanation.table} · {explanation.row['mention_id']}", style="bold")
    console.print(article["title"] or "(no title)", style="bold")
    console.print(" · ".join(str(part) for part in origin if part), style="dim")
    console.print()
    console.print(_pairs((name, _cell(value)) for name, value in explanation.row.items() if value not in (None, [])))
    coloured = console.color_system is not None
    console.print(marked(article["text"], explanation.marks, coloured=coloured), soft_wrap=False)
    if coloured:
        kinds = [kind for kind in MARK_STYLES if any(mark.kind == kind for mark in explanation.marks)]
        console.print()
        console.print(Text(" · ").join(Text(kind, style=MARK_STYLES[kind]) for kind in kinds))


def marked(text: str, marks: Sequence[Mark], *, coloured: bool) -> Text:
    """The text around the marks, each in its colour or as `[kind: words]`; a mark that crosses another is left out."""
    low = max(0, min(mark.start for mark in marks) - _CONTEXT)
    high = min(len(text), max(mark.end for mark in marks) + _CONTEXT)
    # Cut between words, unless the first mark is nearer.
    low = min(text.find(" ", low) + 1 or low, min(mark.start for mark in marks)) if low else 0
    high = max(text.rfind(" ", 0, high), max(mark.end for mark in marks)) if high < len(text) else high
    before, after = "… " if low else "", " …" if high < len(text) else ""
    if coloured:
        shown = Text(before + text[low:high] + after)
        for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
            shift = len(before) - low
            shown.stylize(MARK_STYLES[mark.kind], mark.start + shift, mark.end + shift)
        return shown
    return Text(before + "".join(_bracketed(text, low, high, marks)) + after)


def _bracketed(text: str, low: int, high: int, marks: Sequence[Mark]) -> Iterator[str]:
    at, ends = low, list[int]()

    def close(until: int) -> Iterator[str]:
        nonlocal at
        while ends and ends[-1] <= until:
            yield text[at : ends[-1]] + "]"
            at = ends.pop()

    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        yield from close(mark.start)
        if not ends or mark.end <= ends[-1]:
            yield text[at : mark.start] + f"[{mark.kind}: "
            at = mark.start
            ends.append(mark.end)
    yield from close(high)
    yield text[at:high]
