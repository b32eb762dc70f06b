"""Modality: whether an event is told as fact, as planned, as possible, or denied.

Reads tense, polarity and the cues of `events.toml`; dates and attribution belong elsewhere.
"""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.events.lexis import CUE, Lexis, tokens_of
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
_AROUND = 4
"""How many tokens before and behind a noun its cues may stand."""
_NEXT = 2
"""How near to the verb that denies it a gerund stands."""


_POSSIBLE, _ASSERTED, _NEGATED, _CAUSATIVE, _ENABLING, _CANCELLING, _FEARING, _WANTING = (1 << at for at in range(8))
_GOVERNING = _CANCELLING | _FEARING | _WANTING
_LISTS = {
    "possible": _POSSIBLE,
    "asserted": _ASSERTED,
    "negated": _NEGATED,
    "causative": _CAUSATIVE,
    "enabling": _ENABLING,
    "cancelling": _CANCELLING,
    "fearing": _FEARING,
    "wanting": _WANTING,
}
"""The lists of verbs that bear on modality, by their names in `events.toml`."""


@cache
def _verbs(lexis: Lexis) -> Mapping[str, int]:
    """Verb form → the bits of the lists that it is on."""
    found: dict[str, int] = {}
    for name, bit in _LISTS.items():
        for word in lexis.forms[name]:
            found[word] = found.get(word, 0) | bit
    return found


