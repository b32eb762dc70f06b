"""Hearsay: what goes on telling in the mood of hearsay what a source before it told (*Ils auraient fui vers le nord*).

A sentence with a cue of its own is read by `statements`.
"""

from etl.extraction.attribution.statements import StatementReader
from etl.extraction.attribution.surroundings import Known
from etl.extraction.clauses import Clause
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span

_LOOK_BACK = 3
"""How many sentences back the source may stand, in the same paragraph."""


class Hearsay:
    """Reads hearsay that goes on, in a language that has a mood for it."""

    def __init__(self, known: Known, reader: StatementReader) -> None:
        self._document = known.document
        self._clauses = known.clauses
        self._mood = known.cues.hearsay
        self._other_moods = known.cues.not_hearsay
        self._reader = reader
        self._by_sentence: dict[int, list[Clause]] = {}

    def of_sentence(self, ordinal: int) -> list[Clause]:
        """The clauses of a sentence whose verb tells what is said to be so, not what would be so or ought to be."""
        found = self._by_sentence.get(ordinal)
        if found is None:
            mood, others, tokens = self._mood, self._other_moods, self._document.tokens
            found = self._by_sentence[ordinal] = [
                clause
                for clause in (self._clauses.of_sentence(ordinal) if mood is not None else ())
                if clause.tense is mood
                and clause.kind is ClauseKind.FINITE
                and others.isdisjoint(tokens[clause.group : clause.verb + 1])
            ]
        return found

    def claimant_of(self, token: int, sentence: int) -> Span | None:
        """The last source told of before the token, if its clause is hearsay."""
        if not any(clause.first <= token < clause.end for clause in self.of_sentence(sentence)):
            return None
        document, bounds = self._document, self._document.sentence_tokens
        for ordinal in range(sentence, max(-1, sentence - _LOOK_BACK - 1), -1):
            for statement in reversed(self._reader.of_sentence(ordinal)):
                if statement.cue < token and not statement.first <= token < statement.end:
                    return statement.speaker.span
            first = bounds[ordinal]
            if (
                first == 0
                or not self.of_sentence(ordinal)
                or "\n" in document.text[document.ends[first - 1] : document.starts[first]]
            ):
                break
        return None
