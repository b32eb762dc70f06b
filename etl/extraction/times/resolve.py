"""Readings → mentions: one action per kind of expression, run in text order over what the text has established.

Actions are named by the rules of the data (`read = "date"`). Periods are built in `frames`, directions found in
`direction`; no word of any language is here.
"""

import datetime as dt
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document
from etl.extraction.times.calendar import (
    UNITS,
    Period,
    add_days,
    at_midnight,
    duration_value,
    part_of_day,
    period_of,
)
from etl.extraction.times.context import Narrative, Told
from etl.extraction.times.direction import FUTURE, PAST, PRESENT, UNKNOWN, Direction, cue_before, direction_of
from etl.extraction.times.frames import Frame, frame_of
from etl.extraction.times.read import Reading, Slots
from etl.extraction.times.vocabulary import Cues

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
    reading: Reading
    told: Set[int]
    """The tokens of all readings."""
    paragraph: int = 0
    """How many line breaks come before the reading."""
    previous: tuple[Reading, Outcome] | None = None

    @property
    def published(self) -> dt.date | None:
        """The publication's day."""
        return self.document.published_on

    def ask(self) -> Direction:
        """The direction of the reading: that of the time it is joined to, else what its words and clause say."""
        reading = self.reading
        if self.previous is not None and _joined(self.document, self.cues, self.previous[0], reading):
            outcome = self.previous[1]
            if outcome.direction.toward is not None and outcome.direction.source != "default":
                return Direction(outcome.direction.toward, outcome.direction.source)
        return direction_of(self.document, self.clauses, self.cues, reading.first, self.told)

    @property
    def sentence(self) -> int:
        """The sentence of the reading."""
        return self.document.sentence_of_token(self.reading.first)

    @property
    def quoted(self) -> bool:
        """Whether the reading stands in a quotation of its line."""
        start = self.document.starts[self.reading.first]
        before = self.document.text[max(start - _QUOTATION, 0) : start].rpartition("\n")[2]
        opened = max(before.rfind(mark) for mark in self.cues.opening)
        return opened > max(before.rfind(mark) for mark in self.cues.closing)


_QUOTATION = 400
"""How many characters back a quotation's opening mark is looked for."""


def _joined(document: Document, cues: Cues, left: Reading, right: Reading) -> bool:
    if not 0 < right.first - left.end <= _JOINED:
        return False
    return all(token in cues.joins for token in document.tokens[left.end : right.first])


def _share_years(document: Document, cues: Cues, readings: list[Reading]) -> None:
    """*entre mars et juin 2018*, *du 4 novembre 1979 au 20 janvier*: joined times share the year that one tells."""
    for left, right in zip(readings, readings[1:], strict=False):
        one, other = left.slots, right.slots
        if one.get("month") is None or other.get("month") is None or not _joined(document, cues, left, right):
            continue
        before = (one["month"], one.get("day") or 1) <= (other["month"], other.get("day") or 31)
        if "year" in other and "year" not in one and "shift" not in one:
            one["year"] = other["year"] - (not before)
        elif "year" in one and "year" not in other and "shift" not in other:
            other["year"] = one["year"] + (not before)


def resolve(document: Document, clauses: Clauses, cues: Cues, readings: list[Reading]) -> list[TimeMention]:
    """The mentions of a document's readings, in text order; readings that turn out to name nothing are left out."""
    _share_years(document, cues, readings)
    narrative = Narrative(document.published_on)
    told = {token for reading in readings for token in range(reading.first, reading.end)}
    scene = Scene(document, clauses, cues, narrative, readings[0], told)
    mentions: list[TimeMention] = []
    reached = 0
    for reading in readings:
        start = document.starts[reading.first]
        scene.paragraph += document.text.count("\n", reached, start)
        scene.reading, reached = reading, start
        outcome = ACTIONS[reading.rule.read](scene)
        if outcome is None:
            continue
        if outcome.period is not None:
            _tell(scene, outcome)
        mentions.append(_mention(scene, outcome))
        scene.previous = (reading, outcome)
    return mentions


def _tell(scene: Scene, outcome: Outcome) -> None:
    """Let the narrative know of the outcome. A dateline dates the article, not what it reports."""
    period, first = outcome.period, scene.reading.first
    if period is None or (first < _DATELINE and outcome.anchor == "calendar" and period.start == scene.published):
        return
    told = None
    if period.granularity == "day":
        told = Told(period.start, scene.sentence, scene.paragraph, outcome.part)
    background = cue_before(scene.document, scene.cues, first) == PAST
    if scene.previous is not None and _joined(scene.document, scene.cues, scene.previous[0], scene.reading):
        background = background or period.granularity == "year"
    scene.narrative.tell(period, told, scene.sentence, background=background, clock=outcome.clock)


