"""Which phrases are the subject and the objects of a clause's verb, and what a pronoun or a relative stands for.

Works on clauses and phrases alone: what a verb means, who said it and which role a subject plays belong to the rooms
above. Function words come from `etl/languages/<code>/names.toml`.
"""

import re
from functools import cache
from typing import NamedTuple

from etl.extraction import lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import Kind, Names, Phrase
from etl.extraction.names_words import BRACKET, CAPITAL, COMMA, LINKER, NUMBER
from etl.extraction.text import Document

_LOOK_BACK = 3
"""How many sentences back a pronoun may reach."""

PEOPLE = frozenset((Kind.PERSON, Kind.GROUP, Kind.ORGANISATION, Kind.NAME))


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


_OPENING = (ClauseKind.PARTICIPLE, ClauseKind.GERUND)
"""What may open a sentence before its main clause, the boundary between them being unsure."""
_COORDINATED = re.compile(r",?c[Dd]*")
_OBJECT_GAP = re.compile(r"(?:x|[DAdq]{0,3}tA?){0,4}")
"""Adverbs and times between a verb and its object."""


class Syntax:
    """Subjects, objects and antecedents of a document, found when asked for."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.clauses = clauses
        self.names = names
        self.words = _words(document.language)
        self._subjects: dict[int, tuple[Phrase, ...]] = {}
        self._topics: dict[int, tuple[Phrase, ...]] = {}

    # Governors

    def before(self, phrase: Phrase) -> int:
        """The token before the phrase, its article and the words that make its number approximate; -1 at the start."""
        tokens, codes, at = self.document.tokens, self.names.codes, phrase.start
        if NUMBER not in codes[at : phrase.first]:
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
        codes, before = self.names.codes, self.before(phrase)
        if codes[phrase.start] == LINKER and before == phrase.start - 1:
            if self.document.tokens[phrase.start] in self.words.oblique:
                return True
            return before >= 0 and codes[before] in "wCAvt%q-("
        if before > 0 and codes[before] in ",c" and phrase.kind is Kind.PLACE and phrase.start == phrase.first:
            sentence = self.names.of_sentence(self.document.sentence_of_token(phrase.first))
            other = next((each for each in sentence if each.end == before), None)
            return (
                other is not None and other.kind is Kind.PLACE and other.first == other.start and self.governed(other)
            )
        return before >= 0 and codes[before] in "l(" or (before >= 0 and codes[before] == LINKER)

    # Subjects

    def subject(self, clause: Clause) -> tuple[Phrase, ...]:
        """What the clause's verb agrees with: its subject, for a participle the noun that it qualifies."""
        found = self._subjects.get(clause.first)
        if found is None:
            self._subjects[clause.first] = ()  # a clause cannot be its own subject, however the text loops
            found = self._subjects[clause.first] = self._subject(clause)
        return found

    def _subject(self, clause: Clause) -> tuple[Phrase, ...]:
        ordinal = self.document.sentence_of_token(clause.first)
        if clause.kind is ClauseKind.PARTICIPLE:
            return self._qualified(clause, ordinal)
        own = self._own(clause, ordinal)
        if own is not None:
            return own
        return self._inherited(clause, ordinal)

    def _own(self, clause: Clause, ordinal: int) -> tuple[Phrase, ...] | None:
        """The subject within the clause, () if its pronoun stands for nothing known, None if it has none."""
        tokens, codes = self.document.tokens, self.names.codes
        low, high = clause.first, clause.group
        phrases = self.names.of_sentence(ordinal)
        if clause.resumes >= 0:  # what stands between belongs to the inserted clause
            low = clause.resumes
            head = self._clause_at(low, ordinal)
            phrases = [phrase for phrase in phrases if phrase.end <= head.end or phrase.first >= clause.first]
        skipped = -1
        before = self._previous(clause, ordinal)
        if before is not None and before.verb >= 0 and codes[before.verb] == CAPITAL:
            low = before.first  # a name that looks like a verb
        if (
            before is not None
            and before.kind in _OPENING
            and before.first == self.clauses.of_sentence(ordinal)[0].first
        ):
            low = before.verb + 1
        if before is not None and before.kind is ClauseKind.FRAGMENT and codes[high - 1 : high] == COMMA:
            singled_out = tokens[clause.first] in self.words.including
            if singled_out or (clause.subordinate and any(before.first <= p.first < clause.first for p in phrases)):
                low, skipped = before.first, clause.first
        found = [
            phrase
            for phrase in phrases
            if low <= phrase.first
            and phrase.end <= high
            and not (0 <= skipped <= phrase.first)
            and not self.governed(phrase)
        ]
        pronoun = self._pronoun(low if skipped < 0 else high, clause.verb)
        if skipped >= 0 and pronoun < 0:
            pronoun = self._pronoun(low, skipped)
        if clause.subordinate and skipped < 0:
            opener = next(
                (at for at in range(clause.first, min(clause.first + 3, high)) if tokens[at] in self.words.relatives),
                -1,
            )
            found = [phrase for phrase in found if phrase.first > opener]
            if opener >= 0 and not found and pronoun < 0:
                return self._relative(opener, ordinal, self.words.relatives[tokens[opener]])
        if pronoun >= 0 and (not found or found[-1].end < pronoun):
            return self.antecedent(pronoun)
        if not found:
            found = self._adjacent(clause.group, phrases)
        return self._cluster(found, ordinal) if found else None

    def _adjacent(self, group: int, phrases: list[Phrase]) -> list[Phrase]:
        """The phrase that ends at the verb, whatever clause it was counted to, an acronym in brackets aside."""
        codes = self.names.codes
        if codes[group - 1 : group] == BRACKET:
            opening = codes.rfind(BRACKET, max(0, group - 6), group - 1)
            group = opening if opening >= 0 else group
        return [phrase for phrase in phrases if phrase.end == group and not self.governed(phrase)]

    def _pronoun(self, first: int, verb: int) -> int:
        """The last subject pronoun before the verb, or the one hyphened to it; -1 if there is none."""
        tokens, pronouns = self.document.tokens, self.words.pronouns
        if tokens[verb + 1 : verb + 2] == ["-"] and tokens[verb + 2 : verb + 3] and tokens[verb + 2] in pronouns:
            return verb + 2
        return next((at for at in range(verb - 1, first - 1, -1) if tokens[at] in pronouns), -1)

    def _cluster(self, found: list[Phrase], ordinal: int) -> tuple[Phrase, ...]:
        """Of the candidates before a verb the last one, with those coordinated to it; of appositions, the name."""
        codes, names = self.names.codes, self.names
        cluster, coordinated = [found[-1]], False
        for phrase in reversed(found[:-1]):
            gap = codes[phrase.extent : cluster[0].start]
            if _COORDINATED.fullmatch(gap):
                coordinated = True
            elif gap not in (COMMA, "") or (gap == "" and phrase.kind is Kind.PERSON):
                break
            cluster.insert(0, phrase)
        if coordinated or len(cluster) == 1:
            return tuple(cluster)
        if self._in_apposition(cluster[0], ordinal):
            cluster = cluster[1:]
        name = next((phrase for phrase in cluster if "C" in codes[phrase.first : phrase.end]), cluster[0])
        return (name,)

    def _in_apposition(self, phrase: Phrase, ordinal: int) -> bool:
        """Whether the phrase explains one right before it, which a preposition governs (*à Nyala, la capitale*)."""
        if self.names.codes[phrase.start - 1 : phrase.start] != COMMA:
            return False
        return any(other.end == phrase.start - 1 and self.governed(other) for other in self.names.of_sentence(ordinal))

    def _previous(self, clause: Clause, ordinal: int) -> Clause | None:
        earlier = [other for other in self.clauses.of_sentence(ordinal) if other.first < clause.first]
        return earlier[-1] if earlier else None

    def _clause_at(self, first: int, ordinal: int) -> Clause:
        return next(clause for clause in self.clauses.of_sentence(ordinal) if clause.first == first)

    def _relative(self, opener: int, ordinal: int, animate: str) -> tuple[Phrase, ...]:
        """What a relative pronoun stands for: the phrase before it, or the one which that is a complement of."""
        phrases = [phrase for phrase in self.names.of_sentence(ordinal) if phrase.end <= opener]
        if animate == "p":
            phrases = [phrase for phrase in phrases if phrase.kind in PEOPLE] or phrases
        if not phrases:
            return ()
        last = phrases[-1]
        if last.kind is not Kind.PERSON:
            root = next((phrase for phrase in phrases if phrase.extent == last.end), last)
            last = root
        return (last,)

    def _qualified(self, clause: Clause, ordinal: int) -> tuple[Phrase, ...]:
        phrases = self.names.of_sentence(ordinal)
        before = [phrase for phrase in phrases if phrase.end <= clause.group]
        if not before:
            following = (
                other
                for other in self.clauses.of_sentence(ordinal)
                if other.first > clause.first and other.kind is ClauseKind.FINITE and not other.subordinate
            )
            main = next(following, None)
            return self.subject(main) if main is not None else ()
        last = before[-1]
        root = next((phrase for phrase in before if phrase.extent == last.end), last)
        return (root,)

    def _inherited(self, clause: Clause, ordinal: int) -> tuple[Phrase, ...]:
        """The subject of the clause that this one leans on."""
        clauses = self.clauses.of_sentence(ordinal)
        earlier = [other for other in clauses if other.first < clause.first and other.verb >= 0]
        earlier = [other for other in earlier if other.kind is not ClauseKind.PARTICIPLE]
        if clause.kind is not ClauseKind.INFINITIVE:
            finite = [other for other in earlier if other.kind is ClauseKind.FINITE]
            earlier = [other for other in finite if self._goes_on(other)] or finite or earlier
        if not earlier:
            later = (
                other
                for other in clauses
                if other.first > clause.first and other.kind is ClauseKind.FINITE and not other.subordinate
            )
            main = next(later, None) if clause.kind is not ClauseKind.FINITE else None
            return self.subject(main) if main is not None else ()
        matrix = earlier[-1]
        if clause.kind is ClauseKind.INFINITIVE and self.document.tokens[clause.group - 1] in self.words.control:
            objects = [phrase for phrase in self.objects(matrix) if phrase.end <= clause.group]
            if objects and objects[-1].extent == clause.group - 1:
                return tuple(objects)
        return self.subject(matrix)

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a verb behind the clause may share its subject: a main clause, or a relative still open."""
        tokens = self.document.tokens
        if not clause.subordinate:
            return True
        opened = any(
            tokens[at] in self.words.relatives for at in range(clause.first, min(clause.first + 2, clause.group))
        )
        return opened and self.names.codes[clause.end - 1] != COMMA

    # Objects

    def objects(self, clause: Clause) -> tuple[Phrase, ...]:
        """The phrases right behind the verb, without a preposition."""
        if clause.verb < 0 or not self.words.reflexives.isdisjoint(self.document.tokens[clause.group : clause.verb]):
            return ()
        return self.following(clause.verb + 1)

    def following(self, token: int) -> tuple[Phrase, ...]:
        """The phrase that starts at the token, times and adverbs aside, with those coordinated to it."""
        document, codes = self.document, self.names.codes
        if token >= len(codes):
            return ()
        phrases = self.names.of_sentence(document.sentence_of_token(token - 1))
        ahead = [phrase for phrase in phrases if phrase.start >= token]
        if not ahead or not _OBJECT_GAP.fullmatch(codes, token, max(token, self.before(ahead[0]) + 1)):
            return ()
        if codes[ahead[0].start] == LINKER and document.tokens[ahead[0].start] in self.words.oblique:
            if self.before(ahead[0]) == ahead[0].start - 1:
                return ()
        return self.coordinated(ahead)

    def coordinated(self, ahead: list[Phrase]) -> tuple[Phrase, ...]:
        """The first of the phrases with those that are coordinated to it or singled out of it (*dont deux enfants*)."""
        codes = self.names.codes
        found, pending = [ahead[0]], list[Phrase]()
        for phrase in ahead[1:]:
            end = (pending or found)[-1].extent
            if phrase.start < end:
                continue
            gap = codes[end : phrase.start]
            included = self.singled_out(phrase)
            if gap == COMMA:
                pending.append(phrase)
            elif _COORDINATED.fullmatch(gap) or included:
                found += [*pending, phrase] if not included else [phrase]
                pending = []
            else:
                break
        return tuple(found)

    def singled_out(self, phrase: Phrase) -> bool:
        """Whether the phrase is part of one told before (*26 civils, dont neuf enfants*)."""
        before = self.before(phrase)
        return before >= 0 and self.document.tokens[before] in self.words.including

    # Pronouns

    def topic(self, ordinal: int) -> tuple[Phrase, ...]:
        """The subject of a sentence's first clause that has one."""
        found = self._topics.get(ordinal)
        if found is None:
            self._topics[ordinal] = ()
            finite = [clause for clause in self.clauses.of_sentence(ordinal) if clause.kind is ClauseKind.FINITE]
            finite.sort(key=lambda clause: clause.subordinate)
            found = next((subject for clause in finite if (subject := self.subject(clause))), ())
            self._topics[ordinal] = found
        return found

    def antecedent(self, pronoun: int) -> tuple[Phrase, ...]:
        """What a pronoun stands for: the nearest earlier subject that agrees, else any phrase that does."""
        features = self.words.pronouns[self.document.tokens[pronoun]]
        if features.animate == "s":  # the speaker, whom only quotation marks tell
            return ()
        ordinal = self.document.sentence_of_token(pronoun)
        for clause in reversed(self.clauses.of_sentence(ordinal)):
            if clause.verb >= 0 and clause.verb < pronoun and clause.kind is ClauseKind.FINITE:
                subject = self.subject(clause)
                if subject and self.agrees(subject, features):
                    return subject
        for back in range(ordinal - 1, max(-1, ordinal - 1 - _LOOK_BACK), -1):
            subject = self.topic(back)
            if subject and self.agrees(subject, features):
                return subject
            for phrase in self.names.of_sentence(back):
                if phrase.kind in PEOPLE and self.agrees((phrase,), features):
                    return (phrase,)
        return ()

    def agrees(self, subject: tuple[Phrase, ...], features: Features) -> bool:
        """Whether a pronoun with these features may stand for the subject."""
        tokens, phrase = self.document.tokens, subject[0]
        if features.animate == "p" and phrase.kind in (Kind.THING, Kind.PLACE, Kind.ORGANISATION):
            return False
        if features.animate == "i" and phrase.kind is Kind.PERSON:
            return False
        article = self.words.articles.get(tokens[phrase.start], "--") if phrase.start < phrase.first else "--"
        plural = len(subject) > 1 or article[1] == "p" or (article[1] != "s" and self._plural(phrase))
        if features.number != "-" and plural != (features.number == "p"):
            return False
        return "-" in (features.gender, article[0]) or features.gender == article[0]

    def _plural(self, phrase: Phrase) -> bool:
        if phrase.kind is Kind.PERSON and self.names.codes[phrase.head] == "C":
            return False
        return bool(self.words.plural) and self.document.tokens[phrase.head].endswith(self.words.plural)
