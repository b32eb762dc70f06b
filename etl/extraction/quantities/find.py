"""Finding figures: the numbers of a document that count or measure something, with ranges joined and units read.

What is no figure (dates, clock times, ranks, names, telephone numbers, scores) is refused here, whether or not a time
was found there. Bounds, objects and predicates are read by the other modules of this room.
"""

import re
from bisect import bisect_right
from itertools import pairwise

from etl.extraction.numbers import Number, read_number
from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.lexis import MULTIPLE
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.phrases import group_start
from etl.extraction.quantities.reading import unit_after, unit_before
from etl.extraction.quantities.refusals import is_called, is_figure, is_year, one_counts, starts_line
from etl.extraction.quantities.units import AGE, COUNT, DURATION, PERCENT, POINTS, PURE, Unit

_CANDIDATE = re.compile(r"[dcmofhvu1](?:(?<!1)|(?=[mofhnpe]))")
"""A token that may start a number, over the kinds of `lexis`: a "one" only before what makes it count."""

_MOST_IN = 1000
"""The most that "one in …" is read as a share of."""

_SIGNS = frozenset("+-−–")
_DASHES = "-–—"
_COUNT, _PURE, _AGE = Unit(COUNT), Unit(PURE), Unit(AGE)


def find_figures(page: Page) -> list[Figure]:
    """Every figure of the page, in text order; linear in the length of the text."""
    codes, document, starts = page.codes, page.document, page.document.starts
    bounds, ordinal, floor, ceiling, free = document.sentence_tokens, 0, 0, 0, 0
    times, beyond = page.times, len(document.text)
    coming = time_start = time_end = 0
    found: list[Figure] = []
    for match in _CANDIDATE.finditer(codes):
        token = match.start()
        if token < free:
            continue
        start = starts[token]
        while time_end <= start:
            time_start, time_end = times[coming][:2] if coming < len(times) else (beyond, beyond + 1)
            coming += 1
        timed = time_start <= start
        if timed and not (codes[token + 1] == "f" and page.tokens[token + 2] in page.words.linkers):
            continue
        multiple = codes[token] == MULTIPLE
        number = _multiplier(page, token) if multiple else read_number(document, token)
        if number is None:
            continue
        free = number.end
        if not number.read or (not timed and time_start < document.ends[free - 1]):
            continue
        if token >= ceiling:
            ordinal = bisect_right(bounds, token, ordinal) - 1
            floor, ceiling = bounds[ordinal : ordinal + 2]
            page.read_sentence(ordinal)
        figure = _multiple(page, number) if multiple else _figure(page, number, floor)
        if figure is not None:
            figure.sentence, figure.floor = ordinal, floor
            end = figure.end if figure.unit.code == COUNT else figure.after
            if end > free:
                free = end
            found.append(figure)
    _share_units(page, found)
    return _with_ratios(page, found)


def _multiplier(page: Page, token: int) -> Number:
    return Number(token, token + 1, page.words.multiples[page.tokens[token]], words=True)


def _multiple(page: Page, number: Number) -> Figure | None:
    """The figure of a multiplying verb (`les prix ont doublé`) or adverb; None for a homograph or an overtaking."""
    token, words = number.first, page.words
    clause = page.clauses.at(token)
    if clause.verb < 0 or (clause.verb != token and page.kinds[token - 1] != "V"):
        return None
    if clause.passive and page.tokens[token + 1] in words.factors:
        return None
    if page.tokens[token].endswith(words.participle_forms) and group_start(page, token) == token:
        return None  # "un doublé"
    figure = Figure(number, token, token, token + 1, token + 1, number.value, None, _PURE)
    figure.change = "increase" if number.value > 1 else "decrease"
    return figure


def _with_ratios(page: Page, figures: list[Figure]) -> list[Figure]:
    """The figures with "one in eight", "four out of five" and the like read as shares."""
    apart, found = page.words.share_of, list[Figure]()
    for figure in figures:
        if apart.by_last[page.tokens[figure.first - 1]] is None:
            found.append(figure)
            continue
        part = apart.before(page.tokens, figure.first)
        if part is not None and figure.unit.code == COUNT and 1 < figure.value <= _MOST_IN and figure.high is None:
            figure = _share_in(page, figure, part[0], found) or figure
        found.append(figure)
    return found


