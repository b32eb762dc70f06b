"""Times: what holds for any text, texts without a date, languages without rules, and broken language data."""

import datetime as dt
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import TimeMention
from etl.extraction.times import find_times
from etl.extraction.times.calendar import Period, easter, holiday, period_of
from etl.extraction.times.resolve import ACTIONS
from etl.extraction.times.vocabulary import NOTHING, compile_grammar, grammar
from schemas.vocabulary import (
    ANCHORS,
    DIRECTION_SOURCES,
    DIRECTIONS,
    GRANULARITIES,
    TIMEX_MODS,
    TIMEX_TYPES,
    TIMEX_VALUE,
)

PUBLISHED = dt.date(2024, 11, 18)
LANGUAGES = ("fr", "en", "es")


def _times(text: str, code: str = "fr", published: dt.date | None = PUBLISHED) -> list[TimeMention]:
    document = lexicon.reader(code).read(text, published)
    return find_times(document, Clauses(document))


def _check(text: str, mentions: list[TimeMention]) -> None:
    """What every row must be for its Pandera model, and for whoever reads it."""
    end = 0
    for mention in mentions:
        assert end <= mention.start_char < mention.end_char <= len(text)
        assert text[mention.start_char : mention.end_char].strip() == text[mention.start_char : mention.end_char]
        end = mention.end_char
        assert mention.timex_type in TIMEX_TYPES
        assert mention.timex_value is None or re.match(TIMEX_VALUE, mention.timex_value), mention
        assert mention.timex_mod is None or mention.timex_mod in TIMEX_MODS
        assert mention.granularity is None or mention.granularity in GRANULARITIES
        assert mention.anchor in ANCHORS
        assert (mention.direction is None) == (mention.direction_from is None)
        assert mention.direction is None or mention.direction in DIRECTIONS
        assert mention.direction_from is None or mention.direction_from in DIRECTION_SOURCES
        assert mention.rule
        if mention.interval_start is not None and mention.interval_end is not None:
            assert mention.interval_start < mention.interval_end


_PIECES = """
le la l' du au de des en il_y_a dans depuis 1er 3 12 29 31 2024 1999 0 99 février mai août lundi dimanche
matin soir nuit h heures ans mois siècle XIXe prochain dernier suivant début fin mi - / , . à et été hiver
trimestre premier deuxième années 60 Noël Pâques lendemain veille plus_tard deux mille chaque tous_les hier
demain aujourd’hui a_lancé sera 20:30 24 minuit quelques cette ce 999999999999 ½
"""


@given(st.lists(st.sampled_from(_PIECES.split()), max_size=40), st.dates() | st.none(), st.sampled_from(LANGUAGES))
@example(["ce", "0", "années"], dt.date(2024, 3, 5), "fr")
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_time_words_gives_sound_rows(pieces: list[str], published: dt.date | None, code: str) -> None:
    text = " ".join(pieces).replace("_", " ")
    _check(text, _times(text, code, published))


