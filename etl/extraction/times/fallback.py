"""Explicit dates in languages that have no rules yet: spans found by this module's own pattern, read by dateparser.

Only dates that tell day, month and year, since dateparser invents what is missing and takes words for dates.
"""

import datetime as dt
import re
from functools import lru_cache

import dateparser

from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document
from etl.extraction.times.calendar import at_midnight, date_or_none

_DAY, _YEAR, _WORD = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[5-9]|20)\d\d", r"[^\W\d_]{3,12}"
_LINK = r"(?:[^\W\d_]{1,3}[ '])?"
_EXPLICIT = re.compile(
    rf"(?<![\w./-])(?:{_YEAR}-\d\d-\d\d|{_DAY}[./-]{_DAY}[./-]{_YEAR}"
    rf"|{_DAY}(?:[.ºª]|[^\W\d_]{{1,2}})? ?{_LINK}{_WORD}\.?,? {_LINK}{_YEAR}|{_WORD} {_DAY},? {_YEAR})(?![\w-])"
)

_ISO = re.compile(r"\d{4}-\d\d-\d\d")

RULE = "dateparser"


@lru_cache(maxsize=10_000)
def _parse(words: str, language: str) -> dt.date | None:
    if _ISO.fullmatch(words):
        return date_or_none(*map(int, words.split("-")))
    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PREFER_LOCALE_DATE_ORDER": True}
    try:
        found = dateparser.parse(words, languages=[language], settings=settings)
    except ValueError:  # a language that dateparser does not know either
        return None
    return found.date() if found else None


def explicit_dates(document: Document) -> list[TimeMention]:
    """The full dates of a document in any of dateparser's languages; each one's rule is `dateparser`."""
    language = document.language.split("-", 1)[0].lower()
    mentions = []
    for match in _EXPLICIT.finditer(document.norm):
        day = _parse(match.group(), language)
        if day is None:
            continue
        start = at_midnight(day)
        published = document.published_on
        toward = (
            None if published is None else "past" if day < published else "future" if day > published else "present"
        )
        mentions.append(
            TimeMention(
                match.start(),
                match.end(),
                "DATE",
                day.isoformat(),
                None,
                start,
                start + dt.timedelta(days=1),
                "day",
                "calendar",
                toward,
                toward and "words",
                False,
                RULE,
            )
        )
    return mentions
