"""What the command asks of the published database: opening it, the timeline of a period, a mention and its proof.

Everything here reads. SQL that an analyst may reuse belongs in `warehouse/views/`; looks, in `etl.rendering`.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

Connection = duckdb.DuckDBPyConnection

PUBLISHED = "chronique.duckdb"
_FETCH = 1_000


class QuestionError(Exception):
    """A question that cannot be answered as asked; the message names the cause and the remedy."""


class NoDatabase(QuestionError):
    """There is no published database that could be asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of a result and its rows, which are fetched as they are iterated, once."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def open_published(folder: Path) -> duckdb.DuckDBPyConnection:
    """The published copy in this folder, read-only; instants are told in UTC.

    Raises NoDatabase if there is none, or none that can be opened.
    """
    path = folder / PUBLISHED
    if not path.is_file():
        raise NoDatabase(
            f"there is no database at {path} yet: run `chronique refresh` first, "
            "or name another folder with --warehouse or $CHRONIQUE_WAREHOUSE"
        )
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise NoDatabase(f"{path} cannot be opened: {error}") from error
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def ask(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None) -> Answer:
    """Run SQL. Raises QuestionError with DuckDB's own words, which point at the place in the query."""
    try:
        answer = connection.execute(query, parameters) if parameters else connection.execute(query)
    except duckdb.Error as error:
        raise QuestionError(str(error).strip()) from error
    described = answer.description or []
    return Answer(
        columns=tuple(str(column[0]) for column in described),
        types=tuple(str(column[1]) for column in described),
        rows=_fetched(answer) if described else iter(()),
    )


