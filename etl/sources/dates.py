"""Publication dates: reads what a date field holds, and finds written-out dates at fixed places of a text or page.

A date is read only if it names a full day; nothing is ever filled in, and nothing is relative to today. Where a date
comes from, and which source of a date goes first, does not belong here; nor do dates inside an article's prose.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from etl.sources.publication import cues, languages
from etl.sources.tags import UNDETERMINED

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

EARLIEST_YEAR = 1600
"""The first newspapers appeared in 1605."""
LATEST_AHEAD = timedelta(days=731)
"""How far after today a publication date is believed (embargoes, clocks gone wrong)."""
LONGEST_FIELD = 120
"""A longer string, in code points, is no date field."""
LINE_CHARS = 160
"""A line that announces a publication date is not longer, in code points: a longer one is prose."""
DATELINE_CHARS = 300
"""How far from the beginning of a text a dateline may start, in code points."""


class Published(NamedTuple):
    """A publication date that was read: the day as written, and the instant if a time of day and its offset stand."""

    on: date
    at: datetime | None = None


class UnreadableDate(ValueError):
    """What should be a date is none; the message says why, as the end of a sentence."""


_ISO = re.compile(
    r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:T|\s{1,3}|(?<=[0-9]{8})(?=[0-9]{6}\b))([0-9]{1,2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r"\s?(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?(?:\[[\w/+-]{1,60}\])?)?",
    re.IGNORECASE,
)
_RFC_5322 = re.compile(
    r"(?:[A-Za-z]{3},?\s{1,3})?[0-9]{1,2}\s[A-Za-z]{3}\s[0-9]{4}\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"\s(?:[+-][0-9]{4}|[A-Z]{1,5})(?:\s\([A-Za-z ]{1,20}\))?"
)
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?![0-9])(?P<rest>[^/]{0,25})")
_STAMP = re.compile(r"[0-9]{9,16}(?:\.[0-9]{1,9})?")

# Words are any letters here: which of them are months is dateparser's knowledge, in the language of the text.
_SEPARATORS = "|•·–—-:/>)"
_WORD = r"[^\W\d_]"
_DAY_FIRST = (
    rf"[0-9]{{1,2}}{_WORD}{{0,3}}\.?\s{{1,3}}(?:{_WORD}{{1,3}}\s)?{_WORD}{{3,12}}\.?,?\s{{1,3}}"
    rf"(?:{_WORD}{{1,3}}\s)?[0-9]{{4}}"
)
_MONTH_FIRST = rf"{_WORD}{{3,12}}\.?\s{{1,3}}[0-9]{{1,2}}{_WORD}{{0,2}},?\s{{1,3}}[0-9]{{4}}"
_IN_FIGURES = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
_WRITTEN_DAY = rf"(?<!\w)(?:{_DAY_FIRST}|{_MONTH_FIRST}|{_IN_FIGURES})(?!\w)"
_CLOCK = (
    rf"(?:[\s,]{{1,3}}(?:(?:{_WORD}{{1,3}}|[-–—|·])\s)?[0-9]{{1,2}}\s?[h:.]\s?[0-9]{{2}}(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s?(?:[A-Z]{3,4}\b|[+-][0-9]{2}:?[0-9]{2}))?)"
)
_SPAN = re.compile(_WRITTEN_DAY)

_AGENCY = r"[(/][^()/\n0-9]{1,40}[)/]"
_PLACE = rf"{_WORD}[^0-9\n.,()/–—]{{1,40}}"
_NAME = rf"{_WORD}[\w'’-]{{1,25}}"
_DATELINE = re.compile(
    rf"\s*(?:(?:{_PLACE}(?:,\s[^0-9\n.,()/]{{1,30}})?,\s{{1,3}}|{_PLACE}{_AGENCY}\s?[-–—,]?\s?|{_AGENCY}\s{{1,3}})"
    rf"(?:{_WORD}{{1,3}}\s)?(?:{_WORD}{{4,12}}\s)?|{_WORD}{{3,12}},?\s)?"
    rf"(?P<day>{_WRITTEN_DAY}){_CLOCK}?(?:,\s(?P<place>{_NAME}(?:\s{_NAME}){{0,3}}))?\s?[.,]?\s?(?:{_AGENCY}\s?)?[.,]?\s?(?P<end>[-–—]|$)"
)


def read_date(value: object, language: str = UNDETERMINED, *, today: date | None = None) -> Published | None:
    """The publication date that a field holds; None where the field is empty.

    Reads dates and datetimes, ISO 8601, RFC 5322, seconds, milliseconds and microseconds since 1970, `YYYYMMDD`,
    figures in the order that CLDR gives for the language, and written-out dates (dateparser).

    Args:
        value: whatever stands in the field.
        language: BCP 47; decides the order of day and month in figures, and whose month names go first.
        today: for tests; dates much after it are not believed.

    Raises:
        UnreadableDate: the field holds something, but no full and plausible day.
    """
    found = _read(value, language)
    if found is None:
        return None
    if not found.on.year >= EARLIEST_YEAR or found.on > (today or date.today()) + LATEST_AHEAD:
        raise UnreadableDate(f"is not a plausible publication date ({found.on.isoformat()})")
    return found


def _read(value: object, language: str) -> Published | None:
    if value is None or value != value:  # NaN: an empty cell of a data frame
        return None
    if isinstance(value, datetime):
        return _of_datetime(value)
    if isinstance(value, date):
        return Published(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str):
        raise UnreadableDate("is neither a string nor a number")
    written = value.strip()
    if not written:
        return None
    if len(written) > LONGEST_FIELD:
        raise UnreadableDate("is too long for a date")
    return _of_string(written, language)


def _of_datetime(moment: datetime) -> Published:
    if moment.tzinfo is None:
        return Published(moment.date())
    try:
        return Published(moment.date(), moment.astimezone(UTC))
    except (OverflowError, ValueError):
        return Published(moment.date())


def _of_number(value: int | float) -> Published:
    """`YYYYMMDD`, or a count of seconds, milliseconds or microseconds since 1970, told apart by size."""
    if 1e7 <= value < 1e8 and value == int(value):
        compact = int(value)
        return Published(_day(compact // 10_000, compact // 100 % 100, compact % 100))
    for floor, per_second in ((1e8, 1), (1e11, 1e3), (1e14, 1e6)):
        if floor <= value < floor * 1e3:
            try:
                return _of_datetime(datetime.fromtimestamp(value / per_second, UTC))
            except (OverflowError, ValueError, OSError):
                break
    raise UnreadableDate("names no full day")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDate("is not a day of the calendar") from None


def _of_string(written: str, language: str) -> Published:
    if (match := _ISO.fullmatch(written)) is not None and (match[2] or len(match[3]) == len(match[4]) == 2):
        return _of_iso(match)
    if _RFC_5322.fullmatch(written):
        try:
            return _of_datetime(parsedate_to_datetime(written))
        except ValueError:
            raise UnreadableDate("is not a day of the calendar") from None
    if (match := _NUMERIC.fullmatch(written)) is not None:
        return Published(_in_figures(int(match[1]), int(match[3]), int(match[4]), language))
    if _STAMP.fullmatch(written):
        return _of_number(float(written))
    return _written_out(written, language)


def _of_iso(match: re.Match[str]) -> Published:
    year, _, month, day, hour, minute, second, fraction, zone = match.groups()
    on = _day(int(year), int(month), int(day))
    if hour is None or zone is None:
        return Published(on)
    digits = re.sub("[^0-9]", "", zone)
    ahead = timedelta(hours=int(digits[:2] or 0), minutes=int(digits[2:] or 0))
    try:
        offset = timezone(-ahead if zone[0] == "-" else ahead)
        micro = int((fraction or "").ljust(6, "0")[:6])
        moment = datetime(on.year, on.month, on.day, int(hour), int(minute), int(second or 0), micro, offset)
    except ValueError:  # 24:00, a leap second, an offset of days: the day still stands
        return Published(on)
    return _of_datetime(moment)


@cache
def _month_goes_first(language: str) -> bool | None:
    """Whether figures are written month first in the language (CLDR's short date); None if it is not known."""
    from babel import Locale, UnknownLocaleError

    if language == UNDETERMINED:  # Babel would take it for English
        return None
    try:
        pattern = str(Locale.parse(language, sep="-").date_formats["short"].pattern).lower()
    except (UnknownLocaleError, ValueError):
        return None
    return pattern.index("m") < pattern.index("d")


def _in_figures(first: int, second: int, year: int, language: str) -> date:
    """A day in figures; where only one order gives a day of the calendar, that one."""
    readings = {(first, second), (second, first)}
    possible = [(day, month) for day, month in readings if 1 <= month <= 12 and 1 <= day <= 31]
    if len(possible) == 2:
        month_first = _month_goes_first(language)
        if month_first is None:
            raise UnreadableDate("may be read in two ways in an unknown language")
        possible = [(second, first) if month_first else (first, second)]
    if not possible:
        raise UnreadableDate("is not a day of the calendar")
    day, month = possible[0]
    return _day(year, month, day)


@lru_cache(maxsize=4096)
def _written_out(written: str, language: str) -> Published:
    """A date in words, with or without the words that announce it."""
    if cues().updated.match(written):
        raise UnreadableDate("is the date of a later change, not of the publication")
    announced = cues().published.match(written)
    words = written[announced.end() :].lstrip(" \t\xa0\u202f:,–-") if announced else written
    found = _by_dateparser(words, language)
    if found is not None:
        return found
    spans = {span for span in map(re.Match.group, _SPAN.finditer(words)) if span != written}
    days = {found for span in spans if (found := _by_either(span, language)) is not None}
    if len(days) == 1:
        return days.pop()
    raise UnreadableDate("names more than one day" if days else "names no full day of the calendar")


def _by_either(span: str, language: str) -> Published | None:
    """A cut-out date, in figures or in words; None if it is none."""
    try:
        if _ISO.fullmatch(span) or _NUMERIC.fullmatch(span):
            return _of_string(span, language)
    except UnreadableDate:
        return None
    return _by_dateparser(span, language)


@cache
def _dateparser(language: str) -> "DateDataParser":
    """dateparser for absolute dates only, the given language first."""
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    primary = language.split("-")[0]
    wanted = dict.fromkeys((primary, *languages()))
    return DateDataParser(
        languages=[code for code in wanted if code in language_order],
        try_previous_locales=False,
        use_given_order=True,
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_TIME_AS_PERIOD": True,
        },
    )


