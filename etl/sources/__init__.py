"""Sources: files, folders and pages in, raw articles out, one by one, in an order that is always the same.

Each kind of source has a module that yields the same drafts; `assemble` makes articles of them. What the words of a
language mean does not belong here, nor does storing: the assets do that.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.sources.assemble import assemble
from etl.sources.draft import Draft
from etl.sources.estimate import count_inputs
from etl.sources.identity import Identities
from etl.sources.reading import fetched, read_item
from etl.sources.record import Given, RawArticle, Rejection
from etl.sources.walk import Page, SourceNotFound, files, locate

__all__ = ["MAX_CHARS", "Given", "RawArticle", "Rejection", "SourceNotFound", "count_inputs", "read_sources"]

MAX_CHARS = 5_000_000
"""Longest text, in code points, that is taken for one article: a thousand times a usual one."""


def read_sources(
    sources: Iterable[str | Path], given: Given | None = None, *, max_chars: int = MAX_CHARS
) -> Iterator[RawArticle | Rejection]:
    """Every article of the sources, and a rejection for whatever could not be read or is doubtful.

    Nothing is read before the first item is asked for; memory stays flat but for the hashes of ids, about 200 bytes an
    article.
    The publication date is the record's, else the sidecar's or front matter's, else the page's, else that of the file's
    name or the URL's path, else the dateline's, else `given`.

    Args:
        sources: files, folders (read with their subfolders), http(s) URLs of pages and feeds.
        given: what the user says of articles that do not say it themselves.
        max_chars: texts with more code points are refused.

    Raises:
        SourceNotFound: a source does not exist (at once, before anything is read).
    """
    return _read_all(locate(sources), given or Given(), max_chars)


def _read_all(sources: list[Path | Page], given: Given, max_chars: int) -> Iterator[RawArticle | Rejection]:
    identities, seen = Identities(), set[tuple[int, int]]()
    for source in sources:
        for item in fetched(source) if isinstance(source, Page) else files(source, seen):
            if isinstance(item, Rejection):
                yield item
                continue
            for read in read_item(item, max_chars, named=item.path == source):
                for made in assemble(read, given, max_chars) if isinstance(read, Draft) else (read,):
                    if isinstance(made, RawArticle):
                        yield from identities.settle(made)
                    else:
                        yield made
