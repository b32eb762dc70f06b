"""Scenes: what the events of one sentence share: its phrases with the prepositions that govern them, and where it is.

Read once a sentence, when its first event asks. Who does what in an event belongs in `participants`, where it takes
place in `places`.
"""

from bisect import bisect_left
from dataclasses import dataclass

from etl.extraction import lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.events.roles import DATIVE, LOCATIVE, NAMED_ONLY, ORIGIN, SURELY_LOCATIVE, roles_of
from etl.extraction.names import NAME, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_syntax import syntax_of
from etl.extraction.names_words import CAPITAL, COMMA, GENITIVE, LINKER, NUMBER, PREPOSITION
from etl.extraction.text import Document

Governed = tuple[int, int, int]
"""Where a phrase starts, its number in its sentence, and what the preposition tells that governs it (see `roles`)."""


@dataclass(slots=True)
class Scene:
    """What the events of one sentence share."""

    first: int
    end: int
    phrases: list[Phrase]
    clauses: list[Clause]
    governed: list[Governed]
    told: int
    """All that the prepositions of the sentence tell, so that what none does is not looked for."""
    places: list[int]
    """The numbers of the phrases that name places."""
    located: list[Phrase]
    """The phrases that say where."""
    reached: list[Phrase]
    """Where the last event of the sentence that is done to a place took place."""


class Scenes:
    """The scenes of a document's sentences."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.clauses = clauses
        self.names = names
        self.codes = names.codes
        self.syntax = syntax_of(document, clauses, names)
        self.roles = roles_of(lexicon.language_of(document.language) or document.language)
        self._scenes: dict[int, Scene] = {}

    def of(self, ordinal: int) -> Scene:
        """The scene of a sentence."""
        found = self._scenes.get(ordinal)
        if found is None:
            found = self._scenes[ordinal] = self._read(ordinal)
        return found

    def _read(self, ordinal: int) -> Scene:
        """The scene of a sentence, in one pass over its phrases."""
        codes, tokens, roles = self.codes, self.document.tokens, self.roles
        prepositions, long = roles.prepositions, roles.long
        phrases = self.names.of_sentence(ordinal)
        governed: list[Governed] = []
        places: list[int] = []
        all_told = 0
        for at, (first, _, _, kind, start, _) in enumerate(phrases):
            if kind is PLACE:
                places.append(at)
            last = before = start - 1
            if start < first:
                code = codes[start]
                if code == NUMBER or (first - start > 1 and codes.find(NUMBER, start, first) >= 0):
                    last = before = self.syntax.before(phrases[at])
                if code == LINKER:  # the article, swallowed by the preposition
                    last += 1
            told = None
            if last > 0 and tokens[last] in long and tokens[last - 1] in long[tokens[last]]:
                told = self._long_preposition(last)
            if told is None:
                if before < 0 or codes[before] != PREPOSITION:
                    continue
                told = prepositions.get(tokens[before], 0)
            governed.append((start, at, told))
            all_told |= told
        located = self._located(phrases, governed) if all_told & LOCATIVE else []
        first, end = self.document.sentence_tokens[ordinal : ordinal + 2]
        clauses = self.clauses.of_sentence(ordinal)
        return Scene(first, end, phrases, clauses, governed, all_told, places, located, [])

    def _long_preposition(self, last: int) -> int | None:
        """What the preposition of several words tells that ends with the token, which one of them ends with."""
        tokens = self.document.tokens
        for words, told in self.roles.long[tokens[last]][tokens[last - 1]]:
            if len(words) == 2 or tuple(tokens[max(0, last + 1 - len(words)) : last + 1]) == words:
                return told
        return None

    def _located(self, phrases: list[Phrase], governed: list[Governed]) -> list[Phrase]:
        """The phrases of a sentence that say where."""
        codes = self.codes
        found: list[Phrase] = []
        covered = -1
        for _, at, told in governed:
            if not told & LOCATIVE:
                continue
            phrase = phrases[at]
            if codes[phrase.end] == GENITIVE and at + 1 < len(phrases) and phrases[at + 1].start == phrase.end + 1:
                at += 1  # *in Chad's capital*
            if phrase.first < covered or phrase.kind is PERSON or not self._locates(phrases, at, phrase, told):
                continue
            also = self.syntax.coordinated(phrases, at)[1:]
            owned = phrases[at] is not phrase and not self.named(phrases[at])
            found += [phrase if owned else phrases[at], *(each for each in also if each.kind is not THING)]
            covered = found[-1].extent
            apposed = phrases[at + 1 : at + 2] if codes[covered] == COMMA else []
            if apposed and apposed[0].start == covered + 1 and self.built(apposed[0]):
                found += apposed  # *à Lomé, la capitale du Togo*
        return found

    def _locates(self, phrases: list[Phrase], at: int, governed: Phrase, told: int) -> bool:
        """Whether phrase number `at`, or its owner, stands behind a preposition that tells where it is."""
        codes, phrase = self.codes, phrases[at]
        place = phrase.kind is PLACE or self.names.is_place(phrase)
        if not (place or phrase.kind is NAME) or codes[phrase.end] == GENITIVE:
            return False
        if self.document.tokens[phrase.head] in self.roles.nowhere:
            return False
        if told & ORIGIN and at > 0:
            other = phrases[at - 1]
            if is_people(other) and other.end == self.syntax.before(governed):
                return False  # *two men from Bristol*
        if told & NAMED_ONLY and codes.find(CAPITAL, phrase.first, phrase.extent) < 0:
            return False  # *ripped roofs off hospitals*
        bare = governed.start == governed.first
        if not bare and told & DATIVE and self.named(phrase):
            return False  # *aid to the Ukraine*, not in it
        return place or (bare and told & SURELY_LOCATIVE != 0)

    def owner(self, phrases: list[Phrase], start: int) -> tuple[Phrase, ...]:
        """The possessor before what starts there (*Ukraine's invasion*)."""
        if self.codes[start - 1] != GENITIVE or start == 0:
            return ()
        at = bisect_left(phrases, (start,)) - 1
        return (phrases[at],) if at >= 0 and phrases[at].end == start - 1 else ()

    def named(self, phrase: Phrase) -> bool:
        """Whether the phrase has a name in it."""
        return self.codes.find(CAPITAL, phrase.first, phrase.end) >= 0

    def built(self, phrase: Phrase) -> bool:
        """Whether it is done to a building or a site that the text names (*l'usine de Rennes*)."""
        return (
            phrase.kind is PLACE
            and self.names.is_place(phrase)
            and self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0
        )


def is_people(phrase: Phrase) -> bool:
    """Whether the phrase names who can act: people, bodies, names of unknown kind."""
    return phrase.kind is not THING and phrase.kind is not PLACE


def within(phrases: list[Phrase], low: int, high: int) -> list[Phrase]:
    """Those of a sentence's phrases whose first token is in `low` to `high` (exclusive)."""
    return phrases[bisect_left(phrases, (low,)) : bisect_left(phrases, (high,))]
