"""Quantities: find numbers, read their bound, unit and object, and say who gives them."""

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claim, QuantityMention, TimeMention
from etl.extraction.text import Document


def find_quantities(
    document: Document, times: list[TimeMention], clauses: Clauses, claims: list[Claim]
) -> list[QuantityMention]:
    """Every figure of the document outside its times, in text order."""
    return []
