"""Verb forms: what the paradigms of the language packs unfold into."""

import pytest

from etl.extraction.inflection import Form, Mood, endings, expand, lemmas, verbs

FORMS = [
    ("fr", "mangeait", "manger", Mood.PAST),
    ("fr", "commença", "commencer", Mood.PAST),
    ("fr", "achètera", "acheter", Mood.FUTURE),
    ("fr", "appellent", "appeler", Mood.PRESENT),
    ("fr", "célèbre", "célébrer", Mood.PRESENT),
    ("fr", "emploierait", "employer", Mood.CONDITIONAL),
    ("fr", "finissent", "finir", Mood.PRESENT),
    ("fr", "enverra", "envoyer", Mood.FUTURE),
    ("fr", "détenues", "détenir", Mood.PARTICIPLE),
    ("fr", "élu", "élire", Mood.PARTICIPLE),
    ("fr", "naquit", "naître", Mood.PAST),
    ("fr", "a", "avoir", Mood.PRESENT),
    ("fr", "étant", "être", Mood.GERUND),
    ("en", "carried", "carry", Mood.PAST),
    ("en", "dies", "die", Mood.PRESENT),
    ("en", "lying", "lie", Mood.GERUND),
    ("en", "banned", "ban", Mood.PARTICIPLE),
    ("en", "clashes", "clash", Mood.PRESENT),
    ("en", "fled", "flee", Mood.PAST),
    ("en", "hit", "hit", Mood.PAST),
    ("en", "struck", "strike", Mood.PARTICIPLE),
]


@pytest.mark.parametrize(("code", "surface", "lemma", "mood"), FORMS)
def test_a_form_leads_to_its_verb(code: str, surface: str, lemma: str, mood: Mood) -> None:
    assert Form(lemma, mood) in verbs(code)[surface]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_packs_know_the_verbs_of_general_news(code: str) -> None:
    assert len(lemmas(code)) > 2000


@pytest.mark.parametrize(
    ("word", "lemma", "mood"), [("tambourinera", "tambouriner", Mood.FUTURE), ("cathédrale", None, None)]
)
def test_unknown_verbs_are_known_by_their_endings(word: str, lemma: str | None, mood: Mood | None) -> None:
    assert endings("fr").read(word) == (Form(lemma, mood) if lemma and mood else None)


def test_a_model_repeats_the_consonants_that_it_finds() -> None:
    data = {
        "endings": [{"part": "present", "mood": "present", "add": [""]}],
        "regular_models": ["double"],
        "models": {"double": {"ending": "#", "present": ["##ed"]}},
        "verbs": {"regular": "stop"},
    }
    assert set(expand(data)) == {"stop", "stopped"}


def test_a_lemma_that_no_model_takes_is_an_error() -> None:
    data = {"endings": [], "models": {"er": {"ending": "er"}}, "verbs": {"er": "finir"}}
    with pytest.raises(ValueError, match="finir"):
        expand(data)