_DATELINE = 12
"""How many tokens into the text a dateline may come."""


def _mention(scene: Scene, outcome: Outcome) -> TimeMention:
    document, reading = scene.document, scene.reading
    mod = reading.slots.get("mod") or reading.slots.get("part")
    direction = outcome.direction
    toward = direction.toward
    if outcome.start is not None and outcome.end is not None and scene.published is not None:
        midnight = at_midnight(scene.published)
        begun = outcome.timex_type == "TIME" and outcome.start < midnight  # last night reaches into today
        toward = PAST if begun or outcome.end <= midnight else FUTURE if outcome.start >= midnight + _DAY else PRESENT
    return TimeMention(
        document.starts[reading.first],
        document.ends[reading.end - 1],
        outcome.timex_type,
        outcome.value,
        mod,
        outcome.start,
        outcome.end,
        outcome.granularity,
        outcome.anchor,
        toward,
        None if toward is None else direction.source,
        mod == "APPROX" or cue_before(document, scene.cues, reading.first) == "approx",
        reading.rule.name,
    )


_DAY = dt.timedelta(days=1)


# Dates and times of day


def _date(scene: Scene) -> Outcome | None:
    slots = scene.reading.slots
    frame = _in_told_year(scene, slots) or frame_of(slots, scene.published, scene.ask)
    timed = slots.get("daypart") is not None or slots.get("hour") is not None
    if frame is None:
        return _time_of_day(scene, None) if timed else None
    frame = _after_partner(scene, frame)
    if timed:
        return _time_of_day(scene, frame)
    period = frame.period
    if period is None:
        return Outcome("DATE", frame.open_value) if frame.open_value or scene.published is None else None
    return _calendar(period, frame.anchor, frame.direction)


def _in_told_year(scene: Scene, slots: Slots) -> Frame | None:
    """*In 2019 … In April, it fired*: a month or day in the past year that the text is in."""
    if slots.get("month") is None or slots.get("shift") is not None or "year" in slots or "yy" in slots:
        return None
    year = scene.narrative.year_told(scene.sentence)
    if (
        year is None
        or scene.ask().toward != PAST
        or cue_before(scene.document, scene.cues, scene.reading.first) == PAST
    ):
        return None
    frame = frame_of(slots | {"year": year}, scene.published, scene.ask)
    return frame._replace(anchor="mention", direction=Direction(PAST, "words")) if frame else None


def _calendar(period: Period, anchor: str, direction: Direction) -> Outcome:
    return Outcome(
        "DATE",
        period.value,
        at_midnight(period.start),
        at_midnight(period.end),
        period.granularity,
        anchor,
        direction,
        period,
    )


def _after_partner(scene: Scene, frame: Frame) -> Frame:
    """The end of a range lies after its start, where nothing but a default said otherwise."""
    if scene.previous is None or frame.period is None or frame.direction.source == "words":
        return frame
    left, outcome = scene.previous
    if outcome.period is None or outcome.period.granularity != frame.period.granularity:
        return frame
    if frame.period.start >= outcome.period.start or not _joined(scene.document, scene.cues, left, scene.reading):
        return frame
    if scene.cues.ranges.isdisjoint(scene.document.tokens[left.end : scene.reading.first]):
        return frame
    weekday = "weekday" in scene.reading.slots and "month" not in scene.reading.slots
    later = (
        Period("day", frame.period.start + dt.timedelta(days=7))
        if weekday
        else frame.period.shifted(_year_in(frame.period))
    )
    return frame._replace(period=later) if later else frame


def _year_in(period: Period) -> int:
    return {"month": 12, "season": 4, "quarter": 4, "half": 2}.get(period.granularity, 0)


def _time_of_day(scene: Scene, frame: Frame | None) -> Outcome | None:
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
            day, hour, suffix = day + _DAY, 0, _clock_text(0, slots)
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
        return base + _DAY
    return base


# Expressions counted from the publication or from the narrative


def _counted(base: Period, count: float, unit: str, *, unit_granularity: bool) -> Period | None:
    """The period so many units from a base, as exact as the unit says (*two years ago* is a year)."""
    granularity = UNITS[unit]
    if granularity in ("second", "minute", "hour"):
        return None
    day: dt.date | None
    if count != int(count) and granularity in ("year", "month", "week", "day"):
        if granularity == "year":
            month = period_of(base.start, "month").shifted(round(count * 12))
            return month
        day = add_days(base.start, round(count * {"month": 30, "week": 7, "day": 1}[granularity]))
        return Period("day", day) if day else None
    if unit_granularity:
        return period_of(base.start, granularity).shifted(int(count))
    return base.shifted(int(count))


