"""Types: which of its types a trigger has here, by its arguments, its sentence and what the article is about.

The rows that decide are data (`events/senses.toml`); finding triggers belongs in `triggers`.
"""

from collections import Counter

from etl.extraction.events.lexis import Lexis
from etl.extraction.events.triggers import Trigger
from etl.extraction.text import Document

_SAME_CLAUSE = 3.0
_SAME_SENTENCE = 2.0
_ARTICLE = 4.0
_TOPIC = 0.5
_LIKELIEST = 1.0
"""Weights of the evidence for a type: triggers that have only one, near and far, and the data's own order."""


def types_of(document: Document, lexis: Lexis, triggers: list[Trigger]) -> list[str | None]:
    """The type of each trigger; None where nothing tells one."""
    found: list[str | None] = [_by_arguments(document, lexis, trigger) for trigger in triggers]
    article: Counter[str] = Counter()
    sentences: dict[int, Counter[str]] = {}
    where = [document.sentence_of_token(trigger.token) for trigger in triggers]
    for at, trigger in enumerate(triggers):
        if found[at] is None and len(trigger.entry.types) == 1:
            found[at] = trigger.entry.types[0]
        told = found[at]
        if told is not None:
            article[told] += 1
            sentences.setdefault(where[at], Counter())[told] += 1
    total = max(1, sum(article.values()))
    topic = _Topic(document, lexis)
    for at, trigger in enumerate(triggers):
        types = trigger.entry.types
        if found[at] is not None:
            continue
        if not types:
            if trigger.entry.lemma in lexis.topical:
                found[at] = topic.loudest(trigger.entry.lemma)
            continue
        near = sentences.get(where[at], Counter())
        about = topic.of(trigger.entry.lemma)
        scores = {
            event_type: _SAME_SENTENCE * min(1, near[event_type])
            + _ARTICLE * article[event_type] / total
            + _TOPIC * about[event_type]
            + (_LIKELIEST if event_type == types[0] else 0.0)
            for event_type in types
        }
        found[at] = max(types, key=lambda event_type: scores[event_type])
    return found


_ENOUGH, _REACH = 4, 50
"""How many words are enough, and how many tokens away in its clause an argument may stand."""


class _Topic:
    """What the words of an article speak for, whichever trigger asks."""

    def __init__(self, document: Document, lexis: Lexis) -> None:
        self._words = frozenset(document.tokens)
        self._senses = lexis.senses
        self._asked: dict[str, Counter[str]] = {}

    def of(self, lemma: str) -> Counter[str]:
        """How many different words of the article speak for each type of the lemma, up to a limit."""
        found = self._asked.get(lemma)
        if found is None:
            senses = self._senses.get(lemma, {})
            counted = Counter(senses[word] for word in senses.keys() & self._words)
            found = self._asked[lemma] = Counter({told: min(_ENOUGH, count) for told, count in counted.items()})
        return found

    def loudest(self, lemma: str) -> str | None:
        """The type that they speak for loudly enough, the first by name if several are as loud."""
        about = self.of(lemma)
        return next((told for told in sorted(about) if about[told] >= _ENOUGH), None)


def _by_arguments(document: Document, lexis: Lexis, trigger: Trigger) -> str | None:
    """The type that a word of the clause gives: the nearest one after the trigger, else before it."""
    senses = lexis.senses.get(trigger.entry.lemma)
    if not senses:
        return None
    clause = trigger.clause
    first = clause.resumes if clause.resumes >= 0 else clause.first
    tokens = document.tokens
    after = tokens[trigger.token + 1 : min(clause.end, trigger.token + _REACH)]
    before = tokens[max(first, trigger.token - _REACH) : trigger.token]
    return next((senses[word] for word in (*after, *reversed(before)) if word in senses), None)
