"""Participants: where an event takes place, who does it and to whom, as the text writes them.

Which words take which roles is data in `etl/languages/<code>/roles.toml`; finding and typing events belongs elsewhere,
and so does what a phrase or a subject is (`names`, `names_syntax`).
"""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from etl.extraction import lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span
from etl.extraction.names import Kind, Names, Phrase
from etl.extraction.names_syntax import PEOPLE, syntax_of
from etl.extraction.names_words import CAPITAL, GENITIVE, LINKER, PREPOSITION
from etl.extraction.text import Document

_HEAD = 3
"""Sentences at the head of an article that may name the place that it is about."""
_ACTORS = PEOPLE | {Kind.PLACE}


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
        self.origin = phrases(places.get("origin", ()))
        self.dative = phrases(places.get("dative", ()))
        self.surely_locative = phrases(places.get("surely_locative", ()))
        verbs = data.get("verbs", {})
        self.patient = frozenset(verbs.get("patient", "").split())
        self.located = frozenset(verbs.get("located", "").split())
        self.objective = frozenset(data.get("nouns", {}).get("objective", "").split())
        events = data.get("events", {})
        self.physical = frozenset(events.get("physical", ()))
        self.local = frozenset(events.get("local", ()))
        self.settled = frozenset(events.get("settled", ()))
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
        self.light = frozenset(data.get("light", {}).get("verbs", "").split())


@cache
def _roles(code: str) -> _Roles:
    return _Roles(code)


