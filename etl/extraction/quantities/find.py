"""Finding figures: the numbers of a document that count or measure something, with ranges joined and units read.

What is no figure (dates, clock times, ranks, names, telephone numbers, scores) is refused here, whether or not a time
was found there. Bounds, objects and predicates are read by the other modules of this room.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import TimeMention
from etl.extraction.numbers import Number, number_words, read_number
from etl.extraction.quantities.lexis import figure_words
from etl.extraction.quantities.units import (
    AGE,
    COUNT,
    DURATION,
    Page,
    Unit,
    unit_after,
    unit_before,
    unit_words,
)
from etl.extraction.text import Document, normalise

_CANDIDATE = re.compile(r"[dcmofh]|1(?=[mofhnpe])|u")
"""A token that may start a number, over the kinds of `lexis`: a "one" only before what makes it count."""

_SIGNS = "+-−–"
_DASHES = "-–—"
_OPENING = "([«“\"'‘$€£¥+-−–—~≈<>≤≥:/,;=#"


@dataclass(slots=True)
class Figure:
    """A figure while it is being read. Token ranges; `head` is what it counts, (0, 0) while unknown."""

    number: Number
    first: int
    """First token of the whole expression: sign or currency included."""
    start: int
    """First token of the number as evidence: sign included, currency not."""
    end: int
    """End of the number as evidence."""
    after: int
    """End of number and unit, and of the linker after them."""
    value: float
    high: float | None
    unit: Unit
    linked: bool = False
    """Whether a linker (of) stands before `after`."""
    bound: str = ""
    bound_first: int = -1
    head: tuple[int, int] = (0, 0)
    own: bool = False
    """Whether the head stands right after the number, so that bounds may be shared along a list."""


def page_of(document: Document, times: list[TimeMention], clauses: Clauses) -> Page:
    """A document's page, with its times as token ranges."""
    starts = document.starts
    spans = [(document.token_at(t.start_char), bisect_left(starts, t.end_char)) for t in times]
    durations = frozenset(end for (_, end), time in zip(spans, times, strict=True) if time.timex_type == "DURATION")
    code = document.language
    return Page(document, document.tokens, figure_words(code), unit_words(code), spans, durations, clauses)


