"""The job, the daily schedule and the inbox sensor: when a refresh runs. What it does is in the assets."""

import hashlib
import time
from pathlib import Path

import dagster as dg

from etl import settings

SETTLED_SECONDS = 5.0
"""A file that changed more recently may still be being copied; the sensor leaves it for its next look."""

refresh_job = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Read the sources, extract what is new, validate, publish.",
    # One process for the whole run: the store has one writer, and a step of its own would only cost start-up time.
    executor_def=dg.in_process_executor,
)


def daily_schedule() -> dg.ScheduleDefinition:
    """A refresh of everything that `sources.yaml` lists, at the hour that it names."""
    configured = settings.sources()
    return dg.ScheduleDefinition(
        name="daily_refresh",
        job=refresh_job,
        cron_schedule=configured.schedule,
        execution_timezone=configured.timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )


def _settled_files(folder: Path) -> list[tuple[str, int, int]]:
    """(path, size, mtime in ns) of the files that are no longer being written, hidden ones left out."""
    latest = time.time() - SETTLED_SECONDS
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            status = path.stat()
        except OSError:
            continue  # gone between listing and looking: the next look sees how things stand
        if path.is_file() and not path.name.startswith(".") and status.st_mtime <= latest:
            found.append((str(path.relative_to(folder)), status.st_size, status.st_mtime_ns))
    return found


@dg.sensor(
    name="inbox",
    job=refresh_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts a refresh of the inbox when files arrive in it or change.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Compare the inbox with how it stood at the last look."""
    folder = settings.inbox()
    files = _settled_files(folder) if folder.is_dir() else []
    state = hashlib.sha256(repr(files).encode()).hexdigest()
    if state == context.cursor or not files:
        return dg.SkipReason(f"nothing new in {folder}")
    request = dg.RunRequest(run_key=state, run_config={"ops": {"articles": {"config": {"sources": [str(folder)]}}}})
    return dg.SensorResult(run_requests=[request], cursor=state)
