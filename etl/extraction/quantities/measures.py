"""What happened to the things counted, and how a figure stands to the figures around it.

The measure (killed, launched, paid, …) from the predicate's words, the change that a figure is the size of, whether it
comes on top of another (`additional`) or is part of one (`subset_of`). Words are in `languages/<code>/measures.toml`.
"""

from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.units import AGE, COUNT, PERCENT, PURE

_NEAR = 12
"""Tokens on either side of a figure within which its predicate is looked for."""

_PARTED = 6
"""Tokens before a figure within which stands the word that makes it part of another."""

_CHANGED = 4
"""Tokens before a figure within which stands the change that it is the size of."""

_OF_MONEY = frozenset(("raised", "invested", "fined", "paid"))
_OF_OTHERS = frozenset(("killed", "injured", "missing", "detained", "captured", "released", "displaced", "struck"))
"""What only happens to money, and what never does."""
_OF_STUFF = frozenset(
    ("destroyed", "damaged", "seized", "stolen", "produced", "delivered", "sold", "launched", "intercepted", "cost")
)
"""What happens to tonnes, hectares and litres."""


def predicates_of(page: Page, figures: list[Figure]) -> str:
    """The words of measures, as `Page.telling` marks them, without the things that the figures count.

    What one figure counts (12 wounded) tells nothing of the next one (30 cars).
    """
    marks = bytearray(page.telling, "ascii")
    for figure in figures:
        first, end = figure.head
        marks[first:end] = b"." * (end - first)
    return marks.decode("ascii")


def measure_of(page: Page, figure: Figure, predicates: str) -> str | None:
    """What the object or the nearest predicate of the clause says happened; None if neither says."""
    unit = figure.unit
    if unit.code == AGE or (unit.code == PURE and figure.change is None):
        return None
    measure = _measure(page, figure, predicates)
    if unit.money:
        return None if measure in _OF_OTHERS else measure
    if unit.code in (COUNT, PERCENT, PURE):
        priceless = unit.code == COUNT and measure == "cost"
        return None if priceless or measure in _OF_MONEY else measure
    return measure if measure in _OF_STUFF and unit.code not in page.words.lengths else None


def measure_of_part(measure: str | None, whole: str | None) -> str | None:
    """What happened to part of what was counted: to all of it, unless the part has its own words that can befall it."""
    return whole if measure is None or (whole in _OF_OTHERS and measure in _OF_STUFF) else measure


def _measure(page: Page, figure: Figure, predicates: str) -> str | None:
    tokens, kinds, words, telling = page.tokens, page.kinds, page.words, page.telling
    first, after = figure.first, figure.after
    furthest = after + _NEAR
    floor, ceiling = _reach(page, figure)
    floor, ceiling = max(floor, first - _NEAR), min(ceiling, furthest)
    while kinds[ceiling] in "wAx" and ceiling < furthest:
        ceiling += 1  # "sont portés | disparus"
    head, end = figure.head
    for at in range(head, end):
        if telling[at] in "mo":
            if (pair := words.pairs.get(tokens[at])) is not None:
                for verb in (*range(first - 1, floor - 1, -1), *range(after, ceiling)):
                    if (measure := pair[tokens[verb]]) is not None:
                        return measure
            if telling[at] == "m":
                return words.measures[tokens[at]]
    if figure.own:
        for at in (end, end + 1):
            if kinds[at] not in "wAx":
                break
            if telling[at : at + 1] == "m":
                return words.measures[tokens[at]]
    behind, before = predicates.find("m", after, ceiling), predicates.rfind("m", floor, first)
    if behind >= 0 and predicates.find("|", after, behind) >= 0:
        behind = -1
    if before >= 0 and predicates.find("|", before, first) >= 0:
        before = -1
    nearest = behind if behind >= 0 and (before < 0 or behind - after <= first - 1 - before) else before
    said = words.measures[tokens[nearest]] if nearest >= 0 else None
    if said is None or said in _OF_STUFF or said in _OF_MONEY:
        for at in range(head, end):
            if telling[at] == "o" and (measure := words.counted[tokens[at]]) is not None:
                return measure
    return said


