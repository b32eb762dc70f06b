"""Calendar arithmetic and TIMEX3 writing: periods of every granularity, time of day, holidays.

Pure functions of dates. What words mean, and which period a text means, do not belong here.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

SEASONS = ("SP", "SU", "FA", "WI")
"""In the order of their first months: March, June, September, December (meteorological)."""

_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7}
_LENGTHS = {"weekend": 2, "week": 7, "day": 1}

UNITS = {
    "S": "second",
    "MIN": "minute",
    "H": "hour",
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "HY": "half",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
"""The units that language data names → granularity."""

PARTS = {"MO": (6, 12), "MI": (12, 14), "AF": (12, 18), "EV": (18, 24), "NI": (22, 30), "DT": (6, 18)}
"""Hours that a part of the day covers; a night ends on the next morning."""

FIRST_YEAR, LAST_YEAR = 1, 9998


def _month_index(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _from_month_index(index: int) -> dt.date | None:
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, 1) if FIRST_YEAR <= year <= LAST_YEAR else None


def add_days(day: dt.date, days: int) -> dt.date | None:
    """The day so many days later; None outside the calendar."""
    if abs(days) > 4_000_000:
        return None
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date(LAST_YEAR, 12, 31).toordinal() else None


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar unit: its granularity and its first day."""

    granularity: str
    start: dt.date

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        if self.granularity in _LENGTHS:
            return self.start + dt.timedelta(days=_LENGTHS[self.granularity])
        return _from_month_index(_month_index(self.start) + _MONTHS[self.granularity]) or dt.date.max

    def shifted(self, count: int) -> "Period | None":
        """The same unit so many units later; None outside the calendar."""
        if self.granularity in _DAYS:
            day = add_days(self.start, count * _DAYS[self.granularity])
        else:
            day = _from_month_index(_month_index(self.start) + count * _MONTHS[self.granularity])
        return Period(self.granularity, day) if day else None

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        start, year = self.start, f"{self.start.year:04d}"
        match self.granularity:
            case "day":
                return start.isoformat()
            case "month":
                return f"{year}-{start.month:02d}"
            case "week" | "weekend":
                iso = start.isocalendar()
                return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.granularity == "weekend" else "")
            case "quarter":
                return f"{year}-Q{(start.month + 2) // 3}"
            case "half":
                return f"{year}-H{1 if start.month < 7 else 2}"
            case "season":
                return f"{year}-{SEASONS[start.month // 3 - 1]}"
            case "decade":
                return year[:3]
            case "century":
                return year[:2]
        return year


def period_of(day: dt.date, granularity: str) -> Period:
    """The unit that holds the day. Weeks start on Monday, seasons in their meteorological month."""
    match granularity:
        case "week":
            start = add_days(day, -day.weekday()) or day
        case "weekend":
            start = add_days(day, 5 - day.weekday()) or day
        case "month":
            start = day.replace(day=1)
        case "quarter":
            start = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "half":
            start = dt.date(day.year, 1 if day.month < 7 else 7, 1)
        case "season":
            start = dt.date(day.year - (day.month < 3), (day.month // 3 or 4) * 3, 1)
        case "year":
            start = dt.date(day.year, 1, 1)
        case "decade":
            start = dt.date(max(day.year // 10 * 10, 1), 1, 1)
        case "century":
            start = dt.date(max(day.year // 100 * 100, 1), 1, 1)
        case _:
            return Period("day", day)
    return Period(granularity, start)


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


@cache
def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


class Holiday(NamedTuple):
    """A named day: `12-25`, `easter+49`, `11-4*4` (fourth Thursday of November), or a fixed date (`2001-09-11`)."""

    year: int | None
    month: int
    day: int
    nth: int

    def on(self, year: int) -> dt.date | None:
        """Its day in a year."""
        if not self.month:
            return add_days(easter(year), self.day) if 1582 < year <= LAST_YEAR else None
        if not self.nth:
            return date_or_none(self.year or year, self.month, self.day)
        first = date_or_none(year, self.month, 1)
        if first is None:
            return None
        if self.nth > 0:
            return add_days(first, (self.day - first.isoweekday()) % 7 + 7 * (self.nth - 1))
        last = Period("month", first).end - dt.timedelta(days=1)
        return add_days(last, -((last.isoweekday() - self.day) % 7))


@cache
def holiday(described: str) -> Holiday:
    """Parse a holiday as language data writes it. `11-4*-1` is the last such weekday of the month."""
    if described.startswith("easter"):
        return Holiday(None, 0, int(described.removeprefix("easter") or 0), 0)
    if "*" in described:
        where, nth = described.split("*")
        month, weekday = map(int, where.split("-"))
        return Holiday(None, month, weekday, int(nth))
    *year, month, day = map(int, described.split("-"))
    return Holiday(year[0] if year else None, month, day, 0)


_MIDNIGHT = dt.time()


def at_midnight(day: dt.date) -> dt.datetime:
    """The day's first instant, local time."""
    return dt.datetime.combine(day, _MIDNIGHT)


@lru_cache(maxsize=10_000)
def written(granularity: str, start: dt.date) -> tuple[str, dt.datetime, dt.datetime]:
    """The TIMEX3 value and the half-open interval of a period. Remembered, since news tells the same days all day."""
    period = Period(granularity, start)
    return period.value, at_midnight(start), at_midnight(period.end)


def part_of_day(day: dt.date, part: str) -> tuple[dt.datetime, dt.datetime]:
    """The hours that a part of a day covers, half-open."""
    start, end = PARTS[part]
    midnight = at_midnight(day)
    return midnight + dt.timedelta(hours=start), midnight + dt.timedelta(hours=end)


def number_text(count: float | None) -> str:
    """A count as TIMEX3 writes it; X for an unknown one."""
    if count is None:
        return "X"
    return str(int(count)) if count == int(count) else f"{count:.4f}".rstrip("0").rstrip(".")


def duration_value(amounts: list[tuple[float | None, str]]) -> str:
    """The TIMEX3 value of amounts of units, largest first: P3Y, PT1H30M, PXM."""
    days, times = "", ""
    for count, unit in amounts:
        match unit:
            case "H" if count is not None and count != int(count) and count * 60 == int(count * 60):
                hours, minutes = divmod(int(count * 60), 60)
                times += (f"{hours}H" if hours else "") + f"{minutes}M"
            case "S" | "H" | "MIN":
                times += number_text(count) + unit[0]
            case "DE" | "CE" | "HY":
                years = {"DE": 10, "CE": 100}.get(unit)
                if years is None:
                    days += number_text(None if count is None else count * 6) + "M"
                elif count is None:
                    days += f"X{unit}"
                else:
                    days += number_text(count * years) + "Y"
            case "Q":
                days += number_text(None if count is None else count * 3) + "M"
            case _ if (
                count is not None and count != int(count) and unit in ("Y", "W", "D") and count * _PER[unit][0] % 1 == 0
            ):
                per, smaller = _PER[unit]
                whole, rest = divmod(round(count * per), per)
                if smaller == "H":
                    times += f"{round(count * per)}H"
                else:
                    days += (f"{whole}{unit}" if whole else "") + f"{rest}{smaller}"
            case _:
                days += number_text(count) + unit
    return f"P{days}" + (f"T{times}" if times else "")


_PER = {"Y": (12, "M"), "W": (7, "D"), "D": (24, "H")}
