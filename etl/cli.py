"""The `chronique` command: arguments in, words and exit codes out. Logic that a Dagster run lacks does not belong here.

Exit codes: 0 done; 1 the run failed or nothing could be read; 2 the command or the query was wrong. Heavy parts
(Dagster, polars, the extraction) are imported inside the commands that need them, so that a query starts at once.
"""

import calendar
import contextlib
import datetime as dt
import re
import signal
import sys
from collections.abc import Iterator
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from etl import queries, rendering, settings

if TYPE_CHECKING:
    from etl.runs import RefreshReport

FAILED, MISUSED = 1, 2
TIMELINE_ROWS = 100
"""Rows that `chronique timeline` prints as a table unless `--limit` says otherwise."""


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


app = typer.Typer(
    name="chronique",
    help="News articles in; every dated event and every figure out, each with the words that prove it.",
    epilog="Begin with: chronique refresh && chronique timeline",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": rendering.WIDTH},
)

Warehouse = Annotated[
    Path | None,
    typer.Option(
        "--warehouse", metavar="DIR", help="Folder of the databases; else $CHRONIQUE_WAREHOUSE, else warehouse/data."
    ),
]
OutputFormat = Annotated[
    Format | None,
    typer.Option("--format", help="How to write the answer: table in a terminal, csv in a pipe, unless given."),
]


@app.callback(invoke_without_command=True)
def about(
    show_version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
) -> None:
    """News articles in; every dated event and every figure out, each with the words that prove it."""
    if show_version:
        typer.echo(f"chronique {version('chronique')}")
        raise typer.Exit


@app.command()
def refresh(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Files, folders or URLs; else what sources.yaml lists."),
    ] = None,
    warehouse: Warehouse = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication day (2026-03-14) of articles that tell none.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language (fr, en, pt-BR) of articles that tell none.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Extract every article again, not only new work.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if anything was rejected.")] = False,
    lock_timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="How long to wait for another refresh to end.")
    ] = 60.0,
) -> None:
    """Read articles, extract what is new, publish the tables.

    Formats: .txt .md .html .json .jsonl .csv .parquet, .gz of each, folders of them, pages and feeds.
    What cannot be read is kept in the table rejected_rows with the reason; the rest goes on.

    [bold]Examples[/bold]

    chronique refresh                                   (what dagster_home/sources.yaml lists)

    chronique refresh press/ wire.jsonl.gz              (a folder and a file)

    chronique refresh note.txt --published 2026-03-14   (a text that does not say its date)
    """
    day = None if published is None else _day(published, "--published")
    if published and day and published != day.isoformat():
        _fail(f"--published: {published!r} is no day; write it as 2026-03-14", MISUSED)
    if language is not None and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        _fail(f"--language: {language!r} is no language tag; write it as fr, en or pt-BR", MISUSED)

    from etl import runs
    from etl.terminal import progress_on

    options = runs.RefreshOptions(
        sources=tuple(sources or ()),
        warehouse=warehouse,
        published=day,
        language=language,
        full=full,
        lock_timeout=lock_timeout,
    )
    with _told(), progress_on(sys.stderr) as progress:
        try:
            report = runs.refresh(options, progress)
        except runs.RefreshError as error:
            raise queries.QuestionError(str(error)) from error
    _summarise(report)
    if report.new + report.changed + report.unchanged == 0:
        _fail("nothing could be read" + (": see the reasons above" if report.rejections else " from these sources"))
    if strict and (rejected := report.rejected + report.refused):
        _fail(f"{rejected} rejected, and --strict allows none")


def _summarise(report: "RefreshReport") -> None:
    """The closing summary, on stdout."""
    mentions = ", ".join(f"{count:,} {table.replace('_', ' ')}" for table, count in report.mentions.items())
    typer.echo(
        f"Articles   {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, "
        f"{report.rejected:,} rejected"
    )
    typer.echo(f"Extracted  {mentions}" + (f", {report.refused:,} rejected" if report.refused else ""))
    typer.echo(f"Database   {report.database}  ({report.seconds:.1f} s)")
    for origin, reason in report.rejections:
        typer.echo(f"Rejected   {origin}: {reason}")
    if report.rejected + report.refused > len(report.rejections):
        typer.echo('More       chronique sql "FROM rejected_rows ORDER BY rejected_at DESC"')
    if report.new + report.changed + report.unchanged:
        typer.echo("Next       chronique timeline")


@app.command()
def sql(
    query: Annotated[str, typer.Argument(metavar='"SELECT ..."', help="DuckDB SQL, or - to read it from stdin.")],
    warehouse: Warehouse = None,
    output: OutputFormat = None,
) -> None:
    """Ask the published database in SQL, read-only.

    Tables: articles, event_mentions, quantity_mentions, time_mentions, event_quantities, rejected_rows, refreshes.
    Views: timeline, what_is_coming, daily_figures, article_events, article_figures. Columns: chronique schema.

    [bold]Examples[/bold]

    chronique sql "SELECT event_type, count(*) FROM timeline GROUP BY ALL ORDER BY 2 DESC"

    chronique sql "FROM what_is_coming WHERE event_start >= DATE '2026-03-16'" --format json

    chronique sql "FROM daily_figures WHERE lowest < highest" > figures.csv
    """
    _die_quietly()
    with _told(MISUSED), _open(warehouse) as connection:
        answer = queries.ask(connection, sys.stdin.read() if query == "-" else query)
        _write(answer, output)