@cache
def _months(code: str) -> frozenset[str]:
    """Month names and weekdays of a language, from CLDR."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    tables = [
        locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
    ]
    names = {normalise(name).rstrip(".") for table in tables for name in table.values() if not name.isdecimal()}
    return frozenset(names | set(figure_words(code).months))


def find_figures(page: Page) -> list[Figure]:
    """Every figure of the page, in text order; linear in the length of the text."""
    _tokens, kinds = page.tokens, "".join(map(page.words.kinds.__getitem__, page.tokens))
    times, coming, free = page.times, 0, 0
    found: list[Figure] = []
    for match in _CANDIDATE.finditer(kinds):
        token = match.start()
        if token < free:
            continue
        while coming < len(times) and times[coming][1] <= token:
            coming += 1
        if coming < len(times) and times[coming][0] <= token:
            free = times[coming][1]
            continue
        number = read_number(page.document, token)
        if number is None:
            continue
        free = number.end
        if not number.read or (coming < len(times) and times[coming][0] < number.end):
            continue
        figure = _figure(page, number, match.group())
        if figure is not None:
            free = max(free, figure.end)
            found.append(figure)
    return found


def _token(tokens: list[str], index: int) -> str:
    return tokens[index] if 0 <= index < len(tokens) else ""


def _figure(page: Page, number: Number, kind: str) -> Figure | None:
    if _is_called(page, number) or (kind in "1u" and number.value == 1 and not _one_counts(page, number, kind)):
        return None
    joined = _range(page, number)
    number = joined or number
    if joined is not None and _token(page.tokens, joined.end) in _months(page.document.language) and joined.value < 32:
        return None
    figure = _with_unit(page, number)
    if figure is None or not _is_figure(page, figure):
        return None
    return _signed(page, figure)


def _one_counts(page: Page, number: Number, kind: str) -> bool:
    """Whether a "one" is a figure and not an article, a pronoun or part of a set phrase."""
    tokens, words = page.tokens, page.words
    after = _token(tokens, number.end)
    if kind == "1":
        noun = words.kinds.get(after, ".")
        return (
            noun == "n"
            or (noun == "p" and _is_casualty(page, number.end))
            or (noun == "e" and words.classes[_token(tokens, number.end + 1) or "."] in "wA")
        )
    if after == "-" or after in words.excluded or _token(tokens, number.first - 1) in words.before_excluded:
        return False
    return words.classes[after or "."] in "wAC" and after[:1].isalpha()


_CASUALTIES = frozenset(
    ("killed", "injured", "missing", "detained", "captured", "hospitalised", "rescued", "evacuated")
)


def _is_casualty(page: Page, noun: int) -> bool:
    """Whether the predicate after the noun makes a single person a figure (`une personne a été tuée`)."""
    for token in page.tokens[noun + 1 : noun + 7]:
        if token in ".;:!?,()":
            return False
        if page.words.measures[token] in _CASUALTIES:
            return True
    return False


def _is_called(page: Page, number: Number) -> bool:
    """Whether the number is part of a name, a rank, an address, a date or a chain of numbers."""
    document, tokens, words = page.document, page.tokens, page.words
    first, end = number.first, number.end
    before, after = _token(tokens, first - 1), _token(tokens, end)
    text, starts = document.text, document.starts
    if not number.words:
        if first and document.glued(first) and (before.isalnum() or before not in _OPENING):
            return not (before.isalpha() and _is_sign(page, first))
        if (
            before in ("-", "/", ":", "#", "'", "–")
            and first > 1
            and document.glued(first)
            and document.glued(first - 1)
        ):
            if tokens[first - 2].isalnum() and not tokens[first - 2].isdecimal():
                return True
            if before in "/:#":
                return True
        if end < len(tokens) and document.glued(end):
            if (
                after.isalpha()
                and after in number_words(document.language).ordinals
                and not unit_after(page, number, end)
            ):
                return True
            if after.isalpha() and not unit_after(page, number, end) and after not in words.linkers:
                return True
            if after in "/\\@_#=&":
                return True
            if after in (".", ")") and _starts_line(document, first):
                return True
        if after == "]" and "[" in tokens[max(0, first - 3) : first]:
            return True
        if after in number_words(document.language).ordinals and page.units.after.at(tokens, end) is None:
            return True
        if before == "(" and after == ")" and number.value < 100 and number.scale == 1:
            return True
        if after.isdecimal() or (before.isdecimal() and first > 1 and _in_chain(page, first)):
            return _in_chain(page, first) or _is_year(document, number) or number.value < 32
        months = _months(document.language)
        if number.value < 32 and (
            after in months or before in months or (before == "." and _token(tokens, first - 2) in months)
        ):
            return True
        if end == first + 1 and len(tokens[first]) > 8:
            return True
    elif (
        (
            end < len(tokens)
            and after == "-"
            and document.glued(end)
            and end + 1 < len(tokens)
            and document.glued(end + 1)
        )
        and words.head_first
        and tokens[end + 1].isalpha()
    ):
        return True
    if before in words.labels or (
        before == "." and _token(tokens, first - 2) in words.labels and first - 2 >= 0 and number.end
    ):
        label = first - 1 if before in words.labels else first - 2
        if before != "." or len(tokens[label]) <= 4:
            return not _counts_anyway(page, number)
    if after in words.addresses and not number.words and number.value < 10000 and number.scale == 1:
        return True
    if before and before[0].isalpha() and text[starts[first - 1]].isupper() and not _opens(document, first - 1):
        # "Boeing 737", "Covid 19": after a capital inside a sentence, unless the number is written like an amount.
        named = words.classes[before] in "wAC" and not _shouts(document, first - 1)
        if named and not _counts_anyway(page, number):
            return True
    if (
        number.words
        and first
        and text[starts[first]].isupper()
        and not _opens(document, first)
        and not text[starts[first] : starts[first] + 2].isupper()
    ):
        return before[:1].isalpha() and not text[starts[first - 1]].isupper() and words.head_first
    return False


def _opens(document: Document, token: int) -> bool:
    """Whether the token opens a sentence, a quotation or a line."""
    if token == 0 or document.tokens[token - 1] in '«“".:;!?([—–-•*':
        return True
    return "\n" in document.text[document.ends[token - 1] : document.starts[token]]


def _starts_line(document: Document, token: int) -> bool:
    return token == 0 or "\n" in document.text[document.ends[token - 1] : document.starts[token]]


def _shouts(document: Document, token: int) -> bool:
    """Whether the words around are all capitals: then a capital names nothing."""
    end = min(token + 3, len(document.tokens))
    said = document.text[document.starts[max(0, token - 1)] : document.ends[end - 1]]
    return said.isupper() and len(said) > 8


def _counts_anyway(page: Page, number: Number) -> bool:
    """Whether a number after a name or a label is an amount all the same: a unit, a multiplier or groups of digits."""
    after = _token(page.tokens, number.end)
    if number.scale > 1 or number.about or number.vague or (number.end - number.first > 1 and number.value >= 1000):
        return True
    if number.words:
        return _is_plural(page, number.end)
    return unit_after(page, number, number.end) is not None or (
        page.document.language != "" and number.value >= 1 and after in page.words.irregular_plurals
    )


def _is_sign(page: Page, first: int) -> bool:
    """Whether a currency code is written against the number (EUR500)."""
    return unit_before(page, first) is not None


def _in_chain(page: Page, first: int) -> bool:
    """Whether three or more numbers stand side by side, as in a telephone number."""
    tokens = page.tokens
    around = list(range(max(0, first - 6), min(len(tokens), first + 7)))
    digits = 0
    for index in around:
        token = tokens[index]
        if token.isdecimal() and len(token) <= 4:
            digits += 1
        elif token not in "-./ " or index == first:
            if index > first:
                break
            digits = 0
    return digits >= 3


def _is_year(document: Document, number: Number) -> bool:
    """Whether the digits look like a year: four of them, ungrouped, from 1000 to 2199."""
    return (
        not number.words
        and number.end - number.first == 1
        and number.scale == 1
        and number.high is None
        and document.ends[number.first] - document.starts[number.first] == 4
        and 1000 <= number.value < 2200
    )


def _range(page: Page, low: Number) -> Number | None:
    """The range that starts with the number: `de 17 à 21`, `entre 10 et 12`, `deux ou trois`, `40-50`; None if none."""
    document, tokens, words = page.document, page.tokens, number_words(page.document.language)
    opened = unit_before(page, low.first)
    opener = (opened[0] if opened else low.first) - 1
    announced = words.between.get(_token(tokens, opener)) if opener >= 0 else None
    at = low.end
    joiner = _token(tokens, at)
    closed = None
    if announced and joiner not in announced and joiner not in words.joiners:
        closed = unit_after(page, low, at + 1 if joiner in page.words.linkers else at)
        if closed is None:
            return None
        at, joiner = closed[0], _token(tokens, closed[0])
        if joiner not in announced:
            return None
    if joiner not in words.joiners and not (announced and joiner in announced):
        return None
    if joiner in _DASHES and not (document.glued(at) or joiner == "–"):
        return None
    second = at + 1
    currency = page.units.signs.get(_token(tokens, second))
    if currency:
        second += 1
    if second >= len(tokens) or words.kinds[tokens[second]] not in "dcmo1":
        return None
    if not document.glued(second) and joiner == "-":
        return None
    high = read_number(document, second)
    if high is None or not high.read or high.share or high.vague or low.share:
        return None
    value = low.value
    if high.scale > 1 and low.scale == 1 and value < 1000 and value * high.scale < high.value:
        value = round(value * high.scale, 6)
    if not value < high.value or _is_moving(page, opener, announced):
        return None
    if closed is not None:
        unit = unit_after(page, high, high.end + 1 if _token(tokens, high.end) in page.words.linkers else high.end)
        if unit is None or unit[1] != closed[1]:
            return None
    if _is_year(document, low) and _is_year(document, high):
        return None
    return high._replace(first=low.first, value=value, high=high.value, about=low.about or high.about)


def _is_moving(page: Page, opener: int, announced: frozenset[str] | None) -> bool:
    """Whether two numbers are where something went from and to (est passé de 17 à 21), not a range."""
    moves, tokens = page.words.moves, page.tokens
    return any(moves[tokens[i]] for i in range(max(0, opener - 3), opener + 1)) and not _is_between(page, opener)


def _is_between(page: Page, opener: int) -> bool:
    """Whether the opener can only open a range (entre, between): it takes the conjunction."""
    said = number_words(page.document.language).between.get(_token(page.tokens, opener), frozenset())
    return not said.isdisjoint(page.words.coordinations)


def _with_unit(page: Page, number: Number) -> Figure | None:
    """The number with its unit; None where the unit makes it a time."""
    document, tokens, words = page.document, page.tokens, page.words
    first, end = number.first, number.end
    if number.share:
        share = round(number.value * 100, 1)
        linked = _token(tokens, end) in words.linkers
        before = _token(tokens, first - 1)
        if before in number_words(document.language).ranks or (
            words.classes[before or "."] == "A" and before.isalpha()
        ):
            return None
        if words.classes[_token(tokens, end + 1) or "."] == "t":
            return None
        if not linked and not (not words.head_first and words.classes[_token(tokens, end) or "."] == "D"):
            return None
        return Figure(number, first, first, end, end + linked, share, None, Unit("%"), linked=linked)
    at = end
    if _token(tokens, at) in words.linkers and (number.scale > 1 or number.about or number.vague or not number.words):
        at += 1
    if _token(tokens, at) == "-" and document.glued(at) and at + 1 < len(tokens) and document.glued(at + 1):
        at += 1
    unit, after, value, high = Unit(COUNT), at, number.value, number.high
    read = unit_after(page, number, at) if at < len(tokens) else None
    if read is None and words.head_first and words.classes[_token(tokens, at) or "."] == "A" and at == end:
        read = unit_after(page, number, at + 1)  # "les cinq premiers kilomètres"
    written = unit_before(page, first)
    if written is not None and (read is None or not read[1].money):
        first, unit = written
        after = end
        if read is not None and read[1].money:
            after = read[0]
    elif read is not None:
        after, unit = read
        if unit.per != 1:
            value, high = value / unit.per, None if high is None else high / unit.per
    elif (
        at > end
        and _token(tokens, end) in words.linkers
        and number.scale == 1
        and not number.about
        and not number.vague
    ):
        after = end
    if unit.code == COUNT and _is_duration(page, number, at):
        return None
    if unit.code in (DURATION, AGE) and not _is_age(page, number, after, unit):
        return None
    if unit.code == DURATION:
        return None
    figure = Figure(number, first, number.first, end, after, value, high, unit)
    if number.vague:
        figure.start = number.first
    if _token(tokens, after) in words.linkers:
        figure.linked = True
        figure.after = after + 1
    elif after > end and _token(tokens, after - 1) in words.linkers:
        figure.linked = True
    return figure


def _is_duration(page: Page, number: Number, at: int) -> bool:
    """Whether a unit of time stands behind adjectives: `trois longues semaines`, `four more years`."""
    words, tokens = page.words, page.tokens
    for _ in range(3):
        if at >= len(tokens):
            return False
        if (more := words.additional.at(tokens, at)) is not None:
            at = more[0]
        elif words.classes[tokens[at]] == "A":
            at += 1
        else:
            break
    found = page.units.after.at(tokens, at)
    return found is not None and found[1].code in (DURATION, AGE)


def _is_age(page: Page, number: Number, after: int, unit: Unit) -> bool:
    """Whether years are somebody's age: after a cue of age, or a unit that says so by itself."""
    if unit.code == DURATION:
        return False
    tokens, cues = page.tokens, page.units.age_cues
    if tokens[after - 1] not in page.units.ages:
        return True
    return any(token in cues for token in tokens[max(0, number.first - 3) : number.first])


