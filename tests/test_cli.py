"""The command as a person or a script meets it: real processes, real databases, real terminals."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from etl import cli
from schemas import MODELS
from schemas.vocabulary import EVENT_TYPES

CHRONIQUE = [sys.executable, "-c", "from etl.cli import main; main()"]


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its output piped."""
    return subprocess.run(
        [*CHRONIQUE, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        check=False,
    )


def call(*arguments: str) -> Result:
    """The command in this process: quicker, for what needs no process."""
    return CliRunner().invoke(cli.app, arguments)


def in_terminal(*arguments: str, columns: int = 180) -> str:
    """What a terminal of so many columns is sent."""
    master, slave = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "xterm-256color"}
    process = subprocess.Popen([*CHRONIQUE, *arguments], stdout=slave, stderr=slave, stdin=slave, env=environment)
    os.close(slave)

    def chunks() -> Iterator[bytes]:
        while True:
            try:
                chunk = os.read(master, 65_536)
            except OSError:  # Linux tells the end of a terminal so
                return
            if not chunk:
                return
            yield chunk

    shown = b"".join(chunks())
    assert process.wait() == 0
    os.close(master)
    return shown.decode("utf-8").replace("\r\n", "\n")


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)


@pytest.fixture
def flood(newsroom: Any) -> str:
    """The folder of a small published warehouse: a flood, a march planned, a denial, in two articles."""
    text = "Mardi, la crue a tué au moins 12 personnes à Évora, selon la préfecture. Une marche aura lieu samedi."
    newsroom.article(
        "flood",
        text,
        "2026-03-04",
        language="fr",
        source="L’Écho du Causse",
        title="Crue : douze morts",
        url="https://x.example/1",
    )
    time = newsroom.time("flood", "Mardi", "2026-03-03", "2026-03-03", "2026-03-04")
    toll = newsroom.figure(
        "flood", "12", 12, bound="at_least", measure="killed", object="personnes", attribution="la préfecture"
    )
    newsroom.event(
        "flood",
        "tué",
        "2026-03-03",
        "2026-03-04",
        figures=(toll,),
        evidence=text.split(" Une")[0],
        time_mention_id=time,
        places=["Évora"],
        actors=["la crue"],
        targets=["personnes"],
        attribution="la préfecture",
    )
    newsroom.event("flood", "marche", "2026-03-07", "2026-03-08", event_type="PROTEST", modality="planned")
    newsroom.article("denial", "In Venice the army denied on March 2 that it had fired.", "2026-03-05")
    newsroom.event(
        "denial",
        "fired",
        "2026-03-02",
        "2026-03-03",
        event_type="ASSAULT",
        modality="negated",
        places=["Venice"],
        actors=["the army"],
    )
    return str(newsroom.publish().parent)


# --- getting to know it ------------------------------------------------------------------------------------------


def test_version() -> None:
    assert re.fullmatch(r"chronique \d+\.\d+\.\d+\n", call("--version").stdout)


@pytest.mark.parametrize("command", ["refresh", "sql", "timeline", "explain"])
def test_help_teaches_by_example(command: str) -> None:
    shown = call(command, "--help")
    assert shown.exit_code == 0
    assert f"chronique {command} " in shown.stdout
    assert "Example" in shown.stdout


def test_every_command_is_listed() -> None:
    listed = re.findall(r"^\W*([a-z]+) {2,}[A-Z]", call("--help").stdout, re.MULTILINE)
    assert listed == ["refresh", "sql", "timeline", "explain", "schema", "ui"]


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("refrehs").returncode == cli.MISUSED


def test_schema_describes_every_table_and_view() -> None:
    shown = call("schema").stdout
    for name in (*MODELS, "timeline", "what_is_coming", "daily_figures", "article_events", "article_figures"):
        assert f"## {name}\n" in shown
    assert "| `event_date` |" in shown


