"""Actions for durations and recurring sets, with an interval where the text pins a duration down.

What is counted from a day and thereby is a date (*in three days*) is in `relative`.
"""

import datetime as dt
from typing import Any

from etl.extraction.times.calendar import UNITS, Period, add_days, at_midnight, duration_value, period_of
from etl.extraction.times.direction import FUTURE, PAST, UNKNOWN, Direction
from etl.extraction.times.frames import frame_of
from etl.extraction.times.read import Slots
from etl.extraction.times.scene import DAY, Outcome, Scene


def count_of(slots: Slots) -> float | None:
    """How many units; None for an unknown count (*several*)."""
    return None if "vague" in slots else slots.get("n", 1)


def amounts_of(slots: Slots) -> list[tuple[float | None, str]]:
    """The counts and units of a duration, largest first (*1 h 30* has two)."""
    count = count_of(slots)
    if count is not None and slots.get("half") and "n" in slots:
        count += 0.5
    elif slots.get("half"):
        count = 0.5
    unit = slots["unit"]
    if count == 0.5 and unit in ("H", "Y", "CE", "D", "DE"):
        count, unit = {"H": (30, "MIN"), "Y": (6, "M"), "CE": (50, "Y"), "D": (12, "H"), "DE": (5, "Y")}[unit]
    amounts: list[tuple[float | None, str]] = [(count, unit)]
    if slots.get("lesser") is not None:
        amounts.append((slots["lesser"], slots.get("lesser_unit") or _LESSER.get(unit, "MIN")))
    return amounts


_LESSER = {"H": "MIN", "MIN": "S", "Y": "M", "M": "D", "W": "D"}


def duration(scene: Scene) -> Outcome | None:
    """*six mois, 1 h 30*; with an interval where the rule says that it ends or starts at the publication."""
    reading = scene.reading
    amounts = amounts_of(reading.slots)
    value = duration_value(amounts)
    granularity = UNITS[amounts[0][1]]
    side = reading.rule.arguments.get("side") or reading.slots.get("shift") or _side(scene)
    start, end = window(scene.published, amounts, side)
    anchor = "publication" if start else "none"
    direction = Direction(FUTURE if side > 0 else PAST, "words") if start else UNKNOWN
    return Outcome("DURATION", value, start, end, granularity, anchor, direction)


def _side(scene: Scene) -> int:
    """Whether the words before a duration tie it to the publication: since (-1), within (1)."""
    sense = scene.cue
    return {PAST: -1, FUTURE: 1}.get(sense or "", 0)


def window(
    published: dt.date | None, amounts: list[tuple[float | None, str]], side: int
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The interval of a duration that ends (`side` < 0) or starts (> 0) at the publication's day."""
    count, unit = amounts[0]
    if published is None or not side or count is None or count != int(count) or len(amounts) > 1:
        return None, None
    granularity = UNITS[unit]
    if granularity in ("hour", "minute", "second"):
        hours = count if granularity == "hour" else 0
        if not hours or hours % 24:
            return None, None
        granularity, count = "day", hours // 24
    if granularity == "weekend":
        return None, None
    per = {"week": 7}.get(granularity, 1)
    if granularity in ("day", "week"):
        other = add_days(published, int(side * count * per))
    else:
        months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[granularity]
        first = Period("month", published.replace(day=1)).shifted(int(side * count * months))
        last = (first.end - DAY).day if first else 1
        other = first.start.replace(day=min(published.day, last)) if first else None
    if other is None:
        return None, None
    return (at_midnight(published), at_midnight(other)) if side > 0 else (at_midnight(other), at_midnight(published))


def ending(scene: Scene) -> Outcome | None:
    """*the six months ended June 30*: a duration whose last day is told."""
    slots = scene.reading.slots
    amounts = amounts_of(slots)
    outcome = Outcome("DURATION", duration_value(amounts), granularity=UNITS[amounts[0][1]])
    frame = frame_of({k: v for k, v in slots.items() if k != "unit"}, scene.published, scene.ask)
    if frame is None or frame.period is None or frame.period.granularity != "day":
        return outcome
    start, end = window(frame.period.end, amounts, -1)
    return outcome._replace(start=start, end=end, anchor=frame.anchor, direction=frame.direction)


def recurring(scene: Scene) -> Outcome | None:
    """*chaque année, tous les jeudis, par mois*."""
    slots = scene.reading.slots
    part = f"T{slots['daypart']}" if slots.get("daypart") is not None else ""
    if slots.get("weekday") is not None:
        return Outcome("SET", f"XXXX-WXX-{slots['weekday']}{part}", granularity="day")
    if slots.get("unit") == "WE":
        return Outcome("SET", "XXXX-WXX-WE", granularity="weekend")
    if slots.get("unit") is not None:
        return Outcome("SET", duration_value(amounts_of(slots)), granularity=UNITS[slots["unit"]])
    if slots.get("month") is not None:
        day = f"-{slots['day']:02d}" if slots.get("day") else ""
        return Outcome("SET", f"XXXX-{slots['month']:02d}{day}", granularity="day" if day else "month")
    if slots.get("season") is not None:
        return Outcome("SET", f"XXXX-{slots['season']}", granularity="season")
    return Outcome("SET", f"XXXX-XX-XX{part}", granularity="part_of_day") if part else None


def first_units(scene: Scene) -> Outcome | None:
    """*the first two months of 2025, the last three days of March*: a duration with its interval."""
    slots: dict[str, Any] = dict(scene.reading.slots)
    amounts = amounts_of({key: slots[key] for key in ("n", "vague", "unit") if key in slots})
    for key in ("unit", "n", "vague"):
        slots.pop(key, None)
    slots |= {key: slots.pop(other) for key, other in (("unit", "whole"),) if other in slots}
    frame = frame_of(slots, scene.published, scene.ask)
    value, unit = duration_value(amounts), UNITS[amounts[0][1]]
    count = amounts[0][0]
    if (
        frame is None
        or frame.period is None
        or count is None
        or unit in ("hour", "minute", "second")
        or count != int(count)
    ):
        return Outcome("DURATION", value, granularity=unit)
    last = scene.reading.slots.get("move", 1) < 0
    edge = Period(unit, frame.period.start).shifted(int(count)) if not last else None
    from_end = period_of(frame.period.end, unit).shifted(-int(count)) if last else None
    start, end = (from_end.start, frame.period.end) if from_end else (frame.period.start, edge.start if edge else None)
    if end is None or end > frame.period.end or start < frame.period.start:
        return Outcome("DURATION", value, granularity=unit)
    return Outcome("DURATION", value, at_midnight(start), at_midnight(end), unit, frame.anchor, frame.direction)
