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
    told_words = frozenset(document.tokens)
    for at, trigger in enumerate(triggers):
        types = trigger.entry.types
        if found[at] is not None:
            continue
        if not types:
            if trigger.entry.lemma in lexis.topical:
                found[at] = _spoken_for(_topic(lexis, trigger, told_words))
            continue
        near = sentences.get(where[at], Counter())
        about = _topic(lexis, trigger, told_words)
        scores = {
            event_type: _SAME_SENTENCE * min(1, near[event_type])
            + _ARTICLE * article[event_type] / total
            + _TOPIC * about[event_type]
            + (_LIKELIEST if event_type == types[0] else 0.0)
            for event_type in types
        }
        found[at] = max(types, key=lambda event_type: scores[event_type])
    return found


_ENOUGH = 4


def _topic(lexis: Lexis, trigger: Trigger, words: frozenset[str]) -> Counter[str]:
    """How many different words of the article speak for a type, up to a limit."""
    found: Counter[str] = Counter()
    for sense in lexis.senses.get(trigger.entry.lemma, ()):
        found[sense.event_type] = max(found[sense.event_type], min(_ENOUGH, len(sense.words & words)))
    return found


def _spoken_for(topic: Counter[str]) -> str | None:
    """The type that the article's words speak for loudly enough."""
    return next((event_type for event_type, count in topic.most_common(1) if count >= _ENOUGH), None)


def _by_arguments(document: Document, lexis: Lexis, trigger: Trigger) -> str | None:
    """The type that a word of the clause gives: the nearest one after the trigger, else before it."""
    senses = lexis.senses.get(trigger.entry.lemma)
    if not senses:
        return None
    first, end = trigger.clause.first, trigger.clause.end
    if trigger.clause.resumes >= 0:
        first = trigger.clause.resumes
    tokens = document.tokens
    for at in (*range(trigger.token + 1, end), *range(trigger.token - 1, first - 1, -1)):
        for sense in senses:
            if tokens[at] in sense.words:
                return sense.event_type
    return None
