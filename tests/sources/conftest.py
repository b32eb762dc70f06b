"""Reads sources the way a refresh does, and sorts what comes. Expectations belong in the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl.sources import RawArticle, Rejection, read_sources


@dataclass(frozen=True)
class Gathered:
    articles: list[RawArticle]
    rejections: list[Rejection]

    @property
    def one(self) -> RawArticle:
        """The only article there is; with nothing refused."""
        assert not self.rejections, self.rejections
        (article,) = self.articles
        return article

    @property
    def reason(self) -> str:
        """The only reason of the only rejection."""
        (rejection,) = self.rejections
        (reason,) = rejection.reasons
        return reason


def gather_from(*sources: str | Path, **options: Any) -> Gathered:
    read = list(read_sources(sources, **options))
    return Gathered(
        [item for item in read if isinstance(item, RawArticle)],
        [item for item in read if isinstance(item, Rejection)],
    )


@pytest.fixture(scope="session")
def gather() -> Callable[..., Gathered]:
    """`gather(source, …, given=…, max_chars=…)`: everything that the sources give."""
    return gather_from


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write(name, content)`: a file in the test's folder; returns its path."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return put
