"""Texts as they come: offsets into the untouched text hold whatever its typography."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction import lexicon
from etl.extraction.text import Reader, Typography, compose, normalise, split_sentences


@given(st.text())
def test_the_normalised_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text(), st.sampled_from(["fr", "en", "es", "xx"]))
def test_tokens_lie_in_order_and_hold_every_character_but_white_space(text: str, language: str) -> None:
    document = lexicon.reader(language).read(text)
    assert [document.norm[s:e] for s, e in zip(document.starts, document.ends, strict=True)] == document.tokens
    assert all(end <= start for end, start in zip(document.ends, document.starts[1:], strict=False))
    assert sum(map(len, document.tokens)) == sum(not c.isspace() for c in document.norm)


@given(st.lists(st.text("abéè'- 1", max_size=60), max_size=5))
def test_a_vocabulary_numbers_each_word_once(texts: list[str]) -> None:
    reader = Reader("xx", Typography())
    numbers: dict[str, int] = {}
    for text in [*texts, "a" * 40, "a" * 41, *texts]:
        document = reader.read(text)
        for word, number in zip(document.tokens, document.word_ids.tolist(), strict=True):
            assert (number > 0) == (len(word) <= 40)
            assert not number or numbers.setdefault(word, number) == number
    assert len(set(numbers.values())) == len(numbers)


def test_a_word_of_a_long_text_has_the_number_that_it_has_in_a_short_one() -> None:
    reader = lexicon.reader("fr")
    (number,) = reader.read("embouteillage").word_ids.tolist()
    document = reader.read("embouteillage " * 10_000)
    assert set(document.word_ids.tolist()) == {number}


@pytest.mark.parametrize(
    ("language", "phrase", "sentence"),
    [
        ("fr", "près de l'", "près de l'usine"),
        ("fr", "aujourd'hui", "aujourd'hui même"),
        ("en", "'s", "Tuesday's vote"),
        ("en", "o'clock", "at nine o'clock sharp"),
        ("en", "the workers'", "the workers' union"),
    ],
)
def test_a_phrase_is_cut_as_it_is_inside_a_sentence(language: str, phrase: str, sentence: str) -> None:
    reader = lexicon.reader(language)
    words, tokens = reader.tokenise_phrase(phrase), reader.read(sentence).tokens
    assert words in [tokens[at : at + len(words)] for at in range(len(tokens))]
    assert "".join(words) == phrase.replace(" ", "")


@given(st.text(alphabet=" \n.!?…»”aÉ1é'’-—(M"))
def test_sentences_start_in_order_from_the_first_character(text: str) -> None:
    starts = split_sentences(text, frozenset({"m"}))
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    document = lexicon.reader("fr").read(text)
    for ordinal in range(len(document.sentences)):
        start, end = document.sentence_span(ordinal)
        assert document.text[start:end] == document.text[start:end].strip()


@given(st.text())
def test_composed_texts_lead_back_to_the_text(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    composed, back = compose(decomposed)
    if back is None:
        assert composed == decomposed
    else:
        assert len(back) == len(composed) + 1
        assert back == sorted(back)
        assert back[-1] == len(decomposed)


@pytest.mark.parametrize(
    ("language", "text", "tokens"),
    [
        ("fr", "L’usine d'Évry", ["l'", "usine", "d'", "évry"]),
        ("fr", "Aujourd’hui, 1er mai", ["aujourd'", "hui", ",", "1", "er", "mai"]),
        ("fr", "à 20h30", ["à", "20", "h", "30"]),
        ("fr", "55,5 %", ["55", ",", "5", "%"]),
        ("fr", "a-t-il", ["a", "-", "t", "-", "il"]),
        ("en", "Tuesday's don't", ["tuesday", "'s", "don", "'t"]),
        ("en", "the 'quoted' word", ["the", "'", "quoted", "'", "word"]),
    ],
)
def test_words_are_cut_as_the_language_writes_them(language: str, text: str, tokens: list[str]) -> None:
    assert lexicon.reader(language).read(text).tokens == tokens


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("fr", "M. Durand est venu. Il repart.", ["M. Durand est venu.", "Il repart."]),
        ("fr", "« Non ! » Il part.", ["« Non ! »", "Il part."]),
        ("fr", "Selon J. Dupont, oui.\nEt non", ["Selon J. Dupont, oui.", "Et non"]),
        ("fr", "Il gagne 3.500 euros. Elle aussi.", ["Il gagne 3.500 euros.", "Elle aussi."]),
        ("fr", "Vraiment ?… Oui.", ["Vraiment ?…", "Oui."]),
        ("en", "Dr. Lee left. “Good.” He said so.", ["Dr. Lee left.", "“Good.”", "He said so."]),
        ("en", "The U.S. Army came. It left.", ["The U.S. Army came.", "It left."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, text: str, sentences: list[str]) -> None:
    document = lexicon.reader(language).read(text)
    spans = [document.sentence_span(ordinal) for ordinal in range(len(document.sentences))]
    assert [text[start:end] for start, end in spans] == sentences
