"""Slots of a reading → the calendar period that they name, given the publication and a direction.

One function per way to name a period (weekday, day and month, season …). Time of day, durations and what comes out of
the narrative are in `resolve`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from etl.extraction.times.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    UNITS,
    Holiday,
    Period,
    add_days,
    date_or_none,
    holiday,
    period_of,
)
from etl.extraction.times.direction import FUTURE, IN_WORDS, PAST, UNKNOWN, Direction

Slots = dict[str, Any]
Ask = Callable[[], Direction]
"""Asks the text for the direction; only called when the words leave it open, since an answer costs time."""


class Frame(NamedTuple):
    """The period that an expression names. `open_value`: its TIMEX3 value without a publication to count from."""

    period: Period | None
    anchor: str
    direction: Direction = UNKNOWN
    open_value: str | None = None


def full_year(year: int | None, short: int | None, published: dt.date | None) -> int | None:
    """The year, or the one that two digits mean: the last such year up to ten years ahead of the publication."""
    if year is not None or short is None:
        return year
    latest = (published.year if published else 2030) + 10
    return latest - (latest - short) % 100


def choose(options: Iterable[Period | None], published: dt.date, toward: str | None) -> Period | None:
    """Of ascending options: the last one begun by the publication, the first not over before it, or the nearest one."""
    chosen: Period | None = None
    least = (0, False)
    for period in options:
        if period is None:
            continue
        if toward == PAST:
            if period.start > published:
                break
            chosen = period
        elif toward == FUTURE:
            if period.end > published:
                return period
        else:
            distance = (_distance(period, published), period.start > published)
            if chosen is None or distance < least:
                chosen, least = period, distance
    return chosen


def _distance(period: Period, day: dt.date) -> int:
    if period.start <= day < period.end:
        return 0
    return (period.start - day).days if period.start > day else (day - period.end).days + 1


def shifted_choice(options: Iterable[Period | None], published: dt.date, shift: int) -> Period | None:
    """*last*, *this* or *next* of ascending periods: wholly before, around or nearest, wholly after the publication."""
    periods = [p for p in options if p is not None]
    if shift < 0:
        return next((p for p in reversed(periods) if p.end <= published), None)
    if shift > 0:
        return next((p for p in periods if p.start > published), None)
    return choose(periods, published, None)


Which = tuple[Any, ...]
"""What tells a yearly period from others of its kind: the month, the day, …"""
At = Callable[..., Period | None]
"""A year, and which → the period of that year; None where the calendar has none."""


@lru_cache(maxsize=10_000)
def _options(at: At, which: Which, first: int, end: int) -> tuple[Period, ...]:
    """The period in each of these years, ascending. Remembered, since a year of news asks for the same few hundred."""
    found = (at(year, *which) for year in range(first, end))
    return tuple(period for period in found if period is not None)


_SOON, _LONG_AGO = 30, 300
"""How many days ahead a date is taken to be meant rather than one so many days ago."""


def _recurring(
    slots: Slots, published: dt.date | None, ask: Ask, open_value: str | None, at: At, *which: object
) -> Frame:
    """A period that comes once a year, whose year is told, shifted (`next`), or open."""
    year = full_year(slots.get("year"), slots.get("yy"), published)
    if year is not None:
        return Frame(at(year, *which), "calendar", IN_WORDS, open_value)
    if published is None:
        return Frame(None, "none", UNKNOWN, open_value)
    if "year_shift" in slots:
        return Frame(at(published.year + slots["year_shift"], *which), "publication", IN_WORDS, open_value)
    rare = slots.get("month") == 2 and slots.get("day") == 29
    options = _options(at, which, published.year - (8 if rare else 2), published.year + (9 if rare else 2))
    shift = slots.get("shift")
    if shift == 0 and "season" in slots and slots["season"] != "WI":
        return Frame(at(published.year, *which), "publication", IN_WORDS, open_value)
    if shift == 0 and (toward := ask().toward) is not None:  # "this January" is a past or a coming one
        return Frame(choose(options, published, toward), "publication", IN_WORDS, open_value)
    if shift is not None:
        return Frame(shifted_choice(options, published, shift), "publication", IN_WORDS, open_value)
    behind = choose(options, published, PAST)
    if behind is not None and behind.end > published:
        return Frame(behind, "publication", UNKNOWN, open_value)  # it is going on: in every tense the same
    direction = ask()
    found = behind if direction.toward == PAST else choose(options, published, direction.toward)
    if direction.nearest and behind is not None:
        ahead = choose(options, published, FUTURE)
        if ahead is not None and _distance(ahead, published) <= _SOON and _distance(behind, published) > _LONG_AGO:
            found = ahead  # "a party held on the 16th" of next month rather than of last year
    # Holds whatever the direction says where the calendar has no such day on that side.
    return Frame(found or choose(options, published, None), "publication", direction, open_value)


def _starting(year: int, granularity: str, month: int) -> Period | None:
    day = date_or_none(year, month, 1)
    return Period(granularity, day) if day else None


def _day_of(year: int, month: int, day: int, weekday: int | None = None) -> Period | None:
    date = date_or_none(year, month, day)
    return Period("day", date) if date and (weekday is None or date.isoweekday() == weekday) else None


def _holiday_of(year: int, named: Holiday) -> Period | None:
    day = named.on(year)
    return Period("day", day) if day else None


def _holiday(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    named = holiday(slots["holiday"])
    if named.year is not None:
        return Frame(_holiday_of(named.year, named), "calendar", IN_WORDS)
    fixed = named.month and not named.nth
    open_value = f"XXXX-{named.month:02d}-{named.day:02d}" if fixed else None
    return _recurring(slots, published, ask, open_value, _holiday_of, named)


def _nth_weekday_of(year: int, named: Holiday) -> Period | None:
    day = named.on(year) if FIRST_YEAR <= year <= LAST_YEAR else None
    return Period("day", day) if day and day.month == named.month else None


def _nth_weekday(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    """*the last Wednesday of June*."""
    named = Holiday(None, slots["month"], slots["weekday"], slots["nthday"])
    return _recurring(slots, published, ask, None, _nth_weekday_of, named)


def _month_day(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    month, day, weekday = slots["month"], slots["day"], slots.get("weekday")
    if month == 12 and slots.get("other_day", day) < day and "year" in slots:
        slots = slots | {"year": slots["year"] - 1}  # the night of 31 December to 1 January 2023
    open_value = f"XXXX-{month:02d}-{day:02d}"
    if weekday and not slots.get("year"):
        near = (-1, 0, 1) if published else ()
        # Unless the text's own weekday is wrong, or the year is further away: then the day and the month decide.
        if published is None or any(_day_of(published.year + offset, month, day, weekday) for offset in near):
            return _recurring(slots, published, ask, open_value, _day_of, month, day, weekday)
    return _recurring(slots, published, ask, open_value, _day_of, month, day)


def _month(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    month = slots["month"]
    return _recurring(slots, published, ask, f"XXXX-{month:02d}", _starting, "month", month)


def _season(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    season = slots["season"]
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    return _recurring(slots, published, ask, f"XXXX-{season}", _starting, "season", month)


def _part_of_year(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    """The nth quarter or half of a year."""
    granularity = UNITS[slots["yearpart"]]
    length, letter = (3, "Q") if granularity == "quarter" else (6, "H")
    nth = slots.get("nth") or 0
    if not 1 <= nth <= 12 // length:
        return Frame(None, "none")
    month = (nth - 1) * length + 1
    return _recurring(slots, published, ask, f"XXXX-{letter}{nth}", _starting, granularity, month)


def _weekday(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    weekday, open_value = slots["weekday"], f"XXXX-WXX-{slots['weekday']}"
    if published is None:
        return Frame(None, "none", UNKNOWN, open_value)
    behind = (published.isoweekday() - weekday) % 7
    shift = slots.get("shift")
    if "week_shift" in slots:  # "Tuesday of last week"
        offset = weekday - published.isoweekday() + 7 * slots["week_shift"]
        return Frame(_at(published, offset), "publication", IN_WORDS, open_value)
    if "weeks" in slots:  # "a week on Monday"
        return Frame(_at(published, 7 - behind + 7 * slots["weeks"]), "publication", IN_WORDS, open_value)
    if shift is not None and shift != 0:
        offset = -(behind or 7) if shift < 0 else 7 - behind
        return Frame(_at(published, offset), "publication", IN_WORDS, open_value)
    direction = ask() if behind else UNKNOWN  # today is today in every tense
    if direction.toward is None and direction.present and shift != 0:
        direction = Direction(FUTURE, "tense")
    offset = -behind
    if direction.toward == FUTURE or (direction.toward is None and behind > 3 and (shift == 0 or direction.nearest)):
        # "this Wednesday" is the nearest one where nothing else tells
        offset = -behind % 7
    return Frame(_at(published, offset), "publication", direction, open_value)


def _day_alone(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    """*on the 22nd*: of the month that the direction tells, else of the nearest one."""
    if published is None:
        return Frame(None, "none", UNKNOWN, f"XXXX-XX-{slots['day']:02d}")
    if "month_shift" in slots:
        month = period_of(published, "month").shifted(slots["month_shift"])
        return Frame(month and _day_of(month.start.year, month.start.month, slots["day"]), "publication", IN_WORDS)
    months = [period_of(published, "month").shifted(offset) for offset in (-1, 0, 1)]
    days = [_day_of(m.start.year, m.start.month, slots["day"]) for m in months if m]
    direction = ask()
    return Frame(choose(days, published, direction.toward), "publication", direction)


def _at(day: dt.date, offset: int) -> Period | None:
    found = add_days(day, offset)
    return Period("day", found) if found else None


def _weekday_and_day(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    """*mardi 12*: the nearest month in which the weekday falls on that day."""
    if published is None:
        return Frame(None, "none", UNKNOWN, f"XXXX-XX-{slots['day']:02d}")
    months = [period_of(published, "month").shifted(offset) for offset in range(-6, 7)]
    days = [_day_of(m.start.year, m.start.month, slots["day"]) for m in months if m]
    fitting = [day for day in days if day and day.start.isoweekday() == slots["weekday"]]
    direction = ask()
    return Frame(choose(fitting, published, direction.toward), "publication", direction)


def _unit(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    """*last month, this week, next weekend*: a unit counted from the one that holds the publication."""
    unit, shift = slots["unit"], slots["shift"]
    granularity = UNITS[unit]
    open_value = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "year": "XXXX"}
    if published is None or granularity in ("second", "minute", "hour"):
        return Frame(None, "none", UNKNOWN, open_value.get(granularity))
    here = period_of(published, granularity)
    if granularity != "weekend":
        return Frame(here.shifted(shift), "publication", IN_WORDS, open_value.get(granularity))
    around = [here.shifted(offset) for offset in (-2, -1, 0, 1, 2)]
    if shift:
        nearest = shifted_choice(around, published, shift)
        beyond = 0 if abs(shift) == 1 else shift // 2  # "the weekend before last"
        return Frame(nearest and nearest.shifted(beyond), "publication", IN_WORDS)
    direction = ask()
    # On a Monday or Tuesday "this weekend" is the one just past, where nothing else tells.
    toward = direction.toward or (PAST if published.isoweekday() < 3 else FUTURE)
    return Frame(choose(around, published, toward), "publication", direction)


def _week_of(year: int, week: int) -> Period | None:
    try:
        return Period("week", dt.date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


_WEEKS = 53


def _week(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    """The nth week of a year, as ISO 8601 counts them; no year has more than 53."""
    if not 1 <= slots["week"] <= _WEEKS:
        return Frame(None, "none", UNKNOWN)
    return _recurring(slots, published, ask, f"XXXX-W{slots['week']:02d}", _week_of, slots["week"])


def _year(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    year = full_year(slots.get("year"), slots.get("yy"), published)
    date = date_or_none(year, 1, 1) if year else None
    return Frame(Period("year", date) if date else None, "calendar", IN_WORDS)


def _decade(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    year = slots["decade"]
    if year < 100:
        latest = (published.year if published else 2030) - 10
        year = latest - (latest - year) % 100
    date = date_or_none(year // 10 * 10, 1, 1)
    return Frame(Period("decade", date) if date else None, "calendar", IN_WORDS)


def _century(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    date = date_or_none((slots["century"] - 1) * 100 or 1, 1, 1) if slots["century"] else None
    return Frame(Period("century", date) if date else None, "calendar", IN_WORDS)


def _offset_day(slots: Slots, published: dt.date | None, ask: Ask) -> Frame:
    period = _at(published, slots["dayword"] + 7 * slots.get("weeks", 0)) if published else None
    return Frame(period, "publication", IN_WORDS, "XXXX-XX-XX")


_FRAMES: tuple[tuple[str, str, Callable[[Slots, dt.date | None, Ask], Frame]], ...] = (
    ("holiday", "holiday", _holiday),
    ("dayword", "dayword", _offset_day),
    ("nthday", "weekday", _nth_weekday),
    ("day", "month", _month_day),
    ("weekday", "day", _weekday_and_day),
    ("weekday", "weekday", _weekday),
    ("month", "month", _month),
    ("season", "season", _season),
    ("yearpart", "yearpart", _part_of_year),
    ("week", "week", _week),
    ("decade", "decade", _decade),
    ("century", "century", _century),
    ("year", "year", _year),
    ("yy", "yy", _year),
    ("unit", "shift", _unit),
    ("day", "day", _day_alone),
)
"""The two slots that a frame needs, in order of precedence."""


@cache
def _builder(names: tuple[str, ...]) -> Callable[[Slots, dt.date | None, Ask], Frame] | None:
    """What reads slots of these names; there are as many sets of names as rules fill."""
    return next((build for one, other, build in _FRAMES if one in names and other in names), None)


def frame_of(slots: Slots, published: dt.date | None, ask: Ask) -> Frame | None:
    """The period that the slots name; None if they name no day or longer period at all."""
    build = _builder(tuple(slots))
    return None if build is None else build(slots, published, ask)
