"""What the views answer, on a real published database."""

import datetime as dt
from importlib import resources
from typing import Any

import duckdb
import pytest

VIEWS = {
    file.name.removesuffix(".sql"): file.read_text("utf-8")
    for file in (resources.files("warehouse") / "views").iterdir()
    if file.name.endswith(".sql")
}


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_column_is_documented_and_no_other(newsroom: Any, view: str) -> None:
    from etl.queries import view_documentation

    with duckdb.connect(str(newsroom.publish()), read_only=True) as connection:
        columns = [column[0] for column in connection.execute(f"SELECT * FROM {view}").description or ()]
    documentation = view_documentation(VIEWS[view])
    assert documentation.name == view
    assert documentation.summary
    assert list(documentation.columns) == columns
    assert all(documentation.columns.values())


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-03-03", "2026-03-04", "2026-03-03"),
        ("2026-03-03", "2026-03-06", "2026-03-03/2026-03-05"),
        ("2026-03-01", "2026-04-01", "2026-03"),
        ("2026-01-01", "2026-04-01", "2026-01/2026-03"),
        ("2026-01-01", "2027-01-01", "2026"),
        ("1990-01-01", "2000-01-01", "1990/1999"),
        ("2026-03-03T04:30", "2026-03-03T04:31", "2026-03-03T04:30"),
        ("2026-03-03T18:00", "2026-03-04", "2026-03-03"),
        ("2026-03-02T18:00", "2026-03-03T06:00", "2026-03-02/2026-03-03"),
        ("2026-03-03", None, "2026-03-03/.."),
        (None, "2026-03-04", "../2026-03-03"),
    ],
)
def test_a_date_is_never_told_more_precisely_than_it_is_known(
    newsroom: Any, read: Any, start: str | None, end: str | None, told: str
) -> None:
    newsroom.article("a", "The river burst its banks.")
    newsroom.event("a", "burst", start, end)
    (row,) = read(newsroom.publish(), "SELECT event_date FROM timeline")
    assert row["event_date"] == told


@pytest.mark.parametrize(
    ("value", "given", "words"),
    [
        (10, {"bound": "at_least", "measure": "killed"}, "≥ 10 killed"),
        (120, {"bound": "approximately", "object": "missiles"}, "≈ 120 missiles"),
        (55.5e9, {"unit": "USD"}, "55.5 billion USD"),
        (2_300_000, {"unit": "EUR", "object": "aides", "measure": "paid"}, "2.3 million EUR paid (aides)"),
        (1_234_567, {"object": "voters"}, "1,234,567 voters"),
        (11_000, {"bound": "more_than", "measure": "evacuated", "object": "people"}, "> 11,000 evacuated (people)"),
        (17, {"bound": "between", "value_high": 21.0, "measure": "killed"}, "17–21 killed"),
        (310e6, {"bound": "between", "value_high": 340e6, "unit": "EUR"}, "310–340 million EUR"),
        (800e6, {"bound": "between", "value_high": 1.2e9, "unit": "EUR"}, "0.8–1.2 billion EUR"),
        (61, {"unit": "a"}, "61 years"),
        (3.2, {"unit": "%", "change": "decrease"}, "down 3.2 %"),
        (2, {"unit": "[pp]", "change": "increase"}, "up 2 percentage points"),
        (38, {"unit": "%", "object": "conducteurs", "measure": "struck"}, "38 % struck (conducteurs)"),
        (300, {"unit": "km", "bound": "at_most", "object": "portée"}, "≤ 300 km (portée)"),
        (8, {"additional": True, "object": "personnes", "measure": "injured"}, "another 8 injured (personnes)"),
        (620, {"measure": "laid_off"}, "620 laid off"),
        (-12, {"unit": "Cel"}, "-12 °C"),
        (0, {"object": "votes"}, "0 votes"),
        (0.0004, {"unit": "g"}, "0.0004 g"),
        (6.4, {}, "6.4"),
        (6.4, {"unit": "1", "object": "magnitude"}, "6.4 magnitude"),
        (1e300, {}, "1e+300"),
    ],
)
def test_figures_in_words(newsroom: Any, read: Any, value: float, given: dict[str, Any], words: str) -> None:
    newsroom.article("a", "The river burst: NUMBER.")
    newsroom.event("a", "burst", "2026-03-03", "2026-03-04", figures=(newsroom.figure("a", "NUMBER", value, **given),))
    (row,) = read(newsroom.publish(), "SELECT figures FROM timeline")
    assert row["figures"] == [words]


