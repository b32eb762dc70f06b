"""Types: which of its types a trigger has here, by its arguments, its sentence and what the article is about.

The rows that decide are data (`events/senses.toml`); finding triggers belongs in `triggers`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from etl.extraction.clauses import Kind
from etl.extraction.events.lexis import LOUD, SENSE, Entry, Lexis, tokens_of
from etl.extraction.events.triggers import Trigger
from etl.extraction.text import Document

_PARTICIPLE = Kind.PARTICIPLE
_SILENCE: dict[str, int] = {}
_SAME_SENTENCE = 2.0
_ARTICLE = 4.0
_TOPIC = 0.5
_LIKELIEST, _LISTED = 1.0, 1.5
_SUBJECT, _PLAIN = 2.0, 3
_SILENT = 0.5
_BESIDE, _WORDS = 1.0, 2
"""Weights of the evidence for a type: triggers that have only one, near and far; words of the article that tell the
type of this trigger; the data's own order, and what it lists at all; what the article is about, and how many words
make that plain; the words of its clause, up to a limit."""
_ENOUGH, _REACH, _OBJECT = 4, 50, 8
"""How many words are enough, and how many tokens away in its clause an argument, or an event's name, may stand."""


def types_of(document: Document, lexis: Lexis, triggers: list[Trigger], marks: str) -> list[str | None]:
    """The type of each trigger, None where nothing tells one; `marks` are the document's, by `Lexis.marks`."""
    plain: list[str | None] = []  # told by its arguments, or its only one
    article: dict[str, int] = {}
    unsure: list[int] = []
    borrowing: list[int] = []
    telling = tokens_of(marks, SENSE)
    words = list(map(document.tokens.__getitem__, telling))
    for at, trigger in enumerate(triggers):
        entry = trigger.entry
        told = None if entry.senses is None else _by_arguments(telling, words, entry.senses, trigger)
        if told is None:
            told = entry.settled
        if told is not None:
            article[told] = article.get(told, 0) + 1
        elif entry.borrows:
            borrowing.append(at)
        else:
            unsure.append(at)
            if len(entry.types) == 1:
                told = entry.types[0]
        plain.append(told)
    if not (unsure or borrowing):
        return plain
    found = plain.copy()
    topic = _Topic(lexis, set(words), article)
    for at in unsure + borrowing:
        entry, clause = triggers[at].entry, triggers[at].clause
        if entry.borrows:
            found[at] = _borrowed(triggers, found, at)
            if found[at] is not None:
                continue
        choices = topic.choices(entry)
        if len(choices) < 2:
            found[at] = choices[0] if choices else topic.loudest(entry)
            continue
        first = bisect_left(telling, clause.first)
        beside = words[first : bisect_left(telling, clause.end, first)]
        found[at] = topic.likeliest(entry, choices, _near(triggers, plain, at), beside)
    return found


def _near(triggers: list[Trigger], plain: list[str | None], at: int) -> list[str | None]:
    """The plain types of the other triggers of a trigger's sentence."""
    sentence = triggers[at].clause.sentence
    first, end = at, at + 1
    while first and triggers[first - 1].clause.sentence == sentence:
        first -= 1
    while end < len(triggers) and triggers[end].clause.sentence == sentence:
        end += 1
    return plain[first:at] + plain[at + 1 : end]


def _borrowed(triggers: list[Trigger], found: list[str | None], at: int) -> str | None:
    """The type of what a trigger begins, holds up or ends: of the noun behind it in its clause, else before it."""
    trigger = triggers[at]
    nominal, clause = trigger.entry.nominal, trigger.clause
    for step in (1,) if nominal else (-1, 1) if clause.passive else (1, -1):
        near = at + step
        while 0 <= near < len(triggers) and abs(triggers[near].token - trigger.token) <= _OBJECT:
            other = triggers[near]
            # A participle stands behind what it tells of, which is in the clause before.
            reached = other.clause.place == clause.place or (step < 0 and clause.kind is _PARTICIPLE)
            if other.clause.sentence != clause.sentence or not reached:
                break
            if other.entry.nominal and found[near] is not None:
                return found[near]
            near += step
    return None


