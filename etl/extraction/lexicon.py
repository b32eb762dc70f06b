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

import numpy as np
import numpy.typing as npt

from etl.extraction.text import Document, Reader, Typography

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


class WordCodes(Table[str]):
    """Words → one character each, for whole documents at a time: rules are patterns over the string of codes.

    A table serves documents of one language, for it is indexed by their vocabulary's numbers.
    """

    def __init__(self, words: Mapping[str, str], missing: Callable[[str], str]) -> None:
        super().__init__(words, missing)
        self._by_id: npt.NDArray[np.uint8 | np.uint32] = np.zeros(1, dtype=np.uint8)

    def of(self, document: Document) -> str:
        """The code of each token, in order."""
        if len(self._by_id) < len(document.vocabulary):
            grown = np.zeros(2 * len(document.vocabulary), dtype=self._by_id.dtype)
            grown[: len(self._by_id)] = self._by_id
            self._by_id = grown
        known = self._by_id.take(document.word_ids)
        codes = known.tobytes().decode(_ENCODINGS[known.itemsize])
        return self._learn(document, codes) if _UNKNOWN in codes else codes

    def _learn(self, document: Document, codes: str) -> str:
        """The codes with those of the words that were not met before, which are found by their numbers from now on."""
        pairs = zip(codes, document.tokens, strict=True)
        codes = "".join([self[token] if code == _UNKNOWN else code for code, token in pairs])
        if max(codes) > _WIDEST:
            self._by_id = self._by_id.astype("<u4", copy=False)
        dtype = self._by_id.dtype
        self._by_id[document.word_ids] = np.frombuffer(codes.encode(_ENCODINGS[dtype.itemsize]), dtype=dtype)
        self._by_id[0] = 0  # the number of no word in particular
        return codes


_UNKNOWN = "\0"
_WIDEST = "\xff"
_ENCODINGS = {1: "latin-1", 4: "utf-32-le"}
"""How a table keeps codes, by their size: in one byte each, and in four once one of them is wider."""


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
