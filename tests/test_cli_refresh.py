"""`chronique refresh` as a person meets it: what it says while it runs and when it is done (writes: test_refresh)."""

import os
import pty
import re
import subprocess
from pathlib import Path

import duckdb
import pytest
from deployment import CHRONIQUE, Deployment, write_articles

from etl import cli


def test_the_closing_summary(deployment: Deployment, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "press.jsonl", 3)
    with source.open("a", encoding="utf-8") as file:
        file.write('{"id": "cut", "text": "La cr\n')
    done = deployment.chronique("refresh", source)
    assert done.returncode == 0, done.stderr
    assert "3 new, 0 changed, 0 unchanged, 1 rejected" in done.stdout
    assert re.search(
        r"Extracted +\d+ time mentions, \d+ quantity mentions, \d+ event mentions, \d+ event quantities", done.stdout
    )
    assert str(deployment.database) in done.stdout
    assert re.search(r"Rejected +\S*press\.jsonl, line 4: .*cut short", done.stdout)  # which file, where, and why
    assert "chronique timeline" in done.stdout
    again = deployment.chronique("refresh", source)
    assert "0 new, 0 changed, 3 unchanged, 1 rejected" in again.stdout


def test_strict_fails_but_keeps_what_was_good(deployment: Deployment, tmp_path: Path) -> None:
    write_articles(tmp_path / "press.jsonl", 2)
    (tmp_path / "empty.txt").write_bytes(b"")
    done = deployment.chronique("refresh", tmp_path / "press.jsonl", tmp_path / "empty.txt", "--strict")
    assert done.returncode == cli.FAILED
    assert "--strict" in done.stderr
    assert deployment.rows("SELECT count(*) FROM articles") == [(2,)]


def test_strict_counts_an_article_that_the_extractor_trips_over(deployment: Deployment, tmp_path: Path) -> None:
    deployment.chronique("refresh", write_articles(tmp_path / "press.jsonl", 2))
    with duckdb.connect(str(deployment.warehouse / "store.duckdb")) as store:
        # No source is let through with it: the calendar ends before the events that the article announces.
        store.execute("UPDATE articles SET published_on = DATE '9999-12-31' WHERE article_id = 'a-00001'")
    (tmp_path / "note.txt").write_text("Une explosion a secoué Lyon mardi.", encoding="utf-8")
    for told in ("1 new, 0 changed, 0 unchanged, 1 rejected", "0 new, 0 changed, 1 unchanged, 1 rejected"):
        done = deployment.chronique("refresh", tmp_path / "note.txt", "--full", "--strict")
        assert done.returncode == cli.FAILED
        assert told in done.stdout
        assert "1 rejected, and --strict allows none" in done.stderr
    assert deployment.rows("SELECT table_name, row->>'article_id' FROM rejected_rows") == [("articles", "a-00001")]


def test_nothing_readable_fails_with_the_reasons(deployment: Deployment, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = deployment.chronique("refresh", tmp_path / "empty.txt")
    assert done.returncode == cli.FAILED
    assert "empty.txt" in done.stdout
    assert "nothing could be read" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--published", "yesterday"], "--published: 'yesterday' is no date; write it as 2026-03-14"),
        (["--published", "2026-03"], "--published: '2026-03' is no day"),
        (["--language", "français"], "--language: 'français' is no language tag; write it as fr, en or pt-BR"),
        (["--lock-timeout", "-1"], "lock-timeout"),
    ],
)
def test_a_wrong_option_is_a_usage_error(deployment: Deployment, arguments: list[str], message: str) -> None:
    done = deployment.chronique("refresh", *arguments)
    assert done.returncode == cli.MISUSED
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_shows_the_stages_as_they_go(deployment: Deployment, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "press.jsonl", 3)
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*CHRONIQUE, "refresh", str(source)],
        stdout=subprocess.PIPE,
        stderr=slave,
        env=deployment.environment | {"TERM": "xterm-256color"},
        cwd=deployment.root,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            chunk = os.read(master, 65_536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    stdout, _ = process.communicate(timeout=120)
    os.close(master)
    assert process.returncode == 0
    assert b"reading articles" in shown
    assert b"extracting mentions" in shown
    assert b"3 new" in stdout
