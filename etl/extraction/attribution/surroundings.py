"""Surroundings: what every reader of statements needs of the sentence around a cue.

Where stretches of speech end, and which clauses and phrases lie in them. What a cue means is read by `statements`,
`objects` and `sources`.
"""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from etl.extraction.attribution.cues import COLON, SEMICOLON, Cues
from etl.extraction.attribution.quotations import Quotations
from etl.extraction.clauses import Clause, Clauses, first_of
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import Names, Phrase
from etl.extraction.names_syntax import Syntax
from etl.extraction.names_words import COMMA, QUOTE
from etl.extraction.text import Document

_FINITE = ClauseKind.FINITE
_WINDOW = 400
"""How many tokens around a cue it governs at most: sentences without end cost no more."""
_SEMICOLON, _STOP = re.compile(SEMICOLON), re.compile(f"[{SEMICOLON}{COLON}]")


class Known(NamedTuple):
    """What all readers of one document's statements share."""

    document: Document
    clauses: Clauses
    names: Names
    syntax: Syntax
    cues: Cues
    marks: str
    """The code of each token as a cue."""
    quotations: Quotations


class Surroundings:
    """One document with what is known of its clauses, names and quotations."""

    def __init__(self, known: Known) -> None:
        self._document, self._clauses, self._names, self._syntax, self._cues, self._marks, self._quotations = known
        self._bounds = known.document.sentence_tokens
        self._codes = known.names.codes

    def _sentence(self, token: int) -> tuple[int, int]:
        bounds = self._bounds
        at = bisect_right(bounds, token)
        return max(bounds[at - 1], token - _WINDOW), min(bounds[at], token + _WINDOW)

    def _clauses_between(self, first: int, end: int) -> list[Clause]:
        """The clauses of a sentence that start at tokens `first` to `end` (exclusive), with the one `first` is in."""
        clauses = self._clauses.of_sentence(bisect_right(self._bounds, min(first, end - 1)) - 1)
        return clauses[max(0, bisect_right(clauses, first, key=first_of) - 1) : bisect_left(clauses, end, key=first_of)]

    def _phrases_between(self, first: int, end: int) -> list[Phrase]:
        if first >= self._bounds[-1]:
            return []
        phrases = self._names.by_sentence[bisect_right(self._bounds, min(first, end - 1)) - 1]
        return phrases[bisect_left(phrases, (first,)) : bisect_left(phrases, (end,))]

    def _finite(self, first: int, end: int) -> bool:
        """Whether a main verb stands at tokens `first` to `end` (exclusive)."""
        return any(
            first <= each.verb < end and each.kind is _FINITE and not each.subordinate
            for each in self._clauses_between(first, end)
        )

    def _end(self, content: int, end: int) -> int:
        """A statement reaches to a semicolon, the end of its sentence, or of the quotation that it opens."""
        close = self._quotations.closing(content - 1, content + 2)
        within = self._quotations.at(content - 2)
        if within >= 0:
            end = min(end, max(self._quotations.spans[within][1], content))
        if 0 <= close < end - 2 and self._codes[close + 1] == COMMA and self._codes[close + 2] != QUOTE:
            return close + 1
        for stop in _SEMICOLON.finditer(self._marks, max(content, close), end):
            if not self._quotations.around(stop.start()):
                return stop.start()
        return max(end, close)

    def _back_to(self, first: int, end: int) -> int:
        """Where the statement that ends there starts: behind the last stop outside quotations."""
        tokens = self._document.tokens
        for stop in reversed([*_STOP.finditer(self._marks, first + 1, end - 1)]):
            at = stop.start()
            clock = tokens[at] == ":" and tokens[at + 1].isdecimal() and tokens[at - 1].isdecimal()
            if not clock and not self._quotations.around(at):
                return at + 1
        return first
