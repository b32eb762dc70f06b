"""Speakers: who a verb of saying has for its subject, as the text writes it, and whom its pronouns stand for.

Where statements begin and end is read by `statements`; subjects and antecedents come from `names_syntax`.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from etl.extraction.attribution.cues import Cues
from etl.extraction.attribution.quotations import Quotations
from etl.extraction.clauses import Clause
from etl.extraction.mentions import Span
from etl.extraction.names import PERSON, THING, Names, Phrase
from etl.extraction.names_syntax import PEOPLE, Syntax
from etl.extraction.names_words import CAPITAL, COMMA, CONJUNCTION, GENITIVE, NUMBER
from etl.extraction.text import Document

_LOOK_BACK = 3
"""How many sentences back a pronoun may stand for somebody who has not spoken."""
_WINDOW = 60
"""How many tokens before a verb its pronoun may stand."""


class Statement(NamedTuple):
    """Tokens `cue` to `cue_end` name speaker and saying; tokens `first` to `end` are what is said."""

    cue: int
    cue_end: int
    first: int
    end: int
    speaker: Span


class Speakers:
    """Reads who speaks in one document."""

    def __init__(
        self,
        document: Document,
        names: Names,
        syntax: Syntax,
        cues: Cues,
        quotations: Quotations,
        last_said: Callable[[int], Statement | None],
    ) -> None:
        """`last_said`: the last statement before a token."""
        self._document = document
        self._names = names
        self._syntax = syntax
        self._cues = cues
        self._quotations = quotations
        self._last_said = last_said

    def of(self, clause: Clause, *, things: bool = True) -> Span | None:
        """The subject of a verb of saying, if it can speak; `things`: whatever it is."""
        tokens, cues = self._document.tokens, self._cues
        pronoun = self.pronoun_before(clause)
        subject = self._syntax.subject(clause)
        for phrase in subject:
            head = tokens[phrase.head]
            thing = phrase.kind is THING and head not in cues.documents
            if head in cues.not_speakers or (thing and not things):
                continue
            if pronoun >= 0 and phrase.end <= pronoun:
                return self.by_pronoun(pronoun)
            return self.span(phrase) if phrase is subject[-1] else self.together(subject)
        return self.by_pronoun(pronoun) if pronoun >= 0 else None

    def pronoun_before(self, clause: Clause) -> int:
        """The pronoun that is the subject of a verb of saying; -1 if none is."""
        tokens, pronouns = self._document.tokens, self._cues.speaker_pronouns
        low = clause.resumes if clause.resumes >= 0 else clause.first
        for at in range(clause.verb, max(low, clause.verb - _WINDOW) - 1, -1):
            if tokens[at] in pronouns:
                return at
        return -1

    def pronoun_behind(self, clause: Clause) -> int:
        """The pronoun behind the verb or its auxiliary (*a-t-il ajouté, dit-elle*); -1 if there is none."""
        tokens, pronouns = self._document.tokens, self._cues.speaker_pronouns
        for at in range(clause.group + 1, min(clause.verb + 3, len(tokens))):
            if tokens[at] in pronouns and tokens[at - 1] == "-":
                return at
        return -1

    def by_pronoun(self, token: int) -> Span | None:
        """Whoever spoke last, or the subject of what the text itself told since."""
        document = self._document
        features = self._syntax.words.pronouns.get(document.tokens[token])
        here = document.sentence_of_token(token)
        last = self._last_said(token)
        said = last.cue if last is not None else -1
        kinds = PEOPLE if last is None or (features is not None and features.animate == "i") else (PERSON,)
        for ordinal in range(here, max(-1, here - _LOOK_BACK), -1):
            topic = self._syntax.topic(ordinal)
            if not topic or topic[0].end > token or self._quotations.around(topic[0].first):
                continue
            if topic[0].first < said:
                break
            if topic[0].kind in kinds and (features is None or self._syntax.agrees(topic, features)):
                return self.span(topic[0])
        return last.speaker if last is not None else None

    def together(self, phrases: tuple[Phrase, ...]) -> Span:
        """Several speakers as one stretch of the text (*les syndicats et la mairie*)."""
        return Span(self.span(phrases[0]).start, max(self.span(phrase).end for phrase in phrases))

    def behind(self, phrase: Phrase) -> Span:
        """A speaker that stands behind its verb, with those coordinated to it."""
        codes = self._names.codes
        sentence = self._names.of_sentence(self._document.sentence_of_token(phrase.first))
        found = [phrase]
        for other in sentence[bisect_left(sentence, (phrase.end,)) :]:
            end = found[-1].extent
            if other.start < end:
                continue
            if other.start != end + 1 or codes[end] != CONJUNCTION or other.kind not in PEOPLE:
                break
            if NUMBER in codes[other.start : other.first]:
                break
            found.append(other)
        return self.together(tuple(found)) if len(found) > 1 else self.span(phrase)

    def span(self, phrase: Phrase) -> Span:
        """The speaker as written: a name without its title, a description with complements, or the name behind it."""
        document, codes = self._document, self._names.codes
        first, end = phrase.first, phrase.extent
        if phrase.kind is PERSON and phrase.head > first and codes[phrase.head] == CAPITAL:
            first, end = phrase.head, phrase.end
        elif phrase.kind is PERSON and codes[phrase.head] != CAPITAL and codes[end] == COMMA:
            named = self._syntax.phrases(document.sentence_of_token(end), end + 1, end + 2)
            if named and named[0].kind is PERSON and codes[named[0].head] == CAPITAL:
                return self.span(named[0])  # *le maire, Yves Martin*
        if first == phrase.first and phrase.start > 0 and codes[phrase.start - 1] == GENITIVE:
            owner = self._names.starting_before(phrase.start - 2)  # *the mayor's office*
            if owner is not None and owner.end == phrase.start - 1:
                first = owner.first
        return Span(document.starts[first], document.ends[end - 1])
