"""The words of figures, compiled once per process: phrases and stems that the other modules of this room look up.

Only tables and their look-ups belong here; what a match means is decided where it is asked for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from babel import Locale, UnknownLocaleError

from etl.extraction import lexicon
from etl.extraction.lexicon import Table, WordCodes
from etl.extraction.names_words import BRACKET, COMMA, GENITIVE, QUOTE, SIGN, STOP, WORD, word_codes
from etl.extraction.numbers import ONE, number_words
from etl.extraction.text import Document, normalise

T = TypeVar("T")

STEM = "*"
"""At the end of a word in the data: any word that starts so."""


def stems(entries: Iterable[tuple[str, T]]) -> Table[T | None]:
    """Words and stems (`reach*`) → values; whatever matches none is None. A full word goes before a stem."""
    exact: dict[str, T | None] = {}
    prefixes: dict[str, T] = {}
    for word, value in entries:
        if word.endswith(STEM):
            prefixes.setdefault(word[:-1], value)
        else:
            exact.setdefault(word, value)
    longest = max(map(len, prefixes), default=0)

    def by_prefix(word: str) -> T | None:
        for length in range(min(longest, len(word)), 1, -1):
            if (value := prefixes.get(word[:length])) is not None:
                return value
        return None

    return Table(exact, by_prefix)


class _Last(Generic[T]):
    """The phrases that end in one word: its own value, and the longer phrases by the word before it."""

    def __init__(self, phrases: list[tuple[tuple[str, ...], T]]) -> None:
        self.alone: T | None = next((value for words, value in phrases if not words), None)
        by_second: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for words, value in phrases:
            if words:
                by_second.setdefault(words[-1], []).append((words[:-1], value))
        for found in by_second.values():
            found.sort(key=lambda phrase: -len(phrase[0]))
        self.longer = stems(by_second.items())


class Endings(Generic[T]):
    """Phrases looked up from their last token backwards, the longest first; their words may be stems.

    `by_last` is None for a token that ends none.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        by_last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for words, value in phrases:
            by_last.setdefault(words[-1], []).append((tuple(words[:-1]), value))
        self.by_last = stems((word, _Last(found)) for word, found in by_last.items())

    def before(self, tokens: Sequence[str], end: int) -> tuple[int, T] | None:
        """First token and value of the phrase that ends right before token `end`, or None."""
        if end <= 0 or (last := self.by_last[tokens[end - 1]]) is None:
            return None
        if end > 1:
            for words, value in last.longer[tokens[end - 2]] or ():
                first = end - 2 - len(words)
                if first >= 0 and all(map(_fits, words, tokens[first : end - 2])):
                    return first, value
        return None if last.alone is None else (end - 1, last.alone)


class Beginnings(Generic[T]):
    """Phrases looked up from their first token onwards, the longest first; `by_first` holds them by that token.

    The tokens must go on with empty ones beyond their text.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        self.by_first: dict[str, tuple[list[T], dict[str, list[tuple[list[str], T]]]]] = {}
        for words, value in phrases:
            alone, longer = self.by_first.setdefault(words[0], ([], {}))
            if len(words) == 1:
                alone.append(value)
            else:
                longer.setdefault(words[1], []).append((list(words), value))
        for _, longer in self.by_first.values():
            for found in longer.values():
                found.sort(key=lambda phrase: -len(phrase[0]))

    def at(self, tokens: Sequence[str], first: int) -> tuple[int, T] | None:
        """End token and value of the longest phrase that starts at the token, or None."""
        return next(iter(self.all_at(tokens, first)), None) if tokens[first] in self.by_first else None

    def all_at(self, tokens: Sequence[str], first: int) -> list[tuple[int, T]]:
        """Every phrase that starts at the token, the longest first."""
        if (phrases := self.by_first.get(tokens[first])) is None:
            return []
        found, second = [], first + 1
        for words, value in phrases[1].get(tokens[second], ()):
            end = first + len(words)
            if tokens[first:end] == words:
                found.append((end, value))
        for value in phrases[0]:
            found.append((second, value))
        return found


def _fits(word: str, token: str) -> bool:
    return token.startswith(word[:-1]) if word.endswith(STEM) else token == word


class Sides:
    """Words seen from several sides at once: a document's tokens are coded once, and read from each side as letters."""

    def __init__(self, sides: Sequence[Callable[[str], str]]) -> None:
        self._sides = sides
        self._codes: dict[tuple[str, ...], str] = {}
        self._letters: list[dict[int, str]] = [{} for _ in sides]
        self._words = WordCodes({}, self._code_of)

    def _code_of(self, word: str) -> str:
        seen = tuple(side(word) for side in self._sides)
        code = self._codes.setdefault(seen, chr(len(self._codes) + 1))
        for letters, letter in zip(self._letters, seen, strict=True):
            letters[ord(code)] = letter
        return code

    def of(self, document: Document) -> list[str]:
        """A string for each side, with a letter for each token."""
        codes = self._words.of(document)
        return [codes.translate(letters) for letters in self._letters]