@given(st.lists(st.sampled_from(_PIECES.split()), max_size=20), st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
def test_the_sieve_lets_through_every_rule_that_fits(pieces: list[str], code: str) -> None:
    rules = grammar(code)
    assert rules is not None
    codes = rules.codes.of(lexicon.reader(code).read(" ".join(pieces).replace("_", " "))) + NOTHING
    for first in range(len(codes) - 1):
        fitting = {number for number, rule in enumerate(rules.rules) if rule.regex.match(codes, first, len(codes) - 1)}
        assert not fitting or rules.viable[ord(codes[first]), ord(codes[first + 1])]
        state = rules.automaton[codes[first - 1]]
        for following in codes[first:]:
            state = state[following] if state.open else state
        assert fitting <= set(state.rules)


@given(st.text(max_size=300), st.sampled_from((*LANGUAGES, "de", "und")))
@settings(max_examples=150, deadline=None)
def test_any_text_in_any_language_gives_sound_rows(text: str, code: str) -> None:
    _check(text, _times(text, code))


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "7 ",
        " ",
        "\n",
        "le 1er le 1er ",
        "du 3 au ",
        "lundi ",
        "entre 2019 et ",
        "1-",
        "20 h ",
        "il y a ",
        "nuit du 9 au ",
        "«",
        "mai 12 ",
    ],
)
def test_a_megabyte_of_repetition_is_read_to_its_end(unit: str) -> None:
    """A pattern that explodes would not end within anybody's patience; the benchmarks print how the time grows."""
    text = unit * (1_000_000 // len(unit))
    _check(text, _times(text))


def test_without_a_publication_date_values_stay_open_and_nothing_is_made_up() -> None:
    told = {
        m.timex_value for m in _times("Dimanche, hier, le 13 novembre, en août et la semaine dernière.", published=None)
    }
    assert told == {"XXXX-WXX-7", "XXXX-XX-XX", "XXXX-11-13", "XXXX-08", "XXXX-WXX"}
    assert all(
        m.interval_start is None and m.direction is None
        for m in _times("Dimanche, hier, le 13 novembre, en août et la semaine dernière.", published=None)
    )


def test_a_month_gets_no_day() -> None:
    (mention,) = _times("L'usine a fermé en août.")
    assert (mention.timex_value, mention.granularity) == ("2024-08", "month")
    assert mention.interval_start == dt.datetime(2024, 8, 1)
    assert mention.interval_end == dt.datetime(2024, 9, 1)


def test_direction_says_what_decided_it() -> None:
    def told(text: str) -> tuple[str | None, str | None]:
        (mention,) = _times(text)
        return mention.direction, mention.direction_from

    assert told("Le maire quittera son poste en janvier.") == ("future", "tense")
    assert told("Le maire a quitté son poste en janvier.") == ("past", "tense")
    assert told("Le maire a quitté son poste la semaine dernière.") == ("past", "words")
    assert told("D'ici à mars, tout est possible.") == ("future", "words")
    assert told("Élections : le point samedi.") == ("past", "default")


def test_modifiers_and_precision_are_told() -> None:
    (part,) = _times("Le stade ouvrira fin juin.")
    assert (part.timex_mod, part.approximate) == ("END", False)
    (about,) = _times("L'attente est d'environ deux heures.")
    assert (about.timex_mod, about.approximate) == ("APPROX", True)


def test_duration_that_the_text_pins_down_has_an_interval() -> None:
    (since,) = _times("La frontière est fermée depuis trois ans.")
    assert (since.interval_start, since.interval_end) == (dt.datetime(2021, 11, 18), dt.datetime(2024, 11, 18))
    (coming,) = _times("Il pleuvra les deux prochains jours.")
    assert (coming.interval_start, coming.interval_end) == (dt.datetime(2024, 11, 18), dt.datetime(2024, 11, 20))
    (loose,) = _times("Le siège a duré six mois.")
    assert loose.interval_start is None


def test_clock_times_cover_their_minute_or_hour() -> None:
    _, exact = _times("Dimanche, l'alarme a retenti à 20 h 30.")
    assert (exact.interval_start, exact.interval_end) == (
        dt.datetime(2024, 11, 17, 20, 30),
        dt.datetime(2024, 11, 17, 20, 31),
    )
    _, hour = _times("Dimanche, l'alarme a retenti à 20 heures.")
    assert hour.interval_end == dt.datetime(2024, 11, 17, 21)


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_typography_makes_no_difference(apostrophe: str, space: str) -> None:
    text = f"L{apostrophe}usine rouvre aujourd{apostrophe}hui à 20{space}h{space}30, AUJOURD{apostrophe}HUI !"
    assert [m.timex_value for m in _times(text)] == ["2024-11-18T20:30", "2024-11-18"]


def test_a_language_without_rules_gives_explicit_dates_alone_marked_by_their_rule() -> None:
    text = "Am Montag, dem 3. März 2021 und am 14.11.2020 traf er 55,5 Personen, ja, im Januar."
    found = [(text[m.start_char : m.end_char], m.timex_value, m.rule) for m in _times(text, "de")]
    assert found == [("3. März 2021", "2021-03-03", "dateparser"), ("14.11.2020", "2020-11-14", "dateparser")]


def test_movable_holidays_are_computed() -> None:
    assert [easter(year) for year in (1999, 2008, 2024, 2025, 2038)] == [
        dt.date(1999, 4, 4),
        dt.date(2008, 3, 23),
        dt.date(2024, 3, 31),
        dt.date(2025, 4, 20),
        dt.date(2038, 4, 25),
    ]
    assert holiday("11-4*4").on(2024) == dt.date(2024, 11, 28)
    assert holiday("5-1*-1").on(2024) == dt.date(2024, 5, 27)


@given(st.dates(dt.date(1000, 1, 1), dt.date(3000, 1, 1)), st.integers(-200, 200))
def test_periods_hold_their_day_and_tile_the_calendar(day: dt.date, count: int) -> None:
    for granularity in ("day", "week", "month", "quarter", "half", "season", "year", "decade", "century"):
        period = period_of(day, granularity)
        assert period.start <= day < period.end
        assert re.match(TIMEX_VALUE, period.value)
        later = period.shifted(count if granularity not in ("decade", "century") else 1)
        assert isinstance(later, Period)
        assert later.granularity == granularity
        following = period.shifted(1)
        assert following is not None
        assert following.start == period.end


def test_every_rule_of_every_language_has_a_name_and_a_known_action() -> None:
    for code in LANGUAGES:
        rules = lexicon.data(code, "times")["rules"]
        assert all(rule["name"] and rule["read"] in ACTIONS for rule in rules)
        names = [rule["name"] for rule in rules]
        assert len(names) == len(set(names)), code


@pytest.mark.parametrize(
    ("pattern", "fault"), [("le (MONTH", "unbalanced"), ("le NOROLE", "unknown role"), ("le | ", "empty alternative")]
)
def test_a_malformed_pattern_says_which_rule_and_why(pattern: str, fault: str) -> None:
    described = {"roles": {"MONTH": {"mai": 5}}, "rules": [{"name": "mine", "read": "date", "pattern": pattern}]}
    with pytest.raises(ValueError, match=f"xx, rule mine: {fault}"):
        compile_grammar("xx", described, {})
