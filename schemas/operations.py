"""Tables about the runs: what was refused, what each refresh did. What articles say does not belong here."""

import pandera.polars as pa

from schemas.types import Instant, Words


class RejectedRows(pa.DataFrameModel):
    """Everything that could not be read or validated, kept with its reasons."""

    table_name: str = pa.Field(
        description="The table that the row was meant for; `articles` for input that could not be read and for "
        "articles that could not be extracted."
    )
    row: str = pa.Field(description="The row, or what is known of the input (path, line, excerpt), as JSON.")
    reasons: Words = pa.Field(
        description="Why it was refused, one sentence per reason, with the remedy where there is one."
    )
    run_id: str = pa.Field(description="The refresh that refused it (`refreshes.run_id`).")
    rejected_at: Instant = pa.Field(description="When it was refused.")

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


class Refreshes(pa.DataFrameModel):
    """One row per finished refresh."""

    run_id: str = pa.Field(unique=True, description="Dagster's run id.")
    started_at: Instant = pa.Field(description="When the refresh began.")
    finished_at: Instant = pa.Field(description="When its tables were published.")
    extractor_version: str = pa.Field(description="Version of the extraction that the mentions come from.")
    articles_seen: int = pa.Field(ge=0, description="Records read from the sources.")
    articles_new: int = pa.Field(ge=0, description="Articles whose id was not known before.")
    articles_changed: int = pa.Field(ge=0, description="Known articles that came with another text or date.")
    articles_rejected: int = pa.Field(ge=0, description="Inputs that could not be read as an article.")
    seconds: float = pa.Field(ge=0, description="Duration of the refresh in seconds.")

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


class Ingestions(pa.DataFrameModel):
    """Store only: what each refresh read from its sources, kept until the refresh is published."""

    run_id: str = pa.Field(unique=True, description="Dagster's run id.")
    started_at: Instant = pa.Field(description="When the refresh began to read.")
    articles_seen: int = pa.Field(ge=0, description="Records read from the sources.")
    articles_new: int = pa.Field(ge=0, description="Articles whose id was not known before.")
    articles_changed: int = pa.Field(ge=0, description="Known articles that came with another text, language or date.")
    articles_rejected: int = pa.Field(ge=0, description="Inputs that could not be read as an article.")

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True


class Extractions(pa.DataFrameModel):
    """Store only: which revision of each article the mentions come from, and by which extractor."""

    article_id: str = pa.Field(unique=True, description="The article (`articles.article_id`).")
    revision: int = pa.Field(ge=1, description="The revision that was read.")
    extractor_version: str = pa.Field(description="The extractor that read it.")
    run_id: str = pa.Field(description="The refresh that extracted it.")

    class Config:
        """Columns are exactly these, in this order."""

        strict = True
        ordered = True
