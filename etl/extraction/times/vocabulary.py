"""`languages/<code>/times.toml` compiled: every token → one character, every rule → one `re` over these characters.

The words and rules are data; how rules are matched against a text is in `read`, what they mean in `resolve`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from etl.extraction.lexicon import Data, WordCodes, data, reader, unaccented
from etl.extraction.times.dispatch import Automaton
from etl.extraction.times.patterns import Codes, Pattern, Syntax, expression, wide_slots, words_of

_NUMBER_ROLES = {
    "CARDINAL": "cardinals",
    "ONE": "ones",
    "MULTIPLIER": "multipliers",
    "COLLECTIVE": "collectives",
    "ORDINAL": "ordinals",
}
"""Role → table of `numbers.toml`, the one place for a language's number words."""

_DIGIT_ROLES = ("DIGITS", "DAY", "MON", "HOUR", "MIN", "YY", "YEAR", "NEARYEAR", "D3", "D4", "MM")
"""Roles of digits by length and size, in order: any, 1 to 31, 1 to 12, 0 to 24, 0 to 59, two digits, 1000 to 2199,
1900 to 2099, three digits, four that are a clock time, two that are minutes."""

_OTHER_ROLES = ("ROMAN", "WORD", "PLURAL")
"""Roman ordinals; unknown words; unknown words with a plural ending."""

_SLOTS = """
weekday month day year yy shift year_shift part mod daypart hour minute hhmm meridiem season holiday dayword unit lesser
lesser_unit yearpart nth nthday n high half vague decade century move reference other other_day whole weeks week_shift
month_shift week
"""
SLOTS = frozenset(_SLOTS.split())
"""What a rule can tell of a time; `languages/README.md` lists the values of each."""

NOTHING = "!"
"""The character of what lies beyond the text."""

_ROMAN = {"i": 1, "v": 5, "x": 10}


class Rule(NamedTuple):
    """A rule of the data: its name, the action that reads it, the action's arguments, and its compiled pattern.

    `slots`: each capturing group's slot and number; `counts`: the numbers of those that number words may fill,
    several at a time.
    `glued`: its digits may be part of a longer number. `no_name`: capitals beside it make it a name, before it
    (`start`) or on both sides (`beside`). `small`: a capital in the middle of a sentence makes it a title.
    """

    name: str
    read: str
    arguments: Mapping[str, Any]
    regex: re.Pattern[str]
    core: int
    slots: tuple[tuple[str, int], ...]
    counts: tuple[int, ...]
    glued: bool
    no_name: str | None
    small: bool


