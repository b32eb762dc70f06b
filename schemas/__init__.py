"""One Pandera (polars) model per table: the single source of column names, types, descriptions, units and checks.

DDL, Dagster's column schema and the data dictionary are generated from these models (`schemas.derive`).
Nothing here reads or writes data, and no other module lists columns.
"""

from schemas.articles import Articles
from schemas.mentions import EventMentions, EventQuantities, QuantityMentions, TimeMentions
from schemas.operations import Refreshes, RejectedRows

MODELS = {
    "articles": Articles,
    "time_mentions": TimeMentions,
    "quantity_mentions": QuantityMentions,
    "event_mentions": EventMentions,
    "event_quantities": EventQuantities,
    "rejected_rows": RejectedRows,
    "refreshes": Refreshes,
}
"""Every published table by name, in the order in which a reader meets them."""

MENTIONS = ("time_mentions", "quantity_mentions", "event_mentions", "event_quantities")
"""The tables that extraction fills, in dependency order."""

__all__ = [
    "MENTIONS",
    "MODELS",
    "Articles",
    "EventMentions",
    "EventQuantities",
    "QuantityMentions",
    "Refreshes",
    "RejectedRows",
    "TimeMentions",
]
