"""Scenes: what the events of one sentence share: its phrases with the prepositions that govern them, and where it is.

Read once a sentence, when its first event asks. Who does what in an event belongs in `participants`, where it takes
place in `places`.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from etl.extraction import lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.events.roles import DATIVE, LOCATIVE, NAMED_ONLY, ORIGIN, SURELY_LOCATIVE, roles_of
from etl.extraction.names import NAME, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_syntax import syntax_of
from etl.extraction.names_words import CAPITAL, COMMA, GENITIVE, LINKER, PREPOSITION
from etl.extraction.text import Document

_FINITE = ClauseKind.FINITE
Governed = tuple[int, int, int]
"""Where a phrase starts, its number in its sentence, and what the preposition tells that governs it (see `roles`)."""


@dataclass(slots=True)
class Scene:
    """What the events of one sentence share."""

    first: int
    end: int
    phrases: list[Phrase]
    firsts: list[int]
    """The first token of each phrase, to look phrases up by."""
    clauses: list[Clause]
    governed: list[Governed]
    told: int
    """All that the prepositions of the sentence tell, so that what none does is not looked for."""
    located: list[Phrase]
    """The phrases that say where."""
    there: bool
    """Whether a word of the sentence may stand for a place told before."""
    main: Clause | None
    """The first main clause, if any phrase says where."""
    reached: list[Phrase] = field(default_factory=list)
    """Where the last event of the sentence that is done to a place took place."""
    owners: list[int] | None = None
    """The numbers of the places that own what stands before them, once an event asks for them."""


class Scenes(dict[int, Scene]):
    """The scenes of a document's sentences by their ordinals, each read when it is first asked for."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        super().__init__()
        self.document = document
        self.clauses = clauses
        self.names = names
        self.codes = names.codes
        self.syntax = syntax_of(document, clauses, names)
        self.roles = roles_of(lexicon.language_of(document.language) or document.language)

    def __missing__(self, ordinal: int) -> Scene:
        scene = self[ordinal] = self._read(ordinal)
        return scene

    def _read(self, ordinal: int) -> Scene:
        names, bounds = self.names, self.document.sentence_tokens
        phrases, clauses = names.by_sentence[ordinal], self.clauses.of_sentence(ordinal)
        governed, told = self._governed(phrases)
        located = self._located(phrases, governed) if told & LOCATIVE else []
        main = None
        if located:
            main = next((each for each in clauses if each.kind is _FINITE and not each.subordinate), None)
        first, end, firsts = bounds[ordinal], bounds[ordinal + 1], names.firsts[ordinal]
        there = not self.roles.there.isdisjoint(self.document.tokens[first:end])
        return Scene(first, end, phrases, firsts, clauses, governed, told, located, there, main)

    def _governed(self, phrases: list[Phrase]) -> tuple[list[Governed], int]:
        """The phrases of a sentence that a preposition governs, and all that the prepositions tell."""
        codes, tokens, prepositions, long = self.codes, self.document.tokens, self.roles.prepositions, self.roles.long
        found: list[Governed] = []
        approximating, all_told = self.syntax.words.approximating, 0
        for at, phrase in enumerate(phrases):
            start = phrase.start
            last = before = start - 1
            if tokens[last] in approximating:
                last = before = self.syntax.before(phrase)
            if codes[start] == LINKER:  # the article, swallowed by the preposition
                last += 1
            told = None
            if tokens[last] in long and tokens[last - 1] in long[tokens[last]] and last > 0:
                told = self._long_preposition(last)
            if told is None:
                if codes[before] != PREPOSITION or before < 0:
                    continue
                told = prepositions.get(tokens[before], 0)
            found.append((start, at, told))
            all_told |= told
        return found, all_told

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
            if codes[phrase.end] == GENITIVE:
                if at + 1 < len(phrases) and phrases[at + 1].start == phrase.end + 1:
                    at += 1  # *in Chad's capital*
            elif phrase.kind is THING:
                continue
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

    def owner(self, scene: Scene, start: int) -> tuple[Phrase, ...]:
        """The possessor before what starts there (*Ukraine's invasion*)."""
        if self.codes[start - 1] != GENITIVE or start == 0:
            return ()
        at = bisect_left(scene.firsts, start) - 1
        return (scene.phrases[at],) if at >= 0 and scene.phrases[at].end == start - 1 else ()

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
