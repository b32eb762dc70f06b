"""The articles table: what came in, text kept verbatim. How it is fetched or dated does not belong here."""

import pandera.polars as pa
import polars as pl

from schemas.checks import only
from schemas.types import Instant
from schemas.vocabulary import LANGUAGE_TAG, PUBLISHED_FROM


class Articles(pa.DataFrameModel):
    """One row per revision of an article; the published table shows the latest revision only."""

    article_id: str = pa.Field(
        str_length={"min_value": 1}, description="The source's id if it has one, else derived from URL or path."
    )
    revision: int = pa.Field(
        ge=1, description="1 for the first text seen under this id, then counted up at each new text or date."
    )
    source: str = pa.Field(nullable=True, description="Outlet or feed, as the source names itself.")
    url: str = pa.Field(nullable=True, description="Where the article can be read.")
    title: str = pa.Field(nullable=True, description="Headline as published; no mention is taken from it.")
    language: str = pa.Field(str_matches=LANGUAGE_TAG, description="BCP 47 tag; `und` if it could not be told.")
    published_at: Instant = pa.Field(
        nullable=True, description="Instant of publication, where the source gives a time of day."
    )
    published_on: pl.Date = pa.Field(
        nullable=True, description="Local day at the place of publication; null if unknown."
    )
    published_from: str = only(PUBLISHED_FROM, description="Where the publication date was read.")
    retrieved_at: Instant = pa.Field(description="When this revision was first read.")
    content_sha256: str = pa.Field(str_matches=r"^[0-9a-f]{64}$", description="SHA-256 of the text in UTF-8.")
    text: str = pa.Field(
        str_length={"min_value": 1},
        description="The text exactly as it came; offsets of mentions count its code points.",
    )

    @pa.dataframe_check(name="unknown date has no provenance")
    def date_has_source(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """`published_on` is null exactly where `published_from` is unknown."""
        return data.lazyframe.select(pl.col("published_on").is_null() == (pl.col("published_from") == "unknown"))

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True
