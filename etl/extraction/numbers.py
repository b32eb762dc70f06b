"""Numbers in running text: digits of every typography, number words, multipliers, collectives, fractions, ranges.

Below times and quantities: nothing here knows dates, units or what is counted, nor whether a number is a figure at all
("Boeing 737"). The words are in `languages/<code>/numbers.toml`.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from etl.extraction.lexicon import Data, WordCodes, data, unaccented
from etl.extraction.text import Document

_MOST_DIGITS = 15
"""Longer runs of digits are identifiers, and would not be exact as a float."""

DIGITS, CARDINAL, MULTIPLIER, COLLECTIVE, FRACTION, ONE, HALF, OTHER = "dcmof1h."
"""What a token can be to a number, one letter each."""


class Number(NamedTuple):
    """A number at tokens `first` to `end` (exclusive) of a document.

    `high`: upper end of a range. `about`: a collective ("a dozen" of a language that says so by the word). `vague`: a
    bare plural, the value being one such unit. `share`: a fraction, the value being a share of one. `scale`: the
    multiplier that was said (1 if none). `words`: written without digits. `read` is False for digits that are no
    number (part of a date, of a version, of an identifier): the span is then only to be skipped.
    """

    first: int
    end: int
    value: float
    high: float | None = None
    about: bool = False
    vague: bool = False
    share: bool = False
    scale: float = 1
    words: bool = False
    read: bool = True


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`numbers.toml` compiled: token → kind and value, and the language's grammar of compounds."""

    kinds: WordCodes
    values: Mapping[str, float]
    digits: re.Pattern[str]
    suffixes: Mapping[str, tuple[str, float]]
    loose_suffixes: frozenset[str]
    counted: frozenset[str]
    plural_endings: tuple[str, ...]
    ordinals: frozenset[str]
    ranks: frozenset[str]
    conjunctions: frozenset[str]
    conjoined: frozenset[float]
    conjoining: frozenset[float]
    teens_after: frozenset[float]
    four: str
    twenty: frozenset[str]
    of: frozenset[str]
    and_half: tuple[tuple[str, ...], ...]
    vague: frozenset[str]
    several: frozenset[str]
    of_required: frozenset[str]
    scaling: frozenset[str]
    """The words by which a number before them may be multiplied."""
    joiners: frozenset[str]
    between: Mapping[str, frozenset[str]]


def _spelled(words: Mapping[str, float]) -> dict[str, float]:
    """With the spellings without accents, as capitals are often written."""
    return {unaccented(word): value for word, value in words.items()} | dict(words)


def _digit_pattern(thousands: Sequence[str], decimal: str) -> re.Pattern[str]:
    groups = "".join(map(re.escape, thousands))
    return re.compile(rf"(\d{{1,3}}([{groups}])\d{{3}}(?!\d)(?:\2\d{{3}}(?!\d))*|\d+)(?:[{re.escape(decimal)}.](\d+))?")


_CONTINUES = re.compile(r"[.,:/]\d|\d")
"""After a number's digits: then they were part of something else."""


def compile_words(described: Data) -> NumberWords:
    """The reader's tables from a parsed `numbers.toml` (an empty one reads digits alone)."""
    grammar, ranges = described.get("grammar", {}), described.get("ranges", {})
    kinds: dict[str, str] = {}
    values: dict[str, float] = {}
    for part, kind in (
        ("fractions", FRACTION),
        ("ones", ONE),
        ("cardinals", CARDINAL),
        ("multipliers", MULTIPLIER),
        ("collectives", COLLECTIVE),
    ):
        for word, value in _spelled(described.get(part, {})).items():
            kinds[word], values[word] = kind, value
    kinds |= dict.fromkeys(grammar.get("half", ()), HALF)
    twenties = grammar.get("twenties", {})
    return NumberWords(
        kinds=WordCodes(kinds, lambda token: DIGITS if token.isdecimal() else OTHER),
        values=values,
        digits=_digit_pattern(grammar.get("thousands", [" "]), grammar.get("decimal", ".")),
        suffixes={key.lower(): (key, value) for key, value in described.get("suffixes", {}).items()},
        loose_suffixes=frozenset(grammar.get("loose_suffixes", ())),
        counted=frozenset(grammar.get("counted", ())),
        plural_endings=tuple(grammar.get("plural_endings", ())),
        ordinals=frozenset(grammar.get("ordinal_endings", ())),
        ranks=frozenset(_spelled(described.get("ordinals", {}))),
        conjunctions=frozenset(grammar.get("and", ())),
        conjoined=frozenset(grammar.get("and_before", ())),
        conjoining=frozenset(grammar.get("and_after", ())),
        teens_after=frozenset(grammar.get("teens_after", ())),
        four=twenties.get("four", ""),
        twenty=frozenset(twenties.get("twenty", ())),
        of=frozenset(grammar.get("of", ())),
        and_half=tuple(tuple(words) for words in grammar.get("and_half", ())),
        vague=frozenset(grammar.get("vague", ())),
        several=frozenset(grammar.get("several", ())),
        of_required=frozenset(grammar.get("of_required", ())),
        scaling=frozenset(
            {word for word, kind in kinds.items() if kind in (MULTIPLIER, COLLECTIVE)}
            | {key.lower() for key in described.get("suffixes", {})}
            | {half[0] for half in grammar.get("and_half", ())}
            | {"-"}
        ),
        joiners=frozenset(ranges.get("joiners", ())),
        between={first: frozenset(seconds) for first, seconds in ranges.get("between", {}).items()},
    )


