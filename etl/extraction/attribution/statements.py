"""Statements: what follows or precedes a verb of saying.

Each cue is read by itself into the tokens that are said and the one who says them. Nouns that are stated are read by
`objects`, *according to* by `sources`, speech without a verb of saying by `unsaid`; quotations that run over sentences
are added in `attribution`, and who a subject is, is told by `speakers`.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from etl.extraction.attribution.cues import COLON, HEAR, HYPHEN, OPINION, PHRASE, SAY, SHOW, STATE, TALLY
from etl.extraction.attribution.cues import VERB as CUE_VERB
from etl.extraction.attribution.objects import ObjectReader
from etl.extraction.attribution.quotations import QUOTE as CUE_QUOTE
from etl.extraction.attribution.sources import SourceReader
from etl.extraction.attribution.speakers import SPEAKING, Speaker, Speakers, Statement, spoken
from etl.extraction.attribution.surroundings import Known, Surroundings
from etl.extraction.attribution.unsaid import UnsaidReader
from etl.extraction.clauses import Clause
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span
from etl.extraction.names import PEOPLE, PERSON, Phrase
from etl.extraction.names_words import (
    CAPITAL,
    COMMA,
    DETERMINER,
    GENITIVE,
    LINKER,
    NUMBER,
    PREPOSITION,
    QUOTE,
    STOP,
    SUBORDINATOR,
    TIME,
    VERB,
)

_FINITE, _INFINITIVE, _PARTICIPLE, _GERUND, _ = ClauseKind
_REACH = 14
"""How many tokens behind a verb of saying its *that* may stand."""
_DEEPEST = 24
"""How many pronouns may lean on each other until the last one's speaker is given up."""
_CUE = re.compile(f"[{CUE_VERB}{PHRASE}{OPINION}{TALLY}{CUE_QUOTE}{COLON}]")
_BARRIERS = frozenset((SUBORDINATOR, STOP, COMMA, VERB))
_OPENING = frozenset((SUBORDINATOR, PREPOSITION))
"""What stands before the comma of a cue inserted at the head of a clause (*after, police said, he ran*)."""
_NEAR = 24
"""How many clauses of what is said are looked at."""
_RESUMES = re.compile(b",x{0,3}")
"""Between the clause before it and a verb whose subject stands before that clause."""
_ITS_INFINITIVE = re.compile(b"[DdAqwCPx]{1,8}V")
"""The verb has a subject of its own (*do not expect prices to fall*)."""
_STARTS = frozenset(b"DqwCPA")
"""Classes of words that a statement without *that* may start with."""


def _nothing_said(_: int) -> list[Statement]:
    return []


