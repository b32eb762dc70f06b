"""Clauses: where a sentence's clauses begin and end, which verb each has, in what tense, voice and polarity.

A language's grammar is data (`languages/<code>/clauses.toml`): a one-letter code per word, and verb groups as patterns
over these codes. This module runs them; what a verb means, and who does what in a clause, belong elsewhere.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

import numpy as np

from etl.extraction import inflection, lexicon
from etl.extraction.text import Document


class Tense(StrEnum):
    """The tense of a clause's verb group; NONE for participles, gerunds and clauses without a verb."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    INFINITIVE = "infinitive"
    NONE = "none"


class Kind(StrEnum):
    """What the clause is built on; a fragment has no verb of its own."""

    FINITE = "finite"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"
    GERUND = "gerund"
    FRAGMENT = "fragment"


@dataclass(slots=True, eq=False)
class Clause:
    """Tokens `first` to `end` (exclusive) around one verb group.

    `verb`: the token of the lexical verb, -1 if none. `group`: the first token of the verb group (its negation,
    clitics and auxiliaries), `head`: its first auxiliary or the verb itself; both -1 if there is no verb.
    `subordinate`: it starts with a relative pronoun or a subordinator.
    `resumes`: the first token of the clause that this one goes on with after an inserted one; -1 if none.
    `sentence`: the ordinal of its sentence, `place`: its own among the sentence's clauses.
    Read far more often than made, so slots; not to be changed, though freezing it would cost more than making it.
    """

    first: int
    end: int
    verb: int
    tense: Tense
    negated: bool
    passive: bool
    kind: Kind
    group: int
    head: int
    subordinate: bool
    resumes: int
    sentence: int
    place: int


first_of = attrgetter("first")
"""By what a sentence's clauses are in order."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a verb group is that a pattern has matched, its head's letter known."""

    tense: Tense
    passive: bool
    kind: Kind
    finite: bool
    weak: bool
    """It yields to a finite group in its segment."""
    doubtful: bool
    """It is a participle beside a finite group."""
    joins: bool
    """It is an infinitive behind one."""


_OPENER, _SOFT, _VERBLESS, _COORDINATOR, _SEPARATOR, _STRONG, _LEAD_IN = (1 << bit for bit in range(7))
_ROLES = {
    "openers": _OPENER,
    "soft_openers": _SOFT,
    "verbless_openers": _VERBLESS,
    "coordinators": _COORDINATOR,
    "separators": _SEPARATOR,
    "strong_separators": _STRONG,
    "lead_ins": _LEAD_IN,
}
_OPENING_ROLES = _OPENER | _SOFT
_PARTING = _OPENER | _SOFT | _COORDINATOR | _SEPARATOR

_Group = tuple[int, int, int, _Rule, bool, int, list[int]]
"""A verb group: its first token, the one after its verb, its head, its rule, whether it is negated, the token after the
word that turns a negation into a restriction (only), -1 if none does, and the tokens since the group before it that may
part clauses. Plain, since there is one a clause."""


def _rule(row: Mapping[str, Any], head: str) -> _Rule:
    kind = Kind(row.get("kind", "finite"))
    return _Rule(
        Tense(row.get("tense") or row.get("tenses", {}).get(head, Tense.NONE)),
        bool(row.get("passive", False)),
        kind,
        kind is Kind.FINITE,
        bool(row.get("weak", False)),
        bool(row.get("doubtful", False)),
        bool(row.get("joins", False)),
    )


def _heads(pattern: str) -> str:
    """The letters that a pattern may begin with: its first letter, or those of its first class."""
    return pattern[1 : pattern.index("]")] if pattern.startswith("[") else pattern[0]


def _uncaptured(pattern: str) -> str:
    return re.sub(r"\((?!\?)", "(?:", pattern)


def _any_of(letters: Iterable[str]) -> re.Pattern[str]:
    listed = "".join(sorted(letters))
    return re.compile(f"[{re.escape(listed)}]" if listed else r"(?!)")


