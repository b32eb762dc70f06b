"""What is no figure: names, ranks, dates, telephone numbers, scores, years, and "one" where it is an article.

Each function looks at the words around a number that was read; finding and joining numbers belongs in `find`.
"""

from bisect import bisect_left

from etl.extraction.clauses import Tense
from etl.extraction.numbers import Number
from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.phrases import NOMINAL, looks_plural
from etl.extraction.quantities.reading import unit_after, unit_before
from etl.extraction.quantities.units import COUNT
from etl.extraction.text import Document

_OPENING = "([«“\"'‘$€£¥+-−–—~≈<>≤≥:/,;=#"
_DASHES = "-–—"
_CROSSES = frozenset("x×")
_LONGEST_TIME = 366
"""Above this, a bare number stands for no duration."""
_DURATION = "DURATION"
"""TIMEX3's type of durations."""
_CASUALTIES = frozenset(
    ("killed", "injured", "missing", "detained", "captured", "hospitalised", "rescued", "evacuated")
)


def one_counts(page: Page, number: Number) -> bool:
    """Whether a "one" is a figure and not an article, a pronoun or part of a set phrase."""
    words, kind = page.words, page.codes[number.first]
    if kind not in "1u":
        return True
    after = page.tokens[number.end]
    if kind == "1":
        noun = page.codes[number.end]
        return (
            noun == "n"
            or (noun == "p" and _is_casualty(page, number.end))
            or (noun == "e" and page.kinds[number.end + 1] in "wA")
        )
    before = page.tokens[number.first - 1]
    if after == "-" or after in words.excluded or before in words.before_excluded or _is_speaker(page, number):
        return False
    return page.kinds[number.end] in "wA" and after[:1].isalpha()


def _is_speaker(page: Page, number: Number) -> bool:
    """Whether the one is somebody who says something (`said one trader`), and so no figure."""
    said, tokens = page.words.says, page.tokens
    if tokens[number.first - 1] in said and not tokens[number.first - 2].isalnum():  # "…", said one trader
        return True
    for token in tokens[number.end + 1 : number.end + 6]:
        if token in said:
            return True
        if not token[:1].isalpha():
            break
    return False


def _is_casualty(page: Page, noun: int) -> bool:
    """Whether the predicate after the noun makes a single person a figure (`une personne a été tuée`)."""
    for token in page.tokens[noun + 1 : noun + 7]:
        if token in ".;:!?,()":
            return False
        if page.words.measures[token] in _CASUALTIES:
            return not _is_agent(page, noun)
    return False


def _is_agent(page: Page, noun: int) -> bool:
    """Whether the noun is the subject of an active verb that does it (`une policière tue un homme`)."""
    clause = page.clauses.at(noun)
    active = clause.verb >= 0 and clause.tense is not Tense.NONE and not clause.passive
    return active and page.words.dies[page.tokens[clause.verb]] is None


def is_called(page: Page, number: Number, floor: int) -> bool:
    """Whether the number is part of a name, a rank, an address, a date or a chain of numbers."""
    document, tokens, codes, words = page.document, page.tokens, page.codes, page.words
    first, end = number.first, number.end
    before, after = tokens[first - 1], tokens[end]
    text, starts, ends = document.text, document.starts, document.ends
    suspect = before in words.callers
    if number.words:
        rated = words.head_first or number.value == 0  # "zero-rated"
        if after == "-" and rated and tokens[end + 1].isalpha() and _is_inside(page, end):
            return True
    else:
        tight = first > 0 and ends[first - 1] == starts[first]
        if tight and (before.isalnum() or before not in _OPENING):
            return not (before.isalpha() and unit_before(page, first) is not None)  # but "EUR500"
        if (tight or (end < page.length and ends[end - 1] == starts[end])) and _is_tied(page, number, tight=tight):
            return True
        if after in words.ranking:
            if number.value < 32 and after in words.months:
                return True
            if after in page.numbers.ordinals and page.units.after.at(tokens, end) is None:
                return True
        if codes[end] == "d" or (codes[first - 1] == "d" and first > 1 and _in_chain(page, first)):
            return number.value < 32 or is_year(document, number) or _in_chain(page, first)
        if suspect and number.value < 32:
            dated = tokens[first - 2] if before == "." else before
            if dated in words.months or before in words.days:
                return True
        if end == first + 1 and len(tokens[first]) > 8:
            return True
        if after in _CROSSES and codes[end + 1] == "d":
            return True  # "4 x 100 m"
    if suspect and before in words.pronouns_before:
        return True
    if first == floor or starts_line(document, first):
        return False
    if suspect:
        if before in words.labels:
            return number.words or not _counts_anyway(page, number)
        if before in (".", "°", "º"):
            if tokens[first - 2] in words.labels and len(tokens[first - 2]) <= 4:
                return True
        elif before in words.coordinations and codes[first - 2] == "d" and _is_label(page, first - 3, floor):
            return not _counts_anyway(page, number) and (number.words or page.kinds[end] not in "wA")
    if not number.words:
        if not words.addresses.isdisjoint(tokens[end : end + 4]) and _is_address(page, number):
            return True
    elif end < page.length and after.isalnum() and document.glued(end):
        return True
    written = text[starts[first - 1] : ends[first - 1]]
    if written != before and before[:1].isalpha() and not written.islower():
        if written[0].isupper() and _opens(document, first - 1):
            return False
        # "Boeing 737", "Covid 19": after a capital inside a sentence, unless the number is written like an amount.
        is_name = page.kinds[first - 1] in "wA" or before in words.months
        if is_name and not _shouts(document, first - 1) and not _counts_anyway(page, number):
            return True
    if number.words and text[starts[first]].isupper():
        if _opens(document, first) or text[starts[first] : starts[first] + 2].isupper():
            return False
        titled = not words.head_first and end < page.length and document.capitalised(end)
        return before[:1].isalpha() and not written[0].isupper() and not titled
    return False


