"""What the text has established so far: the day and the period that later expressions follow.

Holds state only; how an expression uses it is in `resolve`.
"""

import datetime as dt
from dataclasses import dataclass

from etl.extraction.times.calendar import Period


@dataclass(slots=True)
class Narrative:
    """The time that the text is at, updated mention by mention in text order."""

    published: dt.date | None
    period: Period | None = None
    """The last calendar period told, of any granularity up to the year."""
    day: dt.date | None = None
    """The last day told."""
    night: bool = False
    """Whether that day was told as a night, whose small hours belong to the next day."""
    clock: dt.datetime | None = None
    """The last clock time told."""
    sentence: int = -1
    """The sentence of the last day told."""
    told_day: dt.date | None = None
    """The last day told that is not ahead of the publication."""
    told_night: bool = False

    def tell(self, period: Period, sentence: int, *, night: bool = False, clock: dt.datetime | None = None) -> None:
        """The text has just told this period."""
        if period.granularity in ("decade", "century"):
            return
        self.period = period
        if period.granularity != "day":
            return
        if clock is not None:
            self.clock = clock
        self.day, self.night, self.sentence = period.start, night, sentence
        if self.published is None or period.start <= self.published:
            self.told_day, self.told_night = period.start, night

    def day_for_clock(self, sentence: int, hour: int | None) -> dt.date | None:
        """The day that a bare time of day belongs to: the sentence's own, else the last one reported, else today."""
        day, night = (self.day, self.night) if self.sentence == sentence else (self.told_day, self.told_night)
        if day is None:
            return self.published
        return day + dt.timedelta(days=1) if night and hour is not None and hour < 12 else day

    def base(self) -> Period | None:
        """What `the next day`, `two years later` are counted from: the last period told, else the publication."""
        if self.period is not None:
            return self.period
        return Period("day", self.published) if self.published else None

    def base_day(self) -> dt.date | None:
        """What days are counted from."""
        return self.day or self.published