class Grammar:
    """A language's `clauses.toml`, compiled. Without one, a sentence is one clause without a verb.

    Raises ValueError for letters that are not ASCII.
    """

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "clauses")
        letters = _word_codes(code, data)
        if not "".join(set(letters.values())).isascii():
            raise ValueError(f"{code}: the letters of clauses.toml must be ASCII")
        self.codes = lexicon.WordCodes(letters, _unknown_code(code, data))
        macros = data.get("macros", {})
        by_head: dict[str, list[tuple[str, _Rule]]] = {}
        for row in data.get("groups", ()):
            pattern = row["pattern"]
            for name, macro in macros.items():
                pattern = pattern.replace("{" + name + "}", macro)
            for head in _heads(pattern):
                by_head.setdefault(head, []).append((pattern, _rule(row, head)))
        self.by_head = {
            head: (
                re.compile("|".join(f"({_uncaptured(pattern)})" for pattern, _ in rows)).match,
                [_PARTICIPLE, *(rule for _, rule in rows)],
            )
            for head, rows in by_head.items()
        }
        self.prefix = str(data.get("prefix", ""))
        self.negators = frozenset(data.get("negators", ""))
        self.restriction = re.compile(data.get("restriction", r"(?!)"))
        self.reporting = frozenset(data.get("reporting", ""))
        roles = np.zeros(128, dtype=np.uint8)
        for name, role in _ROLES.items():
            for letter in data.get(name, ""):
                roles[ord(letter)] |= role
        self._roles = roles.tobytes().ljust(256, b"\0")
        self._telling = roles & _PARTING != 0
        for letter in by_head:
            self._telling[ord(letter)] = True
        self.negative_subject = _any_of(data.get("negative_subjects", ""))

    def roles(self, codes: str) -> bytes:
        """What each token may do where clauses meet: bits of `_ROLES`."""
        return codes.encode("ascii").translate(self._roles)

    def telling(self, codes: str, bounds: list[int]) -> tuple[list[int], list[int]]:
        """The tokens that may start a verb group or part clauses, in order; where those of each sentence start."""
        letters = np.frombuffer(codes.encode("ascii"), dtype=np.uint8)
        (places,) = self._telling.take(letters).nonzero()
        return places.tolist(), places.searchsorted(bounds).tolist()


def _settled(groups: list[_Group], first: int, codes: str, reporting: frozenset[str]) -> list[_Group]:
    """A weak group yields to a finite one in its segment, a doubtful one becomes a participle beside one.

    Behind it that is so unless its letter is `reporting` (*downed ten drones launched from the sea*).
    One that joins an infinitive is an infinitive (*to curb waste and cut taxes*).
    """
    settled: list[_Group] = []
    passed: list[int] = []
    preceded = relative = False
    for group, after in zip(groups, [*groups[1:], None], strict=True):
        start, end, head, rule, negated, restricted, between = group
        follows = after is not None and after[3].finite and not after[3].weak and not after[6]
        if rule.weak and (start == first or follows or (preceded and not between)):
            passed = [*passed, *between]
        else:
            if rule.doubtful and (follows or (relative and not between)):
                rule = _PARTICIPLE
            if rule.joins and settled and settled[-1][3].kind is Kind.INFINITIVE:
                rule = settled[-1][3]
            settled.append((start, end, head, rule, negated, restricted, [*passed, *between]))
            passed = []
        preceded = group[3].finite
        relative = preceded and codes[end - 1] not in reporting
    return settled


_PARTICIPLE = _Rule(Tense.PAST, True, Kind.PARTICIPLE, False, False, False, False)
_OF_PARTICIPLE, _FRAGMENT, _TENSELESS = Kind.PARTICIPLE, Kind.FRAGMENT, Tense.NONE
_HYPHEN = "-"
_OPENING = frozenset('«“"‘([—–:\n')
"""After these marks a capital is only the start of a sentence."""


def _is_name(text: str, start: int, shouted: bool) -> bool:
    """Whether the word at `start` is part of a name, and so no verb.

    It is the end of a compound, or written with a capital where small letters are the rule.
    """
    if text[start - 1] == _HYPHEN:
        return True
    return text[start].isupper() and not shouted and _OPENING.isdisjoint(text[max(0, start - 2) : start])


def _word_codes(code: str, data: lexicon.Data) -> dict[str, str]:
    found: dict[str, str] = {}
    special = data.get("auxiliaries", {})
    lemma_codes = {lemma: rows for rows in data.get("lemmas", ()) for lemma in rows["lemmas"].split()}
    readings = [(frozenset(row["moods"]), tuple(row.get("endings", ())), row["code"]) for row in data.get("verbs", ())]
    for surface, forms in inflection.verbs(code).items():
        own = next((special[f.lemma][f.mood] for f in forms if f.mood in special.get(f.lemma, ())), None)
        moods = {str(form.mood) for form in forms}
        rows = next((lemma_codes[form.lemma] for form in forms if form.lemma in lemma_codes), None)
        if own is None and rows is not None:
            own = next((str(rows[mood]) for mood in sorted(moods) if mood in rows), None)
        found[surface] = own or _letter(surface, moods, readings)
    for letter, words in data.get("words", {}).items():
        found.update(dict.fromkeys(words.split(), letter))
    return found


_Readings = list[tuple[frozenset[str], tuple[str, ...], str]]


def _letter(surface: str, moods: set[str], readings: _Readings) -> str:
    """The letter of the row with just these moods, else of the first that has them all, else of any that has one."""
    fitting = [(wanted, letter) for wanted, ends, letter in readings if not ends or surface.endswith(ends)]
    for fits in (moods.__eq__, moods.issubset, moods.intersection):
        for wanted, letter in fitting:
            if fits(wanted):
                return letter
    return _OTHER


