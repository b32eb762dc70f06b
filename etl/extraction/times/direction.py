"""Before or after the publication: what words, then neighbours, then the tense of the clause say about an expression.

The words are language data; which period follows from a direction is in `resolve`.
"""

from typing import NamedTuple

from etl.extraction.clauses import Clauses, Tense
from etl.extraction.text import Document
from etl.extraction.times.vocabulary import Cues

PAST, PRESENT, FUTURE = "past", "present", "future"

_WINDOW = 10
"""How many tokens before an expression announcing words are looked for."""


class Direction(NamedTuple):
    """Where a time lies, if anything tells, and what tells (`words`, `tense` or `default`)."""

    toward: str | None
    source: str


UNKNOWN = Direction(None, "default")

_BY_TENSE = {
    Tense.PAST: PAST,
    Tense.FUTURE: FUTURE,
    Tense.CONDITIONAL: FUTURE,
    Tense.INFINITIVE: FUTURE,
}


def cue_before(document: Document, cues: Cues, first: int) -> str | None:
    """What the words right before token `first` say, if anything."""
    tokens = document.tokens
    for length in range(min(cues.longest, first), 0, -1):
        sense = cues.before.get(tuple(tokens[first - length : first]))
        if sense is not None:
            return sense
    return None


def direction_of(document: Document, clauses: Clauses, cues: Cues, first: int, end: int) -> Direction:
    """The direction of the expression at tokens `first` to `end`, from its words, else from its clause."""
    sense = cue_before(document, cues, first)
    if sense in (PAST, FUTURE):
        return Direction(sense, "words")
    clause = clauses.at(first)
    if _announced(document, cues, first, max(clause.first, first - _WINDOW)):
        return Direction(FUTURE, "words")
    toward = _BY_TENSE.get(clause.tense)
    if toward is not None:
        return Direction(toward, "tense")
    if sense is not None:
        return Direction(FUTURE, "words")
    return UNKNOWN


def _announced(document: Document, cues: Cues, first: int, start: int) -> bool:
    return not cues.ahead.isdisjoint(document.tokens[max(start, 0) : first])
