"""What the texts say: times, quantities, events and their links. Answers composed from several mentions are views."""

import pandera.polars as pa
import polars as pl

from schemas import checks
from schemas.checks import only
from schemas.types import LocalTime, Words
from schemas.vocabulary import (
    ANCHORS,
    BOUNDS,
    CHANGES,
    DATE_SOURCES,
    DIRECTION_SOURCES,
    DIRECTIONS,
    EVENT_TYPES,
    GRANULARITIES,
    MEASURES,
    MODALITIES,
    TIMEX_MODS,
    TIMEX_TYPES,
    TIMEX_VALUE,
    UNIT,
)


class TimeMentions(pa.DataFrameModel):
    """Every date, time, duration and recurring set, as TIMEX3 and as an interval."""

    mention_id: str = checks.mention()
    article_id: str = checks.article()
    sentence: int = checks.sentence()
    start_char: int = checks.start("the expression")
    end_char: int = checks.end("the expression")
    text: str = pa.Field(
        str_length={"min_value": 1}, description="The expression as written: `articles.text[start_char:end_char]`."
    )
    timex_type: str = only(TIMEX_TYPES, description="TIMEX3 type.")
    timex_value: str = pa.Field(
        nullable=True, str_matches=TIMEX_VALUE, description="TIMEX3 value; X where unknown; null if unresolved."
    )
    timex_mod: str = only(TIMEX_MODS, nullable=True, description="TIMEX3 modifier.")
    interval_start: LocalTime = pa.Field(
        nullable=True, description="First instant covered, local time; null if open or unknown."
    )
    interval_end: LocalTime = pa.Field(
        nullable=True, description="First instant no longer covered, local time; null if open or unknown."
    )
    granularity: str = only(GRANULARITIES, nullable=True, description="The calendar unit that the text names.")
    anchor: str = only(ANCHORS, description="What the value is counted from.")
    direction: str = only(DIRECTIONS, nullable=True, description="Before, at or after the publication.")
    direction_from: str = only(DIRECTION_SOURCES, nullable=True, description="What decided the direction.")
    approximate: bool = pa.Field(description="Whether the text says that it is about this time.")
    rule: str = pa.Field(str_length={"min_value": 1}, description="The rule that read the expression.")

    @pa.dataframe_check(name="text fills its span")
    def text_fills_span(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`text` is as long as its span."""
        return checks.span_matches(data, "start_char", "end_char", "text")

    @pa.dataframe_check(name="interval ends after it starts")
    def interval_is_ordered(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """An interval does not end before it starts."""
        return checks.not_before(data, "interval_start", "interval_end")

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


class QuantityMentions(pa.DataFrameModel):
    """Every figure with its bound, its unit, what it counts, and who gives it."""

    mention_id: str = checks.mention()
    article_id: str = checks.article()
    sentence: int = checks.sentence()
    start_char: int = checks.start("the number")
    end_char: int = checks.end("the number")
    text: str = pa.Field(str_length={"min_value": 1}, description="The number as written, with its multiplier.")
    value: float = pa.Field(description="The figure, or the lower end of a range, in base units of `unit`.")
    value_high: float = pa.Field(nullable=True, description="The upper end of a range.")
    bound: str = only(BOUNDS, description="How the figure bounds the truth.")
    unit: str = pa.Field(str_matches=UNIT, description="`count`, an ISO 4217 code, `%`, or a UCUM symbol.")
    object: str = pa.Field(nullable=True, description="Head of what is counted or measured, as written.")
    measure: str = only(MEASURES, nullable=True, description="What happened to the things counted.")
    additional: bool = pa.Field(description="Whether it comes on top of figures given before.")
    subset_of: str = pa.Field(nullable=True, description="The figure that includes this one (`mention_id`).")
    change: str = only(CHANGES, nullable=True, description="Whether the figure is the size of a rise or a fall.")
    attribution: str = pa.Field(nullable=True, description="Who gives the figure, as written.")
    attribution_start: int = checks.start("the attribution", nullable=True)
    attribution_end: int = checks.end("the attribution", nullable=True)

    @pa.dataframe_check(name="text fills its span")
    def text_fills_span(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`text` is as long as its span."""
        return checks.span_matches(data, "start_char", "end_char", "text")

    @pa.dataframe_check(name="attribution fills its span")
    def attribution_fills_span(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`attribution` is as long as its span."""
        return checks.span_matches(data, "attribution_start", "attribution_end", "attribution")

    @pa.dataframe_check(name="only a range has a high value, and it is above the low one")
    def range_is_ordered(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`value_high` goes with `between`, and lies above `value`."""
        is_range = pl.col("bound") == "between"
        return checks.rows(
            data,
            (is_range == pl.col("value_high").is_not_null()) & (pl.col("value_high") > pl.col("value")).fill_null(True),
        )

    @pa.dataframe_check(name="value is a finite number")
    def value_is_finite(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """No NaN and no infinity."""
        return checks.rows(data, pl.col("value").is_finite())

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


class EventMentions(pa.DataFrameModel):
    """Every occurrence that an article reports or announces, one row per telling."""

    mention_id: str = checks.mention()
    article_id: str = checks.article()
    sentence: int = checks.sentence()
    start_char: int = checks.start("the trigger")
    end_char: int = checks.end("the trigger")
    trigger: str = pa.Field(str_length={"min_value": 1}, description="The word that names the event best, as written.")
    lemma: str = pa.Field(description="Dictionary form of the trigger.")
    event_type: str = only(EVENT_TYPES, description="PLOVER's 16 types, and the extensions for general news.")
    event_start: LocalTime = pa.Field(
        nullable=True, description="First instant of the event's time, local; null if unknown."
    )
    event_end: LocalTime = pa.Field(nullable=True, description="End of the event's time, exclusive; null if unknown.")
    date_source: str = only(DATE_SOURCES, nullable=True, description="How the date is known; null where there is none.")
    time_mention_id: str = pa.Field(
        nullable=True, description="The time that dates the event (`time_mentions.mention_id`)."
    )
    modality: str = only(MODALITIES, description="Whether the event is told as fact, plan, possibility, or denied.")
    places: Words = pa.Field(description="Where, as written.")
    actors: Words = pa.Field(description="Who did it, as written.")
    targets: Words = pa.Field(description="To whom or what, as written.")
    attribution: str = pa.Field(nullable=True, description="Who says so, as written.")
    evidence_start: int = checks.start("the evidence sentence")
    evidence_end: int = checks.end("the evidence sentence")

    @pa.dataframe_check(name="trigger fills its span")
    def trigger_fills_span(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`trigger` is as long as its span."""
        return checks.span_matches(data, "start_char", "end_char", "trigger")

    @pa.dataframe_check(name="evidence holds the trigger")
    def evidence_holds_trigger(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """The evidence sentence encloses the trigger."""
        encloses = (pl.col("evidence_start") <= pl.col("start_char")) & (pl.col("evidence_end") >= pl.col("end_char"))
        return checks.rows(data, encloses)

    @pa.dataframe_check(name="event ends after it starts")
    def event_is_ordered(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """An event does not end before it starts."""
        return checks.not_before(data, "event_start", "event_end")

    @pa.dataframe_check(name="a date has a source")
    def date_has_source(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A dated event says how the date is known; an undated one does not."""
        dated = pl.col("event_start").is_not_null() | pl.col("event_end").is_not_null()
        return checks.rows(data, dated == pl.col("date_source").is_not_null())

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


class EventQuantities(pa.DataFrameModel):
    """Which figures belong to which event."""

    event_mention_id: str = pa.Field(description="The event (`event_mentions.mention_id`).")
    quantity_mention_id: str = pa.Field(description="The figure (`quantity_mentions.mention_id`).")

    class Config:
        """Columns are exactly these, in this order; a pair is listed once."""

        strict = True
        ordered = True
        unique = ["event_mention_id", "quantity_mention_id"]  # noqa: RUF012