@cache
def number_words(code: str) -> NumberWords:
    """The compiled number words of a language."""
    return compile_words(data(code, "numbers"))


def _token(tokens: Sequence[str], index: int) -> str:
    return tokens[index] if 0 <= index < len(tokens) else ""


def _starts_with(tokens: Sequence[str], at: int, words: tuple[str, ...]) -> bool:
    return tuple(tokens[at : at + len(words)]) == words


def _read_digits(document: Document, words: NumberWords, token: int) -> Number:
    """The number whose digits start at the token; unread if they belong to something else."""
    norm, stop, whole = document.norm, document.ends[token], document.tokens[token]
    fraction, end = None, token + 1
    if norm[stop + 1 : stop + 2].isdecimal():  # goes on behind a mark
        match = words.digits.match(norm, document.starts[token])
        assert match is not None, "the token is a run of digits"
        stop = match.end()
        end = bisect_left(document.starts, stop, end)
        written, mark, fraction = match.groups()
        too_long = len(written) > _MOST_DIGITS * 2 or (fraction is not None and len(fraction) > _MOST_DIGITS)
        if too_long or (stop < len(norm) and _CONTINUES.match(norm, stop)):
            return Number(token, _skip_digits(document, end), 0, read=False)
        whole = written.replace(mark, "") if mark else written
    if len(whole) > _MOST_DIGITS or (whole[0] == "0" and len(whole) > 1):
        return Number(token, end, 0, read=False)
    return Number(token, end, float(f"{whole}.{fraction}") if fraction else int(whole))


def _skip_digits(document: Document, token: int) -> int:
    """End of the chain of digits and marks that starts there, all glued together."""
    tokens, starts, ends = document.tokens, document.starts, document.ends
    while (
        token < len(tokens)
        and ends[token - 1] == starts[token]
        and (tokens[token] in ".,:/" or tokens[token].isdecimal())
    ):
        token += 1
    return token


def _joint(document: Document, words: NumberWords, at: int) -> tuple[int, bool]:
    """Where the next piece of a compound starts, past a hyphen or a conjunction, and whether that was one."""
    tokens, conjoined = document.tokens, False
    if _token(tokens, at) == "-" and document.glued(at):
        at += 1
    if _token(tokens, at) in words.conjunctions:
        at, conjoined = at + 1, True
        if _token(tokens, at) == "-" and document.glued(at):
            at += 1
    return at, conjoined


def _adds(words: NumberWords, group: float, last: float, value: float, *, conjoined: bool) -> bool:
    """Whether `value` adds to what was read, whose last piece is `last` (`vingt` + `deux`, `soixante` + `dix`)."""
    if last in (100, 1000) or last > 1000:
        return value < min(last, 1000) and (not conjoined or last in words.conjoining)
    if conjoined:
        return value in words.conjoined and 20 <= last < 100
    if 0 < value < 10:
        return 20 <= last < 100 or (
            bool(words.teens_after) and last == 10 and group % 100 in (10, 70, 90) and value > 6
        )
    return value < 20 and last in words.teens_after


def _read_words(document: Document, words: NumberWords, token: int) -> Number | None:
    """The compound of number words that starts at the token (`deux cent vingt-deux mille`, `two hundred and five`)."""
    tokens, kinds, values = document.tokens, words.kinds, words.values
    total = group = last = top = 0.0
    scale, end = 1.0, token
    while end < len(tokens):
        at, conjoined = _joint(document, words, end) if end > token else (token, False)
        word = _token(tokens, at)
        kind, value = kinds.get(word, OTHER), values.get(word, 0.0)
        if kind == CARDINAL or (kind == ONE and at > end):
            if last == 4 and word in words.twenty and tokens[end - 1] == words.four and not conjoined:
                group, value = group + 76, 80.0
            elif end == token or _adds(words, group, last, value, conjoined=conjoined):
                group += value
            else:
                break
        elif kind == MULTIPLIER and not conjoined and not (at > end and value > 100 and last == 0):
            if value == 100:
                if group >= 20 or (top and not group and end > token and last == 100):
                    break
                group = (group or 1) * 100
            elif top and value > top:
                total, group = (total + group) * value, 0.0
            elif value == top:
                break
            else:
                total, group = total + (group or 1) * value, 0.0
            if value > 100:
                top = scale = value
        else:
            break
        last, end = value, at + 1
    return Number(token, end, total + group, scale=scale, words=True) if end > token else None