def _is_figure(page: Page, figure: Figure) -> bool:
    """Whether a number without a unit counts something: not a year, a score, or a homograph of something else."""
    document, tokens, words, number = page.document, page.tokens, page.words, figure.number
    if figure.unit.code != COUNT or figure.first < figure.start:
        return True
    after = _token(tokens, figure.after)
    before = _token(tokens, number.first - 1)
    kind = words.classes[after] if after else "."
    noun = kind in "wAC" or (kind in "VPt" and after[:1].isalpha() and after.endswith("s"))
    if _is_year(document, number):
        return ((noun or figure.linked) and words.before.before(tokens, number.first) is not None) or _is_plural(
            page, figure.after
        )
    if number.high is None and after in ("-", "–", "/") and _token(tokens, figure.after + 1).isdecimal():
        return False
    if before in ("-", "–") and document.glued(number.first) and _token(tokens, number.first - 2).isdecimal():
        return False
    if not noun and not figure.linked and _is_rank(page, number):
        return False
    if number.high is not None and not noun and _token(tokens, number.end - 2) in _DASHES:
        return False
    if number.words and tokens[number.first] in words.homographs and number.end - number.first == 1:
        return noun and not (
            words.classes[before or "."] == "w" and before.isalpha() and not figure.linked and not noun
        )
    return not _is_score(page, figure)


