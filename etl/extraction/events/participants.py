"""Participants: where an event takes place, who does it and to whom, as the text writes them.

Which words take which roles is data in `etl/languages/<code>/roles.toml`; finding and typing events belongs elsewhere.
"""

from typing import NamedTuple

from etl.extraction.clauses import Clauses
from etl.extraction.names import Names
from etl.extraction.text import Document


class Participants(NamedTuple):
    """The slots of an event, each a tuple of phrases as written, in text order."""

    places: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]


def find_participants(
    document: Document, clauses: Clauses, names: Names, first: int, end: int, lemma: str, event_type: str, nominal: bool
) -> Participants:
    """The participants of the event whose trigger is tokens `first` to `end` (exclusive)."""
    return Participants((), (), ())
