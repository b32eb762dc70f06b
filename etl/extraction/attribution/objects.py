"""Objects: what somebody states by naming it (*la police a recensé 300 feux*, *the closure announced by the firm*).

Reads verbs whose object, subject in the passive or antecedent is itself the statement. Clauses and quotations that are
said are read by `statements`.
"""

import re

from etl.extraction.attribution.cues import COUNT, STATE
from etl.extraction.attribution.speakers import Speakers, Statement, spoken
from etl.extraction.attribution.surroundings import Known, Surroundings
from etl.extraction.clauses import Clause, Tense
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names_words import (
    ADVERB,
    COMMA,
    CONJUNCTION,
    DETERMINER,
    LINKER,
    NUMBER,
    STOP,
    SUBORDINATOR,
    TIME,
    VERB,
)

_FINITE, _, _PARTICIPLE, _GERUND, _ = ClauseKind
_TOLD = (Tense.PAST, Tense.PRESENT)
_REACH = 14
"""How many tokens from a verb its figure or its agent may stand."""
_WINDOW = 400
"""How many tokens before a participle its subject may stand."""
_BARRIERS = frozenset((SUBORDINATOR, STOP, COMMA, VERB))
_NO_FIGURE = re.compile(b"[VR,.]")
"""What no figure follows that is the object of a verb before it."""
_FIGURE = re.compile(b"%?q(?:[.,]?q){0,8}%?(?:d?[Aw]){0,4}$")
"""A figure with what it counts, at the end of the stretch."""


class ObjectReader(Surroundings):
    """Reads the objects of verbs of saying in one document."""

    def __init__(self, known: Known, speakers: Speakers) -> None:
        super().__init__(known)
        self._speakers = speakers

    def of_verb(self, clause: Clause, role: int) -> Statement | None:
        """The statement that a finite verb with this role has for its object, or a relative clause for its figure."""
        tokens = self._document.tokens
        if clause.subordinate:
            wanted = self._wanted(clause)
            if wanted is not None:
                return wanted
        reflexive = not self._syntax.words.reflexives.isdisjoint(tokens[clause.group : clause.verb])
        if clause.kind is not _FINITE or clause.tense not in _TOLD or reflexive:
            return None
        if clause.negated and not role & COUNT and self._cues.lemmas.get(tokens[clause.verb]) not in self._cues.denials:
            return None
        behind = clause.verb + 1
        counts = (role & COUNT and self._figure(behind)) or (role & STATE and self._counts(clause))
        return self.stated(clause.group, behind) if counts else None

    def stated(self, cue: int, end: int) -> Statement | None:
        """A figure that is the object of what somebody counts (*la police a recensé 300 départs de feu*)."""
        clause = self._clauses.at(cue)
        if clause.verb < 0:
            return None
        _, stop = self._sentence(cue)
        for other in self._clauses_between(clause.verb + 1, stop):
            shared = (
                other.kind is _PARTICIPLE and self._codes[other.group - 1] == CONJUNCTION
            )  # *et promis 50 millions*
            if other.first > clause.verb and (shared or other.kind is _FINITE) and not other.subordinate:
                stop = other.first
                break
        tokens = self._document.tokens
        stop = next((at for at in range(end, stop) if tokens[at] == ";"), stop)
        return spoken(cue, end, end, stop, self._speakers.of(clause))

    def by_agent(self, clause: Clause, role: int) -> Statement | None:
        """What is told of by somebody that a passive names (*les 12 blessés annoncés par la préfecture*)."""
        tokens, codes = self._document.tokens, self._codes
        subject = self._syntax.subject(clause)
        if not subject or not clause.group - _WINDOW < subject[0].start < clause.group:
            return None
        counted = NUMBER in codes[subject[0].start : subject[0].first]
        for phrase in self._phrases_between(clause.verb + 1, clause.verb + _REACH):
            before = self._syntax.before(phrase)
            if not _BARRIERS.isdisjoint(codes[clause.verb + 1 : before].replace(b"q,q", b"q")):
                return None
            if tokens[before] in self._cues.agent:
                given = NUMBER in codes[clause.verb + 1 : before]  # *est estimé à 300 par X*
                if not (role & STATE or counted or given):
                    return None
                speaker = self._speakers.behind(phrase) if self._speakers.can_speak(phrase) else None
                end = before if given else clause.group
                return spoken(clause.group, phrase.extent, subject[0].start, end, speaker)
        return None

    def _wanted(self, clause: Clause) -> Statement | None:
        """The figure that a relative clause tells of (*the 3% that analysts had expected*)."""
        opener = clause.first
        if self._document.tokens[opener] not in self._cues.complementisers | self._cues.relatives:
            return None
        figure = _FIGURE.search(self._codes, max(0, opener - _REACH), opener)
        if figure is None:
            return None
        return spoken(opener, clause.end, figure.start(), opener, self._speakers.of(clause))

    def _figure(self, token: int) -> bool:
        """Whether what follows the verb begins with a figure."""
        barrier = _NO_FIGURE.search(self._codes, token, token + _REACH)
        return self._codes.find(NUMBER, token, barrier.start() if barrier else token + _REACH) >= 0

    def _counts(self, clause: Clause) -> bool:
        """Whether a figure or a noun follows the verb, not an infinitive (*prévoit de fermer*)."""
        codes, token = self._codes, clause.verb + 1
        while codes[token] in (ADVERB, TIME):
            token += 1
        if token >= len(self._document.tokens):
            return False
        if self._document.tokens[token] in self._cues.own:
            return False
        if codes[token] == LINKER and self._document.tokens[token] in self._syntax.words.oblique:
            return codes[token + 1] in (NUMBER, DETERMINER) or (clause.negated and codes[token + 1] != VERB)
        return codes[token] != VERB or self._clauses.at(token).kind is _GERUND  # *admitted shooting two men*
