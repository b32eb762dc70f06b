"""Verbs: the paradigms of `languages/<code>/verbs.toml` expanded once into surface forms with lemma and mood.

Knows how paradigms are put together, not the words of any language. What a form does in a sentence is read by
`clauses`; nouns, and what a word means, do not belong here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from etl.extraction import lexicon


class Mood(StrEnum):
    """What a verb's form can be; past takes in every past tense of the indicative."""

    PRESENT = "present"
    PAST = "past"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"
    GERUND = "gerund"


class Form(NamedTuple):
    """One reading of a surface form."""

    lemma: str
    mood: Mood


Forms = Mapping[str, tuple[Form, ...]]
"""Surface form → its readings, in the order of the data."""

_HOLES = {"#": r"([^aeiouyàâéèêîôû])", "*": r"([^aeiouyàâéèêîôû]{1,2})"}
"""What stands for one consonant, and for one or two, in a model's ending and again in its bases."""


class Model:
    """A paradigm: which lemmas it takes (by their ending) and the bases that take each row of endings."""

    def __init__(self, data: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        ending = re.escape(str(data["ending"])).replace(r"\#", "#").replace(r"\*", "*")
        self._hole = next((sign for sign in _HOLES if sign in ending), None)
        self._ending = re.compile((ending.replace(self._hole, _HOLES[self._hole]) if self._hole else ending) + "$")
        self._rows = [
            (base + add, Mood(row["mood"])) for row in rows for base in data.get(row["part"], ()) for add in row["add"]
        ]

    def takes(self, lemma: str) -> bool:
        """Whether the lemma ends as this model's lemmas do."""
        return self._ending.search(lemma) is not None

    def forms(self, lemma: str) -> Iterator[tuple[str, Mood]]:
        """Surface forms with their mood. Raises ValueError where the lemma has not the model's ending."""
        match = self._ending.search(lemma)
        if match is None:
            raise ValueError(f"{lemma!r} does not end as the model {self._ending.pattern!r} wants")
        stem = lemma[: match.start()]
        yield lemma, Mood.INFINITIVE
        for ending, mood in self._rows:
            yield stem + (ending.replace(self._hole, match[1]) if self._hole else ending), mood


def expand(data: Mapping[str, Any]) -> Forms:
    """Every form of every verb of a `verbs.toml`.

    `[[endings]]` says which endings a part of a model takes and in what mood; `[models.NAME]` gives the lemmas' ending
    and the bases of each part; `[verbs]` lists lemmas by model, those under `regular` going to the first model of
    `regular_models` that takes them. `[irregular]` gives single forms (mood → forms) by lemma, besides the model's.
    """
    models = {name: Model(model, data["endings"]) for name, model in data.get("models", {}).items()}
    regular = [models[name] for name in data.get("regular_models", ())]
    found: dict[str, dict[Form, None]] = {}

    def add(lemma: str, forms: Iterable[tuple[str, Mood]]) -> None:
        for surface, mood in forms:
            found.setdefault(surface, {})[Form(lemma, mood)] = None

    for name, lemmas in data.get("verbs", {}).items():
        for lemma in lemmas.split():
            model = models[name] if name in models else next(each for each in regular if each.takes(lemma))
            add(lemma, model.forms(lemma))
    for lemma, moods in data.get("irregular", {}).items():
        for mood, forms in moods.items():
            add(lemma, ((surface, Mood(mood)) for surface in forms.split()))
    for surface in data.get("not_verbs", "").split():
        found.pop(surface, None)
    return {surface: tuple(forms) for surface, forms in found.items()}


@cache
def verbs(code: str) -> Forms:
    """All known verb forms of a language, expanded once per process."""
    return expand(lexicon.data(code, "verbs"))


@cache
def lemmas(code: str) -> frozenset[str]:
    """The verbs that the language's data know."""
    return frozenset(form.lemma for forms in verbs(code).values() for form in forms)


class Endings:
    """Readings of verb forms that no paradigm holds, by their endings (`[[unknown]]` in the data)."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = [
            (str(ending), Mood(row["mood"]), str(row.get("lemma", ""))) for row in rows for ending in row["endings"]
        ]
        self._rows.sort(key=lambda row: -len(row[0]))

    def read(self, word: str) -> Form | None:
        """The likely reading of an unknown word, its lemma guessed, or None."""
        for ending, mood, lemma in self._rows:
            if word.endswith(ending) and len(word) >= len(ending) + 3:
                return Form(word[: -len(ending)] + lemma, mood)
        return None


@cache
def endings(code: str) -> Endings:
    """The endings by which unknown verbs of a language are known."""
    return Endings(lexicon.data(code, "verbs").get("unknown", ()))
