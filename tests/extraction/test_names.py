"""What a reader is told about the names of a text: their extent, their kind, and the traps that are kept out."""

import pytest

from etl.extraction import lexicon
from etl.extraction.names import Kind, Names
from etl.extraction.names_words import CAPITAL

CASES = [
    ("fr", "Le président américain Jack Morrow a parlé.", "président américain Jack Morrow", Kind.PERSON),
    ("fr", "Mme Lebrun a démissionné.", "Lebrun", Kind.PERSON),
    ("fr", "Elle a vu M. Perrin à la gare.", "Perrin", Kind.PERSON),
    ("fr", "Des élus de la vallée de l'Orne ont réagi.", "élus", Kind.GROUP),
    ("fr", "La police a réagi.", "police", Kind.GROUP),
    ("fr", "Une tempête a frappé la Nouvelle-Zélande.", "Nouvelle-Zélande", Kind.PLACE),
    ("fr", "Il vit à Koursk.", "Koursk", Kind.PLACE),
    ("fr", "Il habite la ville de Morlefont.", "Morlefont", Kind.PLACE),
    ("fr", "Selon l'ONU, la trêve tient.", "ONU", Kind.ORGANISATION),
    ("fr", "Vladimir Orlov a gagné. Orlov a salué la foule.", "Orlov", Kind.PERSON),
    ("fr", "Sergueï Kozan a parlé. Kozan dirige un centre.", "Kozan", Kind.PERSON),
    ("fr", "La sonde partira pour Mars en mars.", "Mars", Kind.PLACE),
    ("en", "Council leader Ruth March said no.", "Council leader Ruth March", Kind.PERSON),
    ("en", "Police were called.", "Police", Kind.GROUP),
    ("en", "It happened in Inner Mongolia.", "Inner Mongolia", Kind.PLACE),
    ("en", "He flew to N'Djamena.", "N'Djamena", Kind.PLACE),
    ("en", "The WHO warned of delays.", "WHO", Kind.ORGANISATION),
    ("en", "She was elected mayor of Port Hollow.", "Port Hollow", Kind.PLACE),
    ("en", "The U.S. Navy left.", "U.S. Navy", Kind.ORGANISATION),
    ("en", "U.S. troops left.", "U.S. troops", Kind.GROUP),
    ("en", "They met Ruth F. Moss in May.", "Ruth F. Moss", Kind.PERSON),
    ("en", "He fled to the U.S. in May.", "U.S.", Kind.PLACE),
]


@pytest.mark.parametrize(("code", "text", "phrase", "kind"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES])
def test_name_has_its_extent_and_kind(code: str, text: str, phrase: str, kind: Kind) -> None:
    document = lexicon.reader(code).read(text)
    found = [(document.slice(each.first, each.end), each.kind) for each in Names(document).phrases]
    assert (phrase, kind) in found


@pytest.mark.parametrize(
    ("code", "text", "word"),
    [
        ("fr", "Faute de moyens, la salle a fermé.", "Faute"),
        ("fr", "Victime d'une chute, elle a renoncé.", "Victime"),
        ("en", "Sales dropped in June.", "Sales"),
        ("en", "THE VOTE WAS LOST", "VOTE"),
    ],
)
def test_first_word_of_a_sentence_is_no_name_for_its_capital(code: str, text: str, word: str) -> None:
    document = lexicon.reader(code).read(text)
    token = next(at for at, start in enumerate(document.starts) if text.startswith(word, start))
    assert Names(document).codes[token] != CAPITAL


@pytest.mark.parametrize(("code", "text"), [("fr", "Il revient lundi 3 mars."), ("en", "He left on Monday, May 3.")])
def test_days_and_months_are_no_names(code: str, text: str) -> None:
    document = lexicon.reader(code).read(text)
    assert Names(document).phrases == []


def test_complements_belong_to_the_extent() -> None:
    document = lexicon.reader("fr").read("Des élus de la vallée de l'Orne ont réagi.")
    phrase = Names(document).phrases[0]
    assert document.slice(phrase.first, phrase.extent) == "élus de la vallée de l'Orne"


def test_an_initial_that_looks_like_a_title_is_the_name_it_ends() -> None:
    text = "Nadège M. a nié."
    document = lexicon.reader("fr").read(text)
    (phrase,) = Names(document).by_sentence[0]
    assert document.slice(phrase.head, phrase.end) == "Nadège M."