def _is_label(page: Page, token: int, floor: int) -> bool:
    """Whether numbers after the word are names: a label, or a name itself (`Boeing 737 et 777`)."""
    if page.tokens[token] in page.words.labels:
        return True
    return token > floor and page.kinds[token] in "wA" and page.document.capitalised(token)


def _is_tied(page: Page, number: Number, *, tight: bool) -> bool:
    """Whether what is written right against the digits makes them part of something else.

    `tight`: something stands right before them.
    """
    document, tokens = page.document, page.tokens
    first, end = number.first, number.end
    before, after = tokens[first - 1], tokens[end]
    if tight:
        named = before in "/:#" or (tokens[first - 2].isalnum() and page.codes[first - 2] != "d")
        if named and before in "-/:#'–" and first > 1 and document.glued(first - 1):
            return True
        if before in "\"'′" and page.codes[first - 2] == "d":
            return True  # the end of 9"81 and of 1'44
        if before == "(" and after == ")" and number.value < 100 and number.scale == 1:
            return True
    if after == "]" and "[" in tokens[max(0, first - 3) : first]:
        return True
    if end >= page.length or not document.glued(end):
        return False
    if after.isalpha():
        return after not in page.words.linkers and unit_after(page, number, end) is None
    if after in "/\\@_#=&":
        return True
    if after in (".", ")"):
        return starts_line(document, first)
    return after in "\"'′″" and page.codes[end + 1] == "d" and _is_inside(page, end)  # 9"81


def _is_inside(page: Page, token: int) -> bool:
    """Whether a mark is written right against what stands on either side of it."""
    return page.document.glued(token) and token + 1 < page.length and page.document.glued(token + 1)


def _is_address(page: Page, number: Number) -> bool:
    """Whether a street follows: `12, rue des Lilas`, `12 Baker Street`."""
    tokens, streets, end = page.tokens, page.words.addresses, number.end
    if number.value >= 10000 or number.scale != 1:
        return False
    at = end + 1 if tokens[end] == "," else end
    if page.words.head_first:
        return tokens[at] in streets
    return not streets.isdisjoint(tokens[at : at + 3]) and any(
        tokens[index] in streets and page.document.capitalised(index) for index in range(at, at + 3)
    )


def _opens(document: Document, token: int) -> bool:
    """Whether the token opens a sentence, a quotation or a line."""
    if token == 0 or document.tokens[token - 1] in '«“".:;!?([—–-•*':
        return True
    return "\n" in document.text[document.ends[token - 1] : document.starts[token]]


def starts_line(document: Document, token: int) -> bool:
    """Whether the token is the first of its line."""
    return token == 0 or "\n" in document.text[document.ends[token - 1] : document.starts[token]]


def _shouts(document: Document, token: int) -> bool:
    """Whether the words around are all capitals: then a capital names nothing."""
    end = min(token + 3, len(document.tokens))
    said = document.text[document.starts[max(0, token - 1)] : document.ends[end - 1]]
    return said.isupper() and len(said) > 8


def _counts_anyway(page: Page, number: Number) -> bool:
    """Whether a number after a name or a label is an amount all the same: a unit, a multiplier or groups of digits."""
    after = page.tokens[number.end]
    if number.scale > 1 or number.about or number.vague or (number.end - number.first > 1 and number.value >= 1000):
        return True
    if number.words:
        return _is_plural(page, number.end)
    return unit_after(page, number, number.end) is not None or (
        page.document.language != "" and number.value >= 1 and after in page.words.irregular_plurals
    )


def _in_chain(page: Page, first: int) -> bool:
    """Whether three or more numbers stand side by side, as in a telephone number."""
    tokens = page.tokens
    around = list(range(max(0, first - 6), min(page.length, first + 7)))
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


def is_year(document: Document, number: Number) -> bool:
    """Whether the digits look like a year: four of them, ungrouped, from 1000 to 2199."""
    return (
        not number.words
        and number.end - number.first == 1
        and number.scale == 1
        and number.high is None
        and document.ends[number.first] - document.starts[number.first] == 4
        and 1000 <= number.value < 2200
    )