_OTHER, _DIGITS = ".0"


def _unknown_code(code: str, data: lexicon.Data) -> Any:
    suffixes = [(ending, row["code"]) for row in data.get("suffixes", ()) for ending in row["endings"]]
    moods = data.get("unknown", {})
    endings = inflection.endings(code)

    def read(word: str) -> str:
        if not word[0].isalpha():
            return _DIGITS if word.isdecimal() else _OTHER
        for ending, letter in suffixes:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return str(letter)
        form = endings.read(word)
        return str(moods.get(form.mood, _OTHER)) if form else _OTHER

    return read


@cache
def grammar(code: str) -> Grammar:
    """The clause grammar of a language, compiled once per process."""
    return Grammar(code)


class Clauses:
    """The clauses of a document, found sentence by sentence when asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._grammar = grammar(lexicon.language_of(document.language) or document.language)
        self._bounds = document.sentence_tokens
        self._sentences: list[list[Clause] | None] = [None] * (len(self._bounds) - 1)
        self._codes: str | None = None
        self._roles = b""
        self._telling: list[int] = []
        self._told: list[int] = []
        self._shapes = b""
        self._nobody: list[int] = []

    @property
    def codes(self) -> str:
        """One letter per token, as the language's `clauses.toml` assigns them."""
        if self._codes is None:
            self._codes = codes = _whole_numbers(self._grammar.codes.of(self._document), self._document)
            self._roles = self._grammar.roles(codes)
            self._telling, self._told = self._grammar.telling(codes, self._bounds)
            self._shapes = self._document.shapes
            self._nobody = [found.start() for found in self._grammar.negative_subject.finditer(codes)]
        return self._codes

    def of_sentence(self, ordinal: int) -> list[Clause]:
        """The sentence's clauses in order; together they cover its tokens."""
        found = self._sentences[ordinal]
        if found is None:
            found = self._sentences[ordinal] = self._read(ordinal)
        return found

    def at(self, token: int) -> Clause:
        """The clause that holds the token. Raises IndexError for a token that the document does not have."""
        for clause in self.of_sentence(bisect_right(self._bounds, token) - 1):
            if token < clause.end:
                return clause
        raise IndexError(token)

    def _read(self, ordinal: int) -> list[Clause]:
        """Cut a sentence into clauses, one a verb group, with fragments where a clause is interrupted."""
        codes = self._codes or self.codes
        first, end = self._bounds[ordinal : ordinal + 2]
        if first == end:
            return []
        low, high = self._told[ordinal : ordinal + 2]
        groups = self._groups(codes, self._telling[low:high], first, end) if low < high else None
        if not groups:
            return [_fragment(first, end, ordinal, 0)]
        nobody = self._nobody
        if nobody:
            nobody = nobody[bisect_left(nobody, first) : bisect_left(nobody, end)]
        return _split(self._roles, groups, first, end, ordinal, nobody)

    def _groups(self, codes: str, telling: list[int], first: int, end: int) -> list[_Group]:
        """The verb groups among tokens `first` to `end`, a sentence, in order, doubtful ones settled.

        `telling`: the sentence's tokens that may start one or part clauses.
        """
        grammar, shapes = self._grammar, self._shapes
        by_head, prefix, negators = grammar.by_head, grammar.prefix, grammar.negators
        found: list[_Group] = []
        between: list[int] = []
        free, unsettled = first, False
        for head in telling:
            if head < free:
                continue
            known = by_head.get(codes[head])
            if known is None:
                between.append(head)
                continue
            read, rules = known
            match = read(codes, head, end)
            if match is None:
                continue
            stop = match.end()
            if (shapes[head] or shapes[stop - 1]) and self._is_named(head, stop - 1, first, end):
                continue
            rule = rules[match.lastindex or 0]
            begin, restricted, negated = head, -1, False
            while begin > free and codes[begin - 1] in prefix:
                begin -= 1
            if stop - begin > 1 and not negators.isdisjoint(codes[begin:stop]):
                restriction = grammar.restriction.match(codes, begin)
                negated = restriction is None
                restricted = restriction.end() if restriction is not None else -1
            found.append((begin, stop, head, rule, negated, restricted, between))
            between = []
            free = stop
            if rule.weak or rule.doubtful:
                unsettled = True
        return _settled(found, first, codes, grammar.reporting) if unsettled else found

    def _is_named(self, head: int, verb: int, first: int, end: int) -> bool:
        """Whether the head or the verb of a group is part of a name; the head not where it opens the sentence."""
        document = self._document
        text, starts = document.text, document.starts
        shouted = document.slice(first, end).isupper()
        return (head > first and _is_name(text, starts[head], shouted)) or (
            verb > head and _is_name(text, starts[verb], shouted)
        )