def _reach(page: Page, figure: Figure) -> tuple[int, int]:
    """The tokens of the figure's clause, on to the end of the clause that goes on with it after an inserted one."""
    clause = page.clauses.at(figure.first)
    if clause.verb < 0:
        for other in page.clauses.of_sentence(figure.sentence):
            if 0 <= other.resumes <= clause.first < other.first:
                return clause.first, other.end  # "huit personnes, dont deux enfants, | ont été blessées"
    return clause.first, clause.end


def change_of(page: Page, figure: Figure) -> str | None:
    """`increase` or `decrease` where the figure is the size of a rise or a fall, not the level reached."""
    if figure.change is not None:
        return figure.change
    tokens, words, after, percent = page.tokens, page.words, figure.after, figure.unit.code == PERCENT
    start = tokens[figure.first]
    if start == "+":
        return "increase"
    if percent and figure.value < 0 and start in "-−":
        return "decrease"
    first = figure.first if figure.bound_first < 0 else min(figure.first, figure.bound_first)
    if page.changes.find("+", max(first - _CHANGED, 0), max(after + 2, figure.head[1])) < 0:
        return None
    if figure.own and tokens[figure.head[0]] in words.times:
        return words.multiplied[tokens[figure.head[1]]]  # "deux fois plus"
    if figure.own and figure.unit.code != COUNT:
        for at in range(*figure.head):
            if (change := words.change[tokens[at]]) is not None:
                return change
    if percent and (change := words.change[tokens[after]]) is not None:
        return change  # "6% more"
    for at in (after, after + 1):
        if tokens[at - 1] in words.linkers and (change := words.change[tokens[at]]) is not None:
            return change
    at = first - 1
    multiplied = tokens[at] in words.factors and not figure.own
    if at >= 0 and (multiplied or tokens[at] in words.change_by):
        if (change := words.change[tokens[at]]) is not None and figure.unit.code != COUNT:
            return change
        for back in range(at - 1, max(-1, at - _CHANGED), -1):
            if page.telling[back] == "|" or tokens[back] == "," or page.codes[back] == "d":
                break
            if (change := words.change[tokens[back]]) is not None:
                return change
    return None


def is_additional(page: Page, figure: Figure) -> bool:
    """Whether the figure comes on top of figures given before: `huit autres`, `another 31`, `ten more`."""
    if figure.unit.code == PERCENT:
        return False
    tokens, words = page.tokens, page.words
    more, end, after = words.additional.by_first, figure.end, figure.after
    behind = figure.head[1] if figure.own else after
    if tokens[end] in more or tokens[after] in more or tokens[behind] in more:
        for at in (end, after, behind):
            if words.additional.at(tokens, at) is not None:
                return True
    first = figure.first if figure.bound_first < 0 else figure.bound_first
    added = words.additional_before
    return added.by_last[tokens[first - 1]] is not None and added.before(tokens, first) is not None


def whole_of(page: Page, figures: list[Figure], position: int, subsets: list[int | None]) -> int | None:
    """Position of the figure that this one is part of (`dont deux enfants`), in the same sentence; None if of none."""
    figure, whole = figures[position], position - 1
    if whole < 0 or figures[whole].sentence != figure.sentence:
        return None
    tokens, kinds, words = page.tokens, page.kinds, page.words
    first = figure.first if figure.bound_first < 0 else figure.bound_first
    lowest = max(figures[whole].first + 1, first - _PARTED)
    if not words.subset_ends.isdisjoint(tokens[lowest - 1 : first]):
        for at in range(first, lowest - 1, -1):
            if words.subsets.before(tokens, at) is not None:
                return whole
            if at < first and kinds[at - 1] not in "DwAc":  # "dont un couple et trois enfants"
                break
    if figure.linked and tokens[figure.after] in words.anaphora and not is_additional(page, figure):
        return whole
    listed = tokens[first - 1] in words.coordinations and tokens[first - 2] != ","
    if listed and subsets[whole] is not None and first - figures[whole].after <= 6:
        return subsets[whole]
    return None
