"""Files and folders as they lie about in newsrooms: every kind, encoding and ending gives its articles."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.sources import Given, SourceNotFound, count_inputs, read_sources

TEXT = "Les pêcheurs d’Ambleray ont bloqué le port dès l’aube, réclamant une aide d’urgence à la région.\n"
RECORD = {
    "id": "port-1",
    "url": "https://phare.example/port",
    "title": "Le port bloqué",
    "source": "Le Phare",
    "author": "Zoé Lantier",
    "language": "fr_FR",
    "published_at": "2021-03-09T06:30:00+01:00",
    "text": TEXT,
}


def check_record(article: Any) -> None:
    assert article.article_id == "port-1"
    assert article.url == "https://phare.example/port"
    assert article.title == "Le port bloqué"
    assert article.source == "Le Phare"
    assert article.language == "fr-FR"
    assert article.published_on == date(2021, 3, 9)
    assert article.published_at == datetime(2021, 3, 9, 5, 30, tzinfo=UTC)
    assert article.published_from == "metadata"
    assert article.text == TEXT


def parquet_bytes(records: list[dict[str, Any]]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records), sink)
    return bytes(sink.getvalue())


LINE = json.dumps(RECORD, ensure_ascii=False)
CSV = "id,url,title,source,author,language,published_at,text\n" + ",".join(f'"{value}"' for value in RECORD.values())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", LINE),
        ("a.json", json.dumps(RECORD, indent=2)),
        ("a.json", f"[{LINE}]"),
        ("a.json", json.dumps({"status": "ok", "articles": [RECORD]}, indent=2)),
        ("a.json", json.dumps(RECORD).encode("utf-16")),
        ("a.json.gz", gzip.compress(LINE.encode())),
        ("a.jsonl", f"{LINE}\n"),
        ("a.ndjson", f"\ufeff{LINE}\r\n\r\n"),
        ("a.jsonl", f"{LINE}\n".encode("utf-16")),
        ("a.jsonl", f"{LINE}\n".encode("cp1252")),
        ("a.jsonl.gz", gzip.compress(f"{LINE}\n".encode())),
        ("a.csv", CSV),
        ("a.csv", f"\ufeff{CSV}\r\n"),
        ("a.csv", CSV.replace('","', '";"').replace(",", ";", 7)),
        ("a.csv.gz", gzip.compress(CSV.encode())),
        ("a.parquet", parquet_bytes([RECORD])),
        # where the ending lies
        ("a.txt", LINE),
        ("a.jsonl", f"[\n{LINE}\n]"),
        ("a.json", f"{LINE}\n\n"),
        ("a.txt", CSV),
        ("a.txt", parquet_bytes([RECORD])),
        ("a.jsonl", gzip.compress(f"{LINE}\n".encode())),
        ("a", LINE),
    ],
)
def test_a_record_is_the_same_in_every_kind_of_file(
    write: Callable[..., Path], gather: Callable[..., Any], name: str, content: str | bytes
) -> None:
    check_record(gather(write(name, content)).one)


def test_fields_go_by_many_names(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    news_article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Le port bloqué",
        "mainEntityOfPage": {"@id": "https://phare.example/port"},
        "publisher": {"@type": "Organization", "name": "Le Phare"},
        "inLanguage": "fr",
        "datePublished": "2021-03-09",
        "articleBody": TEXT,
        "wordCount": 18,
    }
    article = gather(write("a.json", json.dumps(news_article))).one
    assert (article.title, article.source, article.language) == ("Le port bloqué", "Le Phare", "fr")
    assert (article.url, article.published_on) == ("https://phare.example/port", date(2021, 3, 9))
    french = gather(
        write("b.csv", f'Titre;Média;Date de publication;Texte\nLe port;Le Phare;09/03/2021;"{TEXT}"\n')
    ).one
    assert (french.title, french.source, french.published_on) == ("Le port", "Le Phare", date(2021, 3, 9))
    assert french.text == TEXT


def test_this_projects_own_table_reads_back_as_it_was(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    instant = datetime(2021, 3, 8, 23, 30, tzinfo=UTC)
    row = {"article_id": "x", "published_at": instant, "published_on": date(2021, 3, 9), "text": TEXT}
    article = gather(write("articles.parquet", parquet_bytes([row]))).one
    assert (article.article_id, article.published_on, article.published_at) == ("x", date(2021, 3, 9), instant)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_plain_text_comes_back_verbatim(
    write: Callable[..., Path], gather: Callable[..., Any], codec: str, packed: bool
) -> None:
    text = "  Grève à Ambleray :\r\n\r\n« l’œuvre » coûte 12 000 €…\rFin\n\n"
    content = text.encode(codec)
    article = gather(write("port.txt.gz", gzip.compress(content)) if packed else write("port.txt", content)).one
    assert article.text == text
    assert article.published_from == "unknown"


def test_latin_1_and_other_scripts_are_told_apart(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    russian = "Рыбаки с раннего утра перекрыли порт и потребовали срочной помощи от областных властей." * 3
    assert gather(write("ru.txt", russian.encode("cp1251"))).one.text == russian
    french = "Les pêcheurs réclamèrent aussitôt l'aide de la région, déjà promise à Noël."
    assert gather(write("fr.txt", french.encode("latin-1"))).one.text == french


def test_language_is_given_or_identified(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    assert gather(write("a.txt", TEXT)).one.language == "fr"
    assert (
        gather(write("b.txt", "Fishermen have blocked the harbour since dawn, asking for help.")).one.language == "en"
    )
    assert gather(write("c.txt", "3-0")).one.language == "und"
    assert gather(write("d.txt", "3-0"), given=Given(language="fr_ca")).one.language == "fr-CA"
    record = json.dumps({"text": TEXT, "language": "French"})
    assert gather(write("e.json", record)).one.language == "fr", "a name is no tag: the text is looked at"
    with pytest.raises(ValueError, match="BCP 47"):
        Given(language="French")


def test_front_matter_and_sidecar_speak_for_a_text(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    front = f'---\ntitle: "Le port : bloqué"\nlang: fr\ndate: 2021-03-09T06:30:00+01:00\nsource: Le Phare\n---\n{TEXT}'
    article = gather(write("a/port.md", front)).one
    assert article.text == TEXT, "offsets count from after the front matter"
    assert (article.title, article.source) == ("Le port : bloqué", "Le Phare")
    assert (article.published_from, article.published_on) == ("sidecar", date(2021, 3, 9))
    assert article.published_at == datetime(2021, 3, 9, 5, 30, tzinfo=UTC)

    for sidecar in ("port.json", "port.txt.json"):
        folder = sidecar.replace(".", "-")
        write(f"{folder}/{sidecar}", json.dumps({"id": "p1", "date": "9 mars 2021", "url": "https://phare.example/1"}))
        article = gather(write(f"{folder}/port.txt", TEXT).parent).one
        assert (article.article_id, article.published_from, article.text) == ("p1", "sidecar", TEXT)
        assert article.published_on == date(2021, 3, 9)


def test_a_json_article_beside_a_text_is_no_sidecar(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    write("x/port.txt", TEXT)
    read = gather(write("x/port.json", json.dumps({"id": "other", "text": "Un autre article, sur le phare."})).parent)
    assert {article.article_id for article in read.articles} == {"other", "x/port.txt"}
    assert not read.rejections


def test_a_rule_at_the_top_of_a_text_is_text(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    for text in (f"---\n\n{TEXT}---\nFin.", f"---\n- {TEXT}---\nFin.", "---", f"--- {TEXT}"):
        assert gather(write("a.md", text)).one.text == text


@pytest.mark.parametrize(
    ("name", "text", "record", "given", "found"),
    [
        ("2021-03-10_a.txt", f"11 mars 2021. – {TEXT}", "2021-03-09", date(2021, 3, 12), ("2021-03-09", "sidecar")),
        ("2021-03-10_a.txt", f"11 mars 2021. – {TEXT}", None, date(2021, 3, 12), ("2021-03-10", "filename")),
        ("a.txt", f"11 mars 2021. – {TEXT}", None, date(2021, 3, 12), ("2021-03-11", "text")),
        ("a.txt", TEXT, None, date(2021, 3, 12), ("2021-03-12", "given")),
        ("a.txt", TEXT, None, None, ("None", "unknown")),
    ],
)
def test_the_first_of_many_dates_counts(
    write: Callable[..., Path],
    gather: Callable[..., Any],
    name: str,
    text: str,
    record: str | None,
    given: date | None,
    found: tuple[str, str],
) -> None:
    front = f"---\ndate: {record}\n---\n" if record else ""
    article = gather(write(name, front + text), given=Given(published=given)).one
    assert (str(article.published_on), article.published_from) == found


def test_a_url_may_carry_the_day(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    record = {"url": "https://phare.example/2021/03/09/le-port-bloque", "text": TEXT}
    article = gather(write("a.jsonl", json.dumps(record))).one
    assert (article.published_on, article.published_from) == (date(2021, 3, 9), "filename")


def test_the_name_of_a_file_of_many_articles_dates_none(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    lines = "\n".join(json.dumps({"id": str(number), "text": f"{TEXT}{number}"}) for number in range(3))
    read = gather(write("export-2021-03-09.jsonl", lines))
    assert {article.published_from for article in read.articles} == {"unknown"}


def test_ids_do_not_depend_on_where_the_folder_lies(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    for place in ("here/press", "there/deep/press"):
        write(f"{place}/sub/b.txt", TEXT + "b")
        write(f"{place}/a.txt", TEXT + "a")
        write(f"{place}/c.jsonl", json.dumps({"text": TEXT + "c"}))
        write(f"{place}/d.jsonl", json.dumps({"url": "HTTPS://Phare.example:443/d?utm_source=x#top", "text": TEXT}))
    here, there = (gather(write(f"{place}/.keep", "").parent) for place in ("here/press", "there/deep/press"))
    ids = [article.article_id for article in here.articles]
    assert ids == [article.article_id for article in there.articles]
    assert (ids[0], ids[2], ids[3]) == ("press/a.txt", "https://phare.example/d", "press/sub/b.txt")
    name, _, digest = ids[1].partition("#")
    assert name == "press/c.jsonl"
    assert len(digest) == 16


def test_a_record_keeps_its_id_when_others_are_added_before_it(
    write: Callable[..., Path], gather: Callable[..., Any]
) -> None:
    old = gather(write("a.jsonl", json.dumps({"text": TEXT}))).one
    new = gather(write("a.jsonl", json.dumps({"text": "Un autre."}) + "\n" + json.dumps({"text": TEXT})))
    assert new.articles[1].article_id == old.article_id


def test_litter_hidden_files_and_loops_are_passed_over(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    folder = write("in/a.txt", TEXT).parent
    for name in (".DS_Store", ".hidden/b.txt", "Thumbs.db", "desktop.ini", "~$a.docx", "a.txt~", "__MACOSX/a.txt"):
        write(f"in/{name}", "litter")
    (folder / "loop").symlink_to(folder)
    (folder / "z.txt").symlink_to(folder / "a.txt")
    assert gather(folder, folder / "a.txt").one.article_id == "in/a.txt"


def test_order_is_that_of_the_names(write: Callable[..., Path], gather: Callable[..., Any]) -> None:
    names = ["b/1.txt", "a.txt", "b.txt", "b/0.txt", "c.txt"]
    for name in names:
        write(f"in/{name}", TEXT + name)
    read = gather(write("in/.keep", "").parent)
    assert [article.article_id for article in read.articles] == [
        "in/a.txt",
        "in/b/0.txt",
        "in/b/1.txt",
        "in/b.txt",
        "in/c.txt",
    ]


def test_a_source_that_does_not_exist_is_an_error_before_anything_is_read(write: Callable[..., Path]) -> None:
    here = write("a.txt", TEXT)
    with pytest.raises(SourceNotFound, match=r"nowhere.*does not exist"):
        read_sources([here, here.parent / "nowhere"])
    with pytest.raises(SourceNotFound, match="only http and https"):
        read_sources(["ftp://phare.example/a.txt"])


def test_the_number_of_articles_is_guessed(write: Callable[..., Path]) -> None:
    folder = write("in/a.txt", TEXT).parent
    write("in/b.jsonl", f"{LINE}\n" * 3000)
    write("in/c.parquet", parquet_bytes([RECORD] * 7))
    assert 2900 < count_inputs([folder]) - 8 < 3100


def test_files_of_one_name_in_two_folders_are_two_articles(
    write: Callable[..., Path], gather: Callable[..., Any]
) -> None:
    first, second = write("monday/note.txt", TEXT + "1"), write("tuesday/note.txt", TEXT + "2")
    assert gather(first.parent).one.article_id == gather(first).one.article_id == "monday/note.txt"
    assert gather(second.parent).one.article_id == gather(second).one.article_id == "tuesday/note.txt"