_SEEN_AS = {**dict.fromkeys(map(chr, (COMMA, QUOTE, BRACKET, SIGN)), chr(STOP)), chr(GENITIVE): chr(WORD)}
"""Classes of words that are not told apart here."""

_STRONG = frozenset('.;:!?()«»“”"')
"""Marks that a predicate does not reach across."""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """`quantities.toml` and `measures.toml` of a language, compiled."""

    sides: Sides
    """What a word is to a number; its class; `m` for words of a measure, `o` for objects that take or tell one, `|` for
    marks between predicates; `+` for words of a change."""
    before: Endings[str]
    after: Beginnings[str]
    across: frozenset[str]
    """Words of bounds that are prepositions right behind what another figure counts."""
    negations: frozenset[str]
    negated: Mapping[str, str]
    skipped: frozenset[str]
    coordinations: frozenset[str]
    subsets: Endings[bool]
    subset_ends: frozenset[str]
    """The last words of `subsets`."""
    additional: Beginnings[bool]
    additional_before: Endings[bool]
    anaphora: frozenset[str]
    comparisons: frozenset[str]
    moves: Table[bool | None]
    labels: frozenset[str]
    pure: frozenset[str]
    pronouns_before: frozenset[str]
    callers: frozenset[str]
    """Words before a number, and `ranking` after it, that may make it no figure: all others need no closer look."""
    ranking: frozenset[str]
    following: frozenset[str]
    """Words after a number that may make more of it than a count: a range, a bound, an addition, a part of a whole."""
    months: frozenset[str]
    days: frozenset[str]
    addresses: frozenset[str]
    homographs: frozenset[str]
    scores: frozenset[str]
    excluded: frozenset[str]
    before_excluded: frozenset[str]
    says: frozenset[str]
    relatives: frozenset[str]
    speakers: frozenset[str]
    no_wholes: frozenset[str]
    dies: Table[bool | None]
    rates: frozenset[str]
    per: frozenset[str]
    indefinites: frozenset[str]
    share_verbs: Table[bool | None]
    elided: frozenset[str]
    levels: Table[bool | None]
    copulas: Table[bool | None]
    money_objects: Table[bool | None]
    links: frozenset[str]
    ties: frozenset[str]
    adverbial: frozenset[str]
    empty: frozenset[str]
    irregular_plurals: frozenset[str]
    singulars: frozenset[str]
    singular_endings: tuple[str, ...]
    measures: Table[str | None]
    counted: Table[str | None]
    pairs: Mapping[str, Table[str | None]]
    multiples: Mapping[str, float]
    """Multiplying verbs and adverbs → factor."""
    times: frozenset[str]
    """Nouns of multiples (two times more), and what stands after them for a change."""
    multiplied: Table[str | None]
    factors: frozenset[str]
    """Between a verb of multiplying and its factor (multiplié par trois)."""
    share_of: Endings[bool]
    single: str
    """The kind of the word that is one and no article."""
    dimensions: frozenset[str]
    change: Table[str | None]
    change_by: frozenset[str]
    head_first: bool
    linkers: frozenset[str]
    possessives: frozenset[str]
    bare_linkers: frozenset[str]
    joining: frozenset[str]
    past_endings: tuple[str, ...]
    no_nouns: frozenset[str]
    gerunds: tuple[str, ...]
    modifying: tuple[str, ...]
    """Gerunds and past forms, which may stand before a noun."""
    participles: tuple[str, ...]
    participle_forms: tuple[str, ...]
    """Their endings, with those of their plurals."""
    stuff: frozenset[str]
    subject_pronouns: frozenset[str]
    lengths: frozenset[str]
    place_before: frozenset[str]
    place_after: frozenset[str]
    measured: Endings[str]


