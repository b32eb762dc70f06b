"""Candidates → readings: where the rules match, which of them wins, and what its slots say.

Works on characters of tokens, so that what costs nothing is skipped at C speed. What a reading means on the calendar is
in `resolve`.
"""

import datetime as dt
import re
from bisect import bisect_left
from typing import Any, NamedTuple

import numpy as np

from etl.extraction.numbers import number_words, read_number
from etl.extraction.text import Document
from etl.extraction.times.vocabulary import COUNTS, NOTHING, Grammar, Rule, roman_value

Slots = dict[str, Any]


class SharedSlots(Slots):
    """The slots of words that recur: one object for all readings of them, and so never changed.

    `outcomes`: what was made of them for the publication on `day`, by whatever else decides it; news of a day says
    *mardi* a hundred times.
    """

    __slots__ = ("day", "outcomes")

    def __init__(self, slots: Slots) -> None:
        super().__init__(slots)
        self.day: dt.date | None = None
        self.outcomes: dict[Any, Any] = {}


class Reading(NamedTuple):
    """A rule that fits tokens `first` to `end` (exclusive), with the values of its slots."""

    first: int
    end: int
    rule: Rule
    slots: Slots


def find_readings(document: Document, grammar: Grammar) -> list[Reading]:
    """The best reading at each place, left to right, never overlapping: the longest, then the first of the rules."""
    codes = grammar.codes.of(document) + NOTHING
    array = np.frombuffer(codes.encode("utf-16-le"), dtype=np.uint16)
    (candidates,) = grammar.viable[array[:-1], array[1:]].nonzero()
    automaton, rules = grammar.automaton, grammar.rules
    found: list[Reading] = []
    free = line_end = 0
    for first in candidates.tolist():
        if first < free:
            continue
        state, place = automaton[codes[first - 1]], first  # before the first code comes the last, which is nothing
        while state.open:
            state = state[codes[place]]
            place += 1
        if not state.rules:
            continue
        if first >= line_end:
            line_end = _line_end(document, first)
        matches = []
        for order in state.rules:
            rule = rules[order]
            match = rule.regex.match(codes, first, line_end)
            if match:
                matches.append((match.end(rule.core), -order, match))
        # Longest first, then in the order of the rules; no two have both numbers equal, so matches are not compared.
        if len(matches) > 1:
            matches.sort(reverse=True)
        for end, order, match in matches:
            rule = rules[-order]
            if _whole(document, grammar, first, end, rule):
                found.append(Reading(first, end, rule, _told_slots(document, grammar, rule, match)))
                free = end
                break
    return found


def _line_end(document: Document, token: int) -> int:
    """The token that starts the next line: no expression runs over a line break."""
    newline = document.text.find("\n", document.starts[token])
    return len(document.tokens) if newline < 0 else bisect_left(document.starts, newline, token)


_CONTINUES = re.compile(r"[-/.,:]\d|[%°$€£]")
_THOUSANDS = re.compile(r" \d{3}(?!\d)")


def _whole(document: Document, grammar: Grammar, first: int, end: int, rule: Rule) -> bool:
    """Whether the words stand on their own: digits that are no part of a longer number, capitals as the word needs."""
    tokens, norm = document.tokens, document.norm
    start, stop = document.starts[first], document.ends[end - 1]
    if start and tokens[first].isdecimal():
        before = norm[start - 1]
        if before == " ":
            if tokens[first - 1].isdecimal():
                return False
        elif not rule.glued:
            glued_digits = before in "-/.,:'" and start > 1 and norm[start - 2].isdecimal()
            if before.isalnum() or before in "#°$€£+" or glued_digits:
                return False
    if not rule.glued and tokens[end - 1].isdecimal():
        if norm[stop : stop + 1] == " ":
            if len(tokens[end - 1]) <= 3 and _THOUSANDS.match(norm, stop):
                return False
        elif _CONTINUES.match(norm, stop) or norm[stop : stop + 1].isalpha():
            return False
    if rule.no_name and _in_name(document, first, end, grammar.cues.introduces, always=rule.no_name == "beside"):
        return False
    if rule.small and _in_title(document, first):
        return False
    if rule.read == "nothing" or grammar.cased.isdisjoint(tokens[first:end]):
        return True
    for index in range(first, end):
        token = tokens[index]
        if token in grammar.capitals and not document.capitalised(index):
            return False
        if token in grammar.smalls and document.capitalised(index) and not _capital_anyway(document, index):
            # "8 Mai 1945" is no surname.
            return any(other.isdecimal() for other in tokens[first:end])
    return True


