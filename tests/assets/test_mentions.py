"""The mention layer: what cannot be extracted is told, and costs nothing else."""

import datetime as dt
import json
from pathlib import Path

import polars as pl

from etl.assets.mentions import sound
from etl.extraction import extract_batch
from etl.warehouse import Warehouse
from schemas import MENTIONS


def test_an_article_that_the_extractor_trips_over_is_in_rejected_rows_and_the_rest_goes_on(tmp_path: Path) -> None:
    articles = pl.DataFrame(
        {
            "article_id": ["good", "trap"],
            "language": ["en", "en"],
            "published_on": [dt.date(2026, 3, 5)] * 2,
            "text": ["A storm killed 12 people in Lisbon on Tuesday.", None],  # a text of no kind that is stored
        }
    )
    with Warehouse(tmp_path).store() as store:
        tables, refused = sound(store, articles, extract_batch(articles), "run-1")
        assert refused == {"articles": 1} | dict.fromkeys(MENTIONS, 0)
        kept = store.frame("SELECT table_name, row, reasons FROM rejected_rows")
    assert set(tables["event_mentions"]["article_id"]) == {"good"}
    (told,) = kept.to_dicts()
    assert told["table_name"] == "articles"
    assert json.loads(told["row"]) == {"article_id": "trap"}
    assert told["reasons"][0].startswith("not extracted, by a fault of the extractor; please report it: ")
