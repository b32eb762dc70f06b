"""Neighbours: what stands beside a phrase and belongs to it: its governor, coordination, apposition, complements.

Works on phrases and word classes alone; which phrase is the subject of which verb is read by `names_syntax`.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from etl.extraction import lexicon
from etl.extraction.clauses import Clause
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import PEOPLE, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_words import (
    BRACKET,
    CAPITAL,
    COMMA,
    CONJUNCTION,
    GENITIVE,
    LINKER,
    NUMBER,
)
from etl.extraction.text import Document

_OPENING = (ClauseKind.PARTICIPLE, ClauseKind.GERUND)
_WINDOW = 160
"""How many tokens before a verb its subject is looked for: sentences without end cost no more."""
_NEAR = 12
"""How many phrases back one may be listed with another."""
_GAP = 12
"""How many tokens may lie between a phrase and one coordinated to it, less one."""
_GOVERNING = frozenset(b"l(d")
_NOMINAL = frozenset(b"wCAv%q-(")
COORDINATED = re.compile(rb",?c[Dd]*")
_HANGING = re.compile(b"[lcd]{1,3}")
"""Between a phrase and one that hangs on it."""
_AGED = re.compile(b"[ldDq]{1,3}t")
"""A time that hangs on a phrase (*ouvrier de 30 ans*)."""


class Features(NamedTuple):
    """What a pronoun or an article tells of what it stands for; `-` where it does not tell."""

    gender: str
    number: str
    animate: str


class SyntaxWords:
    """Function words of one language that syntax hangs on."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "names").get("syntax", {})
        self.pronouns = {word: Features(*told) for word, told in data.get("pronouns", {}).items()}
        self.pronoun_words = frozenset(self.pronouns)
        self.possessives = {word: Features(*told) for word, told in data.get("possessives", {}).items()}
        self.articles = {word: told for told, words in data.get("articles", {}).items() for word in words}
        self.relatives: dict[str, str] = dict(data.get("subject_relatives", {}))
        self.including = frozenset(data.get("including", ()))
        self.oblique = frozenset(data.get("oblique", ()))
        self.particles = {word: bool(spatial) for word, spatial in data.get("particles", {}).items()}
        self.reflexives = frozenset(data.get("reflexives", ()))
        self.control = frozenset(data.get("control", ()))
        tokenise = lexicon.reader(code).tokenise_phrase
        self.approximators = sorted((tokenise(words) for words in data.get("approximators", ())), key=len, reverse=True)
        self.approximating = frozenset(words[-1] for words in self.approximators)
        self.plural = tuple(data.get("plural_nouns", ()))


@cache
def syntax_words(code: str) -> SyntaxWords:
    """The function words of a language, compiled once per process."""
    return SyntaxWords(code)


