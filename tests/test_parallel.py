"""Many batches give the same mentions in one process as in several."""

from collections.abc import Iterator

import polars as pl

from etl.parallel import WORTH_A_POOL, extract_batches

TEXT = "Le {} mars 2026, au moins {} personnes ont été tuées à Nantes, selon la préfecture."


def batches(count: int, size: int = 300) -> Iterator[pl.DataFrame]:
    for start in range(0, count, size):
        numbers = range(start, min(count, start + size))
        yield pl.DataFrame(
            {
                "article_id": [f"a{n}" for n in numbers],
                "language": ["fr" for _ in numbers],
                "published_on": [None for _ in numbers],
                "text": [TEXT.format(n % 28 + 1, n) for n in numbers],
            },
            schema_overrides={"published_on": pl.Date},
        )


def test_a_pool_gives_what_one_process_gives_in_the_same_order() -> None:
    count = WORTH_A_POOL + 100
    alone = list(extract_batches(batches(count), count, workers=1))
    pooled = list(extract_batches(batches(count), count, workers=2))
    assert len(alone) == len(pooled) == 4
    for (articles, mentions), (same_articles, same_mentions) in zip(alone, pooled, strict=True):
        assert articles.equals(same_articles)
        for table, frame in mentions.tables().items():
            assert frame.equals(same_mentions.tables()[table]), table
