"""Readings → mentions: one action per kind of expression, run in text order over what the text has established.

Actions are named by the rules of the data (`read = "date"`); they are in `dates`, `relative` and `durations`, and no
word of any language is here.
"""

import datetime as dt
from collections.abc import Callable

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document
from etl.extraction.times import dates, durations, relative
from etl.extraction.times.calendar import at_midnight
from etl.extraction.times.context import Narrative, Told
from etl.extraction.times.direction import FUTURE, PAST, PRESENT, Direction, cue_before
from etl.extraction.times.read import Reading
from etl.extraction.times.scene import DAY, Outcome, Scene, joined
from etl.extraction.times.vocabulary import Cues


def _share_years(document: Document, cues: Cues, readings: list[Reading]) -> None:
    """*entre mars et juin 2018*, *du 4 novembre 1979 au 20 janvier*: joined times share the year that one tells."""
    for at in range(1, len(readings)):
        left, right = readings[at - 1], readings[at]
        one, other = left.slots, right.slots
        if one.get("month") is None or other.get("month") is None or not joined(document, cues, left, right):
            continue
        before = (one["month"], one.get("day") or 1) <= (other["month"], other.get("day") or 31)
        if "shift" in other and not {"year", "shift"} & one.keys():
            readings[at - 1] = left._replace(slots=one | {"shift": other["shift"]})
        elif "year" in other and "year" not in one and "shift" not in one:
            readings[at - 1] = left._replace(slots=one | {"year": other["year"] - (not before)})
        elif "year" in one and "year" not in other and "shift" not in other:
            readings[at] = right._replace(slots=other | {"year": one["year"] + (not before)})


def resolve(document: Document, clauses: Clauses, cues: Cues, readings: list[Reading]) -> list[TimeMention]:
    """The mentions of a document's readings, in text order; readings that turn out to name nothing are left out."""
    _share_years(document, cues, readings)
    narrative = Narrative(document.published_on)
    scene = Scene(document, clauses, cues, narrative, document.published_on, readings, readings[0])
    midnight = None if scene.published is None else at_midnight(scene.published)
    mentions: list[TimeMention] = []
    reached = 0
    for reading in readings:
        start = document.starts[reading.first]
        scene.paragraph += document.text.count("\n", reached, start)
        scene.reading, reached = reading, start
        scene.sentence = document.sentence_at(start)
        scene.cue = cue_before(document, cues, reading.first)
        scene.joined = scene.previous is not None and joined(document, cues, scene.previous[0], reading)
        outcome = ACTIONS[reading.rule.read](scene)
        if outcome is None:
            continue
        if outcome.period is not None:
            _tell(scene, outcome)
        mentions.append(_mention(scene, outcome, midnight))
        scene.previous = (reading, outcome)
    return mentions


def _tell(scene: Scene, outcome: Outcome) -> None:
    """Let the narrative know of the outcome. A dateline dates the article, not what it reports."""
    period, first = outcome.period, scene.reading.first
    if period is None or (first < _DATELINE and outcome.anchor == "calendar" and period.start == scene.published):
        return
    told = None
    weekday = scene.reading.slots.get("weekday")
    if weekday is not None and scene.published is not None and period.start != scene.published:
        scene.narrative.weekdays[weekday] = FUTURE if period.start > scene.published else PAST
    if period.granularity == "day":
        told = Told(period.start, scene.sentence, scene.paragraph, outcome.part)
    tokens, end = scene.document.tokens, scene.reading.end
    background = scene.cue in (PAST, "of") or (end < len(tokens) and tokens[end] in scene.cues.binds)
    if scene.joined:
        background = background or period.granularity == "year"
    start = scene.document.sentences[scene.sentence]
    initial = scene.document.starts[first] - start < _INITIAL
    scene.narrative.tell(period, told, scene.sentence, background=background, initial=initial, clock=outcome.clock)


_INITIAL = 12
"""How many characters from the start of a sentence the time that frames it may stand."""

_DATELINE = 12
"""How many tokens into the text a dateline may come."""


def _mention(scene: Scene, outcome: Outcome, midnight: dt.datetime | None) -> TimeMention:
    """The row of an outcome. `midnight`: the publication's first instant."""
    first, last, rule, slots = scene.reading
    timex_type, value, start, end, granularity, anchor, (toward, source, _, _), _, _, _ = outcome
    mod = slots.get("mod") or slots.get("part")
    if start == end:
        start = end = None  # "for 0 days" pins down no time
    if start is not None and end is not None and midnight is not None:
        begun = timex_type == "TIME" and start < midnight  # last night reaches into today
        toward = PAST if begun or end <= midnight else FUTURE if start >= midnight + DAY else PRESENT
    return TimeMention(
        scene.document.starts[first],
        scene.document.ends[last - 1],
        timex_type,
        value,
        mod,
        start,
        end,
        granularity,
        anchor,
        toward,
        None if toward is None else source,
        mod == "APPROX" or scene.cue == "approx",
        rule.name,
    )


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


ACTIONS: dict[str, Callable[[Scene], Outcome | None]] = {
    "date": dates.date,
    "offset": relative.offset,
    "offset_ahead": relative.offset_ahead,
    "anchored": relative.anchored,
    "related": relative.related,
    "same_period": relative.same_period,
    "duration": durations.duration,
    "ending": durations.ending,
    "set": durations.recurring,
    "reference": _reference,
    "nothing": _nothing,
    "unresolved": _unresolved,
    "week_of": dates.weekend_of,
    "first_units": durations.first_units,
}
"""The closed set of meanings that a rule of the data may have."""