class Neighbours:
    """The phrases of one document, seen from one another."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.words = syntax_words(document.language)
        self.codes = names.codes
        self._bounds = document.sentence_tokens
        self._sentences, self._firsts = names.by_sentence, names.firsts

    def ordinal(self, token: int) -> int:
        """Ordinal of the sentence that holds the token."""
        return bisect_right(self._bounds, token) - 1

    def phrases(self, ordinal: int, low: int, high: int) -> list[Phrase]:
        """The phrases of a sentence whose first token is in `low` to `high` (exclusive)."""
        firsts = self._firsts[ordinal]
        return self._sentences[ordinal][bisect_left(firsts, low) : bisect_left(firsts, high)]

    def before(self, phrase: Phrase) -> int:
        """The token before the phrase, its article and the words that make its number approximate; -1 at the start."""
        first, _, _, _, at, _ = phrase
        if at == first or self.codes.find(NUMBER, at, first) < 0:
            return at - 1
        tokens, codes = self.document.tokens, self.codes
        if codes[at] == LINKER and at > 0 and tokens[at - 1] in self.words.approximating:
            at += 1
        while at > 0 and tokens[at - 1] in self.words.approximating:
            for words in self.words.approximators:
                if tokens[max(0, at - len(words)) : at] == words:
                    at -= len(words)
                    break
            else:
                break
        return at - 1

    def governed(self, phrase: Phrase) -> bool:
        """Whether the phrase hangs on a preposition or on another noun."""
        codes = self.codes
        first, _, _, _, start, _ = phrase
        before = start - 1 if start == first else self.before(phrase)
        if before < 0:
            return False
        if codes[start] == LINKER and before == start - 1:
            return self.document.tokens[start] in self.words.oblique or codes[before] in _NOMINAL
        code = codes[before]
        if code in _GOVERNING:
            return True
        if code == GENITIVE:  # *the head of the fishermen's union*: as its owner
            owner = self.phrases(self.ordinal(start), before - _WINDOW, before)[-1:]
            return any(each.end == before and codes[each.start] == LINKER for each in owner)
        return code in (COMMA, CONJUNCTION) and codes[first] == CAPITAL and self._listed(phrase)

    def _listed(self, phrase: Phrase) -> bool:
        """Whether a name is one of a list that a preposition governs (*in Massachusetts, Ohio and Texas*)."""
        codes = self.codes
        found = self._sentences[self.ordinal(phrase.start)]
        at = bisect_left(found, phrase)
        for other in reversed(found[max(0, at - _NEAR) : at]):
            comma = codes[phrase.start - 1] == COMMA
            bare = phrase.start == phrase.first and (other.start == other.first or not comma)
            if not bare or other.end != phrase.start - 1 or codes[other.first] != CAPITAL:
                return False
            if comma and not (phrase.kind is other.kind is PLACE):
                return False  # what stands behind a comma is rather the subject (*for Ann Lee, Bob Ray has …*)
            if other.start > 0 and codes[other.start - 1] in _GOVERNING:
                return True
            phrase = other
        return False

    def _adjacent(self, group: int, ordinal: int) -> list[Phrase]:
        """The phrase that ends at the verb, whatever clause it was counted to, an acronym in brackets aside."""
        codes, end = self.codes, group
        if codes[group - 1] == BRACKET:
            opening = codes.rfind(BRACKET, max(0, group - 6), group - 1)
            end = opening if opening >= 0 else group
        near = self.phrases(ordinal, end - _WINDOW, end)[-1:]
        if not near or near[0].end != end:
            return []
        if end < group or codes[near[0].start - 1] == CONJUNCTION:
            return self._ending(end, ordinal)
        return [] if self.governed(near[0]) else near

    def _ending(self, end: int, ordinal: int) -> list[Phrase]:
        """The phrase that ends there, with all that hangs on it (*the Agency for Food and Plant Safety*)."""
        at = end
        for phrase in reversed(self.phrases(ordinal, end - _WINDOW, end)):
            if phrase.end != at and not (_AGED if at == end else _HANGING).fullmatch(self.codes, phrase.end, at):
                break
            if not self.governed(phrase):
                return [phrase]
            at = phrase.start
        return []

    def _apposed(self, comma: int, ordinal: int) -> list[Phrase]:
        """A name and what explains it, between commas before a verb (*Ann Lee, a spokeswoman for the firm, said*)."""
        codes = self.codes
        second = self._ending(comma, ordinal)
        if not second or codes[second[0].start - 1] != COMMA:
            return []
        first = self._ending(second[0].start - 1, ordinal)
        if not first or first[0].kind is PLACE:
            return []
        named = [codes.find(CAPITAL, phrase.first, phrase.end) >= 0 for phrase in (first[0], second[0])]
        acronym = self.document.slice(second[0].first, second[0].end).isupper()
        bare = second[0].start == second[0].first and first[0].kind in PEOPLE and first[0].start < first[0].first
        if (named[0] and (not named[1] or acronym)) or (bare and not any(named)):
            return first
        return second if named[1] and not named[0] and second[0].kind is PERSON else []

    def _before_inserted(self, inserted: Clause, group: int, ordinal: int) -> list[Phrase]:
        """The phrase before a gerund or an apposition between commas (*the minister, visiting Lyon, said*)."""
        codes = self.codes
        if inserted.kind not in _OPENING or COMMA not in (codes[group - 1], codes[inserted.end]):
            return []
        end = inserted.group - 1
        near = self.phrases(ordinal, inserted.first, end)[-1:] if codes[end] == COMMA else []
        return [phrase for phrase in near if phrase.extent == end and not self.governed(phrase)]

    def _in_apposition(self, phrase: Phrase, ordinal: int) -> bool:
        """Whether the phrase explains one right before it, which a preposition governs (*à Nyala, la capitale*)."""
        if self.codes[phrase.start - 1] != COMMA:
            return False
        before = self.phrases(ordinal, 0, phrase.first)[-1:]
        named = phrase.kind is PERSON and self.codes[phrase.head] == CAPITAL  # *à l'inverse, Jean Lenoir*
        return any(
            other.end == phrase.start - 1 and self.governed(other) and not (named and other.kind is THING)
            for other in before
        )

    def coordinated(self, phrases: list[Phrase], at: int) -> tuple[Phrase, ...]:
        """A phrase of a sentence with those coordinated to it or singled out of it (*dont deux enfants*)."""
        codes, tokens, including = self.codes, self.document.tokens, self.words.including
        found = [phrases[at]]
        pending: list[Phrase] = []
        end = phrases[at].extent
        for index in range(at + 1, len(phrases)):
            phrase = phrases[index]
            first, _, _, _, start, extent = phrase
            if start < end:
                continue
            if start - end == 1 and codes[end] == COMMA:
                pending.append(phrase)
            elif tokens[start - 1] in including or (start < first and self.singled_out(phrase)):
                found.append(phrase)
                pending = []
            elif start - end < _GAP and COORDINATED.fullmatch(codes, end, start):
                found += [*pending, phrase]
                pending = []
            else:
                break
            end = extent
        return tuple(found)

    def singled_out(self, phrase: Phrase) -> bool:
        """Whether the phrase is part of one told before (*26 civils, dont neuf enfants*)."""
        first, _, _, _, start, _ = phrase
        before = start - 1 if start == first else self.before(phrase)
        return before >= 0 and self.document.tokens[before] in self.words.including
