"""Publication cues and column names as data: reads `etl/languages/<code>/publication.toml`, once.

The words themselves belong in those files; what is done with them belongs in the modules that call this one.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Cues(NamedTuple):
    """What announces a publication date, and what announces the date of a later change."""

    published: re.Pattern[str]
    updated: re.Pattern[str]


@cache
def _publication_data() -> dict[str, dict[str, object]]:
    """The publication data of every language that has any, by code, in the order of the codes."""
    folders = sorted(files("etl").joinpath("languages").iterdir(), key=lambda entry: entry.name)
    found = ((folder.name, folder.joinpath("publication.toml")) for folder in folders if folder.is_dir())
    return {code: tomllib.loads(entry.read_text(encoding="utf-8")) for code, entry in found if entry.is_file()}


def languages() -> tuple[str, ...]:
    """The languages whose cues are known: also whose month names are tried after those of a text's own language."""
    return tuple(_publication_data())


def _any_of(phrases: set[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    written = (r"\s{1,3}".join(map(re.escape, phrase.split())) for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)


@cache
def cues() -> Cues:
    """The cues of all languages together: pages mix their own language with that of their software."""
    phrases: dict[str, set[str]] = {"published": set(), "updated": set()}
    for data in _publication_data().values():
        for moment, known in phrases.items():
            listed = data.get(moment, [])
            known.update(map(str, listed if isinstance(listed, list) else ()))
    return Cues(_any_of(phrases["published"]), _any_of(phrases["updated"]))


@cache
def field_names() -> dict[str, tuple[str, ...]]:
    """Per column, what tables in each language call it."""
    names: dict[str, tuple[str, ...]] = {}
    for data in _publication_data().values():
        fields = data.get("fields", {})
        for column, listed in fields.items() if isinstance(fields, dict) else ():
            names[column] = (*names.get(column, ()), *listed)
    return names
