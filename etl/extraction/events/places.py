"""Places of events: told in the clause, in one that it leans on, at the head of the sentence, near, or before.

Which phrases say where is read by `scenes`; who does what to whom, by `participants`.
"""

import re
from bisect import bisect_left

from etl.extraction.clauses import Clause
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.events.roles import EventType
from etl.extraction.events.scenes import Scene, Scenes, within
from etl.extraction.events.triggers import Trigger
from etl.extraction.names import NAME, PERSON, PLACE, THING, Phrase
from etl.extraction.names_words import CAPITAL, CONJUNCTION, LINKER, WORD

_REACH = 60
"""How many tokens behind a verb a place may stand that belongs to the head of its sentence."""
_WINDOW = 160
"""How many tokens, or phrases, of a sentence are near an event: sentences without end cost no more."""
_NEAR = 12
"""How many clauses back or ahead one may lean on another."""
_THERE, _BACK = 4, 3
"""How many tokens from a verb the word stands that says there, and how many sentences back the place it stands for."""
_OPENING = 4
"""How many sentences into an article, its title among them, a dateline may stand."""
_, _INFINITIVE, _PARTICIPLE, _GERUND, _FRAGMENT = ClauseKind
_DATELINE = re.compile(rb"[tq,]{0,6}(C(?:-?C){0,3})(?:,[Ctq,.]{1,8}?)?(?:\([^(]{1,8}\()?\.{1,2}(?=[^.])")
"""A day, a place, the rest of the day, an agency in brackets, a full stop, a dash."""
_DASHES = frozenset("-–—")


