"""Participants: where an event takes place, who does it and to whom, as the text writes them.

Which words take which roles is data in `etl/languages/<code>/roles.toml`; finding and typing events belongs elsewhere,
and so does what a phrase or a subject is (`names`, `names_syntax`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from etl.extraction import inflection, lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import Span
from etl.extraction.names import NAME, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_syntax import syntax_of
from etl.extraction.names_words import (
    ADVERB,
    CAPITAL,
    COMMA,
    GENITIVE,
    LINKER,
    NUMBER,
    PARTICIPLE,
    PREPOSITION,
    WORD,
)
from etl.extraction.text import Document

_REACH = 60
"""How many tokens behind a word its complements may stand."""
_WINDOW = 160
"""How many tokens, or phrases, of a sentence are near an event: sentences without end cost no more."""
_NEAR = 12
"""How many clauses back or ahead one may lean on another."""
_FINITE, _INFINITIVE, _PARTICIPLE, _GERUND, _FRAGMENT = ClauseKind
_NOTHING: frozenset[str] = frozenset()
_SKIPPED = frozenset((PARTICIPLE, ADVERB))
_BARRIER = re.compile(b"[VR.]")
"""A verb, what opens a clause, a stop: complements reach no further."""
_Found = tuple[list[Phrase], list[Phrase], list[Phrase]]
"""Actors, targets, and all that it is done to, places included."""


class Participants(NamedTuple):
    """The slots of an event, each a tuple of phrases as written, in text order."""

    places: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]


class _Roles:
    """The role words of one language."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "roles")
        tokenise = lexicon.reader(code).tokenise
        places = lexicon.data(code, "places")

        def phrases(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
            # A letter behind an elision, or its apostrophe would be a token of its own.
            return frozenset(
                tuple(tokenise(each + "e")[:-1] if each.endswith("'") else tokenise(each)) for each in words
            )

        self.agent = phrases(data.get("agent", ()))
        target = data.get("target", {})
        self.target = {kind: phrases([*words, *target.get("*", ())]) for kind, words in target.items()}
        self.any_target = phrases(target.get("*", ()))
        self.locative = phrases(places.get("locative", ()))
        long = [words for words in self.locative | self.agent if len(words) > 1]
        self.long: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        """Prepositions of several words, by their last and by the one before it."""
        for words in long:
            self.long.setdefault(words[-1], {}).setdefault(words[-2], []).append(words)
        self.origin = phrases(places.get("origin", ()))
        self.named_only = phrases(places.get("named_only", ()))
        self.dative = phrases(places.get("dative", ()))
        self.surely_locative = phrases(places.get("surely_locative", ()))
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
        self.held = frozenset(events.get("held", ()))
        self.aimed = frozenset(events.get("aimed", ()))
        self.reaching = frozenset(events.get("reaching", ()))
        self.nowhere = frozenset(data.get("nouns", {}).get("nowhere", "").split())
        self.things_act = frozenset(events.get("things_act", ()))
        self.named_actors = frozenset(events.get("named_actors", ()))
        self.self_acting = frozenset(events.get("self_acting", ()))
        self.living = frozenset(events.get("living", ()))
        self.no_actors = frozenset(events.get("no_actors", ()))
        self.gives = frozenset(verbs.get("gives", "").split())
        targets = data.get("targets", {})
        self.object_things, self.passive_things, self.patient_things, self.elsewhere = (
            frozenset(targets.get(part, ())) for part in ("objects", "passive", "patient", "elsewhere")
        )
        self.amounts = frozenset(targets.get("amounts", "").split())
        light = frozenset(data.get("light", {}).get("verbs", "").split())
        self.light = frozenset(
            surface for surface, forms in inflection.verbs(code).items() if any(form.lemma in light for form in forms)
        )


@cache
def _roles(code: str) -> _Roles:
    return _Roles(code)


_Governed = tuple[int, int, tuple[str, ...]]
"""Where a phrase starts, its number in its sentence, and the preposition that governs it."""


@dataclass(slots=True)
class _Scene:
    """What the events of one sentence share."""

    first: int
    end: int
    phrases: list[Phrase]
    clauses: list[Clause]
    main: Clause | None
    """The first main clause."""
    governed: list[_Governed]
    located: list[Phrase]
    """The phrases that say where."""
    reached: list[Phrase]
    """Where the last event of the sentence that is done to a place took place."""


class Cast:
    """The participants of a document's events."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.clauses = clauses
        self.names = names
        self.codes = names.codes
        self.syntax = syntax_of(document, clauses, names)
        self.roles = _roles(lexicon.language_of(document.language) or document.language)
        self._scenes: dict[int, _Scene] = {}

    def of(self, trigger: Trigger, event_type: str, claimant: Span | None = None) -> Participants:
        """The participants of an event; `claimant`: who tells of it, for whom *I* and *we* stand."""
        scene = self._scenes.get(trigger.sentence) or self._scene(trigger.sentence)
        nominal = trigger.entry.nominal
        actors, targets, reached = (self._of_noun if nominal else self._of_verb)(scene, trigger, event_type)
        if actors:
            actors = [phrase for phrase in actors if self._acts(phrase, event_type)]
        if actors and targets:
            targets = [phrase for phrase in targets if phrase not in actors]
        places = self._places(scene, trigger, event_type, reached)
        acting = self._said(actors)
        if not acting and claimant is not None and not nominal and self.syntax.speaks(trigger.clause):
            acting = (self.document.text[claimant.start : claimant.end],)
        return Participants(self._said(places), acting, self._said(targets))

    def _scene(self, ordinal: int) -> _Scene:
        phrases, clauses = self.names.of_sentence(ordinal), self.clauses.of_sentence(ordinal)
        main = None
        for clause in clauses:
            if clause.kind is _FINITE and not clause.subordinate:
                main = clause
                break
        first, end = self.document.sentence_tokens[ordinal : ordinal + 2]
        governed = self._governed(phrases)
        located = self._located(phrases, governed)
        found = self._scenes[ordinal] = _Scene(first, end, phrases, clauses, main, governed, located, [])
        return found

    def _acts(self, phrase: Phrase, event_type: str) -> bool:
        """Whether the phrase can be the one who does an event of the type."""
        roles = self.roles
        if event_type in roles.no_actors:
            return event_type in roles.named_actors and self._named(phrase)
        return phrase.kind is not THING or event_type in roles.things_act or self._named(phrase)

    def _named(self, phrase: Phrase) -> bool:
        return self.codes.find(CAPITAL, phrase.first, phrase.end) >= 0

    # Verbs

    def _of_verb(self, scene: _Scene, trigger: Trigger, event_type: str) -> _Found:
        roles, clause, lemma = self.roles, trigger.clause, trigger.entry.lemma
        subject = list(self.syntax.subject(clause))
        behind = self._behind(scene, clause.verb + 1)
        told = self._governed_by(scene, behind, roles.target.get(event_type, roles.any_target))
        recipients = self._recipients(scene, told, event_type) if told else told
        if self.syntax.passive(clause):
            agents = self._governed_by(scene, behind, roles.agent)
            if not agents and event_type in roles.self_acting and any(map(_is_people, subject)):
                return subject, recipients, told
            done_to = [] if lemma in roles.gives else subject
            targets = self._undergoing(scene, done_to, event_type, roles.passive_things)
            return agents, targets + recipients, subject + told
        objects = list(self.syntax.objects(clause))
        hosted = any(phrase.kind is PERSON for phrase in objects)  # *la ministre a reçu son homologue*
        if (lemma in roles.patient and not hosted) or (lemma in roles.ergative and not self._weighty(objects)):
            if event_type in roles.living:
                return subject, [], []
            return [], self._undergoing(scene, subject, event_type, roles.patient_things), []
        done_to = [] if lemma in roles.gives else objects
        targets = self._undergoing(scene, done_to, event_type, roles.object_things)
        if targets and event_type in roles.elsewhere:
            targets = [phrase for phrase in targets if phrase.kind is not PLACE]
        if recipients:
            targets += [phrase for phrase in recipients if phrase not in targets]
        if behind and event_type in roles.bound:
            told = told + self._governed_by(scene, behind, roles.destination)
        return subject, targets, objects + told

    def _weighty(self, objects: list[Phrase]) -> bool:
        """Whether a verb has an object that is more than a measure (*burned cars*, not *fell 3 points*)."""
        return any(self.document.tokens[phrase.head] not in self.roles.amounts for phrase in objects)

    def _recipients(self, scene: _Scene, told: list[Phrase], event_type: str) -> list[Phrase]:
        """Whom it is done to by a preposition's word; where it is done only if that is what the type means."""
        found = self._undergoing(scene, told, event_type, _NOTHING)
        if not found or event_type in self.roles.aimed:
            return found
        return [phrase for phrase in found if phrase not in scene.located]

    def _undergoing(
        self, scene: _Scene, phrases: list[Phrase], event_type: str, things: frozenset[str]
    ) -> list[Phrase]:
        """Of the phrases those that an event of the type can be done to, with what is singled out of them."""
        if not phrases:
            return []
        following = bisect_left(scene.phrases, phrases[-1]) + 1
        if following < len(scene.phrases) and self.syntax.singled_out(scene.phrases[following]):
            phrases = [*phrases, scene.phrases[following]]
        return [phrase for phrase in phrases if self._undergoes(phrase, event_type, things)]

    def _undergoes(self, phrase: Phrase, event_type: str, things: frozenset[str]) -> bool:
        if self.document.tokens[phrase.head] in self.roles.amounts:
            return False
        return phrase.kind is not THING or event_type in things or self._named(phrase)

    def _behind(self, scene: _Scene, token: int) -> list[_Governed]:
        """The phrases behind the token, in its clause, that a preposition governs."""
        stop = min(scene.end, token + _REACH)
        found = [each for each in scene.governed if token <= each[0] < stop]
        if found and found[0][0] > token:
            barrier = _BARRIER.search(self.codes, token, found[-1][0])
            if barrier is not None:
                stop = barrier.start()
                return [each for each in found if each[0] < stop]
        return found

    def _governed_by(
        self, scene: _Scene, behind: list[_Governed], prepositions: frozenset[tuple[str, ...]]
    ) -> list[Phrase]:
        """The first of the phrases that one of the prepositions governs, with those coordinated to it."""
        for _, at, governor in behind:
            if governor in prepositions:
                return list(self.syntax.coordinated(scene.phrases, at))
        return []

    def _governed(self, phrases: list[Phrase]) -> list[_Governed]:
        """The phrases of a sentence that a preposition governs."""
        codes = self.codes
        found: list[_Governed] = []
        for at, phrase in enumerate(phrases):
            start = phrase.start
            before = start - 1
            if start < phrase.first and codes.find(NUMBER, start, phrase.first) >= 0:
                before = self.syntax.before(phrase)
            # The article may have been swallowed by the preposition.
            last = before + 1 if codes[start] == LINKER and start < phrase.first else before
            governor = self._preposition(last) if last > 0 else None
            if governor is not None:
                found.append((start, at, governor))
            elif codes[before] == PREPOSITION and before >= 0:
                found.append((start, at, (self.document.tokens[before],)))
        return found

    def _preposition(self, last: int) -> tuple[str, ...] | None:
        """The preposition of several words that ends with the token."""
        tokens = self.document.tokens
        long = self.roles.long.get(tokens[last])
        if long is not None:
            for words in long.get(tokens[last - 1], ()):
                if len(words) == 2 or tuple(tokens[max(0, last + 1 - len(words)) : last + 1]) == words:
                    return words
        return None

    # Nouns

    def _of_noun(self, scene: _Scene, trigger: Trigger, event_type: str) -> _Found:
        roles, first, phrases = self.roles, trigger.token, scene.phrases
        at = bisect_left(phrases, (first + 1,)) - 1
        start, end = first, first + 1
        if at >= 0 and phrases[at].end > first:
            start, end = phrases[at].start, phrases[at].end
        complement = self._complement(scene, end)
        owner = self._owner(phrases, start)
        if trigger.entry.lemma in roles.objective:
            actors = owner if complement else []
            targets = self._undergoing(scene, complement or owner, event_type, roles.object_things)
        else:
            held = event_type in roles.held
            can_act = [each for each in complement if each.kind is not THING and not (held and each.kind is PLACE)]
            actors, targets = owner or can_act, []
        behind = self._behind(scene, first + 1)
        if behind:
            actors = actors + self._governed_by(scene, behind, roles.agent)
            told = self._governed_by(scene, behind, roles.target.get(event_type, roles.any_target))
            targets += self._recipients(scene, told, event_type)
            complement = complement + told
        return actors or self._lent(scene, trigger.clause, first), targets, complement

    def _complement(self, scene: _Scene, stop: int) -> list[Phrase]:
        """What hangs by *de* or *of* on the noun that ends there."""
        if stop + 1 < scene.end and self.codes[stop] in _SKIPPED:
            stop += 1  # *la fermeture annoncée de l'usine*
        if stop >= scene.end or self.codes[stop] != LINKER:
            return []
        at = bisect_left(scene.phrases, (stop,))
        if at == len(scene.phrases) or scene.phrases[at].start != stop:
            return []
        return list(self.syntax.coordinated(scene.phrases, at))

    def _owner(self, phrases: list[Phrase], start: int) -> list[Phrase]:
        """The possessor before what starts there (*Ukraine's invasion*)."""
        if start == 0 or self.codes[start - 1] != GENITIVE:
            return []
        at = bisect_left(phrases, (start,)) - 1
        return [phrases[at]] if at >= 0 and phrases[at].end == start - 1 else []

    def _lent(self, scene: _Scene, clause: Clause, token: int) -> list[Phrase]:
        """The subject or agent of the light verb whose object or subject the noun is."""
        if clause.verb < 0 or self.document.tokens[clause.verb] not in self.roles.light:
            return []
        if clause.passive:
            behind = self._behind(scene, clause.verb + 1) if clause.verb > token else []
            return self._governed_by(scene, behind, self.roles.agent)
        if clause.verb < token and any(phrase.start <= token < phrase.end for phrase in self.syntax.objects(clause)):
            return list(self.syntax.subject(clause))
        return []

    # Places

    def _places(self, scene: _Scene, trigger: Trigger, event_type: str, done_to: list[Phrase]) -> list[Phrase]:
        """Where it happens: told in its clause, in one that it leans on, at the head of the sentence, or near."""
        roles, located, clause = self.roles, scene.located, trigger.clause
        near = self._reached(done_to, trigger.entry.lemma, event_type) if done_to else []
        if near:
            scene.reached = near
        if located:
            near = _within(located, clause.first, self._end(scene, trigger)) + near
            if not near:
                other = _leaning(scene.clauses, trigger)
                if other is not None:
                    near = _within(located, other.first, other.end)
        if not near and event_type in roles.settled:
            near = self._complements(scene, clause)
        if not near and located:
            near = self._at_head(scene, clause)
        if not near and event_type in roles.physical:
            near = self._around(scene, trigger.token) if located else []
            near = near or scene.reached or self._governed_from(scene)
        return near or [phrase for phrase in done_to if self._built(phrase)]

    def _at_head(self, scene: _Scene, clause: Clause) -> list[Phrase]:
        """Places that the sentence opens with, in front of its main clause."""
        main, limit = scene.main, scene.first + 3
        if main is not None and main.first == clause.first:
            clauses = scene.clauses  # what stands between belongs to an inserted clause
            limit = main.group if main.resumes < 0 else clauses[bisect_left(clauses, (main.resumes,))].end
        near: list[Phrase] = []
        for phrase in _within(scene.located, scene.first, limit + _REACH):
            if phrase.start < limit or (near and phrase.start == near[-1].extent + 1):
                near.append(phrase)
        return near

    def _around(self, scene: _Scene, token: int) -> list[Phrase]:
        """The named places of the clause that has the nearest one."""
        around = _within(scene.located, token - _WINDOW, token + _WINDOW)
        named = [phrase for phrase in around if self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0]
        if not named:
            return []
        clauses = scene.clauses
        first = min(named, key=lambda phrase: abs(phrase.first - token)).first
        nearest = clauses[bisect_left(clauses, (first + 1,)) - 1]
        return [phrase for phrase in named if nearest.first <= phrase.first < nearest.end]

    def _end(self, scene: _Scene, trigger: Trigger) -> int:
        """The end of its clause, with what a noun (*dans l'est du pays*) or a participle (*found burnt*) cut off."""
        clause, end = trigger.clause, trigger.clause.end
        for other in scene.clauses[trigger.place + 1 : trigger.place + 1 + _NEAR]:
            noun = other.verb >= 0 and self.codes[other.verb] == WORD
            joined = other.verb >= 0 and other.group == clause.verb + 1 and clause.passive
            if not (noun or joined):
                break
            end = other.end
        return end

    def _governed_from(self, scene: _Scene) -> list[Phrase]:
        """The region whose people tell of it (*les responsables de la région de Soumy ont signalé*)."""
        tokens, codes, regions = self.document.tokens, self.codes, self.roles.regions
        if regions.isdisjoint(tokens[scene.first : scene.end]):
            return []
        for phrase in scene.phrases[:_WINDOW]:
            if phrase.kind is PLACE and codes[phrase.start] == LINKER and tokens[phrase.start - 1] in regions:
                return [phrase]
        return []

    def _built(self, phrase: Phrase) -> bool:
        """Whether it is done to a building or a site that the text names (*l'usine de Rennes*)."""
        return (
            phrase.kind is PLACE
            and self.names.is_place(phrase)
            and self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0
        )

    def _reached(self, done_to: list[Phrase], lemma: str, event_type: str) -> list[Phrase]:
        """Places among what it is done to: *attaquer l'Ukraine*, *quitter Londres*."""
        located = lemma in self.roles.located
        reaching = event_type in self.roles.reaching or event_type in self.roles.held
        if not (located or reaching):
            return []
        return [
            phrase
            for phrase in done_to
            if (phrase.kind is PLACE or (located and reaching and phrase.kind is NAME))
            and self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0
        ]

    def _complements(self, scene: _Scene, clause: Clause) -> list[Phrase]:
        """Places that a noun of the clause belongs to: *la maire de Nantes*, *l'usine de Rennes*."""
        own = _within(scene.phrases, clause.first, clause.end)
        linked = [phrase for phrase in own if self.codes[phrase.start] == LINKER]
        return [phrase for phrase in linked if phrase.kind is PLACE or phrase.kind is NAME]

    def _located(self, phrases: list[Phrase], governed: list[_Governed]) -> list[Phrase]:
        """The phrases of a sentence that say where."""
        codes = self.codes
        found: list[Phrase] = []
        covered = -1
        for _, at, governor in governed:
            phrase = phrases[at]
            if codes[phrase.end] == GENITIVE and at + 1 < len(phrases) and phrases[at + 1].start == phrase.end + 1:
                at += 1  # *in Chad's capital*
            if phrase.first < covered or phrase.kind is PERSON or not self._locates(phrases, at, phrase, governor):
                continue
            also = self.syntax.coordinated(phrases, at)[1:]
            owned = phrases[at] is not phrase and not self._named(phrases[at])
            found += [phrase if owned else phrases[at], *(each for each in also if each.kind is not THING)]
            covered = found[-1].extent
            apposed = phrases[at + 1 : at + 2] if codes[covered] == COMMA else []
            if apposed and apposed[0].start == covered + 1 and self._built(apposed[0]):
                found += apposed  # *à Nyala, la capitale du Darfour-Sud*
        return found

    def _locates(self, phrases: list[Phrase], at: int, governed: Phrase, governor: tuple[str, ...]) -> bool:
        """Whether phrase number `at`, or its owner, stands behind a preposition that tells where it is."""
        codes, roles, phrase = self.codes, self.roles, phrases[at]
        if governor not in roles.locative:
            return False
        place = phrase.kind is PLACE or self.names.is_place(phrase)
        if not (place or phrase.kind is NAME) or codes[phrase.end] == GENITIVE:
            return False
        if self.document.tokens[phrase.head] in roles.nowhere:
            return False
        if governor in roles.origin and at > 0:
            other = phrases[at - 1]
            if _is_people(other) and other.end == self.syntax.before(governed):
                return False  # *two men from Bristol*
        if governor in roles.named_only and codes.find(CAPITAL, phrase.first, phrase.extent) < 0:
            return False  # *ripped roofs off hospitals*
        bare = governed.start == governed.first
        if not bare and governor in roles.dative and self._named(phrase):
            return False  # *aid to the Ukraine*, not in it
        return place or (bare and governor in roles.surely_locative)

    # Words

    def _said(self, phrases: list[Phrase]) -> tuple[str, ...]:
        """The phrases as written, each once."""
        if not phrases:
            return ()
        if len(phrases) == 1:
            return (self._written(phrases[0]),)
        return tuple(dict.fromkeys(map(self._written, phrases)))

    def _written(self, phrase: Phrase) -> str:
        """The phrase as written: a name without its title, anything else with its complements."""
        if phrase.kind is PERSON and self.codes[phrase.head] == CAPITAL:
            return self.document.slice(phrase.head, phrase.end)
        return self.document.slice(phrase.first, phrase.extent)


def _is_people(phrase: Phrase) -> bool:
    return phrase.kind is not THING and phrase.kind is not PLACE


def _within(phrases: list[Phrase], low: int, high: int) -> list[Phrase]:
    """Those of a sentence's phrases whose first token is in `low` to `high` (exclusive)."""
    return phrases[bisect_left(phrases, (low,)) : bisect_left(phrases, (high,))]


def _leaning(clauses: list[Clause], trigger: Trigger) -> Clause | None:
    """The clause that tells of the same thing: what an infinitive leans on, what a noun's clause goes on with."""
    at, clause = trigger.place, trigger.clause
    if clause.kind in (_INFINITIVE, _GERUND):
        return next((other for other in reversed(clauses[max(0, at - _NEAR) : at]) if other.verb >= 0), None)
    if not trigger.entry.nominal:
        return None
    ahead = clauses[at + 1 : at + 1 + _NEAR]
    if clause.kind is _FRAGMENT:
        return next((other for other in ahead if other.resumes == clause.first), None)
    return ahead[0] if ahead and ahead[0].kind is _PARTICIPLE else None