def _in_title(document: Document, first: int) -> bool:
    """Whether a capital in the middle of a sentence makes the word part of a title."""
    before = document.tokens[first - 1] if first else ""
    inside = before.isalpha() or before == ","
    return inside and document.capitalised(first) and not _capital_anyway(document, first)


def _in_name(document: Document, first: int, end: int, introduces: frozenset[str], *, always: bool) -> bool:
    """Whether a capitalised word next to a capitalised expression makes it a person's or a place's name.

    Unless `always`, one that follows does so only where no plain word comes before (*April Jones*, *in May Mr Jones*);
    `introduces` are words that are plain at the start of a sentence too (*In May Mr Jones*).
    """
    if not document.capitalised(end - 1) and not document.capitalised(first):
        return False
    tokens = document.tokens
    beside = []
    plain = False
    if first and tokens[first - 1].isalpha():
        plain = not document.capitalised(first - 1) or tokens[first - 1] in introduces
        if not _capital_anyway(document, first - 1):
            beside.append(first - 1)
    if first > 1 and tokens[first - 1] == "-":
        beside.append(first - 2)
    if end + 1 < len(tokens) and tokens[end] == "-":
        beside.append(end + 1)
    if end < len(tokens) and tokens[end].isalpha() and (always or not plain):
        beside.append(end)
    return any(document.capitalised(index) for index in beside)


def _capital_anyway(document: Document, token: int) -> bool:
    """Whether a capital says nothing: all capitals, or the start of a sentence."""
    word = document.text[document.starts[token] : document.ends[token]]
    start = document.sentences[document.sentence_of_token(token)]
    return (len(word) > 1 and word.isupper()) or document.starts[token] - start <= 1


_REMEMBERED = 20_000
"""How many expressions' slots are remembered: news says *mardi* and *en 2016* all day, and memory stays flat."""


def _told_slots(document: Document, grammar: Grammar, rule: Rule, match: re.Match[str]) -> Slots:
    """The slots of a match, remembered where its own words alone decide them: a spelt-out number may reach further."""
    for group in rule.counts:
        start, end = match.span(group)
        if end - start > 1:
            return _slots(document, grammar, rule, match)
    key = (id(rule), document.norm[document.starts[match.start()] : document.ends[match.end() - 1]])
    known = grammar.remembered.get(key)
    if known is None:
        known = SharedSlots(_slots(document, grammar, rule, match))
        if len(grammar.remembered) < _REMEMBERED:
            grammar.remembered[key] = known
    return known


def _slots(document: Document, grammar: Grammar, rule: Rule, match: re.Match[str]) -> Slots:
    slots: Slots = dict(rule.arguments.get("slots", ()))
    told: set[str] = set()
    spans = match.regs
    for slot, group in rule.slots:
        first, end = spans[group]
        if first == end:  # not taken, or empty
            continue
        if slot in told:  # the first of several is the expression's own, the others stand after it
            continue
        value = _value(document, grammar, slot, first, end)
        if value is not None:
            slots[slot] = value
            told.add(slot)
    if "hhmm" in slots:
        slots["hour"], slots["minute"] = divmod(slots["hhmm"], 100)
    return slots


def _value(document: Document, grammar: Grammar, slot: str, first: int, end: int) -> Any:
    tokens = document.tokens
    known = grammar.values.get(slot)
    if known is not None:
        words = " ".join(tokens[first:end])
        if words in known:
            return known[words]
    if end == first + 1:
        if tokens[first].isdecimal():
            return int(tokens[first]) if len(tokens[first]) <= 9 else None
        if slot == "century":
            return roman_value(tokens[first], grammar.roman_endings)
    if slot in COUNTS:
        if end == first + 1:
            return number_words(document.language).values.get(tokens[first])
        number = read_number(document, first)
        return number.value if number and number.read else None
    return None
