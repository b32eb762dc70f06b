"""Clauses: where a sentence's clauses begin and end, which verb each has, in what tense, voice and polarity.

A language's grammar is data (`languages/<code>/clauses.toml`): a one-letter code per word, and verb groups as patterns
over these codes. This module runs them; what a verb means, and who does what in a clause, belong elsewhere.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

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


class Clause(NamedTuple):
    """Tokens `first` to `end` (exclusive) around one verb group.

    `verb`: the token of the lexical verb, -1 if none. `group`: the first token of the verb group (its negation,
    clitics and auxiliaries), `head`: its first auxiliary or the verb itself; both -1 if there is no verb.
    `subordinate`: it starts with a relative pronoun or a subordinator.
    `resumes`: the first token of the clause that this one goes on with after an inserted one; -1 if none.
    """

    first: int
    end: int
    verb: int
    tense: Tense
    negated: bool
    passive: bool
    kind: Kind = Kind.FRAGMENT
    group: int = -1
    head: int = -1
    subordinate: bool = False
    resumes: int = -1


class _Group(NamedTuple):
    start: int
    end: int
    head: int
    tense: Tense
    negated: bool
    passive: bool
    kind: Kind
    weak: bool
    doubtful: bool
    restricted: int
    """The token after the word that turns a negation into a restriction (only), -1 if none does."""

    @property
    def verb(self) -> int:
        return self.end - 1


class _Rule(NamedTuple):
    tense: Tense | None
    tenses: Mapping[str, Tense]
    passive: bool
    kind: Kind
    weak: bool
    doubtful: bool


def _rule(row: Mapping[str, Any]) -> _Rule:
    return _Rule(
        Tense(row["tense"]) if "tense" in row else None,
        {head: Tense(tense) for head, tense in row.get("tenses", {}).items()},
        bool(row.get("passive", False)),
        Kind(row.get("kind", "finite")),
        bool(row.get("weak", False)),
        bool(row.get("doubtful", False)),
    )


def _heads(pattern: str) -> str:
    """The letters that a pattern may begin with: its first letter, or those of its first class."""
    return pattern[1 : pattern.index("]")] if pattern.startswith("[") else pattern[0]


def _uncaptured(pattern: str) -> str:
    return re.sub(r"\((?!\?)", "(?:", pattern)


class Grammar:
    """A language's `clauses.toml`, compiled. Without one, a sentence is one clause without a verb."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "clauses")
        self.codes = lexicon.WordCodes(_word_codes(code, data), _unknown_code(code, data))
        macros = data.get("macros", {})
        by_head: dict[str, list[tuple[str, _Rule]]] = {}
        for row in data.get("groups", ()):
            pattern = row["pattern"]
            for name, macro in macros.items():
                pattern = pattern.replace("{" + name + "}", macro)
            for head in _heads(pattern):
                by_head.setdefault(head, []).append((pattern, _rule(row)))
        self._by_head = {
            head: (re.compile("|".join(f"({_uncaptured(pattern)})" for pattern, _ in rows)), [rule for _, rule in rows])
            for head, rows in by_head.items()
        }
        self._starts = re.compile(f"[{re.escape(''.join(by_head))}]" if by_head else r"(?!)")
        self._prefix = str(data.get("prefix", ""))
        self._negators = frozenset(data.get("negators", ""))
        self._restriction = re.compile(data["restriction"]) if "restriction" in data else None
        self.openers = frozenset(data.get("openers", ""))
        self.soft_openers = frozenset(data.get("soft_openers", ""))
        self.verbless_openers = frozenset(data.get("verbless_openers", ""))
        self.negative_subjects = frozenset(data.get("negative_subjects", ""))
        self.coordinators = frozenset(data.get("coordinators", ""))
        self.separators = frozenset(data.get("separators", ""))
        self.strong_separators = frozenset(data.get("strong_separators", ""))
        self.lead_ins = frozenset(data.get("lead_ins", ""))
        self.markers = self.openers | self.soft_openers | self.coordinators | self.separators

    def groups(self, codes: str, first: int, end: int, proper: Callable[[int], bool]) -> list[_Group]:
        """The verb groups among tokens `first` to `end`, in order, doubtful ones settled.

        `proper` tells whether a token is part of a name, and so no verb.
        """
        found: list[_Group] = []
        free, unsettled = first, False
        for start in self._starts.finditer(codes, first, end):
            head = start.start()
            if head < free:
                continue
            pattern, rules = self._by_head[codes[head]]
            match = pattern.match(codes, head, end)
            if match is None or proper(match.end() - 1) or proper(head):
                continue
            rule = rules[(match.lastindex or 1) - 1]
            found.append(self._read(codes, head, match.end(), free, rule))
            free = match.end()
            unsettled = unsettled or rule.weak or rule.doubtful
        return list(self._settle(codes, found, first)) if unsettled else found

    def _read(self, codes: str, head: int, end: int, free: int, rule: _Rule) -> _Group:
        start = head
        while start > free and codes[start - 1] in self._prefix:
            start -= 1
        negated = not self._negators.isdisjoint(codes[start:end])
        restriction = self._restriction.match(codes, start) if negated and self._restriction is not None else None
        tense = rule.tense or rule.tenses.get(codes[head], Tense.NONE)
        return _Group(
            start,
            end,
            head,
            tense,
            negated and restriction is None,
            rule.passive,
            rule.kind,
            rule.weak,
            rule.doubtful,
            restriction.end() if restriction is not None else -1,
        )

    def _settle(self, codes: str, groups: list[_Group], first: int) -> Iterator[_Group]:
        """A weak group yields to a finite one in its segment, a doubtful one becomes a participle before one."""
        for at, group in enumerate(groups):
            if not (group.weak or group.doubtful):
                yield group
                continue
            before = groups[at - 1] if at else None
            after = groups[at + 1] if at + 1 < len(groups) else None
            follows = after is not None and after.kind is Kind.FINITE and not self._marked(codes, group.end, after)
            if group.weak:
                preceded = (
                    before is not None
                    and before.kind is Kind.FINITE
                    and not self.markers.intersection(codes[before.end : group.start])
                )
                if group.start > first and not (preceded or (follows and after is not None and not after.weak)):
                    yield group
            elif follows and after is not None and not after.weak:
                yield group._replace(kind=Kind.PARTICIPLE, tense=Tense.NONE, passive=True)
            else:
                yield group

    def _marked(self, codes: str, start: int, group: _Group) -> bool:
        return not self.markers.isdisjoint(codes[start : group.start])


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