class Cast:
    """The participants of a document's events."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.clauses = clauses
        self.names = names
        self.syntax = syntax_of(document, clauses, names)
        self._first_place: list[Phrase] | None = None
        self._reached_in: dict[int, list[Phrase]] = {}
        self._located_in: dict[int, list[Phrase]] = {}
        self.roles = _roles(lexicon.language_of(document.language) or document.language)

    def of(
        self, first: int, end: int, lemma: str, event_type: str, nominal: bool, claimant: Span | None = None
    ) -> Participants:
        """The participants of the event whose trigger is tokens `first` to `end` (exclusive).

        `nominal`: the trigger is a noun. `claimant`: who tells of it, for whom *I* and *we* stand.
        """
        if nominal:
            actors, targets = self._of_noun(first, end, lemma, event_type)
        else:
            actors, targets = self._of_verb(first, end, lemma, event_type)
        actors = [phrase for phrase in actors if self._acts(phrase, event_type)]
        places = self._places(first, end, lemma, event_type, nominal)
        taken = {phrase.first for phrase in actors}
        targets = [phrase for phrase in targets if phrase.first not in taken]
        return Participants(self._said(places), self._said(actors), self._said(targets))

    def _acts(self, phrase: Phrase, event_type: str) -> bool:
        """Whether the phrase can be the one who does an event of the type."""
        named = CAPITAL in self.names.codes[phrase.first : phrase.end]
        if event_type in self.roles.no_actors:
            return named and event_type in self.roles.named_actors
        return named or phrase.kind in _ACTORS or event_type in self.roles.things_act

    # Verbs

    def _of_verb(self, first: int, end: int, lemma: str, event_type: str) -> tuple[list[Phrase], list[Phrase]]:
        clause = self._clause(first, end)
        subject = list(self.syntax.subject(clause))
        behind = self._recipients(clause.verb + 1, event_type)
        if self.syntax.passive(clause):
            agents = self._behind(clause.verb + 1, self.roles.agent)
            if not agents and event_type in self.roles.self_acting and any(each.kind in PEOPLE for each in subject):
                return subject, behind
            done_to = (
                [] if lemma in self.roles.gives else self._undergoing(subject, event_type, self.roles.passive_things)
            )
            return agents, [*done_to, *behind]
        if lemma in self.roles.patient:
            if event_type in self.roles.living:
                return subject, []
            return [], self._undergoing(subject, event_type, self.roles.patient_things)
        objects = [] if lemma in self.roles.gives else list(self.syntax.objects(clause))
        objects = self._undergoing(objects, event_type, self.roles.object_things)
        return subject, [*objects, *(phrase for phrase in behind if phrase not in objects)]

    def _undergoing(self, phrases: list[Phrase], event_type: str, things: frozenset[str]) -> list[Phrase]:
        """Of the phrases those that an event of the type can be done to, with what is singled out of them."""
        if phrases:
            sentence = self.names.of_sentence(self.document.sentence_of_token(phrases[-1].first))
            ahead = self.syntax.coordinated(sentence, bisect_left(sentence, phrases[-1]))
            phrases = [*phrases, *(each for each in ahead[1:] if self.syntax.singled_out(each))]
        return [phrase for phrase in phrases if self._undergoes(phrase, event_type, things)]

    def _undergoes(self, phrase: Phrase, event_type: str, things: frozenset[str]) -> bool:
        if phrase.kind is Kind.PLACE and event_type in self.roles.elsewhere:
            return False
        if self.document.tokens[phrase.head] in self.roles.amounts:
            return False
        named = CAPITAL in self.names.codes[phrase.first : phrase.end]
        return named or phrase.kind in _ACTORS or event_type in things

    def _recipients(self, token: int, event_type: str) -> list[Phrase]:
        found = self._behind(token, self._targeting(event_type))
        return self._undergoing(found, event_type, frozenset())

    def _clause(self, first: int, end: int) -> Clause:
        for token in range(first, end):
            clause = self.clauses.at(token)
            if clause.verb == token:
                return clause
        return self.clauses.at(first)

    def _behind(self, token: int, prepositions: frozenset[tuple[str, ...]]) -> list[Phrase]:
        """Phrases behind the token, in its clause, that one of the prepositions governs."""
        document = self.document
        if token >= len(document.tokens):
            return []
        sentence = self.names.of_sentence(document.sentence_of_token(token - 1))
        codes = self.names.codes
        for phrase in sentence:
            if phrase.start < token:
                continue
            if any(code in "VR." for code in codes[token : phrase.start]):
                break
            if self._governor(phrase) in prepositions:
                return list(self.syntax.coordinated(sentence, bisect_left(sentence, phrase)))
        return []

    def _governor(self, phrase: Phrase) -> tuple[str, ...]:
        """The preposition before the phrase, of up to three words, with the article that it swallowed."""
        tokens, codes = self.document.tokens, self.names.codes
        before = self.syntax.before(phrase)
        known = self.roles.locative | self.roles.agent
        linker = (tokens[phrase.start],) if phrase.start < phrase.first and codes[phrase.start] == LINKER else ()
        for length in (3, 2, 1):
            words = (*tokens[max(0, before - length + 1) : before + 1], *linker)
            if words in known or (linker and words[:-1] and words in known):
                return words
        if linker or before < 0 or codes[before] != PREPOSITION:
            return ()
        return (tokens[before],)

    # Nouns

    def _of_noun(self, first: int, end: int, lemma: str, event_type: str) -> tuple[list[Phrase], list[Phrase]]:
        actors: list[Phrase] = []
        targets: list[Phrase] = []
        complement = self._complement(first, end)
        owner = self._owner(first)
        objective = lemma in self.roles.objective
        if objective:
            targets += complement or owner
            if complement:
                actors += owner
        else:
            actors += owner or [phrase for phrase in complement if phrase.kind in _ACTORS]
        actors += self._behind(end, self.roles.agent)
        targets = self._undergoing(targets, event_type, self.roles.object_things)
        targets += self._recipients(end, event_type)
        if not actors:
            actors += self._lent(first, end)
        return actors, targets

    def _complement(self, first: int, end: int) -> list[Phrase]:
        """What hangs on the noun by *de* or *of*."""
        sentence = self.names.of_sentence(self.document.sentence_of_token(first))
        own = next((phrase for phrase in sentence if phrase.start <= first < phrase.end), None)
        stop = own.end if own is not None else end
        ahead = [phrase for phrase in sentence if phrase.start == stop and self.names.codes[stop] == LINKER]
        if not ahead:
            return []
        return list(self.syntax.coordinated(sentence, bisect_left(sentence, ahead[0])))

    def _owner(self, first: int) -> list[Phrase]:
        """The possessor before the noun (*Ukraine's invasion*)."""
        sentence = self.names.of_sentence(self.document.sentence_of_token(first))
        own = next((phrase for phrase in sentence if phrase.start <= first < phrase.end), None)
        start = own.start if own is not None else first
        if start == 0 or self.names.codes[start - 1] != GENITIVE:
            return []
        return [phrase for phrase in sentence if phrase.end == start - 1]

    def _lent(self, first: int, end: int) -> list[Phrase]:
        """The subject or agent of the light verb whose object or subject the noun is."""
        clause = self.clauses.at(first)
        if clause.verb < 0:
            return []
        if clause.passive:
            return self._behind(clause.verb + 1, self.roles.agent) if clause.verb >= end else []
        if clause.verb < first and any(phrase.start <= first < phrase.end for phrase in self.syntax.objects(clause)):
            return list(self.syntax.subject(clause))
        return []

    # Places

    def _places(self, first: int, end: int, lemma: str, event_type: str, nominal: bool) -> list[Phrase]:
        """Where it happens: told in its clause, in the one that it leans on, at the head of its sentence, or near it."""
        clause = self._clause(first, end)
        ordinal = self.document.sentence_of_token(first)
        located = self._located(ordinal)
        physical = event_type in self.roles.physical
        reached = self._reached(clause, lemma, event_type, nominal, end)
        if reached:
            self._reached_in[ordinal] = reached
        near = [phrase for phrase in located if clause.first <= phrase.first < clause.end] + reached
        for other in self._leaning(clause, ordinal, nominal):
            near = near or [phrase for phrase in located if other.first <= phrase.first < other.end]
        if not near and event_type in self.roles.settled:
            near = self._complements(ordinal, clause)
        if not near:
            near = self._opening(clause, ordinal, located)
        named = [phrase for phrase in located if CAPITAL in self.names.codes[phrase.first : phrase.extent]]
        if not near and physical and named:
            near = [min(named, key=lambda phrase: abs(phrase.first - first))]
        if not near and physical:
            near = self._reached_in.get(ordinal, [])
        if not near and event_type in self.roles.local:
            near = self._home()
        return near

    def _leaning(self, clause: Clause, ordinal: int, nominal: bool) -> list[Clause]:
        """Clauses that tell of the same thing: what an infinitive or gerund leans on, what a noun's clause goes on with."""
        clauses = self.clauses.of_sentence(ordinal)
        at = clauses.index(clause)
        if clause.kind in (ClauseKind.INFINITIVE, ClauseKind.GERUND):
            return [other for other in reversed(clauses[:at]) if other.verb >= 0][:1]
        if nominal and clause.kind is ClauseKind.FRAGMENT:
            return [other for other in clauses[at + 1 :] if other.resumes == clause.first][:1]
        if nominal and at + 1 < len(clauses) and clauses[at + 1].kind is ClauseKind.PARTICIPLE:
            return [clauses[at + 1]]
        return []

    def _opening(self, clause: Clause, ordinal: int, located: list[Phrase]) -> list[Phrase]:
        """Places before the first main verb of the sentence, where the clause is the main one or close to its start."""
        start = self.document.sentence_tokens[ordinal]
        main = next(
            (
                other
                for other in self.clauses.of_sentence(ordinal)
                if other.kind is ClauseKind.FINITE and not other.subordinate
            ),
            None,
        )
        limit = main.group if main is not None and main.first == clause.first else start + 3
        return [phrase for phrase in located if phrase.start < limit]

    def _home(self) -> list[Phrase]:
        """The first place that the document names."""
        if self._first_place is None:
            self._first_place = []
            for ordinal in range(min(len(self.document.sentences), _HEAD)):
                places = [phrase for phrase in self.names.of_sentence(ordinal) if phrase.kind is Kind.PLACE]
                named = [each for each in places if self.names.codes[each.head] == CAPITAL]
                if named:
                    self._first_place = named[:1]
                    break
        return self._first_place

    def _reached(self, clause: Clause, lemma: str, event_type: str, nominal: bool, end: int) -> list[Phrase]:
        """Places among what it is done to: *attaquer l'Ukraine*, *quitter Londres*."""
        located = lemma in self.roles.located
        if event_type not in self.roles.reaching and not located:
            return []
        if nominal:
            found = [*self._complement(end - 1, end), *self._behind(end, self._targeting(event_type))]
        else:
            found = [*self.syntax.objects(clause), *self._behind(clause.verb + 1, self._targeting(event_type))]
        codes = self.names.codes
        return [
            phrase
            for phrase in found
            if (
                phrase.kind is Kind.PLACE
                or (located and phrase.kind is Kind.NAME and event_type in self.roles.reaching)
            )
            and CAPITAL in codes[phrase.first : phrase.extent]
        ]

    def _targeting(self, event_type: str) -> frozenset[tuple[str, ...]]:
        return self.roles.target.get(event_type, self.roles.any_target)

    def _complements(self, ordinal: int, clause: Clause) -> list[Phrase]:
        """Places that a noun of the clause belongs to: *la maire de Nantes*, *l'usine de Rennes*."""
        codes = self.names.codes
        found = [
            phrase
            for phrase in self.names.of_sentence(ordinal)
            if clause.first <= phrase.first < clause.end
            and codes[phrase.start] == LINKER
            and phrase.kind in (Kind.PLACE, Kind.NAME)
        ]
        return found

    def _located(self, ordinal: int) -> list[Phrase]:
        found = self._located_in.get(ordinal)
        if found is None:
            found, covered = [], -1
            phrases = self.names.of_sentence(ordinal)
            for at, phrase in enumerate(phrases):
                if phrase.first >= covered and self._locates(phrase):
                    also = [each for each in self.syntax.coordinated(phrases, at)[1:] if each.kind is not Kind.THING]
                    found += [phrase, *also]
                    covered = found[-1].extent
            self._located_in[ordinal] = found
        return found

    def _locates(self, phrase: Phrase) -> bool:
        codes = self.names.codes
        if codes[phrase.end : phrase.end + 1] == GENITIVE:
            return False
        owner = self._owner(phrase.first)
        governed = owner[0] if owner else phrase
        governor = self._governor(governed)
        if governor not in self.roles.locative or self.document.tokens[phrase.head] in self.roles.nowhere:
            return False
        before = self.syntax.before(governed) - 1
        if governor in self.roles.origin and any(
            other.end == before + 1 and other.kind in PEOPLE
            for other in self.names.of_sentence(self.document.sentence_of_token(phrase.first))
        ):
            return False  # *two men from Bristol*
        named = CAPITAL in codes[phrase.first : phrase.end]
        bare = governed.start == governed.first
        if named and not bare and governor in self.roles.dative:
            return False  # *aid to the Ukraine*, not in it
        if phrase.kind is Kind.PLACE or self.names.is_place(phrase):
            return True
        return phrase.kind is Kind.NAME and bare and governor in self.roles.surely_locative

    # Words

    def _said(self, phrases: Iterable[Phrase]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for phrase in phrases:
            found[self._written(phrase)] = None
        return tuple(found)

    def _written(self, phrase: Phrase) -> str:
        """The phrase as written: a name without its title, anything else with its complements."""
        if phrase.kind is Kind.PERSON and self.names.codes[phrase.head] == CAPITAL:
            return self.document.slice(phrase.head, phrase.end)
        return self.document.slice(phrase.first, phrase.extent)


__all__ = ["Cast", "Participants", "find_participants"]


def find_participants(
    document: Document, clauses: Clauses, names: Names, first: int, end: int, lemma: str, event_type: str, nominal: bool
) -> Participants:
    """The participants of one event; `Cast` serves all events of a document."""
    return Cast(document, clauses, names).of(first, end, lemma, event_type, nominal)
