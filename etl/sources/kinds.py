"""Tells what kind of file something is: by its content first, by its ending where content does not tell.

Reading any of the kinds does not belong here.
"""

import re
from enum import Enum, auto

from etl.sources.encoding import utf16
from etl.sources.fields import column_of


class Kind(Enum):
    """What there are readers for."""

    TEXT = auto()
    HTML = auto()
    JSON = auto()
    JSONL = auto()
    CSV = auto()
    PARQUET = auto()
    FEED = auto()


class UnknownKind(ValueError):
    """No reader fits; the message says what the content looks like, as the end of a sentence, with the remedy."""


TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_BY_SUFFIX = {".json": Kind.JSON, ".jsonl": Kind.JSONL, ".ndjson": Kind.JSONL, ".csv": Kind.CSV, ".tsv": Kind.CSV}

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"WARC/", "a web archive"),
)
_PARQUET_MAGIC = b"PAR1"

_XML_START = r"\s*(?:(?:<\?[^>]{0,500}>|<!--(?:(?!-->).){0,2000}-->)\s*)*+"
_FEED = re.compile(rf"{_XML_START}<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(rf"{_XML_START}<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
_XML = re.compile(r"\s*<\?xml\s")
_TAG = re.compile(r"<[a-zA-Z!/]")
_OBJECT = re.compile(r'\s*\{\s*["}]')
_ARRAY = re.compile(r"\s*\[\s*[{\]]")
_ONE_LINE_OBJECT = re.compile(r"\s*\{[^\n]*\}[ \t\r]*(?:\n|$)")


def kind_of(suffix: str, head: bytes) -> Kind:
    """The kind of a file with this ending (lower case, `.gz` aside) that begins with these bytes.

    Raises:
        UnknownKind: it is something that no reader is for.
    """
    if head.startswith(_PARQUET_MAGIC):
        return Kind.PARQUET
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise UnknownKind(f"is {name}, not text; convert it to text, HTML or JSON first")
    start = head.decode(utf16(head) or "utf-8", "replace").removeprefix("\ufeff")
    if _FEED.match(start):
        return Kind.FEED
    if _PAGE.match(start):
        return Kind.HTML
    if suffix in (".jsonl", ".ndjson"):
        return Kind.JSON if _ARRAY.match(start) or start.split("\n", 1)[0].strip() == "{" else Kind.JSONL
    if _OBJECT.match(start) or _ARRAY.match(start):
        return Kind.JSONL if _several_objects(start) else Kind.JSON
    if suffix in PAGE_SUFFIXES and _TAG.search(start):
        return Kind.HTML
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if _XML.match(start):
        raise UnknownKind("is XML, but neither a page nor a feed; convert it to text, HTML or JSON first")
    if suffix in TEXT_SUFFIXES | PAGE_SUFFIXES:
        return Kind.CSV if _has_article_columns(start) else Kind.TEXT
    raise UnknownKind(f"ends in {suffix}, which is no kind of article file; name it .txt if it is one article's text")


def _several_objects(start: str) -> bool:
    """Whether the first line is an object by itself, as in JSON Lines."""
    return _ONE_LINE_OBJECT.match(start) is not None


def delimiter_of(header: str) -> str:
    """What separates the cells of a header line: the commonest of comma, semicolon, tab and bar."""
    return max(",;\t|", key=header.count)


def _has_article_columns(start: str) -> bool:
    """Whether the first line is a header that names a text column beside other known ones."""
    header = start.split("\n", 1)[0]
    columns = {column_of(cell.strip().strip('"')) for cell in header.split(delimiter_of(header))}
    return "text" in columns and len(columns - {None}) > 1
