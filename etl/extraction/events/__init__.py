"""Events: find triggers, type them, date them, and tell who did what to whom, where."""

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claim, EventMention, QuantityMention, TimeMention
from etl.extraction.names import Names
from etl.extraction.text import Document


def find_events(
    document: Document,
    times: list[TimeMention],
    quantities: list[QuantityMention],
    clauses: Clauses,
    names: Names,
    claims: list[Claim],
) -> list[EventMention]:
    """Every occurrence that the document reports or announces, in text order."""
    return []