def _offset(scene: Scene) -> Outcome | None:
    """*il y a deux ans, in three days*: counted from the publication."""
    slots, sign = scene.reading.slots, scene.reading.rule.arguments["sign"]
    direction = Direction(FUTURE if sign > 0 else PAST, "words")
    count, unit = _count(slots), slots["unit"]
    if count is None:
        return Outcome("DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", anchor="publication", direction=direction)
    if slots.get("half"):
        count += 0.5
    if scene.published is None or UNITS[unit] in ("second", "minute", "hour"):
        return Outcome("DURATION", duration_value([(count, unit)]), anchor="publication", direction=direction)
    period = _counted(Period("day", scene.published), sign * count, unit, unit_granularity=True)
    return _calendar(period, "publication", direction) if period else None


def _apposed(scene: Scene) -> Outcome | None:
    """*on Tuesday, two days after it landed*: what stands beside a time, counted from something else, is that time."""
    if scene.previous is None or "move" not in scene.reading.slots:
        return None
    left, outcome = scene.previous
    if scene.reading.first != left.end + 1 or scene.document.tokens[left.end] != ",":
        return None
    followed = scene.reading.end < len(scene.document.tokens) and scene.document.tokens[scene.reading.end].isalpha()
    return outcome._replace(anchor="mention") if followed and outcome.period else None


def _anchored(scene: Scene) -> Outcome | None:
    """*le lendemain, deux ans plus tard, the previous quarter*: counted from what the text told last."""
    if (apposed := _apposed(scene)) is not None:
        return apposed
    slots, arguments = scene.reading.slots, scene.reading.rule.arguments
    unit = slots.get("unit") or arguments.get("unit", "D")
    shift = slots.get("shift", arguments.get("shift", slots.get("move", 0)))
    count = _count(slots) if "n" in slots or "vague" in slots else 1
    if slots.get("half") and count is not None:
        count += 0.5
    if "n" in slots or "vague" in slots:
        if count is None:
            return Outcome("DURATION", duration_value([(None, unit)]), granularity=UNITS[unit])
        if UNITS[unit] in ("second", "minute", "hour"):
            return _clock_offset(scene, shift * count, count, unit)
    base = scene.narrative.base()
    direction = Direction(None, "words")
    if base is None or count is None:
        return Outcome("DATE", None)
    if slots.get("weekday") is not None:
        return _anchored_weekday(scene, shift or 1)
    if slots.get("month") is not None:
        month = slots["month"]
        options = [Period("month", dt.date(base.start.year + k, month, 1)) for k in (-1, 0, 1)]
        later = [p for p in options if (p.start > base.start if shift > 0 else p.start < base.start)]
        period = (later[0] if shift > 0 else later[-1]) if later else None
    elif UNITS[unit] in ("day", "week") or unit == "WE":
        day = scene.narrative.base_day(scene.sentence, backward=shift < 0)
        period = _counted(Period("day", day), shift * count, unit, unit_granularity=True) if day else None
    elif unit == "Y" and base.granularity in ("month", "quarter", "season", "half") and count == int(count):
        per = {"month": 12}.get(base.granularity, 4 if base.granularity != "half" else 2)
        period = base.shifted(int(shift * count) * per)
    else:
        period = _counted(base, shift * count, unit, unit_granularity=True)
    if period is None:
        return None
    if (slots.get("daypart") is not None or slots.get("hour") is not None) and period.granularity == "day":
        return _time_of_day(scene, Frame(period, "mention", direction))
    return _calendar(period, "mention", direction)


def _anchored_weekday(scene: Scene, shift: int) -> Outcome | None:
    day = scene.narrative.base_day(scene.sentence, backward=shift < 0)
    if day is None:
        return Outcome("DATE", None)
    ahead = (scene.reading.slots["weekday"] - day.isoweekday()) % 7
    found = add_days(day, (ahead or 7) if shift > 0 else (ahead - 7))
    return _calendar(Period("day", found), "mention", Direction(None, "words")) if found else None


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
    return Outcome("TIME", text, start, end, "hour", "mention", Direction(None, "words"), period, None, start)


# Durations, sets and references


def _count(slots: Slots) -> float | None:
    return None if "vague" in slots else slots.get("n", 1)


def _amounts(slots: Slots) -> list[tuple[float | None, str]]:
    count = _count(slots)
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


def _duration(scene: Scene) -> Outcome | None:
    """*six mois, 1 h 30*; with an interval where the rule says that it ends or starts at the publication."""
    reading = scene.reading
    amounts = _amounts(reading.slots)
    value = duration_value(amounts)
    granularity = UNITS[amounts[0][1]]
    side = reading.rule.arguments.get("side") or reading.slots.get("shift") or _side(scene)
    start, end = _window(scene.published, amounts, side)
    anchor = "publication" if start else "none"
    direction = Direction(FUTURE if side > 0 else PAST, "words") if start else UNKNOWN
    return Outcome("DURATION", value, start, end, granularity, anchor, direction)