@lru_cache(maxsize=4096)
def _by_dateparser(words: str, language: str) -> Published | None:
    """A written-out date, believed only if its day and its year stand in the words as numbers."""
    numbers = {int(digits) for digits in re.findall(r"\d{1,4}", words)}
    if not numbers or max(numbers) < EARLIEST_YEAR:
        return None
    try:
        read = _dateparser(language).get_date_data(words)
    except Exception:  # two hundred locales of third-party data: whatever fails there, this is no date
        return None
    moment = read.date_obj
    if moment is None or not {moment.day, moment.year} <= numbers:
        return None
    return _of_datetime(moment) if read.period == "time" else Published(moment.date())


@cache
def _announcement() -> re.Pattern[str]:
    """A cue, at most five words (an author, an article, a weekday), a full date, a time of day."""
    gap = rf"[\s:,–-]{{0,5}}(?:{_WORD}{{1,15}}\.?,?\s{{1,3}}){{0,5}}"
    return re.compile(
        rf"(?P<cue>{cues().published.pattern})(?P<gap>{gap})(?P<day>{_WRITTEN_DAY}){_CLOCK}?", re.IGNORECASE
    )


def announced_date(text: str, language: str, *, today: date | None = None) -> Published | None:
    """The first date that a page's visible text announces as its publication ("Published on 3 May 2024 at 10:15").

    The cue stands in a short line, at its start, after a separator, or with a capital: in prose ("the report published
    on 3 May 2024 says") it announces something else. Dates of updates are passed over.
    """
    for line in text.splitlines():
        if (found := _announced_in(line.strip(), language, today)) is not None:
            return found
    return None


