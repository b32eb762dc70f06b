"""Surroundings: what every reader of statements needs of the sentence around a cue.

Where stretches of speech end, and which clauses and phrases lie in them. What a cue means is read by `statements`,
`objects` and `sources`.
"""

from bisect import bisect_left
from functools import cached_property

from etl.extraction.attribution.cues import Cues
from etl.extraction.attribution.quotations import Quotations
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import Names, Phrase
from etl.extraction.names_syntax import Syntax, syntax_of
from etl.extraction.names_words import COMMA, QUOTE
from etl.extraction.text import Document

_FINITE = ClauseKind.FINITE
_WINDOW = 400
"""How many tokens around a cue it governs at most: sentences without end cost no more."""


class Surroundings:
    """One document with what is known of its clauses, names and quotations."""

    def __init__(self, document: Document, clauses: Clauses, names: Names, cues: Cues, quotations: Quotations) -> None:
        self._document = document
        self._clauses = clauses
        self._names = names
        self._cues = cues
        self._quotations = quotations

    @cached_property
    def _codes(self) -> bytes:
        return self._names.codes

    @cached_property
    def _syntax(self) -> Syntax:
        return syntax_of(self._document, self._clauses, self._names)

    def _sentence(self, token: int) -> tuple[int, int]:
        ordinal = self._syntax.ordinal(token)
        bounds = self._document.sentence_tokens
        return max(bounds[ordinal], token - _WINDOW), min(bounds[ordinal + 1], token + _WINDOW)

    def _clauses_between(self, first: int, end: int) -> list[Clause]:
        """The clauses of a sentence that start at tokens `first` to `end` (exclusive), with the one `first` is in."""
        clauses = self._clauses.of_sentence(self._syntax.ordinal(min(first, end - 1)))
        return clauses[max(0, bisect_left(clauses, (first + 1,)) - 1) : bisect_left(clauses, (end,))]

    def _phrases_between(self, first: int, end: int) -> list[Phrase]:
        if first >= len(self._document.tokens):
            return []
        return self._syntax.phrases(self._syntax.ordinal(min(first, end - 1)), first, end)

    def _finite(self, first: int, end: int) -> bool:
        """Whether a main verb stands at tokens `first` to `end` (exclusive)."""
        return any(
            first <= each.verb < end and each.kind is _FINITE and not each.subordinate
            for each in self._clauses_between(first, end)
        )

    def _end(self, content: int, end: int) -> int:
        """A statement reaches to a semicolon, the end of its sentence, or of the quotation that it opens."""
        close = self._quotations.closing(content - 1, content + 2)
        tokens, within = self._document.tokens, self._quotations.at(content - 2)
        if within >= 0:
            end = min(end, max(self._quotations.spans[within][1], content))
        if 0 <= close < end - 2 and self._codes[close + 1] == COMMA and self._codes[close + 2] != QUOTE:
            return close + 1
        for at in range(max(content, close), end):
            if tokens[at] == ";" and not self._quotations.around(at):
                return at
        return max(end, close)

    def _back_to(self, first: int, end: int) -> int:
        """Where the statement that ends there starts: behind the last stop outside quotations."""
        tokens = self._document.tokens
        for at in range(end - 2, first, -1):
            if tokens[at] in (";", ":") and not self._quotations.around(at):
                clock = tokens[at] == ":" and tokens[at + 1].isdecimal() and tokens[at - 1].isdecimal()
                if not clock:
                    return at + 1
        return first
