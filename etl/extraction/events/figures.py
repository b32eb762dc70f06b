"""Figures of events: which quantities the clause of an event governs.

What a figure counts belongs in `quantities`.
"""

from bisect import bisect_right

from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import QuantityMention
from etl.extraction.text import Document

_REACH = 50
"""How many tokens away from its event a figure may stand."""


def figures_of(document: Document, quantities: list[QuantityMention], triggers: list[Trigger]) -> list[tuple[int, ...]]:
    """Of each trigger the positions of the figures in its clause, or of the one that counts it, if one does."""
    bounds, token_at = document.sentence_tokens, document.token_at
    inside: dict[int, list[tuple[int, int]]] = {}
    counting: dict[int, int] = {}
    for position, quantity in enumerate(quantities):
        token = token_at(quantity.start_char)
        counting[token_at(quantity.end_char - 1) + 1] = position
        inside.setdefault(bisect_right(bounds, token) - 1, []).append((token, position))
    found: list[tuple[int, ...]] = []
    for trigger in triggers:
        if trigger.token in counting:
            found.append((counting[trigger.token],))  # *34 morts et 187 blessés*
        elif trigger.clause.sentence in inside:
            clause = trigger.clause
            first = max(clause.resumes if clause.resumes >= 0 else clause.first, trigger.token - _REACH)
            end = min(clause.end, trigger.token + _REACH)
            found.append(tuple([position for token, position in inside[clause.sentence] if first <= token < end]))
        else:
            found.append(())
    return found