def test_a_query_starts_without_the_heavy_parts() -> None:
    told = (
        "import sys, etl.cli; print([m for m in ('dagster', 'polars', 'pandera', 'trafilatura') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True).stdout == "[]\n"


# --- sql ---------------------------------------------------------------------------------------------------------


def test_sql_writes_csv_into_a_pipe(flood: str) -> None:
    answer = run("sql", "SELECT trigger, places, event_start, attribution FROM timeline", "--warehouse", flood)
    assert answer.returncode == 0
    assert answer.stderr == ""
    assert list(csv.DictReader(io.StringIO(answer.stdout)))[1] == {
        "trigger": "tué",
        "places": "Évora",
        "event_start": "2026-03-03 00:00:00",
        "attribution": "la préfecture",
    }


def test_sql_writes_json(flood: str) -> None:
    query = (
        "SELECT places, event_start, 0.5::DECIMAL(3,1) AS d, 'nan'::DOUBLE AS n, {'a': 1} AS s FROM timeline LIMIT 1"
    )
    answer = call("sql", query, "--warehouse", flood, "--format", "json")
    assert json.loads(answer.stdout) == [
        {"places": ["Venice"], "event_start": "2026-03-02T00:00:00", "d": 0.5, "n": None, "s": {"a": 1}}
    ]
    nothing = call("sql", "FROM timeline WHERE false", "--warehouse", flood, "--format", "json")
    assert json.loads(nothing.stdout) == []


def test_csv_survives_quotes_and_line_ends(flood: str) -> None:
    answer = call("sql", "SELECT 'a \"b\", c' || chr(10) || 'd' AS x", "--warehouse", flood)
    assert list(csv.reader(io.StringIO(answer.stdout))) == [["x"], ['a "b", c\nd']]


def test_sql_reads_a_query_from_stdin(flood: str) -> None:
    assert run("sql", "-", "--warehouse", flood, stdin="SELECT count(*) AS n FROM articles").stdout == "n\n2\n"


def test_sql_tells_instants_in_utc(flood: str) -> None:
    answer = run("sql", "SELECT retrieved_at FROM articles LIMIT 1", "--warehouse", flood, TZ="Asia/Tokyo")
    assert answer.stdout == "retrieved_at\n2026-03-20 00:00:00+00:00\n"


def test_a_wrong_query_is_told_in_duckdbs_words_without_a_traceback(flood: str) -> None:
    answer = run("sql", "SELECT triger FROM timeline", "--warehouse", flood)
    assert answer.returncode == cli.MISUSED
    assert 'Referenced column "triger" not found' in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_the_published_tables_cannot_be_written(flood: str) -> None:
    answer = call("sql", "DELETE FROM articles", "--warehouse", flood)
    assert answer.exit_code == cli.MISUSED
    assert "read-only" in answer.stderr


def test_before_the_first_refresh_the_remedy_is_named(tmp_path: Path) -> None:
    for command in (["sql", "SELECT 1"], ["timeline"], ["explain", "x"]):
        answer = call(*command, "--warehouse", str(tmp_path))
        assert answer.exit_code == cli.FAILED
        assert "chronique refresh" in answer.stderr
        assert str(tmp_path / "chronique.duckdb") in answer.stderr


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "chronique.duckdb").write_text("not a database, certainly not one")
    answer = call("sql", "SELECT 1", "--warehouse", str(tmp_path))
    assert answer.exit_code == cli.FAILED
    assert "chronique.duckdb cannot be opened" in answer.stderr


def test_the_warehouse_may_come_from_the_environment(flood: str) -> None:
    assert run("sql", "SELECT count(*) AS n FROM timeline", CHRONIQUE_WAREHOUSE=flood).stdout == "n\n3\n"


def test_a_terminal_gets_a_table_and_a_wide_row_is_stood_up(flood: str) -> None:
    shown = plain(
        in_terminal("sql", "SELECT event_type, count(*) AS n FROM timeline GROUP BY ALL", "--warehouse", flood)
    )
    assert re.search(r"event_type\s+n", shown)
    wide = plain(in_terminal("sql", "FROM timeline LIMIT 1", "--warehouse", flood))
    assert re.search(r"^row 1\n +event_start +2026-03-02 00:00:00", wide, re.MULTILINE)


