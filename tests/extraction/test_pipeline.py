"""The one door into extraction: what comes out is proven by the text, whatever the text."""

import datetime as dt
import unicodedata

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extraction import Mentions, extract_batch, extractor_version
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


def words_of_news() -> st.SearchStrategy[str]:
    """Texts that look like news without being any: what hostile and careless authors write."""
    pieces = st.sampled_from(
        [
            *NEWS.split(),
            "le 1er",
            "12",
            "1 000",
            "%",
            "selon",
            "« ",
            " »",
            "dont",
            "en mars",
            "dimanche",
            "\n",
            "L’",
            "3,5",
            "…",
        ]
    )
    return st.lists(pieces, max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(words_of_news(), st.text(max_size=200)), st.sampled_from(["fr", "en", "es", "de", "und"]))
def test_every_mention_is_valid_and_proven_by_its_text(text: str, language: str) -> None:
    articles = batch(text, language=language)
    for table, frame in extract_batch(articles).tables().items():
        assert validate(table, frame, {"a0": text}).rejected.to_dicts() == [], table


def test_a_batch_gives_what_its_articles_give_alone() -> None:
    together = extract_batch(batch(NEWS, "Rien.", NEWS + " Fin."))
    for table in MENTIONS:
        if table != "event_quantities":
            alone = extract_batch(batch(NEWS)).tables()[table]
            assert together.tables()[table].filter(pl.col("article_id") == "a0").equals(alone)


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


def test_the_extractor_version_is_stable_within_a_process() -> None:
    assert extractor_version() == extractor_version()
    assert len(extractor_version()) == 12
    assert isinstance(extract_batch(batch(NEWS)), Mentions)
