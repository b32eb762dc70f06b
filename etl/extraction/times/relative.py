"""Actions for what is counted from the publication (*two years ago*) or from what the text told last (*the next day*).

Days and periods that have a name of their own are in `dates`.
"""

import datetime as dt
from bisect import bisect_right
from operator import itemgetter

from etl.extraction.times.calendar import UNITS, Period, add_days, date_or_none, duration_value, period_of
from etl.extraction.times.dates import time_of_day
from etl.extraction.times.direction import FUTURE, IN_WORDS, PAST, Direction, cue_before
from etl.extraction.times.durations import amounts_of, duration
from etl.extraction.times.frames import Frame, frame_of
from etl.extraction.times.read import Slots
from etl.extraction.times.scene import DAY, Outcome, Scene, on_calendar


def _counted(base: Period, count: float, unit: str, *, unit_granularity: bool) -> Period | None:
    """The period so many units from a base, as exact as the unit says (*two years ago* is a year)."""
    granularity = UNITS[unit]
    if granularity in ("second", "minute", "hour"):
        return None
    day: dt.date | None
    if count != int(count) and granularity in ("year", "month", "week", "day"):
        if granularity == "year":
            return period_of(base.start, "month").shifted(round(count * 12))
        day = add_days(base.start, round(count * {"month": 30, "week": 7, "day": 1}[granularity]))
        return Period("day", day) if day else None
    if unit_granularity:
        return period_of(base.start, granularity).shifted(int(count))
    return base.shifted(int(count))


def offset(scene: Scene) -> Outcome | None:
    """*il y a deux ans, in three days*: counted from the publication."""
    slots, sign = scene.reading.slots, scene.reading.rule.arguments["sign"]
    direction = Direction(FUTURE if sign > 0 else PAST, "words")
    count, unit = amounts_of(slots)[0]
    if count is None:
        return Outcome("DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", anchor="publication", direction=direction)
    if scene.published is None or UNITS[unit] in ("second", "minute", "hour"):
        return Outcome("DURATION", duration_value([(count, unit)]), anchor="publication", direction=direction)
    period = _offset_period(scene.published, slots, sign * count, unit)
    return on_calendar(period, "publication", direction) if period else None


def _offset_period(published: dt.date, slots: Slots, count: float, unit: str) -> Period | None:
    """The period so many units away; *two years ago today* is a day, *ten years ago this month* a month."""
    day = add_days(published, slots.get("dayword", 0)) or published
    if "dayword" not in slots and "whole" not in slots:
        return _counted(Period("day", day), count, unit, unit_granularity=True)
    if unit not in _IN_MONTHS or count != int(count):
        moved = add_days(day, round(count * {"W": 7, "WE": 7}.get(unit, 1))) if unit not in _IN_MONTHS else None
        return Period("day", moved) if moved else None
    month = Period("month", day.replace(day=1)).shifted(int(count) * _IN_MONTHS[unit])
    if month is None:
        return None
    if "dayword" in slots:
        return Period("day", month.start.replace(day=min(day.day, (month.end - DAY).day)))
    return period_of(month.start.replace(day=min(day.day, 28)), UNITS[slots["whole"]])


_IN_MONTHS = {"M": 1, "Q": 3, "HY": 6, "Y": 12, "DE": 120, "CE": 1200}


def offset_ahead(scene: Scene) -> Outcome | None:
    """*in two years*: counted from the publication where the clause looks ahead, else how long something took."""
    return offset(scene) if scene.ask().toward == FUTURE else duration(scene)


def _apposed(scene: Scene) -> Outcome | None:
    """*on Friday, a week after it landed*: what stands beside a time, counted from something else, is that time."""
    if scene.previous is None or "move" not in scene.reading.slots:
        return None
    left, outcome = scene.previous
    if scene.reading.first != left.end + 1 or scene.document.tokens[left.end] != ",":
        return None
    followed = scene.reading.end < len(scene.document.tokens) and scene.document.tokens[scene.reading.end].isalpha()
    return outcome._replace(anchor="mention") if followed and outcome.period else None


_FINENESS = ("day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade", "century")
"""Granularities from the finest on."""

_PHRASE = 14
"""How many tokens behind *two days after* the day may stand from which it counts."""


