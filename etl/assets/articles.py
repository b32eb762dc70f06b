"""The raw layer: what the sources hold becomes revisions in the store, and what cannot be read becomes rejected rows.

Reading sources belongs in `etl.sources`, merging in `etl.warehouse`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

import dagster as dg
import polars as pl
from pydantic import Field

from etl import settings
from etl.assets.metadata import definition_metadata, materialisation
from etl.assets.resources import WarehouseResource
from etl.progress import Progress
from etl.sources import Given, RawArticle, Rejection, count_inputs, read_sources
from etl.validation import validate
from etl.warehouse import Merged, Store, utc_now
from schemas import derive

BATCH = 500
"""Articles per transaction: large enough to amortise it, small enough that a killed run has little to do again."""

_LOGGED = 20
"""Rejections of a batch that the run's log tells; `rejected_rows` has them all."""

T = TypeVar("T")


class RefreshSources(dg.Config):
    """What to read. Without `sources`: what `dagster_home/sources.yaml` lists."""

    sources: list[str] = Field(default_factory=list, description="Files, folders or URLs.")
    published: str | None = Field(default=None, description="ISO date for articles that tell none.")
    language: str | None = Field(default=None, description="BCP 47 tag for articles that tell none.")

    def given(self) -> Given:
        """What the person who started the refresh said about undated and untagged articles."""
        return Given(published=date.fromisoformat(self.published) if self.published else None, language=self.language)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Consecutive lists of at most `size` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


@dg.asset(
    group_name="raw",
    kinds={"duckdb", "polars"},
    code_version="1",
    metadata=definition_metadata("articles"),
    description="Every revision of every article that the sources gave, text kept verbatim.",
)
def articles(
    context: dg.AssetExecutionContext,
    config: RefreshSources,
    warehouse: WarehouseResource,
    progress: dg.ResourceParam[Progress],
) -> dg.MaterializeResult[None]:
    """Read the sources and merge what is new."""
    started_at = utc_now()
    sources = config.sources or settings.source_paths()
    seen, rejected, merged = 0, 0, Merged(0, 0, 0)
    sample: list[pl.DataFrame] = []
    progress.stage("reading articles", count_inputs(sources))
    with warehouse.open().store(progress.message) as store:
        for batch in batches(read_sources(sources, config.given(), max_chars=settings.Environment().max_chars), BATCH):
            with store.transaction():
                counts, kept, refused = _write(store, batch, context.run_id)
                seen += sum(isinstance(item, RawArticle) for item in batch)
                merged = Merged(*(a + b for a, b in zip(merged, counts, strict=True)))
                rejected += refused
                store.count_ingestion(context.run_id, started_at, seen + rejected, merged, rejected)
            sample = sample or [kept]
            for rejection in islice((item for item in batch if isinstance(item, Rejection)), _LOGGED):
                context.log.warning("%s: %s", rejection.origin, " ".join(rejection.reasons))
            progress.advance(len(batch))
        if not seen and not rejected:
            with store.transaction():
                store.count_ingestion(context.run_id, started_at, 0, merged, 0)
    return dg.MaterializeResult(
        metadata=materialisation(
            "articles",
            merged.new + merged.changed,
            sample[0] if sample else pl.DataFrame(),
            seen=seen,
            new=merged.new,
            changed=merged.changed,
            unchanged=merged.unchanged,
            rejected=rejected,
        )
    )


def _write(store: Store, batch: list[RawArticle | Rejection], run_id: str) -> tuple[Merged, pl.DataFrame, int]:
    """Merge a batch. Returns what it did, the rows written, and how many inputs gave no article."""
    rejections = [item for item in batch if isinstance(item, Rejection)]
    store.reject_told(
        "articles",
        [json.dumps(r.row, ensure_ascii=False, default=str, sort_keys=True) for r in rejections],
        [r.reasons for r in rejections],
        run_id,
    )
    classified = store.classify(_frame([item for item in batch if isinstance(item, RawArticle)]))
    verdict = validate("articles", classified.drop("news"))
    store.reject("articles", verdict.rejected, run_id)
    kept = classified.join(verdict.kept.select("article_id"), on="article_id", how="semi")
    refused = verdict.rejected.height + sum(not r.kept for r in rejections)
    written = kept.filter(pl.col("news").is_in(["new", "changed"])).drop("news")
    return store.merge_articles(kept), written, refused


def _frame(articles: list[RawArticle]) -> pl.DataFrame:
    """Articles as the table has them; the revision is still to be told."""
    now = utc_now()
    rows = [
        {
            **{name: getattr(article, name, None) for name in derive.frame_schema("articles")},
            "revision": 1,
            "retrieved_at": now,
            "content_sha256": hashlib.sha256(article.text.encode("utf-8")).hexdigest(),
        }
        for article in articles
    ]
    return pl.DataFrame(rows, schema=dict(derive.frame_schema("articles")))
