"""Bad input: each piece gives a clear rejection, and the rest is read as if it were not there."""

import gzip
import json
import os
import re
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.sources import Given

GOOD = "La coopérative de Vauclin a rendu hier l’eau potable à ses adhérents."


def check_row(rejection: Any) -> None:
    """What any rejection must be: JSON that UTF-8 can hold, with a path and a short excerpt."""
    row = json.loads(json.dumps(rejection.row, ensure_ascii=False).encode("utf-8"))
    assert row["path"] in rejection.origin
    assert len(row.get("excerpt", "")) <= 500
    assert all(reason.endswith(".") for reason in rejection.reasons)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("empty.csv", b"", "is empty"),
        ("blank.txt", " \n\t\u00a0\n".encode(), "is empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("nul.txt", b"La coop\xc3\xa9rative\x00 de Vauclin", "NUL"),
        ("pdf.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
        ("notes.docx", b"PK\x03\x04" + bytes(100), "office document"),
        ("script.py", b"import sys\n", "ends in .py"),
        ("map.xml", b"<?xml version='1.0'?><map/>", "XML"),
        ("cut.json", b'{"id": "1", "text": "La coop', "no whole JSON value"),
        ("deep.json", b'{"text":' + b"[" * 200_000, "nested too deeply"),
        ("number.json", b'{"a": ' + b"9" * 5000 + b', "text": "x"}', "no JSON that can be read"),
        ("none.json", b'{"title": "Eau potable"}', "no text"),
        ("null.json", b'{"text": null}', "no text"),
        ("list.json", b'{"text": ["La", "coop"]}', "must be a string, not a list"),
        ("bare.json", b'["La coop"]', "must be an object"),
        ("nothing.json", b"[]", "list of articles is empty"),
        ("surrogate.json", b'{"text": "La \\ud800 coop"}', "surrogate"),
        ("nul.json", b'{"text": "La \\u0000 coop"}', "NUL"),
        ("cut.txt.gz", gzip.compress(GOOD.encode() * 99)[:-9], "cut short"),
        ("bad.txt.gz", b"\x1f\x8bnot gzip at all", "gzip"),
        ("bad.parquet", b"PAR1 and nothing more", "damaged"),
        ("named.parquet", b"La coop", "ends in .parquet"),
        ("columns.csv", b"name,phone\nVauclin,12\n", "No column holds texts"),
        ("empty.html", b"<!doctype html><html><head><title>x</title></head><body></body></html>", "No article text"),
        ("feed.xml", b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "no entries"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason_and_the_next_is_read(
    write: Callable[..., Path], gather: Callable[..., Any], name: str, content: bytes, reason: str
) -> None:
    write("in/zz.txt", GOOD)
    read = gather(write(f"in/{name}", content).parent)
    assert [article.text for article in read.articles] == [GOOD]
    assert reason in read.reason
    check_row(read.rejections[0])
    assert read.rejections[0].row["path"].endswith(name)
    assert not read.rejections[0].kept


def test_bad_lines_are_named_and_the_good_ones_kept(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    lines = [
        json.dumps({"id": "1", "text": GOOD}),
        '{"id": "2", "text": "La coopérative de Vau',
        "",
        json.dumps({"id": "4", "title": "Eau"}),
        "[" * 200_000,
        "null",
        json.dumps({"id": "7", "text": GOOD + "7"}),
        '{"id": "8"',
    ]
    read = gather(write("a.jsonl", "\n".join(lines)))
    assert [article.article_id for article in read.articles] == ["1", "7"]
    assert [rejection.row["line"] for rejection in read.rejections] == [2, 4, 5, 6, 8]
    assert all(rejection.origin.endswith(f"a.jsonl#{rejection.row['line']}") for rejection in read.rejections)
    assert "line 2, column" in read.rejections[0].reasons[0]
    for rejection in read.rejections:
        check_row(rejection)


def test_bad_rows_of_a_table_are_named(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    rows = f'id,text\n1,"{GOOD}\nLa suite."\n2,trop,de,cellules\n3,"mal"fermé\n4\n\n5,{GOOD}\n6,"jamais fermé\n'
    read = gather(write("a.csv", rows))
    assert [article.article_id for article in read.articles] == ["1", "5"]
    assert read.articles[0].text == f"{GOOD}\nLa suite."
    assert [rejection.row["line"] for rejection in read.rejections] == [4, 5, 6, 9]


def test_a_truncated_gzip_gives_what_came_before(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": os.urandom(2000).hex()}) + "\n" for n in range(50))
    read = gather(write("a.jsonl.gz", gzip.compress(lines.encode())[:-5000]))
    assert len(read.articles) > 30
    assert "cut short" in read.rejections[-1].reasons[0]


def test_a_text_of_fifty_megabytes_is_refused_unread(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    huge = GOOD.encode() * 700_000
    assert len(huge) > 50_000_000
    write("in/huge.txt", huge)
    write("in/huge.jsonl", b'{"id": "h", "text": "' + huge + b'"}\n' + json.dumps({"id": "g", "text": GOOD}).encode())
    write("in/huge.csv", b'id,text\nh,"' + huge + b'"\ng2,' + GOOD.encode() + b"\n")
    read = gather(write("in/huge.html", b"<html><body><p>" + huge).parent)
    assert [article.article_id for article in read.articles] == ["g2", "g"]
    assert len(read.rejections) == 4
    for rejection in read.rejections:
        check_row(rejection)
        assert re.search("longer|larger", rejection.reasons[0])


def test_the_limit_counts_characters(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    assert gather(write("a.txt", "é" * 100), max_chars=100).one.text == "é" * 100
    assert "101 characters, more than 100" in gather(write("a.txt", "é" * 101), max_chars=100).reason


@pytest.mark.parametrize("written", ["hier", "31/02/2024", "n/a", "2024-11", 7, "0912-01-01"])
def test_a_date_that_is_no_date_is_reported_and_the_article_kept(
    write: Callable[..., Path], gather: Callable[..., Any], written: object
) -> None:
    path = write("a.jsonl", json.dumps({"id": "1", "text": GOOD, "published_at": written}))
    read = gather(path)
    assert [(a.published_on, a.published_from) for a in read.articles] == [(None, "unknown")]
    assert "'published_at'" in read.reason
    assert str(written) in read.reason
    assert read.rejections[0].kept
    assert read.rejections[0].row["article_id"] == "1"
    read = gather(path, given=Given(published=date(2024, 5, 6)))
    assert [(a.published_on, a.published_from) for a in read.articles] == [(date(2024, 5, 6), "given")]
    assert "2024-05-06 from given" in read.reason


def test_another_date_of_the_record_makes_up_for_a_bad_one(
    write: Callable[..., Path], gather: Callable[..., Any]
) -> None:
    record = {"text": GOOD, "published_at": "n/a", "date": "2024-05-06"}
    assert gather(write("a.jsonl", json.dumps(record))).one.published_on == date(2024, 5, 6)


def test_an_id_used_twice_keeps_both_texts_apart(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    lines = [json.dumps({"id": "1", "text": text}) for text in (GOOD, GOOD + " Enfin.", GOOD, GOOD + " Hélas.")]
    path = write("a.jsonl", "\n".join(lines))
    read = gather(path)
    ids = [article.article_id for article in read.articles]
    assert [article.text for article in read.articles] == [GOOD, GOOD + " Enfin.", GOOD + " Hélas."]
    assert ids[0] == "1"
    assert len(set(ids)) == 3
    assert all(own.startswith("1~") and len(own) == 10 for own in ids[1:])
    assert [rejection.row["article_id"] for rejection in read.rejections] == ids[1:]
    assert all(rejection.kept for rejection in read.rejections)
    assert gather(path) == read, "the same files give the same ids"


def test_what_the_system_does_not_let_read_is_reported(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    folder = write("in/good.txt", GOOD).parent
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.txt"))
        read = gather(folder)
    assert [article.article_id for article in read.articles] == ["in/good.txt"]
    assert [Path(rejection.origin).name for rejection in read.rejections] == [
        *("broken.txt", "pipe.txt", "round.txt", "socket.txt"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    write("in/secret.txt", GOOD).chmod(0)
    assert "permission denied" in gather(write("in/secret.txt", GOOD).parent).reason


def test_damaged_utf_8_is_kept_and_said(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    text = "Été à Vauclin : la coopérative désespérée réclame de l’eau."
    read = gather(write("a.txt", text.encode() + b"\xc3"))
    assert [article.text for article in read.articles] == [text + "\ufffd"]
    assert "damaged UTF-8" in read.reason
    assert read.rejections[0].kept


def test_broken_front_matter_and_sidecars_are_said(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    text = f"---\ntitle: [Eau\n---\n{GOOD}"
    read = gather(write("front/a.md", text))
    assert [article.text for article in read.articles] == [text]
    assert "front matter" in read.reason
    write("side/a.txt", GOOD)
    read = gather(write("side/a.json", '{"title": ').parent)
    assert [article.text for article in read.articles] == [GOOD]
    assert "sidecar" in read.reason
    assert read.rejections[0].kept


def test_fields_that_no_table_can_hold_do_not_cost_the_article(
    write: Callable[..., Path], gather: Callable[..., Any]
) -> None:
    record = (
        '{"id": {"a": 1}, "title": "Eau \\ud800\\u0000", "url": 7, "source": [], "text": "La source est rouverte."}'
    )
    article = gather(write("a.jsonl", record)).one
    assert article.title == "Eau \ufffd\ufffd"
    assert article.source is None


def test_a_name_that_is_no_utf_8_still_gives_an_id(tmp_path: Path, gather: Callable[..., Any]) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9.txt")).write_text(GOOD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system wants UTF-8 names")
    assert gather(tmp_path).one.article_id.endswith("/\\xe9t\\xe9.txt")
