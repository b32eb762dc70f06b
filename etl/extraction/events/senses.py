"""Types: which of its types a trigger has here, by its arguments, its sentence and what the article is about.

The rows that decide are data (`events/senses.toml`); finding triggers belongs in `triggers`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Mapping

from etl.extraction.clauses import Kind
from etl.extraction.events.lexis import LOUD, SENSE_WORDS, Entry, Lexis, tokens_of
from etl.extraction.events.triggers import Trigger
from etl.extraction.text import Document

_PARTICIPLE = Kind.PARTICIPLE
_NONE: set[str] = set()
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
    found: list[str | None] = []
    article: dict[str, int] = defaultdict(int)
    sentences: dict[int, set[str]] = defaultdict(set)
    likely: dict[int, list[tuple[int, str]]] = defaultdict(list)
    unsure: list[int] = []
    borrowing: list[int] = []
    tokens, telling = document.tokens, tokens_of(marks, SENSE_WORDS)
    for at, trigger in enumerate(triggers):
        types, senses = trigger.entry.types, lexis.senses.get(trigger.entry.lemma)
        told = None if senses is None else _by_arguments(tokens, telling, senses, trigger)
        borrows = told is None and trigger.entry.lemma in lexis.borrowing
        plain = told
        if told is None and len(types) == 1 and not borrows:
            plain = types[0]
            told = None if trigger.entry.lemma in lexis.flexible else plain
        found.append(told)
        if borrows:
            borrowing.append(at)
        elif told is None:
            unsure.append(at)
        if told is not None:
            article[told] += 1
            sentences[trigger.sentence].add(told)
        elif plain is not None:
            likely[trigger.sentence].append((at, plain))
    if unsure or borrowing:
        topic = _Topic(lexis, _words(lexis, tokens, telling), article)
        for at in unsure + borrowing:
            trigger = triggers[at]
            if trigger.entry.lemma in lexis.borrowing:
                found[at] = _borrowed(triggers, found, at)
                if found[at] is not None:
                    continue
            clause = telling[bisect_left(telling, trigger.clause.first) : bisect_left(telling, trigger.clause.end)]
            beside = _words(lexis, tokens, clause)
            near = sentences.get(trigger.sentence, _NONE)
            if trigger.sentence in likely:
                near = near.union(told for other, told in likely[trigger.sentence] if other != at)
            found[at] = topic.likeliest(trigger.entry, near, beside)
    return found


def _words(lexis: Lexis, tokens: list[str], telling: list[int]) -> int:
    """The words that tell types among the tokens, as one integer (see `Lexis.bits`)."""
    bits, words = lexis.bits, 0
    for token in telling:
        words |= bits[tokens[token]]
    return words


def _borrowed(triggers: list[Trigger], found: list[str | None], at: int) -> str | None:
    """The type of what a trigger begins, holds up or ends: of the noun behind it in its clause, else before it."""
    trigger = triggers[at]
    nominal, clause = trigger.entry.nominal, trigger.clause
    for step in (1,) if nominal else (-1, 1) if clause.passive else (1, -1):
        near = at + step
        while 0 <= near < len(triggers) and abs(triggers[near].token - trigger.token) <= _OBJECT:
            other = triggers[near]
            # A participle stands behind what it tells of, which is in the clause before.
            reached = other.place == trigger.place or (step < 0 and clause.kind is _PARTICIPLE)
            if other.sentence != trigger.sentence or not reached:
                break
            if other.entry.nominal and found[near] is not None:
                return found[near]
            near += step
    return None


class _Topic:
    """What the words and the plain triggers of an article speak for, whichever trigger asks."""

    def __init__(self, lexis: Lexis, words: int, article: Mapping[str, int]) -> None:
        self._lexis = lexis
        self._words = words
        self._article = article
        self._total = max(1, sum(article.values()))
        self._subject = {told: self._loudness(told, words) for told in lexis.topics}
        self._loudest_subject = max(_PLAIN * LOUD, *self._subject.values()) if self._subject else 1
        self._loud = [told for told, loud in self._subject.items() if 2 * loud > self._loudest_subject]
        self._asked: dict[Entry, dict[str, float]] = {}

    def likeliest(self, entry: Entry, near: Container[str], beside: int) -> str | None:
        """The type that most speaks for; None where nothing does.

        `near`: the types told for sure in its sentence. `beside`: the words of its clause that tell types.
        """
        types = entry.types
        if not types:
            return self._loudest(entry.lemma) if entry.lemma in self._lexis.topical else None
        scores = self._asked.get(entry)
        if scores is None:
            about = self._about(entry.lemma)
            also = self._lexis.flexible.get(entry.lemma, frozenset())
            scores = self._asked[entry] = {
                told: _ARTICLE * self._article.get(told, 0) / self._total
                + _TOPIC * about.get(told, 0)
                + _SUBJECT * self._subject.get(told, 0) / self._loudest_subject
                + _LISTED * (told in types)
                - _SILENT * (self._subject.get(told) == 0 and told not in self._article)
                for told in (*types, *filter(also.__contains__, self._loud))
            }
            scores[types[0]] += _LIKELIEST
        best, most = types[0], -1.0
        for told, score in scores.items():
            if told in near:
                score += _SAME_SENTENCE
            if beside:
                score += _BESIDE * min(_WORDS, self._loudness(told, beside) / LOUD)
            if score > most:
                best, most = told, score
        return best

    def _loudness(self, told: str, words: int) -> int:
        """How loudly the words speak for a type."""
        loudness = 0
        for weight, speaking in self._lexis.topics.get(told, ()):
            loudness += weight * (words & speaking).bit_count()
        return loudness

    def _about(self, lemma: str) -> dict[str, int]:
        """How many different words of the article speak for each type of the lemma, up to a limit."""
        speakers = self._lexis.speakers.get(lemma, {})
        return {told: min(_ENOUGH, (self._words & speaking).bit_count()) for told, speaking in speakers.items()}

    def _loudest(self, lemma: str) -> str | None:
        """The type that they speak for loudly enough, the first by name if several are as loud."""
        about = self._about(lemma)
        return min((told for told, count in about.items() if count >= _ENOUGH), default=None)


def _by_arguments(tokens: list[str], telling: list[int], senses: Mapping[str, str], trigger: Trigger) -> str | None:
    """The type that a word of the clause gives: the nearest one after the trigger, else before it."""
    clause, token = trigger.clause, trigger.token
    first = max(clause.resumes if clause.resumes >= 0 else clause.first, token - _REACH)
    before = None
    for at in telling[bisect_left(telling, first) : bisect_left(telling, min(clause.end, token + _REACH))]:
        told = senses.get(tokens[at])
        if told is not None and at != token:
            if at > token:
                return told
            before = told
    return before
