"""A page: one document with the tables of its language and what the readers of its figures share.

Look-ups on single tokens only (class, time, sentence); whatever reads several of them belongs in the other modules.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from etl.extraction.clauses import Clauses, Kind, Tense
from etl.extraction.mentions import TimeMention
from etl.extraction.numbers import NumberWords, number_words
from etl.extraction.quantities.lexis import FigureWords, figure_words
from etl.extraction.quantities.units import UnitWords, unit_words
from etl.extraction.text import Document

DETERMINER, LINKER, PREPOSITION, CONJUNCTION, SUBORDINATE, ADVERB = "DdlcRx"
NOUN, CAPITAL, ADJECTIVE, VERB, NONE = "wCAV."
"""Classes of words, as `names` has them, with the verbs of `clauses`."""

_SPOKEN = (Kind.FINITE, Kind.INFINITIVE, Kind.GERUND)


_MARGIN = 32
"""Empty tokens beyond the text, so that look-ups need no guard: an index below 0 counts from the end."""

_OPENING = 60
"""Tokens of a title, a dateline and a first sentence."""


@dataclass(slots=True)
class Page:
    """Times are token ranges in order; `durations` holds the ends of those that are durations."""

    document: Document
    tokens: list[str]
    words: FigureWords
    units: UnitWords
    numbers: NumberWords
    clauses: Clauses
    times: list[tuple[int, int]]
    durations: frozenset[int]
    _padded: list[str]
    _classes: list[str]
    _opening: frozenset[str] = frozenset()

    @property
    def opening(self) -> frozenset[str]:
        """The words that open the text, which tell where it plays."""
        if not self._opening:
            self._opening = frozenset(self.tokens[:_OPENING])
        return self._opening

    def token(self, index: int) -> str:
        """The token, or "" outside the text."""
        return self._padded[index]

    def kind(self, index: int) -> str:
        """The class of the token, "." outside the text; verb groups are read sentence by sentence on demand."""
        return self._classes[index] or self._classify(index)

    def _classify(self, index: int) -> str:
        ordinal = self.document.sentence_of_token(index)
        first, end = self.document.sentence_tokens[ordinal : ordinal + 2]
        kinds = list(map(self.words.classes.__getitem__, self.tokens[first:end]))
        for clause in self.clauses.of_sentence(ordinal):
            if clause.verb >= 0 and clause.kind in _SPOKEN:
                for at in range(max(clause.group, clause.first) - first, clause.verb + 1 - first):
                    if kinds[at] in "wA" and (not at or kinds[at - 1] != DETERMINER):
                        kinds[at] = VERB
        self._classes[first:end] = kinds
        return self._classes[index]

    def is_verb(self, token: int) -> bool:
        """Whether the token is the finite verb of its clause."""
        clause = self.clauses.at(token)
        return clause.verb == token and clause.tense is not Tense.NONE

    def in_time(self, token: int) -> bool:
        """Whether the token belongs to a time."""
        index = bisect_right(self.times, (token, len(self.tokens) + 1)) - 1
        return index >= 0 and self.times[index][0] <= token < self.times[index][1]

    def sentence_start(self, token: int) -> int:
        """First token of the token's sentence."""
        return self.document.sentence_tokens[self.document.sentence_of_token(token)]


def page_of(document: Document, times: list[TimeMention], clauses: Clauses) -> Page:
    """A document's page."""
    starts = document.starts
    spans = [(document.token_at(t.start_char), bisect_left(starts, t.end_char)) for t in times]
    durations = frozenset(end for (_, end), time in zip(spans, times, strict=True) if time.timex_type == "DURATION")
    code = document.language
    tokens = document.tokens
    padded, classes = tokens + [""] * _MARGIN, [""] * len(tokens) + [NONE] * _MARGIN
    return Page(
        document,
        tokens,
        figure_words(code),
        unit_words(code),
        number_words(code),
        clauses,
        spans,
        durations,
        padded,
        classes,
    )