_OTHER = "."


def _unknown_code(code: str, data: lexicon.Data) -> Any:
    suffixes = [(ending, row["code"]) for row in data.get("suffixes", ()) for ending in row["endings"]]
    moods = data.get("unknown", {})
    endings = inflection.endings(code)

    def read(word: str) -> str:
        if not word[0].isalpha():
            return "0" if word.isdecimal() else _OTHER
        for ending, letter in suffixes:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return str(letter)
        form = endings.read(word)
        return str(moods.get(form.mood, _OTHER)) if form else _OTHER

    return read


_OPENING = frozenset('«“"‘([—–:\n')
"""After these marks a capital is only the start of a sentence."""


_HYPHEN = "-"


@cache
def grammar(code: str) -> Grammar:
    """The clause grammar of a language, compiled once per process."""
    return Grammar(code)


class Clauses:
    """The clauses of a document, found sentence by sentence when asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._grammar = grammar(lexicon.language_of(document.language) or document.language)
        self._sentences: dict[int, list[Clause]] = {}
        self._firsts: dict[int, list[int]] = {}
        self._codes: str | None = None

    @property
    def codes(self) -> str:
        """One letter per token, as the language's `clauses.toml` assigns them."""
        if self._codes is None:
            self._codes = self._grammar.codes.of(self._document)
        return self._codes

    def of_sentence(self, ordinal: int) -> list[Clause]:
        """The sentence's clauses in order; together they cover its tokens."""
        found = self._sentences.get(ordinal)
        if found is None:
            bounds = self._document.sentence_tokens
            first, end = bounds[ordinal], bounds[ordinal + 1]
            found = self._split(first, end) if first < end else []
            self._sentences[ordinal] = found
            self._firsts[ordinal] = [clause.first for clause in found]
        return found

    def _split(self, first: int, end: int) -> list[Clause]:
        document = self._document
        text, starts = document.text, document.starts

        shouted: bool | None = None

        def proper(token: int) -> bool:
            """Written with a capital where small letters are the rule, or the end of a compound."""
            nonlocal shouted
            start = starts[token]
            if token == first:
                return False
            if text[start - 1] == _HYPHEN:
                return True
            if not text[start].isupper() or not _OPENING.isdisjoint(text[max(0, start - 2) : start]):
                return False
            if shouted is None:
                shouted = document.slice(first, end).isupper()
            return not shouted

        return _split(self._grammar, self.codes, first, end, proper)

    def at(self, token: int) -> Clause:
        """The clause that holds the token. Raises IndexError for a token that the document does not have."""
        ordinal = bisect_right(self._document.sentence_tokens, token) - 1
        clauses = self._sentences.get(ordinal)
        if clauses is None:
            clauses = self.of_sentence(ordinal)
        return clauses[bisect_right(self._firsts[ordinal], token) - 1]


