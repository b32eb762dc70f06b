"""Before or after the publication: what words, then neighbours, then the tense of the clause say about an expression.

The words are language data; which period follows from a direction is in `resolve`.
"""

from collections.abc import Callable
from typing import NamedTuple

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.text import Document
from etl.extraction.times.vocabulary import Cues

PAST, PRESENT, FUTURE = "past", "present", "future"

_PARTICIPLE = Kind.PARTICIPLE

_CLAUSES = 6
"""How many clauses back the governing one is looked for."""

_WINDOW = 10
"""How many tokens before an expression announcing words are looked for."""


class Direction(NamedTuple):
    """Where a time lies, if anything tells, and what tells (`words`, `tense` or `default`)."""

    toward: str | None
    source: str
    present: bool = False
    """Whether the clause is in the present where that tells appointments (*opens on Thursday*)."""
    nearest: bool = False
    """Whether the nearest day on either side is meant as well as any (*until Friday*), or where the past one is far."""


UNKNOWN = Direction(None, "default")
IN_WORDS = Direction(None, "words")
"""The words name the period itself, so that it needs no direction."""

_BY_TENSE = {Tense.PAST: PAST, Tense.FUTURE: FUTURE, Tense.CONDITIONAL: FUTURE}


def cue_before(document: Document, cues: Cues, first: int) -> str | None:
    """What the words right before token `first` say, if anything."""
    tokens = document.tokens
    for words, sense in cues.before.get(tokens[first - 1] if first else "", ()):
        if len(words) == 1 or tuple(tokens[max(first - len(words), 0) : first]) == words:
            return sense
    return None


def direction_of(
    document: Document,
    clauses: Clauses,
    cues: Cues,
    first: int,
    end: int,
    sense: str | None,
    told: Callable[[int], bool],
) -> Direction:
    """The direction of the expression of tokens `first` to `end` (exclusive), from its words, else from its clause.

    `sense`: what the words right before it say (see `cue_before`). `told`: whether a token is part of an expression
    of the document; what could be a verb elsewhere is none there (nuit, 9 am).
    """
    if sense in (PAST, FUTURE):
        return Direction(sense, "words")
    if _of_what_happened(document, cues, first, end):
        return Direction(PAST, "words")
    clause = _clause_of(document, clauses, first)
    if told(clause.verb):
        clause = _before(document, clauses, clause) or clause
    if sense == "appointed":
        return Direction(FUTURE, "words")
    announced = _announced(document, cues, max(clause.first, first - _WINDOW), first)
    if end < len(document.tokens) and document.tokens[end] in cues.binds:
        # "Friday's game kicks off …"
        announced = announced or not cues.ahead.isdisjoint(document.tokens[end : min(end + _NEAR, clause.end)])
    planned = announced or (clause.tense == Tense.INFINITIVE and sense not in ("ahead", "until"))
    if planned and _already_past(document, clauses, cues, clause):
        return Direction(PAST, "tense")
    if announced:
        return Direction(FUTURE, "words")
    if clause.tense == Tense.PRESENT and clause.subordinate:
        # "are expected to agree when they meet on Thursday"
        governing = _governing(document, clauses, clause)
        if governing is not None and (
            governing.tense == Tense.FUTURE or _announced(document, cues, governing.first, clause.first)
        ):
            return Direction(FUTURE, "tense")
    if sense in ("ahead", "until") and clause.tense in (Tense.INFINITIVE, Tense.NONE):
        return Direction(FUTURE, "words")
    toward = _of_clause(document, clauses, cues, clause, first)
    if toward == FUTURE and clause.tense == Tense.INFINITIVE:
        governing = _governing(document, clauses, clause)
        if governing is not None and governing.tense == Tense.PAST:
            # "were told to leave on 29 January": ahead of what was told, perhaps not of the publication
            return Direction(None, "default", present=True)
    if sense == "until" and toward == PAST:
        return Direction(None, "default", nearest=True)  # "lasted until", "was extended until"
    if toward is not None:
        return Direction(toward, "tense", nearest=toward == PAST and clause.kind == _PARTICIPLE)
    if sense in ("ahead", "until"):
        return Direction(FUTURE, "words")
    if clause.tense == Tense.PRESENT and cues.present_ahead and clause.verb < first:
        near = first - clause.verb <= _NEAR
        return Direction(FUTURE, "tense") if near else Direction(None, "default", present=True)
    return UNKNOWN


