"""Asset checks over the store: what must hold before anything is published (blocking), and what a person should see.

Row by row, every table passed its Pandera model before it was written; these checks look at the tables as a whole.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from etl.assets.resources import WarehouseResource
from schemas import MENTIONS
from schemas.evidence import SPANS

_REFERENCES = (
    ("event_quantities", "event_mention_id", "event_mentions"),
    ("event_quantities", "quantity_mention_id", "quantity_mentions"),
    ("event_mentions", "time_mention_id", "time_mentions"),
    ("quantity_mentions", "subset_of", "quantity_mentions"),
)


def _evidence_query(table: str) -> str:
    """Mentions whose words do not stand in the latest text at their offsets."""
    wrong = " OR ".join(
        f'("{said}" IS NOT NULL AND "{said}" <> substring(a.text, {start} + 1, {end} - {start}))'
        for said, start, end in SPANS[table]
    )
    return (
        f"SELECT count(*) FROM {table} m LEFT JOIN latest_articles a USING (article_id) WHERE a.text IS NULL OR {wrong}"
    )


def _queries(table: str) -> dict[str, str]:
    """Fault → query that counts it; all must count nought."""
    found = {}
    if table in SPANS:
        found["words that do not stand in the article"] = _evidence_query(table)
        found["ids used twice"] = f"SELECT count(*) - count(DISTINCT mention_id) FROM {table}"
    for owner, column, other in _REFERENCES:
        if owner == table:
            found[f"{column} without its mention"] = (
                f"SELECT count(*) FROM {owner} m WHERE {column} IS NOT NULL "
                f"AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o.mention_id = m.{column})"
            )
    return found


def mention_check(table: str) -> dg.AssetChecksDefinition:
    """The blocking check of one mention table."""

    @dg.asset_check(
        asset=table,
        name="proven_and_linked",
        blocking=True,
        pool="duckdb_writer",
        description="Every mention's words stand in its article, ids are unique, and references lead somewhere.",
    )
    def check(warehouse: WarehouseResource) -> dg.AssetCheckResult:
        with warehouse.open().store() as store:
            faults = {fault: int(store.frame(query).item()) for fault, query in _queries(table).items()}
        return dg.AssetCheckResult(passed=not any(faults.values()), metadata=dict(faults))

    return check


@dg.asset_check(
    asset="articles",
    name="one_latest_revision",
    blocking=True,
    pool="duckdb_writer",
    description="Revisions of an article are counted from 1 without gaps, and no two are equal.",
)
def one_latest_revision(warehouse: WarehouseResource) -> dg.AssetCheckResult:
    """A gap or a repetition would publish the wrong text."""
    query = (
        "SELECT count(*) FROM (SELECT article_id FROM articles GROUP BY article_id "
        "HAVING count(*) <> max(revision) OR count(DISTINCT revision) <> count(*))"
    )
    with warehouse.open().store() as store:
        wrong = int(store.frame(query).item())
    return dg.AssetCheckResult(passed=wrong == 0, metadata={"articles": wrong})


@dg.asset_check(
    asset="articles",
    name="articles_are_dated",
    pool="duckdb_writer",
    description="Fewer than a tenth of the articles lack a publication date: without one, dates stay unresolved.",
)
def articles_are_dated(warehouse: WarehouseResource) -> dg.AssetCheckResult:
    """A warning, for undated articles are kept."""
    with warehouse.open().store() as store:
        undated, known = store.frame(
            "SELECT count(*) FILTER (published_on IS NULL), count(*) FROM latest_articles"
        ).row(0)
    return dg.AssetCheckResult(
        passed=undated * 10 <= known,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"undated": undated, "articles": known},
    )


def all_checks() -> Sequence[dg.AssetChecksDefinition]:
    """Every check of the code location."""
    return [*_mention_checks(), one_latest_revision, articles_are_dated]


def _mention_checks() -> Iterator[dg.AssetChecksDefinition]:
    yield from (mention_check(table) for table in MENTIONS)