_NEAR = 4
"""How many tokens from the start of a clause a negative subject may stand."""


def _split(grammar: Grammar, codes: str, first: int, end: int, proper: Callable[[int], bool]) -> list[Clause]:
    """Cut tokens `first` to `end` into clauses, one a verb group, with fragments where a clause is interrupted."""
    groups = grammar.groups(codes, first, end, proper)
    cuts: list[tuple[int, _Group | None]] = []
    before = first
    for at, group in enumerate(groups):
        start, fragments = _cut(grammar, codes, before, group, groups[at - 1] if at else None)
        cuts.extend((fragment, None) for fragment in fragments)
        cuts.append((start, group))
        before = group.end
    if not cuts or cuts[0][0] > first:
        cuts.insert(0, (first, None))
    return _clauses(grammar, codes, cuts, end)


def _cut(grammar: Grammar, codes: str, before: int, group: _Group, last: _Group | None) -> tuple[int, list[int]]:
    """Where the clause of `group` starts, and where fragments start between the last verb group and it."""
    start = group.start
    finite = group.kind is Kind.FINITE
    lead = start
    if not finite:
        while lead > before and codes[lead - 1] in grammar.lead_ins:
            lead -= 1
    if grammar.markers.isdisjoint(codes[before:start]):
        if last is None:
            return (start if group.kind is Kind.PARTICIPLE else before), []
        inserted = last.kind is not Kind.FINITE or codes[last.start - 1 : last.start] in grammar.openers
        return (before if finite and not inserted else lead), []
    openers = [at for at in range(before, start) if codes[at] in grammar.openers]
    if last is not None and last.restricted > 0:
        openers = [at for at in openers if at != last.restricted - 1]
    if finite and (last is not None or codes[before] in grammar.soft_openers):
        soft = next((at for at in range(start - 1, before - 1, -1) if codes[at] in grammar.soft_openers), -1)
        if soft >= 0 and (grammar.separators | grammar.coordinators).isdisjoint(codes[soft:start]):
            openers = sorted((*openers, soft))
    if last is None and openers and openers[0] == before:
        openers = openers[1:]
    if openers and finite:
        parted = codes[start - 1] in grammar.separators and codes[openers[-1]] in grammar.verbless_openers
        cut = start - 1 if parted else openers[-1]
        return cut, [at for at in openers if before < at < cut]
    if last is None and not openers:
        return (before if group.kind is not Kind.PARTICIPLE else start), []
    if not finite:
        return lead, [at for at in openers if before < at < lead]
    strong = next((at for at in range(start - 1, before - 1, -1) if codes[at] in grammar.strong_separators), -1)
    if strong >= 0:
        return strong, []
    separator = next((at for at in range(start - 1, before - 1, -1) if codes[at] in grammar.separators), -1)
    coordinator = next((at for at in range(start - 1, before - 1, -1) if codes[at] in grammar.coordinators), -1)
    if separator >= 0 and (coordinator <= separator + 1 or codes[separator + 1] in grammar.coordinators):
        return separator, []
    return (coordinator if coordinator >= 0 else start), []


def _clauses(grammar: Grammar, codes: str, cuts: list[tuple[int, _Group | None]], end: int) -> list[Clause]:
    """Clauses of the cuts; each main clause after an inserted one is told what it goes on with."""
    fragment, found = -1, []
    stops = [start for start, _ in cuts[1:]]
    stops.append(end)
    for (start, group), stop in zip(cuts, stops, strict=True):
        if group is None:
            fragment = start if fragment < 0 else fragment
            found.append(Clause(start, stop, -1, Tense.NONE, False, False))
            continue
        _, group_end, head, tense, negated, passive, kind, _, _, _ = group
        opening = codes[start : start + 2]
        subordinate = not grammar.openers.isdisjoint(opening) or opening[:1] in grammar.soft_openers
        resumes = -1
        if kind is Kind.FINITE and not subordinate:
            resumes, fragment = fragment, -1
        verb = group_end - 1
        subject = codes[start : group.start][:_NEAR]
        if not negated and subject and not grammar.negative_subjects.isdisjoint(subject):
            negated = True
        found.append(Clause(start, stop, verb, tense, negated, passive, kind, group.start, head, subordinate, resumes))
    return found
