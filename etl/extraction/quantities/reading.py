"""Units in a text: the one right after a number or before it, told apart where its word has several meanings.

The words themselves are in `units`; whether a number is a figure at all is decided in `find`.
"""

import datetime as dt

from etl.extraction.numbers import Number
from etl.extraction.quantities.page import Page
from etl.extraction.quantities.units import ANGLE, DEGREE, POINTS, Unit, normalise_case

_MOST_POINTS = 25
"""Above this, points with decimals are those of a score or an index, not percentage points."""

_HOTTEST = 60
"""Above this, degrees without a scale are those of an angle."""

_NEARBY = 30
"""Tokens around a figure whose words tell what country its money is of, beside those that open the text."""


def unit_after(page: Page, number: Number, at: int) -> tuple[int, Unit] | None:
    """End token and unit of what starts at token `at`, right after the number (past "of"); None for none."""
    document, words, tokens = page.document, page.units, page.tokens
    if tokens[at] not in words.openers:
        return None
    for end, unit in words.after.all_at(tokens, at):
        if unit.written is None:
            return end, _told_apart(page, number, at, unit) if end == at + 1 else unit
        written = normalise_case(document.slice(at, end))
        if written != unit.written or (end < page.length and document.glued(end) and tokens[end].isalnum()):
            continue
        if written in words.glued and not document.glued(at):
            continue
        angle = written == DEGREE and (number.value > _HOTTEST or page.tokens[end].isdecimal())
        return end, Unit(ANGLE) if angle else unit
    if tokens[at] in words.points and not float(number.value).is_integer() and number.value < _MOST_POINTS:
        return at + 1, Unit(POINTS)
    return None


def unit_before(page: Page, first: int) -> tuple[int, Unit] | None:
    """First token and currency of a sign or code right before token `first` ($, US$, Rs, EUR); None for none."""
    document, words, tokens = page.document, page.units, page.tokens
    at = first - 1
    if tokens[at] not in words.sign_ends or at < 0:
        return None
    if at > 0 and document.glued(at):
        for start in (at - 2, at - 1):
            if start >= 0 and (unit := words.signs.get(document.norm[document.starts[start] : document.ends[at]])):
                return start, unit
    unit = words.signs.get(tokens[at])
    if unit is None:
        return None
    if tokens[at].isalpha() and (not document.capitalised(at) or (len(tokens[at]) < 2 and not document.glued(first))):
        return None
    return at, _by_place(page, at, unit)


def _by_place(page: Page, at: int, unit: Unit) -> Unit:
    """The unit of a currency's name or sign, of the one country told about there or at the text's opening."""
    choices = page.units.countries.get(page.tokens[at])
    if choices is None:
        return unit
    said = page.opening | set(page.tokens[max(0, at - _NEARBY) : at + _NEARBY])
    year = page.document.published_on.year if page.document.published_on else dt.MAXYEAR
    fitting = [code for code, cues, until in choices if year <= until and not cues.isdisjoint(said)]
    return unit if unit.code in fitting or len(fitting) != 1 else unit._replace(code=fitting[0])


def _told_apart(page: Page, number: Number, at: int, unit: Unit) -> Unit:
    """The unit, where a name has several meanings: dollars of the country told about, pounds of money or of weight."""
    words = page.units
    if unit.money:
        return _by_place(page, at, unit)
    if page.tokens[at] not in words.pounds:
        return unit
    said = page.opening | set(page.tokens[max(0, at - _NEARBY) : at + _NEARBY])
    money = number.scale >= 1000 or not words.pound_countries.isdisjoint(said)
    return _by_place(page, at, Unit(words.pound_money, money=True)) if money else unit
