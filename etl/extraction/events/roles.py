"""Role words: what a language's `roles.toml` and `places.toml` say of prepositions, verbs, nouns and types of events.

Compiles the data once per process; which phrase has which role is read by `scenes`, `places` and `participants`.
"""

from collections.abc import Iterable
from functools import cache

from etl.extraction import gazetteer, inflection, lexicon
from etl.extraction.names_neighbours import Features


class Roles:
    """The role words of one language."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "roles")
        tokenise = lexicon.reader(code).tokenise_phrase
        places = lexicon.data(code, "places")

        def phrases(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
            return frozenset(tuple(tokenise(each)) for each in words)

        self.agent = phrases(data.get("agent", ()))
        target = data.get("target", {})
        self.target = {kind: phrases([*words, *target.get("*", ())]) for kind, words in target.items()}
        self.any_target = phrases(target.get("*", ()))
        self.locative = phrases(places.get("locative", ()))
        figurative = phrases(places.get("figurative", ()))
        long = [words for words in self.locative | self.agent | figurative if len(words) > 1]
        self.long: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        """Prepositions of several words, by their last and by the one before it."""
        for words in long:
            self.long.setdefault(words[-1], {}).setdefault(words[-2], []).append(words)
        self.origin = phrases(places.get("origin", ()))
        self.named_only = phrases(places.get("named_only", ()))
        self.dative = phrases(places.get("dative", ()))
        self.surely_locative = phrases(places.get("surely_locative", ()))
        self.object_pronouns = {word: Features(*told) for word, told in data.get("object_pronouns", {}).items()}
        verbs = data.get("verbs", {})
        self.patient = frozenset(verbs.get("patient", "").split())
        self.ergative = frozenset(verbs.get("ergative", "").split())
        self.located = frozenset(verbs.get("located", "").split())
        self.objective = frozenset(data.get("nouns", {}).get("objective", "").split())
        events = data.get("events", {})
        self.physical = frozenset(events.get("physical", ()))
        self.settled = frozenset(events.get("settled", ()))
        self.regions = frozenset(data.get("nouns", {}).get("regions", "").split())
        self.destination = phrases(data.get("destination", ()))
        self.bound = frozenset(events.get("bound", ()))
        self.where = frozenset(data.get("where", ()))
        self.lasting = frozenset(events.get("lasting", ()))
        self.held = frozenset(events.get("held", ()))
        self.aimed = frozenset(events.get("aimed", ()))
        self.reaching = frozenset(events.get("reaching", ()))
        self.nowhere = frozenset(data.get("nouns", {}).get("nowhere", "").split())
        self.things_act = frozenset(events.get("things_act", ()))
        self.agentive = frozenset(events.get("agentive", ()))
        self.abstract = tuple(events.get("abstract", ()))
        self.endured = frozenset(events.get("endured", ()))
        self.named_actors = frozenset(events.get("named_actors", ()))
        self.by_nation = frozenset(events.get("by_nation", ()))
        self.nations = gazetteer.demonyms(code)
        self.self_acting = frozenset(events.get("self_acting", ()))
        self.living = frozenset(events.get("living", ()))
        self.no_actors = frozenset(events.get("no_actors", ()))
        self.gives = frozenset(verbs.get("gives", "").split())
        targets = data.get("targets", {})
        self.object_things, self.passive_things, self.patient_things, self.elsewhere = (
            frozenset(targets.get(part, ())) for part in ("objects", "passive", "patient", "elsewhere")
        )
        self.amounts = frozenset(targets.get("amounts", "").split())
        light = data.get("light", {})
        self.quantities = frozenset(light.get("quantities", "").split())
        self.light = _surfaces(code, frozenset(light.get("verbs", "").split()))
        self.being = _surfaces(code, frozenset(light.get("being", "").split()))
        self.engaging = _surfaces(code, frozenset(light.get("engaging", "").split()))


def _surfaces(code: str, lemmas: frozenset[str]) -> frozenset[str]:
    """The forms of verbs."""
    return frozenset(
        surface for surface, forms in inflection.verbs(code).items() if any(form.lemma in lemmas for form in forms)
    )


@cache
def roles_of(code: str) -> Roles:
    """The role words of a language."""
    return Roles(code)
