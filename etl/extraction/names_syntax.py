"""Which phrases are the subject and the objects of a clause's verb, and what a pronoun or a relative stands for.

Works on clauses and phrases alone: what a verb means, who said it and which role a subject plays belong to the rooms
above. Function words come from `etl/languages/<code>/names.toml`.
"""

import re
from bisect import bisect_left

from etl.extraction.clauses import Clause, Clauses, first_of
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import ORGANISATION, PEOPLE, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_neighbours import COORDINATED, Features, Neighbours
from etl.extraction.names_words import (
    ADJECTIVE,
    BRACKET,
    CAPITAL,
    COMMA,
    CONJUNCTION,
    HYPHEN,
    LINKER,
    NUMBER,
    PREPOSITION,
    STOP,
    TIME,
    VERB,
)
from etl.extraction.text import Document

_FINITE, _INFINITIVE, _PARTICIPLE, _GERUND, _FRAGMENT = ClauseKind
_LOOK_BACK = 3
"""How many sentences back a pronoun may reach."""
_WINDOW = 160
"""How many tokens around a verb its subject and objects are looked for: sentences without end cost no more."""
_DEEPEST = 24
"""How many clauses and sentences may lean on each other until the last one's subject is given up."""
_NEAR = 12
"""How many clauses back or ahead one may lean on another."""

_OPENING = (_PARTICIPLE, _GERUND)
"""What may open a sentence before its main clause, the boundary between them being unsure."""
_LEAD_IN = frozenset(":;–—")
"""Marks that no subject reaches across."""
_ALONE = re.compile(b",x{0,3}")
"""Before a verb whose subject stands before the clause."""
_OBJECT_GAP = re.compile(rb"(?:x|[lDAdqx]{0,4}t(?:-t|q)?A?){0,5}(?:\([^(]{1,8}\()?(?:lC(?:-?C){0,4})?[Dd]?\"?")
"""Adverbs and times between a verb and its object, a place behind them, a quotation mark."""
_OBLIQUE, _OBLIQUES, _OBLIQUE_REACH = b"l,", 5, 24
_BARRIER = re.compile(b"[VR.]")
_ARTICLES, _GOVERNORS = b"Dq", b"ldcR"
"""What governs or joins a phrase."""


def syntax_of(document: Document, clauses: Clauses, names: Names) -> "Syntax":
    """The one syntax of a document, shared by the rooms that read it."""
    found = names.syntax
    if not isinstance(found, Syntax):
        found = Syntax(document, clauses, names)
        names.syntax = found
    return found


