"""Sources: what is so *according to* somebody, and what is somebody's opinion.

Reads the cues that name a source without a verb of saying; verbs are read by `statements`.
"""

import re

from etl.extraction.attribution.speakers import SPEAKING, Speaker, Speakers, Statement, spoken
from etl.extraction.attribution.surroundings import Known, Surroundings
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Span
from etl.extraction.names import PERSON, Phrase
from etl.extraction.names_words import COMMA, DETERMINER, LINKER, NUMBER, PREPOSITION, QUOTE

_PARTICIPLE = ClauseKind.PARTICIPLE
_GOES_ON = (NUMBER, DETERMINER, PREPOSITION, LINKER)
"""What a clause goes on with behind an insertion."""
_TITLE_OPENS = re.compile(b'[Dd]?"')
"""Before a name in quotation marks (*selon le « Monde »*)."""


class SourceReader(Surroundings):
    """Reads the sources of one document."""

    def __init__(self, known: Known, speakers: Speakers) -> None:
        super().__init__(known)
        self._speakers = speakers

    def according(self, cue: int, cue_end: int, name: int, earlier: list[Statement]) -> Statement | None:
        """*Selon X* before, behind or inside what X says; `name`: the first token that may be the speaker's.

        `earlier`: the statements before it in the sentence.
        """
        tokens, codes = self._document.tokens, self._codes
        if cue_end >= len(tokens):
            return None
        first, end = self._sentence(cue)
        if tokens[cue_end] in self._cues.disjunctive:
            speaker, last = self._speakers.by_pronoun(cue), cue_end + 1
        else:
            ahead = self._syntax.phrases(self._syntax.ordinal(cue), name - 2, end)
            phrase = next((each for each in ahead if each.end > name), None)
            if phrase is None or tokens[phrase.head] in self._cues.not_claimants:
                return None
            if phrase.start > cue_end and not _TITLE_OPENS.fullmatch(codes, cue_end, phrase.start):
                return None
            speaker, last = self._speakers.behind(phrase), self._with_makers(phrase)
            if last > phrase.extent:
                span = Span(speaker.span.start, self._document.ends[last - 1])
                speaker = Speaker(span, speaker.phrases)
            else:
                last = self._document.token_at(speaker.span.end - 1) + 1
            if codes[last] == QUOTE and codes[phrase.start - 1] == QUOTE:
                last += 1
        if cue <= first + 2 or self._opens(cue, last):
            return spoken(cue, last, last, self._end(last + 1, end), speaker)
        begin = self._restart(first, cue, earlier)
        inserted = codes[cue - 1] == COMMA and codes[last] == COMMA
        if inserted and self._finite(begin, cue):  # *réunissait, selon X, 300 élus*, not *…, selon X, ce qui …*
            inserted = codes[last + 1] in _GOES_ON and not self._finite(last + 1, end)
        return spoken(cue, last, begin, end if inserted else cue, speaker)

    def _opens(self, cue: int, last: int) -> bool:
        """Whether the cue stands at the head of a clause within its sentence (*…; selon X, …; mais, selon X, …*)."""
        tokens, codes = self._document.tokens, self._codes
        before = cue - 1 if codes[cue - 1] == COMMA else cue
        if codes[last] != COMMA:
            return False
        return tokens[before - 1] == ";" or (before < cue and tokens[before - 1] in self._cues.restart)

    def tally(self, noun: int) -> Statement | None:
        """What a count says that somebody gives (*le bilan communiqué par la préfecture fait état de …*)."""
        phrase = self._names.starting_before(noun)
        if phrase is None or phrase.head != noun or self._syntax.governed(phrase):
            return None
        _, end = self._sentence(noun)
        codes = self._codes
        last = phrase.extent
        last += last < end and codes[last] == COMMA
        clause = self._clauses.at(min(last, end - 1))
        if clause.kind is _PARTICIPLE and last <= clause.group <= last + 1:
            for each in self._phrases_between(last + 1, clause.end):
                if COMMA in codes[last + 1 : each.start]:
                    return None
                if self._document.tokens[self._syntax.before(each)] in self._cues.agent:
                    speaker = self._speakers.behind(each)
                    return Statement(phrase.start, each.extent, each.extent, self._end(each.extent, end), speaker)
            return None
        for each in self._phrases_between(phrase.first, phrase.extent)[1:2]:
            if each.kind in SPEAKING and each.extent == phrase.extent:
                return Statement(phrase.start, last, last, self._end(last, end), self._speakers.told(each))
        return None

    def opinion(self, cue: int) -> Statement | None:
        """*Pour X, …* at the head of a sentence."""
        _, end = self._sentence(cue)
        for phrase in self._phrases_between(cue + 1, end)[:1]:
            alone = phrase.start == cue + 1 and self._codes[phrase.extent] == COMMA
            if alone and phrase.kind in SPEAKING:
                return Statement(cue, phrase.extent, phrase.extent + 1, end, self._speakers.behind(phrase))
        return None

    def _with_makers(self, phrase: Phrase) -> int:
        """The phrase's end with *publiée vendredi par l'institut*, which tells who stands behind a document."""
        last = phrase.extent
        if last >= len(self._document.tokens) or phrase.kind is PERSON:
            return last
        clause = self._clauses.at(last)
        if clause.kind is not _PARTICIPLE or clause.group != last:
            return last
        tokens, before = self._document.tokens, self._syntax.before
        for each in self._phrases_between(last + 1, clause.end):
            if COMMA in self._codes[last : each.start]:
                break
            if tokens[before(each)] in self._cues.agent:
                return each.extent
        return last

    def _restart(self, first: int, cue: int, earlier: list[Statement]) -> int:
        """Where the statement before *selon X* starts: behind another such cue, a stop, or an independent clause."""
        tokens, codes = self._document.tokens, self._codes
        begin = self._back_to(first, cue)
        if earlier and begin < earlier[-1].cue_end < cue:
            begin = earlier[-1].cue_end
            comma = codes.rfind(COMMA, begin, cue - 1)
            if earlier[-1].first <= cue < earlier[-1].end and comma >= 0 and not self._finite(comma, cue):
                return comma + 1  # *compte 900 marcheurs, contre 300 selon la police*
        for at in range(cue - 1, begin, -1):
            starts = tokens[at] in self._cues.restart and codes[at - 1] == COMMA
            if starts and self._finite(at, cue) and self._finite(begin, at):
                return at + 1
        return begin
