"""What extraction hands from room to room: one record per mention, named as the columns of `schemas.mentions`.

Ids and the article's own columns are added by the pipeline; references between mentions are positions in the
article's own lists until then. Types, descriptions and checks of the columns belong in `schemas/`.
"""

import datetime as dt
from typing import NamedTuple


class TimeMention(NamedTuple):
    """A TIMEX3 expression. `value` None: unresolved. Interval: half-open local time, None where open or unknown."""

    start_char: int
    end_char: int
    timex_type: str
    timex_value: str | None
    timex_mod: str | None
    interval_start: dt.datetime | None
    interval_end: dt.datetime | None
    granularity: str | None
    anchor: str
    direction: str | None
    direction_from: str | None
    approximate: bool
    rule: str


class Span(NamedTuple):
    """Characters of the text, end exclusive."""

    start: int
    end: int


class QuantityMention(NamedTuple):
    """A figure. `subset_of` is the position of the including figure in the article's list."""

    start_char: int
    end_char: int
    value: float
    value_high: float | None
    bound: str
    unit: str
    object: str | None
    measure: str | None
    additional: bool
    subset_of: int | None
    change: str | None
    attribution: Span | None


class EventMention(NamedTuple):
    """An occurrence. `time` and `quantities` are positions in the article's lists of times and quantities."""

    start_char: int
    end_char: int
    lemma: str
    event_type: str
    event_start: dt.datetime | None
    event_end: dt.datetime | None
    date_source: str | None
    time: int | None
    modality: str
    places: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    attribution: Span | None
    quantities: tuple[int, ...]


class Claims:
    """Who says what in one document. This one knows of nobody who says anything; `attribution` reads who does."""

    def claimant_of(self, token: int) -> Span | None:
        """Who says what stands at the token, in characters of the text; None: the text itself does."""
        return None

    def close(self) -> None:
        """Nobody asks any more: lets go of the document at once, though what was read refers to itself."""
