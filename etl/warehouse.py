"""The one DuckDB resource: the working store (write, merge, read) and the published copy (replaced atomically).

`store.duckdb` is opened by a refresh alone and keeps every revision; `chronique.duckdb` is what everybody opens,
read-only. Rules about what an article or a mention is do not belong here.
"""

import contextlib
import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from schemas import MENTIONS, MODELS, derive

STORE = "store.duckdb"
PUBLISHED = "chronique.duckdb"
STORAGE_VERSION = "v1.4.0"
"""The oldest DuckDB whose clients can open the published copy."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0


class WarehouseLocked(Exception):
    """Another refresh holds the store and the time limit has passed."""


class WarehouseUnreadable(Exception):
    """The store's file is no database that this version can open."""


class Merged(NamedTuple):
    """What merging a batch of articles did: counts of articles."""

    new: int
    changed: int
    unchanged: int


def utc_now() -> dt.datetime:
    """The present instant, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Store:
    """An open working store. Everything between `transaction()` and its end is written, or nothing of it."""

    connection: duckdb.DuckDBPyConnection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit at the end, roll back on any exception."""
        self.connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def frame(self, query: str, **frames: pl.DataFrame) -> pl.DataFrame:
        """A query's rows; keyword arguments are frames that the query may name."""
        with self._registered(frames):
            frame: pl.DataFrame = self.connection.sql(query).pl()
            return frame

    def run(self, statement: str, parameters: Sequence[Any] | dict[str, Any] = (), **frames: pl.DataFrame) -> None:
        """A statement without rows."""
        with self._registered(frames):
            self.connection.execute(statement, parameters)

    @contextlib.contextmanager
    def _registered(self, frames: dict[str, pl.DataFrame]) -> Iterator[None]:
        for name, frame in frames.items():
            self.connection.register(name, frame)
        try:
            yield
        finally:
            for name in frames:
                self.connection.unregister(name)

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        """Append rows that were validated."""
        names = ", ".join(f'"{c.name}"' for c in derive.columns(table))
        self.run(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming", incoming=frame)

    def classify(self, articles: pl.DataFrame) -> pl.DataFrame:
        """Articles with `revision` and `news` (new, changed, renamed, unchanged) against the latest known revisions.

        An article changes with its text, its language or its date; other fields (title, URL, outlet, where the date was
        read) are corrected in place. A date that was known stays when the source no longer gives one.
        """
        return self.frame(_CLASSIFY, incoming=articles)

    def merge_articles(self, articles: pl.DataFrame) -> Merged:
        """Write validated articles that carry `revision` and `news`; each id may occur once."""
        counts = dict(articles.group_by("news").len().iter_rows())
        self.insert("articles", articles.filter(pl.col("news").is_in(["new", "changed"])))
        renamed = articles.filter(pl.col("news") == "renamed")
        if renamed.height:
            self.run(_RENAME, incoming=renamed)
        return Merged(counts.get("new", 0), counts.get("changed", 0), counts.get("unchanged", 0) + renamed.height)

    def pending(self, extractor_version: str, *, full: bool, run_id: str) -> list[str]:
        """Ids of the articles whose latest revision this extractor has not read; with `full`, not in this run."""
        done = "e.run_id = $run" if full else "e.extractor_version = $version"
        rows = self.connection.execute(
            f"""SELECT a.article_id FROM latest_articles a
                WHERE NOT EXISTS (SELECT 1 FROM extractions e
                                  WHERE e.article_id = a.article_id AND e.revision = a.revision AND {done})
                ORDER BY a.article_id""",
            {"run": run_id} if full else {"version": extractor_version},
        ).fetchall()
        return [row[0] for row in rows]

    def articles(self, ids: Sequence[str]) -> pl.DataFrame:
        """The latest revisions of these articles, in the order of their ids."""
        wanted = pl.DataFrame({"article_id": ids}, schema={"article_id": pl.String})
        return self.frame(
            "SELECT a.* FROM latest_articles a SEMI JOIN wanted USING (article_id) ORDER BY article_id", wanted=wanted
        )

    def replace_mentions(
        self, articles: pl.DataFrame, tables: dict[str, pl.DataFrame], extractor_version: str, run_id: str
    ) -> None:
        """Put these articles' mentions in the place of what was known of them, and note that they are extracted."""
        self.run(_DELETE_LINKS, wanted=articles.select("article_id"))
        for table in reversed(MENTIONS[:-1]):
            self.run(
                f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM wanted)",
                wanted=articles.select("article_id"),
            )
        for table in MENTIONS:
            self.insert(table, tables[table])
        self.run(
            "DELETE FROM extractions WHERE article_id IN (SELECT article_id FROM wanted)",
            wanted=articles.select("article_id"),
        )
        self.insert(
            "extractions",
            articles.select("article_id", "revision").with_columns(
                extractor_version=pl.lit(extractor_version), run_id=pl.lit(run_id)
            ),
        )

    def reject(self, table: str, rows: pl.DataFrame, run_id: str) -> int:
        """Keep refused rows (any columns, with `reasons`); what is kept already is not kept twice. Returns new rows."""
        bare = rows.drop("reasons")
        told = [
            json.dumps(_shortened(row), ensure_ascii=False, default=str, sort_keys=True)
            for row in bare.iter_rows(named=True)
        ]
        return self.reject_told(table, told, rows["reasons"].to_list(), run_id)

    def reject_told(self, table: str, told: Sequence[str], reasons: Sequence[Sequence[str]], run_id: str) -> int:
        """The same for rows that are JSON already."""
        incoming = pl.DataFrame(
            {"table_name": [table] * len(told), "row": list(told), "reasons": [list(r) for r in reasons]},
            schema={name: derive.frame_schema("rejected_rows")[name] for name in ("table_name", "row", "reasons")},
        ).unique(maintain_order=True)
        fresh = self.frame(
            "SELECT i.* FROM incoming i ANTI JOIN rejected_rows r USING (table_name, row, reasons)", incoming=incoming
        )
        self.insert(
            "rejected_rows",
            fresh.with_columns(run_id=pl.lit(run_id), rejected_at=pl.lit(utc_now(), dtype=pl.Datetime("us", "UTC"))),
        )
        return fresh.height

    def count_ingestion(self, run_id: str, started_at: dt.datetime, seen: int, merged: Merged, rejected: int) -> None:
        """Note what a run has read so far, in the place of what it noted before."""
        self.run("DELETE FROM ingestions WHERE run_id = ?", [run_id])
        self.run(
            "INSERT INTO ingestions BY NAME SELECT ? AS run_id, ? AS started_at, ? AS articles_seen, "
            "? AS articles_new, ? AS articles_changed, ? AS articles_rejected",
            [run_id, started_at, seen, merged.new, merged.changed, rejected],
        )

    def finish(self, run_id: str, extractor_version: str) -> None:
        """Turn what a run noted into its row of `refreshes`; does nothing for a run that read nothing."""
        self.run(_FINISH, {"run": run_id, "version": extractor_version, "now": utc_now()})


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A folder with the working store and the published copy."""

    folder: Path
    lock_timeout: float = 60.0

    @property
    def published(self) -> Path:
        """The file that readers open."""
        return self.folder / PUBLISHED

    @contextlib.contextmanager
    def store(self, waiting: Callable[[str], None] = lambda message: None) -> Iterator[Store]:
        """Open the working store, made if it is missing; closed at the end, whatever happens.

        While another process holds it, `waiting` is told once and the wait goes on for `lock_timeout` seconds.
        Raises WarehouseLocked after that, WarehouseUnreadable if the file is no database.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        connection = self._connect(waiting)
        try:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET preserve_insertion_order = true")
            for table in (*MODELS, *derive.STORE_ONLY):
                connection.execute(derive.ddl(table))
            connection.execute(_LATEST)
            yield Store(connection)
        finally:
            connection.close()

    def _connect(self, waiting: Callable[[str], None]) -> duckdb.DuckDBPyConnection:
        path = self.folder / STORE
        deadline = time.monotonic() + self.lock_timeout
        pause, told = _FIRST_PAUSE, False
        while True:
            try:
                return duckdb.connect(str(path))
            except duckdb.IOException as error:
                if "lock" not in str(error).lower():
                    raise WarehouseUnreadable(
                        f"{path} cannot be opened: {error}. Move it away to start afresh."
                    ) from error
                if time.monotonic() >= deadline:
                    raise WarehouseLocked(
                        f"{path} is in use by another refresh, and {self.lock_timeout:g} s have passed. "
                        f"Wait for it to end, or allow more time with --lock-timeout. ({_holder(error)})"
                    ) from error
                if not told:
                    waiting(f"waiting for another refresh that uses {path} (up to {self.lock_timeout:g} s)")
                    told = True
                time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
                pause = min(pause * 2, _LONGEST_PAUSE)

    def publish(self, store: Store) -> dict[str, int]:
        """Write the published copy beside the old one and put it in its place atomically. Returns rows per table.

        Readers of the old copy keep their snapshot; a kill leaves the old copy or the new one, never a part.
        """
        for leftover in self.folder.glob(f".{PUBLISHED}.*"):
            leftover.unlink(missing_ok=True)
        draft = self.folder / f".{PUBLISHED}.{os.getpid()}"
        connection = store.connection
        connection.execute(f"ATTACH '{_quoted(draft)}' AS published (STORAGE_VERSION '{STORAGE_VERSION}')")
        try:
            counts = {table: _copy(connection, table) for table in MODELS}
            connection.execute("USE published")
            for statement in _views():
                connection.execute(statement)
            connection.execute("CHECKPOINT published")
        finally:
            connection.execute("USE store")
            connection.execute("DETACH published")
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(self.published)
        return counts


