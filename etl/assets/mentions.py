"""The mention layer: articles that this extractor has not read yet are read, their mentions put in place of older ones.

How mentions are found belongs in `etl.extraction`; which rows are sound, in `schemas` and `etl.validation`.
"""

from collections.abc import Iterator

import dagster as dg
import polars as pl
from pydantic import Field

from etl import settings
from etl.assets.articles import batches
from etl.assets.metadata import definition_metadata, materialisation
from etl.assets.resources import WarehouseResource
from etl.extraction import Mentions, extractor_version
from etl.parallel import extract_batches
from etl.progress import Progress
from etl.validation import validate, without_orphans
from etl.warehouse import Store
from schemas import MENTIONS
from schemas.references import REFERENCES

BATCH = 250
"""Articles per work unit: about a second's work for one core, so progress shows and a kill loses little."""


class Extraction(dg.Config):
    """How much to extract."""

    full: bool = Field(default=False, description="Extract every article again, not only what changed.")


@dg.multi_asset(
    name="mentions",
    group_name="mentions",
    specs=[
        dg.AssetSpec(
            table,
            deps=["articles"],
            kinds={"duckdb", "polars"},
            metadata=definition_metadata(table),
            description={
                "time_mentions": "Every date, time, duration and recurring set, resolved to TIMEX3 and an interval.",
                "quantity_mentions": "Every figure with its bound, unit, object and claimant.",
                "event_mentions": "Every occurrence reported or announced, typed, dated and attributed.",
                "event_quantities": "Which figures belong to which event.",
            }[table],
        )
        for table in MENTIONS
    ],
)
def mentions(
    context: dg.AssetExecutionContext,
    config: Extraction,
    warehouse: WarehouseResource,
    progress: dg.ResourceParam[Progress],
) -> Iterator[dg.MaterializeResult[None]]:
    """Extract what is pending, a batch of articles at a time."""
    version, run_id = extractor_version(), context.run_id
    rows, refused = dict.fromkeys(MENTIONS, 0), dict.fromkeys(("articles", *MENTIONS), 0)
    samples: dict[str, pl.DataFrame] = {}
    with warehouse.open().store(progress.message) as store:
        pending = store.pending(version, full=config.full, run_id=run_id)
        progress.stage("extracting mentions", len(pending))
        work = (store.articles(ids) for ids in batches(pending, BATCH))
        for articles, found in extract_batches(work, len(pending), settings.Environment().workers):
            with store.transaction():
                tables, rejected = sound(store, articles, found, run_id)
                store.replace_mentions(articles, tables, version, run_id)
            for table, frame in tables.items():
                rows[table] += frame.height
                samples.setdefault(table, frame.head(8))
            for table, count in rejected.items():
                refused[table] += count
            progress.advance(articles.height)
    if any(refused.values()):
        progress.message(f"{sum(refused.values())} extracted rows or articles were refused; see rejected_rows")
    for table in MENTIONS:
        yield dg.MaterializeResult(
            asset_key=table,
            metadata=materialisation(
                table,
                rows[table],
                samples.get(table, pl.DataFrame()),
                articles=len(pending),
                articles_rejected=refused["articles"],
                rejected=refused[table],
                extractor_version=version,
            ),
        )


def sound(
    store: Store, articles: pl.DataFrame, found: Mentions, run_id: str
) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    """The rows that pass their checks, and how many of each table and of the articles did not.

    These are in rejected_rows now.
    """
    texts = dict(articles.select("article_id", "text").iter_rows())
    tables: dict[str, pl.DataFrame] = {}
    store.reject("articles", _failures(found), run_id)
    refused = {"articles": len(found.failed)}
    for table, frame in found.tables().items():
        verdict = validate(table, frame, texts)
        store.reject(table, verdict.rejected, run_id)
        tables[table], refused[table] = verdict.kept, verdict.rejected.height
    for table in MENTIONS:
        references = [(r.column, tables[r.target]) for r in REFERENCES if r.table == table]
        verdict = without_orphans(tables[table], references)
        store.reject(table, verdict.rejected, run_id)
        tables[table] = verdict.kept
        refused[table] += verdict.rejected.height
    return tables, refused


def _failures(found: Mentions) -> pl.DataFrame:
    """The articles that could not be extracted, with their reasons."""
    reasons = [
        [f"not extracted, by a fault of the extractor; please report it: {fault}"] for fault in found.failed.values()
    ]
    return pl.DataFrame(
        {"article_id": list(found.failed), "reasons": reasons},
        schema={"article_id": pl.String, "reasons": pl.List(pl.String)},
    )
