"""The units of a language, compiled: words and symbols with the code that each means.

`count`, `%`, `[pp]`, ISO 4217 or UCUM. The words are in `languages/<code>/units.toml`, with CLDR's currency names.
Reading them in a text belongs in `reading`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name

from etl.extraction import lexicon
from etl.extraction.lexicon import Data
from etl.extraction.numbers import number_words
from etl.extraction.quantities.lexis import Beginnings
from etl.extraction.text import normalise

COUNT, PERCENT, POINTS, AGE, PURE, DURATION = "count", "%", "[pp]", "a", "1", "duration"
"""`PURE` is UCUM's unity, for figures of a scale (a magnitude).
`DURATION` is no unit: it tells that the number is a time.
"""


ANGLE, DEGREE = "deg", "°"
"""UCUM's plane angle, and the sign that it shares with temperatures."""


class Unit(NamedTuple):
    """A unit's code; `per` of what was said make one of it (100 cents); `money` for ISO 4217 codes."""

    code: str
    money: bool = False
    per: int = 1
    written: str | None = None
    """The one spelling of a symbol, capitals told apart; None for words."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """`units.toml` of a language, compiled."""

    after: Beginnings[Unit]
    openers: frozenset[str]
    """The first words of what may follow a number."""
    signs: Mapping[str, Unit]
    sign_ends: frozenset[str]
    """The last tokens of what may stand before a number."""
    glued: frozenset[str]
    points: frozenset[str]
    age_cues: frozenset[str]
    ages: frozenset[str]
    countries: Mapping[str, list[tuple[str, frozenset[str], int]]]
    pounds: frozenset[str]
    pound_money: str
    pound_countries: frozenset[str]


def _cldr_currencies(code: str) -> dict[str, str]:
    """Currency names of more than one word, from CLDR; single words are too often something else."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return {}
    found = {}
    for currency in map(str, locale.currencies):
        for count in (1, 2):
            name = normalise(get_currency_name(currency, count=count, locale=locale))
            if " " in name and name.replace(" ", "").replace("-", "").isalpha():
                found[name] = currency
    return found


def _prefixes(described: Data) -> dict[str, Unit]:
    """Abbreviations that are written before the number (Rs 500, DKr2bn)."""
    return {name: Unit(iso, money=True) for name, iso in described.get("prefixes", {}).items()}


def _countries(described: Data) -> dict[str, list[tuple[str, frozenset[str], int]]]:
    """Name of a currency → the codes it may stand for, with the words of their countries and their last year."""
    named = {
        name: [(choice["unit"], frozenset(choice["words"]), choice.get("until", dt.MAXYEAR)) for choice in choices]
        for name, choices in described.get("countries", {}).items()
    }
    return named | {name: named[same] for name, same in described.get("same", {}).items() if same in named}


def _plurals(words: list[str], endings: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A name with each of its words in the singular and in the plural."""
    forms = [
        (word, *(word + ending for ending in endings)) if word.isalpha() and len(word) > 2 else (word,)
        for word in words
    ]
    return set(product(*forms))


@cache
def unit_words(code: str) -> UnitWords:
    """The compiled units of a language."""
    described = lexicon.data(code, "units")
    tokenise = lexicon.reader(code).tokenise_phrase
    entries: dict[tuple[str, ...], list[Unit]] = {}

    def add(name: str, unit: Unit) -> None:
        entries.setdefault(tuple(tokenise(normalise(name))), []).append(unit)

    for word in described.get("durations", {}).get("words", ()):
        add(word, Unit(DURATION))
    for word in described.get("ages", {}).get("words", ()):
        entries.pop(tuple(tokenise(word)), None)
        add(word, Unit(AGE))
    for name, iso in {**_cldr_currencies(code), **described.get("currencies", {})}.items():
        add(name, Unit(iso, money=True))
    for name, part in described.get("parts", {}).items():
        add(name, Unit(part["unit"], money=True, per=part["per"]))
    for name, symbol in described.get("percent", {}).items():
        add(name, Unit(symbol))
    for name, symbol in described.get("symbols", {}).items():
        add(name, Unit(symbol, written=normalise_case(name)))
    endings = number_words(code).plural_endings
    for name, symbol in described.get("measures", {}).items():
        for words in _plurals(tokenise(name), endings):
            entries.setdefault(words, []).insert(0, Unit(symbol))
    pounds = described.get("pounds", {})
    for word in pounds.get("words", ()):
        add(word, Unit(pounds["weight"]))
    currencies = {normalise(name): Unit(iso, money=True) for name, iso in described.get("currencies", {}).items()}
    signs = _prefixes(described) | {
        name: unit
        for name, unit in currencies.items()
        if not name.isalpha() or (len(name) == 3 and name.upper() == unit.code)
    }
    after = Beginnings((words, unit) for words, units in entries.items() for unit in units)
    points = frozenset(described.get("points", {}).get("words", ()))
    return UnitWords(
        after=after,
        openers=points.union(after.by_first),
        signs=signs,
        sign_ends=frozenset(tokenise(name)[-1] for name in signs),
        glued=frozenset(described.get("glued", {}).get("symbols", ())),
        points=points,
        age_cues=frozenset(described.get("ages", {}).get("cues", ())),
        ages=frozenset(described.get("ages", {}).get("words", ())),
        countries=_countries(described),
        pounds=frozenset(pounds.get("words", ())),
        pound_money=pounds.get("money", ""),
        pound_countries=frozenset(pounds.get("countries", ())),
    )


def normalise_case(name: str) -> str:
    """A symbol as it is compared: plain spaces, capitals kept."""
    return name.replace("\u00a0", " ").replace("\u202f", " ")
