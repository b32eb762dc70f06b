"""Clauses as the rest of extraction relies on them: boundaries, tense, voice, polarity, and what goes on with what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extraction import lexicon
from etl.extraction.clauses import Clause, Clauses, Kind, Tense


def clauses(code: str, text: str) -> tuple[Clauses, list[str]]:
    document = lexicon.reader(code).read(text)
    return Clauses(document), document.tokens


def clause_of(code: str, text: str, verb: str) -> Clause:
    found, tokens = clauses(code, text)
    clause = found.at(tokens.index(verb))
    assert tokens[clause.verb] == verb
    return clause


TENSES = [
    ("en", "The storm flooded two towns and cut roads.", "cut", Tense.PAST),
    ("en", "They met to curb waste and cut taxes.", "cut", Tense.INFINITIVE),
    ("fr", "Le groupe compte fermer une usine.", "compte", Tense.PRESENT),
    ("en", "In June, a fire at the depot wounded 14 guards.", "wounded", Tense.PAST),
    ("en", "The bank this week raised its sales forecast for 2031.", "raised", Tense.PAST),
    ("en", "The damaged chapel was closed.", "closed", Tense.PAST),
    ("en", "The nurses fed 2,400 children aged two to nine.", "fed", Tense.PAST),
    ("en", "Sixty villages were cut off and 1,300 cows drowned.", "drowned", Tense.PAST),
    ("fr", "Le navire a quitté le port.", "quitté", Tense.PAST),
    ("fr", "Le ministre avait déjà estimé le coût.", "estimé", Tense.PAST),
    ("fr", "La reine quittera Londres.", "quittera", Tense.FUTURE),
    ("fr", "Le convoi va bientôt partir.", "partir", Tense.FUTURE),
    ("fr", "Le vote devrait avoir lieu.", "avoir", Tense.CONDITIONAL),
    ("fr", "Le prix pourrait encore baisser.", "baisser", Tense.CONDITIONAL),
    ("fr", "Le suspect aurait fui.", "fui", Tense.CONDITIONAL),
    ("fr", "Ils sont venus pour frapper.", "frapper", Tense.INFINITIVE),
    ("fr", "Le maire inaugure un pont.", "inaugure", Tense.PRESENT),
    ("fr", "Le chef vient de démissionner.", "démissionner", Tense.PAST),
    ("en", "The ship left the port.", "left", Tense.PAST),
    ("en", "Two men were killed.", "killed", Tense.PAST),
    ("en", "The queen will leave London.", "leave", Tense.FUTURE),
    ("en", "The firm is expected to close two plants.", "close", Tense.FUTURE),
    ("en", "The envoy is to meet rebels.", "meet", Tense.FUTURE),
    ("en", "The bank may sell a unit.", "sell", Tense.CONDITIONAL),
    ("en", "They came to protest.", "protest", Tense.INFINITIVE),
    ("en", "Moscow denies the claim.", "denies", Tense.PRESENT),
]


@pytest.mark.parametrize(("code", "text", "verb", "tense"), TENSES)
def test_a_verb_group_is_read_as_one(code: str, text: str, verb: str, tense: Tense) -> None:
    assert clause_of(code, text, verb).tense is tense


@pytest.mark.parametrize(
    ("code", "text", "verb"),
    [
        ("fr", "La mairie n'a pas encore décidé.", "décidé"),
        ("fr", "Aucune équipe n'est arrivée.", "arrivée"),
        ("en", "The firm did not close the plant.", "close"),
        ("en", "No group has claimed the raid.", "claimed"),
    ],
)
def test_a_negated_clause_says_so(code: str, text: str, verb: str) -> None:
    assert clause_of(code, text, verb).negated


def test_only_is_no_negation() -> None:
    assert not clause_of("fr", "Les vannes n'ont été rouvertes qu'au printemps.", "rouvertes").negated


@pytest.mark.parametrize(
    ("code", "text", "verb", "passive"),
    [
        ("fr", "Le pont a été détruit.", "détruit", True),
        ("fr", "Le chanteur est mort.", "mort", False),
        ("fr", "Le festival s'est ouvert hier.", "ouvert", False),
        ("en", "The bridge has been destroyed.", "destroyed", True),
        ("en", "The storm destroyed the bridge.", "destroyed", False),
    ],
)
def test_voice(code: str, text: str, verb: str, passive: bool) -> None:
    assert clause_of(code, text, verb).passive is passive


@pytest.mark.parametrize(
    ("code", "text", "inner", "outer"),
    [
        ("fr", "Le maire, qui avait gagné en mars, a démissionné.", "gagné", "démissionné"),
        ("en", "The mayor, who had won in March, resigned.", "won", "resigned"),
    ],
)
def test_a_clause_goes_on_after_an_inserted_one(code: str, text: str, inner: str, outer: str) -> None:
    found, tokens = clauses(code, text)
    inserted, main = found.at(tokens.index(inner)), found.at(tokens.index(outer))
    assert inserted.subordinate and inserted.first < main.first
    assert main.resumes == 0


@pytest.mark.parametrize(
    ("code", "text", "noun"),
    [
        ("fr", "La demande a augmenté.", "demande"),
        ("fr", "Une forte attaque a surpris la ville.", "attaque"),
        ("fr", "Un avion de combat est tombé.", "combat"),
        ("en", "The attack killed two men.", "attack"),
        ("en", "A second strike hit the port.", "strike"),
    ],
)
def test_a_noun_spelt_like_a_verb_is_no_verb(code: str, text: str, noun: str) -> None:
    found, tokens = clauses(code, text)
    at = tokens.index(noun)
    assert found.at(at).verb != at


@pytest.mark.parametrize("figure", ["1,300", "1.3 million", "1,300,000"])
def test_a_mark_within_a_number_parts_no_clauses(figure: str) -> None:
    clause = clause_of("en", f"Sixty villages were cut off and {figure} cows drowned.", "drowned")
    found, tokens = clauses("en", f"Sixty villages were cut off and {figure} cows drowned.")
    assert tokens[clause.first] == "and"
    assert found.at(tokens.index("cut")).end == clause.first


def test_a_past_behind_a_finite_verb_is_a_participle_unless_it_is_reported() -> None:
    assert clause_of("en", "The navy sank two boats launched from the coast.", "launched").kind is Kind.PARTICIPLE
    assert clause_of("en", "Officials said boats launched on Monday.", "launched").kind is Kind.FINITE


def test_a_participle_behind_its_noun_is_a_clause_of_its_own() -> None:
    found, tokens = clauses("fr", "Des missiles fournis par Berlin ont touché la ville.")
    supplied = found.at(tokens.index("fournis"))
    assert supplied.kind is Kind.PARTICIPLE and supplied.passive
    assert tokens[found.at(tokens.index("ville")).verb] == "touché"


def test_a_word_within_a_verb_group_opens_no_clause() -> None:
    """*Alors* is half of *alors que*, but no conjunction between an auxiliary and its participle."""
    assert not clause_of("fr", "La marche lancée par deux syndicats a alors gagné le port.", "gagné").subordinate


TEXT = "le maire a été tué que qui , . « » : et n' pas il the man was killed who that , and \" will not shoot 12 Paris"
WORDS = st.sampled_from(sorted(set(TEXT.split())))


@pytest.mark.parametrize("code", ["fr", "en", "xx"])
@given(words=st.lists(WORDS, max_size=60))
def test_clauses_cover_each_sentence_without_gap_or_overlap(code: str, words: list[str]) -> None:
    document = lexicon.reader(code).read(" ".join(words))
    found = Clauses(document)
    bounds = document.sentence_tokens
    for ordinal in range(len(document.sentences)):
        covered = [token for clause in found.of_sentence(ordinal) for token in range(clause.first, clause.end)]
        assert covered == list(range(bounds[ordinal], bounds[ordinal + 1]))
        for clause in found.of_sentence(ordinal):
            assert clause.verb == -1 or clause.first <= clause.group <= clause.head <= clause.verb < clause.end
            assert found.at(clause.first) is found.at(clause.end - 1) is clause
        assert [(each.sentence, each.place) for each in found.of_sentence(ordinal)] == [
            (ordinal, place) for place in range(len(found.of_sentence(ordinal)))
        ]
