"""What is no figure: names, ranks, dates, telephone numbers, scores, years, and "one" where it is an article.

Each function looks at the words around a number that was read; finding and joining numbers belongs in `find`.
"""

from bisect import bisect_left
from functools import cache

from babel import Locale, UnknownLocaleError

from etl.extraction.clauses import Tense
from etl.extraction.numbers import Number
from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.lexis import figure_words
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.reading import unit_after, unit_before
from etl.extraction.quantities.units import COUNT
from etl.extraction.text import Document, normalise

_OPENING = "([«“\"'‘$€£¥+-−–—~≈<>≤≥:/,;=#"
_DASHES = "-–—"
_CASUALTIES = frozenset(
    ("killed", "injured", "missing", "detained", "captured", "hospitalised", "rescued", "evacuated")
)


@cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None


@cache
def months(code: str) -> frozenset[str]:
    """Month names of a language and their short forms, from CLDR."""
    locale = _locale(code)
    if locale is None:
        return frozenset()
    tables = [locale.months[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    names = {normalise(name).rstrip(".") for table in tables for name in table.values() if not name.isdecimal()}
    return frozenset(names | set(figure_words(code).months))


@cache
def weekdays(code: str) -> frozenset[str]:
    """Names of the days of the week of a language, from CLDR."""
    locale = _locale(code)
    return frozenset(normalise(name) for name in locale.days["format"]["wide"].values()) if locale else frozenset()


def one_counts(page: Page, number: Number, kind: str) -> bool:
    """Whether a "one" is a figure and not an article, a pronoun or part of a set phrase."""
    words = page.words
    after = page.token(number.end)
    if kind == "1":
        noun = words.kinds.get(after, ".")
        return (
            noun == "n"
            or (noun == "p" and _is_casualty(page, number.end))
            or (noun == "e" and page.kind(number.end + 1) in "wA")
        )
    if after == "-" or after in words.excluded or page.token(number.first - 1) in words.before_excluded:
        return False
    return page.kind(number.end) in "wAC" and after[:1].isalpha()


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


def is_called(page: Page, number: Number) -> bool:
    """Whether the number is part of a name, a rank, an address, a date or a chain of numbers."""
    document, tokens, words = page.document, page.tokens, page.words
    first, end = number.first, number.end
    before, after = page.token(first - 1), page.token(end)
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
            if after.isalpha() and after in page.numbers.ordinals and not unit_after(page, number, end):
                return True
            if after.isalpha() and not unit_after(page, number, end) and after not in words.linkers:
                return True
            if after in "/\\@_#=&":
                return True
            if after in (".", ")") and starts_line(document, first):
                return True
        if (
            after in ('"', "'", "′", "″")
            and document.glued(end)
            and page.token(end + 1).isdecimal()
            and document.glued(end + 1)
        ):
            return True  # 9"81
        if before == '"' and first > 1 and document.glued(first) and tokens[first - 2].isdecimal():
            return True
        if after == "]" and "[" in tokens[max(0, first - 3) : first]:
            return True
        if after in page.numbers.ordinals and page.units.after.at(tokens, end) is None:
            return True
        if before == "(" and after == ")" and number.value < 100 and number.scale == 1:
            return True
        if after.isdecimal() or (before.isdecimal() and first > 1 and _in_chain(page, first)):
            return _in_chain(page, first) or is_year(document, number) or number.value < 32
        named = months(document.language)
        if number.value < 32 and (
            after in named
            or before in named
            or before in weekdays(document.language)
            or (before == "." and page.token(first - 2) in named)
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
    if before in words.pronouns_before:
        return True
    if first == page.sentence_start(first) or starts_line(document, first):
        return False
    if before in words.labels:
        return number.words or not _counts_anyway(page, number)
    if before in (".", "°", "º") and page.token(first - 2) in words.labels and len(tokens[first - 2]) <= 4:
        return True
    if before in words.coordinations and page.token(first - 2).isdecimal() and page.token(first - 3) in words.labels:
        return not _counts_anyway(page, number)
    if not number.words and number.value < 10000 and number.scale == 1 and _is_address(page, end):
        return True
    if number.words and end < len(tokens) and document.glued(end) and after.isalnum():
        return True
    if before and before[0].isalpha() and not text[starts[first - 1] : document.ends[first - 1]].islower():
        if _opens(document, first - 1) and text[starts[first - 1]].isupper():
            return False
        # "Boeing 737", "Covid 19": after a capital inside a sentence, unless the number is written like an amount.
        is_name = page.kind(first - 1) in "wAC" and not _shouts(document, first - 1)
        if is_name and not _counts_anyway(page, number):
            return True
    if (
        number.words
        and first
        and text[starts[first]].isupper()
        and not _opens(document, first)
        and not text[starts[first] : starts[first] + 2].isupper()
    ):
        titled = not words.head_first and end < len(tokens) and document.capitalised(end)
        return before[:1].isalpha() and not text[starts[first - 1]].isupper() and not titled
    return False


def _is_address(page: Page, end: int) -> bool:
    """Whether a street follows: `12, rue des Lilas`, `12 Baker Street`."""
    at = end + 1 if page.token(end) == "," else end
    if page.words.head_first:
        return page.token(at) in page.words.addresses
    return any(
        page.token(index) in page.words.addresses and page.document.capitalised(index) for index in range(at, at + 3)
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
    after = page.token(number.end)
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
    document, tokens, words, number = page.document, page.tokens, page.words, figure.number
    if figure.unit.code != COUNT or figure.first < figure.start:
        return True
    after = page.token(figure.after)
    before = page.token(number.first - 1)
    kind = page.kind(figure.after)
    noun = kind in "wAC" or (kind in "VPt" and after[:1].isalpha() and after.endswith("s"))
    if is_year(document, number):
        return ((noun or figure.linked) and words.before.before(tokens, number.first) is not None) or _is_plural(
            page, figure.after
        )
    behind = page.token(number.end)
    if number.high is None and behind in ("-", "–", "/") and page.token(number.end + 1).isdecimal():
        return False
    if not noun and behind in words.coordinations and _duration_at(page, number.end + 1):
        return False  # "quatre et six ans"
    if number.value < 32 and page.in_time(number.end + 1) and behind in page.numbers.joiners:
        return False
    if before in ("-", "–") and document.glued(number.first) and page.token(number.first - 2).isdecimal():
        return False
    if not noun and not figure.linked and _is_rank(page, number):
        return False
    if number.high is not None and not noun and page.token(number.end - 2) in _DASHES:
        return False
    if number.words and tokens[number.first] in words.homographs and number.end - number.first == 1:
        return noun or figure.linked or page.kind(figure.after) == "V" or after in words.share_of
    return not _is_score(page, figure)


def _duration_at(page: Page, token: int) -> bool:
    """Whether a duration starts at the token."""
    index = bisect_left(page.times, (token, 0))
    return index < len(page.times) and page.times[index][0] == token and page.times[index][1] in page.durations


def _is_rank(page: Page, number: Number) -> bool:
    """Whether a bare number right after a plain noun is its rank or name (`étape 3`, `stage two`), not its count."""
    words, tokens, before = page.words, page.tokens, number.first - 1
    word = page.token(before)
    if (
        word in words.pure
        or word in words.speakers
        or not word[:1].isalpha()
        or page.kind(before) != "w"
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
    word = page.token(token)
    if word in page.words.irregular_plurals:
        return True
    plural = word.endswith(page.numbers.plural_endings or ("s",))
    return (
        len(word) > 3
        and plural
        and word not in page.words.singulars
        and page.kind(token) in "wA"
        and not page.document.capitalised(token)
    )


def _is_score(page: Page, figure: Figure) -> bool:
    """Whether two numbers tell a result (3 à 1, 2-0), in either place."""
    tokens, number = page.tokens, figure.number
    joiners = page.numbers.joiners
    kinds = page.numbers.kinds
    if number.words or number.value > 200:
        return False
    after, before = page.token(number.end), page.token(number.first - 1)
    partner_after = after in joiners and kinds[page.token(number.end + 1) or "."] == "d"
    partner_before = before in joiners and kinds[page.token(number.first - 2) or "."] == "d"
    if not partner_after and not partner_before:
        return False
    if partner_after and number.value <= 30 and after not in "-–—":
        opener = page.numbers.between.get(before)
        if not (opener and after in opener) and page.kind(number.end + 2) not in "wAC":
            return True
    if partner_before and number.value <= 30 and before not in "-–—" and page.kind(figure.after) not in "wAC":
        opener = page.numbers.between.get(page.token(number.first - 3))
        if not (opener and before in opener):
            return True
    around = tokens[max(0, number.first - 10) : number.end + 8]
    return not page.words.scores.isdisjoint(around)


def is_elided_time(page: Page, figure: Figure) -> bool:
    """Whether a bare number stands for a duration said just before: `quatre ans de prison, dont deux avec sursis`."""
    if figure.own or figure.unit.code != COUNT or not page.times:
        return False
    floor = figure.floor
    index = bisect_left(page.times, (figure.first, 0)) - 1
    if index < 0 or page.times[index][0] < floor:
        return False
    if page.token(figure.first - 1) in page.words.elided:
        return True
    if page.times[index][1] not in page.durations:
        return False
    return figure.head == (0, 0) or figure.head[1] <= page.times[index][0]
