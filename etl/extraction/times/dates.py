"""Actions for dates and times of day: a day, a month, a year, a season; a clock time or part of a day on its day.

Which period the words name is in `frames`; what is counted from another time is in `relative`.
"""

import datetime as dt

from etl.extraction.times.calendar import UNITS, Period, add_days, at_midnight, part_of_day, period_of
from etl.extraction.times.direction import FUTURE, PAST, Direction
from etl.extraction.times.frames import Frame, frame_of
from etl.extraction.times.read import SharedSlots, Slots
from etl.extraction.times.scene import DAY, Outcome, Scene, on_calendar


def date(scene: Scene) -> Outcome | None:
    """A day or a longer period, or a time of day on it or on the day that the text is at."""
    slots = scene.reading.slots
    if scene.reading.rule.arguments.get("month_told"):
        told = scene.previous[1].period if scene.previous else None
        if told is None or told.granularity != "day":
            return None
        slots = {"year": told.start.year} | slots | {"month": told.start.month}
        scene.reading = scene.reading._replace(slots=slots)
    frame = _in_told_year(scene, slots)
    if frame is None:
        timed = slots.get("daypart") is not None or slots.get("hour") is not None
        if isinstance(slots, SharedSlots) and not timed and not scene.joined:
            return _recalled(scene, slots)
        frame = frame_of(slots, scene.published, scene.ask)
    return _dated(scene, frame)


def _dated(scene: Scene, frame: Frame | None) -> Outcome | None:
    slots = scene.reading.slots
    timed = slots.get("daypart") is not None or slots.get("hour") is not None
    if frame is None:
        return time_of_day(scene, None) if timed else None
    frame = _after_partner(scene, frame)
    if timed:
        return time_of_day(scene, frame)
    period = frame.period
    if period is None:
        return Outcome("DATE", frame.open_value) if frame.open_value or scene.published is None else None
    return on_calendar(period, frame.anchor, frame.direction)


_OPEN = object()
"""Remembered of words that leave the direction open."""


def _recalled(scene: Scene, slots: SharedSlots) -> Outcome | None:
    """The outcome of words that stand alone: the publication and, where they leave it open, the direction decide it."""
    if slots.day != scene.published:
        slots.day = scene.published
        slots.outcomes.clear()
    outcomes = slots.outcomes
    direction: Direction | None = None
    if outcomes.get(None) is _OPEN:
        direction = scene.ask()
    if direction in outcomes:
        known: Outcome | None = outcomes[direction]
        return known

    def ask() -> Direction:
        nonlocal direction
        direction = direction or scene.ask()
        return direction

    outcome = _dated(scene, frame_of(slots, scene.published, ask))
    if direction is not None:
        outcomes[None] = _OPEN
    outcomes[direction] = outcome
    return outcome


def _in_told_year(scene: Scene, slots: Slots) -> Frame | None:
    """*In 2019 … In April, it fired*: a month or day in the past year that the text is in."""
    if slots.get("month") is None or slots.get("shift") is not None or "year" in slots or "yy" in slots:
        return None
    year = scene.narrative.year_told(scene.sentence, whole="day" not in slots)
    if year is None or scene.ask().toward != PAST or scene.cue == PAST:
        return None
    frame = frame_of(slots | {"year": year}, scene.published, scene.ask)
    return frame._replace(anchor="mention", direction=Direction(PAST, "words")) if frame else None


def _after_partner(scene: Scene, frame: Frame) -> Frame:
    """The end of a range lies after its start, where nothing but a default said otherwise."""
    if scene.previous is None or frame.period is None or frame.direction.source == "words":
        return frame
    left, outcome = scene.previous
    if outcome.period is None or outcome.period.granularity != frame.period.granularity:
        return frame
    if frame.period.start >= outcome.period.start or not scene.joined:
        return frame
    weekday = "weekday" in scene.reading.slots and "month" not in scene.reading.slots
    listed = weekday and outcome.direction.toward == FUTURE  # "on Tuesday and Wednesday"
    if not listed and scene.cues.ranges.isdisjoint(scene.document.tokens[left.end : scene.reading.first]):
        return frame
    later = (
        Period("day", frame.period.start + dt.timedelta(days=7))
        if weekday
        else frame.period.shifted(_year_in(frame.period))
    )
    return frame._replace(period=later) if later else frame


