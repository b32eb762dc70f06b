"""A newsroom by hand: articles with mentions that a test spells out, published through the real warehouse.

Tests that want what the extraction makes of a text run a refresh instead.
"""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from deployment import Deployment

from etl.warehouse import Warehouse
from schemas import derive

Row = dict[str, Any]


def instant(told: str | None) -> dt.datetime | None:
    """`2026-03-03` or `2026-03-03T04:30` as a local time."""
    return None if told is None else dt.datetime.fromisoformat(told)


class Newsroom:
    """Rows of every table, with the offsets looked up in the texts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[Row]] = {
            table: []
            for table in ("articles", "time_mentions", "quantity_mentions", "event_mentions", "event_quantities")
        }

    def article(self, article_id: str, text: str, published: str | None = "2026-03-04", **given: Any) -> str:
        """An article; `given` overrides columns."""
        now = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
        row: Row = {
            "article_id": article_id,
            "revision": 1,
            "source": "The Harbour Gazette",
            "url": None,
            "title": f"Title of {article_id}",
            "language": "en",
            "published_at": None,
            "published_on": None if published is None else dt.date.fromisoformat(published),
            "published_from": "unknown" if published is None else "given",
            "retrieved_at": now,
            "content_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "text": text,
        }
        self.rows["articles"].append(row | given)
        return article_id

    def _place(self, article_id: str, words: str, kind: str) -> Row:
        (text,) = (row["text"] for row in self.rows["articles"] if row["article_id"] == article_id)
        start = text.index(words)
        mention_id = f"{hashlib.sha256(article_id.encode()).hexdigest()[:16]}-{kind}{start}-{start + len(words)}"
        return {
            "mention_id": mention_id,
            "article_id": article_id,
            "sentence": 0,
            "start_char": start,
            "end_char": start + len(words),
        }

    def time(self, article_id: str, words: str, value: str, start: str | None, end: str | None) -> str:
        """A date as the text puts it."""
        row = self._place(article_id, words, "t") | {
            "text": words,
            "timex_type": "DATE",
            "timex_value": value,
            "timex_mod": None,
            "interval_start": instant(start),
            "interval_end": instant(end),
            "granularity": "day",
            "anchor": "publication",
            "direction": "past",
            "direction_from": "words",
            "approximate": False,
            "rule": "by hand",
        }
        self.rows["time_mentions"].append(row)
        return str(row["mention_id"])

    def figure(self, article_id: str, words: str, value: float, **given: Any) -> str:
        """A figure; `attribution` is looked up in the text."""
        row = self._place(article_id, words, "q") | {
            "text": words,
            "value": float(value),
            "value_high": None,
            "bound": "exact",
            "unit": "count",
            "object": None,
            "measure": None,
            "additional": False,
            "subset_of": None,
            "change": None,
            "attribution": None,
            "attribution_start": None,
            "attribution_end": None,
        }
        if "attribution" in given:
            said = self._place(article_id, given["attribution"], "a")
            row |= {"attribution_start": said["start_char"], "attribution_end": said["end_char"]}
        self.rows["quantity_mentions"].append(row | given)
        return str(row["mention_id"])

    def event(
        self,
        article_id: str,
        trigger: str,
        start: str | None = None,
        end: str | None = None,
        *,
        figures: tuple[str, ...] = (),
        evidence: str | None = None,
        **given: Any,
    ) -> str:
        """An event; its evidence is the whole text unless it is given."""
        row = self._place(article_id, trigger, "e")
        proof = self._place(article_id, evidence or self._text(article_id), "x")
        row |= {
            "trigger": trigger,
            "lemma": trigger,
            "event_type": "DISASTER",
            "event_start": instant(start),
            "event_end": instant(end),
            "date_source": "text" if start or end else None,
            "time_mention_id": None,
            "modality": "asserted",
            "places": [],
            "actors": [],
            "targets": [],
            "attribution": None,
            "evidence_start": proof["start_char"],
            "evidence_end": proof["end_char"],
        }
        self.rows["event_mentions"].append(row | given)
        self.rows["event_quantities"] += [
            {"event_mention_id": row["mention_id"], "quantity_mention_id": figure} for figure in figures
        ]
        return str(row["mention_id"])

    def _text(self, article_id: str) -> str:
        return next(str(row["text"]) for row in self.rows["articles"] if row["article_id"] == article_id)

    def publish(self) -> Path:
        """Validate, write and publish everything; returns the published database."""
        warehouse = Warehouse(self.folder)
        with warehouse.store() as store:
            for table, rows in self.rows.items():
                frame = pl.DataFrame(rows, schema=derive.frame_schema(table))
                store.insert(table, derive.model(table).validate(frame, lazy=True))
            warehouse.publish(store)
        return warehouse.published


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """An empty newsroom in a folder of its own."""
    return Newsroom(tmp_path / "warehouse")


def read(database: Path, query: str) -> list[Row]:
    """A query's rows by column name, from the published copy as a reader opens it."""
    with duckdb.connect(str(database), read_only=True) as connection:
        answer = connection.execute(query)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


@pytest.fixture(name="read")
def reader() -> Any:
    """`read(database, query)`."""
    return read


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    """A Dagster home and a warehouse of the test's own."""
    return Deployment(tmp_path / "deployment")
