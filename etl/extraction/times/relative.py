"""Actions for what is counted from the publication (*two years ago*) or from what the text told last (*the next day*).

Days and periods that have a name of their own are in `dates`.
"""

import datetime as dt

from etl.extraction.times.calendar import UNITS, Period, add_days, date_or_none, duration_value, period_of
from etl.extraction.times.dates import time_of_day
from etl.extraction.times.direction import FUTURE, IN_WORDS, PAST, Direction
from etl.extraction.times.durations import count_of, duration
from etl.extraction.times.frames import Frame
from etl.extraction.times.scene import Outcome, Scene, on_calendar


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
    count, unit = count_of(slots), slots["unit"]
    if count is None:
        return Outcome("DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", anchor="publication", direction=direction)
    if slots.get("half"):
        count += 0.5
    if scene.published is None or UNITS[unit] in ("second", "minute", "hour"):
        return Outcome("DURATION", duration_value([(count, unit)]), anchor="publication", direction=direction)
    period = _counted(Period("day", scene.published), sign * count, unit, unit_granularity=True)
    return on_calendar(period, "publication", direction) if period else None


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


def anchored(scene: Scene) -> Outcome | None:
    """*le lendemain, deux ans plus tard, the previous quarter*: counted from what the text told last."""
    if (apposed := _apposed(scene)) is not None:
        return apposed
    slots, arguments = scene.reading.slots, scene.reading.rule.arguments
    unit = slots.get("unit") or arguments.get("unit", "D")
    shift = slots.get("shift", arguments.get("shift", slots.get("move", 0)))
    count = count_of(slots) if "n" in slots or "vague" in slots else 1
    if slots.get("half") and count is not None:
        count += 0.5
    if "n" in slots or "vague" in slots:
        if count is None:
            return Outcome("DURATION", duration_value([(None, unit)]), granularity=UNITS[unit])
        if UNITS[unit] in ("second", "minute", "hour"):
            return _clock_offset(scene, shift * count, count, unit)
        if shift > 0 and scene.narrative.period is None:
            return Outcome("DURATION", duration_value([(count, unit)]), granularity=UNITS[unit])
        if arguments.get("apposed") or (arguments.get("told") and scene.narrative.last is None):
            return Outcome("DURATION", duration_value([(count, unit)]), granularity=UNITS[unit])
    if unit in ("DE", "CE") and count is not None:
        count, unit = count * {"DE": 10, "CE": 100}[unit], "Y"
    base = scene.narrative.base()
    direction = IN_WORDS
    if base is None or count is None:
        return Outcome("DATE", None)
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
    if clock is None or UNITS[unit] != "hour" or abs(offset) > 48 or offset != int(offset):
        return Outcome("DURATION", value, granularity=UNITS[unit])
    start = clock + dt.timedelta(hours=int(offset))
    text = f"{start.date().isoformat()}T{start.hour:02d}:{start.minute:02d}"
    end = start + dt.timedelta(minutes=1)
    period = Period("day", start.date())
    return Outcome("TIME", text, start, end, "hour", "mention", IN_WORDS, period, None, start)