class Places:
    """Finds where the events of a document take place; asked in text order, since a place goes on to what follows."""

    def __init__(self, scenes: Scenes) -> None:
        self.document = scenes.document
        self.codes = scenes.codes
        self.names = scenes.names
        self.roles = scenes.roles
        self._scenes = scenes
        self._last: dict[str, tuple[int, list[Phrase]]] = {}
        self._dateline = self._read_dateline()

    def of(self, scene: Scene, trigger: Trigger, event: EventType, done_to: tuple[Phrase, ...]) -> list[Phrase]:
        """Where an event of the type that is done to `done_to` takes place."""
        places = self._told(scene, trigger, event, done_to)
        if event.lasting and places:
            self._last[event.name] = trigger.clause.sentence, places
        return places or self._label(scene) or self._carried(scene, trigger, event)

    def _told(self, scene: Scene, trigger: Trigger, event: EventType, done_to: tuple[Phrase, ...]) -> list[Phrase]:
        """Where it happens: told in its clause, in one that it leans on, at the head of the sentence, or near."""
        located, clause = scene.located, trigger.clause
        sites = [phrase for phrase in done_to if phrase.kind is PLACE or phrase.kind is NAME] if done_to else []
        if trigger.token < clause.verb and self.document.tokens[clause.verb] in self.roles.located_forms:
            sites += self._scenes.syntax.objects(clause)  # *an earthquake struck Japan*
        near = self._reached(sites, trigger.entry.lemma, event) if sites else []
        if near:
            scene.reached = near
        if located and located[-1].first >= clause.first:
            near = within(located, clause.first, self._end(scene, trigger)) + near
            near = near or self._joined(scene, trigger)
        if not near and clause.subordinate:
            near = self._where(scene, clause)
        if not near and scene.there:
            near = self._there(trigger)
        if not near and located:
            other = _leaning(scene.clauses, trigger)
            if other is not None:
                near = within(located, other.first, other.end)
        if not near and event.settled:
            near = self._complements(scene, clause)
        if not near and located:
            near = self._at_head(scene, clause)
        if not near and event.physical:
            near = self._around(scene, trigger.token) if located else []
            near = near or scene.reached or self._owning(scene, trigger)
        return near or [phrase for phrase in sites if self._scenes.built(phrase)]

    def _where(self, scene: Scene, clause: Clause) -> list[Phrase]:
        """The place before a clause that tells what happened there (*à Lyon, où il est mort*)."""
        if self.roles.where.isdisjoint(self.document.tokens[clause.first : clause.first + 2]):
            return []
        end = bisect_left(scene.firsts, clause.first)
        before = scene.phrases[max(0, end - _NEAR) : end]
        if not before or before[-1].end < clause.first - 2:
            return []
        whole = next(phrase for phrase in before if phrase.extent >= before[-1].end)
        return [phrase for phrase in (whole, before[-1]) if phrase.kind is PLACE or phrase in scene.located][:1]

    def _there(self, trigger: Trigger) -> list[Phrase]:
        """The place told last, where a word stands for it (*y ont été tués*, *died there*)."""
        clause, token, tokens = trigger.clause, trigger.token, self.document.tokens
        verbal = not trigger.entry.nominal
        if self.roles.there_behind.isdisjoint(tokens[token + 1 : min(token + _THERE, clause.end)]) and not (
            verbal and not self.roles.there_before.isdisjoint(tokens[clause.group : clause.verb])
        ):
            return []
        for ordinal in range(clause.sentence, max(-1, clause.sentence - _BACK), -1):
            earlier = self._scenes[ordinal]
            topic = self._scenes.syntax.topic(ordinal) if ordinal < clause.sentence else ()
            for phrase in (*topic, *reversed(earlier.located), *reversed(earlier.phrases[-_WINDOW:])):
                if phrase.kind is PLACE and phrase.first < clause.first and self._scenes.named(phrase):
                    return [phrase]
        return []

    def _label(self, scene: Scene) -> list[Phrase]:
        """The place that a title begins with (*Mali : trois villages attaqués*)."""
        if not scene.phrases or scene.phrases[0].kind is not PLACE:
            return []
        label = scene.phrases[0]
        opens = label.first == scene.first and label.end + 1 < scene.end
        return [label] if opens and self.document.tokens[label.end] == ":" and self._is_somewhere(label) else []

    def _is_somewhere(self, phrase: Phrase) -> bool:
        """Whether the phrase says a place in particular."""
        return self.document.tokens[phrase.head] not in self.roles.nowhere

    def _joined(self, scene: Scene, trigger: Trigger) -> list[Phrase]:
        """Where the participle joined to it tells of what both tell (*killing four and wounding six in Aden*)."""
        clause, following = trigger.clause, scene.clauses[trigger.clause.place + 1 : trigger.clause.place + 2]
        if clause.kind is not _GERUND and clause.kind is not _PARTICIPLE:
            return []
        if not following or following[0].kind is not clause.kind:
            return []
        if CONJUNCTION not in (self.codes[clause.end - 1], self.codes[clause.end]):
            return []
        return within(scene.located, following[0].first, following[0].end)

    def _at_head(self, scene: Scene, clause: Clause) -> list[Phrase]:
        """Places that the sentence opens with, in front of its main clause."""
        main, limit = scene.main, scene.first + 3
        if main is not None and main.first == clause.first:  # what stands between belongs to an inserted clause
            limit = main.group if main.resumes < 0 else self._scenes.clauses.at(main.resumes).end
        near: list[Phrase] = []
        for phrase in within(scene.located, scene.first, limit + _REACH):
            if phrase.start < limit or (near and phrase.start == near[-1].extent + 1):
                near.append(phrase)
        return near

    def _around(self, scene: Scene, token: int) -> list[Phrase]:
        """The named places of the clause that has the nearest one."""
        around = within(scene.located, token - _WINDOW, token + _WINDOW)
        named = [phrase for phrase in around if self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0]
        if not named:
            return []
        nearest = self._scenes.clauses.at(min(named, key=lambda phrase: abs(phrase.first - token)).first)
        return [phrase for phrase in named if nearest.first <= phrase.first < nearest.end]

    def _owning(self, scene: Scene, trigger: Trigger) -> list[Phrase]:
        """The region whose people tell of it, else the named place that a thing of its clause belongs to."""
        phrases, codes = scene.phrases, self.codes
        owners = scene.owners
        if owners is None:
            near = enumerate(phrases[:_WINDOW])
            scene.owners = owners = [at for at, each in near if codes[each.start] == LINKER and each.kind is PLACE]
        if not owners:
            return []
        for at in owners:  # *les élus de la région de Nantes ont annoncé*
            if self.document.tokens[phrases[at].start - 1] in self.roles.regions:
                return [phrases[at]]
        first, end = trigger.clause.first, self._end(scene, trigger)
        for at in owners:  # *a visé un entrepôt de Rennes*
            phrase, host = phrases[at], phrases[at - 1]
            inside = first <= host.first and phrase.first < end and phrase.start == host.end
            owned = inside and (host.kind is THING or host.kind is PLACE)
            if owned and codes.find(CAPITAL, phrase.first, phrase.extent) >= 0:
                return [phrase if host.kind is THING else host]
        return []

    def _carried(self, scene: Scene, trigger: Trigger, event: EventType) -> list[Phrase]:
        """Where a sentence that names no place goes on from: the dateline, or the like told one sentence before."""
        if self._dateline is not None and trigger.clause.sentence == self._dateline[0]:
            return [] if trigger.clause.subordinate or scene.located else [self._dateline[1]]
        if not event.lasting or scene.located or event.name not in self._last:
            return []
        told, places = self._last[event.name]
        if trigger.clause.sentence > told + 1:
            return []
        if any(phrase.kind is PLACE and self._scenes.named(phrase) for phrase in scene.phrases[:_WINDOW]):
            return []
        return [phrase for phrase in places if self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0]

    def _read_dateline(self) -> tuple[int, Phrase] | None:
        """The place that opens the article, before a dash, and the ordinal of the sentence behind the dash."""
        tokens, codes, bounds = self.document.tokens, self.codes, self.document.sentence_tokens
        for ordinal in range(min(_OPENING, len(bounds) - 1)):
            first = bounds[ordinal]
            match = _DATELINE.match(codes, first)
            if match is None or tokens[match.end() - 1] not in _DASHES or self._parted(first, match.end() - 1):
                continue
            start, end = match.span(1)
            for phrase in self.names.by_sentence[ordinal]:
                if phrase.first == start and (phrase.kind is not PERSON or self.document.slice(start, end).isupper()):
                    return ordinal if match.end() < bounds[ordinal + 1] else ordinal + 1, phrase
        return None

    def _parted(self, first: int, dash: int) -> bool:
        """Whether a line ends between the tokens: the dash is that of a list."""
        return "\n" in self.document.text[self.document.starts[first] : self.document.starts[dash]]

    def _end(self, scene: Scene, trigger: Trigger) -> int:
        """The end of its clause, with what a noun (*dans l'est du pays*) or a participle (*found burnt*) cut off."""
        clause, end = trigger.clause, trigger.clause.end
        for other in scene.clauses[clause.place + 1 : clause.place + 1 + _NEAR]:
            noun = other.verb >= 0 and self.codes[other.verb] == WORD
            joined = other.verb >= 0 and other.group == clause.verb + 1 and clause.passive
            if not (noun or joined):
                break
            end = other.end
        return end

    def _reached(self, places: list[Phrase], lemma: str, event: EventType) -> list[Phrase]:
        """Those of the places and names it is done to where it happens: *attaquer l'Ukraine*, *quitter Londres*."""
        located = lemma in self.roles.located
        if not (located or event.reaching or event.held):
            return []
        # What is held somewhere has its place for a complement (*les Jeux de Londres*, not *a battu Nantes*).
        reaching = located or event.reaching
        return [
            phrase
            for phrase in places
            if (phrase.kind is PLACE or (located and (event.reaching or event.held)))
            and (reaching or self.codes[phrase.start] == LINKER)
            and self.codes.find(CAPITAL, phrase.first, phrase.extent) >= 0
        ]

    def _complements(self, scene: Scene, clause: Clause) -> list[Phrase]:
        """Places that a noun of the clause belongs to: *la maire de Nantes*, *l'usine de Rennes*."""
        codes, firsts = self.codes, scene.firsts
        # A name of unknown kind is a town where no article stands before it (*de Nantes*, not *de l'Intérieur*).
        return [
            phrase
            for phrase in scene.phrases[bisect_left(firsts, clause.first) : bisect_left(firsts, clause.end)]
            if codes[phrase.start] == LINKER
            and (phrase.kind is PLACE or (phrase.kind is NAME and phrase.first == phrase.start + 1))
        ]


def _leaning(clauses: list[Clause], trigger: Trigger) -> Clause | None:
    """The clause that tells of the same thing: what an infinitive leans on, what a noun's clause goes on with."""
    at, clause = trigger.clause.place, trigger.clause
    if clause.kind in (_INFINITIVE, _GERUND):
        return next((other for other in reversed(clauses[max(0, at - _NEAR) : at]) if other.verb >= 0), None)
    if not trigger.entry.nominal:
        return None
    ahead = clauses[at + 1 : at + 1 + _NEAR]
    if clause.kind is _FRAGMENT:
        return next((other for other in ahead if other.resumes == clause.first), None)
    return ahead[0] if ahead and ahead[0].kind is _PARTICIPLE else None
