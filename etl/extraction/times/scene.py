"""What an action sees of the text around a reading, and what it makes of it.

Shared by the actions (`dates`, `relative`, `durations`); what they do is there, in which order they run in `resolve`.
"""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from etl.extraction.clauses import Clauses
from etl.extraction.text import Document
from etl.extraction.times.calendar import Period, written
from etl.extraction.times.context import Narrative
from etl.extraction.times.direction import PAST, UNKNOWN, Direction, direction_of
from etl.extraction.times.read import Reading
from etl.extraction.times.vocabulary import Cues

DAY = dt.timedelta(days=1)

_JOINED = 4
"""How many tokens may stand between two times that make one range or list."""


class Outcome(NamedTuple):
    """What an action makes of a reading; the columns of a mention apart from its place."""

    timex_type: str
    value: str | None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    granularity: str | None = None
    anchor: str = "none"
    direction: Direction = UNKNOWN
    period: Period | None = None
    part: str | None = None
    clock: dt.datetime | None = None


@dataclass(slots=True)
class Scene:
    """What actions see of the text around a reading."""

    document: Document
    clauses: Clauses
    cues: Cues
    narrative: Narrative
    published: dt.date | None
    """The publication's day."""
    readings: list[Reading]
    """All readings of the document."""
    reading: Reading
    """The one in hand."""
    cue: str | None = None
    """What the words right before the reading say."""
    sentence: int = 0
    """The sentence of the reading."""
    paragraph: int = 0
    """How many line breaks come before the reading."""
    previous: tuple[Reading, Outcome] | None = None
    joined: bool = False
    """Whether nothing but joining words stands between the previous reading and this one."""

    def ask(self) -> Direction:
        """The direction of the reading: that of the time it is joined to, else what its words and clause say."""
        reading = self.reading
        if self.previous is not None and self.joined:
            outcome = self.previous[1]
            if (
                outcome.period is not None
                and outcome.direction.toward is not None
                and outcome.direction.source != "default"
            ):
                return Direction(outcome.direction.toward, outcome.direction.source)
        tokens, end = self.document.tokens, reading.end
        if "yearpart" in reading.slots and end < len(tokens) and tokens[end] in self.cues.results:
            return Direction(PAST, "words")
        cue = self.cue
        if cue == "appointed" and not self._appointed():
            cue = None
        found = direction_of(self.document, self.clauses, self.cues, reading.first, reading.end, cue, self._told)
        if reading.rule.arguments.get("nearest") and found.toward != PAST:
            return UNKNOWN
        known = self.narrative.weekdays.get(reading.slots.get("weekday", 0))
        # "On Sunday, doors will open …; Sunday evening, a ball": the same Sunday
        return Direction(known, "words") if found.toward is None and known else found

    def _told(self, token: int) -> bool:
        """Whether the token is part of a reading."""
        at = bisect_left(self.readings, token + 1, key=_first) - 1
        return at >= 0 and token < self.readings[at].end

    def _appointed(self) -> bool:
        """Whether something is called *for* a day, and not blamed for that day's doings."""
        slots, tokens, end = self.reading.slots, self.document.tokens, self.reading.end
        owned = end < len(tokens) and tokens[end].startswith("'")
        return ("day" in slots or "weekday" in slots) and not owned

    @property
    def quoted(self) -> bool:
        """Whether the reading stands in a quotation of its line."""
        start = self.document.starts[self.reading.first]
        before = self.document.text[max(start - _QUOTATION, 0) : start].rpartition("\n")[2]
        opened = max(before.rfind(mark) for mark in self.cues.opening)
        return opened > max(before.rfind(mark) for mark in self.cues.closing)


_QUOTATION = 400
"""How many characters back a quotation's opening mark is looked for."""


_first = itemgetter(0)


def joined(document: Document, cues: Cues, left: Reading, right: Reading) -> bool:
    """Whether nothing but joining words stands between two readings (*from … to …*)."""
    between = right.first - left.end
    return 0 < between <= _JOINED and cues.joins.issuperset(document.tokens[left.end : right.first])


def on_calendar(period: Period, anchor: str, direction: Direction) -> Outcome:
    """The date that names this period."""
    granularity = period.granularity
    value, start, end = written(granularity, period.start)
    return Outcome("DATE", value, start, end, granularity, anchor, direction, period)
