"""The resources that assets ask for: the warehouse, and a listener to the progress.

How a store is opened and written belongs in `etl.warehouse`.
"""

from pathlib import Path

import dagster as dg

from etl import settings
from etl.warehouse import Warehouse


class WarehouseResource(dg.ConfigurableResource[Warehouse]):
    """Where the databases are. Empty `folder`: `$CHRONIQUE_WAREHOUSE`, else the deployment's `warehouse/data`."""

    folder: str = ""
    lock_timeout: float = 3600.0
    """Seconds; long, since nobody waits at a terminal for a run of the UI, the schedule or the sensor."""

    def open(self) -> Warehouse:
        """The warehouse that this configuration names."""
        return Warehouse(settings.warehouse_dir(Path(self.folder) if self.folder else None), self.lock_timeout)
