"""What happened to the things counted, and how a figure stands to the figures around it.

The measure (killed, launched, paid, …) from the predicate's words, the change that a figure is the size of, whether it
comes on top of another (`additional`) or is part of one (`subset_of`). Words are in `languages/<code>/measures.toml`.
"""

from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.units import COUNT, PERCENT

_NEAR = 12
"""Tokens on either side of a figure within which its predicate is looked for."""

_STRONG = '.;:!?()«»“”"'


_OF_MONEY = frozenset(("raised", "invested", "fined", "paid"))
_OF_OTHERS = frozenset(("killed", "injured", "missing", "detained", "captured", "released", "displaced", "struck"))
"""What only happens to money, and what never does."""


def measure_of(page: Page, figure: Figure) -> str | None:
    """What the object or the nearest predicate of the clause says happened; None if neither says."""
    measure = _measure(page, figure)
    return None if measure in (_OF_OTHERS if figure.unit.money else _OF_MONEY) else measure


def _measure(page: Page, figure: Figure) -> str | None:
    tokens, words = page.tokens, page.words
    clause = page.clauses.at(figure.first)
    floor, ceiling = max(clause.first, figure.first - _NEAR), min(clause.end, figure.after + _NEAR)
    while ceiling < page.length and ceiling < figure.after + _NEAR and page.kinds[ceiling] in "wAx":
        ceiling += 1  # "sont portés | disparus"
    for at in range(*figure.head):
        if (pair := words.pairs.get(tokens[at])) is not None:
            for verb in (*range(figure.first - 1, floor - 1, -1), *range(figure.after, ceiling)):
                if (measure := pair[tokens[verb]]) is not None:
                    return measure
        if (measure := words.measures[tokens[at]]) is not None:
            return measure
    for at in range(figure.head[1], min(figure.head[1] + 2, page.length) if figure.own else 0):
        if page.kinds[at] not in "wAx":
            break
        if (measure := words.measures[tokens[at]]) is not None:
            return measure
    after, before = figure.after, figure.first - 1
    while after < ceiling or before >= floor:
        if after < ceiling:
            if tokens[after] in _STRONG:
                ceiling = after
            elif (measure := words.measures[tokens[after]]) is not None:
                return measure
        if before >= floor:
            if tokens[before] in _STRONG:
                floor = before + 1
            elif (measure := words.measures[tokens[before]]) is not None:
                return measure
        after, before = after + 1, before - 1
    return next((words.counted[tokens[at]] for at in range(*figure.head) if words.counted[tokens[at]]), None)


def change_of(page: Page, figure: Figure) -> str | None:
    """`increase` or `decrease` where the figure is the size of a rise or a fall, not the level reached."""
    tokens, words = page.tokens, page.words
    start = tokens[figure.first]
    if start == "+":
        return "increase"
    if start in "-−" and figure.value < 0 and figure.unit.code == PERCENT:
        return "decrease"
    if figure.own and figure.unit.code != COUNT:
        for at in range(*figure.head):
            if (change := words.change[tokens[at]]) is not None:
                return change
    if figure.unit.code == PERCENT and (change := words.change[page.tokens[figure.after]]) is not None:
        return change  # "6% more"
    for at in (figure.after, figure.after + 1):
        if at < page.length and tokens[at - 1] in words.linkers and (change := words.change[tokens[at]]) is not None:
            return change
    at = figure.first - 1 if figure.bound_first < 0 else min(figure.first - 1, figure.bound_first - 1)
    if at < 0:
        return None
    if tokens[at] in words.change_by:
        if (change := words.change[tokens[at]]) is not None and figure.unit.code != COUNT:
            return change
        for back in range(at - 1, max(-1, at - 4), -1):
            if tokens[back] in _STRONG or tokens[back] == ",":
                break
            if (change := words.change[tokens[back]]) is not None:
                return change
    return None


def is_additional(page: Page, figure: Figure) -> bool:
    """Whether the figure comes on top of figures given before: `huit autres`, `another 31`, `ten more`."""
    tokens, words = page.tokens, page.words
    ends = (figure.end, figure.after, figure.head[1]) if figure.own else (figure.end, figure.after)
    if figure.unit.code == PERCENT:
        return False
    if any(words.additional.at(tokens, at) is not None for at in ends):
        return True
    first = figure.first if figure.bound_first < 0 else figure.bound_first
    return words.additional_before.before(tokens, first) is not None


def whole_of(page: Page, figures: list[Figure], position: int, subsets: list[int | None]) -> int | None:
    """Position of the figure that this one is part of (`dont deux enfants`), in the same sentence; None if of none."""
    figure, tokens, words = figures[position], page.tokens, page.words
    if position == 0:
        return None
    whole = position - 1
    if figures[whole].sentence != figure.sentence:
        return None
    first = figure.first if figure.bound_first < 0 else figure.bound_first
    for at in (first, first - 1):
        if words.subsets.before(tokens, at) is not None and at > figures[whole].first:
            return whole
    if figure.linked and not figure.own and page.tokens[figure.after] in words.anaphora:
        return whole
    if subsets[whole] is not None and tokens[first - 1] in words.coordinations and first - figures[whole].after <= 6:
        return subsets[whole]
    return None
