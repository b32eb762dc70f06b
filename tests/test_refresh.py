"""What a refresh promises: only new work, revisions kept, nothing lost, and clear words about what is wrong."""

import json
from pathlib import Path

import duckdb
import pytest
from deployment import Deployment, write_articles

from etl import cli

ARTICLE = {
    "id": "crue-1",
    "language": "fr",
    "title": "Crue",
    "published_at": "2026-03-04",
    "text": "La crue a fait au moins douze morts mardi à Belleroche, selon la préfecture.",
}


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def test_every_table_has_rows_for_the_samples_without_any_argument(deployment: Deployment) -> None:
    done = deployment.chronique("refresh")
    assert done.returncode == 0, done.stderr
    for table in ("articles", "time_mentions", "quantity_mentions", "event_mentions", "event_quantities", "refreshes"):
        assert deployment.rows(f"SELECT count(*) FROM {table}")[0][0] > 0, table
    assert deployment.rows("SELECT count(*) FROM timeline")[0][0] > 0
    assert deployment.rows("SELECT * FROM rejected_rows") == [], "the shipped samples are all sound"


def test_a_second_refresh_reports_nothing_new_and_changes_no_table(deployment: Deployment, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", 30)
    deployment.chronique("refresh", source)
    before = deployment.tables()
    assert deployment.chronique("refresh", source).returncode == 0
    assert deployment.tables() == before
    assert deployment.rows(
        "SELECT articles_seen, articles_new, articles_changed FROM refreshes ORDER BY started_at"
    ) == [
        (30, 30, 0),
        (30, 0, 0),
    ]


def test_extracting_everything_again_gives_the_same_tables(deployment: Deployment, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", 5)
    deployment.chronique("refresh", source)
    before = deployment.tables()
    done = deployment.chronique("refresh", source, "--full")
    assert done.returncode == 0
    assert "Extracted  0 time mentions" not in done.stdout
    assert deployment.tables() == before


def test_a_new_text_is_a_new_revision_and_only_its_mentions_are_published(
    deployment: Deployment, tmp_path: Path
) -> None:
    source = write(tmp_path / "in.jsonl", ARTICLE)
    deployment.chronique("refresh", source)
    write(source, ARTICLE | {"text": "La crue a fait dix-sept morts mardi à Belleroche, selon la préfecture."})
    assert deployment.chronique("refresh", source).returncode == 0
    assert deployment.rows("SELECT revision FROM articles") == [(2,)]
    assert deployment.rows("SELECT value FROM quantity_mentions") == [(17.0,)]
    with duckdb.connect(str(deployment.warehouse / "store.duckdb")) as store:
        assert store.execute("SELECT revision FROM articles ORDER BY 1").fetchall() == [(1,), (2,)]


def test_a_corrected_title_is_taken_over_without_a_revision(deployment: Deployment, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", ARTICLE)
    deployment.chronique("refresh", source)
    write(source, ARTICLE | {"title": "La crue de Belleroche"})
    deployment.chronique("refresh", source)
    assert deployment.rows("SELECT revision, title FROM articles") == [(1, "La crue de Belleroche")]


def test_a_date_given_once_stays_when_the_next_refresh_does_not_give_it(deployment: Deployment, tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text("Le maire a démissionné dimanche, selon la préfecture de la région.", encoding="utf-8")
    deployment.chronique("refresh", source, "--published", "2026-03-05", "--language", "fr")
    deployment.chronique("refresh", source, "--language", "fr")
    assert deployment.rows("SELECT revision, published_on::VARCHAR, published_from FROM articles") == [
        (1, "2026-03-05", "given")
    ]


def test_an_undated_article_is_kept_and_nothing_is_invented_for_it(deployment: Deployment, tmp_path: Path) -> None:
    source = tmp_path / "note.txt"
    source.write_text("Le maire a démissionné dimanche, selon la préfecture de la région.", encoding="utf-8")
    assert deployment.chronique("refresh", source, "--language", "fr").returncode == 0
    assert deployment.rows("SELECT published_on, published_from FROM articles") == [(None, "unknown")]
    assert deployment.rows("SELECT timex_value, interval_start FROM time_mentions") == [("XXXX-WXX-7", None)]


def test_bad_inputs_are_told_and_kept_and_the_rest_goes_on(deployment: Deployment, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "broken.jsonl").write_text(json.dumps(ARTICLE) + '\n{"id": "half", "text": "Le mini', encoding="utf-8")
    write(folder / "no-text.json", {"id": "no-text", "title": "Rien"})
    write(folder / "bad-date.json", ARTICLE | {"id": "bad-date", "published_at": "31/02/2026"})
    (folder / "huge.txt").write_text("Trop long. " * 5_000_000, encoding="utf-8")
    twin = "Le tribunal a condamné mardi l'ancien maire de Belleroche à deux ans de prison."
    write(folder / "twins.jsonl", ARTICLE | {"id": "twin"}, ARTICLE | {"id": "twin", "text": twin})

    done = deployment.chronique("refresh", folder)
    assert done.returncode == 0, done.stderr
    told = [" ".join(reasons) for (reasons,) in deployment.rows("SELECT reasons FROM rejected_rows")]
    origins = [row for (row,) in deployment.rows("SELECT row FROM rejected_rows")]
    assert len(told) == 7, told
    for name in ("empty.txt", "binary.txt", "broken.jsonl", "no-text.json", "bad-date.json", "huge.txt", "twins.jsonl"):
        assert sum(name in row for row in origins) == 1, name
    ids = {article for (article,) in deployment.rows("SELECT article_id FROM articles")}
    assert {"crue-1", "bad-date", "twin"} <= ids
    assert len(ids) == 4  # the twins are both kept, under ids of their own

    assert deployment.chronique("refresh", folder, "--strict").returncode == cli.FAILED


def test_a_source_that_does_not_exist_is_an_error_that_names_it(deployment: Deployment, tmp_path: Path) -> None:
    done = deployment.chronique("refresh", tmp_path / "nowhere")
    assert done.returncode == cli.FAILED
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_locked_store_is_waited_for_and_then_a_clear_error(deployment: Deployment, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", ARTICLE)
    deployment.warehouse.mkdir(parents=True)
    with duckdb.connect(str(deployment.warehouse / "store.duckdb")):
        done = deployment.chronique("refresh", source, "--lock-timeout", "1")
    assert done.returncode == cli.FAILED
    assert "another refresh" in done.stderr
    assert "--lock-timeout" in done.stderr
    assert deployment.chronique("refresh", source).returncode == 0


def test_a_store_that_is_no_database_is_named(deployment: Deployment, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", ARTICLE)
    deployment.warehouse.mkdir(parents=True)
    (deployment.warehouse / "store.duckdb").write_bytes(b"not a database at all" * 500)
    done = deployment.chronique("refresh", source)
    assert done.returncode == cli.FAILED
    assert "store.duckdb" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["Rien à signaler.", "x", "été été été", "😀 " * 50])
def test_articles_without_mentions_are_articles_all_the_same(deployment: Deployment, tmp_path: Path, text: str) -> None:
    source = write(tmp_path / "in.jsonl", ARTICLE | {"text": text})
    assert deployment.chronique("refresh", source).returncode == 0
    assert deployment.rows("SELECT text FROM articles") == [(text,)]