_IN_NUMBER = re.compile("0[^0](?=0)")


def _whole_numbers(codes: str, document: Document) -> str:
    """The codes with the marks inside numbers (*11,000*, *1.5*) told as part of these, since they part no clauses."""
    letters: list[str] | None = None
    for match in _IN_NUMBER.finditer(codes):
        mark = match.end() - 1
        if document.glued(mark) and document.glued(mark + 1) and document.tokens[mark] in _NUMBER_MARKS:
            letters = letters or list(codes)
            letters[mark] = _DIGITS
    return codes if letters is None else "".join(letters)


_NUMBER_MARKS = frozenset(",.:")
"""What may stand within a number or a time of day."""

_NONE: list[int] = []

_NEAR = 4
"""How many tokens from the start of a clause a negative subject may stand."""


def _led_in(roles: bytes, low: int, token: int) -> int:
    """Where the words start that lead in the token (*in order to*)."""
    while token > low and roles[token - 1] & _LEAD_IN:
        token -= 1
    return token


def _split(roles: bytes, groups: list[_Group], first: int, end: int, sentence: int, nobody: list[int]) -> list[Clause]:
    """One clause a verb group, with fragments; each main clause after an inserted one is told what it goes on with.

    `nobody`: the sentence's negative subjects.
    """
    clauses: list[Clause] = []
    last = None
    free, fragment = first, -1
    for group in groups:
        begin, after, head, rule, negated, _, between = group
        start, fragments = begin, _NONE
        if between:
            start, fragments = _cut(roles, free, group, last)
        elif last is None:
            start = begin if rule.kind is _OF_PARTICIPLE else first
        elif not rule.finite:
            start = _led_in(roles, free, begin)
        elif last[3].finite and not (last[0] and roles[last[0] - 1] & _OPENER):
            start = free  # but behind an inserted clause only the verb's own words are sure to be its
        if last is None and start > first:
            fragments = [first, *fragments]
        for at in fragments:
            if clauses:
                clauses[-1].end = at
            clauses.append(_fragment(at, end, sentence, len(clauses)))
            if fragment < 0:
                fragment = at
        if clauses:
            clauses[-1].end = start
        subordinate = bool(roles[start] & _OPENING_ROLES or (start + 1 < begin and roles[start + 1] & _OPENER))
        resumes = -1
        if rule.finite and not subordinate:
            resumes, fragment = fragment, -1
        if nobody and not negated:
            negated = any(start <= at < min(begin, start + _NEAR) for at in nobody)
        tense, passive, kind, place = rule.tense, rule.passive, rule.kind, len(clauses)
        verb = after - 1
        clauses.append(
            Clause(start, end, verb, tense, negated, passive, kind, begin, head, subordinate, resumes, sentence, place)
        )
        free, last = after, group
    return clauses


def _fragment(first: int, end: int, sentence: int, place: int) -> Clause:
    return Clause(first, end, -1, _TENSELESS, False, False, _FRAGMENT, -1, -1, False, -1, sentence, place)


def _cut(roles: bytes, before: int, group: _Group, last: _Group | None) -> tuple[int, list[int]]:
    """Where the clause of `group` starts, and where fragments start between the last verb group and it.

    `before`: the token after the last verb group, or the first of the sentence.
    """
    start, _, _, rule, _, _, between = group
    finite = rule.finite
    restricting = -1 if last is None else last[5] - 1
    openers: list[int] = []
    soft = strong = separator = coordinator = -1
    for at in between:
        role = roles[at]
        if role & _OPENER and at != restricting:
            openers.append(at)
        if role & _SOFT:
            soft = at
        if role & _COORDINATOR:
            coordinator = at
        elif role & _SEPARATOR:
            separator = at
            if role & _STRONG:
                strong = at
    if soft > max(coordinator, separator) and finite and (last is not None or roles[before] & _SOFT):
        openers = sorted((*openers, soft))
    if last is None and openers and openers[0] == before:
        del openers[0]
    if openers and finite:
        parted = roles[start - 1] & _SEPARATOR and roles[openers[-1]] & _VERBLESS
        cut = start - 1 if parted else openers[-1]
        behind = before - (last is not None)  # also where the opener follows its verb at once
        return cut, [at for at in openers if behind < at < cut] if openers[0] < cut else _NONE
    if last is None and not openers:
        return (before if rule.kind is not _OF_PARTICIPLE else start), _NONE
    if not finite:
        lead = _led_in(roles, before, start)
        return lead, [at for at in openers if before < at < lead]
    if strong >= 0:
        return strong, _NONE
    if separator >= 0 and (coordinator <= separator + 1 or roles[separator + 1] & _COORDINATOR):
        return separator, _NONE
    return (coordinator if coordinator >= 0 else start), _NONE
