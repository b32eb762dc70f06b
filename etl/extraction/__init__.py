"""Text in, mentions out: pure functions with no I/O, no Dagster and no DuckDB, and no words of any language.

`extract_batch` is the only door; the rooms behind it are times, quantities, attribution and events.
"""

from etl.extraction.lexicon import extractor_version
from etl.extraction.pipeline import Mentions, extract_batch

__all__ = ["Mentions", "extract_batch", "extractor_version"]
