"""The words that name events: each language's `events/*.toml` and `events.toml`, expanded once into surface forms.

Knows how verbs, nouns and idioms of the data become look-ups over tokens. Which of the words found in a text are
events, of what type and when, is read by the modules beside this one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from etl.extraction import clauses, inflection, lexicon
from schemas.vocabulary import EVENT_TYPES


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """What a surface form may be.

    `types`: likeliest first; empty where only arguments tell. `tail`: the words that must follow, articles and
    adverbs between them left out. `reflexive`: only with a reflexive pronoun. `offset`: how many tokens on the word
    stands that names the event. `passive`: only in the passive voice.
    """

    lemma: str
    nominal: bool
    types: tuple[str, ...]
    tail: tuple[str, ...] = ()
    reflexive: bool = False
    offset: int = 0
    passive: bool = False


_Idioms = Mapping[str, tuple[Entry, ...]]


class Word(NamedTuple):
    """What a surface form may be: a verb or a noun alone, or the first word of idioms, by the next of their words.

    `lookalikes`: phrases that look like an event and are none, with the place that the form has in them.
    """

    verbs: tuple[Entry, ...]
    verb_idioms: _Idioms
    nouns: tuple[Entry, ...]
    noun_idioms: _Idioms
    lookalikes: list[tuple[int, list[str]]]

    @property
    def nominal(self) -> bool:
        """Whether it may be a noun that names an event."""
        return bool(self.nouns or self.noun_idioms)


_SKIPPED = frozenset("ADLJX0")
"""Codes of `clauses.toml` that an idiom's words may be parted by: adverbs, determiners, adjectives, negation."""


_MARK = "*"
"""Stands before the word of a noun phrase that names the event, where it is not the first."""


_LINKING, _NAMING = frozenset("~%"), frozenset(".S")
"""Before a preposition, an idiom may take in its object: take *52 diplomats* hostage."""


_PARTED, _CLOSING = 9, ',;:"~%tRBCE'
"""How far behind its verb a particle may stand, and the codes of words that end the object between them: marks,
prepositions, conjunctions."""


EVENT_WORD, SENSE_WORD, BOTH, _OTHER = "e", "s", "b", "."
"""Marks of `Lexis.marks`: words that may name an event, words that tell the type of one."""


def _marked(letters: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, dtype=np.bool_)
    table[list(letters.encode())] = True
    return table


EVENT_WORDS, SENSE_WORDS = _marked(EVENT_WORD + BOTH), _marked(SENSE_WORD + BOTH)