def _scaled(document: Document, words: NumberWords, number: Number) -> Number:
    """The number with the multiplier, or the abbreviation of one, that follows it."""
    tokens = document.tokens
    at = number.end
    word = _token(tokens, at)
    if (
        word == "-"
        and number.scale == 1
        and document.glued(at)
        and words.kinds.get(_token(tokens, at + 1)) == MULTIPLIER
    ):
        at += document.glued(at + 1)  # "an 88-billion-dollar bill"
        word = tokens[at]
    if word not in words.scaling:
        return number
    for half in words.and_half if word in words.conjunctions else ():
        if _starts_with(tokens, at, half):
            after = _token(tokens, at + len(half))
            if words.kinds.get(after) == MULTIPLIER:
                factor = words.values[after]
                return number._replace(end=at + len(half) + 1, value=(number.value + 0.5) * factor, scale=factor)
            if number.scale > 1:
                return number._replace(end=at + len(half), value=number.value + number.scale / 2)
            return number._replace(end=at + len(half), value=number.value + 0.5)
    kind = words.kinds.get(word)
    if kind == MULTIPLIER and words.values[word] >= 1000 and number.scale == 1:
        factor = words.values[word]
        following = _token(tokens, at + 1)
        end = at + 1
        if words.kinds.get(following) == MULTIPLIER and words.values[following] > factor:
            factor, end = factor * words.values[following], at + 2
        scaled = number._replace(end=end, value=_product(number.value, factor), scale=factor)
        return _scaled(document, words, scaled)
    if kind == COLLECTIVE and not word.endswith(words.plural_endings) and number.words and number.value < 100:
        # "two dozen": a count of collectives.
        return number._replace(end=at + 1, value=number.value * words.values[word])
    if kind == COLLECTIVE and number.value >= 2 and number.value < 100 and number.scale == 1:
        return number._replace(end=at + 1, value=number.value * words.values[word], about=True)
    if word in words.suffixes and number.scale == 1:
        key, factor = words.suffixes[word]
        if number.words:
            written_out = len(key) > 1 and not document.glued(at)  # "two mln", but "two m" are metres
            return number._replace(end=at + 1, value=number.value * factor, scale=factor) if written_out else number
        if _is_suffix(document, words, at, key):
            return number._replace(end=at + 1, value=_product(number.value, factor), scale=factor)
    return number


def _product(value: float, factor: float) -> float:
    """Without the noise of binary fractions: 55.5 × 1e9 is 55500000000."""
    return round(value * factor, 6)


def _is_suffix(document: Document, words: NumberWords, at: int, key: str) -> bool:
    """Whether an abbreviation after digits multiplies them: not the metre of "100 m", nor a word on its own."""
    written = document.text[document.starts[at] : document.ends[at]]
    if key.isupper() and not written.isupper():
        return False
    tokens, after = document.tokens, _token(document.tokens, at + 1)
    glued = document.glued(at)
    money = bool(after) and document.glued(at + 1) and not after.isalnum() and after not in ".,;:)-'\"/"
    if key.isupper():
        return money or after in words.of
    if key in words.loose_suffixes:
        before = at - 1
        while before > 0 and document.glued(before) and (tokens[before].isdecimal() or tokens[before] in ".,"):
            before -= 1
        symbol = not tokens[before].isalnum()
        counted = after in words.counted or (len(after) > 3 and after.endswith(words.plural_endings))
        return glued and (money or (symbol and tokens[before] not in "(-–—\"“«'") or counted)
    return glued or money or len(key) > 1


