"""The shipped sample articles: read as they are, in every format, and dated as each of them tells its date."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from etl.settings import SHIPPED
from etl.sources import Given, RawArticle, read_sources

SAMPLES = SHIPPED / "etl" / "sources" / "samples"


@pytest.fixture(scope="module")
def articles() -> list[RawArticle]:
    read = list(read_sources([str(SAMPLES)], Given(), max_chars=5_000_000))
    assert all(isinstance(item, RawArticle) for item in read), [
        item for item in read if not isinstance(item, RawArticle)
    ]
    return [item for item in read if isinstance(item, RawArticle)]


def test_there_are_enough_of_them_in_both_languages_and_from_several_outlets(articles: list[RawArticle]) -> None:
    assert len(articles) >= 14
    languages = Counter(article.language for article in articles)
    assert set(languages) == {"fr", "en"}
    assert min(languages.values()) >= 5
    assert len({article.source for article in articles if article.source}) >= 5


def test_they_are_of_two_weeks_and_each_is_dated(articles: list[RawArticle]) -> None:
    days = {article.published_on for article in articles}
    assert None not in days
    assert min(day for day in days if day) == dt.date(2026, 3, 2)
    assert max(day for day in days if day) == dt.date(2026, 3, 16)


def test_they_show_every_way_to_tell_the_publication_date(articles: list[RawArticle]) -> None:
    assert {article.published_from for article in articles} == {"metadata", "sidecar", "html", "filename", "text"}


def test_they_are_short_articles(articles: list[RawArticle]) -> None:
    for article in articles:
        assert 120 <= len(article.text.split()) <= 350, article.article_id


def test_they_come_in_the_usual_formats() -> None:
    endings = {Path(file.name).suffix for file in SAMPLES.iterdir()}
    assert endings == {".txt", ".md", ".html", ".json", ".jsonl", ".csv"}


def test_the_page_is_the_article_without_its_frame(articles: list[RawArticle]) -> None:
    (page,) = (article for article in articles if article.published_from == "html")
    assert page.title == "Crue du Lot : 21 morts, les recherches sont terminées"
    assert "21\u00a0morts" in page.text or "21 morts" in page.text
    for noise in ("S’abonner", "Rugby", "Mentions légales"):
        assert noise not in page.text
