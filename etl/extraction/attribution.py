"""Attribution: who says what, as ranges of tokens with their claimant. Shared by quantities and events.

Finds cues (verbs of saying, *according to*, quotation marks) and reads from each who speaks and how far the statement
reaches. Cue words are data in `etl/languages/<code>/attribution.toml`; subjects and pronouns are read by `names_syntax`.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from etl.extraction import inflection, lexicon
from etl.extraction.clauses import Clause, Clauses, Tense
from etl.extraction.clauses import Kind as ClauseKind
from etl.extraction.mentions import Claim, Span
from etl.extraction.names import Kind, Names, Phrase
from etl.extraction.names_syntax import PEOPLE, syntax_of
from etl.extraction.names_words import (
    ADVERB,
    CAPITAL,
    COMMA,
    DETERMINER,
    LINKER,
    NUMBER,
    QUOTE,
    SUBORDINATOR,
    TIME,
    VERB,
)
from etl.extraction.text import Document

_SAY, _STATE = 1, 2
_LONGEST_QUOTE = 600
"""In tokens: a mark without its partner that near was left unclosed."""
_SHORTEST_QUOTE = 3
"""In tokens: fewer are words held at a distance, not speech."""
_REACH = 14
"""How many tokens behind a verb of saying its *that* may stand."""


class _Cues:
    """The cue words of one language."""

    def __init__(self, code: str) -> None:
        data = lexicon.data(code, "attribution")
        say, state = (frozenset(data.get(part, "").split()) for part in ("say", "state"))
        roles = {
            surface: _SAY * any(form.lemma in say for form in forms)
            + _STATE * any(form.lemma in state for form in forms)
            for surface, forms in inflection.verbs(code).items()
        }
        self.verbs = {lemma: _SAY * (lemma in say) + _STATE * (lemma in state) for lemma in say | state}
        self.verbs |= {surface: role for surface, role in roles.items() if role}
        tokenise = lexicon.reader(code).tokenise
        self.phrases = lexicon.Phrases(
            (tuple(tokenise(words + "e")[:-1] if words.endswith("'") else tokenise(words)), part)
            for part in ("according_to", "sources", "state_phrases")
            for words in data.get(part, ())
        )
        self.complementisers = frozenset(data.get("complementisers", ()))
        self.not_claimants = frozenset(data.get("not_claimants", ()))
        self.not_speakers = frozenset(data.get("not_speakers", ()))
        self.speaker_pronouns = frozenset(data.get("speaker_pronouns", ()))
        self.hearsay = frozenset(data.get("hearsay", ()))
        self.hearsay_heads = frozenset(data.get("hearsay_heads", ()))
        self.restart = frozenset(data.get("restart", ()))
        self.documents = frozenset(data.get("documents", ()))
        self.transitive = frozenset(data.get("transitive", "").split())
        self.lemmas = {lemma: lemma for lemma in say | state} | {
            surface: forms[0].lemma for surface, forms in inflection.verbs(code).items() if surface in self.verbs
        }
        self.infinitives = tuple(tuple(tokenise(words)) for words in data.get("infinitives", [""]))
        self.bare_complement = bool(data.get("bare_complement", False))


@cache
def _cues(code: str) -> _Cues:
    return _Cues(code)


class _Statement(NamedTuple):
    """A cue that was read: tokens `cue` to `cue_end` name speaker and saying, `first` to `end` is what is said."""

    cue: int
    cue_end: int
    first: int
    end: int
    speaker: Span


def find_claims(document: Document, clauses: Clauses, names: Names) -> list[Claim]:
    """Every stretch of the document that the text puts in somebody's mouth, in text order."""
    return _Reader(document, clauses, names).claims() if document.tokens else []


