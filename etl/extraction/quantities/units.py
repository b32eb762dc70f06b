"""Units: what stands right after a number, or before it, and the code it means.

`count`, `%`, `[pp]`, ISO 4217 or UCUM. The words are in `languages/<code>/units.toml`, with CLDR's currency names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses, Tense
from etl.extraction.numbers import Number, number_words
from etl.extraction.quantities.lexis import Beginnings, FigureWords
from etl.extraction.text import Document, normalise

COUNT, PERCENT, POINTS, AGE, DURATION = "count", "%", "[pp]", "a", "duration"
"""`DURATION` is no unit of a figure: it tells that the number is a time."""


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
    signs: Mapping[str, Unit]
    glued: frozenset[str]
    points: frozenset[str]
    age_cues: frozenset[str]
    ages: frozenset[str]
    countries: Mapping[str, list[tuple[str, frozenset[str]]]]
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
    for currency in locale.currencies:
        for count in (1, 2):
            name = normalise(get_currency_name(currency, count=count, locale=locale))
            if " " in name and name.replace(" ", "").replace("-", "").isalpha():
                found[name] = currency
    return found


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
    tokenise = lexicon.reader(code).tokenise
    entries: dict[tuple[str, ...], list[Unit]] = {}

    def add(name: str, unit: Unit) -> None:
        entries.setdefault(tuple(tokenise(normalise(name))), []).append(unit)

    for word in described.get("durations", {}).get("words", ()):
        add(word, Unit(DURATION))
    for word in described.get("ages", {}).get("words", ()):
        entries.pop(tuple(tokenise(word)), None)
        add(word, Unit(AGE))
    currencies = {**_cldr_currencies(code), **described.get("currencies", {})}
    for name, iso in currencies.items():
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
    signs = {normalise(name): Unit(iso, money=True) for name, iso in described.get("currencies", {}).items()}
    return UnitWords(
        after=Beginnings((words, unit) for words, units in entries.items() for unit in units),
        signs={
            name: unit
            for name, unit in signs.items()
            if not name.isalpha() or (len(name) == 3 and name.upper() == unit.code)
        },
        glued=frozenset(described.get("glued", {}).get("symbols", ())),
        points=frozenset(described.get("points", {}).get("words", ())),
        age_cues=frozenset(described.get("ages", {}).get("cues", ())),
        ages=frozenset(described.get("ages", {}).get("words", ())),
        countries={
            name: [(choice["unit"], frozenset(choice["words"])) for choice in choices]
            for name, choices in described.get("countries", {}).items()
        },
        pounds=frozenset(pounds.get("words", ())),
        pound_money=pounds.get("money", ""),
        pound_countries=frozenset(pounds.get("countries", ())),
    )


@dataclass(slots=True)
class Page:
    """A document with the tables of its language, and what the readers of its figures share."""

    document: Document
    tokens: list[str]
    words: FigureWords
    units: UnitWords
    times: list[tuple[int, int]]
    """Token ranges of its times, in order."""
    durations: frozenset[int]
    """Ends of those ranges that are durations."""
    clauses: Clauses
    _said: frozenset[str] = frozenset()

    def is_verb(self, token: int) -> bool:
        """Whether the token is the finite verb of its clause."""
        clause = self.clauses.at(token)
        return clause.verb == token and clause.tense is not Tense.NONE

    @property
    def said(self) -> frozenset[str]:
        """Every word of the text, for what the text is about."""
        if not self._said:
            self._said = frozenset(self.tokens)
        return self._said


def normalise_case(name: str) -> str:
    """A symbol as it is compared: plain spaces, capitals kept."""
    return name.replace("\u00a0", " ").replace("\u202f", " ")


def unit_after(page: Page, number: Number, at: int) -> tuple[int, Unit] | None:
    """End token and unit of what starts at token `at`, right after the number (past "of"); None for none."""
    document, words, tokens = page.document, page.units, page.tokens
    for end, unit in words.after.all_at(tokens, at):
        if unit.written is None:
            return end, _told_apart(page, number, tokens[at], unit)
        written = normalise_case(document.slice(at, end))
        if written != unit.written or (end < len(tokens) and document.glued(end) and tokens[end].isalnum()):
            continue
        if written in words.glued and not document.glued(at):
            continue
        return end, unit
    if at < len(tokens) and tokens[at] in words.points and not float(number.value).is_integer():
        return at + 1, Unit(POINTS)
    return None


def unit_before(page: Page, first: int) -> tuple[int, Unit] | None:
    """First token and currency of a sign or code right before token `first` ($, US$, EUR); None for none."""
    document, words, tokens = page.document, page.units, page.tokens
    at = first - 1
    if at < 0:
        return None
    if at > 0 and document.glued(at):
        for start in (at - 2, at - 1):
            if start >= 0 and (unit := words.signs.get(document.norm[document.starts[start] : document.ends[at]])):
                return start, unit
    unit = words.signs.get(tokens[at])
    if unit is None:
        return None
    if tokens[at].isalpha() and not document.text[document.starts[at] : document.ends[at]].isupper():
        return None
    return at, unit


def _told_apart(page: Page, number: Number, word: str, unit: Unit) -> Unit:
    """The unit, where a name has several meanings: dollars of the country told about, pounds of money or of weight."""
    words = page.units
    if word in words.pounds and not unit.money:
        money = number.scale >= 1000 or not words.pound_countries.isdisjoint(page.said)
        return Unit(words.pound_money, money=True) if money else unit
    if word not in words.countries or not unit.money:
        return unit
    fitting = [code for code, cues in words.countries[word] if not cues.isdisjoint(page.said)]
    return unit if unit.code in fitting or len(fitting) != 1 else unit._replace(code=fitting[0])