def _share_in(page: Page, whole: Figure, at: int, found: list[Figure]) -> Figure | None:
    """The share that a number before token `at` is of the whole, the last figure found being part of it or not."""
    kinds = page.kinds
    last = found[-1] if found else None
    noun = last.end if last is not None and last.end < at else -1
    counts = noun >= 0 and kinds[whole.after] == "w"  # "4 buts sur 5 tirs" are two counts
    if last is not None and not counts and at - 2 <= last.end <= at:
        alone = last.unit.code == COUNT and last.value < whole.value <= 10
        if alone and all(kinds[i] in "wA" for i in range(last.end, at)):
            return _ratio(page, whole, found.pop().first, noun)
    one = next((i for i in range(at - 1, max(-1, at - 4), -1) if page.codes[i] == page.words.single), -1)
    if one >= 0 and all(kinds[i] in "wA" for i in range(one + 1, at)):
        return _ratio(page, whole, one, one + 1 if one + 1 < at else -1)
    return None


def _ratio(page: Page, whole: Figure, first: int, noun: int) -> Figure:
    part = read_number(page.document, first)
    share = round(100 * (part.value if part else 1) / whole.value, 1)
    ratio = Figure(whole.number, first, first, whole.end, whole.after, share, None, Unit(PERCENT))
    ratio.linked, ratio.head = whole.linked, (noun, noun + 1) if noun >= 0 else (0, 0)
    ratio.ratio, ratio.sentence, ratio.floor = True, whole.sentence, whole.floor
    return ratio


def _share_units(page: Page, figures: list[Figure]) -> None:
    """Give bare numbers the unit of the figure that they are listed with: `de 1,45 à 1,82 euro`, `5, 7 et 12 %`."""
    words, joiners = page.words, page.numbers.joiners
    near = [(one, other) for one, other in pairwise(figures) if other.first - one.after <= 1]
    for figure, following in near:
        listed = page.tokens[figure.after] in words.coordinations or page.tokens[figure.after] == ","
        if figure.unit.code == AGE and following.unit.code == COUNT and listed and following.first == figure.after + 1:
            following.unit = figure.unit
    for figure, following in reversed(near):
        if figure.unit.code != COUNT or following.unit.code == COUNT or following.first - figure.end != 1:
            continue
        joiner = page.tokens[figure.end]
        if joiner == "," and figure.start != figure.number.first:
            continue
        if joiner != "," and joiner not in joiners and joiner not in words.coordinations:
            continue
        figure.unit = following.unit
        scale = following.number.scale
        if figure.number.scale == 1 and scale > 1 and figure.value < 1000 and joiner in joiners:
            figure.value = round(figure.value * scale, 6)


def _figure(page: Page, number: Number, floor: int) -> Figure | None:
    if is_called(page, number, floor) or (number.value == 1 and not one_counts(page, number)):
        return None
    figure = _plain(page, number)
    if figure is None:
        joined = _range(page, number)
        if joined is not None and joined.value < 32 and page.tokens[joined.end] in page.words.months:
            return None
        figure = _with_unit(page, joined or number)
    return _signed(page, figure) if figure is not None and is_figure(page, figure) else None


def _plain(page: Page, number: Number) -> Figure | None:
    """The figure of a number that nothing around can make more of than a count; None for others."""
    words, first, end = page.words, number.first, number.end
    before, after = page.tokens[first - 1], page.tokens[end]
    if (
        after in words.following
        or after in page.units.openers
        or page.kinds[end] not in "wV"
        or before in page.units.sign_ends
        or before in words.linkers
        or before in words.pure
        or number.share
    ):
        return None
    return Figure(number, first, first, end, end, number.value, None, _COUNT)


