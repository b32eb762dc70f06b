"""Modality: whether an event is told as fact, as planned, as possible, or denied.

Reads tense, polarity and the cues of `events.toml`; dates and attribution belong elsewhere.
"""

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.events.lexis import Lexis
from etl.extraction.events.triggers import Trigger
from etl.extraction.text import Document

ASSERTED, PLANNED, POSSIBLE, NEGATED = "asserted", "planned", "possible", "negated"


_NEXT = 2
"""How near to the verb that denies it a gerund stands."""


class Modality:
    """Reads the modality of a document's triggers."""

    def __init__(self, document: Document, clauses: Clauses, lexis: Lexis) -> None:
        self._document = document
        self._clauses = clauses
        self._lexis = lexis

    def of(self, trigger: Trigger) -> str:
        """The modality of the trigger."""
        return self._noun(trigger) if trigger.entry.nominal else self._verb(trigger.clause)

    def _verb(self, clause: Clause, depth: int = 0) -> str:
        """The modality that the verb of a clause has."""
        tokens, lexis = self._document.tokens, self._lexis
        if clause.negated:
            return NEGATED
        if clause.kind in (Kind.INFINITIVE, Kind.GERUND, Kind.PARTICIPLE):
            return self._dependent(clause, depth)
        hypothetical = not lexis.words("hypothetical").isdisjoint(tokens[clause.first : clause.first + 2])
        if hypothetical and clause.head == clause.verb:
            return POSSIBLE
        head = tokens[clause.head]
        if clause.tense is Tense.FUTURE:
            return PLANNED
        if head in lexis.words("planning_forms") and clause.head != clause.verb:
            return PLANNED
        if clause.tense is Tense.CONDITIONAL:
            if clause.head == clause.verb and self._reported(clause):
                return PLANNED
            return POSSIBLE
        if clause.head != clause.verb and lexis.is_(head, "possible"):
            return POSSIBLE
        return ASSERTED

    def _reported(self, clause: Clause) -> bool:
        """Whether the clause is told by somebody in the past, whose future its conditional is."""
        before = self._before(clause)
        return clause.subordinate and before is not None and before.tense is Tense.PAST

    def _before(self, clause: Clause) -> Clause | None:
        if clause.first == 0:
            return None
        sentence = self._document.sentence_of_token(clause.first)
        if self._document.sentence_tokens[sentence] == clause.first:
            return None
        return self._clauses.at(clause.first - 1)

    def _dependent(self, clause: Clause, depth: int) -> str:
        """Infinitives and participles: what the verb that they hang on makes of them."""
        lexis, tokens = self._lexis, self._document.tokens
        if clause.kind is Kind.INFINITIVE and not lexis.words("without").isdisjoint(tokens[clause.first : clause.verb]):
            return NEGATED
        governor = self._before(clause)
        if clause.kind is Kind.PARTICIPLE:
            return ASSERTED
        if governor is None or governor.verb < 0 or depth > 2:
            return ASSERTED if clause.kind is Kind.GERUND else PLANNED
        verb = tokens[governor.verb]
        if clause.kind is Kind.GERUND:
            denied = clause.group - governor.verb <= _NEXT and lexis.is_(verb, "negated")
            return NEGATED if denied else self._verb(governor, depth + 1)
        if clause.tense is Tense.PAST:  # a perfect infinitive: after having, deny having
            return NEGATED if lexis.is_(verb, "negated") else ASSERTED
        if lexis.is_(verb, "asserted"):
            return self._verb(governor, depth + 1)
        for name, modality in (("negated", NEGATED), ("possible", POSSIBLE), ("planned", PLANNED)):
            if lexis.is_(verb, name):
                return modality
        return PLANNED

    def _noun(self, trigger: Trigger) -> str:
        tokens, lexis, clause = self._document.tokens, self._lexis, trigger.clause
        before = tokens[max(clause.first, trigger.token - 4) : trigger.token]
        after = tokens[trigger.token + 1 : trigger.token + 5]
        if not lexis.words("negative_marks").isdisjoint(before[-3:]):
            return NEGATED
        if not lexis.words("planned_marks").isdisjoint((*before[-2:], *after)):
            return PLANNED
        if not lexis.words("possible_marks").isdisjoint(before):
            return POSSIBLE
        if clause.verb < 0 or (trigger.token > clause.end):
            return ASSERTED
        open_ = trigger.carrier or self._indefinite(trigger)
        if not open_:
            return ASSERTED
        modality = self._verb(clause)
        if modality == NEGATED:
            return NEGATED if trigger.carrier else ASSERTED
        return modality

    def _indefinite(self, trigger: Trigger) -> bool:
        """Whether the noun brings something new into the text: no definite article before it."""
        tokens, lexis = self._document.tokens, self._lexis
        for at in range(trigger.token - 1, max(-1, trigger.token - 4), -1):
            if tokens[at] in lexis.words("definite"):
                return False
            if tokens[at] in lexis.words("indefinite"):
                return True
        return self._document.sentence_tokens[self._document.sentence_of_token(trigger.token)] != trigger.token
