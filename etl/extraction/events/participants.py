"""Participants: where an event takes place, who does it and to whom, as the text writes them.

Which words take which roles is data in `etl/languages/<code>/roles.toml`; finding and typing events belongs elsewhere,
and so do the places of events (`places`) and what a phrase or a subject is (`names`, `names_syntax`).
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from etl.extraction.clauses import Clause, Clauses
from etl.extraction.events.places import Places
from etl.extraction.events.roles import AGENT, DESTINATION, EventType
from etl.extraction.events.scenes import Scene, Scenes, is_people
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import Span
from etl.extraction.names import GROUP, NAME, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_words import ADVERB, CAPITAL, COMMA, DETERMINER, GENITIVE, LINKER, NUMBER, PARTICIPLE
from etl.extraction.text import Document

_new = tuple.__new__  # what a NamedTuple does, without its function
_REACH = 60
"""How many tokens behind a word its complements may stand."""
_NEAR, _BACK = 12, 3
"""How many clauses and sentences back what a pronoun stands for may be told."""
_ADJECTIVES = 2
"""How far from its noun an adjective of nationality may stand."""
_CLOSE = 4
"""How many tokens behind a verb the noun may start that its preposition governs."""
_SINGLING = 12
"""How many tokens before a phrase the word may stand that singles it out: a number and its words between them."""
_HYPHEN = "-"
_HANGING = frozenset((LINKER, PARTICIPLE, ADVERB))
"""What may stand between a noun and what hangs on it."""
_BARRIER = re.compile(b"[VR.]")
"""A verb, what opens a clause, a stop: complements reach no further."""
_Phrases = tuple[Phrase, ...]
_Found = tuple[_Phrases, list[Phrase], _Phrases]
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
        scene, event = self._scenes[trigger.clause.sentence], self.roles.types[event_type]
        entry, clause = trigger.entry, trigger.clause
        agentive = False
        if entry.nominal:
            actors, targets, done_to = self._of_noun(scene, trigger, event)
        else:
            passive = self.syntax.passive(clause)
            actors, targets, done_to = self._of_verb(scene, trigger, event, passive)
            agentive = event.agentive and not passive and entry.lemma not in self.roles.ergative
        acting = self._acting(scene, actors, event, agentive) if actors else []
        if acting and targets:
            targets = [phrase for phrase in targets if phrase not in acting]
        places = self._places.of(scene, trigger, event, done_to)
        said = self._said(acting, True) if acting else ()
        if not said and claimant is not None and not entry.nominal and self.syntax.speaks(clause):
            said = (self.document.text[claimant.start : claimant.end],)
        where = self._said(places, False) if places else ()
        return _new(Participants, (where, said, self._said(targets, True) if targets else ()))

    def _acting(self, scene: Scene, actors: _Phrases, event: EventType, agentive: bool) -> list[Phrase]:
        """Those of the phrases who can do an event of the type: themselves, or whose they are (*Chad's exports fell*).

        `agentive`: the verb is one that only people and bodies do, so that its subject is taken for one of them.
        """
        found: list[Phrase] = []
        for phrase in actors:
            if agentive and not self.document.tokens[phrase.head].endswith(self.roles.abstract):
                found.append(phrase)
            elif event.no_actors:
                if event.named_actors and self._scenes.named(phrase):
                    found.append(phrase)
            elif phrase.kind is not THING or event.things_act or self._scenes.named(phrase):
                found.append(phrase)
            else:
                owner = self._scenes.owner(scene, phrase.start)
                if owner or self._wielded(scene, phrase):
                    found += owner or (phrase,)
        return found

    def _wielded(self, scene: Scene, phrase: Phrase) -> bool:
        """Whether a thing is that of people, who act by it (*un avion de la junte*, *des drones russes*)."""
        if not self.roles.nations.isdisjoint(self.document.tokens[phrase.first : phrase.end]):
            return True
        if self.codes[phrase.end] != LINKER:
            return False
        at = bisect_left(scene.firsts, phrase.end)
        owner = scene.phrases[at] if at < len(scene.phrases) else phrase
        return owner.start == phrase.end and is_people(owner) and owner.kind is not NAME

    # Verbs

    def _of_verb(self, scene: Scene, trigger: Trigger, event: EventType, passive: bool) -> _Found:
        roles, clause, lemma = self.roles, trigger.clause, trigger.entry.lemma
        verb = clause.verb
        if self.codes[verb - 1] == NUMBER and clause.group == verb:
            return (), [], ()  # *36 morts*: the figure says who
        subject = self.syntax.subject(clause)
        told = self._governed_by(scene, verb + 1, event.target)
        recipients = self._recipients(scene, told, event) if told else []
        if passive:
            agents = self._governed_by(scene, verb + 1, AGENT)
            if not agents and event.self_acting and any(map(is_people, subject)):
                return subject, recipients, told
            done_to = () if lemma in roles.gives else subject
            return agents, self._undergoing(scene, done_to, event.passive) + recipients, subject + told
        objects = self.syntax.objects(clause) or self._pronoun(scene, trigger, subject)
        if lemma in roles.patient:
            happens = all(phrase.kind is not PERSON for phrase in objects)  # *la ministre a reçu son homologue*
        else:
            happens = lemma in roles.ergative and not self._weighty(objects)
        if happens:
            return (subject, [], ()) if event.living else ((), self._undergoing(scene, subject, event.patient), ())
        targets = [] if lemma in roles.gives else self._undergoing(scene, objects, event.objects)
        if targets and event.elsewhere:
            targets = [phrase for phrase in targets if phrase.kind is not PLACE]
        if recipients:
            targets += [phrase for phrase in recipients if phrase not in targets]
        if event.bound:
            told += self._governed_by(scene, verb + 1, DESTINATION)
        return subject, targets, objects + told

    def _pronoun(self, scene: Scene, trigger: Trigger, subject: _Phrases) -> _Phrases:
        """Whom the pronoun stands for that is the verb's object, before it (*l'a jugé*) or behind it (*hired him*)."""
        clause, tokens, pronouns = trigger.clause, self.document.tokens, self.roles.object_pronouns
        near = tokens[clause.group : clause.verb]
        if self.codes[clause.verb + 1] != DETERMINER:
            near += tokens[clause.verb + 1 : clause.verb + 2]
        if pronouns.keys().isdisjoint(near):
            return ()
        features = next(pronouns[word] for word in near if word in pronouns)
        one = features.animate == "p" and features.number == "s"
        earlier = [each for each in scene.clauses[max(0, clause.place - _NEAR) : clause.place] if each.verb >= 0]
        told = [self.syntax.subject(each) for each in reversed(earlier)]
        told += [self.syntax.topic(back) for back in range(clause.sentence - 1, max(-1, clause.sentence - _BACK), -1)]
        for other in told:
            people = bool(other) and is_people(other[0]) and not (one and other[0].kind is GROUP)
            if people and other[0] not in subject and self.syntax.agrees(other, features):
                return other
        return ()

    def _weighty(self, objects: _Phrases) -> bool:
        """Whether a verb has an object that is more than a measure (*burned cars*, not *fell 3 points*)."""
        return any(self.document.tokens[phrase.head] not in self.roles.amounts for phrase in objects)

    def _recipients(self, scene: Scene, told: _Phrases, event: EventType) -> list[Phrase]:
        """Whom it is done to by a preposition's word; where it is done only if that is what the type means."""
        found = self._undergoing(scene, told, False)
        if not found or event.aimed:
            return found
        return [phrase for phrase in found if phrase not in scene.located]

    def _undergoing(self, scene: Scene, phrases: _Phrases, things: bool) -> list[Phrase]:
        """Of the phrases those that it can be done to, with what is singled out of them; `things`: to things too."""
        if not phrases:
            return []
        following = bisect_left(scene.firsts, phrases[-1].first) + 1
        tokens, amounts = self.document.tokens, self.roles.amounts
        if following < len(scene.phrases):
            other = scene.phrases[following]
            between = tokens[max(phrases[-1].end, other.start - _SINGLING) : other.start]
            if not self.syntax.words.including.isdisjoint(between) and self.syntax.singled_out(other):
                phrases += (other,)
        found: list[Phrase] = []
        for phrase in phrases:
            undergoes = phrase
            if tokens[phrase.head] in amounts:
                undergoes = self._measured(scene, phrase)
                if tokens[undergoes.head] in amounts:
                    continue
            if things or undergoes.kind is not THING or self._scenes.named(undergoes):
                found.append(undergoes)
        return found

    def _measured(self, scene: Scene, phrase: Phrase) -> Phrase:
        """What there is so much of, if the phrase is a measure of something (*13 tonnes of cocaine*)."""
        if self.codes[phrase.end] != LINKER:
            return phrase
        at = bisect_left(scene.firsts, phrase.end)
        return scene.phrases[at] if at < len(scene.phrases) and scene.phrases[at].start == phrase.end else phrase

    def _governed_by(self, scene: Scene, token: int, told: int) -> _Phrases:
        """The first phrase behind the token, in its clause, of which a preposition tells that, and its coordinates."""
        if not scene.told & told:
            return ()
        first = bisect_left(scene.governed, (token,))
        for start, at, tells in scene.governed[first : first + _REACH]:
            if start >= token + _REACH:
                break
            if tells & told:
                if _BARRIER.search(self.codes, token, start) is not None:
                    break
                return self.syntax.coordinated(scene.phrases, at)
        return ()

    # Nouns

    def _of_noun(self, scene: Scene, trigger: Trigger, event: EventType) -> _Found:
        first, phrases = trigger.token, scene.phrases
        start, end = first, first + 1
        at = bisect_left(scene.firsts, end) - 1
        if at >= 0 and phrases[at].end > first:
            start, end = phrases[at].start, phrases[at].end
        codes = self.codes
        complement = self._complement(scene, end) if codes[end] in _HANGING else ()
        owner = self._scenes.owner(scene, start) if codes[start - 1] == GENITIVE else ()
        if not owner and self.document.tokens[start] in self.syntax.words.possessives:
            owner = self._possessor(trigger, start)
        if trigger.entry.lemma in self.roles.objective:
            actors = owner if complement else ()
            targets = self._undergoing(scene, complement or owner, event.objects)
        else:
            actors, targets = owner, []
            if complement and not owner:
                able = [each for each in complement if each.kind is not THING]
                actors = tuple(each for each in able if each.kind is not PLACE) if event.held else tuple(able)
        if scene.told & (AGENT | event.target):
            actors += self._governed_by(scene, first + 1, AGENT)
            told = self._governed_by(scene, first + 1, event.target)
            targets += self._recipients(scene, told, event)
            complement += told
        actors = actors or self._lent(scene, trigger.clause, first, event.endured)
        if event.by_nation and all(each.kind is PLACE for each in actors):
            low = max(min(start, first - 1), first - _ADJECTIVES, 0)
            high = min(max(end, first + 2), first + 1 + _ADJECTIVES, scene.end)
            actors = self._nation(low, high) or actors
        return actors, targets, complement

    def _possessor(self, trigger: Trigger, start: int) -> _Phrases:
        """Whom the possessive stands for that opens the noun's phrase (*her resignation*, *leur arrivée*)."""
        features = self.syntax.words.possessives[self.document.tokens[start]]
        if features.animate == "s":
            return ()
        clause = trigger.clause
        if start < clause.group and start > 0 and self.codes[start - 1] in b"lR":  # *on her arrival, the minister …*
            subject = self.syntax.subject(clause)
            if subject and subject[0].start > start and self.syntax.agrees(subject, features):
                return subject
        return self.syntax.antecedent(start, features)

    def _nation(self, first: int, end: int) -> _Phrases:
        """The adjective of nationality among the tokens, for those whom it names (*des frappes russes*)."""
        tokens, nations = self.document.tokens, self.roles.nations
        for token in range(first, end):
            if tokens[token] in nations and not (self.document.glued(token) and tokens[token - 1] == _HYPHEN):
                return (Phrase(token, token + 1, token, GROUP, token, token + 1),)
        return ()

    def _complement(self, scene: Scene, stop: int) -> _Phrases:
        """What hangs by *de* or *of* on the noun that ends there."""
        if self.codes[stop] != LINKER:
            stop += 1  # *la vente prévue de la ferme*
        if self.codes[stop] != LINKER or stop >= scene.end:
            return ()
        at = bisect_left(scene.firsts, stop)
        if at == len(scene.phrases) or scene.phrases[at].start != stop:
            return ()
        return self.syntax.coordinated(scene.phrases, at)

    def _lent(self, scene: Scene, clause: Clause, token: int, endured: bool) -> _Phrases:
        """The subject or agent of the light verb whose object or subject the noun is.

        `endured`: who is in the middle of it does not do it (*is in detention*).
        """
        if clause.verb < 0:
            return ()
        roles, verb = self.roles, self.document.tokens[clause.verb]
        if clause.passive:
            behind = clause.verb > token and verb in roles.light
            return self._governed_by(scene, clause.verb + 1, AGENT) if behind else ()
        if clause.verb < token:
            done = self._done(scene, clause) if verb in roles.light else ()
            if verb in roles.engaging and not (endured and verb in roles.being):
                done += self._engaged_in(scene, clause)
            for each in done:
                if each.start <= token < each.end:
                    return self.syntax.subject(clause)
        return ()

    def _done(self, scene: Scene, clause: Clause) -> _Phrases:
        """The objects of a light verb, with that which a quantity of it is (*a series of raids*)."""
        objects = self.syntax.objects(clause)
        if not objects or self.document.tokens[objects[0].head] not in self.roles.quantities:
            return objects
        at = bisect_left(scene.firsts, objects[0].end)
        counted = at < len(scene.phrases) and scene.phrases[at].start == objects[0].end
        return (*objects, scene.phrases[at]) if counted else objects

    def _engaged_in(self, scene: Scene, clause: Clause) -> _Phrases:
        """What the verb's preposition governs right behind it (*a procédé à des arrestations*, *are on strike*)."""
        first = bisect_left(scene.governed, (clause.verb + 1,))
        for start, at, _ in scene.governed[first : first + 1]:
            if start <= clause.verb + _CLOSE:
                return self.syntax.coordinated(scene.phrases, at)
        return ()

    # Words

    def _said(self, phrases: list[Phrase], called: bool) -> tuple[str, ...]:
        """The phrases as written, each once: names without their titles, all else with its complements.

        `called`: by the names that tell who they are.
        """
        codes, text, starts, ends = self.codes, self.document.text, self.document.starts, self.document.ends
        said = []
        for phrase in phrases:
            first, end, head, kind, _, extent = phrase
            if called and codes[extent] == COMMA and (kind is PERSON or kind is NAME):
                first, end, head, kind, _, extent = self._by_name(phrase)
            if kind is PERSON and codes[head] == CAPITAL:
                first, extent = head, end
            said.append(text[starts[first] : ends[extent - 1]])
        return tuple(dict.fromkeys(said)) if len(said) > 1 else tuple(said)

    def _by_name(self, phrase: Phrase) -> Phrase:
        """The name behind its comma that tells who it is, if there is one (*the mayor, Ann Lee, resigned*)."""
        phrases = self._scenes.names.by_sentence[self.syntax.ordinal(phrase.first)]
        at = bisect_left(phrases, (phrase.extent,))
        following = phrases[at] if at < len(phrases) else phrase
        bare = following.start == following.first == phrase.extent + 1 and phrase.start < phrase.first
        person = following.kind is PERSON and self.codes[following.head] == CAPITAL
        return following if bare and person else phrase
