"""Chooses the reader for a file or page, and turns every failure of reading into a rejection.

What the readers do belongs in their modules; nothing here ever raises for bad content.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace

from etl.sources.draft import Draft, refuse
from etl.sources.fields import Fields
from etl.sources.kinds import Kind, UnknownKind, kind_of
from etl.sources.opening import Item
from etl.sources.pages import read_page
from etl.sources.plain import read_plain
from etl.sources.record import Rejection
from etl.sources.records import read_csv, read_json, read_jsonl, read_parquet
from etl.sources.sidecar import is_sidecar, read_sidecar
from etl.sources.walk import Page, unreadable


def fetched(page: Page) -> Iterator[Item | Rejection]:
    """What lies behind a URL."""
    from etl.sources.web import FetchError, fetch

    try:
        yield fetch(page.url)
    except FetchError as error:
        yield Rejection(page.url, {"path": page.url}, (f"The address {error}.",))


def read_item(item: Item, max_chars: int, *, named: bool) -> Iterator[Draft | Rejection]:
    """Every article of a file or page, and a rejection for what cannot be read of it.

    Args:
        item: the file or page.
        max_chars: longest text that will be accepted; readers do not read much further.
        named: whether the user named this very file: then it is read even if it looks like a sidecar.
    """
    try:
        yield from _read(item, max_chars, named)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield refuse(
            item, f"The gzip file is damaged or cut short ({error}); what came before was read. Fetch it again."
        )
    except OSError as error:
        yield refuse(item, f"The file {unreadable(error)}.")
    except Exception as error:  # parsers of foreign formats: one bad file must not stop the others
        yield refuse(
            item, f"The file could not be read ({type(error).__name__}: {str(error)[:200]}); check its format."
        )


def _read(item: Item, max_chars: int, named: bool) -> Iterator[Draft | Rejection]:
    if item.path is not None and not named and item.suffix == ".json" and is_sidecar(item.path):
        return
    head = item.head()
    if not head:
        yield refuse(item, "The file is empty; delete it or fetch the article again.")
        return
    try:
        kind = kind_of(_suffix(item), head)
    except UnknownKind as error:
        yield refuse(item, f"The file {error}.", content=head[:4096])
        return
    if kind in (Kind.TEXT, Kind.HTML):
        yield from _with_sidecar(item, read_plain(item, max_chars) if kind is Kind.TEXT else read_page(item))
    elif kind is Kind.FEED:
        from etl.sources.feeds import read_feed

        yield from read_feed(item, max_chars)
    elif kind is Kind.JSONL:
        yield from read_jsonl(item, max_chars)
    elif kind is Kind.JSON:
        yield from read_json(item)
    elif kind is Kind.CSV:
        yield from read_csv(item, max_chars)
    else:
        yield from read_parquet(item)


def _suffix(item: Item) -> str:
    """The ending; a page's address may end in anything (.php, .aspx, a version number), which says nothing."""
    known = (".txt", ".md", ".json", ".jsonl", ".ndjson", ".csv", ".tsv")
    return item.suffix if item.url is None or item.suffix in known else ".html"


def _with_sidecar(item: Item, read: Iterator[Draft | Rejection]) -> Iterator[Draft | Rejection]:
    """A text or page with what its sidecar says before what it says itself."""
    sidecar = None if item.path is None else read_sidecar(item.path)
    if isinstance(sidecar, Rejection):
        yield sidecar
    for draft in read:
        if isinstance(draft, Draft) and isinstance(sidecar, Fields):
            yield replace(draft, said=(("sidecar", sidecar), *draft.said))
        else:
            yield draft
