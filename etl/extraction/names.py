"""Names: the noun phrases of a text that say who or what: people, organisations, groups, places, things.

Finds phrases by the classes of their words (`names_words`), and tells what their heads name. The words are data in
`etl/languages/<code>/names.toml`; who says what belongs in `attribution`, who does what in `events.participants`.
"""

import re
from bisect import bisect_right
from enum import StrEnum
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from etl.extraction import gazetteer, lexicon
from etl.extraction.clauses import Clauses
from etl.extraction.names_words import CAPITAL, GENITIVE, HYPHEN, LINKER, STOP, WORD, word_classes
from etl.extraction.text import Document


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


PERSON, PLACE, ORGANISATION, GROUP, NAME, THING = Kind
# By themselves, since reading a member off its class costs five times as much.
PEOPLE = frozenset((PERSON, GROUP, ORGANISATION, NAME))


class Phrase(NamedTuple):
    """Tokens `first` to `end` (exclusive), without the article and numbers that open it, which start at `start`.

    `head` is the token that tells the kind: a noun, or the first token of a name. `extent` is where the complements
    end that hang on the phrase (*élus | de la région de Nantes*); `end` if none do.
    """

    first: int
    end: int
    head: int
    kind: Kind
    start: int
    extent: int


# A phrase: article, number, then (as group 1) adjectives, a noun or a name, and what follows it without a break.
# What may stand before the noun is bounded, so that a run of it without a noun is not read again from every token.
_PHRASE = re.compile(
    rb"(?=[DdqA%wCv])(?:[Dd]{1,4}x?)?(?:%?q(?:[.,]?q){0,8}%?(?:[dD]{0,3}|-))?(?:[qDA]-t(?:-A)?)?"
    rb"((?:A-?){0,6}(?:[wC]|(?<=[qDdA])v)(?:-?[wC]|-?A(?!t)|-[Dldc](?=-|C)|-q|q(?![.,%]?[wCAqt%]))*"
    rb"|(?<=D)A(?![twCAqvD%]))"
)
# A run: what no phrase reaches beyond, nor hangs on anything beyond.
_RUN = re.compile(r'[DdqA%wCv][^VRPlc.,("]*(?:(?:(?<=q)[.,](?=[wCAqt%])|(?<=-)[lc](?=[-C]))[^VRPlc.,("]+)*')


class _Place(NamedTuple):
    """Where a phrase stands in its run: as in `Phrase`, counted from the run's first token."""

    first: int
    end: int
    head: int
    """-1 where the words must tell it, since one of them is a name."""
    start: int
    extent: int


def _places(run: bytes, head_first: bool) -> tuple[_Place, ...]:
    """The phrases of a run by its classes alone, in order."""
    find_word = run.find if head_first else run.rfind
    found: list[_Place] = []
    next_start = next_extent = next_whole = -1
    for match in reversed(list(_PHRASE.finditer(run))):
        (start, stop), (inner, _) = match.regs
        behind = run[stop] if stop < len(run) else STOP
        # Complements hang on what they follow, so that reading backwards finds each extent in one step.
        extent = next_whole if next_start == stop and behind == LINKER else stop
        # What a complement owns is part of it: *the head of the fishermen's union*.
        owns = next_start == stop + 1 and behind == GENITIVE
        next_whole = next_extent if owns else extent
        named = run.find(CAPITAL, inner, stop) >= 0
        head = -1 if named else max(find_word(WORD, inner, stop), inner)
        found.append(_Place(inner, stop, head, start, extent))
        next_start, next_extent = start, extent
    return tuple(reversed(found))


