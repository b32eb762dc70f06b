"""Every example of every language's `examples/participants.toml`: where, who, to whom."""

from typing import Any

import pytest

from etl.extraction import lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.events.lexis import Entry
from etl.extraction.events.participants import Cast
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import Span
from etl.extraction.names import Names
from etl.extraction.text import Document

LANGUAGES = [code for code in lexicon.languages() if lexicon.data(code, "examples/participants")]


def _trigger(document: Document, clauses: Clauses, token: int, lemma: str, nominal: bool) -> Trigger:
    """What the token would be if it named an event."""
    sentence = document.sentence_of_token(token)
    inside = clauses.of_sentence(sentence)
    place = next(at for at, clause in enumerate(inside) if clause.first <= token < clause.end)
    return Trigger(token, Entry(lemma, nominal, ()), inside[place], False)


def _examples() -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}: {example['in']} [{example['event']}]")
        for code in LANGUAGES
        for example in lexicon.data(code, "examples/participants")["yes"]
    ]


@pytest.mark.parametrize(("code", "example"), _examples())
def test_event_has_its_participants(code: str, example: dict[str, Any]) -> None:
    document = lexicon.reader(code).read(example["in"])
    clauses = Clauses(document)
    token = next(at for at, start in enumerate(document.starts) if document.text.startswith(example["event"], start))
    cast = Cast(document, clauses, Names(document, clauses))
    found = cast.of(_trigger(document, clauses, token, example["lemma"], example.get("noun", False)), example["type"])
    assert found._asdict() == {slot: tuple(example.get(slot, ())) for slot in ("places", "actors", "targets")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_there_are_enough_examples(code: str) -> None:
    assert len(lexicon.data(code, "examples/participants")["yes"]) >= 60


def test_first_person_is_the_speaker() -> None:
    text = '"We will appeal," said Ann Lee.'
    document = lexicon.reader("en").read(text)
    clauses = Clauses(document)
    start = text.index("Ann Lee")
    cast = Cast(document, clauses, Names(document, clauses))
    found = cast.of(_trigger(document, clauses, 3, "appeal", False), "JUSTICE", Span(start, start + len("Ann Lee")))
    assert found.actors == ("Ann Lee",)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("piece", ["il va ", "Paris, ", "à Paris ", "of the ", "killed by ", "et Paul ", "qui a tué "])
def test_repetition_without_end_names_nobody_that_the_text_does_not(code: str, piece: str) -> None:
    document = lexicon.reader(code).read(piece * 2000)
    clauses = Clauses(document)
    cast = Cast(document, clauses, Names(document, clauses))
    for token in range(0, len(document.tokens), 50):
        found = cast.of(_trigger(document, clauses, token, "x", False), "ASSAULT")
        named = [*found.places, *found.actors, *found.targets]
        assert [name for name in named if not name.strip() or name not in document.text] == []