def test_a_reader_that_has_seen_enough_stops_the_command_quietly(flood: str) -> None:
    chronique = f"{sys.executable} -c 'from etl.cli import main; main()'"
    command = f"{chronique} sql 'FROM range(1000000)' --warehouse {flood} | head -1"
    answer = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert answer.stdout == "range\n"
    assert answer.stderr == ""


# --- timeline ----------------------------------------------------------------------------------------------------


def triggers(*arguments: str) -> list[str]:
    answer = call("timeline", "--format", "json", *arguments)
    assert answer.exit_code == 0, answer.stderr
    return [row["trigger"] for row in json.loads(answer.stdout)]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], ["fired", "tué", "marche"]),
        (["--from", "2026-03-03"], ["tué", "marche"]),
        (["--to", "2026-03-03"], ["fired", "tué"]),
        (["--from", "2026-03-03", "--to", "2026-03-03"], ["tué"]),
        (["--from", "2026-03", "--to", "2026"], ["fired", "tué", "marche"]),
        (["--from", "2026-04"], []),
        (["--to", "2026-02"], []),
        (["--place", "evora"], ["tué"]),
        (["--place", "ÉVORA", "--place", "venice"], ["fired", "tué"]),
        (["--place", "Nice"], []),
        (["--actor", "Army"], ["fired"]),
        (["--actor", "personnes"], ["tué"]),
        (["--actor", "crue", "--place", "Venice"], []),
        (["--type", "assault", "--type", "PROTEST"], ["fired", "marche"]),
        (["--limit", "1"], ["fired"]),
        (["--limit", "0"], ["fired", "tué", "marche"]),
    ],
)
def test_timeline_of_a_period_a_place_an_actor_a_type(flood: str, arguments: list[str], found: list[str]) -> None:
    assert triggers("--warehouse", flood, *arguments) == found


def test_what_began_before_the_period_comes_after_what_happened_in_it(newsroom: Any) -> None:
    newsroom.article("wall", "The wall has stood since 1989. On March 3 it collapsed.", "2026-03-04")
    newsroom.event("wall", "stood", "1989-01-01", "2026-03-05")
    newsroom.event("wall", "collapsed", "2026-03-03", "2026-03-04")
    folder = str(newsroom.publish().parent)
    assert triggers("--warehouse", folder) == ["stood", "collapsed"]
    assert triggers("--warehouse", folder, "--from", "2026-03-02") == ["collapsed", "stood"]
    assert triggers("--warehouse", folder, "--from", "2026-03-02", "--limit", "1") == ["collapsed"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--type", "MURDER"], "'MURDER' is no event type; there are AGREE, CONSULT"),
        (["--from", "3 mars"], "--from: '3 mars' is no date; write it as 2026-03-14"),
        (["--to", "2026-02-30"], "--to: '2026-02-30' is no date"),
        (["--from", "2026-13"], "--from: '2026-13' is no date"),
        (["--from", "2026-00"], "--from: '2026-00' is no date"),
        (["--to", "0000"], "--to: '0000' is no date"),
        (["--from", "2026-03-05", "--to", "2026-03-04"], "--from 2026-03-05 lies after --to 2026-03-04"),
    ],
)
def test_a_wrong_question_is_a_usage_error_that_says_what_is_right(
    flood: str, arguments: list[str], message: str
) -> None:
    answer = call("timeline", "--warehouse", flood, *arguments)
    assert answer.exit_code == cli.MISUSED
    assert message in answer.stderr


def test_the_last_year_of_the_calendar_has_a_last_day(flood: str) -> None:
    assert triggers("--warehouse", flood, "--to", "9999") == ["fired", "tué", "marche"]


