"""Times: find candidate expressions, read what they say, resolve them to TIMEX3 values and intervals.

`find_times` is the only door. Rules and words are in `languages/<code>/times.toml`.
"""

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document
from etl.extraction.times.fallback import explicit_dates
from etl.extraction.times.read import find_readings
from etl.extraction.times.resolve import resolve
from etl.extraction.times.vocabulary import grammar


def find_times(document: Document, clauses: Clauses) -> list[TimeMention]:
    """Every date, time, duration and set of the document, in text order; time linear in its length.

    `clauses` are asked only where the words leave the direction open. A language without rules gives explicit dates
    alone, marked by their rule.
    """
    rules = grammar(document.language)
    if rules is None:
        return explicit_dates(document)
    readings = find_readings(document, rules)
    return resolve(document, clauses, rules.cues, readings) if readings else []
