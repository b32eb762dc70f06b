"""Names: the noun phrases of a text that say who or what: people, organisations, groups, places.

What a name is called in a language (titles, particles, group nouns) is data in `etl/languages/<code>/names.toml`.
Who says what belongs in `attribution`, who does what in `events.participants`.
"""

from enum import StrEnum
from typing import NamedTuple

from etl.extraction.text import Document


class Kind(StrEnum):
    """What a phrase names."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    GROUP = "group"
    NAME = "name"
    """A capitalised name of unknown kind."""


class Phrase(NamedTuple):
    """Tokens `first` to `end` (exclusive), without the opening article; `head` is the token that tells the kind."""

    first: int
    end: int
    head: int
    kind: Kind


class Names:
    """The naming phrases of a document, read sentence by sentence as they are asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def of_sentence(self, ordinal: int) -> list[Phrase]:
        """The phrases of a sentence, in text order, never overlapping."""
        return []

    @property
    def phrases(self) -> list[Phrase]:
        """Every phrase of the document, in text order."""
        return [phrase for ordinal in range(len(self.document.sentences)) for phrase in self.of_sentence(ordinal)]

    def between(self, first: int, end: int) -> list[Phrase]:
        """The phrases that lie wholly within tokens `first` to `end` of one sentence."""
        sentence = self.of_sentence(self.document.sentence_of_token(first))
        return [phrase for phrase in sentence if first <= phrase.first and phrase.end <= end]

    def starting_at(self, token: int) -> Phrase | None:
        """The phrase that starts at the token."""
        sentence = self.of_sentence(self.document.sentence_of_token(token))
        return next((phrase for phrase in sentence if phrase.first == token), None)

    def ending_at(self, token: int) -> Phrase | None:
        """The phrase whose last token stands right before `token`."""
        if token == 0:
            return None
        sentence = self.of_sentence(self.document.sentence_of_token(token - 1))
        return next((phrase for phrase in sentence if phrase.end == token), None)
