"""The Dagster code location, put together in one place. Bodies of assets, checks and schedules do not belong here."""

from typing import Any

import dagster as dg

from etl.assets.articles import articles
from etl.assets.automation import daily_schedule, inbox_sensor, refresh_job
from etl.assets.checks import all_checks
from etl.assets.mentions import mentions
from etl.assets.published import published
from etl.assets.resources import WarehouseResource
from etl.progress import LogProgress


def build_defs(**overrides: Any) -> dg.Definitions:
    """The whole code location; keyword arguments replace resources by name (`warehouse`, `progress`)."""
    return dg.Definitions(
        assets=[articles, mentions, published],
        asset_checks=all_checks(),
        jobs=[refresh_job],
        schedules=[daily_schedule()],
        sensors=[inbox_sensor],
        resources={"warehouse": WarehouseResource(), "progress": LogProgress(), **overrides},
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev -m etl.definitions` loads."""
    return build_defs()
