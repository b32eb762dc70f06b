"""Figures of events: which quantities the clause of an event governs.

What a figure counts belongs in `quantities`.
"""

from bisect import bisect_left

from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import QuantityMention
from etl.extraction.text import Document

_REACH = 50
"""How many tokens away from its event a figure may stand."""


class Figures:
    """Links the figures of a document to its triggers."""

    def __init__(self, document: Document, quantities: list[QuantityMention]) -> None:
        self._tokens = [document.token_at(quantity.start_char) for quantity in quantities]

    def of(self, trigger: Trigger) -> tuple[int, ...]:
        """Positions of the figures in the trigger's clause."""
        tokens, clause = self._tokens, trigger.clause
        first = clause.resumes if clause.resumes >= 0 else clause.first
        low = bisect_left(tokens, max(first, trigger.token - _REACH))
        end = min(clause.end, trigger.token + _REACH)
        if low == len(tokens) or tokens[low] >= end:
            return ()
        return tuple(range(low, bisect_left(tokens, end, low)))
