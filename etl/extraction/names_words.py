"""Word classes for naming phrases: one character per token, from a pack's `names.toml` and the text's capitals.

Knows words and their classes only. Which classes make a phrase, and what the phrase names, is read by `names`.
"""

from functools import cache

from babel import Locale, UnknownLocaleError

from etl.extraction import gazetteer, lexicon
from etl.extraction.clauses import Clause, Clauses
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.text import Document, normalise

DETERMINER, LINKER, PREPOSITION, CONJUNCTION, SUBORDINATOR = b"DdlcR"
PRONOUN, ADVERB, TIME, ADJECTIVE, VERB, NUMBER, GENITIVE = b"PxtAVqg"
PARTICIPLE, WORD, CAPITAL, HYPHEN, COMMA, STOP, QUOTE, BRACKET, SIGN = b'vwC-,."(%'
Codes = bytes | bytearray
"""The classes of a document's words: made as a bytearray, kept as bytes."""
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
_DERIVED = (("adverb", ADVERB), ("adjective", ADJECTIVE))
"""Classes that a word which is in no list may have by its ending."""
_MARKS = {",": ",", "-": "-", **dict.fromkeys('"«»“”„', '"'), **dict.fromkeys("()[]<>", "(")}
_MARKS |= dict.fromkeys("%€$£¥+°", "%")
_OPEN = frozenset((WORD, ADJECTIVE, ADVERB, NUMBER))
"""Classes of words that may be names when written with a capital."""
_UNSURE = _OPEN | {PRONOUN, SUBORDINATOR}
"""Classes of words that may be names, or acronyms, at the head of a sentence."""
_BEFORE_FIRST = frozenset('"«“„:–—•-*')
"""Marks after which a capital may be that of any first word."""
_PARTICIPLE = ClauseKind.PARTICIPLE
_BEHIND_SUBJECT = frozenset((VERB, COMMA))
_AROUND = 24
"""Characters on either side that tell whether a line is written in capitals throughout."""


