"""Headlines: what a title tells happened on the day that the lead gives the like, not on that of the dateline.

Looks at dated events alone; how an event is dated by itself belongs in `dates`.
"""

import datetime as dt

from etl.extraction.events.modality import ASSERTED
from etl.extraction.events.timings import CONTEXT, SHORT, TEXT
from etl.extraction.mentions import EventMention
from etl.extraction.text import Document

_LEAD = 900
"""How many characters behind the title the lead may tell the day."""
_FRESH = dt.timedelta(days=8)
"""How long before the publication's end the day of a title's news may lie."""
_MARKS = frozenset(".!?…")


def redated(document: Document, events: list[EventMention]) -> list[EventMention]:
    """The events in text order, those of a title with the day that the lead gives to the first of the same type."""
    end, published = _title(document.text), document.published_on
    if not end or published is None or not events or events[0].start_char >= end:
        return events
    oldest = dt.datetime.combine(published, dt.time()) - _FRESH
    days: dict[str, EventMention] = {}
    for event in events:
        told = event.start_char >= end and event.date_source == TEXT and event.modality == ASSERTED
        if event.start_char >= end + _LEAD:
            break
        start, stop = event.event_start, event.event_end
        if told and start is not None and stop is not None and start > oldest and stop - start <= SHORT:
            days.setdefault(event.event_type, event)
    return [_on_the_day(event, days, end) for event in events]


def _title(text: str) -> int:
    """Where the first line ends, if it is a title: no sentence, and something stands below it; else 0."""
    end = text.find("\n")
    line = text[:end].rstrip() if end > 0 else ""
    return end if line and line[-1] not in _MARKS else 0


def _on_the_day(event: EventMention, days: dict[str, EventMention], end: int) -> EventMention:
    day = days.get(event.event_type)
    if day is None or event.start_char >= end or event.date_source == TEXT or event.modality != ASSERTED:
        return event
    return event._replace(event_start=day.event_start, event_end=day.event_end, date_source=CONTEXT, time=day.time)
