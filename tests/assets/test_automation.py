"""The inbox sensor sees files that have arrived, once, and leaves alone those that are still arriving."""

import os
import time
from pathlib import Path

import dagster as dg
import pytest

from etl import settings
from etl.assets.automation import daily_schedule, inbox_sensor


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dagster_home").mkdir()
    (tmp_path / "dagster_home" / "dagster.yaml").touch()
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    settings.home.cache_clear()
    folder = settings.inbox()
    folder.mkdir(parents=True)
    assert folder.is_relative_to(tmp_path)
    return folder


def arrived(file: Path, content: str, *, seconds_ago: float = 60) -> None:
    file.write_text(content, encoding="utf-8")
    moment = time.time() - seconds_ago
    os.utime(file, (moment, moment))


def look(cursor: str | None = None) -> dg.SensorResult | dg.SkipReason:
    found = inbox_sensor(dg.build_sensor_context(cursor=cursor))
    assert isinstance(found, dg.SensorResult | dg.SkipReason)
    return found


def test_a_file_that_arrived_starts_one_refresh_of_the_inbox(inbox: Path) -> None:
    arrived(inbox / "note.txt", "Une note.")
    first = look()
    assert isinstance(first, dg.SensorResult)
    assert first.run_requests is not None
    (request,) = first.run_requests
    assert request.run_config == {"ops": {"articles": {"config": {"sources": [str(inbox)]}}}}
    assert isinstance(look(first.cursor), dg.SkipReason)

    arrived(inbox / "note.txt", "Une note corrigée.", seconds_ago=30)
    again = look(first.cursor)
    assert isinstance(again, dg.SensorResult)
    assert again.run_requests is not None
    assert again.run_requests[0].run_key != request.run_key


def test_an_empty_inbox_starts_nothing(inbox: Path) -> None:
    assert isinstance(look(), dg.SkipReason)


def test_a_file_that_is_still_arriving_is_left_for_the_next_look(inbox: Path) -> None:
    arrived(inbox / "large.jsonl", "{", seconds_ago=0)
    assert isinstance(look(), dg.SkipReason)


def test_the_schedule_is_the_one_that_sources_yaml_names(inbox: Path) -> None:
    (settings.dagster_home() / "sources.yaml").write_text('schedule: "30 4 * * *"\ntimezone: Europe/Paris\n')
    schedule = daily_schedule()
    assert schedule.cron_schedule == "30 4 * * *"
    assert schedule.execution_timezone == "Europe/Paris"
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