def _fetched(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := answer.fetchmany(_FETCH):
            yield from rows
    except duckdb.Error as error:
        raise QuestionError(str(error).strip()) from error


# --- the timeline ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the timeline: days inclusive; names match whole words, whatever their case and accents."""

    since: dt.date | None = None
    until: dt.date | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    limit: int | None = None


def timeline(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> Answer:
    """The timeline's rows whose time touches the period; an actor is looked for on both sides of an event.

    What began before the period comes last: who asks for a week wants that week first, not what lasts since 1989.
    """
    conditions, parameters = _conditions(wanted)
    query = f"FROM timeline WHERE {' AND '.join(conditions)}"
    if wanted.since:
        query = f"""SELECT * EXCLUDE (ordinal) FROM (SELECT *, row_number() OVER () AS ordinal FROM timeline)
                    WHERE {" AND ".join(conditions)}
                    ORDER BY coalesce(event_start < $since, true), ordinal"""
    if wanted.limit is not None:
        query += " LIMIT $limit"
        parameters["limit"] = wanted.limit
    return ask(connection, query, parameters)


def count_timeline(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> int:
    """How many rows `timeline` has without its limit."""
    conditions, parameters = _conditions(wanted)
    rows = ask(connection, f"SELECT count(*) FROM timeline WHERE {' AND '.join(conditions)}", parameters).rows
    return int(next(rows)[0])


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    conditions, parameters = ["true"], dict[str, Any]()
    if wanted.since:
        conditions.append("(event_end IS NULL OR event_end > $since)")
        parameters["since"] = wanted.since
    if wanted.until:
        conditions.append("(event_start IS NULL OR event_start < $until + INTERVAL 1 DAY)")
        parameters["until"] = wanted.until
    if wanted.types:
        conditions.append("list_contains($types, event_type)")
        parameters["types"] = list(wanted.types)
    for column, names in (("places", wanted.places), ("list_concat(actors, targets)", wanted.actors)):
        alternatives = []
        for name in names:
            key = f"name{len(parameters)}"
            parameters[key] = name
            alternatives.append(f"contains({_words(f'array_to_string({column}, chr(10))')}, {_words(f'${key}')})")
        if alternatives:
            conditions.append(f"({' OR '.join(alternatives)})")
    return conditions, parameters


def _words(expression: str) -> str:
    """SQL for the words of an expression, each between spaces, without case and accents; lines stay apart."""
    plain = f"strip_accents(lower({expression}))"
    spaced = f"regexp_replace({plain}, '[^\\pL\\pN\\n]+', ' ', 'g')"
    return f"(' ' || replace({spaced}, chr(10), ' ' || chr(10) || ' ') || ' ')"


# --- one mention -------------------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """Characters `start` to `end` (exclusive) of the article's text, and what they are."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A mention's row, its article, and what in the text belongs to it."""

    table: str
    row: dict[str, Any]
    article: dict[str, Any]
    marks: tuple[Mark, ...]


MENTION_TABLES = ("event_mentions", "quantity_mentions", "time_mentions")
_SELF = {"event_mentions": "event", "quantity_mentions": "figure", "time_mentions": "time"}

_LINKED = {
    "event_mentions": {
        "time": """SELECT t.* FROM time_mentions t JOIN event_mentions e ON e.time_mention_id = t.mention_id
                   WHERE e.mention_id = $id""",
        "figure": """SELECT q.* FROM quantity_mentions q JOIN event_quantities l
                     ON l.quantity_mention_id = q.mention_id WHERE l.event_mention_id = $id""",
    },
    "quantity_mentions": {
        "event": """SELECT e.* FROM event_mentions e JOIN event_quantities l
                    ON l.event_mention_id = e.mention_id WHERE l.quantity_mention_id = $id""",
        "whole": """SELECT w.* FROM quantity_mentions q JOIN quantity_mentions w
                    ON w.mention_id = q.subset_of WHERE q.mention_id = $id""",
    },
    "time_mentions": {"event": "SELECT * FROM event_mentions WHERE time_mention_id = $id"},
}


def explain(connection: duckdb.DuckDBPyConnection, mention_id: str) -> Explanation:
    """The mention with this id, or with the only id that begins so. Raises QuestionError if there is no such one."""
    table, row = _mention(connection, mention_id)
    article = _row(connection, "FROM articles WHERE article_id = $id", row["article_id"])
    marks = [Mark(row["start_char"], row["end_char"], _SELF[table])]
    if table == "event_mentions":
        marks.append(Mark(row["evidence_start"], row["evidence_end"], "evidence"))
    linked = {kind: _rows(connection, query, row["mention_id"]) for kind, query in _LINKED[table].items()}
    marks += [Mark(other["start_char"], other["end_char"], kind) for kind, rows in linked.items() for other in rows]
    said = _attribution(row, article["text"], linked.get("figure", []))
    if said:
        marks.append(said)
    return Explanation(table=table, row=row, article=article, marks=tuple(sorted(set(marks))))


def _mention(connection: duckdb.DuckDBPyConnection, mention_id: str) -> tuple[str, dict[str, Any]]:
    for condition in ("mention_id = $id", "starts_with(mention_id, $id)"):
        found = [
            (table, row)
            for table in MENTION_TABLES
            for row in _rows(connection, f"FROM {table} WHERE {condition} LIMIT 4", mention_id)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(row["mention_id"] for _, row in found[:4])
            raise QuestionError(f"several mentions begin with {mention_id!r} ({some}, …): give more of the id")
    raise QuestionError(
        f"there is no mention {mention_id!r}: ids are in the column mention_id of "
        "`chronique timeline` and of the tables " + ", ".join(MENTION_TABLES)
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str, key: str) -> list[dict[str, Any]]:
    answer = ask(connection, query, {"id": key})
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _row(connection: duckdb.DuckDBPyConnection, query: str, key: str) -> dict[str, Any]:
    (row,) = _rows(connection, query, key)
    return row


def _attribution(row: dict[str, Any], text: str, figures: list[dict[str, Any]]) -> Mark | None:
    """Where the claimant stands: figures know; for an event it is the same claimant's nearest naming before its end."""
    said = row.get("attribution")
    for holder in (row, *figures):
        if said and holder.get("attribution") == said and holder.get("attribution_start") is not None:
            return Mark(holder["attribution_start"], holder["attribution_end"], "attribution")
    if not said or "evidence_start" not in row:
        return None
    start = text.find(said, row["evidence_start"], row["evidence_end"])
    if start < 0:
        start = text.rfind(said, 0, row["evidence_end"])
    return Mark(start, start + len(said), "attribution") if start >= 0 else None


# --- the views' documentation ------------------------------------------------------------------------------------


class ViewDocumentation(NamedTuple):
    """A view's name, what it answers, and the meaning of each column in order."""

    name: str
    summary: str
    columns: dict[str, str]


_ENTRY = re.compile(r"-- ([a-z_]+): (.*)")


def view_documentation(statement: str) -> ViewDocumentation:
    """Read the comment above a view: `-- name: what it answers`, then a `-- column: meaning` for each column."""
    entries: list[list[str]] = []
    for line in statement.splitlines():
        if not line.startswith("--"):
            break
        if entry := _ENTRY.fullmatch(line):
            entries.append([entry[1], entry[2]])
        elif entries and line[2:].strip():
            entries[-1][1] += " " + line[2:].strip()
    (name, summary), *columns = entries
    return ViewDocumentation(name, summary, dict(columns))


def views() -> list[ViewDocumentation]:
    """Every view that comes with the published copy, by name."""
    files = (resources.files("warehouse") / "views").iterdir()
    return sorted(view_documentation(file.read_text("utf-8")) for file in files if file.name.endswith(".sql"))


def views_dictionary() -> str:
    """The views in Markdown, as `schemas.derive.data_dictionary` does the tables."""
    parts = ["# Views\n"]
    for view in views():
        parts.append(f"## {view.name}\n\n{view.summary}\n\n| column | meaning |\n|---|---|")
        parts += [f"| `{column}` | {meaning.replace('|', '&#124;')} |" for column, meaning in view.columns.items()]
        parts.append("")
    return "\n".join(parts)
