"""From a record with whatever field names its source uses to the few fields that an article has.

Reading dates, checking texts and choosing ids does not belong here. A field that is not listed (authors, keywords,
images, …) is ignored on purpose.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.sources.publication import field_names
from etl.sources.record import clean

_ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("article_id", "id", "guid", "identifier"),
    "url": ("url", "link", "permalink", "canonical_url", "mainEntityOfPage"),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "outlet", "site", "site_name"),
    "language": ("language", "lang", "inLanguage"),
    # The local day goes before the instant, so that this project's own tables read back as they were.
    "published": (
        *("published_on", "published_at", "published", "date_published", "publication_date", "publish_date"),
        *("pub_date", "date_publish", "published_time", "issued", "date"),
    ),
    "text": ("text", "body", "content", "article_body", "full_text", "main_text", "content_text"),
}
"""Per column, the names that record formats use, the most telling first: this project's own tables, schema.org
NewsArticle, JSON Feed, RSS and Atom, NewsAPI, news-please."""

_NAME_KEYS = ("name", "title", "@id", "id", "url")
"""Where an object given in place of a string (schema.org Organization, NewsAPI source) holds its name."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a record, a sidecar, a front matter or a page says of its article."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    source: str | None = None
    language: str | None = None
    dates: tuple[tuple[str, object], ...] = ()
    """Publication dates as they came, each with the name of its field."""
    text: object = None
    """Whatever stands where the text should be."""


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """A field name without case, accents, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", name).casefold())


@cache
def _columns() -> dict[str, tuple[str, int]]:
    """Per folded field name, its column and its rank among the names of that column."""
    spoken = field_names()
    found: dict[str, tuple[str, int]] = {}
    for column, aliases in _ALIASES.items():
        for rank, alias in enumerate((*aliases, *spoken.get(column, ()))):
            found.setdefault(_folded(alias), (column, rank))
    return found


def column_of(name: str) -> str | None:
    """Which of `id, url, title, source, language, published, text` a field name stands for.

    >>> column_of("datePublished"), column_of("Published At"), column_of("author")
    ('published', 'published', None)
    """
    known = _columns().get(_folded(name))
    return None if known is None else known[0]


def _text_of(value: object) -> str | None:
    """A short field as a string: numbers as written, an object by its name, a list by its first element."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = next((value[key] for key in _NAME_KEYS if isinstance(value.get(key), str)), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not value.is_integer():
        return None if value != value else repr(value)
    written = value if isinstance(value, str) else _digits(int(value))
    return clean(written).strip() or None


def _digits(value: int) -> str:
    """A whole number in digits; hexadecimal where it is too long to be anything but an opaque id."""
    return str(value) if value.bit_length() < 4096 else hex(value)


def read_fields(record: Mapping[str, object]) -> Fields:
    """The fields of one record, whatever it calls them."""
    ranked: dict[str, list[tuple[int, str, object]]] = {}
    known = _columns()
    for name, value in record.items():
        place = known.get(_folded(name)) if isinstance(name, str) else None
        if place is not None and value is not None and value != "":
            ranked.setdefault(place[0], []).append((place[1], name, value))
    for values in ranked.values():
        values.sort(key=lambda found: found[0])

    def first(column: str) -> str | None:
        return next((text for _, _, value in ranked.get(column, ()) if (text := _text_of(value))), None)

    texts = ranked.get("text", [])
    best = next((found for found in texts if isinstance(found[2], str) and found[2].strip()), None)
    chosen = best or (texts[0] if texts else None)
    return Fields(
        id=first("id"),
        url=first("url"),
        title=first("title"),
        source=first("source"),
        language=first("language"),
        dates=tuple((clean(name), value) for _, name, value in ranked.get("published", ())),
        text=None if chosen is None else chosen[2],
    )
