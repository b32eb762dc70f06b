"""Attribution: who says what, as ranges of tokens with their claimant. Shared by quantities and events.

Statements of cues, quotations and hearsay are put together here; a claim is never about what a statement means. Cue
words are data in `etl/languages/<code>/attribution.toml`.
"""

from bisect import bisect_right
from collections.abc import Iterator

from etl.extraction import lexicon
from etl.extraction.attribution.cues import Cues, cues_of
from etl.extraction.attribution.quotations import Quotations
from etl.extraction.attribution.statements import Statement, StatementReader
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claim, Span
from etl.extraction.names import Names
from etl.extraction.text import Document

_BESIDE = 3
"""How many tokens may stand between a quotation and the verb that tells who says it."""
_GOES_ON = 2
"""How many sentences behind a quotation the next one still has the same speaker."""


def find_claims(document: Document, clauses: Clauses, names: Names) -> list[Claim]:
    """Every stretch of the document that the text puts in somebody's mouth, in text order."""
    cues = cues_of(lexicon.language_of(document.language) or document.language)
    marks = [at for at, token in enumerate(document.tokens) if token in cues.marks]
    if not marks:
        return []
    quotations = Quotations(document, marks)
    reader = StatementReader(document, clauses, names, cues, quotations)
    found = list(reader.statements(marks))
    claims = [Claim(first, end, each.speaker) for each in found for first, end in reader.foreground(each)]
    claims += _quoted(document, quotations, found)
    claims += _hearsay(document, clauses, cues, marks)
    return sorted(claims, key=lambda claim: (claim.first, -claim.end))


def _quoted(document: Document, quotations: Quotations, found: list[Statement]) -> Iterator[Claim]:
    """A claim for each quotation whose speaker is told within it, beside it, or by the quotation before it."""
    speaker: Span | None = None
    previous = -1
    cues = [statement.cue for statement in found]
    for first, close in quotations.spans:
        near = [
            statement
            for statement in found[max(0, bisect_right(cues, first) - 3) : bisect_right(cues, close + _BESIDE)]
            if first <= statement.cue < close
            or (close < statement.cue and _beside(document, statement, close))
            or statement.first <= first < statement.end
            or statement.cue_end in (first, first - 1)
        ]
        outside = [statement for statement in near if not first < statement.cue < close]
        inverted = [each for each in near if first < each.cue < close and each.first <= first + 1]
        telling = inverted or outside
        if telling:
            speaker = telling[-1].speaker
        elif not _goes_on(document, previous, first):
            speaker = None
        if speaker is not None:
            yield Claim(first, close + 1, speaker)
        previous = close


def _beside(document: Document, statement: Statement, close: int) -> bool:
    """Whether a cue behind a quotation belongs to it: in the same sentence, or saying nothing else."""
    same = document.sentence_of_token(statement.cue) == document.sentence_of_token(close)
    return same or statement.first == statement.end


def _goes_on(document: Document, previous: int, first: int) -> bool:
    """Whether a quotation that fills its sentence goes on with the one that closes at `previous` (-1: none does)."""
    if previous < 0:
        return False
    ordinal = document.sentence_of_token(first)
    alone = document.sentence_of_token(first - 1) != ordinal
    return alone and ordinal - document.sentence_of_token(previous) <= _GOES_ON


def _hearsay(document: Document, clauses: Clauses, cues: Cues, marks: list[int]) -> Iterator[Claim]:
    """What the text passes on without vouching for it (*aurait été touché*, *reportedly*)."""
    tokens = document.tokens
    for at in [mark for mark in marks if tokens[mark] in cues.hearsay_words]:
        clause = clauses.at(at)
        if tokens[at] in cues.hearsay or (clause.head == at and clause.verb > at):
            yield Claim(clause.first, clause.end, None, True)