def _announced_in(line: str, language: str, today: date | None) -> Published | None:
    if len(line) > LINE_CHARS:
        return None
    for match in _announcement().finditer(line):
        before = line[: match.start()].rstrip()
        if not before or before[-1] in _SEPARATORS or match["cue"][0].isupper():
            found = _announced(match, language, today)
            if found is not None:
                return found
    return None


def _announced(match: re.Match[str], language: str, today: date | None) -> Published | None:
    if cues().updated.search(match["gap"]):
        return None
    return _believed(match[0][match.start("day") - match.start() :], language, today) or _believed(
        match["day"], language, today
    )


def _believed(span: str, language: str, today: date | None) -> Published | None:
    """A guessed date: one that cannot be read or is implausible is no date and no fault."""
    try:
        return read_date(span, language, today=today)
    except UnreadableDate:
        return None


def dateline(text: str, language: str, *, alone: bool = True, today: date | None = None) -> Published | None:
    """The date of a text's dateline: one that opens a line within the first `DATELINE_CHARS` code points.

    It must stand alone on its line, be followed by a dash, or be announced by a cue; a place and an agency may stand
    around it ("LYON, 14 nov. 2024 (AGENCY) –"). Only a full day, month and year counts.

    Args:
        text: the article's text.
        language: BCP 47.
        alone: whether a date alone on its line counts; on a page it may be that of an update.
        today: for tests; dates much after it are not believed.
    """
    start = 0
    for line in text[: DATELINE_CHARS + 200].splitlines(keepends=True):
        if start > DATELINE_CHARS:
            break
        start += len(line)
        line = line.strip()
        match = None if line[:1].islower() else _DATELINE.match(line)
        if match is not None and (alone or match["end"]) and not (match["place"] or "A")[0].islower():
            found = _believed(match["day"], language, today)
        else:
            found = _announced_in(line, language, today)
        if found is not None:
            return found
    return None


_NAME_DATE = re.compile(r"(?<![0-9])([0-9]{4})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_PATH_DATE = re.compile(r"/([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?=/)")


def name_date(name: str, *, today: date | None = None) -> Published | None:
    """The day that a file's name carries (2024-11-18_x.txt, 20241118-x, 2016_01_01-001), if it carries exactly one.

    Args:
        name: a file name, or the path of a file or URL: its folders count only as /2024/11/18/.
        today: for tests; dates much after it are not believed.
    """
    folders, _, last = name.rpartition("/")
    named = {f"{match[1]}-{match[3]}-{match[4]}" for match in _NAME_DATE.finditer(last)}
    named = named or {f"{match[1]}-{match[2]}-{match[3]}" for match in _PATH_DATE.finditer(f"/{folders}/")}
    days = {found for day in named if (found := _believed(day, UNDETERMINED, today)) is not None}
    return days.pop() if len(days) == 1 else None
