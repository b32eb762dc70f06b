"""Times: find candidate expressions, read what they say, resolve them to TIMEX3 values and intervals."""

from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document


def find_times(document: Document) -> list[TimeMention]:
    """Every date, time, duration and set of the document, in text order."""
    return []