def related(scene: Scene) -> Outcome | None:
    """*two days after the raid*: when that happened which the clause tells, with what it is counted from behind it.

    The time that the sentence has told before is that of the clause. Else it is counted from a day told behind it
    (*after Sunday's raid*), or from the day that the text is at where that is told again (`retold`: *after the raid.*),
    or is the day that the text is at (*comes two days after troops fired*).
    """
    slots, arguments = scene.reading.slots, scene.reading.rule.arguments
    count, unit = amounts_of(slots)[0]
    move = slots.get("shift") or slots.get("move", 1) * (count or 0)
    if not move or move != int(move):
        return _unrelated(scene)
    retold = arguments.get("retold", False)
    beside = not retold or scene.document.tokens[max(scene.reading.first - 1, 0)] == ","
    if beside and (told := _told_before(scene, UNITS[unit])) is not None:
        return told
    if UNITS[unit] not in _FINENESS:
        return _unrelated(scene)
    behind, apart = _told_behind(scene)
    if behind is not None and _FINENESS.index(behind.granularity) <= _FINENESS.index(UNITS[unit]):
        period = behind if apart else _counted(behind, move, unit, unit_granularity=True)
        return on_calendar(period, "mention", IN_WORDS) if period else None
    about = scene.narrative.lead or scene.narrative.reported
    if about is None or UNITS[unit] != "day":
        return _unrelated(scene)
    counted = add_days(about.day, int(move))
    if not retold or counted is None or (scene.published is not None and counted > scene.published):
        counted = about.day
    return on_calendar(Period("day", counted), "mention", IN_WORDS)


def _unrelated(scene: Scene) -> Outcome | None:
    """What is left where nothing dates it: *two weeks* (after the raid), or some day."""
    reading = scene.reading
    if "shift" in reading.slots:
        return Outcome("DATE", None)
    scene.reading = reading._replace(end=reading.end - 1)
    return duration(scene)


def _told_before(scene: Scene, granularity: str) -> Outcome | None:
    """What the sentence told before the reading, if that is as exact as the unit of the count, or beside it."""
    if scene.previous is None:
        return None
    left, outcome = scene.previous
    if outcome.period is None or scene.document.sentence_of_token(left.first) != scene.sentence:
        return None
    if granularity not in _FINENESS:
        return outcome._replace(anchor="mention") if outcome.clock is not None else None
    finer = _FINENESS.index(outcome.period.granularity) - _FINENESS.index(granularity)
    beside = scene.reading.first == left.end + 1 and scene.document.tokens[left.end] == ","
    return outcome._replace(anchor="mention") if finer == 0 or (finer < 0 and beside) else None


def _told_behind(scene: Scene) -> tuple[Period | None, bool]:
    """The period told next in the sentence, and whether a comma parts it from the reading."""
    document, reading = scene.document, scene.reading
    at = bisect_right(scene.readings, reading.first, key=_first)
    if at == len(scene.readings):
        return None, False
    following = scene.readings[at]
    near = following.first - reading.end <= _PHRASE and following.rule.read == "date"
    if not near or document.sentence_of_token(following.first) != scene.sentence:
        return None, False
    cue = scene.cue
    scene.reading, scene.cue = following, cue_before(document, scene.cues, following.first)
    frame = frame_of(following.slots, scene.published, scene.ask)
    scene.reading, scene.cue = reading, cue
    return frame and frame.period, "," in document.tokens[reading.end : following.first]


_first = itemgetter(0)


def same_period(scene: Scene) -> Outcome | None:
    """*the same period of 2023, la même période un an plus tôt*: what the text told last, in another year."""
    slots, base = scene.reading.slots, scene.narrative.period
    year = slots.get("year")
    if base is None:
        return None if year is None else on_calendar(Period("year", dt.date(year, 1, 1)), "calendar", IN_WORDS)
    if year is None:
        moved = slots.get("year_shift")
        year = base.start.year - 1 if moved is None or scene.published is None else scene.published.year + moved
    per = {"month": 12, "quarter": 4, "season": 4, "half": 2, "year": 1}.get(base.granularity)
    if per is None:
        date = date_or_none(year, 1, 1)
        return on_calendar(Period("year", date), "mention", IN_WORDS) if date else None
    period = base.shifted((year - base.start.year) * per)
    return on_calendar(period, "mention", IN_WORDS) if period else None