def test_a_part_of_another_figure_says_so(newsroom: Any, read: Any) -> None:
    newsroom.article("a", "The flood killed 17 people, including two children.")
    whole = newsroom.figure("a", "17", 17, measure="killed", object="people")
    part = newsroom.figure("a", "two", 2, measure="killed", object="children", subset_of=whole)
    newsroom.event("a", "killed", "2026-03-03", "2026-03-04", figures=(part, whole))
    (row,) = read(newsroom.publish(), "SELECT figures FROM article_events")
    assert row["figures"] == ["17 killed (people)", "of which 2 killed (children)"]


def test_a_figure_names_its_own_claimant(newsroom: Any, read: Any) -> None:
    newsroom.article("a", "Police said 6,000 rallied, unions 20,000, a paper 9,000.")
    figures = (
        newsroom.figure("a", "6,000", 6_000, attribution="Police", object="people"),
        newsroom.figure("a", "20,000", 20_000, attribution="unions", object="people"),
        newsroom.figure("a", "9,000", 9_000),
    )
    newsroom.event("a", "rallied", "2026-03-03", "2026-03-04", figures=figures, attribution="Police")
    (row,) = read(newsroom.publish(), "SELECT figures, attribution FROM timeline")
    assert row == {"figures": ["6,000 people", "20,000 people — unions", "9,000"], "attribution": "Police"}


def test_evidence_is_cut_by_code_points(newsroom: Any, read: Any) -> None:
    sentence = "La crue\u202fa tué «\u00a0neuf\u00a0» habitants d’Évora e\u0301tage 👩\u200d🚒."
    newsroom.article("a", f"👨\u200d👩\u200d👧 Cafe\u0301 fermé 🇵🇪. {sentence} Fin 🙂.")
    newsroom.event("a", "tué", "2026-03-03", "2026-03-04", evidence=sentence)
    (row,) = read(newsroom.publish(), "SELECT evidence FROM timeline")
    assert row["evidence"] == sentence


def test_the_timeline_is_in_order_and_asserted_comes_first(newsroom: Any, read: Any) -> None:
    newsroom.article("a", "burst warned undated said fled feared march denied")
    day = ("2026-03-03", "2026-03-04")
    newsroom.event("a", "march", "2026-03-14", "2026-03-15", modality="planned")
    newsroom.event("a", "denied", *day, modality="negated")
    newsroom.event("a", "feared", *day, modality="possible")
    newsroom.event("a", "fled", *day, attribution="said")
    newsroom.event("a", "undated")
    newsroom.event("a", "burst", *day)
    newsroom.event("a", "warned", None, "2026-03-01")
    database = newsroom.publish()
    assert [(row["trigger"], row["told_as"]) for row in read(database, "FROM timeline")] == [
        ("warned", "reported"),
        ("burst", "reported"),
        ("fled", "claimed"),
        ("feared", "unconfirmed"),
        ("denied", "denied"),
        ("march", "planned"),
    ]
    assert [row["trigger"] for row in read(database, "FROM article_events WHERE event_date IS NULL")] == ["undated"]


def test_each_row_says_how_its_date_is_known(newsroom: Any, read: Any) -> None:
    newsroom.article("a", "On Tuesday the river burst.", source="Northfield Wire", title="Flood")
    time = newsroom.time("a", "Tuesday", "2026-03-03", "2026-03-03", "2026-03-04")
    newsroom.event("a", "burst", "2026-03-03", "2026-03-04", time_mention_id=time, places=["Cahors"])
    (row,) = read(newsroom.publish(), "FROM timeline")
    assert (row["time_expression"], row["date_source"]) == ("Tuesday", "text")
    assert (row["source"], row["title"], row["published_on"]) == ("Northfield Wire", "Flood", dt.date(2026, 3, 4))
    assert row["places"] == ["Cahors"]


