"""Reads one article from a plain text or Markdown file, with its front matter. Sidecars belong in `sidecar`.

The text is what follows the front matter, verbatim; offsets count from there.
"""

import re
from collections.abc import Iterator

import yaml

from etl.sources.draft import Draft, refuse
from etl.sources.encoding import NotText, decode
from etl.sources.fields import Fields, read_fields
from etl.sources.opening import Item
from etl.sources.record import Rejection

_FENCE = re.compile(r"---[ \t]*\r?\n(?P<yaml>[A-Za-z_\"'#][^\0]{0,65536}?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_plain(item: Item, max_chars: int) -> Iterator[Draft | Rejection]:
    """The article of the file; a text that cannot have at most `max_chars` code points is not read to its end."""
    most = 4 * max_chars + 4  # the longest encodings take four bytes a code point, and a byte order mark
    with item.open() as stream:
        data = stream.read(most + 1)
    if not data.strip():
        yield refuse(item, "The file is empty; delete it or fetch the article again.")
        return
    if len(data) > most:
        reason = f"The text is longer than {max_chars:,} characters; split it into articles or raise the limit."
        yield refuse(item, reason, content=data[:4096])
        return
    try:
        text, fault = decode(data)
    except NotText as error:
        yield refuse(item, f"The file {error}; convert it to text first.", content=data[:4096])
        return
    front, text, broken = split_front_matter(text)
    said = (("sidecar", front),) if front is not None else ()
    yield Draft(item.origin, item.name, text, said, fault=fault or broken)


def split_front_matter(text: str) -> tuple[Fields | None, str, str | None]:
    """The fields of a YAML front matter, the text after it, and what is wrong with it.

    A text that begins with a rule (`---`) but no mapping is left whole. Every value is read as a string: YAML's own
    dates would fail on a day that does not exist.
    """
    match = _FENCE.match(text) if text.startswith("---") else None
    if match is None:
        return None, text, None
    try:
        front = yaml.load(match["yaml"], Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        where = str(getattr(error, "problem", None) or type(error).__name__)
        return None, text, f"has a front matter that is no YAML ({where}), kept as part of the text; mend it"
    if not isinstance(front, dict):
        return None, text, None
    return read_fields(front), text[match.end() :], None
