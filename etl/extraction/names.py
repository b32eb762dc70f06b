"""Names: the noun phrases of a text that say who or what: people, organisations, groups, places, things.

Finds phrases by the classes of their words, and tells what their heads name. Words and their classes are data in
`etl/languages/<code>/names.toml`; who says what belongs in `attribution`, who does what in `events.participants`.
"""

import re
from bisect import bisect_left
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from etl.extraction import gazetteer, lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.text import Document, normalise


class Kind(StrEnum):
    """What a phrase names."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    GROUP = "group"
    NAME = "name"
    """A capitalised name of unknown kind."""
    THING = "thing"
    """A common noun that is none of these."""
    TIME = "time"
    """A calendar or clock phrase, which never takes part in anything."""


class Phrase(NamedTuple):
    """Tokens `first` to `end` (exclusive), without the article and numbers that open it, which start at `start`.

    `head` is the token that tells the kind: a noun, or the first token of a name.
    """

    first: int
    end: int
    head: int
    kind: Kind
    start: int


# One character per token: the class that phrase patterns are written over.
DETERMINER, LINKER, PREPOSITION, CONJUNCTION, SUBORDINATOR = "D", "d", "l", "c", "R"
PRONOUN, ADVERB, TIME, ADJECTIVE, VERB, NUMBER, GENITIVE = "P", "x", "t", "A", "V", "q", "g"
PARTICIPLE, WORD, CAPITAL, HYPHEN, COMMA, STOP, QUOTE, BRACKET, SIGN = "v", "w", "C", "-", ",", ".", '"', "(", "%"
_CLASSES = (
    ("adjectives", ADJECTIVE),
    ("times", TIME),
    ("adverbs", ADVERB),
    ("pronouns", PRONOUN),
    ("subordinators", SUBORDINATOR),
    ("conjunctions", CONJUNCTION),
    ("prepositions", PREPOSITION),
    ("linkers", LINKER),
    ("determiners", DETERMINER),
    ("genitives", GENITIVE),
)
"""Lists of a pack in rising order of precedence: a word in several is what the last of them says."""
_MARKS = {",": COMMA, "-": HYPHEN, **dict.fromkeys('"«»“”„', QUOTE), **dict.fromkeys("()[]", BRACKET)}
_MARKS |= dict.fromkeys("%€$£¥+°", SIGN)
_OPEN = frozenset((WORD, ADJECTIVE, VERB, ADVERB, NUMBER))
_BEFORE_FIRST = frozenset('"«“„:–—•-*')
"""Marks after which a capital may be that of any first word."""


def _calendar(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of months and of days of the week, from CLDR."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return frozenset(), frozenset()
    months = (*locale.months["format"]["wide"].values(), *locale.months["format"]["abbreviated"].values())
    days = locale.days["format"]["wide"].values()
    return frozenset(normalise(name).rstrip(".") for name in months), frozenset(map(normalise, days))


class Grammar:
    """The word classes and head nouns of one language, compiled once per process."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "names")
        classes, marks, heads = data.get("classes", {}), data.get("marks", {}), data.get("heads", {})
        self.months, self.weekdays = _calendar(code)
        words = dict.fromkeys(self.months | self.weekdays, TIME)
        numbers = lexicon.data(code, "numbers")
        for part in ("collectives", "multipliers", "cardinals"):
            words.update(dict.fromkeys(numbers.get(part, {}), NUMBER))
        self.initial = {word: char for part, char in _CLASSES for word in data.get("initial", {}).get(part, ())}
        for part, char in _CLASSES:
            words.update(dict.fromkeys(classes.get(part, ()), char))
        self._adverb_endings = tuple(classes.get("adverb_endings", ()))
        self._nouns = frozenset(classes.get("nouns", ()))
        self.table = lexicon.Table(words, self._class_of)
        self.past = tuple(classes.get("past_endings", ()))
        self.plural = tuple(classes.get("plural_endings", ()))
        self.titles = frozenset(marks.get("titles", ()))
        self.persons = frozenset(heads.get("persons", ()))
        self.groups = frozenset(heads.get("groups", ()))
        self.place_nouns = frozenset(heads.get("places", ()))
        self.trades = tuple(heads.get("trade_endings", ()))
        self.no_trades = frozenset(heads.get("no_trades", ()))
        self.plurals = tuple(data.get("syntax", {}).get("plural_nouns", ()))
        self.seated = self.place_nouns | frozenset(heads.get("seated", ()))
        self.head_first = bool(data.get("head_first", False))
        self.places = gazetteer.places(code)
        self.demonyms = gazetteer.demonyms(code)

    def _class_of(self, token: str) -> str:
        char = token[0]
        if char.isdecimal():
            return NUMBER
        if not char.isalpha() and char != "'":
            return _MARKS.get(token, STOP)
        if self._adverb_endings and token.endswith(self._adverb_endings) and token not in self._nouns:
            return ADVERB
        return WORD


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language."""
    return Grammar(code)


@cache
def _capitals() -> re.Pattern[str]:
    """A capital letter of any script of the basic plane."""
    letters = "".join(char for char in map(chr, range(0x10000)) if char.isupper() or char.istitle())
    return re.compile(f"[{letters}]")


# A phrase: article, number, then (as group 1) adjectives, a noun or a name, and what follows it without a break.
_PHRASE = re.compile(
    r"(?:[Dd]+x?)?(?:%?q(?:[.,]?q)*%?[dD]*)?"
    r"((?:A-?)*(?:[wC]|(?<=[qDdA])v)(?:-?[wC]|-?A(?!t)|-[Dldc](?=-|C)|-q|q(?![.,%]?[wCAqt%]))*|(?<=D)A(?![twCAqv]))"
)


class Names:
    """The naming phrases of a document; classes of words at once, phrases sentence by sentence as they are asked for."""

    def __init__(self, document: Document, clauses: Clauses | None = None) -> None:
        self.document = document
        self.clauses = clauses or Clauses(document)
        self.grammar = grammar(document.language)
        self._codes = ""
        self._by_sentence: dict[int, list[Phrase]] = {}
        self._surnames: frozenset[str] | None = None

    @property
    def codes(self) -> str:
        """The class of each token, one character each; a name's capital makes it `CAPITAL`."""
        if not self._codes and self.document.tokens:
            self._codes = self._classify()
        return self._codes

    def _classify(self) -> str:
        document = self.document
        tokens = document.tokens
        codes = list(map(self.grammar.table.__getitem__, tokens))
        initials = "".join(itemgetter(*document.starts, 0)(document.text))[:-1]
        capitals = [match.start() for match in _capitals().finditer(initials)]
        firsts = set(document.sentence_tokens)
        unsure, inside = [], set()
        for index in capitals:
            if index in firsts or tokens[index - 1] in _BEFORE_FIRST:
                unsure.append(index)
            elif self._names_inside(codes, index):
                codes[index] = CAPITAL
                inside.add(tokens[index])
        for index in capitals:  # *N'Djamena*, *O'Brien* where an apostrophe opens a token
            if index + 1 < len(tokens) and tokens[index + 1][0] == "'" and codes[index + 1] == WORD:
                second = document.starts[index + 1] + 1
                if document.text[second : second + 1].isupper():
                    codes[index] = codes[index + 1] = CAPITAL
        upper = set(capitals)
        for index in reversed(unsure):
            if tokens[index] in self.grammar.initial and index + 1 in upper:
                codes[index] = self.grammar.initial[tokens[index]]
            elif self._names_first(codes, index, upper, inside):
                codes[index] = CAPITAL
        self._mark_verbs(codes)
        return self._split_dashes("".join(codes))

    def _mark_verbs(self, codes: list[str]) -> None:
        """Every token of a verb group gets the code of its kind, so that no phrase runs into it."""
        for ordinal in range(len(self.document.sentences)):
            for clause in self.clauses.of_sentence(ordinal):
                if clause.verb < 0 or self._is_noun(codes, clause):
                    continue
                code = PARTICIPLE if clause.kind is ClauseKind.PARTICIPLE else VERB
                for index in range(clause.group, clause.verb + 1):
                    if codes[index] != CAPITAL:
                        codes[index] = code

    def _is_noun(self, codes: list[str], clause: Clause) -> bool:
        """Whether the verb is a noun behind a preposition and an article after all (*dans l'est*)."""
        group = clause.group
        return group > 0 and clause.verb == group + 1 and codes[group] == DETERMINER and codes[group - 1] in "ld"

    def _split_dashes(self, codes: str) -> str:
        """Codes in which a hyphen with white space on a side is a stop."""
        document, parts, done = self.document, [], 0
        at = codes.find(HYPHEN)
        while at >= 0:
            if not (document.glued(at) and at + 1 < len(codes) and document.glued(at + 1)):
                parts += [codes[done:at], STOP]
                done = at + 1
            at = codes.find(HYPHEN, at + 1)
        return "".join((*parts, codes[done:]))

    def _shouted(self, index: int) -> bool:
        """Whether the token is an acronym: all in capitals, in a sentence that is not."""
        document = self.document
        start, end = document.starts[index], document.ends[index]
        if end - start < 2 or not document.text[start:end].isupper():
            return False
        around = document.text[max(0, start - 24) : start] + document.text[end : end + 24]
        return document.text[end - 1].isalpha() and not around.isupper()

    def _names_inside(self, codes: list[str], index: int) -> bool:
        code = codes[index]
        if code == TIME:
            token = self.document.tokens[index]
            if token in self.grammar.months:  # a surname behind a first name (*Ruth March*), not a date
                return index + 1 < len(codes) and codes[index - 1] == CAPITAL and codes[index + 1] != NUMBER
            return False
        if code in _OPEN:
            return True
        return (index > 0 and codes[index - 1] == CAPITAL and code == DETERMINER) or self._shouted(index)

    def _names_first(self, codes: list[str], index: int, upper: set[int], inside: set[str]) -> bool:
        token, code = self.document.tokens[index], codes[index]
        if code not in _OPEN:
            return code == PRONOUN and self._shouted(index)
        if code == NUMBER:
            return False
        following = index + 2 if index + 1 < len(codes) and codes[index + 1] == HYPHEN else index + 1
        return (
            token in inside
            or token in self.grammar.places
            or (following in upper and codes[following] == CAPITAL)
            or self._shouted(index)
        )

    def of_sentence(self, ordinal: int) -> list[Phrase]:
        """The phrases of a sentence, in text order, never overlapping."""
        found = self._by_sentence.get(ordinal)
        if found is None:
            bounds = self.document.sentence_tokens
            found = self._by_sentence[ordinal] = self._read(bounds[ordinal], bounds[ordinal + 1])
        return found

    def _read(self, first: int, end: int) -> list[Phrase]:
        found = []
        for match in _PHRASE.finditer(self.codes, first, end):
            at = match.start(1)
            found.append(self._phrase(match.start(), at, self._cut(at, match.end())))
        return found

    def _cut(self, first: int, end: int) -> int:
        """Where the phrase really ends: at a verb that stands right behind its noun."""
        tokens, codes, grammar = self.document.tokens, self.codes, self.grammar
        plural = False
        for index in range(first, end):
            if codes[index] != WORD:
                continue
            token = tokens[index]
            if index > first and codes[index - 1] != HYPHEN and codes[index - 1] != ADJECTIVE:
                if grammar.past and token.endswith(grammar.past):
                    return index
                if plural and not token.endswith(grammar.plural):
                    return index
            if grammar.plural and not plural and (index == first or codes[index - 1] == ADJECTIVE):
                plural = len(token) > 3 and token.endswith(grammar.plural)
        return end

    def _phrase(self, start: int, first: int, end: int) -> Phrase:
        codes, tokens, grammar = self.codes, self.document.tokens, self.grammar
        name = codes.find(CAPITAL, first, end)
        word = codes.find(WORD, first, end) if grammar.head_first else codes.rfind(WORD, first, end)
        if name < 0:
            head = word if word >= 0 else first
            return Phrase(first, end, head, self._kind_of_noun(tokens[head]), start)
        titled = self._titled(first, end)
        if titled:
            return Phrase(first, end, titled, Kind.PERSON, start)
        if word >= 0 and (word < name if grammar.head_first else word > name):
            return Phrase(first, end, word, self._kind_of_noun(tokens[word]), start)
        return Phrase(first, end, name, self._kind_of_name(start, name, end), start)

    def _titled(self, first: int, end: int) -> int:
        """Where the name starts that follows a person's title or trade in the phrase; 0 if none does."""
        codes, tokens, grammar = self.codes, self.document.tokens, self.grammar
        for index in range(end - 2, first - 1, -1):
            if tokens[index] in grammar.persons or tokens[index] in grammar.titles:
                at = codes.find(CAPITAL, index + 1, end)
                return at if at > 0 else 0
        return 0

    def _kind_of_noun(self, noun: str) -> Kind:
        grammar = self.grammar
        if noun in grammar.persons:
            return Kind.PERSON
        if noun in grammar.groups or noun in grammar.demonyms:
            return Kind.GROUP
        if noun in grammar.place_nouns:
            return Kind.PLACE
        if noun.endswith(grammar.trades) and noun not in grammar.no_trades:
            return Kind.GROUP if grammar.plurals and noun.endswith(grammar.plurals) else Kind.PERSON
        return Kind.THING

    def _kind_of_name(self, start: int, first: int, end: int) -> Kind:
        document, grammar = self.document, self.grammar
        tokens = document.tokens
        if start > 0 and (
            tokens[start - 1] in grammar.titles or (tokens[start - 1] == "." and tokens[start - 2] in grammar.titles)
        ):
            return Kind.PERSON
        if start > 0 and self.codes[start] == LINKER and tokens[start - 1] in grammar.seated:
            return Kind.PLACE
        single = end - first == 1
        if document.norm[document.starts[first] : document.ends[end - 1]] in grammar.places:
            return Kind.PLACE
        if single and tokens[first] in self.surnames:
            return Kind.PERSON
        if single:
            if document.text[document.starts[first] : document.ends[first]].isupper():
                return Kind.ORGANISATION
            return (
                Kind.GROUP
                if tokens[first] in grammar.demonyms
                else self._kind_of_noun(tokens[first])
                if tokens[first] in grammar.groups
                else Kind.NAME
            )
        ends = (tokens[first], tokens[end - 1])
        if ends[not grammar.head_first] in grammar.groups:
            return Kind.ORGANISATION
        if ends[not grammar.head_first] in grammar.place_nouns:
            return Kind.PLACE
        return Kind.PERSON if re.search("C[^-]*C", self.codes[first:end]) else Kind.NAME

    def is_place(self, phrase: Phrase) -> bool:
        """Whether the phrase can be a place, whatever else it can be (*court*, *hospital*, *centre*)."""
        tokens, nouns = self.document.tokens, self.grammar.place_nouns
        if phrase.kind is Kind.PERSON:
            return False
        return tokens[phrase.head] in nouns or (self.codes[phrase.head] == CAPITAL and tokens[phrase.end - 1] in nouns)

    @property
    def surnames(self) -> frozenset[str]:
        """Last parts of the document's names of several words, by which it may call their bearers later."""
        if self._surnames is None:
            places, document = self.grammar.places, self.document
            runs = (match.span() for match in _FULL_NAME.finditer(self.codes))
            self._surnames = frozenset(
                document.tokens[end - 1]
                for first, end in runs
                if document.tokens[end - 1] not in self.grammar.groups
                and document.norm[document.starts[first] : document.ends[end - 1]] not in places
            )
        return self._surnames

    @property
    def phrases(self) -> list[Phrase]:
        """Every phrase of the document, in text order."""
        return [phrase for ordinal in range(len(self.document.sentences)) for phrase in self.of_sentence(ordinal)]

    def between(self, first: int, end: int) -> list[Phrase]:
        """The phrases that lie wholly within tokens `first` to `end` of one sentence."""
        sentence = self.of_sentence(self.document.sentence_of_token(first))
        return [phrase for phrase in sentence if first <= phrase.first and phrase.end <= end]

    def starting_at(self, token: int) -> Phrase | None:
        """The phrase that starts at the token, with or without its article."""
        sentence = self.of_sentence(self.document.sentence_of_token(token))
        return next((phrase for phrase in sentence if phrase.start <= token <= phrase.first), None)

    def ending_at(self, token: int) -> Phrase | None:
        """The phrase whose last token stands right before `token`."""
        if token == 0:
            return None
        sentence = self.of_sentence(self.document.sentence_of_token(token - 1))
        return next((phrase for phrase in sentence if phrase.end == token), None)

    def extent(self, phrase: Phrase) -> int:
        """End of the phrase with the complements that hang on it (*responsables | de la région de Soumy*)."""
        sentence = self.of_sentence(self.document.sentence_of_token(phrase.first))
        end = phrase.end
        for follower in sentence[bisect_left(sentence, phrase.first, key=_first) :]:
            if follower.start == end and self.codes[end] == LINKER:
                end = follower.end
        return end


_first = itemgetter(0)
_FULL_NAME = re.compile(r"C(?:-?C)+")
