"""Bounds: whether a figure is exact, approximate, a floor, a ceiling or a range, and how far the word for it reaches.

The phrases are in `languages/<code>/quantities.toml`; what they apply to was found by `find` and `objects`.
"""

from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.units import COUNT

EXACT, APPROXIMATELY, BETWEEN = "exact", "approximately", "between"

_REACH = 4
"""Tokens of articles, adverbs and the like that may stand between a bound and its number."""


def bound_before(page: Page, figure: Figure) -> str:
    """The bound that stands before the figure, noting where it starts; "" for none."""
    tokens, words = page.tokens, page.words
    end, floor = figure.first, figure.floor
    measured, last = figure.unit.code != COUNT, words.before.by_last
    if figure.number.share and end > floor and page.kinds[end - 1] == "D":
        end -= 1
    lowest = max(end - _REACH - 1, floor)
    while end > lowest:
        found = words.before.before(tokens, end) if last[tokens[end - 1]] is not None else None
        if found is None and measured:
            found = words.measured.before(tokens, end)
        if found is not None and found[0] >= floor and not _closes(page, found[0]):
            first, bound = found
            figure.bound_first = first
            return _negated(page, first, floor, bound)
        end -= 1
        if tokens[end] not in words.skipped:
            break
    return ""


def settled_bound(page: Page, figure: Figure, previous: Figure | None) -> str:
    """The figure's bound once its object is known: a range, its own, one after it, or one shared."""
    if figure.high is not None:
        return BETWEEN
    if figure.bound and _is_across(page, previous, figure):
        figure.bound = ""
    return (
        figure.bound
        or _after(page, figure)
        or _own(figure)
        or (_shared(page, previous, figure) if previous is not None else None)
        or EXACT
    )


def _is_across(page: Page, previous: Figure | None, figure: Figure) -> bool:
    """Whether the bound is a preposition between two counts (`two runs over seven innings`)."""
    if previous is None or not previous.own or previous.head[1] != figure.bound_first or figure.unit.code != COUNT:
        return False
    return page.tokens[figure.bound_first] in page.words.across


def _own(figure: Figure) -> str | None:
    """What the number's own words say: a collective is about, a bare plural more than one such unit."""
    if figure.number.vague:
        return "more_than"
    return APPROXIMATELY if figure.number.about else None


def _closes(page: Page, first: int) -> bool:
    """Whether a sign closes what stands before it (`<code> 440`) and is no bound."""
    return not page.tokens[first][0].isalnum() and page.tokens[first - 1].isalnum() and page.document.glued(first)


def _negated(page: Page, first: int, floor: int, bound: str) -> str:
    """The bound, turned round under a negation (`n'a pas dépassé`): only for verbs."""
    words, tokens = page.words, page.tokens
    if bound not in words.negated or not _is_verb(page, first):
        return bound
    if words.negations.isdisjoint(tokens[max(floor, first - 4) : first]) and words.negations.isdisjoint(
        tokens[first + 1 : first + 2]
    ):
        return bound
    return words.negated[bound]


def _is_verb(page: Page, first: int) -> bool:
    word = page.tokens[first]
    return bool(page.words.levels[word])


def _after(page: Page, figure: Figure) -> str | None:
    tokens, phrases = page.tokens, page.words.after
    end, after = figure.end, figure.after - figure.linked
    behind = figure.head[1] if figure.own else after
    if tokens[end] in phrases.by_first or tokens[after] in phrases.by_first or tokens[behind] in phrases.by_first:
        for at in (end, after, behind):
            found = phrases.at(tokens, at)
            if found is not None and not _opens_another(page, found[0]):
                return found[1]
    return None


def _opens_another(page: Page, at: int) -> bool:
    """Whether what stands there belongs to another figure (`90 morts et plus de 600 blessés`)."""
    if at >= page.length:
        return False
    token = page.tokens[at]
    return token in page.words.linkers or page.codes[at] in "dcmo"


def _shared(page: Page, previous: Figure, figure: Figure) -> str | None:
    """The bound of the figure before, with nothing but its noun and a conjunction between (`environ 120 … et 90 …`)."""
    if previous.bound in (EXACT, BETWEEN) or previous.number.vague or previous.number.about or not figure.own:
        return None
    tokens, words = page.tokens, page.words
    if tokens[figure.first - 1] not in words.coordinations:
        return None
    first = previous.head[1] if previous.own else previous.after
    between = tokens[first : figure.first - 1]
    if (
        previous.bound_first < 0
        or len(between) > 2
        or not all(page.kinds[at] in "wA" for at in range(first, figure.first - 1))
    ):
        return None
    return previous.bound
