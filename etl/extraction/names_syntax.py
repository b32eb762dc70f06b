"""Which phrases are the subject and the objects of a clause's verb, and what a pronoun or a relative stands for.

Works on clauses and phrases alone: what a verb means, who said it and which role a subject plays belong to the rooms
above. Function words come from `etl/languages/<code>/names.toml`.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from etl.extraction import lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import GROUP, NAME, ORGANISATION, PERSON, PLACE, THING, Names, Phrase
from etl.extraction.names_words import (
    ADJECTIVE,
    BRACKET,
    CAPITAL,
    COMMA,
    CONJUNCTION,
    DETERMINER,
    GENITIVE,
    HYPHEN,
    LINKER,
    NUMBER,
    PREPOSITION,
    STOP,
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

PEOPLE = frozenset((PERSON, GROUP, ORGANISATION, NAME))


class Features(NamedTuple):
    """What a pronoun or an article tells of what it stands for; `-` where it does not tell."""

    gender: str
    number: str
    animate: str


class _Words:
    """Function words of one language that syntax hangs on."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "names").get("syntax", {})
        self.pronouns = {word: Features(*told) for word, told in data.get("pronouns", {}).items()}
        self.articles = {word: told for told, words in data.get("articles", {}).items() for word in words}
        self.relatives: dict[str, str] = dict(data.get("subject_relatives", {}))
        self.including = frozenset(data.get("including", ()))
        self.oblique = frozenset(data.get("oblique", ()))
        self.reflexives = frozenset(data.get("reflexives", ()))
        self.control = frozenset(data.get("control", ()))
        tokenise = lexicon.reader(code).tokenise
        self.approximators = sorted((tokenise(words) for words in data.get("approximators", ())), key=len, reverse=True)
        self.approximating = frozenset(words[-1] for words in self.approximators)
        self.plural = tuple(data.get("plural_nouns", ()))


@cache
def _words(code: str) -> _Words:
    return _Words(code)


_OPENING = (_PARTICIPLE, _GERUND)
"""What may open a sentence before its main clause, the boundary between them being unsure."""
_LEAD_IN = frozenset(":;–—")
"""Marks that no subject reaches across."""
_GOVERNING = frozenset(b"l(d")
_NOMINAL = frozenset(b"wCAv%q-(")
_COORDINATED = re.compile(rb",?c[Dd]*")
_HANGING = re.compile(b"[lcd]{1,3}")
"""Between a phrase and one that hangs on it."""
_AGED = re.compile(b"[ldDq]{1,3}t")
"""A time that hangs on a phrase (*ouvrier de 30 ans*)."""
_ALONE = re.compile(b",x{0,3}")
"""Before a verb whose subject stands before the clause."""
_OBJECT_GAP = re.compile(rb"(?:x|[DAdq]{0,3}tA?){0,4}(?:lC(?:-?C){0,4})?")
"""Adverbs and times between a verb and its object, and a place behind them."""


def syntax_of(document: Document, clauses: Clauses, names: Names) -> "Syntax":
    """The one syntax of a document, shared by the rooms that read it."""
    found = names.shared.get(Syntax)
    if not isinstance(found, Syntax):
        found = names.shared[Syntax] = Syntax(document, clauses, names)
    return found


