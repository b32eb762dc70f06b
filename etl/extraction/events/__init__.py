"""Events: find triggers, type them, date them, and tell who did what to whom, where."""

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.events.dates import Dates
from etl.extraction.events.figures import figures_of
from etl.extraction.events.headlines import redated
from etl.extraction.events.lexis import lexis_of
from etl.extraction.events.modality import ASSERTED, PLANNED, Modality
from etl.extraction.events.participants import Cast
from etl.extraction.events.senses import types_of
from etl.extraction.events.triggers import find_triggers
from etl.extraction.mentions import Claims, EventMention, QuantityMention, TimeMention
from etl.extraction.names import Names
from etl.extraction.text import Document


def find_events(
    document: Document,
    times: list[TimeMention],
    quantities: list[QuantityMention],
    clauses: Clauses,
    names: Names,
    claims: Claims,
) -> list[EventMention]:
    """Every occurrence that the document reports or announces, in text order."""
    code = lexicon.language_of(document.language)
    if code is None:
        return []
    words = lexis_of(code)
    marks = words.marks.of(document)
    triggers = find_triggers(document, clauses, words, marks)
    if not triggers:
        return []
    dates = Dates(document, clauses, words, times, triggers, marks)
    modality = Modality(document, clauses, words, marks)
    cast = Cast(document, clauses, names)
    types = types_of(document, words, triggers, marks)
    figures = figures_of(document, quantities, triggers)
    found = []
    for trigger, event_type, counts in zip(triggers, types, figures, strict=True):
        if event_type is None or (dates.repeated and dates.habitual(trigger)):
            continue
        mode = modality.of(trigger)
        when = dates.of(trigger, event_type, mode)
        if mode == ASSERTED and when.start is not None and dates.ahead(when.start):
            mode = PLANNED
        entry, token = trigger.entry, trigger.token
        claimant = claims.claimant_of(token)
        who = cast.of(trigger, event_type, claimant)
        found.append(
            EventMention(
                document.starts[token],
                document.ends[token],
                entry.lemma,
                event_type,
                when.start,
                when.end,
                when.source,
                when.time,
                mode,
                who.places,
                who.actors,
                who.targets,
                claimant,
                counts,
            )
        )
    return redated(document, found)