def _is_rank(page: Page, number: Number) -> bool:
    """Whether a bare number right after a plain noun is its rank or name (`étape 3`, `stage two`), not its count."""
    words, tokens, before = page.words, page.tokens, number.first - 1
    word = _token(tokens, before)
    if not word[:1].isalpha() or words.classes[word] != "w" or number.scale > 1 or number.value >= 1000:
        return False
    if words.before.before(tokens, number.first) or words.subsets.before(tokens, number.first):
        return False
    if word.endswith(words.past_endings) or words.levels[word] or words.measures[word] or word in words.comparisons:
        return False
    return page.clauses.at(before).verb != before


def _is_plural(page: Page, token: int) -> bool:
    """Whether a plain noun in the plural stands there."""
    word = _token(page.tokens, token)
    if word in page.words.irregular_plurals:
        return True
    plural = word.endswith(number_words(page.document.language).plural_endings or ("s",))
    return (
        len(word) > 3
        and plural
        and word not in page.words.singulars
        and page.words.classes[word] in "wA"
        and not page.document.capitalised(token)
    )


def _is_score(page: Page, figure: Figure) -> bool:
    """Whether two numbers tell a result (3 à 1, 2-0), in either place."""
    tokens, number = page.tokens, figure.number
    joiners = number_words(page.document.language).joiners
    kinds = number_words(page.document.language).kinds
    if number.words or number.value > 200:
        return False
    after, before = _token(tokens, number.end), _token(tokens, number.first - 1)
    partner_after = after in joiners and kinds[_token(tokens, number.end + 1) or "."] == "d"
    partner_before = before in joiners and kinds[_token(tokens, number.first - 2) or "."] == "d"
    if not partner_after and not partner_before:
        return False
    around = tokens[max(0, number.first - 10) : number.end + 8]
    return not page.words.scores.isdisjoint(around)


