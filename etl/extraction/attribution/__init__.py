"""Attribution: who says what stands at a token. Shared by quantities and events.

Statements of cues and quotations are put together here, when somebody asks about a token that they may hold; a claim is
never about what a statement means. Cue words are data in `etl/languages/<code>/attribution.toml`.
"""

from bisect import bisect_right

from etl.extraction import lexicon
from etl.extraction.attribution.cues import cues_of
from etl.extraction.attribution.hearsay import Hearsay
from etl.extraction.attribution.quotations import Quotations
from etl.extraction.attribution.speakers import Statement
from etl.extraction.attribution.statements import StatementReader
from etl.extraction.attribution.surroundings import Known
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claims, Span
from etl.extraction.names import Names
from etl.extraction.names_syntax import syntax_of
from etl.extraction.text import Document

_BESIDE = 3
"""How many tokens may stand between a quotation and the verb that tells who says it."""
_GOES_ON = 2
"""How many sentences behind a quotation the next one still has the same speaker."""


def find_claims(document: Document, clauses: Clauses, names: Names) -> Claims:
    """Who says what in the document; a sentence is read when its first token is asked about, and once."""
    cues = cues_of(lexicon.language_of(document.language) or document.language)
    marks = cues.codes.of(document)
    syntax = syntax_of(document, clauses, names)
    return _Claims(Known(document, clauses, names, syntax, cues, marks, Quotations(document, marks)))


_Stretch = tuple[int, int, Span]
"""Tokens that are said, and by whom."""


class _Claims(Claims):
    """The claims of one document, read sentence by sentence."""

    def __init__(self, known: Known) -> None:
        self._bounds = known.document.sentence_tokens
        self._quotations = known.quotations
        self._reader = StatementReader(known)
        self._hearsay = Hearsay(known, self._reader)
        self._by_sentence: dict[int, tuple[list[_Stretch], bool, bool] | None] = {}
        self._speakers: dict[int, Span | None] = {}

    def close(self) -> None:
        """Nobody asks any more."""
        self._reader.close()

    def claimant_of(self, token: int) -> Span | None:
        """The claimant of the narrowest statement or quotation around the token."""
        sentence = bisect_right(self._bounds, token) - 1
        if sentence in self._by_sentence:
            told = self._by_sentence[sentence]
        else:
            told = self._by_sentence[sentence] = self._tell(sentence)
        if told is None:
            return None
        stretches, quoted, hearsay = told
        claimant: Span | None = None
        narrowest = self._bounds[-1] + 1
        for start, end, speaker in stretches:
            if start <= token < end and end - start < narrowest:
                claimant, narrowest = speaker, end - start
        quotation = self._quotations.at(token) if quoted else -1
        if quotation >= 0:
            first, close = self._quotations.spans[quotation]
            if close + 1 - first < narrowest:
                claimant = self._speaker(quotation) or claimant
        return claimant or (self._hearsay.claimant_of(token, sentence) if hearsay else None)

    def _tell(self, sentence: int) -> tuple[list[_Stretch], bool, bool] | None:
        """What is said in a sentence, whether some of it is quoted, and whether some is hearsay; None if nothing is."""
        bounds, quotations = self._bounds, self._quotations
        stretches, quoted, hearsay = self._stretches(sentence), False, self._hearsay.within(sentence)
        if quotations.spans:
            first = bounds[sentence]
            quotation = quotations.last_before(bounds[sentence + 1])
            quoted = quotation >= 0 and first <= quotations.spans[quotation][1]
            opened = quotations.at(first) if quoted else -1
            if opened >= 0 and quotations.spans[opened][0] < first:  # what is said there goes on here
                before = bisect_right(bounds, quotations.spans[opened][0]) - 1
                stretches = self._stretches(before) + stretches
        return (stretches, quoted, hearsay) if stretches or quoted or hearsay else None

    def _stretches(self, sentence: int) -> list[_Stretch]:
        """What the statements of a sentence say, in text order."""
        reader = self._reader
        said = reader.of_sentence(sentence)
        return [(*stretch, each.speaker.span) for each in said for stretch in reader.foreground(each)] if said else []

    def _speaker(self, quotation: int) -> Span | None:
        """Whoever is told within a quotation or beside it, or by the quotation before it that it goes on with."""
        spans, known = self._quotations.spans, self._speakers
        pending = []
        speaker: Span | None = None
        for at in range(quotation, -1, -1):
            if at in known:
                speaker = known[at]
                break
            pending.append(at)
            speaker = self._told(*spans[at])
            if speaker is not None or not at or not self._goes_on(spans[at - 1][1], spans[at][0]):
                break
        if speaker is None and pending and self._alone(*spans[pending[-1]]):
            speaker = self._reader.in_own_words(*spans[pending[-1]])
        known.update(dict.fromkeys(pending, speaker))
        return speaker

    def _told(self, first: int, close: int) -> Span | None:
        """The speaker of the statement that a quotation is said in; None if none is near."""
        bounds = self._bounds
        low, high = bisect_right(bounds, max(first - 1, 0)) - 1, bisect_right(bounds, close + _BESIDE)
        inverted = outside = None
        for ordinal in range(low, min(high, len(bounds) - 1)):
            for statement in self._reader.of_sentence(ordinal):
                if first <= statement.cue < close:
                    if statement.first <= first + 1:
                        inverted = statement
                    continue
                beside = close < statement.cue <= close + _BESIDE and self._beside(statement, close)
                if beside or statement.first <= first < statement.end or statement.cue_end in (first, first - 1):
                    outside = statement
        telling = inverted or outside
        return telling.speaker.span if telling is not None else None

    def _beside(self, statement: Statement, close: int) -> bool:
        """Whether a cue behind a quotation belongs to it: in the same sentence, or saying nothing else."""
        same = bisect_right(self._bounds, statement.cue) == bisect_right(self._bounds, close)
        return same or statement.first == statement.end

    def _alone(self, first: int, close: int) -> bool:
        """Whether a quotation fills its sentences."""
        bounds = self._bounds
        return bounds[bisect_right(bounds, first) - 1] == first and close + 2 >= bounds[bisect_right(bounds, close)]

    def _goes_on(self, previous: int, first: int) -> bool:
        """Whether a quotation that fills its sentence goes on with the one that closes at `previous`."""
        ordinal = bisect_right(self._bounds, first)
        alone = bisect_right(self._bounds, first - 1) != ordinal
        return alone and ordinal - bisect_right(self._bounds, previous) <= _GOES_ON
