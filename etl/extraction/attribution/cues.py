"""The cue words of attribution, compiled from a pack's `attribution.toml`.

Words only: how cues are read in a text is told by `statements` and `quotations`.
"""

from functools import cache, reduce
from operator import or_

from etl.extraction import inflection, lexicon
from etl.extraction.attribution.quotations import QUOTATION_MARKS, QUOTE
from etl.extraction.clauses import Tense

SAY, STATE, COUNT, SHOW, HEAR = 1, 2, 4, 8, 16
"""What a verb can do: introduce a statement (*dit que*), have it as its object (*annonce la fermeture*), have just a
figure as its object (*compte 300 morts*), introduce what documents say (*montre que*), or name the source of what
nobody in particular heard (*apprend-on à la mairie*)."""
VERB, PHRASE, OPINION, TALLY, COLON, SEMICOLON, HYPHEN = "vpot:;-"
"""Codes of the words that attribution starts from, beside quotation marks: verbs, words of `phrase_around`, opinion,
nouns for counts that somebody gives; and of the marks that tell where speech starts, ends, or has its speaker."""


class Cues:
    """The cue words of one language, compiled once per process."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "attribution")
        lemmas: dict[str, int] = {}
        for part, role in (("say", SAY), ("state", STATE), ("count", COUNT), ("show", SHOW), ("heard", HEAR)):
            for lemma in data.get(part, "").split():
                lemmas[lemma] = lemmas.get(lemma, 0) | role
        self.verbs = dict(lemmas)
        """Forms of the verbs of saying, with their roles."""
        self.lemmas = {lemma: lemma for lemma in lemmas}
        unheard = data.get("not_hearsay", "").split()
        self.not_hearsay = set(unheard)
        closing = data.get("variants", {})
        opening: dict[str, list[str]] = {words.partition(" ")[0]: [] for words in data.get("state_phrases", ())}
        for surface, forms in inflection.verbs(code).items():
            for form in forms:
                if form.lemma in opening:
                    opening[form.lemma].append(surface)
            if any(form.lemma in unheard for form in forms):
                self.not_hearsay.add(surface)
            roles = [lemmas[form.lemma] for form in forms if form.lemma in lemmas]
            if roles:
                self.verbs[surface] = reduce(or_, roles)
                self.lemmas[surface] = forms[0].lemma
        tokenise = lexicon.reader(code).tokenise_phrase
        self._parts: dict[tuple[str, ...], str] = {}
        places: dict[str, set[tuple[int, int]]] = {}
        for part in ("according_to", "sources", "state_phrases"):
            for words in data.get(part, ()):
                for spelt in _spellings(words, part, opening, closing):
                    phrase = tuple(tokenise(spelt))
                    rarest = max(phrase, key=len)
                    self._parts.setdefault(phrase, part)
                    places.setdefault(rarest, set()).add((len(phrase), phrase.index(rarest)))
        # By its rarest word, how long a cue may be and how far in it the word stands: few, however many the cues are.
        self._places = {word: sorted(found, reverse=True) for word, found in places.items()}
        self.complementisers = frozenset(data.get("complementisers", ()))
        self.not_claimants = frozenset(data.get("not_claimants", ()))
        self.not_speakers = frozenset(data.get("not_speakers", ()))
        self.speaker_pronouns = frozenset(data.get("speaker_pronouns", ()))
        self.opinion = frozenset(data.get("opinion", ()))
        self.disjunctive = frozenset(data.get("disjunctive", ()))
        self.restart = frozenset(data.get("restart", ()))
        self.relatives = frozenset(data.get("relatives", ()))
        self.no_bare = frozenset(data.get("no_bare", "").split())
        self.quoted_as = frozenset(data.get("quoted_as", ()))
        self.agent = frozenset(data.get("agent", ()))
        self.documents = frozenset(data.get("documents", ()))
        self.transitive = frozenset(data.get("transitive", "").split())
        self.evidence = frozenset(data.get("evidence", "").split())
        self.denials = frozenset(data.get("denials", "").split())
        self.impersonal = frozenset(data.get("impersonal", ()))
        self.own = frozenset(data.get("own", ()))
        self.tallies = frozenset(data.get("tallies", "").split())
        self.hearsay = Tense(data["hearsay"]) if "hearsay" in data else None
        self.infinitives = tuple(tuple(tokenise(words)) for words in data.get("infinitives", [""]))
        self.bare_complement = bool(data.get("bare_complement", False))
        words = {mark: mark for mark in (COLON, SEMICOLON, HYPHEN)} | dict.fromkeys(QUOTATION_MARKS, QUOTE)
        words |= dict.fromkeys(self.opinion, OPINION)
        words |= (
            dict.fromkeys(self.tallies, TALLY) | dict.fromkeys(self.verbs, VERB) | dict.fromkeys(self._places, PHRASE)
        )
        self.codes = lexicon.WordCodes(words, lambda _: ".")
        """The code of each word that attribution starts from, and of all others."""

    def phrase_around(self, tokens: list[str], at: int) -> tuple[int, int, str] | None:
        """Start, end and part of the longest cue of several words whose rarest word is the token."""
        for length, before in self._places.get(tokens[at], ()):
            start = at - before
            if start < 0 or start + length > len(tokens):
                continue  # what the text cuts off may be a shorter cue
            part = self._parts.get(tuple(tokens[start : start + length]))
            if part is not None:
                return start, start + length, part
        return None


def _spellings(phrase: str, part: str, opening: dict[str, list[str]], closing: dict[str, list[str]]) -> list[str]:
    """The phrase in all forms of its verb, if it opens with one, or of its last word, if that has several."""
    first, _, behind = phrase.partition(" ")
    before, _, last = phrase.rpartition(" ")
    if part == "state_phrases":
        return [f"{form} {behind}" for form in dict.fromkeys(opening[first])]
    return [f"{before} {form}" for form in closing[last]] if before and last in closing else [phrase]


@cache
def cues_of(code: str) -> Cues:
    """The cue words of a language; a language without a pack has none."""
    return Cues(code)
