"""The check that makes a mention trustworthy: its words stand in the article between its offsets.

It needs the article's text beside the mention, so it is a model of its own over the two joined. Joining and rejecting
happen in `etl.validation`.
"""

import pandera.polars as pa
import polars as pl


class Evidence(pa.DataFrameModel):
    """Mentions beside the words that the article holds at their offsets."""

    said: str = pa.Field(description="The words as the mention gives them.")
    found: str = pa.Field(nullable=True, description="The words between the offsets; null where these leave the text.")

    @pa.dataframe_check(name="the words stand in the article between their offsets")
    def said_is_found(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`found` equals `said`."""
        return data.lazyframe.select(pl.col("said").eq_missing(pl.col("found")))

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


SPANS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "time_mentions": (("text", "start_char", "end_char"),),
    "quantity_mentions": (
        ("text", "start_char", "end_char"),
        ("attribution", "attribution_start", "attribution_end"),
    ),
    "event_mentions": (("trigger", "start_char", "end_char"),),
}
"""Which columns of a table hold words and the offsets that prove them."""
