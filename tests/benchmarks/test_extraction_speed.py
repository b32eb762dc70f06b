"""How fast whole articles are extracted, beside lemmatising the same words with simplemma in the same run.

Run it with `pytest tests/benchmarks -s`. Counted in articles of 4,550 characters, in CPU time of one core, reading,
ids and frames included; the texts are the shipped sample articles.
"""

import csv
import datetime as dt
import json
import re
import time
from collections.abc import Callable
from importlib import resources
from itertools import cycle

import polars as pl
import pytest
import simplemma

from etl.extraction import extract_batch

ARTICLE = 4550
FRENCH = re.compile(r"\b(?:le|la|les|des|une|dans)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|of|and|was|were|said)\b", re.IGNORECASE)


def _samples(code: str) -> list[str]:
    """The texts of the sample articles in a language, told by its commonest words."""
    texts = []
    for file in (resources.files("etl") / "sources" / "samples").iterdir():
        if file.name.endswith((".txt", ".md")):
            texts.append(file.read_text("utf-8"))
        elif file.name.endswith(".jsonl"):
            texts += [json.loads(line).get("text", "") for line in file.read_text("utf-8").splitlines() if line.strip()]
        elif file.name.endswith(".csv"):
            texts += [row.get("text") or "" for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    return [text for text in texts if (len(FRENCH.findall(text)) > len(ENGLISH.findall(text))) == (code == "fr")]


def _articles(code: str, count: int) -> pl.DataFrame:
    """Articles of just the length that speed is counted in, made of the samples one after the other."""
    pieces, texts = cycle([text for text in _samples(code) if text]), []
    for _ in range(count):
        text = ""
        while len(text) < ARTICLE:
            text += next(pieces) + "\n"
        texts.append(text[:ARTICLE])
    return pl.DataFrame(
        {
            "article_id": [str(number) for number in range(count)],
            "language": [code] * count,
            "published_on": [dt.date(2026, 3, 18)] * count,
            "text": texts,
        }
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("code", ["fr", "en"])
def test_extraction_against_lemmatising(code: str) -> None:
    articles = _articles(code, 200)
    words = [re.findall(r"\w+", text) for text in articles["text"]]

    def lemmatise() -> None:
        for article in words:
            for word in article:
                simplemma.lemmatize(word, lang=code)

    assert extract_batch(articles.head(20)).event_mentions.height  # and everything is compiled now
    lemmatise()
    mine = min(_seconds(lambda: extract_batch(articles)) for _ in range(3)) / len(words)
    peer = min(_seconds(lemmatise) for _ in range(3)) / len(words)
    print(
        f"\n{code}: extraction {1 / mine:,.0f} articles/s; lemmas alone {1 / peer:,.0f}: "
        f"{mine / peer:.1f} times their cost"
    )


@pytest.mark.parametrize(
    "unit", ["Il a été tué, ", "attaque ", "qui a lancé ", "the attack of the ", "said that he said ", "1 ", "« ", "\n"]
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def cost(length: int, code: str) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        article = _articles(code, 1).with_columns(text=pl.lit(text))
        return _seconds(lambda: extract_batch(article))

    for code in ("fr", "en"):
        cost(5_000, code)
        short, long = cost(10_000, code), cost(40_000, code)
        print(
            f"\n{code} {unit!r}: 10 kB {short:.3f} s, 40 kB {long:.3f} s, {long / max(short, 1e-6):.1f} (4 is linear)"
        )