_LENGTHS = frozenset(("mm", "cm", "m", "km", "[mi_i]", "[ft_i]", "[yd_i]", "[nmi_i]"))

ONE_WORD, COUNTED, PERSON, ONLY, MULTIPLE = "unpev"
"""Kinds beside those of `numbers`: a "one" that is no article, the nouns that make a figure of an article, and verbs
and adverbs of multiples (doubled, threefold)."""


@cache
def figure_words(code: str) -> FigureWords:
    """The compiled words of a language."""
    tokenise = lexicon.reader(code).tokenise_phrase
    quantities, measures = lexicon.data(code, "quantities"), lexicon.data(code, "measures")
    bounds, context = quantities.get("bounds", {}), quantities.get("context", {})
    called, ones, levels = quantities.get("names", {}), quantities.get("ones", {}), quantities.get("levels", {})
    plurals, heads = quantities.get("plurals", {}), lexicon.data(code, "names").get("heads", {})

    def phrases(table: Mapping[str, Sequence[str]]) -> list[tuple[list[str], str]]:
        return [(_words(tokenise(phrase)), value) for value, said in table.items() for phrase in said]

    def listed(part: Mapping[str, Sequence[str]], key: str) -> frozenset[str]:
        return frozenset(part.get(key, ()))

    def flags(part: Mapping[str, Sequence[str]], key: str) -> list[tuple[list[str], bool]]:
        return [(_words(tokenise(phrase)), True) for phrase in part.get(key, ())]

    def marked(part: Mapping[str, Sequence[str]], key: str) -> Table[bool | None]:
        return stems((word, True) for word in part.get(key, ()))

    numbers = number_words(code)
    participles = tuple(plurals.get("participles", ()))
    kinds = dict(numbers.kinds)
    kinds |= dict.fromkeys(ones.get("words", ()), ONE_WORD)
    kinds |= {
        word: kind
        for key, kind in (("nouns", COUNTED), ("persons", PERSON), ("only", ONLY))
        for word in ones.get(key, ())
    }
    months, days = _calendar(code)
    subsets = flags(context, "subsets")
    linkers = listed(lexicon.data(code, "names").get("classes", {}), "linkers")
    additional = Beginnings(flags(context, "additional"))
    kinds |= dict.fromkeys(lexicon.data(code, "numbers").get("multiples", ()), MULTIPLE)
    number_kinds, classes = Table(kinds, numbers.kinds.__getitem__), word_codes(code)
    multiples: dict[str, float] = lexicon.data(code, "numbers").get("multiples", {})
    by_word = stems((word, measure) for measure, words in measures.get("words", {}).items() for word in words)
    counted = stems((word, measure) for measure, words in measures.get("nouns", {}).items() for word in words)
    by_change = measures.get("change", {})
    ways = ("increase", "decrease")
    change = stems((word, way) for way in ways for word in by_change.get(way, ()))
    times = listed(by_change, "times")
    pairs = _pairs(measures.get("pairs", {}))

    def class_of(word: str) -> str:
        return _SEEN_AS.get(classes[word], classes[word])

    def telling(word: str) -> str:
        if by_word[word] is not None:
            return "m"
        return "o" if word in pairs or counted[word] is not None else "|" if word in _STRONG else "."

    def changing(word: str) -> str:
        return "." if change[word] is None and word not in times else "+"

    months |= listed(called, "months")
    callers = months | days | listed(called, "pronouns_before") | listed(called, "labels") | frozenset((".", "°", "º"))
    return FigureWords(
        sides=Sides((number_kinds.__getitem__, class_of, telling, changing)),
        before=Endings(phrases(bounds.get("before", {}))),
        after=Beginnings(phrases(bounds.get("after", {}))),
        across=listed(bounds, "across"),
        negations=frozenset(bounds.get("negated", {}).get("negations", ())),
        negated={said: meant for said, meant in bounds.get("negated", {}).items() if said != "negations"},
        skipped=listed(context, "skipped"),
        coordinations=listed(context, "coordinations"),
        subsets=Endings(subsets),
        subset_ends=frozenset(phrase[-1] for phrase, _ in subsets),
        additional=additional,
        additional_before=Endings(flags(context, "additional_before")),
        anaphora=listed(context, "anaphora"),
        comparisons=listed(context, "comparisons"),
        moves=marked(context, "moves"),
        labels=listed(called, "labels"),
        pure=listed(called, "pure"),
        pronouns_before=listed(called, "pronouns_before"),
        callers=callers | listed(context, "coordinations"),
        ranking=months | numbers.ordinals,
        following=numbers.joiners.union(linkers, additional.by_first, ("-",), *numbers.between.values()),
        months=months,
        days=days,
        addresses=listed(called, "addresses"),
        homographs=listed(called, "homographs"),
        scores=listed(called, "scores"),
        excluded=listed(ones, "excluded"),
        before_excluded=listed(ones, "before_excluded"),
        says=listed(ones, "says"),
        relatives=listed(levels, "relatives"),
        speakers=listed(heads, "persons") | listed(heads, "groups"),
        dies=marked(ones, "dies"),
        no_wholes=listed(context, "no_wholes"),
        rates=listed(levels, "rates"),
        per=listed(context, "per"),
        indefinites=listed(context, "indefinites"),
        share_verbs=marked(levels, "share_verbs"),
        elided=listed(context, "elided"),
        levels=marked(levels, "verbs"),
        copulas=marked(levels, "copulas"),
        money_objects=marked(levels, "money_objects"),
        links=listed(levels, "links"),
        ties=listed(levels, "ties"),
        adverbial=listed(levels, "adverbial"),
        empty=listed(levels, "empty"),
        irregular_plurals=listed(plurals, "irregular"),
        singulars=listed(plurals, "singular"),
        singular_endings=tuple(plurals.get("singular_endings", ())),
        measures=by_word,
        counted=counted,
        pairs=pairs,
        multiples=multiples,
        times=times,
        multiplied=stems((word, way) for way in ways for word in by_change.get("times_" + way, ())),
        factors=listed(by_change, "factors"),
        share_of=Endings(flags(context, "share_of")),
        single=ONE_WORD if ones.get("words") else ONE,
        dimensions=listed(context, "dimensions"),
        change=change,
        change_by=listed(by_change, "by"),
        head_first=bool(quantities.get("head_first", False)),
        possessives=listed(context, "possessives"),
        bare_linkers=listed(context, "bare_linkers"),
        joining=listed(context, "joining"),
        past_endings=tuple(plurals.get("past_endings", ())),
        participles=participles,
        participle_forms=(*participles, *(one + more for one in participles for more in numbers.plural_endings)),
        gerunds=tuple(plurals.get("gerunds", ())),
        modifying=(*plurals.get("gerunds", ()), *plurals.get("past_endings", ())),
        no_nouns=listed(plurals, "no_nouns"),
        stuff=listed(context, "stuff"),
        subject_pronouns=listed(levels, "pronouns"),
        lengths=_LENGTHS,
        place_before=listed(context, "place_before"),
        place_after=listed(context, "place_after"),
        measured=Endings(phrases(bounds.get("measured", {}))),
        linkers=linkers,
    )


def _calendar(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names of months with their short forms, and of days of the week, from CLDR."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return frozenset(), frozenset()
    tables = [locale.months[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    months = {normalise(name).rstrip(".") for table in tables for name in table.values() if not name.isdecimal()}
    return frozenset(months), frozenset(map(normalise, locale.days["format"]["wide"].values()))


def _pairs(described: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, Table[str | None]]:
    """Thing counted → verb → measure, for verbs that say so of certain things only."""
    by_object: dict[str, list[tuple[str, str]]] = {}
    for measure, pair in described.items():
        for thing in pair["objects"]:
            by_object.setdefault(thing, []).extend((verb, measure) for verb in pair["verbs"])
    return {thing: stems(verbs) for thing, verbs in by_object.items()}


def _words(tokens: list[str]) -> list[str]:
    """Tokens of a phrase of the data, with the star of a stem put back onto its word."""
    words: list[str] = []
    for token in tokens:
        if token == STEM and words:
            words[-1] += STEM
        else:
            words.append(token)
    return words