class Modality:
    """Reads the modality of a document's triggers; `marks` are the document's, by `Lexis.marks`."""

    def __init__(self, document: Document, clauses: Clauses, lexis: Lexis, marks: str) -> None:
        self._tokens = document.tokens
        self._bounds = document.sentence_tokens
        self._clauses = clauses
        self._verbs = _verbs(lexis)
        words = self._words = lexis.words
        self._planning, self._definite, self._indefinite = (
            words["planning_forms"],
            words["definite"],
            words["indefinite"],
        )
        self._cues = [*tokens_of(marks, CUE), len(self._tokens) + _AROUND]

    def of(self, trigger: Trigger) -> str:
        """The modality of the trigger."""
        return self._noun(trigger) if trigger.entry.nominal else self._verb(trigger.clause)

    def _verb(self, clause: Clause, depth: int = 0) -> str:
        """The modality that the verb of a clause has."""
        if clause.negated:
            return NEGATED
        kind = clause.kind
        if kind is not _FINITE and kind is not _FRAGMENT:
            return ASSERTED if kind is _PARTICIPLE else self._dependent(clause, depth)
        tense, first, head, verb = clause.tense, clause.first, clause.head, clause.verb
        cues = self._cues
        cued = cues[bisect_left(cues, first - 1)] <= max(verb, first + 1)
        if cued:
            tokens, words = self._tokens, self._words
            if head == verb:
                if not words["hypothetical"].isdisjoint(tokens[first : first + 2]):
                    return POSSIBLE
            elif not words["pending"].isdisjoint(tokens[head:verb]):
                return NEGATED
        if tense is _FUTURE:
            return PLANNED
        if cued and not words["hearsay"].isdisjoint(tokens[max(clause.group - 1, 0) : max(verb, 0)]):
            return POSSIBLE
        if head == verb:
            if tense is not _CONDITIONAL:
                return ASSERTED
            # What somebody said in the past would happen was to come.
            reported = clause.subordinate and clause.place and self._before(clause).tense is _PAST
            return PLANNED if reported else POSSIBLE
        modal = self._tokens[head]
        if modal in self._planning:
            return PLANNED
        return POSSIBLE if tense is _CONDITIONAL or self._verbs.get(modal, 0) & _POSSIBLE else ASSERTED

    def _before(self, clause: Clause) -> Clause:
        """The clause before one that is not its sentence's first."""
        return self._clauses.of_sentence(clause.sentence)[clause.place - 1]

    def _dependent(self, clause: Clause, depth: int) -> str:
        """Infinitives and gerunds: what the verb that they hang on makes of them."""
        tokens, words = self._tokens, self._words
        tense, gerund = clause.tense, clause.kind is _GERUND
        if not (gerund or words["without"].isdisjoint(tokens[clause.first : clause.verb])):
            return NEGATED
        before = self._before(clause) if clause.place and depth <= 2 else None
        if before is not None and tense is _TO_DO:
            if self._told(clause, before):
                return self._verb(before, depth + 1)
            mark = tokens[clause.first - 1]
            if mark in words["possible_marks"]:
                return POSSIBLE
            if mark in words["aims"]:
                return PLANNED
        if before is None or before.verb < 0:
            # A perfect infinitive that opens the sentence tells what came first (*après avoir quitté la salle*).
            return ASSERTED if gerund or tense is _PAST else PLANNED
        does = self._verbs.get(tokens[before.verb], 0)
        if gerund:
            denied = does & _NEGATED and clause.group - before.verb <= _NEXT
            return NEGATED if denied else self._verb(before, depth + 1)
        if tense is _PAST:  # a perfect infinitive: after having, deny having
            return NEGATED if does & _NEGATED else ASSERTED
        if does & _ASSERTED:
            return self._verb(before, depth + 1)
        if does & _NEGATED:
            return NEGATED
        if does & _ENABLING and before.tense is _PAST:
            return self._verb(before, depth + 1)  # what was allowed to happen, or brought about, happened
        return POSSIBLE if does & _POSSIBLE else PLANNED

    def _told(self, clause: Clause, before: Clause) -> bool:
        """Whether an infinitive is as true as the verb before it: joined to it, told next, or brought about by it."""
        tokens, words, codes = self._tokens, self._words, self._clauses.codes
        first, verb = clause.first, before.verb
        opening = tokens[first : clause.verb]
        if not words["onward"].isdisjoint(opening) or joined(codes, clause, before) or goes_on(codes, clause, before):
            return True
        if first == clause.group:
            return verb >= 0 and self._verbs.get(tokens[verb], 0) & _CAUSATIVE != 0
        return opening[0] in words["singling"] and not words["singled"].isdisjoint(tokens[verb + 1 : first])

    def _noun(self, trigger: Trigger) -> str:
        """The modality of a noun: what the words around it say, what it is the object of, what its verb says."""
        clause, token, cues = trigger.clause, trigger.token, self._cues
        if cues[bisect_left(cues, token - _AROUND)] <= token + _AROUND:
            cued = self._cued(clause, token)
            if cued is not None:
                return cued
        verb = clause.verb
        if verb < 0:
            return ASSERTED
        if not trigger.carrier:
            does = self._verbs.get(self._tokens[verb], 0)
            made = self._made_of(trigger, does) if does & _GOVERNING else None
            if made is not None:
                return made
            if token > clause.end or not self._brings(trigger):
                return ASSERTED
        modality = self._verb(clause)
        return ASSERTED if modality == NEGATED and not trigger.carrier else modality

    def _cued(self, clause: Clause, token: int) -> str | None:
        """What the words around a noun say of it, if anything: no raid, the coming raid, a possible raid."""
        tokens, words = self._tokens, self._words
        planned, before = words["planned_marks"], tokens[max(clause.first, token - _AROUND) : token]
        if not words["negative_marks"].isdisjoint(before[-3:]):
            return NEGATED
        if not (planned.isdisjoint(before[-2:]) and planned.isdisjoint(tokens[token + 1 : token + 1 + _AROUND])):
            return PLANNED
        return None if words["possible_marks"].isdisjoint(before) else POSSIBLE

    def _made_of(self, trigger: Trigger, does: int) -> str | None:
        """What a verb makes of the event that is its object: called off, asked for, or feared."""
        clause, token = trigger.clause, trigger.token
        verb = clause.verb
        behind = verb < token <= verb + _OBJECT and _APART.isdisjoint(self._clauses.codes[verb + 1 : token])
        free = clause.tense is not _TO_DO and self._tokens[clause.head] not in self._planning
        if does & _CANCELLING and free and not clause.negated:
            done_to = verb - _OBJECT < token < verb if clause.passive else behind
            undone = not does & _NEGATED or self._brings(trigger)  # who denies the raid need not doubt it
            if done_to and undone and _STANDING.isdisjoint(trigger.entry.types):
                return NEGATED
        if not behind:
            return None
        if does & _FEARING and self._brings(trigger):
            return POSSIBLE
        return PLANNED if does & _WANTING else None

    def _brings(self, trigger: Trigger) -> bool:
        """Whether the noun brings something new into the text: no definite article before it."""
        token = trigger.token
        for word in self._tokens[max(0, token - 3) : token][::-1]:
            if word in self._definite:
                return False
            if word in self._indefinite:
                return True
        return self._bounds[trigger.clause.sentence] != token