def _signed(page: Page, figure: Figure) -> Figure:
    """With the sign written before it: `+3,2`, `- 60 %`; a minus only where no dash, hyphen or bullet can stand."""
    document, tokens = page.document, page.tokens
    at = figure.first - 1
    sign = _token(tokens, at)
    if at < 0 or sign not in _SIGNS or sign == "" or figure.number.words:
        return figure
    if at > 0 and document.glued(at) and tokens[at - 1] not in '([«"“:':
        return figure
    tight = document.glued(figure.first)
    if (
        sign == "+"
        or (tight and sign != "–")
        or (figure.unit.code != COUNT and not _starts_line(document, at) and sign != "–")
    ):
        figure.start = figure.first = at
        if sign != "+":
            figure.value = -figure.value
    return figure


def is_elided_time(page: Page, figure: Figure) -> bool:
    """Whether a bare number stands for a duration said just before: `quatre ans de prison, dont deux avec sursis`."""
    if figure.own or figure.unit.code != COUNT or not page.durations:
        return False
    floor = page.document.sentence_tokens[page.document.sentence_of_token(figure.first)]
    index = bisect_left(page.times, (figure.first, 0)) - 1
    if index < 0 or page.times[index][1] not in page.durations or page.times[index][0] < floor:
        return False
    return figure.head == (0, 0) or figure.head[1] <= page.times[index][0]