class StatementReader(Surroundings):
    """Reads one document's cues, sentence by sentence as they are asked for."""

    def __init__(self, known: Known) -> None:
        super().__init__(known)
        self._speakers = Speakers(known, self._said_in)
        self._objects = ObjectReader(known, self._speakers)
        self._sources = SourceReader(known, self._speakers)
        self._unsaid = UnsaidReader(known, self._speakers)
        self._cued = [mark.start() for mark in _CUE.finditer(known.marks)]
        self._by_sentence: dict[int, list[Statement]] = {}
        self._depth = 0

    def of_sentence(self, ordinal: int) -> list[Statement]:
        """The statements whose cue is in the sentence, in text order."""
        found = self._by_sentence.get(ordinal)
        if found is None:
            found = self._by_sentence[ordinal] = []
            first, end = self._bounds[ordinal], self._bounds[ordinal + 1]
            cues = self._cued
            for at in cues[bisect_left(cues, first) : bisect_left(cues, end)]:
                statement = self._read(at, first, end)
                if statement is not None:
                    found.append(statement)
        return found

    def _read(self, at: int, first: int, end: int) -> Statement | None:
        """The statement of the cue at a token of the sentence from `first` to `end`."""
        code = self._marks[at]
        if code == CUE_QUOTE:
            return self._unsaid.beside_quotation(at)
        if code == COLON:
            return self._unsaid.headline(first, at, end)
        if code == OPINION:
            return self._sources.opinion(at) if at == first else None
        if code == PHRASE:
            found = self._cues.phrase_around(self._document.tokens, at)
            if found is not None:
                start, stop, part = found
                if part == "state_phrases":
                    return self._verb(stop - 1, SAY | STATE, part=True) or self._objects.stated(start, stop)
                earlier = self.of_sentence(bisect_right(self._bounds, start) - 1)
                return self._sources.according(start, stop, stop if part == "according_to" else start + 1, earlier)
        token = self._document.tokens[at]
        role = self._cues.verbs.get(token)
        said = self._verb(at, role) if role is not None else None
        if said is None and token in self._cues.tallies:
            return self._sources.tally(at)
        return said

    def close(self) -> None:
        """Nobody asks any more: the speakers, who ask for statements, forget their reader."""
        self._speakers.said_in = _nothing_said

    def _said_in(self, ordinal: int) -> list[Statement]:
        """The statements of a sentence, for a pronoun that may stand for their speaker."""
        if self._depth == _DEEPEST:
            return []
        self._depth += 1
        said = self.of_sentence(ordinal)
        self._depth -= 1
        return said

    def in_own_words(self, first: int, close: int) -> Span | None:
        """Whose words a quotation holds that nothing but the sentence before it tells of."""
        speaker = self._speakers.in_own_words(first, close)
        return speaker.span if speaker is not None else None

    def foreground(self, statement: Statement) -> list[tuple[int, int]]:
        """What is said, without the relative clauses that the text inserts into it as background."""
        at, end = statement.first, statement.end
        if at >= end:
            return []
        found = []
        inserted, relatives, codes = -1, self._cues.relatives, self._codes
        for clause in self._clauses_between(at, end)[:_NEAR]:
            if clause.subordinate and clause.verb >= 0 and inserted < 0 and clause.first > at:
                governed = codes[clause.first - 1] == PREPOSITION  # *under which*
                inserted = clause.first - governed if codes[clause.first - 1 - governed] == COMMA else -1
            elif inserted >= 0 and not clause.subordinate and clause.kind is _FINITE:
                opening = self._document.tokens[inserted : inserted + 2]
                if 0 <= clause.resumes < inserted and not relatives.isdisjoint(opening):
                    found.append((at, inserted))
                    at = clause.first
                inserted = -1
        found.append((at, end))
        return found

    # Verbs of saying

    def _verb(self, verb: int, role: int, *, part: bool = False) -> Statement | None:
        """The statement of a verb with this role; `part`: it is the last word of a longer cue."""
        if role & SHOW:
            said = self._verb(verb, SAY)
            return said if said is not None and self._speakers.is_document(said.speaker) else None
        clause = self._clauses.at(verb)
        if clause.verb != verb:
            return self._hidden(verb, role)
        light = self._clauses.at(clause.group - 1) if clause.kind is _INFINITIVE and clause.group else clause
        if part and light.verb == clause.group - 1:  # *a fait savoir* is one verb
            clause = replace(light, verb=verb)
        if clause.kind is _PARTICIPLE or clause.passive:
            return self._objects.by_agent(clause, role) if role & ~SAY else None
        first, end = self._sentence(verb)
        inverted = -1
        if self._marks.find(HYPHEN, clause.group, verb + 4) >= 0:  # *dit-elle, indique-t-on*
            heard = self._speakers.impersonal(clause, end) if role & (SAY | HEAR) else None
            if heard is not None:
                return self._backward(clause, first, verb + 1, heard)
            inverted = self._speakers.pronoun_behind(clause)
        if role & SAY:
            content = self._complement(clause, end)
            if content < 0 and self._document.tokens[clause.group - 1] in self._cues.quoted_as:
                return self._backward(clause, first, verb + 1, self._speakers.of(clause))
            if clause.kind is _GERUND:
                bare = self._cues.bare_complement and self._opens_clause(verb + 1, end)
                content = verb + 1 if content < 0 and bare else content
                return self._added(clause, content, end) if content >= 0 else None
            if content >= 0:
                return self._forward(clause, content, end, inverted)
            if inverted >= 0:
                speaker = self._speakers.by_pronoun(inverted)
                return self._backward(clause, first, max(verb, inverted) + 1, speaker)
            postposed = self._postposed(clause, first, end) if clause.kind is not _INFINITIVE else None
            if postposed is not None:
                return self._backward(clause, first, postposed.end, self._speakers.behind(postposed))
            if self._cues.bare_complement and clause.kind is _FINITE:
                said = self._bare(clause, first, end)
                if said is not None:
                    return said
        return self._objects.of_verb(clause, role) if role & ~SAY else None

    def _forward(self, clause: Clause, content: int, end: int, inverted: int) -> Statement | None:
        """A statement behind its verb."""
        told = inverted >= 0
        complementisers, tokens = self._cues.complementisers, self._document.tokens
        opened = content < end and (tokens[content] in complementisers or self._codes[content] == VERB)
        speaker = (
            self._speakers.by_pronoun(inverted)
            if told
            else self._speakers.of(clause, things=opened and clause.kind is _FINITE and self._claims(clause))
        )
        return spoken(clause.group, content, content, self._until(clause, content, end), speaker)

    def _claims(self, clause: Clause) -> bool:
        """Whether a thing that is the verb's subject stands for people (*the coalition claims that*)."""
        return self._cues.lemmas.get(self._document.tokens[clause.verb]) not in self._cues.evidence

    def _added(self, clause: Clause, content: int, end: int) -> Statement | None:
        """What the speaker of a statement before it in the sentence says besides (*…, he said, adding that …*)."""
        said = self._said_in(self._syntax.ordinal(clause.verb))
        speaker = said[-1].speaker if said else self._speakers.of(clause, things=self._claims(clause))
        return spoken(clause.group, content, content, self._until(clause, content, end), speaker)

    def _until(self, clause: Clause, content: int, end: int) -> int:
        """Where a statement behind its verb ends: before the main clause goes on that the verb was inserted into."""
        end = self._end(content, end)
        start = clause.resumes if clause.resumes >= 0 else clause.first
        infinitive = self._codes[content] == VERB
        if clause.subordinate or infinitive:
            for other in self._clauses_between(content, end):
                if other.first <= content or other.kind is not _FINITE or other.subordinate:
                    continue
                if infinitive or (0 <= other.resumes < start and self._has_phrase(other.resumes)):
                    return other.first
        return end

    def _has_phrase(self, first: int) -> bool:
        """Whether the clause that starts there may hold the subject of one that goes on with it."""
        return bool(self._phrases_between(first, self._clauses.at(first).end))

    def _backward(self, clause: Clause, first: int, cue_end: int, speaker: Speaker | None) -> Statement | None:
        """A statement before its verb, back to the last stop in its sentence."""
        return spoken(clause.group, cue_end, self._back_to(first, clause.group), clause.group, speaker)

    def _hidden(self, verb: int, role: int) -> Statement | None:
        """A verb of saying that looks like the last word of its subject (*les experts estiment, opponents argue*)."""
        document, codes, cues = self._document, self._codes, self._cues
        phrase = self._names.starting_before(verb)
        if phrase is None or phrase.end != verb + 1:
            return None
        speaker = self._resumed(verb) if phrase.start == verb else self._hiding(phrase, verb)
        if speaker is None:
            return None
        content = verb + 1
        first, end = self._sentence(verb)
        if content >= end or codes[content] in (STOP, PREPOSITION, TIME):  # *Ten dead in blast, police say*
            apposed = codes[phrase.start - 1] == COMMA and phrase.start > first + 1 and role & SAY
            return Statement(phrase.start, content, first, phrase.start, speaker) if apposed else None
        said = document.tokens[content] in cues.complementisers or self._infinitive(content, given=True)
        if not said and cues.bare_complement and role & SAY:
            said = codes[content] in _STARTS and self._finite(content, end)
        if (said and role & SAY) or (role & ~SAY and codes[content] in b"q%"):
            return Statement(phrase.start, content, content, end, speaker)
        return None

    def _hiding(self, phrase: Phrase, verb: int) -> Speaker | None:
        """What stands before the verb that was read as the phrase's last word."""
        document = self._document
        head = phrase.head if phrase.head < verb else verb - 1
        people = self._codes[head] == CAPITAL or self._names.kind_of_noun(document.tokens[head]) in PEOPLE
        if self._syntax.governed(phrase):  # *lawyers for the family say*
            before = self._syntax.before(phrase)
            owner = self._names.starting_before(before - 1)
            spoken_for = owner is not None and owner.extent == before and not self._syntax.governed(owner)
            return self._speakers.told(owner) if owner and spoken_for and self._speakers.can_speak(owner) else None
        if not people:
            return None
        return Speaker(Span(document.starts[phrase.first], document.ends[verb - 1]), (phrase,))

    def _resumed(self, verb: int) -> Speaker | None:
        """The subject of a verb read as a noun behind what is inserted (*a study printed on Monday shows that*)."""
        if not self._cues.complementisers.isdisjoint(self._document.tokens[verb + 1 : verb + 2]):
            first, _ = self._sentence(verb)
            opening = next(iter(self._phrases_between(first, verb)), None)
            opens = opening is not None and opening.start == first and self._speakers.can_speak(opening)
            return self._speakers.told(opening) if opening and opens else None
        clause = self._clauses.at(verb)
        if self._codes[verb - 1] != COMMA or not 0 <= clause.resumes < verb:
            return None
        subject = next(iter(self._phrases_between(clause.resumes, verb)), None)
        return self._speakers.told(subject) if subject is not None and self._speakers.can_speak(subject) else None

    def _complement(self, clause: Clause, end: int) -> int:
        """Where what is said starts behind the verb: *that*, an infinitive, a colon, a quotation; -1 if nowhere."""
        tokens, codes = self._document.tokens, self._codes
        behind = clause.verb + 1
        for at in range(behind, min(end, clause.verb + _REACH)):
            if tokens[at] in self._cues.complementisers:
                return at
            if tokens[at] == ":" or (codes[at] == QUOTE and self._quotations.closing(at, at + 1) >= 0):
                return at + 1
            if codes[at] == VERB:
                infinitive = at == behind and self._clauses.at(at).kind is _INFINITIVE
                return at if infinitive and self._infinitive(at) else -1
            if codes[at] == SUBORDINATOR and not self._cues.complementisers.isdisjoint(tokens[at + 1 : at + 2]):
                continue  # *estime ainsi que*
            if codes[at] in b"R.,v":
                quoted = codes[at] == COMMA and at == behind and self._quotations.closing(at + 1, at + 2) >= 0
                if not quoted:
                    return -1
        return -1

    def _infinitive(self, token: int, *, given: bool = False) -> bool:
        """Whether the infinitive there is a statement, not a plan; `given`: only if the language says how it starts."""
        tokens = self._document.tokens
        return any(
            (words or not given) and tuple(tokens[token : token + len(words)]) == words
            for words in self._cues.infinitives
        )

    def _postposed(self, clause: Clause, first: int, end: int) -> Phrase | None:
        """The subject behind the verb, where what it says stands before (*…, a annoncé mercredi le ministère*)."""
        codes, group, verb = self._codes, clause.group, clause.verb
        quoted = codes[group - 1] == QUOTE or (codes[group - 1] == COMMA and codes[group - 2] == QUOTE)
        if group == first or not (quoted or codes[group - 1] == COMMA or self._quotations.around(group)):
            return None
        if not quoted and self._names_before(group):
            return None
        subjects = [] if quoted else self._own_subjects(clause)
        for phrase in self._phrases_between(verb + 1, end):
            if not _BARRIERS.isdisjoint(codes[verb + 1 : phrase.start]):
                return None
            if self._document.tokens[phrase.head] in self._cues.not_speakers:
                named = codes.find(CAPITAL, phrase.first, phrase.end)
                if named >= 0:  # *devant la presse Marie Martin*
                    return phrase._replace(start=named, first=named, head=named, kind=PERSON)
            elif not self._syntax.governed(phrase) or self._behind_listener(phrase):
                defined = codes[phrase.start] == DETERMINER and (quoted or self._tells_all(clause, first))
                speaks = self._speakers.can_speak(phrase) or defined
                return phrase if speaks and (not subjects or self._may_speak(phrase, clause)) else None
        return None

    def _behind_listener(self, phrase: Phrase) -> bool:
        """Whether people behind a name are not its complement (*ont raconté à l'AFP des habitants*)."""
        start = phrase.start
        listener = self._names.starting_before(start - 1)
        heard = listener is not None and self._syntax.governed(listener) and self._codes[start - 1] == CAPITAL
        return heard and phrase.kind in SPEAKING and self._codes[start] == LINKER and phrase.extent > start + 1

    def _tells_all(self, clause: Clause, first: int) -> bool:
        """Whether a verb behind a main clause can have nothing behind it but its subject (*…, a répété la junte*)."""
        verb = self._document.tokens[clause.verb]
        objects = self._cues.verbs.get(verb, 0) & ~SAY or self._cues.lemmas.get(verb) in self._cues.transitive
        return not objects and self._codes[clause.group - 1] == COMMA and self._finite(first, clause.group)

    def _names_before(self, group: int) -> bool:
        """Whether a name between commas stands before the verb (*the minister, Joan Hill, told*)."""
        near = self._phrases_between(max(0, group - _REACH), group)[-1:]
        return any(
            each.end == group - 1
            and each.kind is PERSON
            and self._codes[each.head] == CAPITAL
            and self._codes[each.start - 1] == COMMA
            for each in near
        )

    def _may_speak(self, phrase: Phrase, clause: Clause) -> bool:
        """Whether a phrase behind a verb that might have a subject before it looks like its subject all the same."""
        codes, end = self._codes, phrase.extent
        return (
            clause.resumes >= 0
            and phrase.kind in SPEAKING
            and codes[end] in (STOP, COMMA)
            and NUMBER not in codes[phrase.start : phrase.first]
            and self._cues.lemmas.get(self._document.tokens[clause.verb]) not in self._cues.transitive
        )

    def _own_subjects(self, clause: Clause) -> list[Phrase]:
        """Phrases before the verb that no other main clause needs: *X, chef de Y, a annoncé Z* is not inverted."""
        first, _ = self._sentence(clause.verb)
        for other in self._clauses_between(first, clause.group):
            before = 0 <= other.verb < clause.group and other.kind is _FINITE
            if before and (not other.subordinate or clause.resumes < 0):
                return []
        return [phrase for phrase in self._syntax.subject(clause) if phrase.end <= clause.group]

    def _bare(self, clause: Clause, first: int, end: int) -> Statement | None:
        """*Police said two men were held*, or, with the statement before it, *…, police said.*"""
        codes, group, behind = self._codes, clause.group, clause.verb + 1
        speaker = self._speakers.of(clause, things=True)
        if speaker is None:
            return None
        subjects = [phrase.start for phrase in self._syntax.subject(clause) if first <= phrase.start < group]
        pronoun = self._speakers.pronoun_before(clause)
        start = pronoun if pronoun >= 0 else subjects[0] if subjects else group
        if codes[start - 1] == GENITIVE:  # *the mayor's office said*
            owner = self._names.starting_before(start - 2)
            start = owner.start if owner is not None else start
        forward: Statement | None = None
        if self._cues.lemmas.get(self._document.tokens[clause.verb]) not in self._cues.no_bare:
            forward = Statement(group, behind, behind, self._end(behind, end), speaker)
        if forward is not None and self._tells(clause, behind, end):
            return forward
        finite = any(other.verb >= behind and other.kind is _FINITE for other in self._clauses_between(behind, end))
        if start > first + 1 and (codes[start - 1] in (COMMA, QUOTE) or codes[start - 2] == QUOTE):
            told = self._finite(first, start)
            if codes[behind] == COMMA and finite and not (told and codes[start - 2] not in _OPENING):
                return Statement(start, behind, behind if told else first, end, speaker)
            if told or not finite:
                return Statement(start, behind, self._back_to(first, start), start, speaker)
            return forward if codes[behind] != COMMA else None
        if finite:
            return None
        stated = codes[behind] == NUMBER or (
            codes[behind] == DETERMINER
            and self._document.tokens[behind] not in self._cues.own
            and (not clause.negated or self._cues.lemmas.get(self._document.tokens[clause.verb]) in self._cues.denials)
        )
        if stated or _ITS_INFINITIVE.match(codes, behind):  # its verb was not seen
            return forward
        alone = start <= first + 1 and start > 0 and codes[start - 1] == QUOTE
        return Statement(start, behind, start, start, speaker) if alone else None

    def _opens_clause(self, token: int, end: int) -> bool:
        """Whether a clause without a word that opens it starts at the token (*saying ten homes had burned*)."""
        codes = self._codes
        if token >= end or codes[token] not in _STARTS:
            return False
        barrier = next((at for at in range(token, min(end, token + _REACH)) if codes[at] in b"VR,.v"), end)
        return barrier < end and codes[barrier] == VERB and self._clauses.at(barrier).kind is _FINITE

    def _tells(self, saying: Clause, behind: int, end: int) -> bool:
        """Whether a clause of its own follows the verb, with a subject that nothing parts from it."""
        codes = self._codes
        for clause in self._clauses_between(behind, end)[:_NEAR]:
            if clause.verb < behind or clause.kind not in (_FINITE, _INFINITIVE):
                continue
            if 0 <= clause.resumes < saying.first and codes[clause.first] == COMMA:
                return False  # *Ray, who alleges fraud, plans to sue*
            gap = codes[behind : clause.group].replace(b"q,q", b"q")
            if clause.kind is _INFINITIVE:
                if clause.group == behind or COMMA in gap:
                    return False
                continue
            if COMMA not in gap:
                return True
            joined = gap[0] == COMMA or b",c" in gap or b",R" in gap  # to the verb of saying
            if not joined and (gap[0] == PREPOSITION or gap[-1] == COMMA):
                return True
            resumes = not clause.subordinate and _RESUMES.fullmatch(codes, clause.first, clause.group) is not None
            if resumes and codes[behind] in _STARTS:
                return True
        return False
