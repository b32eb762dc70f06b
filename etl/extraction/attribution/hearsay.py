"""Hearsay: what goes on telling in the mood of hearsay what a source before it told (*Ils auraient fui vers le nord*).

A sentence with a cue of its own is read by `statements`.
"""

from etl.extraction.attribution.statements import StatementReader
from etl.extraction.attribution.surroundings import Known
from etl.extraction.clauses import Clause
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span

_FINITE = ClauseKind.FINITE
_LOOK_BACK = 3
"""How many sentences back the source may stand, in the same paragraph."""


class Hearsay:
    """Reads hearsay that goes on, in a language that has a mood for it."""

    def __init__(self, known: Known, reader: StatementReader) -> None:
        self._document = known.document
        self._reader = reader
        self._told = self._hearsay(known)

    def _hearsay(self, known: Known) -> dict[int, list[Clause]]:
        """By sentence, the clauses whose verb tells what is said to be so, not what would be so or ought to be."""
        mood, others, tokens = known.cues.hearsay, known.cues.not_hearsay, known.document.tokens
        found: dict[int, list[Clause]] = {}
        sentences = range(len(known.document.sentences)) if mood is not None else ()
        clauses = [each for ordinal in sentences for each in known.clauses.of_sentence(ordinal) if each.tense is mood]
        for clause in clauses:
            if clause.kind is _FINITE and others.isdisjoint(tokens[clause.group : clause.verb + 1]):
                found.setdefault(clause.sentence, []).append(clause)
        return found

    def within(self, sentence: int) -> bool:
        """Whether some of a sentence is hearsay."""
        return sentence in self._told

    def claimant_of(self, token: int, sentence: int) -> Span | None:
        """The last source told of before the token, if its clause is hearsay."""
        if not any(clause.first <= token < clause.end for clause in self._told.get(sentence, ())):
            return None
        document, bounds = self._document, self._document.sentence_tokens
        for ordinal in range(sentence, max(-1, sentence - _LOOK_BACK - 1), -1):
            for statement in reversed(self._reader.of_sentence(ordinal)):
                if statement.cue < token and not statement.first <= token < statement.end:
                    return statement.speaker.span
            first = bounds[ordinal]
            if (
                first == 0
                or ordinal not in self._told
                or "\n" in document.text[document.ends[first - 1] : document.starts[first]]
            ):
                break
        return None
