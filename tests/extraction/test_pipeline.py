"""The one door into extraction: what comes out is proven by the text, whatever the text."""

import datetime as dt
import gc
import re
import subprocess
import sys
import tomllib
import unicodedata
from importlib import resources

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extraction import extract_batch, extractor_version
from etl.extraction.mentions import EventMention, QuantityMention, TimeMention
from etl.validation import validate
from schemas import MENTIONS, derive

NEWS = (
    "Nantes – Au moins 12 personnes, dont deux enfants, ont été tuées mardi dans l’explosion d’une usine, a indiqué "
    "la préfecture. Environ 1 500 habitants ont été évacués. Le ministre de l'Intérieur se rendra sur place le 14 mars."
)


def batch(*texts: str, language: str = "fr") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(len(texts))],
            "language": [language] * len(texts),
            "published_on": [dt.date(2026, 3, 5)] * len(texts),
            "text": list(texts),
        }
    )


def words_of_news(language: str) -> st.SearchStrategy[str]:
    """Texts that look like news without being any: the words and phrases of the language's examples, anyhow."""
    files = sorted((resources.files("etl") / "languages" / language / "examples").iterdir(), key=lambda file: file.name)
    told = [row["in"] for file in files for rows in tomllib.loads(file.read_text("utf-8")).values() for row in rows]
    words = sorted({word for text in told for word in text.split(" ")})
    phrases = [text[at : at + 30] for text in told for at in range(0, len(text), 30)]
    pieces = st.one_of(
        st.sampled_from(words), st.sampled_from(phrases), st.sampled_from(["« ", " »", "\n", "…", "le 1er"])
    )
    return st.lists(pieces, max_size=40).map(" ".join)


TEXTS = {language: words_of_news(language) for language in ("fr", "en", "es")}
ANYTHING = [(language, st.text(max_size=200)) for language in ("fr", "en", "de", "und")]


@pytest.mark.parametrize(("language", "texts"), [*TEXTS.items(), *ANYTHING])
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_every_mention_is_valid_and_proven_by_its_text(
    language: str, texts: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(texts)
    found = extract_batch(batch(text, language=language))
    assert found.failed == {}
    for table, frame in found.tables().items():
        assert validate(table, frame, {"a0": text}).rejected.to_dicts() == [], table


def test_an_article_is_forgotten_at_once() -> None:
    """Nothing that was made for it waits for the cycle collector, so that memory stays flat over any corpus."""
    articles = batch(
        NEWS + " « Nous cherchons encore », a déclaré Jeanne Maurin. Elle a ajouté que deux murs tombaient."
    )
    extract_batch(articles)
    gc.collect()
    gc.disable()
    try:
        extract_batch(articles)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_batch_gives_what_its_articles_give_alone() -> None:
    together = extract_batch(batch(NEWS, "Rien.", NEWS + " Fin."))
    for table in MENTIONS:
        if table != "event_quantities":
            alone = extract_batch(batch(NEWS)).tables()[table]
            assert together.tables()[table].filter(pl.col("article_id") == "a0").equals(alone)


def test_an_article_that_cannot_be_extracted_costs_the_others_nothing() -> None:
    textless = batch(NEWS, NEWS).with_columns(text=pl.Series([NEWS, None]))
    found = extract_batch(textless)
    assert list(found.failed) == ["a1"]
    assert re.fullmatch(r"\w+Error: .+ \(\w+\.py, line \d+\)", found.failed["a1"])
    assert found.event_mentions.equals(extract_batch(batch(NEWS)).event_mentions)


def test_ids_are_the_same_every_time_and_differ_between_articles() -> None:
    first, again = extract_batch(batch(NEWS, NEWS)), extract_batch(batch(NEWS, NEWS))
    for table in ("time_mentions", "quantity_mentions", "event_mentions"):
        ids = first.tables()[table]["mention_id"]
        assert ids.to_list() == again.tables()[table]["mention_id"].to_list()
        assert ids.is_unique().all()
        assert ids.len() > 0


def test_an_empty_batch_gives_empty_tables_with_all_columns() -> None:
    for table, frame in extract_batch(batch()).tables().items():
        assert frame.is_empty()
        assert dict(frame.schema) == dict(derive.frame_schema(table))


def test_texts_in_decomposed_unicode_give_the_same_mentions_at_their_own_offsets() -> None:
    text = "Le ministre a été blessé à Orléans le 3 août 2025, a déclaré la préfète."
    decomposed = unicodedata.normalize("NFD", text)
    assert len(decomposed) > len(text)
    composed, own = (extract_batch(batch(t)) for t in (text, decomposed))
    assert (
        own.time_mentions["timex_value"].to_list() == composed.time_mentions["timex_value"].to_list() == ["2025-08-03"]
    )
    for table, frame in own.tables().items():
        assert frame.height == composed.tables()[table].height
        assert validate(table, frame, {"a0": decomposed}).rejected.is_empty()


def test_mentions_carry_every_column_that_is_not_the_pipelines_own() -> None:
    own = {"mention_id", "article_id", "sentence", "text", "trigger"}
    derived = {
        "interval": {"attribution_start", "attribution_end"},
        "event": {"time_mention_id", "evidence_start", "evidence_end"},
    }
    known = own | derived["interval"] | derived["event"]
    for table, record in (
        ("time_mentions", TimeMention),
        ("quantity_mentions", QuantityMention),
        ("event_mentions", EventMention),
    ):
        columns = set(derive.frame_schema(table))
        assert columns - known <= set(record._fields)


def test_the_extractor_version_is_the_same_in_every_process() -> None:
    """Else every refresh would extract everything again."""
    assert re.fullmatch("[0-9a-f]{12}", extractor_version())
    asked = "from etl.extraction import extractor_version; print(extractor_version())"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == extractor_version()
