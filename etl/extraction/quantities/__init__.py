"""Quantities: find numbers, read their bound, unit and object, and say who gives them."""

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claims, QuantityMention, TimeMention
from etl.extraction.quantities.bounds import bound_before, settled_bound
from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.find import find_figures
from etl.extraction.quantities.measures import (
    change_of,
    is_additional,
    measure_of,
    measure_of_part,
    predicates_of,
    whole_of,
)
from etl.extraction.quantities.objects import find_object
from etl.extraction.quantities.page import page_of
from etl.extraction.quantities.phrases import NONE
from etl.extraction.quantities.refusals import is_elided_time
from etl.extraction.text import Document

_REMEMBERED = 8
"""How many figures back a bare number may look for what it counts."""


def find_quantities(
    document: Document, times: list[TimeMention], clauses: Clauses, claims: Claims
) -> list[QuantityMention]:
    """Every figure of the document outside its times, in text order.

    Values are in base units of their unit as said (55.5 billion dollars: 55500000000 USD); offsets are code points of
    the text. Takes time linear in the length of the text.
    A language whose pack tells nothing of figures gives none.
    """
    if not lexicon.data(document.language, "quantities"):
        return []
    page = page_of(document, times, clauses)
    figures = find_figures(page)
    previous: list[Figure] = []
    for figure in figures:
        figure.bound = bound_before(page, figure)
        find_object(page, figure, previous[-_REMEMBERED:])
        figure.bound = settled_bound(page, figure, previous[-1] if previous else None)
        previous.append(figure)
    figures = [
        figure
        for figure in figures
        if not is_elided_time(page, figure) and (figure.change is None or figure.head != NONE)
    ]
    starts, ends, predicates = document.starts, document.ends, predicates_of(page, figures)
    found: list[QuantityMention] = []
    subsets: list[int | None] = []
    for position, figure in enumerate(figures):
        whole = whole_of(page, figures, position, subsets)
        subsets.append(whole)
        measure = measure_of(page, figure, predicates)
        if whole is not None:
            measure = measure_of_part(measure, found[whole].measure)
        first, end = figure.head
        found.append(
            QuantityMention(
                starts[figure.start],
                ends[figure.end - 1],
                float(figure.value),
                None if figure.high is None else float(figure.high),
                figure.bound,
                figure.unit.code,
                document.slice(first, end) if end else None,
                measure,
                is_additional(page, figure),
                whole,
                change_of(page, figure),
                claims.claimant_of(figure.start),
            )
        )
    return found