def _range(page: Page, low: Number) -> Number | None:
    """The range that starts with the number: `de 17 à 21`, `entre 10 et 12`, `deux ou trois`, `40-50`; None if none."""
    document, tokens, words = page.document, page.tokens, page.numbers
    first, between = low.first, words.between
    if tokens[low.end] not in words.joiners and not (
        tokens[first - 1] in page.words.linkers
        or tokens[first - 1] in between
        or tokens[first - 2] in between
        or tokens[first - 3] in between
    ):
        return None
    opened = unit_before(page, low.first)
    opener = (opened[0] if opened else low.first) - 1
    announced = words.between.get(page.tokens[opener]) if opener >= 0 else None
    at = low.end
    joiner = page.tokens[at]
    closed = None
    if announced is None and page.tokens[opener] in page.words.linkers:
        announced = words.joiners  # "growth of 2% to 3%"
    if announced and joiner not in announced and joiner not in words.joiners:
        closed = unit_after(page, low, at + 1 if joiner in page.words.linkers else at)
        if closed is None:
            return None
        at, joiner = closed[0], page.tokens[closed[0]]
        if joiner not in announced:
            return None
    if joiner not in words.joiners and not (announced and joiner in announced):
        return None
    if joiner in _DASHES and not (document.glued(at) or joiner == "–"):
        return None
    second = at + 1
    currency = page.units.signs.get(page.tokens[second])
    if currency:
        second += 1
    if second >= page.length or page.codes[second] not in "dcmo1u":
        return None
    if not document.glued(second) and joiner == "-":
        return None
    high = read_number(document, second)
    if high is None or not high.read or high.share or high.vague or low.share:
        return None
    value = low.value
    if high.scale > 1 and low.scale == 1 and value < 1000 and value * high.scale < high.value:
        value = round(value * high.scale, 6)
    elif (
        not low.words
        and not high.words
        and high.value % 1000 == 0
        and 1 <= value < high.value / 1000
        and low.scale == 1
    ):
        value *= 1000  # "10 à 20 000 combattants"
    if not value < high.value or _is_moving(page, opener):
        return None
    if closed is not None:
        unit = unit_after(page, high, high.end + 1 if page.tokens[high.end] in page.words.linkers else high.end)
        if unit is None or unit[1] != closed[1]:
            return None
    if is_year(document, low) and is_year(document, high):
        return None
    return high._replace(first=low.first, value=value, high=high.value, about=low.about or high.about)


def _is_moving(page: Page, opener: int) -> bool:
    """Whether two numbers are where something went from and to (est passé de 17 à 21), not a range."""
    words, tokens = page.words, page.tokens
    if _is_between(page, opener):
        return False
    for at in range(opener, max(-1, opener - 4), -1):
        if page.telling[at] == "|":
            break
        noun = page.kinds[at - 1] == "D" or (not words.head_first and tokens[at + 1] in words.linkers)
        if words.moves[tokens[at]] and not noun:
            return True
    return False


def _is_between(page: Page, opener: int) -> bool:
    """Whether the opener can only open a range (entre, between): it takes the conjunction."""
    said = page.numbers.between.get(page.tokens[opener], frozenset())
    return not said.isdisjoint(page.words.coordinations)


def _with_unit(page: Page, number: Number) -> Figure | None:
    """The number with its unit; None where the unit makes it a time."""
    if number.share:
        return _share(page, number)
    tokens, kinds, words, units = page.tokens, page.kinds, page.words, page.units
    first, end, linkers = number.first, number.end, page.words.linkers
    exact = number.scale == 1 and not number.about and not number.vague
    at, before = end, tokens[first - 1]
    if tokens[at] in linkers and not (exact and number.words):
        at += 1
    if tokens[at] == "-" and page.document.glued(at) and at + 1 < page.length and page.document.glued(at + 1):
        at += 1
    pure = (tokens[first - 2] if before in linkers else before) in words.pure or (at > end and tokens[at] in words.pure)
    unit, after, value, high = _PURE if pure else _COUNT, at, number.value, number.high
    read = unit_after(page, number, at) if tokens[at] in units.openers else None
    if read is None and at == end and kinds[at] == "A" and words.head_first:
        read = unit_after(page, number, at + 1)  # "les cinq premiers kilomètres"
    written = unit_before(page, first) if before in units.sign_ends else None
    if written is not None and (read is None or not read[1].money):
        first, unit = written
        after = end
        if read is not None and read[1].money:
            after = read[0]
    elif read is not None:
        after, unit = read
        if unit.per != 1:
            value, high = value / unit.per, None if high is None else high / unit.per
    elif at > end and exact and tokens[end] in linkers:
        after = end
    if unit.code == COUNT:
        if (kinds[at] == "A" or tokens[at] in words.additional.by_first) and _is_duration(page, at):
            return None
        if kinds[after] not in "wAVt" and _after_age(page, number):
            unit = _AGE
    elif unit.code == DURATION or (unit.code == AGE and not _is_age(page, number, after)):
        return None
    figure = Figure(number, first, number.first, end, after, value, high, unit)
    if tokens[after] in linkers:
        figure.linked = True
        figure.after = after + 1
    elif after > end and tokens[after - 1] in linkers:
        figure.linked = True
    return figure