def _calendar(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of months and of days of the week, from CLDR."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return frozenset(), frozenset()
    months = (*locale.months["format"]["wide"].values(), *locale.months["format"]["abbreviated"].values())
    days = locale.days["format"]["wide"].values()
    return frozenset(normalise(name).rstrip(".") for name in months), frozenset(map(normalise, days))


def _small_months(code: str) -> bool:
    """Whether the language writes the names of months without a capital."""
    try:
        return str(Locale.parse(code).months["format"]["wide"][1]).islower()
    except (UnknownLocaleError, ValueError):
        return False


@cache
def word_codes(code: str) -> lexicon.WordCodes:
    """The class of each word by itself, whatever its capital and its place in a sentence; shared by all rooms."""
    classes, numbers = lexicon.data(code, "names").get("classes", {}), lexicon.data(code, "numbers")
    months, weekdays = _calendar(code)
    words = dict.fromkeys(months | weekdays, chr(TIME))
    for part in ("collectives", "multipliers", "cardinals"):
        words.update(dict.fromkeys(numbers.get(part, {}), chr(NUMBER)))
    for part, char in _CLASSES:
        words.update(dict.fromkeys(classes.get(part, ()), chr(char)))
    nouns = frozenset(classes.get("nouns", ()))
    endings = {chr(char): tuple(classes.get(f"{part}_endings", ())) for part, char in _DERIVED}

    def class_of(token: str) -> str:
        first = token[0]
        if first.isdecimal():
            return chr(NUMBER)
        if not first.isalpha() and first != "'":
            return _MARKS.get(token, chr(STOP))
        if token not in nouns:
            for derived, derivations in endings.items():
                if token.endswith(derivations):
                    return derived
        return chr(WORD)

    return lexicon.WordCodes(words, class_of)


class WordClasses:
    """The word classes of one language, compiled once per process."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "names")
        self._months, _ = _calendar(code)
        self._small_months = _small_months(code)
        self._initial = {word: char for part, char in _CLASSES for word in data.get("initial", {}).get(part, ())}
        self._table = word_codes(code)
        opening = data.get("opening", {})
        self._common = frozenset(opening.get("words", ()))
        self._common_endings = tuple(opening.get("endings", ()))
        self._people = frozenset(word for part in ("persons", "groups") for word in data.get("heads", {}).get(part, ()))
        self._titles = frozenset(data.get("marks", {}).get("titles", ()))
        self._places = gazetteer.places(code)
        self._elides = lexicon.reader(code).typography.elides

    def read(self, document: Document, clauses: Clauses) -> Codes:
        """The class of each token: a name's capital makes it `CAPITAL`, its clause a verb.

        A stop is added, so that edges need no care.
        """
        codes = bytearray(self._table.of(document), "ascii")
        codes.append(STOP)
        if len(codes) > 1:
            self._mark_names(document, codes)
            _split_dashes(document, codes)
            for ordinal in range(len(document.sentences)):
                self._mark_verbs(document, clauses.of_sentence(ordinal), codes)
        return bytes(codes)

    def _mark_verbs(self, document: Document, clauses: list[Clause], codes: bytearray) -> None:
        """Every token of a verb group gets the code of its kind, so that no phrase runs into it."""
        tokens = document.tokens
        for clause in clauses:
            verb, group = clause.verb, clause.group
            if verb < 0:
                continue
            code = PARTICIPLE if clause.kind is _PARTICIPLE else VERB
            if verb == group:
                compound = codes[verb + 1] == HYPHEN or tokens[verb - 1] == "-"
                if codes[verb] != CAPITAL and not (compound and self._is_part(document, codes, verb)):
                    codes[verb] = code
            elif verb > group + 1 or codes[group] != DETERMINER or not self._is_noun(document, codes, group):
                for index in range(group, verb + 1):
                    if codes[index] != CAPITAL:
                        codes[index] = code
        first = clauses[0].first if clauses else -1
        if first >= 0 and codes[first] == WORD and codes[first + 1] in _BEHIND_SUBJECT:
            self._mark_opening(document, codes, first)

    def _mark_opening(self, document: Document, codes: bytearray, first: int) -> None:
        """A word without an article that opens a sentence as its subject is a name, unless it is known to be none."""
        token, text, start = document.tokens[first], document.text, document.starts[first]
        common = token in self._common or token in self._people or token.endswith(self._common_endings)
        if not common and text[start].isupper() and text[start + 1 : start + 2].islower():
            codes[first] = CAPITAL

    def _mark_names(self, document: Document, codes: bytearray) -> None:
        tokens, text, starts = document.tokens, document.text, document.starts
        capitals = document.capitals
        firsts, upper = set(document.sentence_tokens), set(capitals)
        titles, initial = self._titles, self._initial
        unsure: list[int] = []
        titled: list[int] = []
        inside: set[str] = set()
        for index in capitals:
            token, code = tokens[index], codes[index]
            if token in titles:
                titled.append(index)
            if len(token) > 1 and text[starts[index] + 1].isupper() and _in_capitals(document, index):
                continue
            if index in firsts or tokens[index - 1] in _BEFORE_FIRST:
                if code in _UNSURE or token in initial:
                    unsure.append(index)
            elif code in _OPEN or self._names_inside(document, codes, index, index + 1 in upper, index - 1 in upper):
                codes[index] = CAPITAL
                inside.add(token)
        _join_initials(document, codes, capitals, firsts)
        if not self._elides:
            _join_apostrophes(document, codes, capitals)
        for index in titled:
            name = index + 2 if tokens[index + 1 : index + 2] == ["."] else index + 1
            if name in upper:  # a title opens the phrase of its name, as an article would
                codes[index:name] = bytes((DETERMINER,)) * (name - index)
                codes[name] = CAPITAL
        for index in unsure:
            # *Corvane Industries* tells what *Corvane* is.
            if codes[index] == WORD and codes[index + 1] == CAPITAL and tokens[index] not in self._people:
                inside.add(tokens[index])
        for index in reversed(unsure):
            if codes[index] == DETERMINER and tokens[index] in titles:
                continue
            if tokens[index] in initial and index + 1 in upper:
                codes[index] = initial[tokens[index]]
            elif self._names_first(document, codes, index, upper, inside):
                codes[index] = CAPITAL

    def _names_inside(self, document: Document, codes: bytearray, index: int, followed: bool, opened: bool) -> bool:
        """Whether a capital inside a sentence, on a word of a closed class, is that of a name."""
        if codes[index] == TIME:  # a surname behind a first name (*Ruth March*), not a date
            known = document.tokens[index] in self._months
            if known and self._small_months:  # *Mars* is no month where months are written small
                return True
            named = codes[index - 1] == CAPITAL or (opened and codes[index - 1] == WORD)
            return known and named and codes[index + 1] != NUMBER
        if codes[index] in (DETERMINER, LINKER) and followed:  # *Le Havre*, *De Gendt*, *The Courier*
            return document.text[document.ends[index] - 1].islower()
        return (codes[index - 1] == CAPITAL and codes[index] == DETERMINER) or _shouted(document, index)

    def _names_first(self, document: Document, codes: bytearray, index: int, upper: set[int], inside: set[str]) -> bool:
        """Whether the capital of a first word is that of a name: another one follows, or the word has one elsewhere."""
        token, code = document.tokens[index], codes[index]
        if code not in _OPEN:
            return code in (PRONOUN, SUBORDINATOR) and _shouted(document, index)
        if code == NUMBER:
            return False
        following = index + 2 if codes[index + 1] == HYPHEN else index + 1
        return (
            token in inside
            or token in self._places
            or (following in upper and codes[following] == CAPITAL)
            or _shouted(document, index)
        )

    def _is_part(self, document: Document, codes: bytearray, verb: int) -> bool:
        """Whether the verb is a part of a compound (*lieu-dit*, *porte-parole*)."""
        if codes[verb + 1] == HYPHEN and codes[verb + 2] == WORD and codes[verb + 3 : verb + 4] != b"-":
            return True
        return verb > 1 and document.tokens[verb - 1] == "-" and codes[verb - 2] == WORD

    def _is_noun(self, document: Document, codes: bytearray, article: int) -> bool:
        """Whether the verb behind an article is a noun (*dans l'est*, *les secours*)."""
        return document.tokens[article + 1] in self._people or (article > 0 and codes[article - 1] in b"ld")


@cache
def word_classes(code: str) -> WordClasses:
    """The word classes of a language."""
    return WordClasses(code)


def _shouted(document: Document, index: int) -> bool:
    """Whether the token is an acronym: all in capitals, in a sentence that is not."""
    text, start, end = document.text, document.starts[index], document.ends[index]
    if end - start < 2 or not text[start:end].isupper() or not text[end - 1].isalpha():
        return False
    return not _in_capitals(document, index)


def _in_capitals(document: Document, index: int) -> bool:
    """Whether what stands around the token is all in capitals, so that its own tell nothing."""
    text, start, end = document.text, document.starts[index], document.ends[index]
    return (text[max(0, start - _AROUND) : start] + text[end : end + _AROUND]).isupper()


def _join_initials(document: Document, codes: bytearray, capitals: list[int], firsts: set[int]) -> None:
    """*John F. Kennedy*, *the U.S. Army*: a full stop behind an initial belongs to it, unless it ends a sentence."""
    starts, ends, tokens = document.starts, document.ends, document.tokens
    for index in capitals:
        stop = index + 1
        if codes[stop] != STOP or stop == len(tokens) or tokens[stop] != "." or starts[stop] != ends[index]:
            continue
        within = codes[stop + 1] == CAPITAL and starts[stop + 1 : stop + 2] == [ends[stop]]  # *U.|S.*
        if within:
            codes[index] = CAPITAL
        if codes[index] == CAPITAL and (within or (ends[index] - starts[index] == 1 and stop + 1 not in firsts)):
            codes[stop] = CAPITAL


def _join_apostrophes(document: Document, codes: bytearray, capitals: list[int]) -> None:
    """*N'Djamena*, *O'Brien* are names in both parts, where an apostrophe opens a token."""
    for index in capitals:
        if codes[index + 1] == WORD and document.tokens[index + 1][0] == "'":
            second = document.starts[index + 1] + 1
            if document.text[second : second + 1].isupper():
                codes[index] = codes[index + 1] = CAPITAL


def _split_dashes(document: Document, codes: bytearray) -> None:
    """A hyphen with white space on a side is a stop."""
    starts, ends = document.starts, document.ends
    at = codes.find(HYPHEN)
    while at >= 0:
        if not (0 < at < len(starts) - 1 and ends[at - 1] == starts[at] and ends[at] == starts[at + 1]):
            codes[at] = STOP
        at = codes.find(HYPHEN, at + 1)
