"""Participants: where an event takes place, who does it and to whom, as the text writes them.

Which words take which roles is data in `etl/languages/<code>/roles.toml`; finding and typing events belongs elsewhere,
and so do the places of events (`places`) and what a phrase or a subject is (`names`, `names_syntax`).
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from etl.extraction.clauses import Clause, Clauses
from etl.extraction.events.places import Places
from etl.extraction.events.scenes import Governed, Scene, Scenes, is_people
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import Span
from etl.extraction.names import GROUP, NAME, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_words import ADVERB, CAPITAL, COMMA, DETERMINER, LINKER, NUMBER, PARTICIPLE
from etl.extraction.text import Document

_REACH = 60
"""How many tokens behind a word its complements may stand."""
_NEAR, _BACK = 12, 3
"""How many clauses and sentences back what a pronoun stands for may be told."""
_ADJECTIVES = 2
"""How far from its noun an adjective of nationality may stand."""
_CLOSE = 4
"""How many tokens behind a verb the noun may start that its preposition governs."""
_HYPHEN = "-"
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


class Cast:
    """The participants of a document's events."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.codes = names.codes
        self._scenes = Scenes(document, clauses, names)
        self._places = Places(self._scenes)
        self.syntax = self._scenes.syntax
        self.roles = self._scenes.roles

    def of(self, trigger: Trigger, event_type: str, claimant: Span | None = None) -> Participants:
        """The participants of an event; `claimant`: who tells of it, for whom *I* and *we* stand."""
        scene = self._scenes.of(trigger.sentence)
        nominal, roles = trigger.entry.nominal, self.roles
        actors, targets, reached = (self._of_noun if nominal else self._of_verb)(scene, trigger, event_type)
        if actors:
            agentive = not nominal and event_type in roles.agentive and trigger.entry.lemma not in roles.ergative
            agentive = agentive and not self.syntax.passive(trigger.clause)
            actors = [each for phrase in actors for each in self._acting(scene, phrase, event_type, agentive)]
        if actors and targets:
            targets = [phrase for phrase in targets if phrase not in actors]
        places = self._places.of(scene, trigger, event_type, reached)
        acting = self._said(list(map(self._by_name, actors)))
        if not acting and claimant is not None and not nominal and self.syntax.speaks(trigger.clause):
            acting = (self.document.text[claimant.start : claimant.end],)
        return Participants(self._said(places), acting, self._said(list(map(self._by_name, targets))))

    def _acting(self, scene: Scene, phrase: Phrase, event_type: str, agentive: bool) -> list[Phrase]:
        """Who does an event of the type, if the phrase can: itself, or whose it is (*Chad's exports fell*).

        `agentive`: the verb is one that only people and bodies do, so that its subject is taken for one of them.
        """
        roles = self.roles
        if agentive and not self.document.tokens[phrase.head].endswith(roles.abstract):
            return [phrase]
        if event_type in roles.no_actors:
            return [phrase] if event_type in roles.named_actors and self._scenes.named(phrase) else []
        if phrase.kind is not THING or event_type in roles.things_act or self._scenes.named(phrase):
            return [phrase]
        owner = self._scenes.owner(scene.phrases, phrase.start)
        return owner or ([phrase] if self._wielded(scene, phrase) else [])

    def _wielded(self, scene: Scene, phrase: Phrase) -> bool:
        """Whether a thing is that of people, who act by it (*un avion de la junte*, *des drones russes*)."""
        if not self.roles.nations.isdisjoint(self.document.tokens[phrase.first : phrase.end]):
            return True
        if self.codes[phrase.end] != LINKER:
            return False
        at = bisect_left(scene.phrases, (phrase.end,))
        owner = scene.phrases[at] if at < len(scene.phrases) else phrase
        return owner.start == phrase.end and is_people(owner) and owner.kind is not NAME

    # Verbs

    def _of_verb(self, scene: Scene, trigger: Trigger, event_type: str) -> _Found:
        roles, clause, lemma = self.roles, trigger.clause, trigger.entry.lemma
        if clause.group == clause.verb and self.codes[clause.verb - 1] == NUMBER:
            return [], [], []  # *36 morts*: the figure says who
        subject = list(self.syntax.subject(clause))
        behind = self._behind(scene, clause.verb + 1)
        told = self._governed_by(scene, behind, roles.target.get(event_type, roles.any_target))
        recipients = self._recipients(scene, told, event_type) if told else told
        if self.syntax.passive(clause):
            agents = self._governed_by(scene, behind, roles.agent)
            if not agents and event_type in roles.self_acting and any(map(is_people, subject)):
                return subject, recipients, told
            done_to = [] if lemma in roles.gives else subject
            targets = self._undergoing(scene, done_to, event_type, roles.passive_things)
            return agents, targets + recipients, subject + told
        objects = list(self.syntax.objects(clause)) or self._pronoun(scene, trigger, subject)
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

    def _pronoun(self, scene: Scene, trigger: Trigger, subject: list[Phrase]) -> list[Phrase]:
        """Whom the pronoun stands for that is the verb's object, before it (*l'a jugé*) or behind it (*hired him*)."""
        clause, tokens, pronouns = trigger.clause, self.document.tokens, self.roles.object_pronouns
        near = tokens[clause.group : clause.verb]
        if self.codes[clause.verb + 1] != DETERMINER:
            near += tokens[clause.verb + 1 : clause.verb + 2]
        if pronouns.keys().isdisjoint(near):
            return []
        features = next(pronouns[word] for word in near if word in pronouns)
        one = features.animate == "p" and features.number == "s"
        earlier = [each for each in scene.clauses[max(0, trigger.place - _NEAR) : trigger.place] if each.verb >= 0]
        told = [self.syntax.subject(each) for each in reversed(earlier)]
        told += [self.syntax.topic(back) for back in range(trigger.sentence - 1, max(-1, trigger.sentence - _BACK), -1)]
        for other in told:
            people = bool(other) and is_people(other[0]) and not (one and other[0].kind is GROUP)
            if people and other[0] not in subject and self.syntax.agrees(other, features):
                return list(other)
        return []

    def _weighty(self, objects: list[Phrase]) -> bool:
        """Whether a verb has an object that is more than a measure (*burned cars*, not *fell 3 points*)."""
        return any(self.document.tokens[phrase.head] not in self.roles.amounts for phrase in objects)

    def _recipients(self, scene: Scene, told: list[Phrase], event_type: str) -> list[Phrase]:
        """Whom it is done to by a preposition's word; where it is done only if that is what the type means."""
        found = self._undergoing(scene, told, event_type, _NOTHING)
        if not found or event_type in self.roles.aimed:
            return found
        return [phrase for phrase in found if phrase not in scene.located]

    def _undergoing(self, scene: Scene, phrases: list[Phrase], event_type: str, things: frozenset[str]) -> list[Phrase]:
        """Of the phrases those that an event of the type can be done to, with what is singled out of them."""
        if not phrases:
            return []
        following = bisect_left(scene.phrases, phrases[-1]) + 1
        if following < len(scene.phrases) and self.syntax.singled_out(scene.phrases[following]):
            phrases = [*phrases, scene.phrases[following]]
        phrases = [self._measured(scene, phrase) for phrase in phrases]
        return [phrase for phrase in phrases if self._undergoes(phrase, event_type, things)]

    def _measured(self, scene: Scene, phrase: Phrase) -> Phrase:
        """What there is so much of, if the phrase is a measure of it (*13 tonnes of cocaine*)."""
        if self.document.tokens[phrase.head] not in self.roles.amounts or self.codes[phrase.end] != LINKER:
            return phrase
        at = bisect_left(scene.phrases, (phrase.end,))
        return scene.phrases[at] if at < len(scene.phrases) and scene.phrases[at].start == phrase.end else phrase

    def _undergoes(self, phrase: Phrase, event_type: str, things: frozenset[str]) -> bool:
        if self.document.tokens[phrase.head] in self.roles.amounts:
            return False
        return phrase.kind is not THING or event_type in things or self._scenes.named(phrase)

    def _behind(self, scene: Scene, token: int) -> list[Governed]:
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
        self, scene: Scene, behind: list[Governed], prepositions: frozenset[tuple[str, ...]]
    ) -> list[Phrase]:
        """The first of the phrases that one of the prepositions governs, with those coordinated to it."""
        for _, at, governor in behind:
            if governor in prepositions:
                return list(self.syntax.coordinated(scene.phrases, at))
        return []

    # Nouns

    def _of_noun(self, scene: Scene, trigger: Trigger, event_type: str) -> _Found:
        roles, first, phrases = self.roles, trigger.token, scene.phrases
        at = bisect_left(phrases, (first + 1,)) - 1
        start, end = first, first + 1
        if at >= 0 and phrases[at].end > first:
            start, end = phrases[at].start, phrases[at].end
        complement = self._complement(scene, end)
        owner = self._scenes.owner(phrases, start) or self._possessor(scene, trigger, start)
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
        actors = actors or self._lent(scene, trigger.clause, first, event_type in roles.endured)
        if event_type in roles.by_nation and all(each.kind is PLACE for each in actors):
            low = max(min(start, first - 1), first - _ADJECTIVES, 0)
            high = min(max(end, first + 2), first + 1 + _ADJECTIVES, scene.end)
            actors = self._nation(low, high) or actors
        return actors, targets, complement

    def _possessor(self, scene: Scene, trigger: Trigger, start: int) -> list[Phrase]:
        """Whom the possessive stands for that opens the noun's phrase (*her resignation*, *leur arrivée*)."""
        features = self.syntax.words.possessives.get(self.document.tokens[start])
        if features is None or features.animate == "s":
            return []
        clause = trigger.clause
        if start < clause.group and start > 0 and self.codes[start - 1] in b"lR":  # *on her arrival, the minister …*
            subject = self.syntax.subject(clause)
            if subject and subject[0].start > start and self.syntax.agrees(subject, features):
                return list(subject)
        return list(self.syntax.antecedent(start, features))

    def _nation(self, first: int, end: int) -> list[Phrase]:
        """The adjective of nationality among the tokens, for those whom it names (*des frappes russes*)."""
        tokens, nations = self.document.tokens, self.roles.nations
        for token in range(first, end):
            if tokens[token] in nations and not (self.document.glued(token) and tokens[token - 1] == _HYPHEN):
                return [Phrase(token, token + 1, token, GROUP, token, token + 1)]
        return []

    def _complement(self, scene: Scene, stop: int) -> list[Phrase]:
        """What hangs by *de* or *of* on the noun that ends there."""
        if stop + 1 < scene.end and self.codes[stop] in _SKIPPED:
            stop += 1  # *la vente prévue de la ferme*
        if stop >= scene.end or self.codes[stop] != LINKER:
            return []
        at = bisect_left(scene.phrases, (stop,))
        if at == len(scene.phrases) or scene.phrases[at].start != stop:
            return []
        return list(self.syntax.coordinated(scene.phrases, at))

    def _lent(self, scene: Scene, clause: Clause, token: int, endured: bool) -> list[Phrase]:
        """The subject or agent of the light verb whose object or subject the noun is.

        `endured`: who is in the middle of it does not do it (*is in detention*).
        """
        if clause.verb < 0:
            return []
        verb = self.document.tokens[clause.verb]
        light = verb in self.roles.light
        if clause.verb < token and (light or verb in self.roles.engaging) and not clause.passive:
            done = self._done(scene, clause) if light else []
            if verb in self.roles.engaging and not (endured and verb in self.roles.being):
                done += self._engaged_in(scene, clause)
            return list(self.syntax.subject(clause)) if any(each.start <= token < each.end for each in done) else []
        if light and clause.passive:
            behind = self._behind(scene, clause.verb + 1) if clause.verb > token else []
            return self._governed_by(scene, behind, self.roles.agent)
        return []

    def _done(self, scene: Scene, clause: Clause) -> list[Phrase]:
        """The objects of a light verb, with that which a quantity of it is (*a series of raids*)."""
        objects = list(self.syntax.objects(clause))
        for phrase in objects[:1]:
            at = bisect_left(scene.phrases, (phrase.end,))
            counted = self.document.tokens[phrase.head] in self.roles.quantities and at < len(scene.phrases)
            if counted and scene.phrases[at].start == phrase.end:
                objects.append(scene.phrases[at])
        return objects

    def _engaged_in(self, scene: Scene, clause: Clause) -> list[Phrase]:
        """What the verb's preposition governs right behind it (*a procédé à des arrestations*, *are on strike*)."""
        first = bisect_left(scene.governed, (clause.verb + 1,))
        for start, at, _ in scene.governed[first : first + 1]:
            if start <= clause.verb + _CLOSE:
                return list(self.syntax.coordinated(scene.phrases, at))
        return []

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

    def _by_name(self, phrase: Phrase) -> Phrase:
        """The name between commas that tells who it is, if there is one (*the mayor, Ann Lee, resigned*)."""
        if self.codes[phrase.extent] != COMMA or not (phrase.kind is PERSON or phrase.kind is NAME):
            return phrase
        phrases = self._scenes.names.of_sentence(self.syntax.ordinal(phrase.first))
        at = bisect_left(phrases, (phrase.extent,))
        following = phrases[at] if at < len(phrases) else phrase
        bare = following.start == following.first == phrase.extent + 1 and phrase.start < phrase.first
        person = following.kind is PERSON and self.codes[following.head] == CAPITAL
        return following if bare and person else phrase
