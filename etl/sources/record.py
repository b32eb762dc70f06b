"""What reading a source gives: an article, or the refusal of something that could not be read.

Names are those of the `articles` columns. How to find, open or understand a source does not belong here.
"""

from dataclasses import dataclass
from datetime import date, datetime

from etl.sources.tags import language_tag

EXCERPT_CHARS = 500
"""How much of refused content a rejection quotes, in code points."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its source gives it.

    Authors are read by no one here on purpose: the `articles` table has no column for them.
    """

    article_id: str
    """The record's own id, else its URL without fragment and tracking, else its path from the source's folder on."""
    source: str | None
    url: str | None
    title: str | None
    language: str
    """BCP 47, or `und`."""
    published_at: datetime | None
    """Aware, in UTC; only where the source gives a time of day and its offset. A clock time alone is no instant."""
    published_on: date | None
    """The day as the source writes it, in its own offset; null exactly where `published_from` is `unknown`."""
    published_from: str
    """One of `schemas.vocabulary.PUBLISHED_FROM`."""
    text: str
    """Verbatim after decoding, line ends included."""
    origin: str
    """Path (with `#line` in files of many records) or URL, for messages."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that could not be read as it stands: a row for `rejected_rows`."""

    origin: str
    row: dict[str, object]
    """What is known of it (path, line, article_id, excerpt of at most `EXCERPT_CHARS`); JSON-able."""
    reasons: tuple[str, ...]
    """One sentence each, with the remedy."""
    kept: bool = False
    """True where the article itself is given all the same (a date that is no date, an id used twice)."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of sources that do not say it themselves.

    Raises:
        ValueError: the language is no BCP 47 tag.
    """

    published: date | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        """Bring the language into the form that the table holds."""
        if self.language is None:
            return
        tag = language_tag(self.language)
        if tag is None:
            raise ValueError(f"{self.language!r} is not a language tag; write a BCP 47 tag such as fr, en or pt-BR.")
        object.__setattr__(self, "language", tag)


def clean(value: str) -> str:
    """Replace what no table and no JSON can hold (NUL, lone surrogates) in a field that is not the text."""
    return value.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def excerpt(content: object) -> str:
    """The first `EXCERPT_CHARS` code points of refused content, fit for JSON.

    >>> excerpt(b"caf\\xc3\\xa9")
    'café'
    """
    if isinstance(content, bytes | bytearray):
        return clean(bytes(content[: 4 * EXCERPT_CHARS]).decode("utf-8", "replace"))[:EXCERPT_CHARS]
    return clean(content[:EXCERPT_CHARS] if isinstance(content, str) else repr(content)[:EXCERPT_CHARS])
