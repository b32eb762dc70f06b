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
NOUN, ADJECTIVE, VERB, NONE = "wAV."
"""Classes of words, as `names.toml` has them, with the verbs of `clauses`."""

_PARTICIPLE, _TENSELESS = Kind.PARTICIPLE, Tense.NONE

_MARGIN = 32
"""Empty tokens beyond the text, so that look-ups need no guard: an index below 0 counts from the end."""

_OPENING = 60
"""Tokens of a title, a dateline and a first sentence."""


@dataclass(slots=True)
class Page:
    """`tokens`, `codes` (what each is to a number) and `kinds` (its class) go `_MARGIN` beyond the text's `length`.

    `telling` and `changes` mark the words of a measure and of a change, as `FigureWords.sides` has them.
    `times` are in text order, `time_starts` the characters that they start at; `timed` holds the tokens of times.
    Verbs are told from nouns, and tokens of times known, in sentences that were read.
    """

    document: Document
    length: int
    tokens: list[str]
    codes: str
    kinds: list[str]
    telling: str
    changes: str
    words: FigureWords
    units: UnitWords
    numbers: NumberWords
    clauses: Clauses
    times: list[TimeMention]
    time_starts: list[int]
    timed: set[int]
    _opening: frozenset[str] = frozenset()

    @property
    def opening(self) -> frozenset[str]:
        """The words that open the text, which tell where it plays."""
        if not self._opening:
            self._opening = frozenset(self.tokens[:_OPENING])
        return self._opening

    def read_sentence(self, ordinal: int) -> None:
        """Give the verb groups of a sentence their class, and note the tokens of its times."""
        kinds, document, time_starts = self.kinds, self.document, self.time_starts
        for clause in self.clauses.of_sentence(ordinal):
            verb = clause.verb
            if verb >= 0 and clause.kind is not _PARTICIPLE:
                group = clause.group
                for at in range(group, verb + 1):  # of several words, an article before them is a pronoun
                    if kinds[at] in "wA" and (group < verb or kinds[at - 1] != DETERMINER):
                        kinds[at] = VERB
        starts, sentences = document.starts, document.sentences
        index, times = bisect_left(time_starts, sentences[ordinal]), self.times
        end = sentences[ordinal + 1] if ordinal + 1 < len(sentences) else len(document.text)
        while index < len(times) and time_starts[index] < end:
            first = bisect_right(starts, time_starts[index]) - 1
            self.timed.update(range(first, bisect_left(starts, times[index].end_char, first)))
            index += 1

    def is_verb(self, token: int) -> bool:
        """Whether the token is the finite verb of its clause."""
        clause = self.clauses.at(token)
        return clause.verb == token and clause.tense is not _TENSELESS


def page_of(document: Document, times: list[TimeMention], clauses: Clauses) -> Page:
    """A document's page."""
    code = document.language
    words = figure_words(code)
    codes, classes, telling, changes = words.sides.of(document)
    return Page(
        document,
        len(document.tokens),
        document.tokens + [""] * _MARGIN,
        codes + NONE * _MARGIN,
        [*classes, *NONE * _MARGIN],
        telling,
        changes,
        words,
        unit_words(code),
        number_words(code),
        clauses,
        times,
        [time.start_char for time in times],
        set(),
    )
