"""A refresh that is killed, and readers that look on: the published tables are always whole."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from deployment import Deployment, write_articles

MANY = 1_200
"""Enough for several transactions in each stage, and for the pool of processes."""


def test_killed_at_several_points_and_run_again_ends_like_an_undisturbed_refresh(tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", MANY)
    undisturbed = Deployment(tmp_path / "undisturbed")
    began = time.monotonic()
    assert undisturbed.chronique("refresh", source).returncode == 0
    duration = time.monotonic() - began

    killed, kills = Deployment(tmp_path / "killed"), 0
    for share in (0.35, 0.5, 0.65, 0.8, 0.9):
        process = killed.start("refresh", source)
        try:
            process.wait(duration * share)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
    assert kills, "every refresh was over before it could be killed"
    done = killed.chronique("refresh", source)
    assert done.returncode == 0, done.stderr
    assert killed.tables() == undisturbed.tables()
    assert not list(killed.warehouse.glob(".chronique.duckdb.*")), "a half-written copy was left behind"


READER = """
import duckdb, sys, time
path, stop = sys.argv[1], sys.argv[2]
import pathlib
with duckdb.connect(path, read_only=True) as snapshot:
    first = snapshot.execute("SELECT count(*), max(length(text)) FROM articles").fetchone()
    print("reading", flush=True)
    looks = 0
    while not pathlib.Path(stop).exists():
        assert snapshot.execute("SELECT count(*), max(length(text)) FROM articles").fetchone() == first
        with duckdb.connect(path, read_only=True) as fresh:  # the same process and file: shares the snapshot or is new
            fresh.execute("SELECT count(*) FROM timeline").fetchall()
        looks += 1
        time.sleep(0.01)
print(first[0], looks)
"""


def test_a_reader_in_another_process_keeps_reading_while_a_refresh_publishes(
    deployment: Deployment, tmp_path: Path
) -> None:
    source = write_articles(tmp_path / "in.jsonl", 20)
    deployment.chronique("refresh", source)
    stop = tmp_path / "stop"
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(deployment.database), str(stop)], stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    write_articles(source, 60)
    refreshed = deployment.chronique("refresh", source)
    stop.touch()
    seen, _ = reader.communicate(timeout=30)
    assert refreshed.returncode == 0, refreshed.stderr
    assert reader.returncode == 0
    count, looks = map(int, seen.split())
    assert count == 20, "an open reader keeps its snapshot"
    assert looks > 0
    assert deployment.rows("SELECT count(*) FROM articles") == [(60,)]


def test_two_refreshes_at_once_take_turns(deployment: Deployment, tmp_path: Path) -> None:
    first = write_articles(tmp_path / "a.jsonl", 300)
    second = tmp_path / "b.jsonl"
    second.write_text(first.read_text(encoding="utf-8").replace('"a-', '"b-'), encoding="utf-8")
    both = [deployment.start("refresh", source) for source in (first, second)]
    outputs = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert deployment.rows("SELECT count(*) FROM articles") == [(600,)]