class Syntax(Neighbours):
    """Subjects, objects and antecedents of a document, found when asked for."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        super().__init__(document, names)
        self.clauses = clauses
        self._subjects: dict[int, tuple[Phrase, ...]] = {}
        self._topics: dict[int, tuple[Phrase, ...]] = {}
        self._depth = 0

    # Subjects

    def subject(self, clause: Clause) -> tuple[Phrase, ...]:
        """What the clause's verb agrees with: its subject, for a participle the noun that it qualifies."""
        found = self._subjects.get(clause.first)
        if found is None:
            if self._depth == _DEEPEST:
                return ()
            self._subjects[clause.first] = ()  # a clause cannot be its own subject, however the text loops
            self._depth += 1
            found = self._subjects[clause.first] = self._subject(clause)
            self._depth -= 1
        return found

    def _subject(self, clause: Clause) -> tuple[Phrase, ...]:
        ordinal, at = clause.sentence, clause.place
        clauses = self.clauses.of_sentence(ordinal)
        if clause.kind is _PARTICIPLE:
            partner = self._sharing(clause, clauses, at)
            return self.subject(partner) if partner is not None else self._qualified(clause, ordinal, clauses, at)
        own = self._own(clause, ordinal, clauses, at)
        if own is None:
            own = self._inherited(clause, clauses, at)
        return own

    def _own(self, clause: Clause, ordinal: int, clauses: list[Clause], at: int) -> tuple[Phrase, ...] | None:
        """The subject within the clause, () if its pronoun stands for nothing known, None if it has none."""
        tokens, codes = self.document.tokens, self.codes
        first, high, subordinate = clause.first, clause.group, clause.subordinate
        low, gap, gap_end = first, -1, -1  # what stands between belongs to an inserted clause
        before = clauses[at - 1] if at else None
        if clause.resumes >= 0:
            low, gap_end = clause.resumes, first
            gap = self.clauses.at(low).end
        if before is not None:
            if before.verb >= 0 and codes[before.verb] == CAPITAL:
                low = before.first  # a name that looks like a verb
            elif at == 1 and (
                before.kind in _OPENING or (before.kind is _INFINITIVE and codes[before.first] == PREPOSITION)
            ):
                low = before.verb + 1
            elif before.kind is _FRAGMENT and codes[high - 1] == COMMA:
                singled_out = tokens[first] in self.words.including
                if singled_out or (subordinate and self.phrases(ordinal, before.first, first)):
                    low, gap, gap_end = before.first, first, high
        if before is not None and codes[first] == COMMA:
            opening = self._before_inserted(before, high, ordinal)
            if opening:
                return tuple(opening)
        inserted = gap >= first
        stop = codes.rfind(STOP, low, high)
        if stop >= 0 and tokens[stop] in _LEAD_IN:
            low = stop + 1
        sentence, firsts = self._sentences[ordinal], self._firsts[ordinal]
        behind = bisect_left(firsts, high)
        reach = sentence[behind - 1].end if behind else -1
        near = sentence[bisect_left(firsts, max(low, high - _WINDOW), 0, behind) : behind - (reach > high)]
        if gap_end >= 0:
            near = [phrase for phrase in near if not gap <= phrase.first < gap_end]
        found: list[Phrase] = []
        for phrase in near:
            # *after the storm struck*: what opens the clause governs none of its phrases
            if not self.governed(phrase) or (subordinate and phrase.start == first + 1):
                found.append(phrase)
        if found and codes[first] == CONJUNCTION and found[0].start == first + 1:
            tail = self.phrases(ordinal, first - _WINDOW, first)[-1:]  # *…, police and residents said*
            if tail and tail[0].end == first and codes[found[0].first] == codes[tail[0].first] == CAPITAL:
                tail = self._ending(first, ordinal)  # *…, the Organisation for Cooperation and Development said*
            found = [each for each in tail if each.end == first and codes[each.start - 1] == COMMA] + found
        pronoun = self._pronoun(high if inserted else low, clause.verb)
        if inserted and pronoun < 0:
            pronoun = self._pronoun(low, first)
        if subordinate and not inserted:
            relatives = self.words.relatives
            for opener in range(first, min(first + 3, high)):
                if tokens[opener] in relatives and codes[opener] != CAPITAL:
                    found = [phrase for phrase in found if phrase.first > opener]
                    if not found and pronoun < 0:
                        return self._relative(opener, ordinal, relatives[tokens[opener]])
                    break
        if pronoun >= 0 and (not found or found[-1].end < pronoun):
            return self.antecedent(pronoun)
        if not found and at and codes[high - 1] == NUMBER:  # *38 personnes sont mortes et 400 ont été blessées*
            return self.subject(before) if before is not None and before.verb >= 0 else ()
        if not found:
            if reach == high or codes[high - 1] == BRACKET:
                found = self._adjacent(high, ordinal)
            if not found and codes[first] == COMMA and _ALONE.fullmatch(codes, first, high):
                found = self._apposed(first, ordinal)
        if found and found[-1].end - found[-1].first == 1 and codes[found[-1].first] == ADJECTIVE:
            return self._last_named(found[-1], ordinal) or (found[-1],)
        if len(found) < 2:
            return tuple(found) or None
        return self._cluster(found, ordinal, high)

    def speaks(self, clause: Clause) -> bool:
        """Whether the verb's subject is the speaker (*we will appeal*)."""
        if clause.verb < 0:
            return False
        pronoun = self._pronoun(clause.first, clause.verb)
        return pronoun >= 0 and self.words.pronouns[self.document.tokens[pronoun]].animate == "s"

    def _pronoun(self, first: int, verb: int) -> int:
        """The last subject pronoun before the verb, or the one hyphened to it; -1 if there is none."""
        tokens, pronouns = self.document.tokens, self.words.pronoun_words
        if self.codes[verb + 1] == HYPHEN and tokens[verb + 2] in pronouns:
            return verb + 2
        first = max(first, verb - _WINDOW)
        if pronouns.isdisjoint(tokens[first:verb]):
            return -1
        at = verb - 1
        while tokens[at] not in pronouns:
            at -= 1
        return at

    def _cluster(self, found: list[Phrase], ordinal: int, group: int) -> tuple[Phrase, ...]:
        """Of the candidates before a verb the last one, with those coordinated to it; of appositions, the name."""
        codes = self.codes
        cluster, coordinated = [found[-1]], False
        for phrase in reversed(found[:-1]):
            gap = codes[phrase.extent : cluster[0].start]
            if COORDINATED.fullmatch(gap):
                coordinated = True
            elif gap not in (b",", b"") or (not gap and phrase.kind is PERSON):
                break
            cluster.insert(0, phrase)
        if coordinated or len(cluster) == 1:
            return tuple(cluster)
        if cluster[-1].extent == group and codes[cluster[-1].start - 1] == COMMA:  # a comma would close an apposition
            return (cluster[-1],)
        if self._in_apposition(cluster[0], ordinal):
            cluster = cluster[1:]
        name = next((phrase for phrase in cluster if CAPITAL in codes[phrase.first : phrase.end]), cluster[0])
        return (name,)

    def _last_named(self, phrase: Phrase, ordinal: int) -> tuple[Phrase, ...]:
        """What *ces derniers* stands for: the last people told of."""
        article = self.document.tokens[phrase.start]
        features = Features("-", self.words.articles.get(article, "--")[1], "-")
        for back in range(ordinal, max(-1, ordinal - 2), -1):
            for other in reversed(self.phrases(back, 0, phrase.first)[-_NEAR:]):
                if other.kind in PEOPLE and self.agrees((other,), features):
                    return (other,)
        return ()

    def _relative(self, opener: int, ordinal: int, animate: str) -> tuple[Phrase, ...]:
        """What a relative pronoun stands for: the phrase before it, or the one which that is a complement of."""
        phrases = [
            phrase
            for phrase in self.phrases(ordinal, opener - _WINDOW, opener)
            if phrase.end <= opener and self.codes[phrase.start - 1] != BRACKET
        ]
        if animate == "p":
            phrases = [phrase for phrase in phrases if phrase.kind in PEOPLE] or phrases
        if not phrases:
            return ()
        last = phrases[-1] if phrases[-1].kind is PERSON else _root(phrases)
        if self.codes[last.start - 1] == COMMA and last.kind is PERSON and self.codes[last.head] != CAPITAL:
            for other in phrases:  # *Jean Lenoir, le ministre de la Culture, qui a dit*
                if other.end == last.start - 1 and other.kind is PERSON and self.codes[other.head] == CAPITAL:
                    return (other,)
        return (last,)

    def _qualified(self, clause: Clause, ordinal: int, clauses: list[Clause], at: int) -> tuple[Phrase, ...]:
        """What a participle qualifies: the phrase before it; at the head of a sentence, its subject."""
        low = max(self._bounds[ordinal], clause.group - _WINDOW)
        before = [phrase for phrase in self.phrases(ordinal, low, clause.group) if phrase.end <= clause.group]
        if before:
            return (_root(before),)
        for other in clauses[at + 1 : at + 1 + _NEAR]:
            if other.kind is _FINITE and not other.subordinate:
                return self.subject(other)
        return ()

    def _sharing(self, clause: Clause, clauses: list[Clause], at: int) -> Clause | None:
        """The clause whose auxiliary a participle shares (*ont scandé des slogans et arboré des drapeaux*)."""
        if clause.group == 0 or self.codes[clause.group - 1] != CONJUNCTION:
            return None
        for other in reversed(clauses[max(0, at - 2) : at]):
            if other.kind is _FINITE:
                return other if other.verb > other.head else None
        return None

    def passive(self, clause: Clause) -> bool:
        """Whether the subject is the one it is done to; a participle has the voice of the verb it is coordinated to."""
        if clause.kind is not _PARTICIPLE:
            return clause.passive
        partner = self._sharing(clause, self.clauses.of_sentence(clause.sentence), clause.place)
        return clause.passive if partner is None else partner.passive

    def _inherited(self, clause: Clause, clauses: list[Clause], at: int) -> tuple[Phrase, ...]:
        """The subject of the clause that this one leans on."""
        infinitive = clause.kind is _INFINITIVE
        matrix = finite = None
        for other in reversed(clauses[max(0, at - _NEAR) : at]):
            kind = other.kind
            if kind is _FINITE and not infinitive:
                if self._goes_on(other):
                    matrix = finite = other
                    break
                finite = finite or other
            elif kind is not _PARTICIPLE and other.verb >= 0:
                matrix = matrix or other
                if infinitive:
                    break
        matrix = finite or matrix
        if matrix is None:
            if clause.kind is not _FINITE:
                for other in clauses[at + 1 : at + 1 + _NEAR]:
                    if other.kind is _FINITE and not other.subordinate:
                        return self.subject(other)
            return ()
        if infinitive and self.document.tokens[clause.group - 1] in self.words.control:
            objects = [phrase for phrase in self.objects(matrix) if phrase.end <= clause.group]
            if objects and objects[-1].extent == clause.group - 1:
                return tuple(objects)
        return self.subject(matrix)

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a verb behind the clause may share its subject: a main clause, or a relative still open."""
        if not clause.subordinate:
            return True
        tokens, relatives = self.document.tokens, self.words.relatives
        first = clause.first
        opened = not relatives.keys().isdisjoint(tokens[first : min(first + 2, clause.group)])
        return opened and self.codes[clause.end - 1] != COMMA and self.codes[clause.first - 1] != VERB

    # Objects

    def objects(self, clause: Clause) -> tuple[Phrase, ...]:
        """The phrases right behind the verb, without a preposition."""
        if clause.verb < 0 or not self.words.reflexives.isdisjoint(self.document.tokens[clause.group : clause.verb]):
            return ()
        return self._following(clause.verb + 1, clause.sentence)

    def _following(self, token: int, ordinal: int) -> tuple[Phrase, ...]:
        """The phrase of a sentence that starts at the token, times and adverbs aside, with those coordinated to it."""
        codes = self.codes
        if token >= len(codes) - 1:
            return ()
        phrases = self._sentences[ordinal]
        particle = self.words.particles.get(self.document.tokens[token]) if codes[token] == PREPOSITION else None
        if particle is not None:
            token += 1  # *turned down three levies*
        at = bisect_left(self._firsts[ordinal], token)
        if at == len(phrases):
            return ()
        phrase = phrases[at]
        first, _, _, _, start, _ = phrase
        if particle and phrase.kind is PLACE:
            return ()  # *sank off the coast*
        before = start - 1 if start == first else self.before(phrase)
        if token <= before and codes[before] in _OBLIQUE and _OBJECT_GAP.fullmatch(codes, token, before):
            return self._behind_oblique(token, phrases, at)
        if start < token or (token <= before and not _OBJECT_GAP.fullmatch(codes, token, before + 1)):
            return ()
        if codes[token] == PREPOSITION and start == first and codes[before] == TIME:
            return ()  # *across the night sky*
        if codes[start] == LINKER and before == start - 1 and self.document.tokens[start] in self.words.oblique:
            several = codes[first] == ADJECTIVE and self._plural(phrase)  # *a lancé de nouvelles attaques*
            if not several:
                return ()
        return self.coordinated(phrases, at)

    def _behind_oblique(self, token: int, phrases: list[Phrase], at: int) -> tuple[Phrase, ...]:
        """The object behind what prepositions govern (*a reçu à Berlin son homologue*), commas around it or not."""
        codes = self.codes
        for index in range(at, min(at + _OBLIQUES, len(phrases))):
            phrase = phrases[index]
            if phrase.start > token + _OBLIQUE_REACH or _BARRIER.search(codes, token, phrase.start):
                break
            opens = codes[phrase.start] in _ARTICLES and codes[phrase.start - 1] not in _GOVERNORS
            gap = phrase.start - phrases[index - 1].extent
            if opens and index and (gap == 0 or (gap == 1 and codes[token] == codes[phrase.start - 1] == COMMA)):
                return self.coordinated(phrases, index)
        return ()

    # Pronouns

    def topic(self, ordinal: int) -> tuple[Phrase, ...]:
        """The subject of a sentence's first main clause that has one, else of its first clause."""
        found = self._topics.get(ordinal)
        if found is None:
            self._topics[ordinal] = found = ()
            finite = [each for each in self.clauses.of_sentence(ordinal)[:_NEAR] if each.kind is _FINITE]
            finite.sort(key=lambda clause: clause.subordinate)
            for clause in finite:
                found = self.subject(clause)
                if found:
                    break
            self._topics[ordinal] = found
        return found

    def antecedent(self, pronoun: int, features: Features | None = None) -> tuple[Phrase, ...]:
        """What a pronoun stands for: the nearest earlier subject that agrees, else any people that do.

        `features`: those of a word that is no subject pronoun.
        """
        features = features or self.words.pronouns[self.document.tokens[pronoun]]
        if features.animate == "s":  # the speaker, whom only quotation marks tell
            return ()
        ordinal = self.ordinal(pronoun)
        clauses = self.clauses.of_sentence(ordinal)
        here = bisect_left(clauses, pronoun, key=first_of)
        for clause in reversed(clauses[max(0, here - _NEAR) : here]):
            if 0 <= clause.verb < pronoun and clause.kind is _FINITE:
                subject = self.subject(clause)
                if subject and self.agrees(subject, features):
                    return subject
        for back in range(ordinal - 1, max(-1, ordinal - 1 - _LOOK_BACK), -1):
            subject = self.topic(back)
            if subject and self.agrees(subject, features):
                return subject
            for phrase in self._sentences[back][:_NEAR]:
                if phrase.kind in PEOPLE and self.agrees((phrase,), features):
                    return (phrase,)
        return ()

    def agrees(self, subject: tuple[Phrase, ...], features: Features) -> bool:
        """Whether a pronoun with these features may stand for the subject."""
        tokens, phrase = self.document.tokens, subject[0]
        if features.animate == "p" and phrase.kind in (THING, PLACE, ORGANISATION):
            return False
        if features.animate == "i" and phrase.kind is PERSON:
            return False
        article = self.words.articles.get(tokens[phrase.start], "--") if phrase.start < phrase.first else "--"
        plural = len(subject) > 1 or article[1] == "p" or (article[1] != "s" and self._plural(phrase))
        if features.number != "-" and plural != (features.number == "p"):
            return False
        return "-" in (features.gender, article[0]) or features.gender == article[0]

    def _plural(self, phrase: Phrase) -> bool:
        if phrase.kind is PERSON and self.codes[phrase.head] == CAPITAL:
            return False
        return bool(self.words.plural) and self.document.tokens[phrase.head].endswith(self.words.plural)


def _root(phrases: list[Phrase]) -> Phrase:
    """The phrase that the last one hangs on, directly or not; itself if on none."""
    last = phrases[-1]
    return next((phrase for phrase in phrases[-_NEAR:] if phrase.extent == last.end), last)
