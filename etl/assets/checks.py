"""Asset checks over the store: what must hold before anything is published (blocking), and what a person should see.

Row by row, every table passed its Pandera model before it was written. What is counted is in `etl.integrity`.
"""

from collections.abc import Sequence

import dagster as dg

from etl import integrity
from etl.assets.resources import WarehouseResource
from schemas import MENTIONS


def mention_check(table: str) -> dg.AssetChecksDefinition:
    """The blocking check of one mention table."""

    @dg.asset_check(
        asset=table,
        name="proven_and_linked",
        blocking=True,
        description="Every mention's words stand in its article, ids are unique, and references lead somewhere.",
    )
    def check(warehouse: WarehouseResource) -> dg.AssetCheckResult:
        with warehouse.open().store() as store:
            faults = {fault: int(store.frame(query).item()) for fault, query in integrity.mention_faults(table).items()}
        return dg.AssetCheckResult(passed=not any(faults.values()), metadata=dict(faults))

    return check


@dg.asset_check(
    asset="articles",
    name="revisions_are_counted",
    blocking=True,
    description="Revisions of an article are counted from 1 without gaps, and no two are equal.",
)
def revisions_are_counted(warehouse: WarehouseResource) -> dg.AssetCheckResult:
    """A gap or a repetition would publish the wrong text."""
    with warehouse.open().store() as store:
        wrong = int(store.frame(integrity.REVISIONS).item())
    return dg.AssetCheckResult(passed=wrong == 0, metadata={"articles": wrong})


@dg.asset_check(
    asset="articles",
    name="articles_are_dated",
    description="Fewer than a tenth of the articles lack a publication date: without one, dates stay unresolved.",
)
def articles_are_dated(warehouse: WarehouseResource) -> dg.AssetCheckResult:
    """A warning, for undated articles are kept."""
    with warehouse.open().store() as store:
        undated, known = store.frame(integrity.UNDATED).row(0)
    return dg.AssetCheckResult(
        passed=undated * 10 <= known,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"undated": undated, "articles": known},
    )


def all_checks() -> Sequence[dg.AssetChecksDefinition]:
    """Every check of the code location."""
    return [*map(mention_check, MENTIONS), revisions_are_counted, articles_are_dated]