def _of_what_happened(document: Document, cues: Cues, first: int, end: int) -> bool:
    """Whether the day is told of a noun for what has happened (*Friday's blast*, *l'attentat de vendredi*)."""
    tokens = document.tokens
    before = tokens[max(first - 5, 0) : first - 1] if first > 1 and tokens[first - 1] in cues.binds else ()
    behind = tokens[end + 1 : end + 3] if end < len(tokens) and tokens[end] in cues.binds else ()
    return not (cues.happened.isdisjoint(before) and cues.happened.isdisjoint(behind))


def _already_past(document: Document, clauses: Clauses, cues: Cues, clause: Clause) -> bool:
    """Whether a clause nearby tells what had happened by then (*prévue mardi, avait été annulée*)."""
    around, position = clauses.of_sentence(clause.sentence), clause.place
    return any(
        other.tense == Tense.PAST
        and other.head >= 0
        and document.tokens[other.head] in cues.pluperfect
        and not (other.subordinate and other is not clause)  # "which had been asked, must rule on Friday"
        for other in around[max(position - 2, 0) : position + 3]
    )


def _before(document: Document, clauses: Clauses, clause: Clause) -> Clause | None:
    """The clause that ends where this one starts, in the same sentence."""
    return clauses.at(clause.first - 1) if clause.place else None


def _clause_of(document: Document, clauses: Clauses, first: int) -> Clause:
    """The clause of the token; that of the verb right before it, if there is one (*said on Tuesday they will …*)."""
    clause = clauses.at(first)
    if first - _BESIDE < clause.first and not clause.first <= clause.verb < first:
        before = _before(document, clauses, clause)
        if before is not None and first - _BESIDE <= before.verb < first:
            return before
    return clause


_NEAR = 4
"""How close before an expression, in tokens, a verb stands whose present tells an appointment, whatever is named."""

_BESIDE = 3
"""How many tokens at most a verb stands before the expression that it governs directly."""


def _of_clause(document: Document, clauses: Clauses, cues: Cues, clause: Clause, first: int) -> str | None:
    """What the tense of a clause says of the time at token `first`; one without goes by the clause that governs it."""
    if clause.tense == Tense.INFINITIVE and _has_purpose(document, cues, clause):
        return FUTURE
    if clause.tense in (Tense.INFINITIVE, Tense.NONE):
        governing = _governing(document, clauses, clause)
        if clause.kind == _PARTICIPLE and clause.passive and 0 < first - clause.verb <= _NEAR:
            # "will stay closed on Monday", "will be built and opened in May"
            shared = governing is not None and (governing.verb == clause.verb - 1 or governing.passive)
            if not shared or (governing is not None and governing.tense == Tense.PAST):
                return PAST  # "the bill adopted on Tuesday", whatever will become of it
        if governing is None or (clause.tense == Tense.INFINITIVE and governing.tense == Tense.PAST):
            return None  # "announced to go", "managed to win": either way
        wanted = clause.tense == Tense.INFINITIVE and governing.tense == Tense.PRESENT
        if wanted and governing.end == clause.first and 0 < first - clause.verb <= _BESIDE:
            return FUTURE  # "want to leave", "appelle à manifester"
        clause = governing
    if clause.head >= 0:
        if document.tokens[clause.head] in cues.open:
            return None
        if clause.tense == Tense.CONDITIONAL and _is_hearsay(document, cues, clause.head):
            return PAST
    return _BY_TENSE.get(clause.tense)


def _has_purpose(document: Document, cues: Cues, clause: Clause) -> bool:
    """Whether the infinitive looks ahead (*to meet*, *pour rencontrer*)."""
    tokens = document.tokens
    before = tokens[clause.group - 1] if clause.group > 0 else ""
    return before in cues.purpose or (clause.head >= 0 and tokens[clause.head] in cues.purpose)


def _announced(document: Document, cues: Cues, start: int, end: int) -> bool:
    return not cues.ahead.isdisjoint(document.tokens[max(start, end - 2 * _WINDOW) : end])


def _is_hearsay(document: Document, cues: Cues, head: int) -> bool:
    """Whether the auxiliary, with the word before or after it, makes a conditional of the past (*aurait lancé*)."""
    tokens = document.tokens
    if " ".join(tokens[head + 1 : head + 3]) in cues.not_hearsay:
        return False
    said = {tokens[head], " ".join(tokens[max(head - 1, 0) : head + 1]), " ".join(tokens[head : head + 2])}
    return not cues.hearsay.isdisjoint(said)


def _governing(document: Document, clauses: Clauses, clause: Clause) -> Clause | None:
    """The nearest clause before it in the sentence that has a tense."""
    around, position = clauses.of_sentence(clause.sentence), clause.place
    earlier = around[max(position - _CLAUSES, 0) : position]
    return next((c for c in reversed(earlier) if c.tense not in (Tense.NONE, Tense.INFINITIVE)), None)