def is_figure(page: Page, figure: Figure) -> bool:
    """Whether a number without a unit counts something: not a year, a score, or a homograph of something else."""
    if figure.unit.code != COUNT or figure.first < figure.start:
        return True
    document, tokens, words, number = page.document, page.tokens, page.words, figure.number
    before, behind, after = tokens[number.first - 1], tokens[number.end], tokens[figure.after]
    kind = page.kinds[figure.after]
    noun = kind in "wA" or (kind in "VPt" and looks_plural(page, after))
    if 1000 <= number.value < 2200 and is_year(document, number):
        if (noun or figure.linked) and words.before.before(tokens, number.first) is not None:
            return True
        # "1986 earnings", but "2000 people"
        return (number.value < 1900 or number.value % 50 == 0) and _is_plural(page, figure.after)
    joiners = page.numbers.joiners
    if not noun:
        if behind in words.coordinations and _duration_at(page, number.end + 1):
            return False  # "quatre et six ans"
        if not figure.linked and _is_rank(page, number):
            return False
        if number.high is not None and tokens[number.end - 2] in _DASHES:
            return False
    if behind in joiners or behind == "/":
        if number.high is None and behind in "-–/" and page.codes[number.end + 1] == "d":
            return False
        if number.value < 32 and behind in joiners and number.end + 1 in page.timed:
            return False
    if before in ("-", "–") and page.codes[number.first - 2] == "d" and document.glued(number.first):
        return False
    if number.words:
        if tokens[number.first] in words.homographs and number.end - number.first == 1:
            return (
                noun
                or figure.linked
                or page.kinds[figure.after] == "V"
                or words.share_of.before(tokens, figure.after + 1) is not None
            )
        return True
    return (behind not in joiners and before not in joiners) or not _is_score(page, figure)


def _duration_at(page: Page, token: int) -> bool:
    """Whether a duration starts at the token."""
    if token >= page.length:
        return False
    start = page.document.starts[token]
    index = bisect_left(page.time_starts, start)
    return index < len(page.times) and page.time_starts[index] == start and page.times[index].timex_type == _DURATION


def _is_rank(page: Page, number: Number) -> bool:
    """Whether a bare number right after a plain noun is its rank or name (`étape 3`, `stage two`), not its count."""
    words, tokens, before = page.words, page.tokens, number.first - 1
    word = page.tokens[before]
    if (
        word in words.pure
        or word in words.speakers
        or not word[:1].isalpha()
        or page.kinds[before] != "w"
        or number.scale > 1
        or number.value >= 1000
    ):
        return False
    if words.before.before(tokens, number.first) or words.subsets.before(tokens, number.first):
        return False
    if word.endswith(words.past_endings) or words.levels[word] or words.measures[word] or word in words.comparisons:
        return False
    return page.clauses.at(before).verb != before


def _is_plural(page: Page, token: int) -> bool:
    """Whether a plain noun in the plural stands there."""
    word = page.tokens[token]
    if word in page.words.irregular_plurals:
        return True
    return page.kinds[token] in NOMINAL and looks_plural(page, word) and not page.document.capitalised(token)


def _is_score(page: Page, figure: Figure) -> bool:
    """Whether two numbers tell a result (3 à 1, 2-0), in either place."""
    tokens, number = page.tokens, figure.number
    joiners = page.numbers.joiners
    codes = page.codes
    if number.value > 200:
        return False
    after, before = page.tokens[number.end], page.tokens[number.first - 1]
    partner_after = after in joiners and codes[number.end + 1] == "d"
    partner_before = before in joiners and codes[number.first - 2] == "d"
    if not partner_after and not partner_before:
        return False
    if partner_after and number.value <= 30 and after not in "-–—":
        opener = page.numbers.between.get(before)
        if not (opener and after in opener) and page.kinds[number.end + 2] not in "wA":
            return True
    if partner_before and number.value <= 30 and before not in "-–—" and page.kinds[figure.after] not in "wA":
        opener = page.numbers.between.get(page.tokens[number.first - 3])
        if not (opener and before in opener):
            return True
    around = tokens[max(0, number.first - 10) : number.end + 8]
    return not page.words.scores.isdisjoint(around)


def is_elided_time(page: Page, figure: Figure) -> bool:
    """Whether a bare number stands for a duration said just before: `quatre ans de prison, dont deux avec sursis`."""
    if figure.own or figure.unit.code != COUNT or figure.value > _LONGEST_TIME or not page.times:
        return False
    starts = page.document.starts
    time = page.times[max(0, bisect_left(page.time_starts, starts[figure.first]) - 1)]
    if not starts[figure.floor] <= time.start_char < starts[figure.first]:
        return False
    if page.tokens[figure.first - 1] in page.words.elided:
        return True
    if time.timex_type != _DURATION:
        return False
    return figure.head == (0, 0) or page.document.ends[figure.head[1] - 1] <= time.start_char
