"""Role words: what a language's `roles.toml` and `places.toml` say of prepositions, verbs, nouns and types of events.

Compiles the data once per process; which phrase has which role is read by `scenes`, `places` and `participants`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from etl.extraction import gazetteer, inflection, lexicon
from etl.extraction.names_neighbours import Features

LOCATIVE, ORIGIN, NAMED_ONLY, DATIVE, SURELY_LOCATIVE, AGENT, DESTINATION, ANY_TARGET = (1 << bit for bit in range(8))
"""What a preposition tells of the phrase behind it: what it governs is asked with one mask of these bits."""
_FIRST_TARGET = 8
"""The bit of the first type of events that has prepositions of its own before its targets; the other types' follow."""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of events: the bits of the prepositions before its targets, and which lists of `roles.toml` it is in."""

    name: str
    target: int
    physical: bool
    settled: bool
    lasting: bool
    aimed: bool
    bound: bool
    held: bool
    reaching: bool
    no_actors: bool
    named_actors: bool
    by_nation: bool
    agentive: bool
    endured: bool
    things_act: bool
    self_acting: bool
    living: bool
    objects: bool
    passive: bool
    patient: bool
    elsewhere: bool


_SIDES = ("before", "behind")
_LISTS = tuple(each.name for each in fields(EventType))[2:]


class Roles:
    """The role words of one language."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "roles")
        places = lexicon.data(code, "places")
        verbs, nouns, light = data.get("verbs", {}), data.get("nouns", {}), data.get("light", {})
        events, targets = data.get("events", {}), data.get("targets", {})
        self._lists = {**events, **targets}
        self.types = lexicon.Table[EventType]({}, self._type)
        self._compile_prepositions(code, data, places)
        self.object_pronouns = {word: Features(*told) for word, told in data.get("object_pronouns", {}).items()}
        self.where = frozenset(data.get("where", ()))
        self.there_before, self.there_behind = (frozenset(data.get("there", {}).get(side, ())) for side in _SIDES)
        self.there = self.there_before | self.there_behind
        self.patient = frozenset(verbs.get("patient", "").split())
        self.ergative = frozenset(verbs.get("ergative", "").split())
        self.located = frozenset(verbs.get("located", "").split())
        self.located_forms = _surfaces(code, self.located)
        self.gives = frozenset(verbs.get("gives", "").split())
        self.objective = frozenset(nouns.get("objective", "").split())
        self.regions = frozenset(nouns.get("regions", "").split())
        self.nowhere = frozenset(nouns.get("nowhere", "").split())
        self.abstract = tuple(events.get("abstract", ()))
        self.nations = gazetteer.demonyms(code)
        self.amounts = frozenset(targets.get("amounts", "").split())
        self.quantities = frozenset(light.get("quantities", "").split())
        self.light = _surfaces(code, frozenset(light.get("verbs", "").split()))
        self.being = _surfaces(code, frozenset(light.get("being", "").split()))
        self.engaging = _surfaces(code, frozenset(light.get("engaging", "").split()))

    def _compile_prepositions(self, code: str, data: lexicon.Data, places: lexicon.Data) -> None:
        tokenise = lexicon.reader(code).tokenise_phrase
        bits: dict[tuple[str, ...], int] = defaultdict(int)

        def mark(bit: int, words: Iterable[str]) -> None:
            for each in words:
                bits[tuple(tokenise(each))] |= bit

        mark(LOCATIVE, places.get("locative", ()))
        mark(AGENT, data.get("agent", ()))
        mark(0, places.get("figurative", ()))
        mark(ORIGIN, places.get("origin", ()))
        mark(NAMED_ONLY, places.get("named_only", ()))
        mark(DATIVE, places.get("dative", ()))
        mark(SURELY_LOCATIVE, places.get("surely_locative", ()))
        mark(DESTINATION, data.get("destination", ()))
        self._target_bits: dict[str, int] = {}
        for name, words in data.get("target", {}).items():
            bit = ANY_TARGET if name == "*" else 1 << _FIRST_TARGET + len(self._target_bits)
            self._target_bits[name] = bit
            mark(bit, words)
        long = [words for words in bits if len(words) > 1]
        self.prepositions = {words[0]: told for words, told in bits.items() if len(words) == 1}
        """What the prepositions of one word tell."""
        self.long: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}
        """Those of several words and what they tell, by their last and by the one before it, longest first."""
        for words in sorted(long, key=len, reverse=True):
            self.long.setdefault(words[-1], {}).setdefault(words[-2], []).append((words, bits[words]))

    def _type(self, name: str) -> EventType:
        target = ANY_TARGET | self._target_bits.get(name, 0)
        return EventType(name, target, **{each: name in self._lists.get(each, ()) for each in _LISTS})


def _surfaces(code: str, lemmas: frozenset[str]) -> frozenset[str]:
    """The forms of verbs."""
    return frozenset(
        surface for surface, forms in inflection.verbs(code).items() if any(form.lemma in lemmas for form in forms)
    )


@cache
def roles_of(code: str) -> Roles:
    """The role words of a language."""
    return Roles(code)