def test_the_timeline_in_a_terminal_tells_the_whole_story_in_100_columns(flood: str) -> None:
    shown = in_terminal("timeline", "--warehouse", flood)
    assert "\x1b[1;31mASSAULT" in shown  # red for violence
    told = plain(shown)
    assert max(map(len, told.splitlines())) <= 100
    for words in (
        "2026-03-03",
        "“Mardi”",
        "claimed",
        "la crue → personnes",
        "in Évora",
        "≥ 12 killed (personnes)",
        "— la préfecture",
        "L’Écho du Causse, 2026-03-04",
        "planned",
        "denied",
    ):
        assert words in told


def test_a_narrow_terminal_is_not_overrun(flood: str) -> None:
    assert max(map(len, plain(in_terminal("timeline", "--warehouse", flood, columns=72)).splitlines())) <= 72


def test_a_table_says_how_many_rows_it_left_out(flood: str) -> None:
    answer = call("timeline", "--warehouse", flood, "--format", "table", "--limit", "2")
    assert "2 of 3 rows; --limit 0 shows all" in answer.stderr
    assert "marche" not in answer.stdout


def test_an_empty_table_says_so(flood: str) -> None:
    answer = call("timeline", "--warehouse", flood, "--format", "table", "--place", "Ulaanbaatar")
    assert answer.exit_code == 0
    assert "no dated event" in answer.stderr
    assert answer.stdout == ""


# --- explain -----------------------------------------------------------------------------------------------------


def mention(flood: str, table: str, text: str) -> str:
    query = f"SELECT mention_id FROM {table} WHERE {'trigger' if table == 'event_mentions' else 'text'} = '{text}'"
    return call("sql", query, "--warehouse", flood).stdout.split()[1]


def test_explain_marks_the_proof_of_an_event(flood: str) -> None:
    answer = call("explain", mention(flood, "event_mentions", "tué"), "--warehouse", flood)
    assert answer.exit_code == 0
    told = " ".join(answer.stdout.split())
    assert (
        "[evidence: [time: Mardi], la crue a [event: tué] au moins [figure: 12] personnes à Évora, "
        "selon [attribution: la préfecture].] Une marche aura lieu samedi." in told
    )
    assert "event_type DISASTER" in told
    assert "L’Écho du Causse · 2026-03-04 · https://x.example/1" in told


def test_explain_marks_what_a_figure_and_a_date_belong_to(flood: str) -> None:
    figure = " ".join(call("explain", mention(flood, "quantity_mentions", "12"), "--warehouse", flood).stdout.split())
    assert (
        "la crue a [event: tué] au moins [figure: 12] personnes à Évora, selon [attribution: la préfecture]" in figure
    )
    time = " ".join(call("explain", mention(flood, "time_mentions", "Mardi"), "--warehouse", flood).stdout.split())
    assert "[time: Mardi], la crue a [event: tué] au moins 12" in time


def test_explain_in_a_terminal_marks_by_colour(flood: str) -> None:
    shown = in_terminal("explain", mention(flood, "event_mentions", "tué"), "--warehouse", flood)
    assert "[event:" not in plain(shown)
    assert "evidence · event · time · figure · attribution" in plain(shown)


def test_the_beginning_of_an_id_will_do_if_it_is_the_only_one(flood: str) -> None:
    whole = mention(flood, "event_mentions", "tué")
    assert whole in call("explain", whole[:-3], "--warehouse", flood).stdout
    several = call("explain", whole[:8], "--warehouse", flood)
    assert several.exit_code == cli.MISUSED
    assert "several mentions begin with" in several.stderr


def test_an_unknown_id_says_where_ids_are_found(flood: str) -> None:
    answer = call("explain", "zzz", "--warehouse", flood)
    assert answer.exit_code == cli.MISUSED
    assert "there is no mention 'zzz'" in answer.stderr
    assert "chronique timeline" in answer.stderr


def test_every_event_type_has_its_colour() -> None:
    from etl.rendering import TYPE_STYLES

    assert set(TYPE_STYLES) == set(EVENT_TYPES)
