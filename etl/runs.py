"""Start a refresh in this process, or the Dagster UI: the same job, instance and history either way.

What a refresh does is in the assets; how it is shown to a person, in `etl.cli`.
"""

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn

import dagster as dg
import duckdb
from dagster._utils.error import SerializableErrorInfo  # type: ignore[attr-defined]  # no public home
from filelock import FileLock

from etl import settings
from etl.assets.resources import WarehouseResource
from etl.definitions import build_defs
from etl.progress import Progress
from schemas import MENTIONS

_PID, _HOST = "chronique/pid", "chronique/host"
_UNFINISHED = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.NOT_STARTED]


class RefreshError(Exception):
    """A refresh could not be done; the message names the cause and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshOptions:
    """What a person asks of a refresh. No sources: what `sources.yaml` lists. `lock_timeout` in seconds."""

    sources: tuple[str, ...] = ()
    warehouse: Path | None = None
    published: date | None = None
    language: str | None = None
    full: bool = False
    lock_timeout: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport:
    """What a refresh did. `mentions`: table → rows extracted in this run. `rejections`: the first (origin, reason).

    `rejected`: inputs that could not be read and articles that could not be extracted; `refused`: extracted rows that
    failed their checks.
    """

    run_id: str
    database: Path
    new: int
    changed: int
    unchanged: int
    rejected: int
    refused: int
    mentions: dict[str, int]
    seconds: float
    rejections: tuple[tuple[str, str], ...] = field(default=())


def refresh(options: RefreshOptions, progress: Progress) -> RefreshReport:
    """Run the `refresh` job to its end. Raises RefreshError naming what failed and what to do."""
    started = time.monotonic()
    warehouse = settings.warehouse_dir(options.warehouse)
    with _instance() as instance:
        _end_dead_runs(instance)
        definitions = build_defs(
            warehouse=WarehouseResource(folder=str(warehouse), lock_timeout=options.lock_timeout), progress=progress
        )
        result = definitions.resolve_job_def("refresh").execute_in_process(
            run_config=_run_config(options),
            instance=instance,
            raise_on_error=False,
            tags={_PID: str(os.getpid()), _HOST: socket.gethostname()},
        )
        if not result.success:
            raise RefreshError(_why(result))
    found = {
        event.asset_key.to_user_string(): event.step_materialization_data.materialization.metadata
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }
    number = {
        table: {name: int(str(value.value)) for name, value in told.items() if isinstance(value, dg.IntMetadataValue)}
        for table, told in found.items()
    }
    articles, extracted = number["articles"], [number[table] for table in MENTIONS]
    database = warehouse / "chronique.duckdb"
    return RefreshReport(
        run_id=result.run_id,
        database=database,
        new=articles["new"],
        changed=articles["changed"],
        unchanged=articles["unchanged"],
        rejected=articles["rejected"] + extracted[0]["articles_rejected"],
        refused=sum(each["rejected"] for each in extracted),
        mentions={table: number[table]["dagster/row_count"] for table in MENTIONS},
        seconds=time.monotonic() - started,
        rejections=_rejections(database, result.run_id),
    )


def start_ui(host: str, port: int) -> NoReturn:
    """Become the Dagster UI with its daemon (schedule, sensor) on this deployment.

    This process is replaced, so that whatever stops it (Ctrl-C, a service manager) stops Dagster and nothing is left.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    environment = os.environ | _environment()
    os.chdir(settings.home() if settings.home().is_dir() else settings.dagster_home())
    command = [sys.executable, "-m", "dagster", "dev", "-m", "etl.definitions", "-h", host, "-p", str(port)]
    os.execve(sys.executable, command, environment)


def _environment() -> dict[str, str]:
    return {"DAGSTER_HOME": str(settings.dagster_home()), "DAGSTER_DISABLE_TELEMETRY": "yes"}


@contextmanager
def _instance() -> Iterator[dg.DagsterInstance]:
    os.environ.update(_environment())
    # Dagster creates its tables when it first opens them; two processes that do so at once trip over each other.
    with FileLock(settings.dagster_home() / ".opening.lock"):
        instance = dg.DagsterInstance.get()
    with instance:
        yield instance


def _run_config(options: RefreshOptions) -> dict[str, object]:
    articles = {
        "sources": list(options.sources),
        "published": options.published.isoformat() if options.published else None,
        "language": options.language,
    }
    return {
        "ops": {"articles": {"config": articles}, "mentions": {"config": {"full": options.full}}},
        # The person at the terminal has the progress bar; the event log keeps the rest.
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }


def _end_dead_runs(instance: dg.DagsterInstance) -> None:
    """Close runs whose process was killed: else the UI shows them running for ever."""
    for run in instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED)):
        pid, host = run.tags.get(_PID), run.tags.get(_HOST)
        if pid and host == socket.gethostname() and not _alive(int(pid)):
            instance.report_run_failed(run, "The process of this refresh was killed.")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


def _why(result: dg.ExecuteInProcessResult) -> str:
    """What stopped a run, in words: our own error in the first failed step, or the failed blocking checks."""
    for event in result.all_events:
        if event.is_step_failure and event.step_failure_data.error:
            return _told(event.step_failure_data.error)
    failed = [e for e in result.get_asset_check_evaluations() if not e.passed]
    names = ", ".join(f"{e.asset_key.to_user_string()}.{e.check_name}" for e in failed)
    return f"nothing was published: these checks failed: {names}. `chronique ui` shows their details."


def _told(error: SerializableErrorInfo) -> str:
    """The message that we wrote for people, without its class; of a fault that we did not foresee, the innermost."""
    chain = [error]
    while chain[-1].cause:
        chain.append(chain[-1].cause)
    for link in chain:
        module, _, message = link.message.strip().partition(": ")
        if module.startswith("etl."):
            return message
    return (
        f"{chain[-1].message.strip()} (a fault of the program: please report it with the run's log in `chronique ui`)"
    )


def _rejections(database: Path, run_id: str, most: int = 20) -> tuple[tuple[str, str], ...]:
    """The first rows that a run refused, from the published copy."""
    query = """SELECT concat(coalesce(row->>'path', row->>'url', row->>'article_id', table_name),
                             ', line ' || (row->>'line')),
                      array_to_string(reasons, ' ')
               FROM rejected_rows WHERE run_id = ? ORDER BY rejected_at LIMIT ?"""
    with duckdb.connect(str(database), read_only=True) as connection:
        return tuple(connection.execute(query, [run_id, most]).fetchall())