def tell_a_toll(newsroom: Any, article_id: str, published: str | None, words: str, value: float, **given: Any) -> None:
    """One article that tells the toll of the flood of 3 March in Cahors."""
    newsroom.article(article_id, f"{words} dead, said {given.get('attribution', 'nobody')}", published)
    figure = newsroom.figure(article_id, words, value, measure="killed", object="Dead", **given)
    newsroom.event(article_id, "dead", "2026-03-03", "2026-03-04", figures=(figure,), places=["Cahors"])


def test_daily_figures_show_where_the_tellings_differ(newsroom: Any, read: Any) -> None:
    tell_a_toll(newsroom, "second", "2026-03-05", "17", 17, attribution="the agency")
    tell_a_toll(newsroom, "first", "2026-03-03", "12", 12, bound="at_least", attribution="the prefecture")
    tell_a_toll(newsroom, "third", "2026-03-05", "19 to 23", 19, value_high=23.0, bound="between")
    tell_a_toll(newsroom, "last", "2026-03-10", "21", 21, attribution="the prosecutor")
    tell_a_toll(newsroom, "undated", None, "14", 14)
    (row,) = read(newsroom.publish(), "FROM daily_figures")
    assert (row["day"], row["place"], row["measure"], row["object"]) == (
        dt.date(2026, 3, 3),
        "Cahors",
        "killed",
        "dead",
    )
    assert row["tellings"] == 5
    assert (row["lowest"], row["lowest_claimant"]) == (12, "the prefecture")
    assert row["lowest_figure"] == "≥ 12 killed (Dead)"
    assert (row["highest"], row["highest_claimant"]) == (23, None)
    assert (row["last"], row["last_claimant"], row["last_published_on"]) == (
        21,
        "the prosecutor",
        dt.date(2026, 3, 10),
    )


def test_daily_figures_leave_out_what_is_no_total_of_a_day(newsroom: Any, read: Any) -> None:
    newsroom.article("a", "burst in two places: 12 more dead, up 3, 40 planned, 7 in March, 5 seen")
    day = ("2026-03-03", "2026-03-04")
    more = newsroom.figure("a", "12", 12, measure="killed", additional=True)
    rise = newsroom.figure("a", "3", 3, measure="killed", change="increase")
    planned = newsroom.figure("a", "40", 40, measure="deployed")
    monthly = newsroom.figure("a", "7", 7, measure="injured")
    seen = newsroom.figure("a", "5", 5, object="Houses")
    part = newsroom.figure("a", "two", 2, object="houses", subset_of=seen)
    newsroom.event("a", "burst", *day, figures=(more, rise, seen, part), places=["Cahors", "Luzech"])
    newsroom.event("a", "dead", *day, figures=(seen,), places=["Luzech"])
    newsroom.event("a", "planned", *day, figures=(planned,), modality="planned")
    newsroom.event("a", "March", "2026-03-01", "2026-04-01", figures=(monthly,))
    rows = read(newsroom.publish(), "FROM daily_figures")
    assert [(row["place"], row["object"], row["tellings"]) for row in rows] == [
        ("Cahors", "houses", 1),
        ("Luzech", "houses", 1),
    ]


def test_what_is_coming(newsroom: Any, read: Any) -> None:
    newsroom.article("a", "strike march summit talks vote", "2026-03-11")
    newsroom.event("a", "summit", "2026-06-09", "2026-06-12", modality="planned", places=["Nairobi"])
    newsroom.event("a", "strike", "2026-03-19", "2026-03-20", modality="planned")
    newsroom.event("a", "vote", "2026-03-10", "2026-03-11", modality="planned")  # over before the announcement
    newsroom.event("a", "talks", "2026-03-20", "2026-03-21", modality="possible")
    newsroom.event("a", "march", "2026-03-14", "2026-03-15", modality="planned")
    rows = read(newsroom.publish(), "FROM what_is_coming WHERE event_start >= DATE '2026-03-16'")
    assert [(row["trigger"], row["event_date"]) for row in rows] == [
        ("strike", "2026-03-19"),
        ("summit", "2026-06-09/2026-06-11"),
    ]
    assert rows[0]["announced_on"] == dt.date(2026, 3, 11)