@app.command()
def timeline(
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day (2026-03-02, 2026-03 or 2026).")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Last day, included (2026-03-16, 2026-03 or 2026).")
    ] = None,
    place: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Where; may be repeated.")] = None,
    actor: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Who, on either side of the event; may be repeated.")
    ] = None,
    event_type: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Event type, as ASSAULT; may be repeated.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help=f"At most so many rows; {TIMELINE_ROWS} in a table unless given, 0: all.")
    ] = None,
    warehouse: Warehouse = None,
    output: OutputFormat = None,
) -> None:
    """Show what happened in a period, in order, with who, whom, where, how many, and the sentence that proves it.

    What is asserted comes first, what began before the period last; the column Type marks what is only claimed,
    planned, unconfirmed or denied.

    [bold]Examples[/bold]

    chronique timeline --from 2026-03-02 --to 2026-03-08

    chronique timeline --place Cahors --type DISASTER --type JUSTICE

    chronique timeline --actor préfecture --format json
    """
    _die_quietly()
    chosen = _format(output)
    most = limit if limit is not None else TIMELINE_ROWS if chosen is Format.TABLE else 0
    wanted = queries.Wanted(
        since=None if since is None else _day(since, "--from"),
        until=None if until is None else _day(until, "--to", last=True),
        places=tuple(place or ()),
        actors=tuple(actor or ()),
        types=tuple(name.upper() for name in event_type or ()),
        limit=most or None,
    )
    if wanted.since and wanted.until and wanted.since > wanted.until:
        _fail(f"--from {since} lies after --to {until}", MISUSED)
    with _told(MISUSED), _open(warehouse) as connection:
        answer = queries.timeline(connection, wanted)
        if chosen is not Format.TABLE:
            _write(answer, chosen)
            shown = None
        else:
            shown = rendering.write_timeline(answer, rendering.console_for(sys.stdout))
            total = shown if not most or shown < most else queries.count_timeline(connection, wanted)
            if total > shown:
                typer.echo(f"{shown:,} of {total:,} rows; --limit 0 shows all", err=True)
    if not shown:
        _check_types(wanted.types)
    if shown == 0:
        typer.echo("no dated event answers to that; fewer options find more", err=True)


def _check_types(types: tuple[str, ...]) -> None:
    """An unknown type finds nothing; only then is it worth loading the list of types."""
    from schemas.vocabulary import EVENT_TYPES

    for name in set(types) - set(EVENT_TYPES):
        _fail(f"--type: {name!r} is no event type; there are {', '.join(EVENT_TYPES)}", MISUSED)


@app.command()
def explain(
    mention_id: Annotated[str, typer.Argument(help="An id from any mention_id column; its beginning will do.")],
    warehouse: Warehouse = None,
) -> None:
    """Show a mention's row, and in the article's text the words that prove it.

    The trigger, the date, the figures and the claimant are marked: in colours in a terminal, else in brackets.

    [bold]Example[/bold]

    chronique explain 3f2a9c01d4e5b677-e12-19
    """
    _die_quietly()
    with _told(MISUSED), _open(warehouse) as connection:
        rendering.write_explanation(queries.explain(connection, mention_id), rendering.console_for(sys.stdout))


@app.command()
def schema() -> None:
    """Print the data dictionary in Markdown: every table, view and column, with its meaning."""
    _die_quietly()
    from schemas import derive

    typer.echo(f"{derive.data_dictionary()}\n{queries.views_dictionary()}")


@app.command()
def ui(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 3000,
) -> None:
    """Start the Dagster UI, with the schedule and the inbox sensor, until interrupted."""
    from etl import runs

    typer.echo(f"Dagster UI: http://{host}:{port}  (Ctrl-C ends it)", err=True)
    with _told():
        runs.start_ui(host, port)


# --- shared by the commands --------------------------------------------------------------------------------------


@contextlib.contextmanager
def _told(code: int = FAILED) -> Iterator[None]:
    """Tell what the user can mend in a line on stderr instead of a traceback; `code` is for questions asked wrongly."""
    try:
        yield
    except (queries.NoDatabase, settings.ConfigurationError) as error:
        _fail(str(error))
    except queries.QuestionError as error:
        _fail(str(error), code)
    except KeyboardInterrupt:
        _fail("interrupted; the published tables are as they were, and the next refresh goes on", 130)


def _fail(message: str, code: int = FAILED) -> NoReturn:
    typer.echo(f"chronique: {message}", err=True)
    raise typer.Exit(code)


@contextlib.contextmanager
def _open(warehouse: Path | None) -> "Iterator[queries.Connection]":
    connection = queries.open_published(settings.warehouse_dir(warehouse))
    try:
        yield connection
    finally:
        connection.close()


def _format(given: Format | None) -> Format:
    return given or (Format.TABLE if sys.stdout.isatty() else Format.CSV)


def _write(answer: queries.Answer, output: Format | None) -> None:
    match _format(output):
        case Format.CSV:
            rendering.write_csv(answer, sys.stdout)
        case Format.JSON:
            rendering.write_json(answer, sys.stdout)
        case Format.TABLE:
            left = rendering.write_table(answer, rendering.console_for(sys.stdout))
            if left:
                typer.echo(f"{left:,} more rows: --format csv or json writes all", err=True)


def _day(told: str, option: str, *, last: bool = False) -> dt.date:
    """An ISO 8601 day; of a month or a year, its first day or its last one."""
    parts = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?", told)
    try:
        if not parts:
            raise ValueError
        year, month, day = (int(part or 0) for part in parts.groups())
        month = month or (12 if last else 1)
        return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError:
        _fail(f"{option}: {told!r} is no date; write it as 2026-03-14", MISUSED)


def _die_quietly() -> None:
    """End as other filters do when the reader of a pipe has seen enough (`chronique timeline | head`)."""
    if hasattr(signal, "SIGPIPE"):
        with contextlib.suppress(ValueError):  # not in the main thread: a test's runner
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def main() -> None:
    """The entry point of `chronique`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal in another encoding shows ? instead of stopping
            stream.reconfigure(errors="replace")
    app()
