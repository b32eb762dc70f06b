"""What holds for any input: texts come back verbatim, nothing ever raises, the same files give the same articles."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.sources import RawArticle
from etl.sources.assemble import normal_url
from etl.sources.tags import language_tag
from schemas.vocabulary import LANGUAGE_TAG, PUBLISHED_FROM

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1).filter(
    lambda text: not text.isspace()
)
words = st.text("abcdeéïœ’ \n\r\t«»—0123456789.,;:!?", min_size=3).filter(lambda text: not text.isspace())


@SAME_FOLDER
@given(words)
def test_a_text_file_is_its_text(write: Callable[..., Path], gather: Callable[..., Any], text: str) -> None:
    assert gather(write("a.txt", "Ce soir, " + text)).one.text == "Ce soir, " + text


@SAME_FOLDER
@given(texts, st.sampled_from(["a.json", "a.jsonl", "a.json.gz"]), st.booleans())
def test_a_record_keeps_its_text(
    write: Callable[..., Path], gather: Callable[..., Any], text: str, name: str, escaped: bool
) -> None:
    content = json.dumps({"text": text}, ensure_ascii=escaped).encode()
    read = gather(write(name, gzip.compress(content) if name.endswith("gz") else content))
    assert [article.text for article in read.articles] == [text]


def check_article(article: RawArticle) -> None:
    assert article.article_id
    assert re.fullmatch(LANGUAGE_TAG, article.language)
    assert article.published_from in PUBLISHED_FROM
    assert (article.published_on is None) == (article.published_from == "unknown")
    assert article.text.strip()
    for value in (article.article_id, article.title, article.source, article.url, article.text, article.origin):
        (value or "").encode("utf-8")  # what no table can hold raises


NAMES = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.parquet", "a.txt.gz", "a.jsonl.gz", "a", "a.bin"]
starts = st.sampled_from(
    [
        *(
            b"",
            b"\x1f\x8b",
            b"PAR1",
            b"<html>",
            b"<?xml version='1.0'?><rss>",
            b"{",
            b'{"text":',
            b"[{",
            b"---\na: b\n---\n",
        ),
        *(b"\xff\xfe", b"\xef\xbb\xbf", b"text,date\n", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", b"<feed><entry>"),
    ]
)


@SAME_FOLDER
@given(st.sampled_from(NAMES), starts, st.binary(max_size=400))
def test_any_bytes_give_articles_or_reasons_and_never_raise(
    write: Callable[..., Path], gather: Callable[..., Any], name: str, start: bytes, rest: bytes
) -> None:
    path = write(name, start + rest)
    read = gather(path)
    assert read.articles or read.rejections
    for article in read.articles:
        check_article(article)
    for rejection in read.rejections:
        assert rejection.reasons
        json.dumps(rejection.row, ensure_ascii=False).encode("utf-8")
    assert gather(path) == read


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
records = st.dictionaries(
    st.sampled_from(["id", "url", "title", "source", "language", "published_at", "date", "text", "body", "other"]),
    json_values,
    max_size=8,
)


@SAME_FOLDER
@given(st.lists(records | json_values, min_size=1, max_size=4))
def test_any_json_records_give_articles_or_reasons(
    write: Callable[..., Path], gather: Callable[..., Any], values: list[Any]
) -> None:
    read = gather(write("a.jsonl", "\n".join(map(json.dumps, values))))
    for article in read.articles:
        check_article(article)
    ids = [article.article_id for article in read.articles]
    assert len(set(ids)) == len(ids)
    assert read.articles or read.rejections


@given(st.text())
def test_a_language_tag_is_one_that_the_table_holds_or_none(value: str) -> None:
    tag = language_tag(value)
    assert tag is None or (re.fullmatch(LANGUAGE_TAG, tag) and language_tag(tag) == tag)


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.:@\[\]0-9/?&=#-]{0,40}", fullmatch=True))
def test_a_normal_url_is_normal(url: str) -> None:
    assert normal_url(normal_url(url)) == normal_url(url)


@pytest.mark.parametrize(
    "text",
    ["1" * 300_000, "publié " * 50_000, "<" * 200_000, "{" * 200_000, "---\n" * 50_000, "a\r" * 100_000, "é" * 300_000],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.csv"])
def test_hostile_repetitions_are_read_or_refused(
    write: Callable[..., Path], gather: Callable[..., Any], name: str, text: str
) -> None:
    read = gather(write(name, text))
    assert read.articles or read.rejections