def _year_in(period: Period) -> int:
    return {"month": 12, "season": 4, "quarter": 4, "half": 2}.get(period.granularity, 0)


def time_of_day(scene: Scene, frame: Frame | None) -> Outcome | None:
    """A clock time or a part of the day, on the frame's day or, without one, on the day that the text is at."""
    slots = scene.reading.slots
    part, hour = slots.get("daypart"), _hour(slots)
    if frame is not None:
        day = frame.period.start if frame.period and frame.period.granularity == "day" else None
        anchor, direction, open_value = frame.anchor, frame.direction, frame.open_value
        if day is None and frame.period is not None:
            return None
    else:
        day = _day_of_time(scene, part, hour)
        anchor = "publication" if slots.get("shift") is not None or scene.narrative.last is None else "mention"
        direction, open_value = Direction(None, "words" if slots.get("shift") is not None else "default"), None
    if hour is None and part is None:
        return None
    suffix = f"T{part}" if hour is None else _clock_text(hour, slots)
    granularity = "part_of_day" if hour is None else "minute" if slots.get("minute") is not None else "hour"
    if day is None:
        value = f"{open_value}{suffix}" if open_value else suffix
        return Outcome("TIME", value, granularity=granularity, anchor="none")
    if hour is None and part is not None:
        start, end = part_of_day(day, part)
        clock = None
    else:
        hour = hour or 0
        if hour == 24:
            day, hour, suffix = day + DAY, 0, _clock_text(0, slots)
        start = clock = at_midnight(day) + dt.timedelta(hours=hour, minutes=slots.get("minute") or 0)
        end = start + (dt.timedelta(hours=1) if slots.get("minute") is None else dt.timedelta(minutes=1))
    told_part = part if hour is None else None
    value = f"{day.isoformat()}{suffix}"
    return Outcome("TIME", value, start, end, granularity, anchor, direction, Period("day", day), told_part, clock)


def _hour(slots: Slots) -> int | None:
    hour = slots.get("hour")
    if hour is None or hour != int(hour) or not 0 <= hour <= 24:
        return None
    hour = int(hour)
    meridiem = slots.get("meridiem")
    if meridiem is None and hour <= 12:
        meridiem = {"AF": "PM", "EV": "PM", "MO": "AM"}.get(slots.get("daypart") or "")
        if slots.get("daypart") == "NI" and 6 <= hour < 12:
            meridiem = "PM"  # "at ten on Sunday night"
    if meridiem == "PM" and hour < 12:
        return hour + 12
    return 0 if meridiem == "AM" and hour == 12 else hour


def _clock_text(hour: int, slots: Slots) -> str:
    return f"T{hour:02d}:{int(slots.get('minute') or 0):02d}"


def _day_of_time(scene: Scene, part: str | None, hour: int | None) -> dt.date | None:
    """The day of a time of day that stands alone: counted from the publication, or the one that the text is at."""
    slots, published, narrative = scene.reading.slots, scene.published, scene.narrative
    shift = slots.get("shift")
    if shift is not None:
        if published is None:
            return None
        reported = narrative.reported
        if shift == 0 and reported and scene.quoted and abs(scene.paragraph - reported.paragraph) <= 2:
            return reported.day  # "this morning" in somebody's mouth is that of the day when it was said
        if part == "NI" and shift == 0 and scene.reading.rule.arguments.get("past", True):
            shift = 0 if scene.ask().toward == FUTURE else -1
        return add_days(published, shift)
    if part == "NI" and hour is None:
        night = narrative.last_night()
        if night is not None:
            return night
        if narrative.reported is None and published is not None:
            # A night told on its own is the one before the publication, unless the clause looks ahead.
            return published if scene.ask().toward == FUTURE else add_days(published, -1)
    base = narrative.day_of_time(scene.sentence, scene.paragraph, part=part, hour=hour)
    if base is not None and scene.reading.rule.arguments.get("midnight") and published and base < published:
        return base + DAY
    return base


def weekend_of(scene: Scene) -> Outcome | None:
    """*the weekend of 3-4 May*."""
    frame = frame_of(
        {k: v for k, v in scene.reading.slots.items() if k not in ("unit", "weekday")}, scene.published, scene.ask
    )
    if frame is None or frame.period is None:
        return None
    return on_calendar(period_of(frame.period.start, UNITS[scene.reading.slots["unit"]]), frame.anchor, frame.direction)