class Syntax:
    """Subjects, objects and antecedents of a document, found when asked for."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.clauses = clauses
        self.names = names
        self.words = _words(document.language)
        self.codes = names.codes
        self._bounds = document.sentence_tokens
        self._subjects: dict[int, tuple[Phrase, ...]] = {}
        self._topics: dict[int, tuple[Phrase, ...]] = {}
        self._depth = 0

    def ordinal(self, token: int) -> int:
        """Ordinal of the sentence that holds the token."""
        return bisect_right(self._bounds, token) - 1

    def phrases(self, ordinal: int, low: int, high: int) -> list[Phrase]:
        """The phrases of a sentence whose first token is in `low` to `high` (exclusive)."""
        found = self.names.of_sentence(ordinal)
        return found[bisect_left(found, (low,)) : bisect_left(found, (high,))]

    # Governors

    def before(self, phrase: Phrase) -> int:
        """The token before the phrase, its article and the words that make its number approximate; -1 at the start."""
        tokens, codes, at = self.document.tokens, self.codes, phrase.start
        if at == phrase.first or codes.find(NUMBER, at, phrase.first) < 0:
            return at - 1
        if codes[at] == LINKER and at > 0 and tokens[at - 1] in self.words.approximating:
            at += 1
        while at > 0 and tokens[at - 1] in self.words.approximating:
            for words in self.words.approximators:
                if tokens[max(0, at - len(words)) : at] == words:
                    at -= len(words)
                    break
            else:
                break
        return at - 1

    def governed(self, phrase: Phrase) -> bool:
        """Whether the phrase hangs on a preposition or on another noun."""
        codes, start = self.codes, phrase.start
        before = self.before(phrase)
        if before < 0:
            return False
        if codes[start] == LINKER and before == start - 1:
            return self.document.tokens[start] in self.words.oblique or codes[before] in _NOMINAL
        code = codes[before]
        if code in _GOVERNING:
            return True
        if code == GENITIVE:  # *the head of the fishermen's union*: as its owner
            owner = self.phrases(self.ordinal(start), before - _WINDOW, before)[-1:]
            return any(each.end == before and codes[each.start] == LINKER for each in owner)
        return code in (COMMA, CONJUNCTION) and codes[phrase.first] == CAPITAL and self._listed(phrase)

    def _listed(self, phrase: Phrase) -> bool:
        """Whether a name is one of a list that a preposition governs (*in Massachusetts, Ohio and Texas*)."""
        codes = self.codes
        found = self.names.of_sentence(self.ordinal(phrase.start))
        at = bisect_left(found, phrase)
        for other in reversed(found[max(0, at - _NEAR) : at]):
            comma = codes[phrase.start - 1] == COMMA
            bare = phrase.start == phrase.first and (other.start == other.first or not comma)
            if not bare or other.end != phrase.start - 1 or codes[other.first] != CAPITAL:
                return False
            if comma and not (phrase.kind is other.kind is PLACE):
                return False  # what stands behind a comma is rather the subject (*for Ann Lee, Bob Ray has …*)
            if other.start > 0 and codes[other.start - 1] in _GOVERNING:
                return True
            phrase = other
        return False

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
        ordinal = self.ordinal(clause.first)
        clauses = self.clauses.of_sentence(ordinal)
        at = bisect_left(clauses, (clause.first,))
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
        first, high = clause.first, clause.group
        low, gap, gap_end = first, -1, -1  # what stands between belongs to an inserted clause
        before = clauses[at - 1] if at else None
        if clause.resumes >= 0:
            low, gap_end = clause.resumes, first
            gap = clauses[bisect_left(clauses, (low,))].end
        if before is not None:
            if before.verb >= 0 and codes[before.verb] == CAPITAL:
                low = before.first  # a name that looks like a verb
            elif at == 1 and before.kind in _OPENING:
                low = before.verb + 1
            elif before.kind is _FRAGMENT and codes[high - 1] == COMMA:
                singled_out = tokens[first] in self.words.including
                if singled_out or (clause.subordinate and self.phrases(ordinal, before.first, first)):
                    low, gap, gap_end = before.first, first, high
        if before is not None and codes[first] == COMMA:
            opening = self._before_inserted(before, high, ordinal)
            if opening:
                return tuple(opening)
        inserted = gap >= first
        stop = codes.rfind(STOP, low, high)
        if stop >= 0 and tokens[stop] in _LEAD_IN:
            low = stop + 1
        found = [
            phrase
            for phrase in self.phrases(ordinal, max(low, high - _WINDOW), high)
            if phrase.end <= high and not gap <= phrase.first < gap_end and not self.governed(phrase)
        ]
        if found and codes[first] == CONJUNCTION and found[0].start == first + 1:
            tail = self.phrases(ordinal, first - _WINDOW, first)[-1:]  # *…, police and residents said*
            if tail and tail[0].end == first and codes[found[0].first] == codes[tail[0].first] == CAPITAL:
                tail = self._ending(first, ordinal)  # *…, the Organisation for Cooperation and Development said*
            found = [each for each in tail if each.end == first and codes[each.start - 1] == COMMA] + found
        pronoun = self._pronoun(high if inserted else low, clause.verb)
        if inserted and pronoun < 0:
            pronoun = self._pronoun(low, first)
        if clause.subordinate and not inserted:
            relatives = self.words.relatives
            near = range(first, min(first + 3, high))
            opener = next((each for each in near if tokens[each] in relatives and codes[each] != CAPITAL), -1)
            found = [phrase for phrase in found if phrase.first > opener]
            if opener >= 0 and not found and pronoun < 0:
                return self._relative(opener, ordinal, relatives[tokens[opener]])
        if pronoun >= 0 and (not found or found[-1].end < pronoun):
            return self.antecedent(pronoun)
        if not found and at and codes[high - 1] == NUMBER:  # *38 personnes sont mortes et 400 ont été blessées*
            return self.subject(before) if before is not None and before.verb >= 0 else ()
        if not found:
            found = self._adjacent(high, ordinal)
            if not found and codes[first] == COMMA and _ALONE.fullmatch(codes, first, high):
                found = self._apposed(first, ordinal)
        if found and found[-1].end - found[-1].first == 1 and codes[found[-1].first] == ADJECTIVE:
            return self._last_named(found[-1], ordinal) or (found[-1],)
        return self._cluster(found, ordinal, high) if found else None

    def speaks(self, clause: Clause) -> bool:
        """Whether the verb's subject is the speaker (*we will appeal*)."""
        if clause.verb < 0:
            return False
        pronoun = self._pronoun(clause.first, clause.verb)
        return pronoun >= 0 and self.words.pronouns[self.document.tokens[pronoun]].animate == "s"

    def _adjacent(self, group: int, ordinal: int) -> list[Phrase]:
        """The phrase that ends at the verb, whatever clause it was counted to, an acronym in brackets aside."""
        codes, end = self.codes, group
        if codes[group - 1] == BRACKET:
            opening = codes.rfind(BRACKET, max(0, group - 6), group - 1)
            end = opening if opening >= 0 else group
        near = self.phrases(ordinal, end - _WINDOW, end)[-1:]
        if not near or near[0].end != end:
            return []
        if end < group or codes[near[0].start - 1] == CONJUNCTION:
            return self._ending(end, ordinal)
        return [] if self.governed(near[0]) else near

    def _ending(self, end: int, ordinal: int) -> list[Phrase]:
        """The phrase that ends there, with all that hangs on it (*the Bureau for Risk and Disaster Management*)."""
        at = end
        for phrase in reversed(self.phrases(ordinal, end - _WINDOW, end)):
            if phrase.end != at and not (_AGED if at == end else _HANGING).fullmatch(self.codes, phrase.end, at):
                break
            if not self.governed(phrase):
                return [phrase]
            at = phrase.start
        return []

    def _apposed(self, comma: int, ordinal: int) -> list[Phrase]:
        """A name and what explains it, between commas before a verb (*Ann Lee, a spokeswoman for the firm, said*)."""
        codes = self.codes
        second = self._ending(comma, ordinal)
        if not second or codes[second[0].start - 1] != COMMA:
            return []
        first = self._ending(second[0].start - 1, ordinal)
        if not first or first[0].kind is PLACE:
            return []
        named = [codes.find(CAPITAL, phrase.first, phrase.end) >= 0 for phrase in (first[0], second[0])]
        acronym = self.document.slice(second[0].first, second[0].end).isupper()
        bare = second[0].start == second[0].first and first[0].kind in PEOPLE and first[0].start < first[0].first
        if (named[0] and (not named[1] or acronym)) or (bare and not any(named)):
            return first
        return second if named[1] and not named[0] and second[0].kind is PERSON else []

    def _before_inserted(self, inserted: Clause, group: int, ordinal: int) -> list[Phrase]:
        """The phrase before a gerund or an apposition between commas (*the minister, visiting Lyon, said*)."""
        codes = self.codes
        if inserted.kind not in _OPENING or COMMA not in (codes[group - 1], codes[inserted.end]):
            return []
        end = inserted.group - 1
        near = self.phrases(ordinal, inserted.first, end)[-1:] if codes[end] == COMMA else []
        return [phrase for phrase in near if phrase.extent == end and not self.governed(phrase)]

    def _pronoun(self, first: int, verb: int) -> int:
        """The last subject pronoun before the verb, or the one hyphened to it; -1 if there is none."""
        tokens, pronouns = self.document.tokens, self.words.pronouns
        if self.codes[verb + 1] == HYPHEN and tokens[verb + 2] in pronouns:
            return verb + 2
        for at in range(verb - 1, max(first, verb - _WINDOW) - 1, -1):
            if tokens[at] in pronouns:
                return at
        return -1

    def _cluster(self, found: list[Phrase], ordinal: int, group: int) -> tuple[Phrase, ...]:
        """Of the candidates before a verb the last one, with those coordinated to it; of appositions, the name."""
        codes = self.codes
        cluster, coordinated = [found[-1]], False
        for phrase in reversed(found[:-1]):
            gap = bytes(codes[phrase.extent : cluster[0].start])
            if _COORDINATED.fullmatch(gap):
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

    def _in_apposition(self, phrase: Phrase, ordinal: int) -> bool:
        """Whether the phrase explains one right before it, which a preposition governs (*à Nyala, la capitale*)."""
        if self.codes[phrase.start - 1] != COMMA:
            return False
        before = self.phrases(ordinal, 0, phrase.first)[-1:]
        return any(other.end == phrase.start - 1 and self.governed(other) for other in before)

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
        clauses = self.clauses.of_sentence(self.ordinal(clause.first))
        partner = self._sharing(clause, clauses, bisect_left(clauses, (clause.first,)))
        return True if partner is None else partner.passive

    def _inherited(self, clause: Clause, clauses: list[Clause], at: int) -> tuple[Phrase, ...]:
        """The subject of the clause that this one leans on."""
        earlier = [
            other for other in clauses[max(0, at - _NEAR) : at] if other.verb >= 0 and other.kind is not _PARTICIPLE
        ]
        infinitive = clause.kind is _INFINITIVE
        if not infinitive:
            finite = [other for other in earlier if other.kind is _FINITE]
            earlier = [other for other in finite if self._goes_on(other)] or finite or earlier
        if not earlier:
            if clause.kind is not _FINITE:
                for other in clauses[at + 1 : at + 1 + _NEAR]:
                    if other.kind is _FINITE and not other.subordinate:
                        return self.subject(other)
            return ()
        matrix = earlier[-1]
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
        opened = any(tokens[at] in relatives for at in range(clause.first, min(clause.first + 2, clause.group)))
        return opened and self.codes[clause.end - 1] != COMMA and self.codes[clause.first - 1] != VERB

    # Objects

    def objects(self, clause: Clause) -> tuple[Phrase, ...]:
        """The phrases right behind the verb, without a preposition."""
        if clause.verb < 0 or not self.words.reflexives.isdisjoint(self.document.tokens[clause.group : clause.verb]):
            return ()
        return self.following(clause.verb + 1)

    def following(self, token: int) -> tuple[Phrase, ...]:
        """The phrase that starts at the token, times and adverbs aside, with those coordinated to it."""
        codes = self.codes
        if token >= len(codes) - 1:
            return ()
        ordinal = self.ordinal(token - 1)
        phrases = self.names.of_sentence(ordinal)
        at = bisect_left(phrases, (token,))
        if at == len(phrases):
            return ()
        phrase = phrases[at]
        before = self.before(phrase)
        placed = codes[before] == PREPOSITION and phrase.start == phrase.first and codes[phrase.first] == CAPITAL
        if placed and at + 1 < len(phrases) and codes[phrases[at + 1].start] == DETERMINER:
            at += 1  # *a reçu à Berlin son homologue*
            phrase = phrases[at]
            before = self.before(phrase)
        if phrase.start < token or not _OBJECT_GAP.fullmatch(codes, token, max(token, before + 1)):
            return ()
        oblique = codes[phrase.start] == LINKER and self.document.tokens[phrase.start] in self.words.oblique
        if oblique and before == phrase.start - 1:
            return ()
        return self.coordinated(phrases, at)

    def coordinated(self, phrases: list[Phrase], at: int) -> tuple[Phrase, ...]:
        """A phrase of a sentence with those coordinated to it or singled out of it (*dont deux enfants*)."""
        codes = self.codes
        found, pending = [phrases[at]], list[Phrase]()
        end = phrases[at].extent
        for index in range(at + 1, len(phrases)):
            phrase = phrases[index]
            if phrase.start < end:
                continue
            gap = codes[end : phrase.start] if phrase.start - end < 12 else b"."
            if gap == b",":
                pending.append(phrase)
            elif self.singled_out(phrase):
                found.append(phrase)
                pending = []
            elif _COORDINATED.fullmatch(gap):
                found += [*pending, phrase]
                pending = []
            else:
                break
            end = phrase.extent
        return tuple(found)

    def singled_out(self, phrase: Phrase) -> bool:
        """Whether the phrase is part of one told before (*26 civils, dont neuf enfants*)."""
        before = self.before(phrase)
        return before >= 0 and self.document.tokens[before] in self.words.including

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

    def antecedent(self, pronoun: int) -> tuple[Phrase, ...]:
        """What a pronoun stands for: the nearest earlier subject that agrees, else any people that do."""
        features = self.words.pronouns[self.document.tokens[pronoun]]
        if features.animate == "s":  # the speaker, whom only quotation marks tell
            return ()
        ordinal = self.ordinal(pronoun)
        clauses = self.clauses.of_sentence(ordinal)
        here = bisect_left(clauses, (pronoun,))
        for clause in reversed(clauses[max(0, here - _NEAR) : here]):
            if 0 <= clause.verb < pronoun and clause.kind is _FINITE:
                subject = self.subject(clause)
                if subject and self.agrees(subject, features):
                    return subject
        for back in range(ordinal - 1, max(-1, ordinal - 1 - _LOOK_BACK), -1):
            subject = self.topic(back)
            if subject and self.agrees(subject, features):
                return subject
            for phrase in self.names.of_sentence(back)[:_NEAR]:
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