def anchored(scene: Scene) -> Outcome | None:
    """*le lendemain, deux ans plus tard, the previous quarter*: counted from what the text told last."""
    if (apposed := _apposed(scene)) is not None:
        return apposed
    slots, arguments = scene.reading.slots, scene.reading.rule.arguments
    unit = slots.get("unit") or arguments.get("unit", "D")
    shift = slots.get("shift", arguments.get("shift", slots.get("move", 0)))
    counted = "n" in slots or "vague" in slots or "half" in slots
    count: float | None = 1
    if counted:
        count, unit = amounts_of(slots)[0]
    if counted:
        if count is None:
            return Outcome("DURATION", duration_value([(None, unit)]), granularity=UNITS[unit])
        if UNITS[unit] in _CLOCKED:
            return _clock_offset(scene, shift * count, count, unit)
        if shift > 0 and scene.narrative.period is None:
            return Outcome("DURATION", duration_value([(count, unit)]), granularity=UNITS[unit])
        if arguments.get("apposed") or (arguments.get("told") and scene.narrative.last is None):
            return Outcome("DURATION", duration_value([(count, unit)]), granularity=UNITS[unit])
    if unit in ("DE", "CE") and count is not None:
        count, unit = count * {"DE": 10, "CE": 100}[unit], "Y"
    base = scene.narrative.base()
    direction = IN_WORDS
    if base is None or count is None or (counted and unit == "M" and base.granularity == "year"):
        return Outcome("DATE", None)  # "in 2022 … ten months later": one cannot tell
    if slots.get("weekday") is not None:
        return _anchored_weekday(scene, shift or 1)
    if slots.get("month") is not None:
        month = slots["month"]
        days = [date_or_none(base.start.year + k, month, 1) for k in (-1, 0, 1)]
        later = [Period("month", d) for d in days if d and (d > base.start if shift > 0 else d < base.start)]
        period = (later[0] if shift > 0 else later[-1]) if later else None
    elif UNITS[unit] in ("day", "week") or unit == "WE":
        day = scene.narrative.base_day(scene.sentence, backward=shift <= 0)
        period = _counted(Period("day", day), shift * count, unit, unit_granularity=True) if day else None
    elif unit == "Y" and base.granularity in ("month", "quarter", "season", "half") and count == int(count):
        per = {"month": 12}.get(base.granularity, 4 if base.granularity != "half" else 2)
        period = base.shifted(int(shift * count) * per)
    else:
        period = _counted(base, shift * count, unit, unit_granularity=True)
    if period is None:
        return None
    if (slots.get("daypart") is not None or slots.get("hour") is not None) and period.granularity == "day":
        return time_of_day(scene, Frame(period, "mention", direction))
    return on_calendar(period, "mention", direction)


def _anchored_weekday(scene: Scene, shift: int) -> Outcome | None:
    day = scene.narrative.base_day(scene.sentence, backward=shift <= 0)
    if day is None:
        return Outcome("DATE", None)
    ahead = (scene.reading.slots["weekday"] - day.isoweekday()) % 7
    found = add_days(day, (ahead or 7) if shift > 0 else (ahead - 7))
    return on_calendar(Period("day", found), "mention", IN_WORDS) if found else None


def _clock_offset(scene: Scene, offset: float, count: float, unit: str) -> Outcome:
    """*deux heures plus tard*: a time where the text has told one, else a duration."""
    clock = scene.narrative.clock
    value = duration_value([(count, unit)])
    told = scene.narrative.clock_sentence
    recent = UNITS[unit] == "hour" or (UNITS[unit] == "minute" and scene.sentence - told <= _SOON)
    if clock is None or not recent or abs(offset) > _CLOCKED[UNITS[unit]] or offset * 60 != int(offset * 60):
        return Outcome("DURATION", value, granularity=UNITS[unit])
    start = clock + (dt.timedelta(hours=offset) if UNITS[unit] == "hour" else dt.timedelta(minutes=offset))
    text = f"{start.date().isoformat()}T{start.hour:02d}:{start.minute:02d}"
    end = start + dt.timedelta(minutes=1)
    period = Period("day", start.date())
    return Outcome("TIME", text, start, end, UNITS[unit], "mention", IN_WORDS, period, None, start)


_CLOCKED = {"second": 0, "minute": 120, "hour": 48}
"""Units of the clock, and how many of them at most make *so many later* a time of day."""

_SOON = 2
"""How many sentences behind a clock time *ten minutes later* still counts from it."""