def tokens_of(marks: str, kind: npt.NDArray[np.bool_]) -> list[int]:
    """The tokens whose mark is of the kind, in order."""
    return np.flatnonzero(kind[np.frombuffer(marks.encode("ascii"), dtype=np.uint8)]).tolist()


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

    `entries`: surface form → what it may be. `senses`: lemma → words beside it that give its type. `marks`: one
    character a token that tells which of these know it. `words`, `forms`: the lists of `events.toml` by name, as they
    stand and as the surface forms of their verbs. `borrowing`: lemmas of words that have the type of what they begin,
    hold up or end.

    Of the words that tell types, any number is one integer, by the `bits` of each, so that those of an article are
    counted at once: `speakers`: lemma → type → the words that give it. `topics`: type → the words that speak for it
    wherever they stand, by how loudly each does.
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
        self.senses: dict[str, dict[str, str]] = defaultdict(dict)
        for row in senses.get("senses", ()):
            settled = {word: told for name, told in row["types"].items() for word in self._classes[name]}
            for lemma in _lemmas(row):
                self.senses[lemma] = settled | self.senses[lemma]
        self.borrowing = frozenset(_lemmas(senses.get("borrowing", {"lemmas": ""})))
        self.topical = frozenset(senses.get("topical", {}).get("lemmas", "").split())
        self.flexible: dict[str, frozenset[str]] = defaultdict(frozenset)
        for row in senses.get("flexible", ()):
            for lemma in _lemmas(row):
                self.flexible[lemma] |= frozenset(row["types"])
        open_ = frozenset(_lemmas(senses.get("only_with", {"lemmas": ""})))
        entries = self._expand(open_ | self.topical)
        speaking: dict[str, list[str]] = defaultdict(list)
        for told, words in senses.get("topics", {}).items():
            for word in set(words.split()):
                speaking[word].append(told)
        known = {word for told in self.senses.values() for word in told} | speaking.keys()
        self.bits = {word: 1 << at for at, word in enumerate(sorted(known))}
        self.speakers = {
            lemma: {told: self._set(word for word in words if words[word] == told) for told in set(words.values())}
            for lemma, words in self.senses.items()
        }
        self.topics = {
            told: [
                (LOUD // several, self._set(word for word in listed if len(speaking[word]) == several))
                for several in sorted({len(speaking[word]) for word in listed})
            ]
            for told, words in senses.get("topics", {}).items()
            if (listed := set(words.split()))
        }
        marks = dict.fromkeys(entries, EVENT_WORD) | dict.fromkeys(known, SENSE_WORD)
        self.marks = lexicon.WordCodes(marks | dict.fromkeys(known & entries.keys(), BOTH), lambda word: _OTHER)
        lookalikes: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        for phrase in self._data.get("lookalikes", ()):
            words = self._reader.tokenise_phrase(phrase)
            for at, word in enumerate(words):
                lookalikes[word].append((at, words))
        self.entries = {word: _word(found, lookalikes.get(word, [])) for word, found in entries.items()}
        self.compounds = frozenset(self._data.get("compounds", ""))
        self.singular_compounds = frozenset(self._data.get("singular_compounds", ""))

    def _set(self, words: Iterable[str]) -> int:
        return sum(self.bits[word] for word in words)

    def _words(self, name: str) -> frozenset[str]:
        found = self._data.get(name, "")
        return frozenset(found.split() if isinstance(found, str) else found)

    def _forms(self, name: str) -> frozenset[str]:
        listed = self.words[name]
        verbs = inflection.verbs(self._code).items()
        return frozenset(word for word, readings in verbs if any(form.lemma in listed for form in readings))

    def _expand(self, only_with: frozenset[str]) -> Mapping[str, tuple[Entry, ...]]:
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
            entry = Entry(lemma, False, types, passive=lemma in self._passive)
            for surface in by_lemma.get(lemma, ()):
                found[surface].append(entry)
        for idiom, types in idioms.items():
            reflexive, first, tail = self._parse(idiom)
            entry = Entry(idiom, False, types, tail, reflexive, passive=idiom in self._passive)
            for surface in by_lemma.get(first, ()):
                found[surface].append(entry)
        for lemma, types in nouns.items():
            entry = Entry(lemma, True, types)
            for surface in {lemma, self.plural(lemma)}:
                found[surface].append(entry)
        for phrase, types in phrases.items():
            tokens = self._reader.tokenise_phrase(phrase)
            offset = tokens.index(_MARK) if _MARK in tokens else 0
            first, *rest = (token for token in tokens if token != _MARK)
            entry = Entry(phrase.replace(_MARK, ""), True, types, tuple(rest), offset=offset)
            for surface in {first, self.plural(first)}:
                found[surface].append(entry)
        for entries in found.values():
            entries.sort(key=lambda entry: (-len(entry.tail), not entry.reflexive))
        return {surface: tuple(entries) for surface, entries in found.items()}

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

    def follows(self, tokens: list[str], codes: str, at: int, entry: Entry) -> bool:
        """Whether the idiom's words follow token `at`: at once for nouns, with words skipped between for verbs."""
        tail = entry.tail
        if entry.nominal:
            return tuple(tokens[at + 1 : at + 1 + len(tail)]) == tail
        if len(tail) == 1 and tail[0] in self._parting:
            return tokens[at + 1 : at + 2] == list(tail) or _parted(tokens, codes, at, tail[0])
        end = min(len(tokens), at + 4 + 3 * len(tail))
        at += 1
        parted = len(tail) > 1 and self._codes[tail[0]] in _LINKING
        for word in tail:
            while at < end and tokens[at] != word and (codes[at] in _SKIPPED or (parted and codes[at] in _NAMING)):
                at += 1
            parted = False
            if at >= end or tokens[at] != word:
                return False
            at += 1
        return True


def _parted(tokens: list[str], codes: str, at: int, particle: str) -> bool:
    """Whether a verb has its particle behind its object: turn *two coaches* away."""
    for after in range(at + 2, min(len(tokens), at + _PARTED)):
        if tokens[after] == particle:
            return after + 1 == len(tokens) or codes[after + 1] in _CLOSING
        if codes[after - 1] in _CLOSING:
            return False
    return False


def _word(entries: Iterable[Entry], lookalikes: list[tuple[int, list[str]]]) -> Word:
    alone: dict[bool, tuple[Entry, ...]] = {}
    idioms: dict[bool, dict[str, tuple[Entry, ...]]] = {False: {}, True: {}}
    for entry in entries:
        if entry.tail:
            behind = idioms[entry.nominal]
            behind[entry.tail[0]] = (*behind.get(entry.tail[0], ()), entry)
        else:
            alone[entry.nominal] = (*alone.get(entry.nominal, ()), entry)
    return Word(alone.get(False, ()), idioms[False], alone.get(True, ()), idioms[True], lookalikes)


@cache
def lexis_of(code: str) -> Lexis:
    """The event words of a language, expanded once per process."""
    return Lexis(code)
