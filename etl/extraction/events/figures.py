"""Figures of events: which quantities the clause of an event governs.

What a figure counts belongs in `quantities`.
"""

from bisect import bisect_left

from etl.extraction.clauses import Clauses
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import QuantityMention
from etl.extraction.text import Document


class Figures:
    """Links the figures of a document to its triggers."""

    def __init__(self, document: Document, clauses: Clauses, quantities: list[QuantityMention]) -> None:
        self._tokens = [document.token_at(quantity.start_char) for quantity in quantities]

    def of(self, trigger: Trigger) -> tuple[int, ...]:
        """Positions of the figures in the trigger's clause."""
        clause = trigger.clause
        first = clause.resumes if clause.resumes >= 0 else clause.first
        low, high = bisect_left(self._tokens, first), bisect_left(self._tokens, clause.end)
        return tuple(range(low, high))