COUNTS = frozenset(("n", "high", "lesser", "hour", "decade"))
"""Slots that number words fill."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's rules, ready for matching."""

    codes: WordCodes
    viable: npt.NDArray[np.bool_]
    """Pairs of characters with which some rule starts."""
    rules: tuple[Rule, ...]
    automaton: Automaton
    """Tells which rules may fit at a place."""
    remembered: dict[tuple[int, str], Any]
    """A rule and the words that it matched → their slots."""
    values: Mapping[str, Mapping[str, Any]]
    """Slot → words as tokens joined by spaces → what they mean."""
    cased: frozenset[str]
    """`capitals` and `smalls` together."""
    capitals: frozenset[str]
    """Tokens that name a time only with a capital (May), unless the text is all capitals."""
    smalls: frozenset[str]
    """Tokens that name a time only without one (mars), unless a sentence starts there."""
    roman_endings: tuple[str, ...]
    cues: "Cues"


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that tell where a time lies without being part of it."""

    before: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """Last word → expressions that stand right before a time, longest first, and what they tell: `past`, `future`, …"""
    ahead: frozenset[str]
    """Words of a clause that announces (planned, due)."""
    happened: frozenset[str]
    """Nouns of what has happened once one speaks of that day's (Friday's blast), whatever is still to come of it."""
    results: frozenset[str]
    """Nouns of what is known once a part of a year is over (third-quarter earnings)."""
    introduces: frozenset[str]
    """Words before a time that no name has before it (in, since), whatever their capital."""
    binds: frozenset[str]
    """Words that may stand between such a noun and its day."""
    joins: frozenset[str]
    """Words that may stand between two times of one range or list."""
    ranges: frozenset[str]
    """Those of them that make it a range."""
    purpose: frozenset[str]
    """Words before an infinitive that looks ahead (to, pour)."""
    hearsay: frozenset[str]
    """Auxiliaries, alone or with their neighbour, that put a conditional into the past (aurait, would have)."""
    not_hearsay: frozenset[str]
    """What after the auxiliary takes that back (may have to)."""
    open: frozenset[str]
    """Verbs whose past tense tells a plan (devait), so that the tense says nothing."""
    pluperfect: frozenset[str]
    """Auxiliaries of what was past already then: a plan told beside one is past too (had been planned)."""
    present_ahead: bool
    """Whether the present tells appointments (*the fair opens on Thursday*) rather than what has happened."""
    opening: str
    """Marks that open a quotation."""
    closing: str
    """Marks that close one."""


def roman_value(token: str, endings: Iterable[str]) -> int | None:
    """The number that a Roman ordinal such as `xixe` stands for; None if the token is none."""
    for ending in endings:
        digits = token.removesuffix(ending)
        if digits and len(digits) <= 6 and (not ending or digits != token) and not digits.strip("ivx"):
            numbers = [_ROMAN[digit] for digit in digits]
            return sum(-n if n < after else n for n, after in zip(numbers, [*numbers[1:], 0], strict=True))
    return None


def _digit_roles(token: str) -> frozenset[str]:
    if len(token) > 9:
        return frozenset()
    value, roles = int(token), {"DIGITS"}
    if len(token) <= 2:
        fitting = (("DAY", 1, 31), ("MON", 1, 12), ("HOUR", 0, 24), ("MIN", 0, 59))
        roles |= {role for role, low, high in fitting if low <= value <= high}
    if len(token) == 2 and value < 60:
        roles.add("MM")
    roles |= {role for role, length in (("YY", 2), ("D3", 3)) if len(token) == length}
    if len(token) == 4 and value < 2400 and value % 100 < 60:
        roles.add("D4")
    if len(token) == 4 and 1000 <= value <= 2199:
        roles |= {"YEAR", "NEARYEAR"} if 1900 <= value < 2100 else {"YEAR"}
    return frozenset(roles)


def _is_plural(token: str, endings: tuple[str, ...]) -> bool:
    return len(token) > 3 and token.endswith(endings)


@dataclass(slots=True)
class _Alphabet:
    """Hands out one character to each set of roles."""

    words: Mapping[str, frozenset[str]]
    plural_endings: tuple[str, ...]
    roman_endings: tuple[str, ...]
    of_roles: dict[frozenset[str], str]

    def roles_of(self, token: str) -> frozenset[str]:
        known = self.words.get(token)
        if token.isdecimal():
            return _digit_roles(token) | (known or frozenset())
        if known is not None:
            return known
        if not token.isalpha():
            return frozenset()
        roles = {"WORD"}
        if _is_plural(token, self.plural_endings):
            roles.add("PLURAL")
        if self.roman_endings and roman_value(token, self.roman_endings) is not None:
            roles.add("ROMAN")
        return frozenset(roles)

    def character(self, roles: frozenset[str]) -> str:
        return self.of_roles.setdefault(roles, chr(ord(NOTHING) + 1 + len(self.of_roles)))


def _roles(described: Data, numbers: Data) -> dict[str, dict[str, Any]]:
    roles = {role: dict(numbers.get(part, {})) for role, part in _NUMBER_ROLES.items()}
    roles |= {role: dict(words) for role, words in described.get("roles", {}).items()}
    return roles | {role: {} for role in (*_DIGIT_ROLES, *_OTHER_ROLES)}


def compile_grammar(code: str, described: Data, numbers: Data) -> Grammar:
    """Compile a parsed `times.toml`. Raises ValueError or KeyError, naming the rule, if it is malformed."""
    tokenise = cache(reader(code).tokenise_phrase)  # a word stands in many rules
    roles = _roles(described, numbers)
    syntax = Syntax(tokenise, roles, described.get("macros", {}), SLOTS)
    parsed: list[tuple[dict[str, Any], Pattern]] = []
    for rule in described.get("rules", ()):
        arguments = dict(rule)
        try:
            parsed.append((arguments, syntax.parse(arguments.pop("pattern"))))
        except ValueError as error:
            raise ValueError(f"{code}, rule {rule.get('name')}: {error}") from error
    words = _words(roles, (pattern for _, pattern in parsed), tokenise, frozenset(described.get("also_words", ())))
    plural_endings = tuple(described.get("plural_endings", ()))
    words |= {
        word: found | {"PLURAL"}
        for word, found in words.items()
        if "WORD" in found and _is_plural(word, plural_endings)
    }
    roman_endings = tuple(described.get("roman_endings", ()))
    alphabet = _Alphabet(words, plural_endings, roman_endings, {})
    # Every set of roles that any token can have must have its character before the patterns are written.
    for token in words:
        alphabet.character(alphabet.roles_of(token))
    for token in [
        str(n) for n in (*range(100), 100, 1000, 1099, 1950, 1999, 2100, 2199, "0600", "0099", 9999, 12345)
    ] + [f"{n:02d}" for n in range(10)]:
        alphabet.character(_digit_roles(token))
    for extra in ((), ("WORD",), ("WORD", "PLURAL"), ("WORD", "ROMAN"), ("WORD", "PLURAL", "ROMAN")):
        alphabet.character(frozenset(extra))
    codes = Codes(_characters_by_role(alphabet.of_roles))
    automaton = Automaton(
        [pattern for _, pattern in parsed], {character: names for names, character in alphabet.of_roles.items()}
    )
    return Grammar(
        codes=WordCodes(
            {token: alphabet.character(alphabet.roles_of(token)) for token in words},
            lambda token: alphabet.character(alphabet.roles_of(token)),
        ),
        viable=automaton.viable(ord(NOTHING) + 2 + len(alphabet.of_roles)),
        rules=tuple(_rule(arguments, pattern, codes) for arguments, pattern in parsed),
        automaton=automaton,
        remembered={},
        values=_values(syntax.slots, roles, tokenise),
        cased=_tokens(described, "capitals", roles) | _tokens(described, "smalls", roles),
        capitals=_tokens(described, "capitals", roles),
        smalls=_tokens(described, "smalls", roles),
        roman_endings=roman_endings,
        cues=_cues(described.get("cues", {}), tokenise),
    )


def _rule(arguments: dict[str, Any], pattern: Pattern, codes: Codes) -> Rule:
    regex = re.compile(expression(pattern, codes))
    wide = set().union(*(wide_slots(node) for node in (pattern.core, *(side.node for side in pattern.after))))
    groups = dict(regex.groupindex)
    core = groups.pop("core")
    slots = tuple((group.partition("__")[0], number) for group, number in sorted(groups.items(), key=lambda g: g[1]))
    return Rule(
        arguments.pop("name"),
        arguments.pop("read"),
        arguments,
        regex,
        core,
        slots,
        tuple(number for slot, number in slots if slot in COUNTS & wide),
        bool(arguments.pop("glued", False)),
        arguments.pop("no_name", None),
        bool(arguments.pop("small", False)),
    )


def _words(
    roles: Mapping[str, Mapping[str, Any]],
    patterns: Iterable[Pattern],
    tokenise: Callable[[str], list[str]],
    also_words: frozenset[str],
) -> dict[str, frozenset[str]]:
    """Token → its roles, with the spellings without accents of longer words; those of `also_words` stay plain words."""
    found: dict[str, set[str]] = {}
    for role, members in roles.items():
        for member in members:
            tokens = tokenise(member)
            if len(tokens) == 1:
                found.setdefault(tokens[0], set()).add(role)
                if role in also_words:
                    found[tokens[0]].add("WORD")
    for pattern in patterns:
        for node in (pattern.core, *(side.node for side in (*pattern.before, *pattern.after))):
            for word in words_of(node):
                found.setdefault(word, set()).add("=" + word)
    plain = {word: unaccented(word) for word in found}
    for word, bare in plain.items():
        if len(bare) > 3 and bare not in plain:
            found[bare] = found[word]
    return {word: frozenset(names) for word, names in found.items()}


def _characters_by_role(of_roles: Mapping[frozenset[str], str]) -> dict[str, str]:
    characters: dict[str, str] = {}
    for names, character in of_roles.items():
        for name in names:
            characters[name] = characters.get(name, "") + character
    return characters


def _values(
    slots: Mapping[str, set[str]], roles: Mapping[str, Mapping[str, Any]], tokenise: Callable[[str], list[str]]
) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    for slot, names in slots.items():
        known = {" ".join(tokenise(word)): value for name in names for word, value in roles[name].items()}
        values[slot] = {unaccented(word): value for word, value in known.items()} | known
    return values


def _tokens(described: Data, key: str, roles: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(word for role in described.get(key, ()) for word in roles[role])


def _cues(described: Data, tokenise: Callable[[str], list[str]]) -> Cues:
    before = [
        (tuple(tokenise(words)), sense) for sense, listed in described.get("before", {}).items() for words in listed
    ]
    by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, sense in before:
        by_last.setdefault(words[-1], []).append((words, sense))
    return Cues(
        before={last: tuple(sorted(listed, key=lambda e: -len(e[0]))) for last, listed in by_last.items()},
        ahead=frozenset(described.get("ahead", ())),
        happened=frozenset(described.get("happened", ())),
        results=frozenset(described.get("results", ())),
        introduces=frozenset(described.get("introduces", ())),
        binds=frozenset(described.get("binds", ())),
        joins=frozenset(described.get("joins", ())),
        ranges=frozenset(described.get("ranges", ())),
        purpose=frozenset(described.get("purpose", ())),
        hearsay=frozenset(described.get("hearsay", ())),
        not_hearsay=frozenset(described.get("not_hearsay", ())),
        open=frozenset(described.get("open", ())),
        pluperfect=frozenset(described.get("pluperfect", ())),
        present_ahead=bool(described.get("present_ahead", False)),
        opening=described.get("opening", "«“"),
        closing=described.get("closing", "»”"),
    )


@cache
def grammar(code: str) -> Grammar | None:
    """The compiled rules of a language, or None if it has none."""
    described = data(code, "times")
    return compile_grammar(code, described, data(code, "numbers")) if described else None
