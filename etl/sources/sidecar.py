"""Finds and reads the sidecar of an article: `NAME.json` or `NAME.txt.json` beside `NAME.txt` (or .md, .html).

A JSON file beside a text is a sidecar only if it holds one object without a text of its own: else it is an article.
"""

import json
from collections.abc import Iterator
from pathlib import Path, PurePath

from etl.sources.fields import Fields, read_fields
from etl.sources.kinds import PAGE_SUFFIXES, TEXT_SUFFIXES
from etl.sources.record import Rejection
from etl.sources.walk import readable, refused, unreadable

MAX_BYTES = 1_000_000
"""A larger file is no sidecar."""
_TEXT_LIKE = sorted((TEXT_SUFFIXES | PAGE_SUFFIXES) - {""})


def _sidecars_of(path: Path) -> Iterator[Path]:
    """Where the sidecar of this file may lie."""
    name = path.name.removesuffix(".gz")
    yield path.with_name(f"{name}.json")
    yield path.with_name(f"{PurePath(name).stem}.json")


def _texts_of(path: Path) -> Iterator[Path]:
    """Which files this JSON file may be the sidecar of."""
    for packed in ("", ".gz"):
        if PurePath(path.stem).suffix in _TEXT_LIKE:
            yield path.with_name(path.stem + packed)
        for suffix in _TEXT_LIKE:
            yield path.with_name(path.stem + suffix + packed)


def _load(path: Path) -> Fields | None:
    """The fields of a sidecar; None if it is no object, or an article by itself.

    Raises:
        OSError, ValueError, RecursionError: it cannot be read, or is no JSON.
    """
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return None
    content = json.loads(data)
    fields = read_fields(content) if isinstance(content, dict) else None
    return None if fields is None or fields.text is not None else fields


def read_sidecar(path: Path) -> Fields | Rejection | None:
    """What the sidecar of an article says, if it has one; a rejection if it has one that cannot be read."""
    for sidecar in _sidecars_of(path):
        if sidecar == path or not sidecar.is_file():
            continue
        try:
            fields = _load(sidecar)
        except OSError as error:
            return refused(sidecar, unreadable(error))
        except (ValueError, RecursionError) as error:
            reason = f"The sidecar is no JSON ({error}); mend it. {readable(path.name)} was read without it."
            return Rejection(readable(str(sidecar)), {"path": readable(str(sidecar))}, (reason,), kept=True)
        if fields is not None:
            return fields
    return None


def is_sidecar(path: Path) -> bool:
    """Whether a JSON file belongs to a text beside it, which has read it or reported it."""
    if not any(text.is_file() for text in _texts_of(path)):
        return False
    try:
        return _load(path) is not None
    except (OSError, ValueError, RecursionError):
        return True