def _copy(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    connection.execute(f"USE published; {derive.ddl(table)}")
    for comment in derive.comments(table):
        connection.execute(comment)
    connection.execute("USE store")
    source = "latest_articles" if table == "articles" else table
    order = ", ".join(_ORDER.get(table, tuple(c.name for c in derive.columns(table))))
    inserted = connection.execute(
        f"INSERT INTO published.{table} SELECT * FROM store.{source} ORDER BY {order}"
    ).fetchone()
    return int(inserted[0]) if inserted else 0


def _views() -> list[str]:
    """The view definitions, those first that others build on: a view that names another comes after it."""
    folder = resources.files("warehouse") / "views"
    bodies = {
        file.name.removesuffix(".sql"): file.read_text("utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    }
    ordered: list[str] = []

    def place(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"views refer to each other in a circle: {' → '.join((*above, name))}")
        if name not in ordered:
            statements = "\n".join(line.split("--", 1)[0] for line in bodies[name].splitlines()).split()
            words = {word.strip("(),;.") for word in statements}
            for other in sorted((words & bodies.keys()) - {name}):
                place(other, (*above, name))
            ordered.append(name)

    for name in sorted(bodies):
        place(name, ())
    return [bodies[name] for name in ordered]


def _shortened(row: dict[str, Any], most: int = 2_000) -> dict[str, Any]:
    """A refused row without the bulk of a long text: what it was stays clear, and the table stays small."""
    return {k: f"{v[:most]}…" if isinstance(v, str) and len(v) > most else v for k, v in row.items()}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _holder(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:300] if lines else "no details"


_ORDER = {
    "articles": ("article_id",),
    "time_mentions": ("article_id", "start_char", "end_char"),
    "quantity_mentions": ("article_id", "start_char", "end_char"),
    "event_mentions": ("article_id", "start_char", "end_char"),
    "rejected_rows": ("rejected_at", "table_name", "row"),
    "refreshes": ("started_at", "run_id"),
}

_LATEST = """
CREATE VIEW IF NOT EXISTS latest_articles AS
SELECT * FROM articles QUALIFY revision = max(revision) OVER (PARTITION BY article_id)
"""

_CLASSIFY = """
WITH judged AS (
    SELECT i.article_id,
           i.published_on IS NULL AND l.published_on IS NOT NULL AS keeps_date,
           CASE
               WHEN l.article_id IS NULL THEN 'new'
               WHEN l.content_sha256 <> i.content_sha256 OR l.language <> i.language
                 OR (NOT keeps_date AND l.published_on IS DISTINCT FROM i.published_on) THEN 'changed'
               WHEN (l.title, l.url, l.source) IS DISTINCT FROM (i.title, i.url, i.source)
                 OR (NOT keeps_date AND (l.published_at, l.published_from)
                     IS DISTINCT FROM (i.published_at, i.published_from)) THEN 'renamed'
               ELSE 'unchanged'
           END AS news
    FROM incoming i LEFT JOIN latest_articles l USING (article_id)
)
SELECT i.* REPLACE (
           CASE WHEN j.keeps_date THEN l.published_at ELSE i.published_at END AS published_at,
           CASE WHEN j.keeps_date THEN l.published_on ELSE i.published_on END AS published_on,
           CASE WHEN j.keeps_date THEN l.published_from ELSE i.published_from END AS published_from,
           coalesce(l.revision, 0) + (j.news IN ('new', 'changed'))::BIGINT AS revision),
       j.news
FROM incoming i JOIN judged j USING (article_id) LEFT JOIN latest_articles l USING (article_id)
ORDER BY i.article_id
"""

_RENAME = """
UPDATE articles SET title = i.title, url = i.url, source = i.source,
                    published_at = i.published_at, published_from = i.published_from
FROM incoming i WHERE articles.article_id = i.article_id AND articles.revision = i.revision
"""

_DELETE_LINKS = """
DELETE FROM event_quantities WHERE event_mention_id IN (
    SELECT mention_id FROM event_mentions WHERE article_id IN (SELECT article_id FROM wanted))
"""

_FINISH = """
INSERT INTO refreshes BY NAME
SELECT run_id, started_at, $now AS finished_at, $version AS extractor_version, articles_seen, articles_new,
       articles_changed, articles_rejected, epoch($now::TIMESTAMPTZ - started_at) AS seconds
FROM ingestions WHERE run_id = $run AND run_id NOT IN (SELECT run_id FROM refreshes)
"""
