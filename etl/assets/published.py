"""The published layer: the latest revisions, their mentions and the views, in the file that everybody opens.

What a view answers is in `warehouse/views/`; how the file is replaced, in `etl.warehouse`.
"""

import dagster as dg

from etl.assets.metadata import preview
from etl.assets.resources import WarehouseResource
from etl.extraction import extractor_version
from etl.progress import Progress
from schemas import MENTIONS


@dg.asset(
    group_name="published",
    kinds={"duckdb"},
    deps=["articles", *MENTIONS],
    description="chronique.duckdb: every table of the contract and the views, replaced atomically.",
)
def published(
    context: dg.AssetExecutionContext, warehouse: WarehouseResource, progress: dg.ResourceParam[Progress]
) -> dg.MaterializeResult[None]:
    """Note the refresh as finished, and publish."""
    progress.stage("publishing", None)
    place = warehouse.open()
    with place.store(progress.message) as store:
        with store.transaction():
            store.finish(context.run_id, extractor_version())
        counts = place.publish(store)
        sample = store.frame("SELECT * EXCLUDE text FROM latest_articles ORDER BY published_on DESC NULLS LAST LIMIT 8")
    return dg.MaterializeResult(
        metadata={
            "database": dg.MetadataValue.path(str(place.published)),
            "dagster/row_count": sum(counts.values()),
            **{f"rows/{table}": count for table, count in counts.items()},
            "preview": dg.MetadataValue.md(preview(sample)),
        }
    )