def _share(page: Page, number: Number) -> Figure | None:
    """A fraction as a share of what follows; None where it is a rank or part of a time."""
    tokens, kinds, words = page.tokens, page.kinds, page.words
    first, end = number.first, number.end
    linked = tokens[end] in words.linkers
    before = tokens[first - 1]
    if before in page.numbers.ranks or (kinds[first - 1] == "A" and before.isalpha()):
        return None
    if kinds[end + 1] == "t" or tokens[end + linked] in words.no_wholes:
        return None
    if page.codes[first] == "f" and kinds[first - 1] not in "Dd":
        return None
    if not linked and not (not words.head_first and kinds[end] == "D"):
        return None
    points = page.units.after.at(tokens, end + 2) if linked and page.codes[end + 1] == "1" else None
    if points is not None and points[1].code == POINTS:
        return Figure(number, first, first, end, points[0], round(number.value, 3), None, points[1])
    share = round(number.value * 100, 1)
    return Figure(number, first, first, end, end + linked, share, None, Unit(PERCENT), linked=linked)


def _after_age(page: Page, number: Number) -> bool:
    """Whether a cue of age stands before the number, or before what opens its range (`aged between 40 and 65`)."""
    before = number.first - 1
    opens = number.high is not None and page.tokens[before] in page.numbers.between
    return page.tokens[before - opens] in page.units.age_cues


def _is_duration(page: Page, at: int) -> bool:
    """Whether a unit of time stands behind adjectives: `trois longues semaines`, `four more years`."""
    tokens, start = page.tokens, at
    for _ in range(3):
        if (more := page.words.additional.at(tokens, at)) is not None:
            at = more[0]
        elif page.kinds[at] == "A":
            at += 1
        else:
            break
    found = page.units.after.at(tokens, at) if at > start else None
    return found is not None and found[1].code in (DURATION, AGE)


def _is_age(page: Page, number: Number, after: int) -> bool:
    """Whether years are somebody's age: after a cue of age, or a unit that says so by itself."""
    tokens = page.tokens
    if tokens[after - 1] not in page.units.ages:
        return True
    return not page.units.age_cues.isdisjoint(tokens[max(0, number.first - 3) : number.first])


def _signed(page: Page, figure: Figure) -> Figure:
    """With the sign written before it: `+3,2`, `- 60 %`; a minus only where no dash, hyphen or bullet can stand."""
    at = figure.first - 1
    sign = page.tokens[at]
    if sign not in _SIGNS or at < 0 or figure.number.words:
        return figure
    document, tokens = page.document, page.tokens
    if at > 0 and document.glued(at) and tokens[at - 1] not in '([«“":':
        return figure
    if sign == "+":
        figure.start = figure.first = at
        return figure
    below_zero = figure.unit.money or figure.unit.code in (PERCENT, POINTS, "Cel", "[degF]")
    tight = document.glued(figure.first)
    opened = tokens[at - 1] == "(" or page.kinds[at - 1] in "cld"
    if below_zero and sign != "–" and (tight or (opened and not starts_line(document, at))):
        figure.start = figure.first = at
        figure.value = -figure.value
    return figure
