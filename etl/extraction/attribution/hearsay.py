"""Hearsay: what goes on telling in the mood of hearsay what a source before it told (*Ils auraient fui vers le nord*).

A sentence with a cue of its own is read by `statements`.
"""

from etl.extraction.attribution.cues import Cues
from etl.extraction.attribution.statements import StatementReader
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span
from etl.extraction.text import Document

_LOOK_BACK = 3
"""How many sentences back the source may stand, in the same paragraph."""


class Hearsay:
    """Reads hearsay that goes on, in a language that has a mood for it."""

    def __init__(self, document: Document, clauses: Clauses, cues: Cues, reader: StatementReader) -> None:
        self._document = document
        self._clauses = clauses
        self._cues = cues
        self._reader = reader

    def claimant_of(self, token: int, sentence: int) -> Span | None:
        """The last source told of before the token, if its clause is hearsay."""
        if self._cues.hearsay is None or not self._is_hearsay(self._clauses.at(token)):
            return None
        document, bounds = self._document, self._document.sentence_tokens
        for ordinal in range(sentence, max(-1, sentence - _LOOK_BACK - 1), -1):
            for statement in reversed(self._reader.of_sentence(ordinal)):
                if statement.cue < token and not statement.first <= token < statement.end:
                    return statement.speaker.span
            first = bounds[ordinal]
            goes_on = any(map(self._is_hearsay, self._clauses.of_sentence(ordinal)))
            if first == 0 or not goes_on or "\n" in document.text[document.ends[first - 1] : document.starts[first]]:
                break
        return None

    def _is_hearsay(self, clause: Clause) -> bool:
        """Whether a verb tells what is said to be so, not what would be so or ought to be."""
        if clause.kind is not ClauseKind.FINITE or clause.tense != self._cues.hearsay:
            return False
        return self._cues.not_hearsay.isdisjoint(self._document.tokens[clause.group : clause.verb + 1])
