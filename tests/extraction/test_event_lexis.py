"""The event words of the language packs hang together: whatever is told of a word is told of one that exists."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from etl.extraction import lexicon
from etl.extraction.events.lexis import lexis_of
from schemas.vocabulary import EVENT_TYPES

LANGUAGES = [code for code in lexicon.languages() if lexicon.data(code, "events/senses")]


def _senses(code: str) -> lexicon.Data:
    return lexicon.data(code, "events/senses")


def _lemmas(row: lexicon.Data) -> list[str]:
    return [lemma.replace("_", " ") for lemma in row["lemmas"].split()]


def _known(code: str) -> set[tuple[str, bool]]:
    """Lemmas of the event words that a text may hold, with whether they are nouns."""
    found: set[tuple[str, bool]] = set()
    for word in lexis_of(code).entries.values():
        idioms = (entry for part in (word.verb_idioms, word.noun_idioms) for told in part.values() for entry in told)
        found.update((entry.lemma, entry.nominal) for entry in (*word.verbs, *word.nouns, *idioms))
    return found


def _repeated(words: Iterable[Any]) -> list[Any]:
    return [word for word, count in Counter(words).items() if count > 1]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("part", ["senses", "ambiguous", "only_with", "passive", "topical", "borrowing", "flexible"])
def test_what_decides_between_types_is_told_of_event_words(code: str, part: str) -> None:
    told = _senses(code).get(part, [])
    known = _known(code)
    dead = [
        lemma
        for row in (told if isinstance(told, list) else [told])
        for lemma in _lemmas(row)
        if not any((lemma, nominal) in known for nominal in (row.get("nominal", True), row.get("nominal", False)))
    ]
    assert dead == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_verb_of_an_event_has_forms(code: str) -> None:
    known = _known(code)
    listed = [
        verb
        for event_type in EVENT_TYPES
        for verb in lexicon.data(code, f"events/{event_type.lower()}").get("verbs", "").split()
    ]
    assert [verb for verb in listed if (verb, False) not in known] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_class_is_asked_for_and_every_one_asked_for_is_there(code: str) -> None:
    events = [lexicon.data(code, f"events/{event_type.lower()}") for event_type in EVENT_TYPES]
    phrases = [phrase for data in events for part in ("phrases", "noun_phrases") for phrase in data.get(part, ())]
    asked = {name for phrase in phrases for name in re.findall(r"{(\w+)}", phrase)}
    asked |= {name for row in _senses(code)["senses"] for name in row["types"]}
    assert asked == set(_senses(code)["classes"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_types_are_event_types(code: str) -> None:
    senses = _senses(code)
    told = {told for row in senses["senses"] for told in row["types"].values()}
    told |= {told for row in senses["ambiguous"] for told in row["types"]} | senses["topics"].keys()
    assert told <= set(EVENT_TYPES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_told_twice(code: str) -> None:
    senses = _senses(code)
    lists = {**senses["classes"], **senses["topics"]}
    lists |= {f"{part} {at}": row["lemmas"] for part in ("senses", "ambiguous") for at, row in enumerate(senses[part])}
    assert {name: _repeated(words.split()) for name, words in lists.items() if _repeated(words.split())} == {}
    ordered = [
        (lemma, nominal)
        for row in senses["ambiguous"]
        for lemma in _lemmas(row)
        for nominal in ((row["nominal"],) if "nominal" in row else (True, False))
    ]
    assert _repeated(ordered) == []
