"""A deployment of one's own for tests: a folder, its refreshes, and its tables to compare. No assertions here."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.settings import SHIPPED
from schemas import MODELS

VOLATILE = {"retrieved_at", "run_id", "rejected_at", "started_at", "finished_at", "seconds"}
"""Columns that tell when and by which run a row was made: they differ between two runs by their nature."""

CHRONIQUE = (sys.executable, "-c", "from etl.cli import main; main()")
"""The `chronique` command, in the interpreter that runs the tests."""


class Deployment:
    """A folder with its own Dagster home and warehouse."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.warehouse = root / "warehouse"
        self.database = self.warehouse / "chronique.duckdb"
        self.dagster_home = root / "dagster_home"
        self.dagster_home.mkdir(parents=True)
        for name in ("dagster.yaml", "sources.yaml"):
            shutil.copyfile(SHIPPED / "dagster_home" / name, self.dagster_home / name)

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DAGSTER_HOME": str(self.dagster_home),
            "CHRONIQUE_WAREHOUSE": str(self.warehouse),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            "COLUMNS": "100",
        }
        return os.environ | own

    def chronique(self, *arguments: str | Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        command = [*CHRONIQUE, *map(str, arguments)]
        return subprocess.run(
            command, env=self.environment, cwd=self.root, text=True, capture_output=True, timeout=timeout, check=False
        )

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        command = [*CHRONIQUE, *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.environment, cwd=self.root, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query, parameters).fetchall()

    def tables(self, *, without: Sequence[str] = ("refreshes",)) -> dict[str, list[tuple[Any, ...]]]:
        """Every published table, sorted, without what differs between runs by nature."""
        found = {}
        with duckdb.connect(str(self.database), read_only=True) as connection:
            for table, model in MODELS.items():
                if table not in without:
                    names = [f'"{name}"' for name in model.to_schema().columns if name not in VOLATILE]
                    found[table] = connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL").fetchall()
        return found


def write_articles(path: Path, count: int, *, published: str = "2026-03-05") -> Path:
    """A .jsonl of `count` short articles, each with a date, a figure with its claimant and an event."""
    towns = ("Nantes", "Lyon", "Kharkiv", "Beyrouth", "Dakar")
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            town = towns[number % len(towns)]
            text = (
                f"Une explosion a secoué {town} mardi soir, faisant au moins {number % 40 + 3} blessés, "
                f"selon la préfecture. Le ministre quittera {town} en avril."
            )
            record = {"id": f"a-{number:05}", "language": "fr", "published_at": published, "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path