class _Reader:
    """Reads one document's cues in order, remembering who spoke last."""

    def __init__(self, document: Document, clauses: Clauses, names: Names) -> None:
        self.document = document
        self.clauses = clauses
        self.names = names
        self.syntax = syntax_of(document, clauses, names)
        self.cues = _cues(lexicon.language_of(document.language) or document.language)
        self.quotes = list(_quotes(document))
        self._opened = [first for first, _ in self.quotes]
        self.last: _Statement | None = None

    def claims(self) -> list[Claim]:
        """All claims: of cues, of quotations, and hearsay."""
        found: list[_Statement] = []
        for statement in self._statements():
            found.append(statement)
            self.last = statement
        claims = [Claim(*part, each.speaker) for each in found for part in self._foreground(each)]
        claims += self._quoted(found)
        claims += self._hearsay()
        return sorted(claims, key=lambda claim: (claim.first, -claim.end))

    def _foreground(self, statement: _Statement) -> Iterator[tuple[int, int]]:
        """What is said, without the relative clauses that the text inserts into it as background."""
        first, end = statement.first, statement.end
        if first >= end:
            return
        inserted, at = -1, first
        for clause in self.clauses.of_sentence(self.document.sentence_of_token(first)):
            if clause.subordinate and inserted < 0 and clause.first > first:
                inserted = clause.first if self.names.codes[clause.first - 1] == COMMA else -1
            elif not clause.subordinate and clause.kind is ClauseKind.FINITE:
                if 0 <= clause.resumes < inserted and clause.first < end and self._relative(inserted):
                    yield at, inserted
                    at = clause.first
                inserted = -1
        yield at, end

    def _relative(self, token: int) -> bool:
        return self.document.tokens[token] in self.syntax.words.relatives

    def _statements(self) -> Iterator[_Statement]:
        tokens, verbs = self.document.tokens, self.cues.verbs
        marks: list[tuple[int, int, str]] = [(at, at + 1, "verb") for at, token in enumerate(tokens) if token in verbs]
        marks += self.cues.phrases.find(tokens)
        for at, end, kind in sorted(marks):
            if kind == "verb":
                statement = self._verb(at, self.cues.verbs[tokens[at]])
            elif kind == "state_phrases":
                statement = self._verb(end - 1, _SAY | _STATE) or self._stated(at, end)
            else:
                statement = self._according(at, end, end if kind == "according_to" else at + 1)
            if statement is not None:
                yield statement

    # Verbs of saying

    def _verb(self, verb: int, role: int) -> _Statement | None:
        clause = self.clauses.at(verb)
        if clause.verb != verb:
            return self._hidden(verb, role)
        light = self.clauses.at(clause.group - 1) if clause.kind is ClauseKind.INFINITIVE and clause.group else clause
        if role == _SAY | _STATE and light.verb == clause.group - 1:  # *a fait savoir* is one verb
            clause = light._replace(verb=verb)
        if clause.kind is ClauseKind.PARTICIPLE or clause.passive:
            return None
        first, end = self._sentence(verb)
        content = self._complement(clause, end) if role & _SAY else -1
        inverted = self._inverted_pronoun(clause)
        if content >= 0:
            colon = self.document.tokens[content - 1] == ":"
            speaker = self._pronoun(inverted) if inverted >= 0 else self._speaker(clause, things=not colon)
            return self._statement(clause.group, content, content, self._end(content, end), speaker)
        if role & _SAY:
            if inverted >= 0:
                return self._backward(clause, first, max(verb, inverted) + 1, self._pronoun(inverted))
            postposed = self._postposed(clause, end)
            if postposed is not None:
                return self._backward(clause, first, postposed.end, self._span(postposed))
            if self.cues.bare_complement and clause.kind is ClauseKind.FINITE:
                bare = self._bare(clause, first, end)
                if bare is not None:
                    return bare
        finite = clause.kind is ClauseKind.FINITE and clause.tense in (Tense.PAST, Tense.PRESENT)
        if role & _STATE and finite and self._counts(verb + 1):
            return self._stated(clause.group, verb + 1)
        return None

    def _counts(self, token: int) -> bool:
        """Whether a figure or a noun follows the verb, not an infinitive (*prévoit de fermer*)."""
        codes = self.names.codes
        while codes[token : token + 1] in (ADVERB, TIME):
            token += 1
        return codes[token : token + 1] not in ("", VERB, LINKER) or codes[token + 1 : token + 2] in (
            NUMBER,
            DETERMINER,
        )

    def _hidden(self, verb: int, role: int) -> _Statement | None:
        """A verb of saying that looks like the last word of its subject (*les experts estiment, opponents argue*)."""
        document, codes = self.document, self.names.codes
        tokens = document.tokens
        phrase = self.names.starting_before(verb)
        if phrase is None or phrase.end != verb + 1 or phrase.first == verb or self.syntax.governed(phrase):
            return None
        head = phrase.head if phrase.head < verb else verb - 1
        named = codes[head] == CAPITAL
        if not named and self.names.kind_of_noun(tokens[head]) not in PEOPLE:
            return None
        speaker = Span(document.starts[phrase.first], document.ends[verb - 1])
        _, end = self._sentence(verb)
        content = verb + 1
        if content >= end:
            return None
        said = tokens[content] in self.cues.complementisers or any(
            words and tuple(tokens[content : content + len(words)]) == words for words in self.cues.infinitives
        )
        if not said and self.cues.bare_complement and role & _SAY:
            said = self._finite(content, end) and codes[content] in "DqwCPA"
        if (said and role & _SAY) or (role & _STATE and codes[content] in "q%"):
            return _Statement(phrase.start, content, content, end, speaker)
        return None

    def _statement(self, cue: int, cue_end: int, first: int, end: int, speaker: Span | None) -> _Statement | None:
        return _Statement(cue, cue_end, first, end, speaker) if speaker is not None else None

    def _complement(self, clause: Clause, end: int) -> int:
        """Where what is said starts behind the verb: at *that*, an infinitive, a colon or a quotation; -1 if nowhere."""
        tokens, codes = self.document.tokens, self.names.codes
        at = clause.verb + 1
        while at < min(end, clause.verb + _REACH):
            if tokens[at] in self.cues.complementisers:
                return at
            if tokens[at] == ":" or (codes[at] == QUOTE and at in self._opened):
                return at + 1
            if codes[at] == VERB:
                opened = self.clauses.at(at)
                if at > clause.verb + 1 or opened.kind is not ClauseKind.INFINITIVE:
                    return -1
                return (
                    at if any(tuple(tokens[at : at + len(words)]) == words for words in self.cues.infinitives) else -1
                )
            if codes[at] in "R.,v" and not (codes[at] == COMMA and at == clause.verb + 1 and self._opens_quote(at + 1)):
                return -1
            at += 1
        return -1

    def _opens_quote(self, token: int) -> bool:
        return token in self._opened

    def _end(self, content: int, end: int) -> int:
        """A statement reaches to the end of its sentence, or of the quotation that it opens."""
        for first, close in self.quotes:
            if content - 1 <= first <= content + 1 and close > end:
                return close
        return end

    def _inverted_pronoun(self, clause: Clause) -> int:
        """The pronoun behind the verb or its auxiliary (*a-t-il ajouté, dit-elle*); -1 if there is none."""
        tokens, known = self.document.tokens, self.cues.speaker_pronouns
        for at in range(clause.group + 1, min(clause.verb + 3, len(tokens))):
            if tokens[at] in known and tokens[at - 1] == "-":
                return at
        return -1

    def _postposed(self, clause: Clause, end: int) -> Phrase | None:
        """The subject behind the verb, where what it says stands before (*…, a annoncé mercredi le ministère*)."""
        codes, group = self.names.codes, clause.group
        first, _ = self._sentence(group)
        quoted = codes[group - 1 : group] == QUOTE or codes[group - 2 : group] == QUOTE + COMMA
        if group == first or not (quoted or codes[group - 1] == COMMA or self._within_quote(group)):
            return None
        subjects = [] if quoted else self._own_subjects(clause)
        for phrase in self.names.of_sentence(self.document.sentence_of_token(clause.verb)):
            if phrase.first <= clause.verb:
                continue
            gap = codes[clause.verb + 1 : phrase.start]
            if SUBORDINATOR in gap or "." in gap or COMMA in gap or VERB in gap or phrase.start >= end:
                return None
            if self.document.tokens[phrase.head] in self.cues.not_speakers:
                named = codes.find(CAPITAL, phrase.first, phrase.end)
                if named >= 0:  # *devant la presse Marie Martin*
                    return phrase._replace(start=named, first=named, head=named, kind=Kind.PERSON)
            elif not self.syntax.governed(phrase):
                if subjects and not self._may_be_speaker(phrase, clause):
                    return None
                return phrase
        return None

    def _may_be_speaker(self, phrase: Phrase, clause: Clause) -> bool:
        """Whether a phrase behind a verb that might have a subject before it looks like its subject all the same."""
        codes, end = self.names.codes, phrase.extent
        return (
            clause.resumes >= 0
            and phrase.kind in (Kind.PERSON, Kind.GROUP, Kind.ORGANISATION)
            and codes[end : end + 1] in ("", ".", COMMA)
            and NUMBER not in codes[phrase.start : phrase.first]
            and self.cues.lemmas[self.document.tokens[clause.verb]] not in self.cues.transitive
        )

    def _own_subjects(self, clause: Clause) -> list[Phrase]:
        """Phrases before the verb that no other main clause needs: *X, chef de Y, a annoncé Z* is not inverted."""
        ordinal = self.document.sentence_of_token(clause.verb)
        others = self.clauses.of_sentence(ordinal)
        if any(
            other.verb >= 0
            and other.verb < clause.group
            and other.kind is ClauseKind.FINITE
            and (not other.subordinate or clause.resumes < 0)
            for other in others
        ):
            return []
        return [phrase for phrase in self.syntax.subject(clause) if phrase.end <= clause.group]

    def _within_quote(self, token: int) -> bool:
        at = bisect_right(self._opened, token) - 1
        return at >= 0 and token < self.quotes[at][1]

    def _backward(self, clause: Clause, first: int, cue_end: int, speaker: Span | None) -> _Statement | None:
        """A statement that stands before its verb, back to the last stop in its sentence."""
        return self._statement(clause.group, cue_end, self._back_to(first, clause.group), clause.group, speaker)

    def _back_to(self, first: int, end: int) -> int:
        tokens = self.document.tokens
        for at in range(end - 2, first, -1):
            clock = tokens[at] == ":" and tokens[at + 1].isdecimal() and tokens[at - 1].isdecimal()
            if tokens[at] in (";", ":") and not clock and not self._within_quote(at):
                return at + 1
        return first

    def _bare(self, clause: Clause, first: int, end: int) -> _Statement | None:
        """*Police said two men were held*, or, with the statement before it, *…, police said.*"""
        codes, group = self.names.codes, clause.group
        speaker = self._speaker(clause)
        if speaker is None:
            return None
        subjects = [phrase.start for phrase in self.syntax.subject(clause) if first <= phrase.start < group]
        pronoun = self._by_pronoun(clause)
        following = self.clauses.at(clause.verb + 1) if clause.verb + 1 < end else None
        later = (other for other in self.clauses.of_sentence(self.document.sentence_of_token(clause.verb)))
        finite = next((other for other in later if other.verb > clause.verb and other.kind is ClauseKind.FINITE), None)
        start = pronoun if pronoun >= 0 else subjects[-1] if subjects else group
        before = codes[start - 1 : start] in (COMMA, QUOTE) or codes[start - 2 : start - 1] == QUOTE
        if before and start > first + 2:
            return _Statement(start, clause.verb + 1, self._back_to(first, start), start, speaker)
        if start <= first + 1 and start > 0 and codes[start - 1] == QUOTE and finite is None:
            return _Statement(start, clause.verb + 1, start, start, speaker)
        if finite is not None and following is not None:
            gap = codes[clause.verb + 1 : finite.group].replace("q,q", NUMBER)
            if COMMA not in gap or gap.startswith(COMMA):
                return _Statement(group, clause.verb + 1, clause.verb + 1, self._end(clause.verb + 1, end), speaker)
        return None

    def _stated(self, cue: int, end: int) -> _Statement | None:
        """A figure that is the object of what somebody counts (*la police a recensé 300 départs de feu*)."""
        clause = self.clauses.at(cue)
        if clause.verb < 0:
            return None
        speaker = self._speaker(clause, things=False)
        _, sentence_end = self._sentence(cue)
        stop = sentence_end
        for other in self.clauses.of_sentence(self.document.sentence_of_token(cue)):
            if other.first > clause.verb and other.kind is ClauseKind.FINITE and not other.subordinate:
                stop = other.first
                break
        for at in range(end, stop):
            if self.document.tokens[at] == ";":
                stop = at
                break
        return self._statement(cue, end, end, stop, speaker)

    # Speakers

    def _speaker(self, clause: Clause, things: bool = True) -> Span | None:
        """The subject of a verb of saying, if it can speak; a pronoun stands for the last speaker."""
        for phrase in self.syntax.subject(clause):
            head = self.document.tokens[phrase.head]
            thing = phrase.kind is Kind.THING and head not in self.cues.documents
            if head in self.cues.not_speakers or (thing and not things):
                continue
            pronoun = self._by_pronoun(clause)
            if pronoun >= 0 and phrase.end <= pronoun:
                return self._pronoun(pronoun)
            return self._span(phrase)
        pronoun = self._by_pronoun(clause)
        return self._pronoun(pronoun) if pronoun >= 0 else None

    def _by_pronoun(self, clause: Clause) -> int:
        """The pronoun that is the subject of a verb of saying; -1 if none is."""
        tokens = self.document.tokens
        low = clause.resumes if clause.resumes >= 0 else clause.first
        found = (at for at in range(clause.verb, low - 1, -1) if tokens[at] in self.cues.speaker_pronouns)
        return next(found, -1)

    def _pronoun(self, token: int) -> Span | None:
        """Whoever spoke last, or the subject of what the text itself told since."""
        document, tokens = self.document, self.document.tokens
        features = self.syntax.words.pronouns.get(tokens[token])
        here = document.sentence_of_token(token)
        said = self.last.cue if self.last else -1
        for ordinal in range(here, max(-1, here - 3), -1):
            topic = self.syntax.topic(ordinal)
            if not topic or topic[0].end > token or self._within_quote(topic[0].first):
                continue
            if topic[0].first < said:
                break
            if topic[0].kind in PEOPLE and (features is None or self.syntax.agrees(topic, features)):
                return self._span(topic[0])
        return self.last.speaker if self.last else None

    def _span(self, phrase: Phrase) -> Span:
        """The speaker as written: a name without its title, a description with its complements."""
        document, names = self.document, self.names
        end = phrase.extent
        first = phrase.first
        if phrase.kind is Kind.PERSON:
            if phrase.head > first and names.codes[phrase.head] == CAPITAL:
                first, end = phrase.head, phrase.end
            elif names.codes[phrase.head] != CAPITAL:
                named = self._apposed(end)
                if named is not None:
                    return self._span(named)
        return Span(document.starts[first], document.ends[end - 1])

    def _apposed(self, end: int) -> Phrase | None:
        """The name that follows a description (*le maire, Yves Martin*)."""
        if self.names.codes[end : end + 1] != COMMA:
            return None
        phrases = self.names.of_sentence(self.document.sentence_of_token(end))
        return next(
            (
                phrase
                for phrase in phrases
                if phrase.start == phrase.first == end + 1
                and phrase.kind is Kind.PERSON
                and self.names.codes[phrase.head] == "C"
            ),
            None,
        )

    # According to

    def _according(self, cue: int, cue_end: int, name: int) -> _Statement | None:
        """*Selon X* before, behind or inside what X says."""
        tokens, codes = self.document.tokens, self.names.codes
        if cue_end >= len(tokens):
            return None
        first, end = self._sentence(cue)
        phrases = self.names.of_sentence(self.document.sentence_of_token(cue))
        phrase = next((each for each in phrases if each.end > name), None)
        speaker: Span | None
        if tokens[cue_end] in self.cues.speaker_pronouns:
            speaker, last = self._pronoun(cue), cue_end + 1
        elif phrase is None or phrase.start > cue_end or tokens[phrase.head] in self.cues.not_claimants:
            return None
        else:
            speaker, last = self._span(phrase), phrase.extent
            start, last = self._with_participle(phrase, last)
            if start:
                speaker = Span(speaker.start, self.document.ends[last - 1])
        if cue <= first + 2:
            return self._statement(cue, last, last, self._end_of_forward(last, end), speaker)
        begin = self._restart(first, cue)
        inserted = codes[cue - 1] == COMMA and codes[last : last + 1] == COMMA and not self._finite(begin, cue)
        return self._statement(cue, last, begin, end if inserted else cue, speaker)

    def _with_participle(self, phrase: Phrase, last: int) -> tuple[bool, int]:
        """With *publiée vendredi par l'institut*, which tells who stands behind a document."""
        if last >= len(self.document.tokens) or phrase.kind is Kind.PERSON:
            return False, last
        clause = self.clauses.at(last)
        if clause.kind is not ClauseKind.PARTICIPLE or clause.group != last:
            return False, last
        inside = [each for each in self.names.of_sentence(self.document.sentence_of_token(last)) if each.start > last]
        agents = [each for each in inside if each.end <= clause.end and (each.kind in PEOPLE or each.extent > each.end)]
        return (True, agents[0].extent) if agents else (False, last)

    def _end_of_forward(self, start: int, end: int) -> int:
        return self._end(start + 1, end)

    def _restart(self, first: int, cue: int) -> int:
        """Where the statement before *selon X* starts: behind another such cue, a stop, or an independent clause."""
        tokens, codes = self.document.tokens, self.names.codes
        begin = self._back_to(first, cue)
        if self.last is not None and begin < self.last.cue_end < cue:
            begin = self.last.cue_end
        for at in range(cue - 1, begin, -1):
            if tokens[at] in self.cues.restart and codes[at - 1] == COMMA:
                if self._finite(at, cue) and self._finite(begin, at):
                    return at + 1
        return begin

    def _finite(self, first: int, end: int) -> bool:
        sentence = self.clauses.of_sentence(self.document.sentence_of_token(first))
        return any(
            first <= each.verb < end and each.kind is ClauseKind.FINITE and not each.subordinate for each in sentence
        )

    # Quotations

    def _quoted(self, found: list[_Statement]) -> Iterator[Claim]:
        """A claim for each quotation whose speaker is told within it, beside it, or by the quotation before it."""
        document = self.document
        speaker: Span | None = None
        previous_end = -1
        cues = [statement.cue for statement in found]
        for first, close in self.quotes:
            near = [
                statement
                for statement in found[max(0, bisect_right(cues, first) - 3) : bisect_right(cues, close + 3) + 1]
                if first <= statement.cue < close
                or (close < statement.cue <= close + 3 and self._beside(statement, close))
                or statement.first <= first < statement.end
                or statement.cue_end in (first, first - 1)
            ]
            outside = [statement for statement in near if not first < statement.cue < close] or near
            inverted = [each for each in near if first < each.cue < close and each.first <= first + 1]
            alone = (
                document.sentence_of_token(first) != document.sentence_of_token(max(0, first - 1)) if first else True
            )
            if inverted:
                speaker = inverted[-1].speaker
            elif outside and (outside is not near or not all(first < each.cue < close for each in near)):
                speaker = outside[-1].speaker
            elif not (alone and previous_end >= 0 and self._follows(previous_end, first)):
                speaker = None
            if speaker is not None:
                yield Claim(first, close + 1, speaker)
            previous_end = close

    def _beside(self, statement: _Statement, close: int) -> bool:
        """Whether a cue behind a quotation belongs to it: in the same sentence, or saying nothing else."""
        same = self.document.sentence_of_token(statement.cue) == self.document.sentence_of_token(close)
        return same or statement.first == statement.end

    def _follows(self, previous: int, first: int) -> bool:
        """Whether a quotation goes on with the one before it: at most one sentence lies between."""
        document = self.document
        return document.sentence_of_token(first) - document.sentence_of_token(previous) <= 2

    def _hearsay(self) -> Iterator[Claim]:
        tokens = self.document.tokens
        words = self.cues.hearsay | self.cues.hearsay_heads
        for at in [index for index, token in enumerate(tokens) if token in words]:
            clause = self.clauses.at(at)
            if tokens[at] in self.cues.hearsay or (clause.head == at and clause.verb > at):
                yield Claim(clause.first, clause.end, None, True)

    def _sentence(self, token: int) -> tuple[int, int]:
        ordinal = self.document.sentence_of_token(token)
        bounds = self.document.sentence_tokens
        return bounds[ordinal], bounds[ordinal + 1]


_PARTNERS = {"«": "»", "“": "”", "„": "“", '"': '"'}


def _quotes(document: Document) -> Iterator[tuple[int, int]]:
    """Tokens of the opening and the closing mark of each quotation; a line break closes what is open."""
    tokens, opened, closer = document.tokens, -1, ""
    marks = [at for at, token in enumerate(tokens) if token in '«»“”„"']
    for at in marks:
        if opened >= 0 and (
            at - opened > _LONGEST_QUOTE or "\n" in document.text[document.ends[opened] : document.starts[at]]
        ):
            opened = -1
        if opened < 0:
            if tokens[at] in _PARTNERS:
                opened, closer = at, _PARTNERS[tokens[at]]
        elif tokens[at] == closer:
            if at - opened > _SHORTEST_QUOTE:
                yield opened, at
            opened = -1
