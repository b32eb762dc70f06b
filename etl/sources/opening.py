"""Opens a file or a page as a plain stream of bytes, gzip undone, and reads it in bounded pieces.

What the bytes mean does not belong here.
"""

import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from etl.sources.encoding import HEAD_BYTES, utf16

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Item:
    """One file, or one page already fetched, to be read."""

    name: str
    """Path from the folder that the source names or lies in, with `/`: an article's id of last resort."""
    origin: str
    """Path or URL, for messages."""
    path: Path | None = None
    content: bytes = b""
    """The page itself where there is no path."""
    url: str | None = None
    """Where a page was fetched from, redirects followed."""

    @property
    def suffix(self) -> str:
        """The ending in lower case, `.gz` aside."""
        name = PurePosixPath(self.name)
        return (PurePosixPath(name.stem) if name.suffix.lower() == ".gz" else name).suffix.lower()

    def open(self) -> BinaryIO:
        """A stream of its bytes, unpacked if they are gzip.

        Raises:
            OSError: it cannot be opened.
        """
        if self.path is None:
            return _unpacked(io.BytesIO(self.content))
        return _unpacked(self.path.open("rb"))

    def head(self) -> bytes:
        """Its first `HEAD_BYTES` bytes, unpacked.

        Raises:
            OSError, EOFError, zlib.error: it cannot be opened or unpacked.
        """
        with self.open() as stream:
            return stream.read(HEAD_BYTES)


def _unpacked(stream: BinaryIO) -> BinaryIO:
    magic = stream.read(len(_GZIP_MAGIC))
    stream.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=stream, mode="rb")) if magic == _GZIP_MAGIC else stream


class Line(NamedTuple):
    """One line of a stream; `whole` is False where it was longer than the limit and the rest was skipped."""

    number: int
    data: bytes
    whole: bool


def lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """The lines of a stream as UTF-8 bytes with their ends, numbered from 1, in flat memory.

    UTF-16 is transcoded; any other encoding is left for whoever decodes the line.

    Args:
        stream: at its beginning, seekable.
        limit: longest line in bytes (code units where transcoded) that is read whole.
    """
    codec = utf16(stream.read(4096))
    stream.seek(0)
    read = stream.readline if codec is None else _transcoding(stream, codec)
    number = 0
    while data := read(limit):
        number += 1
        rest = data
        while not rest.endswith(b"\n") and len(rest) >= limit:
            rest = read(limit)
        yield Line(number, data, rest is data)


def _transcoding(stream: BinaryIO, codec: str) -> Callable[[int], bytes]:
    """A `readline` that gives UTF-8."""
    text = io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="\n")
    return lambda size: text.readline(size).removeprefix("\ufeff").encode("utf-8", "replace")