def read_number(document: Document, token: int) -> Number | None:
    """The number that starts at the token, without joining ranges; None if none does.

    Reads `11 000`, `839.000`, `1,234.5`, `55,5 milliards`, `300k`, `vingt et un`, `a dozen`, `des centaines`,
    `half a million`, `deux tiers`. Takes time linear in the length of what it reads.
    """
    words = number_words(document.language)
    tokens = document.tokens
    kind = words.kinds[tokens[token]]
    if kind == DIGITS:
        number = _read_digits(document, words, token)
        behind = number.end
        multiplied = number.read and behind < len(tokens) and tokens[behind] in words.scaling
        return _scaled(document, words, number) if multiplied else number
    after = _token(tokens, token + 1)
    if kind == ONE:
        return _read_one(document, words, token)
    if kind == CARDINAL:
        simple = words.kinds.get(after, OTHER) == OTHER and after != "-" and after not in words.conjunctions
        if simple and after not in words.suffixes:
            return Number(token, token + 1, words.values[tokens[token]], words=True)
        # "deux tiers", "three quarters"
        next_at = token + 2 if after == "-" else token + 1
        share = _token(tokens, next_at)
        if words.kinds.get(share) == FRACTION and words.values[share] < 0.5 and share.endswith(words.plural_endings):
            return _shared(
                document,
                words,
                Number(token, next_at + 1, words.values[tokens[token]] * words.values[share], share=True, words=True),
            )
        number_read = _read_words(document, words, token)
        return _scaled(document, words, number_read) if number_read else None
    if kind == MULTIPLIER:
        if token and tokens[token - 1] in words.several:
            return Number(token - 1, token + 1, words.values[tokens[token]], vague=True, words=True)
        if tokens[token].endswith(words.plural_endings) and words.values[tokens[token]] > 1000:
            return _vague(document, words, token)
        number_read = _read_words(document, words, token)
        return _scaled(document, words, number_read) if number_read else None
    if kind == COLLECTIVE:
        return _vague(document, words, token) if tokens[token].endswith(words.plural_endings) else None
    if kind in (HALF, FRACTION):
        return _shared(
            document, words, Number(token, token + 1, words.values.get(tokens[token], 0.5), share=True, words=True)
        )
    return None


def _read_one(document: Document, words: NumberWords, token: int) -> Number | None:
    """`un million`, `une dizaine`, `a third`, `a hundred`; a lone "one" is read as 1."""
    tokens, kinds, values = document.tokens, words.kinds, words.values
    at = token + 1
    word = _token(tokens, at)
    kind = kinds.get(word, OTHER)
    if kind == MULTIPLIER:
        number = _read_words(document, words, at)
        if number is None:
            return None
        return _scaled(document, words, number._replace(first=token))
    if kind == COLLECTIVE:
        if word in words.of_required and _token(tokens, at + 1) not in words.of:
            return None
        return _scaled_collective(document, words, token, at)
    if kind == HALF:
        at += 2 if _token(tokens, at + 1) == "-" else 1
        word = _token(tokens, at)
        if kinds.get(word) == MULTIPLIER:
            return Number(token, at + 1, values[word] / 2, scale=values[word], words=True)
        if kinds.get(word) == COLLECTIVE:
            return Number(token, at + 1, values[word] / 2, words=True, about=True)
    if kind == FRACTION:
        return _shared(document, words, Number(token, at + 1, values[word], share=True, words=True))
    one = Number(token, token + 1, 1, words=True)
    return _scaled(document, words, one) if word in words.suffixes else one


def _scaled_collective(document: Document, words: NumberWords, first: int, at: int) -> Number | None:
    """`une dizaine`, `une centaine de milliers`, `une dizaine de millions`."""
    tokens, values = document.tokens, words.values
    value, end, scale = values[tokens[at]], at + 1, 1.0
    further = _token(tokens, at + 2)
    if _token(tokens, at + 1) in words.of:
        if words.kinds[further] == DIGITS:
            return None  # "une quarantaine de 14 jours" is no forty
        if words.kinds[further] in (MULTIPLIER, COLLECTIVE) and values[further] >= 1000:
            value, end, scale = value * values[further], at + 3, values[further]
    return Number(first, end, value, about=True, words=True, scale=scale)


def _vague(document: Document, words: NumberWords, token: int) -> Number | None:
    """`des centaines`, `plusieurs milliers`, `tens of thousands`: the value is one such unit."""
    tokens, values = document.tokens, words.values
    value, end = values[tokens[token]], token + 1
    if tokens[token] in words.of_required and _token(tokens, end) not in words.of:
        return None
    further = _token(tokens, token + 2)
    if (
        _token(tokens, token + 1) in words.of
        and words.kinds[further] in (MULTIPLIER, COLLECTIVE)
        and values[further] >= 1000
    ):
        value, end = value * values[further], token + 3
    first = token - 1 if token and tokens[token - 1] in words.vague else token
    return Number(first, end, value, vague=True, words=True)


def _shared(document: Document, words: NumberWords, number: Number) -> Number:
    """A fraction, or the number that it is of: `half a million`, `three quarters of a million`."""
    tokens, at = document.tokens, number.end
    if _token(tokens, at) in words.of or _token(tokens, at) == "-":
        at += 1
    if words.kinds.get(_token(tokens, at)) == ONE:
        at += 1
    word = _token(tokens, at)
    if at > number.end and words.kinds.get(word) in (MULTIPLIER, COLLECTIVE):
        whole = words.values[word]
        return Number(number.first, at + 1, number.value * whole, scale=whole, words=True)
    return number
