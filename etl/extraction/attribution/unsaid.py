"""Speech without a verb of saying: headlines that end with their source, quotations beside a name or any other verb.

Verbs of saying are read by `statements`, *according to* by `sources`.
"""

from etl.extraction.attribution.speakers import SPEAKING, Speakers, Statement, spoken
from etl.extraction.attribution.surroundings import Known, Surroundings
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.names import PERSON
from etl.extraction.names_words import CAPITAL, COMMA, NUMBER, QUOTE, STOP, SUBORDINATOR, VERB, WORD

_FINITE = ClauseKind.FINITE
_REACH = 14
"""How many tokens before the end of a headline its source may start."""
_BARRIERS = frozenset((SUBORDINATOR, STOP, COMMA, VERB))


class UnsaidReader(Surroundings):
    """Reads what is said in one document without a verb that says so."""

    def __init__(self, known: Known, speakers: Speakers) -> None:
        super().__init__(known)
        self._speakers = speakers

    def headline(self, first: int, colon: int, end: int) -> Statement | None:
        """A line without a full stop that ends, behind a colon, with who tells of it (*Quake kills ten: officials*)."""
        if colon < end - _REACH or end - first < 3 or self._codes[end - 1] in (STOP, QUOTE):
            return None
        phrases = self._phrases_between(colon + 1, end)
        if len(phrases) != 1 or phrases[0].start != colon + 1 or phrases[0].extent != end:
            return None
        told = self._finite(first, colon) or self._codes.find(NUMBER, first, colon) >= 0
        speaks = told and phrases[0].kind in SPEAKING
        return Statement(colon, end, first, colon, self._speakers.told(phrases[0])) if speaks else None

    def beside_quotation(self, mark: int) -> Statement | None:
        """What a quotation says by whoever any verb names behind it (*« … », sourit la maire*) or before its colon."""
        quotation = self._quotations.at(mark)
        if quotation < 0:
            return None
        opened, close = self._quotations.spans[quotation]
        codes, tokens, verbs = self._codes, self._document.tokens, self._cues.verbs
        if mark == opened and tokens[mark - 1] == ":":
            clause = self._clauses.at(max(mark - 2, 0))
            if (
                0 <= clause.verb < mark
                and clause.kind is _FINITE
                and not clause.subordinate
                and tokens[clause.verb] not in verbs
            ):
                return spoken(clause.group, mark, mark, close + 1, self._speakers.of(clause))
            first, _ = self._sentence(mark)
            if not self._finite(first, mark - 1):  # *Jeanne Colin, riveraine : « … »*
                named = next(iter(self._phrases_between(first, mark - 1)), None)
                if named is not None and named.start == first and self._speakers.can_speak(named):
                    return Statement(first, mark, mark, close + 1, self._speakers.told(named))
        if mark != close:
            return None
        at = close + 2 if codes[close + 1] == COMMA else close + 1
        if codes[at] == WORD and tokens[at] in verbs:
            return self._noun_like(at, opened, close)
        if codes[at] != VERB or tokens[at] in verbs:
            return None
        clause = self._clauses.at(at)
        _, end = self._sentence(close)
        if clause.kind is not _FINITE or clause.group != at or tokens[clause.verb] in verbs or at >= end:
            return None
        inverted = self._speakers.pronoun_behind(clause)
        if inverted >= 0:
            return spoken(at, inverted + 1, opened, close + 1, self._speakers.by_pronoun(inverted))
        for phrase in self._phrases_between(clause.verb + 1, end)[:1]:
            people = phrase.kind in SPEAKING and _BARRIERS.isdisjoint(codes[clause.verb + 1 : phrase.start])
            if people and not self._syntax.governed(phrase):
                return spoken(at, phrase.end, opened, close + 1, self._speakers.behind(phrase))
        return None

    def _noun_like(self, at: int, opened: int, close: int) -> Statement | None:
        """What a quotation says by the name behind a verb that was read as its first word (*…, recalls Ann Lee*)."""
        phrase = self._names.starting_before(at)
        if phrase is None or phrase.first != at or phrase.kind is not PERSON or self._codes[at + 1] != CAPITAL:
            return None
        speaker = self._speakers.told(phrase._replace(start=at + 1, first=at + 1))
        return Statement(at, phrase.end, opened, close + 1, speaker)
