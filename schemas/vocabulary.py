"""The closed lists and grammars that columns are checked against. Words of any language do not belong here.

Sources: TIMEX3 (ISO-TimeML 1.2), PLOVER codebook 2.0 for the first 16 event types, ISO 4217, UCUM 2.1.
"""

PUBLISHED_FROM = ("metadata", "html", "sidecar", "filename", "text", "given", "unknown")

TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
TIMEX_MODS = (
    "START",
    "MID",
    "END",
    "APPROX",
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
)
GRANULARITIES = (
    "century",
    "decade",
    "year",
    "half",
    "quarter",
    "season",
    "month",
    "week",
    "weekend",
    "day",
    "part_of_day",
    "hour",
    "minute",
    "second",
)
ANCHORS = ("publication", "mention", "calendar", "none")
DIRECTIONS = ("past", "present", "future")
DIRECTION_SOURCES = ("words", "tense", "default")

BOUNDS = ("exact", "approximately", "at_least", "more_than", "at_most", "less_than", "between")
CHANGES = ("increase", "decrease")
MEASURES = (
    "killed",
    "injured",
    "missing",
    "captured",
    "detained",
    "released",
    "displaced",
    "evacuated",
    "rescued",
    "infected",
    "hospitalised",
    "vaccinated",
    "launched",
    "intercepted",
    "destroyed",
    "damaged",
    "deployed",
    "employed",
    "laid_off",
    "hired",
    "demonstrated",
    "struck",
    "voted",
    "won",
    "convicted",
    "paid",
    "pledged",
    "delivered",
    "cost",
    "invested",
    "raised",
    "stolen",
    "seized",
    "fined",
    "sold",
    "produced",
    "attended",
)
"""What happened to the things counted; see each one's words in `etl/languages/<code>/measures`."""

PLOVER_TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
EVENT_TYPES = (
    *PLOVER_TYPES,
    "DECIDE",
    "ELECT",
    "APPOINT",
    "JUSTICE",
    "CRIME",
    "ACCIDENT",
    "DISASTER",
    "HEALTH",
    "ECONOMY",
    "MOVE",
    "LIFE",
    "SPORT",
    "CULTURE",
    "SCIENCE",
    "STATEMENT",
    "OTHER",
)
DATE_SOURCES = ("text", "context", "publication")
MODALITIES = ("asserted", "planned", "possible", "negated")

LANGUAGE_TAG = r"^(und|[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?)$"
"""The part of BCP 47 that news needs: language, script, region."""

UNIT = r"^(count|%|\[pp\]|[A-Z]{3}|[A-Za-z0-9'%/.*\[\]_-]+)$"
"""`count`, `%`, `[pp]` (percentage points), an ISO 4217 code, or a UCUM symbol."""

_YEAR = r"(?:[0-9X]{4}|BC[0-9]{4})"
_DAY = rf"{_YEAR}-(?:0[1-9]|1[0-2]|XX)-(?:0[1-9]|[12][0-9]|3[01]|XX)"
_WEEK = rf"{_YEAR}-W(?:0[1-9]|[1-4][0-9]|5[0-3]|XX)(?:-(?:[1-7]|WE|X))?"
_CALENDAR = "|".join(
    (
        r"[0-9X]{2}",  # century
        r"[0-9X]{3}",  # decade
        _YEAR,
        rf"{_YEAR}-(?:0[1-9]|1[0-2]|XX)",
        _DAY,
        _WEEK,
        rf"{_YEAR}-(?:Q[1-4X]|H[1-2X]|SP|SU|FA|WI)",
    )
)
_PART = r"T(?:MO|MI|AF|EV|NI|DT)"
_CLOCK = (
    r"T(?:[01][0-9]|2[0-4]|XX)(?::(?:[0-5][0-9]|XX)(?::[0-5][0-9](?:\.[0-9]+)?)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|X)"
_DATE_PARTS = "|".join(
    rf"{_NUMBER}{unit}" for unit in ("Y", "M", "W", "WE", "D", "Q", "H", "DE", "CE", "SU", "SP", "FA", "WI")
)
_TIME_PARTS = "|".join(rf"{_NUMBER}{unit}" for unit in ("H", "M", "S"))
_DURATION = rf"P(?:(?:{_DATE_PARTS})+(?:T(?:{_TIME_PARTS})+)?|T(?:{_TIME_PARTS}|MO|AF|EV|NI|DT)+)"

_REFERENCE = "PRESENT_REF|PAST_REF|FUTURE_REF"

TIMEX_VALUE = (
    "^(?:"
    + "|".join((_CALENDAR, rf"(?:{_DAY}|{_WEEK})(?:{_PART}|{_CLOCK})", _PART, _CLOCK, _DURATION, _REFERENCE))
    + ")$"
)
"""The TIMEX3 value grammar (ISO-TimeML), with `2024-W46-WE` weekends and `2024-H1` semesters."""