def _side(scene: Scene) -> int:
    """Whether the words before a duration tie it to the publication: since (-1), within (1)."""
    sense = cue_before(scene.document, scene.cues, scene.reading.first)
    return {PAST: -1, FUTURE: 1}.get(sense or "", 0)


def _window(
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
        last = (first.end - _DAY).day if first else 1
        other = first.start.replace(day=min(published.day, last)) if first else None
    if other is None:
        return None, None
    return (at_midnight(published), at_midnight(other)) if side > 0 else (at_midnight(other), at_midnight(published))


def _ending(scene: Scene) -> Outcome | None:
    """*the three months ended Sept. 30*: a duration whose last day is told."""
    slots = scene.reading.slots
    amounts = _amounts(slots)
    outcome = Outcome("DURATION", duration_value(amounts), granularity=UNITS[amounts[0][1]])
    frame = frame_of({k: v for k, v in slots.items() if k != "unit"}, scene.published, scene.ask)
    if frame is None or frame.period is None or frame.period.granularity != "day":
        return outcome
    start, end = _window(frame.period.end, amounts, -1)
    return outcome._replace(start=start, end=end, anchor=frame.anchor, direction=frame.direction)


def _set(scene: Scene) -> Outcome | None:
    """*chaque année, tous les jeudis, par mois*."""
    slots = scene.reading.slots
    part = f"T{slots['daypart']}" if slots.get("daypart") is not None else ""
    if slots.get("weekday") is not None:
        return Outcome("SET", f"XXXX-WXX-{slots['weekday']}{part}", granularity="day")
    if slots.get("unit") == "WE":
        return Outcome("SET", "XXXX-WXX-WE", granularity="weekend")
    if slots.get("unit") is not None:
        return Outcome("SET", duration_value(_amounts(slots)), granularity=UNITS[slots["unit"]])
    if slots.get("month") is not None:
        day = f"-{slots['day']:02d}" if slots.get("day") else ""
        return Outcome("SET", f"XXXX-{slots['month']:02d}{day}", granularity="day" if day else "month")
    if slots.get("season") is not None:
        return Outcome("SET", f"XXXX-{slots['season']}", granularity="season")
    return Outcome("SET", f"XXXX-XX-XX{part}", granularity="part_of_day") if part else None


def _reference(scene: Scene) -> Outcome | None:
    """*actuellement, bientôt*: vague, on a known side of the publication."""
    arguments = scene.reading.rule.arguments
    value: str | None = scene.reading.slots.get("reference") or arguments.get("value")
    toward = {"PAST_REF": PAST, "PRESENT_REF": PRESENT, "FUTURE_REF": FUTURE}.get(value or "")
    if value == "BY_TENSE":
        toward = scene.ask().toward or PAST
        value = {PAST: "PAST_REF", FUTURE: "FUTURE_REF"}[toward]
    return Outcome("DATE", value, anchor="publication", direction=Direction(toward, "words"))


def _nothing(scene: Scene) -> Outcome | None:
    """An expression that looks like a time and is none: an age, a name."""
    return None


def _unresolved(scene: Scene) -> Outcome | None:
    """*la veille du match*: a day counted from something that has no date here."""
    return Outcome("DATE", None)


def _weekend_of(scene: Scene) -> Outcome | None:
    """*the weekend of 14-15 February*."""
    frame = frame_of(
        {k: v for k, v in scene.reading.slots.items() if k not in ("unit", "weekday")}, scene.published, scene.ask
    )
    if frame is None or frame.period is None:
        return None
    return _calendar(period_of(frame.period.start, UNITS[scene.reading.slots["unit"]]), frame.anchor, frame.direction)


def _first_units(scene: Scene) -> Outcome | None:
    """*the first two months of 2025, the last three days of March*: a duration with its interval."""
    slots: dict[str, Any] = dict(scene.reading.slots)
    amounts = _amounts({key: slots[key] for key in ("n", "vague", "unit") if key in slots})
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


ACTIONS: dict[str, Callable[[Scene], Outcome | None]] = {
    "date": _date,
    "offset": _offset,
    "anchored": _anchored,
    "duration": _duration,
    "ending": _ending,
    "set": _set,
    "reference": _reference,
    "nothing": _nothing,
    "unresolved": _unresolved,
    "week_of": _weekend_of,
    "first_units": _first_units,
}
"""The closed set of meanings that a rule of the data may have."""
