"""The words that name events: each language's `events/*.toml` and `events.toml`, expanded once into surface forms.

Knows how verbs, nouns and idioms of the data become look-ups over tokens. Which of the words found in a text are
events, of what type and when, is read by the modules beside this one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import numpy as np

from etl.extraction import clauses, inflection, lexicon
from schemas.vocabulary import EVENT_TYPES


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a surface form may be.

    `types`: likeliest first; empty where only arguments tell. `tail`: the words that must follow, articles and
    adverbs between them left out. `reflexive`: only with a reflexive pronoun. `offset`: how many tokens on the word
    stands that names the event. `passive`: only in the passive voice. `linked`: the verb's object may stand before the
    tail (take *52 diplomats* hostage). `particle`: so it may, or nothing (turn *two coaches* away).

    `settled`: the type, if only words beside it could tell another. `senses`: these words → the type that each gives;
    `speakers`: the other way round, type → words that give it, as one integer by `Lexis.bits`. `borrows`: it has the
    type of what it begins, holds up or ends. `flexible`: types that it has where an article is about them.
    """

    lemma: str
    nominal: bool
    types: tuple[str, ...]
    tail: tuple[str, ...] = ()
    reflexive: bool = False
    offset: int = 0
    passive: bool = False
    linked: bool = False
    particle: bool = False
    settled: str | None = None
    senses: Mapping[str, str] | None = None
    speakers: Mapping[str, int] = field(default_factory=dict)
    borrows: bool = False
    flexible: frozenset[str] = frozenset()


_Idioms = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What a surface form may be: a verb or a noun alone, or the first word of idioms, by the next of their words.

    `linked`: whether one of the verb's idioms is. `particles`: of these idioms, those whose word is a particle, by that
    word. `nominal`: whether it may be a noun that names an event. `lookalikes`: phrases that look like an event and are
    none, with the place that the form has in them, by the word before it in them, or behind it if it is their first.
    """

    verbs: tuple[Entry, ...]
    verb_idioms: _Idioms
    linked: bool
    particles: Mapping[str, Entry]
    nouns: tuple[Entry, ...]
    noun_idioms: _Idioms
    nominal: bool
    lookalikes: Mapping[str, list[tuple[int, list[str]]]]


_MARK = "*"
"""Stands before the word of a noun phrase that names the event, where it is not the first."""


_LINKING = frozenset("~%")
"""Codes of prepositions."""


EVENT, SENSE, CUE, AFTER, SINCE = 1, 2, 4, 8, 16
"""Bits of `Lexis.marks`: words that may name an event, that tell the type of one, its modality, its date by others."""
_CUES = "negative_marks", "planned_marks", "possible_marks", "hypothetical", "pending", "hearsay"
"""The lists of `events.toml` whose words tell the modality of the noun or the verb that they stand by."""
_NONE = ord("@")


def tokens_of(marks: str, kind: int) -> list[int]:
    """The tokens whose mark has the bit, in order."""
    found: list[int] = (np.frombuffer(marks.encode("ascii"), dtype=np.uint8) & kind != 0).nonzero()[0].tolist()
    return found


def _lemmas(row: Mapping[str, str]) -> list[str]:
    """The words that a row is about; an idiom's words are joined by low lines."""
    return [lemma.replace("_", " ") for lemma in row["lemmas"].split()]


def _spread(phrases: Iterable[str], classes: Mapping[str, list[str]]) -> Iterator[str]:
    """The phrases, those with the name of a class of words in braces once for each of its words."""
    for phrase in phrases:
        if "{" not in phrase:
            yield phrase
            continue
        words = [classes[word[1:-1]] if word.startswith("{") else [word] for word in phrase.split()]
        yield from map(" ".join, product(*words))


LOUD = 12
"""How loudly a word speaks for a type; one that speaks for several shares it out."""