class _Topic:
    """What the words and the plain triggers of an article speak for, whichever trigger asks.

    `words`: those of the article that tell types. `article`: how many of its triggers are for sure of each type.
    """

    def __init__(self, lexis: Lexis, words: set[str], article: Mapping[str, int]) -> None:
        self._lexis = lexis
        self._article = article
        self._total = max(1, sum(article.values()))
        self._words = 0
        for word in words:
            self._words |= lexis.bits[word]
        self._subject = dict.fromkeys(lexis.subjects, 0) | _loudness(lexis, words)
        self._loudest_subject = max(_PLAIN * LOUD, *self._subject.values()) if self._subject else 1
        self._loud = [told for told, loud in self._subject.items() if 2 * loud > self._loudest_subject]
        self._scores: dict[str, float] = {}

    def choices(self, entry: Entry) -> tuple[str, ...]:
        """The types that an entry may have, those that it lists first."""
        if not (entry.types and entry.flexible and self._loud):
            return entry.types
        return (*entry.types, *[told for told in self._loud if told in entry.flexible and told not in entry.types])

    def likeliest(self, entry: Entry, choices: tuple[str, ...], near: list[str | None], beside: list[str]) -> str:
        """Of several types the one that most speaks for.

        `near`: the plain types of its sentence. `beside`: the words of its clause that tell types.
        """
        scores, speakers = self._scores, entry.speakers
        loud = _loudness(self._lexis, set(beside)) if beside else _SILENCE
        best, most, listed = choices[0], -1.0, len(entry.types)
        for place, told in enumerate(choices):
            score = scores[told] if told in scores else self._score(told)
            if place < listed:
                score += _LISTED if place else _LISTED + _LIKELIEST
            if told in speakers:
                score += _TOPIC * min(_ENOUGH, (self._words & speakers[told]).bit_count())
            if told in near:
                score += _SAME_SENTENCE
            if told in loud:
                score += _BESIDE * min(_WORDS, loud[told] / LOUD)
            if score > most:
                best, most = told, score
        return best

    def _score(self, told: str) -> float:
        """What the article says for a type, whatever the trigger."""
        subject, sure = self._subject.get(told), self._article.get(told)
        if sure is None and subject == 0:
            score = -_SILENT
        else:
            score = _ARTICLE * (sure or 0) / self._total + _SUBJECT * (subject or 0) / self._loudest_subject
        self._scores[told] = score
        return score

    def loudest(self, entry: Entry) -> str | None:
        """The type that enough words of the article give a topical word, the first by name if several have as many."""
        if entry.lemma not in self._lexis.topical:
            return None
        told = [told for told, words in entry.speakers.items() if (self._words & words).bit_count() >= _ENOUGH]
        return min(told, default=None)


def _loudness(lexis: Lexis, words: Iterable[str]) -> dict[str, int]:
    """How loudly the words speak for each type that they speak for."""
    loudness: dict[str, int] = {}
    for word in words:
        for told, loud in lexis.speaks.get(word, ()):
            loudness[told] = loudness.get(told, 0) + loud
    return loudness


def _by_arguments(telling: list[int], words: list[str], senses: Mapping[str, str], trigger: Trigger) -> str | None:
    """The type that a word of the clause gives: the nearest one after the trigger, else before it.

    `telling`, `words`: the tokens that tell types, and which words they are.
    """
    clause, token = trigger.clause, trigger.token
    behind = bisect_left(telling, token)
    for at in range(behind, len(telling)):
        place = telling[at]
        if place >= clause.end or place >= token + _REACH:
            break
        if words[at] in senses and place != token:
            return senses[words[at]]
    first = clause.resumes if clause.resumes >= 0 else clause.first
    for at in range(behind - 1, -1, -1):
        place = telling[at]
        if place < first or place < token - _REACH:
            break
        if words[at] in senses:
            return senses[words[at]]
    return None
