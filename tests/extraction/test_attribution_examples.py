"""Every example of every language's `examples/attributions.toml`: who says what, and what nobody is said to say."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extraction import lexicon
from etl.extraction.attribution import find_claims
from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claims
from etl.extraction.names import Names

LANGUAGES = [code for code in lexicon.languages() if lexicon.data(code, "examples/attributions")]


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(code, example, id=f"{code}: {example['in']} [{example['at']}]")
        for code in LANGUAGES
        for example in lexicon.data(code, "examples/attributions")[kind]
    ]


def _claims(code: str, text: str) -> tuple[Claims, list[int]]:
    document = lexicon.reader(code).read(text)
    clauses = Clauses(document)
    return find_claims(document, clauses, Names(document, clauses)), document.starts


def _claimant(code: str, text: str, at: str) -> str | None:
    claims, starts = _claims(code, text)
    span = claims.claimant_of(starts.index(next(start for start in starts if text.startswith(at, start))))
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize(("code", "example"), _examples("yes"))
def test_statement_has_its_claimant(code: str, example: dict[str, str]) -> None:
    assert _claimant(code, example["in"], example["at"]) == example["by"]


@pytest.mark.parametrize(("code", "example"), _examples("no"))
def test_nobody_is_said_to_claim_it(code: str, example: dict[str, str]) -> None:
    assert _claimant(code, example["in"], example["at"]) is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_there_are_enough_examples(code: str) -> None:
    examples = lexicon.data(code, "examples/attributions")
    assert len(examples["yes"]) >= 80
    assert len(examples["no"]) >= 25


_WORDS = ["Il", "a", "dit", "que", "selon", "«", "»", '"', ",", ".", "said", "Paul Ray", "the police", "de", "et", "\n"]


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_claims_lie_within_the_text(code: str, words: list[str]) -> None:
    text = " ".join(words)
    claims, starts = _claims(code, text)
    for token in range(len(starts)):
        claimant = claims.claimant_of(token)
        assert claimant is None or text[claimant.start : claimant.end].strip()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "piece", ["il dit que ", "He said. ", "« a » ", "selon X, ", "Il va. ", "de la ", "A, B, ", '"']
)
def test_repetition_without_end_is_read(code: str, piece: str) -> None:
    text = piece * 3000
    claims, starts = _claims(code, text)
    claimants = [claims.claimant_of(token) for token in range(len(starts))]
    assert all(each is None or 0 <= each.start < each.end <= len(text) for each in claimants)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "La porte s'est ouverte. La maire déclarait :"),
        ("en", "The door opened. The mayor said:"),
        ("en", "The agency lowered the number"),
    ],
)
def test_a_text_cut_off_before_what_is_said_claims_nothing(code: str, text: str) -> None:
    claims, starts = _claims(code, text)
    assert [claims.claimant_of(token) for token in range(len(starts))] == [None] * len(starts)
