"""Reads the articles that an RSS or Atom feed carries. Fetching anything does not belong here.

An entry's text is what the feed gives: its full content, else its summary. Links are not followed.
"""

import io
from collections.abc import Iterator
from typing import Any

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from lxml.html import document_fromstring  # type: ignore[import-untyped]

from etl.sources.draft import Draft, refuse
from etl.sources.fields import Fields
from etl.sources.opening import Item
from etl.sources.pages import MAX_PAGE_BYTES, visible_text
from etl.sources.record import Rejection, clean


def read_feed(item: Item, max_chars: int) -> Iterator[Draft | Rejection]:
    """One article per entry that has a text."""
    import feedparser  # type: ignore[import-untyped]

    with item.open() as stream:
        data = stream.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        yield refuse(item, f"The feed is larger than {MAX_PAGE_BYTES:,} bytes; split it.", content=data[:4096])
        return
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        fault = feed.get("bozo_exception")
        reason = f"The feed is damaged ({fault})" if fault else "The feed has no entries"
        yield refuse(item, f"{reason}; fetch it again later.", content=data[:4096])
        return
    for entry in feed.entries:
        yield _entry(item, entry, feed.feed, max_chars)


def _entry(item: Item, entry: Any, feed: Any, max_chars: int) -> Draft:
    """One entry; the date is the feed's own string, whose offset feedparser's parsed form has lost."""
    contents = [part.get("value") or "" for part in entry.get("content", ())] or [entry.get("summary") or ""]
    published = entry.get("published")
    said = Fields(
        id=_tidy(entry.get("id")),
        url=_tidy(entry.get("link")),
        title=_tidy(_plain(entry.get("title") or "", max_chars)),
        source=_tidy((entry.get("source") or {}).get("title") or feed.get("title")),
        language=_tidy(entry.get("language") or feed.get("language")),
        dates=(("published", published),) if published else (),
    )
    return Draft(item.origin, item.name, _plain(max(contents, key=len), max_chars), (("metadata", said),), alone=False)


def _tidy(value: str | None) -> str | None:
    return clean(value).strip() or None if value else None


def _plain(markup: str, max_chars: int) -> str:
    """The visible text of a fragment of HTML."""
    if "<" not in markup and "&" not in markup:
        return markup
    try:
        return visible_text(document_fromstring(f"<div>{markup}</div>"), max_chars + 1)
    except (LxmlError, ValueError):
        return markup