class _Heads:
    """What nouns and names mean in one language, compiled once per process."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "names")
        heads = data.get("heads", {})
        self.titles = frozenset(data.get("marks", {}).get("titles", ()))
        self.persons = frozenset(heads.get("persons", ()))
        self.groups = frozenset(heads.get("groups", ()))
        self.place_nouns = frozenset(heads.get("places", ()))
        self.seated = self.place_nouns | frozenset(heads.get("seated", ()))
        self.first = bool(data.get("head_first", False))
        self.places = gazetteer.places(code)
        self.demonyms = gazetteer.demonyms(code)
        self._trades = tuple(heads.get("trade_endings", ()))
        self._no_trades = frozenset(heads.get("no_trades", ()))
        self._plurals = tuple(data.get("syntax", {}).get("plural_nouns", ()))
        self.nouns: lexicon.Table[Kind] = lexicon.Table({}, self._kind)
        self.names: lexicon.Table[Kind] = lexicon.Table({}, self._kind_of_name)
        self.runs: lexicon.Table[tuple[_Place, ...]] = lexicon.Table({}, self._places)
        """Runs of classes are few beside runs of words, so that nearly all have been read before."""

    def _places(self, run: str) -> tuple[_Place, ...]:
        return _places(run.encode("ascii"), self.first)

    def _kind(self, noun: str) -> Kind:
        if noun in self.persons:
            return PERSON
        if noun in self.groups or noun in self.demonyms:
            return GROUP
        if noun in self.place_nouns:
            return PLACE
        if noun.endswith(self._trades) and noun not in self._no_trades:
            return GROUP if noun.endswith(self._plurals) else PERSON
        return THING

    def _kind_of_name(self, word: str) -> Kind:
        if word in self.places:
            return PLACE
        return self.nouns[word] if word in self.groups or word in self.demonyms else NAME


@cache
def _heads(code: str) -> _Heads:
    return _Heads(code)


_first_of = itemgetter(0)
_FULL_NAME = re.compile(rb"C(?:-?C)+")
_SEVERAL_WORDS = re.compile(rb"C[^-]*C")


class Names:
    """The naming phrases of a document."""

    def __init__(self, document: Document, clauses: Clauses | None = None) -> None:
        self.document = document
        self.clauses = clauses or Clauses(document)
        self._heads = _heads(document.language)
        self._words = word_classes(document.language)
        self.codes = self._words.read(document, self.clauses)
        """The class of each token, one byte each (see `names_words`), and a stop behind the last."""
        self._surnames: frozenset[str] | None = None
        self.by_sentence = self._read()
        """The phrases of each sentence, in text order, never overlapping."""
        self.firsts = [list(map(_first_of, sentence)) for sentence in self.by_sentence]
        """The first token of each phrase, sentence by sentence, to look phrases up by."""
        self.syntax: object = None
        """The syntax derived from the phrases, which rooms share (`names_syntax`)."""

    def _read(self) -> list[list[Phrase]]:
        codes, tokens, heads = self.codes.decode("ascii"), self.document.tokens, self._heads
        runs, nouns = heads.runs, heads.nouns
        new = tuple.__new__  # what a NamedTuple does, without its function: phrases are many
        sentences: list[list[Phrase]] = []
        for low, high in pairwise(self.document.sentence_tokens):
            found: list[Phrase] = []
            for run in _RUN.finditer(codes, low, high):
                places = runs[run[0]]
                if not places:
                    continue
                at = run.start()
                for first, end, head, start, extent in places:
                    if head >= 0:
                        head += at
                        kind = nouns[tokens[head]]
                    elif end - first == 1:
                        head = at + first
                        kind = self._kind_of_word(at + start, head)
                    else:
                        head, kind = self._named(at + start, at + first, at + end)
                    found.append(new(Phrase, (at + first, at + end, head, kind, at + start, at + extent)))
            sentences.append(found)
        return sentences

    def _named(self, start: int, first: int, end: int) -> tuple[int, Kind]:
        """Head and kind of a phrase of several words, one of them capitalised."""
        codes, tokens, heads = self.codes, self.document.tokens, self._heads
        nouns, titles = heads.nouns, heads.titles
        index = end - 2
        while index >= first:
            token = tokens[index]
            # *Saint-Paul* is no saint
            if nouns[token] is PERSON or (token in titles and codes[index + 1] != HYPHEN):
                name = codes.find(CAPITAL, index + 1, end)
                if name >= 0 and tokens[name].isalpha():  # *Sylvie M.* has no title
                    return name, PERSON
                break
            index -= 1
        name = codes.find(CAPITAL, first, end)
        word = codes.find(WORD, first, end) if heads.first else codes.rfind(WORD, first, end)
        common = word < name if heads.first else word > name and codes[end - 1] != CAPITAL
        if word >= 0 and common:
            return word, nouns[tokens[word]]
        if end - name == 1:
            return name, self._kind_of_word(start, name)
        return name, self._kind_of_words(start, name, end)

    def _introduced(self, start: int, first: int) -> Kind | None:
        """The kind of a name by what stands before it."""
        tokens, heads = self.document.tokens, self._heads
        if start < first and not heads.titles.isdisjoint(tokens[start:first]):
            return PERSON
        return PLACE if self.codes[start] == LINKER and start > 0 and tokens[start - 1] in heads.seated else None

    def _kind_of_word(self, start: int, first: int) -> Kind:
        """The kind of a name of one word."""
        document = self.document
        token = document.tokens[first]
        kind = self._introduced(start, first)
        if kind is not None:
            return kind
        kind = self._heads.names[token]
        if kind is PLACE:
            return kind
        if token in self.surnames:
            return PERSON
        return ORGANISATION if document.text[document.starts[first] : document.ends[first]].isupper() else kind

    def _kind_of_words(self, start: int, first: int, end: int) -> Kind:
        """The kind of a name of several words, marks between them included."""
        document, heads = self.document, self._heads
        kind = self._introduced(start, first)
        if kind is not None:
            return kind
        if document.norm[document.starts[first] : document.ends[end - 1]] in heads.places:
            return PLACE
        head = document.tokens[first if heads.first else end - 1]
        if head in heads.groups:
            return ORGANISATION
        if head in heads.place_nouns:
            return PLACE
        if "." in document.tokens[first:end] and document.slice(first, end).isupper():
            return ORGANISATION  # *U.N.*
        codes = self.codes
        return PERSON if codes[first + 1] == CAPITAL or _SEVERAL_WORDS.search(codes, first, end) else NAME

    def is_place(self, phrase: Phrase) -> bool:
        """Whether the phrase can be a place, whatever else it can be (*court*, *hospital*, *centre*)."""
        tokens, nouns = self.document.tokens, self._heads.place_nouns
        if phrase.kind is PERSON:
            return False
        return tokens[phrase.head] in nouns or (self.codes[phrase.head] == CAPITAL and tokens[phrase.end - 1] in nouns)

    @property
    def surnames(self) -> frozenset[str]:
        """Last parts of the document's names of several words, by which it may call their bearers later."""
        if self._surnames is None:
            self._surnames = self._read_surnames()
        return self._surnames

    def _read_surnames(self) -> frozenset[str]:
        places, groups, document = self._heads.places, self._heads.groups, self.document
        tokens, norm, starts, ends = document.tokens, document.norm, document.starts, document.ends
        found: set[str] = set()
        for match in _FULL_NAME.finditer(self.codes):
            first, end = match.span()
            last = tokens[end - 1]
            if last not in groups and norm[starts[first] : ends[end - 1]] not in places:
                found.add(last)
        return frozenset(found)

    @property
    def phrases(self) -> list[Phrase]:
        """Every phrase of the document, in text order."""
        return [phrase for sentence in self.by_sentence for phrase in sentence]

    def starting_before(self, token: int) -> Phrase | None:
        """The last phrase of the token's sentence that starts before it or at it."""
        ordinal = self.document.sentence_of_token(token)
        at = bisect_right(self.firsts[ordinal], token) - 1
        return self.by_sentence[ordinal][at] if at >= 0 else None

    def kind_of_noun(self, noun: str) -> Kind:
        """What a common noun names, by the language's data alone."""
        return self._heads.nouns[noun]
