"""From what the user names to the files to read, in an order that is always the same.

Ignored on purpose: hidden files, what operating systems and editors leave about, a file reached a second time.
Opening files does not belong here.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.sources.opening import Item
from etl.sources.record import Rejection

_LITTER = re.compile(
    r"\..*|~\$.*|.*~|#.*#|.*\.(?:tmp|temp|swp|part|crdownload|download|bak|lock)|__MACOSX|__pycache__"
    r"|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")


class SourceNotFound(Exception):
    """A source that the user named does not exist; nothing was read."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page or feed on the web, not fetched yet."""

    url: str


def locate(sources: Iterable[str | Path]) -> list[Path | Page]:
    """The files, folders and URLs that the user names.

    Raises:
        SourceNotFound: one of them does not exist.
    """
    found: list[Path | Page] = []
    for source in sources:
        if isinstance(source, str) and _WEB.match(source):
            found.append(Page(source))
            continue
        if isinstance(source, str) and _SCHEME.match(source):
            raise SourceNotFound(f"{source}: only http and https are fetched; download it and name the file.")
        path = Path(source).expanduser()
        if not os.path.lexists(path):
            raise SourceNotFound(f"{path} does not exist; check the spelling and the folder you are in ({Path.cwd()}).")
        found.append(path)
    return found


def files(source: Path, seen: set[tuple[int, int]]) -> Iterator[Item | Rejection]:
    """Every file of a source, folders entered depth first, entries in the order of their names.

    Args:
        source: a file or folder.
        seen: device and inode of what was already reached; links that lead there again are passed over.
    """
    # Named by its folder too: two folders that are refreshed one after the other may each hold a note.txt.
    named = source.resolve().name if source.is_dir() else f"{source.parent.resolve().name}/{source.name}"
    waiting = [(source, readable(named))]
    while waiting:
        path, name = waiting.pop()
        try:
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            if stat.S_ISREG(status.st_mode):
                yield Item(name.removeprefix("/"), readable(str(path)), path)
                continue
            if not stat.S_ISDIR(status.st_mode):
                yield refused(path, "is neither a file nor a folder; copy its content into a file")
                continue
            entries = sorted(entry.name for entry in path.iterdir() if not _LITTER.fullmatch(entry.name))
        except OSError as error:
            yield refused(path, unreadable(error))
            continue
        waiting.extend((path / entry, f"{name}/{readable(entry)}") for entry in reversed(entries))


def readable(name: str) -> str:
    """A file name as text that every table can hold: bytes that are no UTF-8 escaped, accents composed."""
    raw = os.fsencode(name)
    return unicodedata.normalize("NFC", raw.decode("utf-8", "backslashreplace"))


def refused(path: Path, reason: str) -> Rejection:
    """The rejection of a whole file."""
    origin = readable(str(path))
    return Rejection(origin, {"path": origin}, (f"The file {reason}.",))


def unreadable(error: OSError) -> str:
    """Why the system does not let a file be read, as the end of a sentence, with the remedy."""
    if isinstance(error, PermissionError):
        return "may not be read: permission denied; allow this user to read it (chmod u+r)"
    if isinstance(error, FileNotFoundError):
        return "is gone, or a link to nothing; restore or remove it"
    return f"cannot be read: {error.strerror or error}; check the disk and the name"
