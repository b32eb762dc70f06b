"""Modality: whether an event is told as fact, as planned, as possible, or denied.

Reads tense, polarity and the cues of `events.toml`; dates and attribution belong elsewhere.
"""

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.events.lexis import Lexis
from etl.extraction.events.triggers import Trigger, goes_on, joined
from etl.extraction.text import Document

_PAST, _FUTURE, _CONDITIONAL = Tense.PAST, Tense.FUTURE, Tense.CONDITIONAL
_TO_DO = Tense.INFINITIVE
_FINITE, _, _PARTICIPLE, _GERUND, _FRAGMENT = Kind

ASSERTED, PLANNED, POSSIBLE, NEGATED = "asserted", "planned", "possible", "negated"


_OBJECT = 6
"""How far from its verb a noun stands that is its object, or its subject in the passive voice."""
_APART = frozenset('~E,;:"RBCq')
"""Codes of what a verb's object does not stand behind."""
_STANDING = frozenset(("DECIDE", "ACCUSE"))
"""What has been decided or alleged was so, even if it is annulled or denied."""
_NEXT = 2
"""How near to the verb that denies it a gerund stands."""


class Modality:
    """Reads the modality of a document's triggers."""

    def __init__(self, document: Document, clauses: Clauses, lexis: Lexis) -> None:
        self._tokens = document.tokens
        self._bounds = document.sentence_tokens
        self._clauses = clauses
        self._forms = lexis.forms
        words = lexis.words
        self._hypothetical, self._planning = words["hypothetical"], words["planning_forms"]
        self._without, self._onward, self._aims = words["without"], words["onward"], words["aims"]
        self._singling, self._singled = words["singling"], words["singled"]
        self._negative, self._planned, self._possible = (
            words[f"{name}_marks"] for name in ("negative", "planned", "possible")
        )
        self._hearsay, self._pending = words["hearsay"], words["pending"]
        self._definite, self._indefinite = words["definite"], words["indefinite"]

    def of(self, trigger: Trigger) -> str:
        """The modality of the trigger."""
        if trigger.entry.nominal:
            return self._noun(trigger)
        return self._verb(self._clauses.of_sentence(trigger.sentence), trigger.place)

    def _verb(self, clauses: list[Clause], place: int, depth: int = 0) -> str:
        """The modality that the verb of a sentence's clause has."""
        clause = clauses[place]
        if clause.negated:
            return NEGATED
        if clause.kind is not _FINITE and clause.kind is not _FRAGMENT:
            return self._dependent(clauses, place, depth)
        tokens, tense = self._tokens, clause.tense
        simple = clause.head == clause.verb
        if simple and not self._hypothetical.isdisjoint(tokens[clause.first : clause.first + 2]):
            return POSSIBLE
        if not simple and not self._pending.isdisjoint(tokens[clause.head : clause.verb]):
            return NEGATED
        if tense is _FUTURE:
            return PLANNED
        if not self._hearsay.isdisjoint(tokens[clause.group - 1 : clause.verb]):
            return POSSIBLE
        if not simple and tokens[clause.head] in self._planning:
            return PLANNED
        if tense is _CONDITIONAL:
            # What somebody said in the past would happen was to come.
            reported = simple and clause.subordinate and place and clauses[place - 1].tense is _PAST
            return PLANNED if reported else POSSIBLE
        if not simple and tokens[clause.head] in self._forms["possible"]:
            return POSSIBLE
        return ASSERTED

    def _dependent(self, clauses: list[Clause], place: int, depth: int) -> str:
        """Infinitives and participles: what the verb that they hang on makes of them."""
        clause, tokens, forms = clauses[place], self._tokens, self._forms
        if clause.kind is _PARTICIPLE:
            return ASSERTED
        gerund = clause.kind is _GERUND
        if not gerund and not self._without.isdisjoint(tokens[clause.first : clause.verb]):
            return NEGATED
        governor = clauses[place - 1].verb if place else -1
        if place and depth <= 2 and clause.tense is _TO_DO:
            if self._told(clauses, place):
                return self._verb(clauses, place - 1, depth + 1)
            before = tokens[clause.first - 1]
            if before in self._possible or before in self._aims:
                return POSSIBLE if before in self._possible else PLANNED
        if governor < 0 or depth > 2:
            # A perfect infinitive that opens the sentence tells what came first (*après avoir quitté la salle*).
            return ASSERTED if gerund or clause.tense is _PAST else PLANNED
        verb = tokens[governor]
        if gerund:
            denied = clause.group - governor <= _NEXT and verb in forms["negated"]
            return NEGATED if denied else self._verb(clauses, place - 1, depth + 1)
        if clause.tense is _PAST:  # a perfect infinitive: after having, deny having
            return NEGATED if verb in forms["negated"] else ASSERTED
        if verb in forms["asserted"]:
            return self._verb(clauses, place - 1, depth + 1)
        if verb in forms["negated"]:
            return NEGATED
        if verb in forms["enabling"] and clauses[place - 1].tense is _PAST:
            return self._verb(clauses, place - 1, depth + 1)  # what was allowed to happen, or brought about, happened
        return POSSIBLE if verb in forms["possible"] else PLANNED

    def _told(self, clauses: list[Clause], place: int) -> bool:
        """Whether an infinitive is as true as the verb before it: joined to it, told next, or brought about by it."""
        clause, before, tokens = clauses[place], clauses[place - 1], self._tokens
        codes, first = self._clauses.codes, clause.first
        opening = tokens[first : clause.verb]
        if not self._onward.isdisjoint(opening) or joined(codes, clauses, place) or goes_on(codes, clauses, place):
            return True
        if first == clause.group:
            return before.verb >= 0 and tokens[before.verb] in self._forms["causative"]
        return opening[0] in self._singling and not self._singled.isdisjoint(tokens[before.verb + 1 : first])

    def _noun(self, trigger: Trigger) -> str:
        tokens, clause, token = self._tokens, trigger.clause, trigger.token
        before = tokens[max(clause.first, token - 4) : token]
        if not self._negative.isdisjoint(before[-3:]):
            return NEGATED
        if not (self._planned.isdisjoint(before[-2:]) and self._planned.isdisjoint(tokens[token + 1 : token + 5])):
            return PLANNED
        if not self._possible.isdisjoint(before):
            return POSSIBLE
        object_of = self._object_of(trigger)
        if object_of is not None:
            return object_of
        if clause.verb < 0 or token > clause.end or not (trigger.carrier or self._brings(trigger)):
            return ASSERTED
        modality = self._verb(self._clauses.of_sentence(trigger.sentence), trigger.place)
        return ASSERTED if modality == NEGATED and not trigger.carrier else modality

    def _object_of(self, trigger: Trigger) -> str | None:
        """What a verb makes of the event that is its object: called off, asked for, or feared."""
        clause, forms, token = trigger.clause, self._forms, trigger.token
        if clause.verb < 0 or trigger.carrier:
            return None
        verb = self._tokens[clause.verb]
        behind = clause.verb < token <= clause.verb + _OBJECT and _APART.isdisjoint(
            self._clauses.codes[clause.verb + 1 : token]
        )
        free = clause.tense is not _TO_DO and self._tokens[clause.head] not in self._planning
        if verb in forms["cancelling"] and free and not clause.negated:
            before = clause.passive and clause.verb - _OBJECT < token < clause.verb
            undone = verb not in forms["negated"] or self._brings(trigger)  # who denies the raid need not doubt it
            if (before or (behind and not clause.passive)) and undone and _STANDING.isdisjoint(trigger.entry.types):
                return NEGATED
        if not behind:
            return None
        if verb in forms["fearing"] and self._brings(trigger):
            return POSSIBLE
        return PLANNED if verb in forms["wanting"] else None

    def _brings(self, trigger: Trigger) -> bool:
        """Whether the noun brings something new into the text: no definite article before it."""
        token = trigger.token
        for word in reversed(self._tokens[max(0, token - 3) : token]):
            if word in self._definite:
                return False
            if word in self._indefinite:
                return True
        return self._bounds[trigger.sentence] != token
