"""What counts as a publication date, and what does not."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.dates import UnreadableDate, announced_date, dateline, name_date, read_date

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("2021-03-09", "und", date(2021, 3, 9)),
        ("2021/3/9", "und", date(2021, 3, 9)),
        ("20210309", "und", date(2021, 3, 9)),
        (20210309, "und", date(2021, 3, 9)),
        ("2021-03-09 07:05:00", "und", date(2021, 3, 9)),
        ("20210309070500", "und", date(2021, 3, 9)),
        ("09/03/2021", "fr", date(2021, 3, 9)),
        ("03/09/2021", "en", date(2021, 3, 9)),
        ("09/03/2021", "en-GB", date(2021, 3, 9)),
        ("31/03/2021", "en", date(2021, 3, 31)),
        ("09.03.2021 07:05", "fr", date(2021, 3, 9)),
        ("9 mars 2021", "fr", date(2021, 3, 9)),
        ("1er mars 2021", "fr", date(2021, 3, 1)),
        ("mardi 9 mars 2021 à 7h05", "fr", date(2021, 3, 9)),
        ("Publié le mardi 9 mars 2021 à 7 h 05", "fr", date(2021, 3, 9)),
        ("March 9th, 2021", "en", date(2021, 3, 9)),
        ("Published: 9 March 2021, 7:05 a.m.", "en", date(2021, 3, 9)),
        ("9 de marzo de 2021", "es", date(2021, 3, 9)),
        ("9 марта 2021", "ru", date(2021, 3, 9)),
        ("9. März 2021", "de", date(2021, 3, 9)),
        ("9 March 2021", "fr", date(2021, 3, 9)),
        (date(2021, 3, 9), "und", date(2021, 3, 9)),
    ],
)
def test_a_full_day_is_read_however_it_is_written(written: object, language: str, day: date) -> None:
    found = read_date(written, language, today=TODAY)
    assert found is not None
    assert found.on == day
    assert found.at is None, "without an offset a clock time is no instant"


@pytest.mark.parametrize(
    ("written", "day", "instant"),
    [
        ("2021-03-09T00:30:00+02:00", date(2021, 3, 9), datetime(2021, 3, 8, 22, 30, tzinfo=UTC)),
        ("2021-03-09T23:30:00.250Z", date(2021, 3, 9), datetime(2021, 3, 9, 23, 30, 0, 250_000, tzinfo=UTC)),
        ("2021-03-09 23:30-0500", date(2021, 3, 9), datetime(2021, 3, 10, 4, 30, tzinfo=UTC)),
        ("Tue, 09 Mar 2021 00:30:00 +0200", date(2021, 3, 9), datetime(2021, 3, 8, 22, 30, tzinfo=UTC)),
        ("9 mars 2021 à 07:05 UTC", date(2021, 3, 9), datetime(2021, 3, 9, 7, 5, tzinfo=UTC)),
        (1_615_300_200, date(2021, 3, 9), datetime(2021, 3, 9, 14, 30, tzinfo=UTC)),
        ("1615300200000", date(2021, 3, 9), datetime(2021, 3, 9, 14, 30, tzinfo=UTC)),
    ],
)
def test_the_day_is_the_one_that_is_written_and_the_instant_is_utc(written: object, day: date, instant: object) -> None:
    found = read_date(written, "fr", today=TODAY)
    assert found is not None
    assert (found.on, found.at) == (day, instant)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "hier",
            "lundi",
            "mars 2021",
            "2021",
            2021,
            "2021-03",
            "9 mars",
            "n/a",
            "31/02/2021",
            "2021-02-29",
            "0000-00-00",
        ),
        *("1204-03-09", "2199-01-01", "9 mars 2021 - 12 mars 2021", "Mis à jour le 9 mars 2021", "il y a 3 jours"),
        *("09/03/21", True, ["2021-03-09"], "9" * 5000, "x" * 5000, 10**400, float("inf"), "2021-13-45T99:99:99Z"),
    ],
)
def test_what_names_no_full_plausible_day_is_refused(written: object) -> None:
    with pytest.raises(UnreadableDate):
        read_date(written, "fr", today=TODAY)


def test_figures_that_may_be_read_in_two_ways_need_a_language() -> None:
    with pytest.raises(UnreadableDate, match="two ways"):
        read_date("03/04/2021", "und", today=TODAY)
    assert read_date("13/04/2021", "und", today=TODAY) is not None


@pytest.mark.parametrize("empty", [None, "", "  ", float("nan")])
def test_an_empty_field_is_no_fault(empty: object) -> None:
    assert read_date(empty, today=TODAY) is None


@given(st.datetimes(datetime(1700, 1, 2), datetime(2025, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_every_iso_instant_survives(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    found = read_date(aware.isoformat(), today=TODAY)
    assert found is not None
    assert (found.on, found.at) == (moment.date(), aware)


@given(
    st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.from_regex(r"[0-9/. :TZ+-]{4,30}", fullmatch=True))
)
def test_any_value_is_a_date_or_refused_as_one(value: object) -> None:
    try:
        found = read_date(value, "en", today=TODAY)
    except UnreadableDate:
        return
    assert found is None or date(1600, 1, 1) <= found.on <= TODAY + timedelta(days=731)


@given(st.text("0123456789 abcdefmars./-", max_size=30))
def test_no_day_is_made_up(value: str) -> None:
    try:
        found = read_date(f"{value} 2021", "fr", today=TODAY)
    except UnreadableDate:
        return
    if found is not None and not value.strip().isdigit():
        assert str(found.on.day) in value


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("9 mars 2021. - La mairie a rouvert ses portes.", "fr", date(2021, 3, 9)),
        ("La mairie rouvre\n\n9 mars 2021, 7h05 . – La mairie a rouvert.", "fr", date(2021, 3, 9)),
        ("9 mars 2021, Saint-Omer . – La mairie a rouvert.", "fr", date(2021, 3, 9)),
        ("LILLE, 9 mars 2021 (Agence) – La mairie a rouvert.", "fr", date(2021, 3, 9)),
        ("Lille, le mardi 9 mars 2021 — La mairie a rouvert.", "fr", date(2021, 3, 9)),
        ("(Lille) 9 mars 2021 - La mairie a rouvert.", "fr", date(2021, 3, 9)),
        ("LEEDS, England, March 9, 2021 /Wire/ -- The town hall reopened.", "en", date(2021, 3, 9)),
        ("LEEDS (Wire) - 9 Mar 2021 - The town hall reopened.", "en", date(2021, 3, 9)),
        ("Town hall reopens\nPublished on 9 March 2021\nThe town hall", "en", date(2021, 3, 9)),
        ("Publié le 9 mars 2021, mis à jour le 11 mars 2021\nLa mairie", "fr", date(2021, 3, 9)),
    ],
)
def test_a_dateline_dates_the_article(text: str, language: str, day: date) -> None:
    found = dateline(text, language, today=TODAY)
    assert found is not None
    assert found.on == day


@pytest.mark.parametrize(
    "text",
    [
        "La mairie, fermée le 9 mars 2021 - jour de marché -, a rouvert.",
        "Le 9 mars 2021, la mairie a rouvert.",
        "Depuis le 9 mars 2021 – ou presque – la mairie est ouverte.",
        "LILLE, 9 mars (Agence) – La mairie a rouvert.",
        "9 mars 2021, jour de fête - La mairie a rouvert.",
        "Mars 2021 - La mairie a rouvert.",
        "Mis à jour le 9 mars 2021\nLa mairie a rouvert.",
        "La mairie a rouvert. " * 30 + "\n9 mars 2021. – Trop loin.",
        "",
    ],
)
def test_a_date_in_the_prose_is_no_dateline(text: str) -> None:
    assert dateline(text, "fr", today=TODAY) is None


def test_a_page_announces_its_publication_not_its_update() -> None:
    page = "Accueil\nMis à jour le 12 mars 2021 à 9h00\nPublié par Zoé Lantier le mardi 9 mars 2021 à 7h05\nAgenda"
    found = announced_date(page, "fr", today=TODAY)
    assert found is not None
    assert found.on == date(2021, 3, 9)
    byline = "By Zoe Lantern | published 9 March 2021 | Last updated: 12 March 2021"
    found = announced_date(byline, "en", today=TODAY)
    assert found is not None
    assert found.on == date(2021, 3, 9)


@pytest.mark.parametrize(
    "line",
    [
        "Last updated: 12 March 2021",
        "A report published on 9 March 2021 says the harbour is safe.",
        "Un rapport publié le 9 mars 2021 juge le port sûr.",
        "Publié le 9 mars 2021, le rapport juge le port sûr, mais " + "il " * 50,
    ],
)
def test_a_date_that_prose_tells_is_not_the_publication(line: str) -> None:
    assert announced_date(line, "fr", today=TODAY) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2021-03-09_mairie.txt", date(2021, 3, 9)),
        ("20210309-mairie", date(2021, 3, 9)),
        ("2021_03_09-001.md", date(2021, 3, 9)),
        ("depeche.2021.03.09.html", date(2021, 3, 9)),
        ("archives/2021/03/09/mairie.txt", date(2021, 3, 9)),
        ("export-2021-03-09/mairie.txt", None),
        ("2021-03-01_2021-03-31.txt", None),
        ("mairie-120210309.txt", None),
        ("2021-02-31.txt", None),
        ("2021-03.txt", None),
        ("mairie.txt", None),
    ],
)
def test_a_file_name_may_carry_the_day(name: str, day: date | None) -> None:
    found = name_date(name, today=TODAY)
    assert (found and found.on) == day
