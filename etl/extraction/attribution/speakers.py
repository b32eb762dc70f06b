"""Speakers: who a verb of saying has for its subject, as the text writes it, and whom its pronouns stand for.

Where statements begin and end is read by `statements`; subjects and antecedents come from `names_syntax`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from etl.extraction.attribution.surroundings import Known, Surroundings
from etl.extraction.clauses import Clause
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span
from etl.extraction.names import GROUP, NAME, ORGANISATION, PEOPLE, PERSON, THING, Phrase
from etl.extraction.names_words import (
    CAPITAL,
    COMMA,
    CONJUNCTION,
    DETERMINER,
    GENITIVE,
    LINKER,
    NUMBER,
    PREPOSITION,
    QUOTE,
    STOP,
    SUBORDINATOR,
    VERB,
)

_FINITE = ClauseKind.FINITE
SPEAKING = (PERSON, GROUP, ORGANISATION)
_LOOK_BACK = 3
"""How many sentences back a pronoun may stand for somebody who has not spoken."""
_RECALLED = 24
"""How many sentences back a pronoun may stand for somebody who spoke."""
_GOVERNING = (PREPOSITION, LINKER, VERB)
"""What stands before a pronoun that is no subject."""
_BEFORE_SUBJECT = (COMMA, STOP, QUOTE, CONJUNCTION, SUBORDINATOR)
_NAMED = (PERSON, NAME)
_APART = frozenset((COMMA, STOP, QUOTE, VERB, SUBORDINATOR))
"""What parts a verb from a source behind it."""
_SOURCE = 8
"""How many tokens behind a verb a source may stand."""
_WINDOW = 60
"""How many tokens before a verb its pronoun may stand."""


class Speaker(NamedTuple):
    """Who speaks: characters of the text, and the phrases there that a pronoun has to agree with."""

    span: Span
    phrases: tuple[Phrase, ...]


class Statement(NamedTuple):
    """Tokens `cue` to `cue_end` name speaker and saying; tokens `first` to `end` are what is said."""

    cue: int
    cue_end: int
    first: int
    end: int
    speaker: Speaker


def spoken(cue: int, cue_end: int, first: int, end: int, speaker: Speaker | None) -> Statement | None:
    """The statement, if anybody makes it."""
    return Statement(cue, cue_end, first, end, speaker) if speaker is not None else None


class Speakers(Surroundings):
    """Reads who speaks in one document."""

    def __init__(self, known: Known, said_in: Callable[[int], list[Statement]]) -> None:
        """`said_in`: the statements of a sentence, of the one that is being read those that were."""
        super().__init__(known)
        self.said_in = said_in

    def of(self, clause: Clause, *, things: bool = False) -> Speaker | None:
        """The subject of a verb of saying, if it can speak; `things`: even if its noun is not known to."""
        pronoun = self.pronoun_before(clause)
        if pronoun < 0 and self._document.tokens[clause.group - 1] in self._cues.restart:
            said = self.said_in(self._syntax.ordinal(clause.group))
            if said and said[-1].cue < clause.group:
                return said[-1].speaker  # *said that the mine had closed and added that …*
        subject = self._syntax.subject(clause)
        if pronoun < 0 and not (subject and subject[0].first >= self._first(clause)):
            pronoun = self._shared_pronoun(clause)
        things = things and pronoun < 0
        for phrase in subject:
            if not self.can_speak(phrase) and not (things and self._unknown_speaker(phrase, clause)):
                continue
            if pronoun >= 0 and phrase.end <= pronoun:
                return self.by_pronoun(pronoun)
            return self.told(phrase) if phrase is subject[-1] else self.together(subject)
        if pronoun >= 0:
            return self.by_pronoun(pronoun)
        if self._document.tokens[clause.group - 1] in self._cues.impersonal:
            return self._where(clause)
        return self._opening(clause) if self._codes[clause.group - 1] == CONJUNCTION else None

    def _where(self, clause: Clause) -> Speaker | None:
        """Where it is that nobody in particular tells, at the head of the sentence (*À Tokyo, on assure que*)."""
        codes, first = self._codes, self._first(clause)
        named = self._phrases_between(first, clause.group)[:1]
        opens = codes[first] in (PREPOSITION, LINKER) and codes[clause.group - 2] == COMMA
        return self.told(named[0]) if opens and named and named[0].extent == clause.group - 2 else None

    def _opening(self, clause: Clause) -> Speaker | None:
        """Whoever a sentence begins with, for a verb coordinated to another one whose subject was not found."""
        first = self._first(clause)
        for phrase in self._phrases_between(first, clause.group)[:1]:
            if phrase.start == first and self.can_speak(phrase):
                return self.told(phrase)
        return None

    def can_speak(self, phrase: Phrase) -> bool:
        """Whether it names people, or what they speak by."""
        head, cues = self._document.tokens[phrase.head], self._cues
        return head not in cues.not_speakers and (phrase.kind is not THING or head in cues.documents)

    def is_document(self, speaker: Speaker) -> bool:
        """Whether it is something by which people speak."""
        head = self._document.tokens[speaker.phrases[0].head]
        return head in self._cues.documents or head in self._cues.tallies

    def impersonal(self, clause: Clause, end: int) -> Speaker | None:
        """Where it is told that nobody in particular tells (*indique-t-on mardi à la mairie*)."""
        tokens, codes, impersonal = self._document.tokens, self._codes, self._cues.impersonal
        for at in range(clause.group + 1, min(clause.verb + 5, end)):
            if tokens[at] in impersonal and tokens[at - 1] == "-":
                behind = max(clause.verb, at) + 1
                near = self._phrases_between(behind, min(end, behind + _SOURCE))[:1]
                for phrase in near:
                    if _APART.isdisjoint(codes[behind : phrase.start]):
                        return self.behind(phrase)
                return None
        return None

    def _unknown_speaker(self, phrase: Phrase, clause: Clause) -> bool:
        """Whether a noun of unknown kind speaks for where it stands (*the insurer said*, *dealers said*)."""
        codes, start = self._codes, phrase.start
        if clause.kind is _FINITE and phrase.extent != clause.group:
            return False
        if self._document.tokens[phrase.head] in self._cues.not_speakers:
            return False
        alone = start == self._first(clause) or codes[start - 1] in _BEFORE_SUBJECT
        return codes[start] in (DETERMINER, NUMBER) or (alone and phrase.extent == phrase.end)

    def _first(self, clause: Clause) -> int:
        """The first token of the clause's sentence."""
        return self._bounds[bisect_right(self._bounds, clause.first) - 1]

    def _shared_pronoun(self, clause: Clause) -> int:
        """The pronoun that is the subject of the verb that this one is coordinated to; -1 if none is."""
        codes, first = self._codes, self._first(clause)
        if clause.group <= first or CONJUNCTION not in (codes[clause.group - 1], codes[clause.first]):
            return -1
        tokens, pronouns = self._document.tokens, self._cues.speaker_pronouns
        for at in range(clause.group - 1, max(first, clause.group - _WINDOW) - 1, -1):
            if tokens[at] in pronouns:
                return at
        return -1

    def pronoun_before(self, clause: Clause) -> int:
        """The pronoun that is the subject of a verb of saying; -1 if none is."""
        tokens, codes, pronouns = self._document.tokens, self._codes, self._cues.speaker_pronouns
        low = max(clause.resumes if clause.resumes >= 0 else clause.first, clause.verb - _WINDOW)
        if pronouns.isdisjoint(tokens[low : clause.verb + 1]):
            return -1
        for at in range(clause.verb, low - 1, -1):
            if tokens[at] in pronouns and codes[at - 1] not in _GOVERNING:
                return at
        return -1

    def pronoun_behind(self, clause: Clause) -> int:
        """The pronoun behind the verb or its auxiliary (*a-t-il ajouté, dit-elle*); -1 if there is none."""
        tokens, pronouns = self._document.tokens, self._cues.speaker_pronouns
        for at in range(clause.group + 1, min(clause.verb + 5, len(tokens))):
            if tokens[at] in pronouns and tokens[at - 1] == "-":
                return at
        return -1

    def by_pronoun(self, token: int) -> Speaker | None:
        """Whoever spoke last, or the subject of what the text itself told since; of those that agree."""
        syntax = self._syntax
        features = syntax.words.pronouns.get(self._document.tokens[token])
        here = syntax.ordinal(token)
        one = features is None or (features.number == "s" and features.animate != "i")
        kinds = _NAMED if one else PEOPLE
        thing: Speaker | None = None
        for ordinal in range(here, max(-1, here - _RECALLED), -1):
            for statement in reversed(self.said_in(ordinal)):
                speaker = statement.speaker
                if features is None or syntax.agrees(speaker.phrases, features):
                    if speaker.phrases[0].kind in PEOPLE:
                        return speaker
                    thing = thing or speaker
            if here - ordinal < _LOOK_BACK:
                topic = syntax.topic(ordinal)
                if topic and topic[0].end <= token and topic[0].kind in kinds:
                    quoted = self._quotations.around(topic[0].first)
                    if not quoted and (features is None or syntax.agrees(topic, features)):
                        return self.told(topic[0])
        return thing

    def in_own_words(self, first: int, close: int) -> Speaker | None:
        """Whom the sentence before a quotation tells of, if somebody speaks of themselves in it (*« Nous … »*)."""
        syntax, tokens = self._syntax, self._document.tokens
        pronouns = syntax.words.pronouns
        own = any(tokens[at] in pronouns and pronouns[tokens[at]].animate == "s" for at in range(first, close))
        ordinal = syntax.ordinal(first)
        topic = syntax.topic(ordinal - 1) if own and ordinal else ()
        told = topic and topic[0].kind in SPEAKING and not self._quotations.around(topic[0].first)
        return self.told(topic[0]) if told and self.can_speak(topic[0]) else None

    def together(self, phrases: tuple[Phrase, ...]) -> Speaker:
        """Several speakers as one stretch of the text (*les syndicats et la mairie*)."""
        spans = [self.told(phrase).span for phrase in phrases]
        return Speaker(Span(spans[0].start, max(span.end for span in spans)), phrases)

    def behind(self, phrase: Phrase) -> Speaker:
        """A speaker that stands behind its verb, with those coordinated to it."""
        codes = self._codes
        sentence = self._names.by_sentence[self._document.sentence_of_token(phrase.first)]
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
        return self.together(tuple(found)) if len(found) > 1 else self.told(phrase)

    def _described(self, phrase: Phrase) -> bool:
        """Whether it tells who a person is and not what their name is (*le Premier ministre*)."""
        nouns = self._document.tokens[phrase.first : phrase.end]
        return self._codes[phrase.head] != CAPITAL or any(self._names.kind_of_noun(each) is PERSON for each in nouns)

    def _named_beside(self, phrase: Phrase) -> Phrase | None:
        """The name of the one described: *le maire, Yves Martin*, *Yves Martin le maire*."""
        codes, end, ordinal = self._codes, phrase.extent, self._syntax.ordinal(phrase.start)
        near: Phrase | None = None
        if codes[end] == COMMA:
            near = next(iter(self._syntax.phrases(ordinal, end + 1, end + 2)), None)
        if near is None and codes[phrase.start] == DETERMINER:
            before = self._names.starting_before(phrase.start - 1)
            beside = before is not None and before.extent == phrase.start > self._document.sentence_tokens[ordinal]
            near = before if beside else None
        return near if near is not None and near.kind is PERSON and codes[near.head] == CAPITAL else None

    def told(self, phrase: Phrase) -> Speaker:
        """The speaker as written: a name without its title, a description with complements, or the name behind it."""
        document, codes = self._document, self._codes
        first, end = phrase.first, phrase.extent
        if phrase.kind is PERSON and phrase.head > first and codes[phrase.head] == CAPITAL:
            first, end = phrase.head, phrase.end
        elif phrase.kind is PERSON and self._described(phrase):
            named = self._named_beside(phrase)
            if named is not None:
                return self.told(named)
        if first == phrase.first and phrase.start > 0 and codes[phrase.start - 1] == GENITIVE:
            owner = self._names.starting_before(phrase.start - 2)  # *the mayor's office*
            if owner is not None and owner.end == phrase.start - 1:
                first = owner.first
        return Speaker(Span(document.starts[first], document.ends[end - 1]), (phrase,))