class Lexis:
    """The event words of one language.

    `entries`: surface form → what it may be. `marks`: one character a token that tells whether it is one of these, and
    whether it tells types or modalities. `words`, `forms`: the lists of `events.toml` by name, as they stand and as the
    surface forms of their verbs.

    `speaks`: word → the types that it speaks for wherever it stands, and how loudly. `subjects`: the types that any
    word speaks for. Of all words that tell types, any number is one integer, by the `bits` of each, so that those of an
    article are counted at once.
    """

    def __init__(self, code: str) -> None:
        self._code = code
        self._data = lexicon.data(code, "events")
        self.words = lexicon.Table[frozenset[str]]({}, self._words)
        self.forms = lexicon.Table[frozenset[str]]({}, self._forms)
        self._reader = lexicon.reader(code)
        self._codes = clauses.grammar(code).codes
        self._plurals = [(str(end), str(plural)) for end, plural in self._data.get("plurals", ())]
        self._reflexives = self._words("reflexives")
        self._parting = self._words("parting")
        senses = lexicon.data(code, "events/senses")
        self._ambiguous = {
            (lemma, nominal): tuple(row["types"])
            for row in senses.get("ambiguous", ())
            for lemma in _lemmas(row)
            for nominal in ((row["nominal"],) if "nominal" in row else (True, False))
        }
        self._passive = frozenset(senses.get("passive", {}).get("lemmas", "").split())
        self._classes = {name: words.split() for name, words in senses.get("classes", {}).items()}
        self._senses: dict[str, dict[str, str]] = {}
        for row in senses.get("senses", ()):
            settled = {word: told for name, told in row["types"].items() for word in self._classes[name]}
            for lemma in _lemmas(row):
                self._senses[lemma] = settled | self._senses.get(lemma, {})
        self._borrowing = frozenset(_lemmas(senses.get("borrowing", {"lemmas": ""})))
        self.topical = frozenset(senses.get("topical", {}).get("lemmas", "").split())
        self._flexible: dict[str, frozenset[str]] = defaultdict(frozenset)
        for row in senses.get("flexible", ()):
            for lemma in _lemmas(row):
                self._flexible[lemma] |= frozenset(row["types"])
        open_ = frozenset(_lemmas(senses.get("only_with", {"lemmas": ""})))
        speaking: dict[str, list[str]] = defaultdict(list)
        for told, words in senses.get("topics", {}).items():
            for word in set(words.split()):
                speaking[word].append(told)
        self.speaks = {word: tuple((told, LOUD // len(types)) for told in types) for word, types in speaking.items()}
        self.subjects = tuple(told for told, words in senses.get("topics", {}).items() if words.split())
        known = {word for told in self._senses.values() for word in told} | speaking.keys()
        self.bits = {word: 1 << at for at, word in enumerate(sorted(known))}
        self._speakers = {lemma: self._by_type(words) for lemma, words in self._senses.items()}
        entries = self._expand(open_ | self.topical)
        lookalikes: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        for phrase in self._data.get("lookalikes", ()):
            words = self._reader.tokenise_phrase(phrase)
            if len(words) == 1:
                entries.pop(words[0], None)
            else:
                for at, word in enumerate(words):
                    lookalikes[word].append((at, words))
        self.entries = {word: _word(found, lookalikes.get(word, ())) for word, found in entries.items()}
        marks: dict[str, int] = defaultdict(int)
        cues = frozenset[str]().union(*(self.words[name] for name in _CUES))
        dating = (self.words["after"], AFTER), (self.words["since"], SINCE)
        for marked, bit in ((entries.keys(), EVENT), (known, SENSE), (cues, CUE), *dating):
            for word in marked:
                marks[word] |= bit
        self.marks = lexicon.WordCodes(
            {word: chr(_NONE | bits) for word, bits in marks.items()}, lambda word: chr(_NONE)
        )
        self.compounds = frozenset(self._data.get("compounds", ""))
        self.singular_compounds = frozenset(self._data.get("singular_compounds", ""))

    def _by_type(self, words: Mapping[str, str]) -> Mapping[str, int]:
        found: dict[str, int] = defaultdict(int)
        for word, told in words.items():
            found[told] |= self.bits[word]
        return dict(found)

    def _words(self, name: str) -> frozenset[str]:
        found = self._data.get(name, "")
        return frozenset(found.split() if isinstance(found, str) else found)

    def _forms(self, name: str) -> frozenset[str]:
        listed = self.words[name]
        verbs = inflection.verbs(self._code).items()
        return frozenset(word for word, readings in verbs if any(form.lemma in listed for form in readings))

    def _expand(self, only_with: frozenset[str]) -> dict[str, tuple[Entry, ...]]:
        """Surface form of a first word → entries, those with the longest tails first."""
        verbs, nouns, idioms, phrases = self._gather()
        for lemma in only_with:
            (idioms if " " in lemma else verbs)[lemma] = ()
        by_lemma: dict[str, list[str]] = defaultdict(list)
        for surface, forms in inflection.verbs(self._code).items():
            for lemma in {form.lemma for form in forms}:
                by_lemma[lemma].append(surface)
        found: dict[str, list[Entry]] = defaultdict(list)
        for lemma, types in verbs.items():
            entry = self._entry(lemma, False, types)
            for surface in by_lemma.get(lemma, ()):
                found[surface].append(entry)
        for idiom, types in idioms.items():
            reflexive, first, tail = self._parse(idiom)
            entry = self._entry(idiom, False, types, tail, reflexive)
            for surface in by_lemma.get(first, ()):
                found[surface].append(entry)
        for lemma, types in nouns.items():
            entry = self._entry(lemma, True, types)
            for surface in {lemma, self.plural(lemma)}:
                found[surface].append(entry)
        for phrase, types in phrases.items():
            tokens = self._reader.tokenise_phrase(phrase)
            offset = tokens.index(_MARK) if _MARK in tokens else 0
            first, *rest = (token for token in tokens if token != _MARK)
            entry = self._entry(phrase.replace(_MARK, ""), True, types, tuple(rest), offset=offset)
            for surface in {first, self.plural(first)}:
                found[surface].append(entry)
        for entries in found.values():
            entries.sort(key=lambda entry: (-len(entry.tail), not entry.reflexive))
        return {surface: tuple(entries) for surface, entries in found.items()}

    def _entry(
        self,
        lemma: str,
        nominal: bool,
        types: tuple[str, ...],
        tail: tuple[str, ...] = (),
        reflexive: bool = False,
        offset: int = 0,
    ) -> Entry:
        borrows, flexible = lemma in self._borrowing, self._flexible.get(lemma, frozenset())
        return Entry(
            lemma,
            nominal,
            types,
            tail,
            reflexive,
            offset,
            passive=not nominal and lemma in self._passive,
            linked=len(tail) > 1 and self._codes[tail[0]] in _LINKING,
            particle=not nominal and len(tail) == 1 and tail[0] in self._parting,
            settled=types[0] if len(types) == 1 and not (borrows or flexible) else None,
            senses=self._senses.get(lemma),
            speakers=self._speakers.get(lemma, {}),
            borrows=borrows,
            flexible=flexible,
        )

    def _gather(self) -> tuple[dict[str, tuple[str, ...]], ...]:
        """Lemmas of verbs, nouns, verbal idioms and noun phrases → types."""
        kinds: tuple[dict[str, tuple[str, ...]], ...] = ({}, {}, {}, {})
        for event_type in EVENT_TYPES:
            data = lexicon.data(self._code, f"events/{event_type.lower()}")
            listed: tuple[Iterable[str], ...] = (
                data.get("verbs", "").split(),
                data.get("nouns", "").split(),
                _spread(data.get("phrases", ()), self._classes),
                _spread(data.get("noun_phrases", ()), self._classes),
            )
            for kind, lemmas in zip(kinds, listed, strict=True):
                for lemma in lemmas:
                    kind[lemma] = (*kind.get(lemma, ()), event_type)
        for kind, nominal in zip(kinds, (False, True, False, True), strict=True):
            for lemma, types in kind.items():
                ordered = self._ambiguous.get((lemma, nominal), ())
                kind[lemma] = tuple(dict.fromkeys((*ordered, *types)))
        for name, hyphened in list(kinds[1].items()):
            if len(self._reader.tokenise_phrase(name)) > 1:
                kinds[3].setdefault(name, hyphened)
                del kinds[1][name]
        return kinds

    def pluperfect(self, code: str, *, passive: bool) -> bool:
        """Whether an auxiliary's code, before an active or a passive verb, puts it before what is being told."""
        return code in self._data.get("pluperfect_passive" if passive else "pluperfect", "")

    def perfect(self, code: str) -> bool:
        """Whether an auxiliary's code makes a perfect that no story is told in."""
        return code in self._data.get("perfect", "")

    def plural(self, noun: str) -> str:
        """The noun's plural by the language's rules of spelling."""
        for ending, plural in self._plurals:
            if noun.endswith(ending):
                return noun[: len(noun) - len(ending)] + plural
        return noun

    def _parse(self, idiom: str) -> tuple[bool, str, tuple[str, ...]]:
        tokens = self._reader.tokenise_phrase(idiom)
        reflexive = tokens[0] in self._reflexives
        first, *rest = tokens[1:] if reflexive else tokens
        return reflexive, first, tuple(word for word in rest if self._codes[word] not in "DL")


def _word(entries: Iterable[Entry], phrases: Iterable[tuple[int, list[str]]]) -> Word:
    alone: dict[bool, tuple[Entry, ...]] = {False: (), True: ()}
    idioms: dict[bool, dict[str, tuple[Entry, ...]]] = {False: {}, True: {}}
    for entry in entries:
        if entry.tail:
            behind = idioms[entry.nominal]
            behind[entry.tail[0]] = (*behind.get(entry.tail[0], ()), entry)
        else:
            alone[entry.nominal] = (*alone[entry.nominal], entry)
    verbal = [entry for told in idioms[False].values() for entry in told]
    linked = any(entry.linked for entry in verbal)
    particles = {entry.tail[0]: entry for entry in verbal if entry.particle}
    lookalikes: dict[str, list[tuple[int, list[str]]]] = {}
    for at, words in phrases:
        lookalikes.setdefault(words[at - 1 if at else 1], []).append((at, words))
    nominal = bool(alone[True] or idioms[True])
    return Word(alone[False], idioms[False], linked, particles, alone[True], idioms[True], nominal, lookalikes)


@cache
def lexis_of(code: str) -> Lexis:
    """The event words of a language, expanded once per process."""
    return Lexis(code)
