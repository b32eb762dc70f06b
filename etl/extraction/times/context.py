"""What the text has established so far: the day and the period that later expressions follow.

Holds state only; how an expression uses it is in `resolve`.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.extraction.times.calendar import Period

_RECENT = 5
"""How many years back a year told in the sentence before may still frame this one."""

_NEWS = 14
"""How many days back the day may lie that an article is about."""

_ORDER = {"MO": 0, "MI": 1, "AF": 2, "EV": 3, "NI": 4}


class Told(NamedTuple):
    """A day as the text told it, where, and as which part of the day."""

    day: dt.date
    sentence: int
    paragraph: int
    part: str | None = None


@dataclass(slots=True)
class Narrative:
    """The time that the text is at, updated mention by mention in text order."""

    published: dt.date | None
    period: Period | None = None
    """The last calendar period told, of any granularity up to the year."""
    sentence: int = 0
    """The sentence that told it."""
    background: bool = False
    """Whether it was told only as the start of something."""
    initial: bool = False
    """Whether it stood at the start of its sentence."""
    last: Told | None = None
    """The last day told."""
    reported: Told | None = None
    """The last day told that is not ahead of the publication, nor only the start of something."""
    lead: Told | None = None
    """The first of these: what the article is about, as a rule."""
    clock: dt.datetime | None = None
    """The last clock time told."""
    clock_sentence: int = 0
    """The sentence that told it."""
    weekdays: dict[int, str] = field(default_factory=dict)
    """Weekday → the side of the publication on which the text last told it."""

    def tell(
        self,
        period: Period,
        told: Told | None,
        sentence: int,
        *,
        background: bool,
        initial: bool,
        clock: dt.datetime | None = None,
    ) -> None:
        """The text has just told this period, and this day if it is one; `background`: as the start of something."""
        if period.granularity in ("decade", "century"):
            return
        self.period, self.sentence, self.background, self.initial = period, sentence, background, initial
        if told is None:
            return
        if clock is not None:
            self.clock, self.clock_sentence = clock, sentence
        self.last = told
        if not background and (self.published is None or told.day <= self.published):
            self.reported = told
            if self.lead is None and (self.published is None or (self.published - told.day).days <= _NEWS):
                self.lead = told

    def year_told(self, sentence: int, *, whole: bool) -> int | None:
        """The past year that frames what follows: at the sentence's start, or just before it (`whole`: a month)."""
        if self.period is None or self.published is None or self.background or self.period.granularity != "year":
            return None
        year = self.period.start.year
        if sentence == self.sentence:
            return year if self.initial and year < self.published.year else None
        recent = self.published.year - _RECENT <= year < self.published.year
        return year if recent and whole and sentence == self.sentence + 1 else None

    def day_of_time(self, sentence: int, paragraph: int, *, part: str | None, hour: int | None) -> dt.date | None:
        """The day of a bare time: that of its sentence, else of its paragraph, else of the article, else today."""
        told = self.last if self.last and self.last.sentence == sentence else None
        if told is None and self.sentence == sentence and not self.background and self._is_elsewhere():
            return None  # "In April 1986, at 1:23": some day of that month
        if told is None and self.reported:
            near = paragraph == self.reported.paragraph or (hour is not None and hour < 6 and self._is_late())
            told = self.reported if near else self.lead
        if told is None:
            return self.published
        small_hours = told.part == "NI" and ((hour is not None and hour < 12) or part in ("MO", "MI", "AF"))
        # "missing since Friday evening, found in the morning": the day after, unless that is still to come
        wraps = part is not None and told.sentence == sentence and _ORDER.get(part, 9) < _ORDER.get(told.part or "", 0)
        next_day = told.day + dt.timedelta(days=1)
        return next_day if (small_hours or wraps) and not (self.published and next_day > self.published) else told.day

    def _is_elsewhere(self) -> bool:
        """Whether the last period told does not hold the publication."""
        period, published = self.period, self.published
        return period is not None and (published is None or not period.start <= published < period.end)

    def _is_late(self) -> bool:
        """Whether the last clock time told is one of the night, which a next small hour follows."""
        told = self.reported
        return bool(self.clock and told and self.clock.date() == told.day and not 6 <= self.clock.hour < 18)

    def last_night(self) -> dt.date | None:
        """The day whose night the text told last."""
        return next((told.day for told in (self.reported, self.lead) if told and told.part == "NI"), None)

    def base(self) -> Period | None:
        """What `two years later` is counted from: the last period told, else the publication."""
        if self.period is not None:
            return self.period
        return Period("day", self.published) if self.published else None

    def base_day(self, sentence: int, *, backward: bool) -> dt.date | None:
        """What days are counted from: the last one told; an earlier day not from one ahead that is told elsewhere."""
        told = self.last
        ahead = told is not None and self.published is not None and told.day > self.published
        if backward and ahead and told is not None and told.sentence != sentence:
            return self.reported.day if self.reported else self.published
        return told.day if told else self.published
