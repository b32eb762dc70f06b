"""Which columns hold the id of a mention, and of which table. What a mention is stands in `schemas.mentions`."""

from typing import NamedTuple


class Reference(NamedTuple):
    """`table.column` holds a `mention_id` of `target`, or null."""

    table: str
    column: str
    target: str


REFERENCES = (
    Reference("quantity_mentions", "subset_of", "quantity_mentions"),
    Reference("event_mentions", "time_mention_id", "time_mentions"),
    Reference("event_quantities", "event_mention_id", "event_mentions"),
    Reference("event_quantities", "quantity_mention_id", "quantity_mentions"),
)
