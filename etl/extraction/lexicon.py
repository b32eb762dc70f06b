"""Language packs: the plain data in `etl/languages/<code>/`, read and compiled once per process.

Domains (times, quantities, events, …) compile their own part of a pack with the tools of this module.
No word of any language is written here, and nothing here reads articles.
"""

import hashlib
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar

from etl.extraction.text import Reader, Typography

T = TypeVar("T")
Data = Mapping[str, Any]
"""A parsed TOML document."""

_REMEMBERED = 100_000
"""How many surface forms a table remembers beyond its own words, so that memory stays flat over any corpus."""


def _folders() -> Traversable:
    return resources.files("etl") / "languages"


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder, in alphabetical order."""
    return tuple(sorted(entry.name for entry in _folders().iterdir() if (entry / "language.toml").is_file()))


def language_of(tag: str) -> str | None:
    """The folder that serves a BCP 47 tag (`fr-CA` → `fr`), or None."""
    code = tag.split("-", 1)[0].lower()
    return code if code in languages() else None


@cache
def data(code: str, part: str) -> Data:
    """One TOML file of a language (`data("fr", "times")` is `fr/times.toml`), empty where there is none."""
    file = _folders() / code / f"{part}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


@cache
def reader(code: str) -> Reader:
    """The tokeniser and sentence splitter of a language; a language without a folder gets a plain one."""
    described = data(code, "language")
    return Reader(
        code,
        Typography(
            elides=bool(described.get("elides", False)),
            abbreviations=frozenset(described.get("abbreviations", ())),
        ),
    )


def unaccented(word: str) -> str:
    """The word as capitals are often written: without diacritics (`DECEMBRE`, `A`). The length may change."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


class Table(dict[str, T], Generic[T]):
    """Words → values, where unknown words are computed once by `missing` and then remembered (up to a limit).

    Built for `map(table.__getitem__, tokens)`: a dictionary look-up per token and nothing else.
    """

    def __init__(self, words: Mapping[str, T], missing: Callable[[str], T]) -> None:
        super().__init__(words)
        self._compute = missing
        self._room = _REMEMBERED

    def __missing__(self, word: str) -> T:
        value = self._compute(word)
        if self._room and len(word) <= 40:
            self._room -= 1
            self[word] = value
        return value


class Phrases(Generic[T]):
    """Expressions of one or more tokens → values; finds the leftmost longest ones, never overlapping.

    Works on tokens, so word boundaries hold in every script, and costs a set look-up per token plus the matches.
    """

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for words, value in entries:
            self._by_first.setdefault(words[0], []).append((words, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: list[str]) -> list[tuple[int, int, T]]:
        """(first token, end token, value) for each match, in order."""
        by_first, found, free = self._by_first, [], 0
        for index in [i for i, token in enumerate(tokens) if token in by_first]:
            if index < free:
                continue
            for words, value in by_first[tokens[index]]:
                end = index + len(words)
                if len(words) == 1 or tuple(tokens[index:end]) == words:
                    found.append((index, end, value))
                    free = end
                    break
        return found


@cache
def extractor_version() -> str:
    """Changes exactly when the extraction's code or a language's data does: 12 hex digits of their SHA-256."""
    digest = hashlib.sha256()
    package = resources.files("etl")
    for folder in ("extraction", "languages"):
        for name, content in _files(package / folder, folder):
            digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


def _files(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name not in ("__pycache__", "examples"):
            yield from _files(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            yield name, entry.read_bytes()
