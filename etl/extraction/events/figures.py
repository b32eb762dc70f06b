"""Figures of events: which quantities the clause of an event governs.

What a figure counts belongs in `quantities`.
"""

from bisect import bisect_right

from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import QuantityMention
from etl.extraction.text import Document

_REACH = 50
"""How many tokens away from its event a figure may stand."""


class Figures:
    """Links the figures of a document to its triggers."""

    def __init__(self, document: Document, quantities: list[QuantityMention]) -> None:
        bounds = document.sentence_tokens
        self._inside: dict[int, list[tuple[int, int]]] = {}
        self._ending: dict[int, int] = {}
        for position, quantity in enumerate(quantities):
            token = document.token_at(quantity.start_char)
            self._ending[document.token_at(quantity.end_char - 1)] = position
            self._inside.setdefault(bisect_right(bounds, token) - 1, []).append((token, position))

    def of(self, trigger: Trigger) -> tuple[int, ...]:
        """Positions of the figures in the trigger's clause; of the one that counts the trigger itself, if one does."""
        counting = self._ending.get(trigger.token - 1)
        if counting is not None:
            return (counting,)  # *34 morts et 187 blessés*
        inside = self._inside.get(trigger.sentence)
        if inside is None:
            return ()
        clause = trigger.clause
        first = max(clause.resumes if clause.resumes >= 0 else clause.first, trigger.token - _REACH)
        end = min(clause.end, trigger.token + _REACH)
        return tuple([position for token, position in inside if first <= token < end])
